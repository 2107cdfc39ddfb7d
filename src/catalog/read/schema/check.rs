//! What makes a schema unusable.

use super::mend::clip;
use super::plain::is_plain;
use super::walk;
use serde_json::{Map, Value};

/// Schemas larger than this, written as JSON, are refused.
pub(crate) const MAX_SCHEMA: usize = 1 << 20;
/// Schemas nested deeper than this are refused: what they go into must be readable by parsers that stop at 128.
pub(crate) const MAX_SCHEMA_DEPTH: usize = 100;

/// Why a tool cannot be used: a reason that begins with a code, and a cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub reason: String,
    pub cure: String,
}

impl Refusal {
    pub(crate) fn new(reason: impl Into<String>, cure: impl Into<String>) -> Self {
        Refusal { reason: reason.into(), cure: cure.into() }
    }
}

/// The schema of the parameters: an object at its root, valid, and with at least one value.
pub(crate) fn check(schema: &Value) -> Result<(), Refusal> {
    root(schema)?;
    check_result(schema)?;
    each_node(schema)?;
    satisfiable(schema)
}

/// The schema of a result: any type at its root, valid.
pub(crate) fn check_result(schema: &Value) -> Result<(), Refusal> {
    if depth(schema) > MAX_SCHEMA_DEPTH {
        return Err(Refusal::new(format!("too-deep: the schema is nested more than {MAX_SCHEMA_DEPTH} levels deep"), "flatten it"));
    }
    let mut counter = Counter(0);
    let size = serde_json::to_writer(&mut counter, schema).map_or(0, |()| counter.0);
    if size > MAX_SCHEMA {
        let reason = format!("too-large: the schema has {} KiB, and at most {} KiB are used", size >> 10, MAX_SCHEMA >> 10);
        return Err(Refusal::new(reason, "cut it down to what a caller needs"));
    }
    refs(schema)?;
    valid(schema)
}

/// Counts what is written to it.
struct Counter(usize);

impl std::io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn root(schema: &Value) -> Result<(), Refusal> {
    let fault = match schema {
        Value::Object(map) => match map.get("type") {
            Some(Value::String(kind)) if kind == "object" => return Ok(()),
            Some(Value::Array(kinds)) if kinds.iter().any(|kind| kind == "object") => return Ok(()),
            Some(kind) => format!("the type at its root is {kind}"),
            None => return Ok(()),
        },
        other => format!("it is {}", clip(&other.to_string())),
    };
    Err(Refusal::new(
        format!("root-not-object: the parameters are no object schema: {fault}"),
        "give `parameters` as a JSON Schema with `type: object` and `properties`",
    ))
}

/// `$ref` must lead into the schema itself, to something, and not back to itself.
fn refs(schema: &Value) -> Result<(), Refusal> {
    let mut fault = None;
    walk::each(schema, &mut |map, pointer| {
        let Some(target) = map.get("$ref").filter(|_| fault.is_none()) else { return };
        fault = target.as_str().map_or_else(
            || Some(Refusal::new(format!("ref-unresolved: the `$ref` at {pointer} is no text"), "write a pointer such as `#/$defs/Name`")),
            |target| follow(schema, target, pointer).err(),
        );
    });
    fault.map_or(Ok(()), Err)
}

fn follow(schema: &Value, target: &str, pointer: &str) -> Result<(), Refusal> {
    let mut seen: Vec<&str> = Vec::new();
    let mut target = target;
    loop {
        if target.contains("://") && !target.starts_with("file:") {
            let reason = format!("ref-remote: `$ref` at {pointer} leads to {}, and nothing is fetched", clip(target));
            return Err(Refusal::new(reason, "put what it names under `$defs`"));
        }
        let Some(place) = target.strip_prefix('#') else {
            let reason = format!("ref-file: `$ref` at {pointer} leads to the file {}, and other files are not read", clip(target));
            return Err(Refusal::new(reason, "put what it names under `$defs`"));
        };
        if seen.contains(&target) {
            return Err(Refusal::new(format!("ref-cycle: `$ref` at {pointer} leads back to itself"), "let it lead to a schema"));
        }
        seen.push(target);
        let anchor_or_pointer = percent_decoded(place);
        let found = if place.is_empty() || place.starts_with('/') { schema.pointer(&anchor_or_pointer) } else { anchor(schema, place) };
        match found {
            None => {
                let reason = format!("ref-unresolved: `$ref` at {pointer} leads to {}, which is not there", clip(target));
                return Err(Refusal::new(reason, "define it under `$defs` or correct the pointer"));
            }
            Some(Value::Object(map)) => match map.get("$ref").and_then(Value::as_str) {
                Some(next) => target = next,
                None => return Ok(()),
            },
            Some(_) => return Ok(()),
        }
    }
}

fn anchor<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    let mut found = None;
    walk::each(schema, &mut |map, pointer| {
        if ["$anchor", "$dynamicAnchor"].iter().any(|key| map.get(*key).is_some_and(|anchor| anchor == name)) {
            found = found.or_else(|| schema.pointer(pointer));
        }
    });
    found
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.as_bytes().iter();
    while let Some(&byte) = bytes.next() {
        let rest = bytes.as_slice();
        let code =
            if byte == b'%' { rest.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) } else { None };
        out.push(code.unwrap_or(byte));
        if code.is_some() {
            bytes.nth(1);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Keys, enums and bounds of every node.
fn each_node(schema: &Value) -> Result<(), Refusal> {
    let mut fault = None;
    walk::each(schema, &mut |map, pointer| {
        if fault.is_none() {
            fault = node(map, pointer).err();
        }
    });
    fault.map_or(Ok(()), Err)
}

fn node(map: &Map<String, Value>, pointer: &str) -> Result<(), Refusal> {
    let at = if pointer.is_empty() { "the root" } else { pointer };
    if let Some(Value::Object(properties)) = map.get("properties") {
        for key in properties.keys() {
            if key.trim().is_empty() {
                return Err(Refusal::new(format!("param-name-empty: a parameter at {at} has no name"), "name it"));
            }
            if let Some(points) = super::super::harvest::invisible(key) {
                let reason = format!("invisible-unicode: the name of a parameter at {at} has invisible characters: {points}");
                return Err(Refusal::new(reason, "write the name with visible characters only"));
            }
        }
    }
    if let Some(Value::Array(values)) = map.get("enum") {
        if values.is_empty() {
            return Err(Refusal::new(format!("enum-empty: the enum at {at} has no value"), "list its values or remove it"));
        }
        if let Some(kind) = map.get("type").filter(|kind| !values.iter().any(|value| is_of(value, kind))) {
            let reason = format!("enum-type-mismatch: no value of the enum at {at} is of its type {kind}");
            return Err(Refusal::new(reason, "give the values the type, or the type to the values"));
        }
    }
    for (low, high) in [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")] {
        if let (Some(low_value), Some(high_value)) = (number(map, low), number(map, high))
            && low_value > high_value
        {
            let reason = format!("contradictory-bounds: `{low}` {low_value} is above `{high}` {high_value} at {at}");
            return Err(Refusal::new(reason, "exchange or correct the two"));
        }
    }
    Ok(())
}

fn number(map: &Map<String, Value>, key: &str) -> Option<f64> {
    map.get(key).and_then(Value::as_f64)
}

fn is_of(value: &Value, kind: &Value) -> bool {
    match kind {
        Value::Array(kinds) => kinds.iter().any(|kind| is_of(value, kind)),
        Value::String(kind) => match kind.as_str() {
            "string" => value.is_string(),
            "number" => value.is_number(),
            "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            "boolean" => value.is_boolean(),
            "object" => value.is_object(),
            "array" => value.is_array(),
            "null" => value.is_null(),
            _ => true,
        },
        _ => true,
    }
}

/// By the metaschema of the draft that it names (2020-12 when it names none), and can be compiled: patterns too.
fn valid(schema: &Value) -> Result<(), Refusal> {
    if is_plain(schema) {
        return Ok(());
    }
    let draft = schema.get("$schema").and_then(Value::as_str);
    let known =
        draft.is_none_or(|draft| ["2020-12", "2019-09", "draft-07", "draft-06", "draft-04"].iter().any(|name| draft.contains(name)));
    if !known {
        let reason = format!("metaschema-invalid: `$schema` names the unknown draft {}", clip(draft.unwrap_or_default()));
        return Err(Refusal::new(reason, "use https://json-schema.org/draft/2020-12/schema or leave it out"));
    }
    let verdict = match draft {
        None => jsonschema::draft202012::meta::validate(schema),
        Some(_) => jsonschema::meta::validate(schema),
    };
    if let Err(error) = verdict {
        let place = error.instance_path().to_string();
        let place = if place.is_empty() { "the root".to_owned() } else { place };
        let reason = format!("metaschema-invalid: not a valid JSON Schema at {place}: {}", clip(&error.to_string()));
        return Err(Refusal::new(reason, "correct it by the JSON Schema specification"));
    }
    if let Err(error) = jsonschema::options().offline().build(schema) {
        let place = error.instance_path().to_string();
        let reason = format!("bad-pattern: the schema cannot be compiled: {} {}", clip(&error.to_string()), place);
        return Err(Refusal::new(reason.trim_end(), "correct the pattern or the reference"));
    }
    Ok(())
}

fn satisfiable(schema: &Value) -> Result<(), Refusal> {
    // Only a conjunction can hide a contradiction that `node` does not see; the proof is not cheap.
    let mut conjoined = false;
    walk::each(schema, &mut |map, _| conjoined |= ["allOf", "not", "const"].iter().any(|key| map.contains_key(*key)));
    if !conjoined {
        return Ok(());
    }
    let proof = jsonschema::canonical::options().offline().canonicalize(schema);
    match proof.map(|canonical| canonical.satisfiability()) {
        Ok(jsonschema::canonical::Satisfiability::No) => Err(Refusal::new(
            "unsatisfiable: no arguments can meet this schema",
            "look for conditions under `allOf` that exclude each other",
        )),
        _ => Ok(()),
    }
}

/// Levels of nesting. Documents are at most [`super::super::MAX_DEPTH`] deep when they are parsed, and what is put together
/// from references is checked while that is done, so the recursion is bounded.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
