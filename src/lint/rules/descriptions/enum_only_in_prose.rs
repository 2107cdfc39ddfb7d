//! D08 `enum-only-in-prose`: The allowed values of a parameter are listed in its description and not in an `enum`.

use super::prose::listed;
use crate::lint::rules::prelude::*;

pub(super) struct EnumOnlyInProse;

static DOC: Doc = Doc {
    name: "enum-only-in-prose",
    code: "D08",
    group: Group::Descriptions,
    severity: Warning,
    what: "The allowed values of a parameter are listed in its description and not in an `enum`.",
    why: "Nothing stops a model from writing another one; as an `enum` the values are enforced by every provider and by validators.",
    bad: r#"- name: get_quiz
  description: Get a quiz of some difficulty.
  parameters:
    type: object
    properties:
      difficulty: {type: string, description: "How hard it is. Options include 'easy', 'medium', 'hard'."}
"#,
    good: r#"- name: get_quiz
  description: Get a quiz of some difficulty.
  parameters:
    type: object
    properties:
      difficulty: {type: string, enum: [easy, medium, hard], description: How hard it is.}
"#,
    ..Doc::BLANK
};

impl Rule for EnumOnlyInProse {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let parameters = tool.parameters();
        for parameter in &parameters {
            let open = ["enum", "const", "pattern", "anyOf", "oneOf", "$ref"].iter().all(|key| parameter.schema.get(*key).is_none());
            let text = parameter.schema.get("type").is_none_or(|kind| kind == "string");
            if let Some(values) = listed(parameter.text("description")).filter(|_| open && text)
                && !values.iter().any(|value| parameters.iter().any(|other| other.name == value))
            {
                let message = format!("the values of `{}` stand in prose only: {}", clip(parameter.name), values.join(", "));
                let enumerated = Value::from(values);
                out.report(
                    Place::Parameters(format!("{}/description", parameter.pointer())),
                    message,
                    format!("if these are all, add `\"enum\": {enumerated}`"),
                );
            }
        }
    }
}
