//! D11 `prose-vs-type`: The description of a parameter says another type than its schema.

use super::prose::type_said;
use crate::lint::rules::prelude::*;

pub(super) struct ProseVsType;

static DOC: Doc = Doc {
    name: "prose-vs-type",
    code: "D11",
    group: Group::Descriptions,
    severity: Warning,
    what: "The description of a parameter says another type than its schema.",
    why: "The model follows one of the two, and the call fails or is misread.",
    bad: r#"- name: get_users
  description: Get the profiles of several users.
  parameters:
    type: object
    properties:
      ids: {type: string, description: A list of user ids.}
"#,
    good: r#"- name: get_users
  description: Get the profiles of several users.
  parameters:
    type: object
    properties:
      ids: {type: array, items: {type: string}, description: The user ids.}
"#,
    ..Doc::BLANK
};

impl Rule for ProseVsType {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        for parameter in tool.parameters() {
            let Some(Value::String(kind)) = parameter.schema.get("type") else { continue };
            let closed = parameter.schema.get("enum").is_some() || parameter.schema.get("format").is_some();
            if let Some(said) = type_said(parameter.text("description")).filter(|said| !closed && !agrees(said, kind)) {
                let message = format!("`{}` is said to be a {said} and has the type `{kind}`", clip(parameter.name));
                out.report(
                    Place::Parameters(parameter.pointer()),
                    message,
                    "make the type and the words agree; say how a list is joined if it is a text",
                );
            }
        }
    }
}

fn agrees(said: &str, kind: &str) -> bool {
    match said {
        "list" => kind == "array" || kind == "object",
        "truth value" => kind == "boolean",
        _ => kind != "string" && kind != "boolean",
    }
}
