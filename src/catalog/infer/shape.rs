//! Building the object of an inferred result, property by property, in the naming style of the domain.

use super::lexicon;
use super::vocabulary::{Vocabulary, bare};
use super::words::{name_of, words};
use crate::catalog::Leaf;
use serde_json::{Map, Value, json};

/// Properties that an inferred object has at most.
const MAX_FIELDS: usize = 9;

/// An object schema in the making; all its properties are required.
#[derive(Debug, Clone)]
pub(super) struct Shape<'a> {
    vocabulary: &'a Vocabulary,
    camel: bool,
    properties: Map<String, Value>,
}

impl<'a> Shape<'a> {
    /// An empty object in the style of the tool's own parameters, else of its domain.
    pub fn new(vocabulary: &'a Vocabulary, parameters: &[Leaf]) -> Shape<'a> {
        let own_camel = parameters.iter().any(|leaf| super::words::is_camel(&leaf.name));
        let own_snake = parameters.iter().any(|leaf| leaf.name.contains('_'));
        let camel = if own_camel == own_snake { vocabulary.is_camel() } else { own_camel };
        Shape { vocabulary, camel, properties: Map::new() }
    }

    /// An empty object in the same style.
    pub fn inner(&self) -> Shape<'a> {
        Shape { properties: Map::new(), ..*self }
    }

    /// A name made of words, in the style of the domain.
    pub fn name(&self, snake: &str) -> String {
        name_of(&snake.split('_').collect::<Vec<_>>(), self.camel)
    }

    /// Adds a property; the first of a name stays. Past the cap nothing is added.
    pub fn add(&mut self, snake: &str, schema: Value) {
        if self.properties.len() < MAX_FIELDS {
            let name = self.name(snake);
            self.properties.entry(name).or_insert(schema);
        }
    }

    /// Adds a property under a name that is already in style.
    pub fn keep(&mut self, name: &str, schema: &Value) {
        if self.properties.len() < MAX_FIELDS {
            self.properties.entry(name.to_owned()).or_insert_with(|| schema.clone());
        }
    }

    /// Adds the field with its usual look.
    pub fn field(&mut self, snake: &str) {
        self.add(snake, lexicon::field(snake));
    }

    /// Adds the identifier of a thing, as the domain calls and types it.
    pub fn id(&mut self, entity: &str) {
        let known = self.vocabulary.known_entity(entity).and_then(|entity| self.vocabulary.id(entity));
        match known {
            Some((name, schema)) => {
                self.properties.entry(name.to_owned()).or_insert_with(|| schema.clone());
            }
            None => {
                // `search_hotel_rooms` gives room ids: the lexicon's own last word for the thing names it.
                let short = lexicon::short(entity);
                self.add(&format!("{short}_id"), lexicon::id_schema(short));
            }
        }
    }

    /// Adds a parameter's value as it was given.
    pub fn echo(&mut self, leaf: &Leaf) {
        if self.properties.len() < MAX_FIELDS {
            self.properties.entry(leaf.name.clone()).or_insert_with(|| bare(&leaf.schema));
        }
    }

    /// Adds what is known of a kind of thing, at most `most` fields: the lexicon's fields, then what other tools set.
    pub fn thing(&mut self, entity: &str, most: usize) {
        let before = self.properties.len();
        if let Some(thing) = lexicon::thing(entity) {
            for (name, schema) in &thing.fields {
                if self.properties.len() < before + most && !self.has_like(name) {
                    self.add(name, schema.clone());
                }
            }
        }
        let vocabulary = self.vocabulary;
        for (name, schema) in vocabulary.attributes(entity) {
            if self.properties.len() < before + most && self.properties.len() < MAX_FIELDS && !self.has_like(name) {
                self.properties.insert(name.to_owned(), schema.clone());
            }
        }
        if self.properties.len() == before {
            self.field("name");
            self.field("description");
        }
    }

    /// Whether a property with the same last word is there (`date` and `event_date`).
    pub fn has_like(&self, name: &str) -> bool {
        let last = |name: &str| words(name).pop();
        let wanted = last(name);
        self.properties.keys().any(|key| last(key) == wanted)
    }

    pub fn close(self) -> Value {
        let required: Vec<&String> = self.properties.keys().collect();
        json!({"type": "object", "properties": self.properties, "required": required})
    }
}

/// A list of objects or scalars.
pub(super) fn list(items: Value) -> Value {
    json!({"type": "array", "items": items})
}

/// A word that a result always has: `"deleted"`.
pub(super) fn fixed(word: &str) -> Value {
    json!({"type": "string", "enum": [word]})
}
