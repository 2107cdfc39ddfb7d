//! ## What it does
//! A call that failed because of what it was given must not be made again with the same arguments; one that timed out may.
//! ## Why it is bad
//! The model would learn to knock at a door that it knows to be a wall.
//! ## Example
//! "There is no booking with that id", and the same id is tried again.

use super::Check;
use crate::verify::Findings;
use crate::verify::scene::{Made, Scene};
use serde_json::Value;

pub(super) struct Retried;

/// Errors that other arguments may cure, and nothing else.
const LASTING: [&str; 2] = ["not_found", "invalid_value"];

impl Check for Retried {
    fn name(&self) -> &'static str {
        "retried"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for (at, failed) in scene.calls.iter().enumerate().filter(|(_, made)| lasting(made)) {
            let same = |later: &&Made| later.call.tool == failed.call.tool && later.call.arguments == failed.call.arguments;
            if let Some(later) = scene.calls[at + 1..].iter().find(same) {
                out.add(later.turn, format!("call {} repeats call {}, whose arguments were refused", later.call.id, failed.call.id));
            }
        }
    }
}

fn lasting(made: &Made) -> bool {
    let code = made.result.filter(|result| result.is_error).and_then(|result| result.value.pointer("/error/code")).and_then(Value::as_str);
    code.is_some_and(|code| LASTING.contains(&code))
}
