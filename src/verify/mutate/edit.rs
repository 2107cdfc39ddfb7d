//! Taking a dialogue apart and putting it together again: turns in and out, calls renumbered.

use crate::dialogue::{Call, Dialogue, Mistake, Provenance, Role, Turn, leaves};
use crate::seed::Rng;
use rand::RngExt;
use serde_json::Value;

/// Where an argument stands: turn, call in the turn, pointer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub turn: usize,
    pub call: usize,
    pub pointer: String,
}

/// The arguments for which `wanted` holds.
pub(super) fn places(dialogue: &Dialogue, wanted: impl Fn(&Call, &str, &Value, &Provenance) -> bool) -> Vec<Place> {
    let mut out = Vec::new();
    for (turn, said) in dialogue.turns.iter().enumerate() {
        for (at, call) in said.calls.iter().enumerate() {
            for (pointer, value) in leaves(&call.arguments) {
                if call.provenance.get(&pointer).is_some_and(|source| wanted(call, &pointer, value, source)) {
                    out.push(Place { turn, call: at, pointer });
                }
            }
        }
    }
    out
}

pub(super) fn pick<'a, T>(items: &'a [T], rng: &mut Rng) -> Option<&'a T> {
    (!items.is_empty()).then(|| &items[rng.random_range(0..items.len())])
}

impl Place {
    pub(super) fn of<'d>(&self, dialogue: &'d Dialogue) -> &'d Call {
        &dialogue.turns[self.turn].calls[self.call]
    }

    pub(super) fn of_mut<'d>(&self, dialogue: &'d mut Dialogue) -> &'d mut Call {
        &mut dialogue.turns[self.turn].calls[self.call]
    }

    pub(super) fn value<'d>(&self, dialogue: &'d Dialogue) -> &'d Value {
        self.of(dialogue).arguments.pointer(&self.pointer).unwrap_or(&Value::Null)
    }

    pub(super) fn set(&self, dialogue: &mut Dialogue, value: Value) {
        if let Some(slot) = self.of_mut(dialogue).arguments.pointer_mut(&self.pointer) {
            *slot = value;
        }
    }

    pub(super) fn set_source(&self, dialogue: &mut Dialogue, source: Provenance) {
        self.of_mut(dialogue).provenance.insert(self.pointer.clone(), source);
    }
}

/// A number that no call has: a source that leads there is lost.
pub(super) const LOST: usize = 9999;

/// Gives calls their running numbers after turns were moved, put in or taken out; sources and goals follow. `turn_of` maps old turn
/// numbers to new ones.
pub(super) fn renumber(dialogue: &mut Dialogue, turn_of: impl Fn(usize) -> Option<usize>) {
    let old: Vec<usize> = dialogue.turns.iter().flat_map(|turn| &turn.calls).map(|call| call.id).collect();
    // A copy of a call stands behind the first one of its number.
    let call_of = |id: usize| old.iter().position(|one| *one == id).unwrap_or(LOST);
    let mut next = 0;
    let mut pending: Vec<usize> = Vec::new();
    for turn in &mut dialogue.turns {
        if !turn.calls.is_empty() {
            pending.clear();
        }
        for call in &mut turn.calls {
            call.id = next;
            pending.push(next);
            next += 1;
            if let Some(Mistake::WrongArgument { repaired_by, .. } | Mistake::WrongTool { repaired_by }) = &mut call.mistake {
                *repaired_by = call_of(*repaired_by);
            }
            for source in call.provenance.values_mut() {
                moved(source, &call_of, &turn_of);
            }
        }
        for (result, id) in turn.results.iter_mut().zip(&pending) {
            result.call = *id;
        }
    }
    for goal in &mut dialogue.goals {
        goal.turn = turn_of(goal.turn).unwrap_or(LOST);
        let calls = std::mem::take(&mut goal.calls);
        goal.calls = calls.into_iter().map(call_of).filter(|call| *call != LOST).collect();
    }
}

/// A source, and what it follows from, in the new numbers.
fn moved(source: &mut Provenance, call_of: &impl Fn(usize) -> usize, turn_of: &impl Fn(usize) -> Option<usize>) {
    match source {
        Provenance::ToolResult { call, .. } => *call = call_of(*call),
        Provenance::UserTurn { turn, .. } | Provenance::AssistantOffer { turn, .. } => *turn = turn_of(*turn).unwrap_or(LOST),
        Provenance::Derived { inputs, .. } => inputs.iter_mut().for_each(|input| moved(input, call_of, turn_of)),
        Provenance::Context { .. } | Provenance::Default { .. } => {}
    }
}

/// Puts turns in before `at`.
pub(super) fn insert(dialogue: &mut Dialogue, at: usize, turns: Vec<Turn>) {
    let count = turns.len();
    dialogue.turns.splice(at..at, turns);
    renumber(dialogue, |turn| Some(if turn >= at { turn + count } else { turn }));
}

/// Takes `count` turns out from `at`.
pub(super) fn remove(dialogue: &mut Dialogue, at: usize, count: usize) {
    dialogue.turns.drain(at..at + count);
    renumber(dialogue, |turn| match turn {
        turn if turn < at => Some(turn),
        turn if turn < at + count => None,
        turn => Some(turn - count),
    });
}

pub(super) fn says(role: Role, text: impl Into<String>) -> Turn {
    Turn { role, text: text.into(), calls: Vec::new(), results: Vec::new(), acts: Vec::new(), loss: true, adds: Vec::new() }
}

/// Turns that call.
pub(super) fn calling(dialogue: &Dialogue) -> Vec<usize> {
    (0..dialogue.turns.len())
        .filter(|at| !dialogue.turns[*at].calls.is_empty() && dialogue.turns.get(at + 1).is_some_and(|next| next.role == Role::Tool))
        .collect()
}

/// The first assistant's words after a turn, when no user speaks before.
pub(super) fn answer_to(dialogue: &Dialogue, turn: usize) -> Option<usize> {
    let next = (turn + 1..dialogue.turns.len())
        .find(|at| !matches!(dialogue.turns[*at].role, Role::Tool) && dialogue.turns[*at].calls.is_empty())?;
    (dialogue.turns[next].role == Role::Assistant).then_some(next)
}

/// The last user turn before a turn.
pub(super) fn user_before(dialogue: &Dialogue, turn: usize) -> Option<usize> {
    (0..turn).rev().find(|at| dialogue.turns[*at].role == Role::User)
}

/// Assistant's words that tell of results: turn, and the calls made since the user spoke.
pub(super) fn tellings(dialogue: &Dialogue) -> Vec<(usize, Vec<usize>)> {
    let mut out = Vec::new();
    let mut fresh: Vec<usize> = Vec::new();
    for (at, turn) in dialogue.turns.iter().enumerate() {
        match turn.role {
            Role::User => fresh.clear(),
            // Nothing is told of a call that was made by mistake.
            Role::Assistant if !turn.calls.is_empty() => {
                fresh.extend(turn.calls.iter().filter(|call| call.mistake.is_none()).map(|call| call.id))
            }
            Role::Assistant if !fresh.is_empty() => out.push((at, fresh.clone())),
            _ => {}
        }
    }
    out
}

/// Takes a leaf out of an object.
pub(super) fn cut(target: &mut Value, pointer: &str) -> bool {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return false };
    match target.pointer_mut(parent) {
        Some(Value::Object(map)) => map.shift_remove(&key.replace("~1", "/").replace("~0", "~")).is_some(),
        Some(Value::Array(items)) => match key.parse::<usize>() {
            // Only the last item, so that the others keep their places.
            Ok(index) if index + 1 == items.len() && index > 0 => {
                items.pop();
                true
            }
            _ => false,
        },
        _ => false,
    }
}
