//! How much a word tells, frozen: a table that never changes with the data, so that samples of any sets can be put side by side.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// `word<TAB>documents`, the first line the number of all documents; made by `scripts/score/idf.py` from delexicalised user turns of a default
/// run.
static TABLE: &str = include_str!("../../assets/score/idf.tsv");

struct Table {
    documents: f64,
    words: FxHashMap<&'static str, f64>,
}

static IDF: LazyLock<Table> = LazyLock::new(|| {
    let mut lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let documents = lines.next().and_then(|line| line.trim().parse().ok()).unwrap_or(1.0);
    let words = lines
        .filter_map(|line| {
            let (word, count) = line.split_once('\t')?;
            Some((word, smooth(documents, count.trim().parse().ok()?)))
        })
        .collect();
    Table { documents, words }
});

/// ln((1 + n) / (1 + df)) + 1, as scikit-learn has it.
fn smooth(documents: f64, having: f64) -> f64 {
    ((1.0 + documents) / (1.0 + having)).ln() + 1.0
}

/// Of a word; one that is not in the table is as rare as can be.
pub(super) fn word(word: &str) -> f64 {
    IDF.words.get(word).copied().unwrap_or_else(|| smooth(IDF.documents, 0.0))
}

/// Of two neighbours, as if they came together by chance, and no rarer than can be.
pub(super) fn pair(first: &str, second: &str) -> f64 {
    (word(first) + word(second) - 1.0).min(smooth(IDF.documents, 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_tell_little() {
        assert!(word("the") < word("hotel") && word("hotel") < word("xylophone"));
        assert!(pair("of", "the") < pair("hotel", "room"));
        assert!(pair("xylophone", "zebra") <= word("xylophone"));
        assert!(IDF.words.len() > 1_000);
    }
}
