//! S22 `example-invalid`: An example is no value of its own schema.

use super::values;
use crate::lint::rules::prelude::*;

pub(super) struct ExampleInvalid;

static DOC: Doc = Doc {
    name: "example-invalid",
    code: "S22",
    group: Group::Schema,
    severity: Warning,
    what: "An example is no value of its own schema.",
    why: "Models copy examples before they read types.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, examples: ["two"], description: How many nights.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, examples: [2], description: How many nights.}
"#,
    nodes: true,
    keywords: &[&["example", "examples"]],
    ..Doc::BLANK
};

impl Rule for ExampleInvalid {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        if node.map.contains_key("$ref") || node.in_result {
            return;
        }
        let many = node
            .map
            .get("examples")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(index, value)| (format!("/examples/{index}"), value));
        let one = node.map.get("example").map(|value| ("/example".to_owned(), value));
        for (place, value) in one.into_iter().chain(many) {
            if !values::allowed(node.map, value) {
                out.report(
                    node.below(&place),
                    format!("the example {} of {} is no value of its schema", clip(&value.to_string()), node.called()),
                    "correct the example, or the schema",
                );
                return;
            }
        }
    }
}
