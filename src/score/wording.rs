//! Measures of a piece of text, given as messages of tokens.

use super::compress;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// What is measured; compare only at equal `tokens`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wording {
    pub tokens: u64,
    pub messages: u64,
    /// Distinct 4-grams over all 4-grams, within messages (Li et al. 2016).
    pub distinct_4: f64,
    /// Mean over messages of ln(1 + how often their distinct 4-grams occur in other messages) (Salkar et al. 2022).
    pub self_repetition: f64,
    /// Bytes over bytes of the DEFLATE code, messages one a line (Shaib et al. 2024).
    pub compression_ratio: f64,
    /// Distinct tokens over the number expected of C draws from V words, V[1 − ((V−1)/V)^C] (Liu et al. 2022).
    pub ead: f64,
    /// Share of messages that repeat another one word for word.
    pub duplicates: f64,
    /// Share of messages with the commonest first three words.
    pub top_opening: f64,
    /// Exp of the entropy of the first three words, over the number of messages.
    pub effective_openings: f64,
}

/// Words of English that people use, V of the expected number of distinct tokens: the size is fixed so that sets can be compared.
const VOCABULARY: f64 = 30_000.0;

pub fn of(messages: &[&[&str]]) -> Wording {
    let tokens: usize = messages.iter().map(|words| words.len()).sum();
    let (distinct_4, self_repetition) = grams(messages);
    let mut openings: BTreeMap<&[&str], u64> = BTreeMap::new();
    let mut whole: BTreeMap<&[&str], u64> = BTreeMap::new();
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    for words in messages {
        *openings.entry(&words[..words.len().min(3)]).or_default() += 1;
        *whole.entry(words).or_default() += 1;
        seen.extend(words.iter().map(|word| (*word, ())));
    }
    let count = messages.len() as f64;
    let share = |part: f64| if messages.is_empty() { 0.0 } else { part / count };
    let expected = VOCABULARY * (1.0 - ((VOCABULARY - 1.0) / VOCABULARY).powi(tokens as i32));
    let lines: Vec<String> = messages.iter().map(|words| words.join(" ")).collect();
    Wording {
        tokens: tokens as u64,
        messages: messages.len() as u64,
        distinct_4,
        self_repetition,
        compression_ratio: compress::ratio(lines.join("\n").as_bytes()),
        ead: if tokens == 0 { 0.0 } else { seen.len() as f64 / expected },
        duplicates: share(count - whole.len() as f64),
        top_opening: share(openings.values().copied().max().unwrap_or(0) as f64),
        effective_openings: share(entropy(openings.values().copied()).exp()),
    }
}

/// Distinct-4 and self-repetition.
fn grams(messages: &[&[&str]]) -> (f64, f64) {
    // Of each 4-gram: in how many messages, and how often in all.
    let mut known: BTreeMap<&[&str], (u64, u64)> = BTreeMap::new();
    let mut own: Vec<Vec<&[&str]>> = Vec::with_capacity(messages.len());
    let mut all = 0u64;
    for words in messages {
        let mut distinct: Vec<&[&str]> = words.windows(4).collect();
        all += distinct.len() as u64;
        distinct.iter().for_each(|gram| known.entry(gram).or_default().1 += 1);
        distinct.sort_unstable();
        distinct.dedup();
        distinct.iter().for_each(|gram| known.entry(gram).or_default().0 += 1);
        own.push(distinct);
    }
    let long: Vec<&Vec<&[&str]>> = own.iter().filter(|grams| !grams.is_empty()).collect();
    let repeated: f64 = long
        .iter()
        .map(|grams| {
            let elsewhere: u64 = grams.iter().map(|gram| known.get(gram).map_or(0, |(documents, _)| documents - 1)).sum();
            (1.0 + elsewhere as f64).ln()
        })
        .sum();
    let distinct = if all == 0 { 0.0 } else { known.len() as f64 / all as f64 };
    (distinct, if long.is_empty() { 0.0 } else { repeated / long.len() as f64 })
}

/// Shannon entropy in nats.
pub fn entropy(counts: impl Iterator<Item = u64> + Clone) -> f64 {
    let total: u64 = counts.clone().sum();
    let share = |count: u64| count as f64 / total.max(1) as f64;
    counts.filter(|count| *count > 0).map(|count| -share(count) * share(count).ln()).sum()
}

/// Hashes of the distinct 5-grams of a text, sorted; the whole text is one where it is shorter.
pub fn shingles(words: &[&str]) -> Vec<u64> {
    let hash = |gram: &[&str]| xxh3_64(gram.join(" ").as_bytes());
    let mut all: Vec<u64> = if words.len() < 5 { vec![hash(words)] } else { words.windows(5).map(hash).collect() };
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(lines: &[&str]) -> Wording {
        let words: Vec<Vec<&str>> = lines.iter().map(|line| line.split(' ').collect()).collect();
        let messages: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
        of(&messages)
    }

    #[test]
    fn small_texts_by_hand() {
        let found = measured(&["a b c d e", "a b c d", "x y"]);
        assert_eq!((found.tokens, found.messages), (11, 3));
        // abcd, bcde; abcd: two of three are distinct.
        assert!((found.distinct_4 - 2.0 / 3.0).abs() < 1e-12);
        // Each long message has one 4-gram that one other has.
        assert!((found.self_repetition - 2f64.ln()).abs() < 1e-12);
        assert!((found.top_opening - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(found.duplicates, 0.0);
        assert!((measured(&["a b", "a b", "c"]).duplicates - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_template_repeats_itself_and_varied_text_does_not() {
        let template: Vec<String> = (0..200).map(|n| format!("i would like to book a table for <v> at {}", n % 3)).collect();
        let varied: Vec<String> = (0..200).map(|n| format!("w{n} x{} y{} z{} v{} u{}", n * 7, n * 11, n * 13, n * 17, n * 19)).collect();
        let of = |lines: &[String]| measured(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let (low, high) = (of(&template), of(&varied));
        assert!(low.distinct_4 < 0.1 && high.distinct_4 == 1.0);
        assert!(low.self_repetition > 5.0 && high.self_repetition == 0.0);
        assert!(low.compression_ratio > 2.0 * high.compression_ratio);
        assert!(low.ead < high.ead);
    }
}
