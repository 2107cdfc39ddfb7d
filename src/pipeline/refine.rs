//! A share of the dialogues is made harder and verified again.

use super::Pipeline;
use super::sequel::plain;
use crate::dialogue::Dialogue;
use crate::graph::{Motif, Walk};
use crate::operate::{Bench, Operator};
use crate::script::{Part, Stuck, Twist};
use crate::seed::{Rng, Stage, drawn, stream};
use rand::RngExt;
use rand::seq::SliceRandom;

/// How many dialogues are made harder, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Refinement {
    /// Of all dialogues, from 0 to 1.
    pub share: f64,
    /// What may be applied; each is the first choice of as many dialogues as any other.
    pub operators: Vec<Operator>,
}

/// Operators of one dialogue, at most.
const MOST: usize = 3;
/// Candidates that are tried with operators; after them the dialogue is made without.
const PATIENCE: u32 = 36;
/// Candidates that are tried with the operator whose turn it is, before others may stand for it.
const FAITHFUL: u32 = 20;

impl<'a> Pipeline<'a> {
    /// Has a share of the dialogues made harder.
    pub fn refining(mut self, refinement: Refinement) -> Pipeline<'a> {
        self.refinement = Some(refinement).filter(|one| one.share > 0.0 && !one.operators.is_empty());
        self.models.forget();
        self
    }

    /// Whether a dialogue is to be made harder.
    pub(super) fn is_refined(&self, index: u64) -> bool {
        let share = self.refinement.as_ref().map_or(0.0, |one| one.share);
        share > 0.0 && drawn(self.seed, index, Stage::Refine, share)
    }

    /// The operators for one candidate: the one whose turn it is, and up to two others that go with it, in the order in which they are applied.
    pub(super) fn operators_for(&self, index: u64, attempt: u32) -> Vec<Operator> {
        let Some(refinement) = self.refinement.as_ref().filter(|_| attempt < PATIENCE && self.is_refined(index)) else { return Vec::new() };
        let mut rng = stream(self.seed, index, Stage::Refine, attempt + 1);
        let all = &refinement.operators;
        let turn = stream(self.seed, index, Stage::Refine, 0).random_range(0..all.len());
        let first = if attempt < FAITHFUL { all[turn] } else { all[rng.random_range(0..all.len())] };
        let mut chosen = vec![first];
        let mut others = all.clone();
        others.shuffle(&mut rng);
        // The longer it does not work, the less is asked for.
        let wanted = rng.random_range(1..=MOST).min(MOST.saturating_sub(attempt as usize / 8).max(1));
        for other in others {
            if chosen.len() < wanted && chosen.iter().all(|one| one.goes_with(other)) {
                chosen.push(other);
            }
        }
        chosen.sort_unstable();
        chosen
    }

    /// The parts of a dialogue, with what operators change about them; `third` of the lengths, where the situation says so.
    pub(super) fn twisted(
        &self,
        first: Part<'a>,
        operators: &[Operator],
        third: Option<usize>,
        rng: &mut Rng,
    ) -> Result<Vec<Part<'a>>, Stuck> {
        let mut first = first;
        for operator in operators {
            // What is done with a thing whose number the user would say: it is found instead.
            let finds = matches!(operator, Operator::InsertCall | Operator::Describe);
            if finds && first.plan.motif == Motif::Single && first.walk.steps.len() == 1 && plain(first.plan) {
                let walk = self.sought(&first.walk, rng).ok_or_else(|| no_place(*operator))?;
                first.twists.push(Twist::Seek(walk.steps.len()));
                first.walk = walk;
                if *operator == Operator::Describe {
                    first.twists.push(Twist::Describe);
                }
                continue;
            }
            first.twists.extend(operator.twist());
        }
        let recombine = operators.contains(&Operator::Recombine);
        let parts = self.with_sequels(first, recombine, third, rng);
        if recombine && parts.len() < 2 { Err(no_place(Operator::Recombine)) } else { Ok(parts) }
    }

    /// A walk that finds what the only tool of another one needs.
    fn sought(&self, walk: &Walk, rng: &mut Rng) -> Option<Walk> {
        let tool = walk.steps.first()?.tool;
        let leads_there = |walk: &Walk| walk.steps.last().is_some_and(|step| step.tool == tool);
        (0..8).find_map(|_| self.walker.walk(Motif::Seek, 2..=3, tool, rng).filter(leads_there))
    }

    /// The dialogue with the operators applied that work on finished records, in the places where those of its model are.
    pub(super) fn refined(&self, dialogue: Dialogue, operators: &[Operator], model: u64, attempt: u32) -> Result<Dialogue, Stuck> {
        let bench = Bench::new(&self.author, &self.realiser, &self.names);
        let mut rng = stream(self.seed, model, Stage::Refine, 1000 + attempt);
        let mut dialogue = dialogue;
        for operator in operators {
            if operator.before_words() {
                dialogue.operators.push(operator.name().to_string());
            } else {
                dialogue = bench.apply(*operator, &dialogue, &mut rng).ok_or_else(|| no_place(*operator))?;
            }
        }
        Ok(dialogue)
    }
}

fn no_place(operator: Operator) -> Stuck {
    Stuck { stage: "operator", reason: format!("there is no place for {}", operator.name()) }
}
