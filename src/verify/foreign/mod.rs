//! What can be proven of a conversation that others made, which says neither where its arguments come from nor what was wanted.
//!
//! [`annotate`] tells what can be told and writes it into the record: which results are errors, what day it is, where each argument may
//! come from.

mod judge;
mod outcome;
mod stated;
mod trace;

pub use judge::{Judge, RULES};
pub use trace::{Origin, Traced, trace};

use crate::dialogue::{Dialogue, Role};
use crate::value::{self, Hints, SayContext, SemType};

/// Completes the record of a foreign conversation, and gives the source of every argument of every call, in order.
pub fn annotate(dialogue: &mut Dialogue) -> Vec<Vec<Traced>> {
    outcome::mark_errors(dialogue);
    if dialogue.context.today.is_empty() {
        dialogue.context.today = today(dialogue).unwrap_or_default();
    }
    mark_questions(dialogue);
    let traced = trace(dialogue);
    let mut calls = traced.iter();
    for call in dialogue.turns.iter_mut().flat_map(|turn| &mut turn.calls) {
        for one in calls.next().into_iter().flatten() {
            if let Some(source) = one.origin.provenance() {
                call.provenance.insert(one.pointer.clone(), source);
            }
        }
    }
    traced
}

/// The day that a text says it is: "Today is 2021-09-27", "Current date: May 3, 2024".
fn today(dialogue: &Dialogue) -> Option<String> {
    const CUES: [&str; 6] = ["today is", "today's date", "current date", "current time", "the date is", "it is currently"];
    let nowhere = SayContext { today: jiff::civil::Date::ZERO };
    dialogue.turns.iter().filter(|turn| matches!(turn.role, Role::System | Role::User)).find_map(|turn| {
        let low = turn.text.to_ascii_lowercase();
        let at = CUES.iter().filter_map(|cue| low.find(cue)).min()?;
        let mut end = (at + 80).min(turn.text.len());
        while !turn.text.is_char_boundary(end) {
            end += 1;
        }
        let readings = value::read(&turn.text[at..end], SemType::Date, Hints::default(), &nowhere);
        readings.first().and_then(|reading| reading.value.as_str().map(str::to_string))
    })
}

/// A question before any call that a call follows later was asked for something that was missing.
fn mark_questions(dialogue: &mut Dialogue) {
    let mut called = false;
    for at in 0..dialogue.turns.len() {
        let turn = &dialogue.turns[at];
        match turn.role {
            Role::User => called = false,
            Role::Assistant if !turn.calls.is_empty() => called = true,
            Role::Assistant => {
                let later = dialogue.turns[at + 1..].iter().any(|later| !later.calls.is_empty());
                if !called && later && turn.acts.is_empty() && turn.text.contains('?') {
                    dialogue.turns[at].acts.push("request".into());
                }
            }
            _ => {}
        }
    }
}
