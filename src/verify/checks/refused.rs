//! ## What it does
//! Where the assistant says that it cannot do something without having tried, no tool that is offered by then may do it, unless a policy
//! forbids it.
//! ## Why it is bad
//! The model would learn to refuse what it can do.
//! ## Example
//! "Sorry, I can't book hotels" with `book_hotel_room` offered.

use super::Check;
use super::intent::serves;
use crate::dialogue::Role;
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::{Scene, item_of};
use crate::verify::sources::ordinals;
use crate::verify::words::Text;

pub(super) struct Refused;

impl Check for Refused {
    fn name(&self) -> &'static str {
        "refused"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for turn in scene.spoken() {
            let Some(user) = turn.checked_sub(1).filter(|before| scene.role(*before) == Some(Role::User)) else { continue };
            if !refuses(&scene.texts[turn]) {
                continue;
            }
            // Who picks from what was offered asks for nothing that is out of reach.
            let offered = scene.calls.iter().any(|made| made.turn < user && made.facts.iter().any(|fact| item_of(&fact.pointer).is_some()));
            if offered && !ordinals(&scene.texts[user]).is_empty() {
                out.add(turn, "the user picks from what was offered, and is refused");
                continue;
            }
            // A policy forbids the tool that was asked for; those that would find things for it are beside the point.
            let goal = scene.dialogue.goals.iter().rfind(|goal| goal.turn <= user).map(|goal| goal.tool.as_str());
            let forbidden = |tool: &Known| super::policy::forbids(scene, user, tool);
            if scene.offered(turn).any(|tool| goal == Some(tool.name()) && forbidden(tool)) {
                continue;
            }
            let may = |tool: &&Known| !forbidden(tool);
            if let Some(tool) = scene.offered(turn).filter(may).find(|tool| serves(&scene.texts[user], tool)) {
                out.add(turn, format!("the request is refused, but `{}` does it", tool.name()));
            }
        }
    }
}

/// Words that decline, rather than tell of a failure.
pub(super) fn refuses(text: &Text) -> bool {
    const DECLINES: [&str; 41] = [
        "missing a tool",
        "lack a tool",
        "have nothing for",
        "nothing i have",
        "none of my tools",
        "don't let me",
        "had the tool",
        "don't see a tool",
        "not among the things",
        "need someone else",
        "don't cover",
        "can't",
        "cannot",
        "can not",
        "unable",
        "not able",
        "don't have",
        "do not have",
        "no tool",
        "not something",
        "isn't something",
        "outside",
        "beyond",
        "not set up",
        "aren't set up",
        "no way to",
        "not equipped",
        "nothing here",
        "nothing that",
        "not possible",
        "out of reach",
        "isn't in my",
        "not in my",
        "doesn't cover",
        "couldn't",
        "won't be able",
        "isn't possible",
        "isn't available to me",
        "wish i could",
        "not one of",
        "can't help",
    ];
    text.low.replace('’', "'").split_whitespace().next().is_some()
        && (text.has_any(&DECLINES) || text.low.contains("can’t") || text.low.contains("don’t have"))
}
