//! `Near`: the nearest tools of each tool by what their names and descriptions say; for distractors and wrong-tool turns.

use super::build::Draft;
use super::feeds::Scorer;
use super::index::{Bag, Term};
use super::{Relation, RelationKind, ToolIx, Witness};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// For each tool its `k` nearest others with their similarity ([`Scorer::affinity`]), nearest first; ties in the order of the
/// catalog. Words are compared through lists of who has them, so that only vectors are compared all with all.
pub(super) fn nearest(scorer: &Scorer, k: usize) -> Vec<Vec<(ToolIx, f32)>> {
    let tools = &scorer.index.tools;
    let n = tools.len();
    let (texts, names) = (Having::new(tools.iter().map(|tool| &tool.text)), Having::new(tools.iter().map(|tool| &tool.name)));
    let scratch = || (vec![0.0f32; n], vec![0.0f32; n]);
    (0..n)
        .into_par_iter()
        .map_init(scratch, |(text, name), tool| {
            text.fill(0.0);
            name.fill(0.0);
            texts.add(&tools[tool].text, text, |x, y| x * y);
            names.add(&tools[tool].name, name, f32::min);
            let others = (0..n).filter(|&other| other != tool);
            top(k, others.map(|other| (other, scorer.affinity_of(tool, other, text[other], name[other]))))
        })
        .collect()
}

/// For each term, who has it with which weight.
struct Having(FxHashMap<Term, Vec<(u32, f32)>>);

impl Having {
    fn new<'a>(bags: impl Iterator<Item = &'a Bag>) -> Having {
        let mut out: FxHashMap<Term, Vec<(u32, f32)>> = FxHashMap::default();
        for (owner, bag) in (0..).zip(bags) {
            for (term, weight) in bag {
                out.entry(*term).or_default().push((owner, *weight));
            }
        }
        Having(out)
    }

    /// Adds to each owner what `shared` makes of the two weights of every common term.
    fn add(&self, bag: &Bag, sums: &mut [f32], shared: impl Fn(f32, f32) -> f32) {
        for (term, weight) in bag {
            for (owner, other) in self.0.get(term).into_iter().flatten() {
                sums[*owner as usize] += shared(*weight, *other);
            }
        }
    }
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
    fn similarity_is_affinity() {
        let scorer = Scorer::new(&travel(), &hashed, Relevance::Typed);
        for (tool, near) in nearest(&scorer, 4).iter().enumerate() {
            assert!(near.iter().all(|(other, similarity)| (similarity - scorer.affinity(tool, *other)).abs() < 1e-5));
        }
    }

    #[test]
    fn the_top_keeps_the_largest_in_order() {
        let items = [(0, 0.1), (1, 0.9), (2, 0.5), (3, 0.9)];
        assert_eq!(top(3, items.into_iter()), [(1, 0.9), (3, 0.9), (2, 0.5)]);
        assert!(top(0, items.into_iter()).is_empty());
    }
}
