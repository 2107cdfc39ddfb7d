//! The targets, by name.

use super::conversation::{Conversation, Message};
use super::names::{Names, Rule};
use super::{DATA, Reduction, Refusal, Rendering, axolotl, bfcl, chat, hermes, mistral, mix, mixed, openai, record, sharegpt, swift, xlam};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A consumer of exported rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// LLaMA-Factory's ShareGPT format.
    Sharegpt,
    /// Messages and tools as objects: TRL, Hugging Face chat templates.
    Chat,
    Axolotl,
    /// OpenAI fine-tuning.
    Openai,
    /// mistral-finetune.
    Mistral,
    /// NousResearch's function-calling format.
    Hermes,
    /// ms-swift.
    Swift,
    /// xLAM-60k.
    Xlam,
    /// Berkeley Function-Calling Leaderboard.
    Bfcl,
    /// Messages with calls as text, in several syntaxes.
    Mixed,
    /// The rows of `chat` in a Parquet file.
    Parquet,
    /// Our own record.
    Jsonl,
}

impl Target {
    pub const ALL: [Target; 12] = [
        Target::Sharegpt,
        Target::Chat,
        Target::Axolotl,
        Target::Openai,
        Target::Mistral,
        Target::Hermes,
        Target::Swift,
        Target::Xlam,
        Target::Bfcl,
        Target::Mixed,
        Target::Parquet,
        Target::Jsonl,
    ];

    /// As it is given to `--export` and `--to`.
    pub fn name(self) -> &'static str {
        match self {
            Target::Sharegpt => "sharegpt",
            Target::Chat => "chat",
            Target::Axolotl => "axolotl",
            Target::Openai => "openai",
            Target::Mistral => "mistral",
            Target::Hermes => "hermes",
            Target::Swift => "swift",
            Target::Xlam => "xlam",
            Target::Bfcl => "bfcl",
            Target::Mixed => "mixed",
            Target::Parquet => "parquet",
            Target::Jsonl => "jsonl",
        }
    }

    /// The folder it is written to; the record stands in the output folder itself.
    pub fn folder(self) -> &'static str {
        match self {
            Target::Sharegpt => "llamafactory",
            Target::Openai => "openai_ft",
            Target::Jsonl => "",
            other => other.name(),
        }
    }

    /// A file of the target, in the output folder.
    pub fn file(self, name: &str) -> String {
        match self {
            Target::Jsonl => super::RECORDS.into(),
            _ => format!("{}/{name}", self.folder()),
        }
    }

    /// Whether all rows go to one file.
    pub fn is_one_file(self) -> bool {
        self != Target::Bfcl
    }

    /// The name of the data file of a target that has one.
    pub(super) fn data_name(self) -> &'static str {
        if self == Target::Parquet { "data.parquet" } else { DATA }
    }

    /// The data file of a target that has one.
    pub fn data(self) -> String {
        self.file(self.data_name())
    }

    /// Whether `all` means it: a mix is a set of its own, and Parquet has the rows of `chat` once more.
    pub fn is_of_all(self) -> bool {
        !matches!(self, Target::Mixed | Target::Parquet)
    }

    /// Whether its rows are lines of one file.
    pub fn is_lines(self) -> bool {
        self.is_one_file() && self != Target::Parquet
    }

    /// Whether this program can write it: Parquet is a feature that may have been left out.
    pub fn is_built_in(self) -> bool {
        cfg!(feature = "parquet") || self != Target::Parquet
    }

    /// Whether its rows have no column for their id, so that the sidecar has it.
    pub fn without_ids(self) -> bool {
        self == Target::Openai
    }

    /// Whether its trainer multiplies the loss of a row by a weight, so that every row is written with one.
    pub fn reads_weights(self) -> bool {
        self == Target::Swift
    }

    /// A row as this target has it, without what it has no place for where the rest is worth having.
    ///
    /// Rows of `mixed` are written as their ids say; [`Target::render_as`] writes them as somebody else says.
    pub fn render(self, row: &Conversation) -> Result<Rendering, Refusal> {
        self.render_as(row, || mix::Mix::even(0).of_id(&row.id), None)
    }

    /// As [`Target::render`], with the label and the weight of the row for the targets that ask for one.
    pub fn render_as(self, row: &Conversation, label: impl Fn() -> mix::Label, weight: Option<f64>) -> Result<Rendering, Refusal> {
        let mut reduced = Vec::new();
        let mut fitted = self.fitted(row, &mut reduced);
        let names = Names::of(row, self.rule());
        if !names.is_empty() {
            names.apply(fitted.to_mut());
        }
        let mut rendering = self.rendering(&fitted, label, weight)?;
        rendering.reduced.splice(0..0, reduced);
        rendering.names = names;
        Ok(rendering)
    }

    /// What its consumers take for the name of a tool.
    pub(super) fn rule(self) -> Rule {
        match self {
            Target::Chat | Target::Parquet | Target::Axolotl | Target::Openai | Target::Mistral | Target::Swift => Rule::Simple,
            Target::Sharegpt => Rule::Word,
            Target::Bfcl => Rule::Python,
            // A row of `mixed` is read again before it is given out.
            Target::Hermes | Target::Xlam | Target::Mixed | Target::Jsonl => Rule::Any,
        }
    }

    fn rendering(self, row: &Conversation, label: impl Fn() -> mix::Label, weight: Option<f64>) -> Result<Rendering, Refusal> {
        match self {
            Target::Sharegpt => sharegpt::row(row).map(Rendering::line),
            Target::Chat => chat::row(row).map(Rendering::line),
            Target::Parquet => chat::row(row).map(|line| Rendering { lines: vec![(self.data_name(), line)], ..Rendering::default() }),
            Target::Axolotl => axolotl::row(row).map(Rendering::line),
            Target::Openai => openai::row(row).map(Rendering::line),
            Target::Mistral => mistral::rendering(row),
            Target::Hermes => hermes::row(row).map(Rendering::line),
            Target::Swift => swift::row(row, weight).map(Rendering::line),
            Target::Xlam => xlam::rendering(row),
            Target::Bfcl => bfcl::rendering(row),
            Target::Mixed => mixed::rendering(row, label()),
            Target::Jsonl => record::row(row).map(Rendering::line),
        }
    }

    /// Leaves out words at the end that nobody answers, and words beside calls for the two trainers that take one or the other.
    fn fitted<'r>(self, row: &'r Conversation, reduced: &mut Vec<Reduction>) -> Cow<'r, Conversation> {
        let mut row = Cow::Borrowed(row);
        let answered = row.messages.iter().rposition(|message| matches!(message, Message::Assistant { .. }));
        let unanswered = answered.filter(|last| row.messages[last + 1..].iter().all(|message| matches!(message, Message::User { .. })));
        if let Some(last) = unanswered.filter(|last| last + 1 < row.messages.len() && self != Target::Jsonl) {
            row.to_mut().messages.truncate(last + 1);
            reduced.push(Reduction::Unanswered);
        }
        if matches!(self, Target::Sharegpt | Target::Mistral) && row.speaks_beside_calls() {
            row.to_mut().hush_callers();
            reduced.push(Reduction::Beside);
        }
        row
    }
}
