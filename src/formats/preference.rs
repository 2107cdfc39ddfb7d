//! Pairs of turns for preference training, written as they come: the record of twins, and the rows of each target for each trainer.

use super::conversation::{Message, ToolDoc, messages};
use super::names::{Names, Rule};
use super::output::{Atomic, Folder};
use super::{Counts, FileEntry, Refusal, Target, dpo, kto, sidecar};
use crate::dialogue::{Dialogue, Role, Turn};
use crate::error::{Error, Result};
use crate::twin::Twin;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The record of twins in the output folder: one line each, with the fault, the reason, the proof and both turns with their sources.
pub const RECORD: &str = "twins.jsonl";

/// A way to train on preferences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preference {
    /// Two answers to one prompt.
    Dpo,
    /// One answer to a prompt, and whether it is wanted.
    Kto,
}

/// Whose rows they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trainer {
    Trl,
    LlamaFactory,
}

impl Preference {
    pub const ALL: [Preference; 2] = [Preference::Dpo, Preference::Kto];

    /// As it is given to `--export`; also the folder it is written to.
    pub fn name(self) -> &'static str {
        match self {
            Preference::Dpo => "dpo",
            Preference::Kto => "kto",
        }
    }

    /// The data file of a trainer, in the output folder.
    pub fn file(self, trainer: Trainer) -> String {
        format!("{}/{}.jsonl", self.name(), trainer.name())
    }

    fn rows(self, trainer: Trainer, pair: &Pair) -> Vec<Result<Row, Refusal>> {
        match self {
            Preference::Dpo => vec![dpo::row(trainer, pair)],
            Preference::Kto => [true, false].into_iter().map(|wanted| kto::row(trainer, pair, wanted)).collect(),
        }
    }

    /// What the rows cannot hold, for a trainer.
    fn sidecar(self, trainer: Trainer) -> String {
        format!("sidecar/{}-{}.jsonl", self.name(), trainer.name())
    }

    fn dataset_info(self) -> String {
        match self {
            Preference::Dpo => dpo::dataset_info(),
            Preference::Kto => kto::dataset_info(),
        }
    }
}

impl Trainer {
    pub const ALL: [Trainer; 2] = [Trainer::Trl, Trainer::LlamaFactory];

    pub fn name(self) -> &'static str {
        match self {
            Trainer::Trl => "trl",
            Trainer::LlamaFactory => "llamafactory",
        }
    }

    /// What it takes for the name of a tool: as in the targets `chat` and `sharegpt`.
    pub(super) fn rule(self) -> Rule {
        match self {
            Trainer::Trl => Target::Chat.rule(),
            Trainer::LlamaFactory => Target::Sharegpt.rule(),
        }
    }
}

/// A twin and what comes before it.
pub struct Pair<'p> {
    pub dialogue: &'p Dialogue,
    pub twin: &'p Twin,
    /// An earlier twin of the dialogue has the same chosen turn.
    pub again: bool,
}

/// A pair in the form that every writer takes.
pub(super) struct Form {
    /// What both answers have before them. Nobody learns from these messages, so that one without loss does no harm here.
    pub context: Vec<Message>,
    pub chosen: Vec<Message>,
    pub rejected: Vec<Message>,
    /// The tools that are offered at the turn.
    pub tools: Vec<ToolDoc>,
}

impl Form {
    /// Gives the tools the names that a trainer takes, and those that a rejected turn makes up as well.
    fn rename(&mut self, rule: Rule) -> Names {
        let all = || self.context.iter().chain(&self.chosen).chain(&self.rejected);
        let called = all().flat_map(|message| super::conversation::calls(std::slice::from_ref(message))).map(|call| call.name.as_str());
        let given: Vec<&str> = self.tools.iter().map(|tool| tool.name.as_str()).chain(called).collect();
        let names = Names::among(given.iter().copied(), rule);
        for messages in [&mut self.context, &mut self.chosen, &mut self.rejected] {
            names.apply_to(messages);
        }
        for tool in &mut self.tools {
            tool.name = names.written(&tool.name).to_string();
        }
        names
    }
}

/// A row for a trainer.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
    pub id: String,
    pub line: String,
    pub names: Names,
}

impl Pair<'_> {
    /// With the names that the trainer takes. Tools that come in the middle have no place in a row.
    pub(super) fn form(&self, trainer: Trainer) -> Result<(Form, Names), Refusal> {
        let (dialogue, at) = (self.dialogue, self.twin.turn);
        let turns = dialogue.turns.get(..at).ok_or(Refusal::NoAnswer)?;
        if turns.iter().skip(1).any(|turn| turn.role == Role::System) {
            return Err(Refusal::Tools);
        }
        let answer = |turn: &Turn| messages(std::slice::from_ref(turn));
        let mut form = Form {
            context: messages(turns),
            chosen: answer(&self.twin.chosen),
            rejected: answer(&self.twin.rejected),
            tools: dialogue.tools.iter().filter(|tool| dialogue.offers(&tool.name, at)).map(ToolDoc::from).collect(),
        };
        let names = form.rename(trainer.rule());
        Ok((form, names))
    }
}

/// The twins of one dialogue, ready to be written.
#[derive(Debug, Default)]
pub struct RenderedTwins {
    records: Vec<String>,
    /// For each target and trainer, in the order of [`files`].
    rows: Vec<Vec<Result<Row, Refusal>>>,
}

/// What there is a file for.
fn files(targets: &[Preference]) -> impl Iterator<Item = (Preference, Trainer)> {
    targets.iter().flat_map(|target| Trainer::ALL.map(|trainer| (*target, trainer)))
}

/// Makes the rows of a dialogue's twins; knows nothing of files, so that many threads can do it.
pub fn render(targets: &[Preference], dialogue: &Dialogue, twins: &[Twin]) -> Result<RenderedTwins> {
    let internal = |error: serde_json::Error| Error::Internal { index: dialogue.index, message: error.to_string() };
    let records = twins.iter().map(|twin| serde_json::to_string(twin).map_err(internal)).collect::<Result<_>>()?;
    let again = |at: usize| twins[..at].iter().any(|other| other.turn == twins[at].turn);
    let pairs: Vec<Pair> = twins.iter().enumerate().map(|(at, twin)| Pair { dialogue, twin, again: again(at) }).collect();
    let rows = files(targets).map(|(target, trainer)| pairs.iter().flat_map(|pair| target.rows(trainer, pair)).collect());
    Ok(RenderedTwins { records, rows: rows.collect() })
}

/// The files of one target for one trainer.
struct Rows {
    target: Preference,
    trainer: Trainer,
    file: Atomic,
    /// Made when the first name is changed.
    sidecar: Option<Atomic>,
    counts: Counts,
}

impl Rows {
    fn push(&mut self, folder: &Folder, row: Result<Row, Refusal>) -> Result<()> {
        self.counts.rows_in += 1;
        match row {
            Ok(row) => {
                if !row.names.is_empty() {
                    let file = match self.sidecar.take() {
                        Some(file) => file,
                        None => folder.create(&self.target.sidecar(self.trainer))?,
                    };
                    self.sidecar.insert(file).line(&sidecar::names(self.counts.rows_out, &row.id, &row.names))?;
                    self.counts.renamed += 1;
                }
                self.file.line(&row.line)?;
                self.counts.rows_out += 1;
            }
            Err(refusal) => *self.counts.refused.entry(refusal.to_string()).or_default() += 1,
        }
        Ok(())
    }
}

/// Streams twins into their record and every target.
pub(super) struct TwinWriter {
    record: Atomic,
    rows: Vec<Rows>,
}

impl TwinWriter {
    pub(super) fn open(folder: &Folder, targets: &[Preference]) -> Result<TwinWriter> {
        let mut rows = Vec::new();
        for (target, trainer) in files(targets) {
            rows.push(Rows { target, trainer, file: folder.create(&target.file(trainer))?, sidecar: None, counts: Counts::default() });
        }
        Ok(TwinWriter { record: folder.create(RECORD)?, rows })
    }

    /// Writes what [`render`] made for the same targets.
    pub(super) fn push(&mut self, folder: &Folder, rendered: RenderedTwins) -> Result<()> {
        for line in &rendered.records {
            self.record.line(line)?;
        }
        for (target, rows) in self.rows.iter_mut().zip(rendered.rows) {
            for row in rows {
                target.push(folder, row)?;
            }
        }
        Ok(())
    }

    /// Counts so far, by target and trainer.
    pub(super) fn counts(&self) -> BTreeMap<String, Counts> {
        self.rows.iter().map(|rows| (format!("{}/{}", rows.target.name(), rows.trainer.name()), rows.counts.clone())).collect()
    }

    /// Gives every file its final name.
    pub(super) fn finish(self, folder: &Folder) -> Result<Vec<FileEntry>> {
        let mut files = vec![self.record.finish()?];
        for Rows { target, trainer, file, sidecar, .. } in self.rows {
            files.push(file.finish()?);
            if let Some(sidecar) = sidecar {
                files.push(sidecar.finish()?);
            }
            if trainer == Trainer::LlamaFactory {
                let mut info = folder.create(&format!("{}/dataset_info.json", target.name()))?;
                info.line(&target.dataset_info())?;
                files.push(info.finish()?);
            }
        }
        Ok(files)
    }
}
