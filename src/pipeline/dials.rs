//! What the dialogues of a run should have in the mean, and how the run comes to it.
//!
//! Each dial is a sum over a sum (calls over dialogues, dependent arguments over arguments). The weights of the plans are tilted
//! exponentially, which is the smallest change of their shares (in relative entropy) that brings every asked value about; a pilot tells
//! what a plan contributes, and a second one what became of it all.

use super::{Pipeline, Situation};
use crate::error::{Error, Result};
use crate::score::complexity::{self, Complexity, Vector};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Something about the dialogues of a run that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dial {
    Calls,
    UserTurns,
    MultiCallTurns,
    MultiStepTurns,
    Chain,
    Dependent,
    Derived,
    Clarifications,
    Failures,
    Corrections,
    Refusals,
    Distractors,
}

impl Dial {
    pub const ALL: [Dial; 12] = [
        Dial::Calls,
        Dial::UserTurns,
        Dial::MultiCallTurns,
        Dial::MultiStepTurns,
        Dial::Chain,
        Dial::Dependent,
        Dial::Derived,
        Dial::Clarifications,
        Dial::Failures,
        Dial::Corrections,
        Dial::Refusals,
        Dial::Distractors,
    ];

    /// As in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Dial::Calls => "calls",
            Dial::UserTurns => "user_turns",
            Dial::MultiCallTurns => "multi_call_turns",
            Dial::MultiStepTurns => "multi_step_turns",
            Dial::Chain => "chain",
            Dial::Dependent => "dependent",
            Dial::Derived => "derived",
            Dial::Clarifications => "clarifications",
            Dial::Failures => "failures",
            Dial::Corrections => "corrections",
            Dial::Refusals => "refusals",
            Dial::Distractors => "distractors",
        }
    }

    /// Fields of the complexity vector: what is counted, and over what; dialogues where there is no second.
    fn fields(self) -> (&'static str, Option<&'static str>) {
        match self {
            Dial::Calls => ("calls", None),
            Dial::UserTurns => ("user_turns", None),
            Dial::MultiCallTurns => ("multi_call_turns", Some("calling_turns")),
            Dial::MultiStepTurns => ("multi_step_turns", Some("calling_turns")),
            Dial::Chain => ("depth", None),
            Dial::Dependent => ("dependent_arguments", Some("arguments")),
            Dial::Derived => ("derived_arguments", Some("arguments")),
            Dial::Clarifications => ("clarifications", None),
            Dial::Failures => ("errors", None),
            Dial::Corrections => ("corrections", None),
            Dial::Refusals => ("refusals", None),
            Dial::Distractors => ("distractors", None),
        }
    }

    /// What a set of dialogues has.
    pub fn reached(self, set: &Complexity) -> f64 {
        match self.fields() {
            (part, Some(whole)) => set.share(part, whole),
            (part, None) => set.mean(part),
        }
    }

    /// Shares are between 0 and 1.
    pub fn is_share(self) -> bool {
        self.fields().1.is_some()
    }

    /// What is counted in one dialogue, and over how much; `calls` is the number of calls that dialogues have in the mean.
    fn counts(self, vector: &Vector, calls: f64) -> (f64, f64) {
        let fields = vector.named();
        let of = |name: &str| fields.get(name).copied().unwrap_or(0.0);
        match (self, self.fields()) {
            (_, (part, Some(whole))) => (of(part), of(whole)),
            // The chain of a dialogue is the longest of its tasks.
            (Dial::Chain | Dial::Calls, (part, None)) => (of(part), 1.0),
            // A dialogue has as many tasks as it needs for its calls; one without calls is a dialogue by itself.
            (_, (part, None)) => (of(part), if of("calls") == 0.0 { 1.0 } else { of("calls") / calls }),
        }
    }
}

/// Asked values.
pub type Dials = BTreeMap<Dial, f64>;

/// Dialogues of one plan from which is learnt what it contributes.
const PILOT: u64 = 12;
/// Dialogues of all plans by which the result is measured.
const TRIAL: u64 = 384;
/// Trials.
const ROUNDS: usize = 4;
/// Steps of one tilt.
const STEPS: usize = 400;
/// The weight of a plan changes by at most this power of e.
const STEEPEST: f64 = 6.0;
/// How near a tilt must come to what is asked of it, in relation to it.
const NEAR: f64 = 0.05;

/// How far off a trial may be, in relation to what was asked for.
const FAR: f64 = 0.3;

impl<'a> Pipeline<'a> {
    /// Changes the shares of the plans, the tasks and the distractors of a dialogue so that the asked values come about.
    ///
    /// Fails when the plans cannot give a value: the message has the range that they can. Costs a few hundred dialogues.
    pub fn tuned(mut self, asked: &Dials) -> Result<Pipeline<'a>> {
        if let Some(calls) = asked.get(&Dial::Calls) {
            self.calls = *calls;
        }
        if let Some(count) = asked.get(&Dial::Distractors) {
            self.author.distractors(*count);
        }
        let wanted = self.calls;
        let base: Vec<f64> = self.plans.iter().map(|plan| f64::from(plan.weight)).collect();
        let pilot = self.pilot();
        // Further tasks give more calls; for less than the plans have by themselves, other plans are needed.
        let shorter = asked.contains_key(&Dial::Calls) && wanted < single(&base, &pilot);
        let by_plans = |dial: &Dial| match dial {
            Dial::Calls => shorter,
            Dial::Distractors => false,
            _ => true,
        };
        let tilted: Vec<Dial> = asked.keys().copied().filter(by_plans).collect();
        let mut aims: Vec<f64> = tilted.iter().map(|dial| asked[dial]).collect();
        for round in 0..ROUNDS {
            if !tilted.is_empty() {
                let features = features(&pilot, &tilted, &aims, wanted);
                let weights = tilt(&base, &features);
                if round == 0 {
                    self.within_reach(&tilted, &aims, &pilot, &weights, &features)?;
                }
                self.reweigh(&weights);
            }
            let trial = self.trial();
            if round + 1 == ROUNDS {
                reached(asked, &trial)?;
            }
            if asked.contains_key(&Dial::Calls) && !shorter {
                self.calls = (self.calls * correction(wanted, Dial::Calls.reached(&trial))).clamp(1.0, 64.0);
            }
            for (aim, dial) in aims.iter_mut().zip(&tilted) {
                let corrected = *aim * correction(asked[dial], dial.reached(&trial));
                *aim = if dial.is_share() { corrected.clamp(0.0, 1.0) } else { corrected };
            }
        }
        self.models.forget();
        Ok(self)
    }

    /// The vectors of some dialogues of each plan by itself.
    fn pilot(&mut self) -> Vec<Vec<Vector>> {
        let calls = std::mem::replace(&mut self.calls, 1.0);
        let this = &*self;
        let vectors = |plan: usize| {
            let made = (0..PILOT * 2).filter_map(|index| this.candidate(&Situation::free(plan, index), index, 0).ok());
            made.take(PILOT as usize).map(|dialogue| complexity::of(&dialogue)).collect()
        };
        let pilot = (0..this.plans.len()).into_par_iter().map(vectors).collect();
        self.calls = calls;
        pilot
    }

    fn trial(&self) -> Complexity {
        // Who speaks and where is no matter here: everything but the plan is drawn, which costs less than a design.
        let made: Vec<_> =
            (0..TRIAL).into_par_iter().filter_map(|index| self.candidate(&self.design.plan_at(index)?, index, 0).ok()).collect();
        let mut set = Complexity::default();
        made.iter().for_each(|dialogue| set.push(&complexity::of(dialogue)));
        set
    }

    fn reweigh(&mut self, weights: &[f64]) {
        let total: f64 = weights.iter().sum();
        let whole: Vec<u32> = weights.iter().map(|weight| (1000.0 * weight / total).round() as u32).collect();
        self.design.reweigh(&whole);
        self.sequels =
            self.plans.iter().zip(&whole).filter(|(plan, _)| super::sequel::follows(plan)).map(|(plan, weight)| (*plan, *weight)).collect();
    }

    /// An error for the first dial that no weights bring about.
    fn within_reach(&self, dials: &[Dial], aims: &[f64], pilot: &[Vec<Vector>], weights: &[f64], features: &[Vec<f64>]) -> Result<()> {
        for (at, (dial, aim)) in dials.iter().zip(aims).enumerate() {
            let off: f64 = weights.iter().zip(features).map(|(weight, own)| weight * own[at]).sum();
            let scale: f64 = weights.iter().zip(features).map(|(weight, own)| weight * own[at].abs()).sum();
            if off.abs() <= NEAR * scale.max(1e-9) {
                continue;
            }
            let (low, high) = range(pilot, *dial, self.calls);
            let together = if dials.len() > 1 { ", each for itself" } else { "" };
            return Err(Error::Unsatisfiable {
                message: format!("the plans cannot give {} = {aim}: they go from {low:.2} to {high:.2}{together}", dial.name()),
                cure: "ask for less, or add plans that have more (or less) of it with --plans".into(),
            });
        }
        Ok(())
    }
}

/// An error for the first dial of which too little or too much came about.
fn reached(asked: &Dials, trial: &Complexity) -> Result<()> {
    let far = |dial: &Dial, value: f64| (dial.reached(trial) - value).abs() > FAR * value.max(if dial.is_share() { 0.05 } else { 0.1 });
    match asked.iter().find(|(dial, value)| far(dial, **value)) {
        None => Ok(()),
        Some((dial, value)) => Err(Error::Unsatisfiable {
            message: format!(
                "{} = {value} is out of reach of these catalogs and plans: they come to {:.2}",
                dial.name(),
                dial.reached(trial)
            ),
            cure: "ask for something nearer to that, for less at once, or add plans that have it with --plans".into(),
        }),
    }
}

/// Calls of one task in the mean.
fn single(base: &[f64], pilot: &[Vec<Vector>]) -> f64 {
    let mean = |vectors: &Vec<Vector>| vectors.iter().map(|vector| vector.calls as f64).sum::<f64>() / vectors.len().max(1) as f64;
    base.iter().zip(pilot).map(|(weight, vectors)| weight * mean(vectors)).sum::<f64>() / base.iter().sum::<f64>().max(1e-9)
}

/// How far the plans can go by themselves.
fn range(pilot: &[Vec<Vector>], dial: Dial, calls: f64) -> (f64, f64) {
    let ratio = |vectors: &Vec<Vector>| {
        let (part, whole) = sum(vectors, dial, calls);
        (whole > 0.0).then(|| part / whole)
    };
    let ratios: Vec<f64> = pilot.iter().filter_map(ratio).collect();
    (ratios.iter().copied().fold(f64::INFINITY, f64::min), ratios.iter().copied().fold(0.0, f64::max))
}

fn sum(vectors: &[Vector], dial: Dial, calls: f64) -> (f64, f64) {
    vectors.iter().map(|vector| dial.counts(vector, calls)).fold((0.0, 0.0), |(a, b), (part, whole)| (a + part, b + whole))
}

/// For each plan and dial, how far one dialogue of the plan takes the set above (or below) what is aimed at.
fn features(pilot: &[Vec<Vector>], dials: &[Dial], aims: &[f64], calls: f64) -> Vec<Vec<f64>> {
    let of = |vectors: &Vec<Vector>, dial: Dial, aim: f64| {
        let (part, whole) = sum(vectors, dial, calls);
        if vectors.is_empty() { 0.0 } else { (part - aim * whole) / vectors.len() as f64 }
    };
    pilot.iter().map(|vectors| dials.iter().zip(aims).map(|(dial, aim)| of(vectors, *dial, *aim)).collect()).collect()
}

/// Weights `base · exp(λ · feature)` under which every feature is 0 in the mean, as far as that can be: the dual is convex and is
/// descended with a step that suits the size of each feature.
fn tilt(base: &[f64], features: &[Vec<f64>]) -> Vec<f64> {
    let dials = features.first().map_or(0, Vec::len);
    let size = |dial: usize| features.iter().map(|own| own[dial].powi(2)).sum::<f64>() / features.len().max(1) as f64;
    let sizes: Vec<f64> = (0..dials).map(|dial| size(dial).max(1e-9)).collect();
    let mut lambda = vec![0.0; dials];
    let weights = |lambda: &[f64]| -> Vec<f64> {
        let power = |own: &Vec<f64>| own.iter().zip(lambda).map(|(f, l)| f * l).sum::<f64>().clamp(-STEEPEST, STEEPEST);
        base.iter().zip(features).map(|(weight, own)| weight * power(own).exp()).collect()
    };
    for _ in 0..STEPS {
        let now = weights(&lambda);
        let total: f64 = now.iter().sum();
        for dial in 0..dials {
            let mean: f64 = now.iter().zip(features).map(|(weight, own)| weight * own[dial]).sum::<f64>() / total.max(1e-9);
            lambda[dial] -= 0.3 * mean / sizes[dial];
        }
    }
    weights(&lambda)
}

/// By how much an aim has to be changed, in one step at most by half.
fn correction(asked: f64, reached: f64) -> f64 {
    if reached <= 0.0 { 1.0 } else { (asked / reached).clamp(0.67, 1.5) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilt_brings_the_mean_to_nought_and_keeps_equals_equal() {
        // Three plans have 0, 1 and 4 of something, and 2 are aimed at; the fourth is like the second.
        let base = [1.0, 2.0, 1.0, 2.0];
        let features: Vec<Vec<f64>> = [0.0, 1.0, 4.0, 1.0].iter().map(|has| vec![has - 2.0]).collect();
        let weights = tilt(&base, &features);
        let mean: f64 = weights.iter().zip(&features).map(|(weight, own)| weight * own[0]).sum::<f64>() / weights.iter().sum::<f64>();
        assert!(mean.abs() < 1e-6, "{mean}");
        assert!((weights[1] - weights[3]).abs() < 1e-12);
        assert!(weights[2] > base[2] && weights[0] < base[0]);
    }

    #[test]
    fn two_aims_hold_at_once() {
        let base = [1.0; 4];
        let features = vec![vec![-1.0, -2.0], vec![1.0, -2.0], vec![-1.0, 1.0], vec![2.0, 3.0]];
        let weights = tilt(&base, &features);
        for dial in 0..2 {
            let mean: f64 = weights.iter().zip(&features).map(|(weight, own)| weight * own[dial]).sum();
            assert!(mean.abs() < 1e-3, "{mean}");
        }
    }

    #[test]
    fn what_no_plan_has_stays_out_of_reach() {
        let weights = tilt(&[1.0, 1.0], &[vec![-3.0], vec![-1.0]]);
        assert!(weights.iter().all(|weight| weight.is_finite() && *weight > 0.0));
    }
}
