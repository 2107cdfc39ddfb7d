//! S08 `enum-duplicate`: An `enum` has a value twice.

use super::values;
use crate::lint::rules::prelude::*;

pub(super) struct EnumDuplicate;

static DOC: Doc = Doc {
    name: "enum-duplicate",
    code: "S08",
    group: Group::Schema,
    severity: Warning,
    what: "An `enum` has a value twice.",
    why: "The schema is not valid, and the value counts double wherever values are drawn.",
    fix: Some("takes the second one out"),
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      stars: {type: integer, enum: [3, 4, 4, 5], description: Stars of the hotel.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      stars: {type: integer, enum: [3, 4, 5], description: Stars of the hotel.}
"#,
    nodes: true,
    keywords: &[&["enum"]],
    ..Doc::BLANK
};

impl Rule for EnumDuplicate {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        let Some(Value::Array(values)) = node.map.get("enum") else { return };
        for (index, value) in values::repeated(values) {
            let place = format!("/enum/{index}");
            let fix = vec![Edit::remove_item(format!("{}{place}", node.pointer))];
            out.fixable(
                node.below(&place),
                format!("{} stands twice in the `enum` of {}", clip(&value.to_string()), node.called()),
                "take one out",
                fix,
            );
        }
    }
}
