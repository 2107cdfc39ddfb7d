//! Part A: does each measure see what it is for, and nothing else?

use super::Options;
use super::corrupt::{KINDS, Kind, Stock};
use super::factorial::CONTROLS;
use super::ground::{Ground, Row};
use super::measure::{self, Measures};
use serde::Serialize;
use std::collections::BTreeMap;
use walktalk::error::Error;
use walktalk::score::proof::spearman;

/// Shares of the rows that are spoilt.
pub const SHARES: [f64; 5] = [0.0, 0.05, 0.10, 0.20, 0.40];
/// Of the rank correlation of an own measure.
const AGREES: f64 = 0.95;
/// What other axes may move by, in relation to what their own corruptions move them by.
const MARGIN: f64 = 0.10;
/// Measures of each axis that may not see the corruptions of another.
const MEASURES: [&[&str]; 3] = [&["pass"], &["skeletons", "distinct_4", "tools", "personas"], &["bits"]];
/// Sets that are spoilt; their measures are averaged.
const SETS: u64 = 2;

/// One kind of corruption.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub axis: &'static str,
    pub kind: &'static str,
    pub own: &'static str,
    /// Rows that were really spoilt at each share.
    pub spoilt: Vec<f64>,
    /// By measure, at each share.
    pub measures: BTreeMap<&'static str, Vec<f64>>,
    /// Of the own measure with the share; it is to fall.
    pub spearman: f64,
    /// What the measures of the other axes moved by between none and the greatest share, in units of what their own corruptions do.
    pub others: BTreeMap<&'static str, f64>,
    pub holds: bool,
}

pub fn run(ground: &Ground, options: &Options) -> Result<Vec<Line>, Error> {
    let mut sums: Vec<Vec<(Measures, f64)>> = vec![vec![(Measures::new(), 0.0); SHARES.len()]; KINDS.len()];
    let sets = options.seeds.min(SETS);
    for seed in 1..=sets {
        let mut stock = Stock::make(ground, seed, options.corrupted)?;
        if !stock.is_good() {
            continue;
        }
        for (kind, sums) in KINDS.iter().zip(&mut sums) {
            let instead = stock.instead(kind);
            for (share, (sum, spoilt)) in SHARES.iter().zip(sums) {
                let (rows, changed) = stock.spoilt(kind, &instead, *share);
                let rows: Vec<(u64, &Row)> = rows.iter().map(|(index, row)| (*index, row)).collect();
                for (name, value) in measure::of(&rows, measure::looked_at(options.corrupted), &stock.factors) {
                    *sum.entry(name).or_default() += value / sets as f64;
                }
                *spoilt += changed / sets as f64;
            }
        }
    }
    Ok(lines(&sums))
}

fn lines(sums: &[Vec<(Measures, f64)>]) -> Vec<Line> {
    let moved = |of: &[(Measures, f64)], name: &str| {
        let at = |place: usize| of.get(place).and_then(|(measures, _)| measures.get(name)).copied().unwrap_or(0.0);
        (at(SHARES.len() - 1) - at(0)).abs()
    };
    // How far a measure goes when its own axis is spoilt.
    let reach = |axis: usize, name: &str| {
        let own = KINDS.iter().zip(sums).filter(|(kind, _)| kind.axis == axis);
        own.map(|(_, of)| moved(of, name)).fold(1e-12, f64::max)
    };
    let line = |(kind, of): (&Kind, &Vec<(Measures, f64)>)| {
        let values = |name: &str| -> Vec<f64> { of.iter().map(|(measures, _)| measures.get(name).copied().unwrap_or(0.0)).collect() };
        let other = |axis: &usize| *axis != kind.axis;
        let others: BTreeMap<&'static str, f64> = (0..3)
            .filter(other)
            .flat_map(|axis| MEASURES[axis].iter().map(move |name| (axis, *name)))
            .map(|(axis, name)| (name, moved(of, name) / reach(axis, name)))
            .collect();
        let agreement = spearman(&SHARES, &values(kind.own));
        Line {
            axis: CONTROLS[kind.axis],
            kind: kind.name,
            own: kind.own,
            spoilt: of.iter().map(|(_, share)| *share).collect(),
            measures: measure::NAMES.into_iter().map(|name| (name, values(name))).collect(),
            spearman: agreement,
            holds: agreement <= -AGREES && others.values().all(|moved| *moved <= MARGIN),
            others,
        }
    };
    KINDS.iter().zip(sums).map(line).collect()
}
