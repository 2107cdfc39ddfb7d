//! Which results are errors, in the words and keys that others use for them.

use crate::dialogue::Dialogue;
use serde_json::Value;

/// Keys whose value, when there is one, says what went wrong.
const KEYS: [&str; 7] = ["error", "exception", "errors", "error_message", "errorMessage", "err", "fault"];
/// How a text begins that is an error and nothing else.
const OPENINGS: [&str; 8] = ["error:", "error ", "exception", "traceback", "failed to", "invalid ", "unauthorized", "http error"];
/// Values of `status` that mean failure.
const STATES: [&str; 5] = ["error", "failed", "failure", "fail", "denied"];

/// Marks the results that are errors.
pub(super) fn mark_errors(dialogue: &mut Dialogue) {
    for result in dialogue.turns.iter_mut().flat_map(|turn| &mut turn.results) {
        result.is_error |= failed(&result.value);
    }
}

fn failed(value: &Value) -> bool {
    match value {
        Value::String(text) => {
            let low = text.trim_start().get(..16).unwrap_or(text.trim_start()).to_ascii_lowercase();
            OPENINGS.iter().any(|opening| low.starts_with(opening))
        }
        Value::Object(map) => {
            let told = |value: &Value| match value {
                Value::Null | Value::Bool(false) => false,
                Value::String(text) => !text.trim().is_empty() && !text.eq_ignore_ascii_case("none"),
                Value::Array(items) => !items.is_empty(),
                Value::Object(map) => !map.is_empty(),
                Value::Number(number) => number.as_f64() != Some(0.0),
                Value::Bool(true) => true,
            };
            let states =
                |key: &str| map.get(key).and_then(Value::as_str).is_some_and(|state| STATES.contains(&state.to_ascii_lowercase().as_str()));
            KEYS.iter().any(|key| map.get(*key).is_some_and(told))
                || map.get("success") == Some(&Value::Bool(false))
                || map.get("ok") == Some(&Value::Bool(false))
                || (states("status") && map.len() <= 4)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn errors_are_known_by_their_keys_and_their_words() {
        for error in [
            json!({"error": {"code": "not_found", "message": "no such city"}}),
            json!({"api_name": "Book", "input": {}, "output": null, "exception": "The room is taken."}),
            json!("Error: no such file"),
            json!("Traceback (most recent call last)"),
            json!({"status": "failed", "message": "timeout"}),
            json!({"success": false}),
        ] {
            assert!(failed(&error), "{error}");
        }
        for fine in [
            json!({"api_name": "Book", "output": {"id": 3}, "exception": null}),
            json!({"errors": [], "items": [1]}),
            json!("The error rate is 3%"),
            json!({"status": "failed", "id": 1, "name": "job", "queue": "x", "owner": "me"}),
            json!([]),
            json!("été"),
        ] {
            assert!(!failed(&fine), "{fine}");
        }
    }
}
