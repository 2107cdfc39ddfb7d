//! Somebody else's grammar checker over the words of finished dialogues.
//!
//! `cargo run --manifest-path tests/grammar/Cargo.toml -- dialogues.jsonl...` reads records of walktalk, prints what the checker finds
//! by rule and ends with 1 where it finds anything. Quoted text and the user's own values are not ours and are left out.

use harper_core::linting::LintGroup;
use harper_core::spell::FstDictionary;
use harper_core::{Dialect, Document};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;
use std::process::ExitCode;

/// The rules that ask what a generated sentence can get wrong: articles, number, agreement, forms of verbs, doubled words, spaces, quotes.
/// The checker's other rules are about spelling (names), style, typography and confusions that only people make.
#[rustfmt::skip]
const RULES: &[&str] = &[
    "AnA", "CommaFixes", "CorrectNumberSuffix", "DeterminerWithoutNoun", "DidPast", "DoubleModal", "HavePronoun", "IAmAgreement",
    "InflectedVerbAfterTo", "MassNouns", "MissingSpace", "ModalBeAdjective", "ModalOf", "MostNumber", "MultipleSequentialPronouns",
    "NumberSuffixCapitalization", "OneOfTheSingular", "PronounAre", "PronounInflectionBe", "PronounVerbAgreement",
    "QuantifierNeedsOf", "QuantifierNumeralConflict", "QuoteSpacing", "RepeatedWords", "Spaces", "SubjectPronoun", "TheMy", "ThereIsAgreement",
    "ToTo", "TransposedSpace", "UnclosedQuotes", "WillNonLemma",
];

/// Where a rule is wrong about good English: the rule, and how the text goes on from the place before its mark.
const RIGHT_ALL_THE_SAME: &[(&str, &[&str])] = &[
    // They count in what services report.
    ("MassNouns", &["a rating", "a confidence", "a brightness", "an opening", "a rounding", "a capacitance", "showtimes", "movie showtimes"]),
    (
        "ThereIsAgreement",
        &["there's news", "there is news", "is there news", "are there at", "are there in", "are there on", "are there such"],
    ),
    // "To show you viewings": the checker takes "you" for the subject.
    ("PronounVerbAgreement", &["you "]),
    ("QuantifierNumeralConflict", &["little one"]),
    ("RepeatedWords", &["bye bye", "no no"]),
];

/// One thing that the checker found.
#[derive(Debug, PartialEq)]
struct Finding {
    rule: String,
    marked: String,
}

struct Checker(LintGroup);

impl Checker {
    fn new() -> Checker {
        let mut group = LintGroup::new_curated(FstDictionary::curated(), Dialect::American);
        let all: Vec<String> = group.iter_keys().map(str::to_owned).collect();
        for rule in all {
            group.config.set_rule_enabled(&rule, RULES.contains(&rule.as_str()));
        }
        Checker(group)
    }

    /// What is wrong with a text outside of some ranges of its bytes.
    fn findings(&mut self, text: &str, values: &[Range<usize>]) -> Vec<Finding> {
        let chars: Vec<char> = text.chars().collect();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let document = Document::new_plain_english_curated(text);
        let mut found = Vec::new();
        for (rule, lints) in self.0.organized_lints(&document) {
            for lint in lints {
                let (start, end) = (lint.span.start, lint.span.end);
                let bytes = starts[start]..starts[end];
                let marked: String = chars[start..end].iter().collect();
                let is_value = values.iter().any(|value| value.start < bytes.end && bytes.start < value.end);
                let before = text[..bytes.start].trim_end().rfind(' ').map_or(0, |at| at + 1);
                if !is_value && !is_name(&rule, &marked) && !is_right(&rule, &text[before..], &text[bytes.start..]) {
                    found.push(Finding { rule: rule.clone(), marked });
                }
            }
        }
        found
    }
}

/// "Spa SPA-91799", "Lutra lutra", seat "13A": the marked word is a name or a code.
fn is_name(rule: &str, marked: &str) -> bool {
    let capitals = marked.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    match rule {
        "RepeatedWords" => capitals == 1 || marked.contains(|c: char| c.is_ascii_digit() || c == '_'),
        "AnA" => marked == "A",
        _ => false,
    }
}

/// `before` begins a word earlier than `from`, where the mark does.
fn is_right(rule: &str, before: &str, from: &str) -> bool {
    let (before, from) = (before.to_lowercase(), from.to_lowercase());
    let mut words = RIGHT_ALL_THE_SAME.iter().filter(|(name, _)| *name == rule).flat_map(|(_, words)| words.iter());
    words.any(|words| before.starts_with(words) || from.starts_with(words))
}

/// Where quoted text stands, and in the user's turns the values of calls.
fn values(row: &Value, at: usize, text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open = None;
    for (index, c) in text.char_indices() {
        match (c, open) {
            ('"', None) | ('“', _) => open = Some(index),
            ('"', Some(start)) | ('”', Some(start)) => {
                out.push(start + 1..index);
                open = None;
            }
            _ => {}
        }
    }
    let turns = row["turns"].as_array().into_iter().flatten();
    for call in turns.flat_map(|turn| turn["calls"].as_array().into_iter().flatten()) {
        spans(&call["provenance"], at, &mut out);
    }
    out
}

/// Every `{"turn": at, "span": {...}}` below a value.
fn spans(value: &Value, at: usize, out: &mut Vec<Range<usize>>) {
    match value {
        Value::Object(map) => {
            let edge = |name: &str| map.get("span").and_then(|span| span[name].as_u64()).map(|edge| edge as usize);
            if map.get("turn").and_then(Value::as_u64) == Some(at as u64)
                && let (Some(start), Some(end)) = (edge("start"), edge("end"))
            {
                out.push(start..end);
            }
            map.values().for_each(|value| spans(value, at, out));
        }
        Value::Array(list) => list.iter().for_each(|value| spans(value, at, out)),
        _ => {}
    }
}

fn main() -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        eprintln!("usage: walktalk-grammar DIALOGUES.jsonl...");
        return ExitCode::from(2);
    }
    let mut checker = Checker::new();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut dialogues, mut turns) = (0u64, 0u64);
    for path in &paths {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::from(2);
            }
        };
        for (number, line) in text.lines().enumerate() {
            let Ok(row) = serde_json::from_str::<Value>(line) else {
                eprintln!("{path}: line {} is no JSON", number + 1);
                return ExitCode::from(2);
            };
            dialogues += 1;
            for (at, turn) in row["turns"].as_array().into_iter().flatten().enumerate() {
                let said =
                    turn["text"].as_str().filter(|text| !text.is_empty() && matches!(turn["role"].as_str(), Some("user" | "assistant")));
                let Some(said) = said else { continue };
                turns += 1;
                for finding in checker.findings(said, &values(&row, at, said)) {
                    found.entry(finding.rule).or_default().push(format!("[{}] {} turn {at}: {said}", finding.marked, row["id"]));
                }
            }
        }
    }
    let count: usize = found.values().map(Vec::len).sum();
    println!("{dialogues} dialogues, {turns} turns, {count} faults");
    for (rule, shown) in &found {
        println!("{rule}: {}", shown.len());
        shown.iter().take(20).for_each(|line| println!("    {line}"));
    }
    if count == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rules(text: &str) -> Vec<String> {
        Checker::new().findings(text, &[]).into_iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn every_planted_fault_is_found() {
        for (text, rule) in [
            ("Do you have a owner for me?", "AnA"),
            ("I'd like an table for two.", "AnA"),
            ("Is there a information about it?", "MassNouns"),
            ("How many baggage would you like?", "MassNouns"),
            ("I booked the the hotel.", "RepeatedWords"),
            ("There is hotels in the city.", "ThereIsAgreement"),
            ("I found  two hotels.", "Spaces"),
            ("He want a table.", "PronounVerbAgreement"),
            ("The note says \"call me.", "UnclosedQuotes"),
            ("It arrives on the 3th of May.", "CorrectNumberSuffix"),
        ] {
            assert!(rules(text).contains(&rule.to_owned()), "{text} {:?}", rules(text));
        }
    }

    #[test]
    fn good_sentences_pass() {
        for text in [
            "I found 4 hotels. The first is Grand Court, at $120 a night.",
            "Could you book a table for two at half past seven in the evening?",
            "There's news for the team.",
            "The condition is heavy rain. It's 18 degrees Celsius.",
            "Greatly appreciated, bye bye.",
            "Is it for a car, a home, a pet or something else?",
        ] {
            assert_eq!(rules(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_is_quoted_or_given_is_left_out() {
        let row = json!({"turns": [{"role": "user", "text": "Call it the the end.", "calls": []}, {"role": "assistant", "calls": [
            {"provenance": {"/name": {"source": "user_turn", "turn": 0, "span": {"start": 8, "end": 19}}}}
        ]}]});
        let text = row["turns"][0]["text"].as_str().unwrap();
        assert_eq!(Checker::new().findings(text, &values(&row, 0, text)), []);
        let quoted = "Write \"the the end\" on it.";
        assert_eq!(Checker::new().findings(quoted, &values(&json!({}), 0, quoted)), []);
    }
}
