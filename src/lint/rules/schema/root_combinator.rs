//! S20 `root-combinator`: `anyOf`, `oneOf` or `allOf` stands at the root of the parameters.

use crate::lint::rules::prelude::*;

pub(super) struct RootCombinator;

static DOC: Doc = Doc {
    name: "root-combinator",
    code: "S20",
    group: Group::Schema,
    severity: Error,
    targets: &[Target::OpenAi, Target::OpenAiStrict, Target::Anthropic],
    what: "`anyOf`, `oneOf` or `allOf` stands at the root of the parameters.",
    why: "OpenAI and Anthropic refuse it there; others drop all branches but one.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    anyOf:
      - {properties: {city: {type: string, description: Name of the city.}}, required: [city]}
      - {properties: {hotel: {type: string, description: Name of the hotel.}}, required: [hotel]}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
      hotel: {type: string, description: "Name of the hotel, when there is no city."}
"#,
    ..Doc::BLANK
};

impl Rule for RootCombinator {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        // The root of an operation is put together by the reader and not by the author.
        if tool.is_openapi() || tool.format == "toolalpaca" {
            return;
        }
        if let Some(key) = ["anyOf", "oneOf", "allOf"].iter().find(|key| tool.schema.get(**key).is_some()) {
            out.report(
                Place::Parameters(format!("/{key}")),
                format!("`{key}` stands at the root of the parameters"),
                "give all properties under `properties`, and say in words which belong together",
            );
        }
    }
}
