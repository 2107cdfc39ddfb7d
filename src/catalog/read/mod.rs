//! One reader per catalog format.
//!
//! A [`Format`] recognises a document by its content and hands over [`Candidate`]s; the [`Harvest`] turns each into a
//! [`RawTool`] or into a [`Skipped`] with a reason, and writes a [`Note`] for everything that it changed. Reasons and notes
//! begin with a code (`non-json-type: ...`), see [`code`].
//!
//! To add a format: a file here with a unit struct that implements [`Format`], one line in [`FORMATS`] (most specific first),
//! and a fixture under `fixtures/catalogs/`.

mod api_bank;
mod bfcl;
mod fields;
mod harvest;
mod json;
mod lines;
mod mcp;
mod nestful;
mod openai;
mod openapi;
mod ours;
mod pieces;
mod schema;
mod seal_tools;
mod sgd;
mod star;
mod taskbench;
mod tau2;
mod text;
mod tool_alpaca;
mod toolbench;
mod yaml;

pub use text::MAX_BYTES;

pub(crate) use harvest::{Candidate, Harvest, Harvested, Lent, admit, invisible};
pub(crate) use lines::{Lines, escape, push_escaped};
pub(crate) use pieces::string_end;
pub(crate) use schema::{KeywordKind, Refusal, allows, compiles, is_plain, keyword_kind, read_type};
pub(crate) use text::{decode, decode_all, too_big};
pub(crate) use yaml::{options as yaml_options, parse_as as parse_yaml};

use crate::error::Fault;
use rayon::prelude::*;
use serde_json::Value;
use std::path::Path;

/// Documents nested deeper than this are refused while they are parsed.
pub const MAX_DEPTH: usize = 128;

/// What to try when nothing is recognised.
pub(crate) const KNOWN: &str = "give a catalog (YAML with `name` and `tools`), OpenAI or Anthropic tools, an MCP `tools/list` result, \
     an OpenAPI or Swagger document, or the tools of a published benchmark";

/// The code at the head of a reason or a note: `required-undefined` of "required-undefined: ...". The codes are those of the
/// catalog rules where there is one.
pub fn code(message: &str) -> &str {
    message.split_once(": ").map_or("", |(code, _)| code)
}

/// A parsed file.
pub(crate) struct Document<'a> {
    pub file: &'a Path,
    pub text: &'a str,
    pub syntax: Syntax,
    /// The rows as a list, for JSON lines.
    pub value: Value,
    rows: Vec<u32>,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    Json,
    JsonLines,
    Yaml,
}

impl<'a> Document<'a> {
    /// Parses by content: what begins with `{` or `[` is JSON, then JSON lines, then YAML in flow style if the file is named
    /// so; everything else is YAML, unless the file is named as JSON.
    pub(crate) fn parse(file: &'a Path, text: &'a str) -> Result<Self, Fault> {
        let extension = file.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        let yaml_name = matches!(extension.as_str(), "yaml" | "yml");
        if text.trim().is_empty() {
            return Err(Fault::new(file, "the file is empty", "put a catalog into it or leave it out"));
        }
        let json_like = text.trim_start().starts_with(['{', '[']);
        let document = |syntax, value, rows| Document { file, text, syntax, value, rows };
        if !json_like && (yaml_name || !matches!(extension.as_str(), "json" | "jsonl" | "snap")) {
            return yaml::parse(file, text).map(|value| document(Syntax::Yaml, value, Vec::new()));
        }
        let fault = match json::parse(file, text) {
            Ok(value) => return Ok(document(Syntax::Json, value, Vec::new())),
            Err(fault) => fault,
        };
        if let Some(rows) = json::parse_lines(file, text) {
            let (rows, values): (Vec<u32>, Vec<Value>) = rows?.into_iter().unzip();
            return Ok(document(Syntax::JsonLines, values.into(), rows));
        }
        if yaml_name {
            return yaml::parse(file, text).map(|value| document(Syntax::Yaml, value, Vec::new()));
        }
        Err(fault)
    }

    /// Syntax, line of every row, and value.
    pub(crate) fn into_parts(self) -> (Syntax, Vec<u32>, Value) {
        (self.syntax, self.rows, self.value)
    }

    pub(crate) fn lines(&self) -> Lines {
        lines_of(self.syntax, self.text, &self.rows)
    }
}

/// On which lines the upper nodes of a document begin; `rows` are those of JSON lines.
pub(crate) fn lines_of(syntax: Syntax, text: &str, rows: &[u32]) -> Lines {
    match syntax {
        Syntax::Json => Lines::json(text),
        Syntax::JsonLines => Lines::rows(rows.iter().copied()),
        Syntax::Yaml => Lines::yaml(text),
    }
}

/// A way of writing catalogs.
pub(crate) trait Format: Sync {
    /// Whether this is a catalog in this format. Cheap, and true for one format only wherever that is possible.
    fn recognises(&self, value: &Value) -> bool;

    /// Its name in [`super::Source::format`].
    fn name(&self, value: &Value) -> String;

    /// Offers every tool of the document. An error is a fault of the whole file.
    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault>;
}

/// All formats, the most specific first.
const FORMATS: &[&dyn Format] = &[
    &openapi::OpenApi,
    &mcp::Mcp,
    &tau2::Tau2,
    &bfcl::Bfcl,
    &seal_tools::SealTools,
    &nestful::Nestful,
    &taskbench::TaskBench,
    &toolbench::ToolBench,
    &tool_alpaca::ToolAlpaca,
    &api_bank::ApiBank,
    &sgd::Sgd,
    &star::Star,
    &ours::Ours,
    &openai::OpenAi,
];

/// The format that a document is in.
pub(crate) fn detect(value: &Value) -> Option<&'static dyn Format> {
    FORMATS.par_iter().copied().find_first(|format| format.recognises(value))
}

#[cfg(test)]
mod dialect_tests;
