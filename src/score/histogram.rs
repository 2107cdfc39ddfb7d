//! Histograms of the complexity vectors of a set: for each field, how many dialogues have which value.

use super::complexity::Vector;
use super::counts::{Figure, centred, poisson};
use super::observed::Observed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

type Histogram = BTreeMap<u64, u64>;

/// Mergeable; decision bits are in whole bits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complexity {
    pub dialogues: u64,
    pub histograms: BTreeMap<String, Histogram>,
    /// Calls of which it can be proven that the goal needs them, of those that could be.
    #[serde(default)]
    needed: u64,
    #[serde(default)]
    judged: u64,
}

/// Replicates of the bootstrap.
const REPLICATES: u64 = 200;

impl Complexity {
    pub fn push(&mut self, vector: &Vector) {
        self.dialogues += 1;
        for (name, value) in vector.all() {
            let (name, value) = if name == "decision_millibits" { ("decision_bits", (value + 500) / 1000) } else { (name, value) };
            if !self.histograms.contains_key(name) {
                self.histograms.insert(name.to_string(), Histogram::new());
            }
            if let Some(histogram) = self.histograms.get_mut(name) {
                *histogram.entry(value).or_default() += 1;
            }
        }
    }

    pub fn observe(&mut self, observed: &Observed) {
        self.push(&observed.vector);
        self.needed += observed.calls.iter().filter(|call| call.needed).count() as u64;
        self.judged += observed.calls.iter().filter(|call| !call.error).count() as u64;
    }

    pub fn merge(&mut self, other: &Complexity) {
        self.dialogues += other.dialogues;
        self.needed += other.needed;
        self.judged += other.judged;
        for (name, histogram) in &other.histograms {
            let into = self.histograms.entry(name.clone()).or_default();
            for (value, count) in histogram {
                *into.entry(*value).or_default() += count;
            }
        }
    }

    /// Sum of a field over the set.
    pub fn total(&self, name: &str) -> u64 {
        self.histograms.get(name).map_or(0, |histogram| histogram.iter().map(|(value, count)| value * count).sum())
    }

    pub fn mean(&self, name: &str) -> f64 {
        if self.dialogues == 0 { 0.0 } else { self.total(name) as f64 / self.dialogues as f64 }
    }

    /// Mean over the dialogues that have at least so much.
    pub fn mean_from(&self, name: &str, least: u64) -> f64 {
        let (count, total) = self.histograms.get(name).map_or((0, 0), |histogram| {
            histogram.range(least..).fold((0, 0), |(count, total), (value, times)| (count + times, total + value * times))
        });
        if count == 0 { 0.0 } else { total as f64 / count as f64 }
    }

    pub fn max(&self, name: &str) -> u64 {
        self.histograms.get(name).and_then(|histogram| histogram.last_key_value()).map_or(0, |(value, _)| *value)
    }

    /// Share of one sum in another, 0 when the second is 0.
    pub fn share(&self, part: &str, whole: &str) -> f64 {
        let whole = self.total(whole);
        if whole == 0 { 0.0 } else { self.total(part) as f64 / whole as f64 }
    }

    /// `target` is an asked histogram of decision bits, in any weights.
    pub fn report(&self, target: Option<&Histogram>) -> Report {
        let empty = Histogram::new();
        let bits = self.histograms.get("decision_bits").unwrap_or(&empty);
        Report {
            conversations: self.dialogues,
            fields: self.histograms.iter().map(|(name, histogram)| (name.clone(), Field::of(name, histogram))).collect(),
            needed_calls: Figure::share(self.needed, self.judged),
            distance_to_target: target.filter(|_| self.dialogues > 0).map(|target| wasserstein(bits, target)),
        }
    }
}

/// The panel.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub conversations: u64,
    pub fields: BTreeMap<String, Field>,
    /// Calls that can be shown to be needed: a later call takes from their result, what they gave is told, or they are the last of a
    /// request. The others may be needed or not.
    pub needed_calls: Figure,
    /// W₁ between the histogram of decision bits and the asked one, in bits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_to_target: Option<f64>,
}

/// One field of the vector over a set.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Field {
    pub mean: Figure,
    pub q10: u64,
    pub median: u64,
    pub q90: u64,
    pub max: u64,
    /// Value → conversations; decision bits by octave, all else up to 32 as it is and then by octave: the lower end of each.
    pub histogram: BTreeMap<u64, u64>,
}

impl Field {
    fn of(name: &str, histogram: &Histogram) -> Field {
        let total: u64 = histogram.values().sum();
        let coarse = name == "decision_bits" || name == "confusability";
        let mut shown = Histogram::new();
        for (value, count) in histogram {
            let bin = match value {
                0 => 0,
                value if coarse || *value > 32 => 1 << value.ilog2(),
                value => *value,
            };
            *shown.entry(bin).or_default() += count;
        }
        Field {
            mean: mean(name, histogram),
            q10: quantile(histogram, total, 10),
            median: quantile(histogram, total, 50),
            q90: quantile(histogram, total, 90),
            max: histogram.last_key_value().map_or(0, |(value, _)| *value),
            histogram: shown,
        }
    }
}

/// The smallest value that so many percent do not exceed.
pub fn quantile(histogram: &BTreeMap<u64, u64>, total: u64, percent: u64) -> u64 {
    let wanted = (total * percent).div_ceil(100).max(1);
    let mut seen = 0;
    histogram
        .iter()
        .find(|(_, count)| {
            seen += **count;
            seen >= wanted
        })
        .map_or(0, |(value, _)| *value)
}

/// Mean with the interval of a Poisson bootstrap over conversations, drawn from the histogram.
fn mean(name: &str, histogram: &Histogram) -> Figure {
    let of = |counts: &mut dyn Iterator<Item = (u64, u64)>| {
        let (sum, n) = counts.fold((0u64, 0u64), |(sum, n), (value, count)| (sum + value * count, n + count));
        if n == 0 { 0.0 } else { sum as f64 / n as f64 }
    };
    let value = of(&mut histogram.iter().map(|(value, count)| (*value, *count)));
    if histogram.values().sum::<u64>() < 2 {
        return Figure::plain(value);
    }
    let seed = xxh3_64(name.as_bytes());
    let replicate = |replicate: u64| {
        of(&mut histogram
            .iter()
            .map(|(value, count)| (*value, poisson(*count, seed ^ value.wrapping_mul(0x9e37_79b9_7f4a_7c15), replicate))))
    };
    centred(value, (0..REPLICATES).map(replicate).collect())
}

/// The first Wasserstein distance of two histograms, each taken as a distribution: Σ |F − G| over the steps.
pub fn wasserstein(a: &BTreeMap<u64, u64>, b: &BTreeMap<u64, u64>) -> f64 {
    let (of_a, of_b) = (a.values().sum::<u64>().max(1) as f64, b.values().sum::<u64>().max(1) as f64);
    let values: std::collections::BTreeSet<u64> = a.keys().chain(b.keys()).copied().collect();
    let (mut below_a, mut below_b, mut last, mut sum) = (0.0, 0.0, None, 0.0);
    for value in values {
        if let Some(last) = last {
            sum += f64::abs(below_a - below_b) * (value - last) as f64;
        }
        below_a += a.get(&value).copied().unwrap_or(0) as f64 / of_a;
        below_b += b.get(&value).copied().unwrap_or(0) as f64 / of_b;
        last = Some(value);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(of: &[(u64, u64)]) -> Histogram {
        of.iter().copied().collect()
    }

    #[test]
    fn moving_all_by_three_costs_three() {
        let a = histogram(&[(1, 5), (4, 5)]);
        assert_eq!(wasserstein(&a, &a), 0.0);
        assert!((wasserstein(&a, &histogram(&[(4, 7), (7, 7)])) - 3.0).abs() < 1e-12);
        assert!((wasserstein(&histogram(&[(0, 1)]), &histogram(&[(0, 1), (10, 1)])) - 5.0).abs() < 1e-12);
    }

    #[test]
    fn quantiles_are_values_that_occur() {
        let ten: Histogram = (1..=10).map(|value| (value, 1)).collect();
        assert_eq!([10, 50, 90, 100].map(|percent| quantile(&ten, 10, percent)), [1, 5, 9, 10]);
        assert_eq!(quantile(&histogram(&[(7, 1)]), 1, 50), 7);
        assert_eq!(quantile(&Histogram::new(), 0, 50), 0);
    }

    #[test]
    fn the_mean_has_the_interval_of_its_standard_error() {
        // 1,000 values of 0 and 10 in equal parts: the standard error is 5/√1000 = .158.
        let figure = mean("x", &histogram(&[(0, 500), (10, 500)]));
        let half = (figure.high.unwrap() - figure.low.unwrap()) / 2.0;
        assert_eq!(figure.value, 5.0);
        assert!((half / (1.96 * 0.158) - 1.0).abs() < 0.2, "{half}");
    }
}
