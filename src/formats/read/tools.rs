//! Tools as rows hold them: a list or a string of one, wrapped or bare, JSON Schema or one of its dialects.

use super::fields::{Fields, kind, list, string};
use super::python;
use crate::formats::conversation::{Flaw, ToolDoc};
use crate::formats::json::Json;
use crate::formats::schema;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// How the parameters of a tool are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// JSON Schema.
    Schema,
    /// JSON Schema with `dict` and `float`.
    Dict,
    /// A flat list of `{type, description, default}` with types of Python.
    Flat,
}

/// Texts of tools that were read before; rows of one set have the same tools again and again.
const REMEMBERED: usize = 4096;

type Seen = HashMap<Box<str>, Arc<ToolDoc>, rustc_hash::FxBuildHasher>;

thread_local! {
    /// One map for each dialect.
    static SEEN: RefCell<[Seen; 3]> = RefCell::default();
}

/// The column `tools` of a row: a list, or a string that holds one.
pub(super) fn column(raw: &RawValue, dialect: Dialect) -> Result<Vec<Arc<ToolDoc>>, Flaw> {
    match raw.get().starts_with('"') {
        true => text(&string(raw, "tools")?, dialect),
        false => listed(&list(raw, "tools")?, dialect),
    }
}

/// A list of tools as text. What Python prints is taken as well.
pub(super) fn text(text: &str, dialect: Dialect) -> Result<Vec<Arc<ToolDoc>>, Flaw> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(text) {
        return listed(&list, dialect);
    }
    // One after another, as some write them on lines of their own.
    if let Ok(list) = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>().collect::<Result<Vec<_>, _>>() {
        return listed(&list, dialect);
    }
    let value = python::literal(text).ok_or(kind("tools", "a list of tools"))?;
    let raw = RawValue::from_string(value.to_string()).map_err(|_| kind("tools", "a list of tools"))?;
    listed(&list(&raw, "tools")?, dialect)
}

fn listed(list: &[&RawValue], dialect: Dialect) -> Result<Vec<Arc<ToolDoc>>, Flaw> {
    list.iter().map(|raw| remembered(raw, dialect)).collect()
}

fn remembered(raw: &RawValue, dialect: Dialect) -> Result<Arc<ToolDoc>, Flaw> {
    if let Some(tool) = SEEN.with_borrow(|seen| seen[dialect as usize].get(raw.get()).cloned()) {
        return Ok(tool);
    }
    let tool = Arc::new(tool(raw, dialect)?);
    SEEN.with_borrow_mut(|seen| {
        let seen = &mut seen[dialect as usize];
        if seen.len() >= REMEMBERED {
            seen.clear();
        }
        seen.insert(raw.get().into(), tool.clone());
    });
    Ok(tool)
}

fn tool(raw: &RawValue, dialect: Dialect) -> Result<ToolDoc, Flaw> {
    let mut fields = Fields::of(raw, "tools")?;
    if let Some(function) = fields.get("function") {
        fields = Fields::of(function, "tools/function")?;
    }
    let name = fields.text("name")?.ok_or(Flaw::Missing("tools/name"))?.into_owned();
    let description = fields.text("description")?.unwrap_or_default().into_owned();
    let parameters = fields.take_any(&["parameters", "inputSchema", "input_schema"]).map(Json::raw);
    let parameters = match (dialect, parameters) {
        (Dialect::Schema, Some(json)) => Some(schema::restored(&json)),
        (_, None) => None,
        (dialect, Some(json)) => {
            let value = json.value().map_err(|_| kind("tools/parameters", "a list of parameters"))?;
            Some(Json::of(&if dialect == Dialect::Flat { of_flat(&value) } else { of_dict(&value) }))
        }
    };
    Ok(ToolDoc::new(name, description, parameters))
}

/// The JSON type of a type that is not one.
fn json_type(kind: &str) -> &str {
    match kind {
        "dict" | "Dict" => "object",
        "float" | "double" | "Number" => "number",
        "str" | "String" => "string",
        "int" | "long" => "integer",
        "bool" | "Boolean" => "boolean",
        "list" | "tuple" | "List" | "set" => "array",
        other => other,
    }
}

fn of_dict(schema: &Value) -> Value {
    match schema {
        Value::Object(map) => {
            let mut out = Map::new();
            for (key, value) in map {
                match value.as_str().filter(|_| key == "type") {
                    // Anything goes, and that is said by no type.
                    Some("any" | "Any") => {}
                    Some(kind) => {
                        out.insert(key.clone(), json_type(kind).into());
                    }
                    None => {
                        out.insert(key.clone(), of_dict(value));
                    }
                }
            }
            Value::Object(out)
        }
        Value::Array(items) => items.iter().map(of_dict).collect(),
        other => other.clone(),
    }
}

/// `{"city": {"type": "str, optional", "description", "default"}}` as a schema.
fn of_flat(parameters: &Value) -> Value {
    let given = parameters.as_object().cloned().unwrap_or_default();
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, one) in given {
        let written = one["type"].as_str().unwrap_or("Any").to_string();
        let kind = written.strip_suffix(", optional").unwrap_or(&written);
        let mut property = python_schema(kind);
        for key in ["description", "default"] {
            if let Some(value) = one.get(key).filter(|value| **value != "" || key == "default") {
                property.insert(key.into(), value.clone());
            }
        }
        if kind.len() == written.len() && one.get("default").is_none() {
            required.push(Value::from(name.clone()));
        }
        properties.insert(name, property.into());
    }
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), properties.into());
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    schema.into()
}

/// `List[int]` as `{"type": "array", "items": {"type": "integer"}}`.
fn python_schema(kind: &str) -> Map<String, Value> {
    let mut schema = Map::new();
    let (outer, inner) = kind.split_once('[').map_or((kind, None), |(outer, inner)| (outer, inner.strip_suffix(']')));
    if outer == "Optional" {
        return inner.map(python_schema).unwrap_or_default();
    }
    let outer = json_type(outer.trim());
    if !matches!(outer, "object" | "number" | "string" | "integer" | "boolean" | "array") {
        return schema;
    }
    schema.insert("type".into(), outer.into());
    if let Some(items) = inner.filter(|_| outer == "array").map(python_schema).filter(|items| !items.is_empty()) {
        schema.insert("items".into(), items.into());
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(tools: &str, dialect: Dialect) -> Vec<Arc<ToolDoc>> {
        text(tools, dialect).unwrap()
    }

    #[test]
    fn wrapped_bare_spaced_and_printed_by_python_are_one() {
        let plain = read(r#"[{"name":"a","description":"d","parameters":{"type":"object","properties":{}}}]"#, Dialect::Schema);
        for other in [
            r#"[ {"type": "function", "function": {"name": "a", "description": "d", "parameters": {"type": "object", "properties": {}}}} ]"#,
            r#"{"name": "a", "description": "d", "parameters": {}}"#,
            "[{'name': 'a', 'description': 'd', 'parameters': None}]",
        ] {
            assert_eq!(read(other, Dialect::Schema), plain, "{other}");
        }
    }

    #[test]
    fn types_of_other_languages_become_those_of_json() {
        let dict = r#"[{"name":"a","description":"","parameters":{"type":"dict","properties":{"x":{"type":"float"},"y":{"type":"any"}},"required":["x"]}}]"#;
        let wanted = json!({"type": "object", "properties": {"x": {"type": "number"}, "y": {}}, "required": ["x"]});
        assert_eq!(read(dict, Dialect::Dict)[0].parameters, Json::of(&wanted));
        let flat = r#"[{"name":"a","description":"","parameters":{"x":{"type":"List[int]","description":"n"},"y":{"type":"str, optional","default":"z"}}}]"#;
        let properties =
            json!({"x": {"type": "array", "items": {"type": "integer"}, "description": "n"}, "y": {"type": "string", "default": "z"}});
        let wanted = json!({"type": "object", "properties": properties, "required": ["x"]});
        assert_eq!(read(flat, Dialect::Flat)[0].parameters, Json::of(&wanted));
    }

    #[test]
    fn what_is_no_list_of_tools_is_told() {
        for bad in ["get_weather(city)", "[1]", r#"[{"description":"no name"}]"#] {
            assert!(text(bad, Dialect::Schema).is_err(), "{bad}");
        }
    }
}
