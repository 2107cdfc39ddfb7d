//! How a value is said, and read back.
//!
//! This is the one grammar that the writer and the checker share: every way of saying a value has an inverse. [`say`] gives the
//! ways, [`find`] looks for one value in a text, [`read`] for any value of a type. Whatever `say` gives was read back before it
//! is handed out, so that no form is ambiguous.

mod canon;
mod codebook;
mod codes;
mod date;
mod datetime;
mod decimal;
mod duration;
pub mod english;
mod enums;
mod lex;
mod money;
mod number;
mod numeric;
pub mod reckon;
mod sem;
mod shape;
mod shift;
mod speak;
mod spellings;
mod starts;
mod superlative;
#[cfg(test)]
mod tests;
mod time;
mod unit;
mod verbatim;

pub use canon::{find, read, same};
pub use sem::SemType;
pub use shape::shape;
pub use shift::{find_shifts, shifts};
pub use speak::say;
pub(crate) use starts::Starts;
pub use superlative::{Superlative, comparable, find_superlative, superlatives};
pub use unit::without_unit;

use serde_json::Value;
use std::ops::Range;

/// What a value is said against: relative dates need a today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SayContext {
    pub today: jiff::civil::Date,
}

/// What the catalog knows about how one value is said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// Unit or currency of a number: `USD`, `km`.
    pub unit: Option<&'a str>,
    /// Singular noun that a number counts: `night`.
    pub counted: Option<&'a str>,
    /// How enum values are said.
    pub enum_say: Option<&'a indexmap::IndexMap<String, String>>,
}

/// One place in a text where a value is said. `span` is in bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub span: Range<usize>,
    pub value: Value,
}

/// Where a way of saying something fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Register {
    /// Safe anywhere.
    Plain,
    /// Speech and chat: `five grand`, `half past seven in the evening`.
    Casual,
    /// Writing, forms, machines: `2026-03-12`, `EUR 50`.
    Formal,
}

impl Register {
    /// The register of two things said together: the marked one.
    fn or(self, other: Register) -> Register {
        if self == Register::Plain { other } else { self }
    }
}

/// One way to say a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub text: String,
    pub register: Register,
    /// A number alone, without the noun it counts, its unit or its sign: `3` beside `3 nights`. The writer puts these where the
    /// sentence has the noun already.
    pub bare: bool,
}

impl Form {
    fn new(text: impl Into<String>, register: Register) -> Form {
        Form { text: text.into(), register, bare: false }
    }

    fn bare(text: impl Into<String>, register: Register) -> Form {
        Form { text: text.into(), register, bare: true }
    }
}
