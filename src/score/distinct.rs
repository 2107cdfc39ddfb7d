//! How many different things were seen? Exact for few, an estimate for many, the same in any order and over any shards.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// Hashes that are kept.
const KEPT: usize = 65_536;

/// The smallest hashes of those seen (KMV; Bar-Yossef et al. 2002): exact up to [`KEPT`] things, beyond with a standard error of about
/// 1/√KEPT = 0.4%.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<u64>", into = "Vec<u64>")]
pub struct Distinct {
    seen: FxHashSet<u64>,
    /// Greater ones are out for good, once there is one.
    limit: Option<u64>,
}

impl Distinct {
    pub fn push(&mut self, hash: u64) {
        if self.limit.is_some_and(|limit| hash > limit) {
            return;
        }
        // Pruned now and then: between, more are held than are needed, which changes nothing.
        if self.seen.insert(hash) && self.seen.len() >= 2 * KEPT {
            self.prune();
        }
    }

    fn prune(&mut self) {
        let kept = self.sorted();
        self.limit = kept.last().copied();
        self.seen = kept.into_iter().collect();
    }

    fn sorted(&self) -> Vec<u64> {
        let mut all: Vec<u64> = self.seen.iter().copied().collect();
        all.sort_unstable();
        all.truncate(KEPT);
        all
    }

    pub fn merge(&mut self, other: &Distinct) {
        other.sorted().into_iter().for_each(|hash| self.push(hash));
    }

    pub fn count(&self) -> f64 {
        let kept = self.sorted();
        match kept.last() {
            Some(largest) if kept.len() >= KEPT => (KEPT as f64 - 1.0) / (*largest as f64 / u64::MAX as f64),
            _ => kept.len() as f64,
        }
    }
}

impl PartialEq for Distinct {
    fn eq(&self, other: &Distinct) -> bool {
        self.sorted() == other.sorted()
    }
}

impl From<Distinct> for Vec<u64> {
    fn from(distinct: Distinct) -> Vec<u64> {
        distinct.sorted()
    }
}

impl From<Vec<u64>> for Distinct {
    fn from(hashes: Vec<u64>) -> Distinct {
        let mut distinct = Distinct::default();
        hashes.into_iter().for_each(|hash| distinct.push(hash));
        distinct
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xxhash_rust::xxh3::xxh3_64;

    #[test]
    fn few_are_exact_and_many_are_estimated_the_same_over_shards() {
        let hash = |n: u64| xxh3_64(&n.to_le_bytes());
        let of = |range: std::ops::Range<u64>| {
            let mut distinct = Distinct::default();
            range.for_each(|n| distinct.push(hash(n % 150_000)));
            distinct
        };
        assert_eq!(of(0..1_000).count(), 1_000.0);
        let (whole, mut left) = (of(0..200_000), of(120_000..200_000));
        left.merge(&of(0..130_000));
        assert_eq!(whole, left);
        assert_eq!(whole.count(), left.count());
        assert!((whole.count() / 150_000.0 - 1.0).abs() < 0.02, "{}", whole.count());
    }
}
