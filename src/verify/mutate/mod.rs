//! How strong are the checks? Dialogues are corrupted as a wrong generator would, and the share that is rejected is measured.
//!
//! Each mutation really changes the truth: where the result would be as true as the original, or where the dialogue has no place for it,
//! it gives none. Parts of the record that a wrong generator would get wrong as well are kept consistent with the corruption.

mod against;
mod agree;
mod arguments;
mod edit;
mod flow;
mod interval;
mod limits;
mod reckon;
mod repair;
mod replay;
mod situations;
mod talk;
mod values;

pub use against::against;
pub use interval::clopper_pearson;

use super::Verifier;
use crate::dialogue::Dialogue;
use crate::seed::Rng;
use rand::SeedableRng;
use rayon::prelude::*;

/// One way to corrupt a dialogue.
pub struct Mutation {
    /// Stable name, as reports carry it.
    pub name: &'static str,
    pub apply: fn(&Dialogue, &mut Rng) -> Option<Dialogue>,
}

/// All mutations.
pub const MUTATIONS: &[Mutation] = &[
    Mutation { name: "value-changed", apply: arguments::value_changed },
    Mutation { name: "arguments-swapped", apply: arguments::swapped },
    Mutation { name: "argument-dropped", apply: arguments::dropped },
    Mutation { name: "argument-invented", apply: arguments::invented },
    Mutation { name: "wrong-type", apply: arguments::wrong_type },
    Mutation { name: "other-item", apply: arguments::other_item },
    Mutation { name: "stale-source", apply: arguments::stale },
    Mutation { name: "source-elsewhere", apply: arguments::source_elsewhere },
    Mutation { name: "answer-ignored", apply: arguments::answer_ignored },
    Mutation { name: "correction-ignored", apply: arguments::correction_ignored },
    Mutation { name: "no-overruled", apply: agree::no_overruled },
    Mutation { name: "yes-dropped", apply: agree::yes_dropped },
    Mutation { name: "half-asked-again", apply: agree::asked_again },
    Mutation { name: "good-answer-rejected", apply: agree::good_answer_rejected },
    Mutation { name: "limit-changed", apply: agree::limit_changed },
    Mutation { name: "possible-turned-down", apply: agree::possible_turned_down },
    Mutation { name: "wish-overruled", apply: agree::wish_overruled },
    Mutation { name: "wrong-tool", apply: flow::wrong_tool },
    Mutation { name: "tool-not-offered", apply: flow::not_offered },
    Mutation { name: "call-dropped", apply: flow::call_dropped },
    Mutation { name: "call-repeated", apply: flow::call_repeated },
    Mutation { name: "calls-reordered", apply: flow::calls_reordered },
    Mutation { name: "result-changed", apply: flow::result_changed },
    Mutation { name: "false-refusal", apply: flow::false_refusal },
    Mutation { name: "needless-question", apply: flow::needless_question },
    Mutation { name: "field-invented", apply: talk::field_invented },
    Mutation { name: "number-changed", apply: talk::number_changed },
    Mutation { name: "name-changed", apply: talk::name_changed },
    Mutation { name: "facts-swapped", apply: talk::facts_swapped },
    Mutation { name: "success-after-error", apply: talk::success_after_error },
    Mutation { name: "failure-after-success", apply: talk::failure_after_success },
    Mutation { name: "retry-unchanged", apply: repair::retry_unchanged },
    Mutation { name: "mistake-unmarked", apply: repair::mistake_unmarked },
    Mutation { name: "mistake-unrepaired", apply: repair::mistake_unrepaired },
    Mutation { name: "mistake-learned", apply: repair::mistake_learned },
    Mutation { name: "reckoned-wrong", apply: reckon::reckoned_wrong },
    Mutation { name: "alternative-withdrawn", apply: limits::alternative_withdrawn },
    Mutation { name: "update-missing", apply: limits::update_missing },
    Mutation { name: "private-given", apply: limits::private_given },
    Mutation { name: "policy-broken", apply: limits::policy_broken },
    Mutation { name: "policy-lifted", apply: limits::policy_lifted },
    Mutation { name: "result-replaced", apply: replay::result_replaced },
    Mutation { name: "equivalent-offered", apply: flow::equivalent_offered },
    Mutation { name: "cancel-unsaid", apply: situations::cancel_unsaid },
    Mutation { name: "alternatives-repeated", apply: situations::alternatives_repeated },
    Mutation { name: "impossible-promised", apply: situations::impossible_promised },
    Mutation { name: "small-talk-acted", apply: situations::small_talk_acted },
    Mutation { name: "empty-told-as-found", apply: situations::empty_told_as_found },
    Mutation { name: "recall-changed", apply: situations::recall_changed },
];

/// What became of the mutants of one kind.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct MutationRow {
    pub name: &'static str,
    pub tried: u64,
    /// Rejected by some check.
    pub killed: u64,
    /// Clopper–Pearson interval of the kill rate at 95%.
    pub interval: (f64, f64),
}

/// Kill rates: each mutation is tried `tries` times, on the dialogues in turn. Dialogues that the verifier rejects as they are must not
/// be among them: their mutants would count as killed.
pub fn power(dialogues: &[Dialogue], verifier: &Verifier, tries: usize, seed: u64) -> Vec<MutationRow> {
    (0..MUTATIONS.len()).map(|kind| power_of(kind, dialogues, verifier, tries, seed)).collect()
}

/// The same for one of [`MUTATIONS`].
pub fn power_of(kind: usize, dialogues: &[Dialogue], verifier: &Verifier, tries: usize, seed: u64) -> MutationRow {
    power_by(kind, dialogues, tries, seed, |mutant| !verifier.verify(mutant).ok())
}

/// The same for whatever rejects dialogues.
pub fn power_by(kind: usize, dialogues: &[Dialogue], tries: usize, seed: u64, rejects: impl Fn(&Dialogue) -> bool + Sync) -> MutationRow {
    let mutation = &MUTATIONS[kind];
    let verdicts: Vec<bool> =
        (0..tries).into_par_iter().filter_map(|at| mutant(dialogues, mutation, kind, at, seed)).map(|mutant| rejects(&mutant)).collect();
    let (tried, killed) = (verdicts.len() as u64, verdicts.iter().filter(|killed| **killed).count() as u64);
    MutationRow { name: mutation.name, tried, killed, interval: clopper_pearson(killed, tried, 0.95) }
}

/// Mutant `at` of a kind; the same for the same seed.
pub fn mutant(dialogues: &[Dialogue], mutation: &Mutation, kind: usize, at: usize, seed: u64) -> Option<Dialogue> {
    let dialogue = dialogues.get(at.checked_rem(dialogues.len())?)?;
    let mut rng = Rng::seed_from_u64(seed ^ ((kind as u64 + 1) << 48));
    rng.set_stream(at as u64);
    let changed = (mutation.apply)(dialogue, &mut rng)?;
    (changed != *dialogue).then_some(changed)
}
