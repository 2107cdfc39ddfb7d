//! Values that a user says: arguments, one leaf at a time.

use super::World;
use super::arguments::{Arguments, attribute_of};
use super::make::Near;
use super::maker::Maker;
use super::moment::{Kind, Moment};
use super::recipe::{Grain, Recipe};
use crate::catalog::{Leaf, Tool};
use crate::value::english::words_of_identifier;
use jiff::ToSpan;
use jiff::civil::DateTime;
use rand::RngExt;
use serde_json::{Map, Value};

/// Words of parameters that come later or are larger than their counterpart.
#[rustfmt::skip]
const LATER: &[&str] = &[
    "end", "ends", "until", "out", "return", "arrival", "arrives", "arrive", "to", "due", "finish", "checkout", "dropoff", "before", "max",
    "maximum", "high", "upper", "close", "closes", "expires", "expected", "sunset", "stop",
];
#[rustfmt::skip]
const EARLIER: &[&str] = &[
    "start", "starts", "begin", "from", "in", "since", "departure", "departs", "checkin", "pickup", "after", "min", "minimum", "low", "lower",
    "depart", "open", "opens", "send", "sent", "ordered", "placed", "sunrise", "issued",
];

impl World {
    /// A value for one argument leaf: valid against the leaf's schema, of the kind that its name, description and semantic type ask
    /// for, coherent with `so_far` (the arguments chosen before it), and not one that was drawn for the same parameter before.
    ///
    /// `None` when no value can be found that the leaf's schema allows.
    pub fn draw(&mut self, tool: &Tool, leaf: &Leaf, so_far: &Value) -> Option<Value> {
        let compiled = self.compiled(tool);
        match compiled.recipe.arguments.get(&leaf.pointer) {
            Some(grain) => {
                let now = self.present(&compiled.recipe, tool, grain, so_far);
                self.speaking(|world| {
                    let can_be_shown = world.showable(tool, grain, so_far, now.as_ref());
                    can_be_shown.or_else(|| world.fresh(grain, so_far, now.as_ref()))
                })
            }
            None => None,
        }
    }

    /// For a tool that makes or changes things, a value that the results of its catalog can show, where these list what they show: who makes
    /// an event at 09:45 will never see it in a list that knows 09:30 and 11:00 only.
    fn showable(&mut self, tool: &Tool, grain: &Grain, so_far: &Value, now: Option<&Value>) -> Option<Value> {
        if tool.effects.creates.is_empty() && tool.effects.updates.is_empty() || matches!(grain.maker, Maker::Choice(_)) {
            return None;
        }
        let schemas = self.schemas.clone();
        let values: Vec<&Value> = schemas.can_show(tool, &grain.name).iter().filter(|value| grain.admits(value)).collect();
        let used = self.drawn.get(&memory(grain)).cloned().unwrap_or_default();
        let siblings = siblings(so_far, &grain.pointer);
        let new = |value: &Value| !used.contains(&value.to_string()) && Some(value) != now && apart(grain, value, siblings);
        let pool = format!("{}\u{1f}shown", grain.name);
        let value = (0..values.len()).map(|_| values[self.spread.next(&pool, values.len())]).find(|value| new(value))?.clone();
        self.drawn.entry(memory(grain)).or_default().insert(value.to_string());
        Some(value)
    }

    /// What the thing that a call is to change has now: whoever changes it says something else.
    fn present(&self, recipe: &Recipe, tool: &Tool, grain: &Grain, so_far: &Value) -> Option<Value> {
        if tool.effects.updates.is_empty() || grain.stem.is_some() {
            return None;
        }
        let given = Arguments::new(recipe, so_far);
        given.keys().find_map(|key| {
            let entity = self.entities.get(key)?;
            entity.attributes.get(&attribute_of(&grain.words, &key.0)).cloned()
        })
    }

    /// As [`World::draw`], and different from `old`.
    pub fn redraw(&mut self, tool: &Tool, leaf: &Leaf, so_far: &Value, old: &Value) -> Option<Value> {
        let compiled = self.compiled(tool);
        let grain = compiled.recipe.arguments.get(&leaf.pointer)?;
        self.speaking(|world| world.fresh(grain, so_far, Some(old))).filter(|value| value != old)
    }

    fn fresh(&mut self, grain: &Grain, so_far: &Value, old: Option<&Value>) -> Option<Value> {
        let siblings = siblings(so_far, &grain.pointer);
        let used = self.drawn.get(&memory(grain)).cloned().unwrap_or_default();
        let new = |value: &Value| !used.contains(&value.to_string()) && Some(value) != old && apart(grain, value, siblings);
        // An end that was drawn before its start still comes after it.
        let beside = (0..8).find_map(|_| self.beside(grain, siblings).filter(|value| new(value) && grain.fits(value)));
        let value = match beside {
            Some(value) => Some(value),
            None if old.is_some() && matches!(grain.maker, Maker::Moment(_)) && counterpart(grain, siblings).is_some() => None,
            None => {
                let (low, high) = order(grain, siblings);
                self.make(grain, Near { siblings, low, high, said: true, ..Near::default() }, new)
            }
        }?;
        let value = if Some(&value) == old { self.other(grain, old).unwrap_or(value) } else { value };
        self.drawn.entry(memory(grain)).or_default().insert(value.to_string());
        Some(value)
    }

    /// Any other value of a small domain, when chance did not find one.
    fn other(&mut self, grain: &Grain, old: Option<&Value>) -> Option<Value> {
        match &grain.maker {
            Maker::Choice(values) => values.iter().find(|value| Some(*value) != old).cloned(),
            Maker::Bool => old.and_then(Value::as_bool).map(|flag| Value::Bool(!flag)),
            _ => None,
        }
    }

    /// A date or time that follows (or goes before) one that is already there.
    pub(super) fn beside(&mut self, grain: &Grain, siblings: Option<&Map<String, Value>>) -> Option<Value> {
        let Maker::Moment(moment) = &grain.maker else {
            return None;
        };
        let (other, sign) = counterpart(grain, siblings)?;
        let at = moment.read(other)?;
        let near: DateTime = match moment.kind {
            Kind::Date => at.checked_add((sign * self.rng.random_range(1..=6)).days()).ok()?,
            Kind::Time => {
                let moved = at.checked_add((sign * self.rng.random_range(1..=6i64) * 30).minutes()).ok()?;
                if moved.date() == at.date() { moved } else { return None }
            }
            Kind::Datetime => at.checked_add((sign * self.rng.random_range(1..=8i64) * 30).minutes()).ok()?,
        };
        Some(moment.write(near))
    }
}

/// What one parameter's values are remembered under: its name and its semantic type.
fn memory(grain: &Grain) -> String {
    format!("{}\u{1f}{:?}", grain.name, grain.sem)
}

/// The object that the leaf goes into, as far as it is there.
fn siblings<'a>(so_far: &'a Value, pointer: &str) -> Option<&'a Map<String, Value>> {
    let mut at = so_far;
    let mut last = so_far.as_object();
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    for part in &parts[..parts.len().saturating_sub(1)] {
        at = match (*part, at) {
            ("*", Value::Array(items)) => items.last()?,
            (key, Value::Object(map)) => map.get(&key.replace("~1", "/").replace("~0", "~"))?,
            _ => return last,
        };
        last = at.as_object().or(last);
    }
    last
}

/// The sibling that the leaf's value must come after (1) or before (-1).
fn counterpart<'a>(grain: &Grain, siblings: Option<&'a Map<String, Value>>) -> Option<(&'a Value, i64)> {
    let (mine, sign) = side(&grain.words)?;
    siblings?.iter().find_map(|(key, value)| {
        let (other, other_sign) = side(&words_of_identifier(key))?;
        (other_sign == -sign && other == mine).then_some((value, sign))
    })
}

/// What a name says besides its side, and the side.
fn side(words: &[String]) -> Option<(Vec<String>, i64)> {
    let at = words.iter().position(|word| LATER.contains(&word.as_str()) || EARLIER.contains(&word.as_str()))?;
    let sign = if LATER.contains(&words[at].as_str()) { 1 } else { -1 };
    let rest =
        words.iter().enumerate().filter(|(i, word)| *i != at && !matches!(word.as_str(), "date" | "time" | "day" | "on" | "at" | "by"));
    Some((rest.map(|(_, word)| word.clone()).collect(), sign))
}

/// Limits that an already chosen minimum or maximum sets.
pub(super) fn order(grain: &Grain, siblings: Option<&Map<String, Value>>) -> (Option<f64>, Option<f64>) {
    match counterpart(grain, siblings) {
        Some((other, 1)) => (other.as_f64(), None),
        Some((other, _)) => (None, other.as_f64()),
        None => (None, None),
    }
}

/// Whether two places of one kind differ: origin and destination, two currencies, two accounts.
fn apart(grain: &Grain, value: &Value, siblings: Option<&Map<String, Value>>) -> bool {
    if !(value.is_string() && grain.is_pair()) {
        return true;
    }
    !siblings.into_iter().flatten().any(|(key, other)| *key != grain.name && other == value)
}

impl Grain {
    /// Places whose value must not be that of a sibling.
    fn is_pair(&self) -> bool {
        !matches!(self.maker, Maker::Moment(Moment { .. }) | Maker::Choice(_) | Maker::Fixed(_)) || self.has("currency") || self.has("unit")
    }
}
