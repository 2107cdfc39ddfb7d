//! How many texts of a sample are effectively different? Order-2 Rényi kernel entropy (Jalali et al. 2023), the Vendi score of order 2.
//!
//! A text is the vector of its words and pairs of neighbours, by tf-idf with a frozen table of idf, of length 1. With K the matrix of their
//! products, RKE = 1/‖K/n‖²_F. Every text is like itself, which makes a small sample look varied: the diagonal is taken out,
//! m₂ = (‖K/n‖²_F − 1/n)·n/(n−1), and D = 1/m₂. The sample has a fixed size and its products are exact, so that no projection has to be
//! corrected for; it merges because the sample does.

use super::idf;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

/// A sparse vector of length 1, by feature.
type Vector = Vec<(u64, f64)>;

/// D of the messages; none when there are fewer than two, or when no two have anything in common. O(n² · words).
pub fn of(messages: &[&[&str]]) -> Option<f64> {
    let n = messages.len() as f64;
    let squares = squares(messages);
    let m2 = (squares - n) / (n * (n - 1.0));
    (messages.len() > 1 && m2 > 1e-12).then(|| 1.0 / m2)
}

/// 1/‖K/n‖²_F, as it is published.
#[cfg(test)]
fn published(messages: &[&[&str]]) -> f64 {
    let n = messages.len() as f64;
    n * n / squares(messages)
}

/// Σ (φᵢ·φⱼ)² over all pairs and the diagonal, in a fixed order.
fn squares(messages: &[&[&str]]) -> f64 {
    let vectors: Vec<Vector> = messages.iter().map(|words| vector(words)).collect();
    // By feature: which texts have it, and how much of it.
    let mut having: FxHashMap<u64, Vec<(u32, f64)>> = FxHashMap::default();
    for (at, vector) in vectors.iter().enumerate() {
        for (feature, weight) in vector {
            having.entry(*feature).or_default().push((at as u32, *weight));
        }
    }
    let mut row = vec![0.0; vectors.len()];
    let mut sum = 0.0;
    for vector in &vectors {
        row.fill(0.0);
        for (feature, weight) in vector {
            for (other, its) in &having[feature] {
                row[*other as usize] += weight * its;
            }
        }
        sum += row.iter().map(|product| product * product).sum::<f64>();
    }
    sum
}

/// tf-idf of words and pairs, of length 1; an empty text is a feature of its own.
fn vector(words: &[&str]) -> Vector {
    let mut weights: std::collections::BTreeMap<u64, (f64, f64)> = std::collections::BTreeMap::new();
    let mut add = |text: &str, idf: f64| {
        let entry = weights.entry(xxh3_64(text.as_bytes())).or_insert((0.0, idf));
        entry.0 += 1.0;
    };
    for word in words {
        add(word, idf::word(word));
    }
    for pair in words.windows(2) {
        add(&pair.join(" "), idf::pair(pair[0], pair[1]));
    }
    if words.is_empty() {
        add("", 1.0);
    }
    let length = weights.values().map(|(times, idf)| (times * idf).powi(2)).sum::<f64>().sqrt();
    weights.into_iter().map(|(feature, (times, idf))| (feature, times * idf / length)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rke(lines: &[&str]) -> (Option<f64>, f64) {
        let words: Vec<Vec<&str>> = lines.iter().map(|line| line.split(' ').collect()).collect();
        let messages: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
        (of(&messages), published(&messages))
    }

    #[test]
    fn the_number_of_kinds_is_found() {
        // Four kinds of texts, five of each, with no word in common: 4 as published; without the diagonal, 19 others of which 4 are alike.
        let lines: Vec<String> = (0..20).map(|n| format!("kind{} word{} thing{}", n % 4, n % 4, n % 4)).collect();
        let (corrected, published) = rke(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        assert!((published - 4.0).abs() < 1e-9, "{published}");
        assert!((corrected.unwrap() - 19.0 / 4.0).abs() < 1e-9, "{corrected:?}");
    }

    #[test]
    fn what_has_nothing_in_common_is_not_resolved() {
        assert_eq!(rke(&["a b", "c d"]).0, None);
        assert_eq!(rke(&["a b"]).0, None);
        assert!((rke(&["a b", "a b"]).0.unwrap() - 1.0).abs() < 1e-9);
    }
}
