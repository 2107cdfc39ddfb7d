//! P06 `mcp-x-header`: An `x-mcp-header` breaks a rule of the protocol: it is empty, has a space, a colon or a character beyond ASCII, stands on something that is no scalar, or comes twice.

use crate::lint::rules::prelude::*;
use crate::lint::view::each_node;

pub(super) struct McpXHeader;

static DOC: Doc = Doc {
    name: "mcp-x-header",
    code: "P06",
    group: Group::Providers,
    severity: Error,
    targets: &[Target::Mcp],
    what: "An `x-mcp-header` breaks a rule of the protocol: it is empty, has a space, a colon or a character beyond ASCII, stands on something that is no scalar, or comes twice.",
    why: "Clients must refuse the tool.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  inputSchema:
    type: object
    properties:
      region: {type: string, x-mcp-header: "Region: EU", description: Part of the world.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  inputSchema:
    type: object
    properties:
      region: {type: string, x-mcp-header: Region, description: Part of the world.}
"#,
    ..Doc::BLANK
};

impl Rule for McpXHeader {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let mut seen: Vec<String> = Vec::new();
        let mut wrong: Vec<(String, String)> = Vec::new();
        each_node(&tool.schema, false, &mut |node| {
            let Some(header) = node.map.get("x-mcp-header") else { return };
            let pointer = format!("{}/x-mcp-header", node.pointer);
            let Some(name) = header.as_str() else { return wrong.push((pointer, "is no text".into())) };
            if name.is_empty() {
                wrong.push((pointer, "is empty".into()));
            } else if name.chars().any(|c| !c.is_ascii_graphic() || c == ':') {
                wrong.push((pointer, format!("has a character that headers cannot have: {}", clip(name))));
            } else if seen.contains(&name.to_ascii_lowercase()) {
                wrong.push((pointer, format!("comes twice: {}", clip(name))));
            } else if !["string", "number", "integer", "boolean"].iter().any(|kind| node.is(kind)) {
                wrong.push((pointer, "stands on something that is no text, number or truth value".into()));
            }
            seen.push(name.to_ascii_lowercase());
        });
        for (pointer, what) in wrong {
            out.report(
                Place::Parameters(pointer),
                format!("this `x-mcp-header` {what}"),
                "give a header name of letters, digits and dashes, once, on a scalar",
            );
        }
    }
}
