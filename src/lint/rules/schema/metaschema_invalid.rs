//! S15 `metaschema-invalid`: The schema is not valid by JSON Schema 2020-12, or by the draft that it names.

use crate::catalog::read::is_plain;
use crate::lint::rules::prelude::*;

pub(super) struct MetaschemaInvalid;

static DOC: Doc = Doc {
    name: "metaschema-invalid",
    code: "S15",
    group: Group::Schema,
    severity: Error,
    refused_by: &[Target::OpenAi, Target::OpenAiStrict, Target::Anthropic],
    what: "The schema is not valid by JSON Schema 2020-12, or by the draft that it names.",
    why: "Validators refuse to compile it; providers answer with a 400 or drop what they do not understand.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, minLength: many, description: Name of the city.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, minLength: 2, description: Name of the city.}
"#,
    ..Doc::BLANK
};

impl Rule for MetaschemaInvalid {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let bad = |schema: &Value| -> Option<(String, String)> {
            let draft = schema.get("$schema").and_then(Value::as_str);
            let verdict = match draft {
                None => jsonschema::draft202012::meta::validate(schema),
                Some(_) => jsonschema::meta::validate(schema),
            };
            verdict.err().map(|error| (error.instance_path().to_string(), error.to_string()))
        };
        // OpenAPI before 3.1 has a dialect of its own; what is left of it after reading is what counts.
        let legacy = tool.is_openapi() && !tool.format.ends_with("3.1") && !tool.format.ends_with("3.2");
        let read = legacy.then(|| tool.outcome().as_ref().ok().map(|read| &read.parameters)).flatten();
        let schema: &Value = read.unwrap_or(&tool.schema);
        if schema.is_object()
            && !is_plain(schema)
            && let Some((pointer, error)) = bad(schema)
            && !told_elsewhere(tool, schema, &pointer)
        {
            let message = format!("not a valid JSON Schema: {}", clip(&error));
            out.report(Place::Parameters(pointer), message, "correct it by the JSON Schema specification");
        }
    }
}

/// An unknown type has a rule of its own, and dialects with fields have a flag where others have a list.
fn told_elsewhere(tool: &ToolView, schema: &Value, pointer: &str) -> bool {
    let fields = !["openai", "anthropic", "mcp", "walktalk", "openapi", "swagger"].iter().any(|format| tool.format.starts_with(format));
    let unknown = pointer.ends_with("/type") && schema.pointer(pointer).is_some_and(Value::is_string);
    unknown || (fields && pointer.ends_with("/required") && schema.pointer(pointer).is_some_and(Value::is_boolean))
}
