//! S25 `keyword-without-effect`: A keyword stands beside a type that it says nothing about: `minLength` on an integer, `items` on a text.

use crate::lint::rules::prelude::*;

pub(super) struct KeywordWithoutEffect;

static DOC: Doc = Doc {
    name: "keyword-without-effect",
    code: "S25",
    group: Group::Schema,
    severity: Warning,
    what: "A keyword stands beside a type that it says nothing about: `minLength` on an integer, `items` on a text.",
    why: "It is ignored: the bound or the shape that was meant does not hold.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, minLength: 1, description: How many nights.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      nights: {type: integer, minimum: 1, description: How many nights.}
"#,
    nodes: true,
    keywords: &[EFFECT[0].1, EFFECT[1].1, EFFECT[2].1, EFFECT[3].1],
    ..Doc::BLANK
};

impl Rule for KeywordWithoutEffect {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        let kinds = node.types();
        if kinds.is_empty() || node.in_result {
            return;
        }
        for (kinds_of, keywords) in EFFECT {
            if kinds.iter().any(|kind| kinds_of.contains(kind)) {
                continue;
            }
            if let Some(key) = keywords.iter().find(|key| node.map.contains_key(**key)) {
                let message = format!("`{key}` has no effect on {}, whose type is {}", node.called(), kinds.join(" or "));
                out.report(node.below(&format!("/{key}")), message, format!("it is for {}", kinds_of.join(" and ")));
            }
        }
    }
}

/// Types, and the keywords that are for them alone.
const EFFECT: [(&[&str], &[&str]); 4] = [
    (&["string"], &["minLength", "maxLength", "pattern"]),
    (&["number", "integer"], &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    (&["array"], &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
    (&["object"], &["properties", "additionalProperties", "patternProperties", "minProperties", "maxProperties"]),
];
