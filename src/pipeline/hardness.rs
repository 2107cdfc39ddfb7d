//! More or less complexity: decision bits a dialogue, by the number of tasks, the tools beside them, and the operators.
//!
//! The plans keep their shares, so that what kinds of conversations there are stays as it is.

use super::{CALLS, Pipeline, Refinement};
use crate::error::{Error, Result};
use crate::operate::Operator;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::f64::consts::LN_2;

/// Trials after the first.
const ROUNDS: usize = 5;
/// How near the mean of a trial has to come, in relation to it.
const NEAR: f64 = 0.02;
/// Tools beside those that are used, as a dialogue has them by itself.
const DISTRACTORS: f64 = 5.0;
/// Calls and distractors grow by these for each step; a step up has this share of the dialogues refined.
const GROWTH: (f64, f64) = (1.8, 1.5);
const REFINED: f64 = 0.3;
/// What refines them: operators that add decisions. Those that only rename or wrap would change what the other axes see.
const OPERATORS: [Operator; 8] = [
    Operator::InsertCall,
    Operator::Constrain,
    Operator::Describe,
    Operator::InjectError,
    Operator::Recombine,
    Operator::DistractNear,
    Operator::DistractFar,
    Operator::DistractConfusable,
];
/// Steps that can be taken either way.
const STEPS: f64 = 2.5;

/// Decision bits that a run is to have: those of a trial, scaled.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub x: f64,
    /// Sorted, in whole bits.
    pub bits: Vec<u64>,
}

/// How the setting is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pilot {
    /// Dialogues of one trial.
    pub dialogues: u64,
    /// How far off the best trial may be, in relation to what is asked for.
    pub far: f64,
}

impl Default for Pilot {
    fn default() -> Pilot {
        Pilot { dialogues: 256, far: 0.12 }
    }
}

/// What was asked for and what came of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Met {
    pub asked_mean: f64,
    pub reached_mean: f64,
    /// The nine deciles.
    pub asked_deciles: Vec<u64>,
    pub reached_deciles: Vec<u64>,
    /// Mean distance between equal ranks, in bits (Wasserstein-1), and in relation to the asked mean.
    pub w1: f64,
    pub w1_share: f64,
}

impl Asked {
    /// `reached`: how many dialogues have which number of bits.
    pub fn met(&self, reached: &BTreeMap<u64, u64>) -> Met {
        let reached: Vec<u64> = reached.iter().flat_map(|(bits, count)| std::iter::repeat_n(*bits, *count as usize)).collect();
        let (asked_mean, w1) = (mean(&self.bits), distance(&self.bits, &reached));
        Met {
            asked_mean,
            reached_mean: mean(&reached),
            asked_deciles: deciles(&self.bits),
            reached_deciles: deciles(&reached),
            w1,
            w1_share: if asked_mean > 0.0 { w1 / asked_mean } else { 0.0 },
        }
    }
}

impl<'a> Pipeline<'a> {
    /// Brings the decision bits of a dialogue to 4^(x − ½) of what they are: half as many at 0, twice as many at 1.
    ///
    /// The histogram that is asked for is that of a trial, each value scaled alike: with all the diversity that there is, so that what little of it
    /// repeats does not decide what is hard. Fails when calls, distractors and operators together do not come near its mean. Costs up to
    /// six trials of 256 dialogues.
    pub fn hardened(self, x: f64) -> Result<(Pipeline<'a>, Asked)> {
        self.hardened_with(x, Pilot::default())
    }

    /// The same with trials of another size.
    pub fn hardened_with(mut self, x: f64, pilot: Pilot) -> Result<(Pipeline<'a>, Asked)> {
        let repeats = self.design.repeats(false);
        let base = self.bits(pilot.dialogues);
        self.design.repeats(repeats);
        let scale = 4f64.powf(x - 0.5);
        let asked = Asked { x, bits: base.iter().map(|bits| (*bits as f64 * scale).round() as u64).collect() };
        let target = mean(&asked.bits);
        if ((scale - 1.0).abs() < 1e-9 && !repeats) || base.is_empty() {
            return Ok((self, asked));
        }
        // Steps against the logarithm of the bits: first as if they grew as asked, then along the line through the last two trials.
        let (mut last, mut step) = ((!repeats).then_some((0.0, mean(&base))), 2.0 * x - 1.0);
        let mut best: Option<(f64, f64, f64)> = None;
        for _ in 0..ROUNDS {
            self.step(step);
            let got = mean(&self.bits(pilot.dialogues));
            let off = (got / target - 1.0).abs();
            if best.is_none_or(|(least, ..)| off < least) {
                best = Some((off, step, got));
            }
            if off < NEAR {
                break;
            }
            let slope = last.map_or(LN_2, |(before, bits): (f64, f64)| (got.max(1.0) / bits.max(1.0)).ln() / (step - before));
            let next = (step + (target / got.max(1.0)).ln() / slope.abs().max(0.2)).clamp(-STEPS, STEPS);
            if (next - step).abs() < 1e-6 {
                break;
            }
            last = Some((step, got));
            step = next;
        }
        let (off, step, got) = best.unwrap_or((0.0, 0.0, target));
        if off > pilot.far {
            let binds = if got > target {
                "dialogues of one task have as many"
            } else {
                "some plans stand alone, and no more tasks follow one another"
            };
            return Err(Error::Unsatisfiable {
                message: format!(
                    "complexity {x} asks for {target:.0} decision bits a dialogue, and these catalogs and plans come to {got:.0}: {binds}"
                ),
                cure: "ask for less of a change, or add plans that are as hard as that with --plans".into(),
            });
        }
        self.step(step);
        Ok((self, asked))
    }

    fn step(&mut self, step: f64) {
        self.calls = (CALLS * GROWTH.0.powf(step)).clamp(1.0, 64.0);
        self.author.distractors(DISTRACTORS * GROWTH.1.powf(step));
        let share = (REFINED * step).clamp(0.0, 0.75);
        let refinement = Refinement { share, operators: OPERATORS.to_vec() };
        self.refinement = Some(refinement).filter(|one| one.share > 0.0);
        self.models.forget();
    }

    /// Decision bits of the first dialogues, sorted.
    fn bits(&self, dialogues: u64) -> Vec<u64> {
        let bits = |index| self.dialogue(index).0.map(|dialogue| (crate::score::complexity::of(&dialogue).millibits + 500) / 1000);
        let mut all: Vec<u64> = (0..dialogues).into_par_iter().filter_map(bits).collect();
        all.sort_unstable();
        all
    }
}

fn mean(sorted: &[u64]) -> f64 {
    if sorted.is_empty() { 0.0 } else { sorted.iter().sum::<u64>() as f64 / sorted.len() as f64 }
}

fn deciles(sorted: &[u64]) -> Vec<u64> {
    (1..10).filter_map(|tenth| sorted.get(tenth * sorted.len() / 10).copied()).collect()
}

/// Wasserstein-1 distance of two sorted samples: the area between their rank functions.
fn distance(one: &[u64], other: &[u64]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let (a, b) = (one.len() as u64, other.len() as u64);
    // Ranks in units of 1 / (a · b).
    let (mut at, mut sum, mut i, mut j) = (0u64, 0u64, 0usize, 0usize);
    while i < one.len() && j < other.len() {
        let next = ((i as u64 + 1) * b).min((j as u64 + 1) * a);
        sum += (next - at) * one[i].abs_diff(other[j]);
        at = next;
        i += usize::from(next == (i as u64 + 1) * b);
        j += usize::from(next == (j as u64 + 1) * a);
    }
    sum as f64 / (a * b) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_is_the_mean_shift_of_equal_ranks() {
        assert_eq!(distance(&[1, 2, 3], &[1, 2, 3]), 0.0);
        assert_eq!(distance(&[1, 2, 3], &[4, 5, 6]), 3.0);
        // Two samples of different sizes: {0, 10} against {0, 0, 10, 10} is nothing, against {5} it is 5.
        assert_eq!(distance(&[0, 10], &[0, 0, 10, 10]), 0.0);
        assert_eq!(distance(&[0, 10], &[5]), 5.0);
    }

    #[test]
    fn what_is_met_is_told_beside_what_was_asked() {
        let asked = Asked { x: 1.0, bits: vec![10, 20, 30, 40] };
        let met = asked.met(&BTreeMap::from([(10, 1), (20, 1), (30, 1), (44, 1)]));
        assert_eq!((met.asked_mean, met.reached_mean, met.w1), (25.0, 26.0, 1.0));
        assert!((met.w1_share - 0.04).abs() < 1e-12);
    }
}
