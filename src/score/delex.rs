//! Text without its values, so that metrics of wording are not fooled by names and numbers.
//!
//! A token is a run of letters and digits, with apostrophes inside, in small letters. Masked are the values of arguments and results, what
//! stands in quotation marks, and every token with a digit; values that follow one another are one mask.

use crate::dialogue::{Dialogue, leaves};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Stands for a value.
pub const MASK: &str = "<v>";

/// A value that is longer is a text that nobody repeats.
const LONGEST: usize = 12;

/// The values of one dialogue, by the hash of their first token: the hashes of all.
#[derive(Debug, Default)]
pub struct Masks {
    values: FxHashMap<u64, Vec<Vec<u64>>>,
}

impl Masks {
    pub fn of(dialogue: &Dialogue) -> Masks {
        let mut masks = Masks::default();
        for turn in &dialogue.turns {
            for value in turn.calls.iter().map(|call| &call.arguments).chain(turn.results.iter().map(|result| &result.value)) {
                for (_, leaf) in leaves(value) {
                    if let Value::String(text) = leaf {
                        masks.add(text);
                    }
                }
            }
        }
        masks
    }

    /// A value of one everyday word ("small") is part of how things are said and stays.
    fn add(&mut self, value: &str) {
        let words = tokens(value);
        let plain = words.len() == 1 && value.chars().all(|c| c.is_lowercase());
        if plain || words.is_empty() || words.len() > LONGEST {
            return;
        }
        let hashes: Vec<u64> = words.iter().map(|(low, _)| xxh3_64(low.as_bytes())).collect();
        let same = self.values.entry(hashes[0]).or_default();
        if !same.contains(&hashes) {
            same.push(hashes);
        }
    }

    /// The places of the values, in order: an unquoted token with a digit is one of them.
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let words = tokens(text);
        let hashes: Vec<u64> = words.iter().map(|(low, _)| xxh3_64(low.as_bytes())).collect();
        let mut out = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let value = self.value_at(&hashes[at..]);
            if value > 0 || words[at].0.bytes().any(|byte| byte.is_ascii_digit()) {
                out.push(words[at].1.start..words[at + value.max(1) - 1].1.end);
            }
            at += value.max(1);
        }
        out
    }

    /// The text with its values masked, and how many tokens it had.
    pub fn apply(&self, text: &str) -> (String, u64) {
        let words = tokens(text);
        let hashes: Vec<u64> = words.iter().map(|(low, _)| xxh3_64(low.as_bytes())).collect();
        let quotes = quoted(text);
        let mut out = String::with_capacity(text.len());
        let mut masked = false;
        let mut at = 0;
        while at < words.len() {
            let (low, place) = &words[at];
            let value = self.value_at(&hashes[at..]);
            let hidden =
                value > 0 || low.bytes().any(|byte| byte.is_ascii_digit()) || quotes.iter().any(|quote| quote.contains(&place.start));
            if !(hidden && masked) {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(if hidden { MASK } else { low });
            }
            masked = hidden;
            at += value.max(1);
        }
        (out, words.len() as u64)
    }

    /// How many tokens the longest value has that begins here.
    fn value_at(&self, hashes: &[u64]) -> usize {
        let Some(candidates) = self.values.get(&hashes[0]) else { return 0 };
        candidates.iter().filter(|value| hashes.starts_with(value)).map(Vec::len).max().unwrap_or(0)
    }
}

/// Tokens in small letters, with their places.
pub fn tokens(text: &str) -> Vec<(String, Range<usize>)> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = c.is_alphanumeric()
            || (matches!(c, '\'' | '’') && start.is_some() && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric()));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((text[from..at].to_lowercase(), from..at));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        out.push((text[from..].to_lowercase(), from..text.len()));
    }
    out
}

/// What stands between double quotation marks.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('"' | '“', None) => open = Some(at),
            ('"' | '”', Some(from)) => {
                out.push(from..at);
                open = None;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masks(values: &[&str]) -> Masks {
        let mut masks = Masks::default();
        for value in values {
            masks.add(value);
        }
        masks
    }

    #[test]
    fn values_numbers_and_quotes_become_one_mark_each() {
        let masks = masks(&["Porto", "Harbor View Hotel", "small"]);
        let text = "Book the Harbor View Hotel, Porto for 3 nights; call it \"our small trip\". I'd like a small room.";
        let (shown, tokens) = masks.apply(text);
        assert_eq!(shown, "book the <v> for <v> nights call it <v> i'd like a small room");
        assert_eq!(tokens, 19);
    }

    #[test]
    fn the_longest_value_is_masked() {
        let masks = masks(&["New York", "New York Times"]);
        assert_eq!(masks.apply("The New York Times of New York").0, "the <v> of <v>");
        assert_eq!(masks.apply("").0, "");
    }
}
