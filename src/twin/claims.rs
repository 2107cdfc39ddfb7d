//! Faults of telling: the right calls, and something said about them that is not so.

use super::draft::Draft;
use super::lines::{line, of_tool};
use super::stage::{Stage, hints, item_of, leaf, pick, sem};
use crate::catalog::Leaf;
use crate::dialogue::{Call, Outcome, Role, leaves, pattern};
use crate::seed::Rng;
use crate::value::{self, SemType};
use rand::RngExt;
use serde_json::Value;
use std::ops::Range;

/// A value of a result that an answer tells.
struct Told<'s> {
    turn: usize,
    call: &'s Call,
    pointer: String,
    value: &'s Value,
    field: Option<&'s Leaf>,
    span: Range<usize>,
}

/// What the answers of the dialogue tell of the calls before them, each value at its first place.
fn told<'s>(stage: &Stage<'s>) -> Vec<Told<'s>> {
    let mut out = Vec::new();
    for turn in stage.spoken() {
        let text = &stage.dialogue.turns[turn].text;
        let mut here: Vec<Told> = Vec::new();
        for call in stage.fresh(turn) {
            let (Some(result), Some(tool)) = (stage.dialogue.result(call.id), stage.tool(&call.tool)) else { continue };
            if result.is_error {
                continue;
            }
            for (pointer, value) in leaves(&result.value) {
                let field = leaf(&tool.returns.fields, &pointer);
                if let Some(span) = stage.find(text, value, field).into_iter().next() {
                    here.push(Told { turn, call, pointer, value, field, span });
                }
            }
        }
        // "Bogota" in "Bogota Airport" is not told.
        let spans: Vec<Range<usize>> = here.iter().map(|one| one.span.clone()).collect();
        here.retain(|one| {
            !spans.iter().any(|other| other.len() > one.span.len() && other.start <= one.span.start && one.span.end <= other.end)
        });
        out.extend(here);
    }
    out
}

/// A digit of a told number is another one.
pub(super) fn wrong_number(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let facts: Vec<Told> = told(stage).into_iter().filter(|one| one.value.is_number()).collect();
    let fact = pick(&facts, rng)?;
    let words = stage.dialogue.turns[fact.turn].text.get(fact.span.clone())?;
    let digits: Vec<usize> = words.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = *pick(&digits, rng)?;
    let new = (words.as_bytes()[at] - b'0' + rng.random_range(1..=9)) % 10;
    let changed = format!("{}{new}{}", &words[..at], &words[at + 1..]);
    let leading = digits.first() == Some(&at) && new == 0;
    if leading { None } else { retell(stage, fact, &changed) }
}

/// Another value of the same kind is told: that of another item or result, another choice, another day.
pub(super) fn wrong_name(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let facts: Vec<Told> = told(stage).into_iter().filter(|one| one.value.as_str().is_some_and(|said| said.len() > 2)).collect();
    let fact = pick(&facts, rng)?;
    let words = stage.dialogue.turns[fact.turn].text.get(fact.span.clone())?;
    let other = pick(&others(stage, fact), rng).cloned().or_else(|| shifted(fact.value, rng))?;
    let forms = value::say(&other, sem(&other, fact.field), hints(fact.field), &stage.say);
    // Said as the true one is said.
    let alike = forms.iter().find(|form| cast(&form.text) == cast(words)).or(forms.first())?;
    retell(stage, fact, &alike.text)
}

/// Values of the same field in the same dialogue, and the other choices of an enum.
fn others(stage: &Stage, fact: &Told) -> Vec<Value> {
    let choices = fact.field.and_then(|field| field.schema.get("enum")).and_then(Value::as_array).into_iter().flatten();
    let mut out: Vec<Value> = choices.cloned().collect();
    for call in stage.dialogue.calls().filter(|call| call.tool == fact.call.tool) {
        let Some(result) = stage.dialogue.result(call.id).filter(|result| !result.is_error) else { continue };
        out.extend(
            leaves(&result.value).into_iter().filter(|(at, _)| pattern(at) == pattern(&fact.pointer)).map(|(_, value)| value.clone()),
        );
    }
    out.retain(|value| value.is_string() && value != fact.value);
    out
}

/// Another day, or another digit of an id; nothing for what has no digits.
fn shifted(value: &Value, rng: &mut Rng) -> Option<Value> {
    let text = value.as_str()?;
    if let Ok(date) = text.parse::<jiff::civil::Date>() {
        return date.checked_add(jiff::Span::new().days(rng.random_range(1..=9))).ok().map(|date| Value::String(date.to_string()));
    }
    let at = text.bytes().rposition(|b| b.is_ascii_digit())?;
    let new = (text.as_bytes()[at] - b'0' + rng.random_range(1..=4)) % 10;
    Some(Value::String(format!("{}{new}{}", &text[..at], &text[at + 1..])))
}

/// What a text is made of: runs of capitals, small letters, digits and other signs.
fn cast(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let kind = match c {
            c if c.is_numeric() => '0',
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if !out.ends_with(kind) {
            out.push(kind);
        }
    }
    out
}

/// Says a told fact otherwise. What stands somewhere before would be as well founded.
fn retell(stage: &Stage, fact: &Told, new: &str) -> Option<Draft> {
    let before = &stage.dialogue.turns[..fact.turn];
    let low = new.to_lowercase();
    let said = before.iter().any(|one| one.text.to_lowercase().contains(&low));
    let told = stage.dialogue.turns[fact.turn].text.to_lowercase().contains(&low);
    let old = stage.dialogue.turns[fact.turn].text.get(fact.span.clone())?;
    if said || told {
        return None;
    }
    let mut text = stage.dialogue.turns[fact.turn].text.clone();
    text.replace_range(fact.span.clone(), new);
    let reason = format!("\"{new}\" is told where `{}` gave \"{old}\" ({}).", fact.call.tool, fact.pointer);
    Some(Draft::says(stage.dialogue, fact.turn, text, reason))
}

/// Two facts of one kind are told in each other's place.
pub(super) fn swapped_facts(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let facts = told(stage);
    let same_unit = |a: &Told, b: &Told| unit(stage, a) == unit(stage, b);
    let mut pairs = Vec::new();
    for (at, a) in facts.iter().enumerate() {
        for b in facts[at + 1..].iter().filter(|b| b.turn == a.turn && b.call.id == a.call.id) {
            let apart = a.span.end <= b.span.start || b.span.end <= a.span.start;
            let kind = |one: &Told| sem(one.value, one.field);
            let alike = kind(a) == kind(b) && kind(a) != SemType::Bool && a.value != b.value && a.value.is_string() == b.value.is_string();
            let exchangeable = match (item_of(&a.pointer), item_of(&b.pointer)) {
                (Some((one, i)), Some((two, j))) => one == two && i != j && pattern(&a.pointer) == pattern(&b.pointer),
                (None, None) => a.pointer != b.pointer,
                _ => false,
            };
            // Of names in a list the order alone would change.
            let headline = a.field.is_some_and(|field| field.phrase.headline);
            if apart && alike && exchangeable && !headline && (a.value.is_string() || same_unit(a, b)) {
                pairs.push((a, b));
            }
        }
    }
    let (a, b) = *pick(&pairs, rng)?;
    let (first, second) = if a.span.start < b.span.start { (&a.span, &b.span) } else { (&b.span, &a.span) };
    let text = &stage.dialogue.turns[a.turn].text;
    let (one, two) = (text.get(first.clone())?, text.get(second.clone())?);
    let swapped = format!("{}{two}{}{one}{}", &text[..first.start], &text[first.end..second.start], &text[second.end..]);
    let reason = format!("\"{one}\" and \"{two}\" are told in each other's place ({} and {}).", a.pointer, b.pointer);
    Some(Draft::says(stage.dialogue, a.turn, swapped, reason))
}

/// The words beside a number, without which it would not stand well in another's place: "4 applicants", "4".
fn unit(stage: &Stage, told: &Told) -> String {
    stage.dialogue.turns[told.turn].text.get(told.span.clone()).unwrap_or_default().chars().filter(|c| c.is_alphabetic()).collect()
}

/// One more sentence, with a fact that no result has.
pub(super) fn invented_fact(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let places: Vec<usize> = stage.spoken().filter(|turn| stage.before(*turn) == Some(Role::Tool)).collect();
    let turn = *pick(&places, rng)?;
    let invention = line("invention", &[], rng)?;
    let text = &stage.dialogue.turns[turn].text;
    // A question keeps the last word.
    let said = match text.rfind(['.', '!']).filter(|_| text.trim_end().ends_with('?')) {
        Some(end) => format!("{} {invention}{}", &text[..=end], &text[end + 1..]),
        None if text.trim_end().ends_with('?') => return None,
        None => format!("{text} {invention}"),
    };
    Some(Draft::says(stage.dialogue, turn, said, format!("\"{invention}\" is told, and no result says so.")))
}

/// Success is claimed though every call since the user spoke failed.
pub(super) fn false_success(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let (turn, call) = answered(stage, rng, |call| stage.failed(call))?;
    let text = of_tool("success", stage.tool(&call.tool)?, rng)?;
    Some(Draft::says(stage.dialogue, turn, text, format!("Success is claimed, but the call of `{}` failed.", call.tool)))
}

/// Failure is claimed though no call since the user spoke failed.
pub(super) fn false_failure(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let (turn, call) = answered(stage, rng, |call| !stage.failed(call))?;
    let text = line("failure", &[], rng)?;
    Some(Draft::says(stage.dialogue, turn, text, format!("A failure is told, but the call of `{}` succeeded.", call.tool)))
}

/// An answer to calls of which all are so, and the last of them.
fn answered<'s>(stage: &Stage<'s>, rng: &mut Rng, so: impl Fn(&Call) -> bool) -> Option<(usize, &'s Call)> {
    let mut places = Vec::new();
    for turn in stage.spoken().filter(|turn| stage.before(*turn) == Some(Role::Tool)) {
        let fresh = stage.fresh(turn);
        if fresh.iter().all(|call| so(call)) {
            places.extend(fresh.last().map(|call| (turn, *call)));
        }
    }
    pick(&places, rng).copied()
}

/// What a call would do is said to be done, and nothing is called.
pub(super) fn unmade_call(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let mut places = Vec::new();
    for made in stage.made().filter(|made| stage.fresh(made.turn).is_empty()) {
        let serves = stage.dialogue.goals.iter().any(|goal| goal.outcome == Outcome::Done && goal.calls.last() == Some(&made.call.id));
        if serves && stage.tool(&made.call.tool).is_some_and(|tool| !tool.phrase.success.is_empty()) {
            places.push(made);
        }
    }
    let made = pick(&places, rng)?;
    let tool = stage.tool(&made.call.tool)?;
    let text = of_tool("unmade", tool, rng)?;
    Some(Draft::says(stage.dialogue, made.turn, text, format!("It is said to be done, but `{}` was not called.", tool.name)))
}
