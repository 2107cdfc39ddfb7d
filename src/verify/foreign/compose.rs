//! What follows from words that were said, though it is not said as it is: see [`super::Origin::Composed`].

use super::trace::{Before, sem, tokens};
use crate::value::SemType;
use serde_json::Value;

impl Before<'_> {
    /// Whether a value that nobody said as it is follows from words.
    pub(super) fn composed(&self, value: &Value) -> bool {
        match value {
            Value::Number(number) => number.as_f64().is_some_and(|number| self.in_words(number) || self.reckoned.has(number)),
            Value::String(text) => self.moment(text).unwrap_or_else(|| self.initials(text) || self.words_apart(text)),
            _ => false,
        }
    }

    /// "5%" is .05, and "the 18th century" has the number 18.
    fn in_words(&self, wanted: f64) -> bool {
        self.heard.iter().any(|heard| {
            super::stated::numbers(&heard.low).any(|(place, value, _)| {
                let behind = heard.low[place.end..].trim_start();
                let share = ["%", "percent", "per cent"].iter().any(|sign| behind.starts_with(sign));
                let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| behind.starts_with(end));
                (share && (value / 100.0 - wanted).abs() < 1e-9) || (ordinal && value == wanted)
            })
        })
    }

    /// A date, or a date and a time that were said apart; where nobody says what day it is, "tomorrow" may be any day.
    fn moment(&self, text: &str) -> Option<bool> {
        let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
        if sem(&Value::from(date), None) != Some(SemType::Date) {
            return None;
        }
        let said = |text: &str| {
            let value = Value::from(text);
            self.by_grammar(&value, None, true).or_else(|| self.by_grammar(&value, None, false)).is_some()
        };
        let bound = |time: &str| time.is_empty() || time.starts_with("00:00") || time.starts_with("23:59");
        let shifted = || {
            let day = date.parse().ok();
            day.is_some_and(|day: jiff::civil::Date| self.reckoned.has_day(day, |before| said(&before.to_string())))
        };
        let day = (self.relative && !self.knows_today) || said(date) || shifted();
        Some(day && (bound(time) || said(time)))
    }

    /// "SF" for San Francisco.
    fn initials(&self, text: &str) -> bool {
        let initials: String = tokens(text).filter_map(|word| word.chars().next()).collect();
        initials.len() > 1 && self.capitals.contains(&initials.to_ascii_lowercase())
    }

    /// Nearly all words of a text were said, or words of the same stem.
    fn words_apart(&self, text: &str) -> bool {
        let low = split_cases(text).to_ascii_lowercase();
        let content: Vec<&str> = tokens(&low).filter(|word| word.len() > 2 || word.bytes().any(|b| b.is_ascii_digit())).collect();
        let known = content.iter().filter(|word| self.knows(word)).count();
        !content.is_empty() && known * 5 >= content.len() * 4
    }
}

/// `JaneSmith` as `Jane Smith`.
fn split_cases(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut small = false;
    for c in text.chars() {
        if small && c.is_uppercase() {
            out.push(' ');
        }
        small = c.is_lowercase();
        out.push(c);
    }
    out
}
