//! Rewriting foreign spellings into JSON Schema, with a tally of what was done.
//!
//! A schema that has none of these spellings comes out equal to what went in, key order included.

use super::alias::{JSON_TYPES, read_type};
use super::{allows, walk};
use indexmap::IndexMap;
use serde_json::{Map, Value};

/// Descriptions are cut at this many bytes (of the tool, and of anything in its schema).
pub(crate) const MAX_DESCRIPTION: usize = 64 << 10;

/// What was rewritten: message → how often, and where first.
#[derive(Debug, Default)]
pub(crate) struct Tally(IndexMap<String, (u32, String)>);

impl Tally {
    pub(crate) fn add(&mut self, message: impl Into<String>, pointer: &str) {
        self.0.entry(message.into()).or_insert_with(|| (0, pointer.to_owned())).0 += 1;
    }

    /// One text for each kind of change: "non-json-type: `dict` read as `object` (3 times, first at /parameters)".
    pub(crate) fn messages(self) -> impl Iterator<Item = String> {
        self.0.into_iter().map(|(message, (times, first))| {
            let place = if first.is_empty() { "the root".to_owned() } else { first };
            if times == 1 { format!("{message} (at {place})") } else { format!("{message} ({times} times, first at {place})") }
        })
    }
}

/// Rewrites a schema and everything below it. `pointer` is where it stands, for the tally.
pub(crate) fn mend(schema: &mut Value, pointer: &str, tally: &mut Tally) {
    let legacy = schema.get("$schema").and_then(Value::as_str).is_some_and(|draft| !draft.contains("2020-12"));
    Mender { legacy, tally }.node(schema, &mut pointer.to_owned());
}

struct Mender<'a> {
    /// An older draft is declared, in which some spellings are right.
    legacy: bool,
    tally: &'a mut Tally,
}

impl Mender<'_> {
    fn node(&mut self, schema: &mut Value, pointer: &mut String) {
        if let Value::String(name) = schema {
            // `"items": "str"`: a type name in the place of a schema.
            if let Some(fragment) = read_type(name) {
                self.tally.add(format!("non-json-type: the bare type name `{name}` read as a schema"), pointer);
                *schema = fragment.into();
            }
        }
        let Value::Object(map) = schema else { return };
        self.keywords(map, pointer);
        self.quoted(map, pointer);
        self.whole(map, pointer);
        self.kind(map, pointer);
        if !self.legacy {
            self.bounds(map, pointer);
        }
        self.flags(map, pointer);
        self.required(map, pointer);
        self.description(map, pointer);
        walk::children_mut(map, pointer, |_, inner, pointer| self.node(inner, pointer));
    }

    /// Keywords that other formats spell in another way.
    fn keywords(&mut self, map: &mut Map<String, Value>, pointer: &str) {
        for (foreign, ours) in [("item", "items"), ("allowed_values", "enum"), ("possible_values", "enum")] {
            if map.get(foreign).is_some_and(|value| value.is_object() || value.is_array()) && !map.contains_key(ours) {
                rename(map, foreign, ours);
                self.tally.add(format!("foreign-keyword: `{foreign}` read as `{ours}`"), pointer);
            }
        }
        if map.get("examples").is_some_and(|examples| examples.is_string()) {
            let examples = map.get_mut("examples").map(Value::take);
            map.insert("examples".into(), Value::Array(examples.into_iter().collect()));
            self.tally.add("foreign-keyword: a single text under `examples` read as a list of one", pointer);
        }
        if !self.legacy && map.get("items").is_some_and(Value::is_array) && !map.contains_key("prefixItems") {
            rename(map, "items", "prefixItems");
            self.tally.add("foreign-keyword: `items` with a list read as `prefixItems`", pointer);
        }
    }

    /// Numbers and truth values in quotes: `"maximum": "50"`, `"additionalProperties": "true"`.
    fn quoted(&mut self, map: &mut Map<String, Value>, pointer: &str) {
        const NUMBERS: [&str; 11] = [
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
        ];
        const FLAGS: [&str; 8] = [
            "additionalProperties",
            "uniqueItems",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "deprecated",
            "readOnly",
            "writeOnly",
            "nullable",
        ];
        for (keyword, value) in map.iter_mut() {
            let (number, flag) = (NUMBERS.contains(&keyword.as_str()), FLAGS.contains(&keyword.as_str()));
            let Some(read) = (number || flag).then(|| meant(value)).flatten() else { continue };
            if (read.is_number() && number) || (read.is_boolean() && flag) {
                self.tally.add(format!("keyword-in-quotes: `{keyword}` {value} read as {read}"), pointer);
                *value = read;
            }
        }
    }

    /// Whole numbers that were read as fractions because their digits are more than 64 bits hold, such as the least number of JavaScript's
    /// rounding: loaders that write a fraction again lose its last digits.
    fn whole(&mut self, map: &mut Map<String, Value>, pointer: &str) {
        const EXACT: f64 = (1u64 << 53) as f64;
        for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "default"] {
            let Some(value) = map.get_mut(keyword).filter(|value| value.is_f64()) else { continue };
            let Some(number) = value.as_f64().filter(|number| number.abs() >= EXACT && *number == *number as i64 as f64) else { continue };
            let read = Value::from(number as i64);
            self.tally.add(format!("number-too-long: `{keyword}` {value} read as {read}"), pointer);
            *value = read;
        }
    }

    /// The `type` keyword.
    fn kind(&mut self, map: &mut Map<String, Value>, pointer: &str) {
        let fragment = match map.get("type") {
            Some(Value::String(name)) if JSON_TYPES.contains(&name.as_str()) => return,
            Some(Value::String(name)) => match read_type(name) {
                Some(fragment) => {
                    self.tally.add(format!("non-json-type: `{name}` read as {}", told(&fragment)), pointer);
                    fragment
                }
                None => {
                    let guess = if map.contains_key("properties") {
                        "object"
                    } else if map.contains_key("items") {
                        "array"
                    } else {
                        "string"
                    };
                    self.tally.add(format!("non-json-type: the unknown type `{}` read as `{guess}`", clip(name)), pointer);
                    Map::from_iter([("type".to_owned(), Value::from(guess))])
                }
            },
            Some(Value::Null) => {
                self.tally.add("non-json-type: an empty `type` read as `null`", pointer);
                Map::from_iter([("type".to_owned(), Value::from("null"))])
            }
            Some(Value::Array(names)) => match self.kinds(names, pointer) {
                Some(fragment) => fragment,
                None => return,
            },
            _ => return,
        };
        replace_type(map, fragment);
    }

    /// A list of types in which some are foreign.
    fn kinds(&mut self, names: &[Value], pointer: &str) -> Option<Map<String, Value>> {
        let is_ours = |name: &Value| name.as_str().is_none_or(|name| JSON_TYPES.contains(&name));
        if names.iter().all(is_ours) {
            return None;
        }
        let mut types: Vec<Value> = Vec::new();
        for name in names {
            let fragment = name.as_str().and_then(read_type);
            match fragment.as_ref().map(|fragment| fragment.get("type")) {
                Some(None) => {
                    self.tally.add("non-json-type: a list of types with `any` in it read as no type", pointer);
                    return Some(Map::new());
                }
                Some(Some(kind)) if kind.is_string() => {
                    if name != kind {
                        self.tally.add(format!("non-json-type: {name} read as {kind} in a list of types"), pointer);
                    }
                    if !types.contains(kind) {
                        types.push(kind.clone());
                    }
                }
                _ => return None,
            }
        }
        let kind = if types.len() == 1 { types.remove(0) } else { types.into() };
        Some(Map::from_iter([("type".to_owned(), kind)]))
    }

    /// Draft 4's `exclusiveMinimum: true`, which OpenAPI 3.0 and Swagger 2.0 have.
    fn bounds(&mut self, map: &mut Map<String, Value>, pointer: &str) {
        for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            let Some(Value::Bool(on)) = map.get(exclusive) else { continue };
            self.tally.add(format!("foreign-keyword: a true or false `{exclusive}` read as draft 4 has it"), pointer);
            match (*on, map.shift_remove(bound)) {
                (true, Some(value)) => {
                    map.insert(exclusive.into(), value);
                }
                (false, Some(value)) => {
                    map.shift_remove(exclusive);
                    map.insert(bound.into(), value);
                }
                (_, None) => {
                    map.shift_remove(exclusive);
                }
            }
        }
    }

    /// `required: true` and `optional: true` on a property itself. They decide where the object has no `required` list.
    fn flags(&mut self, map: &mut Map<String, Value>, pointer: &str) {
        let Some(Value::Object(properties)) = map.get_mut("properties") else { return };
        let mut required: Vec<Value> = Vec::new();
        let mut seen = false;
        for (name, property) in properties.iter_mut() {
            let Value::Object(property) = property else { continue };
            let mut flag = None;
            for (keyword, when_true) in [("required", true), ("optional", false)] {
                if let Some(value) = property.get(keyword).and_then(flag_value) {
                    flag = Some(value == when_true);
                    property.shift_remove(keyword);
                    self.tally
                        .add(format!("required-is-boolean: `{keyword}` on a parameter itself"), &format!("{pointer}/properties/{name}"));
                }
            }
            seen |= flag.is_some();
            if flag == Some(true) {
                required.push(name.clone().into());
            }
        }
        if seen && !map.get("required").is_some_and(Value::is_array) && !required.is_empty() {
            map.insert("required".into(), required.into());
        }
    }

    /// The `required` list: a name given twice, and names of nothing.
    fn required(&mut self, map: &mut Map<String, Value>, pointer: &str) {
        match map.get("required") {
            Some(Value::Bool(_)) => {
                map.shift_remove("required");
                self.tally.add("required-is-boolean: `required` is no list", pointer);
                return;
            }
            Some(Value::Null) => {
                map.shift_remove("required");
                self.tally.add("required-is-boolean: `required` is empty", pointer);
                return;
            }
            _ => {}
        }
        let Some(Value::Array(names)) = map.get_mut("required") else { return };
        let mut kept: Vec<Value> = Vec::new();
        for name in names.drain(..) {
            if kept.contains(&name) {
                self.tally.add(format!("required-duplicate: {name} stands twice in `required`"), pointer);
            } else {
                kept.push(name);
            }
        }
        *names = kept;
    }

    fn description(&mut self, map: &mut Map<String, Value>, pointer: &str) {
        let Some(value) = map.get_mut("description") else { return };
        if let Value::String(text) = value
            && cut(text)
        {
            self.tally.add(format!("desc-too-long: a description was cut at {} KiB", MAX_DESCRIPTION >> 10), pointer);
        } else if !value.is_string() && !value.is_object() {
            *value = crate::catalog::read::harvest::text(value).into();
            self.tally.add("foreign-keyword: a `description` that is no text read as text", pointer);
        }
    }
}

/// Takes names out of `required` that no property has, and defaults that are no value of their schema, over a whole schema.
/// Runs after [`mend`] and after the schema is known to be valid.
pub(crate) fn mend_defaults(schema: &mut Value, pointer: &str, tally: &mut Tally) {
    let pointer = &mut pointer.to_owned();
    if !plainly_defined(schema) {
        let root = schema.clone();
        undefined(schema, &root, None, pointer, tally);
    }
    defaults(schema, pointer, tally);
}

/// Whether every name in every `required` list is a property of its own object, as in nearly all schemas.
fn plainly_defined(schema: &Value) -> bool {
    let mut all = true;
    walk::each(schema, &mut |map, _| {
        let Some(Value::Array(required)) = map.get("required") else { return };
        let own = map.get("properties").and_then(Value::as_object);
        all &= required.iter().filter_map(Value::as_str).all(|name| own.is_some_and(|own| own.contains_key(name)));
    });
    all
}

fn undefined(schema: &mut Value, root: &Value, outer: Option<&[String]>, pointer: &mut String, tally: &mut Tally) {
    let Value::Object(map) = schema else { return };
    let mut names: Vec<String> = outer.unwrap_or_default().to_vec();
    let open = defined(map, root, &mut names, 0);
    if !open
        && map.contains_key("properties") | outer.is_some()
        && let Some(Value::Array(required)) = map.get_mut("required")
    {
        required.retain(|name| {
            let known = name.as_str().is_none_or(|name| names.iter().any(|known| known == name));
            if !known {
                tally.add(format!("required-undefined: {name} is required and is no parameter; taken out of `required`"), pointer);
            }
            known
        });
    }
    walk::children_mut(map, pointer, |keyword, inner, pointer| {
        let branch = matches!(keyword, "allOf" | "anyOf" | "oneOf" | "then" | "else" | "if" | "not" | "dependentSchemas");
        let outer = if branch && !open { Some(names.as_slice()) } else { None };
        undefined(inner, root, outer, pointer, tally);
    });
}

/// Collects the names of the properties of an object over all its branches; true when it may have others by pattern.
fn defined(map: &Map<String, Value>, root: &Value, names: &mut Vec<String>, depth: usize) -> bool {
    if depth > 16 {
        return true;
    }
    let mut open = map.contains_key("patternProperties") || map.get("additionalProperties").is_some_and(Value::is_object);
    if let Some(Value::Object(properties)) = map.get("properties") {
        names.extend(properties.keys().cloned());
    }
    let target = map.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#')).and_then(|to| root.pointer(to));
    if let Some(Value::Object(target)) = target {
        open |= defined(target, root, names, depth + 1);
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        for branch in map.get(keyword).and_then(Value::as_array).into_iter().flatten() {
            if let Value::Object(branch) = branch {
                open |= defined(branch, root, names, depth + 1);
            }
        }
    }
    for keyword in ["then", "else"] {
        if let Some(Value::Object(branch)) = map.get(keyword) {
            open |= defined(branch, root, names, depth + 1);
        }
    }
    open
}

fn defaults(schema: &mut Value, pointer: &mut String, tally: &mut Tally) {
    let Value::Object(map) = schema else { return };
    // OpenAPI 3.0 says so beside the type.
    let nullable = map.get("nullable") == Some(&Value::Bool(true));
    if let Some(default) = map.get("default").filter(|default| !(map.contains_key("$ref") || (default.is_null() && nullable))) {
        let outside = map.get("enum").and_then(Value::as_array).is_some_and(|values| !values.contains(default));
        if outside || !allows(map, default) {
            if let Some(value) = meant(default).filter(|value| allows(map, value)) {
                tally.add(format!("default-invalid: the default {default} read as {value}"), pointer);
                map.insert("default".into(), value);
                return descend(map, pointer, tally);
            }
            let code = if outside { "default-not-in-enum" } else { "default-invalid" };
            tally.add(format!("{code}: the default {} is no value of its schema; taken out", clip(&default.to_string())), pointer);
            map.shift_remove("default");
        }
    }
    descend(map, pointer, tally);
}

fn descend(map: &mut Map<String, Value>, pointer: &mut String, tally: &mut Tally) {
    walk::children_mut(map, pointer, |_, inner, pointer| defaults(inner, pointer, tally));
}

/// The number or truth value that stands in quotes.
fn meant(default: &Value) -> Option<Value> {
    let text = default.as_str()?.trim();
    let value: Value = serde_json::from_str(&text.to_ascii_lowercase()).ok()?;
    (value.is_number() || value.is_boolean()).then_some(value)
}

fn flag_value(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Cuts a text at [`MAX_DESCRIPTION`], at a character's edge; true when something was cut.
pub(crate) fn cut(text: &mut String) -> bool {
    if text.len() <= MAX_DESCRIPTION {
        return false;
    }
    text.truncate(text.floor_char_boundary(MAX_DESCRIPTION));
    true
}

/// A foreign text short enough for a message.
pub(crate) fn clip(text: &str) -> String {
    if text.len() <= 60 { text.to_owned() } else { format!("{}...", &text[..text.floor_char_boundary(57)]) }
}

fn told(fragment: &Map<String, Value>) -> String {
    match fragment.get("type").and_then(Value::as_str) {
        None if fragment.is_empty() => "any type".into(),
        Some(kind) if fragment.len() == 1 => format!("`{kind}`"),
        _ => format!("`{}`", Value::from(fragment.clone())),
    }
}

/// Renames a key in its place.
fn rename(map: &mut Map<String, Value>, from: &str, to: &str) {
    *map = std::mem::take(map).into_iter().map(|(key, value)| if key == from { (to.to_owned(), value) } else { (key, value) }).collect();
}

/// Puts what a type name means into the place of `type`; keywords that the author gave himself win.
fn replace_type(map: &mut Map<String, Value>, fragment: Map<String, Value>) {
    let old = std::mem::take(map);
    for (key, value) in old.iter() {
        if key != "type" {
            map.insert(key.clone(), value.clone());
            continue;
        }
        for (key, value) in &fragment {
            if key == "type" || !old.contains_key(key) {
                map.insert(key.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn mended(mut schema: Value) -> (Value, Vec<String>) {
        let mut tally = Tally::default();
        mend(&mut schema, "", &mut tally);
        mend_defaults(&mut schema, "", &mut tally);
        (schema, tally.messages().collect())
    }

    #[test]
    fn whole_numbers_of_too_many_digits_are_whole_again() {
        let schema: Value =
            serde_json::from_str(r#"{"type": "integer", "minimum": -9223372036854776000, "maximum": 9223372036854775807}"#).unwrap();
        let (schema, notes) = mended(schema);
        assert_eq!(schema.to_string(), r#"{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807}"#);
        assert_eq!(notes.len(), 1, "{notes:?}");
        let other = json!({"type": "number", "minimum": -0.5, "maximum": 1e300, "default": 2.0});
        assert_eq!(mended(other.clone()), (other, vec![]));
    }

    #[test]
    fn aliases_are_rewritten_in_their_place_and_reported() {
        let (schema, notes) = mended(json!({"type": "dict", "properties": {
            "a": {"description": "x", "type": "list(str)", "default": []},
            "b": {"type": "any"},
            "c": {"type": "array", "items": {"type": "float"}},
            "d": {"type": "Reservation"},
            "type": {"type": "str"}}}));
        assert_eq!(
            schema.to_string(),
            json!({"type": "object", "properties": {
                "a": {"description": "x", "type": "array", "items": {"type": "string"}, "default": []},
                "b": {},
                "c": {"type": "array", "items": {"type": "number"}},
                "d": {"type": "string"},
                "type": {"type": "string"}}})
            .to_string()
        );
        assert_eq!(notes.len(), 6, "{notes:?}");
        assert!(notes.iter().all(|note| note.starts_with("non-json-type: ")));
    }

    #[test]
    fn flags_on_parameters_become_a_list() {
        let (schema, _) = mended(json!({"type": "object", "properties": {
            "a": {"type": "string", "required": true}, "b": {"type": "string", "required": false}, "c": {"type": "string", "optional": true},
            "required": {"type": "object", "properties": {"required": {"type": "boolean", "required": true}}}}}));
        assert_eq!(schema["required"], json!(["a"]));
        assert_eq!(schema["properties"]["required"]["required"], json!(["required"]), "a parameter may itself be named so");
        assert_eq!(schema["properties"]["c"], json!({"type": "string"}));
    }

    #[test]
    fn a_list_wins_over_flags() {
        let (schema, _) = mended(json!({"properties": {"a": {"required": true}, "b": {}}, "required": ["b", "b"]}));
        assert_eq!(schema["required"], json!(["b"]));
    }

    #[test]
    fn required_names_of_nothing_are_taken_out_unless_a_branch_has_them() {
        let (schema, notes) = mended(json!({"type": "object", "properties": {"a": {}}, "required": ["a", "ghost"]}));
        assert_eq!(schema["required"], json!(["a"]));
        assert_eq!(super::super::super::code(&notes[0]), "required-undefined");
        let whole = json!({"allOf": [{"properties": {"a": {}}}, {"required": ["a", "b"]}, {"$ref": "#/$defs/B"}],
            "$defs": {"B": {"properties": {"b": {}}, "required": ["b"]}}});
        assert_eq!(mended(whole.clone()), (whole, vec![]));
        let open = json!({"properties": {"a": {}}, "patternProperties": {"^x": {}}, "required": ["xa"]});
        assert_eq!(mended(open.clone()), (open, vec![]));
    }

    #[test]
    fn defaults_that_are_no_value_of_their_schema_are_taken_out() {
        let (schema, notes) = mended(json!({"properties": {
            "a": {"type": "integer", "default": "soon"}, "b": {"enum": ["x"], "default": "dontcare"}, "c": {"type": "integer", "default": 3}}}));
        assert_eq!(schema, json!({"properties": {"a": {"type": "integer"}, "b": {"enum": ["x"]}, "c": {"type": "integer", "default": 3}}}));
        let (schema, _) =
            mended(json!({"properties": {"a": {"type": "integer", "default": "20"}, "b": {"type": "boolean", "default": "True"}}}));
        assert_eq!(schema["properties"], json!({"a": {"type": "integer", "default": 20}, "b": {"type": "boolean", "default": true}}));
        let codes: Vec<&str> = notes.iter().map(|note| super::super::super::code(note)).collect();
        assert_eq!(codes, ["default-invalid", "default-not-in-enum"]);
    }

    #[test]
    fn bounds_in_quotes_are_numbers() {
        let (schema, notes) = mended(json!({"type": "integer", "maximum": "50", "title": "5"}));
        assert_eq!((schema, notes.len()), (json!({"type": "integer", "maximum": 50, "title": "5"}), 1));
        assert_eq!(mended(json!({"type": "object", "additionalProperties": "true"})).0["additionalProperties"], true);
    }

    #[test]
    fn bounds_of_draft_4_are_those_of_2020_12() {
        let (schema, _) =
            mended(json!({"type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 5, "exclusiveMaximum": false}));
        assert_eq!(schema, json!({"type": "number", "exclusiveMinimum": 0, "maximum": 5}));
        let draft_7 = json!({"$schema": "http://json-schema.org/draft-07/schema#", "type": "array", "items": [{"type": "string"}]});
        assert_eq!(mended(draft_7.clone()).0, draft_7, "a list of items is right in draft 7");
    }
}
