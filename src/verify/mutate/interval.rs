//! Exact binomial intervals (Clopper and Pearson 1934).

/// The two-sided interval for the rate behind `hits` of `tries` at `confidence`; the whole range when nothing was tried.
pub fn clopper_pearson(hits: u64, tries: u64, confidence: f64) -> (f64, f64) {
    if tries == 0 {
        return (0.0, 1.0);
    }
    let tail = (1.0 - confidence) / 2.0;
    let low = || {
        let fewer = Count::new(hits - 1, tries);
        bisect(|rate| 1.0 - fewer.below(rate) < tail)
    };
    let high = || {
        let count = Count::new(hits, tries);
        bisect(|rate| count.below(rate) > tail)
    };
    (if hits == 0 { 0.0 } else { low() }, if hits == tries { 1.0 } else { high() })
}

/// The largest rate at which the condition, true for small rates, still holds.
fn bisect(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if holds(middle) { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// So many hits in so many tries.
struct Count {
    hits: u64,
    tries: u64,
    /// Logarithm of the number of ways in which they can fall.
    log_ways: f64,
}

impl Count {
    fn new(hits: u64, tries: u64) -> Count {
        let factor = |k: u64| ((tries - k + 1) as f64 / k as f64).ln();
        Count { hits, tries, log_ways: (1..=hits.min(tries - hits)).map(factor).sum() }
    }

    /// Probability of at most so many hits at a rate: the tail on the side of the hits where the terms shrink, from its largest one on.
    fn below(&self, rate: f64) -> f64 {
        if rate <= 0.0 || self.hits >= self.tries {
            return 1.0;
        }
        if rate >= 1.0 {
            return 0.0;
        }
        let (n, k) = (self.tries as f64, self.hits as f64);
        let odds = rate / (1.0 - rate);
        let term = (self.log_ways + k * rate.ln() + (n - k) * (-rate).ln_1p()).exp();
        if k <= n * rate {
            tail(term, (1..=self.hits).rev().map(|k| k as f64 / (self.tries - k + 1) as f64 / odds))
        } else {
            1.0 - tail(term, (self.hits..self.tries).map(|k| (self.tries - k) as f64 / (k + 1) as f64 * odds)) + term
        }
    }
}

/// A term and those after it, each in relation to the one before; ends where they add nothing.
fn tail(first: f64, ratios: impl Iterator<Item = f64>) -> f64 {
    let (mut term, mut sum) = (first, first);
    for ratio in ratios {
        term *= ratio;
        if sum + term == sum {
            break;
        }
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_the_sum_of_its_terms() {
        for (hits, tries, rate) in [(3, 10, 0.2), (3, 10, 0.9), (0, 7, 0.5), (6, 7, 0.5), (40, 200, 0.25)] {
            let factor = |k: u64| (tries - k + 1) as f64 / k as f64;
            let ways = |k: u64| (1..=k).map(factor).product::<f64>();
            let term = |k: u64| ways(k) * f64::powi(rate, k as i32) * f64::powi(1.0 - rate, (tries - k) as i32);
            let sum: f64 = (0..=hits).map(term).sum();
            assert!((Count::new(hits, tries).below(rate) - sum).abs() < 1e-12, "{hits} of {tries} at {rate}");
        }
        // A million tries take no longer than their spread.
        let (low, high) = clopper_pearson(900_000, 1_000_000, 0.95);
        assert!((low - 0.899_410_35).abs() < 1e-7 && (high - 0.900_587_33).abs() < 1e-7, "{low} {high}");
    }

    #[test]
    fn known_intervals() {
        for ((hits, tries), (low, high)) in
            [((1000, 1000), (0.996_318, 1.0)), ((0, 10), (0.0, 0.308_497)), ((9, 10), (0.554_984, 0.997_471)), ((0, 0), (0.0, 1.0))]
        {
            let found = clopper_pearson(hits, tries, 0.95);
            assert!((found.0 - low).abs() < 1e-5 && (found.1 - high).abs() < 1e-5, "{hits}/{tries}: {found:?}");
        }
    }
}
