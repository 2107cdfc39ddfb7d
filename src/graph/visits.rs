//! Do walks reach every tool, and do hubs dominate? How often each tool is visited, and how evenly.

use super::walk::Walker;
use super::{Motif, ToolIx};
use crate::seed::{Stage, stream};
use rayon::prelude::*;
use serde::Serialize;
use std::ops::RangeInclusive;

/// The motifs that join different tools, with the lengths that the report walks.
const JOINING: [(Motif, RangeInclusive<usize>); 6] = [
    (Motif::Chain, 2..=4),
    (Motif::FanOut, 3..=3),
    (Motif::FanIn, 3..=3),
    (Motif::Diamond, 4..=4),
    (Motif::Loop, 2..=2),
    (Motif::Parallel, 2..=3),
];
/// Rounds of anchors in one report: each tool that can take part in a motif is its anchor so many times.
const ROUNDS: u64 = 4;

/// How the visits of many walks are spread over the tools that can take part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Visits {
    pub walks: u64,
    /// Tools that can take part in a walk of more than one tool, and how many of them were visited.
    pub able: usize,
    pub visited: usize,
    /// Visits of the most visited tool and of the median one, as shares of all visits.
    pub most: f64,
    pub median: f64,
    /// 0 when all are visited equally often, near 1 when one has all the visits.
    pub gini: f64,
    /// Exp of the entropy of the visits: as many equally visited tools would be as surprising.
    pub effective: f64,
}

impl Visits {
    /// Of counts by tool, over those tools that can take part.
    pub fn of(counts: &[u64], able: &[ToolIx], walks: u64) -> Visits {
        let mut sorted: Vec<u64> = able.iter().filter_map(|tool| counts.get(*tool).copied()).collect();
        sorted.sort_unstable();
        let total = sorted.iter().sum::<u64>() as f64;
        if total == 0.0 {
            return Visits { walks, able: able.len(), ..Visits::default() };
        }
        let n = sorted.len() as f64;
        let ranked: f64 = sorted.iter().zip(1u32..).map(|(count, rank)| f64::from(rank) * *count as f64).sum();
        let entropy: f64 =
            sorted.iter().map(|count| *count as f64 / total).filter(|share| *share > 0.0).map(|share| -share * share.ln()).sum();
        Visits {
            walks,
            able: able.len(),
            visited: sorted.iter().filter(|count| **count > 0).count(),
            most: sorted.last().map_or(0.0, |most| *most as f64 / total),
            median: sorted[sorted.len() / 2] as f64 / total,
            gini: (2.0 * ranked / (n * total) - (n + 1.0) / n).max(0.0),
            effective: entropy.exp(),
        }
    }
}

impl Walker {
    /// How often each tool is visited in `count` walks of a motif, anchors in turn.
    pub fn visits(&self, motif: Motif, length: RangeInclusive<usize>, seed: u64, count: u64) -> Vec<u64> {
        let add = |mut visits: Vec<u64>, occurrence: u64| {
            let mut rng = stream(seed, occurrence, Stage::Walk, 0);
            let anchor = self.anchor(motif, length.clone(), seed, occurrence);
            let walk = anchor.and_then(|anchor| self.walk(motif, length.clone(), anchor, &mut rng));
            walk.iter().flat_map(|walk| &walk.steps).for_each(|step| visits[step.tool] += 1);
            visits
        };
        let none = || vec![0; self.tools()];
        let sum = |mut a: Vec<u64>, b: Vec<u64>| {
            a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
            a
        };
        (0..count).into_par_iter().fold(none, add).reduce(none, sum)
    }

    /// Walks of every motif that joins different tools, four through each anchor.
    pub fn spread(&self, seed: u64) -> Visits {
        let mut counts = vec![0; self.tools()];
        let mut able: Vec<ToolIx> = Vec::new();
        let mut walks = 0;
        for (motif, length) in JOINING {
            let anchors = self.starts(motif, length.clone());
            let count = ROUNDS * anchors.len() as u64;
            let visits = self.visits(motif, length, seed, count);
            counts.iter_mut().zip(visits).for_each(|(sum, visits)| *sum += visits);
            able.extend(anchors.iter());
            walks += count;
        }
        able.sort_unstable();
        able.dedup();
        Visits::of(&counts, &able, walks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::graph::{GraphOptions, ToolGraph};

    #[test]
    fn equal_visits_are_even_and_one_hub_is_not() {
        let even = Visits::of(&[5, 5, 5, 5], &[0, 1, 2, 3], 10);
        assert_eq!((even.visited, even.most, even.median, even.gini), (4, 0.25, 0.25, 0.0));
        assert!((even.effective - 4.0).abs() < 1e-9);
        let hub = Visits::of(&[0, 0, 0, 20], &[0, 1, 2, 3], 10);
        assert_eq!((hub.visited, hub.most, hub.median, hub.gini), (1, 1.0, 0.0, 0.75));
        assert_eq!(Visits::of(&[], &[], 0), Visits::default());
    }

    #[test]
    fn every_tool_that_can_take_part_does_and_no_hub_dominates() {
        let catalog = Catalog::open(&[]).unwrap();
        let graph = ToolGraph::build(&catalog, &GraphOptions::default());
        let visits = Walker::new(&graph, &catalog).spread(1);
        assert_eq!(visits.visited, visits.able);
        assert!(visits.able as f64 > 0.9 * catalog.tools.len() as f64, "{visits:?}");
        assert!(visits.most < 10.0 * visits.median && visits.gini < 0.5, "{visits:?}");
    }
}
