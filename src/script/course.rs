//! The parts of one dialogue, one task after the other: their walks joined to one course, their plans to one sequence of beats.

use super::{Stuck, Twist};
use crate::graph::{Link, Motif, Step, ToolIx, Walk};
use crate::plan::{AssistantBeat, Beat, Plan, UserBeat};
use crate::seed::Rng;
use rand::RngExt;

/// A plan with the walk that it is played on.
#[derive(Debug, Clone)]
pub struct Part<'p> {
    pub plan: &'p Plan,
    pub walk: Walk,
    /// What joins its steps to those of earlier parts: the index of its own step, and the link, whose `from` counts over all parts.
    pub joints: Vec<(usize, Link)>,
    /// What is changed about its acts, in this order.
    pub twists: Vec<Twist>,
    /// With what the offered tools have to do where no tool is called.
    pub about: Option<ToolIx>,
}

impl<'p> Part<'p> {
    pub fn new(plan: &'p Plan, walk: Walk) -> Part<'p> {
        Part { plan, walk, joints: Vec::new(), twists: Vec::new(), about: None }
    }
}

/// The steps of all parts. Links count over all of them.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pub steps: Vec<Step>,
    /// Of each step: the motif of its walk, and its place in that walk.
    shape: Vec<(Motif, usize)>,
    /// Where each walk ends.
    ends: Vec<usize>,
}

impl Course {
    pub fn of(parts: &[Part]) -> Course {
        let mut course = Course { steps: Vec::new(), shape: Vec::new(), ends: Vec::new() };
        for part in parts {
            let before = course.steps.len();
            for (place, step) in part.walk.steps.iter().enumerate() {
                let own = step.links.iter().map(|link| Link { from: link.from + before, relation: link.relation.clone() });
                let joints = part.joints.iter().filter(|(at, _)| *at == place).map(|(_, link)| link.clone());
                course.steps.push(Step { tool: step.tool, links: joints.chain(own).collect() });
                course.shape.push((part.walk.motif, place));
            }
            course.ends.push(course.steps.len());
        }
        course
    }

    pub fn motif(&self, step: usize) -> Motif {
        self.shape.get(step).map_or(Motif::None, |(motif, _)| *motif)
    }

    /// The step runs once for each item of a list.
    pub fn looped(&self, step: usize) -> bool {
        self.shape.get(step) == Some(&(Motif::Loop, 1))
    }

    /// The first step of a part.
    pub fn start(&self, part: usize) -> usize {
        part.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0)
    }

    /// Steps that are left of the walk to which a step belongs.
    pub fn left_from(&self, step: usize) -> usize {
        self.ends.iter().find(|end| **end > step).map_or(0, |end| end - step)
    }
}

/// The beats of each plan: who goes on with another task neither takes leave nor greets again.
pub(super) fn beats(parts: &[Part], rng: &mut Rng) -> Result<Vec<Vec<Beat>>, Stuck> {
    let mut all = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let mut beats = part.plan.unroll(&part.walk.segments, rng);
        for twist in &part.twists {
            twist.change(&mut beats, rng)?;
        }
        let greets = |beat: &Beat| matches!(beat, Beat::User(UserBeat::Greet) | Beat::Assistant(AssistantBeat::Greet));
        let begin = if at == 0 { 0 } else { beats.iter().take_while(|beat| greets(beat)).count() };
        let leaves =
            |beat: &Beat| matches!(beat, Beat::User(UserBeat::Thank | UserBeat::Goodbye) | Beat::Assistant(AssistantBeat::Goodbye));
        let last = at + 1 == parts.len();
        let end = beats.len() - if last { 0 } else { beats[begin..].iter().rev().take_while(|beat| leaves(beat)).count() };
        let mut beats = beats[begin..end].to_vec();
        let asked = matches!(beats.last(), Some(Beat::Assistant(AssistantBeat::AskMore)));
        if !last && !asked && rng.random_bool(ASKS_MORE) {
            beats.push(Beat::Assistant(AssistantBeat::AskMore));
        }
        all.push(beats);
    }
    Ok(all)
}

/// How often the assistant asks whether there is something else before the next part.
const ASKS_MORE: f64 = 0.2;
