//! xLAM-60k: one question, the tools, and the calls that answer it.
//!
//! Contract (there is no loader; the published rows are the contract): `id`, `query`, `tools` and `answers`, the last two as JSON *strings*;
//! a parameter list is a FLAT map from the name to `{type, description, default}` with types as Python writes them (`str`, `List[int]`,
//! `str, optional`); an answer is a list of `{"name", "arguments"}`. There is one turn and no system text: what the system says is put before
//! the question, since dates and ids of the arguments may stand there.
//!
//! What follows the first request is left out and counted, and so are limits and nested parts of parameters. Refused: a first request that takes calls one after the other.

use super::conversation::{Conversation, ToolDoc};
use super::messages::Function;
use super::opening::Opening;
use super::{Reduction, Refusal, Rendering, json_line};
use serde::Serialize;
use serde_json::{Map, Value, json};

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    query: String,
    tools: String,
    answers: String,
}

pub(super) fn rendering(conversation: &Conversation) -> Result<Rendering, Refusal> {
    conversation.without_late_tools()?;
    let opening = Opening::of(conversation)?;
    let tools: Vec<Value> = conversation.tools.iter().map(|tool| described(tool)).collect::<Result<_, _>>()?;
    for call in opening.calls {
        let tool = conversation.tools.iter().position(|tool| tool.name == call.name).and_then(|at| tools.get(at));
        let arguments = call.arguments.value().map_err(|_| Refusal::Json)?;
        if !tool.is_some_and(|tool| complete(&tool["parameters"], &arguments)) {
            return Err(Refusal::Arguments);
        }
    }
    let answers: Vec<Function> = opening.calls.iter().map(|call| Function { call, text: false }).collect();
    let gap = if opening.system.is_empty() { "" } else { "\n\n" };
    let line = json_line(&Row {
        id: &conversation.id,
        query: format!("{}{gap}{}", opening.system, opening.request),
        tools: json_line(&tools)?,
        answers: json_line(&answers)?,
    })?;
    let mut reduced = opening.reduced;
    if !conversation.tools.iter().all(|tool| is_flat(tool)) {
        reduced.push(Reduction::Nested);
    }
    Ok(Rendering { reduced, ..Rendering::line(line) })
}

/// Whether a flat list says all that the parameters' schema says; values to choose from are said in words.
fn is_flat(tool: &ToolDoc) -> bool {
    let Ok(schema) = tool.parameters.value() else { return false };
    let simple = |items: &Value| items.as_object().is_some_and(|items| items.keys().all(|key| key == "type"));
    let flat = |property: &Value| {
        let known = |(key, value): (&String, &Value)| match key.as_str() {
            "type" => value.is_string(),
            "items" => simple(value),
            key => matches!(key, "description" | "default" | "enum"),
        };
        property.as_object().is_some_and(|property| property.iter().all(known))
    };
    schema["properties"].as_object().is_some_and(|properties| properties.values().all(flat))
}

/// Arguments that the flat list has, all that it asks for among them.
fn complete(parameters: &Value, arguments: &Value) -> bool {
    let (Some(parameters), Some(arguments)) = (parameters.as_object(), arguments.as_object()) else { return false };
    let optional = |one: &Value| one.get("default").is_some() || one["type"].as_str().is_some_and(|kind| kind.ends_with(", optional"));
    arguments.keys().all(|key| parameters.contains_key(key))
        && parameters.iter().all(|(name, one)| arguments.contains_key(name) || optional(one))
}

fn described(tool: &ToolDoc) -> Result<Value, Refusal> {
    let schema = tool.parameters.value().map_err(|_| Refusal::Json)?;
    let properties = schema["properties"].as_object().ok_or(Refusal::Schema)?;
    // Two such names would be taken for a schema.
    if properties.contains_key("type") && properties.contains_key("properties") {
        return Err(Refusal::Schema);
    }
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut flat = Map::new();
    for (name, one) in properties {
        let mut kind = python_type(one);
        if !required.contains(&name.as_str()) {
            kind.push_str(", optional");
        }
        let mut entry = Map::new();
        entry.insert("type".into(), kind.into());
        entry.insert("description".into(), words(one).into());
        if let Some(default) = one.get("default") {
            entry.insert("default".into(), default.clone());
        }
        flat.insert(name.clone(), Value::Object(entry));
    }
    Ok(json!({"name": tool.name, "description": tool.description, "parameters": flat}))
}

/// The description, and the values that may be chosen from, for which the format has no key.
fn words(schema: &Value) -> String {
    let description = schema["description"].as_str().unwrap_or_default();
    let Some(values) = schema["enum"].as_array() else { return description.to_string() };
    let values: Vec<String> = values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_string)).collect();
    format!("{description}{}One of: {}.", if description.is_empty() { "" } else { " " }, values.join(", "))
}

fn python_type(schema: &Value) -> String {
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        other => other.as_str(),
    };
    match kind {
        Some("string") => "str".into(),
        Some("integer") => "int".into(),
        Some("number") => "float".into(),
        Some("boolean") => "bool".into(),
        Some("object") => "dict".into(),
        Some("array") if schema["items"].is_object() => format!("List[{}]", python_type(&schema["items"])),
        Some("array") => "list".into(),
        _ => "Any".into(),
    }
}
