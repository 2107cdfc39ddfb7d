//! N10 `style-minority`: The name of a tool is in another style than most names of its list: `get_user` among `listOrders` and `findItems`.

use super::lists;
use super::style::{Style, style};
use crate::lint::rules::prelude::*;
use std::collections::BTreeMap;

pub(super) struct StyleMinority;

static DOC: Doc = Doc {
    name: "style-minority",
    code: "N10",
    group: Group::Names,
    severity: Info,
    what: "The name of a tool is in another style than most names of its list: `get_user` among `listOrders` and `findItems`.",
    why: "A model that has seen a hundred names in one style writes the odd one in that style too, and the call fails.",
    bad: r#"- name: list_hotels
  description: List hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: rate_room
  description: Rate a hotel room in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
- name: list_rooms
  description: List hotel rooms in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: book_room
  description: Book a hotel room in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: cancelRoom
  description: Cancel a hotel room in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: list_hotels
  description: List hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: rate_room
  description: Rate a hotel room in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
- name: list_rooms
  description: List hotel rooms in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: book_room
  description: Book a hotel room in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: cancel_room
  description: Cancel a hotel room in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for StyleMinority {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for tools in lists::of(world) {
            let styled: Vec<(&ToolView, Style)> = tools.into_iter().filter_map(|tool| Some((tool, style(tool.name)?))).collect();
            let mut counts: BTreeMap<Style, usize> = BTreeMap::new();
            styled.iter().for_each(|(_, style)| *counts.entry(*style).or_default() += 1);
            let Some((most, count)) = counts.into_iter().max_by_key(|(style, count)| (*count, std::cmp::Reverse(*style))) else { continue };
            if count < 4 || count * 3 < styled.len() {
                continue;
            }
            for (tool, own) in styled.iter().filter(|(_, own)| *own != most) {
                let message =
                    format!("`{}` is in {}, {count} of {} names here are in {}", clip(tool.name), own.name(), styled.len(), most.name());
                out.report_at(tool, Place::Name, message, "write all names of a list in one style");
            }
        }
    }
}
