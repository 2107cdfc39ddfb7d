//! Inputs of any size, row by row: read in blocks, understood and used in parallel, handed over in order.

use super::rows::{Batch, Rows, Unreadable};
use super::{Reader, Source};
use crate::error::{Error, Fault, Result};
use crate::formats::conversation::{Conversation, Flaw, ToolDoc};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to read and what to put up with.
#[derive(Debug, Default)]
pub struct Options {
    /// The format of all inputs; found out for each when it is not given.
    pub from: Option<Source>,
    /// Offered in rows whose format has no place for tools.
    pub tools: Vec<Arc<ToolDoc>>,
    /// So many bad rows are left out; one more is an error.
    pub skip_bad: u64,
    /// Rows are read to be judged: what is wrong with their calls and results is told of them and does not make them bad, ids may come
    /// twice, and records are kept whole.
    pub judged: bool,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bad {
    pub file: PathBuf,
    /// From 1, without empty lines.
    pub row: u64,
    pub line: u64,
    pub reason: String,
}

/// What an input was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    pub file: PathBuf,
    pub format: Option<Source>,
    pub rows: u64,
    pub bytes: u64,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub inputs: Vec<Input>,
    /// Conversations that were handed over.
    pub conversations: u64,
    pub bad: Vec<Bad>,
}

/// Where a row stands, from 1.
#[derive(Debug, Clone, Copy)]
struct Place {
    row: u64,
    line: u64,
}

/// Reads inputs (`-` is standard input) in order; `make` makes something of each conversation, in parallel, and `sink` gets it in order.
///
/// Fails at the first bad row beyond those that may be skipped, and at the first error of `sink`.
pub fn read<T: Send>(
    inputs: &[PathBuf],
    options: Options,
    make: impl Fn(&Conversation) -> T + Sync,
    mut sink: impl FnMut(Conversation, T) -> Result<()> + Send,
) -> Result<Tally> {
    let mut run =
        Run { skip_bad: options.skip_bad, judged: options.judged, ids: FxHashMap::default(), tally: Tally::default(), held: None };
    for path in inputs {
        let reader = Reader::new(options.from, options.tools.clone()).judging(options.judged);
        if path.as_os_str() == "-" {
            run.input(path, Box::new(std::io::stdin()), reader, &make, &mut sink)?;
        } else {
            let cure = "name a file of rows, or `-` for standard input";
            if path.is_dir() {
                return Err(Fault::new(path, "it is a folder", "name the files in it").into());
            }
            let file = std::fs::File::open(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), cure))?;
            run.input(path, opened(path, file)?, reader.for_file(path), &make, &mut sink)?;
        }
    }
    Ok(run.tally)
}

/// The bytes of a file; of a Parquet file its rows as lines. Nothing is read twice, since a pipe can have a name too.
fn opened(path: &Path, file: std::fs::File) -> Result<Box<dyn Read + Send>> {
    let mut head = Vec::new();
    let read = (&file).take(MAGIC.len() as u64).read_to_end(&mut head);
    read.map_err(|error| unreadable(path, &error.into()))?;
    match head == MAGIC {
        true => parquet_lines(path, file),
        false => Ok(Box::new(std::io::Cursor::new(head).chain(file))),
    }
}

/// How every Parquet file begins.
const MAGIC: &[u8] = b"PAR1";

#[cfg(feature = "parquet")]
fn parquet_lines(path: &Path, file: std::fs::File) -> Result<Box<dyn Read + Send>> {
    match super::parquet::lines(file) {
        Ok(lines) => Ok(Box::new(lines)),
        Err(error) => Err(Fault::new(path, format!("cannot be read as Parquet: {error}"), "see that the file is whole").into()),
    }
}

#[cfg(not(feature = "parquet"))]
fn parquet_lines(path: &Path, _: std::fs::File) -> Result<Box<dyn Read + Send>> {
    let cure = "build the program with `--features parquet`, or make the file JSON Lines first";
    Err(Fault::new(path, "it is Parquet, which this program was built without", cure).into())
}

struct Run {
    skip_bad: u64,
    judged: bool,
    /// Hashes of the ids that were seen, with the number of the conversation that has it.
    ids: FxHashMap<u64, u64>,
    tally: Tally,
    /// A conversation that is one answer of several: the next row may be the next one.
    held: Option<(Place, Conversation)>,
}

impl Run {
    fn input<T: Send>(
        &mut self,
        path: &Path,
        input: Box<dyn Read + Send>,
        mut reader: Reader,
        make: &(impl Fn(&Conversation) -> T + Sync),
        sink: &mut (impl FnMut(Conversation, T) -> Result<()> + Send),
    ) -> Result<()> {
        let mut rows = Rows::new(input);
        let mut batch = rows.batch().map_err(|error| unreadable(path, &error))?;
        let mut seen = Input { file: path.to_path_buf(), format: None, rows: 0, bytes: 0 };
        if let Some(first) = &batch {
            for place in first.rows() {
                reader.look(first.bytes(place));
            }
        }
        if reader.format() == Some(Source::Apibank) {
            return self.one_dialogue(path, rows, batch, &reader, make, sink);
        }
        let mut ready = Vec::new();
        while let Some(current) = batch {
            seen.rows += current.rows().len() as u64;
            seen.bytes += current.len() as u64;
            // While this block is worked on, the next one is read and what was made of the last one is handed over.
            let waiting = std::mem::take(&mut ready);
            let work = || rayon::join(|| self.batch(path, &current, &reader, make), || hand_over(waiting, sink));
            let (next, (made, handed_over)) = rayon::join(|| rows.batch(), work);
            handed_over?;
            ready = made?;
            batch = next.map_err(|error| unreadable(path, &error))?;
        }
        hand_over(ready, sink)?;
        let rest = self.held.take().into_iter().collect();
        hand_over(self.made(path, rest, make)?, sink)?;
        seen.format = reader.format();
        self.tally.inputs.push(seen);
        Ok(())
    }

    fn batch<T: Send>(
        &mut self,
        path: &Path,
        batch: &Batch,
        reader: &Reader,
        make: &(impl Fn(&Conversation) -> T + Sync),
    ) -> Result<Vec<(Conversation, T)>> {
        let read = |place: &super::rows::Place| match place.too_long {
            Some(bytes) => Err(Flaw::TooLong(bytes)),
            None => reader.row(batch.bytes(place), place.row),
        };
        let rows: Vec<Result<Conversation, Flaw>> = batch.rows().par_iter().map(read).collect();
        let mut whole = Vec::with_capacity(rows.len());
        for (place, row) in batch.rows().iter().zip(rows) {
            let at = Place { row: place.row, line: place.line };
            match row {
                Ok(conversation) => self.join(at, conversation, &mut whole),
                Err(flaw) => self.bad(path, at, &flaw)?,
            }
        }
        self.made(path, whole, make)
    }

    /// Puts the answers of one conversation together again, which came as rows of their own.
    fn join(&mut self, at: Place, conversation: Conversation, whole: &mut Vec<(Place, Conversation)>) {
        match self.held.take() {
            Some((first, held)) if conversation.partial && held.id == conversation.id => {
                match conversation.continues(&held) {
                    true => self.held = Some((first, conversation.with_losses_of(&held))),
                    false => {
                        whole.push((first, held));
                        self.held = Some((at, conversation));
                    }
                }
                return;
            }
            other => whole.extend(other),
        }
        if conversation.partial { self.held = Some((at, conversation)) } else { whole.push((at, conversation)) }
    }

    /// What is made of conversations, in their order; the ids that came before are bad.
    fn made<T: Send>(
        &mut self,
        path: &Path,
        rows: Vec<(Place, Conversation)>,
        make: &(impl Fn(&Conversation) -> T + Sync),
    ) -> Result<Vec<(Conversation, T)>> {
        let made: Vec<T> = rows.par_iter().map(|(_, row)| make(row)).collect();
        let mut ready = Vec::with_capacity(rows.len());
        for ((at, row), made) in rows.into_iter().zip(made) {
            let number = self.tally.conversations + 1;
            if !self.judged {
                let id = xxhash_rust::xxh3::xxh3_64(row.id.as_bytes());
                if let Some(first) = self.ids.get(&id).copied() {
                    self.bad(path, at, &Flaw::Twice { id: row.id, first })?;
                    continue;
                }
                self.ids.insert(id, number);
            }
            self.tally.conversations = number;
            let partial = row.partial && self.judged;
            ready.push((Conversation { partial, ..row }, made));
        }
        Ok(ready)
    }

    /// A file whose rows are the turns of one dialogue.
    fn one_dialogue<T: Send>(
        &mut self,
        path: &Path,
        mut rows: Rows<Box<dyn Read + Send>>,
        mut batch: Option<Batch>,
        reader: &Reader,
        make: &(impl Fn(&Conversation) -> T + Sync),
        sink: &mut (impl FnMut(Conversation, T) -> Result<()> + Send),
    ) -> Result<()> {
        let mut batches = Vec::new();
        while let Some(current) = batch {
            batches.push(current);
            batch = rows.batch().map_err(|error| unreadable(path, &error))?;
        }
        let count = batches.iter().map(|batch| batch.rows().len() as u64).sum();
        let bytes = batches.iter().map(|batch| batch.len() as u64).sum();
        let all = batches.iter().flat_map(|batch| batch.rows().iter().map(|place| batch.bytes(place)));
        let at = Place { row: 1, line: 1 };
        match reader.dialogue(all) {
            Ok(conversation) => hand_over(self.made(path, vec![(at, conversation)], make)?, sink)?,
            Err(flaw) => self.bad(path, at, &flaw)?,
        }
        self.tally.inputs.push(Input { file: path.to_path_buf(), format: reader.format(), rows: count, bytes });
        Ok(())
    }

    fn bad(&mut self, path: &Path, at: Place, flaw: &Flaw) -> Result<()> {
        if self.tally.bad.len() as u64 >= self.skip_bad {
            let skipped = match self.tally.bad.len() {
                0 => String::new(),
                count => format!(", after {count} that were left out"),
            };
            let message = format!("row {}: {flaw}{skipped}", at.row);
            let cure = match flaw {
                Flaw::NotOffered(_) => {
                    "give the tools with --tools when the rows have none, mend the row, or leave such rows out with --skip-bad N"
                }
                _ => "mend the row, or leave such rows out with --skip-bad N",
            };
            return Err(Error::from(Fault::new(path, message, cure).at(at.line as u32, 0)));
        }
        self.tally.bad.push(Bad { file: path.to_path_buf(), row: at.row, line: at.line, reason: flaw.to_string() });
        Ok(())
    }
}

fn hand_over<T>(ready: Vec<(Conversation, T)>, sink: &mut impl FnMut(Conversation, T) -> Result<()>) -> Result<()> {
    ready.into_iter().try_for_each(|(row, made)| sink(row, made))
}

fn unreadable(path: &Path, error: &Unreadable) -> Error {
    let cure = match error {
        Unreadable::Utf16 => "make it UTF-8 first: iconv -f UTF-16 -t UTF-8",
        Unreadable::Io(_) => "see that the input can be read",
    };
    Fault::new(path, error.to_string(), cure).into()
}
