//! Numbers and days that follow from what is known by one step of reckoning: a sum over a list, its length, an amount at a rate, a measure in
//! another unit, a day so many days after another.

use crate::dialogue::{leaves, pattern};
use crate::value::{find_shifts, reckon};
use rustc_hash::FxHashSet;
use serde_json::Value;
use std::collections::BTreeMap;

/// Numbers that are tried in products.
const TRIED: usize = 200;

/// What can be reckoned with.
#[derive(Debug, Default)]
pub(super) struct Reckoned {
    /// Sums and lengths of lists, to the hundredth.
    sums: FxHashSet<i64>,
    rates: Vec<f64>,
    amounts: Vec<f64>,
    /// Measures in the unit in which others say them.
    measures: Vec<f64>,
    shifts: Vec<i64>,
    dates: Vec<jiff::civil::Date>,
}

impl Reckoned {
    /// What the user said.
    pub(super) fn said(&mut self, text: &str) {
        self.amounts.extend(super::stated::numbers(text).map(|(_, value, _)| value));
        for (_, amount, unit) in reckon::measures(text) {
            let other = reckon::counterpart(unit);
            let both = other.into_iter().flat_map(|other| [false, true].map(|whole| reckon::converted(&amount, unit, other, whole)));
            self.measures.extend(both.flatten().filter_map(|value| value.as_f64()));
        }
        self.shifts.extend(find_shifts(text).into_iter().map(|(_, days)| days));
    }

    /// What a call took or gave.
    pub(super) fn known(&mut self, value: &Value) {
        let mut lists: BTreeMap<String, (f64, i64)> = BTreeMap::new();
        for (pointer, leaf) in leaves(value) {
            match leaf {
                Value::Number(number) => {
                    let number = number.as_f64().unwrap_or(0.0);
                    self.rates.push(number);
                    let (sum, count) = lists.entry(pattern(&pointer)).or_default();
                    (*sum, *count) = (*sum + number, *count + 1);
                }
                Value::String(text) => self.dates.extend(text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok())),
                _ => {}
            }
        }
        self.sums.extend(lists.values().filter(|(_, count)| *count > 1).map(|(sum, _)| cents(*sum)));
        self.lengths(value);
    }

    fn lengths(&mut self, value: &Value) {
        match value {
            Value::Array(items) => {
                self.sums.insert(cents(items.len() as f64));
                items.iter().for_each(|item| self.lengths(item));
            }
            Value::Object(map) => map.values().for_each(|inner| self.lengths(inner)),
            _ => {}
        }
    }

    /// Whether a number follows.
    pub(super) fn has(&self, wanted: f64) -> bool {
        let near = |value: f64| (value - wanted).abs() < 0.006;
        let last = |all: &[f64]| all.iter().rev().take(TRIED).copied().collect::<Vec<f64>>();
        self.sums.contains(&cents(wanted))
            || self.measures.iter().any(|value| near(*value))
            // A whole number is too easily a product of two.
            || (wanted.fract() != 0.0 && {
                let rates = last(&self.rates);
                last(&self.amounts).iter().any(|amount| rates.iter().any(|rate| near(amount * rate)))
            })
    }

    /// Whether a day is as many days after a known one as somebody said.
    pub(super) fn has_day(&self, wanted: jiff::civil::Date, said: impl Fn(jiff::civil::Date) -> bool) -> bool {
        self.shifts.iter().any(|days| {
            let before = wanted.checked_sub(jiff::Span::new().days(*days)).ok();
            before.is_some_and(|before| self.dates.contains(&before) || said(before))
        })
    }
}

fn cents(value: f64) -> i64 {
    (value * 100.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_step_is_followed() {
        let mut known = Reckoned::default();
        known.said("the equivalent of 120 dollars, within 2 km, and two days later");
        known.known(&json!({"rate": 0.915, "items": [{"price": 10.5, "day": "2026-03-30"}, {"price": 20}, {"price": 3}]}));
        for number in [33.5, 3.0, 109.8, 1.24] {
            assert!(known.has(number), "{number}");
        }
        for number in [34.0, 109.7, 7.0, 2.5] {
            assert!(!known.has(number), "{number}");
        }
        assert!(known.has_day(jiff::civil::date(2026, 4, 1), |_| false));
        assert!(!known.has_day(jiff::civil::date(2026, 4, 2), |_| false));
        assert!(known.has_day(jiff::civil::date(2026, 5, 3), |day| day == jiff::civil::date(2026, 5, 1)));
    }
}
