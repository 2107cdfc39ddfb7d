//! How good, how varied, how hard? Three axes, never one number.
//!
//! [`of`] gives the numbers of one dialogue; [`Sketch`] adds them up over a set, whoever made it, from what [`Observed`] tells of each
//! conversation. What is kept are whole numbers and samples that do not depend on order, so that scoring shards and merging gives the same as
//! scoring the whole, to the last digit. Everything is measured at a fixed size, or as a share: nothing only grows with the set.

pub mod complexity;
mod compress;
pub mod counts;
pub mod coverage;
pub mod delex;
mod distinct;
pub mod diversity;
#[cfg(test)]
mod golden_tests;
pub mod histogram;
mod idf;
mod kinship;
mod nearby;
pub mod observed;
pub mod proof;
pub mod quality;
mod rke;
pub mod sample;
pub mod sketch;
pub mod target;
pub mod texts;
pub mod wording;

pub use observed::Observed;
pub use sketch::Sketch;

use crate::dialogue::{Dialogue, Scores};
use complexity::Complexity;
use diversity::Diversity;

/// Sketches of a set of verified dialogues on the two axes that are measured on text and structure. Quality is counted where
/// candidates are judged, see [`crate::pipeline::Tally`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Axes {
    pub diversity: Diversity,
    pub complexity: Complexity,
}

impl Axes {
    pub fn push(&mut self, observed: &Observed) {
        self.diversity.push(observed);
        self.complexity.observe(observed);
    }

    pub fn merge(&mut self, other: &Axes) {
        self.diversity.merge(&other.diversity);
        self.complexity.merge(&other.complexity);
    }
}

/// The numbers of one dialogue. `quality` is filled by the pipeline, which knows the attempts.
pub fn of(dialogue: &Dialogue) -> Scores {
    Scores { quality: Default::default(), diversity: diversity::of(dialogue), complexity: complexity::of(dialogue).named() }
}
