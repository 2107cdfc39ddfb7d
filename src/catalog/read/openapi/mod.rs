//! OpenAPI 3.1 and 3.0 and Swagger 2.0, in JSON or YAML: every operation is a tool.
//!
//! Local references are inlined ([`refs`]); parameters and body become one object ([`inputs`]); the first 2xx answer gives the
//! result. Credentials are left out ([`security`]). Webhooks and callbacks are no tools: nobody calls them.

mod inputs;
mod refs;
mod security;

use super::schema::Refusal;
use super::{Candidate, Document, Format, Harvest, harvest, lines};
use crate::error::Fault;
use inputs::Inputs;
use refs::Refs;
use security::Credentials;
use serde_json::Value;

pub(super) struct OpenApi;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Format for OpenApi {
    fn recognises(&self, value: &Value) -> bool {
        version(value).is_some() && ["paths", "webhooks", "components", "definitions"].iter().any(|key| value.get(*key).is_some())
    }

    fn name(&self, value: &Value) -> String {
        let family = if value.get("swagger").is_some() { "swagger" } else { "openapi" };
        let version = version(value).unwrap_or_default();
        format!("{family}-{}", version.split('.').take(2).collect::<Vec<_>>().join("."))
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let domain = document.value.pointer("/info/title").map(harvest::text).filter(|title| !title.is_empty());
        let domain = domain.unwrap_or_else(|| harvest.domain());
        operations(&document.value, &domain, |candidate| harvest.offer(candidate));
        Ok(())
    }
}

/// The version as text; YAML may have read it as a number.
fn version(value: &Value) -> Option<String> {
    match value.get("openapi").or_else(|| value.get("swagger"))? {
        Value::String(version) => Some(version.clone()),
        Value::Number(version) => Some(version.to_string()),
        _ => None,
    }
}

/// Offers every operation of a document.
pub(super) fn operations(root: &Value, domain: &str, mut offer: impl FnMut(Candidate)) {
    let refs = Refs::new(root);
    let credentials = Credentials::of(root);
    for (path, item) in root.get("paths").and_then(Value::as_object).into_iter().flatten() {
        let (item, fault) = match refs.follow(item) {
            Ok(item) => (item, None),
            Err(refusal) => (item, Some(refusal)),
        };
        let pointer = format!("/paths/{}", lines::escape(path));
        if let Some(refusal) = fault {
            offer(Candidate { name: path.as_str().into(), pointer, refusal: Some(refusal), ..Candidate::default() });
            continue;
        }
        for (method, operation) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) && operation.is_object() {
                let mut candidate = candidate(&refs, &credentials, (path, item), (method, operation));
                candidate.domain = domain.to_owned();
                candidate.pointer = format!("{pointer}/{method}");
                offer(candidate);
            }
        }
    }
}

fn candidate(refs: &Refs, credentials: &Credentials, (path, item): (&str, &Value), (method, operation): (&str, &Value)) -> Candidate {
    let mut candidate = Candidate { description: description(operation), ..Candidate::default() };
    match operation.get("operationId").and_then(Value::as_str).filter(|name| !name.trim().is_empty()) {
        Some(name) => candidate.name = name.into(),
        None => {
            let name = made_name(method, path);
            candidate.notes.push(format!("missing-operationId: the operation {method} {path} has no name; `{name}` was made"));
            candidate.name = name.into();
        }
    }
    match parameters(refs, credentials, item, operation, &mut candidate.notes) {
        Ok(schema) => candidate.parameters = schema,
        Err(refusal) => candidate.refusal = Some(refusal),
    }
    match result(refs, operation) {
        Ok((schema, prose)) => (candidate.returns, candidate.returns_prose) = (schema, prose),
        Err(refusal) => candidate.notes.push(format!("returns-unusable: the result's schema is not used: {}", refusal.reason)),
    }
    candidate.extensions(operation);
    candidate
}

fn parameters<'a>(
    refs: &Refs<'a>,
    credentials: &Credentials,
    item: &'a Value,
    operation: &'a Value,
    notes: &mut Vec<String>,
) -> Result<Value, Refusal> {
    let mut inputs = Inputs::gather(refs, item, operation, credentials)?;
    notes.append(&mut inputs.notes);
    refs::resolved(refs, |resolver| inputs.schema(resolver))
}

/// The schema of the first answer of success, or its description where it has no schema.
fn result(refs: &Refs, operation: &Value) -> Result<(Option<Value>, Option<String>), Refusal> {
    let Some(responses) = operation.get("responses").and_then(Value::as_object) else { return Ok((None, None)) };
    let mut successes: Vec<&String> = responses.keys().filter(|code| code.starts_with('2')).collect();
    successes.sort();
    let mut prose = None;
    for code in successes {
        let response = refs.follow(&responses[code])?;
        let schema = response.get("schema").or_else(|| content_schema(response));
        if let Some(schema) = schema.filter(|schema| schema.as_object().is_some_and(|map| !map.is_empty())) {
            return refs::resolved(refs, |resolver| resolver.top(schema)).map(|schema| (Some(schema), None));
        }
        let text = response.get("description").map(harvest::text).unwrap_or_default();
        prose = prose.or_else(|| (!text.is_empty()).then_some(text));
    }
    Ok((None, prose))
}

/// The schema of a body or an answer: of JSON where there is JSON, else of the first kind of content.
fn content_schema(holder: &Value) -> Option<&Value> {
    let content = holder.get("content")?.as_object()?;
    let rank = |kind: &str| match kind.split(';').next().unwrap_or_default().trim() {
        "application/json" => 0,
        kind if kind.ends_with("+json") || kind == "*/*" => 1,
        "application/x-www-form-urlencoded" => 2,
        "multipart/form-data" => 3,
        _ => 4,
    };
    content.iter().min_by_key(|(kind, _)| rank(kind))?.1.get("schema")
}

/// The names of the properties that an object schema shows, over all its branches.
fn names_of(schema: &Value) -> Vec<String> {
    fn walk(schema: &Value, depth: usize, out: &mut Vec<String>) {
        let Value::Object(map) = schema else { return };
        out.extend(map.get("properties").and_then(Value::as_object).into_iter().flat_map(|properties| properties.keys().cloned()));
        if depth < 16 {
            for keyword in ["allOf", "anyOf", "oneOf"] {
                map.get(keyword).and_then(Value::as_array).into_iter().flatten().for_each(|branch| walk(branch, depth + 1, out));
            }
        }
        // A kept reference hides names that are there.
        if map.contains_key("$ref") {
            out.push("$ref".into());
        }
    }
    let mut out = Vec::new();
    walk(schema, 0, &mut out);
    out
}

/// Summary and description, each said once.
fn description(operation: &Value) -> String {
    let text = |key: &str| operation.get(key).map(harvest::text).unwrap_or_default();
    let (summary, description) = (text("summary"), text("description"));
    let bare = summary.trim_end_matches('.').to_lowercase();
    if summary.is_empty() || description.to_lowercase().starts_with(&bare) {
        return if description.is_empty() { summary } else { description };
    }
    if description.is_empty() {
        return summary;
    }
    let end = if summary.ends_with(['.', '!', '?', ':']) { " " } else { ". " };
    format!("{summary}{end}{description}")
}

/// `get /pets/{petId}/toys` → `get_pets_by_petId_toys`.
fn made_name(method: &str, path: &str) -> String {
    let mut name = method.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) {
            Some(inner) => name.push_str(&format!("_by_{inner}")),
            None => name.push_str(&format!("_{part}")),
        }
    }
    let clean: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
    clean.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests;
