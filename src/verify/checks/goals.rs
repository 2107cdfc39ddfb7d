//! ## What it does
//! The record's goals must agree with the turns: asked for in a user turn, done by a call of their tool that succeeded, failed by one that
//! did not, refused without a tool that could do it, dropped without calls. The recorded relations must be those that the calls use.
//! ## Why it is bad
//! The label of the dialogue would be wrong.
//! ## Example
//! A goal marked as done whose last call is an error.

use super::Check;
use crate::dialogue::{Goal, Outcome, Provenance, Role};
use crate::graph::RelationKind;
use crate::verify::Findings;
use crate::verify::scene::Scene;

pub(super) struct Goals;

impl Check for Goals {
    fn name(&self) -> &'static str {
        "goals"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for goal in &scene.dialogue.goals {
            if let Err(why) = agrees(scene, goal) {
                out.add(goal.turn, format!("the goal `{}` ({:?}): {why}", goal.tool, goal.outcome));
            }
        }
        relations(scene, out);
    }
}

fn agrees(scene: &Scene, goal: &Goal) -> Result<(), String> {
    if scene.role(goal.turn) != Some(Role::User) {
        return Err("nobody asks for it there".into());
    }
    for call in &goal.calls {
        let made = scene.made(*call).ok_or_else(|| format!("there is no call {call}"))?;
        if made.turn <= goal.turn {
            return Err(format!("call {call} was made before it was asked for"));
        }
    }
    let last = goal.calls.last().and_then(|call| scene.made(*call));
    match (goal.outcome, last) {
        (Outcome::Done | Outcome::Failed, None) => Err("no call serves it".into()),
        (Outcome::Done | Outcome::Failed, Some(last)) if last.call.tool != goal.tool => {
            Err(format!("its last call is of `{}`", last.call.tool))
        }
        (Outcome::Done, Some(last)) if last.failed() => Err("its last call failed".into()),
        (Outcome::Failed, Some(last)) if !last.failed() => Err("its last call did not fail".into()),
        (Outcome::Refused | Outcome::Cancelled, Some(_)) => Err("calls serve it".into()),
        (Outcome::Refused, None) if allowed(scene, goal) => Err("an offered tool does it".into()),
        _ => Ok(()),
    }
}

fn allowed(scene: &Scene, goal: &Goal) -> bool {
    let known = scene.offered(goal.turn).find(|known| known.name() == goal.tool);
    known.is_some_and(|known| super::policy::forbids(scene, goal.turn, known).is_none())
}

fn relations(scene: &Scene, out: &mut Findings) {
    let feeds = |from: &str, to: &str| {
        scene.calls.iter().filter(|made| made.call.tool == to).flat_map(|made| &made.args).any(|arg| {
            let giver = arg.source.and_then(Provenance::rests_on).and_then(|call| scene.made(call));
            giver.is_some_and(|made| made.call.tool == from)
        })
    };
    let called = |tool: &str| scene.calls.iter().any(|made| made.call.tool == tool);
    for relation in &scene.dialogue.relations {
        // A request that is dropped or turned down leaves its relations without calls.
        let dropped = scene.dialogue.goals.iter().any(|goal| {
            matches!(goal.outcome, Outcome::Cancelled | Outcome::Refused) && (goal.tool == relation.to || goal.tool == relation.from)
        });
        let used = match relation.kind {
            RelationKind::Feeds => feeds(&relation.from, &relation.to),
            _ => called(&relation.from) && called(&relation.to),
        };
        if !used && !dropped {
            out.add(0, format!("the relation {:?} from `{}` to `{}` is not used", relation.kind, relation.from, relation.to));
        }
    }
}
