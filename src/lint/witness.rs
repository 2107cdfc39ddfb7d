//! A call that was valid by one schema and is not by another.

use jsonschema::Validator;
use jsonschema::canonical::{Containment, options};
use serde_json::{Map, Value, json};

/// What a comparison of two schemas gives.
#[derive(Debug, PartialEq)]
pub enum Compared {
    /// Every value of the old one is a value of the new one.
    Compatible,
    /// This value of the old one is none of the new one, with what the new one says of it.
    Breaks(Value, String),
    /// Proven, without an example.
    Narrower,
    Unknown,
}

/// Compares by proof where that is possible, and by trying values.
pub fn compare(old: &Value, new: &Value) -> Compared {
    if old == new {
        return Compared::Compatible;
    }
    let canonical = |schema: &Value| options().offline().canonicalize(schema).ok();
    // A name that is new takes nothing from those who never wrote it: only what was described is asked for.
    let described = closed(old, DEPTH);
    let proof = match (canonical(new), canonical(&described)) {
        (Some(new), Some(old)) => new.covers(&old).ok(),
        _ => None,
    };
    let build = |schema: &Value| jsonschema::options().offline().build(schema).ok();
    if let (Some(was), Some(is)) = (build(old), build(new)) {
        let broken = calls(old).into_iter().find(|call| was.is_valid(call) && !is.is_valid(call));
        if let Some(call) = broken {
            let call = smaller(call, &was, &is);
            let reason = is.iter_errors(&call).next().map(|error| error.to_string()).unwrap_or_default();
            return Compared::Breaks(call, reason);
        }
    }
    match proof {
        Some(Containment::Yes) => Compared::Compatible,
        Some(Containment::No) => Compared::Narrower,
        _ => Compared::Unknown,
    }
}

/// The same without the properties that an open object allows beside those that it describes.
fn closed(schema: &Value, depth: usize) -> Value {
    let Value::Object(map) = schema else { return schema.clone() };
    if depth == 0 {
        return schema.clone();
    }
    let mut out = map.clone();
    if let Some(Value::Object(properties)) = out.get_mut("properties") {
        properties.values_mut().for_each(|inner| *inner = closed(inner, depth - 1));
        let combined = ["allOf", "anyOf", "oneOf", "$ref", "patternProperties", "if"].iter().any(|key| map.contains_key(*key));
        if !map.contains_key("additionalProperties") && !combined {
            out.insert("additionalProperties".into(), Value::Bool(false));
        }
    }
    if let Some(items) = out.get_mut("items") {
        *items = closed(items, depth - 1);
    }
    out.into()
}

/// Leaves out what the example does not need.
fn smaller(call: Value, was: &Validator, is: &Validator) -> Value {
    let Value::Object(mut map) = call else { return call };
    for key in map.keys().cloned().collect::<Vec<_>>() {
        let mut less = map.clone();
        less.shift_remove(&key);
        let value = Value::Object(less.clone());
        if was.is_valid(&value) && !is.is_valid(&value) {
            map = less;
        }
    }
    map.into()
}

const MANY: usize = 600;
const DEPTH: usize = 6;

/// Calls that try the corners of a schema: nothing but what is required, everything, and each parameter with each of its values.
fn calls(schema: &Value) -> Vec<Value> {
    let mut out = values(schema, schema, DEPTH);
    out.truncate(MANY);
    out
}

/// Values of a schema, the plainest first. Some may be none: the validators decide.
fn values(schema: &Value, root: &Value, depth: usize) -> Vec<Value> {
    let Value::Object(map) = schema else { return vec![json!("text"), json!(1)] };
    if let Some(target) = map.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#')).and_then(|to| root.pointer(to)) {
        return if depth == 0 { vec![Value::Null] } else { values(target, root, depth - 1) };
    }
    let mut out: Vec<Value> = Vec::new();
    let mut add = |value: Value| {
        if !out.contains(&value) && out.len() < MANY {
            out.push(value);
        }
    };
    map.get("const").cloned().into_iter().for_each(&mut add);
    for key in ["enum", "examples"] {
        map.get(key).and_then(Value::as_array).into_iter().flatten().cloned().for_each(&mut add);
    }
    for key in ["example", "default"] {
        map.get(key).cloned().into_iter().for_each(&mut add);
    }
    for key in ["anyOf", "oneOf"] {
        for branch in map.get(key).and_then(Value::as_array).into_iter().flatten().filter(|_| depth > 0) {
            values(branch, root, depth - 1).into_iter().take(8).for_each(&mut add);
        }
    }
    let declared = super::view::types(map);
    let kinds: Vec<&str> = match declared.is_empty() {
        false => declared,
        true if map.contains_key("properties") || map.contains_key("allOf") => vec!["object"],
        true => vec!["string", "integer", "boolean"],
    };
    for kind in kinds {
        match kind {
            "string" => texts(map).into_iter().for_each(&mut add),
            "integer" | "number" => numbers(map, kind == "number").into_iter().for_each(&mut add),
            "boolean" => [json!(true), json!(false)].into_iter().for_each(&mut add),
            "null" => add(Value::Null),
            "array" => lists(map, root, depth).into_iter().for_each(&mut add),
            "object" => objects(map, root, depth).into_iter().for_each(&mut add),
            _ => {}
        }
    }
    out
}

fn texts(map: &Map<String, Value>) -> Vec<Value> {
    let number = |key: &str| map.get(key).and_then(Value::as_u64).map(|n| n.min(4_000) as usize);
    let mut out: Vec<String> = match map.get("format").and_then(Value::as_str) {
        Some("date") => vec!["2026-05-04".into()],
        Some("date-time") => vec!["2026-05-04T10:00:00Z".into()],
        Some("time") => vec!["10:00:00".into()],
        Some("email") => vec!["ada@example.org".into()],
        Some("uri" | "url") => vec!["https://example.org/a".into()],
        Some("uuid") => vec!["123e4567-e89b-12d3-a456-426614174000".into()],
        _ => Vec::new(),
    };
    out.extend(["text".into(), "12".into(), "A-1".into(), "ABC".into(), "a".into(), "abc123".into()]);
    if let Some(least) = number("minLength") {
        out.push("a".repeat(least));
    }
    out.push("a".repeat(number("maxLength").unwrap_or(300)));
    out.push(String::new());
    out.into_iter().map(Value::from).collect()
}

fn numbers(map: &Map<String, Value>, fraction: bool) -> Vec<Value> {
    let bound = |key: &str| map.get(key).and_then(Value::as_i64);
    let mut out: Vec<Value> = Vec::new();
    for n in [bound("minimum"), bound("maximum"), bound("exclusiveMinimum").map(|n| n + 1), bound("exclusiveMaximum").map(|n| n - 1)]
        .into_iter()
        .flatten()
    {
        out.push(n.into());
    }
    out.extend([1, 0, 2, 10, 100, 1_000_000, -1].map(Value::from));
    if fraction {
        out.extend([0.5, 1.25].map(Value::from));
    }
    out
}

fn lists(map: &Map<String, Value>, root: &Value, depth: usize) -> Vec<Value> {
    let least = map.get("minItems").and_then(Value::as_u64).unwrap_or(0).min(50) as usize;
    let items = match map.get("items").filter(|_| depth > 0) {
        Some(items) => values(items, root, depth - 1),
        None => vec![json!("text")],
    };
    let first = items.first().cloned().unwrap_or(Value::Null);
    let mut out: Vec<Value> = items.iter().take(12).map(|item| Value::from(vec![item.clone(); least.max(1)])).collect();
    out.push(Value::from(items.iter().take(least.max(2)).cloned().collect::<Vec<_>>()));
    if let Some(most) = map.get("maxItems").and_then(Value::as_u64) {
        out.push(vec![first; most.min(200) as usize].into());
    }
    out.push(json!([]));
    out
}

fn objects(map: &Map<String, Value>, root: &Value, depth: usize) -> Vec<Value> {
    let mut properties: Vec<(&String, Vec<Value>)> = Vec::new();
    let mut required: Vec<&str> = Vec::new();
    gather(map, root, depth, &mut properties, &mut required);
    let first = |name: &str| properties.iter().find(|(key, _)| *key == name).and_then(|(_, values)| values.first().cloned());
    let least: Map<String, Value> = required.iter().map(|name| ((*name).to_owned(), first(name).unwrap_or(json!("text")))).collect();
    let mut out = vec![Value::Object(least.clone())];
    let mut all = least.clone();
    for (name, values) in &properties {
        if let Some(value) = values.first() {
            all.entry((*name).clone()).or_insert_with(|| value.clone());
        }
        for value in values.iter().take(24) {
            let mut one = least.clone();
            one.insert((*name).clone(), value.clone());
            out.push(one.into());
        }
    }
    out.push(all.into());
    // Open objects took anything else.
    if map.get("additionalProperties") != Some(&json!(false)) {
        let mut more = least;
        more.insert("anything_else".into(), json!("text"));
        out.push(more.into());
    }
    out
}

fn gather<'a>(
    map: &'a Map<String, Value>,
    root: &'a Value,
    depth: usize,
    properties: &mut Vec<(&'a String, Vec<Value>)>,
    required: &mut Vec<&'a str>,
) {
    if depth == 0 {
        return;
    }
    for (name, schema) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
        properties.push((name, values(schema, root, depth - 1)));
    }
    required.extend(map.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str));
    for branch in map.get("allOf").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        gather(branch, root, depth - 1, properties, required);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(properties: Value, required: &[&str]) -> Value {
        json!({"type": "object", "properties": properties, "required": required})
    }

    #[test]
    fn a_call_that_breaks_is_shown_at_its_smallest() {
        let city = json!({"city": {"type": "string"}, "nights": {"type": "integer", "minimum": 1, "maximum": 30}});
        let old = tool(city.clone(), &["city"]);
        let broken = |new: Value| match compare(&old, &new) {
            Compared::Breaks(call, _) => call,
            other => panic!("{other:?}"),
        };
        assert_eq!(broken(tool(city.clone(), &["city", "nights"])), json!({"city": "text"}));
        let narrower = json!({"city": {"type": "string"}, "nights": {"type": "integer", "minimum": 1, "maximum": 14}});
        assert_eq!(broken(tool(narrower, &["city"])), json!({"city": "text", "nights": 30}));
        let chosen = json!({"city": {"enum": ["Oslo"]}, "nights": {"type": "integer", "minimum": 1, "maximum": 30}});
        assert_eq!(broken(tool(chosen, &["city"])), json!({"city": "text"}));
        let mut closed = tool(city.clone(), &["city"]);
        closed["additionalProperties"] = json!(false);
        assert_eq!(broken(closed), json!({"city": "text", "anything_else": "text"}));
    }

    #[test]
    fn more_than_before_breaks_nothing() {
        let old = tool(json!({"city": {"type": "string", "enum": ["Oslo"]}}), &["city"]);
        let new = tool(json!({"city": {"type": "string", "description": "x"}, "nights": {"type": "integer"}}), &["city"]);
        // A new optional parameter takes away from what an open object allowed under its name, which nobody relied on.
        assert!(!matches!(compare(&old, &new), Compared::Breaks(..)));
        assert_eq!(compare(&old, &old), Compared::Compatible);
    }
}
