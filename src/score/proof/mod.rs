//! Are the controls independent? The statistics of that question, on any numbers: ranks, intervals, equivalence, and how a matrix of
//! effects interferes with itself.
//!
//! `examples/control_response` makes the experiment; `docs/control.md` says what came of it.

pub mod factorial;
pub mod interplay;
pub mod student;

use crate::seed::Rng;
use rand::{RngExt, SeedableRng};

/// Spearman's rank correlation; ties have their mean rank. NaN where either side does not vary.
pub fn spearman(x: &[f64], y: &[f64]) -> f64 {
    let (a, b) = (ranks(x), ranks(y));
    let (ma, mb) = (mean(&a), mean(&b));
    let sum = |of: &dyn Fn(f64, f64) -> f64| a.iter().zip(&b).map(|(a, b)| of(a - ma, b - mb)).sum::<f64>();
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let below = |value: &f64| values.iter().filter(|other| *other < value).count() as f64;
    let same = |value: &f64| values.iter().filter(|other| *other == value).count() as f64;
    values.iter().map(|value| below(value) + (same(value) + 1.0) / 2.0).collect()
}

/// NaN of nothing.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Standard error of the mean.
pub fn standard_error(values: &[f64]) -> f64 {
    let (n, mean) = (values.len() as f64, mean(values));
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0) / n).sqrt()
}

/// The middle 95% of the means of resamples with replacement (Efron 1979, percentiles); units that belong together are one value.
pub fn bootstrap(values: &[f64], replicates: usize, seed: u64) -> (f64, f64) {
    if values.is_empty() || replicates == 0 {
        return (f64::NAN, f64::NAN);
    }
    let mut rng = Rng::seed_from_u64(seed);
    let mut draw = || (0..values.len()).map(|_| values[rng.random_range(0..values.len())]).sum::<f64>() / values.len() as f64;
    let mut means: Vec<f64> = (0..replicates).map(|_| draw()).collect();
    means.sort_by(f64::total_cmp);
    let at = |share: f64| means[((means.len() - 1) as f64 * share).round() as usize];
    (at(0.025), at(0.975))
}

/// Two one-sided t-tests (Schuirmann 1987): the probability of means this near 0 were the true one as far off as `margin`. Below .05 the
/// mean is shown to be within the margin; a wide scatter never shows it. 1 of fewer than two values.
pub fn tost(values: &[f64], margin: f64) -> f64 {
    if values.len() < 2 {
        return 1.0;
    }
    let (mean, error, degrees) = (mean(values), standard_error(values), values.len() as f64 - 1.0);
    if error == 0.0 {
        return if mean.abs() < margin { 0.0 } else { 1.0 };
    }
    1.0 - student::below((margin - mean.abs()) / error, degrees)
}

/// Holm's (1979) adjustment of probabilities for so many tests at once, in the order given.
pub fn holm(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
    let (mut out, mut most) = (vec![0.0; probabilities.len()], 0.0f64);
    for (rank, at) in order.into_iter().enumerate() {
        most = most.max(probabilities[at] * (probabilities.len() - rank) as f64).min(1.0);
        out[at] = most;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_agree_as_far_as_they_do() {
        assert!((spearman(&[0.0, 5.0, 10.0, 20.0, 40.0], &[1.0, 0.9, 0.7, 0.6, 0.1]) + 1.0).abs() < 1e-12);
        // One neighbouring pair of five exchanged: 1 − 6·2/(5·24).
        assert!((spearman(&[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0, 3.0, 2.0, 4.0, 5.0]) - 0.9).abs() < 1e-12);
        // scipy.stats.spearmanr([1, 2, 2, 4], [1, 3, 2, 4]).
        assert!((spearman(&[1.0, 2.0, 2.0, 4.0], &[1.0, 3.0, 2.0, 4.0]) - 0.948_683_298_050_513_8).abs() < 1e-12);
        assert!(spearman(&[1.0, 2.0], &[3.0, 3.0]).is_nan());
    }

    #[test]
    fn equivalence_is_shown_by_small_effects_measured_well_and_by_nothing_else() {
        let near = [0.01, -0.02, 0.03, 0.00, -0.01, 0.02];
        assert!(tost(&near, 0.1) < 0.001);
        assert!(tost(&near.map(|value| value + 0.2), 0.1) > 0.99, "far off");
        assert!(tost(&near.map(|value| value * 30.0), 0.1) > 0.05, "too scattered to tell");
        assert_eq!((tost(&[0.0], 0.1), tost(&[0.0, 0.0], 0.1)), (1.0, 0.0));
        // By hand: mean .005, error .0076376, t = (.1 − .005)/.0076376 = 12.438 with 5 degrees.
        assert!((standard_error(&near) - 0.007_637_626).abs() < 1e-8);
    }

    #[test]
    fn holm_multiplies_the_smallest_most_and_never_goes_down() {
        let adjusted = holm(&[0.01, 0.04, 0.03, 0.005]);
        for (found, wanted) in adjusted.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            assert!((found - wanted).abs() < 1e-12, "{adjusted:?}");
        }
    }

    #[test]
    fn the_interval_of_a_mean_is_about_that_of_its_error() {
        let values: Vec<f64> = (0..100).map(|n| f64::from(n * 37 % 100) / 100.0).collect();
        let (low, high) = bootstrap(&values, 2_000, 1);
        let half = 1.96 * standard_error(&values);
        assert!((low - (mean(&values) - half)).abs() < 0.01 && (high - (mean(&values) + half)).abs() < 0.01, "{low} {high} {half}");
        assert_eq!(bootstrap(&values, 100, 1), bootstrap(&values, 100, 1));
        assert!(bootstrap(&[], 10, 1).0.is_nan());
    }
}
