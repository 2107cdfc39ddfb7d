//! Who speaks? A pole for each of the five traits, and what it makes somebody like to say.

use super::leaning::{Leaning, layers};
use crate::seed::Rng;
use rand::RngExt;

/// Adds what a person of drawn traits likes to say.
pub(super) fn draw(leaning: &mut Leaning, rng: &mut Rng) {
    for poles in layers().traits.values() {
        // Most people are somewhere between the poles of most traits.
        let pole = ["high", "low", "between"][rng.random_range(0..3)];
        if let Some(likings) = poles.get(pole) {
            leaning.add(likings);
        }
    }
}
