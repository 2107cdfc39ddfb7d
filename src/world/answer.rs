//! Answering a call: the result is built from the recipe of the return schema, the arguments and what is remembered.

use super::arguments::Arguments;
use super::bounds::{Bound, bounds};
use super::entity::{Key, id_text};
use super::leaf::Fed;
use super::list::Seen;
use super::recipe::{Field, Recipe, Shape};
use super::schemas::Compiled;
use super::{Answered, Demand, Reply, Shown, World, WorldError, partial, settle};
use crate::catalog::{ErrorCode, Tool};
use jiff::ToSpan;
use rand::RngExt;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value};

/// Attempts at one result; the later ones leave out what is nice and not necessary.
const ATTEMPTS: usize = 5;

impl World {
    /// Runs the call: a result that is valid against the return schema and meets `demand`, or the error that the world has for it: the
    /// thing that it names is gone, or something that the tool needs is not there.
    ///
    /// # Errors
    /// When no such result was found, with the place in the result that stands in the way.
    pub fn answer(&mut self, tool: &Tool, arguments: &Value, demand: &Demand) -> Result<Reply, WorldError> {
        if demand.error.is_none() && self.missing_precondition(tool).is_some() {
            let demand = Demand { error: Some(ErrorCode::PermissionDenied), ..demand.clone() };
            return self.respond(tool, arguments, &demand, false);
        }
        self.respond(tool, arguments, demand, false)
    }

    /// As [`World::answer`] for a caller who has seen to what the tool needs (see [`World::missing_precondition`]), demands a failure where
    /// one is wanted, and places an order again only to amend it.
    ///
    /// # Errors
    /// Also when the world has an error for the call that was not demanded.
    pub fn call(&mut self, tool: &Tool, arguments: &Value, demand: &Demand) -> Result<Value, WorldError> {
        let reply = self.respond(tool, arguments, demand, true)?;
        if reply.is_error && demand.error.is_none() {
            let message = reply.value.pointer("/error/message").and_then(Value::as_str).unwrap_or_default().to_owned();
            return Err(WorldError { tool: tool.name.clone(), pointer: String::new(), message });
        }
        Ok(reply.value)
    }

    fn respond(&mut self, tool: &Tool, arguments: &Value, demand: &Demand, amended: bool) -> Result<Reply, WorldError> {
        self.begin();
        let compiled = self.compiled(tool);
        let seen = Arguments::new(&compiled.recipe, arguments).known_to(&self.entities);
        let error = demand.error.or_else(|| self.refusal(tool, &compiled.recipe, &seen, amended));
        if let Some(code) = error {
            let mut value = self.failure(tool, code, &seen);
            if let (Some(message), Some(said)) = (&demand.message, value.pointer_mut("/error/message")) {
                *said = Value::String(message.clone());
            }
            return Ok(Reply { value, is_error: true });
        }
        let memo = format!("{}\u{1f}{arguments}", tool.name);
        if let Some(known) = self.answered.get(&memo).filter(|known| meets(&known.value, demand)) {
            return Ok(Reply { value: known.value.clone(), is_error: false });
        }
        self.now = self.now.checked_add(self.rng.random_range(1..=3i64).minutes()).unwrap_or(self.now);
        self.hear(&compiled.recipe, &seen);
        self.change(tool, &compiled.recipe, &seen);
        let mut failure = WorldError { tool: tool.name.clone(), pointer: String::new(), message: "no value fits the return schema".into() };
        for attempt in 0..ATTEMPTS {
            let mut answer = Answer::new(self, tool, &compiled, &seen, demand, attempt >= 2);
            let Some(mut value) = answer.root() else {
                failure.pointer = answer.stuck.take().unwrap_or_default();
                continue;
            };
            let shown = std::mem::take(&mut answer.shown);
            if demand.partial {
                partial::divide(&compiled.recipe, &seen, &mut value);
            }
            match fault(&compiled, &value) {
                None if meets(&value, demand) => {
                    self.shown.extend(shown);
                    self.settle(tool, &compiled.recipe, &seen);
                    if !compiled.recipe.acts {
                        let kinds = touched(tool);
                        self.answered.insert(memo, Answered { value: value.clone(), domain: tool.domain.clone(), kinds });
                    }
                    return Ok(Reply { value, is_error: false });
                }
                None => failure.message = "the result cannot be what is demanded".into(),
                Some((pointer, message)) => (failure.pointer, failure.message) = (pointer, message),
            }
        }
        Err(failure)
    }

    /// Takes note of what the call names: identifiers that are taken now, and who the user is.
    fn hear(&mut self, recipe: &Recipe, arguments: &Arguments) {
        for argument in &arguments.all {
            let Some(key) = &argument.key else { continue };
            self.entities.take(&key.1);
            let grain = recipe.arguments.get(&argument.pointer);
            let user =
                grain.filter(|grain| matches!(grain.entity.as_deref(), Some("user" | "customer" | "member" | "client" | "employee")));
            if let (Some(grain), Some(text), false) = (user, argument.value.as_str(), argument.in_list) {
                self.user.insert(grain.name.clone(), text.to_owned());
            }
        }
    }
}

/// The kinds of things that a tool's answer is about.
pub(super) fn touched(tool: &Tool) -> Vec<String> {
    let effects = &tool.effects;
    [&effects.creates, &effects.reads, &effects.updates, &effects.deletes].into_iter().flatten().cloned().collect()
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
    /// Where a reading that depends on a day or an hour keeps what it says of the thing.
    pub(super) scope: Option<Key>,
    /// The thing that the result as a whole is about.
    pub(super) about: Option<Key>,
    /// Lists that this result shows whole.
    pub(super) shown: Vec<Shown>,
    /// The call puts a thing into the container that the result names: the result speaks of the thing.
    pub(super) filling: bool,
    /// Fields that were recalled.
    pub(super) told: FxHashSet<(Option<Key>, String)>,
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
    /// What is remembered of an item that has no identifier.
    pub(super) base: Option<&'a Map<String, Value>>,
    /// An element of an argument list that this item answers.
    pub(super) twin: Option<&'a Map<String, Value>>,
    /// The object that this one is in, so far.
    pub(super) above: Option<&'a Map<String, Value>>,
    /// In a series (a forecast, the hours of a day): how many items it has, and the one before.
    pub(super) series: Option<(usize, Option<&'a Map<String, Value>>)>,
}

impl Place<'_> {
    /// It is an item without an identifier that a thing keeps.
    pub(super) fn is_kept(&self) -> bool {
        self.base.is_some() && self.subject.is_none()
    }
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
        let feed = |(pointer, schema): &'a (String, Value)| {
            let schema = crate::dialogue::plain(schema);
            Fed { pointer, validator: world.schemas.feed(&schema), schema: schema.into() }
        };
        let feeds = demand.feeds.iter().map(feed).collect();
        let bounds = bounds(arguments, world.now.date());
        Answer {
            world,
            tool,
            arguments,
            bounds,
            demand,
            feeds,
            recipe: &compiled.recipe,
            plain,
            scope: None,
            about: None,
            shown: Vec::new(),
            filling: false,
            told: FxHashSet::default(),
            computed: false,
            stuck: None,
        }
    }

    fn root(&mut self) -> Option<Value> {
        let recipe = self.recipe;
        match &recipe.result {
            Shape::Object(fields) => self.root_object(fields),
            Shape::List(list) => {
                self.look_at(None);
                let about = self.about.clone();
                self.list(list, about, None, false)
            }
            Shape::Leaf(grain) => self.leaf(grain, &mut Place::default(), &Map::new()),
            Shape::Fixed(value) => Some(value.clone()),
        }
    }

    pub(super) fn object(&mut self, fields: &[Field], mut place: Place) -> Option<Map<String, Value>> {
        let mut map = Map::new();
        for (at, field) in fields.iter().enumerate() {
            if !field.required && !self.wanted(field, &place) {
                continue;
            }
            let value = match &field.shape {
                Shape::Fixed(value) => Some(value.clone()),
                Shape::Leaf(_) if place.id.as_ref().is_some_and(|(id, _)| *id == at) => place.id.as_ref().map(|(_, id)| id.clone()),
                Shape::Leaf(grain) => self.leaf(grain, &mut place, &map),
                Shape::Object(inner) => {
                    let subject = self.nested_subject(inner, &place);
                    let base = place.base.and_then(|base| base.get(&field.name)).and_then(Value::as_object);
                    let nested = Place { in_list: place.in_list, above: Some(&map), twin: place.twin, base, ..subject };
                    self.object(inner, nested).map(Value::Object)
                }
                Shape::List(list) => {
                    let kept = place.base.and_then(|base| base.get(&field.name)).filter(|value| value.is_array()).cloned();
                    match kept {
                        Some(kept) => Some(kept),
                        None => self.list(list, place.subject.clone(), Some(&map), place.in_list),
                    }
                }
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
            let settled = settle::numbers(fields, &map, above, self, &place);
            for (at, value) in settled {
                map.insert(fields[at].name.clone(), value.clone());
                if let Shape::Leaf(grain) = &fields[at].shape {
                    self.keep_value(grain, &place, &value);
                }
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
        self.enter(&key, &id);
        Place { subject: Some(key), id: Some((at, id)), ..Place::default() }
    }

    /// Whether an optional field is given: most are, and always the same ones of a thing; those that are there only on request, when it
    /// was requested.
    fn wanted(&mut self, field: &Field, place: &Place) -> bool {
        let (pointer, attribute) = match &field.shape {
            Shape::Leaf(grain) => (grain.pointer.as_str(), grain.attribute.as_str()),
            Shape::List(list) => (list.pointer.as_str(), list.attribute.as_str()),
            _ => ("", ""),
        };
        let feeds = |feed: &str| feed == pointer || feed.strip_suffix("/*") == Some(pointer);
        if !pointer.is_empty() && self.demand.feeds.iter().any(|(feed, _)| feeds(feed)) {
            return true;
        }
        if field.on_request && !field.unusual {
            return self.arguments.all.iter().any(|argument| argument.value == true);
        }
        if field.unusual || self.plain {
            return false;
        }
        match &place.subject {
            Some(key) => {
                let known = self.world.entities.get(key).is_some_and(|entity| entity.attributes.contains_key(attribute));
                known || self.world.keyed(&[&key.0, &key.1, &field.name, "given"]) % 100 < 85
            }
            None => self.world.rng.random_bool(0.85),
        }
    }
}

static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
