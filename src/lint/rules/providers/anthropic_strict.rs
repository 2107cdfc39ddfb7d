//! P05 `anthropic-strict`: A bound that Anthropic's strict tools are said not to enforce: `minimum`, `minLength`, `maxItems`, `multipleOf`, or recursion.

use crate::lint::rules::prelude::*;
use crate::lint::view::each_node;

pub(super) struct AnthropicStrict;

static DOC: Doc = Doc {
    name: "anthropic-strict",
    code: "P05",
    group: Group::Providers,
    severity: Info,
    targets: &[Target::Anthropic],
    what: "A bound that Anthropic's strict tools are said not to enforce: `minimum`, `minLength`, `maxItems`, `multipleOf`, or recursion.",
    why: "The published lists differ; where a bound is not enforced, a call can be outside of it.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, minimum: 1, description: How many nights.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, enum: [1, 2, 3], description: How many nights.}
"#,
    ..Doc::BLANK
};

impl Rule for AnthropicStrict {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let mut first: Option<String> = None;
        each_node(&tool.schema, false, &mut |node| {
            if let Some(key) = BOUNDS.iter().find(|key| node.map.contains_key(**key)).filter(|_| first.is_none()) {
                first = Some(format!("{}/{key}", node.pointer));
            }
        });
        if let Some(pointer) = first {
            let key = pointer.rsplit('/').next().unwrap_or_default().to_owned();
            out.report(
                Place::Parameters(pointer),
                format!("`{key}` may not be enforced by Anthropic's strict tools"),
                "say the bound in the description, too",
            );
        }
    }
}

const BOUNDS: [&str; 9] =
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "maxItems", "uniqueItems"];
