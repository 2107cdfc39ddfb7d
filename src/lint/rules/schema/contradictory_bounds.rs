//! S16 `contradictory-bounds`: A lower bound is above its upper bound, or a pattern is no regular expression.

use crate::catalog::read::compiles;
use crate::lint::rules::prelude::*;

pub(super) struct ContradictoryBounds;

static DOC: Doc = Doc {
    name: "contradictory-bounds",
    code: "S16",
    group: Group::Schema,
    severity: Error,
    what: "A lower bound is above its upper bound, or a pattern is no regular expression.",
    why: "No value is valid.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, minimum: 10, maximum: 1, description: How many nights.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, minimum: 1, maximum: 10, description: How many nights.}
"#,
    nodes: true,
    keywords: &[&BOUNDS],
    ..Doc::BLANK
};

impl Rule for ContradictoryBounds {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        const PAIRS: [(&str, &str, bool); 6] = [
            ("minimum", "maximum", false),
            ("exclusiveMinimum", "maximum", true),
            ("minimum", "exclusiveMaximum", true),
            ("minLength", "maxLength", false),
            ("minItems", "maxItems", false),
            ("minProperties", "maxProperties", false),
        ];
        for (low, high, strict) in PAIRS {
            let number = |key: &str| node.map.get(key).and_then(Value::as_f64);
            let (Some(least), Some(most)) = (number(low), number(high)) else { continue };
            if least > most || (strict && least == most) {
                let message = format!("`{low}` {least} is above `{high}` {most} in {}", node.called());
                out.report(node.below(&format!("/{low}")), message, "exchange or correct the two");
            }
        }
        if let Some(pattern) = node.map.get("pattern").and_then(Value::as_str)
            && !compiles(pattern)
            && let Err(error) = jsonschema::options().offline().build(&json!({"pattern": pattern}))
        {
            let message = format!("the pattern of {} is no regular expression: {}", node.called(), clip(&error.to_string()));
            out.report(node.below("/pattern"), message, "correct the pattern");
        }
    }
}

const BOUNDS: [&str; 11] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "pattern",
];
