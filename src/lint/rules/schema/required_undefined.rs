//! S05 `required-undefined`: `required` names a property that is not defined.

use super::undefined;
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
        for (index, name) in undefined::names(node.map, root, &|_| false) {
            let message = format!("`{}` is required and not defined in {}", clip(&name), node.called());
            out.report(node.below(&format!("/required/{index}")), message, "define it under `properties`, or take it out of `required`");
        }
    }

    fn file(&self, file: &FileView, out: &mut Out) {
        let root = &file.file.value;
        if root.get("openapi").is_none() && root.get("swagger").is_none() {
            return;
        }
        undefined::in_document(root, &mut |pointer, name, beside| {
            let name = clip(name);
            if beside {
                let message = format!("`{name}` is required by a branch that does not define it; another branch does");
                out.report(
                    Place::Document(pointer),
                    message,
                    "require it where it is defined: who reads one branch by itself finds nothing",
                );
            } else {
                let message = format!("`{name}` is required and not defined");
                out.report(Place::Document(pointer), message, "define it under `properties`, or take it out of `required`");
            }
        });
    }
}
