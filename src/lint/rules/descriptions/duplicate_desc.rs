//! D06 `duplicate-desc`: Two tools of one list have the same description.

use crate::lint::rules::names::lists;
use crate::lint::rules::prelude::*;
use crate::lint::words::words;
use std::collections::HashMap;

pub(super) struct DuplicateDesc;

static DOC: Doc = Doc {
    name: "duplicate-desc",
    code: "D06",
    group: Group::Descriptions,
    severity: Warning,
    what: "Two tools of one list have the same description.",
    why: "The model cannot tell from it which of the two is right.",
    bad: r#"- name: search_hotels
  description: Search the catalog for offers.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_flights
  description: Search the catalog for offers.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_flights
  description: Search for flights to a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for DuplicateDesc {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for tools in lists::of(world) {
            let mut known: HashMap<String, &ToolView> = HashMap::new();
            for tool in tools.into_iter().filter(|tool| !tool.description.trim().is_empty()) {
                let plain = words(tool.description).join(" ");
                match known.get(&plain) {
                    Some(first) if first.name != tool.name => {
                        let message = format!("`{}` has the same description as `{}`", clip(tool.name), clip(first.name));
                        out.report_at(tool, Place::Description, message, "say in both how they differ");
                    }
                    Some(_) => {}
                    None => drop(known.insert(plain, tool)),
                }
            }
        }
    }
}
