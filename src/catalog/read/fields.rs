//! Parameters that are written as a list or a map of fields, as an object schema.

use super::schema::Refusal;
use serde_json::{Map, Value, json};

/// `[{"name": ..., "type": ..., "description": ..., "required": true}]` as an object schema. What else a field says is kept.
///
/// `names` and `descriptions` are the keys that this dialect uses for the two.
pub(super) fn from_list(fields: &Value, names: &[&str], descriptions: &[&str]) -> Result<Value, Refusal> {
    let mut properties = Map::new();
    let mut required: Vec<Value> = Vec::new();
    for field in fields.as_array().into_iter().flatten() {
        let name = names.iter().find_map(|key| field.get(*key)).and_then(Value::as_str).unwrap_or_default();
        let Value::Object(field) = field else {
            return Err(Refusal::new("parameters-malformed: an entry of the list of parameters is no object", "write it as an object"));
        };
        if name.trim().is_empty() {
            return Err(Refusal::new("param-name-empty: a parameter has no name", "name it"));
        }
        if properties.contains_key(name) {
            return Err(Refusal::new(format!("param-duplicate: the parameter `{name}` is defined twice"), "keep one of the two"));
        }
        let mut property = Map::new();
        for (key, value) in field {
            match key.as_str() {
                key if names.contains(&key) => {}
                "required" if value.is_boolean() => {
                    if *value == json!(true) {
                        required.push(name.into());
                    }
                }
                key if descriptions.contains(&key) => drop(property.insert("description".into(), value.clone())),
                key => drop(property.insert(key.to_owned(), value.clone())),
            }
        }
        properties.insert(name.to_owned(), property.into());
    }
    Ok(object(properties, required))
}

/// `{"city": {"type": ..., "description": ...}}` as an object schema. Flags on the fields are read later, where every schema
/// is mended.
pub(super) fn from_map(fields: &Value) -> Value {
    match fields {
        Value::Object(fields) => object(fields.clone(), Vec::new()),
        Value::Null => object(Map::new(), Vec::new()),
        other => other.clone(),
    }
}

/// An object schema of these properties.
pub(super) fn object(properties: Map<String, Value>, required: Vec<Value>) -> Value {
    let mut schema = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

/// The texts in a list.
pub(super) fn texts(list: Option<&Value>) -> Vec<&str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}
