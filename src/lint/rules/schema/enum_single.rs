//! S10 `enum-single`: An `enum` has one value, or none.

use crate::lint::rules::prelude::*;

pub(super) struct EnumSingle;

static DOC: Doc = Doc {
    name: "enum-single",
    code: "S10",
    group: Group::Schema,
    severity: Info,
    what: "An `enum` has one value, or none.",
    why: "With one there is nothing to choose: a `const`, or no parameter at all, says the same. With none no call is possible.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      kind: {type: string, enum: [hotel], description: What to look for.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      kind: {type: string, enum: [hotel, hostel], description: What to look for.}
"#,
    nodes: true,
    keywords: &[&["enum"]],
    ..Doc::BLANK
};

impl Rule for EnumSingle {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        // In the branches of a union a single value is what tells them apart.
        let in_branch = ["/anyOf/", "/oneOf/", "/$defs/"].iter().any(|part| node.pointer.contains(part));
        let Some(Value::Array(values)) = node.map.get("enum").filter(|_| !node.in_result && !in_branch) else { return };
        match values.as_slice() {
            [] => out.report(node.below("/enum"), format!("the `enum` of {} has no value", node.called()), "list its values or remove it"),
            [one] => {
                let message = format!("the `enum` of {} has the one value {}", node.called(), clip(&one.to_string()));
                out.report(node.below("/enum"), message, "write `const`, or leave the parameter out");
            }
            _ => {}
        }
    }
}
