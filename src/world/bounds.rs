//! Filters: arguments that say how large, how small, how early or how late the items of a result may be.

use super::arguments::{Argument, Arguments};
use super::recipe::Grain;
use crate::value::SemType;
use crate::value::english::singular;
use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Most,
    Least,
}

#[derive(Debug)]
pub(super) struct Bound {
    pub(super) side: Side,
    /// What it bounds, in words; empty for whatever is of the same kind.
    words: Vec<String>,
    sem: SemType,
    pub(super) value: Value,
}

const MOST: &[&str] = &["max", "maximum", "highest", "most", "upper", "within", "before", "until", "by", "to", "end", "radius", "under", "latest", "budget"];
const LEAST: &[&str] = &["min", "minimum", "lowest", "least", "lower", "since", "after", "from", "start", "over", "above", "earliest"];
const NOISE: &[&str] = &["date", "time", "value", "number", "of", "limit", "level", "km", "m", "usd", "on", "at"];

/// The bounds that the arguments set.
pub(super) fn bounds(arguments: &Arguments) -> Vec<Bound> {
    arguments.all.iter().filter_map(bound).collect()
}

fn bound(argument: &Argument) -> Option<Bound> {
    let has = |list: &[&str]| argument.words.iter().any(|word| list.contains(&word.as_str()));
    let side = if has(LEAST) { Side::Least } else if has(MOST) { Side::Most } else { return None };
    let dated = matches!(argument.sem, SemType::Date | SemType::Datetime | SemType::Time);
    if !(argument.value.is_number() || dated) {
        return None;
    }
    let skip = |word: &str| MOST.contains(&word) || LEAST.contains(&word) || NOISE.contains(&word);
    let mut words: Vec<String> = argument.words.iter().filter(|word| !skip(word)).map(|word| singular(word)).collect();
    if argument.words.iter().any(|word| word == "radius") {
        words.push("distance".into());
    }
    if argument.words.iter().any(|word| word == "budget") {
        words.push("price".into());
    }
    Some(Bound { side, words, sem: argument.sem, value: argument.value.clone() })
}

impl Bound {
    /// Whether the bound is about this field.
    pub(super) fn holds_for(&self, grain: &Grain) -> bool {
        let dated = |sem| matches!(sem, SemType::Date | SemType::Datetime);
        let same_kind = self.sem == grain.sem || (dated(self.sem) && dated(grain.sem)) || (self.value.is_number() && !dated(grain.sem));
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
