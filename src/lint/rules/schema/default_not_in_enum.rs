//! S11 `default-not-in-enum`: A `default` is none of the values of the `enum` beside it.

use crate::lint::rules::prelude::*;

pub(super) struct DefaultNotInEnum;

static DOC: Doc = Doc {
    name: "default-not-in-enum",
    code: "S11",
    group: Group::Schema,
    severity: Error,
    what: "A `default` is none of the values of the `enum` beside it.",
    why: "Whoever fills in the default makes a call that is not valid.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      stars: {type: integer, enum: [3, 4, 5], default: 0, description: Stars of the hotel.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      stars: {type: integer, enum: [3, 4, 5], default: 3, description: Stars of the hotel.}
"#,
    nodes: true,
    keywords: &[&["default"]],
    ..Doc::BLANK
};

impl Rule for DefaultNotInEnum {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        let (Some(Value::Array(values)), Some(default)) = (node.map.get("enum"), node.map.get("default")) else { return };
        let empty = default.is_null() && node.map.get("nullable") == Some(&json!(true));
        if !values.contains(default) && !empty {
            let message = format!("the default {} of {} is none of the values of its `enum`", clip(&default.to_string()), node.called());
            out.report(node.below("/default"), message, "add it to the values, or take it out");
        }
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        // A value for "any" that a reader took out.
        if let Some(message) = tool.told("default-not-in-enum") {
            let text = message.split_once(": ").map_or("", |(_, text)| text);
            out.report(
                Place::Tool,
                text.trim_end_matches("; taken out"),
                "leave the default out: an argument that is not given means any value",
            );
        }
    }
}
