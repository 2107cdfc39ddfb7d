//! Mutations of situations: what is taken back, asked for once more, cannot be done, or asks for nothing.

use super::edit::{LOST, calling, insert, pick};
use super::values::{other, told};
use crate::dialogue::{Dialogue, Event, Outcome, Role, Turn, events};
use crate::seed::Rng;
use serde_json::Value;

/// What people say that takes nothing back.
const NEUTRAL: [&str; 6] = ["I see.", "All right.", "Good to know.", "OK, good.", "Interesting.", "Fine by me."];

const PROMISES: [&str; 8] = [
    "Done, that's taken care of.",
    "Sure, I've done that for you.",
    "No problem, it's all set.",
    "Consider it done.",
    "I've just seen to it.",
    "That worked, everything is ready.",
    "All right, I've put that through for you.",
    "It's done. You'll get a message about it soon.",
];

const FINDINGS: [&str; 6] = [
    "I found 3 that fit.",
    "There are two of them.",
    "Good news: I found four options for you.",
    "Here are 5 results.",
    "I see 2 that would do.",
    "There's one that fits perfectly.",
];

fn having(dialogue: &Dialogue, role: Role, act: &str) -> Vec<usize> {
    let has = |turn: &Turn| turn.role == role && turn.acts.iter().any(|one| one == act);
    (1..dialogue.turns.len()).filter(|at| has(&dialogue.turns[*at])).collect()
}

fn retold(dialogue: &Dialogue, turn: usize, text: String) -> Option<Dialogue> {
    let mut out = dialogue.clone();
    out.turns[turn].text = text;
    (out.turns[turn].text != dialogue.turns[turn].text).then_some(out)
}

/// Nobody takes the request back, and it is dropped all the same.
pub(super) fn cancel_unsaid(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let turn = *pick(&having(dialogue, Role::User, "negate_intent"), rng)?;
    let text = &dialogue.turns[turn].text;
    if dialogue.turns[turn].acts.len() == 1 {
        return retold(dialogue, turn, (*pick(&NEUTRAL, rng)?).to_string());
    }
    // The request stands before what takes it back.
    let end = text.find(". ").into_iter().chain(text.find("? ")).min()?;
    retold(dialogue, turn, text[..=end].to_string())
}

/// The user asks what else there is, and hears the same again.
pub(super) fn alternatives_repeated(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let asked = *pick(&having(dialogue, Role::User, "request_alternatives"), rng)?;
    let next = dialogue.turns.get(asked + 1).filter(|turn| turn.role == Role::Assistant && turn.calls.is_empty())?;
    let first = &dialogue.turns[asked - 1];
    (first.role == Role::Assistant && first.text != next.text).then(|| retold(dialogue, asked + 1, first.text.clone()))?
}

/// What no offered tool does is said to be done.
pub(super) fn impossible_promised(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let refused = |goal: &&crate::dialogue::Goal| goal.outcome == Outcome::Refused && !dialogue.offers(&goal.tool, goal.turn);
    let goals: Vec<usize> = dialogue.goals.iter().filter(refused).map(|goal| goal.turn).collect();
    let turn = pick(&goals, rng)? + 1;
    let answer = dialogue.turns.get(turn).filter(|turn| turn.role == Role::Assistant && turn.calls.is_empty());
    answer.and_then(|_| retold(dialogue, turn, (*pick(&PROMISES, rng)?).to_string()))
}

/// Small talk is answered with a call, before the words.
pub(super) fn small_talk_acted(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let turn = *pick(&having(dialogue, Role::User, "chit_chat"), rng)?;
    // Words that ask for something beside may lead to a call.
    if dialogue.turns[turn].acts.len() > 1 {
        return None;
    }
    let made = *pick(&calling(dialogue), rng)?;
    let (mut calls, mut results) = (dialogue.turns[made].clone(), dialogue.turns[made + 1].clone());
    calls.calls.truncate(1);
    results.results.truncate(1);
    calls.calls[0].id = LOST - 1;
    results.results.first_mut()?.call = LOST - 1;
    let mut out = dialogue.clone();
    insert(&mut out, turn + 1, vec![calls, results]);
    Some(out)
}

/// A search found nothing, and something is said to be found.
pub(super) fn empty_told_as_found(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    if !events(dialogue).contains(&Event::NothingFound) {
        return None;
    }
    let empty = |at: &usize| {
        let results = &dialogue.turns[at - 1].results;
        !results.is_empty() && results.iter().all(|result| !result.is_error)
    };
    let turns: Vec<usize> = having(dialogue, Role::Assistant, "notify_failure").into_iter().filter(empty).collect();
    retold(dialogue, *pick(&turns, rng)?, (*pick(&FINDINGS, rng)?).to_string())
}

/// A question about an earlier result is answered with something else than what it says.
pub(super) fn recall_changed(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let turn = *pick(&having(dialogue, Role::Assistant, "recall"), rng)?;
    let before: Vec<usize> = dialogue.turns[..turn].iter().flat_map(|turn| &turn.calls).map(|call| call.id).collect();
    let facts = told(dialogue, turn, &before);
    let fact = pick(&facts, rng)?;
    let words = dialogue.turns[turn].text.get(fact.span.clone())?;
    let new = match &fact.value {
        Value::String(_) => other(dialogue, &Value::String(words.to_string()), None, rng)?.as_str()?.to_string(),
        _ => {
            let digit = words.find(|c: char| c.is_ascii_digit())?;
            let old = words.as_bytes()[digit] - b'0';
            format!("{}{}{}", &words[..digit], old % 9 + 1, &words[digit + 1..])
        }
    };
    let mut out = dialogue.clone();
    out.turns[turn].text.replace_range(fact.span.clone(), &new);
    // What was said or found before would be as well founded.
    let low = new.to_lowercase();
    let earlier = &dialogue.turns[..turn];
    let founded = earlier.iter().any(|said| {
        said.text.to_lowercase().contains(&low) || said.results.iter().any(|result| result.value.to_string().to_lowercase().contains(&low))
    });
    (!founded).then_some(out)
}
