//! What a result is about: the thing that a call makes, changes or asks for, and what it is known under.

use super::answer::{Answer, Place};
use super::arguments::{Argument, attribute};
use super::change;
use super::entity::{Key, id_text, related};
use super::recipe::{Field, Grain, Shape};
use crate::value::SemType;
use crate::value::english::words_of_identifier;
use serde_json::{Map, Value};

impl<'a> Answer<'a> {
    pub(super) fn root_object(&mut self, fields: &[Field]) -> Option<Value> {
        let mut place = Place::default();
        match self.primary(fields) {
            Some((at, grain)) => {
                let given = self.named(grain).filter(|argument| !self.plain && grain.admits(&argument.value));
                let value = match given {
                    Some(argument) => argument.value.clone(),
                    None => self.open_container(grain).map_or_else(|| self.new_id(grain), Some)?,
                };
                // What the call names by `hotel_id` and the result by `id` is one thing.
                let known = given.and_then(|argument| argument.key.clone());
                let key = known.unwrap_or_else(|| (grain.stem.clone().unwrap_or_default(), id_text(&value)));
                self.enter(&key, &value);
                place.subject = Some(key);
                place.id = Some((at, value));
            }
            None => place.subject = self.target().cloned(),
        }
        if let Some(key) = place.subject.clone()
            && self.world.entities.get(&key).is_none()
        {
            self.enter(&key, &Value::String(key.1.clone()));
        }
        self.look_at(place.subject.take());
        place.subject = self.about.clone();
        self.filling = change::step(self.recipe) > 0
            && !self.tool.effects.creates.is_empty()
            && self.about.as_ref().is_some_and(|key| self.fills(&key.0));
        let map = self.object(fields, place)?;
        if let (true, Some(container)) = (self.filling, self.about.clone()) {
            let said = || map.iter().filter(|(_, value)| !value.is_object() && !value.is_array());
            let said: Map<String, Value> = said().map(|(name, value)| (attribute(&words_of_identifier(name)), value.clone())).collect();
            for key in self.arguments.keys().filter(|key| **key != container) {
                self.world.put_in(&container, key, said.clone());
            }
        }
        Some(Value::Object(map))
    }

    /// The identifier of what the result is about: of what the call makes, else of what it was given.
    fn primary(&self, fields: &'a [Field]) -> Option<(usize, &'a Grain)> {
        let ids = || {
            fields.iter().enumerate().filter_map(|(at, field)| match &field.shape {
                Shape::Leaf(grain) => Some((at, grain.as_ref(), grain.stem.as_deref()?)),
                _ => None,
            })
        };
        let given = |grain: &Grain| self.named(grain).is_some_and(|argument| !argument.value.is_array());
        let effects = &self.tool.effects;
        let of = |kinds: &[String], stem: &str| kinds.iter().any(|kind| related(stem, kind));
        let found = if effects.creates.is_empty() {
            let changed = |stem: &str| of(&effects.updates, stem) || of(&effects.deletes, stem);
            ids().find(|(_, grain, stem)| given(grain) && changed(stem)).or_else(|| ids().find(|(_, grain, _)| given(grain)))
        } else {
            let new = || ids().filter(|(_, grain, _)| !given(grain));
            new().find(|(_, _, stem)| of(&effects.creates, stem)).or_else(|| new().next())
        };
        found.or_else(|| ids().next()).map(|(at, grain, _)| (at, grain))
    }

    /// The argument that an identifier of the result repeats: of the same name, or, for a bare `id`, the one that names a thing of its kind,
    /// unless the call makes a new one.
    fn named(&self, grain: &Grain) -> Option<&'a Argument> {
        let bare = || grain.words.len() == 1 && self.tool.effects.creates.is_empty();
        let kind = grain.stem.as_deref().unwrap_or_default();
        let of_kind = |argument: &&Argument| !argument.in_list && argument.key.as_ref().is_some_and(|key| related(&key.0, kind));
        self.arguments.echo(grain).or_else(|| self.arguments.all.iter().rev().filter(|_| bare()).find(of_kind))
    }

    /// The thing among the arguments that the call is about.
    fn target(&self) -> Option<&'a Key> {
        let effects = &self.tool.effects;
        let kinds = [&effects.updates, &effects.deletes, &effects.reads];
        let of = |kinds: &Vec<String>| self.arguments.keys().find(|key| kinds.iter().any(|kind| related(&key.0, kind)));
        kinds.into_iter().find_map(of).or_else(|| self.arguments.keys().next())
    }

    /// Sets what the result is about. A reading without a thing is about its own question: who asks it again gets the same answer.
    pub(super) fn look_at(&mut self, subject: Option<Key>) {
        if self.plain {
            self.about = subject;
            return;
        }
        let question = || {
            let asked = Value::Object(self.arguments.map.clone());
            (format!("\u{1}{}", self.tool.name), asked.to_string())
        };
        let timed = self.arguments.all.iter().any(|argument| matches!(argument.sem, SemType::Date | SemType::Time | SemType::Datetime));
        let scope = (!self.recipe.acts && (subject.is_none() || timed)).then(question);
        if let Some(key) = &scope {
            self.world.entities.enter(key, &Value::Null);
        }
        self.about = subject.or_else(|| scope.clone());
        self.scope = scope.filter(|key| self.about.as_ref() != Some(key));
    }

    /// Makes the thing known, and under what it was found.
    pub(super) fn enter(&mut self, key: &Key, id: &Value) {
        let known = self.world.entities.get(key).is_some();
        self.world.entities.enter(key, id);
        if known {
            return;
        }
        let effects = &self.tool.effects;
        let made = self.made(key);
        let all = [&effects.creates, &effects.reads, &effects.updates, &effects.deletes];
        let kind = all.into_iter().flatten().find(|kind| related(&key.0, kind)).cloned();
        let kind = kind.or_else(|| if made { effects.creates.first().cloned() } else { None });
        let found: Vec<(String, Value)> = self
            .arguments
            .all
            .iter()
            .filter(|argument| argument.key.as_ref() != Some(key) && !argument.is_layout())
            .map(|argument| (argument.attribute_of(&key.0), argument.value.clone()))
            .collect();
        // What a thing was found under it belongs to: the screening to its movie.
        let refs: Vec<(String, Key)> = self
            .arguments
            .all
            .iter()
            .filter_map(|argument| Some((argument.attribute.clone(), argument.key.clone().filter(|other| other.0 != key.0)?)))
            .collect();
        let Some(entity) = self.world.entities.get_mut(key) else { return };
        entity.domain = self.tool.domain.clone();
        entity.found_by = self.tool.name.clone();
        entity.kind = kind;
        entity.maker = made.then(|| self.tool.name.clone());
        entity.found.extend(found);
        entity.refs.extend(refs);
        if made {
            for argument in self.arguments.meant().filter(|argument| !argument.in_list && !argument.value.is_null()) {
                if argument.key.as_ref() != Some(key) {
                    entity.attributes.insert(argument.attribute_of(&key.0), argument.value.clone());
                }
            }
        }
    }

    /// Whether the call makes this thing: it is of a kind that the tool creates, and new.
    fn made(&self, key: &Key) -> bool {
        let creates = &self.tool.effects.creates;
        let named = self.arguments.keys().any(|given| given == key);
        !named && !creates.is_empty() && (creates.iter().any(|kind| related(&key.0, kind)) || self.about.is_none())
    }
}
