//! Foreign type names understood, and nothing else changed: so that a rule about lists sees that `list` and `tuple` are some.

use crate::catalog::read::{KeywordKind, keyword_kind, read_type};
use serde_json::{Map, Value};
use std::borrow::Cow;

const JSON_TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "object", "array", "null"];

/// A type name of JSON Schema.
pub fn is_json_type(name: &str) -> bool {
    JSON_TYPES.contains(&name)
}

/// The schema with JSON types for all type names that are known. Borrowed when there is nothing to do.
pub fn types(schema: &Value) -> Cow<'_, Value> {
    if !any_foreign(schema) {
        return Cow::Borrowed(schema);
    }
    let mut copy = schema.clone();
    rewrite(&mut copy);
    Cow::Owned(copy)
}

fn any_foreign(schema: &Value) -> bool {
    let Value::Object(map) = schema else { return schema.is_string() };
    let foreign = |kind: &Value| kind.as_str().is_some_and(|name| !is_json_type(name));
    let here = match map.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(foreign),
        Some(kind) => foreign(kind),
        None => false,
    };
    let list = |list: &Vec<Value>| list.iter().any(any_foreign);
    here || map.iter().any(|(key, value)| match (keyword_kind(key), value) {
        (Some(KeywordKind::One | KeywordKind::List), Value::Array(inner)) => list(inner),
        (Some(KeywordKind::One), inner) => any_foreign(inner),
        (Some(KeywordKind::Map), Value::Object(inner)) => inner.values().any(any_foreign),
        _ => false,
    })
}

fn rewrite(schema: &mut Value) {
    if let Value::String(name) = schema {
        if let Some(fragment) = read_type(name) {
            *schema = fragment.into();
        }
        return;
    }
    let Value::Object(map) = schema else { return };
    match map.get("type") {
        Some(Value::String(name)) if !is_json_type(name) => {
            if let Some(fragment) = read_type(name) {
                replace(map, fragment);
            }
        }
        Some(Value::Array(names)) => {
            let mut kinds: Vec<Value> = Vec::new();
            for name in names {
                let read = name.as_str().and_then(read_type).and_then(|fragment| fragment.get("type").cloned());
                kinds.push(read.unwrap_or_else(|| name.clone()));
            }
            kinds.dedup();
            map.insert("type".into(), kinds.into());
        }
        _ => {}
    }
    for (key, value) in map.iter_mut() {
        match (keyword_kind(key), value) {
            (Some(KeywordKind::One | KeywordKind::List), Value::Array(inner)) => inner.iter_mut().for_each(rewrite),
            (Some(KeywordKind::One), inner) => rewrite(inner),
            (Some(KeywordKind::Map), Value::Object(inner)) => inner.values_mut().for_each(rewrite),
            _ => {}
        }
    }
}

/// What a type name means in its place; keywords that stand there already win.
fn replace(map: &mut Map<String, Value>, fragment: Map<String, Value>) {
    if fragment.is_empty() {
        map.shift_remove("type");
    }
    for (key, value) in fragment {
        if key == "type" || !map.contains_key(&key) {
            map.insert(key, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_type_names_change() {
        let schema = json!({"type": "dict", "required": ["a", "a"], "properties": {"a": {"type": "list(str)"}, "b": {"type": "Widget"}, "type": {"type": "any"}}});
        let read = json!({"type": "object", "required": ["a", "a"],
            "properties": {"a": {"type": "array", "items": {"type": "string"}}, "b": {"type": "Widget"}, "type": {}}});
        assert_eq!(*types(&schema), read);
        let plain = json!({"type": "object", "properties": {"type": {"type": "string"}}});
        assert!(matches!(types(&plain), Cow::Borrowed(_)));
    }
}
