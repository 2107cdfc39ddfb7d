//! How fields that people do not tell as "the NOUN is VALUE" are told: `plans/phrases/state.yaml`, by the noun of the field.

use super::tables::Table;
use indexmap::IndexMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../plans/phrases/state.yaml");

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    nouns: Vec<String>,
    #[serde(default)]
    say: Vec<String>,
    #[serde(default)]
    beside: Vec<String>,
}

/// The ways of telling the fields of some nouns.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Clauses of their own; empty when the plain one is good.
    pub say: Table,
    /// Phrases behind the name of the thing.
    pub beside: Table,
}

#[derive(Debug, Default)]
struct States {
    all: Vec<State>,
    exact: IndexMap<String, usize>,
    /// Nouns with a star: what stands before it and behind it.
    open: Vec<(String, String, usize)>,
}

fn states() -> &'static States {
    static STATES: LazyLock<States> = LazyLock::new(|| read(FILE).unwrap_or_default());
    &STATES
}

fn read(text: &str) -> Result<States, serde_yaml::Error> {
    let mut states = States::default();
    for entry in serde_yaml::from_str::<Vec<Entry>>(text)? {
        let at = states.all.len();
        for noun in entry.nouns {
            match noun.split_once('*') {
                Some((head, tail)) => states.open.push((head.to_owned(), tail.to_owned(), at)),
                None => {
                    states.exact.entry(noun).or_insert(at);
                }
            }
        }
        states.all.push(State { say: Table::new(entry.say), beside: Table::new(entry.beside) });
    }
    Ok(states)
}

/// How fields of this noun are told, and what its star stands for.
pub(super) fn of(noun: &str) -> Option<(&'static State, &str)> {
    let states = states();
    if let Some(at) = states.exact.get(noun) {
        return Some((&states.all[*at], ""));
    }
    states.open.iter().find_map(|(head, tail, at)| {
        let rest = noun.strip_prefix(head.as_str())?.strip_suffix(tail.as_str())?;
        (!rest.is_empty()).then_some((&states.all[*at], rest))
    })
}

/// "on" before a day, unless its words bring their own preposition or need none.
pub(super) fn on(words: &str) -> &'static str {
    let lower = words.to_lowercase();
    let own = ["today", "tomorrow", "yesterday", "tonight", "this ", "next ", "last ", "in ", "on ", "at "];
    if own.iter().any(|start| lower.starts_with(start)) {
        return "";
    }
    // "At 9 am on June 3".
    if lower.contains(" on ") { "at" } else { "on" }
}

/// "at" before a time of day, unless its words bring their own preposition.
pub(super) fn at(words: &str) -> &'static str {
    let lower = words.to_lowercase();
    if ["at ", "in ", "around ", "on "].iter().any(|start| lower.starts_with(start)) { "" } else { "at" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        let states = read(FILE).unwrap_or_else(|error| panic!("{error}"));
        assert!(states.all.len() > 70);
        for state in &states.all {
            assert!(!state.say.is_empty() || !state.beside.is_empty());
        }
    }

    #[test]
    fn a_noun_is_found_by_itself_before_a_star() {
        assert!(of("delivery fee").is_some_and(|(_, star)| star == "delivery"));
        assert!(of("last day to reply").is_some_and(|(_, star)| star == "reply"));
        assert!(of("price").is_some_and(|(_, star)| star.is_empty()));
        assert!(of("colour of the roof").is_none());
    }

    #[test]
    fn a_day_has_one_preposition() {
        assert_eq!((on("March 3"), on("tomorrow"), on("9 am on June 3"), at("noon")), ("on", "", "at", "at"));
    }
}
