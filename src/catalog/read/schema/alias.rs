//! Foreign type names as JSON Schema: `dict`, `List[str]`, `list(str)`, `int or None`, `ShortString`.

use serde_json::{Map, Value, json};

/// The seven types of JSON Schema.
pub(super) const JSON_TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "object", "array", "null"];

/// What a foreign type name means: the keywords to put in its place. An empty map means that any value is allowed; `None` that
/// the name is not known. A JSON type gives itself.
pub(crate) fn read_type(name: &str) -> Option<Map<String, Value>> {
    read(name, 0)
}

/// Type names nest in type names (`list[list[int]]`) to this depth.
const MAX_NESTING: usize = 8;

fn read(name: &str, depth: usize) -> Option<Map<String, Value>> {
    let name = name.trim().trim_matches(['`', '\'', '"']).trim();
    if name.is_empty() || depth > MAX_NESTING {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    if let Some(fragment) = simple(&lower) {
        return as_map(fragment);
    }
    if let Some(inner) = name.strip_suffix("[]") {
        return array_of(inner, depth);
    }
    let unions = split_outside(name, &["|", " or ", "/"]);
    if unions.len() > 1 {
        return union(&unions, depth);
    }
    for of in ["array of ", "list of ", "lists of ", "set of ", "tuple of "] {
        if lower.starts_with(of) {
            let item = name[of.len()..].trim();
            let singular = item.strip_suffix('s').unwrap_or(item);
            return array_of(singular, depth).or_else(|| array_of(item, depth));
        }
    }
    generic(name, &lower, depth)
}

fn simple(lower: &str) -> Option<Value> {
    Some(match lower {
        "string" | "str" | "text" | "varchar" | "char" | "character" | "shortstring" | "longstring" | "categorical" | "enum" | "time"
        | "timestamp" | "password" | "phone_number" | "phone" | "id" | "file" | "image" | "audio" | "video" | "path" | "color"
        | "bytes" => json!({"type": "string"}),
        "date" => json!({"type": "string", "format": "date"}),
        "datetime" | "date-time" | "date_time" => json!({"type": "string", "format": "date-time"}),
        "email" => json!({"type": "string", "format": "email"}),
        "url" | "uri" | "link" => json!({"type": "string", "format": "uri"}),
        "uuid" | "guid" => json!({"type": "string", "format": "uuid"}),
        "number" | "float" | "double" | "num" | "numeric" | "decimal" | "real" | "float32" | "float64" => json!({"type": "number"}),
        "integer" | "int" | "long" | "short" | "int8" | "int16" | "int32" | "int64" | "bigint" | "uint" | "uint32" | "uint64" => {
            json!({"type": "integer"})
        }
        "boolean" | "bool" => json!({"type": "boolean"}),
        "object" | "dict" | "dictionary" | "map" | "mapping" | "hash" | "json" | "struct" | "record" | "hashmap" => {
            json!({"type": "object"})
        }
        "array" | "list" | "tuple" | "set" | "sequence" | "iterable" | "arraylist" => json!({"type": "array"}),
        "null" | "none" | "nonetype" | "nil" | "void" => json!({"type": "null"}),
        "any" | "mixed" | "variant" | "unknown" => json!({}),
        _ => return None,
    })
}

/// `list(str)`, `Dict[str, int]`, `Optional[int]`, `Literal['a', 'b']`.
fn generic(name: &str, lower: &str, depth: usize) -> Option<Map<String, Value>> {
    let open = name.find(['(', '[', '<'])?;
    let inner = name[open + 1..].strip_suffix([')', ']', '>'])?;
    let parts = split_outside(inner, &[","]);
    match lower[..open].trim().rsplit(['.', ' ']).next().unwrap_or_default() {
        "optional" => read(inner, depth + 1),
        "union" => union(&parts, depth),
        "literal" | "enum" => {
            let values: Vec<&str> = parts.iter().map(|part| part.trim().trim_matches(['\'', '"'])).collect();
            as_map(json!({"type": "string", "enum": values}))
        }
        head => {
            let mut fragment = as_map(simple(head)?)?;
            match fragment.get("type").and_then(Value::as_str) {
                Some("array") if parts.len() == 1 => return array_of(inner, depth),
                Some("object") if parts.len() == 2 => {
                    if let Some(values) = read(parts[1], depth + 1).filter(|values| !values.is_empty()) {
                        fragment.insert("additionalProperties".into(), values.into());
                    }
                }
                _ => {}
            }
            Some(fragment)
        }
    }
}

fn array_of(item: &str, depth: usize) -> Option<Map<String, Value>> {
    let items = read(item, depth + 1)?;
    let mut fragment = as_map(json!({"type": "array"}))?;
    if !items.is_empty() {
        fragment.insert("items".into(), items.into());
    }
    Some(fragment)
}

/// A union of plain types as a list of types; `None` in it is dropped, since an absent value is left out of a call.
fn union(parts: &[&str], depth: usize) -> Option<Map<String, Value>> {
    let mut kept: Vec<Map<String, Value>> = Vec::new();
    for part in parts {
        let fragment = read(part, depth + 1)?;
        if fragment.is_empty() {
            return Some(fragment);
        }
        if fragment["type"] != "null" && !kept.contains(&fragment) {
            kept.push(fragment);
        }
    }
    match kept.len() {
        0 => as_map(json!({"type": "null"})),
        1 => kept.pop(),
        _ if kept.iter().all(|fragment| fragment.len() == 1) => {
            let types: Vec<Value> = kept.iter().filter_map(|fragment| fragment.get("type").cloned()).collect();
            as_map(json!({"type": types}))
        }
        _ => as_map(json!({"anyOf": kept})),
    }
}

/// Splits at separators that stand outside brackets.
fn split_outside<'a>(text: &'a str, separators: &[&str]) -> Vec<&'a str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0i32);
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let separator = separators.iter().find(|separator| depth == 0 && rest.starts_with(**separator));
        if let Some(separator) = separator {
            parts.push(&text[start..at]);
            at += separator.len();
            start = at;
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        depth += i32::from("([<".contains(c)) - i32::from(")]>".contains(c));
        at += c.len_utf8();
    }
    parts.push(&text[start..]);
    parts
}

fn as_map(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_type_names_are_read() {
        for (name, expected) in [
            ("string", json!({"type": "string"})),
            ("String", json!({"type": "string"})),
            ("dict", json!({"type": "object"})),
            ("Number", json!({"type": "number"})),
            ("long", json!({"type": "integer"})),
            ("any", json!({})),
            ("date", json!({"type": "string", "format": "date"})),
            ("list(str)", json!({"type": "array", "items": {"type": "string"}})),
            ("List[str]", json!({"type": "array", "items": {"type": "string"}})),
            (
                "typing.List[Dict[str, int]]",
                json!({"type": "array", "items": {"type": "object", "additionalProperties": {"type": "integer"}}}),
            ),
            ("int[]", json!({"type": "array", "items": {"type": "integer"}})),
            ("array of strings", json!({"type": "array", "items": {"type": "string"}})),
            ("Optional[int]", json!({"type": "integer"})),
            ("int or None", json!({"type": "integer"})),
            ("str | float", json!({"type": ["string", "number"]})),
            ("Union[str, List[str]]", json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})),
            ("Literal['a', 'b']", json!({"type": "string", "enum": ["a", "b"]})),
            ("tuple[float, float]", json!({"type": "array"})),
        ] {
            assert_eq!(read_type(name).map(Value::from), Some(expected), "{name}");
        }
        for name in ["", "Reservation", "list(", "list[widget]", "|", "né[]"] {
            assert_eq!(read_type(name), None, "{name}");
        }
        assert_eq!(read_type(&"list[".repeat(5_000)), None);
        assert_eq!(read_type(&format!("{}int{}", "list[".repeat(5_000), "]".repeat(5_000))), None);
    }
}
