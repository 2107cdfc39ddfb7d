//! D09 `default-only-in-prose`: The description of a parameter names a default that the schema does not have.

use super::prose::default;
use crate::lint::rules::prelude::*;

pub(super) struct DefaultOnlyInProse;

static DOC: Doc = Doc {
    name: "default-only-in-prose",
    code: "D09",
    group: Group::Descriptions,
    severity: Warning,
    what: "The description of a parameter names a default that the schema does not have.",
    why: "A caller that leaves the parameter out cannot know what happens, and a synthesiser cannot say it was left to the default.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      limit: {type: integer, description: How many to give. Default is 20.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      limit: {type: integer, default: 20, description: How many to give.}
"#,
    ..Doc::BLANK
};

impl Rule for DefaultOnlyInProse {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        for parameter in tool.parameters() {
            if parameter.schema.get("default").is_some() || parameter.schema.get("const").is_some() {
                continue;
            }
            if let Some(value) = default(parameter.text("description")) {
                let message = format!("the default of `{}` stands in prose only: {}", clip(parameter.name), clip(&value));
                out.report(Place::Parameters(format!("{}/description", parameter.pointer())), message, "add it as `default`");
            }
        }
    }
}
