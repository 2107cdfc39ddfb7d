//! ## What it does
//! Every call must serve a goal or feed a later call, and no call may repeat an earlier one that succeeded unless the user asked again.
//! ## Why it is bad
//! Padding: the model would learn to call for nothing, and an act done twice is done twice.
//! ## Example
//! The same booking is made two times in one turn.

use super::Check;
use crate::dialogue::Provenance;
use crate::verify::Findings;
use crate::verify::scene::{Made, Scene};

pub(super) struct Needed;

impl Check for Needed {
    fn name(&self) -> &'static str {
        "needed"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for (at, made) in scene.calls.iter().enumerate() {
            let id = made.call.id;
            let serves = scene.dialogue.goals.iter().any(|goal| goal.calls.contains(&id));
            if !fed(scene, made) && (!serves || beside_the_point(scene, made)) {
                out.add(made.turn, format!("call {id} of `{}` serves nothing", made.call.tool));
            }
            let same = |other: &&Made| other.call.tool == made.call.tool && other.call.arguments == made.call.arguments && !other.failed();
            if let Some(other) = scene.calls[..at].iter().find(same)
                && !asked_again(scene, other, made)
            {
                out.add(made.turn, format!("call {id} repeats call {}", other.call.id));
            }
        }
    }
}

/// It is counted among the calls of goals of other tools only, and is not marked as a mistake.
fn beside_the_point(scene: &Scene, made: &Made) -> bool {
    let mut goals = scene.dialogue.goals.iter().filter(|goal| goal.calls.contains(&made.call.id));
    made.call.mistake.is_none() && !made.failed() && goals.all(|goal| goal.tool != made.call.tool)
}

fn fed(scene: &Scene, made: &Made) -> bool {
    let from_it = |source: Option<&Provenance>| source.and_then(Provenance::result).is_some_and(|(call, _)| call == made.call.id);
    scene.calls.iter().any(|later| later.turn > made.turn && later.args.iter().any(|arg| from_it(arg.source)))
}

fn asked_again(scene: &Scene, first: &Made, again: &Made) -> bool {
    if first.user == again.user {
        return false;
    }
    let id = again.call.id;
    scene.dialogue.goals.iter().any(|goal| goal.calls.contains(&id) && goal.turn > first.turn)
}
