//! Which of several candidates is said: none that was said before in this dialogue, none with a fault.

use crate::seed::Rng;
use rand::RngExt;
use std::collections::BTreeSet;

/// Openings and whole lines that one dialogue has used.
#[derive(Debug, Default)]
pub(super) struct Used {
    openings: BTreeSet<(bool, String)>,
    lines: BTreeSet<String>,
}

impl Used {
    /// Whether a text of this speaker begins like, or is, an earlier one.
    pub(super) fn stale(&self, user: bool, text: &str) -> bool {
        self.openings.contains(&(user, opening(text))) || self.lines.contains(&text.to_lowercase())
    }

    pub(super) fn add(&mut self, user: bool, text: &str) {
        self.openings.insert((user, opening(text)));
        self.lines.insert(text.to_lowercase());
    }
}

/// A place, drawn by weights that are given as logarithms.
pub(super) fn draw(scores: &[f32], rng: &mut Rng) -> usize {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let weights: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let mut left = rng.random::<f32>() * weights.iter().sum::<f32>();
    for (at, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return at;
        }
    }
    weights.len().saturating_sub(1)
}

/// The first three words, small, without stops.
pub(super) fn opening(text: &str) -> String {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric() || *c == '\'').collect::<String>().to_lowercase();
    text.split_whitespace().map(letters).filter(|word| !word.is_empty()).take(3).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_better_is_drawn_more_often() {
        let mut rng = crate::seed::stream(1, 0, crate::seed::Stage::Words, 0);
        let drawn = (0..300).filter(|_| draw(&[0.0, 2.0], &mut rng) == 1).count();
        assert!((240..295).contains(&drawn), "{drawn}");
    }

    #[test]
    fn an_opening_is_used_once_per_speaker() {
        let mut used = Used::default();
        used.add(true, "Can you find a hotel?");
        assert!(used.stale(true, "Can you, find me one?"));
        assert!(!used.stale(true, "Can you book it?"));
        assert!(!used.stale(false, "Can you find your key?"));
    }
}
