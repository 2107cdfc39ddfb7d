//! What happened to the candidates of a run.

use std::collections::BTreeMap;

/// What happened to the candidates, stage by stage. Tallies add.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Candidates that were begun.
    pub candidates: u64,
    /// Candidates for which no script could be written, by reason.
    pub stuck: BTreeMap<String, u64>,
    /// Scripts that were put into words.
    pub realised: u64,
    /// Dialogues that a check rejected, by check; one dialogue may fail several.
    pub rejected: BTreeMap<String, u64>,
    pub rejected_dialogues: u64,
    pub accepted: u64,
    /// Accepted at the first attempt.
    pub first_try: u64,
    /// Dialogues that were made harder, and those among them that stayed as they were because nothing held.
    #[serde(skip_serializing_if = "is_none")]
    pub refined: u64,
    #[serde(skip_serializing_if = "is_none")]
    pub unrefined: u64,
    /// How often each operator was applied to an accepted dialogue.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub operators: BTreeMap<String, u64>,
    /// Accepted dialogues that have a fault because less quality was asked for, and the checks that find it.
    #[serde(skip_serializing_if = "is_none")]
    pub faulty: u64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub faults: BTreeMap<String, u64>,
    /// Strata that could not be filled, plan and domain, with the last reason; their dialogues were made about something else.
    pub unfilled: BTreeMap<String, u64>,
}

impl Tally {
    pub fn add(&mut self, other: &Tally) {
        self.candidates += other.candidates;
        self.realised += other.realised;
        self.rejected_dialogues += other.rejected_dialogues;
        self.accepted += other.accepted;
        self.first_try += other.first_try;
        self.refined += other.refined;
        self.unrefined += other.unrefined;
        self.faulty += other.faulty;
        let counts = [
            (&mut self.stuck, &other.stuck),
            (&mut self.rejected, &other.rejected),
            (&mut self.unfilled, &other.unfilled),
            (&mut self.operators, &other.operators),
            (&mut self.faults, &other.faults),
        ];
        for (into, from) in counts {
            for (key, count) in from {
                *into.entry(key.clone()).or_default() += count;
            }
        }
    }
}

fn is_none(count: &u64) -> bool {
    *count == 0
}
