//! Weights as copies, for trainers that read no weights.

use crate::seed::{Stage, stream};
use rand::RngExt;

/// Systematic resampling (Kitagawa 1996): with cumulative weights *W* and one uniform *u* in [0, 1), row *i* gets
/// `floor(W_i + u) − floor(W_{i−1} + u)` copies.
///
/// The expectation of the copies is the weight, and both a row's copies and the sum over any stretch of rows differ from the weights by
/// less than one. O(1) a row; the sum of the weights is kept in whole 2⁻³²s, so that it is the same however the rows are cut.
#[derive(Debug, Clone)]
pub struct Systematic {
    /// `W_i + u` in units of 2⁻³².
    sum: u128,
}

const ONE: f64 = 4_294_967_296.0;

impl Systematic {
    /// The start *u* is drawn from the stream of the run seed.
    pub fn new(seed: u64) -> Systematic {
        let start: u32 = stream(seed, 0, Stage::Resample, 0).random();
        Systematic { sum: u128::from(start) }
    }

    /// Copies of the next row. A weight below 0, or none at all, counts as 0.
    pub fn copies(&mut self, weight: f64) -> u64 {
        let before = self.sum >> 32;
        self.sum += (weight.max(0.0) * ONE).round() as u128;
        ((self.sum >> 32) - before) as u64
    }
}

/// Kish's effective size `(Σw)² / Σw²` (Kish 1965): how many rows of equal weight say as much. 0 for no rows.
pub fn kish(weights: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, squares) = weights.into_iter().fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_weights_thin_evenly() {
        for seed in 0..20 {
            let mut draw = Systematic::new(seed);
            let copies: Vec<u64> = (0..100).map(|_| draw.copies(0.1)).collect();
            assert_eq!(copies.iter().sum::<u64>(), 10);
            for ten in copies.windows(10) {
                assert!(ten.iter().sum::<u64>() <= 2, "{copies:?}");
            }
        }
    }

    #[test]
    fn the_mean_over_seeds_is_the_weight() {
        let weights = [0.3, 1.7, 0.0, 2.5];
        let mut sums = [0.0; 4];
        for seed in 0..2_000 {
            let mut draw = Systematic::new(seed);
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += draw.copies(weight) as f64 / 2_000.0;
            }
        }
        for (sum, weight) in sums.iter().zip(weights) {
            assert!((sum - weight).abs() < 0.04, "{sums:?}");
        }
    }

    #[test]
    fn kish_counts_equal_rows_and_discounts_unequal_ones() {
        assert_eq!(kish([0.5; 8]), 8.0);
        assert_eq!(kish([]), 0.0);
        // 100 real rows of weight 1 and 900 of weight 0.1: (100 + 90)² / (100 + 9).
        let mixed = (0..100).map(|_| 1.0).chain((0..900).map(|_| 0.1));
        assert!((kish(mixed) - 190.0 * 190.0 / 109.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn no_row_and_no_sum_is_off_by_one(weights in proptest::collection::vec(0.0..4.0f64, 1..60), seed in any::<u64>()) {
            let mut draw = Systematic::new(seed);
            let (mut sum, mut total) = (0.0, 0u64);
            for weight in weights {
                let copies = draw.copies(weight);
                sum += weight;
                total += copies;
                prop_assert!((copies as f64 - weight).abs() < 1.0 + 1e-6);
                prop_assert!((total as f64 - sum).abs() < 1.0 + 1e-6);
            }
        }
    }
}
