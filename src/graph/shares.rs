//! `Shares`: two tools take a parameter that means the same thing, so that one fact of the user serves both.

use super::ToolIx;
use super::build::Draft;
use super::feeds::Scorer;
use super::index::{Kind, dice};
use super::{Relation, RelationKind, Witness};
use crate::catalog::{Catalog, Leaf};
use crate::value::SemType;
use rayon::prelude::*;

/// Names that share at least this much of their words may mean the same.
const SAME_NAME: f32 = 0.5;
/// Partners of one kind of parameter that are looked at beside the nearest tools.
const PARTNERS: usize = 96;

pub(super) fn edges(catalog: &Catalog, scorer: &Scorer, nearest: &[Vec<(ToolIx, f32)>], top_k: usize) -> Vec<Draft> {
    let index = &scorer.index;
    let mut users: Vec<Vec<ToolIx>> = vec![Vec::new(); index.parameter_kinds.len()];
    for place in &index.parameters {
        users[place.kind].push(place.tool);
    }
    (0..catalog.tools.len())
        .into_par_iter()
        .flat_map_iter(|first| {
            let mut partners: Vec<ToolIx> = nearest[first].iter().map(|(tool, _)| *tool).collect();
            for place in &index.parameters[index.tools[first].parameters.clone()] {
                partners.extend(users[place.kind].iter().filter(|tool| **tool != first).take(PARTNERS));
            }
            partners.sort_unstable();
            partners.dedup();
            let mut found: Vec<Draft> = partners.into_iter().filter_map(|second| best(catalog, scorer, first, second)).collect();
            found.sort_by(|a, b| b.relation.weight.total_cmp(&a.relation.weight).then(a.to.cmp(&b.to)));
            found.truncate(top_k);
            found
        })
        .collect()
}

/// The pair of parameters of two tools that most surely means the same.
fn best(catalog: &Catalog, scorer: &Scorer, first: ToolIx, second: ToolIx) -> Option<Draft> {
    let index = &scorer.index;
    let mut best: Option<(f32, usize, usize)> = None;
    for a in &index.parameters[index.tools[first].parameters.clone()] {
        for b in &index.parameters[index.tools[second].parameters.clone()] {
            let (left, right) = (&catalog.tools[first].parameters[a.leaf], &catalog.tools[second].parameters[b.leaf]);
            if !(sayable(left) && sayable(right)) {
                continue;
            }
            let (x, y) = (&index.parameter_kinds[a.kind], &index.parameter_kinds[b.kind]);
            if scorer.things_differ(x, first, y, second) {
                continue;
            }
            let score = sameness(x, y);
            if score > best.map_or(0.0, |(known, ..)| known) {
                best = Some((score, a.leaf, b.leaf));
            }
        }
    }
    let (score, a, b) = best?;
    let weight = (0.6 * score + 0.4 * scorer.affinity(first, second)).clamp(f32::MIN_POSITIVE, 1.0);
    let witness = Witness::Shared {
        first: catalog.tools[first].parameters[a].pointer.clone(),
        second: catalog.tools[second].parameters[b].pointer.clone(),
    };
    Some(Draft { from: first, to: second, relation: Relation { kind: RelationKind::Shares, weight, witness } })
}

/// A value that a person gives and that stays the same for several tools; switches, paging and free text do not.
fn sayable(leaf: &Leaf) -> bool {
    use SemType::*;
    !leaf.phrase.silent && !matches!(leaf.sem, Bool | Enum | Count | Number | Text | Query | Unit | Percent | Rating)
}

/// 0 unless the semantic types are equal, the names share their words and the entities do not contradict.
fn sameness(a: &Kind, b: &Kind) -> f32 {
    let name = dice(&a.name, &b.name);
    let other_thing = !a.entity.is_empty() && !b.entity.is_empty() && a.entity.last() != b.entity.last();
    if a.sem != b.sem || name < SAME_NAME || other_thing { 0.0 } else { name }
}

#[cfg(test)]
mod tests {
    use super::super::Relevance;
    use super::super::testing::{hashed, travel};
    use super::*;

    #[test]
    fn a_shared_city_goes_both_ways_and_ids_of_other_things_do_not_count() {
        let catalog = travel();
        let scorer = Scorer::new(&catalog, &hashed, Relevance::Typed);
        let nearest = super::super::near::nearest(&scorer, 4);
        let pairs: Vec<_> = edges(&catalog, &scorer, &nearest, 4).iter().map(|edge| (edge.from, edge.to)).collect();
        assert!(pairs.contains(&(0, 3)) && pairs.contains(&(3, 0)));
        assert!(!pairs.contains(&(1, 4)), "a hotel id is not a flight id");
    }
}
