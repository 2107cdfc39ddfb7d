//! Numbers that the assistant tells after a result have to stand in something that came before.

use super::judge::Out;
use crate::dialogue::{Dialogue, Role};
use rustc_hash::FxHashSet;

/// Small numbers count things, number lists and come from words: they prove nothing.
const SMALL: f64 = 12.0;

/// Checks the messages that follow a result. A number is known when it was said or answered before, as it is, in percent, rounded to the
/// digits that are told, as an hour of the other half of the day, or as the sum or difference of two numbers of the last results.
pub(super) fn stated(dialogue: &Dialogue, out: &mut Out) {
    let mut known = Known::default();
    let mut told_results = false;
    for (at, turn) in dialogue.turns.iter().enumerate() {
        if turn.role == Role::User {
            told_results = false;
        }
        if turn.role == Role::Assistant && told_results {
            for (text, value, digits) in numbers(&turn.text).filter(|(_, value, _)| *value > SMALL) {
                if !known.has(value, digits) {
                    out.add("stated", at, format!("\"{text}\" comes from nowhere"));
                }
            }
        }
        known.add(&turn.text);
        for call in &turn.calls {
            known.add(&call.arguments.to_string());
        }
        if !turn.results.is_empty() {
            known.last.clear();
            told_results = true;
        }
        for result in &turn.results {
            let text = result.value.to_string();
            known.add(&text);
            known.last.extend(numbers(&text).map(|(_, value, _)| value).take(PAIRS));
        }
        known.seal();
    }
}

/// Numbers of the last results whose sums and differences are tried.
const PAIRS: usize = 24;

#[derive(Default)]
struct Known {
    exact: FxHashSet<u64>,
    sorted: Vec<f64>,
    last: Vec<f64>,
}

impl Known {
    fn add(&mut self, text: &str) {
        for (_, value, _) in numbers(text) {
            if self.exact.insert(value.to_bits()) {
                self.sorted.push(value);
            }
        }
    }

    fn seal(&mut self) {
        self.sorted.sort_by(f64::total_cmp);
    }

    fn has(&self, value: f64, digits: u32) -> bool {
        let close = |wanted: f64, slack: f64| {
            let from = self.sorted.partition_point(|known| *known < wanted - slack);
            self.sorted.get(from).is_some_and(|known| *known <= wanted + slack)
        };
        let slack = 0.5 / 10f64.powi(digits as i32) + 1e-9;
        self.exact.contains(&value.to_bits())
            || close(value, slack)
            || close(value / 100.0, slack / 100.0)
            || close(value * 100.0, 1e-6)
            || (digits == 0 && value < 24.0 && close(value - 12.0, 1e-9))
            || self.pairs().any(|known| (known - value).abs() <= slack)
    }

    fn pairs(&self) -> impl Iterator<Item = f64> {
        let all: f64 = self.last.iter().sum();
        let two = self.last.iter().enumerate().flat_map(|(at, a)| self.last[at + 1..].iter().flat_map(move |b| [a + b, (a - b).abs()]));
        two.chain([all])
    }
}

/// Numbers as they stand in a text: the text, the value, digits behind the point. `1,200.50` is one number, `12:30` are two, and so are
/// the parts of a date.
fn numbers(text: &str) -> impl Iterator<Item = (&str, f64, u32)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_digit() {
            at += 1;
        }
        if at >= bytes.len() {
            return None;
        }
        let start = at;
        let (mut point, mut value) = (None, String::new());
        while at < bytes.len() {
            let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
            match bytes[at] {
                byte if byte.is_ascii_digit() => value.push(byte as char),
                b'.' if point.is_none() && digit(at + 1) => {
                    point = Some(value.len());
                    value.push('.');
                }
                // A comma before just three digits.
                b',' if point.is_none() && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4) => {}
                _ => break,
            }
            at += 1;
        }
        let digits = point.map_or(0, |point| value.len() - point - 1) as u32;
        Some((&text[start..at], value.parse().unwrap_or(0.0), digits))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<f64> {
        numbers(text).map(|(_, value, _)| value).collect()
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(read("$1,200.50 on 2024-05-03 at 12:30, 7 of 10."), [1200.5, 2024.0, 5.0, 3.0, 12.0, 30.0, 7.0, 10.0]);
        assert_eq!(read("1,2,3 and 3.5.1"), [1.0, 2.0, 3.0, 3.5, 1.0]);
        assert!(read("none").is_empty());
    }

    #[test]
    fn a_number_may_be_rounded_a_share_a_sum_or_an_hour() {
        let mut known = Known::default();
        known.add("0.425 and 27.38, 14:45");
        known.last = vec![40.0, 60.0, 25.0];
        known.seal();
        for (value, digits) in [(27.0, 0), (27.4, 1), (42.5, 1), (100.0, 0), (125.0, 0), (35.0, 0), (45.0, 0)] {
            assert!(known.has(value, digits), "{value}");
        }
        for (value, digits) in [(27.5, 1), (28.0, 0), (99.0, 0)] {
            assert!(!known.has(value, digits), "{value}");
        }
    }
}
