//! Other values of the same kind, and how the tools of a dialogue see their values.

use crate::catalog::{Leaf, Tool, build};
use crate::dialogue::{Dialogue, ToolSpec, leaves, pattern};
use crate::seed::Rng;
use crate::value::{self, Hints, SayContext, SemType};
use rand::RngExt;
use serde_json::{Value, json};
use std::ops::Range;

/// Another value of the kind of `value`: near numbers, other days and hours, another choice, another name of the same dialogue.
pub(super) fn other(dialogue: &Dialogue, value: &Value, schema: Option<&Value>, rng: &mut Rng) -> Option<Value> {
    let choices = schema.and_then(|schema| schema.get("enum")).and_then(Value::as_array);
    if let Some(choices) = choices {
        let others: Vec<&Value> = choices.iter().filter(|choice| *choice != value && !choice.is_null()).collect();
        return super::edit::pick(&others, rng).map(|choice| (*choice).clone());
    }
    match value {
        Value::Bool(truth) => Some(json!(!truth)),
        Value::Number(number) => Some(match number.as_i64() {
            Some(whole) => {
                let step = rng.random_range(1..=3);
                json!(if whole > 3 && rng.random_bool(0.5) { whole - step } else { whole + step })
            }
            None => json!(((number.as_f64()? * 1.25 + 1.0) * 100.0).round() / 100.0),
        }),
        Value::String(text) => other_text(dialogue, text, rng).map(Value::String),
        _ => None,
    }
}

fn other_text(dialogue: &Dialogue, text: &str, rng: &mut Rng) -> Option<String> {
    if let Ok(date) = text.parse::<jiff::civil::Date>() {
        return date.checked_add(jiff::Span::new().days(rng.random_range(1..=9))).ok().map(|date| date.to_string());
    }
    if text.bytes().any(|b| b.is_ascii_digit()) {
        let digits: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at).collect();
        // The last digit of a pair keeps clock times and dates valid more often than not.
        let at = digits[digits.len() - 1];
        let old = text.as_bytes()[at] - b'0';
        let new = (old + rng.random_range(1..=4)) % 10;
        return Some(format!("{}{}{}", &text[..at], new, &text[at + 1..]));
    }
    let pool: Vec<&str> = dialogue
        .turns
        .iter()
        .flat_map(|turn| turn.results.iter().map(|result| &result.value).chain(turn.calls.iter().map(|call| &call.arguments)))
        .flat_map(leaves)
        .filter_map(|(_, value)| value.as_str())
        .filter(|one| !one.eq_ignore_ascii_case(text) && !one.bytes().any(|b| b.is_ascii_digit()) && one.len() < 40 && one.len() > 2)
        .filter(|one| !one.to_lowercase().contains(&text.to_lowercase()) && !text.to_lowercase().contains(&one.to_lowercase()))
        .collect();
    const NAMES: [&str; 6] = ["Marlow", "Quillon", "Verity", "Osterby", "Tamsin", "Brackwater"];
    let chosen = if pool.is_empty() || rng.random_bool(0.5) {
        NAMES[rng.random_range(0..NAMES.len())]
    } else {
        pool[rng.random_range(0..pool.len())]
    };
    Some(chosen.to_string())
}

/// The schema of a parameter by concrete pointer, as far as `properties` and `items` lead.
pub(super) fn schema_at<'s>(schema: &'s Value, pointer: &str) -> Option<&'s Value> {
    pointer.split('/').skip(1).try_fold(schema, |at, part| match at.get("properties").and_then(|properties| properties.get(part)) {
        Some(inner) => Some(inner),
        None => at.get("items").filter(|_| part.bytes().all(|b| b.is_ascii_digit())),
    })
}

/// A tool of the dialogue, completed; none when it cannot be used.
pub(super) fn tool(spec: &ToolSpec) -> Option<Tool> {
    build::build(spec.raw()).ok()
}

pub(super) fn leaf<'l>(leaves: &'l [Leaf], pointer: &str) -> Option<&'l Leaf> {
    let wanted = pattern(pointer);
    leaves.iter().find(|leaf| leaf.pointer == wanted || leaf.pointer == pointer)
}

pub(super) fn say_context(dialogue: &Dialogue) -> SayContext {
    SayContext { today: dialogue.context.today.parse().unwrap_or(jiff::civil::date(2025, 1, 1)) }
}

/// Where a value of this leaf is said in a text.
pub(super) fn find(dialogue: &Dialogue, text: &str, value: &Value, leaf: Option<&Leaf>) -> Vec<Range<usize>> {
    if matches!(value, Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_)) {
        return Vec::new();
    }
    let sem = leaf.map_or_else(|| value::shape(value), |leaf| leaf.sem);
    value::find(text, value, sem, hints(leaf), &say_context(dialogue))
}

pub(super) fn hints(leaf: Option<&Leaf>) -> Hints<'_> {
    leaf.map_or_else(Hints::default, |leaf| Hints {
        unit: leaf.phrase.unit.as_deref(),
        counted: leaf.phrase.counted.as_deref(),
        enum_say: Some(&leaf.phrase.enum_say).filter(|map| !map.is_empty()),
    })
}

/// A fact of a result that an assistant's turn tells.
pub(super) struct Told {
    pub pointer: String,
    pub call: usize,
    pub value: Value,
    pub sem: SemType,
    pub headline: bool,
    pub span: Range<usize>,
}

/// The facts of the given calls that a turn says, at their first place.
pub(super) fn told(dialogue: &Dialogue, turn: usize, calls: &[usize]) -> Vec<Told> {
    let text = &dialogue.turns[turn].text;
    let mut out = Vec::new();
    for call in calls {
        let Some(made) = dialogue.calls().find(|made| made.id == *call) else { continue };
        let Some(result) = dialogue.result(*call).filter(|result| !result.is_error) else { continue };
        let Some(tool) = dialogue.tool(&made.tool).and_then(tool) else { continue };
        for (pointer, value) in leaves(&result.value) {
            let field = leaf(&tool.returns.fields, &pointer);
            if let Some(span) = find(dialogue, text, value, field).into_iter().next() {
                let (sem, headline) = field.map_or((value::shape(value), false), |field| (field.sem, field.phrase.headline));
                out.push(Told { pointer, call: *call, value: value.clone(), sem, headline, span });
            }
        }
    }
    // "Bogota" in "Bogota Airport" is not told.
    let spans: Vec<Range<usize>> = out.iter().map(|told| told.span.clone()).collect();
    out.retain(|told| {
        !spans.iter().any(|other| other.len() > told.span.len() && other.start <= told.span.start && told.span.end <= other.end)
    });
    out
}
