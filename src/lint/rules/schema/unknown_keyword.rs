//! S21 `unknown-keyword`: A key of a schema is nearly, but not quite, a keyword: `desciption`, `requred`.

use crate::catalog::read::escape;
use crate::lint::rules::prelude::*;
use crate::lint::words::distance;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

pub(super) struct UnknownKeyword;

static DOC: Doc = Doc {
    name: "unknown-keyword",
    code: "S21",
    group: Group::Schema,
    severity: Warning,
    what: "A key of a schema is nearly, but not quite, a keyword: `desciption`, `requred`.",
    why: "Unknown keys are ignored in silence: what was meant does not hold.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, desciption: Name of the city., description: Name.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
"#,
    nodes: true,
    ..Doc::BLANK
};

impl Rule for UnknownKeyword {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        for key in node.map.keys().filter(|key| key.len() >= 4 && !key.starts_with("x-") && !IS_KNOWN.contains(key.as_str())) {
            let near = KNOWN
                .iter()
                .copied()
                .find(|known| known.len() >= 4 && distance(&key.to_lowercase(), &known.to_lowercase()) <= 1 + usize::from(known.len() > 8));
            if let Some(near) = near.filter(|near| !node.map.contains_key(*near) || distance(key, near) <= 2) {
                out.report(
                    node.below(&format!("/{}", escape(key))),
                    format!("`{}` is no keyword", clip(key)),
                    format!("did you mean `{near}`?"),
                );
            }
        }
    }
}

static IS_KNOWN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| KNOWN.into_iter().collect());

const KNOWN: [&str; 78] = [
    "type",
    "properties",
    "required",
    "description",
    "title",
    "enum",
    "const",
    "default",
    "examples",
    "example",
    "items",
    "prefixItems",
    "additionalItems",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "minContains",
    "maxContains",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "readOnly",
    "writeOnly",
    "deprecated",
    "nullable",
    "discriminator",
    "xml",
    "externalDocs",
    "$ref",
    "$defs",
    "definitions",
    "$schema",
    "$id",
    "$anchor",
    "$comment",
    "$dynamicRef",
    "$dynamicAnchor",
    "$recursiveRef",
    "$recursiveAnchor",
    "$vocabulary",
    "id",
    "optional",
    "schema",
    "content",
    "style",
    "explode",
    "summary",
    "name",
    "allowEmptyValue",
    "collectionFormat",
    "tags",
];
