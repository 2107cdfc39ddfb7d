//! What is remembered of things: whose value a field is, what it was, and what else it follows from.

use super::answer::{Answer, Place};
use super::arguments::{attribute, attribute_of};
use super::entity::{Key, id_text};
use super::maker::Maker;
use super::moment::Tense;
use super::outcome;
use super::recipe::Grain;
use crate::value::SemType;
use crate::value::english::words_of_identifier;
use serde_json::{Map, Value};

/// Words of attributes that are never another thing's.
const PRIVATE: &[&str] =
    &["status", "state", "count", "total", "sum", "refund", "fee", "position", "left", "number", "quantity", "minutes", "days", "rating"];

impl Answer<'_> {
    /// What is remembered of the thing that the field speaks of.
    pub(super) fn recalled(&self, grain: &Grain, place: &Place) -> Option<Value> {
        if let Some(base) = place.base
            && let Some(value) = base_value(base, grain)
        {
            return Some(value);
        }
        let (owner, name) = self.owner(grain, place)?;
        if let Some(value) = self.own(&owner, grain, &name) {
            return Some(value);
        }
        if let Some(scope) = self.scope.as_ref().filter(|_| self.is_root(place))
            && let Some(value) = self.own(scope, grain, &grain.attribute)
        {
            return Some(value);
        }
        if let Some(value) = self.inherited(&owner, grain, &name) {
            return Some(value);
        }
        if let Some(stem) = &grain.stem {
            // "Songs by X" are all by one artist.
            let name = self.arguments.all.iter().find(|argument| argument.attribute.strip_prefix(stem.as_str()) == Some(" name"))?;
            return self.world.entities.named(stem, &name.value).map(|entity| entity.id.clone());
        }
        if place.in_list || PRIVATE.iter().any(|word| grain.has(word)) || !matches!(grain.maker, Maker::Number(_) | Maker::City(_)) {
            return None;
        }
        // A price or a place that the call's other things have: `add_to_cart` says what the product costs.
        self.arguments.keys().rev().find_map(|key| self.own(key, grain, &name))
    }

    /// Whether the field has the value that was said of the thing before this call.
    pub(super) fn was_told(&self, grain: &Grain, place: &Place, value: Option<&Value>) -> bool {
        value.is_some() && self.told.contains(&(place.subject.clone(), grain.pointer.clone()))
    }

    fn own(&self, key: &Key, grain: &Grain, name: &str) -> Option<Value> {
        let entity = self.world.entities.get(key)?;
        // A hotel that was found under "Lisbon" is in Lisbon.
        let found = || entity.found.get(name).filter(|_| matches!(grain.maker, Maker::City(_) | Maker::Choice(_)));
        entity.attributes.get(name).or_else(found).cloned()
    }

    /// What a thing has from those that it names: a booking takes place on the day of its slot.
    fn inherited(&self, owner: &Key, grain: &Grain, name: &str) -> Option<Value> {
        let passes_on = match &grain.maker {
            _ if grain.headline || outcome::is_status(grain) => false,
            _ if grain.stem.as_ref().is_some_and(|stem| *stem != owner.0) => true,
            Maker::City(_) | Maker::Choice(_) => true,
            Maker::Moment(moment) => moment.tense == Tense::Future,
            Maker::Number(_) => !PRIVATE.iter().any(|word| grain.has(word)),
            _ => false,
        };
        let near = self.world.entities.around(owner);
        let of = |key: &&Key| {
            let entity = self.world.entities.get(key)?;
            let theirs = attribute_of(&grain.words, &key.0);
            // `hotel_name` of a booking is its hotel's name.
            if theirs != grain.attribute && grain.stem.is_none() {
                return entity.attributes.get(&theirs).cloned();
            }
            let told = || entity.attributes.get(name).or_else(|| entity.found.get(name)).cloned();
            if passes_on && grain.stem.as_ref() != Some(&key.0) { told() } else { None }
        };
        near.iter().find_map(of)
    }

    /// The thing that a field tells about, and under what name: `hotel_name` beside a `hotel_id` is the hotel's name.
    pub(super) fn owner(&self, grain: &Grain, place: &Place) -> Option<(Key, String)> {
        if grain.stem.is_none() && !place.is_kept() {
            let refs = place.subject.as_ref().and_then(|key| self.world.entities.get(key)).map(|entity| &entity.refs);
            let refs = refs.into_iter().flat_map(|refs| refs.values());
            for key in place.beside.iter().chain(&place.subject).chain(self.arguments.keys()).chain(refs) {
                let size = key.0.split(' ').count();
                let starts = || key.0.split(' ').zip(&grain.words).all(|(kind, word)| kind == word);
                if grain.words.len() > size && starts() && self.world.entities.get(key).is_some() {
                    return Some((key.clone(), attribute(&grain.words[size..])));
                }
            }
        }
        let thing = self.arguments.keys().find(|_| self.filling && grain.stem.is_none() && self.is_root(place));
        thing.or(place.subject.as_ref()).map(|key| (key.clone(), grain.attribute.clone()))
    }

    /// The field stands in the result itself, not in an item.
    fn is_root(&self, place: &Place) -> bool {
        !place.in_list && place.subject == self.about
    }

    pub(super) fn remember(&mut self, grain: &Grain, place: &mut Place, value: &Value, settled: bool) {
        if let Some(seen) = place.seen.as_deref_mut() {
            seen.add(grain, value);
        }
        if self.plain {
            return;
        }
        // A reading that repeats its own question says nothing new of the thing.
        let question = settled && !self.recipe.acts && self.is_root(place) && grain.stem.is_none();
        if !place.is_kept() && !question {
            self.put(grain, place, value, settled && self.recipe.acts);
        }
        if let Some(stem) = &grain.stem {
            let key = (stem.clone(), id_text(value));
            self.enter(&key, value);
            if let Some(subject) = place.subject.as_ref().filter(|subject| **subject != key && !place.is_kept())
                && let Some(entity) = self.world.entities.get_mut(subject)
            {
                entity.refs.insert(grain.attribute.clone(), key);
            }
        }
    }

    /// Remembers what a field turned out to be, in place of what was drawn for it.
    pub(super) fn keep_value(&mut self, grain: &Grain, place: &Place, value: &Value) {
        if !place.is_kept() {
            self.put(grain, place, value, true);
        }
    }

    fn put(&mut self, grain: &Grain, place: &Place, value: &Value, anew: bool) {
        let Some((owner, name)) = self.owner(grain, place) else { return };
        let own = place.subject.as_ref() == Some(&owner);
        let scope = self.scope.clone().filter(|_| own && self.is_root(place) && grain.stem.is_none());
        let Some(entity) = self.world.entities.get_mut(&scope.unwrap_or(owner)) else { return };
        if anew {
            entity.attributes.insert(name, value.clone());
        } else {
            entity.attributes.entry(name).or_insert_with(|| value.clone());
        }
    }
}

/// The value that a remembered item without an identifier has for the field.
fn base_value(base: &Map<String, Value>, grain: &Grain) -> Option<Value> {
    base.get(&grain.name).or_else(|| base.get(&grain.attribute)).cloned().or_else(|| {
        let same = |key: &String| attribute(&words_of_identifier(key)) == grain.attribute;
        base.iter().find(|(key, _)| same(key)).map(|(_, value)| value.clone())
    })
}

/// Whether a value says what a thing is called.
pub(super) fn is_name(grain: &Grain) -> bool {
    grain.headline || matches!(grain.sem, SemType::Title | SemType::Person | SemType::Place | SemType::Org)
}
