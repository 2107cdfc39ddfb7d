//! Whether a value is one of its schema.

use serde_json::Value;
use std::collections::HashSet;

/// Whether a schema that stands alone takes a value; true when that cannot be told.
pub(in crate::lint::rules) use crate::catalog::read::allows as allowed;

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

/// The number or truth value that stands in quotes.
pub(in crate::lint::rules) fn meant(value: &Value) -> Option<Value> {
    let text = value.as_str()?.trim();
    let read: Value = serde_json::from_str(&text.to_ascii_lowercase()).ok()?;
    (read.is_number() || read.is_boolean()).then_some(read)
}
