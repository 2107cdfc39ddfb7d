//! The Model Context Protocol: a `tools/list` result as it is (`{"tools": [...]}`), inside its JSON-RPC answer
//! (`{"result": {"tools": [...]}}`), several pages of either in a list, and single tools.

use super::{Candidate, Document, Format, Harvest};
use crate::error::Fault;
use serde_json::Value;

pub(super) struct Mcp;

impl Format for Mcp {
    fn recognises(&self, value: &Value) -> bool {
        let mut found = false;
        each(value, &mut String::new(), &mut |tool, _| found |= tool.get("inputSchema").is_some() && tool.get("name").is_some());
        found
    }

    fn name(&self, value: &Value) -> String {
        if value.get("inputSchema").is_some() { "mcp-tool" } else { "mcp-tools-list" }.into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let one = document.value.get("inputSchema").is_some();
        let domain = if one { harvest.folder() } else { harvest.domain() };
        let lends = harvest.lends;
        each(&document.value, &mut String::new(), &mut |tool, pointer| harvest.offer(candidate(tool, &domain, pointer, lends)));
        Ok(())
    }
}

fn candidate(tool: &Value, domain: &str, pointer: &str, lend: bool) -> Candidate {
    let text = |value: Option<&Value>| super::harvest::text(value.unwrap_or(&Value::Null));
    let mut description = text(tool.get("description"));
    if description.trim().is_empty() {
        let title = tool.get("title").or_else(|| tool.pointer("/annotations/title"));
        description = text(title);
    }
    let mut candidate = Candidate {
        name: tool.get("name").cloned().unwrap_or_default(),
        description,
        domain: domain.to_owned(),
        pointer: pointer.to_owned(),
        ..Candidate::default()
    };
    candidate.schemas(tool, Some("inputSchema"), Some("outputSchema"), lend);
    candidate.extensions(tool);
    candidate
}

/// Calls `tool` for every tool, with its pointer. Goes through `result` and `tools`, and through lists, so a page in a page in
/// a list is found; the depth of that is the document's.
fn each(value: &Value, pointer: &mut String, tool: &mut dyn FnMut(&Value, &str)) {
    let keep = pointer.len();
    let mut inside = |value: &Value, token: &str, tool: &mut dyn FnMut(&Value, &str)| {
        pointer.push('/');
        pointer.push_str(token);
        each(value, pointer, tool);
        pointer.truncate(keep);
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| inside(item, &index.to_string(), tool)),
        Value::Object(map) => {
            if let Some(list @ Value::Array(_)) = map.get("tools") {
                inside(list, "tools", tool);
            } else if let Some(result) = map.get("result").filter(|result| result.get("tools").is_some()) {
                inside(result, "result", tool);
            } else {
                tool(value, pointer);
            }
        }
        _ => {}
    }
}
