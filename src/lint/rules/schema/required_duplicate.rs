//! S06 `required-duplicate`: `required` has a name twice.

use super::values;
use crate::lint::rules::prelude::*;

pub(super) struct RequiredDuplicate;

static DOC: Doc = Doc {
    name: "required-duplicate",
    code: "S06",
    group: Group::Schema,
    severity: Error,
    what: "`required` has a name twice.",
    why: "The schema is not valid; strict validators refuse all of it.",
    fix: Some("takes the second one out"),
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city, city]
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    nodes: true,
    keywords: &[&["required"]],
    ..Doc::BLANK
};

impl Rule for RequiredDuplicate {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        let names = node.map.get("required").and_then(Value::as_array).into_iter().flatten();
        for (index, name) in values::repeated(names) {
            let place = format!("/required/{index}");
            let fix = vec![Edit::remove_item(format!("{}{place}", node.pointer))];
            out.fixable(node.below(&place), format!("{name} stands twice in `required`"), "take one out", fix);
        }
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        // Parameters and body of an operation become one object for a model; a name that both require is required twice.
        if !tool.is_openapi() {
            return;
        }
        let texts = |schema: Option<&Value>| -> Vec<String> {
            let names = schema.and_then(|schema| schema.get("required")).and_then(Value::as_array).into_iter().flatten();
            names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
        };
        let outer = texts(Some(&tool.schema));
        for body in ["body", "request_body"] {
            let inner = texts(tool.schema.pointer(&format!("/properties/{body}")));
            if let Some((index, name)) = inner.iter().enumerate().find(|(_, name)| outer.contains(name)) {
                let place = Place::Parameters(format!("/properties/{body}/required/{index}"));
                let message = format!("`{}` is required twice: as a parameter of the operation and in its body", clip(name));
                out.report(place, message, "take it out of one of the two, or give it two names");
            }
        }
    }
}
