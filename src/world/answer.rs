//! Answering a call: the result is built from the recipe of the return schema, the arguments and what is remembered.

use super::arguments::Arguments;
use super::bounds::{Bound, bounds};
use super::entity::{Key, id_text};
use super::leaf::Fed;
use super::list::Seen;
use super::recipe::{Field, Grain, Recipe, Shape};
use super::schemas::Compiled;
use super::settle;
use super::{Demand, World, WorldError};
use crate::catalog::Tool;
use crate::value::english::{singular, words_of_identifier};
use jiff::ToSpan;
use rand::RngExt;
use serde_json::{Map, Value};

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
    pub(super) feeds: Vec<Fed<'a>>,
    pub(super) recipe: &'a Recipe,
    /// Nothing but what the schema asks for.
    pub(super) plain: bool,
    /// What the tool calculates has been told.
    pub(super) computed: bool,
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
    /// Other things that the object names, so far.
    pub(super) beside: Vec<Key>,
    pub(super) in_list: bool,
    /// What other items of the list already have.
    pub(super) seen: Option<&'a mut Seen>,
    /// An element of an argument list that this item answers.
    pub(super) twin: Option<&'a Map<String, Value>>,
    /// The object that this one is in, so far.
    pub(super) above: Option<&'a Map<String, Value>>,
    /// In a series (a forecast, the hours of a day): how many items it has, and the one before.
    pub(super) series: Option<(usize, Option<&'a Map<String, Value>>)>,
}

impl<'a> Answer<'a> {
    fn new(
        world: &'a mut World,
        tool: &'a Tool,
        compiled: &'a Compiled,
        arguments: &'a Arguments,
        demand: &'a Demand,
        plain: bool,
    ) -> Self {
        let feed = |(pointer, schema): &'a (String, Value)| Fed { pointer, schema, validator: world.schemas.feed(schema) };
        let feeds = demand.feeds.iter().map(feed).collect();
        let bounds = bounds(arguments, world.now.date());
        Answer { world, tool, arguments, bounds, demand, feeds, recipe: &compiled.recipe, plain, computed: false, stuck: None }
    }

    fn root(&mut self) -> Option<Value> {
        let recipe = self.recipe;
        match &recipe.result {
            Shape::Object(fields) => self.root_object(fields),
            Shape::List(list) => self.list(list, None, None, false),
            Shape::Leaf(grain) => self.leaf(grain, &mut Place::default(), &Map::new()),
            Shape::Fixed(value) => Some(value.clone()),
        }
    }

    fn root_object(&mut self, fields: &[Field]) -> Option<Value> {
        let ids = || {
            fields.iter().enumerate().filter_map(|(at, field)| match &field.shape {
                Shape::Leaf(grain) if grain.stem.is_some() => Some((at, grain)),
                _ => None,
            })
        };
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
                    let nested = Place { in_list: place.in_list, above: Some(&map), twin: place.twin, ..subject };
                    self.object(inner, nested).map(Value::Object)
                }
                Shape::List(list) => self.list(list, place.subject.clone(), Some(&map), place.in_list),
            };
            match value {
                Some(value) => {
                    if let Shape::Leaf(grain) = &field.shape
                        && let Some(stem) = &grain.stem
                    {
                        place.beside.push((stem.clone(), id_text(&value)));
                    }
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
        let pointer = match &field.shape {
            Shape::Leaf(grain) => grain.pointer.as_str(),
            Shape::List(list) => list.pointer.as_str(),
            _ => "",
        };
        let feeds = |feed: &str| feed == pointer || feed.strip_suffix("/*") == Some(pointer);
        if !pointer.is_empty() && self.demand.feeds.iter().any(|(feed, _)| feeds(feed)) {
            return true;
        }
        if field.on_request && !field.unusual {
            return self.arguments.all.iter().any(|argument| argument.value == true);
        }
        if field.unusual {
            return false;
        }
        !self.plain && self.world.rng.random_bool(0.85)
    }
}

static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
