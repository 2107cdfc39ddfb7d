//! ## What it does
//! What the user clearly asks of an offered tool must be somebody's goal: a call, a refusal, a failure or a cancellation has to follow.
//! A goal that was refused or dropped must be refused or dropped in words; a failure may not be told where nothing was tried.
//! ## Why it is bad
//! The assistant would talk as if it had done something, or pass over a request.
//! ## Example
//! "What's the forecast for Friday?" answered with "It will be sunny", without a call.

use super::Check;
use super::intent::{serves, serves_pointed};
use super::refused::refuses;
use crate::catalog::ToolClass;
use crate::dialogue::{Outcome, Role};
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::Scene;
use crate::verify::told::noun_places;
use crate::verify::words::{content, stem};

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

/// Of these, the words by which people tell why they want something as well.
const REASONS: [&str; 12] = [
    "forget",
    "don't",
    "do not",
    "won't",
    "not now",
    "after all",
    "another time",
    "can wait",
    "stop",
    "no longer",
    "not needed",
    "no need",
];

/// Whether a request is refused: at once, or after questions about it.
fn told_off(scene: &Scene, turn: usize) -> bool {
    let mut answers = scene.spoken().filter(|at| *at > turn).map(|at| &scene.texts[at]);
    let decided = answers.find(|text| refuses(text) || !text.raw.contains('?'));
    decided.is_none_or(refuses)
}

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
                Outcome::Refused => told_off(scene, goal.turn),
                Outcome::Cancelled => dropped(scene, goal.turn).is_some(),
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
            if !tried && turn > 0 && scene.role(turn - 1) == Some(Role::User) && ignored(scene, turn) {
                out.add(turn, "the user takes something back, and nothing comes of it");
            }
            if !tried && let Some(noun) = told_of_nothing(scene, turn) {
                out.add(turn, format!("the {noun} is told, but nothing was called"));
            }
        }
    }
}

/// The words before correct what was done, and the answer neither asks nor declines, though nobody dropped the request.
fn ignored(scene: &Scene, turn: usize) -> bool {
    const CORRECTS: [&str; 14] = [
        "actually",
        "scratch that",
        "i meant",
        "make that",
        "make it",
        "wait,",
        "no, sorry",
        "correction",
        "instead",
        "hang on",
        "would be better",
        "i'd rather",
        "one change",
        "wrong, it's",
    ];
    let (said, answer) = (&scene.texts[turn - 1], &scene.texts[turn]);
    let dropped = scene.dialogue.goals.iter().any(|goal| goal.turn < turn && goal.outcome == Outcome::Cancelled);
    let done = scene.calls.iter().any(|made| made.turn < turn);
    done && !dropped
        && said.has_any(&CORRECTS)
        && !said.has_any(&DONE_WITH)
        && !answer.raw.contains('?')
        && !refuses(answer)
        && !scene.dialogue.goals.iter().any(|goal| goal.turn + 1 == turn)
        && scene.question_before(turn - 1).is_none()
}

/// A field that only results have, of which a turn says what it is, though it asks nothing.
fn told_of_nothing<'s>(scene: &'s Scene, turn: usize) -> Option<&'s str> {
    let text = &scene.texts[turn];
    if text.raw.contains('?') || refuses(text) {
        return None;
    }
    let said = |tail: &str| {
        let stop = tail.find(['.', ',', '!']).unwrap_or(tail.len());
        content(&tail[..stop]).iter().all(|stem| scene.users_before(turn).chain([0]).any(|user| scene.texts[user].has_stem(stem)))
    };
    let mut nouns = scene.tools.iter().flat_map(|known| &known.tool.returns.fields).map(|field| field.phrase.noun.as_str());
    nouns.find(|noun| {
        noun_places(text, noun).iter().any(|(span, _)| {
            let before = text.low[..span.start].trim_end();
            let tail = ["is", "are", "comes to"].iter().find_map(|link| text.low[span.end..].strip_prefix(&format!(" {link} ")));
            tail.is_some_and(|tail| !said(tail)) && (before.ends_with("the") || before.is_empty())
        })
    })
}

/// The turn in which the user drops a request: the same, a later one, or the one that makes the next request.
fn dropped(scene: &Scene, asked: usize) -> Option<usize> {
    let next = scene.dialogue.goals.iter().map(|goal| goal.turn).filter(|turn| *turn > asked).min().unwrap_or(usize::MAX);
    let agreed = scene.user_turns().filter(|turn| (asked + 1..next).contains(turn)).any(|turn| agrees(scene, turn));
    let drops = |turn: usize| {
        let text = &scene.texts[turn];
        // Who has just agreed to it takes nothing back with the next request.
        if turn == next && agreed {
            return false;
        }
        // "Cancel the transfer" may be the next request itself.
        let verb = |word: &str| turn == next && scene.tools.iter().any(|tool| tool.sense.verbs.contains(stem(word)));
        // "Anything else?" – "No."
        let else_asked = scene.question_before(turn).is_some_and(|question| question.has_any(&["else", "next"]));
        // "I don't know what to pack" is but the reason for the next request.
        let reason = |phrase: &str| turn == next && REASONS.contains(&phrase);
        (!else_asked && super::confirmed::says_no(scene, turn))
            || DROPS.iter().any(|phrase| text.has(phrase) && !verb(phrase) && !reason(phrase))
    };
    // "Show me my projects. Wait, forget about it." What stands before the request is why it is made.
    let text = &scene.texts[asked];
    let last = text.words.last().map_or(0, |word| word.sentence);
    let long = |sentence: u32| text.words.iter().filter(|word| word.sentence == sentence).count() > 2;
    let end = if long(last) { last } else { last.saturating_sub(1) };
    let later = text.words.iter().find(|word| word.sentence > 0 && word.sentence >= end).map_or(text.raw.len(), |word| word.start);
    let act = |phrase: &str| scene.tools.iter().any(|tool| tool.sense.verbs.contains(stem(phrase)));
    // "Could we come at another time?" and "can you stop it?" ask for something.
    let asking = |at: usize| text.raw[at..].find(['.', '!', '?', '\n']).is_some_and(|end| text.raw[at + end..].starts_with('?'));
    let at_once =
        DROPS.iter().any(|phrase| !act(phrase) && text.find_phrases(phrase).any(|place| place.start >= later && !asking(place.start)));
    let afterwards = || scene.user_turns().filter(|turn| (asked + 1..=next).contains(turn)).find(|turn| drops(*turn));
    if at_once { Some(asked) } else { afterwards() }
}

/// A short yes to a question whether something shall be done.
fn agrees(scene: &Scene, turn: usize) -> bool {
    const LEAVE: [&str; 12] = [
        "right",
        "correct",
        "shall i",
        "should i",
        "all right",
        "ok",
        "okay",
        "go ahead",
        "good to go",
        "do you want me to",
        "would you like me to",
        "proceed",
    ];
    const YES: [&str; 12] =
        ["yes", "yeah", "yep", "yup", "sure", "correct", "exactly", "right", "absolutely", "definitely", "that's", "please"];
    let text = &scene.texts[turn];
    let asked = scene.question_before(turn).is_some_and(|question| question.has_any(&LEAVE));
    let begins = text.words.first().is_some_and(|word| YES.contains(&text.low(word)));
    asked && begins && text.words.len() <= 6 && !super::confirmed::says_no(scene, turn) && !text.has_any(&DROPS)
}

/// A tool that a turn asks for, though no goal and no call are of that turn.
fn passed_over<'s>(scene: &Scene<'s>, turn: usize) -> Option<&'s str> {
    let text = &scene.texts[turn];
    let goals = &scene.dialogue.goals;
    let served = goals.iter().any(|goal| goal.turn == turn)
        || scene.calls.iter().any(|made| made.user == turn || (scene.opening(made) <= turn && turn <= made.user));
    // What is said about a request until it is dropped belongs to it.
    let mut cancelled = goals.iter().filter(|goal| goal.turn <= turn && goal.outcome == Outcome::Cancelled);
    let dropped = cancelled.any(|goal| text.has_any(&DROPS) || dropped(scene, goal.turn).is_some_and(|end| turn <= end));
    let parting = text.has_any(&DONE_WITH) || scene.role(turn + 1) != Some(Role::Assistant);
    if served || dropped || parting || scene.fresh(turn + 1).next().is_some() {
        return None;
    }
    // "And how many open tasks?" opens none.
    const WONDERS: [&str; 9] = ["how many", "how much", "how long", "how far", "what's", "what is", "what are", "when", "where"];
    let opening = text.low.strip_prefix("and ").unwrap_or(&text.low);
    let wonders = text.raw.trim_end().ends_with('?') && WONDERS.iter().any(|start| opening.starts_with(start));
    let tells = |tool: &Known| matches!(tool.tool.phrase.class, ToolClass::Find | ToolClass::Lookup | ToolClass::Compute);
    let mut asked = scene.tools.iter().filter(|tool| serves(text, tool) || serves_pointed(scene, turn, tool));
    asked.find(|tool| !wonders || tells(tool)).map(|tool| tool.tool.name.as_str())
}
