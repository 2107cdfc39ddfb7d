//! Which remembered things a list may have: those that nothing among the arguments is against.

use super::answer::{Answer, Place};
use super::arguments::Argument;
use super::bounds::{Bound, Side};
use super::entity::{Entity, Key, id_text};
use super::maker::Maker;
use super::recall::is_name;
use super::recipe::{Field, Grain, List, Shape};
use super::search;
use crate::value::SemType;
use serde_json::{Map, Value};

/// States of things that are no more.
pub(super) const OVER: &[&str] = &["cancel", "delete", "remove", "expired", "closed", "archived", "inactive"];
/// States that lie behind.
const BEHIND: &[&str] = &["past", "finished", "complete", "done", "delivered", "over", "previous", "snoozed", "on_hold", "shipped"];

/// How a thing stands to the arguments of a call.
pub(super) enum Fit {
    Yes,
    No,
    /// Nothing is known against it, but it was not found under this either: chance decides, once and for all.
    Open,
}

impl Answer<'_> {
    /// Whether a remembered thing belongs into the list.
    pub(super) fn agrees(&mut self, list: &List, key: &Key, entity: &Entity) -> bool {
        let state = self.arguments.meant().find(|argument| is_state(argument)).and_then(|argument| argument.value.as_str());
        let over = state.is_some_and(|state| OVER.iter().any(|word| state.contains(word)));
        if entity.gone != over && (entity.gone || entity.is_created()) {
            return false;
        }
        if entity.is_created() && !entity.gone && state.is_some_and(|state| BEHIND.iter().any(|word| state.contains(word))) {
            return false;
        }
        let fields: &[Field] = match list.item.as_ref() {
            Shape::Object(fields) => fields,
            _ => &[],
        };
        if !self.within(fields, |answer, grain| answer.value_of(key, grain)) {
            return false;
        }
        let mut open: Vec<(String, Value)> = Vec::new();
        let arguments = self.arguments;
        for argument in arguments.meant().filter(|argument| !argument.value.is_null() && !argument.in_list && !argument.is_layout()) {
            match self.fit(fields, argument, key, entity) {
                Fit::Yes => {}
                Fit::No => return false,
                Fit::Open => match self.toss(argument, key) {
                    Some(value) if value == argument.value => open.push((argument.attribute_of(&key.0), value)),
                    Some(_) => return false,
                    None => {}
                },
            }
        }
        if let Some(entity) = self.world.entities.get_mut(key) {
            entity.found.extend(open);
        }
        true
    }

    /// Whether the numbers and days of a thing are within the bounds.
    fn within(&self, fields: &[Field], value: impl Fn(&Self, &Grain) -> Option<Value>) -> bool {
        self.bounds.iter().all(|bound| {
            let mut held = fields.iter().filter_map(|field| match &field.shape {
                Shape::Leaf(grain) if bound.holds_for(grain) => Some(grain),
                _ => None,
            });
            held.all(|grain| value(self, grain).is_none_or(|value| holds(bound, grain, &value)))
        })
    }

    fn value_of(&self, key: &Key, grain: &Grain) -> Option<Value> {
        self.recalled(grain, &Place { subject: Some(key.clone()), in_list: true, ..Place::default() })
    }

    fn fit(&self, fields: &[Field], argument: &Argument, key: &Key, entity: &Entity) -> Fit {
        let name = argument.attribute_of(&key.0);
        let known = entity.attributes.get(&name).or_else(|| entity.found.get(&name));
        let own = fields.iter().find_map(|field| match &field.shape {
            Shape::Leaf(grain) if grain.attribute == argument.attribute => self.value_of(key, grain),
            _ => None,
        });
        let known = own.as_ref().or(known);
        if let Some(other) = &argument.key {
            return self.belongs(argument, other, key, entity, known);
        }
        if is_state(argument) || self.bounds.iter().any(|bound| bound.of == argument.pointer) {
            return Fit::Yes;
        }
        if search::looks_for(argument) {
            let same = entity.found.get(&name) == Some(&argument.value);
            return if same || self.speaks_of(fields, argument, key, entity) { Fit::Yes } else { Fit::No };
        }
        if argument.value.is_boolean() {
            return match (argument.flag(), known) {
                (Some(true), Some(known)) => yes(known == &Value::Bool(true)),
                (Some(true), None) if !entity.is_created() => Fit::Open,
                _ => Fit::Yes,
            };
        }
        match known {
            Some(Value::Array(many)) => yes(many.contains(&argument.value)),
            Some(known) => yes(same_text(known, &argument.value)),
            None if entity.is_created() => Fit::Yes,
            None if matches!(argument.sem, SemType::Enum | SemType::Category | SemType::City) => Fit::Open,
            None => Fit::Yes,
        }
    }

    /// Whether a thing belongs to another that the call names: the task to its project.
    fn belongs(&self, argument: &Argument, other: &Key, key: &Key, entity: &Entity, known: Option<&Value>) -> Fit {
        if other == key {
            return Fit::No;
        }
        let named = entity.refs.iter().find(|(name, one)| **name == argument.attribute || one.0 == other.0).map(|(_, one)| one);
        if let Some(container) = self.world.entities.get(other) {
            let listed = container.lists.values().flatten().any(|id| id_text(id) == key.1);
            if listed || container.contents.contains_key(key) {
                return Fit::Yes;
            }
        }
        if let Some(named) = named {
            return yes(named == other);
        }
        if let Some(known) = known {
            return yes(known == &argument.value);
        }
        match &entity.maker {
            // What is put into things by a tool of its own is in none before; what could have been put there and was not, neither.
            Some(maker) => yes(!self.world.schemas.pairs(&other.0, &key.0) && !self.world.schemas.takes(maker, &argument.attribute)),
            None if entity.found_by == self.tool.name => Fit::Open,
            None => Fit::No,
        }
    }

    /// What a thing has where nothing was said of it: the same whenever it is asked.
    fn toss(&self, argument: &Argument, key: &Key) -> Option<Value> {
        let number = self.world.keyed(&[&key.0, &key.1, &argument.attribute]);
        if argument.key.is_some() || argument.value.is_boolean() {
            let other = if argument.value.is_boolean() { Value::Bool(false) } else { Value::Null };
            return Some(if number % 2 == 0 { argument.value.clone() } else { other });
        }
        match &self.recipe.arguments.get(&argument.pointer)?.maker {
            Maker::Choice(values) => values.get(number as usize % values.len().max(1)).cloned(),
            _ => Some(Value::Null),
        }
    }

    /// Whether a thing has to do with a search word.
    fn speaks_of(&self, fields: &[Field], argument: &Argument, key: &Key, entity: &Entity) -> bool {
        let Some(wanted) = argument.value.as_str().map(str::to_lowercase) else { return true };
        let about = |text: &str| {
            let text = text.to_lowercase();
            text.contains(&wanted) || wanted.split_whitespace().any(|word| word.len() > 3 && text.contains(word.trim_end_matches('s')))
        };
        let field = fields.iter().any(|field| match &field.shape {
            Shape::Leaf(grain) if is_name(grain) || grain.is_text() => {
                self.value_of(key, grain).and_then(|value| value.as_str().map(about)).unwrap_or(false)
            }
            _ => false,
        });
        field || entity.attributes.values().filter_map(Value::as_str).any(about)
    }

    /// The items of a remembered list without identifiers that nothing among the arguments is against.
    pub(super) fn still(&self, fields: &[Field], items: &[Value]) -> Vec<Map<String, Value>> {
        let fits = |item: &&Map<String, Value>| {
            let of = |grain: &Grain| item.get(&grain.name).cloned();
            let equal = fields.iter().all(|field| match &field.shape {
                Shape::Leaf(grain) if matches!(grain.maker, Maker::Choice(_)) => {
                    let asked = self.arguments.echo(grain).filter(|argument| !argument.value.is_array());
                    asked.is_none_or(|argument| of(grain).is_none_or(|value| value == argument.value))
                }
                _ => true,
            });
            equal && self.within(fields, |_, grain| of(grain))
        };
        items.iter().filter_map(Value::as_object).filter(fits).cloned().collect()
    }
}

fn yes(is: bool) -> Fit {
    if is { Fit::Yes } else { Fit::No }
}

pub(super) fn is_state(argument: &Argument) -> bool {
    let by_name = argument.words.iter().any(|word| matches!(word.as_str(), "status" | "state"));
    by_name || argument.value.as_str().is_some_and(|text| matches!(text, "upcoming" | "past" | "current"))
}

fn same_text(a: &Value, b: &Value) -> bool {
    match (a.as_str(), b.as_str()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => a == b,
    }
}

/// Whether a value is on the right side of a bound.
fn holds(bound: &Bound, grain: &Grain, value: &Value) -> bool {
    let Some(number) = value.as_f64() else { return bound.admits(value) };
    match (bound.part, bound.value.as_f64(), bound.side, &grain.maker) {
        (Some((from, to)), .., Maker::Number(numbers)) => {
            let share = (number - numbers.low) / (numbers.high - numbers.low).max(1e-9);
            share >= from - 0.02 && share <= to + 0.02
        }
        (_, Some(limit), Side::Most, _) => number <= limit,
        (_, Some(limit), Side::Least, _) => number >= limit,
        _ => true,
    }
}
