//! How easily is a called tool taken for another that is offered beside it?

use crate::dialogue::{Dialogue, ToolSpec};
use crate::value::english;
use serde_json::Value;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

/// The mean over the called tools of the greatest likeness to an offered tool that is never called, in percent: the Jaccard index of the
/// words of names, descriptions and parameter names. 0 without distractors.
pub fn confusability(dialogue: &Dialogue) -> u64 {
    let called: BTreeSet<&str> = dialogue.calls().map(|call| call.tool.as_str()).collect();
    let (gold, others): (Vec<&ToolSpec>, Vec<&ToolSpec>) = dialogue.tools.iter().partition(|tool| called.contains(tool.name.as_str()));
    if gold.is_empty() || others.is_empty() {
        return 0;
    }
    let others: Vec<Vec<u64>> = others.into_iter().map(words).collect();
    let nearest = |tool: &&ToolSpec| {
        let own = words(tool);
        others.iter().map(|other| likeness(&own, other)).max().unwrap_or(0)
    };
    let sum: u64 = gold.iter().map(nearest).sum();
    (sum + gold.len() as u64 / 2) / gold.len() as u64
}

/// Hashes of the words, sorted, each once.
fn words(tool: &ToolSpec) -> Vec<u64> {
    let mut out: Vec<u64> = Vec::with_capacity(32);
    let mut add = |word: &str| out.push(xxh3_64(word.as_bytes()));
    english::words_of_identifier(&tool.name).iter().for_each(|word| add(&word.to_lowercase()));
    for word in tool.description.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2) {
        add(&word.to_lowercase());
    }
    for name in tool.parameters.get("properties").and_then(Value::as_object).into_iter().flat_map(|own| own.keys()) {
        english::words_of_identifier(name).iter().for_each(|word| add(&word.to_lowercase()));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Jaccard index of two sorted lists, in percent, rounded down.
fn likeness(a: &[u64], b: &[u64]) -> u64 {
    let (mut i, mut j, mut both) = (0, 0, 0u64);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, both) = (i + 1, j + 1, both + 1),
        }
    }
    let all = (a.len() + b.len()) as u64 - both;
    (both * 100).checked_div(all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_the_share_of_common_words() {
        assert_eq!(likeness(&[1, 2, 3, 4], &[3, 4, 5, 6]), 33);
        assert_eq!(likeness(&[1, 2], &[1, 2]), 100);
        assert_eq!(likeness(&[1], &[2]), 0);
        assert_eq!(likeness(&[], &[]), 0);
    }
}
