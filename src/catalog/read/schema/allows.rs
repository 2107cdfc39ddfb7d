//! Whether a schema takes a value, for the few keywords that nearly all schemas of parameters are made of.
//!
//! Compiling a schema takes a hundred times as long as looking at one value; what is not decided here is left to the library.

use serde_json::{Map, Value};

/// Whether a schema that stands alone takes a value; true when that cannot be told. `default` says nothing about it.
pub(crate) fn allows(map: &Map<String, Value>, value: &Value) -> bool {
    if let Some(verdict) = decided(map, value) {
        return verdict;
    }
    // The value itself is no part of the question, and flags of dialects are no schema.
    let says_nothing =
        |key: &str, inner: &Value| matches!(key, "default" | "examples" | "example") || (key == "required" && !inner.is_array());
    let rest = map.iter().filter(|(key, inner)| !says_nothing(key, inner));
    let bare = Value::Object(rest.map(|(key, inner)| (key.clone(), inner.clone())).collect());
    jsonschema::options().offline().build(&bare).map_or(true, |validator| validator.is_valid(value))
}

/// The answer where all keywords are known; none otherwise.
fn decided(map: &Map<String, Value>, value: &Value) -> Option<bool> {
    let mut all = true;
    for (key, inner) in map {
        all &= one(key, inner, value)?;
    }
    Some(all)
}

fn one(key: &str, inner: &Value, value: &Value) -> Option<bool> {
    Some(match key {
        "description" | "title" | "$comment" | "format" | "default" | "examples" | "example" | "nullable" | "deprecated" | "readOnly"
        | "writeOnly" => true,
        key if key.starts_with("x-") => true,
        "type" => match inner {
            Value::String(kind) => is_of(value, kind)?,
            Value::Array(kinds) => {
                let verdicts: Option<Vec<bool>> = kinds.iter().map(|kind| is_of(value, kind.as_str()?)).collect();
                verdicts?.contains(&true)
            }
            _ => return None,
        },
        // 1 and 1.0 are one number, which only the library knows.
        "enum" if inner.is_array() && !has_number(value) => inner.as_array()?.contains(value),
        "const" if !has_number(value) => inner == value,
        "minimum" => bound(inner, value, |value, bound| value >= bound)?,
        "maximum" => bound(inner, value, |value, bound| value <= bound)?,
        "exclusiveMinimum" => bound(inner, value, |value, bound| value > bound)?,
        "exclusiveMaximum" => bound(inner, value, |value, bound| value < bound)?,
        "minLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 >= size(inner).unwrap_or_default()) && is_size(inner)?,
        "maxLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 <= size(inner).unwrap_or_default()) && is_size(inner)?,
        "minItems" => value.as_array().is_none_or(|list| list.len() as u64 >= size(inner).unwrap_or_default()) && is_size(inner)?,
        "maxItems" => value.as_array().is_none_or(|list| list.len() as u64 <= size(inner).unwrap_or_default()) && is_size(inner)?,
        "items" => match (inner, value) {
            (Value::Object(items), Value::Array(list)) => {
                let verdicts: Option<Vec<bool>> = list.iter().map(|item| decided(items, item)).collect();
                !verdicts?.contains(&false)
            }
            _ => return None,
        },
        _ => return None,
    })
}

fn is_of(value: &Value, kind: &str) -> Option<bool> {
    Some(match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        _ => return None,
    })
}

fn has_number(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::Array(list) => list.iter().any(has_number),
        Value::Object(map) => map.values().any(has_number),
        _ => false,
    }
}

/// Numbers that a float holds exactly are compared; anything but a number passes.
fn bound(bound: &Value, value: &Value, holds: fn(f64, f64) -> bool) -> Option<bool> {
    let exact = |number: &Value| number.as_f64().filter(|number| number.abs() <= 9e15);
    let bound = exact(bound)?;
    if value.is_number() { Some(holds(exact(value)?, bound)) } else { Some(true) }
}

fn size(value: &Value) -> Option<u64> {
    value.as_u64()
}

fn is_size(value: &Value) -> Option<bool> {
    size(value).map(|_| true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn values() -> impl Strategy<Value = Value> {
        prop::sample::select(vec![
            json!(null),
            json!(true),
            json!(0),
            json!(1),
            json!(1.0),
            json!(2.5),
            json!(-3),
            json!("a"),
            json!("ab é"),
            json!(""),
            json!([]),
            json!(["a"]),
            json!(["a", 1]),
            json!({"a": 1}),
            json!(9007199254740993u64),
        ])
    }

    fn schemas() -> impl Strategy<Value = Value> {
        let pair = prop_oneof![
            prop::sample::select(vec!["string", "integer", "number", "array", "null", "object", "boolean"])
                .prop_map(|kind| ("type", json!(kind))),
            Just(("type", json!(["string", "null"]))),
            prop::collection::vec(values(), 1..4).prop_map(|list| ("enum", Value::from(list))),
            values().prop_map(|value| ("const", value)),
            (prop::sample::select(vec!["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]), -3..4)
                .prop_map(|(key, n)| (key, json!(n))),
            (prop::sample::select(vec!["minLength", "maxLength", "minItems", "maxItems"]), 0..4).prop_map(|(key, n)| (key, json!(n))),
            Just(("items", json!({"type": "string"}))),
            Just(("description", json!("words"))),
            Just(("default", json!(5))),
        ];
        prop::collection::vec(pair, 0..4)
            .prop_map(|pairs| Value::Object(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()))
    }

    proptest! {
        #[test]
        fn what_is_decided_is_what_the_library_says(schema in schemas(), value in values()) {
            if let Some(verdict) = decided(schema.as_object().unwrap(), &value) {
                prop_assert_eq!(verdict, jsonschema::options().offline().build(&schema).unwrap().is_valid(&value), "{} {}", schema, value);
            }
        }
    }

    #[test]
    fn what_is_not_known_here_is_asked_of_the_library() {
        let schema = json!({"type": "string", "pattern": "^a", "default": 5});
        let map = schema.as_object().unwrap();
        assert_eq!(decided(map, &json!("ab")), None);
        assert!(allows(map, &json!("ab")) && !allows(map, &json!("b")));
        let tens = json!({"type": "integer", "enum": [10, 20]});
        assert!(allows(tens.as_object().unwrap(), &json!(10.0)) && !allows(tens.as_object().unwrap(), &json!(15)));
        assert!(allows(json!({"pattern": "[a"}).as_object().unwrap(), &json!("x")), "it cannot be told");
    }
}
