//! Events of the talk: questions and answers, yes and no, what is turned down.

use super::Event;
use crate::dialogue::{Call, Dialogue, Goal, Outcome, Provenance, Role, Turn};
use std::collections::BTreeSet;

pub(super) fn note(dialogue: &Dialogue, events: &mut BTreeSet<Event>) {
    for (at, turn) in dialogue.turns.iter().enumerate() {
        if !turn.adds.is_empty() {
            events.insert(Event::ToolAdded);
        }
        match turn.role {
            Role::User => user(dialogue, at, turn, events),
            Role::Assistant => assistant(dialogue, at, turn, events),
            _ => {}
        }
    }
    for goal in &dialogue.goals {
        said_at_once(dialogue, goal, events);
        if goal.outcome == Outcome::Refused {
            events.insert(refusal(dialogue, goal));
        }
        if refused_first(dialogue, goal) {
            events.insert(Event::PolicyRefusal);
        }
    }
}

fn has(turn: &Turn, act: &str) -> bool {
    turn.acts.iter().any(|one| one == act)
}

fn count(turn: &Turn, act: &str) -> usize {
    turn.acts.iter().filter(|one| *one == act).count()
}

/// The turn of the assistant's that a turn of the user's answers.
fn before(dialogue: &Dialogue, at: usize) -> Option<&Turn> {
    dialogue.turns[..at].iter().rfind(|turn| turn.role == Role::Assistant)
}

fn user(dialogue: &Dialogue, at: usize, turn: &Turn, events: &mut BTreeSet<Event>) {
    let confirming = before(dialogue, at).is_some_and(|turn| has(turn, "confirm"));
    let mut note = |holds: bool, event: Event| {
        if holds {
            events.insert(event);
        }
    };
    note(confirming && has(turn, "affirm"), Event::ConfirmAccepted);
    note(confirming && has(turn, "negate"), Event::ConfirmRefused);
    note(confirming && has(turn, "correct"), Event::ConfirmCorrected);
    if has(turn, "correct") {
        let goal = dialogue.goals.iter().rfind(|goal| goal.turn < at);
        let called = |id: &usize| dialogue.turns[..at].iter().flat_map(|turn| &turn.calls).any(|call| call.id == *id);
        let refused = before(dialogue, at).is_some_and(|turn| has(turn, "refuse"));
        match goal {
            Some(goal) if goal.calls.iter().any(called) => note(true, Event::CorrectedAfter),
            _ => note(!refused, Event::CorrectedBefore),
        }
    }
    if has(turn, "negate_intent") {
        let next = dialogue.turns[at + 1..].iter().find(|turn| turn.role == Role::User);
        note(true, Event::Cancel);
        note(next.is_some_and(|turn| has(turn, "inform_intent")), Event::ChangeOfMind);
    }
    note(has(turn, "request_alternatives"), Event::Alternatives);
    note(has(turn, "inform_open"), Event::AnswerOpen);
    note(has(turn, "chit_chat"), Event::ChitChat);
    note(has(turn, "resume"), Event::TopicReturned);
}

fn assistant(dialogue: &Dialogue, at: usize, turn: &Turn, events: &mut BTreeSet<Event>) {
    let offered = has(turn, "offer") && dialogue.turns[at - 1].role == Role::Tool;
    if offered {
        events.insert(Event::Offer);
    }
    if has(turn, "recall") {
        events.insert(Event::Recall);
    }
    let results = &dialogue.turns[at - 1].results;
    if has(turn, "notify_failure") && !results.is_empty() && results.iter().all(|result| !result.is_error) {
        events.insert(Event::NothingFound);
    }
    if has(turn, "request") && dialogue.turns.get(at + 1).is_some_and(|next| next.role == Role::User && has(next, "inform")) {
        events.insert(Event::Clarification);
        answers(dialogue, at, events);
    }
    if has(turn, "reject") {
        let requested = dialogue.turns[at - 1].role == Role::User && has(&dialogue.turns[at - 1], "inform_intent");
        events.insert(if requested { Event::BeyondTool } else { Event::AnswerWrong });
    }
}

/// What the answer to the question at `at` is like.
fn answers(dialogue: &Dialogue, at: usize, events: &mut BTreeSet<Event>) {
    let asked = count(&dialogue.turns[at], "request");
    let said = |call: &Call| -> Vec<String> {
        let here = |source: &Provenance| matches!(source, Provenance::UserTurn { turn, .. } if *turn == at + 1);
        call.provenance.iter().filter(|(_, source)| source.all().into_iter().any(here)).map(|(pointer, _)| pointer.clone()).collect()
    };
    let again = dialogue.turns.get(at + 2).is_some_and(|turn| has(turn, "request"));
    let most = dialogue.calls().map(|call| said(call).len()).max().unwrap_or(0);
    if again {
        events.insert(if most > 0 && asked > most { Event::AnswerInPart } else { Event::TwoRounds });
    }
    if !again && most > asked {
        events.insert(Event::Volunteered);
    }
}

/// A goal that is done and for which the assistant asked nothing between the request and the call.
fn said_at_once(dialogue: &Dialogue, goal: &Goal, events: &mut BTreeSet<Event>) {
    let Some(last) = goal.calls.last() else { return };
    let Some(made) = dialogue.turns.iter().position(|turn| turn.calls.iter().any(|call| call.id == *last)) else { return };
    let asks = |turn: &Turn| turn.role == Role::Assistant && (has(turn, "request") || has(turn, "reject"));
    if goal.outcome == Outcome::Done && goal.turn < made && !dialogue.turns[goal.turn..made].iter().any(asks) {
        events.insert(Event::AllSaid);
    }
}

/// A goal that is done in the end, and that was turned down as it was asked for first.
fn refused_first(dialogue: &Dialogue, goal: &Goal) -> bool {
    let Some(made) = goal.calls.first().and_then(|id| dialogue.turns.iter().position(|turn| turn.calls.iter().any(|call| call.id == *id)))
    else {
        return false;
    };
    let answer = dialogue.turns.get(goal.turn + 1).filter(|turn| turn.role == Role::Assistant && has(turn, "refuse"));
    goal.outcome == Outcome::Done && goal.turn + 1 < made && answer.is_some()
}

/// Why a goal was turned down.
fn refusal(dialogue: &Dialogue, goal: &Goal) -> Event {
    let near =
        dialogue.turns[goal.turn..].iter().find(|turn| turn.role == Role::Assistant).is_some_and(|turn| has(turn, "refuse_and_offer"));
    if near {
        Event::NearMiss
    } else if goal.tool.is_empty() {
        Event::Irrelevant
    } else if dialogue.offers(&goal.tool, goal.turn) {
        Event::PolicyRefusal
    } else {
        Event::MissingTool
    }
}
