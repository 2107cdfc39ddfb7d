//! The user's answers and corrections.

use super::aggregate;
use super::pen::{Pen, fill};
use super::phrase::{Phrase, look, phrases, same_list};
use crate::dialogue::pattern;
use crate::graph::ToolIx;
use crate::script::{ScriptTurn, Slot, UserAct};
use crate::value::{SemType, english};
use serde_json::Value;

/// Answers a question: bare, as a phrase or as a clause.
pub(super) fn inform<'p>(pen: &mut Pen<'p>, slots: &'p [Slot], before: Option<&'p ScriptTurn>) -> Vec<String> {
    let asked = super::user::asked(before);
    let was_asked = |slot: &Slot| {
        asked.iter().any(|(tool, pointer)| *tool == slot.tool && (**pointer == slot.pointer || **pointer == pattern(&slot.pointer)))
    };
    if let [slot] = slots
        && was_asked(slot)
        && asked.len() == 1
    {
        return vec![single(pen, slot)];
    }
    // Several values of one list ("who else?") need no cue but their order.
    let one_list = slots.len() > 1 && slots.iter().all(|slot| pattern(&slot.pointer) == pattern(&slots[0].pointer) && was_asked(slot));
    if one_list && asked.len() == 1 {
        let values: Vec<String> = slots.iter().map(|slot| pen.hold_slot(slot)).collect();
        return vec![fill(pen.phrase("answer_bare"), &[("v", &aggregate::list(&values))])];
    }
    let mut lonely: Vec<bool> = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        if at > 0 && same_list(&slots[at - 1], slot) {
            continue;
        }
        let same = slots
            .iter()
            .filter(|other| !std::ptr::eq(*other, slot) && look(other.sem) == look(slot.sem) && !same_list(slot, other))
            .count()
            + 1;
        // Only one was asked for: the others say what they are.
        let alone = same == 1 || asked.len() == 1;
        lonely.push(was_asked(slot) && alone && look(slot.sem) != 4 && !slot.value.is_boolean());
    }
    let phrases = phrases(pen, slots);
    let mut parts: Vec<(u8, String)> = Vec::new();
    let mut clauses: Vec<String> = Vec::new();
    for (phrase, lonely) in phrases.iter().zip(lonely) {
        if phrase.long {
            clauses.push(super::surface::end(&phrase.clause, '.'));
            continue;
        }
        // What was asked for needs no words but its own.
        let needs_noun = ["with ", "called ", "named ", "titled ", "of "].iter().any(|start| phrase.after.starts_with(start));
        let bare = lonely && (asked.len() == 1 || needs_noun || pen.chance(0.5));
        parts.push((phrase.rank, part(phrase, bare)));
    }
    let list: Vec<String> = parts.into_iter().map(|(_, text)| text).collect();
    let mut out = Vec::new();
    for chunk in list.chunks(3) {
        let joined = match chunk {
            [one] => one.clone(),
            [init @ .., last] => format!("{}{}{last}", init.join(", "), if pen.chance(0.6) { ", and " } else { ", " }),
            [] => continue,
        };
        out.push(if out.is_empty() {
            fill(pen.phrase("answer_several"), &[("v", &joined)])
        } else {
            fill(pen.phrase("answer_more"), &[("v", &joined)])
        });
    }
    out.extend(clauses);
    out
}

fn part(phrase: &Phrase, bare: bool) -> String {
    if bare { phrase.bare.clone() } else { phrase.after.trim_start_matches(", ").to_owned() }
}

/// The answer to a question for just this.
fn single<'p>(pen: &mut Pen<'p>, slot: &'p Slot) -> String {
    if let Some(yes) = slot.value.as_bool() {
        return truth(pen, slot, yes);
    }
    let leaf = pen.parameter(slot.tool, &slot.pointer);
    if let Some(leaf) = leaf.filter(|_| pen.carriers)
        && pen.chance(0.5)
        && let Some(line) = super::voiced::answer(pen, slot, leaf)
    {
        return line;
    }
    let phrase = phrases(pen, std::slice::from_ref(slot)).remove(0);
    if phrase.long {
        return match pen.one_of(&[&0, &1, &2]) {
            0 => fill(pen.phrase("answer_text"), &[("v", &phrase.bare)]),
            1 => phrase.clause,
            _ => phrase.bare,
        };
    }
    let words = pen.words(&phrase.bare).to_lowercase();
    if ["yes", "no", "maybe"].contains(&words.as_str()) {
        let key = match words.as_str() {
            "yes" => "answer_yes",
            "no" => "answer_no",
            _ => "answer_maybe",
        };
        return fill(pen.phrase(key), &[("v", &phrase.bare)]);
    }
    if let Some(thing) = &phrase.thing {
        let noun = english::without_determiner(thing).to_owned();
        return fill(pen.phrase("answer_id"), &[("v", &phrase.bare), ("noun", &noun)]);
    }
    // "Named Tom Fox." is no answer.
    const PLACES: [&str; 15] = [
        "in ", "at ", "on ", "for ", "from ", "to ", "by ", "until ", "around ", "near ", "about ", "before ", "after ", "under ", "over ",
    ];
    let prepositional = PLACES.iter().any(|prep| phrase.after.starts_with(prep));
    use SemType::*;
    let fact = matches!(slot.sem, Query | Title | Text | Person | Org | Email | Phone | Url | Path | Address | Code | Id | Place);
    let bare = if fact { "answer_fact" } else { "answer_bare" };
    match pen.one_of(&[&0, &0, &0, &1, &1, &2]) {
        2 if phrase.clause.contains(" should be ") => fill(pen.phrase(bare), &[("v", &phrase.bare)]),
        1 if prepositional => fill(pen.phrase("answer_phrase"), &[("v", &phrase.after)]),
        2 if !phrase.clause.contains(':') => phrase.clause,
        _ => fill(pen.phrase(bare), &[("v", &phrase.bare)]),
    }
}

/// "Yes, please." The yes or the no is the value.
fn truth<'p>(pen: &mut Pen<'p>, slot: &'p Slot, yes: bool) -> String {
    let word = if yes { pen.one_of(&["yes", "yes", "yes", "yeah"]) } else { pen.one_of(&["no", "no", "no", "nope"]) };
    let word = if pen.plain { if yes { "yes" } else { "no" } } else { word };
    let index = pen.slots.len();
    pen.slots.push(slot);
    let mark = pen.hold(word.to_owned(), Some(index), true);
    fill(pen.phrase(if yes { "answer_yes" } else { "answer_no" }), &[("v", &mark)])
}

/// Takes back a value; `confirmed`: the assistant just asked whether all is right.
pub(super) fn correct<'p>(pen: &mut Pen<'p>, slot: &'p Slot, old: &'p Value, confirmed: bool) -> Vec<String> {
    let leaf = pen.parameter(slot.tool, &slot.pointer);
    let phrase = phrases(pen, std::slice::from_ref(slot)).remove(0);
    if slot.value.is_boolean() {
        return vec![fill(pen.phrase("correct_phrase"), &[("v", phrase.after.trim_start_matches(", "))])];
    }
    let noun = leaf.map(|leaf| super::refer::thing(&leaf.phrase.noun)).unwrap_or_default();
    let noun = noun.trim_start_matches("the ").trim_start_matches("my ").to_owned();
    if phrase.long && !noun.is_empty() {
        return vec![fill(pen.phrase("correct_noun"), &[("noun", &noun), ("v", &phrase.bare)])];
    }
    let rivals = rivals(pen, slot);
    let key = match pen.one_of(&[&0, &0, &1, &1, &2]) {
        _ if noun.is_empty() => "correct_bare",
        _ if rivals => "correct_noun",
        0 => "correct_bare",
        1 if !old.is_null() && phrase.bare.chars().count() == 1 => "correct_not",
        2 if [",", "with ", "to "].iter().all(|start| !phrase.after.starts_with(start)) => "correct_phrase",
        _ => "correct_noun",
    };
    let was = if key == "correct_not" { pen.hold_value(old, slot.sem, leaf) } else { String::new() };
    let value = if key == "correct_phrase" { phrase.after.clone() } else { phrase.bare.clone() };
    // "No, make it Friday."
    let key = if confirmed && pen.chance(0.75) { key.replace("correct_", "refute_") } else { key.to_owned() };
    let line = fill(pen.phrase(&key), &[("v", &value), ("noun", &noun), ("old", &was)]);
    vec![super::surface::end(&line, '.')]
}

/// Whether another value that was said for the same call looks like this one.
fn rivals(pen: &Pen, slot: &Slot) -> bool {
    let said = |slots: &[Slot]| {
        slots.iter().any(|other| {
            other.tool == slot.tool && other.pointer != slot.pointer && look(other.sem) == look(slot.sem) && !other.value.is_boolean()
        })
    };
    pen.script.turns.iter().any(|turn| match turn {
        ScriptTurn::User(acts) => acts.iter().any(|act| match act {
            UserAct::Request { slots, .. } | UserAct::RequestEach { slots, .. } | UserAct::Inform { slots } => said(slots),
            _ => false,
        }),
        _ => false,
    })
}

/// The value is left to the assistant: in general, or with its noun.
/// An answer that only the speaker understands: "when I get off work".
pub(super) fn vaguely(pen: &mut Pen, tool: ToolIx, parameter: &str) -> String {
    let sem = pen.parameter(tool, parameter).map_or(SemType::Title, |leaf| leaf.sem);
    pen.phrase(vague(sem).0).to_owned()
}

/// The table of vague answers for a type, and what such an answer leaves open.
pub(super) fn vague(sem: SemType) -> (&'static str, &'static str) {
    match sem {
        SemType::Date => ("vague_date", "which day that is"),
        SemType::Time => ("vague_time", "what time that is"),
        SemType::City | SemType::Place | SemType::Address => ("vague_place", "where that is"),
        SemType::Person => ("vague_person", "who that is"),
        SemType::Email => ("vague_email", "which address that is"),
        SemType::Phone => ("vague_phone", "which number that is"),
        SemType::Money => ("vague_amount", "how much that is"),
        SemType::Count | SemType::CountPeople => ("vague_count", "how many that is"),
        SemType::Id => ("vague_id", "which one that is"),
        _ => ("vague_name", "which one that is"),
    }
}

pub(super) fn leave_open(pen: &mut Pen, tool: ToolIx, parameter: &str) -> String {
    let Some(leaf) = pen.parameter(tool, parameter) else { return pen.phrase("leave_open").to_owned() };
    let noun = super::refer::thing(&leaf.phrase.noun);
    let noun = noun.trim_start_matches("the ").trim_start_matches("my ").to_owned();
    let short = noun.split(' ').count() <= 2 && !crate::value::english::is_plural(&noun);
    let key = match leaf.sem {
        SemType::Date | SemType::Time | SemType::Datetime if pen.chance(0.45) => "leave_open_when",
        _ if short && pen.chance(0.35) => "leave_open_noun",
        _ => "leave_open",
    };
    fill(pen.phrase(key), &[("noun", &noun)])
}
