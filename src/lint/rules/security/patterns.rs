//! What attacks in descriptions look like. The patterns are matched on folded text: without invisible characters, with Latin
//! letters for those that look like them, in one line.

use super::payload;
use crate::lint::rules::names::confusable;
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use std::cell::RefCell;
use std::sync::LazyLock;

/// Patterns that are looked for all at once; which of them it was, and where, is worked out for the few texts that have one.
struct Table(LazyLock<(RegexSet, Vec<&'static str>)>);

#[expect(clippy::expect_used, reason = "the patterns are part of the program, and the tests run each")]
fn patterns(tables: &[&'static str]) -> (RegexSet, Vec<&'static str>) {
    let lines = tables.iter().flat_map(|table| table.lines()).map(str::trim);
    let lines: Vec<&'static str> = lines.filter(|line| !line.is_empty() && !line.starts_with("# ")).collect();
    let set = RegexSetBuilder::new(&lines).case_insensitive(true).size_limit(1 << 26).dfa_size_limit(1 << 26).build().expect("patterns");
    (set, lines)
}

impl Table {
    fn is_in(&self, text: &str) -> bool {
        self.0.0.is_match(text)
    }

    fn find(&self, text: &str) -> Option<String> {
        let (set, lines) = &*self.0;
        let first = set.matches(text).iter().next()?;
        let pattern = RegexBuilder::new(lines.get(first)?).case_insensitive(true).build().ok()?;
        pattern.find(text).map(|found| found.as_str().trim().to_owned())
    }
}

const IN_WORDS: [&str; 3] = [include_str!("injection.txt"), include_str!("concealment.txt"), include_str!("cross_server.txt")];
/// All that is looked for in words, for one look at ordinary texts.
static ANY: Table = Table(LazyLock::new(|| patterns(&IN_WORDS)));
static INJECTION: Table = Table(LazyLock::new(|| patterns(&IN_WORDS[..1])));
static CONCEALMENT: Table = Table(LazyLock::new(|| patterns(&IN_WORDS[1..2])));
static CROSS: Table = Table(LazyLock::new(|| patterns(&IN_WORDS[2..])));
static TOKENS: Table = Table(LazyLock::new(|| patterns(&[include_str!("control_tokens.txt")])));
static MARKUP: Table = Table(LazyLock::new(|| patterns(&[include_str!("hidden_markup.txt")])));
static SECRETS: Table = Table(LazyLock::new(|| patterns(&[include_str!("secret_files.txt")])));

/// Texts shorter than this can hold no order.
const LEAST: usize = 10;

pub(super) fn injection(text: &str) -> Option<String> {
    in_words(text, &INJECTION)
}

pub(super) fn concealment(text: &str) -> Option<String> {
    in_words(text, &CONCEALMENT)
}

pub(super) fn cross_server(text: &str) -> Option<String> {
    in_words(text, &CROSS)
}

pub(super) fn secret_file(text: &str) -> Option<String> {
    SECRETS.find(text)
}

pub(super) fn control_token(text: &str) -> Option<String> {
    text.contains(['<', '[', '#', ':', '{', '|']).then(|| TOKENS.find(text)).flatten()
}

pub(super) fn hidden_markup(text: &str) -> Option<String> {
    text.contains(['<', '[', ':', '!']).then(|| MARKUP.find(text)).flatten()
}

pub(super) fn encoded(text: &str) -> Option<String> {
    if text.len() < 16 {
        return None;
    }
    payload::decoded(text).into_iter().next().map(|(written, _)| written)
}

/// As it stands, spelled in other letters or digits, with spaces between the letters, or turned by thirteen places.
fn in_words(text: &str, table: &Table) -> Option<String> {
    if text.len() < LEAST {
        return None;
    }
    // Keys and values without a space are names, and no orders.
    if !text.contains(|c: char| c.is_whitespace() || !c.is_ascii()) {
        return None;
    }
    READ.with_borrow_mut(|(last, readings)| {
        if last != text {
            text.clone_into(last);
            *readings = suspicious(text);
        }
        readings.iter().find_map(|reading| table.find(reading))
    })
}

thread_local! {
    /// The text that was looked at last, and its readings that match any pattern: three rules look at every text one behind the other.
    static READ: RefCell<(String, Vec<String>)> = RefCell::default();
}

/// The readings of a text in which any pattern is found; mostly none.
fn suspicious(text: &str) -> Vec<String> {
    let folded = confusable::folded(text);
    let mut readings = vec![joined(&folded), leet(&folded), Some(payload::rot13(&folded)).filter(|_| looks_turned(&folded))];
    readings.insert(0, Some(folded));
    readings.into_iter().flatten().filter(|reading| ANY.is_in(reading)).collect()
}

/// Ordinary English has these; a turned text has what they turn into. Cheap, and only to save the work on ordinary texts.
fn looks_turned(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let english = ["the", " of ", " a ", "get", " to ", "ion", "ing", " for ", " in "].iter().any(|part| lower.contains(part));
    (!english && text.contains(' ') && text.is_ascii())
        || ["vtaber", "qb abg", "flfgrz cebzcg", "vafgehpgvba"].iter().any(|part| lower.contains(part))
}

/// `i g n o r e  a l l` as words: runs of single letters are put together where two spaces or more, or a bar, stand between words.
fn joined(text: &str) -> Option<String> {
    static SPACED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:\b\w[ .\-_]){5,}\w\b").ok());
    let spaced = SPACED.as_ref()?;
    if !spaced.is_match(text) {
        return None;
    }
    let mut out = String::new();
    for word in text.split("  ") {
        out.extend(word.chars().filter(|c| c.is_alphanumeric()));
        out.push(' ');
    }
    Some(out)
}

/// Digits and signs for letters: `1gn0r3`.
fn leet(text: &str) -> Option<String> {
    let mixed = text
        .split_whitespace()
        .any(|word| word.chars().any(|c| "01345@$!".contains(c)) && word.chars().filter(|c| c.is_ascii_alphabetic()).count() >= 2);
    mixed.then(|| {
        text.chars()
            .map(|c| match c {
                '0' => 'o',
                '1' | '!' => 'i',
                '3' => 'e',
                '4' | '@' => 'a',
                '5' | '$' => 's',
                '7' => 't',
                c => c,
            })
            .collect()
    })
}
