//! How do others read and write it? One file per target, each with its contract at its head.
//!
//! A row that a target cannot carry is refused with a typed reason and counted, never written and never dropped in silence.

pub mod card;
pub mod chat;
pub mod dpo;
pub mod kto;
pub mod manifest;
pub mod output;
pub mod preference;
#[cfg(test)]
mod preference_tests;
mod schema;
pub mod sharegpt;

use crate::dialogue::Dialogue;
use crate::error::Result;
use crate::twin::Twin;
use output::{Atomic, Folder};
pub use preference::Preference;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A consumer of exported rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// LLaMA-Factory's ShareGPT format.
    Sharegpt,
    /// Messages and tools as objects: TRL, Hugging Face chat templates.
    Chat,
}

impl Target {
    pub const ALL: [Target; 2] = [Target::Sharegpt, Target::Chat];

    /// As it is given to `--export`.
    pub fn name(self) -> &'static str {
        match self {
            Target::Sharegpt => "sharegpt",
            Target::Chat => "chat",
        }
    }

    /// The folder it is written to.
    pub fn folder(self) -> &'static str {
        match self {
            Target::Sharegpt => "llamafactory",
            Target::Chat => "chat",
        }
    }

    fn row(self, dialogue: &Dialogue) -> Result<String, Refusal> {
        match self {
            Target::Sharegpt => sharegpt::row(dialogue),
            Target::Chat => chat::row(dialogue),
        }
    }
}

/// Why a target cannot carry a dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refusal {
    #[error("two messages of one side in a row, which this trainer drops")]
    Alternation,
    #[error("the last message is not the assistant's")]
    NoAnswer,
    #[error("a message that must not be learned from, which this target has no mark for")]
    Loss,
    #[error("tools that come in the middle of the dialogue, for which this target has no place")]
    Tools,
    #[error("a turn that another pair has as its chosen one as well, and that has its row")]
    Twice,
    #[error("the row cannot be written as JSON")]
    Json,
}

/// Rows in and out of one target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub rows_in: u64,
    pub rows_out: u64,
    /// Rows left out, by reason.
    pub refused: BTreeMap<String, u64>,
}

/// One written file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    pub path: String,
    pub bytes: u64,
    /// BLAKE3.
    pub hash: String,
}

/// Streams dialogues into the record and every target; nothing has its final name before [`Writer::finish`].
pub struct Writer {
    record: Atomic,
    targets: Vec<(Target, Atomic, Counts)>,
    twins: Option<preference::TwinWriter>,
    /// The last field, so that it is dropped when no unfinished file is in it any more.
    folder: Folder,
}

impl Writer {
    /// Opens the output folder. See [`Folder::open`] for what it refuses.
    pub fn open(folder: Folder, targets: &[Target]) -> Result<Writer> {
        let record = folder.create("dialogues.jsonl")?;
        let targets = targets
            .iter()
            .map(|target| Ok((*target, folder.create(&format!("{}/data.jsonl", target.folder()))?, Counts::default())))
            .collect::<Result<_>>()?;
        Ok(Writer { record, targets, twins: None, folder })
    }

    /// Writes the twins of dialogues as well, as their own record and to these targets.
    pub fn with_twins(mut self, targets: &[Preference]) -> Result<Writer> {
        self.twins = Some(preference::TwinWriter::open(&self.folder, targets)?);
        Ok(self)
    }

    /// Writes the twins of a dialogue, when that was asked for.
    pub fn push_twins(&mut self, dialogue: &Dialogue, twins: &[Twin]) -> Result<()> {
        self.twins.as_mut().map_or(Ok(()), |writer| writer.push(dialogue, twins))
    }

    pub fn push(&mut self, dialogue: &Dialogue) -> Result<()> {
        let line = serde_json::to_string(dialogue)
            .map_err(|error| crate::error::Error::Internal { index: dialogue.index, message: error.to_string() })?;
        self.record.line(&line)?;
        for (target, file, counts) in &mut self.targets {
            counts.rows_in += 1;
            match target.row(dialogue) {
                Ok(row) => {
                    file.line(&row)?;
                    counts.rows_out += 1;
                }
                Err(refusal) => *counts.refused.entry(refusal.to_string()).or_default() += 1,
            }
        }
        Ok(())
    }

    /// Counts so far, by target name.
    pub fn counts(&self) -> BTreeMap<String, Counts> {
        let mut counts: BTreeMap<String, Counts> =
            self.targets.iter().map(|(target, _, counts)| (target.name().to_string(), counts.clone())).collect();
        counts.extend(self.twins.iter().flat_map(preference::TwinWriter::counts));
        counts
    }

    /// Gives every file its final name: data first, then the card that `describe` makes, the manifest last.
    pub fn finish(self, describe: impl FnOnce(Vec<FileEntry>) -> (manifest::Manifest, String)) -> Result<manifest::Manifest> {
        let earlier = self.folder.earlier_files();
        self.folder.begin_replacing()?;
        let mut files = vec![self.record.finish()?];
        for (target, file, _) in self.targets {
            files.push(file.finish()?);
            if target == Target::Sharegpt {
                let mut info = self.folder.create("llamafactory/dataset_info.json")?;
                info.line(&sharegpt::dataset_info())?;
                files.push(info.finish()?);
            }
        }
        if let Some(twins) = self.twins {
            files.extend(twins.finish(&self.folder)?);
        }
        for name in earlier.iter().filter(|name| files.iter().all(|file| file.path != **name)) {
            self.folder.remove(name)?;
        }
        let (manifest, card) = describe(files);
        let mut readme = self.folder.create("README.md")?;
        readme.text(&card)?;
        readme.finish()?;
        let mut file = self.folder.create(manifest::NAME)?;
        file.line(&serde_json::to_string_pretty(&manifest).unwrap_or_default())?;
        file.finish()?;
        self.folder.done()?;
        Ok(manifest)
    }
}
