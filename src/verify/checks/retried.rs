//! ## What it does
//! A call that failed because of what it was given must not be made again with the same arguments. One that only came at a bad time, and is
//! made again in the same go, must have the same arguments.
//! ## Why it is bad
//! The model would learn to knock at a door that it knows to be a wall, or to forget what it was asked for when it knocks again.
//! ## Example
//! "There is no booking with that id", and the same id is tried again.

use super::Check;
use crate::verify::Findings;
use crate::verify::scene::{Made, Scene};
use serde_json::Value;

pub(super) struct Retried;

/// Errors that other arguments may cure, and nothing else.
const LASTING: [&str; 2] = ["not_found", "invalid_value"];
/// Errors that pass by themselves.
const PASSING: [&str; 3] = ["rate_limited", "timeout", "unavailable"];

impl Check for Retried {
    fn name(&self) -> &'static str {
        "retried"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for (at, failed) in scene.calls.iter().enumerate().filter(|(_, made)| is(made, &LASTING)) {
            let same = |later: &&Made| later.call.tool == failed.call.tool && later.call.arguments == failed.call.arguments;
            if let Some(later) = scene.calls[at + 1..].iter().find(same) {
                out.add(later.turn, format!("call {} repeats call {}, whose arguments were refused", later.call.id, failed.call.id));
            }
        }
        for (at, failed) in scene.calls.iter().enumerate().filter(|(_, made)| is(made, &PASSING)) {
            // Nobody has spoken in between.
            let again = scene.calls[at + 1..].iter().find(|later| later.call.tool == failed.call.tool && later.turn == failed.turn + 2);
            if let Some(later) = again.filter(|later| later.user == failed.user && later.call.arguments != failed.call.arguments) {
                out.add(later.turn, format!("call {} tries call {} again with other arguments", later.call.id, failed.call.id));
            }
        }
    }
}

fn is(made: &Made, codes: &[&str]) -> bool {
    let code = made.result.filter(|result| result.is_error).and_then(|result| result.value.pointer("/error/code")).and_then(Value::as_str);
    code.is_some_and(|code| codes.contains(&code))
}
