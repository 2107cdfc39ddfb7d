//! ## What it does
//! Where the assistant says that it cannot do something without having tried, no tool that is offered by then may do it, unless a policy
//! forbids it and the assistant says so.
//! ## Why it is bad
//! The model would learn to refuse what it can do.
//! ## Example
//! "Sorry, I can't book hotels" with `book_hotel_room` offered.

use super::Check;
use super::intent::{serves, serves_pointed, verb_at};
use super::policy::{cited, forbids};
use super::selected::is_date;
use crate::dialogue::Role;
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::{Made, Scene, item_of};
use crate::verify::sources::ordinals;
use crate::verify::words::{Text, Word, everyday};
use serde_json::Value;

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
            let picks = ordinals(&scene.texts[user]).iter().any(|(span, _)| !is_date(scene, user, span));
            if offered && picks {
                out.add(turn, "the user picks from what was offered, and is refused");
                continue;
            }
            let asked = |tool: &Known| {
                serves(&scene.texts[user], tool)
                    || serves_pointed(scene, user, tool)
                    || serves_item(scene, user, tool)
                    || serves_all(scene, user, tool)
            };
            // A policy forbids the tool that was asked for; those that would find things for it are beside the point.
            let goal = scene.dialogue.goals.iter().rfind(|goal| goal.turn <= user).map(|goal| goal.tool.as_str());
            if let Some(policy) = scene.offered(turn).filter(|tool| goal == Some(tool.name())).find_map(|tool| forbids(scene, user, tool)) {
                if !cited(scene, turn, policy) {
                    out.add(turn, format!("the request is refused without {policy:?}, which forbids it"));
                }
                continue;
            }
            let wrong = scene.offered(turn).filter(|tool| asked(tool)).find(|tool| {
                // What is forbidden is refused with the reason.
                forbids(scene, user, tool).is_none_or(|policy| !cited(scene, turn, policy))
            });
            if let Some(tool) = wrong {
                out.add(turn, format!("the request is refused, but `{}` does it", tool.name()));
            }
        }
    }
}

/// "Look up all of them", when a list was told whose items have what the tool takes.
fn serves_all(scene: &Scene, user: usize, tool: &Known) -> bool {
    let text = &scene.texts[user];
    let verb = verb_at(text, tool);
    let all = ["all of them", "each of them", "every one of them", "all of those", "each of those", "both of them", "them all"];
    let last = scene.calls.iter().rfind(|made| made.turn < user && !made.failed());
    let takes = |made: &Made| {
        made.facts.iter().any(|fact| {
            let name = fact.pointer.rsplit('/').next();
            item_of(&fact.pointer).is_some() && tool.tool.parameters.iter().any(|leaf| Some(leaf.name.as_str()) == name)
        })
    };
    verb.is_some()
        && all.iter().any(|phrase| text.find_phrases(phrase).any(|at| Some(text.word_at(at.start)) > verb))
        && last.is_some_and(takes)
}

/// Words with which begins what a thing is known by.
const DESCRIBES: [&str; 8] = ["about", "from", "in", "at", "with", "by", "for", "on"];

/// The tool's verb is said of one particular thing: an item of an earlier result with an identifier that the tool takes, or a name and
/// nothing else ("cancel Pension Walker").
fn serves_item(scene: &Scene, user: usize, tool: &Known) -> bool {
    let text = &scene.texts[user];
    let Some(verb) = verb_at(text, tool).filter(|_| !tool.ids.is_empty()) else { return false };
    let takes = |value: &Value| value.as_str().is_some_and(|said| tool.ids.iter().any(|id| id.is_match(said)));
    let earlier = scene.calls.iter().filter(|made| made.turn < user && !made.failed());
    let item = earlier.flat_map(|made| made.facts.iter().map(move |fact| (made, fact))).any(|(made, fact)| {
        let Some(item) = item_of(&fact.pointer).filter(|_| fact.value.is_string() && !takes(fact.value)) else { return false };
        let taken = || made.facts.iter().any(|other| item_of(&other.pointer) == Some(item) && takes(other.value));
        let said = || scene.find(user, fact.value, made.field(fact));
        taken() && said().iter().any(|place| text.word_at(place.start) > verb)
    });
    item || only_named(text, verb, tool)
}

/// Behind the verb stand a name, written with capitals, and everyday words or what the thing is about ("about the new website", "in Quebec
/// City"); and neither says what kind of thing it is.
fn only_named(text: &Text, verb: usize, tool: &Known) -> bool {
    if text.low(&text.words[verb]) != tool.tool.phrase.verb.to_lowercase() {
        return false;
    }
    let mut behind = text.words[verb + 1..].iter().take_while(|word| word.sentence == text.words[verb].sentence).peekable();
    while behind.next_if(|word| matches!(text.low(word), "the" | "my" | "our" | "for" | "me")).is_some() {}
    let mut name = 0;
    while behind.next_if(|word| word.capital && !word.opens_sentence).is_some() {
        name += 1;
    }
    let plain = |word: &Word| word.digit || word.capital || everyday(text.stem(word));
    // The rest of a title that begins with a capital.
    while name > 0 && behind.next_if(|word| !plain(word) && !DESCRIBES.contains(&text.low(word))).is_some() {
        name += 1;
    }
    let described = behind.peek().is_some_and(|word| DESCRIBES.contains(&text.low(word)));
    name > 0 && (described || behind.all(plain))
}

/// Words that decline, rather than tell of a failure.
pub(super) fn refuses(text: &Text) -> bool {
    const DECLINES: [&str; 43] = [
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
        "beyond what",
        "beyond my",
        "beyond the",
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
    // What is quoted is somebody else's.
    let spoken: String = text.raw.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let text = &Text::new(&spoken);
    text.low.replace('’', "'").split_whitespace().next().is_some()
        && (text.has_any(&DECLINES) || text.low.contains("can’t") || text.low.contains("don’t have"))
}
