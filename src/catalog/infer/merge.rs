//! Merging two schemas that both hold (`allOf`, a `$ref` with siblings), for the flat view only.

use serde_json::{Map, Value};

/// Adds what `other` says to `schema`. Where both speak, `schema` wins, but `properties` are united (and merged where both have
/// one), `required` is united, and of two bounds the narrower one is kept.
pub(super) fn into(schema: &mut Map<String, Value>, other: Map<String, Value>) {
    for (key, theirs) in other {
        match (schema.get_mut(&key), theirs) {
            (None, theirs) => {
                schema.insert(key, theirs);
            }
            (Some(Value::Object(ours)), Value::Object(theirs)) if key == "properties" => properties(ours, theirs),
            (Some(Value::Array(ours)), Value::Array(theirs)) if key == "required" => {
                for name in theirs {
                    if !ours.contains(&name) {
                        ours.push(name);
                    }
                }
            }
            (Some(ours), theirs) => narrow(&key, ours, theirs),
        }
    }
}

fn properties(ours: &mut Map<String, Value>, theirs: Map<String, Value>) {
    for (name, schema) in theirs {
        match (ours.get_mut(&name), schema) {
            (Some(Value::Object(mine)), Value::Object(other)) => into(mine, other),
            (Some(_), _) => {}
            (None, schema) => {
                ours.insert(name, schema);
            }
        }
    }
}

fn narrow(key: &str, ours: &mut Value, theirs: Value) {
    let (Some(mine), Some(other)) = (ours.as_f64(), theirs.as_f64()) else { return };
    let takes_theirs = match key {
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" => other > mine,
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" => other < mine,
        _ => false,
    };
    if takes_theirs {
        *ours = theirs;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_schemas_hold() {
        let Value::Object(mut schema) = json!({"minimum": 1, "required": ["a"], "properties": {"a": {"type": "string"}}}) else { return };
        let Value::Object(other) =
            json!({"minimum": 3, "maximum": 9, "required": ["a", "b"], "properties": {"a": {"format": "date"}, "b": {}}})
        else {
            return;
        };
        into(&mut schema, other);
        let merged = json!({"minimum": 3, "required": ["a", "b"], "maximum": 9,
            "properties": {"a": {"type": "string", "format": "date"}, "b": {}}});
        assert_eq!(Value::Object(schema), merged);
    }
}
