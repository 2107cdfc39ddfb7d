//! P02 `openai-strict-keyword`: A keyword that OpenAI's strict mode does not know: `oneOf`, `allOf`, `not`, `if`, `dependentRequired` and their like.

use crate::lint::rules::prelude::*;

pub(super) struct OpenaiStrictKeyword;

static DOC: Doc = Doc {
    name: "openai-strict-keyword",
    code: "P02",
    group: Group::Providers,
    severity: Info,
    asked: Some(Error),
    targets: &[Target::OpenAiStrict],
    what: "A keyword that OpenAI's strict mode does not know: `oneOf`, `allOf`, `not`, `if`, `dependentRequired` and their like.",
    why: "The request is refused with a 400.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {oneOf: [{type: string}, {type: integer}], description: Name or number of the city.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {anyOf: [{type: string}, {type: integer}], description: Name or number of the city.}
"#,
    nodes: true,
    keywords: &[&UNKNOWN],
    ..Doc::BLANK
};

impl Rule for OpenaiStrictKeyword {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        if let Some(key) = UNKNOWN.iter().find(|key| node.map.contains_key(**key)).filter(|_| !node.in_result) {
            out.report(
                node.below(&format!("/{key}")),
                format!("OpenAI's strict mode does not know `{key}`"),
                "write `anyOf`, or say it in the description",
            );
        }
    }
}

const UNKNOWN: [&str; 10] =
    ["allOf", "oneOf", "not", "dependentRequired", "dependentSchemas", "if", "then", "else", "patternProperties", "unevaluatedProperties"];
