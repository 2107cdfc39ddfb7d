//! Rows that others wrote: which format it is, and what they say. One file per family of formats.
//!
//! Formats are known by their content. What has no place in a [`Conversation`] is kept as named columns; what is wrong is one [`Flaw`] for
//! the row, and every row that is given out has passed [`Conversation::check`].

mod benchmarks;
mod builder;
mod calls;
mod fields;
mod glaive;
mod hermes;
pub mod observe;
#[cfg(feature = "parquet")]
mod parquet;
mod python;
mod questions;
mod record;
mod restore;
pub mod rows;
mod sgd;
pub mod stream;
pub(super) mod text_calls;
mod toolace;
mod tools;
pub(super) mod turns;

use super::conversation::{Conversation, Flaw, ToolDoc};
use fields::Fields;
use questions::Answers;
use std::path::Path;
use std::sync::Arc;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// `messages`, arguments as objects or strings: chat, axolotl, openai, mistral, ms-swift.
    Messages,
    /// `conversations` with `from` and `value`: ShareGPT, Hermes, APIGen-MT.
    Sharegpt,
    Toolace,
    Glaive,
    Xlam,
    Bfcl,
    Apibank,
    Tooltalk,
    /// Schema-Guided Dialogue.
    Sgd,
    /// Our own record.
    Jsonl,
}

impl Source {
    pub const ALL: [Source; 10] = [
        Source::Messages,
        Source::Sharegpt,
        Source::Toolace,
        Source::Glaive,
        Source::Xlam,
        Source::Bfcl,
        Source::Apibank,
        Source::Tooltalk,
        Source::Sgd,
        Source::Jsonl,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Source::Messages => "messages",
            Source::Sharegpt => "sharegpt",
            Source::Toolace => "toolace",
            Source::Glaive => "glaive",
            Source::Xlam => "xlam",
            Source::Bfcl => "bfcl",
            Source::Apibank => "apibank",
            Source::Tooltalk => "tooltalk",
            Source::Sgd => "sgd",
            Source::Jsonl => "jsonl",
        }
    }

    /// The format of a row, by its columns.
    fn of(row: &Fields) -> Option<Source> {
        let text = |key: &str| row.get(key).is_some_and(|value| value.get().starts_with('"'));
        let list = |key: &str| row.get(key).is_some_and(|value| value.get().starts_with('['));
        Some(match () {
            () if list("turns") && row.has("version") => Source::Jsonl,
            () if list("turns") && row.has("dialogue_id") => Source::Sgd,
            () if list("messages") => Source::Messages,
            () if list("conversations") => {
                let tools =
                    !row.has("tools") && row.get("system").is_some_and(|system| toolace::is_system(&system.get().replace("\\\"", "\"")));
                if tools { Source::Toolace } else { Source::Sharegpt }
            }
            () if text("system") && text("chat") => Source::Glaive,
            () if text("query") && row.has("answers") => Source::Xlam,
            () if list("question") && row.has("function") => Source::Bfcl,
            () if list("conversation") => Source::Tooltalk,
            () if text("role") && (text("text") || text("api_name")) => Source::Apibank,
            () => return None,
        })
    }
}

/// Reads the rows of one input.
#[derive(Debug, Default)]
pub struct Reader {
    /// What was asked for, or what the first row is.
    format: Option<Source>,
    /// What stands in for the tools of rows that have none.
    tools: Vec<Arc<ToolDoc>>,
    answers: Answers,
    own: restore::Own,
    services: sgd::Services,
    /// Names rows that have no id.
    stem: String,
    /// Rows are read to be judged: see [`stream::Options::judged`].
    judged: bool,
}

impl Reader {
    /// For rows of `format`, or of the format of the first row; `tools` are offered in rows whose format has no place for them.
    pub fn new(format: Option<Source>, tools: Vec<Arc<ToolDoc>>) -> Reader {
        Reader { format, tools, stem: "row".into(), ..Reader::default() }
    }

    /// Whether rows are read to be judged.
    pub fn judging(mut self, judged: bool) -> Reader {
        self.judged = judged;
        self
    }

    /// Rows without an id get one from the name of the file; the answers of BFCL, and what walktalk knows of rows that it wrote, are looked
    /// for beside it.
    pub fn for_file(mut self, path: &Path) -> Reader {
        if let Some(stem) = path.file_stem() {
            self.stem = stem.to_string_lossy().into_owned();
        }
        if let (Some(folder), Some(name)) = (path.parent(), path.file_name()) {
            let beside = folder.join("possible_answer").join(name);
            self.answers = std::fs::read_to_string(beside).map_or_else(|_| Answers::default(), |text| Answers::of(&text));
        }
        self.own = restore::Own::beside(path);
        self.services = sgd::Services::beside(path);
        self
    }

    /// The format, once it is known.
    pub fn format(&self) -> Option<Source> {
        self.format
    }

    /// Takes the format of a row when none is known yet.
    pub fn look(&mut self, bytes: &[u8]) {
        if self.format.is_none() {
            self.format = std::str::from_utf8(bytes).ok().and_then(|text| Fields::parse(text).ok()).and_then(|row| Source::of(&row));
        }
    }

    /// One row, whole and checked. `number` counts from 1.
    pub fn row(&self, bytes: &[u8], number: u64) -> Result<Conversation, Flaw> {
        let text = utf8(bytes)?;
        let row = Fields::parse(text)?;
        let format = self.expected(&row)?;
        if self.judged && format == Source::Jsonl {
            return record::whole(text);
        }
        let read = match format {
            Source::Messages => turns::read(row, "messages"),
            Source::Sharegpt => turns::read(row, "conversations"),
            Source::Toolace => toolace::read(row),
            Source::Glaive => glaive::read(row),
            Source::Xlam => questions::xlam(row),
            Source::Bfcl => questions::bfcl(row, &self.answers),
            Source::Tooltalk => benchmarks::tooltalk(row),
            Source::Sgd => sgd::read(row, &self.services),
            Source::Jsonl => record::read(row),
            Source::Apibank => Err(Flaw::Format { row: "apibank".into(), file: "one dialogue a file" }),
        };
        let mut conversation = self.talk(read, format)?;
        self.complete(&mut conversation, number);
        self.checked(conversation)
    }

    /// The one dialogue of a file whose rows are turns.
    pub fn dialogue<'b>(&self, rows: impl Iterator<Item = &'b [u8]>) -> Result<Conversation, Flaw> {
        let mut dialogue = benchmarks::ApiBank::default();
        for bytes in rows {
            let row = Fields::parse(utf8(bytes)?)?;
            self.expected(&row)?;
            dialogue.line(row)?;
        }
        let mut conversation = self.talk(dialogue.finish(), Source::Apibank)?;
        conversation.id = self.stem.clone();
        self.complete(&mut conversation, 0);
        self.checked(conversation)
    }

    /// A row that is to be judged knows its format, and may be one that could not be put together.
    fn talk(&self, read: Result<Conversation, Flaw>, format: Source) -> Result<Conversation, Flaw> {
        match read {
            Ok(conversation) => Ok(Conversation { format: self.judged.then_some(format), ..conversation }),
            Err(flaw) if self.judged && flaw.is_of_talk() => {
                Ok(Conversation { format: Some(format), flaw: Some(flaw), ..Conversation::default() })
            }
            Err(flaw) => Err(flaw),
        }
    }

    /// A row whose calls and results do not belong together is bad, unless it is to be judged.
    fn checked(&self, mut conversation: Conversation) -> Result<Conversation, Flaw> {
        match conversation.check() {
            Err(flaw) if self.judged => {
                conversation.flaw.get_or_insert(flaw);
                Ok(conversation)
            }
            checked => checked.map(|()| conversation),
        }
    }

    /// The format of the input, when the row has it.
    fn expected(&self, row: &Fields) -> Result<Source, Flaw> {
        let found = Source::of(row);
        match (self.format, found) {
            (Some(format), Some(found)) if format == found => Ok(format),
            // A row that looks like none may be one that lacks a column: its reader says which.
            (Some(format), None) => Ok(format),
            // ToolACE without tools looks like ShareGPT.
            (Some(Source::Toolace), Some(Source::Sharegpt)) | (Some(Source::Sharegpt), Some(Source::Toolace)) => {
                Ok(found.unwrap_or(Source::Sharegpt))
            }
            (Some(format), Some(found)) => Err(Flaw::Format { row: found.name().into(), file: format.name() }),
            (None, Some(found)) => Ok(found),
            (None, None) => Err(Flaw::Unknown(row.keys().take(6).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", "))),
        }
    }

    fn complete(&self, conversation: &mut Conversation, number: u64) {
        self.own.give_back(number.saturating_sub(1), conversation);
        if conversation.id.is_empty() {
            conversation.id = format!("{}-{number}", self.stem);
        }
        if conversation.tools.is_empty() {
            conversation.tools = self.tools.clone();
        }
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, Flaw> {
    std::str::from_utf8(bytes).map_err(|error| Flaw::Utf8(error.valid_up_to() + 1))
}
