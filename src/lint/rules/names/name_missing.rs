//! N14 `name-missing`: A tool has no name, or something else than text in its place.

use crate::lint::rules::prelude::*;

pub(super) struct NameMissing;

static DOC: Doc = Doc {
    name: "name-missing",
    code: "N14",
    group: Group::Names,
    severity: Error,
    refused_by: &[Target::OpenAi, Target::OpenAiStrict, Target::Anthropic, Target::Gemini, Target::Mistral, Target::Mcp],
    what: "A tool has no name, or something else than text in its place.",
    why: "Nothing can call it.",
    bad: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: ""
  description: Get the population of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: get_population
  description: Get the population of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for NameMissing {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        if tool.name.trim().is_empty() {
            out.report(Place::Name, "the tool has no name", "give it a `name`");
        }
    }
}
