//! Sentences that ask nothing and tell no value: why somebody comes, and how they are. Writer and checker have them from the same tables,
//! so that the checker need not take "our oven gave up" for something that has to be done.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;
use serde_json::Value;
use std::ops::Range;
use std::sync::LazyLock;

const SUBTOPICS: &str = include_str!("../../plans/phrases/subtopics.yaml");
const LAYERS: &str = include_str!("../../plans/phrases/layers.yaml");

static ASIDES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let read = |text: &str| serde_yaml::from_str::<IndexMap<String, Value>>(text).unwrap_or_default();
    let (domains, layers) = (read(SUBTOPICS), read(LAYERS));
    let topics = domains.values().filter_map(|domain| domain.get("topics")?.as_object()).flat_map(|topics| topics.values());
    let motives = topics.filter_map(Value::as_array).flat_map(|lines| lines.iter().skip(1));
    let contexts = layers.get("contexts").and_then(Value::as_object).into_iter().flat_map(|contexts| contexts.values());
    let levels = contexts.filter_map(Value::as_object).flat_map(|levels| levels.values());
    let says = levels.filter_map(|level| level.get("say")?.as_array()).flatten();
    motives.chain(says).filter_map(Value::as_str).map(plain).collect()
});

fn plain(sentence: &str) -> String {
    sentence.trim().trim_end_matches(['.', '!', '?']).to_lowercase()
}

/// Where such sentences stand in a text.
pub(crate) fn asides(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '.')]) {
        if matches!(c, '.' | '?' | '!') {
            let end = at.min(text.len());
            // "Hi, our oven gave up."
            let greeted = text[start..end].find(", ").map(|at| start + at + 2).filter(|from| from - start <= 16);
            if let Some(from) = [Some(start), greeted].into_iter().flatten().find(|from| ASIDES.contains(&plain(&text[*from..end]))) {
                out.push(from..end);
            }
            start = (at + c.len_utf8()).min(text.len());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_known_and_a_wish_is_not() {
        let text = "Our oven gave up. Can you find a restaurant?";
        assert_eq!(asides(text), [0..16]);
        assert_eq!(asides("Hey, our oven gave up.").len(), 1);
        assert!(asides("Our oven needs a plumber. It's urgent and blue.").is_empty());
        assert!(ASIDES.len() > 400);
    }
}
