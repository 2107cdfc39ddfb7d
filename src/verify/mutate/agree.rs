//! Mutations of a yes and a no.

use super::edit::pick;
use crate::dialogue::{Dialogue, Role};
use crate::seed::Rng;

const NOES: [&str; 10] = [
    "No.",
    "No, leave it.",
    "No, thanks, I've changed my mind.",
    "Nope, not now.",
    "I'd rather not, actually.",
    "No, don't do that.",
    "Hmm, no, forget about it.",
    "Hold off on that, please.",
    "Actually, no. Let's not.",
    "No, let me think about it first.",
];
const YESES: [&str; 6] = ["Yes, please.", "Sure, go ahead.", "Yes, that's right.", "That's correct.", "Yep, do that.", "Sounds good."];

/// User turns that do nothing but this act, with what the assistant asked before.
fn replies(dialogue: &Dialogue, act: &str) -> Vec<usize> {
    (1..dialogue.turns.len())
        .filter(|at| {
            let (before, turn) = (&dialogue.turns[at - 1], &dialogue.turns[*at]);
            turn.role == Role::User && turn.acts == [act] && before.role == Role::Assistant && before.calls.is_empty()
        })
        .collect()
}

/// The user says no, and what the assistant asked leave for is done all the same.
pub(super) fn no_overruled(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let calls = |turn: &usize| dialogue.turns.get(turn + 1).is_some_and(|next| !next.calls.is_empty());
    let all: Vec<usize> = replies(dialogue, "affirm").into_iter().filter(calls).collect();
    let turn = *pick(&all, rng)?;
    let mut out = dialogue.clone();
    out.turns[turn].text = (*pick(&NOES, rng)?).to_string();
    Some(out)
}

/// The user says yes, and the request is dropped all the same.
pub(super) fn yes_dropped(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let turn = *pick(&replies(dialogue, "negate"), rng)?;
    let mut out = dialogue.clone();
    out.turns[turn].text = (*pick(&YESES, rng)?).to_string();
    Some(out)
}
