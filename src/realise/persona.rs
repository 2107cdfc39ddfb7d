//! Who speaks? A pole for each of the five traits, and what it makes somebody like to say.

use super::Scenario;
use super::leaning::{Leaning, POLES, layers};
use crate::seed::Rng;
use rand::RngExt;

/// Adds what a person likes to say: of the traits that the scenario has, and of drawn ones where it has none.
pub(super) fn draw(leaning: &mut Leaning, scenario: &Scenario, rng: &mut Rng) {
    for (name, poles) in &layers().traits {
        // Most people are somewhere between the poles of most traits.
        let drawn = POLES[rng.random_range(0..POLES.len())].0;
        let pole = scenario.get(name).map_or(drawn, String::as_str);
        if let Some(likings) = poles.get(pole) {
            leaning.add(likings);
        }
    }
}
