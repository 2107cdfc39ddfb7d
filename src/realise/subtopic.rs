//! Why does somebody come with a wish? Situations by domain, `plans/phrases/subtopics.yaml`.

use crate::catalog::{Tool, ToolClass};
use indexmap::IndexMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../plans/phrases/subtopics.yaml");

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Domain {
    words: Vec<String>,
    /// The deeds for which a topic fits, then what is said.
    topics: IndexMap<String, Vec<String>>,
}

type Domains = IndexMap<String, Domain>;

fn domains() -> &'static Domains {
    static DOMAINS: LazyLock<Domains> = LazyLock::new(|| serde_yaml::from_str(FILE).unwrap_or_default());
    &DOMAINS
}

/// A sentence that says why somebody wants what this tool does; `seed` stays the same for a dialogue, so that its topic does.
pub(super) fn motive(tool: &Tool, seed: u64, turn: u64) -> Option<&'static str> {
    let domain = domain_of(tool)?;
    let deed = match tool.phrase.class {
        ToolClass::Find | ToolClass::Lookup | ToolClass::Compute => "look",
        ToolClass::Undo => "undo",
        ToolClass::Do | ToolClass::Message | ToolClass::Control => "do",
    };
    let fitting: Vec<&Vec<String>> =
        domain.topics.values().filter(|lines| lines.first().is_some_and(|deeds| deeds.split(' ').any(|own| own == deed))).collect();
    let lines = fitting.get((seed % fitting.len().max(1) as u64) as usize)?;
    let said = lines.len() as u64 - 1;
    lines.get(1 + (turn % said.max(1)) as usize).map(String::as_str)
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
