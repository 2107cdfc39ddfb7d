//! S05 `required-undefined`: `required` names a property that is not defined.

use super::undefined::{self, Missing};
use crate::lint::rules::prelude::*;

pub(super) struct RequiredUndefined;

static DOC: Doc = Doc {
    name: "required-undefined",
    code: "S05",
    group: Group::Schema,
    severity: Error,
    what: "`required` names a property that is not defined.",
    why: "A call can never be right: the model invents the property, or leaves it out and is refused.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city, country]
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

impl Rule for RequiredUndefined {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, tool: &ToolView, node: &Node, out: &mut Out) {
        // Documents with components are looked at as a whole, so that a shared schema counts once.
        if tool.is_openapi() {
            return;
        }
        let root: &Value = if node.in_result { tool.returns.as_deref().unwrap_or(&Value::Null) } else { &tool.schema };
        for missing in undefined::names(node.map, root, &undefined::around(root, node.pointer)) {
            let place = node.below(&format!("/required/{}", missing.index));
            report(out, place, &missing, &format!(" in {}", node.called()));
        }
    }

    fn file(&self, file: &FileView, out: &mut Out) {
        let root = &file.file.value;
        if root.get("openapi").is_none() && root.get("swagger").is_none() {
            return;
        }
        undefined::in_document(root, &mut |pointer, missing| {
            report(out, Place::Document(format!("{pointer}/required/{}", missing.index)), &missing, "");
        });
    }
}

fn report(out: &mut Out, place: Place, missing: &Missing, within: &str) {
    let name = clip(&missing.name);
    if missing.beside {
        let message = format!("`{name}` is required by a branch that does not define it; another branch does");
        out.report(place, message, "require it where it is defined: who reads one branch by itself finds nothing");
    } else {
        let message = format!("`{name}` is required and not defined{within}");
        out.report(place, message, "define it under `properties`, or take it out of `required`");
    }
}
