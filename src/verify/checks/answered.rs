//! ## What it does
//! What the user clearly asks of an offered tool must be somebody's goal: a call, a refusal, a failure or a cancellation has to follow.
//! A goal that was refused or dropped must be refused or dropped in words; a failure may not be told where nothing was tried.
//! ## Why it is bad
//! The assistant would talk as if it had done something, or pass over a request.
//! ## Example
//! "What's the forecast for Friday?" answered with "It will be sunny", without a call.

use super::Check;
use super::intent::serves;
use super::refused::refuses;
use crate::dialogue::{Outcome, Role};
use crate::verify::Findings;
use crate::verify::scene::Scene;

pub(super) struct Answered;

/// Words of a failure that was met, which a plain refusal does not have.
const TRIED: [&str; 12] = [
    "went wrong",
    "didn't go through",
    "did not go through",
    "timed out",
    "no luck",
    "that failed",
    "failed to",
    "not responding",
    "isn't responding",
    "hit a snag",
    "came back empty",
    "ran into",
];
/// Words of somebody who takes leave or says thanks.
const DONE_WITH: [&str; 8] = ["thanks", "thank", "appreciate", "cheers", "bye", "goodbye", "that's all", "grateful"];
/// Words by which a request is dropped.
const DROPS: [&str; 31] = [
    "let's leave",
    "can wait",
    "let's not",
    "second thought",
    "on second",
    "never mind",
    "nevermind",
    "forget",
    "cancel",
    "don't",
    "do not",
    "leave it",
    "leave that",
    "skip",
    "drop",
    "no need",
    "not needed",
    "stop",
    "scrap",
    "scratch",
    "after all",
    "changed my mind",
    "hold off",
    "not now",
    "no longer",
    "another time",
    "do it later",
    "rather not",
    "ignore",
    "won't",
    "decided against",
];

impl Check for Answered {
    fn name(&self) -> &'static str {
        "answered"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for turn in scene.user_turns() {
            if let Some(tool) = passed_over(scene, turn) {
                out.add(turn, format!("`{tool}` is asked for, and nothing comes of it"));
            }
        }
        for goal in &scene.dialogue.goals {
            let told = match goal.outcome {
                Outcome::Refused => scene.spoken().find(|turn| *turn > goal.turn).is_none_or(|turn| refuses(&scene.texts[turn])),
                Outcome::Cancelled => scene
                    .user_turns()
                    .any(|turn| turn >= goal.turn && (scene.texts[turn].has_any(&DROPS) || super::confirmed::says_no(scene, turn))),
                Outcome::Done | Outcome::Failed => true,
            };
            if !told {
                out.add(goal.turn, format!("the goal `{}` is {:?}, but nobody says so", goal.tool, goal.outcome));
            }
        }
        for turn in scene.spoken() {
            let tried = scene.fresh(turn).next().is_some();
            if !tried && scene.texts[turn].has_any(&TRIED) {
                out.add(turn, "a failure is told, but nothing was tried");
            }
        }
    }
}

/// A tool that a turn asks for, though no goal and no call are of that turn.
fn passed_over<'s>(scene: &Scene<'s>, turn: usize) -> Option<&'s str> {
    let text = &scene.texts[turn];
    let goals = &scene.dialogue.goals;
    let served = goals.iter().any(|goal| goal.turn == turn)
        || scene.calls.iter().any(|made| made.user == turn || (scene.opening(made) <= turn && turn <= made.user));
    let dropped = goals.iter().any(|goal| goal.turn < turn && matches!(goal.outcome, Outcome::Cancelled | Outcome::Refused));
    let parting = text.has_any(&DONE_WITH) || scene.role(turn + 1) != Some(Role::Assistant);
    if served || dropped || parting {
        return None;
    }
    scene.tools.iter().find(|tool| serves(text, tool)).map(|tool| tool.tool.name.as_str())
}
