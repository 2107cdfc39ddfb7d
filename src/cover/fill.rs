//! Which level comes next, so that every prefix has the shares that are asked for?

use super::space::bits;
use crate::seed::Rng;
use rand::RngExt;

/// Levels dealt out by weight: while all are allowed, after every row each level has come within one of its share.
///
/// A level is owed `weight · (rows + 1) − times · total`. One that is owed a whole row or more comes at once, the most owed first; else one
/// is drawn of those that are owed something, by what they are owed (low-discrepancy rounding of the targets; whole numbers only).
#[derive(Debug, Clone)]
pub(super) struct Quota {
    weights: Vec<i64>,
    pub times: Vec<i64>,
    rows: i64,
}

impl Quota {
    pub(super) fn new(weights: impl IntoIterator<Item = u32>) -> Quota {
        let weights: Vec<i64> = weights.into_iter().map(i64::from).collect();
        Quota { times: vec![0; weights.len()], rows: 0, weights }
    }

    fn total(&self) -> i64 {
        self.weights.iter().sum::<i64>().max(1)
    }

    fn owed(&self, level: usize) -> i64 {
        self.weights[level] * (self.rows + 1) - self.times[level] * self.total()
    }

    /// A level out of a set; the most owed of it where none is owed anything. None from an empty set.
    pub(super) fn draw(&self, set: u64, rng: &mut Rng) -> Option<usize> {
        let owed: Vec<(usize, i64)> =
            bits(set).filter(|level| *level < self.weights.len()).map(|level| (level, self.owed(level))).collect();
        let (most, debt) = owed.iter().copied().max_by_key(|(level, debt)| (*debt, std::cmp::Reverse(*level)))?;
        if debt >= self.total() || debt <= 0 {
            return Some(most);
        }
        let mut at = rng.random_range(0..owed.iter().map(|(_, debt)| (*debt).max(0)).sum::<i64>());
        owed.iter()
            .find(|(_, debt)| {
                let here = at < (*debt).max(0);
                at -= (*debt).max(0);
                here
            })
            .map(|(level, _)| *level)
    }

    /// One more row has this level.
    pub(super) fn count(&mut self, level: usize) {
        self.rows += 1;
        self.times[level] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Stage, stream};

    #[test]
    fn every_prefix_has_the_shares_within_about_one_row() {
        for (seed, weights) in [[50u32, 30, 15, 5], [25, 25, 25, 25], [97, 1, 1, 1]].into_iter().enumerate() {
            let mut rng = stream(seed as u64, 0, Stage::Scenario, 0);
            let mut quota = Quota::new(weights);
            for row in 1..=2000i64 {
                let level = quota.draw(u64::MAX, &mut rng).unwrap();
                quota.count(level);
                for (times, weight) in quota.times.iter().zip(weights) {
                    assert!((times * 100 - i64::from(weight) * row).abs() <= 130, "{weights:?} at {row}: {:?}", quota.times);
                }
            }
        }
    }

    #[test]
    fn two_quotas_are_not_dealt_out_in_step() {
        let mut rng = stream(3, 0, Stage::Scenario, 0);
        let (mut one, mut other) = (Quota::new([1, 1, 1]), Quota::new([1, 1, 1]));
        let mut met = [[0u32; 3]; 3];
        for _ in 0..900 {
            let (a, b) = (one.draw(u64::MAX, &mut rng).unwrap(), other.draw(u64::MAX, &mut rng).unwrap());
            one.count(a);
            other.count(b);
            met[a][b] += 1;
        }
        assert!(met.iter().flatten().all(|count| (60..140).contains(count)), "{met:?}");
    }

    #[test]
    fn what_is_owed_is_made_good_and_a_level_without_weight_comes_only_when_it_must() {
        let mut rng = stream(1, 0, Stage::Scenario, 0);
        let mut quota = Quota::new([1, 1, 0]);
        (0..10).for_each(|_| quota.count(0));
        for _ in 0..10 {
            let level = quota.draw(0b111, &mut rng).unwrap();
            quota.count(level);
        }
        assert_eq!(quota.times, vec![10, 10, 0]);
        assert_eq!(quota.draw(0b100, &mut rng), Some(2));
        assert_eq!(quota.draw(0, &mut rng), None);
    }
}
