//! Schemas made plain: references followed, one alternative taken, parts joined.

use super::recipe::type_is;
use serde_json::{Map, Value};

/// References nested deeper than this are left as they are.
const DEEPEST: usize = 12;

/// The schema with local references followed, the first usable alternative taken and `allOf` merged in.
pub(super) fn resolve(root: &Value, schema: &Value, depth: usize) -> Value {
    let Some(map) = schema.as_object() else {
        return Value::Object(Map::new());
    };
    if depth > DEEPEST {
        return Value::Object(map.clone());
    }
    if let Some(target) = map.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix('#')).and_then(|r| root.pointer(r)) {
        let mut merged = resolve(root, target, depth + 1);
        let mut beside = map.clone();
        beside.remove("$ref");
        merge(&mut merged, &Value::Object(beside));
        return merged;
    }
    let mut out = map.clone();
    let branches = ["oneOf", "anyOf"].iter().find_map(|key| map.get(*key).and_then(Value::as_array).map(|branches| (*key, branches)));
    if let Some((key, branches)) = branches {
        let usable = branches.iter().map(|branch| resolve(root, branch, depth + 1)).find(|branch| !type_is(branch, "null"));
        if let Some(branch) = usable {
            out.remove(key);
            let mut merged = Value::Object(out);
            merge(&mut merged, &branch);
            return resolve_all(root, merged, depth);
        }
    }
    resolve_all(root, Value::Object(out), depth)
}

fn resolve_all(root: &Value, mut schema: Value, depth: usize) -> Value {
    let parts = schema.as_object_mut().and_then(|map| map.remove("allOf"));
    for part in parts.as_ref().and_then(Value::as_array).into_iter().flatten() {
        let part = resolve(root, part, depth + 1);
        merge(&mut schema, &part);
    }
    schema
}

/// Adds to `into` what `from` says: properties and required names are joined, the rest is taken where it is new.
fn merge(into: &mut Value, from: &Value) {
    let (Some(into), Some(from)) = (into.as_object_mut(), from.as_object()) else {
        return;
    };
    for (key, value) in from {
        match (into.get_mut(key), value) {
            (Some(Value::Object(have)), Value::Object(more)) if key == "properties" => {
                for (name, schema) in more {
                    have.entry(name.clone()).or_insert_with(|| schema.clone());
                }
            }
            (Some(Value::Array(have)), Value::Array(more)) if key == "required" => {
                have.extend(more.iter().filter(|name| !have.contains(name)).cloned().collect::<Vec<_>>());
            }
            (Some(_), _) => {}
            (None, value) => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}
