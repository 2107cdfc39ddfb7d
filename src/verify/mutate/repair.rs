//! Mutations of failures that are put right and of mistakes that are mended.

use super::edit::{calling, pick, remove};
use crate::dialogue::{Dialogue, leaves};
use crate::seed::Rng;
use serde_json::Value;

/// The call that follows a refused one is made with the refused arguments.
pub(super) fn retry_unchanged(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let refused = |call: usize| {
        let code = dialogue.result(call).filter(|result| result.is_error).and_then(|result| result.value.pointer("/error/code"));
        matches!(code.and_then(Value::as_str), Some("not_found" | "invalid_value"))
    };
    let calls: Vec<_> = dialogue.calls().collect();
    let mut pairs = Vec::new();
    for failed in calls.iter().filter(|call| refused(call.id)) {
        let later = calls.iter().find(|call| call.id > failed.id && call.tool == failed.tool && call.arguments != failed.arguments);
        pairs.extend(later.map(|later| (failed.id, later.id)));
    }
    let (failed, later) = *pick(&pairs, rng)?;
    let before = dialogue.calls().find(|call| call.id == failed)?.clone();
    let mut out = dialogue.clone();
    let call = out.turns.iter_mut().flat_map(|turn| &mut turn.calls).find(|call| call.id == later)?;
    (call.arguments, call.provenance) = (before.arguments, before.provenance);
    Some(out)
}

fn mistaken(dialogue: &Dialogue) -> Vec<usize> {
    calling(dialogue).into_iter().filter(|turn| dialogue.turns[*turn].calls.iter().any(|call| call.mistake.is_some())).collect()
}

/// The mark of a mistake is missing.
pub(super) fn mistake_unmarked(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = mistaken(dialogue);
    let turn = *pick(&all, rng)?;
    let mut out = dialogue.clone();
    out.turns[turn].loss = true;
    for call in &mut out.turns[turn].calls {
        call.mistake = None;
    }
    Some(out)
}

/// The right call is missing, and the answer is told as if there had been no mistake.
pub(super) fn mistake_unrepaired(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = mistaken(dialogue);
    let turn = *pick(&all, rng)?;
    let call = dialogue.turns[turn].calls.first()?;
    let right = call.mistake.as_ref()?.repaired_by();
    let at = calling(dialogue).into_iter().find(|at| dialogue.turns[*at].calls.iter().any(|call| call.id == right))?;
    // Without arguments there is nothing to tell the two apart.
    if leaves(&call.arguments).is_empty() {
        return None;
    }
    let mut out = dialogue.clone();
    remove(&mut out, at, 2);
    Some(out)
}

/// The wrong turn carries loss.
pub(super) fn mistake_learned(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = mistaken(dialogue);
    let turn = *pick(&all, rng)?;
    let mut out = dialogue.clone();
    out.turns[turn].loss = true;
    Some(out)
}
