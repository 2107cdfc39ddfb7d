//! C13 `fields-in-combinators`: The body of an operation has fields only under `allOf`, `oneOf` or `anyOf`.

use crate::lint::rules::prelude::*;

pub(super) struct FieldsInCombinators;

static DOC: Doc = Doc {
    name: "fields-in-combinators",
    code: "C13",
    group: Group::Catalog,
    severity: Info,
    what: "The body of an operation has fields only under `allOf`, `oneOf` or `anyOf`.",
    why: "Importers that read `properties` and nothing else lose them all, and the tool with them.",
    bad: r#"openapi: 3.1.0
info: {title: Tickets, version: "1"}
paths:
  /tickets:
    post:
      operationId: buyTickets
      summary: Buy tickets for a day.
      requestBody:
        content:
          application/json:
            schema: {allOf: [{type: object, properties: {day: {type: string, format: date, description: The day.}}}]}
      responses: {"200": {description: The tickets.}}
"#,
    good: r#"openapi: 3.1.0
info: {title: Tickets, version: "1"}
paths:
  /tickets:
    post:
      operationId: buyTickets
      summary: Buy tickets for a day.
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {day: {type: string, format: date, description: The day.}}}
      responses: {"200": {description: The tickets.}}
"#,
    ..Doc::BLANK
};

impl Rule for FieldsInCombinators {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        if !tool.is_openapi() {
            return;
        }
        let deep = |schema: &Value| {
            ["allOf", "oneOf", "anyOf"]
                .iter()
                .find(|key| schema.get(**key).and_then(Value::as_array).is_some_and(|list| list.iter().any(names_fields)))
                .copied()
        };
        let body = tool.schema.pointer("/properties/body").or_else(|| tool.schema.pointer("/properties/request_body"));
        let at = match (deep(&tool.schema), body.and_then(deep)) {
            (Some(key), _) => format!("/{key}"),
            (None, Some(key)) => format!("/properties/body/{key}"),
            (None, None) => return,
        };
        let key = at.rsplit('/').next().unwrap_or_default().to_owned();
        out.report(
            Place::Parameters(at),
            format!("fields of the body stand under `{key}` only"),
            "check that the importer you use keeps them; this one does",
        );
    }
}

/// Fields stand in this branch or in one of its own: beside parameters of the path, a body is a branch as a whole.
fn names_fields(branch: &Value) -> bool {
    let inner = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| branch.get(*key)?.as_array()).flatten();
    branch.get("properties").is_some() || branch.get("$ref").is_some() || inner.into_iter().any(names_fields)
}
