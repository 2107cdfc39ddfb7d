//! The rival `random`: no graph at all. Any tool may follow any other; rankings are shuffles.

use super::build::{Draft, GraphOptions};
use super::feeds::Signals;
use super::index::Index;
use super::rank::Producer;
use super::{Relation, RelationKind, ToolIx, Witness};
use crate::catalog::Catalog;
use crate::seed::Rng;
use rand::{RngExt, SeedableRng, seq::SliceRandom};

/// `top_k` random neighbours a tool: what a walk without a graph would see.
pub(super) fn edges(tools: usize, options: &GraphOptions) -> Vec<Draft> {
    let mut rng = Rng::seed_from_u64(options.seed);
    let mut out = Vec::new();
    for from in 0..tools {
        let mut chosen: Vec<ToolIx> = Vec::new();
        while chosen.len() < options.top_k.min(tools.saturating_sub(1)) {
            let to = rng.random_range(0..tools);
            if to != from && !chosen.contains(&to) {
                chosen.push(to);
            }
        }
        chosen.sort_unstable();
        for to in chosen {
            let relation = Relation { kind: RelationKind::Near, weight: 1.0, witness: Witness::Topic { similarity: 0.0 } };
            out.push(Draft { from, to, relation });
        }
    }
    out
}

/// All fields of the other tools, shuffled.
pub(super) fn rank(index: &Index, catalog: &Catalog, seed: u64, parameter: usize) -> Vec<Producer> {
    let mut rng = Rng::seed_from_u64(seed);
    rng.set_stream(parameter as u64);
    let consumer = index.parameters[parameter].tool;
    let mut fields: Vec<_> = index.fields.iter().filter(|place| place.tool != consumer).collect();
    fields.shuffle(&mut rng);
    let n = fields.len() as f32;
    let producer = |(at, place): (usize, &&super::index::Place)| Producer {
        tool: place.tool,
        field: catalog.tools[place.tool].returns.fields[place.leaf].pointer.clone(),
        score: 1.0 - at as f32 / n,
        fits: true,
        signals: Signals::default(),
    };
    fields.iter().enumerate().map(producer).collect()
}
