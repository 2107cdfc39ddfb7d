//! S02 `untyped-param`: A parameter has no type, and nothing that implies one.

use crate::lint::rules::prelude::*;

pub(super) struct UntypedParam;

static DOC: Doc = Doc {
    name: "untyped-param",
    code: "S02",
    group: Group::Schema,
    severity: Warning,
    what: "A parameter has no type, and nothing that implies one.",
    why: "The model may write a number, a text or an object, and all are valid.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {description: Name of the city.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
"#,
    ..Doc::BLANK
};

impl Rule for UntypedParam {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        for parameter in tool.parameters() {
            let Value::Object(map) = parameter.schema else { continue };
            if !SAYS.iter().any(|key| map.contains_key(*key)) {
                out.report(Place::Parameters(parameter.pointer()), format!("`{}` has no type", clip(parameter.name)), "add a `type`");
            }
        }
    }
}

const SAYS: [&str; 13] = [
    "type",
    "enum",
    "const",
    "$ref",
    "anyOf",
    "oneOf",
    "allOf",
    "properties",
    "items",
    "pattern",
    "not",
    "prefixItems",
    "additionalProperties",
];
