//! N05 `duplicate-name`: Two different tools of one list have the same name.

use super::lists;
use crate::lint::rules::prelude::*;
use std::collections::HashMap;

pub(super) struct DuplicateName;

static DOC: Doc = Doc {
    name: "duplicate-name",
    code: "N05",
    group: Group::Names,
    severity: Error,
    refused_by: &[Target::Anthropic, Target::Gemini],
    what: "Two different tools of one list have the same name.",
    why: "A call names a tool and nothing else: which of the two is meant is lost, and providers refuse the list.",
    bad: r#"- name: search
  description: Find hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search
  description: Find restaurants in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: search_hotels
  description: Find hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_restaurants
  description: Find restaurants in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for DuplicateName {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for tools in lists::of(world) {
            let mut known: HashMap<&str, &ToolView> = HashMap::new();
            for tool in tools {
                match known.get(tool.name) {
                    Some(first) if !tool.name.is_empty() && differ(first, tool) => {
                        let message =
                            format!("another tool of this list is called `{}` already, at {}", clip(tool.name), first.source.pointer);
                        out.report_at(tool, Place::Name, message, "rename one of the two by what it does");
                    }
                    Some(_) => {}
                    None => drop(known.insert(tool.name, tool)),
                }
            }
        }
    }
}

fn differ(a: &ToolView, b: &ToolView) -> bool {
    a.description != b.description || a.raw != b.raw || a.raw_returns != b.raw_returns
}
