//! How a value is said, and read back.
//!
//! This is the one grammar that the writer and the checker share: every way of saying a value has an inverse.

mod sem;

pub use sem::SemType;

use serde_json::Value;
use std::ops::Range;

/// What a value is said against: relative dates need a today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SayContext {
    pub today: jiff::civil::Date,
}

/// One place in a text where a value is said. `span` is in bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub span: Range<usize>,
    pub value: Value,
}
