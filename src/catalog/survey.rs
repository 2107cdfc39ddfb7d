//! A catalog as its author wrote it, beside what was read out of it: what the linter looks at.

use super::read::Syntax;
use super::{Note, RawTool, Skipped, Source};
use crate::error::Fault;
use serde_json::Value;

/// What became of one file.
#[derive(Debug)]
pub enum Seen {
    Catalog(Box<SurveyedFile>),
    /// Well-formed, and no catalog.
    Other(Note),
    /// It cannot be read, or not as a catalog.
    Fault(Fault),
}

/// A catalog with its text, its document and its tools before and after reading.
#[derive(Debug)]
pub struct SurveyedFile {
    pub source: Source,
    /// Without a byte-order mark.
    pub text: String,
    pub syntax: Syntax,
    /// Line of every row, for JSON lines.
    pub rows: Vec<u32>,
    /// The rows as a list, for JSON lines.
    pub value: Value,
    pub tools: Vec<SurveyedTool>,
}

/// One tool before anything was mended, and what became of it.
#[derive(Debug)]
pub struct SurveyedTool {
    /// Whatever stands in the place of the name.
    pub name: Value,
    pub description: String,
    pub domain: String,
    /// Whatever stands in the place of the parameters' schema, in the types of its dialect; null for none.
    pub parameters: Value,
    pub returns: Option<Value>,
    pub returns_prose: Option<String>,
    /// JSON pointer of the tool in its document.
    pub pointer: String,
    pub outcome: Result<RawTool, Skipped>,
    /// What was rewritten on the way in, and what the reader itself had to say.
    pub notes: Vec<Note>,
}
