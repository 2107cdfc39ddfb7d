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
        let rest = || rayon::join(|| self.quality.report(power), || self.complexity.report(target));
        let (diversity, (quality, complexity)) = rayon::join(|| self.diversity.report(), rest);
        Report { quality, diversity, complexity, sizes: self.sizes.clone() }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::observed::{Argument, Called, Said};
    use proptest::prelude::*;

    /// A conversation that is no other one.
    fn observed(n: u64) -> Observed {
        let call = |tool: u64, parents: Vec<usize>| Called {
            tool: format!("tool_{tool}"),
            parents,
            arguments: vec![Argument { pointer: "/a".into(), source: "user", distance: n % 5, read: n % 7 != 0 }],
            ..Called::default()
        };
        Observed {
            id: format!("d{n}"),
            failed: if n % 6 == 0 { vec!["schema".into()] } else { Vec::new() },
            factors: [("plan", n % 4), ("domain", n % 3), ("turns", n % 5)].map(|(name, level)| (name.into(), level.to_string())).into(),
            skeleton: n % 17,
            calls: vec![call(n % 9, vec![]), call(n % 5, vec![0])],
            visible: (0..n % 9).map(|tool| format!("tool_{tool}")).collect(),
            user: vec![Said { act: "inform".into(), text: format!("give me the {} of <v> and {} more", n % 8, n) }],
            values: vec![("city".into(), format!("c{}", n % 11))],
            tokens: n % 30,
            ..Observed::default()
        }
    }

    fn of(rows: impl Iterator<Item = u64>) -> Sketch {
        let mut sketch = Sketch::default();
        rows.for_each(|n| sketch.push(&observed(n)));
        sketch
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn any_partition_in_any_order_gives_the_same_panels(parts in proptest::collection::vec(0usize..3, 40)) {
            let whole = of(0..40);
            let mut merged = Sketch::default();
            for part in [2, 0, 1] {
                let shard = of((0..40).rev().filter(|n| parts[*n as usize] == part));
                // Through the file and back.
                let shard: Sketch = serde_json::from_str(&serde_json::to_string(&shard).unwrap()).unwrap();
                merged.merge(&shard);
            }
            // The panels are a function of the sketch alone.
            prop_assert_eq!(&merged, &whole);
        }
    }

    #[test]
    fn rows_that_fail_count_for_quality_alone() {
        let (all, good) = (of(0..12), of((0..12).filter(|n| n % 6 != 0)));
        assert_eq!((all.quality.rows, all.quality.valid), (12, 10));
        assert_eq!(all.diversity, good.diversity);
        assert_eq!(all.complexity, good.complexity);
    }
}
