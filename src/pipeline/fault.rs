//! Less quality on demand: a share of the dialogues has a fault, and the record says which.

use super::Pipeline;
use crate::dialogue::Dialogue;
use crate::seed::{Stage, drawn, stream};
use crate::verify::{Report, mutate};
use rand::seq::SliceRandom;

/// Share of dialogues that have a fault when quality is turned to 0.
const MOST: f64 = 0.4;
/// Corruptions that leave a dialogue as long and as hard as it is: they change values, sources and what is told.
const KINDS: [&str; 9] = [
    "value-changed",
    "arguments-swapped",
    "argument-invented",
    "wrong-type",
    "other-item",
    "field-invented",
    "number-changed",
    "name-changed",
    "facts-swapped",
];
/// Before the name of a check that failed, in the record's scores.
const FAILED: &str = "failed:";

/// Whether the record says that a dialogue has a fault.
pub fn is_faulty(dialogue: &Dialogue) -> bool {
    dialogue.scores.quality.keys().any(|name| name.starts_with(FAILED))
}

/// Names of the checks that a dialogue is recorded to fail.
pub fn faults(dialogue: &Dialogue) -> impl Iterator<Item = &str> {
    dialogue.scores.quality.keys().filter_map(|name| name.strip_prefix(FAILED))
}

impl Pipeline<'_> {
    /// The same with so much quality, from 0 to 1: of the dialogues, (1 − x) · 0.4 have a fault that some check finds.
    pub fn with_quality(self, x: f64) -> Self {
        Pipeline { quality: x.clamp(0.0, 1.0), ..self }
    }

    /// Whether a dialogue is to have a fault.
    pub fn wants_fault(&self, index: u64) -> bool {
        self.quality < 1.0 && drawn(self.seed, index, Stage::Fault, MOST * (1.0 - self.quality))
    }

    /// A true dialogue with one thing made false; none when no corruption has a place in it that is found.
    pub(super) fn spoilt(&self, dialogue: &Dialogue) -> Option<Dialogue> {
        let mut rng = stream(self.seed, dialogue.index, Stage::Fault, 1);
        let mut kinds = KINDS;
        kinds.shuffle(&mut rng);
        kinds.into_iter().find_map(|kind| {
            let mutation = mutate::MUTATIONS.iter().find(|mutation| mutation.name == kind)?;
            let changed = (mutation.apply)(dialogue, &mut rng)?;
            let report = self.prove(&changed);
            (!report.ok()).then(|| marked(changed, &report))
        })
    }
}

/// A dialogue whose scores say which checks it fails.
pub(super) fn marked(mut dialogue: Dialogue, report: &Report) -> Dialogue {
    for failure in &report.failures {
        *dialogue.scores.quality.entry(format!("{FAILED}{}", failure.check)).or_default() += 1.0;
    }
    dialogue
}
