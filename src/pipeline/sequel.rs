//! Recombination: further tasks for the same user, until a dialogue has as many calls as it should.

use super::Pipeline;
use crate::graph::{Link, Motif, ToolIx, Witness};
use crate::plan::{Answer, AssistantBeat, Beat, Plan, UserBeat};
use crate::script::Part;
use crate::seed::Rng;
use rand::RngExt;

/// Parts of one dialogue, at most; of as many calls as dialogues have in the mean, when that is more.
const MOST: usize = 6;
/// Draws of a further part.
const TRIES: usize = 12;
/// Calls that one dialogue is wanted to have, at most: so many, or so many times the mean.
const LONGEST: usize = 16;
const LONG: f64 = 3.2;
/// How often a further part has to do with the one before.
const STAYS: f64 = 0.8;
/// How often it takes something from the one before where it could.
const JOINED: f64 = 0.9;

impl<'a> Pipeline<'a> {
    /// The parts of a dialogue whose first part is given.
    ///
    /// `more`: one part follows at least, when any does. `third`: how long it is for a dialogue of its kind.
    pub(super) fn with_sequels(&self, first: Part<'a>, more: bool, third: Option<usize>, rng: &mut Rng) -> Vec<Part<'a>> {
        let wanted = wanted(self.calls, third, rng).max(if more { first.walk.steps.len() + 3 } else { 0 });
        let mut total = first.walk.steps.len();
        let mut parts = vec![first];
        if !goes_on(parts[0].plan) {
            return parts;
        }
        for _ in 0..TRIES {
            if total >= wanted || parts.len() >= MOST.max(self.calls.round() as usize) {
                break;
            }
            let Some(next) = self.sequel(&parts, rng) else { continue };
            let steps = next.walk.steps.len();
            // The length that is nearer to what is wanted.
            if (total + steps).saturating_sub(wanted) <= wanted - total {
                total += steps;
                parts.push(next);
            }
        }
        parts
    }

    /// Another plan on a walk of its own, mostly from the same topic.
    fn sequel(&self, parts: &[Part<'a>], rng: &mut Rng) -> Option<Part<'a>> {
        let total: u32 = self.sequels.iter().map(|(_, weight)| weight).sum();
        let mut drawn = rng.random_range(0..total.max(1));
        let (plan, _) = *self.sequels.iter().find(|(_, weight)| {
            let found = drawn < *weight;
            drawn = drawn.saturating_sub(*weight);
            found
        })?;
        let taken: Vec<ToolIx> = parts.iter().flat_map(|part| &part.walk.steps).map(|step| step.tool).collect();
        let near = taken.last().filter(|_| rng.random_bool(STAYS)).and_then(|last| self.walker.beside_of(*last, rng));
        let anchor = match near.filter(|tool| self.walker.starts(plan.motif, plan.length.clone()).contains(tool)) {
            Some(near) => near,
            None => self.walker.anchor(plan.motif, plan.length.clone(), self.seed, rng.random_range(0..1 << 40))?,
        };
        let walk = self.walker.walk(plan.motif, plan.length.clone(), anchor, rng)?;
        let again = walk.steps.iter().any(|step| taken.contains(&step.tool));
        let backward = || {
            let before = |step: &crate::graph::Step, earlier: &ToolIx| {
                self.walker.comes_before(step.tool, *earlier) && !self.walker.comes_before(*earlier, step.tool)
            };
            walk.steps.iter().any(|step| taken.iter().any(|earlier| before(step, earlier)))
        };
        if again || backward() || !self.author.suits_walk(plan, &walk) {
            return None;
        }
        let mut part = Part::new(plan, walk);
        // "That channel" is none in particular when the same tool has made two.
        let one = taken.last().is_some_and(|last| taken.iter().filter(|tool| *tool == last).count() == 1);
        if plain(plan)
            && one
            && rng.random_bool(JOINED)
            && let (Some(last), Some(first)) = (taken.len().checked_sub(1), part.walk.steps.first())
        {
            // Nobody picks from a list of an earlier task.
            let alone = |link: &Link| !matches!(&link.relation.witness, Witness::Flow { field, .. } if field.contains('*'));
            part.joints = self.walker.link(last, taken[last], first.tool).filter(alone).map(|link| (0, link)).into_iter().collect();
        }
        Some(part)
    }
}

/// How many calls a dialogue is wanted to have: geometric, so that short ones stay the commonest; out of one third of that distribution, or
/// out of all of it.
fn wanted(mean: f64, third: Option<usize>, rng: &mut Rng) -> usize {
    let more = (1.0 - 1.0 / mean.max(1.0)).clamp(0.0, 0.99);
    let drawn: f64 = rng.random();
    let rank = third.map_or(drawn, |third| (third.min(2) as f64 + drawn) / 3.0);
    // The chance that it is longer than so much falls by `more` with every call.
    let (mut count, mut longer) = (1, more);
    let longest = LONGEST.max((LONG * mean).round() as usize);
    while count < longest && 1.0 - rank < longer {
        count += 1;
        longer *= more;
    }
    count
}

/// Whether other tasks may stand before or behind. A policy holds for a whole dialogue; and what only some trainers can read (turns that must
/// not be learned from, tools that come later) is kept short.
pub(super) fn goes_on(plan: &Plan) -> bool {
    use AssistantBeat::*;
    plan.every(&|beat| {
        !matches!(
            beat,
            Beat::Assistant(RefusePolicy | RefusePrivate | RefuseAmount | ConfirmPolicy | ToolsUpdate | CallWrongly | Admit | OwnUp)
                | Beat::User(UserBeat::Lower | UserBeat::RequestEarly)
        )
    })
}

pub(super) fn follows(plan: &Plan) -> bool {
    goes_on(plan) && plan.motif != Motif::None
}

/// Nothing in the plan depends on the user having said a value.
pub(super) fn plain(plan: &Plan) -> bool {
    use AssistantBeat::*;
    plan.every(&|beat| match beat {
        Beat::User(UserBeat::Inform { answer }) => *answer == Answer::Whole,
        Beat::User(beat) => {
            !matches!(beat, UserBeat::Correct | UserBeat::RequestBeyond | UserBeat::RequestById | UserBeat::RequestNear | UserBeat::Resume)
        }
        Beat::Assistant(beat) => !matches!(beat, CallOnBadValue { .. } | CallInVain | CallById | AskAnother | Propose),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Stage, stream};

    #[test]
    fn thirds_of_the_lengths_follow_one_another_and_make_up_the_whole() {
        let mean = |third: Option<usize>| {
            let of = |at| wanted(5.0, third, &mut stream(1, at, Stage::Walk, 0)) as f64;
            (0..3000).map(of).sum::<f64>() / 3000.0
        };
        let thirds: Vec<f64> = (0..3).map(|third| mean(Some(third))).collect();
        assert!(thirds[0] < 2.0 && thirds[0] < thirds[1] && 2.0 * thirds[1] < thirds[2], "{thirds:?}");
        // Cut off at the longest, so a little below what is asked for.
        let all = mean(None);
        assert!((all - thirds.iter().sum::<f64>() / 3.0).abs() < 0.15 && (4.5..5.0).contains(&all), "{all} {thirds:?}");
    }
}
