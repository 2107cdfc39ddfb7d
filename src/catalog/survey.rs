//! A catalog as its author wrote it, beside what is read out of it: what the linter looks at.
//!
//! What becomes of a tool in a run is worked out when it is first asked for: most rules look at what was written.

use super::read::{Candidate, Lent, Lines, Refusal, Syntax, admit, lines_of};
use super::{Effects, Note, RawTool, Skipped, Source, ToolNl};
use crate::error::Fault;
use serde_json::Value;
use std::sync::OnceLock;

/// What became of one file.
#[derive(Debug)]
pub enum Seen {
    Catalog(Box<SurveyedFile>),
    /// Well-formed, and no catalog.
    Other(Note),
    /// It cannot be read, or not as a catalog.
    Fault(Fault),
}

/// A catalog with its text, its document and its tools.
#[derive(Debug)]
pub struct SurveyedFile {
    /// Its `tools` are all that stand in the file, usable or not.
    pub source: Source,
    /// Without a byte-order mark.
    pub text: String,
    pub syntax: Syntax,
    /// Line of every row, for JSON lines.
    pub rows: Vec<u32>,
    /// The rows as a list, for JSON lines.
    pub value: Value,
    pub tools: Vec<SurveyedTool>,
    pub(super) lines: OnceLock<Lines>,
}

impl SurveyedFile {
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| lines_of(self.syntax, &self.text, &self.rows))
    }
}

/// One tool before anything was mended.
#[derive(Debug)]
pub struct SurveyedTool {
    /// Whatever stands in the place of the name.
    pub name: Value,
    pub description: String,
    pub domain: String,
    parameters: Value,
    returns: Option<Value>,
    lent: Lent,
    pub returns_prose: Option<String>,
    /// JSON pointer of the tool in its document.
    pub pointer: String,
    /// What the reader of the format had to say, each with a code.
    pub told: Vec<String>,
    effects: Option<Box<Effects>>,
    nl: Option<Box<ToolNl>>,
    /// A fault that the reader of the format found.
    refusal: Option<Refusal>,
    admitted: OnceLock<Box<Admitted>>,
}

/// A tool or why there is none, and what was rewritten on the way in. In a box: most tools of a linter never get there.
type Admitted = (Result<RawTool, Skipped>, Vec<Note>);

impl SurveyedTool {
    /// Whatever stands in the place of the parameters' schema, in the types of its dialect; null for none. `file` is the file that it
    /// stands in, here as everywhere.
    pub fn parameters<'a>(&'a self, file: &'a SurveyedFile) -> &'a Value {
        self.lent.parameters.map_or(&self.parameters, |key| self.under(key, file))
    }

    /// The schema of its result, if there is one.
    pub fn returns<'a>(&'a self, file: &'a SurveyedFile) -> Option<&'a Value> {
        self.lent.returns.map_or(self.returns.as_ref(), |key| Some(self.under(key, file)))
    }

    fn under<'a>(&self, key: &str, file: &'a SurveyedFile) -> &'a Value {
        file.value.pointer(&self.pointer).and_then(|tool| tool.get(key)).unwrap_or(&Value::Null)
    }

    /// Whether the reader of the format found it unusable.
    pub fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// What becomes of it in a run.
    pub fn outcome(&self, file: &SurveyedFile) -> &Result<RawTool, Skipped> {
        &self.admitted(file).0
    }

    /// What is rewritten on the way in, and what the reader itself had to say; nothing when the tool is left out.
    pub fn notes(&self, file: &SurveyedFile) -> &[Note] {
        &self.admitted(file).1
    }

    fn admitted(&self, file: &SurveyedFile) -> &Admitted {
        self.admitted.get_or_init(|| Box::new(admit(self.candidate(file), &file.source.path, file.lines())))
    }

    fn candidate(&self, file: &SurveyedFile) -> Candidate {
        Candidate {
            name: self.name.clone(),
            description: self.description.clone(),
            domain: self.domain.clone(),
            parameters: self.parameters(file).clone(),
            returns: self.returns(file).cloned(),
            lent: Lent::default(),
            returns_prose: self.returns_prose.clone(),
            effects: self.effects.clone(),
            nl: self.nl.clone(),
            pointer: self.pointer.clone(),
            notes: self.told.clone(),
            refusal: self.refusal.clone(),
        }
    }
}

impl From<Candidate> for SurveyedTool {
    fn from(candidate: Candidate) -> Self {
        SurveyedTool {
            name: candidate.name,
            description: candidate.description,
            domain: candidate.domain,
            parameters: candidate.parameters,
            returns: candidate.returns,
            lent: candidate.lent,
            returns_prose: candidate.returns_prose,
            pointer: candidate.pointer,
            told: candidate.notes,
            effects: candidate.effects,
            nl: candidate.nl,
            refusal: candidate.refusal,
            admitted: OnceLock::new(),
        }
    }
}
