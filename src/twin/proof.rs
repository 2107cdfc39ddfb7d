//! Is the fault one? The reader of finished dialogues decides, on the turns up to it.

use super::draft::{Draft, cut, end_of};
use super::stage::Stage;
use super::{Fault, Proof};
use crate::dialogue::{Dialogue, Role, Turn};
use crate::verify::{Failure, Verifier};

/// Findings that a dialogue has because it is cut, or that show how the record is kept rather than what is wrong.
const OF_THE_CUT: [&str; 6] = ["shape", "result", "goals", "surface", "provenance-complete", "schema"];

/// The finding in the rejected turn, of a check that finds nothing in the chosen one. None when the turn is not the assistant's, is not
/// there to be learned from, says the same, makes a call that the tool would not take, or when nothing is found.
pub(super) fn prove(verifier: &Verifier, stage: &Stage, draft: &Draft, fault: Fault) -> Option<Proof> {
    let (dialogue, turn) = (stage.dialogue, draft.turn);
    let (chosen, rejected) = (dialogue.turns.get(turn)?, draft.mutant.turns.get(turn)?);
    let speaks = chosen.role == Role::Assistant && rejected.role == Role::Assistant && chosen.loss;
    let same_context = draft.mutant.turns[..turn] == dialogue.turns[..turn]
        && draft.mutant.tools == dialogue.tools
        && draft.mutant.context == dialogue.context;
    if !speaks || !same_context || alike(chosen, rejected) || !stage.takes(rejected, turn) {
        return None;
    }
    let found = findings(verifier, &cut(&draft.mutant, draft.shown), fault, turn);
    if found.is_empty() {
        return None;
    }
    let own = findings(verifier, &cut(dialogue, end_of(dialogue, turn)), fault, turn);
    let new = found.into_iter().find(|one| !own.iter().any(|other| other.check == one.check))?;
    Some(Proof { check: new.check.to_string(), message: new.message })
}

/// What is found in a turn; of a needless question, in its answer as well: only there it shows that the answer was known.
fn findings(verifier: &Verifier, dialogue: &Dialogue, fault: Fault, turn: usize) -> Vec<Failure> {
    let last = if fault == Fault::NeedlessQuestion { turn + 1 } else { turn };
    let mut failures = verifier.verify(dialogue).failures;
    failures.retain(|one| (turn..=last).contains(&one.turn) && !OF_THE_CUT.contains(&one.check) && !serves_nothing(one));
    failures
}

/// What a call is for shows only later.
fn serves_nothing(failure: &Failure) -> bool {
    failure.check == "needed" && !failure.message.contains("repeats")
}

/// The model would write the same.
fn alike(one: &Turn, other: &Turn) -> bool {
    let calls = |turn: &Turn| turn.calls.iter().map(|call| (call.tool.clone(), call.arguments.clone())).collect::<Vec<_>>();
    one.text == other.text && calls(one) == calls(other)
}
