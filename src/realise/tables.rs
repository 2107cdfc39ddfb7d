//! The phrase tables: `plans/phrases/*.yaml`, compiled in, parsed once.
//!
//! A file maps a key to a list of entries. An entry may begin with a weight and a bar (`"8| Could you {vp}?"`); without one its
//! weight is 1. Placeholders in braces are filled by the caller; "a" before one becomes "an" where its words ask for it.

use super::line::ARTICLE;
use crate::seed::Rng;
use indexmap::IndexMap;
use rand::RngExt;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const FILES: &[(&str, &str)] = &[
    ("request", include_str!("../../plans/phrases/request.yaml")),
    ("answer", include_str!("../../plans/phrases/answer.yaml")),
    ("social", include_str!("../../plans/phrases/social.yaml")),
    ("follow", include_str!("../../plans/phrases/follow.yaml")),
    ("assistant", include_str!("../../plans/phrases/assistant.yaml")),
    ("refuse", include_str!("../../plans/phrases/refuse.yaml")),
    ("system", include_str!("../../plans/phrases/system.yaml")),
    ("limits", include_str!("../../plans/phrases/limits.yaml")),
    ("recover", include_str!("../../plans/phrases/recover.yaml")),
];
const VERBS: &str = include_str!("../../plans/phrases/verbs.yaml");
const TOPICS: &str = include_str!("../../plans/phrases/topics.yaml");

/// Entries with their weights, in the order of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    entries: Vec<(u32, String)>,
    total: u32,
}

impl Table {
    pub(super) fn new(lines: Vec<String>) -> Table {
        let entries: Vec<(u32, String)> = lines.into_iter().map(|line| weighted(&line)).collect();
        Table { total: entries.iter().map(|entry| entry.0).sum(), entries }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// One of the first so many percent of the entries (one at least), drawn by weight; the empty text from an empty table.
    pub(super) fn draw_of(&self, percent: u32, rng: &mut Rng) -> &str {
        if self.total == 0 {
            return "";
        }
        let few = (self.entries.len() * percent.min(100) as usize).div_ceil(100).max(1);
        let entries = &self.entries[..few];
        let total = if few == self.entries.len() { self.total } else { entries.iter().map(|entry| entry.0).sum::<u32>().max(1) };
        let mut at = rng.random_range(0..total);
        for (weight, text) in entries {
            if at < *weight {
                return text;
            }
            at -= weight;
        }
        ""
    }

    /// The plainest entry: the first.
    pub(super) fn first(&self) -> &str {
        self.entries.first().map_or("", |entry| &entry.1)
    }
}

fn weighted(line: &str) -> (u32, String) {
    let (weight, text) = match line.split_once("| ") {
        Some((weight, text)) if weight.bytes().all(|b| b.is_ascii_digit()) => (weight.parse().unwrap_or(1), text),
        _ => (1, line),
    };
    // What fills a place decides on the article before it.
    (weight, format!(" {text}").replace(" a {", &format!(" {ARTICLE} {{"))[1..].to_owned())
}

/// Small talk of one topic: what the user says, each with what the assistant may answer.
pub(super) type Talk = IndexMap<String, Vec<String>>;

/// A wish that no tool serves.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    /// What is wished, as a verb phrase for the user ("feed my cat").
    pub vp: String,
    /// The same as the assistant says it ("feed your cat").
    pub back: String,
    /// Whole sentences that ask for it.
    pub say: Vec<String>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Topics {
    chit_chat: IndexMap<String, Talk>,
    irrelevant: IndexMap<String, Wish>,
}

/// All phrase tables.
#[derive(Debug, Default)]
pub(super) struct Tables {
    tables: BTreeMap<String, Table>,
    pub chit_chat: IndexMap<String, Talk>,
    pub irrelevant: IndexMap<String, Wish>,
    /// Everyday synonyms of a verb.
    pub verbs: IndexMap<String, Vec<String>>,
}

impl Tables {
    /// The table of that key; an unknown key is an empty table.
    pub(super) fn get(&self, key: &str) -> &Table {
        static NONE: Table = Table { entries: Vec::new(), total: 0 };
        self.tables.get(key).unwrap_or(&NONE)
    }
}

/// The tables that are compiled in. A file that does not parse is left out; a test reads every one of them.
pub(super) fn embedded() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| {
        let mut tables = Tables::default();
        for (_, text) in FILES {
            if let Ok(file) = parse(text) {
                tables.tables.extend(file);
            }
        }
        if let Ok(topics) = serde_yaml::from_str::<Topics>(TOPICS) {
            tables.chit_chat = topics.chit_chat;
            tables.irrelevant = topics.irrelevant;
        }
        tables.verbs = serde_yaml::from_str(VERBS).unwrap_or_default();
        tables
    });
    &TABLES
}

fn parse(text: &str) -> Result<Vec<(String, Table)>, serde_yaml::Error> {
    let file: IndexMap<String, Vec<String>> = serde_yaml::from_str(text)?;
    Ok(file.into_iter().map(|(key, lines)| (key, Table::new(lines))).collect())
}

/// Keys of the small-talk topics that a user and the assistant can speak of.
pub fn chit_chat_topics() -> impl Iterator<Item = &'static str> {
    embedded().chit_chat.keys().map(String::as_str)
}

/// Keys of the wishes that no tool serves.
pub fn irrelevant_topics() -> impl Iterator<Item = &'static str> {
    embedded().irrelevant.keys().map(String::as_str)
}

/// Everyday verbs that may stand for `lemma` in a request, as `plans/phrases/verbs.yaml` lists them.
pub fn verb_synonyms(lemma: &str) -> &'static [String] {
    embedded().verbs.get(lemma).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses() {
        for (name, text) in FILES {
            let file = parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            for (key, table) in file {
                assert!(table.total > 0, "{name}: {key} is empty");
            }
        }
        serde_yaml::from_str::<Topics>(TOPICS).unwrap();
        serde_yaml::from_str::<IndexMap<String, Vec<String>>>(VERBS).unwrap();
    }

    #[test]
    fn there_are_topics_enough() {
        assert!(chit_chat_topics().count() >= 25);
        assert!(irrelevant_topics().count() >= 60);
    }

    #[test]
    fn a_weight_is_a_number_before_a_bar() {
        assert_eq!(weighted("8| Could you {vp}?"), (8, "Could you {vp}?".to_owned()));
        assert_eq!(weighted("Yes | no"), (1, "Yes | no".to_owned()));
    }
}
