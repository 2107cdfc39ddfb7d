//! ## What it does
//! What the assistant says that it can do, in the same breath as that it cannot do something else, must be what an offered tool does.
//! ## Why it is bad
//! The user would take up an offer that cannot be kept.
//! ## Example
//! "I can't book trains, but I can book a flight for you", without a tool for flights.

use super::Check;
use super::refused::refuses;
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::Scene;
use crate::verify::words::{Text, content, stem};

pub(super) struct Alternative;

/// Words that begin what can be done.
const CAN: [&str; 6] = ["i can", "i could", "can do is", "able to is", "offer is to", "possible is to"];

impl Check for Alternative {
    fn name(&self) -> &'static str {
        "alternative"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for turn in scene.spoken().filter(|turn| scene.fresh(*turn).next().is_none() && refuses(&scene.texts[*turn])) {
            let text = &scene.texts[turn];
            let sentences = text.words.last().map_or(0, |word| word.sentence) + 1;
            for sentence in 0..sentences {
                let mut words = text.words.iter().filter(|word| word.sentence == sentence);
                let Some(first) = words.next() else { continue };
                let raw = &text.raw[first.start..words.next_back().map_or(first.end, |last| last.end)];
                let part = Text::new(raw);
                if !part.has_any(&CAN) || refuses(&part) || part.has_any(&["help", "else", "look up what"]) {
                    continue;
                }
                if !scene.offered(turn).any(|tool| speaks_of(&part, tool)) {
                    out.add(turn, format!("\"{raw}\" is what no offered tool does"));
                }
            }
        }
    }
}

/// The sentence has the tool's verb and its object.
fn speaks_of(text: &Text, tool: &Known) -> bool {
    let has = |stem: &str| text.stems().any(|one| one == stem);
    let phrase = &tool.tool.phrase;
    let object = |words: &str| content(words).iter().all(|stem| has(stem));
    // The tool's own verb: a synonym may be the verb of another tool. What the user sees, the assistant shows.
    let verb = stem(&phrase.verb.to_lowercase()).to_string();
    let shows = ["see", "view", "read", "list", "show", "display"].contains(&phrase.verb.as_str()) && has("show");
    let verb = shows || has(&verb);
    verb && !phrase.object.is_empty() && (object(&phrase.object) || (!phrase.object_plural.is_empty() && object(&phrase.object_plural)))
}
