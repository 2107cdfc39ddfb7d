//! An archive of elites: of every kind of row, the best few by a declared rule, and nothing about how good the kinds are.

use crate::score::Observed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A cell of the archive: what happens, how hard it is and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Cell {
    /// Which of these happen, a bit each: calls, several calling turns, several calls in a turn, parallel calls, arguments from results, computed
    /// arguments, clarifications, corrections, errors, refusals.
    pub family: u64,
    pub complexity: String,
    pub domain: String,
}

impl Cell {
    pub fn of(row: &Observed) -> Cell {
        let vector = &row.vector;
        // One bit for each thing that may happen.
        let happens = [
            vector.calls > 0,
            vector.calling_turns > 1,
            vector.multi_call_turns > 0,
            vector.width > 1,
            vector.dependent > 0,
            vector.derived > 0,
            vector.clarifications > 0,
            vector.corrections > 0,
            vector.errors > 0,
            vector.refusals > 0,
        ];
        let family = happens.iter().enumerate().map(|(bit, happens)| u64::from(*happens) << bit).sum();
        let level = |factor: &str| row.factors.get(factor).cloned().unwrap_or_default();
        Cell { family, complexity: level("complexity"), domain: level("domain") }
    }
}

/// The rule by which one row of a cell comes before another. Ties, and [`Prefer::Any`], are decided by a hash of seed and id: the order of
/// the input never matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefer {
    /// A fair draw.
    #[default]
    Any,
    /// Fewest words.
    Short,
    /// Most words.
    Long,
    /// Most decision bits.
    Hard,
    /// Fewest decision bits.
    Easy,
}

/// The place of a row in its cell: smaller comes first.
pub type Place = (u64, u64);

impl Prefer {
    pub const ALL: [Prefer; 5] = [Prefer::Any, Prefer::Short, Prefer::Long, Prefer::Hard, Prefer::Easy];

    pub fn name(self) -> &'static str {
        match self {
            Prefer::Any => "any",
            Prefer::Short => "short",
            Prefer::Long => "long",
            Prefer::Hard => "hard",
            Prefer::Easy => "easy",
        }
    }

    pub fn place(self, row: &Observed, seed: u64) -> Place {
        let first = match self {
            Prefer::Any => 0,
            Prefer::Short => row.tokens,
            Prefer::Long => u64::MAX - row.tokens,
            Prefer::Hard => u64::MAX - row.vector.millibits,
            Prefer::Easy => row.vector.millibits,
        };
        (first, xxh3_64_with_seed(row.id.as_bytes(), seed))
    }
}

/// The first `capacity` rows of every cell (MAP-Elites, Mouret & Clune 2015, with several elites a cell). Archives of shards merge to the
/// archive of the whole. O(log n) a row; memory is bounded by cells × capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive<C, T> {
    capacity: usize,
    cells: BTreeMap<C, BTreeMap<Place, T>>,
}

impl<C: Ord + Clone, T: Clone> Archive<C, T> {
    pub fn new(capacity: usize) -> Archive<C, T> {
        Archive { capacity, cells: BTreeMap::new() }
    }

    /// Gives what has no place, or no longer one.
    pub fn push(&mut self, cell: C, place: Place, row: T) -> Option<T> {
        let elites = self.cells.entry(cell).or_default();
        let out = elites.insert(place, row);
        if elites.len() > self.capacity { elites.pop_last().map(|(_, row)| row) } else { out }
    }

    pub fn merge(&mut self, other: &Archive<C, T>) {
        for (cell, elites) in &other.cells {
            for (place, row) in elites {
                self.push(cell.clone(), *place, row.clone());
            }
        }
    }

    /// Cells with their elites, the first ones first.
    pub fn cells(&self) -> impl Iterator<Item = (&C, impl Iterator<Item = &T>)> {
        self.cells.iter().map(|(cell, elites)| (cell, elites.values()))
    }

    pub fn len(&self) -> usize {
        self.cells.len()
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::complexity::Vector;
    use proptest::prelude::*;

    fn row(id: &str, calls: u64, corrections: u64, tokens: u64) -> Observed {
        let factors = [("complexity", "4-8"), ("domain", "trips")].map(|(factor, level)| (factor.to_string(), level.to_string()));
        let vector = Vector { calls, corrections, ..Vector::default() };
        Observed { id: id.into(), vector, factors: factors.into(), tokens, ..Observed::default() }
    }

    #[test]
    fn a_cell_knows_what_happens_and_not_how_often() {
        let (one, two, other) = (row("a", 1, 0, 5), row("b", 3, 0, 9), row("c", 1, 1, 5));
        assert_eq!(Cell::of(&one), Cell::of(&two));
        assert_ne!(Cell::of(&one), Cell::of(&other));
        assert!(Prefer::Short.place(&one, 0) < Prefer::Short.place(&two, 0));
        assert!(Prefer::Long.place(&two, 0) < Prefer::Long.place(&one, 0));
    }

    fn archive(rows: &[(u8, u64)], capacity: usize) -> Archive<u8, u64> {
        let mut archive = Archive::new(capacity);
        for (cell, row) in rows {
            archive.push(*cell, (row % 5, *row), *row);
        }
        archive
    }

    proptest! {
        #[test]
        fn archives_of_shards_merge_to_the_archive_of_the_whole(
            rows in proptest::collection::vec((0..6u8, 0..1000u64), 0..80),
            cut in any::<prop::sample::Index>(),
            capacity in 1..4usize,
        ) {
            let cut = cut.index(rows.len() + 1);
            let mut merged = archive(&rows[..cut], capacity);
            merged.merge(&archive(&rows[cut..], capacity));
            prop_assert_eq!(&merged, &archive(&rows, capacity));
            let mut reversed = rows.clone();
            reversed.reverse();
            prop_assert_eq!(merged, archive(&reversed, capacity));
        }
    }
}
