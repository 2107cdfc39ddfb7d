//! How the tools of one domain write things: what identifiers are called and typed like, which attributes things have, whether
//! names are `camelCase`. Inferred results speak this vocabulary, so that what one tool gives another tool can take.

use super::intent::Intent;
use super::verbs::Act;
use super::words::is_camel;
use crate::catalog::Leaf;
use crate::value::SemType;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::BTreeMap;

/// Attributes that are kept for a thing at most.
const MAX_ATTRIBUTES: usize = 12;

/// By name and type as text: the schema, and how many parameters are like that.
type Ids = IndexMap<(String, String), (Value, usize)>;

/// The vocabulary of one domain.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vocabulary {
    camel_names: usize,
    snake_names: usize,
    /// By entity.
    ids: BTreeMap<String, Ids>,
    attributes: BTreeMap<String, IndexMap<String, Value>>,
}

impl Vocabulary {
    /// Takes in what one tool's parameters tell.
    pub fn learn(&mut self, intent: &Intent, parameters: &[Leaf]) {
        for leaf in parameters {
            self.camel_names += usize::from(is_camel(&leaf.name));
            self.snake_names += usize::from(leaf.name.contains('_'));
            if let (SemType::Id, Some(entity)) = (leaf.sem, &leaf.entity) {
                let key = (leaf.name.clone(), leaf.schema.get("type").map(Value::to_string).unwrap_or_default());
                let named = self.ids.entry(entity.clone()).or_default();
                named.entry(key).or_insert_with(|| (bare(&leaf.schema), 0)).1 += 1;
            }
        }
        // What a tool sets when it creates or changes a thing, that thing has.
        if let (Act::Create | Act::Update, Some(entity)) = (intent.act(), &intent.entity) {
            let known = self.attributes.entry(entity.clone()).or_default();
            for leaf in parameters.iter().filter(|leaf| is_attribute(leaf)) {
                if known.len() < MAX_ATTRIBUTES {
                    known.entry(leaf.name.clone()).or_insert_with(|| bare(&leaf.schema));
                }
            }
        }
    }

    /// Whether names are written `likeThis`.
    pub fn is_camel(&self) -> bool {
        self.camel_names > self.snake_names
    }

    /// What most tools call the identifier of a thing, and its schema. The plural of a list of identifiers is no name for one.
    pub fn id(&self, entity: &str) -> Option<(&str, &Value)> {
        let named = self.ids.get(entity)?;
        let best = named.iter().filter(|((name, _), _)| !is_list_name(name)).max_by_key(|(_, (_, count))| *count);
        best.map(|((name, _), (schema, _))| (name.as_str(), schema))
    }

    /// Attributes of a thing that other tools set.
    pub fn attributes(&self, entity: &str) -> impl Iterator<Item = (&str, &Value)> {
        self.attributes.get(entity).into_iter().flatten().map(|(name, schema)| (name.as_str(), schema))
    }

    /// The longest last words of an entity for which an identifier is known: `room` for `hotel_room`.
    pub fn known_entity<'a>(&self, entity: &'a str) -> Option<&'a str> {
        let starts = std::iter::once(0).chain(entity.match_indices('_').map(|(at, _)| at + 1));
        starts.map(|start| &entity[start..]).find(|entity| self.id(entity).is_some())
    }
}

fn is_list_name(name: &str) -> bool {
    name.to_lowercase().ends_with("ids") || name.ends_with("[]")
}

/// A parameter that becomes a property of what is made: a plain value at the root, no identifier, nothing that steers the tool.
pub(super) fn is_attribute(leaf: &Leaf) -> bool {
    leaf.pointer.matches('/').count() == 1
        && !leaf.phrase.silent
        && !matches!(leaf.sem, SemType::Id | SemType::Bool | SemType::Query)
        && !leaf.name.is_empty()
        && !matches!(
            leaf.name.as_str(),
            "password" | "action" | "method" | "operation" | "sort" | "order" | "sort_by" | "order_by" | "direction" | "q"
        )
}

/// A parameter's schema as a result's: without what only concerns callers.
pub(super) fn bare(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(map) = &mut schema {
        for key in ["default", "example", "examples", "title", "nullable", "optional"] {
            map.shift_remove(key);
        }
        if map.get("type").is_none_or(|kind| !kind.is_string()) && map.get("enum").is_none() && map.get("const").is_none() {
            let kind = super::leaves::kind(&Value::Object(map.clone()));
            let name = match kind {
                super::leaves::Kind::Number => "number",
                super::leaves::Kind::Integer => "integer",
                super::leaves::Kind::Boolean => "boolean",
                _ => "string",
            };
            map.insert("type".to_owned(), Value::String(name.to_owned()));
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::LeafPhrase;
    use crate::catalog::infer::intent::intent_of;
    use serde_json::json;

    fn leaf(name: &str, sem: SemType, entity: Option<&str>, schema: Value) -> Leaf {
        Leaf {
            pointer: format!("/{name}"),
            name: name.to_owned(),
            schema,
            description: String::new(),
            required: true,
            sem,
            entity: entity.map(str::to_owned),
            phrase: LeafPhrase::default(),
        }
    }

    #[test]
    fn the_commonest_name_of_an_identifier_wins() {
        let mut vocabulary = Vocabulary::default();
        for name in ["hotelId", "hotel_ids", "hotelId", "id"] {
            let parameters = [leaf(name, SemType::Id, Some("hotel"), json!({"type": "integer", "default": 1}))];
            vocabulary.learn(&intent_of("get_hotel", "", ""), &parameters);
        }
        assert_eq!(vocabulary.id("hotel"), Some(("hotelId", &json!({"type": "integer"}))));
        assert!(vocabulary.is_camel());
        assert_eq!(vocabulary.known_entity("big_hotel"), Some("hotel"));
    }

    #[test]
    fn things_have_what_tools_set() {
        let mut vocabulary = Vocabulary::default();
        let parameters = [leaf("color", SemType::Category, None, json!({"type": "string", "default": "red"}))];
        vocabulary.learn(&intent_of("create_label", "", ""), &parameters);
        assert_eq!(vocabulary.attributes("label").collect::<Vec<_>>(), [("color", &json!({"type": "string"}))]);
    }
}
