//! How many conversations of a sample are nearly the same as another one?
//!
//! 5-grams of what the user says, delexicalised; the Jaccard index is estimated from MinHash signatures (Broder 1997). The sample has a fixed
//! size, so that a larger set does not look more repetitive.

use super::sample::BottomK;
use super::wording::shingles;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Conversations that are kept.
const KEPT: usize = 2_000;
/// Hash functions: the standard error of an estimated index of .8 is .05.
const HASHES: usize = 64;
/// Of 64: an estimated Jaccard index of .8.
const ALIKE: usize = 52;
/// A band of so many hashes has to be the same before two are compared: of those with an index of .8, all but 1 in 10,000 are.
const BAND: usize = 4;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Nearby {
    kept: BottomK<(u64, Vec<u32>), KEPT>,
}

impl Nearby {
    pub fn push(&mut self, id: &str, said: &[&str]) {
        let text = said.join(" \n ");
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        let hash = xxh3_64(format!("{id}\u{1f}{text}").as_bytes());
        self.kept.update(hash, || (1, signature(&shingles(&words))), |known| known.0 += 1);
    }

    pub fn merge(&mut self, other: &Nearby) {
        for (hash, (times, signature)) in other.kept.entries() {
            self.kept.update(hash, || (*times, signature.clone()), |known| known.0 += times);
        }
    }

    /// Conversations of the sample, and how many of them are like another one.
    pub fn repeats(&self) -> (u64, u64) {
        let all: Vec<&(u64, Vec<u32>)> = self.kept.values().collect();
        let mut alike: Vec<bool> = all.iter().map(|(times, _)| *times > 1).collect();
        for band in (0..HASHES).step_by(BAND) {
            let mut same: BTreeMap<&[u32], Vec<usize>> = BTreeMap::new();
            for (at, (_, signature)) in all.iter().enumerate() {
                same.entry(&signature[band..band + BAND]).or_default().push(at);
            }
            for group in same.values().filter(|group| group.len() > 1) {
                mark(group, &all, &mut alike);
            }
        }
        let count = |at: usize| all[at].0;
        ((0..all.len()).map(count).sum(), (0..all.len()).filter(|at| alike[*at]).map(count).sum())
    }
}

/// Marks those of a group that are like another of it. Groups are large only where texts are the same, and then each is soon found.
fn mark(group: &[usize], all: &[&(u64, Vec<u32>)], alike: &mut [bool]) {
    for (at, one) in group.iter().enumerate() {
        if alike[*one] {
            continue;
        }
        let like = |other: &&usize| **other != *one && same(&all[*one].1, &all[**other].1) >= ALIKE;
        let around = group[at + 1..].iter().chain(&group[..at]);
        if let Some(other) = around.into_iter().find(like) {
            alike[*one] = true;
            alike[*other] = true;
        }
    }
}

fn same(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a == b).count()
}

fn signature(shingles: &[u64]) -> Vec<u32> {
    let seeds = (0..HASHES as u64).map(|which| xxh3_64_with_seed(&which.to_le_bytes(), 0x5eed) | 1);
    // Multiply and shift: a cheap family of hash functions.
    seeds.map(|seed| shingles.iter().map(|shingle| (shingle.wrapping_mul(seed) >> 32) as u32).min().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(n: usize) -> String {
        (0..40).map(|word| format!("w{}", xxh3_64(&((n * 1000 + word) as u64).to_le_bytes()) % 5000)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn copies_with_a_word_changed_are_found_and_strangers_are_not() {
        let mut nearby = Nearby::default();
        for n in 0..200 {
            nearby.push(&format!("d{n}"), &[&text(n)]);
        }
        assert_eq!(nearby.repeats(), (200, 0));
        for n in 0..30 {
            // The last word differs: 35 of 37 5-grams are common.
            let near = text(n).rsplit_once(' ').unwrap().0.to_string() + " other";
            nearby.push(&format!("e{n}"), &[&near]);
        }
        let (all, repeats) = nearby.repeats();
        assert_eq!(all, 230);
        assert!((57..=60).contains(&repeats), "{repeats}");
    }

    #[test]
    fn shards_give_what_the_whole_gives() {
        let of = |range: std::ops::Range<usize>| {
            let mut nearby = Nearby::default();
            range.for_each(|n| nearby.push(&format!("d{n}"), &[&text(n % 2_500)]));
            nearby
        };
        let (whole, mut left) = (of(0..2_600), of(1_000..2_600));
        left.merge(&of(0..1_000));
        assert_eq!(whole, left);
    }
}
