//! ## What it does
//! Compares the user's request with every offered tool that would accept the same arguments; the called one must fit the words best.
//! Calls that only feed a later call of the same turn are excused: nobody asks for them by name.
//! ## Why it is bad
//! The right arguments in the wrong tool do the wrong thing.
//! ## Example
//! "Cancel my booking" answered with `get_booking`, which takes the same id.

use super::Check;
use crate::catalog::ToolClass;
use crate::dialogue::Provenance;
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::{Made, Scene};
use crate::verify::words::{Text, empty};
use rustc_hash::FxHashSet;

pub(super) struct Intent;

impl Check for Intent {
    fn name(&self) -> &'static str {
        "intent"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for made in scene.calls.iter().filter(|made| !made.misdirected()) {
            let Some(own) = made.known.filter(|_| !feeds(scene, made)) else { continue };
            // The other requests of the same breath are answered by their own calls.
            let called =
                |name: &str| scene.calls.iter().any(|other| other.user == made.user && other.call.tool == name && !other.misdirected());
            let rivals: Vec<&Known> = scene
                .offered(made.turn)
                .filter(|rival| !called(rival.name()) && rival.parameters.is_some() && rival.accepts(&made.call.arguments))
                .collect();
            if rivals.is_empty() {
                continue;
            }
            let asked = request(scene, made);
            let mine = fit(scene, &asked, own);
            for rival in rivals {
                let other = fit(scene, &asked, rival);
                if other > mine * 1.25 + 0.8 {
                    out.add(
                        made.turn,
                        format!("the user's words fit `{}` better than `{}` ({other:.1} to {mine:.1})", rival.name(), own.name()),
                    );
                    break;
                }
            }
        }
    }
}

/// Whether a later call of the same turn builds on the result.
pub(super) fn feeds(scene: &Scene, made: &Made) -> bool {
    scene
        .calls
        .iter()
        .filter(|later| later.user == made.user && later.turn > made.turn)
        .flat_map(|later| &later.args)
        .any(|arg| arg.source.and_then(Provenance::result).is_some_and(|(call, _)| call == made.call.id))
}

/// The stems of the user's turns from the request that the call serves.
fn request<'s>(scene: &'s Scene, made: &Made) -> FxHashSet<&'s str> {
    let from = scene.opening(made);
    let turns = scene.users_before(made.turn).take_while(move |turn| *turn >= from);
    turns.flat_map(|turn| scene.texts[turn].stems()).collect()
}

/// How well words fit a tool: rare words among the offered tools count more, verb and object most.
pub(super) fn fit(scene: &Scene, asked: &FxHashSet<&str>, tool: &Known) -> f32 {
    let mut points = 0.0;
    let mut verb = false;
    for stem in asked {
        if tool.sense.verbs.contains(*stem) && !verb {
            // Synonyms are shared by many tools.
            let rivals = scene.tools.iter().filter(|other| other.sense.verbs.contains(*stem)).count();
            points += 1.2 * rarity(scene, rivals);
            verb = true;
        }
        if empty(stem) {
            continue;
        }
        let weight = if tool.sense.strong.contains(*stem) {
            1.5
        } else if tool.sense.description.contains(*stem) {
            0.6
        } else {
            continue;
        };
        let rivals =
            scene.tools.iter().filter(|other| other.sense.strong.contains(*stem) || other.sense.description.contains(*stem)).count();
        points += weight * rarity(scene, rivals);
    }
    points
}

fn rarity(scene: &Scene, having: usize) -> f32 {
    (1.0 + scene.tools.len() as f32 / having.max(1) as f32).ln()
}

/// Nouns that name nothing by themselves.
const VAGUE: [&str; 16] = [
    "detail",
    "information",
    "info",
    "status",
    "list",
    "item",
    "result",
    "record",
    "data",
    "summar",
    "thing",
    "option",
    "entr",
    "number",
    "it",
    "",
];

/// Whether words clearly ask for what a tool does: by its verb or a synonym with its object, by one of its questions, or by its verb with
/// an identifier of the kind that it takes.
pub(super) fn serves(text: &Text, tool: &Known) -> bool {
    let sense = &tool.sense;
    let asked = |(phrase, stems): &(String, Vec<String>)| {
        (phrase.contains(' ') && text.has(phrase)) || (stems.len() >= 2 && stems.iter().all(|stem| text.stems().any(|one| one == stem)))
    };
    if sense.asks.iter().any(asked) {
        return true;
    }
    let verb = text.stems().any(|stem| sense.verbs.contains(stem));
    let head = text.stems().any(|stem| stem == sense.head);
    if verb && text.has_any(&["it", "that one", "this one", "them", "those"]) && !tool.ids.is_empty() {
        return true;
    }
    let vague = VAGUE.contains(&sense.head.as_str());
    let looks = matches!(tool.tool.phrase.class, ToolClass::Find | ToolClass::Lookup);
    if looks && head && !vague && text.has_any(&LOOKING) {
        return true;
    }
    let more = || text.stems().any(|stem| stem != sense.head && !sense.verbs.contains(stem) && !empty(stem) && sense.strong.contains(stem));
    if verb && ((head && !vague) || (vague && more() && (head || sense.object.is_empty()))) {
        return true;
    }
    (verb || head) && (head || more()) && takes_id(text, tool)
}

/// Words of somebody who wants to be shown something, whatever the verb.
const LOOKING: [&str; 10] = ["any", "what", "which", "are there", "is there", "looking for", "find", "show", "see", "list"];

/// The text has an identifier that the tool takes.
fn takes_id(text: &Text, tool: &Known) -> bool {
    let mut tokens = text
        .raw
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '?' | '!' | '"' | ';' | '(' | ')'))
        .map(|token| token.trim_end_matches('.'));
    !tool.ids.is_empty()
        && tokens.any(|token| token.len() > 3 && token.bytes().any(|b| b.is_ascii_digit()) && tool.ids.iter().any(|id| id.is_match(token)))
}
