//! Other names and other wrappings: what an operator changed about a record without changing what is done, and the way back.
//!
//! A disguise is one to one, so that everything that is proven of the record as it was is proven of the record as it is.

use super::{Dialogue, Provenance};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a record would be called without its operators.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disguise {
    /// By the name that the record shows.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub tools: IndexMap<String, Alias>,
    /// How the results of calls that did not fail are wrapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Dress>,
}

/// The names of a tool as its catalog has them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alias {
    pub name: String,
    /// Parameters of the first level, by the name that the record shows.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub parameters: IndexMap<String, String>,
}

/// What was put around a result, from the inside to the outside: other keys, an envelope, noise beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dress {
    /// Keys on all levels, by the name that the record shows.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub keys: IndexMap<String, String>,
    /// The key under which the result stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<String>,
    /// Keys of the outermost level that mean nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub noise: Vec<String>,
}

impl Dialogue {
    /// The record without its disguise; an error says what does not go back.
    pub fn undisguised(&self) -> Result<Dialogue, String> {
        let mut out = self.clone();
        let Some(disguise) = out.disguise.take() else { return Ok(out) };
        if let Some(dress) = &disguise.results {
            undress(&mut out, dress)?;
        }
        let names: IndexMap<String, String> = disguise.tools.iter().map(|(shown, alias)| (shown.clone(), alias.name.clone())).collect();
        if let Some(unknown) = names.keys().find(|shown| self.tool(shown).is_none()) {
            return Err(format!("`{unknown}` has another name and is not offered"));
        }
        let parameters = |shown: &str| disguise.tools.get(shown).map(|alias| alias.parameters.clone()).unwrap_or_default();
        rename(&mut out, &names, parameters);
        let mut known: Vec<&str> = out.tools.iter().map(|tool| tool.name.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        if known.len() < out.tools.len() {
            return Err("two tools have one name".into());
        }
        Ok(out)
    }
}

/// Gives tools, and parameters of tools, other names everywhere: in schemas, descriptions, calls, sources, goals. `parameters` is asked with the
/// name that the tool has now.
pub fn rename(dialogue: &mut Dialogue, tools: &IndexMap<String, String>, parameters: impl Fn(&str) -> IndexMap<String, String>) {
    let new_tool = |name: &mut String| {
        if let Some(new) = tools.get(name.as_str()) {
            *name = new.clone();
        }
    };
    for spec in &mut dialogue.tools {
        let own = parameters(&spec.name);
        // A tool speaks of other tools, and of its own parameters.
        let words: IndexMap<String, String> = tools.iter().chain(&own).map(|(a, b)| (a.clone(), b.clone())).collect();
        spec.description = replace_words(&spec.description, &words);
        rename_schema(&mut spec.parameters, &own);
        describe(&mut spec.parameters, &words);
        new_tool(&mut spec.name);
    }
    for turn in &mut dialogue.turns {
        for call in &mut turn.calls {
            let own = parameters(&call.tool);
            if let Value::Object(map) = &mut call.arguments {
                *map = renamed_keys(std::mem::take(map), &own);
            }
            let sources = std::mem::take(&mut call.provenance);
            call.provenance = sources.into_iter().map(|(pointer, source)| (first_part(&pointer, &own), in_schema(source, &own))).collect();
            if let Some(super::Mistake::WrongArgument { pointer, .. }) = &mut call.mistake {
                *pointer = first_part(pointer, &own);
            }
            new_tool(&mut call.tool);
        }
    }
    dialogue.goals.iter_mut().for_each(|goal| new_tool(&mut goal.tool));
    for relation in &mut dialogue.relations {
        new_tool(&mut relation.from);
        new_tool(&mut relation.to);
    }
}

fn rename_schema(schema: &mut Value, names: &IndexMap<String, String>) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        *properties = renamed_keys(std::mem::take(properties), names);
    }
    for name in schema.get_mut("required").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(new) = name.as_str().and_then(|old| names.get(old)) {
            *name = Value::String(new.clone());
        }
    }
}

/// The texts of a schema in other words.
fn describe(schema: &mut Value, words: &IndexMap<String, String>) {
    match schema {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                match value {
                    Value::String(text) if key == "description" => *text = replace_words(text, words),
                    other => describe(other, words),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| describe(item, words)),
        _ => {}
    }
}

fn renamed_keys(map: Map<String, Value>, names: &IndexMap<String, String>) -> Map<String, Value> {
    map.into_iter().map(|(key, value)| (names.get(&key).cloned().unwrap_or(key), value)).collect()
}

/// A pointer whose first part has another name.
fn first_part(pointer: &str, names: &IndexMap<String, String>) -> String {
    let Some(rest) = pointer.strip_prefix('/') else { return pointer.to_string() };
    let (first, tail) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    match names.get(&first.replace("~1", "/").replace("~0", "~")) {
        Some(new) => format!("/{}{tail}", new.replace('~', "~0").replace('/', "~1")),
        None => pointer.to_string(),
    }
}

/// A default lies in the schema of the parameters.
fn in_schema(source: Provenance, names: &IndexMap<String, String>) -> Provenance {
    match source {
        Provenance::Default { pointer } => {
            let inner = pointer.strip_prefix("/properties").map(|inside| format!("/properties{}", first_part(inside, names)));
            Provenance::Default { pointer: inner.unwrap_or(pointer) }
        }
        other => other,
    }
}

/// Whole words in place of others; a word has letters, digits, `_` and `-`.
pub fn replace_words(text: &str, words: &IndexMap<String, String>) -> String {
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(inside) {
        out.push_str(&rest[..start]);
        let end = start + rest[start..].find(|c| !inside(c)).unwrap_or(rest.len() - start);
        let word = &rest[start..end];
        // Everyday words are names only where they look like names.
        let name = word.contains(['_', '-']) || word.chars().any(|c| c.is_ascii_digit()) || word.chars().skip(1).any(char::is_uppercase);
        out.push_str(words.get(word).filter(|_| name).map_or(word, String::as_str));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn undress(dialogue: &mut Dialogue, dress: &Dress) -> Result<(), String> {
    let mut failed: Vec<usize> = Vec::new();
    for result in dialogue.turns.iter_mut().flat_map(|turn| &mut turn.results) {
        if result.is_error {
            failed.push(result.call);
            continue;
        }
        result.value = unwrapped(std::mem::take(&mut result.value), dress)
            .ok_or_else(|| format!("the result of call {} is not wrapped", result.call))?;
    }
    let inner = |pointer: &str| {
        let bare = match &dress.envelope {
            Some(key) => pointer.strip_prefix(&format!("/{key}"))?,
            None => pointer,
        };
        Some(mapped(bare, &dress.keys))
    };
    for source in dialogue.turns.iter_mut().flat_map(|turn| &mut turn.calls).flat_map(|call| call.provenance.values_mut()) {
        repoint(source, &inner)?;
    }
    Ok(())
}

fn unwrapped(value: Value, dress: &Dress) -> Option<Value> {
    let mut value = value;
    if !dress.noise.is_empty() {
        let map = value.as_object_mut()?;
        for key in &dress.noise {
            map.shift_remove(key)?;
        }
    }
    if let Some(key) = &dress.envelope {
        let mut map = match value {
            Value::Object(map) if map.len() == 1 => map,
            _ => return None,
        };
        value = map.shift_remove(key)?;
    }
    Some(with_keys(value, &dress.keys))
}

/// A value whose objects have other keys, on all levels.
pub fn with_keys(value: Value, keys: &IndexMap<String, String>) -> Value {
    match value {
        Value::Object(map) => {
            let inner = map.into_iter().map(|(key, value)| (keys.get(&key).cloned().unwrap_or(key), with_keys(value, keys)));
            Value::Object(inner.collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(|item| with_keys(item, keys)).collect()),
        other => other,
    }
}

/// A pointer with other keys.
pub fn mapped(pointer: &str, keys: &IndexMap<String, String>) -> String {
    pointer.split('/').map(|part| keys.get(part).map_or(part, String::as_str)).collect::<Vec<_>>().join("/")
}

/// Sources that lead into results lead elsewhere.
pub fn repoint(source: &mut Provenance, to: &impl Fn(&str) -> Option<String>) -> Result<(), String> {
    match source {
        Provenance::ToolResult { pointer, .. } => *pointer = to(pointer).ok_or_else(|| format!("{pointer} leads to no result"))?,
        Provenance::Derived { inputs, .. } => {
            for input in inputs {
                repoint(input, to)?;
            }
        }
        _ => {}
    }
    Ok(())
}
