//! Why does somebody come with a wish? Situations by domain, `plans/phrases/subtopics.yaml`.

use crate::catalog::{Tool, ToolClass};
use indexmap::IndexMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../plans/phrases/subtopics.yaml");

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Domain {
    /// The part of life that it belongs to.
    sector: String,
    words: Vec<String>,
    /// The deeds for which a topic fits, then what is said.
    topics: IndexMap<String, Vec<String>>,
}

type Domains = IndexMap<String, Domain>;

fn domains() -> &'static Domains {
    static DOMAINS: LazyLock<Domains> = LazyLock::new(|| serde_yaml::from_str(FILE).unwrap_or_default());
    &DOMAINS
}

/// A sentence that says why somebody wants what this tool does. `named`: the subtopic of the dialogue, where it has one; it gives the
/// sentence wherever it fits the tool, and `seed`, which stays the same for a dialogue, picks another where not.
pub(super) fn motive(tool: &Tool, named: Option<&str>, seed: u64, turn: u64) -> Option<&'static str> {
    let fitting: Vec<(&String, &Vec<String>)> = fitting(tool).collect();
    let of_name = named.and_then(|named| fitting.iter().find(|(name, _)| name.as_str() == named));
    let (_, lines) = of_name.or_else(|| fitting.get((seed % fitting.len().max(1) as u64) as usize))?;
    let said = lines.len() as u64 - 1;
    lines.get(1 + (turn % said.max(1)) as usize).map(String::as_str)
}

/// The names of the subtopics that fit what this tool does, in the order of the file.
pub fn subtopics(tool: &Tool) -> Vec<&'static str> {
    fitting(tool).map(|(name, _)| name.as_str()).collect()
}

/// The name as the file has it; none when no domain has such a subtopic.
pub(super) fn known(name: &str) -> Option<&'static str> {
    domains().values().find_map(|domain| domain.topics.get_key_value(name)).map(|(name, _)| name.as_str())
}

/// The part of life that this tool belongs to; none when it is not known.
pub fn sector(tool: &Tool) -> Option<&'static str> {
    domain_of(tool).map(|domain| domain.sector.as_str())
}

fn fitting(tool: &Tool) -> impl Iterator<Item = (&'static String, &'static Vec<String>)> {
    let deed = match tool.phrase.class {
        ToolClass::Find | ToolClass::Lookup | ToolClass::Compute => "look",
        ToolClass::Undo => "undo",
        ToolClass::Do | ToolClass::Message | ToolClass::Control => "do",
    };
    let fits = move |lines: &Vec<String>| lines.first().is_some_and(|deeds| deeds.split(' ').any(|own| own == deed));
    domain_of(tool).into_iter().flat_map(|domain| &domain.topics).filter(move |(_, lines)| fits(lines))
}

/// The domain of one of our own catalogs by its name; of another by what its tool is about.
fn domain_of(tool: &Tool) -> Option<&'static Domain> {
    let domains = domains();
    if let Some(own) = domains.get(tool.domain.as_str()) {
        return Some(own);
    }
    let head = tool.phrase.object.rsplit(' ').next()?.to_lowercase();
    let named = tool.domain.to_lowercase();
    let speaks = |domain: &&Domain| domain.words.iter().any(|word| *word == head);
    let both = domains.values().find(|domain| speaks(domain) && domain.words.iter().any(|word| named.contains(word.as_str())));
    both.or_else(|| domains.values().find(speaks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_topics_enough_and_each_is_sound() {
        let file: Domains = serde_yaml::from_str(FILE).unwrap_or_else(|error| panic!("{error}"));
        assert!(file.values().map(|domain| domain.topics.len()).sum::<usize>() >= 400);
        for (name, lines) in file.values().flat_map(|domain| &domain.topics) {
            let deeds = lines.first().map(String::as_str).unwrap_or_default();
            assert!(deeds.split(' ').all(|deed| ["look", "do", "undo"].contains(&deed)), "{name}: {deeds}");
            assert!(lines.len() > 1, "{name} says nothing");
            for line in &lines[1..] {
                let clean = line.starts_with(char::is_uppercase) && !line.ends_with('.') && !line.contains(|c: char| c.is_ascii_digit());
                assert!(clean, "{name}: {line}");
            }
        }
    }
}
