//! S07 `required-is-boolean`: `required: true` stands on a property, as in drafts 3 of JSON Schema, or `required` is no list.

use crate::lint::rules::prelude::*;

pub(super) struct RequiredIsBoolean;

static DOC: Doc = Doc {
    name: "required-is-boolean",
    code: "S07",
    group: Group::Schema,
    severity: Error,
    what: "`required: true` stands on a property, as in drafts 3 of JSON Schema, or `required` is no list.",
    why: "Newer drafts want a list of names beside `properties`; the flag is an error or is ignored, and then nothing is required.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, required: true, description: Name of the city.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    nodes: true,
    keywords: &[&["required"]],
    ..Doc::BLANK
};

impl Rule for RequiredIsBoolean {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, tool: &ToolView, node: &Node, out: &mut Out) {
        // Dialects with fields instead of schemas have such a flag by right.
        let has_schemas = ["openai", "anthropic", "mcp", "walktalk", "openapi"].iter().any(|format| tool.format.starts_with(format));
        if has_schemas && let Some(value) = node.map.get("required").filter(|value| !value.is_array() && !value.is_object()) {
            out.report(
                node.below("/required"),
                format!("`required` is {value} and no list of names"),
                "put the name of the property into the `required` list of its object",
            );
        }
    }
}
