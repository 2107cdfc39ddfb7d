//! Which combinations of levels have been met, which are still to come, and which cannot be?

use super::space::Space;
use rustc_hash::FxHashMap;

/// What is known of one combination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Covered,
    Infeasible,
}

/// All combinations of one level each of `strength` factors: a table for every choice of factors, in the order of the factors.
#[derive(Debug, Clone)]
pub(super) struct Tuples {
    pub strength: usize,
    /// Number of levels by factor.
    sizes: Vec<usize>,
    /// Where the table of a choice of factors begins, by the factors packed into one number.
    starts: Vec<u32>,
    states: Vec<State>,
    pub feasible: usize,
    pub covered: usize,
}

impl Tuples {
    /// Costs one look at the rules for each different part of a combination that rules speak of.
    pub(super) fn new(space: &Space, strength: usize) -> Tuples {
        let sizes: Vec<usize> = space.factors.iter().map(|factor| factor.levels.len()).collect();
        let mut starts = vec![0u32; sizes.len().pow(strength as u32)];
        let mut states = Vec::new();
        let mut judged = Judged::new(space);
        for factors in choices(sizes.len(), strength) {
            starts[packed(&factors, sizes.len())] = states.len() as u32;
            for levels in levels_of(&factors, &sizes) {
                let chosen: Vec<(usize, usize)> = factors.iter().copied().zip(levels).collect();
                states.push(if judged.feasible(&chosen) { State::Open } else { State::Infeasible });
            }
        }
        let feasible = states.iter().filter(|state| **state == State::Open).count();
        Tuples { strength, sizes, starts, states, feasible, covered: 0 }
    }

    /// The place of a combination; its factors are in rising order.
    pub(super) fn place(&self, chosen: &[(usize, usize)]) -> usize {
        let count = self.sizes.len();
        let start = self.starts[chosen.iter().fold(0, |sum, (factor, _)| sum * count + factor)];
        start as usize + chosen.iter().fold(0, |sum, (factor, level)| sum * self.sizes[*factor] + level)
    }

    pub(super) fn is_open(&self, chosen: &[(usize, usize)]) -> bool {
        self.states[self.place(chosen)] == State::Open
    }

    /// Marks what a row has; calls back with each combination that is new.
    pub(super) fn cover(&mut self, row: &[usize], mut new: impl FnMut(&[(usize, usize)])) -> usize {
        let mut gained = 0;
        for factors in choices(self.sizes.len(), self.strength) {
            let chosen: Vec<(usize, usize)> = factors.into_iter().map(|factor| (factor, row[factor])).collect();
            let place = self.place(&chosen);
            if self.states[place] == State::Open {
                self.states[place] = State::Covered;
                gained += 1;
                new(&chosen);
            }
        }
        self.covered += gained;
        gained
    }

    /// All combinations in a state, in order.
    pub(super) fn in_state(&self, state: State) -> impl Iterator<Item = Vec<(usize, usize)>> {
        choices(self.sizes.len(), self.strength)
            .flat_map(move |factors| {
                levels_of(&factors, &self.sizes).map(move |levels| factors.iter().copied().zip(levels).collect::<Vec<_>>())
            })
            .filter(move |chosen| self.states[self.place(chosen)] == state)
    }
}

/// Verdicts on combinations, each part that rules speak of judged once.
struct Judged<'s> {
    space: &'s Space,
    groups: Vec<Option<usize>>,
    known: FxHashMap<Vec<(usize, usize)>, bool>,
}

impl<'s> Judged<'s> {
    fn new(space: &'s Space) -> Judged<'s> {
        Judged { space, groups: space.groups(), known: FxHashMap::default() }
    }

    fn feasible(&mut self, chosen: &[(usize, usize)]) -> bool {
        let ruled: Vec<(usize, usize)> = chosen.iter().copied().filter(|(factor, _)| self.groups[*factor].is_some()).collect();
        let space = self.space;
        *self.known.entry(ruled).or_insert_with_key(|ruled| {
            let mut sets = space.open();
            ruled.iter().for_each(|(factor, level)| sets[*factor] &= 1 << level);
            space.solvable(&sets)
        })
    }
}

fn packed(factors: &[usize], count: usize) -> usize {
    factors.iter().fold(0, |sum, factor| sum * count + factor)
}

/// All choices of `take` of `count` things, in order.
pub(super) fn choices(count: usize, take: usize) -> impl Iterator<Item = Vec<usize>> {
    let mut next = (take <= count).then(|| (0..take).collect::<Vec<usize>>());
    std::iter::from_fn(move || {
        let now = next.clone()?;
        // The last one that can move on.
        let mut after = now.clone();
        next = (0..take).rev().find(|at| after[*at] < count - take + at).map(|at| {
            let from = after[at] + 1;
            (at..take).for_each(|place| after[place] = from + place - at);
            after
        });
        Some(now)
    })
}

/// All levels of some factors, the last one running fastest.
fn levels_of(factors: &[usize], sizes: &[usize]) -> impl Iterator<Item = Vec<usize>> + use<> {
    let sizes: Vec<usize> = factors.iter().map(|factor| sizes[*factor]).collect();
    let total = sizes.iter().product::<usize>();
    (0..total).map(move |number| {
        let mut rest = number;
        let mut levels = vec![0; sizes.len()];
        for place in (0..sizes.len()).rev() {
            levels[place] = rest % sizes[place];
            rest /= sizes[place];
        }
        levels
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_all_different_and_in_order() {
        let all: Vec<Vec<usize>> = choices(4, 2).collect();
        assert_eq!(all, vec![vec![0, 1], vec![0, 2], vec![0, 3], vec![1, 2], vec![1, 3], vec![2, 3]]);
        assert_eq!(choices(2, 3).count(), 0);
        assert_eq!(choices(22, 3).count(), 1540);
    }
}
