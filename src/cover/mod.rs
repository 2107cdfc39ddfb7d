//! Which situations must occur?
//!
//! A situation is a level of each factor: who speaks, under what circumstances, about what, in which kind of conversation. [`Cover`] makes
//! rows of levels such that every feasible combination of two or three of them occurs as early as can be, and then fills up with rows that
//! have the shares that are asked for ([`array`], `fill`). Rules say what cannot be combined (`space`). What dialogues can be about is a
//! [`taxonomy`].

pub mod array;
mod critic;
mod fill;
mod narrow;
mod space;
pub mod taxonomy;
mod tuples;

#[cfg(test)]
mod tests;

pub use array::{Cover, Infeasible, Row, array};
pub use critic::{LevelSummary, Remark};
pub use narrow::narrowed;
pub use space::{Factor, Level, MOST_LEVELS, Parts, Rule, Space, Unsound};
pub use taxonomy::{Taxonomy, TaxonomyFile};
