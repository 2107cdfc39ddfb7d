//! Faults of arguments: the right tool, and a value from a wrong place.

use super::draft::Draft;
use super::stage::{Made, Stage, item_of, pick};
use crate::dialogue::{Call, Provenance, leaves};
use crate::seed::Rng;
use rand::seq::SliceRandom;
use serde_json::Value;

/// All values that a call takes from one item of a list are taken from another item of it.
pub(super) fn other_item(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let mut places: Vec<(Made, usize, String, usize)> = Vec::new();
    for made in stage.made() {
        for (from, pointer) in made.call.provenance.values().filter_map(Provenance::result) {
            if let Some((list, item)) = item_of(pointer) {
                places.push((made, from, list.to_string(), item));
            }
        }
    }
    let (made, from, list, item) = pick(&places, rng)?;
    let (list, result) = (list.as_str(), &stage.dialogue.result(*from)?.value);
    let count = result.pointer(list)?.as_array()?.len();
    let other = *pick(&(0..count).filter(|other| other != item).collect::<Vec<_>>(), rng)?;
    let mut call = made.call.clone();
    let mut first = None;
    for (pointer, source) in &made.call.provenance {
        let Some((_, at)) = source.result().filter(|(call, at)| call == from && item_of(at) == Some((list, *item))) else { continue };
        let tail = &at[list.len() + 1 + item.to_string().len()..];
        let moved = format!("{list}/{other}{tail}");
        let value = result.pointer(&moved)?.clone();
        if call.arguments.pointer(pointer) != Some(&value) {
            first.get_or_insert((pointer.clone(), value.clone()));
        }
        set(&mut call, pointer, value);
        call.provenance.insert(pointer.clone(), moved_source(source, &moved));
    }
    let (pointer, value) = first?;
    let reason = format!(
        "{} is {}, from item {} of the list that call {from} gave; item {} is meant.",
        name(&pointer),
        shown(&value),
        other + 1,
        item + 1
    );
    Some(with_call(stage, made, call, reason))
}

/// The same source with another place in the result.
fn moved_source(source: &Provenance, to: &str) -> Provenance {
    match source {
        Provenance::ToolResult { call, .. } => Provenance::ToolResult { call: *call, pointer: to.to_string() },
        Provenance::Derived { function, inputs } => {
            let mut inputs = inputs.clone();
            if let Some(last) = inputs.last_mut() {
                *last = moved_source(last, to);
            }
            Provenance::Derived { function: *function, inputs }
        }
        other => other.clone(),
    }
}

/// An earlier value of the user's, though it was corrected; or an id of the same kind from an older result.
pub(super) fn stale(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let mut kinds = ["correction-ignored", "stale-source"];
    kinds.shuffle(rng);
    kinds.into_iter().find_map(|kind| {
        let draft = Draft::mutation(stage.dialogue, kind, rng)?;
        let (pointer, old, new) = changed(stage, &draft)?;
        let reason = match kind {
            "correction-ignored" => {
                format!("{} is {}, which the user took back; it has to be {}.", name(&pointer), shown(&new), shown(&old))
            }
            _ => format!("{} is {}, from an older result; it has to be {}.", name(&pointer), shown(&new), shown(&old)),
        };
        Some(draft.because(reason))
    })
}

/// Two values of a turn stand in each other's place.
pub(super) fn swapped(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let draft = Draft::mutation(stage.dialogue, "arguments-swapped", rng)?;
    let (pointer, old, new) = changed(stage, &draft)?;
    let reason = format!("{} is {}, which was said for something else; it has to be {}.", name(&pointer), shown(&new), shown(&old));
    Some(draft.because(reason))
}

/// A plausible value of the parameter's kind that nothing before the call gives.
pub(super) fn invented(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let mut places: Vec<(Made, String)> = Vec::new();
    for made in stage.made() {
        for (pointer, value) in leaves(&made.call.arguments) {
            let given = made.call.provenance.get(&pointer).is_some_and(|source| !matches!(source, Provenance::Default { .. }));
            if given && (value.is_string() || value.is_number()) {
                places.push((made, pointer));
            }
        }
    }
    let (made, pointer) = pick(&places, rng)?;
    let mut call = made.call.clone();
    let old = call.arguments.pointer(pointer)?.clone();
    let value = draw(stage, made.turn, &call, pointer, &old, rng)?;
    set(&mut call, pointer, value.clone());
    let reason = format!("{} is {}, which nobody said and no result holds; it has to be {}.", name(pointer), shown(&value), shown(&old));
    Some(with_call(stage, made, call, reason))
}

/// Another value for an argument, which is not known before a turn.
pub(super) fn draw(stage: &Stage, turn: usize, call: &Call, pointer: &str, old: &Value, rng: &mut Rng) -> Option<Value> {
    let (tool, leaf) = (stage.tool(&call.tool)?, stage.parameter(call, pointer)?);
    let mut world = stage.world(rng);
    (0..4).filter_map(|_| world.redraw(tool, leaf, &call.arguments, old)).find(|value| !stage.known(turn, value, leaf))
}

/// The turn of a call with this call in its place, and the results that the turn has.
fn with_call(stage: &Stage, made: &Made, call: Call, reason: String) -> Draft {
    let turn = &stage.dialogue.turns[made.turn];
    let calls: Vec<Call> = turn.calls.iter().map(|one| if one.id == call.id { call.clone() } else { one.clone() }).collect();
    let results = stage.dialogue.turns.get(made.turn + 1).map(|next| next.results.clone()).unwrap_or_default();
    let mut draft = Draft::calls(stage.dialogue, made.turn, calls, results, None, reason);
    // Each call of the turn serves what it served.
    for (goal, own) in draft.mutant.goals.iter_mut().zip(stage.dialogue.goals.iter().filter(|goal| goal.turn < made.turn)) {
        goal.calls.extend(own.calls.iter().filter(|id| turn.calls.iter().any(|call| call.id == **id)));
    }
    draft
}

pub(super) fn set(call: &mut Call, pointer: &str, value: Value) {
    if let Some(slot) = call.arguments.pointer_mut(pointer) {
        *slot = value;
    }
}

/// The first argument of the rejected turn that differs: its pointer, what it has to be and what it is.
fn changed(stage: &Stage, draft: &Draft) -> Option<(String, Value, Value)> {
    let (chosen, rejected) = (stage.dialogue.turns.get(draft.turn)?, draft.mutant.turns.get(draft.turn)?);
    chosen.calls.iter().zip(&rejected.calls).find_map(|(right, wrong)| {
        let differs = |(pointer, value): &(String, &Value)| wrong.arguments.pointer(pointer).is_some_and(|other| other != *value);
        let (pointer, value) = leaves(&right.arguments).into_iter().find(differs)?;
        Some((pointer.clone(), value.clone(), wrong.arguments.pointer(&pointer)?.clone()))
    })
}

/// `/guests/0/name` as `guests/0/name`, in code marks.
pub(super) fn name(pointer: &str) -> String {
    format!("`{}`", pointer.trim_start_matches('/'))
}

pub(super) fn shown(value: &Value) -> String {
    value.to_string()
}
