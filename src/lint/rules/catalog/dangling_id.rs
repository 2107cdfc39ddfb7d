//! C02 `dangling-id`: A required identifier that no tool of the catalog gives, in a catalog whose tools say what they give.

use crate::lint::rules::names::lists;
use crate::lint::rules::prelude::*;
use crate::lint::view::each_node;
use std::collections::HashSet;

pub(super) struct DanglingId;

static DOC: Doc = Doc {
    name: "dangling-id",
    code: "C02",
    group: Group::Catalog,
    severity: Warning,
    what: "A required identifier that no tool of the catalog gives, in a catalog whose tools say what they give.",
    why: "A dialogue cannot come by it: the person would have to know a machine's number by heart.",
    bad: r#"- name: get_booking
  description: Get the details of one booking.
  parameters:
    type: object
    properties:
      booking_id: {type: string, description: Number of the booking.}
    required: [booking_id]
  returns: {type: object, properties: {price: {type: number, description: Price in euros.}}}
"#,
    good: r#"- name: get_booking
  description: Get the details of one booking.
  parameters:
    type: object
    properties:
      booking_id: {type: string, description: Number of the booking.}
    required: [booking_id]
  returns: {type: object, properties: {price: {type: number, description: Price in euros.}}}
- name: list_bookings
  description: List the bookings of a person.
  parameters:
    type: object
    properties:
      person: {type: string, description: Name of the person.}
  returns: {type: object, properties: {booking_id: {type: string, description: Number of the booking.}}}
"#,
    ..Doc::BLANK
};

impl Rule for DanglingId {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for tools in lists::of(world) {
            if tools.iter().all(|tool| tool.returns.is_none() && tool.source.returns_prose.is_none()) {
                continue;
            }
            // What any tool of the list gives; a bare `id` counts for the tools of its own service or field.
            let mut given: HashSet<String> = HashSet::new();
            let mut bare: HashSet<&str> = HashSet::new();
            for (tool, returns) in tools.iter().filter_map(|tool| Some((tool, tool.returns.as_ref()?))) {
                each_node(returns, true, &mut |node| {
                    let name = node.property.map(plain);
                    if name.as_deref() == Some("id") {
                        bare.insert(&tool.source.domain);
                    }
                    given.extend(name);
                });
            }
            let prose: Vec<String> = tools.iter().filter_map(|tool| tool.source.returns_prose.as_deref()).map(plain).collect();
            for tool in tools {
                for parameter in tool.parameters().iter().filter(|parameter| parameter.required && is_id(parameter.name)) {
                    let name = plain(bare_name(parameter.name));
                    let found = given.contains(&name)
                        || bare.contains(tool.source.domain.as_str())
                        || given.contains(&format!("{name}s"))
                        || prose.iter().any(|prose| prose.contains(&name))
                        || parameter.schema.get("enum").is_some();
                    if !found {
                        let message = format!("no tool gives a `{}`, which `{}` needs", clip(parameter.name), clip(tool.name));
                        let help = "add a tool that lists or searches these, or declare the field in a result that has it";
                        out.report_at(tool, Place::Parameters(parameter.pointer()), message, help);
                    }
                }
            }
        }
    }
}

/// Without a word that says which of several it is: a `new_plan_id` is a plan's.
fn bare_name(name: &str) -> &str {
    let which = ["new_", "old_", "source_", "target_", "from_", "to_", "parent_", "other_", "first_", "second_", "current_", "original_"];
    which.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name)
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_id(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.ends_with("_id") || lower.ends_with("-id") || name.ends_with("Id") || name.ends_with("ID")
}
