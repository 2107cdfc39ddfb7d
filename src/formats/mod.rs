//! How do others read and write it? One file per target and per source, each with its contract at its head.
//!
//! Every reader makes a [`Conversation`] and every writer takes one. A row that a target cannot carry is refused with a typed reason and
//! counted, never written and never dropped in silence; what a target leaves out of a row that it does carry is counted as well.

mod axolotl;
mod bfcl;
pub mod card;
mod chat;
pub mod conversation;
pub mod dpo;
mod early;
mod embed;
mod features;
mod flaw;
mod hermes;
pub mod json;
pub mod kto;
#[cfg(test)]
mod loss_tests;
pub mod manifest;
mod messages;
mod mistral;
pub mod mix;
mod mixed;
mod names;
#[cfg(test)]
mod one_dialogue_tests;
mod openai;
mod opening;
pub mod output;
#[cfg(feature = "parquet")]
mod parquet;
pub mod preference;
#[cfg(test)]
mod preference_tests;
pub mod read;
mod recipes;
pub mod record;
#[cfg(test)]
mod round_trip_tests;
mod schema;
pub mod sharegpt;
mod sidecar;
mod swift;
mod target;
pub mod template;
mod writer;
mod xlam;

pub use conversation::{Conversation, Flaw};
pub use names::Names;
pub use preference::Preference;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
pub use target::Target;
pub use writer::{Rendered, Renderer, TEXTS, Writer};

/// The record of a run, in the output folder.
pub const RECORDS: &str = "dialogues.jsonl";

/// The data file of a target that has one.
const DATA: &str = "data.jsonl";

/// Why a target cannot carry a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refusal {
    #[error("two messages of one side in a row, which this trainer drops")]
    Alternation,
    #[error("the last message is not the assistant's")]
    NoAnswer,
    #[error("a message that must not be learned from, which this target has no mark for")]
    Loss,
    #[error("nothing that may be learned from")]
    Masked,
    #[error("tools that come in the middle of the dialogue, for which this target has no place")]
    Tools,
    #[error("words of the system in the middle of the dialogue, for which this target has no place")]
    System,
    #[error("words beside calls, which end the run of this trainer")]
    Beside,
    #[error("a message of the assistant's that neither says nor calls anything")]
    Empty,
    #[error("words that hold a mark of the format itself")]
    Markup,
    #[error("a tool whose parameters this target cannot describe")]
    Schema,
    #[error("a parameter that is named like a keyword of Python")]
    Keyword,
    #[error("no tools to choose from")]
    NoTools,
    #[error("a first message that is no request, or a request without an answer")]
    Opening,
    #[error("a first request that takes calls one after the other, where this target has one step")]
    Steps,
    #[error("arguments that the tool's parameters do not have, or lack")]
    Arguments,
    #[error("an argument that the checker would not check: null, empty, of another type or nested too deep")]
    Truth,
    #[error("a turn that another pair has as its chosen one as well, and that has its row")]
    Twice,
    #[error("the row cannot be written as JSON")]
    Json,
    #[error("more tokens than --max-tokens allows")]
    TooLong,
}

/// What a row is written without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Reduction {
    #[error("the last words of the user, which nobody answers")]
    Unanswered,
    #[error("words beside calls, for which this trainer has no place")]
    Beside,
    #[error("the results and the answer, which a single question has no place for")]
    Answer,
    #[error("what is said after the first request")]
    Later,
    #[error("limits and nested parts of parameters, which a flat list has no place for")]
    Nested,
}

/// One row as a target has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rendering {
    /// Lines, each with the file of the target's folder that it goes to.
    pub lines: Vec<(&'static str, String)>,
    pub reduced: Vec<Reduction>,
    pub names: Names,
    /// Its id in the target, where that is another one.
    pub id: Option<String>,
    /// In which of several ways the row was written.
    pub label: Option<mix::Label>,
}

impl Rendering {
    fn line(line: String) -> Rendering {
        Rendering { lines: vec![(DATA, line)], ..Rendering::default() }
    }
}

/// Rows in and out of one target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub rows_in: u64,
    /// Rows that the target carries.
    pub rows_out: u64,
    /// Lines that these became, where a row is not one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<u64>,
    /// Rows left out, by reason.
    pub refused: BTreeMap<String, u64>,
    /// Rows of which something was left out, by what it is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reduced: BTreeMap<String, u64>,
    /// Rows in which a tool got another name; the sidecar has its own one.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub renamed: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Counts {
    /// Counts one row and what became of it.
    pub fn add(&mut self, row: &Result<Rendering, Refusal>) {
        self.rows_in += 1;
        match row {
            Ok(rendering) => {
                self.rows_out += 1;
                self.renamed += u64::from(!rendering.names.is_empty());
                for reduction in &rendering.reduced {
                    *self.reduced.entry(reduction.to_string()).or_default() += 1;
                }
            }
            Err(refusal) => *self.refused.entry(refusal.to_string()).or_default() += 1,
        }
    }

    /// Whether every row came out whole.
    pub fn is_lossless(&self) -> bool {
        self.refused.is_empty() && self.reduced.is_empty()
    }
}

/// One written file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    pub path: String,
    pub bytes: u64,
    /// BLAKE3.
    pub hash: String,
}

fn json_line<T: Serialize + ?Sized>(row: &T) -> Result<String, Refusal> {
    serde_json::to_string(row).map_err(|_| Refusal::Json)
}
