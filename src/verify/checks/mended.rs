//! ## What it does
//! A call that is marked as a mistake must be one, in the marked way and no other; it may only read; nobody learns from it; and before
//! anything is told, the right call is made, at once or when the user has agreed to it. A turn without loss has such a call.
//! ## Why it is bad
//! A mark would excuse anything, and a mistake that is not made right ends in a wrong answer.
//! ## Example
//! The weather of Porto is looked up for Lisbon, and told as that of Lisbon.

use super::Check;
use crate::dialogue::{Mistake, Role, leaves};
use crate::verify::Findings;
use crate::verify::scene::{Made, Scene};

pub(super) struct Mended;

/// Words of somebody who owns a mistake.
const OWNS: [&str; 12] = [
    "sorry",
    "mistake",
    "apologies",
    "oops",
    "correct myself",
    "wrong",
    "slipped up",
    "mixed up",
    "misread",
    "my bad",
    "not what you",
    "instead",
];

impl Check for Mended {
    fn name(&self) -> &'static str {
        "mended"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for made in &scene.calls {
            if let Some(mistake) = &made.call.mistake
                && let Err(why) = holds(scene, made, mistake)
            {
                out.add(made.turn, format!("the mistake of call {}: {why}", made.call.id));
            }
        }
        for (at, turn) in scene.dialogue.turns.iter().enumerate() {
            let mistaken = turn.calls.iter().any(|call| call.mistake.is_some());
            if turn.loss == mistaken {
                let why = if mistaken { "a mistake is learned from" } else { "a turn that is right is not learned from" };
                out.add(at, why);
            }
        }
    }
}

fn holds(scene: &Scene, made: &Made, mistake: &Mistake) -> Result<(), String> {
    if made.known.is_some_and(|known| known.acts() || !known.tool.effects.is_empty()) {
        return Err("it changes something".into());
    }
    let right = scene.made(mistake.repaired_by()).filter(|right| right.turn > made.turn && right.call.mistake.is_none());
    let right = right.ok_or("no call makes it right")?;
    let shared = scene.dialogue.goals.iter().any(|goal| goal.calls.contains(&made.call.id) && goal.calls.contains(&right.call.id));
    if !shared {
        return Err(format!("call {} serves another goal", right.call.id));
    }
    as_marked(made, right, mistake)?;
    in_time(scene, made, right)
}

/// The fault is the marked one, and all else is as in the right call.
fn as_marked(made: &Made, right: &Made, mistake: &Mistake) -> Result<(), String> {
    match mistake {
        Mistake::WrongArgument { pointer, .. } => {
            if made.call.tool != right.call.tool {
                return Err(format!("call {} is of another tool", right.call.id));
            }
            if made.call.provenance.contains_key(pointer) {
                return Err(format!("{pointer} has a source"));
            }
            let (wrong, meant) = (leaves(&made.call.arguments), leaves(&right.call.arguments));
            if wrong.len() != meant.len() {
                return Err("its arguments are not those of the right call".into());
            }
            for ((at, value), (other, meant)) in wrong.iter().zip(&meant) {
                if at != other || (value == meant) == (at == pointer) {
                    return Err(format!("{at} is {value}, where the right call has {meant}"));
                }
            }
            Ok(())
        }
        Mistake::WrongTool { .. } => {
            if made.call.tool == right.call.tool {
                return Err("the right call is of the same tool".into());
            }
            let given = |value: &serde_json::Value| right.args.iter().any(|arg| arg.value == value);
            match made.args.iter().find(|arg| !given(arg.value)) {
                Some(arg) => Err(format!("{} was not meant for the right tool either", arg.pointer)),
                None => Ok(()),
            }
        }
    }
}

/// Whatever the assistant says before the right call owns the mistake.
fn in_time(scene: &Scene, made: &Made, right: &Made) -> Result<(), String> {
    for turn in made.turn + 1..right.turn {
        if scene.role(turn) == Some(Role::Assistant) && scene.dialogue.turns[turn].calls.is_empty() {
            let text = &scene.texts[turn];
            if !text.has_any(&OWNS) || !text.raw.contains('?') {
                return Err("something is told before it is made right".into());
            }
        }
    }
    Ok(())
}
