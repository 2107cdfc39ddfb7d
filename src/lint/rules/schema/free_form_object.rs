//! S04 `free-form-object`: A parameter is an object of which no property is known.

use crate::lint::rules::prelude::*;

pub(super) struct FreeFormObject;

static DOC: Doc = Doc {
    name: "free-form-object",
    code: "S04",
    group: Group::Schema,
    severity: Warning,
    what: "A parameter is an object of which no property is known.",
    why: "The model invents the keys.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      filters: {type: object, description: What the hotel must have.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      filters: {type: object, properties: {pool: {type: boolean, description: It has a pool.}}, description: What the hotel must have.}
"#,
    nodes: true,
    ..Doc::BLANK
};

impl Rule for FreeFormObject {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        if node.in_result || node.depth == 0 || !node.is("object") {
            return;
        }
        let says = ["properties", "patternProperties", "$ref", "allOf", "anyOf", "oneOf", "enum", "const"];
        let open = !says.iter().any(|key| node.map.get(*key).is_some_and(|value| value != &json!({})));
        // A map from any key to values of a known kind is well described.
        let is_map = node
            .map
            .get("additionalProperties")
            .is_some_and(|value| value.as_object().is_some_and(|map| !map.is_empty()) || value == &json!(false));
        if open && !is_map && node.keyword != "$defs" {
            out.report(
                node.place(),
                format!("{} is an object, and its schema does not say what is in it", node.called()),
                "name its `properties`, or the kind of its values under `additionalProperties`",
            );
        }
    }
}
