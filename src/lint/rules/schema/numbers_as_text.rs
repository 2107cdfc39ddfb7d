//! S28 `numbers-as-text`: A text parameter is named for a number, and its examples or default are numbers in quotes.

use super::values;
use crate::lint::rules::prelude::*;
use crate::value::english::words_of_identifier;

pub(super) struct NumbersAsText;

static DOC: Doc = Doc {
    name: "numbers-as-text",
    code: "S28",
    group: Group::Schema,
    severity: Info,
    what: "A text parameter is named for a number, and its examples or default are numbers in quotes.",
    why: "Models write `5` and are refused, or write `five`.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      limit: {type: string, default: '20', description: How many to give.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      limit: {type: integer, default: 20, description: How many to give.}
"#,
    ..Doc::BLANK
};

impl Rule for NumbersAsText {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        for parameter in tool.parameters() {
            let value = ["/default", "/example", "/examples/0"].iter().find_map(|place| parameter.schema.pointer(place));
            let is_number = value.and_then(values::meant).is_some_and(|value| value.is_number());
            if !is_number || parameter.schema.get("enum").is_some() || parameter.text("type") != "string" {
                continue;
            }
            if words_of_identifier(parameter.name).last().is_some_and(|word| COUNTS.contains(&word.to_lowercase().as_str())) {
                out.report(
                    Place::Parameters(parameter.pointer()),
                    format!("`{}` counts something and is a text", clip(parameter.name)),
                    "make it an integer or a number",
                );
            }
        }
    }
}

const COUNTS: [&str; 16] = [
    "limit", "count", "size", "offset", "page", "number", "amount", "quantity", "total", "max", "min", "top", "price", "radius", "age",
    "year",
];
