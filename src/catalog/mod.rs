//! What tools are there?
//!
//! [`load`] reads files in any known format into a [`Catalog`]. Readers (`read/`) give [`RawTool`]s; [`infer`] completes what
//! they lack (return shape, effects, semantic types, phrases) and marks it as inferred; the result is a [`Tool`] with flat
//! views of its parameters and result fields.

mod arranged;
pub mod build;
pub mod infer;
#[cfg(feature = "mcp")]
pub mod live;
pub mod load;
mod open;
pub mod read;
mod survey;

pub use survey::{Seen, SurveyedFile, SurveyedTool};

use crate::value::SemType;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::PathBuf;

/// Where a piece of knowledge about a tool is from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Given as structure by the author.
    Declared,
    /// Read out of the author's prose.
    Prose,
    /// Inferred by us from name, verb and parameters.
    #[default]
    Inferred,
}

/// All tools of a run, and what happened while they were loaded.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    pub tools: Vec<Tool>,
    /// Tools that cannot be used, each with its reason.
    pub skipped: Vec<Skipped>,
    /// What was rewritten on the way in: type aliases, merged duplicates.
    pub notes: Vec<Note>,
    pub sources: Vec<Source>,
}

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    pub path: PathBuf,
    /// Name of the format that was recognised, for instance `openapi-3.1`.
    pub format: String,
    pub tools: usize,
    /// BLAKE3 of the bytes.
    pub hash: String,
}

/// A tool that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    pub tool: String,
    pub at: Position,
    pub reason: String,
    pub cure: String,
}

/// Something that was changed while reading, for instance `dict` read as `object`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    pub tool: String,
    pub at: Position,
    pub message: String,
}

/// A place in an input file. `line` counts from 1; 0 means "not known".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Position {
    pub file: PathBuf,
    pub line: u32,
    pub pointer: String,
}

/// What a reader hands over: the tool as its author wrote it, types mapped to JSON Schema, nothing inferred.
#[derive(Debug, Clone, Default)]
pub struct RawTool {
    pub name: String,
    pub description: String,
    /// The catalog, file or service that the tool belongs to.
    pub domain: String,
    /// JSON Schema with an object at the root; self-contained (`$ref` only into its own `$defs`).
    pub parameters: Value,
    /// JSON Schema of the result, where the source gives one.
    pub returns: Option<Value>,
    /// Prose about the result, where the source gives that.
    pub returns_prose: Option<String>,
    pub effects: Option<Effects>,
    /// `x-nl` as written.
    pub nl: Option<ToolNl>,
    pub at: Position,
}

/// A usable tool.
#[derive(Debug, Clone)]
pub struct Tool {
    pub name: String,
    pub description: String,
    pub domain: String,
    /// The parameters' JSON Schema, as it goes out again.
    pub schema: Value,
    /// Flat view of the schema: one leaf per value that a call can carry.
    pub parameters: Vec<Leaf>,
    pub returns: Returns,
    pub effects: Effects,
    pub phrase: ToolPhrase,
    /// `x-nl` as declared, kept so that the record can carry it.
    pub nl: Option<ToolNl>,
    pub at: Position,
}

/// What a call gives back.
#[derive(Debug, Clone)]
pub struct Returns {
    /// JSON Schema: as declared, whatever its root; where inferred, an object.
    pub schema: Value,
    pub origin: Origin,
    /// Flat view: one leaf per value in a result; `*` in the pointer stands for every index of a list.
    pub fields: Vec<Leaf>,
}

/// One scalar place in an object that a schema describes.
///
/// `/guests/*/name` is the name of every guest; `/tags/*` each tag of a list of strings. Alternatives (`oneOf`, `anyOf`) are
/// seen through their first usable branch, `allOf` through all of them; the schema itself is never changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// JSON pointer with `*` for list indexes.
    pub pointer: String,
    /// The last property name on the way (`tags` for `/tags/*`).
    pub name: String,
    /// The leaf's own schema, references resolved.
    pub schema: Value,
    pub description: String,
    /// True when it and all its ancestors are required.
    pub required: bool,
    pub sem: SemType,
    /// The kind of thing that an identifier or a name stands for (`hotel` for `hotel_id`), in the singular.
    pub entity: Option<String>,
    pub phrase: LeafPhrase,
}

/// How people speak of a parameter or a result field; filled from `x-nl` or inferred.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LeafPhrase {
    /// Noun phrase without article, never empty: `check-in date`.
    pub noun: String,
    /// Prepositions that can carry the value into a sentence, best first; empty when the value needs none.
    pub prep: Vec<String>,
    /// Whole questions that ask for it.
    pub questions: Vec<String>,
    /// Singular noun that a number counts: `night`.
    pub counted: Option<String>,
    /// Unit or currency of a number: `USD`, `km`.
    pub unit: Option<String>,
    /// How enum values are said.
    pub enum_say: IndexMap<String, String>,
    /// The field that names its object.
    pub headline: bool,
    /// Never said by a person: page, limit, api_key.
    pub silent: bool,
    pub origin: Origin,
}

/// The kind of thing that a tool does, for choosing words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToolClass {
    /// Gives several things to choose from.
    Find,
    /// Gives one thing or fact.
    #[default]
    Lookup,
    /// Changes the world: book, create, buy, update.
    Do,
    /// Takes something back: cancel, delete, remove.
    Undo,
    /// Calculates from its arguments alone.
    Compute,
    /// Sends words to somebody.
    Message,
    /// Switches, plays, sets.
    Control,
}

/// How people speak of what a tool does; filled from `x-nl` or inferred.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ToolPhrase {
    /// Base form: `book`.
    pub verb: String,
    /// `booked`.
    pub past: String,
    /// `up` for "look up".
    pub particle: Option<String>,
    /// Noun phrase without article: `hotel room`; may be empty when the verb needs none.
    pub object: String,
    pub object_plural: String,
    pub countable: bool,
    pub class: ToolClass,
    pub situations: Vec<String>,
    pub ask: Vec<String>,
    pub success: Vec<String>,
    pub origin: Origin,
}

/// What a tool does to the world.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effects {
    /// Entities, in the singular.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub creates: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deletes: Vec<String>,
    /// Entities or states that must be there before: `cart_item`, `signed_in`. A tool whose `creates` names one brings it about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorCase>,
    /// Not part of the file.
    #[serde(skip)]
    pub origin: Origin,
}

impl Effects {
    /// Nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.creates.is_empty() && self.updates.is_empty() && self.deletes.is_empty()
    }

    /// The same is done to the same things, whatever the errors.
    pub fn does_as(&self, other: &Effects) -> bool {
        let all = |of: &Effects| [of.creates.clone(), of.reads.clone(), of.updates.clone(), of.deletes.clone(), of.needs.clone()];
        all(self) == all(other)
    }
}

/// An error that a tool can answer with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCase {
    pub code: ErrorCode,
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    NotFound,
    InvalidValue,
    PermissionDenied,
    Conflict,
    RateLimited,
    Timeout,
    Unavailable,
}

/// `x-nl` of a tool as a file has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToolNl {
    pub verb: Option<VerbNl>,
    pub object: Option<ObjectNl>,
    pub class: Option<ToolClass>,
    #[serde(default)]
    pub situations: Vec<String>,
    #[serde(default)]
    pub ask: Vec<String>,
    #[serde(default)]
    pub success: Vec<String>,
    /// Keyed by parameter name, or by pointer (`/guest/name`) for nested ones.
    #[serde(default)]
    pub params: IndexMap<String, LeafNl>,
    /// Keyed by field name, or by pointer.
    #[serde(default)]
    pub results: IndexMap<String, LeafNl>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerbNl {
    pub lemma: String,
    pub past: Option<String>,
    pub particle: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectNl {
    pub np: String,
    pub plural: Option<String>,
    pub countable: Option<bool>,
}

/// `x-nl` of one parameter or result field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeafNl {
    pub sem: Option<SemType>,
    pub noun: Option<String>,
    #[serde(default)]
    pub prep: Vec<String>,
    #[serde(default)]
    pub q: Vec<String>,
    pub counted: Option<String>,
    pub unit: Option<String>,
    #[serde(default)]
    pub enum_say: IndexMap<String, String>,
    #[serde(default)]
    pub headline: bool,
    #[serde(default)]
    pub silent: bool,
}
