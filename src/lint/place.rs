//! From a place in a tool to a pointer into its document.
//!
//! Readers bring parameters of every dialect into one schema; this goes the way back: a path of properties is looked for where
//! the dialects keep them (a schema, a list of fields, a map of fields, the parameters and the body of an operation), references
//! are followed, and where a step is not found the last place that was is given.

use super::rule::Place;
use crate::catalog::read::escape;
use crate::catalog::{SurveyedFile, SurveyedTool};
use serde_json::Value;

/// The pointer of a place in the document, and whether it was found to its end.
pub fn locate(file: &SurveyedFile, tool: Option<&SurveyedTool>, place: &Place) -> (String, bool) {
    let Some(tool) = tool else {
        return match place {
            Place::Document(pointer) => (pointer.clone(), true),
            _ => (String::new(), true),
        };
    };
    let base = tool.pointer.as_str();
    let Some(node) = file.value.pointer(base) else { return (base.to_owned(), false) };
    let first = |keys: &[&str]| keys.iter().find(|key| node.get(**key).is_some()).map(|key| (format!("{base}/{key}"), true));
    let or_tool = |found: Option<(String, bool)>| found.unwrap_or_else(|| (base.to_owned(), false));
    match place {
        Place::Document(pointer) => (pointer.clone(), true),
        Place::File => (String::new(), true),
        Place::Tool => (base.to_owned(), true),
        Place::Name => or_tool(first(&["name", "operationId", "api_name", "id"])),
        Place::Description => or_tool(first(&["description", "api_description", "desc", "summary", "title"])),
        Place::Parameters(pointer) => parameters(&file.value, base, node, pointer),
        Place::Returns(pointer) => returns(&file.value, base, node, pointer),
    }
}

const SCHEMAS: [&str; 4] = ["parameters", "input_schema", "inputSchema", "input"];
/// Where dialects keep maps or lists of fields.
const FIELDS: [&str; 10] = [
    "parameters",
    "input_parameters",
    "query_parameters",
    "path_parameters",
    "body_parameters",
    "header_parameters",
    "required_parameters",
    "optional_parameters",
    "input",
    "arguments",
];

fn parameters(root: &Value, base: &str, node: &Value, pointer: &str) -> (String, bool) {
    let is_operation = node.get("responses").is_some() || node.get("requestBody").is_some() || node.get("operationId").is_some();
    if !is_operation {
        for key in SCHEMAS {
            if node.get(key).is_some_and(|schema| schema.get("properties").is_some() || schema.get("type").is_some_and(Value::is_string)) {
                return walk(root, format!("{base}/{key}"), pointer);
            }
        }
    }
    let mut tokens = pointer.split('/').skip(1);
    if let (Some("properties"), Some(name)) = (tokens.next(), tokens.next()) {
        let rest = &pointer["/properties/".len() + name.len()..];
        let name = unescape(name);
        if let Some(found) = field(root, base, node, &name, is_operation) {
            return if is_operation { operation_field(root, found, rest) } else { walk(root, found, rest) };
        }
    }
    if is_operation {
        if let Some(to) = pointer.strip_prefix("/$defs/") {
            return definition(root, base, to);
        }
        if let Some(body) = body(root, base, node) {
            // The whole body may be one parameter.
            let inside = ["/properties/body", "/properties/request_body"].iter().find_map(|lead| pointer.strip_prefix(lead));
            let (found, whole) = walk(root, body.clone(), pointer);
            return match inside {
                Some(rest) if !whole => walk(root, body, rest),
                _ if !whole && pointer.starts_with("/allOf/0") => walk(root, body, &pointer["/allOf/0".len()..]),
                _ => (found, whole),
            };
        }
    }
    match SCHEMAS.iter().chain(&FIELDS).find(|key| node.get(**key).is_some()) {
        Some(key) => (format!("{base}/{key}"), pointer.is_empty()),
        None => (base.to_owned(), false),
    }
}

/// An entry of a list or a map of fields.
fn field(root: &Value, base: &str, node: &Value, name: &str, is_operation: bool) -> Option<String> {
    for key in FIELDS {
        match node.get(key) {
            Some(Value::Array(list)) => {
                if let Some(found) = in_list(root, &format!("{base}/{key}"), list, name) {
                    return Some(found);
                }
            }
            Some(Value::Object(map)) if map.contains_key(name) => return Some(format!("{base}/{key}/{}", escape(name))),
            _ => {}
        }
    }
    // Parameters of the path belong to all its operations.
    let (path, _) = base.rsplit_once('/').filter(|_| is_operation)?;
    let list = root.pointer(path)?.get("parameters")?.as_array()?;
    in_list(root, &format!("{path}/parameters"), list, name)
}

fn in_list(root: &Value, pointer: &str, list: &[Value], name: &str) -> Option<String> {
    list.iter().enumerate().find_map(|(index, entry)| {
        let own = format!("{pointer}/{index}");
        let (own, entry) = match target(root, entry) {
            Some((to, entry)) => (to, entry),
            None => (own, entry),
        };
        let is = ["name", "Name"].iter().any(|key| entry.get(*key).is_some_and(|value| value == name));
        (is && entry.get("in").is_none_or(|place| place != "body")).then_some(own)
    })
}

/// Below a parameter of an operation: in its schema, or beside its name in Swagger 2.0.
fn operation_field(root: &Value, found: String, rest: &str) -> (String, bool) {
    let own = root.pointer(&found);
    if rest == "/description" && own.is_some_and(|own| own.get("description").is_some()) {
        return (format!("{found}/description"), true);
    }
    match own.and_then(|own| own.get("schema")) {
        Some(_) if !rest.is_empty() => walk(root, format!("{found}/schema"), rest),
        _ => walk(root, found, rest),
    }
}

/// The schema of an operation's body.
fn body(root: &Value, base: &str, node: &Value) -> Option<String> {
    if let Some(body) = node.get("requestBody") {
        let (at, body) = target(root, body).unwrap_or_else(|| (format!("{base}/requestBody"), body));
        let content = body.get("content")?.as_object()?;
        let key = content.keys().find(|key| key.contains("json")).or_else(|| content.keys().next())?;
        return Some(format!("{at}/content/{}/schema", escape(key)));
    }
    let list = node.get("parameters")?.as_array()?;
    let index = list.iter().position(|entry| entry.get("in").is_some_and(|place| place == "body"))?;
    Some(format!("{base}/parameters/{index}/schema"))
}

fn definition(root: &Value, base: &str, to: &str) -> (String, bool) {
    let (name, rest) = to.split_once('/').map_or((to, String::new()), |(name, rest)| (name, format!("/{rest}")));
    for home in ["/components/schemas", "/definitions", "/components/parameters", "/components/responses"] {
        let pointer = format!("{home}/{name}");
        if root.pointer(&pointer).is_some() {
            return walk(root, pointer, &rest);
        }
    }
    (base.to_owned(), false)
}

fn returns(root: &Value, base: &str, node: &Value, pointer: &str) -> (String, bool) {
    for key in ["returns", "outputSchema", "output_schema", "response", "responses", "output_parameters", "output", "template_response"] {
        let Some(value) = node.get(key) else { continue };
        if key == "responses" && value.as_object().is_some_and(|map| map.keys().any(|code| code.starts_with('2'))) {
            return answer(root, base, value, pointer);
        }
        // A map of fields has the properties without the keyword.
        let bare = pointer.strip_prefix("/properties").unwrap_or(pointer);
        let is_schema = value.get("properties").is_some() || value.get("type").is_some_and(Value::is_string);
        return walk(root, format!("{base}/{key}"), if is_schema { pointer } else { bare });
    }
    (base.to_owned(), false)
}

fn answer(root: &Value, base: &str, responses: &Value, pointer: &str) -> (String, bool) {
    let map = responses.as_object();
    let Some(code) = map.into_iter().flat_map(|map| map.keys()).filter(|code| code.starts_with('2')).min() else {
        return (format!("{base}/responses"), false);
    };
    let (at, response) = target(root, &responses[code]).unwrap_or_else(|| (format!("{base}/responses/{code}"), &responses[code]));
    if response.get("schema").is_some() {
        return walk(root, format!("{at}/schema"), pointer);
    }
    let content = response.get("content").and_then(Value::as_object);
    match content.and_then(|content| content.keys().find(|key| key.contains("json")).or_else(|| content.keys().next())) {
        Some(kind) => walk(root, format!("{at}/content/{}/schema", escape(kind)), pointer),
        None => (at, pointer.is_empty()),
    }
}

/// Goes down token by token through references. `true` when the end was reached.
fn walk(root: &Value, mut at: String, pointer: &str) -> (String, bool) {
    let Some(mut node) = root.pointer(&at) else { return (parent_that_is(root, at), false) };
    for token in pointer.split('/').skip(1) {
        let mut hops = 0;
        while !has(node, token)
            && hops < 32
            && let Some((to, next)) = target(root, node)
        {
            (at, node) = (to, next);
            hops += 1;
        }
        let plain = unescape(token);
        let next = match node {
            Value::Object(map) => map.get(&plain),
            Value::Array(list) => plain.parse::<usize>().ok().and_then(|index| list.get(index)),
            _ => None,
        };
        match next {
            Some(next) => {
                at.push('/');
                at.push_str(token);
                node = next;
            }
            None => return (at, false),
        }
    }
    (at, true)
}

fn has(node: &Value, token: &str) -> bool {
    node.get(unescape(token)).is_some()
}

fn parent_that_is(root: &Value, mut at: String) -> String {
    while root.pointer(&at).is_none() {
        let Some(cut) = at.rfind('/') else { return String::new() };
        at.truncate(cut);
    }
    at
}

/// What a `$ref` in this document leads to.
fn target<'a>(root: &'a Value, node: &Value) -> Option<(String, &'a Value)> {
    let to = node.get("$ref")?.as_str()?.strip_prefix('#')?;
    let to = to.replace("%7B", "{").replace("%7D", "}").replace("%20", " ");
    let value = root.pointer(&to)?;
    Some((to, value))
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
