//! P01 `openai-strict-ready`: The parameters are not ready for OpenAI's strict mode: every property required, `additionalProperties: false` in every object.

use crate::lint::rules::prelude::*;
use crate::lint::view::each_node;

pub(super) struct OpenaiStrictReady;

static DOC: Doc = Doc {
    name: "openai-strict-ready",
    code: "P01",
    group: Group::Providers,
    severity: Info,
    asked: Some(Error),
    targets: &[Target::OpenAiStrict],
    what: "The parameters are not ready for OpenAI's strict mode: every property required, `additionalProperties: false` in every object.",
    why: "In strict mode the model cannot write an argument that is not valid; a schema that is not ready is refused there.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
    additionalProperties: false
"#,
    ..Doc::BLANK
};

impl Rule for OpenaiStrictReady {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let mut reasons: Vec<(String, String)> = Vec::new();
        each_node(&tool.schema, false, &mut |node| {
            if !node.is("object") && !node.map.contains_key("properties") {
                return;
            }
            if node.map.get("additionalProperties") != Some(&json!(false)) {
                reasons.push((node.pointer.to_owned(), "`additionalProperties` is not false".into()));
            }
            let required: Vec<&str> =
                node.map.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
            let optional = node
                .map
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .find(|(name, _)| !required.contains(&name.as_str()));
            if let Some((name, _)) = optional {
                reasons.push((node.pointer.to_owned(), format!("`{}` is not required", clip(name))));
            }
        });
        if let Some((pointer, reason)) = reasons.first() {
            let more = if reasons.len() > 1 { format!(" (and {} more reasons)", reasons.len() - 1) } else { String::new() };
            let help = "require every property, let optional ones be null, and close every object with `additionalProperties: false`";
            out.report(Place::Parameters(pointer.clone()), format!("not ready for OpenAI's strict mode: {reason}{more}"), help);
        }
    }
}
