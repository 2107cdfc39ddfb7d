//! Seal-Tools: `api_name`, `api_description`, `field`, maps of `parameters` and `responses`, and a `required` list.

use super::{Candidate, Document, Format, Harvest, fields, harvest};
use crate::error::Fault;
use serde_json::Value;

pub(super) struct SealTools;

impl Format for SealTools {
    fn recognises(&self, value: &Value) -> bool {
        rows(value).iter().any(is_tool)
    }

    fn name(&self, _: &Value) -> String {
        "seal-tools".into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let file = harvest.domain();
        let one = document.value.is_object();
        for (index, tool) in rows(&document.value).iter().enumerate() {
            let mut parameters = fields::from_map(tool.get("parameters").unwrap_or(&Value::Null));
            if let (Some(required), Value::Object(schema)) = (tool.get("required").filter(|list| list.is_array()), &mut parameters) {
                schema.insert("required".into(), required.clone());
            }
            let responses = tool.get("responses").filter(|responses| responses.as_object().is_some_and(|map| !map.is_empty()));
            harvest.offer(Candidate {
                name: tool.get("api_name").cloned().unwrap_or_default(),
                description: harvest::text(tool.get("api_description").unwrap_or(&Value::Null)),
                domain: tool.get("field").and_then(Value::as_str).unwrap_or(&file).to_owned(),
                parameters,
                returns: responses.map(fields::from_map),
                pointer: if one { String::new() } else { format!("/{index}") },
                ..Candidate::default()
            });
        }
        Ok(())
    }
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

fn is_tool(tool: &Value) -> bool {
    tool.get("api_name").is_some() && tool.get("parameters").is_some_and(Value::is_object)
}
