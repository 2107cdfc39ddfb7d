//! Answering a call: the result is built from the recipe of the return schema, the arguments and what is remembered.

use super::arguments::{Arguments, attribute};
use super::bounds::{Bound, bounds};
use super::entity::{Key, id_text};
use super::list::Seen;
use super::make::Near;
use super::maker::Maker;
use super::outcome;
use super::recipe::{Field, Grain, Recipe, Shape};
use super::schemas::Compiled;
use super::settle;
use super::{Demand, World, WorldError};
use crate::catalog::Tool;
use crate::value::english::{singular, words_of_identifier};
use jiff::ToSpan;
use jsonschema::Validator;
use rand::RngExt;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Attempts at one result; the later ones leave out what is nice and not necessary.
const ATTEMPTS: usize = 5;

impl World {
    /// Runs the call: a result that is valid against the return schema and meets `demand`.
    ///
    /// # Errors
    /// When no such result was found, with the place in the result that stands in the way.
    pub fn call(&mut self, tool: &Tool, arguments: &Value, demand: &Demand) -> Result<Value, WorldError> {
        let compiled = self.compiled(tool);
        let memo = format!("{}\u{1f}{arguments}", tool.name);
        if !compiled.recipe.acts
            && let Some(known) = self.answered.get(&memo).filter(|known| meets(known, demand))
        {
            return Ok(known.clone());
        }
        self.now = self.now.checked_add(self.rng.random_range(1..=3i64).minutes()).unwrap_or(self.now);
        let seen = Arguments::new(&compiled.recipe, arguments);
        for key in seen.keys() {
            self.entities.take(&key.1);
        }
        let mut failure = WorldError { tool: tool.name.clone(), pointer: String::new(), message: "no value fits the return schema".into() };
        for attempt in 0..ATTEMPTS {
            let mut answer = Answer::new(self, tool, &compiled, &seen, demand, attempt >= 2);
            let Some(value) = answer.root() else {
                failure.pointer = answer.stuck.take().unwrap_or_default();
                continue;
            };
            match fault(&compiled, &value) {
                None if meets(&value, demand) => {
                    self.settle_effects(tool, &compiled.recipe, &seen, &value);
                    if !compiled.recipe.acts {
                        self.answered.insert(memo, value.clone());
                    }
                    return Ok(value);
                }
                None => failure.message = "the result cannot be what is demanded".into(),
                Some((pointer, message)) => (failure.pointer, failure.message) = (pointer, message),
            }
        }
        Err(failure)
    }

    /// What the call leaves behind: changed attributes, things that are gone, and answers that no longer hold.
    fn settle_effects(&mut self, tool: &Tool, recipe: &Recipe, arguments: &Arguments, result: &Value) {
        if !recipe.acts {
            return;
        }
        self.answered.clear();
        let effects = &tool.effects;
        let target = |kinds: &[String]| {
            let names = |key: &Key| kinds.iter().any(|kind| related(&key.0, kind));
            arguments.keys().find(|key| names(key)).or_else(|| arguments.keys().next()).cloned()
        };
        if !effects.updates.is_empty()
            && let Some(entity) = target(&effects.updates).and_then(|key| self.entities.get_mut(&key))
        {
            for argument in arguments.all.iter().filter(|argument| argument.key.is_none() && !argument.value.is_null()) {
                let name = argument.attribute.strip_prefix(&format!("{} ", entity_kind(&effects.updates))).unwrap_or(&argument.attribute);
                entity.attributes.insert(name.to_owned(), argument.value.clone());
            }
        }
        if !effects.deletes.is_empty()
            && let Some(entity) = target(&effects.deletes).and_then(|key| self.entities.get_mut(&key))
        {
            entity.gone = true;
        }
        let _ = result;
    }
}

fn entity_kind(kinds: &[String]) -> String {
    kinds.first().map(|kind| words_of_identifier(kind).join(" ")).unwrap_or_default()
}

/// Whether an identifier's kind and an effect's entity speak of one thing: `booking` and `hotel_booking`.
fn related(stem: &str, kind: &str) -> bool {
    let kind: Vec<String> = words_of_identifier(kind).iter().map(|word| singular(word)).collect();
    stem.split(' ').next_back().is_some_and(|last| kind.last().is_some_and(|kind| kind == last))
}

/// Whether the lists of a result are as long as asked for.
fn meets(value: &Value, demand: &Demand) -> bool {
    demand.lists.iter().all(|(pointer, range)| {
        let parts: Vec<&str> = pointer.trim_end_matches("/*").split('/').skip(1).collect();
        lists_at(value, &parts).iter().all(|size| range.contains(size))
    })
}

fn lists_at(value: &Value, parts: &[&str]) -> Vec<usize> {
    match (parts, value) {
        ([], Value::Array(items)) => vec![items.len()],
        (["*", rest @ ..], Value::Array(items)) => items.iter().flat_map(|item| lists_at(item, rest)).collect(),
        ([key, rest @ ..], Value::Object(map)) => map.get(*key).map(|inner| lists_at(inner, rest)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn fault(compiled: &Compiled, value: &Value) -> Option<(String, String)> {
    let validator = compiled.returns.as_ref()?;
    if validator.is_valid(value) {
        return None;
    }
    validator.iter_errors(value).next().map(|error| (error.instance_path().to_string(), error.to_string()))
}

/// One result in the making.
pub(super) struct Answer<'a> {
    pub(super) world: &'a mut World,
    pub(super) tool: &'a Tool,
    pub(super) arguments: &'a Arguments,
    pub(super) bounds: Vec<Bound>,
    pub(super) demand: &'a Demand,
    feeds: Vec<Fed<'a>>,
    recipe: &'a Recipe,
    /// Nothing but what the schema asks for.
    pub(super) plain: bool,
    /// Where no value was found.
    pub(super) stuck: Option<String>,
}

/// Where a value goes.
#[derive(Debug, Default)]
pub(super) struct Place<'a> {
    /// The thing that the object is about.
    pub(super) subject: Option<Key>,
    /// The identifier that the list gave to this item.
    pub(super) id: Option<(usize, Value)>,
    pub(super) in_list: bool,
    /// What other items of the list already have.
    pub(super) seen: Option<&'a mut Seen>,
    /// An element of an argument list that this item answers.
    pub(super) twin: Option<&'a Map<String, Value>>,
    /// The object that this one is in, so far.
    pub(super) above: Option<&'a Map<String, Value>>,
}

impl<'a> Answer<'a> {
    fn new(world: &'a mut World, tool: &'a Tool, compiled: &'a Compiled, arguments: &'a Arguments, demand: &'a Demand, plain: bool) -> Self {
        let feed = |(pointer, schema): &'a (String, Value)| Fed { pointer, schema, validator: world.schemas.feed(schema) };
        let feeds = demand.feeds.iter().map(feed).collect();
        let bounds = bounds(arguments);
        Answer { world, tool, arguments, bounds, demand, feeds, recipe: &compiled.recipe, plain, stuck: None }
    }

    fn root(&mut self) -> Option<Value> {
        let recipe = self.recipe;
        match &recipe.result {
            Shape::Object(fields) => self.root_object(fields),
            Shape::List(list) => self.list(list, None, None),
            Shape::Leaf(grain) => self.leaf(grain, &mut Place::default(), &Map::new()),
            Shape::Fixed(value) => Some(value.clone()),
        }
    }

    fn root_object(&mut self, fields: &[Field]) -> Option<Value> {
        let ids = || fields.iter().enumerate().filter_map(|(at, field)| match &field.shape {
            Shape::Leaf(grain) if grain.stem.is_some() => Some((at, grain)),
            _ => None,
        });
        let given = |grain: &Grain| self.arguments.echo(grain).is_some_and(|argument| !argument.value.is_array());
        let creates = !self.tool.effects.creates.is_empty();
        let primary = match creates {
            true => ids().find(|(_, grain)| !given(grain)).or_else(|| ids().next()),
            false => ids().find(|(_, grain)| given(grain)).or_else(|| ids().next()),
        };
        let mut place = Place::default();
        match primary {
            Some((at, grain)) => {
                let value = match self.arguments.echo(grain).filter(|argument| !self.plain && grain.admits(&argument.value)) {
                    Some(argument) => argument.value.clone(),
                    None => self.new_id(grain)?,
                };
                let key = (grain.stem.clone().unwrap_or_default(), id_text(&value));
                self.enter(&key, &value, creates);
                place.subject = Some(key);
                place.id = Some((at, value));
            }
            None => place.subject = self.arguments.keys().next().cloned(),
        }
        if let Some(key) = place.subject.clone()
            && self.world.entities.get(&key).is_none()
        {
            self.enter(&key, &Value::String(key.1.clone()), false);
        }
        self.object(fields, place).map(Value::Object)
    }

    /// Makes the thing known, and under what it was found.
    pub(super) fn enter(&mut self, key: &Key, id: &Value, created: bool) {
        let known = self.world.entities.get(key).is_some();
        let entity = self.world.entities.enter(key, id);
        if known {
            return;
        }
        entity.created = created;
        entity.domain = self.tool.domain.clone();
        entity.found_by = self.tool.name.clone();
        let found = self.arguments.all.iter().filter(|argument| argument.key.as_ref() != Some(key));
        entity.found = found.map(|argument| (argument.attribute.clone(), argument.value.clone())).collect();
    }

    pub(super) fn object(&mut self, fields: &[Field], mut place: Place) -> Option<Map<String, Value>> {
        let mut map = Map::new();
        for (at, field) in fields.iter().enumerate() {
            if !field.required && !self.wanted(field) {
                continue;
            }
            let value = match &field.shape {
                Shape::Fixed(value) => Some(value.clone()),
                Shape::Leaf(_) if place.id.as_ref().is_some_and(|(id, _)| *id == at) => place.id.as_ref().map(|(_, id)| id.clone()),
                Shape::Leaf(grain) => self.leaf(grain, &mut place, &map),
                Shape::Object(inner) => {
                    let subject = self.nested_subject(inner, &place);
                    let nested = Place { in_list: place.in_list, above: Some(&map), ..subject };
                    self.object(inner, nested).map(Value::Object)
                }
                Shape::List(list) => self.list(list, place.subject.clone(), Some(&map)),
            };
            match value {
                Some(value) => {
                    map.insert(field.name.clone(), value);
                }
                None if field.required => return None,
                None => {}
            }
        }
        if !self.plain {
            let above = place.above.unwrap_or(&EMPTY);
            for (name, value) in settle::numbers(fields, &map, above, self.arguments, &self.world.entities) {
                map.insert(name, value);
            }
        }
        Some(map)
    }

    /// The thing that an object inside another is about: its own identifier's, else the outer one.
    fn nested_subject(&mut self, fields: &[Field], place: &Place) -> Place<'static> {
        let own = fields.iter().enumerate().find_map(|(at, field)| match &field.shape {
            Shape::Leaf(grain) if grain.stem.is_some() => Some((at, grain)),
            _ => None,
        });
        let Some((at, grain)) = own else {
            return Place { subject: place.subject.clone(), ..Place::default() };
        };
        let mut outer = Place { subject: place.subject.clone(), ..Place::default() };
        let Some(id) = self.leaf(grain, &mut outer, &Map::new()) else {
            return outer;
        };
        let key = (grain.stem.clone().unwrap_or_default(), id_text(&id));
        self.enter(&key, &id, false);
        Place { subject: Some(key), id: Some((at, id)), ..Place::default() }
    }

    /// Whether an optional field is given: most are; those that are there only on request, when it was requested.
    fn wanted(&mut self, field: &Field) -> bool {
        let (pointer, description) = match &field.shape {
            Shape::Leaf(grain) => (grain.pointer.as_str(), grain.description.as_str()),
            Shape::List(list) => (list.pointer.as_str(), list.description.as_str()),
            _ => ("", ""),
        };
        if !pointer.is_empty() && self.demand.feeds.iter().any(|(feed, _)| feed == pointer || feed.strip_suffix("/*") == Some(pointer)) {
            return true;
        }
        let words = words_of_identifier(&field.name);
        if words.iter().any(|word| matches!(word.as_str(), "error" | "errors" | "warning" | "warnings" | "cursor" | "nextpage")) {
            return false;
        }
        if ["if asked", "if requested", "when asked", "when requested", "if one was", "only if", "only when"].iter().any(|mark| description.contains(mark)) {
            return self.arguments.all.iter().any(|argument| argument.value == true);
        }
        !self.plain && self.world.rng.random_bool(0.85)
    }

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
            self.remember(grain, place, map, &value, true);
            return Some(value);
        }
        if !self.plain
            && let Some(value) = self.recalled(grain, place, map).filter(|value| passes(value))
        {
            return Some(value);
        }
        let value = self.invent(grain, place, map, fed.as_ref());
        match value {
            Some(value) => {
                self.remember(grain, place, map, &value, false);
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
        let names_item = place.in_list && (grain.headline || grain.stem.is_some() && place.id.is_none());
        if let Some(argument) = self.arguments.echo(grain).filter(|argument| !argument.value.is_array() && !names_item)
            && !argument.value.is_null()
        {
            return Some(argument.value.clone());
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
    fn recalled(&self, grain: &Grain, place: &Place, map: &Map<String, Value>) -> Option<Value> {
        let (owner, name) = self.owner(grain, place, map)?;
        let own = |key: &Key, name: &str| self.world.entities.get(key).and_then(|entity| entity.attributes.get(name).cloned());
        if let Some(value) = own(&owner, &name) {
            return Some(value);
        }
        if place.in_list || PRIVATE.iter().any(|word| grain.has(word)) || !matches!(grain.maker, Maker::Number(_) | Maker::City(_)) {
            return None;
        }
        // A price or a place that the call's other things have: `add_to_cart` says what the product costs.
        self.arguments.keys().rev().find_map(|key| own(key, &name))
    }

    /// The thing that a field tells about, and under what name: `hotel_name` beside a `hotel_id` is the hotel's name.
    fn owner(&self, grain: &Grain, place: &Place, map: &Map<String, Value>) -> Option<(Key, String)> {
        let words: Vec<&str> = grain.words.iter().map(String::as_str).collect();
        let beside = map.iter().filter_map(|(name, value)| {
            let name = words_of_identifier(name);
            let (last, kind) = name.split_last()?;
            (last == "id" && !kind.is_empty() && (value.is_string() || value.is_number())).then(|| (kind.join(" "), id_text(value)))
        });
        let around = beside.chain(self.arguments.keys().cloned()).chain(place.subject.clone());
        for key in around {
            let kind: Vec<&str> = key.0.split(' ').collect();
            let size = kind.len();
            if words.len() > size && words.starts_with(&kind) && self.world.entities.get(&key).is_some() {
                return Some((key, attribute(&grain.words[size..])));
            }
        }
        place.subject.clone().map(|key| (key, attribute(&grain.words)))
    }

    fn remember(&mut self, grain: &Grain, place: &mut Place, map: &Map<String, Value>, value: &Value, settled: bool) {
        if let Some(seen) = place.seen.as_deref_mut() {
            seen.add(grain, value);
        }
        if self.plain {
            return;
        }
        let Some((owner, name)) = self.owner(grain, place, map) else {
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
        if !self.plain && place.in_list
            && let Some(value) = self.searched(grain, place)
        {
            return Some(value);
        }
        let (low, high) = self.limits(grain, place);
        let acting = self.recipe.acts;
        if let Some(value) = (!self.plain).then(|| self.world.beside(grain, Some(map))).flatten()
            && grain.admits(&value)
        {
            return Some(value);
        }
        let seen = place.seen.as_deref();
        let near = Near { siblings: Some(map), low, high, said: false, acting };
        let dates: Vec<&Bound> = if place.in_list && !self.plain { self.bounds.iter().filter(|bound| bound.holds_for(grain)).collect() } else { Vec::new() };
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
    fn limits(&self, grain: &Grain, place: &Place) -> (Option<f64>, Option<f64>) {
        let (mut low, mut high) = (None, None);
        if !place.in_list || self.plain {
            return (low, high);
        }
        for bound in self.bounds.iter().filter(|bound| bound.holds_for(grain)) {
            let Some(value) = bound.value.as_f64() else { continue };
            match bound.side {
                super::bounds::Side::Most => high = Some(value),
                super::bounds::Side::Least => low = Some(value),
            }
        }
        (low, high)
    }
}

static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);

/// Words of attributes that are never another thing's.
const PRIVATE: &[&str] = &["status", "count", "total", "sum", "refund", "fee", "position", "left", "number", "quantity", "minutes", "days"];

/// The value that an element of an argument list gives to the field.
fn twin_value(twin: &Map<String, Value>, grain: &Grain) -> Option<Value> {
    let name = attribute(&grain.words);
    twin.iter().find(|(key, _)| attribute(&words_of_identifier(key)) == name).map(|(_, value)| value.clone())
}

/// The other tool's parameter that a field is to feed.
#[derive(Clone)]
struct Fed<'a> {
    pointer: &'a str,
    schema: &'a Value,
    validator: Option<Arc<Validator>>,
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
