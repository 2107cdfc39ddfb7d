//! ## What it does
//! Every value in a request or an answer must be used: as an argument, as the name or number of a thing picked, as a value taken back.
//! Numbers, dates, times, quoted texts, names and words that no offered tool explains count.
//! ## Why it is bad
//! The assistant ignored what the user said, and a model trained on it would too.
//! ## Example
//! "a budget hotel in Lisbon" with a call that has no price level.

use super::Check;
use crate::dialogue::Outcome;
use crate::value;
use crate::value::SemType;
use crate::verify::Findings;
use crate::verify::cues::asked;
use crate::verify::known::Known;
use crate::verify::left_out::{option_said, used_elsewhere};
use crate::verify::scene::{Made, Scene, hints, item_of};
use crate::verify::sources::{Chunk, Kind, Said, ordinals, overlaps, picking, said, unexplained};
use crate::verify::words::{Text, content, everyday};
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

/// Corrections, by turn and place, and the old value that each replaces.
type Replaced = Vec<((usize, usize), Range<usize>)>;

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
            // One value is replaced by each correction.
            let mut replaced: Replaced = Vec::new();
            for chunk in left_over(scene, turn, &all) {
                if !super::limited::turns_down(scene, turn, &chunk) && !taken_back(scene, turn, &chunk, &all, &mut replaced) {
                    out.add(turn, format!("\"{}\" is not used by any call", &scene.texts[turn].raw[chunk.span]));
                }
            }
        }
        unequal(scene, &all, out);
        for made in scene.calls.iter().filter(|made| !made.misdirected()) {
            if let Some((turn, words)) = option_said(scene, made, &all).or_else(|| used_elsewhere(scene, made, &all)) {
                out.add(turn, format!("\"{words}\" is said for call {}, which leaves it out", made.call.id));
            }
        }
        for turn in scene.user_turns().filter(|turn| !asks_for_work(scene, *turn, &all) && !let_go(scene, *turn)) {
            let mut replaced: Replaced = Vec::new();
            let stated = |chunk: &Chunk| matches!(chunk.kind, Kind::Digit | Kind::Quoted);
            for chunk in left_over(scene, turn, &all).into_iter().filter(stated) {
                if super::limited::turns_down(scene, turn, &chunk) || taken_back(scene, turn, &chunk, &all, &mut replaced) {
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
    // What is refused may have been asked about first.
    let refused = |at: usize| at == turn || scene.question_before(turn).is_some();
    last.is_some_and(|goal| goal.outcome == Outcome::Cancelled || (goal.outcome == Outcome::Refused && refused(goal.turn)))
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
    covered.extend(crate::dialogue::asides(text.raw));
    // The words of the tools that were called for it; of all where none was.
    let called: Vec<&Known> =
        scene.calls.iter().filter(|made| scene.opening(made) <= turn && turn <= made.user).filter_map(|made| made.known).collect();
    let tools = if called.is_empty() { &scene.tools } else { &called };
    covered.extend(spelled(text, tools));
    let known = |stem: &str, kind: Kind| {
        let counted = kind == Kind::Numeral && called.iter().any(|known| known.requests.contains(stem));
        counted || matches!(kind, Kind::Word | Kind::Name) && (everyday(stem) || tools.iter().any(|known| known.requests.contains(stem)))
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

/// Words in capitals that a tool is spoken of by: "the US address", "a GET request".
fn spelled(text: &Text, tools: &[&Known]) -> Vec<Range<usize>> {
    let shouted = text.words.iter().map(|word| word.start..word.end).filter(|span| {
        let raw = &text.raw[span.clone()];
        raw.len() > 1 && raw.bytes().all(|b| b.is_ascii_uppercase())
    });
    let spoken = |raw: &str| {
        let phrases = tools.iter().map(|known| &known.tool.phrase);
        let lines = phrases.flat_map(|phrase| [&phrase.object, &phrase.object_plural].into_iter().chain(&phrase.ask));
        lines.into_iter().any(|line| line.split(|c: char| !c.is_alphanumeric()).any(|word| word == raw))
    };
    shouted.filter(|span| spoken(&text.raw[span.clone()])).collect()
}

/// Places where the turn repeats values of earlier results or of calls that were made or are made for it.
fn mentioned(scene: &Scene, turn: usize) -> Vec<Range<usize>> {
    let mut out = argued(scene, turn);
    for made in scene.calls.iter().filter(|made| made.turn <= turn) {
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

/// Places where the turn says values of calls that are made for it. What it set in motion cannot be named in it yet, but an argument can
/// be named twice.
pub(in crate::verify) fn argued(scene: &Scene, turn: usize) -> Vec<Range<usize>> {
    let open = scene.calls.iter().filter(|made| scene.opening(made) <= turn && turn <= made.user);
    open.flat_map(|made| made.args.iter().flat_map(|arg| scene.find(turn, arg.value, made.leaf(arg)).to_vec())).collect()
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
fn taken_back(scene: &Scene, turn: usize, chunk: &Chunk, all: &[Said], replaced: &mut Replaced) -> bool {
    let corrects = |at: usize| takes_back(scene, at, all) && all.iter().any(|one| one.turn == at);
    if corrects(turn) {
        let words = &scene.texts[turn].low[chunk.span.clone()];
        let before = |at: &usize| *at < turn;
        if scene.user_turns().chain(scene.spoken()).filter(before).any(|at| scene.texts[at].has(words)) || denied(scene, turn, chunk) {
            return true;
        }
    }
    let call = scene.calls.iter().map(|made| made.turn).find(|at| *at > turn).unwrap_or(usize::MAX);
    let later = |at: usize| turn < at && at < call && corrects(at);
    for one in all.iter().filter(|one| later(one.turn) && !answers(scene, one, turn, chunk)) {
        let Some(old) = old_value(scene, turn, chunk, one) else { continue };
        // "Monday, January 12th" is two runs of words and one value.
        let known = replaced.iter().find(|(by, _)| *by == (one.turn, one.span.start));
        let beside = |before: &Range<usize>| overlaps(before, &old) || old.start.saturating_sub(before.end) <= 8;
        if known.is_none_or(|(_, before)| beside(before)) {
            replaced.push(((one.turn, one.span.start), old));
            return true;
        }
    }
    false
}

/// The value was asked for right before, so that "it should be" corrects nothing. A question that repeats what is known asks for a yes.
fn answers(scene: &Scene, one: &Said, turn: usize, chunk: &Chunk) -> bool {
    let before = one.turn.saturating_sub(1);
    let old = &scene.texts[turn].low[chunk.span.clone()];
    // "Monday, September 1st" is repeated by "on the 1st of September".
    let same = || {
        let Some(leaf) = one.made.leaf(one.arg) else { return false };
        let readings = value::read(scene.texts[turn].raw, leaf.sem, hints(Some(leaf)), &scene.say);
        let mut here = readings.iter().filter(|reading| overlaps(&reading.span, &chunk.span));
        here.any(|reading| !scene.find(before, &reading.value, Some(leaf)).is_empty())
    };
    let repeats = || {
        same() || one.made.args.iter().any(|arg| !arg.value.is_boolean() && !scene.find(before, arg.value, one.made.leaf(arg)).is_empty())
    };
    let cues = one.made.known.zip(one.arg.leaf).map(|(known, leaf)| &known.parameter_cues[leaf]);
    let question = scene.question_before(one.turn);
    cues.zip(question).is_some_and(|(cues, question)| asked(question, cues) >= 0.5 && !question.has(old)) && !repeats()
}

/// The words, or the whole of what they are a part of, when they can be an earlier value of what an argument says.
fn old_value(scene: &Scene, turn: usize, chunk: &Chunk, one: &Said) -> Option<Range<usize>> {
    let Some(leaf) = one.made.leaf(one.arg) else { return Some(chunk.span.clone()) };
    let readings = value::read(scene.texts[turn].raw, leaf.sem, hints(Some(leaf)), &scene.say);
    let whole = readings.into_iter().map(|reading| reading.span).find(|span| overlaps(span, &chunk.span));
    // Names and texts are not read; a plain number is none.
    let text = &scene.texts[turn];
    if leaf.sem == SemType::Bool {
        let said = [true, false].into_iter().flat_map(|truth| scene.find(turn, &Value::Bool(truth), Some(leaf)).to_vec());
        return said.into_iter().find(|span| overlaps(span, &chunk.span));
    }
    let plain = text.raw[chunk.span.clone()].bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    let closed = matches!(super::facts::look(leaf.sem), 1..=7 | 14);
    let number = plain && !matches!(leaf.sem, SemType::Id | SemType::Code);
    // What is written down word for word is none of a few choices.
    let written = chunk.kind == Kind::Quoted && leaf.schema.get("enum").is_some();
    whole.or_else(|| (!closed && !number && !written).then(|| chunk.span.clone()))
}

/// "not Monday", "instead of three".
fn denied(scene: &Scene, turn: usize, chunk: &Chunk) -> bool {
    let text = &scene.texts[turn];
    let at = text.word_at(chunk.span.start);
    text.words[at.saturating_sub(4)..at].iter().any(|word| matches!(text.low(word), "not" | "instead" | "than" | "isn't" | "wasn't"))
}
