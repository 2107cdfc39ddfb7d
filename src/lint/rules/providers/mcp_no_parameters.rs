//! P08 `mcp-no-parameters`: A tool without parameters does not say so in the form that the protocol recommends.

use crate::lint::rules::prelude::*;

pub(super) struct McpNoParameters;

static DOC: Doc = Doc {
    name: "mcp-no-parameters",
    code: "P08",
    group: Group::Providers,
    severity: Info,
    targets: &[Target::Mcp],
    what: "A tool without parameters does not say so in the form that the protocol recommends.",
    why: "`{\"type\": \"object\", \"additionalProperties\": false}` is the one form that all clients read as \"nothing\".",
    bad: r#"- name: list_hotels
  description: List all hotels that are known.
  inputSchema: {type: object}
"#,
    good: r#"- name: list_hotels
  description: List all hotels that are known.
  inputSchema: {type: object, additionalProperties: false}
"#,
    ..Doc::BLANK
};

impl Rule for McpNoParameters {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let plain =
            tool.schema.as_object().is_some_and(|map| ["anyOf", "oneOf", "allOf", "$ref"].iter().all(|key| !map.contains_key(*key)));
        if tool.is_mcp() && plain && tool.parameters().is_empty() && tool.schema.get("additionalProperties") != Some(&json!(false)) {
            out.report(
                Place::Parameters(String::new()),
                "the tool takes nothing, and its schema allows anything",
                "write `{\"type\": \"object\", \"additionalProperties\": false}`",
            );
        }
    }
}
