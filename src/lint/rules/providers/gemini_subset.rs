//! P04 `gemini-subset`: A keyword or a form that Gemini's function declarations do not know: `additionalProperties`, `$schema`, `const`, `exclusiveMinimum`, lists of types, enums that are no texts.

use crate::lint::rules::prelude::*;
use crate::lint::view::each_node;

pub(super) struct GeminiSubset;

static DOC: Doc = Doc {
    name: "gemini-subset",
    code: "P04",
    group: Group::Providers,
    severity: Info,
    asked: Some(Error),
    targets: &[Target::Gemini],
    what: "A keyword or a form that Gemini's function declarations do not know: `additionalProperties`, `$schema`, `const`, `exclusiveMinimum`, lists of types, enums that are no texts.",
    why: "Gemini takes a subset of OpenAPI 3.0 and answers with a 400 to the rest.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: [integer, "null"], exclusiveMinimum: 0, description: How many nights.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, minimum: 1, description: How many nights.}
"#,
    ..Doc::BLANK
};

impl Rule for GeminiSubset {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let mut first: Option<(String, String)> = None;
        let mut count = 0;
        each_node(&tool.schema, false, &mut |node| {
            let mut found = |pointer: String, what: String| {
                count += 1;
                first.get_or_insert((pointer, what));
            };
            for key in UNKNOWN.iter().filter(|key| node.map.contains_key(**key)) {
                found(format!("{}/{key}", node.pointer), format!("`{key}`"));
            }
            if node.map.get("type").is_some_and(Value::is_array) {
                found(format!("{}/type", node.pointer), "a list of types".into());
            }
            if node.map.get("enum").and_then(Value::as_array).is_some_and(|values| values.iter().any(|value| !value.is_string())) {
                found(format!("{}/enum", node.pointer), "an enum of other things than texts".into());
            }
        });
        if let Some((pointer, what)) = first {
            let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
            out.report(
                Place::Parameters(pointer),
                format!("Gemini does not know {what}{more}"),
                "leave it out for Gemini, or let the client strip it",
            );
        }
    }
}

const UNKNOWN: [&str; 9] = [
    "additionalProperties",
    "$schema",
    "const",
    "propertyNames",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "patternProperties",
    "$defs",
    "$ref",
];
