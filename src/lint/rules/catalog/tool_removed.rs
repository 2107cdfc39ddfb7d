//! C15 `tool-removed`: With `--against`: a tool of the old catalog is not in the new one.

use crate::lint::rules::prelude::*;
use crate::lint::words::nearest;

pub(super) struct ToolRemoved;

static DOC: Doc = Doc {
    name: "tool-removed",
    code: "C15",
    group: Group::Catalog,
    severity: Error,
    what: "With `--against`: a tool of the old catalog is not in the new one.",
    why: "Every call of it fails, and so does every prompt, test and data set that names it.",
    bad: r#"=== old.yaml
- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
=== new.yaml
- name: fetch_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
"#,
    good: r#"=== old.yaml
- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
=== new.yaml
- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
"#,
    ..Doc::BLANK
};

impl Rule for ToolRemoved {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        let Some(old) = &world.settings.against else { return };
        for tool in &old.tools {
            if !world.tools.iter().any(|new| new.name.trim() == tool.name) {
                let near = nearest(&tool.name, world.tools.iter().map(|new| new.name));
                let help = near.map_or_else(
                    || "keep it, and say in its description that it will go".to_owned(),
                    |near| format!("if it is `{near}` now, keep the old name as well for a while"),
                );
                out.report(Place::File, format!("the tool `{}` is gone", clip(&tool.name)), help);
            }
        }
    }
}
