//! ## What it does
//! Every value in a request or an answer must be used: as an argument, as the name or number of a thing picked, as a value taken back.
//! Numbers, dates, times, quoted texts, names and words that no offered tool explains count.
//! ## Why it is bad
//! The assistant ignored what the user said, and a model trained on it would too.
//! ## Example
//! "a budget hotel in Lisbon" with a call that has no price level.

use super::Check;
use super::intent::serves;
use crate::catalog::Leaf;
use crate::dialogue::Outcome;
use crate::value;
use crate::value::SemType;
use crate::verify::Findings;
use crate::verify::cues::asked;
use crate::verify::known::Known;
use crate::verify::scene::{Made, Scene, hints, item_of};
use crate::verify::sources::{Chunk, Kind, Said, ordinals, overlaps, picking, said, unexplained};
use crate::verify::told::noun_places;
use crate::verify::words::{Text, content, everyday};
use serde_json::Value;
use std::ops::Range;

pub(super) struct Heard;

/// Words by which a value is taken back.
const BACK: [&str; 25] = [
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
                if !taken_back(scene, turn, &chunk, &all, &mut replaced) {
                    out.add(turn, format!("\"{}\" is not used by any call", &scene.texts[turn].raw[chunk.span]));
                }
            }
        }
        unequal(scene, &all, out);
        for made in &scene.calls {
            if let Some((turn, words)) = option_said(scene, made, &all).or_else(|| used_elsewhere(scene, made, &all)) {
                out.add(turn, format!("\"{words}\" is said for call {}, which leaves it out", made.call.id));
            }
        }
        for turn in scene.user_turns().filter(|turn| !asks_for_work(scene, *turn, &all) && !let_go(scene, *turn)) {
            for chunk in left_over(scene, turn, &all).into_iter().filter(|chunk| matches!(chunk.kind, Kind::Digit | Kind::Quoted)) {
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

/// A value that the request for a call says, that fits a parameter which the call leaves out, and that only a later request uses.
fn used_elsewhere(scene: &Scene, made: &Made, all: &[Said]) -> Option<(usize, String)> {
    let known = made.known?;
    let first = scene.opening(made);
    // In one breath, the sentence tells for which of two requests a value is said.
    let own_sentence = |one: &Said| {
        let words = sentence_at(scene, one.turn, one.span.start);
        let other = one.made.known;
        one.made.user == made.user
            && one.made.call.tool != made.call.tool
            && serves(&words, known)
            && !other.is_some_and(|other| serves(&words, other))
    };
    let for_another = |one: &&Said| scene.opening(one.made) > made.user || own_sentence(one);
    all.iter().filter(|one| (first..=made.user).contains(&one.turn)).filter(for_another).find_map(|one| {
        let leaf = one.made.leaf(one.arg)?;
        let index = known.tool.parameters.iter().position(|own| own.name == leaf.name && own.sem == leaf.sem)?;
        let left_out = !made.args.iter().any(|arg| arg.leaf == Some(index));
        let used = all.iter().any(|other| {
            other.turn == one.turn
                && overlaps(&other.span, &one.span)
                && other.made.turn <= made.turn
                && other.made.call.id != one.made.call.id
        });
        (left_out && !used).then(|| (one.turn, scene.texts[one.turn].raw[one.span.clone()].to_string()))
    })
}

/// The sentence of a turn in which a byte lies.
pub(super) fn sentence_at<'t>(scene: &Scene<'t>, turn: usize, byte: usize) -> Text<'t> {
    let text = &scene.texts[turn];
    let number = text.words.get(text.word_at(byte)).map_or(0, |word| word.sentence);
    let mut words = text.words.iter().filter(|word| word.sentence == number);
    let start = words.next().map_or(0, |word| word.start);
    let end = words.next_back().map_or(text.raw.len(), |word| word.end);
    Text::new(&text.raw[start..end.max(start)])
}

/// A choice, a yes or no, or a number of a parameter without an argument that the user's turns say for nothing else.
fn option_said(scene: &Scene, made: &Made, all: &[Said]) -> Option<(usize, String)> {
    let known = made.known?;
    let first = scene.opening(made);
    for (index, leaf) in known.tool.parameters.iter().enumerate() {
        if leaf.phrase.silent || made.args.iter().any(|arg| arg.leaf == Some(index)) {
            continue;
        }
        for turn in scene.users_before(made.turn).take_while(|turn| *turn >= first) {
            let chosen = choices_said(scene, turn, leaf).into_iter().find(|range| free(scene, turn, first, range, all));
            let unused = |range: &Range<usize>| unused(scene, turn, range, all);
            let found = chosen.or_else(|| {
                truth_said(scene, turn, leaf, known)
                    .or_else(|| number_said(scene, turn, leaf))
                    .or_else(|| known_said(scene, turn, made, leaf))
                    .filter(unused)
            });
            if let Some(range) = found {
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

/// The noun of a truth value stands in the turn, and is no part of how people speak of the tool anyway.
fn truth_said(scene: &Scene, turn: usize, leaf: &Leaf, known: &Known) -> Option<Range<usize>> {
    let text = &scene.texts[turn];
    let noun = leaf.phrase.noun.to_lowercase();
    let stems = content(&noun);
    let own = |stem: &String| known.sense.strong.contains(stem) || known.sense.verbs.contains(stem);
    let phrase = &known.tool.phrase;
    // A noun of several words is told apart from the tool's own by all of them.
    let usual = match noun.trim().contains(' ') {
        true => phrase.ask.iter().chain([&phrase.object, &phrase.object_plural]).any(|line| line.to_lowercase().contains(noun.trim())),
        false => stems.iter().all(own),
    };
    if leaf.sem == SemType::Bool && stems.is_empty() {
        // "With an all": function words need their carrier.
        let carried =
            ["with", "without"].iter().flat_map(|with| ["an ", "a ", "the ", ""].map(|article| format!("{with} {article}{noun}")));
        return carried.into_iter().find_map(|phrase| text.find_phrase(&phrase));
    }
    if leaf.sem != SemType::Bool || usual {
        return None;
    }
    let situations = situations(scene, turn);
    let carried = |span: &Range<usize>| {
        let before = text.low[..span.start].trim_end();
        let before = ["a", "an", "the", "any"].iter().find_map(|article| before.strip_suffix(article)?.strip_suffix(' ')).unwrap_or(before);
        noun.trim().contains(' ')
            || before.ends_with(',')
            || ["with", "without", "no", "not", "include", "including", "plus", "only"].iter().any(|word| before.ends_with(word))
            || leaf
                .phrase
                .prep
                .iter()
                .any(|prep| before.ends_with(prep.as_str()) || text.low[..span.start].trim_end().ends_with(prep.as_str()))
    };
    let places = noun_places(text, &leaf.phrase.noun).into_iter().map(|(span, _)| span).filter(carried);
    places.into_iter().find(|span| !situations.iter().any(|line| overlaps(line, span)))
}

/// Where a turn tells why something is wanted, in a tool's own words.
fn situations(scene: &Scene, turn: usize) -> Vec<Range<usize>> {
    let text = &scene.texts[turn];
    let lines = scene.tools.iter().flat_map(|known| &known.tool.phrase.situations);
    lines.filter_map(|line| text.find_phrase(line.to_lowercase().trim_end_matches(['.', '!']))).collect()
}

/// A value that an earlier call had for a parameter of the same name, behind one of the parameter's prepositions.
fn known_said(scene: &Scene, turn: usize, made: &Made, leaf: &Leaf) -> Option<Range<usize>> {
    let text = &scene.texts[turn];
    let carried = |span: &Range<usize>| {
        let before = text.low[..span.start].trim_end();
        leaf.phrase.prep.iter().any(|prep| before.strip_suffix(prep.as_str()).is_some_and(|rest| rest.ends_with(' ')))
    };
    let earlier =
        scene.calls.iter().filter(|other| other.turn < made.turn).flat_map(|other| other.args.iter().map(move |arg| (other, arg)));
    let same = earlier.filter(|(other, arg)| other.leaf(arg).is_some_and(|one| one.name == leaf.name && one.sem == leaf.sem));
    let mut values = same.map(|(_, arg)| arg.value).filter(|value| value.is_string());
    values.find_map(|value| scene.find(turn, value, Some(leaf)).iter().find(|span| carried(span)).cloned())
}

/// A number with the noun that it counts or its unit ("one ticket").
fn number_said(scene: &Scene, turn: usize, leaf: &Leaf) -> Option<Range<usize>> {
    let text = &scene.texts[turn];
    let noun = leaf.phrase.counted.as_ref()?.to_lowercase();
    let mut counted = content(&noun);
    counted.extend(content(&value::english::plural(&noun)));
    let named = |range: &Range<usize>| {
        let words = text.words.iter().filter(|word| word.start >= range.start && word.end <= range.end);
        words.map(|word| text.stem(word)).any(|stem| counted.iter().any(|noun| noun == stem))
    };
    value::read(text.raw, leaf.sem, hints(Some(leaf)), &scene.say).into_iter().map(|reading| reading.span).find(named)
}

/// The words are no argument, and are not told before.
fn unused(scene: &Scene, turn: usize, range: &Range<usize>, all: &[Said]) -> bool {
    !all.iter().any(|one| one.turn == turn && overlaps(&one.span, range))
        && !scene.spoken().filter(|at| *at < turn).any(|at| scene.texts[at].has(&scene.texts[turn].low[range.clone()]))
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
            let bent = words.split(' ').any(|word| word.ends_with("ing") || word.ends_with("ed"));
            known.sense.strong.contains(stem) || (known.sense.verbs.contains(stem) && !bent)
        })
    };
    let plain = stems.is_empty() || (stems.len() == 1 && of_request(&stems[0]));
    let numbered = ordinals(text).into_iter().map(|(span, _)| span);
    let other = numbered.chain(situations(scene, turn)).any(|span| overlaps(&span, range));
    !plain
        && !other
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
    for one in all.iter().filter(|one| later(one.turn) && !answers(scene, one, &scene.texts[turn].low[chunk.span.clone()])) {
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
fn answers(scene: &Scene, one: &Said, old: &str) -> bool {
    let before = one.turn.saturating_sub(1);
    let repeats =
        || one.made.args.iter().any(|arg| !arg.value.is_boolean() && !scene.find(before, arg.value, one.made.leaf(arg)).is_empty());
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
    whole.or_else(|| (!closed && !number).then(|| chunk.span.clone()))
}

/// "not Monday", "instead of three".
fn denied(scene: &Scene, turn: usize, chunk: &Chunk) -> bool {
    let text = &scene.texts[turn];
    let at = text.word_at(chunk.span.start);
    text.words[at.saturating_sub(4)..at].iter().any(|word| matches!(text.low(word), "not" | "instead" | "than" | "isn't" | "wasn't"))
}
