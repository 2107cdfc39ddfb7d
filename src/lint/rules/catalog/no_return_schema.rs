//! C03 `no-return-schema`: A tool declares no schema for its result.

use crate::lint::rules::prelude::*;

pub(super) struct NoReturnSchema;

static DOC: Doc = Doc {
    name: "no-return-schema",
    code: "C03",
    group: Group::Catalog,
    severity: Warning,
    what: "A tool declares no schema for its result.",
    why: "Nobody can chain a second call to it with certainty, and what a dialogue shows as its result is guessed.",
    bad: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
"#,
    ..Doc::BLANK
};

impl Rule for NoReturnSchema {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        if tool.returns.is_none() && !gives_nothing(tool) {
            let prose = if tool.source.returns_prose.is_some() { ", only prose about it" } else { "" };
            out.report(
                Place::Tool,
                format!("`{}` has no schema for its result{prose}", clip(tool.name)),
                "add `returns` (`outputSchema` in MCP, a response schema in OpenAPI)",
            );
        }
    }
}

/// An operation whose only success is "204 No Content".
fn gives_nothing(tool: &ToolView) -> bool {
    let Some(Value::Object(responses)) = tool.document.get("responses") else { return false };
    let mut good = responses.keys().filter(|code| code.starts_with('2')).peekable();
    good.peek().is_some() && good.all(|code| matches!(code.as_str(), "204" | "205"))
}
