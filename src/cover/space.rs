//! What can be combined with what? Factors with named levels, and rules that forbid some of their combinations.

use std::collections::BTreeMap;

/// Levels of one factor, at most: a set of them is one machine word.
pub const MOST_LEVELS: usize = 64;

/// One level of a factor, and its share among them as a whole number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    pub name: String,
    pub weight: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    pub name: String,
    pub levels: Vec<Level>,
}

impl Factor {
    pub fn new<N: Into<String>>(name: impl Into<String>, levels: impl IntoIterator<Item = (N, u32)>) -> Factor {
        let level = |(name, weight): (N, u32)| Level { name: name.into(), weight };
        Factor { name: name.into(), levels: levels.into_iter().map(level).collect() }
    }

    pub fn level(&self, name: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.name == name)
    }
}

/// Levels that never come together: not all parts hold at once. A part is a factor and a set of its levels, one bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    parts: Vec<(usize, u64)>,
    pub reason: String,
}

/// Factors and rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Space {
    pub factors: Vec<Factor>,
    rules: Vec<Rule>,
}

/// Some factors by their names, each with some of its levels.
pub type Parts<'p> = &'p [(&'p str, &'p [&'p str])];

/// A fault of a space as it is given, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsound(pub String);

impl Space {
    /// Fails on a factor without levels, with more than [`MOST_LEVELS`], or named twice.
    pub fn new(factors: Vec<Factor>) -> Result<Space, Unsound> {
        for (at, factor) in factors.iter().enumerate() {
            let count = factor.levels.len();
            if count == 0 || count > MOST_LEVELS {
                return Err(Unsound(format!("`{}` has {count} levels; from 1 to {MOST_LEVELS} can be covered", factor.name)));
            }
            if factors[..at].iter().any(|other| other.name == factor.name) {
                return Err(Unsound(format!("there are two factors named `{}`", factor.name)));
            }
        }
        Ok(Space { factors, rules: Vec::new() })
    }

    pub fn factor(&self, name: &str) -> Option<usize> {
        self.factors.iter().position(|factor| factor.name == name)
    }

    /// Forbids that all of these hold at once.
    pub fn forbid(&mut self, parts: Parts, reason: impl Into<String>) -> Result<(), Unsound> {
        let parts = self.masks(parts)?;
        self.rules.push(Rule { parts, reason: reason.into() });
        Ok(())
    }

    /// Where all of `when` hold, `then` holds as well.
    pub fn imply(&mut self, when: Parts, then: (&str, &[&str]), reason: impl Into<String>) -> Result<(), Unsound> {
        let mut parts = self.masks(when)?;
        let (factor, levels) = self.masks(&[then])?[0];
        parts.push((factor, self.all(factor) & !levels));
        self.rules.push(Rule { parts, reason: reason.into() });
        Ok(())
    }

    /// Forbids levels by their places.
    pub(super) fn forbid_masks(&mut self, parts: Vec<(usize, u64)>, reason: impl Into<String>) {
        self.rules.push(Rule { parts, reason: reason.into() });
    }

    fn masks(&self, parts: Parts) -> Result<Vec<(usize, u64)>, Unsound> {
        let mask = |(name, levels): &(&str, &[&str])| {
            let factor = self.factor(name).ok_or_else(|| Unsound(format!("there is no factor `{name}`")))?;
            let mut mask = 0u64;
            for level in *levels {
                let place = self.factors[factor].level(level);
                mask |= 1 << place.ok_or_else(|| Unsound(format!("`{name}` has no level `{level}`")))?;
            }
            Ok((factor, mask))
        };
        parts.iter().map(mask).collect()
    }

    /// All levels of a factor.
    pub(super) fn all(&self, factor: usize) -> u64 {
        u64::MAX >> (MOST_LEVELS - self.factors[factor].levels.len())
    }

    /// Nothing decided yet.
    pub(super) fn open(&self) -> Vec<u64> {
        (0..self.factors.len()).map(|factor| self.all(factor)).collect()
    }

    /// Which rule each factor has to do with, by the factors that rules join; a factor without rules has none.
    pub(super) fn groups(&self) -> Vec<Option<usize>> {
        let mut group: Vec<Option<usize>> = vec![None; self.factors.len()];
        for (at, rule) in self.rules.iter().enumerate() {
            let known: Vec<usize> = rule.parts.iter().filter_map(|(factor, _)| group[*factor]).collect();
            for (factor, _) in &rule.parts {
                group[*factor] = Some(at);
            }
            group.iter_mut().filter(|one| one.is_some_and(|one| known.contains(&one))).for_each(|one| *one = Some(at));
        }
        group
    }

    /// Whether one level of every factor can be chosen out of these sets. Exact: propagation, then search over the factors of the rules.
    pub(super) fn solvable(&self, sets: &[u64]) -> bool {
        let rules: Vec<usize> = (0..self.rules.len()).collect();
        self.solvable_by(sets.to_vec(), &rules)
    }

    fn solvable_by(&self, mut sets: Vec<u64>, rules: &[usize]) -> bool {
        if !self.propagate(&mut sets, rules) {
            return false;
        }
        // Every rule that may still be broken has an open factor.
        let undecided = rules.iter().find_map(|rule| {
            let parts = &self.rules[*rule].parts;
            let may = parts.iter().all(|(factor, levels)| sets[*factor] & levels != 0);
            parts.iter().map(|(factor, _)| *factor).find(|factor| may && sets[*factor].count_ones() > 1)
        });
        let Some(factor) = undecided else { return true };
        bits(sets[factor]).any(|level| {
            let mut chosen = sets.clone();
            chosen[factor] = 1 << level;
            self.solvable_by(chosen, rules)
        })
    }

    /// Takes away what the rules do not leave; false when nothing is left of something.
    fn propagate(&self, sets: &mut [u64], rules: &[usize]) -> bool {
        if sets.contains(&0) {
            return false;
        }
        let mut changed = true;
        while changed {
            changed = false;
            for rule in rules {
                // What may still not hold.
                let mut loose = self.rules[*rule].parts.iter().filter(|(factor, levels)| sets[*factor] & !levels != 0);
                match (loose.next(), loose.next()) {
                    (None, _) => return false,
                    (Some((factor, levels)), None) if sets[*factor] & levels != 0 => {
                        sets[*factor] &= !levels;
                        changed = true;
                    }
                    _ => {}
                }
            }
        }
        true
    }

    /// Why these levels (factor, level) cannot come together: the reasons of a smallest set of rules that excludes them; none when they
    /// can. Each is needed: without any one of them the combination would be possible.
    pub fn why_not(&self, chosen: &[(usize, usize)]) -> Option<Vec<&str>> {
        let mut sets = self.open();
        for (factor, level) in chosen {
            sets[*factor] &= 1 << level;
        }
        if self.solvable(&sets) {
            return None;
        }
        let mut rules: Vec<usize> = (0..self.rules.len()).collect();
        for rule in 0..self.rules.len() {
            let without: Vec<usize> = rules.iter().copied().filter(|one| *one != rule).collect();
            if !self.solvable_by(sets.clone(), &without) {
                rules = without;
            }
        }
        Some(rules.into_iter().map(|rule| self.rules[rule].reason.as_str()).collect())
    }

    /// The levels of a row by the names of their factors.
    pub fn named(&self, row: &[usize]) -> BTreeMap<String, String> {
        self.factors.iter().zip(row).map(|(factor, level)| (factor.name.clone(), factor.levels[*level].name.clone())).collect()
    }
}

/// The places of the bits of a set.
pub(super) fn bits(set: u64) -> impl Iterator<Item = usize> {
    (0..MOST_LEVELS).filter(move |bit| set & (1 << bit) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space() -> Space {
        let level = |name| (name, 1);
        let mut space = Space::new(vec![
            Factor::new("medium", [level("letter"), level("voice")]),
            Factor::new("place", [level("home"), level("train")]),
            Factor::new("pace", [level("calm"), level("hurried")]),
        ])
        .unwrap();
        space.forbid(&[("medium", &["letter"]), ("place", &["train"])], "nobody writes letters on a train").unwrap();
        space.imply(&[("place", &["home"])], ("pace", &["calm"]), "there is no hurry at home").unwrap();
        space
    }

    #[test]
    fn a_rule_forbids_and_two_together_forbid_more() {
        let space = space();
        assert_eq!(space.why_not(&[(0, 0), (1, 1)]), Some(vec!["nobody writes letters on a train"]));
        // A letter is written at home, and at home there is no hurry.
        assert_eq!(space.why_not(&[(0, 0), (2, 1)]), Some(vec!["nobody writes letters on a train", "there is no hurry at home"]));
        assert_eq!(space.why_not(&[(0, 1), (2, 1)]), None);
    }

    #[test]
    fn what_is_not_there_is_named() {
        let mut space = space();
        assert_eq!(space.forbid(&[("mood", &["x"])], ""), Err(Unsound("there is no factor `mood`".into())));
        assert_eq!(space.forbid(&[("pace", &["x"])], ""), Err(Unsound("`pace` has no level `x`".into())));
        assert!(Space::new(vec![Factor::new("empty", Vec::<(String, u32)>::new())]).is_err());
        let many = Factor::new("many", (0..65).map(|at| (at.to_string(), 1)));
        assert!(Space::new(vec![many]).is_err());
    }

    #[test]
    fn factors_that_rules_join_are_one_group() {
        let groups = space().groups();
        assert!(groups[0].is_some() && groups[0] == groups[1] && groups[1] == groups[2]);
    }
}
