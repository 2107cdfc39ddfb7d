//! S27 `param-name-empty`: A parameter has no name, or one of white space.

use crate::lint::rules::prelude::*;

pub(super) struct ParamNameEmpty;

static DOC: Doc = Doc {
    name: "param-name-empty",
    code: "S27",
    group: Group::Schema,
    severity: Error,
    what: "A parameter has no name, or one of white space.",
    why: "Nothing can be written for it.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      "": {type: string, description: Name of the city.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
"#,
    nodes: true,
    ..Doc::BLANK
};

impl Rule for ParamNameEmpty {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        if node.property.is_some_and(|name| name.trim().is_empty()) {
            out.report(node.place(), "a parameter has no name", "name it");
        }
    }
}
