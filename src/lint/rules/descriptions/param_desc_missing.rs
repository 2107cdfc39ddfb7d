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
            if parameter.text("description").trim().is_empty() && !is_told_elsewhere(&tool.schema, parameter.schema) {
                let message = format!("the parameter `{}` has no description", clip(parameter.name));
                out.report(Place::Parameters(parameter.pointer()), message, "say what it stands for, with an example of a value");
            }
        }
    }
}

/// One value only, a definition elsewhere, or a branch of a union that has a description.
fn is_told_elsewhere(root: &Value, schema: &Value) -> bool {
    let told = |branch: &Value| {
        let target = branch.get("$ref").and_then(Value::as_str).and_then(|to| root.pointer(to.strip_prefix('#')?));
        let has = |schema: &Value| schema.get("description").and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
        has(branch) || target.is_some_and(has)
    };
    let branches = ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| schema.get(*key)?.as_array()).flatten();
    schema.get("const").is_some() || schema.get("$ref").is_some() || branches.into_iter().any(told)
}
