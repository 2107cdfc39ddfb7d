//! Scripts of the built-in plans, for tests.

use super::{Author, Part, Script, Streams, Stuck, Topics};
use crate::catalog::Catalog;
use crate::graph::{GraphOptions, Motif, ToolGraph, Walk, walk::Walker};
use crate::plan::Plan;
use crate::seed::{Stage, stream};
use crate::world::Schemas;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) fn each_script(per_plan: u64, look: impl FnMut(&Plan, &Catalog, &Script)) -> BTreeMap<String, u64> {
    each_script_of(&[], per_plan, look)
}

/// The scripts of these built-in plans, of all of them when none is named.
pub(super) fn each_script_of(names: &[&str], per_plan: u64, look: impl FnMut(&Plan, &Catalog, &Script)) -> BTreeMap<String, u64> {
    each_script_on(&Catalog::open(&[]).unwrap(), names, per_plan, look)
}

/// The same over another catalog.
pub(super) fn each_script_on(
    catalog: &Catalog,
    names: &[&str],
    per_plan: u64,
    mut look: impl FnMut(&Plan, &Catalog, &Script),
) -> BTreeMap<String, u64> {
    let graph = ToolGraph::build(catalog, &GraphOptions::default());
    let walker = Walker::new(&graph, catalog);
    let topics = Topics { chit_chat: vec!["a".into(), "b".into(), "c".into()], irrelevant: vec!["x".into(), "y".into()] };
    let author = Author::new(catalog, &graph, Arc::new(Schemas::new(catalog)), topics);
    let mut stuck = BTreeMap::new();
    for plan in crate::plan::load(&[]).unwrap().into_iter().filter(|plan| names.is_empty() || names.contains(&plan.name.as_str())) {
        for index in 0..per_plan {
            let walk = match plan.motif {
                Motif::None => Some(Walk { motif: Motif::None, steps: Vec::new(), segments: Vec::new() }),
                motif => (0..64)
                    .filter_map(|step| walker.anchor(motif, plan.length.clone(), 3, index + step * 101))
                    .filter_map(|anchor| walker.walk(motif, plan.length.clone(), anchor, &mut stream(3, index, Stage::Walk, 0)))
                    .find(|walk| author.suits_walk(&plan, walk)),
            };
            let Some(walk) = walk else { continue };
            let of = |stage| stream(3, index, stage, 0);
            match author
                .write(&[Part::new(&plan, walk)], Streams { script: of(Stage::Script), world: of(Stage::World), offer: of(Stage::Offer) })
            {
                Ok(script) => look(&plan, catalog, &script),
                Err(Stuck { stage, reason }) => *stuck.entry(format!("{} · {stage}: {reason}", plan.name)).or_default() += 1,
            }
        }
    }
    stuck
}
