//! S01 `non-json-type`: A `type` is none of JSON Schema's seven: `dict`, `float`, `list`, `date`.

use crate::catalog::read::read_type;
use crate::lint::rules::prelude::*;
use crate::lint::understand::is_json_type;
use crate::lint::view::each_node;

pub(super) struct NonJsonType;

static DOC: Doc = Doc {
    name: "non-json-type",
    code: "S01",
    group: Group::Schema,
    severity: Error,
    refused_by: &[Target::OpenAi, Target::OpenAiStrict, Target::Anthropic, Target::Gemini],
    what: "A `type` is none of JSON Schema's seven: `dict`, `float`, `list`, `date`.",
    why: "Providers and validators refuse the schema. What is meant is mostly clear, and importers rewrite it, each in its own way.",
    fix: Some("puts JSON Schema's name in the place of a name whose meaning is known"),
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      price: {type: float, description: Most that a night may cost in euros.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      price: {type: number, description: Most that a night may cost in euros.}
"#,
    ..Doc::BLANK
};

impl Rule for NonJsonType {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        // As written: the schema that other rules see has these names understood.
        let mut visit = |node: &Node| {
            let foreign = node.types().into_iter().find(|kind| !is_json_type(kind));
            let Some(name) = foreign else { return };
            let Some(fragment) = read_type(name) else {
                let help = "use string, number, integer, boolean, object, array or null";
                return out.report(node.below("/type"), format!("`{}` is no type of JSON Schema", clip(name)), help);
            };
            let message = format!("`{}` is no type of JSON Schema", clip(name));
            if fragment.is_empty() {
                return out.report(node.below("/type"), message, "leave the type out, or name the types that are allowed");
            }
            let shown = Value::Object(fragment.clone());
            let place = format!("{}/type", node.pointer);
            let kind = fragment.get("type").cloned().filter(|_| node.map.get("type").is_some_and(Value::is_string));
            let mut fix: Vec<Edit> = kind.map(|kind| Edit::replace(place.clone(), kind)).into_iter().collect();
            let more = fragment.into_iter().filter(|(key, _)| key != "type" && !node.map.contains_key(key));
            if !fix.is_empty() {
                fix.extend(more.map(|(key, value)| Edit::add_behind(place.clone(), &key, value)));
            }
            out.fixable(node.below("/type"), message, format!("write {shown}"), fix);
        };
        each_node(tool.raw, false, &mut visit);
        if let Some(returns) = tool.raw_returns {
            each_node(returns, true, &mut visit);
        }
    }
}
