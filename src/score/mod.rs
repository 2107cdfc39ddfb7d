//! How good, how varied, how hard? Three axes, never one number.
//!
//! [`of`] gives the numbers of one dialogue; [`Axes`] adds them up over a set. All of it is made of whole numbers, so that
//! scoring shards and adding gives the same as scoring the whole, to the last digit.

pub mod complexity;
pub mod delex;
pub mod diversity;
mod kinship;
pub mod observed;
mod sample;

pub use observed::Observed;

use crate::dialogue::{Dialogue, Scores};
use complexity::Complexity;
use diversity::Diversity;
use serde::{Deserialize, Serialize};

/// Sketches of a set of verified dialogues on the two axes that are measured on text and structure. Quality is counted where
/// candidates are judged, see [`crate::pipeline::Tally`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Axes {
    pub diversity: Diversity,
    pub complexity: Complexity,
}

impl Axes {
    pub fn push(&mut self, dialogue: &Dialogue) {
        self.diversity.push(dialogue);
        self.complexity.push(dialogue);
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
