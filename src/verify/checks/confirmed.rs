//! ## What it does
//! After the user has said no to a question, nothing may be done on the strength of it: a call that follows must take something from
//! that very answer (another value, another pick) or serve a request that it makes.
//! ## Why it is bad
//! The assistant asks for leave and then does not listen.
//! ## Example
//! "Shall I cancel your booking?" – "No, leave it." – and the booking is cancelled.

use super::Check;
use crate::dialogue::Provenance;
use crate::verify::Findings;
use crate::verify::scene::Scene;

pub(super) struct Confirmed;

/// First words of a no.
const NO: [&str; 9] = ["no", "nope", "nah", "not", "don't", "never", "stop", "nearly", "almost"];
/// Other words of a no, wherever they stand.
const DECLINES: [&str; 16] = [
    "rather not",
    "forget it",
    "forget about",
    "never mind",
    "let's not",
    "leave it",
    "leave that",
    "don't do",
    "please don't",
    "hold off",
    "changed my mind",
    "decided against",
    "not now",
    "not yet",
    "actually no",
    "second thoughts",
];

impl Check for Confirmed {
    fn name(&self) -> &'static str {
        "confirmed"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for turn in scene.user_turns().filter(|turn| says_no(scene, *turn)) {
            let mut calls = scene.calls.iter().filter(|made| made.user == turn).peekable();
            let Some(first) = calls.peek().map(|made| made.turn) else { continue };
            let opens = scene.dialogue.goals.iter().any(|goal| goal.turn == turn);
            let said = |source: &Provenance| matches!(source, Provenance::UserTurn { turn: said, .. } if *said == turn);
            let heard = calls.flat_map(|made| &made.args).filter_map(|arg| arg.source).flat_map(Provenance::all).any(said);
            if !opens && !heard {
                out.add(first, format!("the user says no in turn {turn}, and it is done all the same"));
            }
        }
    }
}

/// The turn answers a question with a no.
pub(super) fn says_no(scene: &Scene, turn: usize) -> bool {
    if scene.question_before(turn).is_none() {
        return false;
    }
    let text = &scene.texts[turn];
    // "Hmm, no", "Sorry, no".
    let opening = text.words.iter().take(3).map(|word| text.low(word));
    let mut leads = opening.skip_while(|word| matches!(*word, "hmm" | "oh" | "ah" | "sorry" | "actually" | "wait" | "well" | "um"));
    leads.next().is_some_and(|word| NO.contains(&word)) || text.has_any(&DECLINES)
}
