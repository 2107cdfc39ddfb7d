//! One scalar of a result: repeated from the arguments, remembered, or new.

use super::World;
use super::answer::{Answer, Place};
use super::arguments::attribute;
use super::bounds::{Bound, Side};
use super::compute::compute;
use super::entity::{Key, id_text};
use super::make::Near;
use super::maker::Maker;
use super::outcome;
use super::pools::POOLS;
use super::recipe::Grain;
use crate::value::SemType;
use crate::value::english::words_of_identifier;
use jiff::ToSpan;
use jsonschema::Validator;
use rand::RngExt;
use serde_json::{Map, Value};
use std::sync::Arc;

impl<'a> Answer<'a> {
    /// An identifier that nothing has yet.
    pub(super) fn new_id(&mut self, grain: &Grain) -> Option<Value> {
        let fed = self.fed(grain);
        let mut id = None;
        for _ in 0..8 {
            let value = match &fed {
                Some(fed) => fed.make(self.world, grain),
                None => self.world.make(grain, Near::default(), |_| true),
            };
            let free = value.as_ref().is_some_and(|value| self.world.entities.is_free(&id_text(value)));
            id = value.or(id);
            if free {
                break;
            }
        }
        match &id {
            Some(id) => self.world.entities.take(&id_text(id)),
            None => self.stuck = Some(grain.pointer.clone()),
        }
        id
    }

    /// What the field must also fit, when it is to feed another tool.
    fn fed(&self, grain: &Grain) -> Option<Fed<'a>> {
        self.feeds.iter().find(|feed| feed.pointer == grain.pointer).cloned()
    }

    pub(super) fn passes_feed(&self, pointer: &str, value: &Value) -> bool {
        self.feeds.iter().filter(|feed| feed.pointer == pointer).all(|feed| feed.passes(value))
    }

    /// One scalar.
    pub(super) fn leaf(&mut self, grain: &Grain, place: &mut Place, map: &Map<String, Value>) -> Option<Value> {
        if let Maker::Fixed(value) = &grain.maker {
            return Some(value.clone());
        }
        let fed = self.fed(grain);
        let passes = |value: &Value| grain.admits(value) && fed.as_ref().is_none_or(|fed| fed.passes(value));
        if let Some(value) = self.settled(grain, place).filter(|value| passes(value)) {
            // A calculator has one answer.
            self.computed |= matches!(grain.maker, Maker::Number(_)) && self.arguments.echo(grain).is_none();
            self.remember(grain, place, &value, true);
            return Some(value);
        }
        if !self.plain
            && let Some(value) = self.recalled(grain, place).filter(|value| passes(value))
        {
            return Some(value);
        }
        let value = self.invent(grain, place, map, fed.as_ref());
        match value {
            Some(value) => {
                self.remember(grain, place, &value, false);
                Some(value)
            }
            None => {
                self.stuck = Some(grain.pointer.clone());
                None
            }
        }
    }

    /// What the call itself settles: a value repeated from the arguments, or that it went well.
    fn settled(&self, grain: &Grain, place: &Place) -> Option<Value> {
        if self.plain {
            return None;
        }
        if let Some(value) = place.twin.and_then(|twin| twin_value(twin, grain)) {
            return Some(value);
        }
        if let Some(known) = self.world.user.get(&grain.name).filter(|_| !place.in_list) {
            return Some(Value::String(known.clone()));
        }
        // Items that are searched by name are named alike, not the same.
        let searched =
            place.in_list && grain.headline && matches!(grain.sem, SemType::Title | SemType::Person | SemType::Place | SemType::Org);
        if let Some(argument) = self.arguments.echo(grain).filter(|argument| !argument.value.is_array() && !searched)
            && !argument.value.is_null()
            && !(place.in_list && argument.value == false && argument.description.contains("only"))
        {
            return Some(argument.value.clone());
        }
        if let Maker::Number(numbers) = &grain.maker
            && !place.in_list
            && !self.computed
            && let Some(value) = compute(&self.recipe.name, self.arguments)
        {
            return Some(numbers.exact(value)).filter(|value| grain.admits(value));
        }
        if self.recipe.acts && !place.in_list && outcome::is_status(grain) {
            let choices = match &grain.maker {
                Maker::Choice(values) => Some(values.as_slice()),
                _ => None,
            };
            return outcome::status(self.tool, choices);
        }
        let message = grain.words.last().is_some_and(|word| word == "message") && grain.words.len() == 1;
        if message && grain.is_text() && !place.in_list && (self.recipe.acts || grain.description.contains("status")) {
            return Some(Value::String(outcome::message(self.tool)));
        }
        None
    }

    /// What is remembered of the thing that the field speaks of.
    fn recalled(&self, grain: &Grain, place: &Place) -> Option<Value> {
        let (owner, name) = self.owner(grain, place)?;
        let own = |key: &Key, name: &str| {
            let entity = self.world.entities.get(key)?;
            // A hotel that was found under "Lisbon" is in Lisbon.
            let found = entity.found.get(name).filter(|_| matches!(grain.maker, Maker::City(_)));
            entity.attributes.get(name).or(found).cloned()
        };
        if let Some(value) = own(&owner, &name) {
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
        self.arguments.keys().rev().find_map(|key| own(key, &name))
    }

    /// The thing that a field tells about, and under what name: `hotel_name` beside a `hotel_id` is the hotel's name.
    fn owner(&self, grain: &Grain, place: &Place) -> Option<(Key, String)> {
        if grain.stem.is_none() {
            for key in place.beside.iter().chain(self.arguments.keys()).chain(&place.subject) {
                let size = key.0.split(' ').count();
                let starts = || key.0.split(' ').zip(&grain.words).all(|(kind, word)| kind == word);
                if grain.words.len() > size && starts() && self.world.entities.get(key).is_some() {
                    return Some((key.clone(), attribute(&grain.words[size..])));
                }
            }
        }
        place.subject.clone().map(|key| (key, grain.attribute.clone()))
    }

    fn remember(&mut self, grain: &Grain, place: &mut Place, value: &Value, settled: bool) {
        if let Some(seen) = place.seen.as_deref_mut() {
            seen.add(grain, value);
        }
        if self.plain {
            return;
        }
        let Some((owner, name)) = self.owner(grain, place) else {
            return;
        };
        if let Some(entity) = self.world.entities.get_mut(&owner) {
            if settled {
                entity.attributes.insert(name, value.clone());
            } else {
                entity.attributes.entry(name).or_insert_with(|| value.clone());
            }
        }
        if let Some(stem) = &grain.stem {
            let key = (stem.clone(), id_text(value));
            self.enter(&key, value, false);
        }
    }

    /// A new value, within what the arguments allow and unlike what the list already has.
    fn invent(&mut self, grain: &Grain, place: &mut Place, map: &Map<String, Value>, fed: Option<&Fed<'a>>) -> Option<Value> {
        if grain.stem.is_some() && fed.is_none() {
            return self.new_id(grain);
        }
        if !self.plain
            && place.in_list
            && let Some(value) = self.searched(grain, place)
        {
            return Some(value);
        }
        if !self.plain
            && let Some(value) =
                self.next_in_series(grain, place).or_else(|| self.follows(grain, place, map)).filter(|value| grain.admits(value))
        {
            return Some(value);
        }
        if let Some(value) = self.of_its_kind(grain, place, map) {
            return Some(value);
        }
        let (low, high) = self.limits(grain, place, map);
        let seen = place.seen.as_deref();
        let near = Near { siblings: Some(map), low, high, said: false, acting: self.recipe.acts, beyond: Some(&self.arguments.map) };
        let dates: Vec<&Bound> =
            if place.in_list && !self.plain { self.bounds.iter().filter(|bound| bound.holds_for(grain)).collect() } else { Vec::new() };
        let good = |value: &Value| {
            seen.is_none_or(|seen| seen.is_new(grain, value))
                && fed.is_none_or(|fed| fed.passes(value))
                && dates.iter().all(|bound| bound.admits(value))
        };
        let value = self.world.make(grain, near, good)?;
        match fed {
            Some(fed) if !fed.passes(&value) => fed.make(self.world, grain),
            _ => Some(value),
        }
    }

    /// The numbers that filters among the arguments leave.
    fn limits(&self, grain: &Grain, place: &Place, map: &Map<String, Value>) -> (Option<f64>, Option<f64>) {
        let (mut low, mut high) = (None, None);
        let Maker::Number(numbers) = &grain.maker else { return (low, high) };
        if !place.in_list || self.plain {
            return (low, high);
        }
        let share = |part: f64| numbers.low + part * (numbers.high - numbers.low);
        for bound in self.bounds.iter().filter(|bound| bound.holds_for(grain)) {
            match (bound.value.as_f64(), bound.part, bound.side) {
                (_, Some((from, to)), _) => (low, high) = (Some(share(from)), Some(share(to))),
                (Some(value), _, Side::Most) => high = Some(value),
                (Some(value), _, Side::Least) => low = Some(value),
                _ => {}
            }
        }
        let minor = map.values().any(|value| value.as_str().is_some_and(|text| MINOR.contains(&text)));
        if grain.sem == SemType::Money && minor {
            high = Some(high.unwrap_or(share(0.12)).min(share(0.12)));
        }
        if let Some((_, Some(before))) = place.series
            && let Some(before) = before.get(&grain.name).and_then(Value::as_f64)
        {
            let drift = 0.12 * (numbers.high - numbers.low);
            (low, high) =
                (Some(low.unwrap_or(before - drift).max(before - drift)), Some(high.unwrap_or(before + drift).min(before + drift)));
        }
        (low, high)
    }

    /// The day or hour after that of the item before.
    fn next_in_series(&mut self, grain: &Grain, place: &Place) -> Option<Value> {
        let (size, before) = place.series?;
        match &grain.maker {
            Maker::Moment(moment) if moment.is_day() => {
                let day = match before.and_then(|before| moment.read(before.get(&grain.name)?)) {
                    Some(day) => day.checked_add(1.day()).ok()?,
                    None => {
                        let given = self.arguments.all.iter().find(|argument| argument.sem == SemType::Date);
                        given.and_then(|argument| moment.read(&argument.value)).unwrap_or(self.world.now)
                    }
                };
                Some(Value::String(moment.write(day)))
            }
            Maker::Choice(values) if grain.has("hour") || grain.has("time") || grain.has("day") => {
                let at = match before {
                    Some(before) => values.iter().position(|value| Some(value) == before.get(&grain.name))? + 1,
                    None => self.world.rng.random_range(0..=values.len().saturating_sub(size)),
                };
                values.get(at).cloned()
            }
            _ => None,
        }
    }

    /// A date or time on the right side of one in the object or, at the root, in the arguments.
    fn follows(&mut self, grain: &Grain, place: &Place, map: &Map<String, Value>) -> Option<Value> {
        let here = self.world.beside(grain, Some(map));
        here.or_else(|| if place.in_list { None } else { self.world.beside(grain, Some(&self.arguments.map)) })
    }

    /// A name for a thing whose category is told: a museum is called like a museum.
    fn of_its_kind(&mut self, grain: &Grain, place: &mut Place, map: &Map<String, Value>) -> Option<Value> {
        let Maker::Pool { pool: "place" | "title" | "attraction" } = &grain.maker else { return None };
        if self.plain || !(grain.headline || grain.has("name")) {
            return None;
        }
        let told = map.values().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
        let asked = self.arguments.all.iter().filter(|argument| matches!(argument.sem, SemType::Enum | SemType::Category));
        let asked = asked.filter_map(|argument| argument.value.as_str().map(str::to_owned));
        let pool = told.into_iter().chain(asked).find_map(|word| POOLS.called(&word.replace('_', " ")))?;
        for _ in 0..8 {
            let value = Value::String(self.world.entry(pool)?);
            if grain.admits(&value) && place.seen.as_deref().is_none_or(|seen| seen.is_new(grain, &value)) {
                return Some(value);
            }
        }
        None
    }
}

/// Kinds of charges that are small beside the main one.
const MINOR: &[&str] = &[
    "taxes",
    "tax",
    "cleaning",
    "fee",
    "fees",
    "bags",
    "seat",
    "service",
    "booking_fee",
    "delivery",
    "shipping",
    "tip",
    "extras",
    "insurance",
];

/// Words of attributes that are never another thing's.
const PRIVATE: &[&str] = &["status", "count", "total", "sum", "refund", "fee", "position", "left", "number", "quantity", "minutes", "days"];

/// The value that an element of an argument list gives to the field.
fn twin_value(twin: &Map<String, Value>, grain: &Grain) -> Option<Value> {
    twin.iter().find(|(key, _)| attribute(&words_of_identifier(key)) == grain.attribute).map(|(_, value)| value.clone())
}

/// The other tool's parameter that a field is to feed.
#[derive(Clone)]
pub(super) struct Fed<'a> {
    pub(super) pointer: &'a str,
    pub(super) schema: &'a Value,
    pub(super) validator: Option<Arc<Validator>>,
}

impl Fed<'_> {
    fn passes(&self, value: &Value) -> bool {
        self.validator.as_ref().is_none_or(|validator| validator.is_valid(value))
    }

    /// A value that both schemas allow: drawn for the one and tried on the other, either way round.
    fn make(&self, world: &mut World, grain: &Grain) -> Option<Value> {
        let own = world.make(grain, Near::default(), |value| self.passes(value)).filter(|value| self.passes(value));
        own.or_else(|| {
            let both = |value: &Value| grain.admits(value) && self.passes(value);
            world.make(&grain.for_schema(self.schema)?, Near::default(), both).filter(both)
        })
    }
}
