//! What a wrong assistant says: the sentences of `plans/phrases/twin.yaml`.

use super::stage::pick;
use crate::catalog::Tool;
use crate::seed::Rng;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../plans/phrases/twin.yaml");

static TABLES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| serde_yaml::from_str(FILE).unwrap_or_default());

/// A line of a table; placeholders for which there are no words are avoided.
pub(super) fn line(key: &str, words: &[(&str, &str)], rng: &mut Rng) -> Option<String> {
    let filled: Vec<String> = TABLES.get(key)?.iter().filter_map(|line| fill(line, words)).collect();
    pick(&filled, rng).cloned()
}

fn fill(line: &str, words: &[(&str, &str)]) -> Option<String> {
    let mut out = line.to_owned();
    for (key, value) in words.iter().filter(|(_, value)| !value.is_empty()) {
        out = out.replace(&format!("{{{key}}}"), value);
    }
    (!out.contains('{')).then_some(out)
}

/// A line about what a tool does.
pub(super) fn of_tool(key: &str, tool: &Tool, rng: &mut Rng) -> Option<String> {
    let phrase = &tool.phrase;
    let success = pick(&phrase.success, rng).map_or("", |line| line.trim_end_matches(['.', '!']));
    line(key, &[("plural", &phrase.object_plural), ("success", success), ("success_low", &lower(success))], rng)
}

/// As the words go on after a colon: "Your room is booked" as "your room is booked"; names and "I" keep their capital.
fn lower(sentence: &str) -> String {
    let first = sentence.split_whitespace().next().unwrap_or_default();
    let plain = first.len() > 1 && first.chars().skip(1).all(|c| c.is_ascii_lowercase()) && first != "I";
    if plain { format!("{}{}", sentence[..1].to_lowercase(), &sentence[1..]) } else { sentence.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn the_file_parses_and_has_lines_for_every_key() {
        let tables: BTreeMap<String, Vec<String>> = serde_yaml::from_str(FILE).unwrap();
        for key in ["refusal", "success", "unmade", "failure", "question", "invention"] {
            assert!(tables[key].len() >= 4, "{key}");
        }
    }

    #[test]
    fn a_line_without_its_words_is_not_said() {
        let mut rng = Rng::seed_from_u64(1);
        for _ in 0..50 {
            let said = line("refusal", &[("plural", "")], &mut rng).unwrap();
            assert!(!said.contains('{'), "{said}");
        }
        assert_eq!(line("unmade", &[], &mut rng), None);
    }

    #[test]
    fn a_name_keeps_its_capital_after_a_colon() {
        assert_eq!(lower("Your room is booked"), "your room is booked");
        assert_eq!(lower("NASA was told"), "NASA was told");
        assert_eq!(lower("I'll remind you"), "I'll remind you");
    }
}
