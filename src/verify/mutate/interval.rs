//! Exact binomial intervals (Clopper and Pearson 1934).

/// The two-sided interval for the rate behind `hits` of `tries` at `confidence`; the whole range when nothing was tried.
pub fn clopper_pearson(hits: u64, tries: u64, confidence: f64) -> (f64, f64) {
    if tries == 0 {
        return (0.0, 1.0);
    }
    let tail = (1.0 - confidence) / 2.0;
    let low = if hits == 0 { 0.0 } else { bisect(|rate| 1.0 - below(hits - 1, tries, rate) < tail) };
    let high = if hits == tries { 1.0 } else { bisect(|rate| below(hits, tries, rate) > tail) };
    (low, high)
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

/// Probability of at most `hits` of `tries` at a rate.
fn below(hits: u64, tries: u64, rate: f64) -> f64 {
    if rate <= 0.0 {
        return 1.0;
    }
    if rate >= 1.0 {
        return if hits >= tries { 1.0 } else { 0.0 };
    }
    let (n, log_rate, log_rest) = (tries as f64, rate.ln(), (1.0 - rate).ln());
    let mut log_choose = 0.0;
    let mut sum = 0.0;
    for k in 0..=hits.min(tries) {
        if k > 0 {
            log_choose += ((n - k as f64 + 1.0) / k as f64).ln();
        }
        sum += (log_choose + k as f64 * log_rate + (n - k as f64) * log_rest).exp();
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

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
