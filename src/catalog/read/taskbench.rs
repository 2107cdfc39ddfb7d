//! TaskBench: `nodes` with a list of typed `parameters`, or with `input-type` and `output-type` only. Nothing is said about
//! which parameters are required.

use super::{Candidate, Document, Format, Harvest, fields, harvest};
use crate::error::Fault;
use serde_json::{Map, Value, json};

pub(super) struct TaskBench;

impl Format for TaskBench {
    fn recognises(&self, value: &Value) -> bool {
        let is_tool = |node: &Value| {
            node.get("id").is_some() && ["parameters", "input-type"].iter().any(|key| node.get(*key).is_some_and(Value::is_array))
        };
        value.get("nodes").and_then(Value::as_array).is_some_and(|nodes| nodes.iter().any(is_tool))
    }

    fn name(&self, value: &Value) -> String {
        if value.get("links").is_some() { "taskbench-graph" } else { "taskbench-tools" }.into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let domain = harvest.domain();
        for (index, node) in document.value.get("nodes").and_then(Value::as_array).into_iter().flatten().enumerate() {
            let mut candidate = Candidate {
                name: node.get("id").cloned().unwrap_or_default(),
                description: harvest::text(node.get("desc").unwrap_or(&Value::Null)),
                domain: domain.clone(),
                pointer: format!("/nodes/{index}"),
                ..Candidate::default()
            };
            match node.get("parameters") {
                Some(list) => match fields::from_list(list, &["name"], &["desc", "description"]) {
                    Ok(schema) => candidate.parameters = schema,
                    Err(refusal) => candidate.refusal = Some(refusal),
                },
                None => candidate.parameters = by_type(&fields::texts(node.get("input-type"))),
            }
            let output = fields::texts(node.get("output-type"));
            if !output.is_empty() {
                candidate.returns = Some(by_type(&output));
            }
            harvest.offer(candidate);
        }
        Ok(())
    }
}

/// Values that are known by their type alone: each is a required field that is named for its type, numbered where a type comes
/// twice.
fn by_type(types: &[&str]) -> Value {
    let mut properties = Map::new();
    for kind in types {
        let name = kind.to_lowercase();
        let number = (2..).map(|number| format!("{name}_{number}"));
        let free = std::iter::once(name.clone()).chain(number).find(|name| !properties.contains_key(name));
        properties.insert(free.unwrap_or(name), json!({"type": kind}));
    }
    let required = properties.keys().map(|name| Value::from(name.as_str())).collect();
    fields::object(properties, required)
}
