//! Recomputes what a rule gives: which item the user's words pick, which date so many days later is.

use super::reckoned;
use crate::catalog::Leaf;
use crate::dialogue::{Function, Provenance, Role, Span};
use crate::value::{self, SemType};
use crate::verify::scene::{Arg, Made, Scene, item_of, length};
use crate::verify::sources::{Ordinal, ordinals, overlaps};
use serde_json::Value;
use std::cmp::Ordering;
use std::ops::Range;

/// Whether the value of an argument follows from the inputs. `holds` tells whether a plain source holds a value.
pub(super) fn follows(
    scene: &Scene,
    made: &Made,
    arg: &Arg,
    function: Function,
    inputs: &[Provenance],
    holds: impl Fn(&Scene, &Made, &Arg, &Provenance) -> Result<(), String>,
) -> Result<(), String> {
    match (function, inputs) {
        (Function::Nth, [words, value]) => {
            holds(scene, made, arg, value)?;
            place(scene, made, words, value)
        }
        (Function::Where, [words, field, value]) => {
            holds(scene, made, arg, value)?;
            has_alone(scene, made, words, field, value)
        }
        (Function::Least | Function::Most, [words, field, value]) => {
            holds(scene, made, arg, value)?;
            is_extreme(scene, made, words, field, value, function == Function::Most)
        }
        (Function::Shift, [base, words]) => later(scene, made, arg, base, words),
        (Function::Count, [words, list]) => reckoned::count(scene, made, arg, words, list),
        (Function::Sum, [words, amounts @ ..]) => reckoned::sum(scene, made, arg, words, amounts),
        (Function::Convert, [words]) => reckoned::in_unit(scene, made, arg, words),
        (Function::Convert, [words, amount]) => reckoned::converted(scene, made, arg, words, amount),
        (Function::Exchange, [words, rate]) => reckoned::exchanged(scene, made, arg, words, rate),
        (Function::Times, [base, words]) => reckoned::times(scene, made, arg, base, words),
        _ => Err(format!("{function:?} does not go with {} inputs", inputs.len()).to_lowercase()),
    }
}

/// The user's words that pick, which stand before the call.
pub(super) fn words_of<'s>(scene: &'s Scene, made: &Made, source: &Provenance) -> Result<(usize, Span, &'s str), String> {
    let Provenance::UserTurn { turn, span } = source else { return Err("nobody's words pick it".into()) };
    if *turn >= made.turn || scene.role(*turn) != Some(Role::User) {
        return Err(format!("turn {turn} is no user turn before the call"));
    }
    let words = scene.texts[*turn].raw.get(span.start..span.end).filter(|words| !words.is_empty());
    words.map(|words| (*turn, *span, words)).ok_or_else(|| "its words lie outside of the text".into())
}

/// Call, list and item that a source leads to.
fn item<'m, 's>(scene: &'m Scene<'s>, source: &'m Provenance) -> Result<(&'m Made<'s>, &'m str, usize, &'m str), String> {
    let (call, pointer) = source.result().ok_or("it is not from a result")?;
    let from = scene.made(call).ok_or_else(|| format!("there is no call {call}"))?;
    let (list, item) = item_of(pointer).ok_or_else(|| format!("{pointer} lies in no list"))?;
    Ok((from, list, item, pointer))
}

fn place(scene: &Scene, made: &Made, words: &Provenance, value: &Provenance) -> Result<(), String> {
    let (turn, span, said) = words_of(scene, made, words)?;
    let (from, list, at, _) = item(scene, value)?;
    let count = length(from.result, list);
    let known = ordinals(&scene.texts[turn]);
    let ordinal = known.iter().find(|(range, _)| range.start >= span.start && range.end <= span.end).map(|(_, ordinal)| *ordinal);
    let meant = match ordinal.ok_or_else(|| format!("\"{said}\" is no place in a list"))? {
        Ordinal::Nth(place) => place,
        // Of what was told, when something was; else of the list.
        Ordinal::Last => super::selected::told(scene, from, list, count).last().copied().unwrap_or(count.saturating_sub(1)),
    };
    if meant == at { Ok(()) } else { Err(format!("\"{said}\" is item {}, not item {}", meant + 1, at + 1)) }
}

fn has_alone(scene: &Scene, made: &Made, words: &Provenance, field: &Provenance, value: &Provenance) -> Result<(), String> {
    let (turn, span, said) = words_of(scene, made, words)?;
    let (from, list, at, _) = item(scene, value)?;
    let (giver, other, same, pointer) = item(scene, field)?;
    if giver.call.id != from.call.id || other != list || same != at {
        return Err("what the words say is of another item".into());
    }
    let fact = from.fact(pointer).ok_or_else(|| format!("nothing at {pointer}"))?;
    if !scene.says(turn, span, fact.value, from.field(fact)) {
        return Err(format!("\"{said}\" does not say {}", fact.value));
    }
    let tail = &pointer[list.len() + 1 + at.to_string().len()..];
    let again = (0..length(from.result, list)).filter(|one| column(from, list, *one, tail) == Some(fact.value)).count();
    if again == 1 { Ok(()) } else { Err(format!("\"{said}\" is true of {again} items")) }
}

fn column<'s>(from: &Made<'s>, list: &str, item: usize, tail: &str) -> Option<&'s Value> {
    from.result?.value.pointer(&format!("{list}/{item}{tail}"))
}

fn is_extreme(scene: &Scene, made: &Made, words: &Provenance, field: &Provenance, value: &Provenance, most: bool) -> Result<(), String> {
    let (_, _, said) = words_of(scene, made, words)?;
    let (from, list, at, _) = item(scene, value)?;
    let (giver, other, same, pointer) = item(scene, field)?;
    if giver.call.id != from.call.id || other != list || same != at {
        return Err("what is compared is of another item".into());
    }
    let leaf = from.fact(pointer).and_then(|fact| from.field(fact)).ok_or_else(|| format!("nothing is known of {pointer}"))?;
    if !says_extreme(said, leaf, most) {
        return Err(format!("\"{said}\" does not compare the {}", leaf.phrase.noun));
    }
    let tail = &pointer[list.len() + 1 + at.to_string().len()..];
    match extreme(from, list, tail, most) {
        Some(item) if item == at => Ok(()),
        Some(item) => Err(format!("\"{said}\" is item {}, not item {}", item + 1, at + 1)),
        None => Err(format!("\"{said}\" is no single item")),
    }
}

fn says_extreme(text: &str, leaf: &Leaf, most: bool) -> bool {
    !value::find_superlative(text, &leaf.name, &leaf.phrase.noun, leaf.sem, most).is_empty()
}

/// The one item with the least or the most of a field.
fn extreme(from: &Made, list: &str, tail: &str, most: bool) -> Option<usize> {
    let count = length(from.result, list);
    let values: Option<Vec<&Value>> = (0..count).map(|item| column(from, list, item, tail)).collect();
    let values = values?;
    let beats = |a: &Value, b: &Value| {
        let order = match (a, b) {
            (Value::Number(a), Value::Number(b)) => a.as_f64().partial_cmp(&b.as_f64()),
            (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
            _ => None,
        };
        order == Some(if most { Ordering::Greater } else { Ordering::Less })
    };
    (0..count).find(|item| (0..count).all(|other| other == *item || beats(values[*item], values[other])))
}

/// Items of a list that superlatives in a turn pick out, by any field that can be compared.
pub(super) fn superlatives(scene: &Scene, turn: usize, from: &Made, list: &str) -> Vec<usize> {
    let text = scene.texts[turn].raw;
    let Some(known) = from.known else { return Vec::new() };
    let theirs = picking_elsewhere(scene, turn, from.call.id, list);
    let pattern = format!("{}/*", crate::dialogue::pattern(list));
    let inside = known.tool.returns.fields.iter().filter_map(|leaf| Some((leaf, leaf.pointer.strip_prefix(&pattern)?)));
    let mut out = Vec::new();
    for (leaf, tail) in inside.filter(|(_, tail)| !tail.contains('*')) {
        for most in [false, true] {
            let spans = value::find_superlative(text, &leaf.name, &leaf.phrase.noun, leaf.sem, most);
            if spans.iter().any(|span| !theirs.iter().any(|other| overlaps(other, span))) {
                out.extend(extreme(from, list, tail, most));
            }
        }
    }
    out
}

/// Words of a turn that pick from other lists.
fn picking_elsewhere(scene: &Scene, turn: usize, call: usize, list: &str) -> Vec<Range<usize>> {
    let picks = scene.calls.iter().flat_map(|made| &made.args).filter_map(|arg| match arg.source {
        Some(Provenance::Derived { function: Function::Nth | Function::Where | Function::Least | Function::Most, inputs }) => Some(inputs),
        _ => None,
    });
    let elsewhere = picks.filter(|inputs| {
        let from = inputs.last().and_then(Provenance::result).and_then(|(of, pointer)| Some((of, item_of(pointer)?.0)));
        from.is_some_and(|from| from != (call, list))
    });
    let words = elsewhere.filter_map(|inputs| match inputs.first() {
        Some(Provenance::UserTurn { turn: said, span }) if *said == turn => Some(span.start..span.end),
        _ => None,
    });
    words.collect()
}

/// A date so many days after one that the user said.
fn later(scene: &Scene, made: &Made, arg: &Arg, base: &Provenance, words: &Provenance) -> Result<(), String> {
    let (turn, span, said) = words_of(scene, made, words)?;
    let (first, at, date) = words_of(scene, made, base)?;
    if (first, at.start) >= (turn, span.start) {
        return Err(format!("\"{said}\" stands before the date that it counts from"));
    }
    let found = value::find_shifts(&scene.texts[turn].raw[span.start..span.end]);
    let [(_, days)] = found.as_slice() else { return Err(format!("\"{said}\" is no number of days")) };
    let read = value::read(date, SemType::Date, value::Hints::default(), &scene.say);
    let day = read.iter().find_map(|reading| reading.value.as_str()?.parse::<jiff::civil::Date>().ok());
    let day = day.ok_or_else(|| format!("\"{date}\" is no date"))?;
    let meant = day.checked_add(jiff::Span::new().days(*days)).map_err(|error| error.to_string())?.to_string();
    if dates_between(scene, (first, at), (turn, span), day) {
        return Err(format!("another date stands between \"{date}\" and \"{said}\""));
    }
    if arg.value.as_str() == Some(&meant) { Ok(()) } else { Err(format!("\"{said}\" than {day} is {meant}")) }
}

/// Whether the user says a date between two places, or the assistant another one than `day`.
fn dates_between(scene: &Scene, from: (usize, Span), to: (usize, Span), day: jiff::civil::Date) -> bool {
    let dates = |text: &str| value::read(text, SemType::Date, value::Hints::default(), &scene.say);
    let other = |date: &value::Reading| date.value.as_str().and_then(|date| date.parse::<jiff::civil::Date>().ok()) != Some(day);
    let told = scene.spoken().filter(|turn| *turn > from.0 && *turn < to.0).any(|turn| dates(&scene.texts[turn].raw).iter().any(other));
    told || scene.user_turns().filter(|turn| *turn >= from.0 && *turn <= to.0).any(|turn| {
        let text = &scene.texts[turn];
        let start = if turn == from.0 { from.1.end } else { 0 };
        let end = if turn == to.0 { to.1.start } else { text.raw.len() };
        !dates(text.raw.get(start..end).unwrap_or("")).is_empty()
    })
}
