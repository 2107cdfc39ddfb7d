//! D04 `param-desc-missing`: A parameter has no description.

use crate::lint::rules::prelude::*;

pub(super) struct ParamDescMissing;

static DOC: Doc = Doc {
    name: "param-desc-missing",
    code: "D04",
    group: Group::Descriptions,
    severity: Warning,
    what: "A parameter has no description.",
    why: "The model guesses what to write: a name or an id, which unit, which format.",
    bad: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string}
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

impl Rule for ParamDescMissing {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        for parameter in tool.parameters() {
            if parameter.text("description").trim().is_empty() && !is_told_elsewhere(parameter.schema) {
                let message = format!("the parameter `{}` has no description", clip(parameter.name));
                out.report(Place::Parameters(parameter.pointer.clone()), message, "say what it stands for, with an example of a value");
            }
        }
    }
}

/// The branches of a union may have a description each.
fn is_told_elsewhere(schema: &Value) -> bool {
    schema.get("const").is_some() || schema.get("$ref").is_some()
}
