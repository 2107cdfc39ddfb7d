//! D01 `desc-missing`: A tool has no description.

use crate::lint::rules::prelude::*;

pub(super) struct DescMissing;

static DOC: Doc = Doc {
    name: "desc-missing",
    code: "D01",
    group: Group::Descriptions,
    severity: Error,
    what: "A tool has no description.",
    why: "The model has nothing but the name to choose by.",
    bad: r#"- name: get_weather
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for DescMissing {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        if tool.description.trim().is_empty() {
            out.report(
                Place::Tool,
                format!("`{}` has no description", clip(tool.name)),
                "say in a sentence what it does, and when to use it",
            );
        }
    }
}
