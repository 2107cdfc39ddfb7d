//! Does the format go with anything? Contingency tables of the formats of a set against what its rows are, which add over shards.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How much the format goes with a factor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Association {
    /// Cramér's V, corrected for chance: 0 for nothing, 1 for everything.
    pub v: f64,
    /// What V exceeds in 5 of 100 sets of this size whose formats go with nothing.
    pub chance: f64,
}

/// Counts of pairs of a format and a level, by factor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Independence {
    pub formats: BTreeMap<String, u64>,
    tables: BTreeMap<String, BTreeMap<String, BTreeMap<String, u64>>>,
}

impl Independence {
    /// One row: its format, and its level of each factor.
    pub fn push<'a>(&mut self, format: &str, levels: impl IntoIterator<Item = (&'a str, &'a str)>) {
        *self.formats.entry(format.into()).or_default() += 1;
        for (factor, level) in levels {
            let table = self.tables.entry(factor.into()).or_default();
            *table.entry(level.into()).or_default().entry(format.into()).or_default() += 1;
        }
    }

    pub fn merge(&mut self, other: &Independence) {
        for (format, count) in &other.formats {
            *self.formats.entry(format.clone()).or_default() += count;
        }
        for (factor, levels) in &other.tables {
            for (level, formats) in levels {
                for (format, count) in formats {
                    let table = self.tables.entry(factor.clone()).or_default();
                    *table.entry(level.clone()).or_default().entry(format.clone()).or_default() += count;
                }
            }
        }
    }

    /// Cramér's V of the formats against each factor that has two levels at least.
    pub fn association(&self) -> BTreeMap<String, Association> {
        let of = |(factor, table): (&String, _)| Some((factor.clone(), cramers_v(table)?));
        self.tables.iter().filter_map(of).collect()
    }
}

/// Cramér's V with the correction of Bergsma (2013), by which independence gives 0 in the mean and not what many levels give by chance:
/// φ̃² = max(0, χ²/n − (k−1)(r−1)/(n−1)) over min(k̃, r̃) − 1, where k̃ = k − (k−1)²/(n−1). None for a table of one row or column.
fn cramers_v(table: &BTreeMap<String, BTreeMap<String, u64>>) -> Option<Association> {
    let mut columns: BTreeMap<&str, u64> = BTreeMap::new();
    for (column, count) in table.values().flatten() {
        *columns.entry(column).or_default() += count;
    }
    let n = columns.values().sum::<u64>() as f64;
    let (r, k) = (table.len() as f64, columns.len() as f64);
    if r < 2.0 || k < 2.0 {
        return None;
    }
    let mut chi = 0.0;
    for row in table.values() {
        let sum = row.values().sum::<u64>() as f64;
        for (column, total) in &columns {
            let expected = sum * *total as f64 / n;
            let seen = row.get(*column).copied().unwrap_or(0) as f64;
            chi += (seen - expected).powi(2) / expected;
        }
    }
    let free = (k - 1.0) * (r - 1.0);
    let phi = |chi: f64| (chi / n - free / (n - 1.0)).max(0.0);
    let corrected = |size: f64| size - (size - 1.0).powi(2) / (n - 1.0);
    let least = corrected(k).min(corrected(r)) - 1.0;
    let v = |chi: f64| (phi(chi) / least).sqrt();
    (least > 0.0).then(|| Association { v: v(chi), chance: v(chi_square_95(free as usize)) })
}

/// The 95% point of χ² (Wilson & Hilferty 1931), within 1% from two degrees of freedom on.
pub fn chi_square_95(degrees: usize) -> f64 {
    match degrees {
        0 => 0.0,
        1 => 3.841_458_820_694_124,
        _ => {
            let d = degrees as f64;
            let spread = 2.0 / (9.0 * d);
            d * (1.0 - spread + 1.644_853_626_951_472_2 * spread.sqrt()).powi(3)
        }
    }
}

/// Exp of the Shannon entropy: how many formats of equal share are as varied.
pub fn effective(counts: impl Iterator<Item = f64> + Clone) -> f64 {
    let total: f64 = counts.clone().sum();
    if total <= 0.0 {
        return 0.0;
    }
    let entropy: f64 = counts.filter(|count| *count > 0.0).map(|count| -(count / total) * (count / total).ln()).sum();
    entropy.exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(rows: impl Iterator<Item = (usize, usize)>) -> Independence {
        let mut all = Independence::default();
        rows.for_each(|(format, level)| all.push(&format.to_string(), [("plan", level.to_string().as_str())]));
        all
    }

    #[test]
    fn what_goes_together_is_1_and_what_does_not_is_0() {
        let together = pushed((0..600).map(|at| (at % 6, at % 6))).association()["plan"].v;
        assert!((together - 1.0).abs() < 1e-9, "{together}");
        assert_eq!(pushed((0..600).map(|at| (at % 6, at / 6 % 10))).association()["plan"].v, 0.0);
        assert!(pushed((0..60).map(|at| (at % 6, 0))).association().is_empty());
    }

    /// 2×2 table 30, 10, 20, 40: χ² = 16.67 without correction; by hand φ̃² = .16667 − 1/99 and the rest of the formula.
    #[test]
    fn the_correction_is_that_of_the_paper() {
        let cells = [(0, 0, 30), (0, 1, 10), (1, 0, 20), (1, 1, 40)];
        let v =
            pushed(cells.into_iter().flat_map(|(format, level, times)| std::iter::repeat_n((format, level), times))).association()["plan"]
                .v;
        let wanted = f64::sqrt((1.0 / 6.0 - 1.0 / 99.0) / (1.0 - 1.0 / 99.0));
        assert!((v - wanted).abs() < 1e-12, "{v} {wanted}");
    }

    #[test]
    fn dealt_formats_do_not_go_with_what_is_dealt_in_turn() {
        let mix = super::super::Mix::even(11);
        let syntax = |index: u64| mix.label(index).syntax as usize;
        // Plans in turn, tools in a long turn, and a factor that changes slowly.
        for period in [12, 80, 301] {
            let v = pushed((0..10_000u64).map(|index| (syntax(index), (index % period) as usize))).association()["plan"];
            assert!(v.v <= 0.05 && v.chance < 0.05, "{period}: {v:?}");
        }
        let v = pushed((0..10_000u64).map(|index| (syntax(index), (index / 500) as usize))).association()["plan"].v;
        assert!(v <= 0.05, "{v}");
        let shares = (0..6).map(|format| (0..10_000).filter(|index| syntax(*index) == format).count() as f64);
        assert!(effective(shares.collect::<Vec<_>>().into_iter()) > 5.99);
    }

    #[test]
    fn counts_of_shards_add_up() {
        let rows = |range: std::ops::Range<usize>| pushed(range.map(|at| (at % 3, at % 5)));
        let mut merged = rows(0..40);
        merged.merge(&rows(40..100));
        assert_eq!(merged, rows(0..100));
    }
}
