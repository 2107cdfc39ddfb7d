//! Which plan has dialogue *i*? A pure function of the seed and *i*, with every plan at its share in every block.

use crate::seed::Rng;
use rand::SeedableRng;
use rand::seq::SliceRandom;

/// Plans dealt out by weight: each block of `sum(weights)` dialogues holds every plan exactly `weight` times, in an order of its own.
#[derive(Debug, Clone)]
pub struct Schedule {
    weights: Vec<u32>,
    /// Plan index by slot, before shuffling.
    block: Vec<u32>,
}

impl Schedule {
    /// A weight of 0 leaves a plan out. Weights are divided by their greatest common divisor.
    pub fn new(weights: &[u32]) -> Schedule {
        let divisor = weights.iter().fold(0, |a, b| gcd(a, *b)).max(1);
        let weights: Vec<u32> = weights.iter().map(|weight| weight / divisor).collect();
        let block = weights.iter().enumerate().flat_map(|(plan, weight)| std::iter::repeat_n(plan as u32, *weight as usize)).collect();
        Schedule { weights, block }
    }

    pub fn is_empty(&self) -> bool {
        self.block.is_empty()
    }

    /// Dialogues of one block, in which every plan has exactly its share.
    pub fn block(&self) -> u64 {
        self.block.len() as u64
    }

    /// The plan of dialogue `index`, and how many dialogues before it have the same plan. `None` when there is no plan.
    pub fn at(&self, seed: u64, index: u64) -> Option<(usize, u64)> {
        let size = self.block.len() as u64;
        if size == 0 {
            return None;
        }
        let (block, slot) = (index / size, (index % size) as usize);
        let mut order = self.block.clone();
        let mut rng = Rng::seed_from_u64(seed ^ 0x706c_616e_7300_0000);
        rng.set_stream(block);
        order.shuffle(&mut rng);
        let plan = order[slot];
        let before = order[..slot].iter().filter(|other| **other == plan).count() as u64;
        Some((plan as usize, block * u64::from(self.weights[plan as usize]) + before))
    }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_holds_each_plan_by_its_weight_and_counts_occurrences_without_gaps() {
        let schedule = Schedule::new(&[4, 0, 2, 6]);
        let mut seen = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
        for index in 0..60 {
            let (plan, occurrence) = schedule.at(7, index).unwrap();
            seen[plan].push(occurrence);
        }
        assert_eq!(seen.each_ref().map(Vec::len), [20, 0, 10, 30]);
        for occurrences in seen {
            assert!(occurrences.iter().enumerate().all(|(expected, got)| expected as u64 == *got));
        }
    }

    #[test]
    fn without_plans_there_is_nothing_to_schedule() {
        assert_eq!(Schedule::new(&[0, 0]).at(1, 0), None);
    }
}
