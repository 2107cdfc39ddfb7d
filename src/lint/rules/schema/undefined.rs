//! Names that `required` has and nothing defines.

use serde_json::{Map, Value};
use std::collections::HashSet;

/// Index and name of every such entry of an object schema. `outer` tells names that a schema around this one defines.
pub(super) fn names(map: &Map<String, Value>, root: &Value, outer: &dyn Fn(&str) -> bool) -> Vec<(usize, String)> {
    let Some(Value::Array(required)) = map.get("required") else { return Vec::new() };
    // A branch that only says what is required leaves the definitions to its neighbours.
    if !map.contains_key("properties") {
        return Vec::new();
    }
    let mut known = HashSet::new();
    if defined(map, root, &mut known, 0) {
        return Vec::new();
    }
    let names = required.iter().enumerate().filter_map(|(index, name)| Some((index, name.as_str()?)));
    names.filter(|(_, name)| !known.contains(*name) && !outer(name)).map(|(index, name)| (index, name.to_owned())).collect()
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

/// All schemas of an OpenAPI document, each where it is written. Gives the pointer of the entry, the name, and whether another branch of the
/// same schema defines it.
pub(super) fn in_document(root: &Value, found: &mut dyn FnMut(String, &str, bool)) {
    descend(root, root, &mut String::new(), &[], found);
}

fn descend(value: &Value, root: &Value, pointer: &mut String, outer: &[&Map<String, Value>], found: &mut dyn FnMut(String, &str, bool)) {
    let keep = pointer.len();
    match value {
        Value::Object(map) => {
            let is_schema = map.get("required").is_some_and(Value::is_array);
            if is_schema {
                let around =
                    |name: &str| outer.iter().any(|outer| outer.get("properties").and_then(|properties| properties.get(name)).is_some());
                for (index, name) in names(map, root, &around) {
                    let mut beside = HashSet::new();
                    outer.iter().for_each(|outer| {
                        defined(outer, root, &mut beside, 0);
                    });
                    found(format!("{pointer}/required/{index}"), &name, beside.contains(name.as_str()));
                }
            }
            for (key, inner) in map {
                // Values and not schemas stand under these.
                if matches!(key.as_str(), "example" | "examples" | "default" | "enum" | "const") && !pointer.ends_with("/properties") {
                    continue;
                }
                pointer.push('/');
                pointer.push_str(&crate::catalog::read::escape(key));
                if matches!(key.as_str(), "allOf" | "anyOf" | "oneOf") && inner.is_array() {
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
        in_document(&document, &mut |pointer, name, beside| found.push((pointer, name.to_string(), beside)));
        let at = |place: &str, index: usize, name: &str, beside| {
            (format!("/components/schemas/{place}/required/{index}"), name.to_string(), beside)
        };
        let wanted = [
            at("Reply/allOf/1", 1, "model", true),
            at("Reply/allOf/1", 2, "gone", false),
            at("Alone", 1, "model", false),
            at("Alone", 2, "gone", false),
        ];
        assert_eq!(found, wanted);
    }
}
