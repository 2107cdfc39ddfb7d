//! D05 `param-desc-tautology`: The description of a parameter repeats its name.

use crate::lint::rules::prelude::*;
use crate::lint::words::{says_only, stems};

pub(super) struct ParamDescTautology;

static DOC: Doc = Doc {
    name: "param-desc-tautology",
    code: "D05",
    group: Group::Descriptions,
    severity: Info,
    what: "The description of a parameter repeats its name.",
    why: "It says nothing that the name does not say.",
    bad: r#"- name: get_weather
  description: Get the weather of a place.
  parameters:
    type: object
    properties:
      location: {type: string, description: The location}
"#,
    good: r#"- name: get_weather
  description: Get the weather of a place.
  parameters:
    type: object
    properties:
      location: {type: string, description: "City and country, for example Oslo, Norway."}
"#,
    ..Doc::BLANK
};

impl Rule for ParamDescTautology {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        for parameter in tool.parameters() {
            let text = parameter.text("description");
            if text.len() > 80 || text.trim().is_empty() {
                continue;
            }
            let named = stems(parameter.name);
            if !named.is_empty() && says_only(text, &named).0 {
                let message = format!("\"{}\" says no more than the name `{}`", clip(text), clip(parameter.name));
                out.report(
                    Place::Parameters(format!("{}/description", parameter.pointer())),
                    message,
                    "say what a value looks like, with an example",
                );
            }
        }
    }
}
