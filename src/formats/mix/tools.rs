//! The tools of a row as a part of its system message.

use crate::formats::conversation::ToolDoc;
use crate::formats::json::Json;
use crate::formats::messages::Tools;
use crate::formats::read::text_calls::tools_of_text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::sync::Arc;

/// How the tools are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listing {
    /// One JSON list.
    Json,
    /// One JSON object a line.
    Lines,
    /// A list in words: name, description, and a line for each parameter.
    Prose,
}

const OPEN: &str = "<tools>";
const CLOSE: &str = "</tools>";

impl Listing {
    pub const ALL: [Listing; 3] = [Listing::Json, Listing::Lines, Listing::Prose];

    pub fn name(self) -> &'static str {
        match self {
            Listing::Json => "json",
            Listing::Lines => "lines",
            Listing::Prose => "prose",
        }
    }

    pub(super) fn write(self, tools: &[Arc<ToolDoc>]) -> String {
        let list = |tools: Vec<&ToolDoc>, wrapped| Tools { tools, wrapped }.text();
        match self {
            Listing::Json => format!("{OPEN}{}{CLOSE}", list(tools.iter().map(|tool| &**tool).collect(), true)),
            Listing::Lines => {
                let one = |tool: &Arc<ToolDoc>| {
                    let text = list(vec![tool], false);
                    text[1..text.len() - 1].to_string()
                };
                format!("{OPEN}\n{}\n{CLOSE}", tools.iter().map(one).collect::<Vec<_>>().join("\n"))
            }
            Listing::Prose => tools.iter().map(|tool| prose(tool)).collect::<Vec<_>>().join("\n"),
        }
    }

    /// The tools and how they were listed.
    pub(super) fn read(text: &str) -> Option<(Listing, Vec<Arc<ToolDoc>>)> {
        match text.strip_prefix(OPEN) {
            Some(listed) => {
                let listing = if listed.starts_with('\n') { Listing::Lines } else { Listing::Json };
                Some((listing, tools_of_text(listed.strip_suffix(CLOSE)?)?))
            }
            None => Some((Listing::Prose, of_prose(text)?)),
        }
    }
}

/// A line of a list without breaks.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `- name: description`, and `  * parameter (type, required): description` for each parameter.
fn prose(tool: &ToolDoc) -> String {
    let schema = tool.parameters.value().unwrap_or_default();
    let mut text = format!("- {}: {}", tool.name, flat(&tool.description));
    let required = |name: &str| schema["required"].as_array().is_some_and(|names| names.iter().any(|one| one == name));
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let need = if required(name) { "required" } else { "optional" };
        let _ = write!(text, "\n  * {name} ({}, {need})", kind(property));
        if let Some(values) = property["enum"].as_array() {
            let _ = write!(text, " one of {}", Value::Array(values.clone()));
        }
        if let Some(words) = property["description"].as_str().filter(|words| !words.is_empty()) {
            let _ = write!(text, ": {}", flat(words));
        }
    }
    text
}

fn kind(property: &Value) -> String {
    match (property["type"].as_str(), property["items"]["type"].as_str()) {
        (Some("array"), Some(items)) => format!("array of {items}"),
        (Some(kind), _) => kind.into(),
        (None, _) => "any".into(),
    }
}

/// What can be told from such a list: limits and nested parts of parameters are not in it.
fn of_prose(text: &str) -> Option<Vec<Arc<ToolDoc>>> {
    let mut tools = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let (name, description) =
            line.strip_prefix("- ")?.split_once(": ").or_else(|| line.strip_prefix("- ")?.strip_suffix(':').map(|name| (name, "")))?;
        let (mut properties, mut required) = (Map::new(), Vec::new());
        while let Some(line) = lines.next_if(|line| line.starts_with("  * ")) {
            let (name, property, needed) = parameter(&line[4..])?;
            if needed {
                required.push(Value::from(name.clone()));
            }
            properties.insert(name, property);
        }
        let mut schema = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        tools.push(Arc::new(ToolDoc::new(name.into(), description.into(), Some(Json::of(&schema)))));
    }
    (!tools.is_empty()).then_some(tools)
}

fn parameter(line: &str) -> Option<(String, Value, bool)> {
    let (name, rest) = line.split_once(" (")?;
    let (inner, rest) = rest.split_once(')')?;
    let (kind, need) = inner.rsplit_once(", ")?;
    let mut property = Map::new();
    match kind.strip_prefix("array of ") {
        Some(items) => {
            property.insert("type".into(), "array".into());
            property.insert("items".into(), json!({"type": items}));
        }
        None if kind == "any" => {}
        None => {
            property.insert("type".into(), kind.into());
        }
    }
    let mut words = rest;
    if let Some(listed) = rest.strip_prefix(" one of ") {
        let mut values = serde_json::Deserializer::from_str(listed).into_iter::<Value>();
        property.insert("enum".into(), values.next()?.ok()?);
        words = &listed[values.byte_offset()..];
    }
    if let Some(words) = words.strip_prefix(": ") {
        property.insert("description".into(), words.into());
    }
    Some((name.to_string(), property.into(), need == "required"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(name: &str, parameters: Value) -> Arc<ToolDoc> {
        Arc::new(ToolDoc::new(name.into(), "What it does: this (and that).".into(), Some(Json::of(&parameters))))
    }

    #[test]
    fn every_listing_is_read_again() {
        let parameters = json!({"type": "object", "properties": {
            "city": {"type": "string", "description": "The city: its name (in English)."},
            "unit": {"type": "string", "enum": ["c) or (c", "f"]},
            "days": {"type": "array", "items": {"type": "integer"}, "description": "Which days."},
        }, "required": ["city"]});
        let tools = [tool("get_weather", parameters), tool("now", json!({"type": "object", "properties": {}}))];
        for listing in Listing::ALL {
            let text = listing.write(&tools);
            let (found, read) = Listing::read(&text).unwrap();
            assert_eq!(found, listing);
            for (read, given) in read.iter().zip(&tools) {
                assert_eq!(read.name, given.name);
                assert_eq!(read.description, given.description);
                let (one, two) = (read.parameters.value().unwrap(), given.parameters.value().unwrap());
                assert_eq!(one, two, "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_list_of_tools_is_none() {
        for text in ["", "Be kind.", "- be kind", "<tools>[1]</tools>", "<tools>[{}"] {
            assert!(Listing::read(text).is_none(), "{text}");
        }
    }
}
