//! NESTFUL: maps of `query_parameters` and `path_parameters` with a `required` flag each, and of `output_parameters`.

use super::{Candidate, Document, Format, Harvest, fields, harvest};
use crate::error::Fault;
use serde_json::{Map, Value};

pub(super) struct Nestful;

/// The kinds of parameters, in the order in which they are shown.
const KINDS: [&str; 4] = ["path_parameters", "query_parameters", "body_parameters", "header_parameters"];

impl Format for Nestful {
    fn recognises(&self, value: &Value) -> bool {
        let is_tool = |tool: &Value| tool.get("name").is_some() && KINDS.iter().any(|kind| tool.get(*kind).is_some_and(Value::is_object));
        value.as_array().is_some_and(|tools| tools.iter().any(is_tool))
    }

    fn name(&self, _: &Value) -> String {
        "nestful".into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let domain = harvest.domain();
        for (index, tool) in document.value.as_array().into_iter().flatten().enumerate() {
            let maps = KINDS.iter().filter_map(|kind| tool.get(*kind)?.as_object());
            let properties: Map<String, Value> = maps.flatten().map(|(name, field)| (name.clone(), field.clone())).collect();
            harvest.offer(Candidate {
                name: tool.get("name").cloned().unwrap_or_default(),
                description: harvest::text(tool.get("description").unwrap_or(&Value::Null)),
                domain: domain.clone(),
                parameters: fields::object(properties, Vec::new()),
                returns: tool.get("output_parameters").filter(|output| output.is_object()).map(fields::from_map),
                pointer: format!("/{index}"),
                ..Candidate::default()
            });
        }
        Ok(())
    }
}
