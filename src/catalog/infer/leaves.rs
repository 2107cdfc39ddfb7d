//! The flat view of a JSON Schema: one [`Leaf`] per scalar that a value of the schema can carry.
//!
//! - Properties of objects are walked in their order; `/guest/name` is a leaf of a nested object.
//! - A list of scalars is one leaf (`/tags/*`), a list of objects a leaf per property (`/items/*/sku`). A tuple is seen through its
//!   first item, a list without `items` as a list of anything.
//! - `$ref` is followed inside the schema itself (`#/$defs/...`, `#/definitions/...`), siblings of a `$ref` count. A reference that
//!   is already being followed gives nothing, so recursive types end.
//! - `allOf` is merged; of `oneOf` and `anyOf` the first usable branch is taken (not `null`, not `false`, not a free-form object
//!   where another branch has a shape).
//! - A free-form object (no properties) has no leaves. A value at the root has the pointer `""`, the items of a root list `/*`.
//! - At most [`MAX_DEPTH`] levels, [`MAX_LEAVES`] leaves and [`MAX_STEPS`] visited schemas are seen; required branches that are
//!   cut off that way are reported as [`Blind`].
//!
//! The schema itself is never changed: this is a view.

use super::merge;
use crate::catalog::{Leaf, LeafPhrase};
use crate::value::SemType;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Levels of nesting that the view looks into.
pub const MAX_DEPTH: usize = 10;
/// Leaves that the view keeps, in schema order.
pub const MAX_LEAVES: usize = 256;
/// Schemas that are visited at most, so that a small file of nested references cannot explode.
pub const MAX_STEPS: usize = 20_000;

/// What a schema looks like flat.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct View {
    /// `sem`, `entity` and `phrase` are still to be filled.
    pub leaves: Vec<Leaf>,
    /// Required places for which there is no leaf, so that no value could be said for them.
    pub blind: Vec<Blind>,
}

/// A required place without a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blind {
    pub pointer: String,
    pub reason: BlindReason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlindReason {
    /// An object of which no property is known.
    FreeForm,
    /// `required` names it, `properties` does not.
    Undefined,
    /// Its schema allows nothing, or only `null`.
    Impossible,
    /// It contains itself, or its reference leads nowhere.
    Reference,
    /// Beyond the caps of the view.
    TooLarge,
}

/// The flat view of a schema.
pub fn view(schema: &Value) -> View {
    let mut walker = Walker { root: schema, view: View::default(), following: Vec::new(), steps: 0 };
    walker.walk(schema, &mut String::new(), Inherited { name: "", description: "", required: true, depth: 0 });
    walker.view
}

/// True when a schema tells nothing about the value: `{}`, `true`, or an object without properties.
pub fn is_shapeless(schema: &Value) -> bool {
    match schema {
        Value::Bool(_) | Value::Null => true,
        _ => view(schema).leaves.iter().all(|leaf| leaf.pointer.is_empty() && kind(&leaf.schema) == Kind::Anything),
    }
}

/// The JSON type of a leaf's schema as the view sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Object,
    Array,
    String,
    Number,
    Integer,
    Boolean,
    Null,
    Anything,
}

/// The first type that a schema allows besides `null`; where `type` is absent it is told from the other keywords.
pub fn kind(schema: &Value) -> Kind {
    let named = |name: &str| match name {
        "object" => Kind::Object,
        "array" => Kind::Array,
        "string" => Kind::String,
        "number" => Kind::Number,
        "integer" => Kind::Integer,
        "boolean" => Kind::Boolean,
        "null" => Kind::Null,
        _ => Kind::Anything,
    };
    match schema.get("type") {
        Some(Value::String(name)) => named(name),
        Some(Value::Array(names)) => {
            let kinds: Vec<Kind> = names.iter().filter_map(Value::as_str).map(named).collect();
            kinds.iter().copied().find(|kind| *kind != Kind::Null).unwrap_or(Kind::Null)
        }
        _ => kind_by_keywords(schema),
    }
}

fn kind_by_keywords(schema: &Value) -> Kind {
    let has = |keys: &[&str]| keys.iter().any(|key| schema.get(*key).is_some());
    let of_value = |value: &Value| match value {
        Value::String(_) => Kind::String,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number.is_f64() => Kind::Number,
        Value::Number(_) => Kind::Integer,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
        Value::Null => Kind::Null,
    };
    if let Some(value) = schema.get("const") {
        return of_value(value);
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return values.iter().map(of_value).find(|kind| *kind != Kind::Null).unwrap_or(Kind::Null);
    }
    match () {
        _ if has(&["properties", "additionalProperties", "patternProperties"]) => Kind::Object,
        _ if has(&["items", "prefixItems", "minItems", "maxItems"]) => Kind::Array,
        _ if has(&["format", "pattern", "minLength", "maxLength"]) => Kind::String,
        _ if has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) => Kind::Number,
        _ => Kind::Anything,
    }
}

/// What a schema gets from the place where it stands.
#[derive(Clone, Copy)]
struct Inherited<'a> {
    name: &'a str,
    description: &'a str,
    required: bool,
    depth: usize,
}

struct Walker<'a> {
    root: &'a Value,
    view: View,
    /// References on the way from the root to here.
    following: Vec<String>,
    steps: usize,
}

impl Walker<'_> {
    fn walk(&mut self, schema: &Value, at: &mut String, from: Inherited<'_>) {
        if from.depth > MAX_DEPTH || self.view.leaves.len() >= MAX_LEAVES || self.steps >= MAX_STEPS {
            return self.blind(at, from.required, BlindReason::TooLarge);
        }
        let followed = self.following.len();
        match self.resolve(schema) {
            Err(reason) => self.blind(at, from.required, reason),
            Ok(resolved) => self.walk_resolved(resolved, at, from),
        }
        self.following.truncate(followed);
    }

    fn walk_resolved(&mut self, schema: Map<String, Value>, at: &mut String, from: Inherited<'_>) {
        let schema = Value::Object(schema);
        let own = schema.get("description").and_then(Value::as_str).unwrap_or("").trim();
        let from = Inherited { description: if own.is_empty() { from.description } else { own }, ..from };
        match kind(&schema) {
            Kind::Object => self.walk_object(&schema, at, from),
            Kind::Array => self.walk_array(&schema, at, from),
            Kind::Null => self.blind(at, from.required, BlindReason::Impossible),
            _ => self.view.leaves.push(Leaf {
                pointer: at.clone(),
                name: from.name.to_owned(),
                description: from.description.to_owned(),
                required: from.required,
                sem: SemType::Text,
                entity: None,
                phrase: LeafPhrase::default(),
                schema,
            }),
        }
    }

    fn walk_object(&mut self, schema: &Value, at: &mut String, from: Inherited<'_>) {
        let none = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let required = required_names(schema);
        if properties.is_empty() && required.is_empty() {
            // A root without properties is a tool without parameters, or a result of which nothing is known: no defect.
            return self.blind(at, from.required && !at.is_empty(), BlindReason::FreeForm);
        }
        let start = at.len();
        for (name, inner) in properties {
            at.push('/');
            at.push_str(&name.replace('~', "~0").replace('/', "~1"));
            let required = from.required && required.contains(name.as_str());
            self.walk(inner, at, Inherited { name, description: "", required, depth: from.depth + 1 });
            at.truncate(start);
        }
        for name in required.iter().filter(|name| !properties.contains_key(**name)) {
            self.blind(&format!("{at}/{name}"), from.required, BlindReason::Undefined);
        }
    }

    fn walk_array(&mut self, schema: &Value, at: &mut String, from: Inherited<'_>) {
        let first = |value: &Value| value.as_array().and_then(|items| items.first().cloned());
        let items = match schema.get("items") {
            Some(Value::Array(_)) => schema.get("items").and_then(first),
            Some(Value::Bool(_)) | None => schema.get("prefixItems").and_then(first),
            Some(items) => Some(items.clone()),
        };
        let anything = Value::Object(Map::new());
        let start = at.len();
        at.push_str("/*");
        self.walk(items.as_ref().unwrap_or(&anything), at, Inherited { depth: from.depth + 1, ..from });
        at.truncate(start);
    }

    fn blind(&mut self, at: &str, required: bool, reason: BlindReason) {
        if required {
            self.view.blind.push(Blind { pointer: at.to_owned(), reason });
        }
    }

    /// The schema with references followed, `allOf` merged and one alternative chosen.
    fn resolve(&mut self, schema: &Value) -> Result<Map<String, Value>, BlindReason> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(BlindReason::TooLarge);
        }
        let map = match schema {
            Value::Object(map) => map,
            Value::Bool(true) => return Ok(Map::new()),
            _ => return Err(BlindReason::Impossible),
        };
        let mut flat = map.clone();
        if let Some(Value::String(reference)) = flat.shift_remove("$ref") {
            let target = self.follow(&reference)?;
            merge::into(&mut flat, self.resolve(&target)?);
        }
        if let Some(Value::Array(parts)) = flat.shift_remove("allOf") {
            for part in &parts {
                let part = self.resolve(part)?;
                merge::into(&mut flat, part);
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(Value::Array(branches)) = flat.shift_remove(keyword) {
                let branch = self.choose(&branches)?;
                merge::into(&mut flat, branch);
            }
        }
        Ok(flat)
    }

    fn follow(&mut self, reference: &str) -> Result<Value, BlindReason> {
        let pointer = reference.strip_prefix('#').ok_or(BlindReason::Reference)?;
        if self.following.iter().any(|seen| seen == reference) {
            return Err(BlindReason::Reference);
        }
        let target = self.root.pointer(pointer).cloned().ok_or(BlindReason::Reference)?;
        self.following.push(reference.to_owned());
        Ok(target)
    }

    /// The first usable branch: one with a shape before a free-form one.
    fn choose(&mut self, branches: &[Value]) -> Result<Map<String, Value>, BlindReason> {
        let mut free_form = None;
        let mut refused = BlindReason::Impossible;
        for branch in branches {
            let followed = self.following.len();
            match self.resolve(branch) {
                Ok(resolved) => {
                    let schema = Value::Object(resolved);
                    let has_shape = match kind(&schema) {
                        Kind::Null => {
                            self.following.truncate(followed);
                            continue;
                        }
                        Kind::Object => schema.get("properties").and_then(Value::as_object).is_some_and(|map| !map.is_empty()),
                        _ => true,
                    };
                    let Value::Object(resolved) = schema else { continue };
                    if has_shape {
                        return Ok(resolved);
                    }
                    free_form.get_or_insert(resolved);
                }
                Err(reason) => refused = reason,
            }
            self.following.truncate(followed);
        }
        free_form.ok_or(refused)
    }
}

fn required_names(schema: &Value) -> BTreeSet<&str> {
    schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pointers(schema: Value) -> Vec<String> {
        view(&schema).leaves.into_iter().map(|leaf| leaf.pointer).collect()
    }

    #[test]
    fn nested_objects_and_lists_have_a_leaf_per_scalar() {
        let schema = json!({"type": "object", "required": ["guest", "tags"], "properties": {
            "guest": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}},
            "tags": {"type": "array", "description": "Labels.", "items": {"type": "string"}},
            "items": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}},
            "extra": {"type": "object"}
        }});
        let view = view(&schema);
        let seen: Vec<_> = view.leaves.iter().map(|leaf| (leaf.pointer.as_str(), leaf.name.as_str(), leaf.required)).collect();
        assert_eq!(
            seen,
            [("/guest/name", "name", true), ("/guest/age", "age", false), ("/tags/*", "tags", true), ("/items/*/sku", "sku", false)]
        );
        assert_eq!(view.leaves[2].description, "Labels.");
        assert_eq!(view.blind, []);
    }

    #[test]
    fn a_recursive_type_ends() {
        let schema = json!({"$defs": {"node": {"type": "object", "properties": {
            "label": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#/$defs/node"}}}}},
            "type": "object", "properties": {"tree": {"$ref": "#/$defs/node"}}});
        assert_eq!(pointers(schema), ["/tree/label"]);
        assert_eq!(pointers(json!({"$ref": "#"})), Vec::<String>::new());
    }

    #[test]
    fn all_of_is_merged_and_the_first_usable_alternative_is_taken() {
        let schema = json!({"allOf": [
            {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
            {"type": "object", "properties": {"b": {"anyOf": [{"type": "null"}, {"type": "object"}, {"type": "integer", "minimum": 1}]}}}
        ]});
        let view = view(&schema);
        assert_eq!(view.leaves.iter().map(|leaf| leaf.pointer.as_str()).collect::<Vec<_>>(), ["/a", "/b"]);
        assert!(view.leaves[0].required);
        assert_eq!(kind(&view.leaves[1].schema), Kind::Integer);
    }

    #[test]
    fn words_beside_a_reference_win_over_the_target() {
        let schema = json!({"$defs": {"d": {"type": "string", "format": "date", "description": "A day."}},
            "type": "object", "properties": {"start": {"$ref": "#/$defs/d", "description": "First day."}}});
        let leaf = &view(&schema).leaves[0];
        assert_eq!(leaf.description, "First day.");
        assert_eq!(leaf.schema["format"], "date");
    }

    #[test]
    fn roots_that_are_no_objects_have_pointers_too() {
        assert_eq!(pointers(json!({"type": "array", "items": {"type": "object", "properties": {"id": {"type": "integer"}}}})), ["/*/id"]);
        assert_eq!(pointers(json!({"type": "number"})), [""]);
    }

    #[test]
    fn a_required_place_without_a_leaf_is_blind() {
        let schema = json!({"type": "object", "required": ["filter", "ghost", "never"], "properties": {
            "filter": {"type": "object"}, "never": false, "free": {"type": "object"}}});
        let blind: Vec<_> = view(&schema).blind.into_iter().map(|blind| (blind.pointer, blind.reason)).collect();
        assert_eq!(
            blind,
            [
                ("/filter".to_owned(), BlindReason::FreeForm),
                ("/never".to_owned(), BlindReason::Impossible),
                ("/ghost".to_owned(), BlindReason::Undefined)
            ]
        );
    }

    #[test]
    fn nested_references_cannot_explode() {
        let mut defs = Map::new();
        for level in 0..40 {
            let next = format!("#/$defs/l{}", level + 1);
            defs.insert(format!("l{level}"), json!({"type": "object", "properties": {"a": {"$ref": next}, "b": {"$ref": next}}}));
        }
        let view = view(&json!({"$defs": defs, "$ref": "#/$defs/l0"}));
        assert!(view.leaves.len() <= MAX_LEAVES);
    }

    #[test]
    fn shapeless_schemas_are_told_apart() {
        for shapeless in [json!({}), json!(true), json!({"type": "object"}), json!({"type": "object", "additionalProperties": true})] {
            assert!(is_shapeless(&shapeless), "{shapeless}");
        }
        for shaped in [json!({"type": "string"}), json!({"type": "object", "properties": {"a": {}}}), json!({"type": "array"})] {
            assert!(!is_shapeless(&shaped), "{shaped}");
        }
    }
}
