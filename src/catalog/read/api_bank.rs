//! API-Bank and ToolTalk: maps of parameters and of results, as in the attributes of their Python classes
//! (`input_parameters`/`output_parameters`, `parameters`/`output`) or as the specifications derived from them
//! (`suite`, a `parameters` schema, and `returns` as a map of fields).

use super::{Candidate, Document, Format, Harvest, fields, harvest};
use crate::error::Fault;
use serde_json::{Map, Value};

pub(super) struct ApiBank;

impl Format for ApiBank {
    fn recognises(&self, value: &Value) -> bool {
        rows(value).iter().any(is_tool)
    }

    fn name(&self, _: &Value) -> String {
        "field-maps".into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let file = harvest.domain();
        let one = document.value.is_object();
        for (index, tool) in rows(&document.value).iter().enumerate() {
            let parameters = match (tool.get("parameters"), tool.get("input_parameters")) {
                (Some(schema), _) if is_schema(schema) => schema.clone(),
                (Some(map), _) | (None, Some(map)) => fields::from_map(map),
                (None, None) => Value::Null,
            };
            let result = ["returns", "output_parameters", "output"].iter().find_map(|key| field_map(tool.get(*key)?));
            let mut candidate = Candidate {
                name: tool.get("name").cloned().unwrap_or_default(),
                description: harvest::text(tool.get("description").unwrap_or(&Value::Null)),
                domain: tool.get("suite").and_then(Value::as_str).unwrap_or(&file).to_owned(),
                parameters,
                returns: result.map(|map| fields::object(map.clone(), Vec::new())),
                pointer: if one { String::new() } else { format!("/{index}") },
                ..Candidate::default()
            };
            candidate.extensions(tool);
            harvest.offer(candidate);
        }
        Ok(())
    }
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

fn is_tool(tool: &Value) -> bool {
    let derived = tool.get("suite").is_some()
        && tool.get("parameters").is_some_and(is_schema)
        && tool.get("returns").is_some_and(|map| field_map(map).is_some());
    let native = ["input_parameters", "parameters"].iter().any(|key| tool.get(*key).is_some_and(|map| field_map(map).is_some()))
        && ["output_parameters", "output"].iter().any(|key| tool.get(*key).is_some_and(Value::is_object));
    tool.get("name").is_some() && (derived || native)
}

fn is_schema(value: &Value) -> bool {
    value.get("type").is_some_and(Value::is_string)
}

/// A map of fields: no schema itself, and each of its values says a type.
fn field_map(value: &Value) -> Option<&Map<String, Value>> {
    let map = value.as_object().filter(|_| !is_schema(value))?;
    map.values().all(|field| field.get("type").is_some()).then_some(map)
}
