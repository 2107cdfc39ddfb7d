//! N13 `confusable-name`: A name has letters that look like others: Cyrillic or Greek among Latin ones, or two names that look the same.

use super::{confusable, lists};
use crate::lint::rules::prelude::*;
use std::collections::HashMap;

pub(super) struct ConfusableName;

static DOC: Doc = Doc {
    name: "confusable-name",
    code: "N13",
    group: Group::Names,
    severity: Error,
    what: "A name has letters that look like others: Cyrillic or Greek among Latin ones, or two names that look the same.",
    why: "This is how one tool is passed off as another. A model that copies the name by its looks calls something that is not there, or the wrong one.",
    bad: r#"- name: send_mаil
  description: Send a mail to a person.
  parameters:
    type: object
    properties:
      to: {type: string, description: Name of the person.}
"#,
    good: r#"- name: send_mail
  description: Send a mail to a person.
  parameters:
    type: object
    properties:
      to: {type: string, description: Name of the person.}
"#,
    nodes: true,
    ..Doc::BLANK
};

impl Rule for ConfusableName {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        if let Some((odd, like)) = confusable::mixed(tool.name) {
            let message = format!("U+{:04X} in the name looks like `{like}` and is none", odd as u32);
            out.report(Place::Name, message, "write the name with plain Latin letters");
        }
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        if let Some((odd, like)) = node.property.and_then(confusable::mixed) {
            let message = format!("U+{:04X} in the name of a parameter looks like `{like}` and is none", odd as u32);
            out.report(node.place(), message, "write the name with plain Latin letters");
        }
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for tools in lists::of(world) {
            let mut known: HashMap<String, &str> = HashMap::new();
            for tool in tools.into_iter().filter(|tool| !tool.name.is_empty()) {
                match known.get(&confusable::skeleton(tool.name)) {
                    Some(first) if *first != tool.name => {
                        let message = format!("`{}` and `{}` look the same", clip(tool.name), clip(first));
                        out.report_at(tool, Place::Name, message, "give one of the two another name");
                    }
                    Some(_) => {}
                    None => drop(known.insert(confusable::skeleton(tool.name), tool.name)),
                }
            }
        }
    }
}
