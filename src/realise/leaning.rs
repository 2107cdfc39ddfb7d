//! Which words somebody likes: markers with weights, and how well a line suits them.

use crate::value::Starts;
use indexmap::IndexMap;
use std::sync::LazyLock;

pub(super) const FILE: &str = include_str!("../../plans/phrases/layers.yaml");

/// A marker counts at most so often in one line.
const MOST: usize = 2;

/// Likings by the name of the marker, as the file has them.
pub(super) type Likings = IndexMap<String, f32>;

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Layers {
    pub markers: IndexMap<String, Vec<String>>,
    pub traits: IndexMap<String, IndexMap<String, Likings>>,
    pub contexts: IndexMap<String, IndexMap<String, Level>>,
    pub never: Vec<Never>,
}

/// Levels of some factors that do not go together.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Never {
    /// By factor; those of the contexts, or of what a scenario has beside them.
    pub these: IndexMap<String, Vec<String>>,
    pub reason: String,
}

/// The level of a circumstance about which there is nothing special.
pub(super) fn ordinary(context: &str) -> &'static str {
    if context == "protocol" { "turn_by_turn" } else { "ordinary" }
}

/// The poles of a trait, with their shares.
pub(super) const POLES: [(&str, u32); 3] = [("between", 1), ("high", 1), ("low", 1)];

/// What is known of who speaks and under what circumstances: the name of each factor, and its levels with their shares.
pub fn circumstances() -> Vec<(&'static str, Vec<(&'static str, u32)>)> {
    let traits = layers().traits.keys().map(|name| (name.as_str(), POLES.to_vec()));
    let contexts = layers().contexts.iter().map(|(name, levels)| {
        let special: u32 = levels.values().map(|level| level.share).sum();
        let rest = (ordinary(name), 100u32.saturating_sub(special));
        (name.as_str(), std::iter::once(rest).chain(levels.iter().map(|(level, of)| (level.as_str(), of.share))).collect())
    });
    traits.chain(contexts).collect()
}

/// What does not go together among them, and with what a scenario has beside them.
pub fn exclusions() -> &'static [Never] {
    &layers().never
}

/// One level of a circumstance.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Level {
    pub share: u32,
    #[serde(default)]
    pub lean: Likings,
    #[serde(default)]
    pub say: Vec<String>,
}

/// The file that is compiled in. A file that does not parse is an empty one; a test reads it.
pub(super) fn layers() -> &'static Layers {
    static LAYERS: LazyLock<Layers> = LazyLock::new(|| serde_yaml::from_str(FILE).unwrap_or_default());
    &LAYERS
}

/// What one speaker likes, added up over everything that is known of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Leaning {
    weights: Vec<(&'static [String], f32)>,
    words: f32,
}

impl Leaning {
    pub(super) fn add(&mut self, likings: &'static Likings) {
        for (name, weight) in likings {
            if name == "words" {
                self.words += weight;
            } else if let Some(markers) = layers().markers.get(name) {
                self.weights.push((markers, *weight));
            }
        }
    }

    /// How well a line suits the speaker.
    pub(super) fn suits(&self, text: &str) -> f32 {
        if self.weights.is_empty() && self.words == 0.0 {
            return 0.0;
        }
        let plain = plainly(text);
        let words = plain.split(' ').filter(|word| !word.is_empty()).count() as f32;
        let starts = Starts::of(&plain);
        let marks: f32 = self.weights.iter().map(|(markers, weight)| weight * count(&plain, &starts, markers).min(MOST) as f32).sum();
        marks + self.words * words
    }
}

/// Small words between single spaces.
fn plainly(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for c in text.chars() {
        match c {
            '’' => out.push('\''),
            c if c.is_alphanumeric() || c == '\'' => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

fn count(plain: &str, starts: &Starts, markers: &[String]) -> usize {
    markers
        .iter()
        .filter(|marker| starts.may_hold(marker))
        .map(|marker| {
            plain
                .match_indices(marker.as_str())
                .filter(|(at, found)| {
                    let (before, behind) = (plain.as_bytes()[at.saturating_sub(1)], plain.as_bytes().get(at + found.len()));
                    before == b' ' && behind.is_none_or(|next| *next == b' ')
                })
                .count()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        let file: Layers = serde_yaml::from_str(FILE).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(file.traits.len(), 5);
        assert!(file.contexts.len() >= 11);
        let likings = file
            .traits
            .values()
            .flat_map(IndexMap::values)
            .chain(file.contexts.values().flat_map(IndexMap::values).map(|level| &level.lean));
        for name in likings.flat_map(IndexMap::keys) {
            assert!(name == "words" || file.markers.contains_key(name), "{name}");
        }
        for never in &file.never {
            assert!(never.these.len() > 1 && !never.reason.is_empty());
            for (name, levels) in never.these.iter().filter(|(name, _)| *name != "event") {
                let known = file.contexts.get(name).unwrap_or_else(|| panic!("{name}"));
                assert!(levels.iter().all(|level| known.contains_key(level) || level == ordinary(name)), "{name}: {levels:?}");
            }
        }
        for levels in file.contexts.values() {
            assert!(levels.values().map(|level| level.share).sum::<u32>() <= 100);
        }
    }

    #[test]
    fn a_line_with_the_markers_that_somebody_likes_suits_them() {
        let mut kind = Leaning::default();
        kind.add(&layers().traits["agreeableness"]["high"]);
        assert!(kind.suits("Could you find a hotel, please?") > kind.suits("I want a hotel."));
        let mut brisk = Leaning::default();
        brisk.add(&layers().contexts["length"]["terse"].lean);
        assert!(brisk.suits("A hotel.") > brisk.suits("I was hoping to find a hotel somewhere."));
    }

    #[test]
    fn markers_are_whole_words() {
        let plain = plainly("So, also: we owe them.");
        assert_eq!(count(&plain, &Starts::of(&plain), &["we".to_owned(), "so".to_owned()]), 2);
    }
}
