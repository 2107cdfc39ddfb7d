//! The choice: first rows that cover what is not covered yet, then rows that fill the quotas, cell by cell.

use super::archive::Place;
use super::quota::Quotas;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// What is kept of a row while choosing.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The level of each covered factor, each with a number of its own below 2²¹; in the order of the factors.
    pub levels: Vec<u32>,
    /// [`Quotas::signature`].
    pub signature: Vec<u16>,
    /// Its number among the rows of its cell, from 0.
    pub rank: u32,
    pub place: Place,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choice {
    /// Candidates in the order in which they were chosen: any beginning covers as much as the greedy rule can.
    pub chosen: Vec<usize>,
    /// Combinations of levels that some candidate has, and those that the chosen ones have.
    pub combinations: u64,
    pub covered: u64,
    /// How many rows were chosen when the last combination was covered.
    pub covering: u64,
}

/// Chooses `size` of the candidates, or fewer where the quotas end it.
///
/// Coverage is a submodular gain under a partition matroid for each quota: lazy greedy (Minoux 1978; at least half of the best with one
/// quota, Fisher et al. 1978). What is left is filled from the scarcest quota on, and there from the cells with the fewest rows.
/// O(n·C(k, t)·log n) for k factors in combinations of t.
pub fn choose(candidates: &[Candidate], quotas: &mut Quotas, strength: u8, size: u64) -> Choice {
    let mut choice = Choice::default();
    let mut taken = vec![false; candidates.len()];
    if strength > 0 {
        cover(candidates, quotas, strength, size, &mut choice, &mut taken);
    }
    fill(candidates, quotas, size, &mut choice, &mut taken);
    while (choice.chosen.len() as u64) < size && exchange(candidates, quotas, &mut choice, &mut taken) {}
    let covered = choice.chosen.iter().filter(|_| strength > 0).flat_map(|at| combinations(&candidates[*at].levels, strength));
    choice.covered = covered.collect::<FxHashSet<u64>>().len() as u64;
    choice
}

fn cover(candidates: &[Candidate], quotas: &mut Quotas, strength: u8, size: u64, choice: &mut Choice, taken: &mut [bool]) {
    let mut covered: FxHashSet<u64> = FxHashSet::default();
    // Larger gains first, then rows that come early in their cells, then the declared rule.
    let key = |at: usize, gain: usize| (gain, Reverse((candidates[at].rank, candidates[at].place, at)));
    let all: FxHashSet<u64> = candidates.iter().flat_map(|row| combinations(&row.levels, strength)).collect();
    choice.combinations = all.len() as u64;
    let mut heap: BinaryHeap<_> =
        candidates.iter().enumerate().map(|(at, row)| key(at, combinations(&row.levels, strength).len())).collect();
    while let Some((known, Reverse((_, _, at)))) = heap.pop() {
        if choice.chosen.len() as u64 >= size || covered.len() == all.len() {
            break;
        }
        // A quota that is full stays full.
        if quotas.full(&candidates[at].signature).is_some() {
            continue;
        }
        let new: Vec<u64> = combinations(&candidates[at].levels, strength).into_iter().filter(|one| !covered.contains(one)).collect();
        if new.is_empty() {
            continue;
        }
        if new.len() < known {
            heap.push(key(at, new.len()));
            continue;
        }
        covered.extend(new);
        quotas.take(&candidates[at].signature);
        taken[at] = true;
        choice.chosen.push(at);
        choice.covering = choice.chosen.len() as u64;
    }
}

/// Every combination of `strength` of the levels as one number.
fn combinations(levels: &[u32], strength: u8) -> Vec<u64> {
    let one = |at: usize| u64::from(levels[at]) + 1;
    let places = 0..levels.len();
    match strength {
        1 => places.map(one).collect(),
        2 => places.flat_map(|a| (a + 1..levels.len()).map(move |b| one(a) << 21 | one(b))).collect(),
        _ => {
            let pairs = places.flat_map(|a| (a + 1..levels.len()).map(move |b| (a, b)));
            pairs.flat_map(|(a, b)| (b + 1..levels.len()).map(move |c| one(a) << 42 | one(b) << 21 | one(c))).collect()
        }
    }
}

fn fill(candidates: &[Candidate], quotas: &mut Quotas, size: u64, choice: &mut Choice, taken: &mut [bool]) {
    // Rows of one signature are alike to the quotas; those of a cell come one after another.
    let mut queues: BTreeMap<&[u16], Vec<usize>> = BTreeMap::new();
    for (at, row) in candidates.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        queues.entry(&row.signature).or_default().push(at);
    }
    let mut left = quotas.counters();
    for (signature, rows) in &mut queues {
        rows.sort_by_key(|at| Reverse((candidates[*at].rank, candidates[*at].place, *at)));
        count(&mut left, signature, rows.len() as u64);
    }
    while (choice.chosen.len() as u64) < size {
        let open = queues.iter().filter(|(signature, rows)| !rows.is_empty() && quotas.full(signature).is_none());
        // Of the scarcest, the one whose next row has the fewest of its cell before it.
        let best = open
            .map(|(signature, rows)| {
                let next = &candidates[*rows.last().unwrap_or(&0)];
                (quotas.need(signature, &left), Reverse((next.rank, next.place)), *signature)
            })
            .max_by(|one, two| one.0.total_cmp(&two.0).then_with(|| one.1.cmp(&two.1)));
        let Some((_, _, signature)) = best else { break };
        let Some(at) = queues.get_mut(signature).and_then(Vec::pop) else { break };
        for (counters, level) in left.iter_mut().zip(signature) {
            counters[usize::from(*level)] -= 1;
        }
        quotas.take(signature);
        taken[at] = true;
        choice.chosen.push(at);
    }
}

/// More signatures than this are not searched for an exchange: it looks at all triples of them.
const SIGNATURES: usize = 120;

/// Gives up one chosen row for two others, where the quotas allow that: quotas on several factors can end a greedy choice early. False when
/// no such three rows are found. Rows of one signature are alike to the quotas, so that only signatures are tried.
fn exchange(candidates: &[Candidate], quotas: &mut Quotas, choice: &mut Choice, taken: &mut [bool]) -> bool {
    // Of each signature, the row that was chosen last and the first two that were not.
    let mut kinds: BTreeMap<&[u16], (Option<usize>, Vec<usize>)> = BTreeMap::new();
    for (order, at) in choice.chosen.iter().enumerate() {
        kinds.entry(&candidates[*at].signature).or_default().0 = Some(order);
    }
    let mut free: Vec<usize> = (0..candidates.len()).filter(|at| !taken[*at]).collect();
    free.sort_by_key(|at| (candidates[*at].rank, candidates[*at].place, *at));
    for at in free {
        let rows = &mut kinds.entry(&candidates[at].signature).or_default().1;
        if rows.len() < 2 {
            rows.push(at);
        }
    }
    if kinds.len() > SIGNATURES {
        return false;
    }
    let open = |quotas: &Quotas, but: Option<usize>| -> Option<usize> {
        kinds.values().flat_map(|(_, rows)| rows).copied().find(|at| Some(*at) != but && quotas.full(&candidates[*at].signature).is_none())
    };
    for (signature, (last, _)) in &kinds {
        let Some(order) = *last else { continue };
        quotas.give_back(signature);
        for first in kinds.iter().filter(|(other, _)| *other != signature).filter_map(|(_, (_, rows))| rows.first().copied()) {
            if quotas.full(&candidates[first].signature).is_some() {
                continue;
            }
            quotas.take(&candidates[first].signature);
            if let Some(second) = open(quotas, Some(first)) {
                quotas.take(&candidates[second].signature);
                taken[choice.chosen.remove(order)] = false;
                (taken[first], taken[second]) = (true, true);
                choice.chosen.extend([first, second]);
                return true;
            }
            quotas.give_back(&candidates[first].signature);
        }
        quotas.take(signature);
    }
    false
}

fn count(counters: &mut [Vec<u64>], signature: &[u16], rows: u64) {
    for (counters, level) in counters.iter_mut().zip(signature) {
        counters[usize::from(*level)] += rows;
    }
}

/// How many candidates have each level of each quota.
pub fn supply(candidates: &[Candidate], quotas: &Quotas) -> Vec<Vec<u64>> {
    let mut counters = quotas.counters();
    for row in candidates {
        count(&mut counters, &row.signature, 1);
    }
    counters
}

#[cfg(test)]
mod tests {
    use super::super::aim::Aim;
    use super::*;
    use proptest::prelude::*;

    fn candidates(rows: &[[u32; 3]], quotas: &Quotas) -> Vec<Candidate> {
        let row = |(at, levels): (usize, &[u32; 3])| {
            let factors = [("a".to_string(), levels[0].to_string())].into();
            Candidate {
                levels: levels.iter().enumerate().map(|(factor, level)| factor as u32 * 100 + level).collect(),
                signature: quotas.signature(&factors),
                rank: 0,
                place: (0, at as u64),
            }
        };
        rows.iter().enumerate().map(row).collect()
    }

    #[test]
    fn what_covers_most_comes_first_and_the_size_holds() {
        let rows = [[0, 0, 0], [0, 0, 0], [0, 0, 1], [1, 1, 1], [0, 0, 0]];
        let mut none = Quotas::new(&Aim::default(), 4);
        let candidates = candidates(&rows, &none);
        let choice = choose(&candidates, &mut none, 2, 4);
        assert_eq!(choice.chosen[..3], [0, 3, 2]);
        assert_eq!((choice.chosen.len(), choice.covering, choice.covered, choice.combinations), (4, 3, 8, 8));
    }

    #[test]
    fn quotas_are_met_where_they_can_be_and_end_the_choice_where_they_cannot() {
        let rows: Vec<[u32; 3]> = (0..40).map(|at| [u32::from(at >= 30), at % 3, at % 5]).collect();
        let mut aim = Aim::default();
        aim.quota("a:1=0.5").unwrap();
        for (size, got) in [(20, 20), (30, 25)] {
            let mut quotas = Quotas::new(&aim, size);
            let candidates = candidates(&rows, &quotas);
            let choice = choose(&candidates, &mut quotas, 2, size);
            assert_eq!(choice.chosen.len(), got);
            assert_eq!(choice.chosen.iter().filter(|at| **at >= 30).count(), 10);
            let short = quotas.short(&supply(&candidates, &quotas));
            assert_eq!(short.is_empty(), size == 20, "{short:?}");
        }
    }

    /// Two quotas that hang together: taking what looks free first would end before the size is reached.
    #[test]
    fn scarce_rows_come_first() {
        let mut aim = Aim::default();
        aim.quota("a:x=0.5").unwrap();
        aim.quota("b:y=0.5").unwrap();
        let mut quotas = Quotas::new(&aim, 4);
        let pairs = [("x", "y"), ("x", "y"), ("x", "n"), ("x", "n"), ("o", "y"), ("o", "y")];
        let row = |(at, (a, b)): (usize, &(&str, &str))| {
            let factors = [("a".to_string(), a.to_string()), ("b".to_string(), b.to_string())].into();
            Candidate { levels: vec![], signature: quotas.signature(&factors), rank: 0, place: (0, at as u64) }
        };
        let rows: Vec<Candidate> = pairs.iter().enumerate().map(row).collect();
        assert_eq!(choose(&rows, &mut quotas, 0, 4).chosen.len(), 4);
    }

    /// What covers most is taken first and fills a quota that other rows need: one of them is given up for two.
    #[test]
    fn a_greedy_end_is_mended() {
        let mut aim = Aim::default();
        aim.quota("a:x=0.5").unwrap();
        aim.quota("b:y=0.5").unwrap();
        let mut quotas = Quotas::new(&aim, 2);
        let row = |at: u32, a: &str, b: &str, levels: &[u32]| {
            let factors = [("a".to_string(), a.to_string()), ("b".to_string(), b.to_string())].into();
            Candidate { levels: levels.to_vec(), signature: quotas.signature(&factors), rank: 0, place: (0, u64::from(at)) }
        };
        // The first covers three combinations; only the two others go together.
        let rows = [row(0, "x", "y", &[1, 2, 3]), row(1, "x", "n", &[1, 4]), row(2, "o", "y", &[1, 5])];
        let mut chosen = choose(&rows, &mut quotas, 2, 2).chosen;
        chosen.sort_unstable();
        assert_eq!(chosen, [1, 2]);
    }

    proptest! {
        /// A beginning of a choice is the choice of that size, where quotas do not depend on it.
        #[test]
        fn any_beginning_is_a_choice(rows in proptest::collection::vec([0..4u32, 0..4, 0..3], 1..40), cut in 1..40u64) {
            let mut none = Quotas::new(&Aim::default(), 0);
            let candidates = candidates(&rows, &none);
            let whole = choose(&candidates, &mut none, 2, 1000).chosen;
            let part = choose(&candidates, &mut none, 2, cut).chosen;
            prop_assert_eq!(whole.len(), rows.len());
            prop_assert_eq!(part.as_slice(), &whole[..part.len()]);
        }
    }
}
