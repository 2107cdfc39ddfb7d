//! S24 `keyword-in-quotes`: A number or truth value of a keyword stands in quotes: `"maximum": "50"`.

use super::values;
use crate::lint::rules::prelude::*;

pub(super) struct KeywordInQuotes;

static DOC: Doc = Doc {
    name: "keyword-in-quotes",
    code: "S24",
    group: Group::Schema,
    severity: Error,
    what: "A number or truth value of a keyword stands in quotes: `\"maximum\": \"50\"`.",
    why: "The schema is not valid, and the bound does not hold.",
    fix: Some("takes the quotes away"),
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, maximum: '50', description: How many nights.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, maximum: 50, description: How many nights.}
"#,
    nodes: true,
    keywords: &[&NUMBERS, &FLAGS],
    ..Doc::BLANK
};

impl Rule for KeywordInQuotes {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        for (key, value) in node.map {
            if !value.is_string() || !(NUMBERS.contains(&key.as_str()) || FLAGS.contains(&key.as_str())) {
                continue;
            }
            let Some(read) = values::meant(value) else { continue };
            if read.is_number() == NUMBERS.contains(&key.as_str()) {
                let fix = vec![Edit::replace(format!("{}/{key}", node.pointer), read.clone())];
                out.fixable(
                    node.below(&format!("/{key}")),
                    format!("`{key}` of {} is the text {value}", node.called()),
                    format!("write {read}"),
                    fix,
                );
            }
        }
    }
}

const NUMBERS: [&str; 11] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];
const FLAGS: [&str; 6] = ["additionalProperties", "uniqueItems", "deprecated", "readOnly", "writeOnly", "nullable"];
