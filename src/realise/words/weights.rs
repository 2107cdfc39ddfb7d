//! Fitted weights of choices, per kind of turn: `assets/words.weights`, one line for each weight that differs from 1.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

pub(super) static FITTED: &str = include_str!("../../../assets/words.weights");

/// Factors on the weights of the tables.
#[derive(Debug, Default, Clone)]
pub(super) struct Weights {
    profiles: FxHashMap<String, usize>,
    /// One row of factors for each profile; the first row is for profiles that have none of their own.
    rows: Vec<Vec<f32>>,
}

/// The name of a choice in the file.
pub(super) fn name_of(key: &str) -> u32 {
    xxh3_64(key.as_bytes()) as u32
}

impl Weights {
    /// Lines are `profile<TAB>key<TAB>factor`, the profile `*` for all. A key that no table has any more is passed over.
    pub(super) fn read(text: &str, keys: &[String]) -> Weights {
        let places: FxHashMap<u32, usize> = keys.iter().enumerate().map(|(at, key)| (name_of(key), at)).collect();
        let mut weights = Weights { rows: vec![vec![1.0; keys.len()]], ..Weights::default() };
        let lines = || text.lines().filter_map(|line| line.split_once('\t').and_then(|(who, rest)| Some((who, rest.split_once('\t')?))));
        for (who, (key, factor)) in lines().filter(|line| line.0 == "*") {
            weights.set(who, &places, key, factor);
        }
        for (who, (key, factor)) in lines().filter(|line| line.0 != "*") {
            weights.set(who, &places, key, factor);
        }
        weights
    }

    fn set(&mut self, who: &str, places: &FxHashMap<u32, usize>, key: &str, factor: &str) {
        let (Ok(key), Ok(factor)) = (u32::from_str_radix(key, 16), factor.parse::<f32>()) else { return };
        let Some(place) = places.get(&key) else { return };
        let row = if who == "*" { 0 } else { self.row(who) };
        self.rows[row][*place] *= factor;
    }

    fn row(&mut self, profile: &str) -> usize {
        if let Some(row) = self.profiles.get(profile) {
            return *row;
        }
        self.rows.push(self.rows[0].clone());
        self.profiles.insert(profile.to_owned(), self.rows.len() - 1);
        self.rows.len() - 1
    }

    pub(super) fn profile(&self, name: &str) -> usize {
        self.profiles.get(name).copied().unwrap_or(0)
    }

    #[inline]
    pub(super) fn of(&self, profile: usize, key: usize) -> f32 {
        self.rows[profile][key]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_multiplies_what_holds_for_all() {
        let keys = vec!["a|x".to_owned(), "a|y".to_owned()];
        let text = format!("*\t{:08x}\t2\nu.AFFIRM\t{:08x}\t3\nu.AFFIRM\tdeadbeef\t9\n", name_of("a|x"), name_of("a|x"));
        let weights = Weights::read(&text, &keys);
        assert_eq!(weights.of(weights.profile("u.AFFIRM"), 0), 6.0);
        assert_eq!(weights.of(weights.profile("u.NEGATE"), 0), 2.0);
        assert_eq!(weights.of(0, 1), 1.0);
    }
}
