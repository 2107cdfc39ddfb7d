//! What became of the candidates?

use super::fault::{faults, is_faulty};
use crate::dialogue::Dialogue;
use crate::script::Stuck;
use crate::verify::Report;
use std::collections::{BTreeMap, BTreeSet};

/// What happened to the candidates, stage by stage. Tallies add.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Candidates that were begun.
    pub candidates: u64,
    /// Candidates for which no script could be written, by reason.
    pub stuck: BTreeMap<String, u64>,
    /// Scripts that were written.
    pub scripts: u64,
    /// Dialogues that were verified: scripts in words, some in several.
    pub realised: u64,
    /// Dialogues that a check rejected, by check; one dialogue may fail several.
    pub rejected: BTreeMap<String, u64>,
    pub rejected_dialogues: u64,
    pub accepted: u64,
    /// Accepted at the first attempt, in the first words.
    pub first_try: u64,
    /// Accepted in other words than the first ones.
    pub reworded: u64,
    /// Dialogues that held and were put aside, because they do otherwise than the one that they are modelled after.
    #[serde(skip_serializing_if = "is_none")]
    pub unlike: u64,
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
        self.scripts += other.scripts;
        self.realised += other.realised;
        self.rejected_dialogues += other.rejected_dialogues;
        self.accepted += other.accepted;
        self.first_try += other.first_try;
        self.reworded += other.reworded;
        self.unlike += other.unlike;
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

    /// Counts a dialogue that is kept, made at this attempt in this wording.
    pub(super) fn accepts(&mut self, dialogue: &Dialogue, refined: bool, (attempt, wording): (u32, u32)) {
        self.accepted = 1;
        self.first_try = u64::from(attempt == 0 && wording == 0);
        self.reworded = u64::from(wording > 0);
        if refined {
            self.refined = u64::from(!dialogue.operators.is_empty());
            self.unrefined = 1 - self.refined;
        }
        self.faulty = u64::from(is_faulty(dialogue));
        self.faults = faults(dialogue).map(|check| (check.to_string(), 1)).collect();
        self.operators = dialogue.operators.iter().map(|name| (name.clone(), 1)).collect();
    }

    /// Counts a candidate that could not be made, and says why.
    pub(super) fn stuck_in(&mut self, stuck: &Stuck) -> String {
        let reason = format!("{}: {}", stuck.stage, stuck.reason);
        *self.stuck.entry(reason.clone()).or_default() += 1;
        reason
    }

    /// Counts a dialogue that does not hold, and says by which check.
    pub(super) fn rejects(&mut self, report: &Report) -> String {
        self.rejected_dialogues += 1;
        let checks: BTreeSet<&str> = report.failures.iter().map(|failure| failure.check).collect();
        for check in &checks {
            *self.rejected.entry(check.to_string()).or_default() += 1;
        }
        format!("check {}", checks.last().unwrap_or(&""))
    }
}

fn is_none(count: &u64) -> bool {
    *count == 0
}
