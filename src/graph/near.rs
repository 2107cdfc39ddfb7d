//! `Near`: the nearest tools of each tool by what their names and descriptions say; for distractors and wrong-tool turns.

use super::build::Draft;
use super::feeds::Scorer;
use super::{Relation, RelationKind, ToolIx, Witness};
use rayon::prelude::*;

/// For each tool its `k` nearest others with their similarity, nearest first; ties in the order of the catalog.
pub(super) fn nearest(scorer: &Scorer, k: usize) -> Vec<Vec<(ToolIx, f32)>> {
    let n = scorer.index.tools.len();
    (0..n)
        .into_par_iter()
        .map(|tool| top(k, (0..n).filter(|&other| other != tool).map(|other| (other, scorer.affinity(tool, other)))))
        .collect()
}

pub(super) fn edges(nearest: &[Vec<(ToolIx, f32)>], top_k: usize) -> Vec<Draft> {
    let mut out = Vec::new();
    for (from, near) in nearest.iter().enumerate() {
        for &(to, similarity) in near.iter().take(top_k) {
            let relation = Relation {
                kind: RelationKind::Near,
                weight: similarity.clamp(f32::MIN_POSITIVE, 1.0),
                witness: Witness::Topic { similarity },
            };
            out.push(Draft { from, to, relation });
        }
    }
    out
}

/// The `k` largest of scored items, largest first; equal scores stay in the order given.
fn top(k: usize, items: impl Iterator<Item = (ToolIx, f32)>) -> Vec<(ToolIx, f32)> {
    let mut best: Vec<(ToolIx, f32)> = Vec::with_capacity(k + 1);
    for item in items {
        if best.len() == k && best.last().is_none_or(|last| item.1 <= last.1) {
            continue;
        }
        let at = best.partition_point(|known| known.1 >= item.1);
        best.insert(at, item);
        best.truncate(k);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::Relevance;
    use super::super::testing::{hashed, travel};
    use super::*;

    #[test]
    fn hotels_are_near_hotels() {
        let near = nearest(&Scorer::new(&travel(), &hashed, Relevance::Typed), 2);
        let of_booking: Vec<ToolIx> = near[1].iter().map(|(tool, _)| *tool).collect();
        assert!(of_booking.contains(&0) && of_booking.contains(&2), "the search for hotels and the cancellation: {of_booking:?}");
        assert!(near.iter().enumerate().all(|(tool, near)| near.len() == 2 && near.iter().all(|(other, _)| *other != tool)));
    }

    #[test]
    fn the_top_keeps_the_largest_in_order() {
        let items = [(0, 0.1), (1, 0.9), (2, 0.5), (3, 0.9)];
        assert_eq!(top(3, items.into_iter()), [(1, 0.9), (3, 0.9), (2, 0.5)]);
        assert!(top(0, items.into_iter()).is_empty());
    }
}
