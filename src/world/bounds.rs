//! Filters: arguments that say how large, how small, how early or how late the items of a result may be.

use super::arguments::{Argument, Arguments};
use super::maker::Maker;
use super::recipe::Grain;
use crate::value::SemType;
use crate::value::english::singular;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Most,
    Least,
}

#[derive(Debug)]
pub(super) struct Bound {
    pub(super) side: Side,
    /// Pattern pointer of the argument that sets it.
    pub(super) of: String,
    /// What it bounds, in words; empty for whatever is of the same kind.
    words: Vec<String>,
    sem: SemType,
    pub(super) value: Value,
    /// The part of the usual range that a price level stands for.
    pub(super) part: Option<(f64, f64)>,
}

const MOST: &[&str] =
    &["max", "maximum", "highest", "most", "upper", "within", "before", "until", "by", "to", "end", "radius", "under", "latest", "budget"];
const LEAST: &[&str] = &["min", "minimum", "lowest", "least", "lower", "since", "after", "from", "start", "over", "above", "earliest"];
const NOISE: &[&str] = &["date", "time", "value", "number", "of", "limit", "level", "km", "m", "usd", "on", "at"];

/// Words for price levels, as parts of the price range.
const LEVELS: &[(&[&str], (f64, f64))] = &[
    (&["budget", "cheap", "low", "economy", "inexpensive", "$"], (0.0, 0.3)),
    (&["mid", "moderate", "medium", "standard", "average", "$$"], (0.25, 0.6)),
    (&["luxury", "upscale", "expensive", "high", "premium", "fine", "$$$", "$$$$"], (0.6, 1.0)),
];

/// The bounds that the arguments set.
pub(super) fn bounds(arguments: &Arguments, today: Date) -> Vec<Bound> {
    let of = |argument: &Argument| {
        let lone = within(argument, today).or_else(|| named(argument)).or_else(|| bound(argument));
        let mut bounds = lone.map_or_else(|| tense(argument, today), |bound| vec![bound]);
        bounds.iter_mut().for_each(|bound| bound.of = argument.pointer.clone());
        bounds
    };
    arguments.meant().filter(|argument| !argument.is_layout()).flat_map(of).collect()
}

/// `upcoming`, `past`, `current`: on which side of today things lie.
fn tense(argument: &Argument, today: Date) -> Vec<Bound> {
    let day = |side, days: i64| {
        let date = today.checked_add(days.days()).unwrap_or(today);
        Bound { side, of: String::new(), words: Vec::new(), sem: SemType::Date, value: Value::String(date.to_string()), part: None }
    };
    match argument.value.as_str().unwrap_or_default() {
        "upcoming" | "future" | "coming" | "planned" | "scheduled" => vec![day(Side::Least, 1)],
        "past" | "previous" | "expired" | "attended" | "overdue" => vec![day(Side::Most, -1)],
        "current" | "ongoing" => vec![day(Side::Least, -1), day(Side::Most, 0)],
        _ => Vec::new(),
    }
}

/// `within_days: 30`.
fn within(argument: &Argument, today: Date) -> Option<Bound> {
    let has = |word: &str| argument.words.iter().any(|have| have == word);
    let days = argument.value.as_i64().filter(|days| (has("within") || has("next")) && has("days") && (0..4000).contains(days))?;
    let last = today.checked_add(days.days()).ok()?;
    Some(Bound {
        side: Side::Most,
        of: String::new(),
        words: Vec::new(),
        sem: SemType::Date,
        value: Value::String(last.to_string()),
        part: None,
    })
}

/// Bounds that a word stands for: `nonstop`, `mid_range`.
fn named(argument: &Argument) -> Option<Bound> {
    let value = argument.value.as_str()?;
    let stops = match value {
        "nonstop" | "non_stop" | "direct" => Some(0),
        "one_stop" | "max_one" | "up_to_one" => Some(1),
        _ => None,
    };
    if let Some(stops) = stops {
        return Some(Bound {
            side: Side::Most,
            of: String::new(),
            words: vec!["stop".into()],
            sem: SemType::Count,
            value: Value::from(stops),
            part: None,
        });
    }
    let priced = argument.words.iter().any(|word| matches!(word.as_str(), "price" | "budget" | "cost"));
    let first = value.split(['_', '-', ' ']).next()?;
    let (_, part) = LEVELS.iter().find(|(names, _)| priced && names.contains(&first))?;
    Some(Bound {
        side: Side::Most,
        of: String::new(),
        words: vec!["price".into()],
        sem: SemType::Money,
        value: Value::Null,
        part: Some(*part),
    })
}

fn bound(argument: &Argument) -> Option<Bound> {
    let has = |list: &[&str]| argument.words.iter().any(|word| list.contains(&word.as_str()));
    let side = if has(LEAST) {
        Side::Least
    } else if has(MOST) {
        Side::Most
    } else {
        return None;
    };
    let dated = matches!(argument.sem, SemType::Date | SemType::Datetime | SemType::Time);
    if !(argument.value.is_number() || dated) {
        return None;
    }
    let skip = |word: &str| MOST.contains(&word) || LEAST.contains(&word) || NOISE.contains(&word);
    let mut words: Vec<String> = argument.words.iter().filter(|word| !skip(word)).map(|word| singular(word)).collect();
    for (from, to) in [("radius", "distance"), ("budget", "price")] {
        if argument.words.iter().any(|word| word == from) {
            words.push(to.into());
        }
    }
    Some(Bound { side, of: String::new(), words, sem: argument.sem, value: argument.value.clone(), part: None })
}

impl Bound {
    /// Whether the bound is about this field.
    pub(super) fn holds_for(&self, grain: &Grain) -> bool {
        let dated = |sem| matches!(sem, SemType::Date | SemType::Datetime);
        let same_kind = self.sem == grain.sem
            || (dated(self.sem) && dated(grain.sem))
            || (self.value.is_number() && !dated(grain.sem))
            || self.part.is_some() && matches!(grain.maker, Maker::Number(_));
        let shared = self.words.iter().any(|word| grain.words.iter().any(|have| singular(have) == *word));
        same_kind && if self.words.is_empty() { self.sem == grain.sem || dated(grain.sem) } else { shared }
    }

    /// Whether a date is on the right side; numbers are drawn within their bounds.
    pub(super) fn admits(&self, value: &Value) -> bool {
        let (Some(limit), Some(text)) = (self.value.as_str(), value.as_str()) else {
            return true;
        };
        // ISO 8601 sorts as text; a day and a moment compare by their day.
        let cut = limit.len().min(text.len());
        match (limit.get(..cut), text.get(..cut)) {
            (Some(limit), Some(text)) if self.side == Side::Most => text <= limit,
            (Some(limit), Some(text)) => text >= limit,
            _ => true,
        }
    }
}
