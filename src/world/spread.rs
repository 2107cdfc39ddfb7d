//! Which entry of a pool comes next, so that a whole run uses every pool evenly.
//!
//! In each round of *n* dialogues, the *k*-th draws from a pool of *n* entries visit every entry once, in an order of their own. The
//! draws of one dialogue are far apart on that order and differ as long as the pool lasts. Each pool and each round is shuffled
//! anew, so that two pools of one size are not tied together.

use crate::seed::Rng;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The position of one dialogue on the walks of all pools.
#[derive(Debug, Clone)]
pub(super) struct Spread {
    run: u64,
    index: u64,
    lane: u64,
    drawn: FxHashMap<u64, u64>,
}

/// Who draws: what users say and what tools answer are half a walk apart, so that neither draws what the other has.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lane {
    Said = 0,
    Answered = 1,
}

impl Spread {
    /// The run is the generator's key, the dialogue its stream (see [`crate::seed::stream`]).
    pub(super) fn new(rng: &Rng, lane: Lane) -> Self {
        Spread { run: xxh3_64_with_seed(&rng.get_seed(), 0), index: rng.get_stream(), lane: lane as u64, drawn: FxHashMap::default() }
    }

    /// The next place on the walk of the pool called `name` with `size` entries, in `0..size`.
    pub(super) fn next(&mut self, name: &str, size: usize) -> usize {
        let size = size.max(1) as u64;
        let pool = xxh3_64_with_seed(name.as_bytes(), self.run);
        let drawn = self.drawn.entry(pool).or_insert(0);
        let place = (self.index % size + (*drawn + self.lane * (size / 2)) % size * step(size)) % size;
        *drawn += 1;
        permute(place, size, mix(pool ^ mix(self.index / size))) as usize
    }
}

/// How far apart the draws of one dialogue are: about the golden section, and coprime to the size.
fn step(size: u64) -> u64 {
    let coprime = |step: u64| {
        let (mut a, mut b) = (step, size);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a == 1
    };
    (size * 618 / 1000..size).chain([1]).find(|step| *step > 0 && coprime(*step)).unwrap_or(1)
}

/// A bijection of `0..size`: a cycle walk over a small Feistel network.
fn permute(place: u64, size: u64, key: u64) -> u64 {
    let half = (64 - size.saturating_sub(1).leading_zeros()).div_ceil(2).max(1);
    let mask = (1u64 << half) - 1;
    let mut at = place;
    loop {
        let (mut left, mut right) = (at >> half, at & mask);
        for round in 0..4 {
            (left, right) = (right, left ^ (mix(right ^ key.rotate_left(16 * round) ^ u64::from(round)) & mask));
        }
        at = (left << half) | right;
        if at < size {
            return at;
        }
    }
}

fn mix(value: u64) -> u64 {
    let mut x = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Stage, stream};

    #[test]
    fn every_round_of_a_pool_visits_each_entry_once() {
        for size in [1u64, 2, 3, 10, 97, 300] {
            let mut seen: Vec<u64> = (0..size).map(|place| permute(place, size, 42)).collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..size).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_first_draws_of_many_dialogues_use_a_pool_evenly() {
        let mut uses = [0; 50];
        for index in 0..500 {
            uses[Spread::new(&stream(3, index, Stage::World, 0), Lane::Said).next("city", 50)] += 1;
        }
        let (least, most) = (uses.iter().min().unwrap(), uses.iter().max().unwrap());
        assert!(*least == 10 && *most == 10, "{least}..{most}");
    }

    #[test]
    fn two_pools_of_one_size_are_not_tied_together() {
        let mut pairs = std::collections::BTreeSet::new();
        for index in 0..200 {
            let mut spread = Spread::new(&stream(3, index, Stage::World, 0), Lane::Said);
            pairs.insert((spread.next("a", 20), spread.next("b", 20)));
        }
        assert!(pairs.len() > 120, "{}", pairs.len());
    }
}
