//! D10 `format-only-in-prose`: The description of a text parameter names a format that the schema does not have.

use super::prose::format_named;
use crate::lint::rules::prelude::*;

pub(super) struct FormatOnlyInProse;

static DOC: Doc = Doc {
    name: "format-only-in-prose",
    code: "D10",
    group: Group::Descriptions,
    severity: Info,
    what: "The description of a text parameter names a format that the schema does not have.",
    why: "`format` is what validators, form builders and synthesisers read; prose is guessed at.",
    bad: r#"- name: list_events
  description: List the events of a day.
  parameters:
    type: object
    properties:
      day: {type: string, description: "The day, as YYYY-MM-DD."}
"#,
    good: r#"- name: list_events
  description: List the events of a day.
  parameters:
    type: object
    properties:
      day: {type: string, format: date, description: The day.}
"#,
    ..Doc::BLANK
};

impl Rule for FormatOnlyInProse {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        for parameter in tool.parameters() {
            let is_text = parameter.schema.get("type").is_some_and(|kind| kind == "string");
            // The format of something else is the value of such a parameter.
            let names_one = parameter.name.to_lowercase().ends_with("format") || parameter.name.to_lowercase().ends_with("pattern");
            let open = !names_one && ["format", "pattern", "enum", "const"].iter().all(|key| parameter.schema.get(*key).is_none());
            if let Some((words, format)) = format_named(parameter.text("description")).filter(|_| is_text && open) {
                let message = format!("the format of `{}` stands in prose only: {words}", clip(parameter.name));
                out.report(Place::Parameters(format!("{}/description", parameter.pointer())), message, format!("add {format}"));
            }
        }
    }
}
