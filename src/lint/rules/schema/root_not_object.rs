//! S19 `root-not-object`: The parameters are no object schema.

use crate::lint::rules::prelude::*;

pub(super) struct RootNotObject;

static DOC: Doc = Doc {
    name: "root-not-object",
    code: "S19",
    group: Group::Schema,
    severity: Error,
    refused_by: &[Target::OpenAi, Target::OpenAiStrict, Target::Anthropic, Target::Gemini, Target::Mcp],
    what: "The parameters are no object schema.",
    why: "Arguments are an object with a value for each parameter; providers refuse anything else.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters: {type: string, description: Name of the city.}
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

impl Rule for RootNotObject {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let schema: &Value = &tool.schema;
        let wrong = match schema {
            Value::Null => None,
            Value::Object(map) => match map.get("type") {
                Some(Value::String(kind)) if kind != "object" => Some(format!("of type `{}`", clip(kind))),
                Some(Value::Array(kinds)) if !kinds.iter().any(|kind| kind == "object") => Some(format!("of the types {}", schema["type"])),
                _ => None,
            },
            other => Some(clip(&other.to_string())),
        };
        if let Some(wrong) = wrong {
            out.report(
                Place::Parameters(String::new()),
                format!("the parameters are {wrong} and no object"),
                "give an object schema with `type: object` and `properties`",
            );
        }
    }
}
