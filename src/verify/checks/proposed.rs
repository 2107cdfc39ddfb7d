//! ## What it does
//! A value of the assistant's own may only be used where the user left it to the assistant: the words before the proposal must say so.
//! ## Why it is bad
//! The assistant puts its own choice in place of the user's wish.
//! ## Example
//! "On Friday, please." – "How about Saturday?" – and Saturday is booked as the assistant's offer.

use super::Check;
use crate::dialogue::Provenance;
use crate::verify::Findings;
use crate::verify::scene::Scene;

pub(super) struct Proposed;

/// Words by which a choice is left to somebody else.
const OPEN: [&str; 26] = [
    "don't mind",
    "doesn't matter",
    "don't care",
    "up to you",
    "you choose",
    "you pick",
    "you decide",
    "you can choose",
    "to you",
    "your choice",
    "no preference",
    "whatever",
    "whenever",
    "anything",
    "any",
    "either",
    "not fussy",
    "all the same",
    "surprise me",
    "flexible",
    "would you suggest",
    "do you suggest",
    "not sure",
    "don't have",
    "easy about",
    "just pick",
];

impl Check for Proposed {
    fn name(&self) -> &'static str {
        "proposed"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for made in &scene.calls {
            for arg in &made.args {
                let Some(Provenance::AssistantOffer { turn, .. }) = arg.source else { continue };
                let left = scene.users_before(*turn).next().is_some_and(|user| scene.texts[user].has_any(&OPEN));
                if !left {
                    out.add(*turn, format!("{} of call {} is proposed, though nobody left it open", arg.pointer, made.call.id));
                }
            }
        }
    }
}
