//! D19 `desc-echoes-params`: The description of a tool repeats the description of a parameter word for word.

use crate::lint::rules::prelude::*;
use crate::lint::words::written_words;

pub(super) struct DescEchoesParams;

static DOC: Doc = Doc {
    name: "desc-echoes-params",
    code: "D19",
    group: Group::Descriptions,
    severity: Info,
    what: "The description of a tool repeats the description of a parameter word for word.",
    why: "The words cost tokens twice, and one of the two places will be out of date.",
    bad: r#"- name: get_weather
  description: Get the weather. Name of the city as it is written in its own country.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city as it is written in its own country.}
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city as it is written in its own country.}
"#,
    ..Doc::BLANK
};

impl Rule for DescEchoesParams {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        for parameter in tool.parameters() {
            let text = parameter.text("description").trim().trim_end_matches('.');
            if tool.description.len() > text.len() + 8 && written_words(text).nth(5).is_some() && tool.description.contains(text) {
                let message = format!("the description repeats that of `{}`", clip(parameter.name));
                out.report(Place::Description, message, "say it at the parameter only");
            }
        }
    }
}
