//! Whether a value is one of its schema.

use serde_json::{Map, Value};
use std::collections::HashSet;

/// The places of values that stood in the list before.
pub(in crate::lint::rules) fn repeated<'a>(values: impl IntoIterator<Item = &'a Value>) -> Vec<(usize, &'a Value)> {
    let mut seen = HashSet::new();
    values.into_iter().enumerate().filter(|(_, value)| !seen.insert(value.to_string())).collect()
}

/// A value of a JSON type; unknown types take anything.
pub(in crate::lint::rules) fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        _ => true,
    }
}

/// Keywords beside which the type alone does not decide.
const DECIDE: [&str; 22] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "properties",
    "required",
    "additionalProperties",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "const",
    "enum",
    "prefixItems",
];

/// Whether a schema that stands alone takes a value; true when that cannot be told.
pub(in crate::lint::rules) fn allowed(map: &Map<String, Value>, value: &Value) -> bool {
    let by_type = match map.get("type") {
        Some(Value::String(kind)) => is_of(value, kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(|kind| is_of(value, kind)),
        _ => true,
    };
    if !by_type {
        return false;
    }
    if !map.keys().any(|key| DECIDE.contains(&key.as_str())) {
        return true;
    }
    let bare: Map<String, Value> = map
        .iter()
        .filter(|(key, _)| {
            !["default", "examples", "example", "required"].contains(&key.as_str()) || (*key == "required" && map[*key].is_array())
        })
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    jsonschema::options().offline().build(&Value::Object(bare)).map_or(true, |validator| validator.is_valid(value))
}

/// The number or truth value that stands in quotes.
pub(in crate::lint::rules) fn meant(value: &Value) -> Option<Value> {
    let text = value.as_str()?.trim();
    let read: Value = serde_json::from_str(&text.to_ascii_lowercase()).ok()?;
    (read.is_number() || read.is_boolean()).then_some(read)
}
