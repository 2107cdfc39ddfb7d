//! N11 `missing-operationId`: An operation of an OpenAPI document has no `operationId`.

use crate::lint::rules::prelude::*;

pub(super) struct MissingOperationid;

static DOC: Doc = Doc {
    name: "missing-operationId",
    code: "N11",
    group: Group::Names,
    severity: Error,
    what: "An operation of an OpenAPI document has no `operationId`.",
    why: "The tool has no name of its own: every importer makes up another one from method and path, and calls written for one fail with the next.",
    bad: r#"openapi: 3.1.0
info: {title: Cities, version: "1"}
paths:
  /cities:
    get:
      summary: List all cities.
      responses: {"200": {description: The cities.}}
"#,
    good: r#"openapi: 3.1.0
info: {title: Cities, version: "1"}
paths:
  /cities:
    get:
      operationId: listCities
      summary: List all cities.
      responses: {"200": {description: The cities.}}
"#,
    ..Doc::BLANK
};

impl Rule for MissingOperationid {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        if tool.told("missing-operationId").is_some() {
            let message = format!("this operation has no `operationId`; importers make names up, here `{}`", clip(tool.name));
            out.report(Place::Tool, message, "give it an `operationId` that says what it does");
        }
    }
}
