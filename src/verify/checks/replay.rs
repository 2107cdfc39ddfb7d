//! ## What it does
//! The calls of a dialogue, run again in order from the initial world, must give the results that the record has, byte for byte. A record
//! that does not say from which world its results are (`world`) is not looked at.
//! ## Why it is bad
//! A result that the world does not give is invented, or was changed afterwards: it may contradict what other calls showed, and nothing that
//! follows from it is proven.
//! ## Example
//! A hotel of which nobody speaks costs 95 in the record and 120 when the search is made again.

use super::Check;
use crate::seed::{Stage, stream};
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::{Made, Scene};
use crate::world::{Schemas, Step, replay};
use serde_json::Value;
use std::sync::Arc;

pub(super) struct Replay;

impl Check for Replay {
    fn name(&self) -> &'static str {
        "replay"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let dialogue = scene.dialogue;
        let Some(origin) = &dialogue.world else { return };
        // A call of a tool that is not offered is another check's affair; without it, nothing behind it can be run.
        let calls: Vec<(&Made, &Known)> = scene.calls.iter().map_while(|made| Some((made, made.known?))).collect();
        let schemas = Schemas::of_record(calls.iter().map(|(_, known)| (known.tool.as_ref(), known.prepared())), origin);
        let rng = stream(origin.seed, dialogue.index, Stage::World, origin.attempt);
        let steps = calls.iter().map(|(made, known)| Step {
            tool: known.tool.as_ref(),
            arguments: &made.call.arguments,
            demand: &made.call.demand,
        });
        let again = replay(&dialogue.context, rng, Arc::new(schemas), steps);
        for ((made, _), again) in calls.iter().zip(again) {
            let Some(result) = made.result else { return };
            let wrong = match again {
                Ok(value) => match first_difference(&result.value, &value) {
                    Some(pointer) => Some(told(&pointer, &result.value, &value)),
                    None if result.is_error != made.call.demand.error.is_some() => Some("is marked otherwise".to_string()),
                    None => None,
                },
                Err(error) => Some(format!("has no result: {error}")),
            };
            if let Some(wrong) = wrong {
                out.add(made.turn + 1, format!("call {} of `{}`, run again, {wrong}", made.call.id, made.call.tool));
                // What comes after it builds on another world.
                return;
            }
        }
    }
}

fn told(pointer: &str, recorded: &Value, again: &Value) -> String {
    let short = |value: &Value| match value.pointer(pointer).map(Value::to_string) {
        Some(text) if text.chars().count() <= 60 => text,
        Some(text) => format!("{}...", text.chars().take(57).collect::<String>()),
        None => "nothing".into(),
    };
    format!(
        "differs at {}: {} where the record has {}",
        if pointer.is_empty() { "the root" } else { pointer },
        short(again),
        short(recorded)
    )
}

/// The first place where two values would not be written with the same bytes; the order of keys counts.
fn first_difference(a: &Value, b: &Value) -> Option<String> {
    let below = |key: &str, inner: Option<String>| inner.map(|inner| format!("/{}{inner}", key.replace('~', "~0").replace('/', "~1")));
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let mut pairs = a.iter().zip(b);
            let inside = pairs.find_map(|((key, one), (other_key, other))| {
                below(key, if key == other_key { first_difference(one, other) } else { Some(String::new()) })
            });
            let rest = || a.keys().nth(b.len()).or_else(|| b.keys().nth(a.len()));
            inside.or_else(|| rest().and_then(|key| below(key, Some(String::new()))))
        }
        (Value::Array(a), Value::Array(b)) => {
            let inside = a.iter().zip(b).enumerate().find_map(|(at, (one, other))| below(&at.to_string(), first_difference(one, other)));
            inside.or_else(|| (a.len() != b.len()).then(|| format!("/{}", a.len().min(b.len()))))
        }
        (Value::String(a), Value::String(b)) => (a != b).then(String::new),
        (a, b) => (a.to_string() != b.to_string()).then(String::new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_difference_is_the_first_that_is_read() {
        let at = |a: Value, b: Value| first_difference(&a, &b);
        assert_eq!(at(json!({"a": [1, {"b/c": "x"}]}), json!({"a": [1, {"b/c": "x"}]})), None);
        assert_eq!(at(json!({"a": [1, {"b/c": "x"}]}), json!({"a": [1, {"b/c": "y"}]})), Some("/a/1/b~1c".into()));
        assert_eq!(at(json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1})), Some("/a".into()));
        assert_eq!(at(json!({"a": 1}), json!({"a": 1, "b": 2})), Some("/b".into()));
        assert_eq!(at(json!([1, 2]), json!([1])), Some("/1".into()));
        assert_eq!(at(json!(1), json!(1.0)), Some(String::new()));
        assert_eq!(at(json!({}), json!([])), Some(String::new()));
    }
}
