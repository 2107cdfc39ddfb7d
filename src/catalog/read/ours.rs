//! Our own catalogs: `name`, `description`, `tools[]` with JSON Schemas, and optionally `effects` and `x-nl`.

use super::{Candidate, Document, Format, Harvest, Syntax, yaml};
use crate::catalog::{Effects, ToolNl};
use crate::error::Fault;
use serde::Deserialize;
use serde_json::Value;

pub(super) struct Ours;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    #[expect(dead_code, reason = "read so that it is allowed and checked")]
    description: String,
    tools: Vec<Tool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tool {
    name: String,
    description: String,
    parameters: Value,
    returns: Option<Value>,
    effects: Option<Effects>,
    #[serde(rename = "x-nl")]
    nl: Option<ToolNl>,
    /// Findings that the author accepts; read by the linter from the document itself.
    #[serde(rename = "x-lint")]
    #[expect(dead_code, reason = "read so that it is allowed")]
    lint: Option<Value>,
}

impl Format for Ours {
    /// A `tools` list beside a `name`, with no key that belongs to somebody else's format.
    fn recognises(&self, value: &Value) -> bool {
        value.get("tools").is_some_and(Value::is_array)
            && value.get("name").is_some_and(Value::is_string)
            && value.get("nextCursor").is_none()
    }

    fn name(&self, _: &Value) -> String {
        "walktalk".into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let file: File = match document.syntax {
            Syntax::Yaml => yaml::parse_as(document.file, document.text)?,
            _ => super::json::parse_as(document.file, document.text)?,
        };
        for (index, tool) in file.tools.into_iter().enumerate() {
            harvest.offer(Candidate {
                name: tool.name.into(),
                description: tool.description,
                domain: file.name.clone(),
                parameters: tool.parameters,
                returns: tool.returns,
                effects: tool.effects.map(|effects| Box::new(Effects { origin: crate::catalog::Origin::Declared, ..effects })),
                nl: tool.nl.map(Box::new),
                pointer: format!("/tools/{index}"),
                ..Candidate::default()
            });
        }
        Ok(())
    }
}
