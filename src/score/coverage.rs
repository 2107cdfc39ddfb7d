//! Which combinations of situations occur? t-way coverage of factors, and the evenness of each.

use super::distinct::Distinct;
use super::sample::BottomK;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Levels of a factor that are counted exactly; of more, their number is an estimate.
const LEVELS: usize = 4_096;

/// Levels and combinations that were seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    levels: BTreeMap<String, BottomK<(String, u64), LEVELS>>,
    pairs: Distinct,
    triples: Distinct,
}

/// What was seen of what could be: all combinations of the levels that occur (NIST IR 7878, total coverage). Combinations that cannot be
/// are among them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Tway {
    pub seen: u64,
    pub possible: u64,
    pub share: f64,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Factor {
    pub levels: u64,
    /// Exp of the entropy of the levels over their number: 1 when all occur alike.
    pub evenness: f64,
    /// The commonest.
    pub top: String,
    pub top_share: f64,
}

impl Coverage {
    pub fn push(&mut self, factors: &BTreeMap<String, String>) {
        let mut hashes = Vec::with_capacity(factors.len());
        for (factor, level) in factors {
            let hash = xxh3_64(format!("{factor}\u{1f}{level}").as_bytes());
            if !self.levels.contains_key(factor) {
                self.levels.insert(factor.clone(), BottomK::default());
            }
            if let Some(known) = self.levels.get_mut(factor) {
                known.update(hash, || (level.clone(), 1), |known| known.1 += 1);
            }
            hashes.push(hash);
        }
        for (i, a) in hashes.iter().enumerate() {
            for (j, b) in hashes.iter().enumerate().skip(i + 1) {
                let pair = joined(*a, *b);
                self.pairs.push(pair);
                hashes[j + 1..].iter().for_each(|c| self.triples.push(joined(pair, *c)));
            }
        }
    }

    pub fn merge(&mut self, other: &Coverage) {
        for (factor, levels) in &other.levels {
            let own = self.levels.entry(factor.clone()).or_default();
            for (hash, level) in levels.entries() {
                own.update(hash, || level.clone(), |known| known.1 += level.1);
            }
        }
        self.pairs.merge(&other.pairs);
        self.triples.merge(&other.triples);
    }

    pub fn two_way(&self) -> Tway {
        let (first, squares, _) = self.powers();
        Tway::of(self.pairs.count(), (first * first - squares) / 2.0)
    }

    pub fn three_way(&self) -> Tway {
        let (first, squares, cubes) = self.powers();
        Tway::of(self.triples.count(), (first.powi(3) - 3.0 * first * squares + 2.0 * cubes) / 6.0)
    }

    /// Sums of the numbers of levels, of their squares and of their cubes, which give the elementary symmetric sums.
    fn powers(&self) -> (f64, f64, f64) {
        self.levels.values().fold((0.0, 0.0, 0.0), |(a, b, c), levels| {
            let n = levels.distinct();
            (a + n, b + n * n, c + n * n * n)
        })
    }

    pub fn factors(&self) -> BTreeMap<String, Factor> {
        let told = |levels: &BottomK<(String, u64), LEVELS>| {
            let counts = levels.values().map(|(_, count)| *count);
            let (total, kept) = (counts.clone().sum::<u64>(), counts.clone().count());
            let top = levels.values().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
            Factor {
                levels: levels.distinct().round() as u64,
                evenness: super::wording::entropy(counts).exp() / kept.max(1) as f64,
                top: top.map(|(level, _)| level.clone()).unwrap_or_default(),
                top_share: top.map_or(0.0, |(_, count)| *count as f64 / total.max(1) as f64),
            }
        };
        self.levels.iter().map(|(factor, levels)| (factor.clone(), told(levels))).collect()
    }
}

impl Tway {
    fn of(seen: f64, possible: f64) -> Tway {
        // An estimate may be a little more than there is.
        let share = if possible > 0.0 { (seen / possible).min(1.0) } else { 0.0 };
        Tway { seen: seen.round() as u64, possible: possible.round() as u64, share }
    }
}

fn joined(a: u64, b: u64) -> u64 {
    let mixed = (a ^ b.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(levels: [usize; 3]) -> BTreeMap<String, String> {
        ["a", "b", "c"].into_iter().zip(levels).map(|(name, level)| (name.to_string(), level.to_string())).collect()
    }

    #[test]
    fn a_full_factorial_covers_everything() {
        let mut coverage = Coverage::default();
        for a in 0..2 {
            for b in 0..3 {
                for c in 0..4 {
                    coverage.push(&row([a, b, c]));
                }
            }
        }
        assert_eq!(coverage.two_way(), Tway { seen: 26, possible: 26, share: 1.0 });
        assert_eq!(coverage.three_way(), Tway { seen: 24, possible: 24, share: 1.0 });
        assert!(coverage.factors().values().all(|factor| (factor.evenness - 1.0).abs() < 1e-12));
    }

    #[test]
    fn part_of_it_covers_a_part() {
        let mut coverage = Coverage::default();
        // An orthogonal array: all pairs of two levels, half of the triples.
        for levels in [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]] {
            coverage.push(&row(levels));
        }
        assert_eq!((coverage.two_way().share, coverage.three_way().share), (1.0, 0.5));
        assert_eq!(Coverage::default().two_way(), Tway::default());
    }
}
