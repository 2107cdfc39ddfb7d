//! A dialogue with a fault planted in it, before anything is proved.

use crate::dialogue::{Call, CallResult, Dialogue, Role, Turn};
use crate::seed::Rng;
use crate::verify::mutate::MUTATIONS;

/// A corrupted dialogue that is the true one before `turn`.
pub(super) struct Draft {
    pub mutant: Dialogue,
    /// The turn that is rejected.
    pub turn: usize,
    /// Turns of the mutant that are shown to the verifier.
    pub shown: usize,
    pub reason: String,
}

/// The first `count` turns, as a dialogue of its own: goals that were not asked for yet and calls that were not made are not part of it.
pub(super) fn cut(dialogue: &Dialogue, count: usize) -> Dialogue {
    let turns = dialogue.turns[..count.min(dialogue.turns.len())].to_vec();
    let calls: usize = turns.iter().map(|turn| turn.calls.len()).sum();
    let mut goals = dialogue.goals.clone();
    goals.retain(|goal| goal.turn < count);
    for goal in &mut goals {
        goal.calls.retain(|call| *call < calls);
    }
    Dialogue {
        version: dialogue.version,
        id: dialogue.id.clone(),
        index: dialogue.index,
        plan: dialogue.plan.clone(),
        sequels: Vec::new(),
        operators: Vec::new(),
        scenario: std::collections::BTreeMap::new(),
        disguise: None,
        motif: dialogue.motif,
        domains: dialogue.domains.clone(),
        tools: dialogue.tools.clone(),
        context: dialogue.context.clone(),
        // What is not true cannot come out of the world again.
        world: None,
        turns,
        goals,
        relations: Vec::new(),
        scores: Default::default(),
    }
}

/// How many turns of a dialogue belong to the turn at `at`: with a call go its results.
pub(super) fn end_of(dialogue: &Dialogue, at: usize) -> usize {
    let results = dialogue.turns.get(at + 1).is_some_and(|next| next.role == Role::Tool);
    if results && !dialogue.turns[at].calls.is_empty() { at + 2 } else { at + 1 }
}

impl Draft {
    /// The assistant says something else in `turn`.
    pub(super) fn says(dialogue: &Dialogue, turn: usize, text: impl Into<String>, reason: impl Into<String>) -> Draft {
        let mut mutant = cut(dialogue, turn);
        mutant.turns.push(spoken(text));
        Draft { mutant, turn, shown: turn + 1, reason: reason.into() }
    }

    /// The assistant makes other calls in `turn`; `results` are what they give, so that the reader has nothing to say about their absence.
    /// The calls are numbered from the first that is not made before, and serve the goals whose places in the list are given.
    pub(super) fn calls(
        dialogue: &Dialogue,
        turn: usize,
        calls: Vec<Call>,
        results: Vec<CallResult>,
        goal: Option<usize>,
        reason: impl Into<String>,
    ) -> Draft {
        let mut mutant = cut(dialogue, turn);
        let first = mutant.calls().count();
        let ids: Vec<usize> = (first..first + calls.len()).collect();
        let calls = calls.into_iter().zip(&ids).map(|(call, id)| Call { id: *id, mistake: None, ..call }).collect();
        let results: Vec<CallResult> = results.into_iter().zip(&ids).map(|(result, id)| CallResult { call: *id, ..result }).collect();
        if let Some(goal) = goal.and_then(|goal| mutant.goals.get_mut(goal)) {
            goal.calls.extend(&ids);
        }
        mutant.turns.push(Turn { calls, ..spoken("") });
        if !results.is_empty() {
            mutant.turns.push(Turn { role: Role::Tool, results, ..spoken("") });
        }
        let shown = mutant.turns.len();
        Draft { mutant, turn, shown, reason: reason.into() }
    }

    /// What one of the verifier's own mutations makes of the dialogue. The fault stands in the first turn that differs.
    pub(super) fn mutation(dialogue: &Dialogue, name: &str, rng: &mut Rng) -> Option<Draft> {
        let mutation = MUTATIONS.iter().find(|one| one.name == name)?;
        let mutant = (mutation.apply)(dialogue, rng)?;
        let turn = (0..dialogue.turns.len()).find(|at| mutant.turns.get(*at) != dialogue.turns.get(*at))?;
        let shown = end_of(&mutant, turn);
        Some(Draft { mutant, turn, shown, reason: String::new() })
    }

    pub(super) fn because(self, reason: impl Into<String>) -> Draft {
        Draft { reason: reason.into(), ..self }
    }
}

fn spoken(text: impl Into<String>) -> Turn {
    Turn {
        role: Role::Assistant,
        text: text.into(),
        calls: Vec::new(),
        results: Vec::new(),
        acts: Vec::new(),
        adds: Vec::new(),
        loss: true,
    }
}
