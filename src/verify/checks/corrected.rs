//! ## What it does
//! When the user takes a value back, the calls that follow must use what the user said last.
//! ## Why it is bad
//! The old value still passes every look-up: it was said, too.
//! ## Example
//! "Actually, make it Friday", and the call still says Thursday.

use super::Check;
use crate::value;
use crate::verify::Findings;
use crate::verify::scene::{Scene, hints};
use crate::verify::sources::{Said, overlaps, said};

pub(super) struct Corrected;

impl Check for Corrected {
    fn name(&self) -> &'static str {
        "corrected"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let all = said(scene);
        for one in &all {
            if let Some(turn) =
                scene.users_before(one.made.turn).take_while(|turn| *turn > one.turn).find(|turn| takes_back(scene, *turn, one, &all))
            {
                out.add(
                    one.made.turn,
                    format!(
                        "{} of call {} is {}, which the user takes back in turn {turn}",
                        one.arg.pointer, one.made.call.id, one.arg.value
                    ),
                );
            }
        }
    }
}

/// The turn has words of correction, says another value of the argument's type, and no argument was taken from it.
fn takes_back(scene: &Scene, turn: usize, one: &Said, all: &[Said]) -> bool {
    let text = &scene.texts[turn];
    if !super::heard::takes_back(scene, turn, all) || all.iter().any(|other| other.turn == turn && other.made.call.id == one.made.call.id) {
        return false;
    }
    let Some(leaf) = one.made.leaf(one.arg) else { return false };
    let used = |span: &std::ops::Range<usize>| all.iter().any(|other| other.turn == turn && overlaps(&other.span, span));
    if let serde_json::Value::Bool(truth) = one.arg.value {
        return !scene.find(turn, &serde_json::Value::Bool(!truth), Some(leaf)).is_empty()
            && scene.find(turn, one.arg.value, Some(leaf)).is_empty();
    }
    value::read(text.raw, leaf.sem, hints(Some(leaf)), &scene.say)
        .iter()
        .any(|reading| !used(&reading.span) && !value::same(&reading.value, one.arg.value, leaf.sem))
}
