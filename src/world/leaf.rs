//! One scalar of a result: repeated from the arguments, remembered, or new.

use super::World;
use super::answer::{Answer, Place};
use super::arguments::attribute;
use super::bounds::{Bound, Side};
use super::change;
use super::compute::compute;
use super::draw::order;
use super::entity::id_text;
use super::make::Near;
use super::maker::Maker;
use super::moment::Tense;
use super::neighbors::{derived, paged, quoted};
use super::outcome;
use super::pools::POOLS;
use super::recipe::{Field, Grain, Shape};
use crate::value::SemType;
use crate::value::english::words_of_identifier;
use jiff::ToSpan;
use jiff::civil::Date;
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
            // "Cancelled" is what it is from now on.
            if self.recipe.acts && !value.is_null() {
                self.remember(grain, place, value, true);
            }
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
            && let Some(value) = self.recalled(grain, place).map(|value| self.stepped(grain, value)).filter(|value| passes(value))
        {
            if grain.follows {
                self.told.insert((place.subject.clone(), grain.pointer.clone()));
            }
            self.remember(grain, place, &value, self.recipe.acts);
            return Some(value);
        }
        let value = self.invent(grain, place, map, fed.as_ref());
        match value {
            Some(value) => {
                self.remember(grain, place, &value, self.recipe.acts);
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
        if place.base.is_some_and(|base| base.contains_key(&grain.name)) {
            return None;
        }
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
        if self.recipe.acts && !place.in_list {
            let choices = match &grain.maker {
                Maker::Choice(values) => Some(values.as_slice()),
                _ => None,
            };
            let status = outcome::is_status(grain).then(|| outcome::status(self.tool, choices)).flatten();
            if let Some(status) = status.or_else(|| outcome::went_well(choices?)) {
                return Some(status);
            }
        }
        let message = grain.words.last().is_some_and(|word| word == "message") && grain.words.len() == 1;
        if message && grain.is_text() && !place.in_list && (self.recipe.acts || grain.description.contains("status") || self.reports()) {
            return Some(Value::String(outcome::message(self.tool)));
        }
        None
    }

    /// The result says by a code how the request went.
    fn reports(&self) -> bool {
        let code =
            |field: &Field| matches!(attribute(&words_of_identifier(&field.name)).as_str(), "status code" | "status" | "success" | "code");
        matches!(&self.recipe.result, Shape::Object(fields) if fields.iter().any(code))
    }

    /// A new value, within what the arguments allow and unlike what the list already has.
    fn invent(&mut self, grain: &Grain, place: &mut Place, map: &Map<String, Value>, fed: Option<&Fed<'a>>) -> Option<Value> {
        if grain.stem.is_some()
            && let Some(open) = self.open_container(grain).filter(|_| !place.in_list)
        {
            return Some(open);
        }
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
        if let Some(value) = derived(grain, map).filter(|value| grain.admits(value)) {
            return Some(value);
        }
        let (low, high) = self.limits(grain, place, map);
        let seen = place.seen.as_deref();
        let window = if place.in_list && !self.plain { self.window(grain) } else { None };
        let near =
            Near { siblings: Some(map), low, high, window, said: false, acting: self.recipe.acts, beyond: Some(&self.arguments.map) };
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
        if self.plain {
            return (low, high);
        }
        if let Some(limits) = quoted(grain, map).or_else(|| paged(grain, map)) {
            return limits;
        }
        if ["min", "max", "minimum", "maximum", "low", "high", "lower", "upper"].iter().any(|word| grain.has(word)) {
            (low, high) = order(grain, Some(map));
        }
        if !place.in_list {
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

    /// The days between which the bounds among the arguments leave room; where only one side is bound, the other lies some weeks away.
    fn window(&self, grain: &Grain) -> Option<(Date, Date)> {
        let Maker::Moment(moment) = &grain.maker else { return None };
        let day = |bound: &&Bound| bound.value.as_str().and_then(|text| text.get(..10)?.parse::<Date>().ok());
        let held = || self.bounds.iter().filter(|bound| bound.holds_for(grain));
        let first = held().filter(|bound| bound.side == Side::Least).filter_map(|bound| day(&bound)).max();
        let last = held().filter(|bound| bound.side == Side::Most).filter_map(|bound| day(&bound)).min();
        let today = self.world.now.date();
        let past = matches!(moment.tense, Tense::Past | Tense::Done);
        let away = |date: Date, days: i64| date.checked_add(days.days()).unwrap_or(date);
        match (first, last) {
            (None, None) => None,
            (Some(first), Some(last)) => Some((first, last.max(first))),
            (Some(first), None) if past && first < today => Some((first, away(today, -1).max(first))),
            (Some(first), None) => Some((first, away(first.max(today), 40))),
            (None, Some(last)) if past || last <= today => Some((away(last, -40), last)),
            (None, Some(last)) => Some((away(today, 1).min(last), last)),
        }
    }

    /// A number of things in a container after the call has put one in or taken one out.
    fn stepped(&self, grain: &Grain, value: Value) -> Value {
        let counts = grain.words.iter().any(|word| matches!(word.as_str(), "count" | "total" | "size"))
            || grain.words.windows(2).any(|pair| pair[1] == "in" || pair[1] == "left");
        if self.tool.effects.updates.is_empty() || !counts || grain.sem == SemType::Money {
            return value;
        }
        let step = change::step(self.recipe);
        match value.as_i64() {
            Some(number) if step != 0 => Value::from((number + step).max(0)),
            _ => value,
        }
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
                Some(moment.write(day))
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

/// The value that an element of an argument list gives to the field.
fn twin_value(twin: &Map<String, Value>, grain: &Grain) -> Option<Value> {
    twin.iter().find(|(key, _)| attribute(&words_of_identifier(key)) == grain.attribute).map(|(_, value)| value.clone())
}

/// The other tool's parameter that a field is to feed.
#[derive(Clone)]
pub(super) struct Fed<'a> {
    pub(super) pointer: &'a str,
    pub(super) schema: Arc<Value>,
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
            world.make(&grain.for_schema(&self.schema)?, Near::default(), both).filter(both)
        })
    }
}
