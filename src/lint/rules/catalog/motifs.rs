//! Which shapes of dialogue a tool can take part in.

use crate::graph::Motif;
use crate::graph::walk::Walker;
use std::ops::RangeInclusive;

/// The motifs with the shortest lengths that plans ask for.
const SHAPES: [(Motif, RangeInclusive<usize>); 9] = [
    (Motif::Single, 1..=1),
    (Motif::Repeat, 2..=2),
    (Motif::Seek, 2..=3),
    (Motif::Chain, 2..=3),
    (Motif::FanOut, 3..=3),
    (Motif::FanIn, 3..=3),
    (Motif::Diamond, 4..=4),
    (Motif::Loop, 2..=2),
    (Motif::Parallel, 2..=2),
];

/// A motif that a tool takes part in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part(pub Motif);

impl Part {
    /// Whether the motif joins it to another tool.
    pub fn joins(self) -> bool {
        !matches!(self.0, Motif::Single | Motif::Repeat | Motif::Parallel)
    }
}

/// For every tool the motifs that it can take part in.
pub fn of(walker: &Walker, tools: usize) -> Vec<Vec<Part>> {
    let mut out = vec![Vec::new(); tools];
    for (motif, length) in SHAPES {
        for tool in walker.starts(motif, length).iter() {
            if let Some(parts) = out.get_mut(*tool) {
                parts.push(Part(motif));
            }
        }
    }
    out
}
