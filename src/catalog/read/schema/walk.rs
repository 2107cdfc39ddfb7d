//! Where schemas stand in a schema.

use serde_json::{Map, Value};

/// Keywords whose value is one schema (`items` may be a list of them, too).
pub(super) const ONE: [&str; 12] = [
    "items",
    "additionalProperties",
    "contains",
    "not",
    "if",
    "then",
    "else",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "additionalItems",
    "contentSchema",
];
/// Keywords whose value is a list of schemas.
pub(super) const LIST: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords whose value is a map of schemas.
pub(super) const MAP: [&str; 5] = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

/// Calls `visit` for every direct subschema with the keyword it stands under and the rest of its pointer.
pub(super) fn children_mut(map: &mut Map<String, Value>, mut visit: impl FnMut(&str, Option<String>, &mut Value)) {
    for (keyword, value) in map.iter_mut() {
        match (kind(keyword), value) {
            (Some(Kind::One), Value::Array(list)) | (Some(Kind::List), Value::Array(list)) => {
                list.iter_mut().enumerate().for_each(|(index, inner)| visit(keyword, Some(index.to_string()), inner));
            }
            (Some(Kind::One), inner) => visit(keyword, None, inner),
            (Some(Kind::Map), Value::Object(inner)) => {
                inner.iter_mut().for_each(|(key, inner)| visit(keyword, Some(super::super::lines::escape(key)), inner));
            }
            _ => {}
        }
    }
}

/// The same for reading.
pub(super) fn children<'a>(map: &'a Map<String, Value>, mut visit: impl FnMut(&str, Option<String>, &'a Value)) {
    for (keyword, value) in map {
        match (kind(keyword), value) {
            (Some(Kind::One), Value::Array(list)) | (Some(Kind::List), Value::Array(list)) => {
                list.iter().enumerate().for_each(|(index, inner)| visit(keyword, Some(index.to_string()), inner));
            }
            (Some(Kind::One), inner) => visit(keyword, None, inner),
            (Some(Kind::Map), Value::Object(inner)) => {
                inner.iter().for_each(|(key, inner)| visit(keyword, Some(super::super::lines::escape(key)), inner));
            }
            _ => {}
        }
    }
}

/// Calls `visit` for a schema and everything below it, with pointers.
pub(super) fn each<'a>(schema: &'a Value, pointer: &str, visit: &mut dyn FnMut(&'a Map<String, Value>, &str)) {
    if let Value::Object(map) = schema {
        visit(map, pointer);
        children(map, |keyword, token, inner| each(inner, &join(pointer, keyword, token.as_deref()), visit));
    }
}

pub(super) fn join(pointer: &str, keyword: &str, token: Option<&str>) -> String {
    match token {
        Some(token) => format!("{pointer}/{keyword}/{token}"),
        None => format!("{pointer}/{keyword}"),
    }
}

/// What stands under a keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    One,
    List,
    Map,
}

/// What stands under a keyword; `None` when it is no schema.
pub(crate) fn kind(keyword: &str) -> Option<Kind> {
    match keyword {
        _ if ONE.contains(&keyword) => Some(Kind::One),
        _ if LIST.contains(&keyword) => Some(Kind::List),
        _ if MAP.contains(&keyword) => Some(Kind::Map),
        _ => None,
    }
}
