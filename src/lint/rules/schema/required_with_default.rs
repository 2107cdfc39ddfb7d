//! S13 `required-with-default`: A required parameter has a default.

use crate::lint::rules::prelude::*;

pub(super) struct RequiredWithDefault;

static DOC: Doc = Doc {
    name: "required-with-default",
    code: "S13",
    group: Group::Schema,
    severity: Warning,
    what: "A required parameter has a default.",
    why: "One of the two is wrong: what must be given needs no default.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, default: 2, description: How many nights.}
    required: [nights]
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, default: 2, description: How many nights.}
"#,
    ..Doc::BLANK
};

impl Rule for RequiredWithDefault {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        for parameter in tool.parameters().iter().filter(|parameter| parameter.required) {
            // What stands in the path of an operation has to be required.
            let in_path = tool.is_openapi() && tool.source.pointer.contains(&format!("{{{}}}", parameter.name));
            if !in_path && parameter.schema.get("default").is_some_and(|value| !value.is_null()) {
                let place = Place::Parameters(format!("{}/default", parameter.pointer()));
                out.report(
                    place,
                    format!("`{}` is required and has a default", clip(parameter.name)),
                    "take it out of `required`, or leave the default out",
                );
            }
        }
    }
}
