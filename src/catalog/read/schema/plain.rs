//! Schemas that are valid at a glance.
//!
//! Most schemas of tools are made of two dozen keywords. Whether such a schema is valid can be seen in one walk, which takes a hundredth
//! of the time that the metaschema and the compiler take; whatever is not known here is left to them.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::HashSet;

/// Drafts in which the keywords of this file mean the same.
const DRAFTS: [&str; 4] = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/draft-07/schema",
];

/// Whether a schema is certainly valid by the metaschema of its draft (2020-12 when it names none) and can be compiled. `false` says
/// nothing.
pub(crate) fn is_plain(schema: &Value) -> bool {
    let known = |draft: &Value| draft.as_str().is_some_and(|draft| DRAFTS.contains(&draft));
    schema.as_object().is_some_and(|map| map.get("$schema").is_none_or(known) && node(map, true))
}

fn node(map: &Map<String, Value>, is_root: bool) -> bool {
    map.iter().all(|(key, value)| match key.as_str() {
        "$schema" => is_root,
        "const" => true,
        "pattern" => value.as_str().is_some_and(compiles),
        "multipleOf" => value.as_f64().is_some_and(|number| number > 0.0),
        "type" => kind(value),
        "description" | "title" | "$comment" | "format" => value.is_string(),
        "default" | "example" | "nullable" => true,
        "enum" | "examples" => value.is_array(),
        "required" => names(value),
        "properties" => value.as_object().is_some_and(|map| map.values().all(inner)),
        "items" => inner(value),
        "additionalProperties" => value.is_boolean() || inner(value),
        "anyOf" | "oneOf" | "allOf" => value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(inner)),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => value.is_number(),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => value.is_u64(),
        "uniqueItems" | "deprecated" | "readOnly" | "writeOnly" => value.is_boolean(),
        key => key.starts_with("x-"),
    })
}

fn inner(value: &Value) -> bool {
    value.as_object().is_some_and(|map| node(map, false))
}

thread_local! {
    /// Patterns that were compiled before: catalogs repeat theirs, and compiling one takes longer than all the rest of a schema.
    static KNOWN: RefCell<FxHashMap<Box<str>, bool>> = RefCell::default();
}

/// Patterns that are remembered at most, by each thread.
const REMEMBERED: usize = 10_000;

/// Whether the library takes a pattern.
pub(crate) fn compiles(pattern: &str) -> bool {
    if let Some(known) = KNOWN.with_borrow(|known| known.get(pattern).copied()) {
        return known;
    }
    let good = jsonschema::options().offline().build(&json!({"pattern": pattern})).is_ok();
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(pattern.into(), good);
    });
    good
}

fn is_type(name: &str) -> bool {
    matches!(name, "string" | "number" | "integer" | "boolean" | "object" | "array" | "null")
}

fn kind(value: &Value) -> bool {
    match value {
        Value::String(name) => is_type(name),
        Value::Array(_) => {
            names(value) && value.as_array().is_some_and(|list| !list.is_empty() && list.iter().filter_map(Value::as_str).all(is_type))
        }
        _ => false,
    }
}

/// A list of texts, each once.
fn names(value: &Value) -> bool {
    let Value::Array(list) = value else { return false };
    let mut seen = HashSet::with_capacity(list.len());
    list.iter().all(|name| name.as_str().is_some_and(|name| seen.insert(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn ordinary_schemas_are_plain_and_others_are_left_to_the_library() {
        let city = json!({"type": "string", "description": "Name of the city.", "enum": ["Oslo", "Lima"], "default": "Oslo"});
        assert!(is_plain(
            &json!({"type": "object", "properties": {"city": city, "$ref": {"type": ["integer", "null"], "minimum": 1}}, "required": ["city"]})
        ));
        for other in [
            json!({"type": "dict"}),
            json!({"required": ["a", "a"]}),
            json!({"properties": {"a": {"minLength": -1}}}),
            json!({"pattern": "[a"}),
            json!({"properties": {"a": {"$schema": "http://json-schema.org/draft-07/schema#"}}}),
            json!({"$schema": "http://json-schema.org/draft-04/schema#"}),
            json!({"multipleOf": 0}),
            json!({"items": {"$ref": "#/nowhere"}}),
            json!({"anyOf": []}),
            json!({"type": []}),
            json!(true),
        ] {
            assert!(!is_plain(&other), "{other}");
        }
    }

    /// Keywords with values that fit them, and that do not.
    fn schemas() -> impl Strategy<Value = Value> {
        let loose = prop_oneof![
            Just(json!(null)),
            Just(json!(true)),
            Just(json!(1)),
            Just(json!(-1)),
            Just(json!(2.5)),
            Just(json!("string")),
            Just(json!("dict")),
            Just(json!([])),
            Just(json!(["a", "b"])),
            Just(json!(["a", "a"])),
            Just(json!(["string", "null"])),
            Just(json!({})),
            Just(json!("[a")),
            Just(json!("^[a-z]{2,}$")),
            Just(json!("(?<year>\\d{4})-\\d{2}")),
            Just(json!(0)),
            Just(json!([{}])),
            Just(json!([1, 1])),
        ];
        const KEYS: [&str; 35] = [
            "type",
            "description",
            "title",
            "$comment",
            "format",
            "default",
            "example",
            "nullable",
            "enum",
            "examples",
            "required",
            "properties",
            "items",
            "additionalProperties",
            "anyOf",
            "oneOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "uniqueItems",
            "deprecated",
            "readOnly",
            "x-own",
            "$id",
            "pattern",
            "const",
            "multipleOf",
            "allOf",
        ];
        let leaf = prop::collection::vec((prop::sample::select(KEYS.to_vec()), loose), 0..4)
            .prop_map(|pairs| Value::Object(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()));
        leaf.prop_recursive(3, 24, 4, |inner| {
            (prop::collection::vec(("[a-c]|\\$ref|\\$id|type", inner.clone()), 0..3), inner.clone(), prop::collection::vec(inner, 1..3))
                .prop_map(|(fields, one, list)| {
                    let fields: Map<String, Value> = fields.into_iter().collect();
                    json!({"type": "object", "properties": fields, "items": one, "anyOf": list})
                })
        })
    }

    proptest! {
        #[test]
        fn what_is_plain_is_valid_for_the_library(mut schema in schemas(), draft in prop::sample::select(vec![0, 0, 1, 2, 3, 4])) {
            if draft > 0 {
                schema["$schema"] = DRAFTS[draft - 1].into();
            }
            if is_plain(&schema) {
                prop_assert!(jsonschema::meta::is_valid(&schema), "{schema}");
                prop_assert!(jsonschema::options().offline().build(&schema).is_ok(), "{schema}");
            }
        }
    }
}
