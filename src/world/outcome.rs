//! Fields that say how it went: a call that did its work says so.

use super::recipe::Grain;
use crate::catalog::{Origin, Tool, ToolClass};
use crate::value::english::{is_plural, lemma_of_verb, participle, singular, words_of_identifier};
use serde_json::Value;

const GOOD: &[&str] = &[
    "success",
    "successful",
    "ok",
    "confirmed",
    "completed",
    "sent",
    "saved",
    "updated",
    "added",
    "created",
    "booked",
    "accepted",
    "done",
    "delivered",
    "valid",
    "verified",
    "authenticated",
    "enabled",
    "available",
    "deleted",
    "removed",
    "changed",
    "reserved",
    "placed",
    "registered",
    "submitted",
    "processed",
    "uploaded",
    "published",
    "activated",
];
const BAD: &[&str] = &["error", "errors", "failed", "failure", "truncated", "deprecated", "spam", "blocked", "expired", "overdue"];
/// What became of a thing is more than that the call went well.
const NEWS: &[&str] = &["delayed", "expired", "blocked", "suspended", "required", "limited", "locked"];
const STATUS: &[&str] = &["status", "state", "outcome", "result", "progress"];

/// What a flag says of itself, where its name settles it.
pub(super) fn flag(grain: &Grain, acting: bool) -> Option<bool> {
    let any = |list: &[&str]| grain.words.iter().any(|word| list.contains(&word.as_str()));
    let plain = any(&["success", "successful", "ok"]);
    match () {
        () if any(BAD) => Some(false),
        () if plain => Some(true),
        () if acting && (any(GOOD) || grain.words.last().is_some_and(|word| word.ends_with("ed"))) => Some(true),
        () => None,
    }
}

pub(super) fn is_status(grain: &Grain) -> bool {
    grain.words.last().is_some_and(|word| STATUS.contains(&word.as_str()))
}

/// The status after the call, out of the values that the field may have; `None` when the call does not settle it.
pub(super) fn status(tool: &Tool, choices: Option<&[Value]>) -> Option<Value> {
    let undo = ["cancelled", "canceled", "deleted", "removed", "refunded", "returned", "revoked", "closed", "archived", "left", "stopped"];
    let done = [
        "confirmed",
        "booked",
        "success",
        "successful",
        "succeeded",
        "ok",
        "created",
        "placed",
        "scheduled",
        "sent",
        "delivered",
        "accepted",
        "paid",
        "completed",
        "complete",
        "done",
        "saved",
        "added",
        "updated",
        "active",
        "enabled",
        "open",
        "queued",
        "processing",
        "pending",
    ];
    let by_class: &[&str] = match tool.phrase.class {
        ToolClass::Undo => &undo,
        ToolClass::Do | ToolClass::Message | ToolClass::Control => &done,
        _ if !tool.effects.deletes.is_empty() => &undo,
        _ if !(tool.effects.creates.is_empty() && tool.effects.updates.is_empty()) => &done,
        _ => return None,
    };
    let past = past(tool);
    let wanted = std::iter::once(past.as_str()).chain(by_class.iter().copied()).filter(|word| !word.is_empty());
    match choices {
        Some(choices) => {
            let is = |value: &Value, word: &str| value.as_str().is_some_and(|text| text.to_lowercase() == word);
            let says = |value: &Value, word: &str| words(value).iter().any(|have| have == word) && !is_bad(value);
            let wanted: Vec<&str> = wanted.collect();
            let exactly = wanted.iter().find_map(|word| choices.iter().find(|value| is(value, word)));
            exactly.or_else(|| wanted.iter().find_map(|word| choices.iter().find(|value| says(value, word)))).cloned()
        }
        None => Some(Value::String(if past.is_empty() || past.contains(' ') { "success".to_owned() } else { past })),
    }
}

/// Of values some of which say that it went wrong, one that does not: "Reservation Confirmed", not "Reservation Failed".
pub(super) fn went_well(choices: &[Value]) -> Option<Value> {
    let good = || choices.iter().filter(|value| !is_bad(value));
    let plainly = good().find(|value| words(value).iter().any(|word| GOOD.contains(&word.as_str())));
    plainly.or_else(|| good().next()).filter(|_| choices.iter().any(is_bad)).cloned()
}

/// A value that says nothing of the tool's work but that it went well: "Reservation Confirmed", "success", "Ticket bought".
pub(crate) fn is_success(tool: &Tool, value: &Value) -> bool {
    let words = words(value);
    let did = [participle(&tool.phrase.verb), past(tool)];
    let good = |word: &String| GOOD.contains(&word.as_str()) || word.starts_with("success") || did.contains(word);
    let done = words.len() == 1 && words[0].ends_with("ed") && !NEWS.contains(&words[0].as_str());
    !is_bad(value) && words.len() <= 8 && (done || words.iter().any(good))
}

fn words(value: &Value) -> Vec<String> {
    value.as_str().map(words_of_identifier).unwrap_or_default()
}

/// A value that says that nothing came of it.
fn is_bad(value: &Value) -> bool {
    let stems =
        ["fail", "error", "unable", "cannot", "denied", "declin", "reject", "invalid", "unsuccess", "unavail", "not", "no", "impossible"];
    words(value).iter().any(|word| match word.len() {
        0..4 => stems.contains(&word.as_str()),
        _ => stems.iter().any(|stem| stem.len() > 3 && word.starts_with(stem)),
    })
}

/// What was done, in a word: that of the phrase, unless the tool's name has a verb of its own (`resolve_ticket` has not edited it).
fn past(tool: &Tool) -> String {
    let phrase = &tool.phrase;
    let said = phrase.past.to_lowercase();
    let words = words_of_identifier(&tool.name);
    let object = words_of_identifier(&phrase.object);
    let is_thing = |word: &String| object.iter().any(|have| singular(have) == singular(word));
    if phrase.origin != Origin::Inferred || words.contains(&phrase.verb.to_lowercase()) || words.len() < 2 {
        return said;
    }
    let own = words.first().filter(|word| !is_thing(word)).or_else(|| words.last().filter(|word| !is_thing(word)));
    let plain = |word: &&String| word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase()) && !is_plural(word);
    // Machine words for what people call otherwise: "set", "post", "put", "process".
    let machine = ["set", "put", "do", "api", "handle", "process", "post", "perform", "execute", "run", "new"];
    match own.filter(plain).filter(|word| !machine.contains(&word.as_str())) {
        // `flightBooking` has booked, `ForgotPassword` forgotten; what is no verb has done what people say.
        Some(verb) => lemma_of_verb(verb).map_or(said, participle),
        None => said,
    }
}

/// The sentence of a `message` field of a result.
pub(super) fn message(tool: &Tool) -> String {
    if let Some(said) = tool.phrase.success.first() {
        return format!("{}.", said.trim_end_matches('.'));
    }
    let phrase = &tool.phrase;
    match (phrase.object.is_empty(), phrase.past.is_empty()) {
        (false, false) => {
            let mut object = phrase.object.clone();
            if let Some(first) = object.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            format!("{object} {}.", phrase.past)
        }
        _ => "The request was completed.".to_owned(),
    }
}
