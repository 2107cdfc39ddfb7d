//! ## What it does
//! Success may only be claimed after a call that did not fail, and failure only after one that did; a failure must be told. An act of a
//! tool may not be claimed that was never called.
//! ## Why it is bad
//! A false "Done" is the worst thing that an assistant can say.
//! ## Example
//! The booking times out, and the assistant says "Your room is booked".

use super::Check;
use crate::catalog::ToolClass;
use crate::dialogue::leaves;
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::{Made, Scene, item_of};
use crate::verify::words::{Text, content, stem};
use serde_json::Value;

pub(super) struct Claims;

pub(in crate::verify) const FAILS: [&str; 44] = [
    "sorry",
    "unfortunately",
    "couldn't",
    "could not",
    "can't",
    "cannot",
    "unable",
    "failed",
    "failing",
    "fails",
    "error",
    "problem",
    "trouble",
    "not found",
    "didn't",
    "did not",
    "no luck",
    "afraid",
    "unavailable",
    "went wrong",
    "timed out",
    "timing out",
    "not responding",
    "isn't responding",
    "doesn't",
    "does not",
    "isn't",
    "is not",
    "wasn't",
    "not able",
    "not allowed",
    "refused",
    "rejected",
    "declined",
    "denied",
    "down",
    "hit a snag",
    "too many",
    "won't",
    "nothing",
    "already",
    "came back empty",
    "no answer",
    "not possible",
];
/// Words that tell of a failure and of nothing else.
const SURELY: [&str; 14] = [
    "sorry",
    "unfortunately",
    "couldn't",
    "could not",
    "unable to",
    "failed",
    "went wrong",
    "didn't work",
    "didn't go through",
    "timed out",
    "not responding",
    "isn't responding",
    "hit a snag",
    "no luck",
];
/// Words of something that does not work, which nothing found is not.
const BROKEN: [&str; 9] = [
    "something went wrong",
    "that failed",
    "didn't work",
    "didn't go through",
    "timed out",
    "get that to work",
    "not responding",
    "isn't responding",
    "hit a snag",
];
/// Words of a search in vain.
const NONE: [&str; 12] = ["no", "not", "none", "nothing", "empty", "zero", "any", "isn't", "aren't", "without", "nobody", "in vain"];
/// Words of something found.
const FOUND: [&str; 8] =
    ["i found", "came up", "here's what i found", "you can choose from", "here they are", "come first", "i've got", "out of the"];
pub(in crate::verify) const DONE: [&str; 12] = [
    "done",
    "all set",
    "all done",
    "taken care of",
    "sorted",
    "that's set",
    "good to go",
    "all sorted",
    "it's in",
    "confirmed",
    "successfully",
    "went through",
];

impl Check for Claims {
    fn name(&self) -> &'static str {
        "claims"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for turn in scene.spoken() {
            let fresh: Vec<&Made> = scene.fresh(turn).collect();
            let text = &scene.texts[turn];
            if !fresh.is_empty() && fresh.iter().all(|made| finds_nothing(made)) && !text.has_any(&NONE) && !text.has_any(&FAILS) {
                out.add(turn, "nothing was found, and the words do not say so");
            }
            if fresh.is_empty() {
                let before = |tool: &Known| scene.calls.iter().any(|made| made.turn < turn && made.call.tool == tool.name());
                if text.has_any(&FOUND)
                    && !text.raw.contains('?')
                    && scene.calls.iter().any(|made| made.turn < scene.texts.len())
                    && tells_values(scene, turn)
                {
                    out.add(turn, "something found is told, but nothing was called");
                }
                let claimed = |tool: &Known| {
                    ((claims_act(text, tool) || claims_look(text, tool)) && !before(tool)) || (tool.acts() && succeeds(text, tool))
                };
                if let Some(tool) = scene.tools.iter().find(|tool| claimed(tool)) {
                    out.add(turn, format!("what `{}` does is claimed, but it was not called", tool.name()));
                }
                continue;
            }
            let redone =
                |made: &Made| fresh.iter().any(|other| other.turn > made.turn && other.call.tool == made.call.tool && !other.failed());
            let failed: Vec<&&Made> = fresh.iter().filter(|made| made.failed() && !redone(made)).collect();
            if failed.is_empty() {
                let well = fresh.iter().all(|made| !made.failed());
                let broken = fresh.iter().all(|made| !denies(made)) && says(scene, turn, &fresh, &BROKEN);
                if well && (broken || (fresh.iter().all(|made| !empty_handed(made)) && says(scene, turn, &fresh, &SURELY))) {
                    out.add(turn, "a failure is told, but nothing failed");
                }
                continue;
            }
            let claimed = failed.iter().filter_map(|made| made.known).any(|known| succeeds(text, known));
            if !text.has_any(&FAILS) && !failed.iter().any(|made| tells(text, made)) {
                out.add(turn, "the failure is not told");
            }
            if failed.len() == fresh.len() && (claimed || claims_done(text, &failed)) {
                out.add(turn, "success is claimed after a failure");
            }
        }
    }
}

/// Words of failure outside of the values told.
fn says(scene: &Scene, turn: usize, fresh: &[&Made], phrases: &[&str]) -> bool {
    let text = &scene.texts[turn];
    phrases.iter().filter_map(|phrase| text.find_phrase(phrase)).any(|place| {
        let in_value = |made: &&Made| {
            made.facts.iter().any(|fact| {
                fact.value.is_string()
                    && scene
                        .find(turn, fact.value, made.field(fact))
                        .iter()
                        .any(|range| range.start <= place.start && place.end <= range.end)
            })
        };
        !fresh.iter().any(in_value)
    })
}

/// A list came back without items, or the result itself says that it did not work.
fn empty_handed(made: &Made) -> bool {
    denies(made) || made.facts.iter().any(|fact| fact.value.as_array().is_some_and(Vec::is_empty))
}

/// The result itself says that it did not work.
fn denies(made: &Made) -> bool {
    const STATES: [&str; 6] = ["failed", "error", "unavailable", "denied", "declined", "rejected"];
    // What an item of a list has says nothing about the call.
    made.facts.iter().filter(|fact| item_of(&fact.pointer).is_none()).any(|fact| match fact.value {
        Value::Bool(truth) => {
            !truth && made.field(fact).is_some_and(|field| ["success", "ok", "available", "found"].contains(&field.name.as_str()))
        }
        Value::String(said) => STATES.contains(&said.as_str()),
        _ => false,
    })
}

/// One of the tool's own sentences of success.
fn succeeds(text: &Text, tool: &Known) -> bool {
    tool.tool.phrase.success.iter().any(|success| text.has(success.to_lowercase().trim_end_matches(['.', '!'])))
}

/// The error's own words, or most of them.
fn tells(text: &Text, made: &Made) -> bool {
    let message = made.result.and_then(|result| result.value.pointer("/error/message")).and_then(Value::as_str).unwrap_or_default();
    let stems = content(message);
    let said = stems.iter().filter(|stem| text.has_stem(stem)).count();
    said > 0 && said * 2 >= stems.len()
}

/// A sentence that claims success and takes nothing of it back.
fn claims_done(text: &Text, failed: &[&&Made]) -> bool {
    let sentences = text.words.last().map_or(0, |word| word.sentence) + 1;
    (0..sentences).any(|sentence| {
        let words: Vec<_> = text.words.iter().filter(|word| word.sentence == sentence).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        let part = Text::new(&text.raw[first.start..last.end]);
        if part.has_any(&FAILS) || part.has_any(&["not", "no", "haven't", "hasn't", "isn't", "until", "once", "if", "when", "get", "be"]) {
            return false;
        }
        part.has_any(&DONE) || failed.iter().any(|made| made.known.is_some_and(|known| claims_act(&part, known)))
    })
}

/// Several values that results have, whenever they came.
fn tells_values(scene: &Scene, turn: usize) -> bool {
    let facts = scene.calls.iter().flat_map(|made| made.facts.iter().map(move |fact| (made, fact)));
    let said = facts.filter(|(made, fact)| fact.value.is_string() && !scene.find(turn, fact.value, made.field(fact)).is_empty());
    let listed = scene.texts[turn].raw.contains([':', ';']);
    listed || said.take(2).count() == 2
}

/// "I've checked the forecast": the words say that a tool was used.
fn claims_look(text: &Text, tool: &Known) -> bool {
    let head = tool.sense.head.as_str();
    let done = ["i've", "i’ve", "i have"].iter().filter_map(|start| text.find_phrase(start)).any(|place| {
        let next = text.words.get(text.word_at(place.end - 1) + 1);
        next.is_some_and(|word| text.low(word).ends_with("ed") && tool.sense.verbs.contains(text.stem(word)))
    });
    done && !head.is_empty() && text.has_stem(head) && !text.raw.contains('?')
}

/// The words say that a tool has done its act.
fn claims_act(text: &Text, tool: &Known) -> bool {
    if text.raw.contains('?') {
        return false;
    }
    let phrase = &tool.tool.phrase;
    if tool.acts() && succeeds(text, tool) {
        return true;
    }
    let past = phrase.past.to_lowercase();
    let object = stem(&tool.sense.head);
    let about = object.is_empty() || text.has_stem(object);
    about
        && !past.is_empty()
        && ["i've", "i’ve", "i have", "has been", "have been", "is now", "is", "are"]
            .iter()
            .any(|auxiliary| text.has(&format!("{auxiliary} {past}")))
}

/// The call worked, and there is nothing in the lists of its result.
fn finds_nothing(made: &Made) -> bool {
    let Some(result) = made.result.filter(|result| !result.is_error) else { return false };
    // What changes something has done it, be there nothing to show for it.
    if made.known.is_some_and(|known| !matches!(known.tool.phrase.class, ToolClass::Find | ToolClass::Lookup | ToolClass::Compute)) {
        return false;
    }
    let all = leaves(&result.value);
    let arguments: Vec<&Value> = made.args.iter().map(|arg| arg.value).collect();
    all.iter().any(|(_, value)| value.is_array()) && all.iter().all(|(_, value)| value.is_array() || arguments.contains(value))
}
