//! Where schemas stand in a schema.

use super::super::lines::push_escaped;
use serde_json::{Map, Value};
use std::fmt::Write;

/// Calls `visit` for every direct subschema with the keyword it stands under and its pointer.
pub(super) fn children_mut(map: &mut Map<String, Value>, pointer: &mut String, mut visit: impl FnMut(&str, &mut Value, &mut String)) {
    let keep = pointer.len();
    for (keyword, value) in map.iter_mut() {
        let Some(kind) = kind(keyword) else { continue };
        pointer.push('/');
        pointer.push_str(keyword);
        let home = pointer.len();
        match (kind, value) {
            (Kind::One | Kind::List, Value::Array(list)) => {
                for (index, inner) in list.iter_mut().enumerate() {
                    let _ = write!(pointer, "/{index}");
                    visit(keyword, inner, pointer);
                    pointer.truncate(home);
                }
            }
            (Kind::One, inner) => visit(keyword, inner, pointer),
            (Kind::Map, Value::Object(map)) => {
                for (key, inner) in map.iter_mut() {
                    pointer.push('/');
                    push_escaped(pointer, key);
                    visit(keyword, inner, pointer);
                    pointer.truncate(home);
                }
            }
            _ => {}
        }
        pointer.truncate(keep);
    }
}

/// Calls `visit` for a schema and everything below it, with pointers.
pub(super) fn each<'a>(schema: &'a Value, visit: &mut dyn FnMut(&'a Map<String, Value>, &str)) {
    below(schema, &mut String::new(), visit);
}

fn below<'a>(schema: &'a Value, pointer: &mut String, visit: &mut dyn FnMut(&'a Map<String, Value>, &str)) {
    let Value::Object(map) = schema else { return };
    visit(map, pointer);
    let keep = pointer.len();
    for (keyword, value) in map {
        let Some(kind) = kind(keyword) else { continue };
        pointer.push('/');
        pointer.push_str(keyword);
        let home = pointer.len();
        match (kind, value) {
            (Kind::One | Kind::List, Value::Array(list)) => {
                for (index, inner) in list.iter().enumerate() {
                    let _ = write!(pointer, "/{index}");
                    below(inner, pointer, visit);
                    pointer.truncate(home);
                }
            }
            (Kind::One, inner) => below(inner, pointer, visit),
            (Kind::Map, Value::Object(map)) => {
                for (key, inner) in map {
                    pointer.push('/');
                    push_escaped(pointer, key);
                    below(inner, pointer, visit);
                    pointer.truncate(home);
                }
            }
            _ => {}
        }
        pointer.truncate(keep);
    }
}

/// What stands under a keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One schema.
    One,
    /// A list of schemas.
    List,
    /// A map of schemas.
    Map,
}

/// What stands under a keyword; `None` when it is no schema.
pub(crate) fn kind(keyword: &str) -> Option<Kind> {
    match keyword {
        // The value of `items` may be a list of schemas, too.
        "items"
        | "additionalProperties"
        | "contains"
        | "not"
        | "if"
        | "then"
        | "else"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "additionalItems"
        | "contentSchema" => Some(Kind::One),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Some(Kind::List),
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => Some(Kind::Map),
        _ => None,
    }
}
