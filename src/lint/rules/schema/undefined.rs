//! Names that `required` has and nothing defines.

use serde_json::{Map, Value};
use std::collections::HashSet;

/// An entry of `required` that its own schema does not define.
pub(super) struct Missing {
    /// Its place in the list.
    pub index: usize,
    pub name: String,
    /// Another branch of a schema around this one defines it.
    pub beside: bool,
}

/// Every such entry of an object schema. `outer` are the schemas that it is a branch of: what stands under their own `properties` is defined.
pub(super) fn names(map: &Map<String, Value>, root: &Value, outer: &[&Map<String, Value>]) -> Vec<Missing> {
    let Some(Value::Array(required)) = map.get("required") else { return Vec::new() };
    // A branch that only says what is required leaves the definitions to its neighbours.
    if !map.contains_key("properties") {
        return Vec::new();
    }
    let mut known = HashSet::new();
    if defined(map, root, &mut known, 0) {
        return Vec::new();
    }
    let around = |name: &str| outer.iter().any(|outer| outer.get("properties").and_then(|properties| properties.get(name)).is_some());
    let mut beside = HashSet::new();
    outer.iter().for_each(|outer| {
        defined(outer, root, &mut beside, 0);
    });
    let names = required.iter().enumerate().filter_map(|(index, name)| Some((index, name.as_str()?)));
    let missing = names.filter(|(_, name)| !known.contains(*name) && !around(name));
    missing.map(|(index, name)| Missing { index, name: name.to_owned(), beside: beside.contains(name) }).collect()
}

/// The schemas that the one at a pointer is a branch of, the nearest first.
pub(super) fn around<'a>(root: &'a Value, pointer: &str) -> Vec<&'a Map<String, Value>> {
    let branch_of = |at: &str| {
        let (list, index) = at.rsplit_once('/')?;
        let (outer, key) = list.rsplit_once('/')?;
        (is_choice(key) && index.parse::<usize>().is_ok()).then(|| outer.to_owned())
    };
    let outer = std::iter::successors(branch_of(pointer), |at| branch_of(at));
    outer.filter_map(|at| root.pointer(&at)?.as_object()).collect()
}

fn is_choice(key: &str) -> bool {
    matches!(key, "allOf" | "anyOf" | "oneOf")
}

/// Collects the names that are defined, over all branches and references; true when there may be others by pattern.
fn defined<'a>(map: &'a Map<String, Value>, root: &'a Value, known: &mut HashSet<&'a str>, depth: usize) -> bool {
    if depth > 16 {
        return true;
    }
    if let Some(Value::Object(properties)) = map.get("properties") {
        known.extend(properties.keys().map(String::as_str));
    }
    let mut open = map.contains_key("patternProperties")
        || map.get("additionalProperties").is_some_and(|value| value.as_object().is_some_and(|map| !map.is_empty()));
    let target = map.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#')).and_then(|to| root.pointer(to));
    if let Some(Value::Object(target)) = target {
        open |= defined(target, root, known, depth + 1);
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        for branch in map.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
            open |= defined(branch, root, known, depth + 1);
        }
    }
    for key in ["then", "else"] {
        if let Some(Value::Object(branch)) = map.get(key) {
            open |= defined(branch, root, known, depth + 1);
        }
    }
    open
}

/// All schemas of an OpenAPI document, each where it is written. Gives the pointer of its list and the entry.
pub(super) fn in_document(root: &Value, found: &mut dyn FnMut(&str, Missing)) {
    descend(root, root, &mut String::new(), &[], found);
}

fn descend(value: &Value, root: &Value, pointer: &mut String, outer: &[&Map<String, Value>], found: &mut dyn FnMut(&str, Missing)) {
    let keep = pointer.len();
    match value {
        Value::Object(map) => {
            let is_schema = map.get("required").is_some_and(Value::is_array);
            if is_schema {
                names(map, root, outer).into_iter().for_each(|missing| found(pointer, missing));
            }
            for (key, inner) in map {
                // Values and not schemas stand under these.
                if matches!(key.as_str(), "example" | "examples" | "default" | "enum" | "const") && !pointer.ends_with("/properties") {
                    continue;
                }
                pointer.push('/');
                pointer.push_str(&crate::catalog::read::escape(key));
                if is_choice(key) && inner.is_array() {
                    let mut more = outer.to_vec();
                    more.push(map);
                    descend(inner, root, pointer, &more, found);
                } else {
                    descend(inner, root, pointer, &[], found);
                }
                pointer.truncate(keep);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                descend(item, root, pointer, outer, found);
                pointer.truncate(keep);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_another_branch_defines_is_told_apart_from_what_nobody_does() {
        let branch = json!({"type": "object", "properties": {"id": {}}, "required": ["id", "model", "gone"]});
        let document = json!({"components": {"schemas": {
            "Shared": {"type": "object", "properties": {"model": {}}},
            "Reply": {"allOf": [{"$ref": "#/components/schemas/Shared"}, branch]},
            "Alone": branch,
        }}});
        let mut found = Vec::new();
        in_document(&document, &mut |pointer, one| found.push((format!("{pointer}/{}", one.index), one.name, one.beside)));
        let at = |place: &str, index: usize, name: &str, beside| (format!("/components/schemas/{place}/{index}"), name.to_string(), beside);
        let wanted = [
            at("Reply/allOf/1", 1, "model", true),
            at("Reply/allOf/1", 2, "gone", false),
            at("Alone", 1, "model", false),
            at("Alone", 2, "gone", false),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn the_branches_of_a_tool_are_judged_like_those_of_a_document() {
        let schema = json!({"properties": {"city": {}}, "allOf": [
            {"properties": {"model": {}}},
            {"properties": {"id": {}}, "required": ["id", "city", "model", "gone"]},
        ]});
        let found = |pointer: &str| {
            let missing = names(schema.pointer(pointer).unwrap().as_object().unwrap(), &schema, &around(&schema, pointer));
            missing.into_iter().map(|one| (one.index, one.name, one.beside)).collect::<Vec<_>>()
        };
        assert_eq!(found("/allOf/1"), [(2, "model".to_string(), true), (3, "gone".to_string(), false)]);
        assert_eq!(found(""), []);
    }
}
