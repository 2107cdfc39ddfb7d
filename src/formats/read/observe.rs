//! Rows of any format, judged and observed: what `score`, `verify`, `balance` and `compare` read.
//!
//! A record of walktalk's own is judged by every check; a conversation of others by those that are decidable without goals and sources. A
//! row in which calls and results do not belong together is judged as well: it fails. Only what is no row at all is bad.

use super::stream::{self, Options, Tally};
use crate::catalog::Catalog;
use crate::dialogue::Dialogue;
use crate::error::Result;
use crate::formats::conversation::{Conversation, Flaw};
use crate::formats::record;
use crate::score::Observed;
use crate::verify::{Report, Verifier, foreign};
use std::path::PathBuf;

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
pub struct Judged {
    pub dialogue: Dialogue,
    pub report: Report,
    pub traced: Vec<Vec<foreign::Traced>>,
    /// It has goals and sources of its own, and every check was made.
    pub own: bool,
}

impl Judge {
    pub fn judge(&self, row: &Conversation) -> Judged {
        match &row.own {
            Some(dialogue) => self.record(dialogue),
            None => self.theirs(row),
        }
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
        Judged { traced: foreign::trace(dialogue), dialogue: dialogue.clone(), report, own: true }
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
        Judged { dialogue, report, traced, own: false }
    }
}

impl Judged {
    pub fn observed(&self) -> Observed {
        Observed::of(&self.dialogue, &self.report, &self.traced)
    }
}

/// Reads inputs (`-` is standard input) in order and observes every row; `make` makes something of each, in parallel, and `sink` gets it in
/// order. Ids may come twice.
pub fn read<T: Send>(
    inputs: &[PathBuf],
    options: Options,
    make: impl Fn(Observed) -> T + Sync,
    mut sink: impl FnMut(T) -> Result<()> + Send,
) -> Result<Tally> {
    let judge = Judge::default();
    let observe = |row: &Conversation| {
        let mut observed = judge.judge(row).observed();
        if let Some(format) = row.format {
            observed.formats.insert("source".into(), format.name().into());
        }
        if let Some(written) = &row.written {
            observed.formats.insert("syntax".into(), written.syntax.name().into());
        }
        make(observed)
    };
    stream::read(inputs, Options { judged: true, ..options }, observe, |_, made| sink(made))
}
