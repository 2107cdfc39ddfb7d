//! How a value is said, and read back.
//!
//! This is the one grammar that the writer and the checker share: every way of saying a value has an inverse.

pub mod english;
mod sem;

pub use sem::SemType;

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
