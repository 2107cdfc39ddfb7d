//! S23 `too-deep-or-wide`: The parameters are nested more than five levels deep, or there are more than 25 of them.

use crate::catalog::read::{KeywordKind, keyword_kind};
use crate::lint::rules::prelude::*;
use crate::lint::view::each_node;
use std::collections::HashMap;

pub(super) struct TooDeepOrWide;

static DOC: Doc = Doc {
    name: "too-deep-or-wide",
    code: "S23",
    group: Group::Schema,
    severity: Warning,
    what: "The parameters are nested more than five levels deep, or there are more than 25 of them.",
    why: "Models lose track: they leave out what is deep, and invent what is far away.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      option_0: {type: string, description: Option 0 of the search.}
      option_1: {type: string, description: Option 1 of the search.}
      option_2: {type: string, description: Option 2 of the search.}
      option_3: {type: string, description: Option 3 of the search.}
      option_4: {type: string, description: Option 4 of the search.}
      option_5: {type: string, description: Option 5 of the search.}
      option_6: {type: string, description: Option 6 of the search.}
      option_7: {type: string, description: Option 7 of the search.}
      option_8: {type: string, description: Option 8 of the search.}
      option_9: {type: string, description: Option 9 of the search.}
      option_10: {type: string, description: Option 10 of the search.}
      option_11: {type: string, description: Option 11 of the search.}
      option_12: {type: string, description: Option 12 of the search.}
      option_13: {type: string, description: Option 13 of the search.}
      option_14: {type: string, description: Option 14 of the search.}
      option_15: {type: string, description: Option 15 of the search.}
      option_16: {type: string, description: Option 16 of the search.}
      option_17: {type: string, description: Option 17 of the search.}
      option_18: {type: string, description: Option 18 of the search.}
      option_19: {type: string, description: Option 19 of the search.}
      option_20: {type: string, description: Option 20 of the search.}
      option_21: {type: string, description: Option 21 of the search.}
      option_22: {type: string, description: Option 22 of the search.}
      option_23: {type: string, description: Option 23 of the search.}
      option_24: {type: string, description: Option 24 of the search.}
      option_25: {type: string, description: Option 25 of the search.}
      option_26: {type: string, description: Option 26 of the search.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
"#,
    ..Doc::BLANK
};

impl Rule for TooDeepOrWide {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let parameters = tool.parameters();
        if parameters.len() > WIDE {
            out.report(
                Place::Parameters(String::new()),
                format!("`{}` has {} parameters", clip(tool.name), parameters.len()),
                format!("more than {WIDE} are hard to fill in: split the tool, or group what belongs together"),
            );
        }
        let mut deepest: (usize, String) = (0, String::new());
        each_node(&tool.schema, false, &mut |node| {
            let levels = node.pointer.matches("/properties/").count() + node.pointer.matches("/items").count();
            if levels > deepest.0 {
                deepest = (levels, node.pointer.to_owned());
            }
        });
        // References lead on; what leads back into itself has no depth.
        let followed = levels(&tool.schema, &tool.schema, &mut HashMap::new());
        if deepest.0 <= DEEP {
            deepest = (followed, String::new());
        }
        if deepest.0 > DEEP {
            out.report(
                Place::Parameters(deepest.1),
                format!("nested {} levels deep", deepest.0),
                format!("more than {DEEP} are hard to write: flatten the object"),
            );
        }
    }
}

const WIDE: usize = 25;
const DEEP: usize = 5;

/// Objects and lists inside each other, through references of the document. `known` has the depth of what references lead to, and 0
/// while that is worked out.
fn levels<'a>(schema: &'a Value, root: &'a Value, known: &mut HashMap<&'a str, usize>) -> usize {
    let Value::Object(map) = schema else { return 0 };
    let mut deepest = 0;
    for (key, value) in map {
        let step = usize::from(key == "properties" || key == "items");
        let inner: Vec<&Value> = match (keyword_kind(key), value) {
            (Some(KeywordKind::One | KeywordKind::List), Value::Array(list)) => list.iter().collect(),
            (Some(KeywordKind::One), inner) => vec![inner],
            // Definitions count where something leads to them.
            (Some(KeywordKind::Map), Value::Object(entries)) if key != "$defs" && key != "definitions" => entries.values().collect(),
            _ => continue,
        };
        deepest = inner.into_iter().map(|inner| step + levels(inner, root, known)).fold(deepest, usize::max);
    }
    let Some(to) = map.get("$ref").and_then(Value::as_str) else { return deepest };
    if let Some(levels) = known.get(to) {
        return deepest.max(*levels);
    }
    known.insert(to, 0);
    let target = to.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
    let below = target.map_or(0, |target| levels(target, root, known));
    known.insert(to, below);
    deepest.max(below)
}
