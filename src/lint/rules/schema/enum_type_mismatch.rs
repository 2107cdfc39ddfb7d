//! S09 `enum-type-mismatch`: A value of an `enum` is not of the type beside it.

use super::values;
use crate::lint::rules::prelude::*;

pub(super) struct EnumTypeMismatch;

static DOC: Doc = Doc {
    name: "enum-type-mismatch",
    code: "S09",
    group: Group::Schema,
    severity: Error,
    what: "A value of an `enum` is not of the type beside it.",
    why: "No argument can be both: the value can never be used.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      stars: {type: integer, enum: ["3", "4", "5"], description: Stars of the hotel.}
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

impl Rule for EnumTypeMismatch {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        let Some(Value::Array(values)) = node.map.get("enum") else { return };
        let kinds = node.types();
        let nullable = node.map.get("nullable") == Some(&json!(true));
        let wrong = values.iter().enumerate().find(|(_, value)| {
            let empty = value.is_null() && nullable;
            !empty && !kinds.iter().any(|kind| values::is_of(value, kind))
        });
        if let Some((index, value)) = wrong.filter(|_| !kinds.is_empty()) {
            let message = format!("{} in the `enum` of {} is no {}", clip(&value.to_string()), node.called(), kinds.join(" or "));
            out.report(node.below(&format!("/enum/{index}")), message, "give the values the type, or the type to the values");
        }
    }
}
