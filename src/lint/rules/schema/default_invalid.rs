//! S12 `default-invalid`: A `default` is no value of its own schema: the text '20' for an integer.

use super::values;
use crate::lint::rules::prelude::*;

pub(super) struct DefaultInvalid;

static DOC: Doc = Doc {
    name: "default-invalid",
    code: "S12",
    group: Group::Schema,
    severity: Error,
    what: "A `default` is no value of its own schema: the text '20' for an integer.",
    why: "Whoever fills in the default makes a call that is not valid.",
    fix: Some("writes the number or truth value that stands in quotes"),
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, default: '2', description: How many nights.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, default: 2, description: How many nights.}
"#,
    nodes: true,
    keywords: &[&["default"]],
    ..Doc::BLANK
};

impl Rule for DefaultInvalid {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        let Some(default) = node.map.get("default").filter(|_| !node.map.contains_key("enum") && !node.map.contains_key("$ref")) else {
            return;
        };
        if default.is_null() && node.map.get("nullable") == Some(&json!(true)) {
            return;
        }
        if values::allowed(node.map, default) {
            return;
        }
        let message = format!("the default {} of {} is no value of its own schema", clip(&default.to_string()), node.called());
        let place = node.below("/default");
        match values::meant(default).filter(|value| values::allowed(node.map, value)) {
            Some(value) => {
                let fix = vec![Edit::replace(format!("{}/default", node.pointer), value.clone())];
                out.fixable(place, message, format!("write {value}"), fix);
            }
            None => out.report(place, message, "correct it, or leave it out: what is not given has no default"),
        }
    }
}
