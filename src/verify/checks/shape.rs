//! ## What it does
//! Holds the messages to the order of a conversation: system, user, then assistant and user in turn; an assistant turn either speaks or
//! calls; the results of a calling turn follow it, one for each call in the same order; the assistant has the last word.
//! ## Why it is bad
//! Chat templates and trainers drop or misread rows whose turns are out of order.
//! ## Example
//! A tool result without a call before it.

use super::Check;
use crate::dialogue::Role;
use crate::verify::Findings;
use crate::verify::scene::Scene;

pub(super) struct Shape;

impl Check for Shape {
    fn name(&self) -> &'static str {
        "shape"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let turns = &scene.dialogue.turns;
        let mut next_call = 0;
        for (at, turn) in turns.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &turns[before]);
            let fits = match (turn.role, before.map(|before| before.role)) {
                (Role::System, None) => turn.adds.is_empty(),
                // New tools come between the assistant's turn and the user's.
                (Role::System, Some(Role::Assistant)) => !turn.adds.is_empty() && before.is_some_and(|before| before.calls.is_empty()),
                (Role::User, Some(Role::System)) => true,
                (Role::User, Some(Role::Assistant)) => before.is_some_and(|before| before.calls.is_empty()),
                (Role::Assistant, Some(Role::User | Role::Tool)) => true,
                (Role::Tool, Some(Role::Assistant)) => before.is_some_and(|before| !before.calls.is_empty()),
                _ => false,
            };
            if !fits {
                out.add(at, format!("a {:?} turn cannot stand here", turn.role).to_lowercase());
            }
            let silent = turn.text.trim().is_empty();
            match turn.role {
                Role::Tool => {
                    let asked: Vec<usize> = before.map(|before| before.calls.iter().map(|call| call.id).collect()).unwrap_or_default();
                    let given: Vec<usize> = turn.results.iter().map(|result| result.call).collect();
                    if asked != given || given.is_empty() {
                        out.add(at, format!("results of calls {given:?} answer calls {asked:?}"));
                    }
                }
                Role::Assistant if silent == turn.calls.is_empty() => {
                    out.add(at, "an assistant turn must either speak or call");
                }
                Role::System | Role::User if silent => out.add(at, "the turn says nothing"),
                _ => {}
            }
            if (turn.role != Role::Assistant && !turn.calls.is_empty()) || (turn.role != Role::Tool && !turn.results.is_empty()) {
                out.add(at, "calls and results belong to other roles");
            }
            for call in &turn.calls {
                if call.id != next_call {
                    out.add(at, format!("call {} should have the number {next_call}", call.id));
                }
                next_call += 1;
            }
        }
        match turns.last() {
            Some(last) if last.role == Role::Assistant && last.calls.is_empty() && turns.len() >= 3 => {}
            _ => out.add(turns.len().saturating_sub(1), "the dialogue must end with the assistant's words"),
        }
    }
}
