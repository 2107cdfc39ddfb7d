//! Questions, function documents and possible answers for the Berkeley Function-Calling Leaderboard's checker, so that the data can also
//! *evaluate* a model.
//!
//! Contract of bfcl-eval 2026.3.23: one file for each category, `BFCL_v4_<category>.json` (JSON Lines), and the answers under the same name
//! in `possible_answer/`; `question` is a list of turns, each a list of messages; a function has exactly `name`, `description` and
//! `parameters`, with the types `dict` and `float` in place of object and number, `required` always there and `items.type` for arrays;
//! parameters may not be named like Python keywords, and since an answer is read as Python, the name of a function is identifiers with dots
//! between them. An answer lists the acceptable values of each parameter, `""` meaning that it
//! may be left out. The checker looks one level deep, and takes an answer of the wrong type for a variable that anything fits, so that every
//! answer is type-checked here.
//!
//! The category follows from the row: `irrelevance` (no call is right), `simple_python`, `multiple`, `parallel`, `parallel_multiple`.
//! What follows the first request is left out and counted.

use super::conversation::{Call, Conversation, ToolDoc};
use super::opening::Opening;
use super::{Refusal, Rendering, json_line};
use serde_json::{Map, Value, json};

/// `(questions, answers)` of each category.
const FILES: [(&str, &str, &str); 5] = [
    ("irrelevance", "BFCL_v4_irrelevance.json", ""),
    ("simple_python", "BFCL_v4_simple_python.json", "possible_answer/BFCL_v4_simple_python.json"),
    ("multiple", "BFCL_v4_multiple.json", "possible_answer/BFCL_v4_multiple.json"),
    ("parallel", "BFCL_v4_parallel.json", "possible_answer/BFCL_v4_parallel.json"),
    ("parallel_multiple", "BFCL_v4_parallel_multiple.json", "possible_answer/BFCL_v4_parallel_multiple.json"),
];

/// Names that Python has taken.
pub(super) const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield",
];

pub(super) fn rendering(conversation: &Conversation) -> Result<Rendering, Refusal> {
    conversation.without_late_tools()?;
    let opening = Opening::of(conversation)?;
    let functions: Vec<Value> = conversation.tools.iter().map(|tool| document(tool)).collect::<Result<_, _>>()?;
    if functions.is_empty() {
        return Err(Refusal::NoTools);
    }
    let place = match (opening.calls.len(), functions.len()) {
        (0, _) => 0,
        (1, 1) => 1,
        (1, _) => 2,
        (_, 1) => 3,
        _ => 4,
    };
    let (category, questions, answers) = FILES[place];
    // The checker's own tools read the category from what stands before the last line of the id.
    let id = format!("{category}_{}", conversation.id.replace(['_', ':'], "-"));
    let mut turn = Vec::new();
    if !opening.system.is_empty() {
        turn.push(json!({"role": "system", "content": opening.system}));
    }
    turn.push(json!({"role": "user", "content": opening.request}));
    let question = json_line(&json!({"id": &id, "question": [turn], "function": functions}))?;
    let mut lines = vec![(questions, question)];
    if !opening.calls.is_empty() {
        let truth: Vec<Value> = opening.calls.iter().map(|call| truth(call, &functions)).collect::<Result<_, _>>()?;
        lines.push((answers, json_line(&json!({"id": &id, "ground_truth": truth}))?));
    }
    Ok(Rendering { lines, reduced: opening.reduced, id: Some(id), ..Rendering::default() })
}

/// A function with the types of this format.
fn document(tool: &ToolDoc) -> Result<Value, Refusal> {
    let schema = tool.parameters.value().map_err(|_| Refusal::Json)?;
    let mut parameters = typed(&schema)?;
    if parameters["type"] != "dict" {
        return Err(Refusal::Schema);
    }
    let known: Vec<String> = parameters["properties"].as_object().ok_or(Refusal::Schema)?.keys().cloned().collect();
    if known.iter().any(|name| KEYWORDS.contains(&name.as_str())) {
        return Err(Refusal::Keyword);
    }
    if !parameters["required"].is_array() {
        parameters["required"] = json!([]);
    }
    Ok(json!({"name": tool.name, "description": tool.description, "parameters": parameters}))
}

fn typed(schema: &Value) -> Result<Value, Refusal> {
    let map = schema.as_object().ok_or(Refusal::Schema)?;
    let mut out = Map::new();
    let kind = match one_type(schema).ok_or(Refusal::Schema)? {
        "object" => "dict",
        "number" => "float",
        kind @ ("string" | "integer" | "boolean" | "array") => kind,
        _ => return Err(Refusal::Schema),
    };
    out.insert("type".into(), kind.into());
    for (key, value) in map.iter().filter(|(key, _)| *key != "type") {
        let value = match key.as_str() {
            "properties" => {
                let properties = value.as_object().ok_or(Refusal::Schema)?;
                if properties.keys().any(|name| KEYWORDS.contains(&name.as_str())) {
                    return Err(Refusal::Keyword);
                }
                properties.iter().map(|(name, one)| Ok((name.clone(), typed(one)?))).collect::<Result<Map<_, _>, Refusal>>()?.into()
            }
            "items" => typed(value)?,
            _ => value.clone(),
        };
        out.insert(key.clone(), value);
    }
    if kind == "array" && !out.contains_key("items") {
        return Err(Refusal::Schema);
    }
    Ok(Value::Object(out))
}

/// The type, where null stands beside it or in a choice with it as well.
fn one_type(schema: &Value) -> Option<&str> {
    match (&schema["type"], schema["anyOf"].as_array().or(schema["oneOf"].as_array())) {
        (Value::String(kind), _) => Some(kind),
        (Value::Array(kinds), _) => single(kinds.iter().filter_map(Value::as_str)),
        (_, Some(choices)) => single(choices.iter().map(|choice| choice["type"].as_str().unwrap_or("any"))),
        _ => None,
    }
}

fn single<'a>(kinds: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut kinds = kinds.filter(|kind| *kind != "null");
    kinds.next().filter(|_| kinds.next().is_none())
}

/// What a model may answer: the values of the call, and nothing for what it leaves out.
fn truth(call: &Call, functions: &[Value]) -> Result<Value, Refusal> {
    let function = functions.iter().find(|function| function["name"] == call.name.as_str()).ok_or(Refusal::Arguments)?;
    let properties = function["parameters"]["properties"].as_object().ok_or(Refusal::Schema)?;
    let required = function["parameters"]["required"].as_array();
    let arguments = call.arguments.value().map_err(|_| Refusal::Json)?;
    let arguments = arguments.as_object().ok_or(Refusal::Arguments)?;
    if arguments.keys().any(|name| !properties.contains_key(name)) {
        return Err(Refusal::Arguments);
    }
    let mut accepted = Map::new();
    for (name, schema) in properties {
        let values = match arguments.get(name) {
            Some(value) => vec![acceptable(value, schema)?],
            None if required.is_some_and(|required| required.iter().any(|one| one == name.as_str())) => return Err(Refusal::Arguments),
            None => {
                let default = schema.get("default").filter(|value| *value != "").and_then(|value| acceptable(value, schema).ok());
                std::iter::once("".into()).chain(default).collect()
            }
        };
        accepted.insert(name.clone(), values.into());
    }
    Ok(json!({&call.name: accepted}))
}

/// A value that the checker takes for what it is.
fn acceptable(value: &Value, schema: &Value) -> Result<Value, Refusal> {
    let fits = match schema["type"].as_str() {
        // An empty text would mean that the parameter may be left out.
        Some("string") => value.as_str().is_some_and(|text| !text.is_empty()),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("float") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.as_array().is_some_and(|items| !items.iter().any(Value::is_object)),
        Some("dict") => value.as_object().is_some_and(|map| !map.values().any(|value| value.is_object() || value == "")),
        _ => false,
    };
    if !fits {
        return Err(Refusal::Truth);
    }
    Ok(match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), json!([value]))).collect::<Map<_, _>>().into(),
        other => other.clone(),
    })
}
