//! The rival `toolflow` (arXiv 2410.18447): two tools are joined iff the cosine of some pair of their parameters, or of a result
//! field and a parameter, is above 0.82. Undirected and untyped; here an edge each way, with the best pair as its witness.

use super::build::Draft;
use super::encoder::cosine;
use super::index::{Index, Place};
use super::{Relation, RelationKind, ToolIx, Witness};
use crate::catalog::Catalog;
use rayon::prelude::*;

/// The paper's threshold.
const THRESHOLD: f32 = 0.82;

pub(super) fn edges(catalog: &Catalog, index: &Index) -> Vec<Draft> {
    let n = index.tools.len();
    let like_parameter = similar(index, true);
    let like_field = similar(index, false);
    let parameters_of = users(&index.parameters, index.parameter_kinds.len());
    let fields_of = users(&index.fields, index.field_kinds.len());
    (0..n)
        .into_par_iter()
        .flat_map_iter(|to| {
            let mut best: std::collections::BTreeMap<ToolIx, (f32, Witness, RelationKind)> = Default::default();
            for at in index.tools[to].parameters.clone() {
                let place = index.parameters[at];
                let pointer = &catalog.tools[to].parameters[place.leaf].pointer;
                let mut note = |from: ToolIx, cosine: f32, witness: Witness, kind: RelationKind| {
                    if from != to && best.get(&from).is_none_or(|(known, ..)| cosine > *known) {
                        best.insert(from, (cosine, witness, kind));
                    }
                };
                for &(kind, cosine) in &like_field[place.kind] {
                    for user in &fields_of[kind] {
                        let field = catalog.tools[user.tool].returns.fields[user.leaf].pointer.clone();
                        note(user.tool, cosine, Witness::Flow { field, parameter: pointer.clone() }, RelationKind::Feeds);
                    }
                }
                for &(kind, cosine) in &like_parameter[place.kind] {
                    for user in &parameters_of[kind] {
                        let first = catalog.tools[user.tool].parameters[user.leaf].pointer.clone();
                        note(user.tool, cosine, Witness::Shared { first, second: pointer.clone() }, RelationKind::Shares);
                    }
                }
            }
            best.into_iter().map(move |(from, (weight, witness, kind))| Draft {
                from,
                to,
                relation: Relation { kind, weight: weight.min(1.0), witness },
            })
        })
        .collect()
}

/// For each kind of parameter, the kinds of parameters (or of fields) above the threshold.
fn similar(index: &Index, parameters: bool) -> Vec<Vec<(usize, f32)>> {
    let others = if parameters { &index.parameter_kinds } else { &index.field_kinds };
    let above = |vector: &[f32; 128]| {
        others.iter().enumerate().map(|(ix, other)| (ix, cosine(vector, &other.vector))).filter(|(_, cosine)| *cosine > THRESHOLD).collect()
    };
    index.parameter_kinds.par_iter().map(|kind| above(&kind.vector)).collect()
}

fn users(places: &[Place], kinds: usize) -> Vec<Vec<Place>> {
    let mut out = vec![Vec::new(); kinds];
    for place in places {
        out[place.kind].push(*place);
    }
    out
}
