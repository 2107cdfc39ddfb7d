//! N06 `normalised-collision`: Two names of one list are equal but for case and separators.

use super::lists;
use crate::lint::rules::prelude::*;
use std::collections::HashMap;

pub(super) struct NormalisedCollision;

static DOC: Doc = Doc {
    name: "normalised-collision",
    code: "N06",
    group: Group::Names,
    severity: Error,
    what: "Two names of one list are equal but for case and separators.",
    why: "Models write one for the other; providers and clients that fold case make one of them.",
    bad: r#"- name: GetWeather
  description: Get the weather of a city now.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: get_weather
  description: Get the weather of a city for a week.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city now.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: get_forecast
  description: Get the weather of a city for a week.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for NormalisedCollision {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for tools in lists::of(world) {
            let mut known: HashMap<String, &str> = HashMap::new();
            for tool in tools {
                let plain: String = tool.name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
                if plain.is_empty() {
                    continue;
                }
                match known.get(&plain) {
                    Some(first) if *first != tool.name => {
                        let message = format!("`{}` differs from `{}` in case and separators only", clip(tool.name), clip(first));
                        out.report_at(tool, Place::Name, message, "give one of them a name that says how it differs");
                    }
                    Some(_) => {}
                    None => drop(known.insert(plain, tool.name)),
                }
            }
        }
    }
}
