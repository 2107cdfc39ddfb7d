//! OpenAI tools: `{"type": "function", "function": {...}}`, the bare function object, a list of either, or `{"tools": [...]}`;
//! Anthropic's `input_schema` and the older `{"functions": [...]}` too.

use super::{Candidate, Document, Format, Harvest};
use crate::error::Fault;
use rayon::prelude::*;
use serde_json::Value;

pub(super) struct OpenAi;

impl Format for OpenAi {
    /// At least one entry of the list must have parameters or be wrapped; the others may be tools without parameters.
    fn recognises(&self, value: &Value) -> bool {
        list(value).is_some_and(|(_, items)| items.iter().any(is_tool))
    }

    fn name(&self, value: &Value) -> String {
        let anthropic = list(value).is_some_and(|(_, items)| items.iter().any(|item| item.get("input_schema").is_some()));
        if anthropic { "anthropic-tools" } else { "openai-tools" }.into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let (domain, lends) = (harvest.domain(), harvest.lends);
        let Some((prefix, items)) = list(&document.value) else { return Ok(()) };
        let candidate = |(index, item): (usize, &Value)| {
            let pointer = if prefix == ONE { String::new() } else { format!("{prefix}/{index}") };
            let (function, pointer) = match item.get("function") {
                Some(function) if function.is_object() => (function, format!("{pointer}/function")),
                _ => (item, pointer),
            };
            function_candidate(function, &domain, pointer, lends)
        };
        harvest.offer_all(items.par_iter().enumerate().map(candidate));
        Ok(())
    }
}

/// A function object with any of the names that its parameters go by.
pub(super) fn function_candidate(function: &Value, domain: &str, pointer: String, lend: bool) -> Candidate {
    let parameters = ["parameters", "input_schema", "inputSchema"].into_iter().find(|key| function.get(*key).is_some());
    let returns = ["returns", "response", "output_schema", "outputSchema"].into_iter().find(|key| function.get(*key).is_some());
    let mut candidate = Candidate {
        name: function.get("name").cloned().unwrap_or_default(),
        description: super::harvest::text(function.get("description").unwrap_or(&Value::Null)),
        domain: domain.to_owned(),
        pointer,
        ..Candidate::default()
    };
    candidate.schemas(function, parameters, returns, lend);
    candidate.extensions(function);
    candidate
}

/// Prefix of a document that is one tool and not a list.
const ONE: &str = "-";

/// The list of tools and the pointer to it.
fn list(value: &Value) -> Option<(&'static str, &[Value])> {
    match value {
        Value::Array(items) => Some(("", items)),
        Value::Object(map) => {
            let inner = |key: &str| map.get(key).and_then(Value::as_array).map(Vec::as_slice);
            match (inner("tools"), inner("functions")) {
                (Some(items), _) => Some(("/tools", items)),
                (None, Some(items)) => Some(("/functions", items)),
                (None, None) => Some((ONE, std::slice::from_ref(value))),
            }
        }
        _ => None,
    }
}

fn is_tool(item: &Value) -> bool {
    if item.get("type").is_some_and(|kind| kind == "function") && item.get("function").is_some_and(Value::is_object) {
        return true;
    }
    let function = match item.get("function") {
        Some(function) if function.is_object() => function,
        _ => item,
    };
    let schema = function.get("parameters").or_else(|| function.get("input_schema"));
    function.get("name").is_some_and(Value::is_string)
        && schema.is_some_and(|schema| ["type", "properties"].iter().any(|key| schema.get(*key).is_some()) || is_empty(schema))
        && function.get("conversation").is_none()
}

fn is_empty(schema: &Value) -> bool {
    schema.as_object().is_some_and(serde_json::Map::is_empty)
}
