//! S17 `unsatisfiable`: No arguments can meet the schema.

use crate::lint::rules::prelude::*;
use crate::lint::view::each_node;

pub(super) struct Unsatisfiable;

static DOC: Doc = Doc {
    name: "unsatisfiable",
    code: "S17",
    group: Group::Schema,
    severity: Error,
    what: "No arguments can meet the schema.",
    why: "Every call is refused, whatever a model writes.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      stars: {description: Stars of the hotel., allOf: [{type: integer, minimum: 4}, {type: integer, maximum: 3}]}
    required: [stars]
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      stars: {description: Stars of the hotel., allOf: [{type: integer, minimum: 3}, {type: integer, maximum: 4}]}
    required: [stars]
"#,
    ..Doc::BLANK
};

impl Rule for Unsatisfiable {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        // Only these can hide a contradiction that other rules do not see, and the proof is not cheap.
        let mut suspect = false;
        each_node(&tool.schema, false, &mut |node| {
            suspect |= ["allOf", "not", "const"].iter().any(|key| node.map.contains_key(*key)) || node.map.get("enum") == Some(&json!([]))
        });
        if !suspect {
            return;
        }
        let proof = jsonschema::canonical::options().offline().canonicalize(&tool.schema);
        if proof.is_ok_and(|canonical| canonical.satisfiability() == jsonschema::canonical::Satisfiability::No) {
            out.report(
                Place::Parameters(String::new()),
                "no arguments can meet this schema",
                "look for conditions under `allOf`, `not` or `enum` that exclude each other",
            );
        }
    }
}
