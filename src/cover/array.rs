//! Covering arrays: few rows that have every feasible combination of so many levels.
//!
//! Row by row, greedily (AETG: Cohen, Dalal, Fredman, Patton 1997): of several candidates the row that meets most combinations for the first
//! time. Combinations of lower strength weigh more, so that a prefix that has not all triples has the pairs. Some factors of a row may be
//! given in advance; a factor that can add nothing new is left to the shares that are asked for (`fill`).

use super::fill::Quota;
use super::space::{Space, bits};
use super::tuples::{State, Tuples};
use crate::seed::{Rng, Stage, stream};
use rand::RngExt;
use rand::seq::SliceRandom;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The level of each factor.
pub type Row = Vec<usize>;

/// Rows that are tried for one that is taken; for a whole array of pairs, which is made once, more, and so many arrays.
const CANDIDATES: usize = 10;
const THOROUGH: usize = 40;
const ARRAYS: u64 = 4;
/// How much more a combination of one factor less counts.
const FEWER: usize = 8;
/// How much more one with a level that is given in advance counts: a row with that level may be rare.
const GIVEN: usize = 4;

/// Makes rows one after the other. Its state is a pure function of the space, the seed and what was asked of it.
#[derive(Debug, Clone)]
pub struct Cover {
    space: Space,
    /// By strength, from pairs (or single levels) up to the asked one.
    tables: Vec<Tuples>,
    /// Open combinations of the highest strength by level, and by pair of levels.
    by_level: Vec<Vec<u32>>,
    by_pair: Vec<u32>,
    levels: usize,
    offsets: Vec<usize>,
    quotas: Vec<Quota>,
    seed: u64,
    candidates: usize,
    rows: u64,
    /// Rows that met something for the first time, and the number of rows after which nothing was left.
    pub floor: u64,
    pub complete_after: Option<u64>,
}

/// The levels that a row has so far, in the order of their factors, and which factors were given in advance.
type Begun<'r> = (&'r [(usize, usize)], &'r [bool]);

/// A combination that cannot be, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Infeasible {
    pub combination: std::collections::BTreeMap<String, String>,
    pub reasons: Vec<String>,
}

impl Cover {
    /// `strength`: 1, 2 or 3; more than there are factors counts as their number.
    pub fn new(space: Space, strength: usize, seed: u64) -> Cover {
        let strength = strength.clamp(1, 3).min(space.factors.len().max(1));
        let tables: Vec<Tuples> = (strength.min(2)..=strength).map(|strength| Tuples::new(&space, strength)).collect();
        let mut offsets = Vec::with_capacity(space.factors.len());
        let mut levels = 0;
        for factor in &space.factors {
            offsets.push(levels);
            levels += factor.levels.len();
        }
        let quotas = space.factors.iter().map(|factor| Quota::new(factor.levels.iter().map(|level| level.weight))).collect();
        let mut cover = Cover {
            by_level: space.factors.iter().map(|factor| vec![0; factor.levels.len()]).collect(),
            by_pair: vec![0; levels * levels],
            space,
            tables,
            levels,
            offsets,
            quotas,
            seed,
            candidates: CANDIDATES,
            rows: 0,
            floor: 0,
            complete_after: None,
        };
        let open: Vec<Vec<(usize, usize)>> = cover.top().in_state(State::Open).collect();
        open.iter().for_each(|chosen| cover.weigh(chosen, true));
        cover
    }

    pub fn space(&self) -> &Space {
        &self.space
    }

    /// All levels that a row may have, by factor.
    pub fn sets(&self) -> Vec<u64> {
        self.space.open()
    }

    pub fn strength(&self) -> usize {
        self.top().strength
    }

    /// Combinations of the asked strength that are possible, and those that were met.
    pub fn covered(&self) -> (usize, usize) {
        (self.top().feasible, self.top().covered)
    }

    pub fn is_complete(&self) -> bool {
        self.top().covered == self.top().feasible
    }

    /// Rows so far in which each level came, by factor.
    pub fn times(&self, factor: usize) -> &[i64] {
        &self.quotas[factor].times
    }

    /// Combinations of the asked strength that rules exclude and no part of which they exclude already, each with the reasons.
    pub fn infeasible(&self) -> Vec<Infeasible> {
        let mut out: Vec<Vec<(usize, usize)>> = Vec::new();
        for strength in 1..=self.strength() {
            let own;
            let table = match self.tables.iter().find(|table| table.strength == strength) {
                Some(table) => table,
                None => {
                    own = Tuples::new(&self.space, strength);
                    &own
                }
            };
            let new: Vec<Vec<(usize, usize)>> = table
                .in_state(State::Infeasible)
                .filter(|chosen| !out.iter().any(|part| part.iter().all(|one| chosen.contains(one))))
                .collect();
            out.extend(new);
        }
        let name = |(factor, level): &(usize, usize)| {
            let factor = &self.space.factors[*factor];
            (factor.name.clone(), factor.levels[*level].name.clone())
        };
        let told = |chosen: &Vec<(usize, usize)>| Infeasible {
            combination: chosen.iter().map(name).collect(),
            reasons: self.space.why_not(chosen).unwrap_or_default().into_iter().map(str::to_owned).collect(),
        };
        out.iter().map(told).collect()
    }

    fn top(&self) -> &Tuples {
        &self.tables[self.tables.len() - 1]
    }

    /// Adds a combination to what its levels and pairs may still bring, or takes it away.
    fn weigh(&mut self, chosen: &[(usize, usize)], add: bool) {
        let step = |count: &mut u32| if add { *count += 1 } else { *count -= 1 };
        for (at, (factor, level)) in chosen.iter().enumerate() {
            step(&mut self.by_level[*factor][*level]);
            for (other, rung) in &chosen[at + 1..] {
                let place = (self.offsets[*factor] + level) * self.levels + self.offsets[*other] + rung;
                step(&mut self.by_pair[place]);
            }
        }
    }

    /// The next row. `sets`: the levels that each factor may have in it; none when the rules leave no such row.
    pub fn next(&mut self, sets: &[u64]) -> Option<Row> {
        let mut rng = stream(self.seed, self.rows, Stage::Scenario, 0);
        if !self.space.solvable(sets) {
            return None;
        }
        let mut best: Option<(usize, Vec<u64>)> = None;
        if !self.is_complete() {
            for _ in 0..self.candidates {
                let (gain, chosen) = self.candidate(sets, &mut rng);
                if gain > 0 && best.as_ref().is_none_or(|(most, _)| gain > *most) {
                    best = Some((gain, chosen));
                }
            }
        }
        let chosen = best.map_or_else(|| sets.to_vec(), |(_, chosen)| chosen);
        let row = self.filled(chosen, &mut rng)?;
        self.take(&row);
        Some(row)
    }

    /// Counts a row, whoever made it.
    pub fn take(&mut self, row: &[usize]) {
        self.rows += 1;
        row.iter().zip(&mut self.quotas).for_each(|(level, quota)| quota.count(*level));
        let done = self.is_complete();
        let last = self.tables.len() - 1;
        let mut new: Vec<Vec<(usize, usize)>> = Vec::new();
        for table in &mut self.tables[..last] {
            table.cover(row, |_| {});
        }
        let gained = self.tables[last].cover(row, |chosen| new.push(chosen.to_vec()));
        new.iter().for_each(|chosen| self.weigh(chosen, false));
        self.floor += u64::from(gained > 0);
        if !done && self.is_complete() {
            self.complete_after = Some(self.rows);
        }
    }

    /// One row as far as it brings something new, and how much; what is left open is a set of several levels.
    fn candidate(&self, sets: &[u64], rng: &mut Rng) -> (usize, Vec<u64>) {
        let mut sets = sets.to_vec();
        // Rising by factor, so that combinations are looked up as they are stored.
        let mut fixed: Vec<(usize, usize)> = Vec::with_capacity(sets.len());
        let mut order: Vec<usize> = (0..sets.len()).filter(|factor| sets[*factor].count_ones() > 1).collect();
        let given: Vec<bool> = sets.iter().map(|set| set.count_ones() == 1).collect();
        for (factor, set) in sets.iter().enumerate().filter(|(factor, _)| given[*factor]) {
            fixed.push((factor, set.trailing_zeros() as usize));
        }
        order.shuffle(rng);
        let first = self.neediest(&order, &sets, rng);
        if let Some(first) = first {
            order.retain(|factor| *factor != first);
            order.insert(0, first);
        }
        let mut total = self.gain_of(&fixed, &given);
        let mut left = Vec::new();
        for factor in order {
            match self.best_level(factor, &mut sets, (&fixed, &given), Some(factor) == first, rng) {
                Some((level, gain)) => {
                    total += gain;
                    let at = fixed.partition_point(|(other, _)| *other < factor);
                    fixed.insert(at, (factor, level));
                }
                None => left.push(factor),
            }
        }
        // What added nothing at its turn may do so beside what came after it.
        for factor in left {
            if let Some((level, gain)) = self.best_level(factor, &mut sets, (&fixed, &given), false, rng).filter(|(_, gain)| *gain > 0) {
                total += gain;
                let at = fixed.partition_point(|(other, _)| *other < factor);
                fixed.insert(at, (factor, level));
            }
        }
        (total, sets)
    }

    /// The open factor that has the level with most combinations to come.
    fn neediest(&self, order: &[usize], sets: &[u64], rng: &mut Rng) -> Option<usize> {
        let need = |factor: &usize| bits(sets[*factor]).map(|level| self.by_level[*factor][level]).max().unwrap_or(0);
        let most = order.iter().map(need).max()?;
        let all: Vec<usize> = order.iter().copied().filter(|factor| need(factor) == most).collect();
        Some(all[rng.random_range(0..all.len())])
    }

    /// The allowed level that brings most, and what it brings; it is fixed in `sets`. None when no level has any promise. `first`: the factor
    /// that the row is made for, whose levels promise all that they may still bring.
    fn best_level(&self, factor: usize, sets: &mut [u64], row: Begun, first: bool, rng: &mut Rng) -> Option<(usize, usize)> {
        let mut scored: Vec<(usize, u64, u32, usize)> = Vec::new();
        for level in bits(sets[factor]) {
            let (gain, promise) = self.worth(factor, level, row);
            let promise = if first { u64::from(self.by_level[factor][level]) } else { promise };
            if gain > 0 || promise > 0 {
                scored.push((gain, promise, rng.random(), level));
            }
        }
        scored.sort_unstable_by(|a, b| b.cmp(a));
        for (gain, _, _, level) in scored {
            let before = std::mem::replace(&mut sets[factor], 1 << level);
            if self.space.solvable(sets) {
                return Some((level, gain));
            }
            sets[factor] = before;
        }
        None
    }

    /// What a level meets for the first time beside the fixed ones, and what may come of it later.
    fn worth(&self, factor: usize, level: usize, (fixed, given): Begun) -> (usize, u64) {
        let own = (factor, level);
        let gain = self.tables.iter().rev().enumerate().map(|(fewer, table)| {
            let weight = FEWER.pow(fewer as u32);
            weight
                * match table.strength {
                    1 => usize::from(table.is_open(&[own])),
                    2 => fixed.iter().filter(|one| table.is_open(&if one.0 < factor { [**one, own] } else { [own, **one] })).count(),
                    _ => self.triples(table, own, (fixed, given)),
                }
        });
        let pair = |one: &(usize, usize)| {
            let (a, b) = if one.0 < factor { (*one, own) } else { (own, *one) };
            u64::from(self.by_pair[(self.offsets[a.0] + a.1) * self.levels + self.offsets[b.0] + b.1])
        };
        (gain.sum(), fixed.iter().map(pair).sum())
    }

    fn triples(&self, table: &Tuples, own: (usize, usize), (fixed, given): Begun) -> usize {
        let mut count = 0;
        for (at, one) in fixed.iter().enumerate() {
            for other in &fixed[at + 1..] {
                let chosen = match (one.0 < own.0, other.0 < own.0) {
                    (true, true) => [*one, *other, own],
                    (true, false) => [*one, own, *other],
                    _ => [own, *one, *other],
                };
                let rare = given[own.0] || given[one.0] || given[other.0];
                count += if table.is_open(&chosen) { 1 + usize::from(rare) * (GIVEN - 1) } else { 0 };
            }
        }
        count
    }

    /// What levels that are given in advance meet among themselves.
    fn gain_of(&self, fixed: &[(usize, usize)], given: &[bool]) -> usize {
        (0..fixed.len()).map(|at| self.worth(fixed[at].0, fixed[at].1, (&fixed[..at], given)).0).sum()
    }

    /// One level for each factor that is open, by the shares that are asked for.
    fn filled(&self, mut sets: Vec<u64>, rng: &mut Rng) -> Option<Row> {
        let mut open: Vec<usize> = (0..sets.len()).filter(|factor| sets[*factor].count_ones() > 1).collect();
        open.shuffle(rng);
        for factor in open {
            let mut allowed = sets[factor];
            loop {
                let level = self.quotas[factor].draw(allowed, rng)?;
                sets[factor] = 1 << level;
                if self.space.solvable(&sets) {
                    break;
                }
                allowed &= !(1 << level);
            }
        }
        Some(sets.iter().map(|set| set.trailing_zeros() as usize).collect())
    }
}

/// A whole covering array: every feasible combination of `strength` levels occurs. Rows are in the order of what they add, so that no row
/// meets more combinations for the first time than the one before it.
pub fn array(space: &Space, strength: usize, seed: u64) -> Vec<Row> {
    let arrays = if strength < 3 { ARRAYS } else { 1 };
    let all = (0..arrays).map(|one| in_order(space, strength, rows(space, strength, seed ^ (one << 32))));
    all.min_by_key(Vec::len).unwrap_or_default()
}

fn rows(space: &Space, strength: usize, seed: u64) -> Vec<Row> {
    let candidates = if strength < 3 { THOROUGH } else { CANDIDATES };
    let mut cover = Cover { candidates, ..Cover::new(space.clone(), strength, seed) };
    let mut rows = Vec::new();
    let open = space.open();
    while !cover.is_complete() {
        let before = cover.covered();
        let Some(row) = cover.next(&open) else { break };
        if cover.covered() == before {
            break;
        }
        rows.push(row);
    }
    rows
}

/// The rows so that each is the one that adds most to those before it; rows that add nothing are left out. What a row adds can only fall, so
/// that a row is looked at again only when it may still be the best (lazy greedy: Minoux 1978).
fn in_order(space: &Space, strength: usize, rows: Vec<Row>) -> Vec<Row> {
    let Some(mut table) = Cover::new(space.clone(), strength, 0).tables.pop() else { return rows };
    let mut hopes: BinaryHeap<(usize, Reverse<usize>)> = (0..rows.len()).map(|at| (usize::MAX, Reverse(at))).collect();
    let mut out = Vec::with_capacity(rows.len());
    while let Some((_, Reverse(at))) = hopes.pop() {
        let now = (gain(&table, &rows[at]), Reverse(at));
        if now.0 == 0 {
            continue;
        }
        if hopes.peek().is_some_and(|next| *next > now) {
            hopes.push(now);
            continue;
        }
        table.cover(&rows[at], |_| {});
        out.push(rows[at].clone());
    }
    out
}

fn gain(table: &Tuples, row: &[usize]) -> usize {
    super::tuples::choices(row.len(), table.strength)
        .filter(|factors| table.is_open(&factors.iter().map(|factor| (*factor, row[*factor])).collect::<Vec<_>>()))
        .count()
}
