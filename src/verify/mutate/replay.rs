//! Mutations of what only the world knows.

use super::edit::pick;
use super::values::{find, leaf, other, tool};
use crate::dialogue::{Dialogue, Provenance, leaves, pattern};
use crate::seed::Rng;
use crate::value::SemType;
use serde_json::Value;

/// A value of a result of which nobody speaks and from which nothing follows becomes another one of its kind: the result is of the right
/// shape and agrees with all that is said, but the world does not give it.
pub(super) fn result_replaced(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    dialogue.world.as_ref()?;
    let used: Vec<(usize, String)> = sources(dialogue).filter_map(|source| used(source)).collect();
    let mut free: Vec<(usize, String, Value)> = Vec::new();
    for call in dialogue.calls() {
        let Some(result) = dialogue.result(call.id).filter(|result| !result.is_error) else { continue };
        let Some(tool) = dialogue.tool(&call.tool).and_then(tool) else { continue };
        let validator = jsonschema::options().should_validate_formats(true).offline().build(&tool.returns.schema).ok()?;
        for (pointer, old) in leaves(&result.value) {
            let field = leaf(&tool.returns.fields, &pointer);
            if !(old.is_string() || old.is_number()) || field.is_none_or(|field| matches!(field.sem, SemType::Id | SemType::Bool)) {
                continue;
            }
            let told = |value: &Value| dialogue.turns.iter().any(|turn| !find(dialogue, &turn.text, value, field).is_empty());
            if used.contains(&(call.id, pattern(&pointer))) || told(old) || known(dialogue, call.id, &pointer, old) {
                continue;
            }
            let Some(new) = other(dialogue, old, field.map(|field| &field.schema), rng) else { continue };
            let mut changed = result.value.clone();
            if let Some(place) = changed.pointer_mut(&pointer) {
                *place = new.clone();
            }
            if new != *old && !told(&new) && validator.is_valid(&changed) {
                free.push((call.id, pointer, new));
            }
        }
    }
    let (call, pointer, new) = pick(&free, rng)?;
    let mut out = dialogue.clone();
    let result = out.turns.iter_mut().flat_map(|turn| &mut turn.results).find(|result| result.call == *call)?;
    *result.value.pointer_mut(pointer)? = new.clone();
    Some(out)
}

fn sources(dialogue: &Dialogue) -> impl Iterator<Item = &Provenance> {
    dialogue.calls().flat_map(|call| call.provenance.values()).flat_map(Provenance::all)
}

fn used(source: &Provenance) -> Option<(usize, String)> {
    match source {
        Provenance::ToolResult { call, pointer } => Some((*call, pattern(pointer))),
        _ => None,
    }
}

/// Whether the value stands anywhere else: what is said twice of a thing has to agree.
fn known(dialogue: &Dialogue, call: usize, pointer: &str, value: &Value) -> bool {
    let arguments = dialogue.calls().flat_map(|call| leaves(&call.arguments)).any(|(_, other)| other == value);
    let results = dialogue.turns.iter().flat_map(|turn| &turn.results);
    arguments
        || results
            .flat_map(|result| leaves(&result.value).into_iter().map(move |(at, other)| (result.call, at, other)))
            .any(|(of, at, other)| other == value && (of, at.as_str()) != (call, pointer))
}
