//! ## What it does
//! Every value in a request or an answer must be used: as an argument, as the name or number of a thing picked, as a value taken back.
//! Numbers, dates, times, quoted texts, names and words that no offered tool explains count.
//! ## Why it is bad
//! The assistant ignored what the user said, and a model trained on it would too.
//! ## Example
//! "a budget hotel in Lisbon" with a call that has no price level.

use super::Check;
use crate::catalog::Leaf;
use crate::dialogue::Outcome;
use crate::value::SemType;
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::{Made, Scene, item_of};
use crate::verify::sources::{Chunk, Kind, Said, ordinals, overlaps, picking, said, unexplained};
use crate::verify::words::{content, everyday};
use serde_json::Value;
use std::ops::Range;

pub(super) struct Heard;

/// Words by which a value is taken back.
const BACK: [&str; 27] = [
    "almost",
    "nearly",
    "actually",
    "sorry",
    "instead",
    "make it",
    "make that",
    "meant",
    "change",
    "switch",
    "correction",
    "scratch",
    "wait",
    "second thought",
    "rather",
    "not",
    "no",
    "oops",
    "mistake",
    "my bad",
    "should be",
    "should have been",
    "let's go with",
    "changed my mind",
    "wrong",
    "replace",
    "better",
];

/// Words of correction stand in a user turn, and are not part of a value that it gives.
pub(super) fn takes_back(scene: &Scene, turn: usize, all: &[Said]) -> bool {
    let in_value =
        |range: &Range<usize>| all.iter().any(|one| one.turn == turn && one.span.start <= range.start && range.end <= one.span.end);
    BACK.iter().any(|phrase| scene.texts[turn].find_phrases(phrase).any(|range| !in_value(&range)))
}

impl Check for Heard {
    fn name(&self) -> &'static str {
        "heard"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let all = said(scene);
        for turn in scene.user_turns().filter(|turn| asks_for_work(scene, *turn, &all)) {
            for chunk in left_over(scene, turn, &all) {
                if !super::limited::turned_down(scene, turn) && !taken_back(scene, turn, &chunk, &all) {
                    out.add(turn, format!("\"{}\" is not used by any call", &scene.texts[turn].raw[chunk.span]));
                }
            }
        }
        unequal(scene, &all, out);
        for made in &scene.calls {
            if let Some((turn, words)) = option_said(scene, made, &all) {
                out.add(turn, format!("\"{words}\" is a choice that call {} leaves out", made.call.id));
            }
        }
        for turn in scene.user_turns().filter(|turn| !asks_for_work(scene, *turn, &all) && !let_go(scene, *turn)) {
            let stated = |chunk: &Chunk| matches!(chunk.kind, Kind::Digit | Kind::Quoted);
            for chunk in left_over(scene, turn, &all).into_iter().filter(stated) {
                if super::limited::turned_down(scene, turn) || taken_back(scene, turn, &chunk, &all) {
                    continue;
                }
                out.add(turn, format!("\"{}\" is said, and nothing is done with it", &scene.texts[turn].raw[chunk.span]));
            }
        }
    }
}

/// Nothing has to be done with the words of a turn: its request was refused or dropped, or nothing is known of requests.
fn let_go(scene: &Scene, turn: usize) -> bool {
    let last = scene.dialogue.goals.iter().rfind(|goal| goal.turn <= turn);
    last.is_some_and(|goal| matches!(goal.outcome, Outcome::Cancelled) || (goal.turn == turn && goal.outcome == Outcome::Refused))
}

/// A choice, or a yes or no, of a parameter without an argument that the user's turns say for nothing else.
fn option_said(scene: &Scene, made: &Made, all: &[Said]) -> Option<(usize, String)> {
    let known = made.known?;
    let first = scene.opening(made);
    for (index, leaf) in known.tool.parameters.iter().enumerate() {
        if leaf.phrase.silent || made.args.iter().any(|arg| arg.leaf == Some(index)) {
            continue;
        }
        for turn in scene.users_before(made.turn).take_while(|turn| *turn >= first) {
            if let Some(range) = choices_said(scene, turn, leaf).into_iter().find(|range| free(scene, turn, first, range, all)) {
                return Some((turn, scene.texts[turn].raw[range].to_string()));
            }
        }
    }
    None
}

/// Places where a turn says a choice of an enum, or that something is to be with or without what a truth value stands for.
fn choices_said(scene: &Scene, turn: usize, leaf: &Leaf) -> Vec<Range<usize>> {
    if leaf.sem == SemType::Bool {
        let text = &scene.texts[turn];
        let places = [true, false].into_iter().flat_map(|truth| scene.find(turn, &Value::Bool(truth), Some(leaf)).to_vec());
        let carried = |range: &Range<usize>| {
            let first = text.low[range.clone()].split(' ').next().unwrap_or_default().to_string();
            let before = text.low[..range.start].trim_end();
            range.len() > 6
                && (["with", "without", "no", "include", "including", "only"].contains(&first.as_str())
                    || leaf.phrase.prep.iter().any(|prep| before.ends_with(prep.as_str())))
        };
        return places.filter(carried).collect();
    }
    let choices = leaf.schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter(|choice| choice.is_string());
    choices.flat_map(|choice| scene.find(turn, choice, Some(leaf)).to_vec()).collect()
}

/// The words are no argument, no part of the request itself, and were not told before.
fn free(scene: &Scene, turn: usize, first: usize, range: &Range<usize>, all: &[Said]) -> bool {
    let text = &scene.texts[turn];
    let words = &text.low[range.clone()];
    let stems = content(words);
    let tools = || scene.calls.iter().filter(|other| scene.opening(other) == first).filter_map(|other| other.known);
    // "open" may be the verb; "checking accounts" is not.
    let of_request = |stem: &String| {
        tools().any(|known| {
            known.sense.strong.contains(stem) || (known.sense.verbs.contains(stem) && !words.ends_with("ing") && !words.ends_with("ed"))
        })
    };
    let plain = stems.is_empty() || (stems.len() == 1 && of_request(&stems[0]));
    !plain
        && !all.iter().any(|one| one.turn == turn && overlaps(&one.span, range))
        && !scene.spoken().filter(|at| *at < turn).any(|at| scene.texts[at].has(words))
        && !mentioned(scene, turn).iter().any(|other| overlaps(other, range))
}

/// What is said once for every item of a list, or for a call that is tried again, holds for each of these calls.
fn unequal(scene: &Scene, all: &[Said], out: &mut Findings) {
    for one in all {
        let goal = scene.dialogue.goals.iter().find(|goal| goal.calls.contains(&one.made.call.id));
        let same_list = |other: &Made| other.turn == one.made.turn && over(one.made).is_some() && over(other) == over(one.made);
        let siblings = scene.calls.iter().filter(|other| {
            let together = goal.is_some_and(|goal| goal.calls.contains(&other.call.id)) || same_list(other);
            together && other.call.id != one.made.call.id && other.call.tool == one.made.call.tool && other.turn > one.turn
        });
        for other in siblings.filter(|other| !other.args.iter().any(|arg| arg.pointer == one.arg.pointer)) {
            out.add(
                one.turn,
                format!(
                    "\"{}\" is used by call {} but not by call {}",
                    &scene.texts[one.turn].raw[one.span.clone()],
                    one.made.call.id,
                    other.call.id
                ),
            );
        }
    }
}

/// Call and list from whose items a call takes an argument.
fn over<'m>(made: &'m Made) -> Option<(usize, &'m str)> {
    made.args.iter().find_map(|arg| {
        let (call, pointer) = arg.source?.result()?;
        item_of(pointer).map(|(list, _)| (call, list))
    })
}

/// Whether something was to be done with the words of a turn: small talk, refused and dropped requests need no calls.
fn asks_for_work(scene: &Scene, turn: usize, all: &[Said]) -> bool {
    if all.iter().any(|one| one.turn == turn) || scene.calls.iter().any(|made| made.user == turn) {
        return true;
    }
    let mut goals = scene.dialogue.goals.iter().filter(|goal| goal.turn == turn).peekable();
    goals.peek().is_some() && goals.all(|goal| matches!(goal.outcome, Outcome::Done | Outcome::Failed))
}

/// What nothing explains in a user turn.
pub(super) fn left_over(scene: &Scene, turn: usize, all: &[Said]) -> Vec<Chunk> {
    let text = &scene.texts[turn];
    let mut covered: Vec<Range<usize>> = all.iter().filter(|one| one.turn == turn).map(|one| one.span.clone()).collect();
    covered.extend(ordinals(text).into_iter().map(|(span, _)| span));
    covered.extend(picking(scene, turn));
    // The words of the tools that were called for it; of all where none was.
    let called: Vec<&Known> =
        scene.calls.iter().filter(|made| scene.opening(made) <= turn && turn <= made.user).filter_map(|made| made.known).collect();
    let tools = if called.is_empty() { &scene.tools } else { &called };
    let known = |stem: &str, kind: Kind| {
        matches!(kind, Kind::Word | Kind::Name) && (everyday(stem) || tools.iter().any(|known| known.requests.contains(stem)))
    };
    let mut chunks = unexplained(text, &covered, known);
    if chunks.is_empty() {
        return chunks;
    }
    covered.extend(mentioned(scene, turn));
    chunks = unexplained(text, &covered, known);
    chunks.retain(|chunk| !explained_by_talk(scene, turn, chunk));
    chunks
}

/// Places where the turn repeats values of earlier results or of calls that were made or are made for it.
fn mentioned(scene: &Scene, turn: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for made in &scene.calls {
        // What the same turn set in motion cannot be named in it yet, but an argument can be named twice.
        let open = || scene.opening(made) <= turn && turn <= made.user;
        for arg in made.args.iter().filter(|_| open()) {
            out.extend(scene.find(turn, arg.value, made.leaf(arg)).iter().cloned());
        }
        if made.turn > turn {
            continue;
        }
        for fact in &made.facts {
            // An identifier that is said is meant for a call.
            let id = made.field(fact).is_some_and(|field| field.sem == SemType::Id);
            let naming = fact.value.as_str().is_some_and(|said| said.len() > 1 && !id)
                || (item_of(&fact.pointer).is_some() && made.field(fact).is_some_and(|field| field.phrase.headline));
            if naming {
                out.extend(scene.find(turn, fact.value, made.field(fact)).iter().cloned());
            }
        }
    }
    out
}

/// Words that were said before by the assistant, or how many things it told.
fn explained_by_talk(scene: &Scene, turn: usize, chunk: &Chunk) -> bool {
    let text = &scene.texts[turn];
    match chunk.kind {
        Kind::Word | Kind::Name => {
            let words = content(&text.low[chunk.span.clone()]);
            scene.spoken().filter(|at| *at < turn).any(|at| words.iter().all(|word| scene.texts[at].stems().any(|stem| stem == word)))
                || text
                    .words
                    .get(text.word_at(chunk.span.start))
                    .is_some_and(|word| word.opens_sentence && words.len() == 1 && everyday(&words[0]))
        }
        // "the two of them", "all three".
        Kind::Numeral | Kind::Digit => {
            let before = text.low[..chunk.span.start].trim_end();
            (before.ends_with("all") || before.ends_with("the") || before.ends_with("these") || before.ends_with("those"))
                && text.has_any(&["all", "each", "them", "every", "both"])
        }
        Kind::Moment | Kind::Quoted => false,
    }
}

/// The value was replaced by a later one, or is the old one in the very correction.
fn taken_back(scene: &Scene, turn: usize, chunk: &Chunk, all: &[Said]) -> bool {
    let corrects = |at: usize| takes_back(scene, at, all) && all.iter().any(|one| one.turn == at);
    if corrects(turn) {
        let words = &scene.texts[turn].low[chunk.span.clone()];
        let before = |at: &usize| *at < turn;
        if scene.user_turns().chain(scene.spoken()).filter(before).any(|at| scene.texts[at].has(words)) || denied(scene, turn, chunk) {
            return true;
        }
    }
    // One value is replaced by each correction.
    let later: Vec<usize> = scene.user_turns().filter(|at| *at > turn && corrects(*at)).collect();
    let call = scene.calls.iter().map(|made| made.turn).find(|at| *at > turn).unwrap_or(usize::MAX);
    later.iter().any(|at| *at < call)
}

/// "not Monday", "instead of three".
fn denied(scene: &Scene, turn: usize, chunk: &Chunk) -> bool {
    let text = &scene.texts[turn];
    let at = text.word_at(chunk.span.start);
    text.words[at.saturating_sub(4)..at].iter().any(|word| matches!(text.low(word), "not" | "instead" | "than" | "isn't" | "wasn't"))
}
