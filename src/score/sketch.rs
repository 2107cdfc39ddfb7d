//! Everything that is known of a set, in a form that merges: sketch(A ∪ B) = merge(sketch(A), sketch(B)), to the last digit.

use super::complexity::Complexity;
use super::diversity::{self, Diversity};
use super::histogram;
use super::observed::Observed;
use super::quality::{self, Quality};
use crate::verify::mutate::MutationRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the sketch file.
pub const VERSION: u32 = 1;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sketch {
    /// [`VERSION`]; 0 of one that was never written.
    pub version: u32,
    pub quality: Quality,
    /// Of the valid rows.
    pub diversity: Diversity,
    pub complexity: Complexity,
    pub sizes: Sizes,
}

/// How much there is, of all rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    pub rows: u64,
    pub user_turns: u64,
    pub assistant_turns: u64,
    pub calls: u64,
    /// Words of users and assistants.
    pub words: u64,
    /// Rows by the format that they are written in.
    pub formats: BTreeMap<String, u64>,
}

impl Sketch {
    pub fn push(&mut self, observed: &Observed) {
        self.sizes.push(observed);
        self.quality.push(observed);
        if observed.valid() {
            self.diversity.push(observed);
            self.complexity.observe(observed);
        }
    }

    pub fn merge(&mut self, other: &Sketch) {
        self.quality.merge(&other.quality);
        self.diversity.merge(&other.diversity);
        self.complexity.merge(&other.complexity);
        self.sizes.merge(&other.sizes);
    }

    /// The three panels. `target` is an asked histogram of decision bits; `power` what the verifier caught of planted faults.
    pub fn report(&self, target: Option<&BTreeMap<u64, u64>>, power: &[MutationRow]) -> Report {
        Report {
            quality: self.quality.report(power),
            diversity: self.diversity.report(),
            complexity: self.complexity.report(target),
            sizes: self.sizes.clone(),
        }
    }
}

impl Sizes {
    fn push(&mut self, observed: &Observed) {
        self.rows += 1;
        self.user_turns += observed.user.len() as u64;
        self.assistant_turns += observed.assistant.len() as u64;
        self.calls += observed.calls.len() as u64;
        self.words += observed.tokens;
        if let Some(format) = observed.formats.get("source") {
            *self.formats.entry(format.clone()).or_default() += 1;
        }
    }

    fn merge(&mut self, other: &Sizes) {
        self.rows += other.rows;
        self.user_turns += other.user_turns;
        self.assistant_turns += other.assistant_turns;
        self.calls += other.calls;
        self.words += other.words;
        for (format, rows) in &other.formats {
            *self.formats.entry(format.clone()).or_default() += rows;
        }
    }
}

/// Three panels, never one number.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub quality: quality::Report,
    pub diversity: diversity::Report,
    pub complexity: histogram::Report,
    pub sizes: Sizes,
}
