//! Faults of asking: a call where a question was due, a question where none was, and a request that is turned down for nothing.

use super::draft::Draft;
use super::lines::{line, of_tool};
use super::stage::{Stage, depends_on_later, pick};
use super::values::{draw, name, set, shown};
use crate::dialogue::{Call, Outcome, Provenance, Role, Span, leaves};
use crate::seed::Rng;

/// The call that a question makes possible is made in place of the question, with made-up values for what the answers would give.
pub(super) fn skipped(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let dialogue = stage.dialogue;
    let mut places: Vec<(usize, &Call)> = Vec::new();
    for turn in stage.spoken().filter(|turn| dialogue.turns[*turn].text.contains('?') && stage.before(*turn) == Some(Role::User)) {
        let made = dialogue.turns[..turn].iter().map(|one| one.calls.len()).sum();
        // The request must be there already, and the call the next thing that is done.
        let next = dialogue.turns[turn..].iter().find(|one| !one.calls.is_empty());
        for call in next.into_iter().flat_map(|one| &one.calls).filter(|call| call.id == made && call.mistake.is_none()) {
            let asked = dialogue.goals.iter().any(|goal| goal.turn < turn && goal.calls.contains(&call.id));
            let late = call.provenance.values().any(|source| depends_on_later(source, turn, usize::MAX));
            if asked && late && !call.provenance.values().any(|source| depends_on_later(source, usize::MAX, made)) {
                places.push((turn, call));
            }
        }
    }
    let (turn, call) = *pick(&places, rng)?;
    let user = stage.user(turn)?;
    let words = Span { start: 0, end: dialogue.turns[user].text.len() };
    let (mut wrong, mut invented) = (call.clone(), Vec::new());
    for (pointer, value) in leaves(&call.arguments) {
        if call.provenance.get(&pointer).is_some_and(|source| depends_on_later(source, turn, usize::MAX)) {
            let other = draw(stage, turn, call, &pointer, value, rng)?;
            invented.push(format!("{} = {}", name(&pointer), shown(&other)));
            set(&mut wrong, &pointer, other);
            wrong.provenance.insert(pointer, Provenance::UserTurn { turn: user, span: words });
        }
    }
    let results = dialogue.result(call.id).cloned().into_iter().collect();
    let reason = format!("`{}` is called with {}, which nobody has said yet; it has to be asked for.", call.tool, invented.join(", "));
    Some(Draft::calls(dialogue, turn, vec![wrong], results, stage.goal(call.id), reason))
}

/// The assistant asks for what the user has just said; the user, in the reader's eyes, says it again.
pub(super) fn needless(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let dialogue = stage.dialogue;
    let mut places = Vec::new();
    for made in stage.made().filter(|made| stage.before(made.turn) == Some(Role::User)) {
        for (pointer, source) in &made.call.provenance {
            if let Provenance::UserTurn { turn, span } = source
                && *turn + 1 == made.turn
                && dialogue.goals.iter().any(|goal| goal.turn == *turn && goal.calls.contains(&made.call.id))
                && !made.call.arguments.pointer(pointer).is_some_and(|value| value.is_boolean())
            {
                places.push((made, pointer, *turn, *span));
            }
        }
    }
    let (made, pointer, user, span) = *pick(&places, rng)?;
    let words = dialogue.turns[user].text.get(span.start..span.end)?;
    let parameter = stage.parameter(made.call, pointer).filter(|leaf| !leaf.phrase.silent)?;
    let question = pick(&parameter.phrase.questions, rng).cloned();
    let question = question.or_else(|| line("question", &[("noun", &parameter.phrase.noun)], rng))?;
    let reason = format!("{} is asked for, though the user has just said it: \"{words}\".", name(pointer));
    let turn = made.turn;
    let mut draft = Draft::says(dialogue, turn, question, reason);
    // What the user would answer, and the calls that would follow.
    let answer = Provenance::UserTurn { turn: turn + 1, span: Span { start: 0, end: words.len() } };
    let old = Provenance::UserTurn { turn: user, span };
    let mut calls = dialogue.turns[turn].clone();
    for source in calls.calls.iter_mut().flat_map(|call| call.provenance.values_mut()).filter(|source| **source == old) {
        *source = answer.clone();
    }
    let mut says = dialogue.turns[user].clone();
    (says.text, says.acts) = (format!("{words}."), Vec::new());
    draft.mutant.turns.extend([says, calls]);
    draft.mutant.turns.extend(dialogue.turns.get(turn + 1).cloned());
    let ids: Vec<usize> = dialogue.turns[turn].calls.iter().map(|call| call.id).collect();
    for (goal, own) in draft.mutant.goals.iter_mut().zip(dialogue.goals.iter().filter(|goal| goal.turn < turn)) {
        goal.calls.extend(own.calls.iter().filter(|id| ids.contains(id)));
    }
    draft.shown = draft.mutant.turns.len();
    Some(draft)
}

/// What an offered tool does is turned down.
pub(super) fn refused(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let mut places = Vec::new();
    for turn in stage.turns().filter(|turn| stage.before(*turn) == Some(Role::User)) {
        let served = stage.goals_of(turn - 1).filter(|(_, goal)| goal.outcome == Outcome::Done && stage.dialogue.offers(&goal.tool, turn));
        places.extend(served.map(|(at, goal)| (turn, at, goal)));
    }
    let (turn, at, goal) = *pick(&places, rng)?;
    let text = of_tool("refusal", stage.tool(&goal.tool)?, rng)?;
    let mut draft = Draft::says(stage.dialogue, turn, text, format!("The request is turned down, though `{}` does it.", goal.tool));
    if let Some(goal) = draft.mutant.goals.get_mut(at) {
        // A wrong generator believes that no tool does it.
        goal.outcome = Outcome::Refused;
        goal.tool.clear();
        goal.calls.clear();
    }
    Some(draft)
}
