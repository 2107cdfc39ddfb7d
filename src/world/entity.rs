//! What the world remembers: things, by kind and identifier, with their attributes.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;
use serde_json::Value;

/// A thing: its kind (`hotel`) and its identifier as text.
pub(super) type Key = (String, String);

#[derive(Debug, Clone, Default)]
pub(super) struct Entity {
    /// The identifier as it stands in results: a string or a number.
    pub(super) id: Value,
    pub(super) attributes: IndexMap<String, Value>,
    /// Identifiers of the things that were listed with it, by the list's name.
    pub(super) lists: IndexMap<String, Vec<Value>>,
    /// Arguments of the call that first showed it: what it was found under.
    pub(super) found: IndexMap<String, Value>,
    pub(super) found_by: String,
    pub(super) domain: String,
    /// Made by a call of this dialogue.
    pub(super) created: bool,
    pub(super) gone: bool,
}

#[derive(Debug, Default)]
pub(super) struct Entities {
    all: IndexMap<Key, Entity>,
    ids: FxHashSet<String>,
}

impl Entities {
    pub(super) fn get(&self, key: &Key) -> Option<&Entity> {
        self.all.get(key)
    }

    /// The entity, made when it is new.
    pub(super) fn enter(&mut self, key: &Key, id: &Value) -> &mut Entity {
        self.ids.insert(key.1.clone());
        self.all.entry(key.clone()).or_insert_with(|| Entity { id: id.clone(), ..Entity::default() })
    }

    pub(super) fn get_mut(&mut self, key: &Key) -> Option<&mut Entity> {
        self.all.get_mut(key)
    }

    /// Whether no thing of any kind has this identifier.
    pub(super) fn is_free(&self, id: &str) -> bool {
        !self.ids.contains(id)
    }

    /// Marks an identifier as taken.
    pub(super) fn take(&mut self, id: &str) {
        self.ids.insert(id.to_owned());
    }

    /// The thing of this kind that is called so.
    pub(super) fn named(&self, kind: &str, name: &Value) -> Option<&Entity> {
        self.all.iter().find(|(key, entity)| key.0 == kind && entity.attributes.get("name") == Some(name)).map(|(_, entity)| entity)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Key, &Entity)> {
        self.all.iter()
    }
}

/// An identifier as text.
pub(super) fn id_text(id: &Value) -> String {
    match id {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
