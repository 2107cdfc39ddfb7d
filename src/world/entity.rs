//! What the world remembers: things, by kind and identifier, with their attributes.

use crate::value::english::{singular, words_of_identifier};
use indexmap::IndexMap;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value};

/// A thing: its kind (`hotel`) and its identifier as text.
pub(super) type Key = (String, String);

#[derive(Debug, Clone, Default)]
pub(super) struct Entity {
    /// The identifier as it stands in results: a string or a number.
    pub(super) id: Value,
    /// What an effect calls it: `hotel_booking` for a `booking_id`.
    pub(super) kind: Option<String>,
    /// Scalars and whole lists, by canonical name.
    pub(super) attributes: IndexMap<String, Value>,
    /// Other things that it names, by attribute: `hotel id` of a booking.
    pub(super) refs: IndexMap<String, Key>,
    /// Identifiers of the things that were listed with it, by the list's name.
    pub(super) lists: IndexMap<String, Vec<Value>>,
    /// Things that were put into it, with what was said of them then.
    pub(super) contents: IndexMap<Key, Map<String, Value>>,
    /// Arguments of the call that first showed it: what it was found under.
    pub(super) found: IndexMap<String, Value>,
    pub(super) found_by: String,
    pub(super) domain: String,
    /// The tool of this dialogue that made it.
    pub(super) maker: Option<String>,
    pub(super) gone: bool,
    /// The tool of the call that ended it.
    pub(super) ended_by: Option<String>,
}

impl Entity {
    pub(super) fn is_created(&self) -> bool {
        self.maker.is_some()
    }
}

#[derive(Debug, Clone, Default)]
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

    /// Under which key a thing is known that a call names so: what a list shows as a `store` may be asked for as a `vector store`.
    pub(super) fn known_as(&self, key: Key) -> Key {
        if self.all.contains_key(&key) || !self.ids.contains(&key.1) {
            return key;
        }
        let same = |(kind, id): &&Key| *id == key.1 && related(kind, &key.0);
        self.all.keys().find(same).cloned().unwrap_or(key)
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

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (&Key, &Entity)> {
        self.all.iter()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&Key, &mut Entity)> {
        self.all.iter_mut()
    }

    /// The things that this one names, nearest first: its own, then those that they name.
    pub(super) fn around(&self, key: &Key) -> Vec<&Key> {
        let mut near: Vec<&Key> = Vec::new();
        let mut at = 0;
        let own = |key: &Key| self.all.get(key).into_iter().flat_map(|entity| entity.refs.values());
        near.extend(own(key).filter(|other| *other != key));
        let first = near.len();
        while at < first {
            let more: Vec<&Key> = own(near[at]).filter(|other| *other != key && !near.contains(other)).collect();
            near.extend(more);
            at += 1;
        }
        near
    }
}

/// An identifier as text.
pub(super) fn id_text(id: &Value) -> String {
    match id {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether an identifier's kind and an effect's entity speak of one thing: `booking` and `hotel_booking`.
pub(super) fn related(stem: &str, kind: &str) -> bool {
    let kind: Vec<String> = words_of_identifier(kind).iter().map(|word| singular(word)).collect();
    stem.split(' ').next_back().is_some_and(|last| kind.last().is_some_and(|kind| kind == last))
}

/// Whether two names of a kind can be those of one thing: `booking` and `hotel_booking`, not `hotel_booking` and `flight_booking`.
pub(super) fn one_kind(a: &str, b: &str) -> bool {
    let (a, b) = (words_of_identifier(a), words_of_identifier(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    short.iter().all(|word| long.contains(word))
}
