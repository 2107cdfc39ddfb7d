//! Mutations of arguments and of their sources.

use super::edit::{LOST, Place, cut, pick, places};
use super::values::{find, hints, leaf, other, say_context, schema_at, tool};
use crate::dialogue::{Call, Dialogue, Provenance, Role, Span, leaves, pattern};
use crate::seed::Rng;
use crate::value;
use crate::verify::scene::item_of;
use rand::RngExt;
use serde_json::{Value, json};

/// The call says another value than its source.
pub(super) fn value_changed(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = places(dialogue, |_, _, value, _| !value.is_object() && !value.is_array() && !value.is_null());
    let place = pick(&all, rng)?;
    change(dialogue, place, rng)
}

fn change(dialogue: &Dialogue, place: &Place, rng: &mut Rng) -> Option<Dialogue> {
    let schema = dialogue.tool(&place.of(dialogue).tool).and_then(|spec| schema_at(&spec.parameters, &place.pointer));
    let value = other(dialogue, place.value(dialogue), schema, rng)?;
    let mut out = dialogue.clone();
    place.set(&mut out, value);
    Some(out)
}

/// Two arguments of equal JSON type change places, with their sources: within one call, or between two calls made at once. Both calls stay
/// valid. Left out is what changes nothing but an order: items of one list, and the one argument in which two calls of a tool differ.
pub(super) fn swapped(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all =
        places(dialogue, |_, _, value, source| (value.is_string() || value.is_number()) && !matches!(source, Provenance::Default { .. }));
    let mut pairs = Vec::new();
    for (at, a) in all.iter().enumerate() {
        for b in all[at + 1..].iter().filter(|b| b.turn == a.turn) {
            if let Some(out) = exchange(dialogue, a, b).filter(|_| differ(dialogue, a, b)) {
                pairs.push(out);
            }
        }
    }
    pick(&pairs, rng).cloned()
}

/// Two different values of one JSON type, whose exchange is more than another order.
fn differ(dialogue: &Dialogue, a: &Place, b: &Place) -> bool {
    let (one, two) = (a.value(dialogue), b.value(dialogue));
    let (first, second) = (a.of(dialogue), b.of(dialogue));
    let alike = (one.is_string() && two.is_string()) || (one.is_number() && two.is_number());
    let sem = dialogue.tool(&first.tool).and_then(tool).and_then(|tool| leaf(&tool.parameters, &a.pointer).map(|leaf| leaf.sem));
    let same_place = first.tool == second.tool && pattern(&a.pointer) == pattern(&b.pointer);
    let order_alone = || {
        let mut exchanged = first.arguments.clone();
        if let Some(slot) = exchanged.pointer_mut(&a.pointer) {
            *slot = two.clone();
        }
        a.call == b.call || exchanged == second.arguments
    };
    alike
        && told_apart(dialogue, a, b)
        && !value::same(one, two, sem.unwrap_or_else(|| value::shape(one)))
        && !(same_place && order_alone())
}

/// The two parameters have different names or prepositions: "revenue of $5, revenue of $6" fits both ways.
fn told_apart(dialogue: &Dialogue, a: &Place, b: &Place) -> bool {
    let phrase = |place: &Place| {
        let tool = dialogue.tool(&place.of(dialogue).tool).and_then(tool)?;
        let leaf = leaf(&tool.parameters, &place.pointer)?;
        Some((leaf.phrase.counted.clone().unwrap_or(leaf.phrase.noun.clone()), leaf.phrase.prep.clone()))
    };
    a.call != b.call || phrase(a) != phrase(b)
}

/// The dialogue with two arguments in each other's place, when the calls are still valid.
fn exchange(dialogue: &Dialogue, a: &Place, b: &Place) -> Option<Dialogue> {
    let kinds = ["type", "format", "enum", "pattern"];
    let schema = |place: &Place| dialogue.tool(&place.of(dialogue).tool).and_then(|spec| schema_at(&spec.parameters, &place.pointer));
    // A cheap look before the whole calls are validated.
    if let (Some(one), Some(two)) = (schema(a), schema(b))
        && kinds.iter().any(|key| one.get(key) != two.get(key))
    {
        return None;
    }
    let mut out = dialogue.clone();
    let (first, second) = (a.value(dialogue).clone(), b.value(dialogue).clone());
    a.set(&mut out, second);
    b.set(&mut out, first);
    let source = |place: &Place| place.of(dialogue).provenance.get(&place.pointer).cloned();
    a.set_source(&mut out, source(b)?);
    b.set_source(&mut out, source(a)?);
    let valid = |place: &Place| {
        let call = place.of(&out);
        let validator = dialogue.tool(&call.tool).and_then(|spec| jsonschema::options().offline().build(&spec.parameters).ok());
        validator.is_none_or(|validator| validator.is_valid(&call.arguments))
    };
    (valid(a) && valid(b)).then_some(out)
}

/// An argument that was said or found is missing, an optional one where there is one. A choice that restricts nothing (`any`, `all`) is
/// never dropped: "any saved addresses" asks for the same with it and without. Nor is an optional argument whose words a call before it in
/// the same breath uses: "a cinema in Atlanta, and a restaurant" need not say where the restaurant is.
pub(super) fn dropped(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = places(dialogue, |call, pointer, value, source| {
        let shared = || !dialogue.tool(&call.tool).is_some_and(|spec| needs(&spec.parameters, pointer)) && shared(dialogue, call, source);
        !matches!(source, Provenance::Default { .. } | Provenance::Context { .. })
            && !matches!(value.as_str(), Some("any" | "all"))
            && !shared()
    });
    let optional: Vec<Place> = all.iter().filter(|place| !required(dialogue, place)).cloned().collect();
    let place = pick(if optional.is_empty() { &all } else { &optional }, rng)?;
    without(dialogue, place)
}

fn required(dialogue: &Dialogue, place: &Place) -> bool {
    dialogue.tool(&place.of(dialogue).tool).is_some_and(|spec| needs(&spec.parameters, &place.pointer))
}

/// Whether the schema requires what a pointer leads into.
fn needs(schema: &Value, pointer: &str) -> bool {
    let name = pointer.split('/').nth(1).unwrap_or_default();
    schema.get("required").and_then(Value::as_array).is_some_and(|names| names.iter().any(|one| one == name))
}

/// A call before this one, made at once or in answer to the same words, has an argument from the same place.
fn shared(dialogue: &Dialogue, call: &Call, source: &Provenance) -> bool {
    let mut earlier = dialogue.calls().take_while(|one| one.id < call.id);
    matches!(source, Provenance::UserTurn { .. }) && earlier.any(|one| one.provenance.values().any(|other| other == source))
}

fn without(dialogue: &Dialogue, place: &Place) -> Option<Dialogue> {
    let mut out = dialogue.clone();
    let call = place.of_mut(&mut out);
    if !cut(&mut call.arguments, &place.pointer) {
        return None;
    }
    call.provenance.shift_remove(&place.pointer);
    Some(out)
}

/// A parameter that nobody spoke of gets a value; the source points at the words of another argument, or at any words of the user.
pub(super) fn invented(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let mut free: Vec<(usize, usize, String, Value)> = Vec::new();
    for (turn, said) in dialogue.turns.iter().enumerate() {
        for (at, call) in said.calls.iter().enumerate() {
            let properties = dialogue.tool(&call.tool).and_then(|spec| spec.parameters.get("properties")).and_then(Value::as_object);
            for (name, schema) in properties.into_iter().flatten().filter(|(name, _)| call.arguments.get(name).is_none()) {
                if let Some(value) = plausible(schema, rng) {
                    free.push((turn, at, name.clone(), value));
                }
            }
        }
    }
    let (turn, at, name, value) = pick(&free, rng)?.clone();
    let user = super::edit::user_before(dialogue, turn)?;
    let call = &dialogue.turns[turn].calls[at];
    let spans: Vec<(usize, Span)> = call
        .provenance
        .values()
        .filter_map(|source| match source {
            Provenance::UserTurn { turn, span } => Some((*turn, *span)),
            _ => None,
        })
        .collect();
    let (from, span) = pick(&spans, rng).copied().unwrap_or((user, Span { start: 0, end: dialogue.turns[user].text.len() }));
    let mut out = dialogue.clone();
    let call = &mut out.turns[turn].calls[at];
    call.arguments.as_object_mut()?.insert(name.clone(), value);
    call.provenance.insert(format!("/{}", name.replace('~', "~0").replace('/', "~1")), Provenance::UserTurn { turn: from, span });
    Some(out)
}

/// A scalar that a schema allows.
fn plausible(schema: &Value, rng: &mut Rng) -> Option<Value> {
    if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
        return pick(choices, rng).cloned();
    }
    match schema.get("type").and_then(Value::as_str)? {
        "boolean" => Some(json!(rng.random_bool(0.5))),
        "integer" | "number" => {
            let low = schema.get("minimum").and_then(Value::as_i64).unwrap_or(1);
            Some(json!(low + rng.random_range(0..3)))
        }
        "string" => schema.get("default").cloned().or_else(|| Some(json!("Marlow"))),
        _ => None,
    }
}

/// A number as a string, a string as a number.
pub(super) fn wrong_type(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = places(dialogue, |call, pointer, value, _| {
        let typed = dialogue
            .tool(&call.tool)
            .and_then(|spec| schema_at(&spec.parameters, pointer))
            .is_some_and(|schema| schema.get("type").is_some_and(Value::is_string));
        typed && (value.is_number() || value.is_string() || value.is_boolean())
    });
    let place = pick(&all, rng)?;
    let value = match place.value(dialogue) {
        Value::String(text) => json!([text]),
        other => json!(other.to_string()),
    };
    let mut out = dialogue.clone();
    // A list is no leaf: its source stays with the text inside.
    let inner = value.is_array();
    place.set(&mut out, value);
    if inner {
        let call = place.of_mut(&mut out);
        let source = call.provenance.shift_remove(&place.pointer)?;
        call.provenance.insert(format!("{}/0", place.pointer), source);
    }
    Some(out)
}

/// The arguments that a call takes from an item of a list are taken from another item.
pub(super) fn other_item(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = places(dialogue, |_, _, _, source| matches!(source, Provenance::ToolResult { pointer, .. } if item_of(pointer).is_some()));
    let place = pick(&all, rng)?;
    let Some(Provenance::ToolResult { call: from, pointer }) = place.of(dialogue).provenance.get(&place.pointer) else { return None };
    let (list, item) = item_of(pointer)?;
    let result = dialogue.result(*from)?;
    let count = result.value.pointer(list)?.as_array()?.len();
    let others: Vec<usize> = (0..count).filter(|other| *other != item).collect();
    let chosen = *pick(&others, rng)?;
    let mut out = dialogue.clone();
    let mut changed = false;
    for (pointer, source) in &mut place.of_mut(&mut out).provenance.clone() {
        let Provenance::ToolResult { call, pointer: at } = source else { continue };
        let same = call == from && item_of(at).is_some_and(|found| found == (list, item));
        if !same {
            continue;
        }
        let tail = &at[list.len() + 1 + item.to_string().len()..];
        let moved = format!("{list}/{chosen}{tail}");
        let value = result.value.pointer(&moved)?.clone();
        let here = Place { pointer: pointer.clone(), ..place.clone() };
        changed |= here.value(dialogue) != &value;
        here.set(&mut out, value);
        here.set_source(&mut out, Provenance::ToolResult { call: *from, pointer: moved });
    }
    changed.then_some(out)
}

/// A value from an earlier result of the same field, though a newer one was meant.
pub(super) fn stale(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let mut candidates: Vec<(Place, usize, String, Value)> = Vec::new();
    // A call that is wrong as it is cannot be spoilt.
    for place in places(dialogue, |call, _, _, source| call.mistake.is_none() && matches!(source, Provenance::ToolResult { .. })) {
        let Some(Provenance::ToolResult { call: from, pointer }) = place.of(dialogue).provenance.get(&place.pointer) else { continue };
        let name = pointer.rsplit('/').next().unwrap_or_default().to_string();
        for older in dialogue.calls().filter(|older| older.id < *from) {
            let Some(result) = dialogue.result(older.id).filter(|result| !result.is_error) else { continue };
            for (at, value) in leaves(&result.value) {
                // Another id of the same kind: the same last name, the same first letters.
                let alike = at.rsplit('/').next() == Some(&name) && value.is_string() && value != place.value(dialogue);
                let prefix = |value: &Value| value.as_str().map(|text| text.chars().take(3).collect::<String>());
                let used = dialogue
                    .calls()
                    .any(|call| leaves(&call.arguments).iter().any(|(_, one)| *one == value) && call.tool == place.of(dialogue).tool);
                if alike && prefix(value) == prefix(place.value(dialogue)) && !used {
                    candidates.push((place.clone(), older.id, at, value.clone()));
                }
            }
        }
    }
    let (place, call, pointer, value) = pick(&candidates, rng)?.clone();
    let mut out = dialogue.clone();
    place.set(&mut out, value);
    place.set_source(&mut out, Provenance::ToolResult { call, pointer });
    Some(out)
}

/// The call is right, but its record points at other words or another result.
pub(super) fn source_elsewhere(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = places(dialogue, |_, _, value, source| !matches!(source, Provenance::Default { .. }) && !value.is_boolean());
    let place = pick(&all, rng)?;
    let source = place.of(dialogue).provenance.get(&place.pointer)?;
    let moved = match source {
        Provenance::UserTurn { turn, span } | Provenance::AssistantOffer { turn, span } => {
            let text = &dialogue.turns[*turn].text;
            let free: Vec<Span> = text
                .split_ascii_whitespace()
                .filter_map(|word| {
                    let start = word.as_ptr() as usize - text.as_ptr() as usize;
                    let end = start + word.len();
                    (end <= span.start || start >= span.end).then_some(Span { start, end })
                })
                .filter(|one| find(dialogue, &text[one.start..one.end], place.value(dialogue), None).is_empty())
                .collect();
            Provenance::UserTurn { turn: *turn, span: *pick(&free, rng)? }
        }
        Provenance::ToolResult { call, pointer } => {
            let result = dialogue.result(*call)?;
            let others: Vec<String> = leaves(&result.value)
                .into_iter()
                .filter(|(at, value)| at != pointer && *value != place.value(dialogue))
                .map(|(at, _)| at)
                .collect();
            match pick(&others, rng) {
                Some(other) => Provenance::ToolResult { call: *call, pointer: other.clone() },
                None => Provenance::ToolResult { call: LOST, pointer: pointer.clone() },
            }
        }
        Provenance::Context { .. } => Provenance::Context { pointer: "/user/nobody".into() },
        // Points at words or a result that say something else, so that the rule does not give the value.
        Provenance::Derived { function, inputs } => {
            let mut inputs = inputs.clone();
            let Some(Provenance::UserTurn { turn, span }) = inputs.iter_mut().find(|input| matches!(input, Provenance::UserTurn { .. }))
            else {
                return None;
            };
            let text = &dialogue.turns[*turn].text;
            let words: Vec<Span> = text
                .split_ascii_whitespace()
                .map(|word| word.as_ptr() as usize - text.as_ptr() as usize..)
                .map(|from| Span {
                    start: from.start,
                    end: from.start + text[from.start..].split_ascii_whitespace().next().map_or(0, str::len),
                })
                .filter(|one| one.end <= span.start || one.start >= span.end)
                .collect();
            *span = *pick(&words, rng)?;
            Provenance::Derived { function: *function, inputs }
        }
        Provenance::Default { .. } => return None,
    };
    let mut out = dialogue.clone();
    place.set_source(&mut out, moved);
    Some(out)
}

/// The assistant asked, the user answered, and the call says something else or leaves it out.
pub(super) fn answer_ignored(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let answers = |turn: usize| turn > 0 && dialogue.turns[turn - 1].role == Role::Assistant && dialogue.turns[turn - 1].text.contains('?');
    let all = places(dialogue, |_, _, _, source| matches!(source, Provenance::UserTurn { turn, .. } if answers(*turn)));
    let place = pick(&all, rng)?;
    if !required(dialogue, place) && rng.random_bool(0.5) {
        return without(dialogue, place);
    }
    change(dialogue, place, rng)
}

/// After a correction, the old value is still used, and its source is where it was said.
pub(super) fn correction_ignored(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let mut candidates: Vec<(Place, Value, usize, Span)> = Vec::new();
    for place in places(dialogue, |_, _, _, source| matches!(source, Provenance::UserTurn { .. })) {
        let call = place.of(dialogue);
        let Some(Provenance::UserTurn { turn, .. }) = call.provenance.get(&place.pointer) else { continue };
        if !dialogue.turns[*turn].acts.iter().any(|act| act.contains("correct") || act == "negate") {
            continue;
        }
        candidates.extend(before(dialogue, &place, call, *turn));
    }
    let (place, value, turn, span) = pick(&candidates, rng)?.clone();
    let mut out = dialogue.clone();
    place.set(&mut out, value);
    place.set_source(&mut out, Provenance::UserTurn { turn, span });
    Some(out)
}

/// What an earlier turn says for the same parameter.
fn before(dialogue: &Dialogue, place: &Place, call: &Call, corrected: usize) -> Option<(Place, Value, usize, Span)> {
    let earlier = dialogue.calls().take_while(|one| one.id < call.id).filter(|one| one.tool == call.tool).last();
    if let Some(old) = earlier
        && let (Some(value), Some(Provenance::UserTurn { turn, span })) =
            (old.arguments.pointer(&place.pointer), old.provenance.get(&place.pointer))
        && value != place.value(dialogue)
        && *turn < corrected
    {
        return Some((place.clone(), value.clone(), *turn, *span));
    }
    let tool = dialogue.tool(&call.tool).and_then(tool)?;
    let leaf = leaf(&tool.parameters, &place.pointer)?;
    let taken: Vec<(usize, Span)> = call
        .provenance
        .values()
        .filter_map(|source| match source {
            Provenance::UserTurn { turn, span } => Some((*turn, *span)),
            _ => None,
        })
        .collect();
    (0..corrected).rev().filter(|turn| dialogue.turns[*turn].role == Role::User).find_map(|turn| {
        let text = &dialogue.turns[turn].text;
        value::read(text, leaf.sem, hints(Some(leaf)), &say_context(dialogue))
            .into_iter()
            .filter(|reading| !taken.iter().any(|(at, span)| *at == turn && span.start < reading.span.end && reading.span.start < span.end))
            .find(|reading| !value::same(&reading.value, place.value(dialogue), leaf.sem))
            .map(|reading| (place.clone(), reading.value, turn, Span { start: reading.span.start, end: reading.span.end }))
    })
}
