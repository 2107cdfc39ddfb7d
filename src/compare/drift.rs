//! How a set is written beside another: shares of each level of each axis of format, and how far they are apart.

use crate::formats::mix::{chi_square_95, effective};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How often each axis of format has each level. Counts of shards add up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formats {
    pub rows: u64,
    axes: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Formats {
    pub fn push<'a>(&mut self, levels: impl IntoIterator<Item = (&'a str, &'a str)>) {
        self.rows += 1;
        for (axis, level) in levels {
            *self.axes.entry(axis.into()).or_default().entry(level.into()).or_default() += 1;
        }
    }

    pub fn merge(&mut self, other: &Formats) {
        self.rows += other.rows;
        for (axis, levels) in &other.axes {
            for (level, count) in levels {
                *self.axes.entry(axis.clone()).or_default().entry(level.clone()).or_default() += count;
            }
        }
    }

    /// Counts of the levels of one axis.
    pub fn axis(&self, name: &str) -> BTreeMap<String, u64> {
        self.axes.get(name).cloned().unwrap_or_default()
    }
}

/// One axis of format in two sets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    pub axis: String,
    pub levels: Vec<Level>,
    /// Jensen–Shannon divergence in bits, from 0 for the same shares to 1 for nothing in common (Lin 1991).
    pub divergence: f64,
    /// What the divergence of two samples of one distribution exceeds in 5 of 100 cases: 8·ln 2·JS/(1/n_A + 1/n_B) is then about χ² with one
    /// degree of freedom less than there are levels.
    pub chance: f64,
    pub drifted: bool,
    pub a: Spread,
    pub b: Spread,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    pub level: String,
    pub a: f64,
    pub b: f64,
}

/// How evenly the levels of an axis are used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spread {
    /// Exp of the Shannon entropy.
    pub effective: f64,
    /// The commonest level and its share.
    pub largest: String,
    pub share: f64,
}

/// Every axis that both sets have, in the order of their names.
pub fn drifts(a: &Formats, b: &Formats) -> Vec<Drift> {
    let names = a.axes.keys().filter(|name| b.axes.contains_key(*name));
    names.map(|name| drift(name, &a.axis(name), &b.axis(name))).collect()
}

fn drift(axis: &str, a: &BTreeMap<String, u64>, b: &BTreeMap<String, u64>) -> Drift {
    let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let (rows_a, rows_b) = (a.values().sum::<u64>(), b.values().sum::<u64>());
    let share = |counts: &BTreeMap<String, u64>, name: &str, rows: u64| counts.get(name).copied().unwrap_or(0) as f64 / rows.max(1) as f64;
    let levels: Vec<Level> =
        names.iter().map(|name| Level { level: name.to_string(), a: share(a, name, rows_a), b: share(b, name, rows_b) }).collect();
    let divergence = jensen_shannon(&levels);
    let chance = match (rows_a, rows_b) {
        (0, _) | (_, 0) => 0.0,
        _ => chi_square_95(names.len().saturating_sub(1)) * (1.0 / rows_a as f64 + 1.0 / rows_b as f64) / (8.0 * std::f64::consts::LN_2),
    };
    Drift {
        axis: axis.into(),
        divergence,
        chance,
        drifted: divergence > chance && rows_a > 0 && rows_b > 0,
        a: spread(a),
        b: spread(b),
        levels,
    }
}

fn spread(counts: &BTreeMap<String, u64>) -> Spread {
    let rows = counts.values().sum::<u64>().max(1) as f64;
    let (largest, count) = counts
        .iter()
        .max_by(|one, two| one.1.cmp(two.1).then_with(|| two.0.cmp(one.0)))
        .map_or((String::new(), 0), |(name, count)| (name.clone(), *count));
    Spread { effective: effective(counts.values().map(|count| *count as f64)), largest, share: count as f64 / rows }
}

fn jensen_shannon(levels: &[Level]) -> f64 {
    let half = |p: f64, q: f64| if p > 0.0 { 0.5 * p * (2.0 * p / (p + q)).log2() } else { 0.0 };
    levels.iter().map(|level| half(level.a, level.b) + half(level.b, level.a)).sum::<f64>().max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formats(counts: &[(&str, u64)]) -> Formats {
        let mut all = Formats::default();
        for (level, count) in counts {
            (0..*count).for_each(|_| all.push([("syntax", *level)]));
        }
        all
    }

    #[test]
    fn the_same_shares_are_no_drift_and_a_collapse_is_one() {
        let even = formats(&[("hermes", 100), ("json", 100), ("react", 100)]);
        let same = &drifts(&even, &formats(&[("hermes", 30), ("json", 31), ("react", 29)]))[0];
        assert!(!same.drifted && same.divergence < 0.001, "{same:?}");
        let collapsed = &drifts(&even, &formats(&[("hermes", 88), ("json", 2)]))[0];
        assert!(collapsed.drifted && collapsed.divergence > 0.3, "{collapsed:?}");
        assert!((collapsed.a.effective - 3.0).abs() < 1e-9 && collapsed.b.effective < 1.2);
        assert_eq!((collapsed.b.largest.as_str(), collapsed.levels.len()), ("hermes", 3));
        let apart = &drifts(&formats(&[("hermes", 10)]), &formats(&[("json", 10)]))[0];
        assert!((apart.divergence - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_divergence_is_that_of_the_definition() {
        // P = (.5, .5), Q = (1, 0): JS = H(.75, .25) − .5·H(.5, .5).
        let one = &drifts(&formats(&[("a", 5), ("b", 5)]), &formats(&[("a", 10)]))[0];
        let wanted = -0.75 * f64::log2(0.75) - 0.25 * f64::log2(0.25) - 0.5;
        assert!((one.divergence - wanted).abs() < 1e-12, "{}", one.divergence);
        assert!((chi_square_95(5) - 11.0705).abs() < 0.05);
    }

    #[test]
    fn an_axis_of_one_side_is_not_compared() {
        assert!(drifts(&formats(&[("a", 5)]), &Formats::default()).is_empty());
    }
}
