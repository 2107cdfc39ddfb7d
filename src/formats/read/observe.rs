//! Rows of any format, judged and observed: what `score`, `verify`, `balance` and `compare` read.
//!
//! A record of walktalk's own is judged by every check; a conversation of others by those that are decidable without goals and sources. A
//! row in which calls and results do not belong together is judged as well: it fails. Only what is no row at all is bad.

use super::stream::{self, Options, Tally};
use crate::catalog::Catalog;
use crate::dialogue::Dialogue;
use crate::error::{Fault, Result};
use crate::formats::conversation::{Conversation, Flaw};
use crate::formats::record;
use crate::score::Observed;
use crate::verify::{Report, Verifier, foreign};
use std::path::{Path, PathBuf};

/// Judges conversations; share one among all threads.
pub struct Judge {
    own: Verifier<'static>,
    foreign: foreign::Judge,
}

impl Default for Judge {
    fn default() -> Judge {
        Judge { own: Verifier::without_catalog(), foreign: foreign::Judge::default() }
    }
}

/// A row and what is thought of it.
#[derive(Debug, Clone)]
pub struct Judged {
    pub dialogue: Dialogue,
    /// How it was written.
    pub format: Option<super::Source>,
    pub report: Report,
    pub traced: Vec<Vec<foreign::Traced>>,
    /// It has goals and sources of its own, and every check was made.
    pub own: bool,
}

impl Judge {
    pub fn judge(&self, row: &Conversation) -> Judged {
        let judged = match &row.own {
            Some(dialogue) => self.record(dialogue),
            None => self.theirs(row),
        };
        Judged { format: row.format, ..judged }
    }

    /// Whether a dialogue would be rejected, with nothing believed that it says of its own sources when others made it.
    pub fn rejects(&self, dialogue: &Dialogue) -> bool {
        if !dialogue.plan.is_empty() {
            return !self.own.verify(dialogue).ok();
        }
        let mut plain = dialogue.clone();
        plain.turns.iter_mut().flat_map(|turn| &mut turn.calls).for_each(|call| call.provenance.clear());
        !self.completed(plain, None).report.ok()
    }

    /// A record. One that others made has no plan; what can be told of it is told.
    pub fn record(&self, dialogue: &Dialogue) -> Judged {
        if dialogue.plan.is_empty() {
            return self.completed(dialogue.clone(), None);
        }
        let report = if dialogue.tools.iter().all(|tool| !tool.returns.is_null()) {
            self.own.verify(dialogue)
        } else {
            // What others leave out is inferred from all tools of the record together.
            Verifier::new(&Catalog::of_dialogue(dialogue)).verify(dialogue)
        };
        Judged { traced: foreign::trace(dialogue), dialogue: dialogue.clone(), report, own: true, format: None }
    }

    fn theirs(&self, row: &Conversation) -> Judged {
        self.completed(record::dialogue(row), row.flaw.as_ref())
    }

    fn completed(&self, mut dialogue: Dialogue, flaw: Option<&Flaw>) -> Judged {
        let traced = foreign::annotate(&mut dialogue);
        let mut report = self.foreign.judge(&dialogue, &traced);
        if let Some(flaw) = flaw {
            report.failures.insert(0, crate::verify::Failure { check: "paired", turn: 0, message: flaw.to_string() });
        }
        Judged { dialogue, report, traced, own: false, format: None }
    }
}

impl Judged {
    pub fn observed(&self) -> Observed {
        let mut observed = Observed::of(&self.dialogue, &self.report, &self.traced);
        if let Some(format) = self.format {
            observed.formats.insert("source".into(), format.name().into());
        }
        observed
    }
}

/// Reads inputs (`-` is standard input) in order and judges every row; `make` makes something of each, in parallel, and `sink` gets it in
/// order. Ids may come twice.
pub fn judge<T: Send>(
    inputs: &[PathBuf],
    options: Options,
    judge: &Judge,
    make: impl Fn(Judged) -> T + Sync,
    mut sink: impl FnMut(T) -> Result<()> + Send,
) -> Result<Tally> {
    stream::read(inputs, Options { judged: true, ..options }, |row| make(judge.judge(row)), |_, made| sink(made))
}

/// The files of rows that a path stands for: itself, `-`, or what is in a folder: the records of a run, or else every file of rows.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let records = path.join(crate::formats::RECORDS);
    if records.is_file() {
        return Ok(vec![records]);
    }
    let unreadable = |error: std::io::Error| Fault::new(path, format!("cannot be read: {error}"), "name a folder that can be read");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let ours = file.file_name().is_some_and(|name| name == crate::formats::manifest::NAME);
        if file.is_file() && matches!(ending, "jsonl" | "json" | "ndjson") && !ours {
            found.push(file);
        }
    }
    found.sort();
    match found.is_empty() {
        true => {
            let message = "cannot be read: it is not there, nor is any other file of rows in the folder";
            Err(Fault::new(records, message, "name a file of rows or a folder that has some").into())
        }
        false => Ok(found),
    }
}

/// Reads inputs (`-` is standard input) in order and observes every row; `make` makes something of each, in parallel, and `sink` gets it in
/// order. Ids may come twice.
pub fn read<T: Send>(
    inputs: &[PathBuf],
    options: Options,
    make: impl Fn(Observed) -> T + Sync,
    sink: impl FnMut(T) -> Result<()> + Send,
) -> Result<Tally> {
    judge(inputs, options, &Judge::default(), |row| make(row.observed()), sink)
}
