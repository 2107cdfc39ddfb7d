//! ToolBench: rows with an `api_list` of RapidAPI endpoints, or such a list itself.

use super::schema::Refusal;
use super::{Candidate, Document, Format, Harvest, fields, harvest};
use crate::error::Fault;
use serde_json::{Map, Value, json};

pub(super) struct ToolBench;

impl Format for ToolBench {
    fn recognises(&self, value: &Value) -> bool {
        value.as_array().is_some_and(|rows| rows.iter().any(|row| is_api(row) || apis(row).iter().any(is_api)))
    }

    fn name(&self, _: &Value) -> String {
        "toolbench".into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        for (index, row) in document.value.as_array().into_iter().flatten().enumerate() {
            if is_api(row) {
                harvest.offer(candidate(row, format!("/{index}")));
            }
            for (place, api) in apis(row).iter().enumerate() {
                harvest.offer(candidate(api, format!("/{index}/api_list/{place}")));
            }
        }
        Ok(())
    }
}

fn is_api(api: &Value) -> bool {
    api.get("api_name").is_some() && api.get("tool_name").is_some()
}

fn apis(row: &Value) -> &[Value] {
    row.get("api_list").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn candidate(api: &Value, pointer: String) -> Candidate {
    let text = |key: &str| harvest::text(api.get(key).unwrap_or(&Value::Null));
    let mut candidate = Candidate {
        name: api.get("api_name").cloned().unwrap_or_default(),
        description: text("api_description"),
        domain: text("tool_name"),
        pointer,
        ..Candidate::default()
    };
    match parameters(api) {
        Ok(schema) => candidate.parameters = schema,
        Err(refusal) => candidate.refusal = Some(refusal),
    }
    if let Some(template) = api.get("template_response").filter(|template| template.as_object().is_some_and(|map| !map.is_empty())) {
        candidate.returns = Some(from_template(template));
    }
    candidate
}

fn parameters(api: &Value) -> Result<Value, Refusal> {
    let read = |key: &str| fields::from_list(api.get(key).unwrap_or(&Value::Null), &["name"], &["description"]);
    let (mut schema, optional) = (read("required_parameters")?, read("optional_parameters")?);
    let mut required = Vec::new();
    if let (Value::Object(into), Value::Object(from)) = (&mut schema["properties"], &optional["properties"]) {
        for (name, property) in into.iter_mut() {
            required.push(Value::from(name.as_str()));
            // The site fills every box of its form; an empty text there is no default.
            if let Value::Object(property) = property
                && property.get("default").is_some_and(|default| default == "")
            {
                property.shift_remove("default");
            }
        }
        for (name, property) in from {
            if !into.contains_key(name) {
                let kept = property.as_object().into_iter().flatten().filter(|(key, value)| *key != "default" || **value != json!(""));
                let kept: Map<String, Value> = kept.map(|(key, value)| (key.clone(), value.clone())).collect();
                into.insert(name.clone(), kept.into());
            }
        }
    }
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    Ok(schema)
}

/// `{"items": [{"_list_length": 3, "id": "int"}]}`, a result with type names in place of values, as a schema.
fn from_template(template: &Value) -> Value {
    match template {
        Value::Object(map) => {
            let fields = map.iter().filter(|(key, _)| *key != "_list_length");
            json!({"type": "object", "properties": fields.map(|(key, value)| (key.clone(), from_template(value))).collect::<Map<_, _>>()})
        }
        Value::Array(items) => match items.first() {
            Some(item) => json!({"type": "array", "items": from_template(item)}),
            None => json!({"type": "array"}),
        },
        Value::String(kind) => json!({"type": kind}),
        _ => json!({}),
    }
}
