//! S26 `param-duplicate`: A parameter is defined twice: twice in a list of parameters, or in path and body of an operation.

use crate::catalog::read::code;
use crate::lint::rules::prelude::*;

pub(super) struct ParamDuplicate;

static DOC: Doc = Doc {
    name: "param-duplicate",
    code: "S26",
    group: Group::Schema,
    severity: Error,
    what: "A parameter is defined twice: twice in a list of parameters, or in path and body of an operation.",
    why: "Which of the two a value is for cannot be told; readers keep one, or rename one.",
    bad: r#"openapi: 3.1.0
info: {title: Cities, version: "1"}
paths:
  /cities/{city}:
    get:
      operationId: getCity
      summary: Get a city by its name.
      parameters:
        - {name: city, in: path, required: true, description: Name of the city., schema: {type: string}}
        - {name: city, in: query, description: Name of the city., schema: {type: string}}
      responses: {"200": {description: The city.}}
"#,
    good: r#"openapi: 3.1.0
info: {title: Cities, version: "1"}
paths:
  /cities/{city}:
    get:
      operationId: getCity
      summary: Get a city by its name.
      parameters:
        - {name: city, in: path, required: true, description: Name of the city., schema: {type: string}}
      responses: {"200": {description: The city.}}
"#,
    ..Doc::BLANK
};

impl Rule for ParamDuplicate {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let refused = || {
            let skipped = tool.source.is_refused().then(|| tool.outcome().as_ref().err()).flatten()?;
            Some(skipped.reason.as_str()).filter(|reason| code(reason) == "param-duplicate")
        };
        if let Some(reason) = tool.told("param-renamed").or_else(refused) {
            let text = reason.split_once(": ").map_or("", |(_, text)| text);
            out.report(Place::Tool, text, "give each parameter a name of its own");
        }
    }
}
