//! What a rule found, where, and how to mend it.

use super::fix::Edit;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// How bad a finding is. Errors are refused or misread by somebody at run time; warnings make models fail; informations are
/// worth knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A finding as it is reported; the fields that are written to JSON are the interface that scripts rely on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnostic {
    /// Name of the rule, for instance `name-too-long`.
    pub rule: &'static str,
    /// Its code, for instance `N02`.
    pub code: &'static str,
    pub severity: Severity,
    pub file: PathBuf,
    /// From 1; 0 means "not known".
    pub line: u32,
    /// In characters from 1; 0 means "not known".
    pub column: u32,
    /// JSON pointer into the file.
    pub pointer: String,
    pub message: String,
    pub help: String,
    /// Name of the tool, empty for the file.
    #[serde(skip)]
    pub tool: String,
    /// Bytes of the text that the snippet underlines.
    #[serde(skip)]
    pub span: Option<(usize, usize)>,
    /// Edits that mend it and change nothing else that is valid.
    #[serde(skip)]
    pub fix: Vec<Edit>,
}

impl Diagnostic {
    /// What stays the same when lines move: for baselines.
    pub fn fingerprint(&self) -> String {
        let place = match (self.tool.is_empty(), self.pointer.rfind(['/'])) {
            (true, _) | (_, None) => self.pointer.clone(),
            (false, Some(_)) => format!("{}#{}", self.tool, tail(&self.pointer)),
        };
        let text = format!("{}\u{1f}{}\u{1f}{place}\u{1f}{}", self.rule, self.file.display(), self.message);
        blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
    }
}

/// A pointer without the numbers in it, which move when a tool is added before.
fn tail(pointer: &str) -> String {
    pointer.split('/').filter(|token| token.parse::<usize>().is_err()).collect::<Vec<_>>().join("/")
}
