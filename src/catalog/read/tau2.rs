//! tau2-bench: groups of tools whose parameters are a list with a `required` flag each, and whose `returns` is prose.

use super::{Candidate, Document, Format, Harvest, fields, harvest, lines};
use crate::error::Fault;
use serde_json::Value;

pub(super) struct Tau2;

impl Format for Tau2 {
    fn recognises(&self, value: &Value) -> bool {
        groups(value).iter().any(|(_, tools, _)| tools.iter().any(is_tool))
    }

    fn name(&self, _: &Value) -> String {
        "tau2".into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let file = harvest.domain();
        for (group, tools, prefix) in groups(&document.value) {
            for (index, tool) in tools.iter().enumerate() {
                let domain = group.map_or(file.as_str(), String::as_str);
                harvest.offer(candidate(tool, domain, format!("{prefix}/{index}")));
            }
        }
        Ok(())
    }
}

fn candidate(tool: &Value, domain: &str, pointer: String) -> Candidate {
    let mut candidate = Candidate {
        name: tool.get("name").cloned().unwrap_or_default(),
        description: harvest::text(tool.get("description").unwrap_or(&Value::Null)),
        domain: domain.to_owned(),
        pointer,
        ..Candidate::default()
    };
    match tool.get("parameters") {
        Some(list @ Value::Array(_)) => match fields::from_list(list, &["name"], &["description", "desc"]) {
            Ok(schema) => candidate.parameters = schema,
            Err(refusal) => candidate.refusal = Some(refusal),
        },
        other => candidate.parameters = other.cloned().unwrap_or_default(),
    }
    candidate.returned(tool.get("returns"));
    candidate.extensions(tool);
    candidate
}

/// Name, tools and pointer of every group: `{"airline": {"tools": [...]}}`, `{"tools": [...]}` or a bare list.
fn groups(value: &Value) -> Vec<(Option<&String>, &[Value], String)> {
    match value {
        Value::Array(tools) => vec![(None, tools, String::new())],
        Value::Object(map) => match map.get("tools") {
            Some(Value::Array(tools)) => vec![(None, tools, "/tools".into())],
            _ => map
                .iter()
                .filter_map(|(key, group)| {
                    Some((Some(key), group.get("tools")?.as_array()?.as_slice(), format!("/{}/tools", lines::escape(key))))
                })
                .collect(),
        },
        _ => Vec::new(),
    }
}

fn is_tool(tool: &Value) -> bool {
    tool.get("name").is_some_and(Value::is_string)
        && tool.get("parameters").and_then(Value::as_array).is_some_and(|list| list.iter().any(|field| field.get("name").is_some()))
}
