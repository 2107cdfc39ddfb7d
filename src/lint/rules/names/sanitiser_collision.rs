//! N07 `sanitiser-collision`: Two names become one when the characters that providers refuse are replaced by `_`.

use super::{lists, sanitise};
use crate::lint::rules::prelude::*;
use std::collections::HashMap;

pub(super) struct SanitiserCollision;

static DOC: Doc = Doc {
    name: "sanitiser-collision",
    code: "N07",
    group: Group::Names,
    severity: Error,
    what: "Two names become one when the characters that providers refuse are replaced by `_`.",
    why: "Exporters and gateways do just that: `a.b` and `a_b` are then one tool, and calls reach the wrong one.",
    bad: r#"- name: orders.get
  description: Get one order by its number.
  parameters:
    type: object
    properties:
      order: {type: string, description: Name of the order.}
    required: [order]
- name: orders_get
  description: Get all orders of the signed-in user.
  parameters:
    type: object
    properties:
      order: {type: string, description: Name of the order.}
    required: [order]
"#,
    good: r#"- name: orders.get
  description: Get one order by its number.
  parameters:
    type: object
    properties:
      order: {type: string, description: Name of the order.}
    required: [order]
- name: orders_list
  description: Get all orders of the signed-in user.
  parameters:
    type: object
    properties:
      order: {type: string, description: Name of the order.}
    required: [order]
"#,
    ..Doc::BLANK
};

impl Rule for SanitiserCollision {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for tools in lists::of(world) {
            let mut known: HashMap<String, &str> = HashMap::new();
            for tool in tools {
                match known.get(&sanitise::sanitised(tool.name)) {
                    Some(first) if *first != tool.name => {
                        let message =
                            format!("`{}` and `{}` are both sent as `{}`", clip(tool.name), clip(first), sanitise::sanitised(tool.name));
                        out.report_at(tool, Place::Name, message, "rename one of the two");
                    }
                    Some(_) => {}
                    None => drop(known.insert(sanitise::sanitised(tool.name), tool.name)),
                }
            }
        }
    }
}
