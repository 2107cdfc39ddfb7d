//! S03 `array-no-items`: An array does not say what its items are.

use crate::lint::rules::prelude::*;

pub(super) struct ArrayNoItems;

static DOC: Doc = Doc {
    name: "array-no-items",
    code: "S03",
    group: Group::Schema,
    severity: Error,
    refused_by: &[Target::OpenAi, Target::OpenAiStrict, Target::Gemini],
    what: "An array does not say what its items are.",
    why: "OpenAI answers with a 400; models guess whether to write texts or objects.",
    fix: Some("adds `\"items\": {}`, which allows anything, as before"),
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      cities: {type: array, description: Names of the cities.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      cities: {type: array, items: {type: string}, description: Names of the cities.}
"#,
    nodes: true,
    ..Doc::BLANK
};

impl Rule for ArrayNoItems {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        if node.in_result || !node.is("array") {
            return;
        }
        let says = ["items", "prefixItems", "contains", "enum", "const", "$ref", "allOf", "anyOf", "oneOf"]
            .iter()
            .any(|key| node.map.contains_key(*key));
        if !says {
            let place = format!("{}/type", node.pointer);
            // Only where the type stands as it is read: an alias is mended first.
            let fix = vec![Edit::add_behind(place, "items", json!({}))];
            out.fixable(
                node.place(),
                format!("{} is an array without `items`", node.called()),
                "say what the items are: `\"items\": {\"type\": \"string\"}`",
                fix,
            );
        }
    }
}
