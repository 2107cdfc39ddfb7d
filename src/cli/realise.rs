//! `walktalk realise`.

use crate::catalog::Catalog;
use crate::error::{Error, Fault, Result, exit};
use crate::realise::words::{CANDIDATES, Engine, OutlineTurn, Tables};
use clap::Args;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;

/// Put words to annotated outlines
///
/// An outline says what is done in each turn (acts, slots, values) and not how it is said; `docs/schemas/outline.json` describes it. Written
/// for each turn is one line: {"dialogue", "turn", "role", "text", "values"}. Values are said as the outline has them.
#[derive(Args)]
#[command(
    after_help = "Example:\n  walktalk realise --catalog schema.json --outlines outlines.jsonl > words.jsonl\n\nExit codes: 0 every line has its words, 3 an input cannot be read."
)]
pub(super) struct Realise {
    /// Catalogs of the tools that are spoken of, in any format
    #[arg(long, required = true)]
    catalog: Vec<PathBuf>,
    /// Outlines, one turn a line; '-' is standard input
    #[arg(long)]
    outlines: PathBuf,
    /// The same seed gives the same words
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Candidates from which the words of a turn are drawn
    #[arg(long, default_value_t = CANDIDATES)]
    candidates: usize,
    /// A folder with carriers of one's own (common.yaml, user.yaml, ...; see plans/words) in place of the built-in ones
    #[arg(long)]
    words: Option<PathBuf>,
    /// Threads; the words do not depend on them
    #[arg(long)]
    threads: Option<usize>,
}

impl Realise {
    pub(super) fn run(self) -> Result<u8> {
        super::threads(self.threads);
        let catalog = Catalog::open_services(&self.catalog)?;
        let turns = self.read()?;
        let tables = self.tables()?;
        let folder = self.words.clone().unwrap_or_default();
        let mut engine = Engine::with_tables(&catalog, &tables)
            .map_err(|message| Fault::new(folder, message, "write the carriers as those in plans/words"))?;
        engine.learn(&turns);
        engine.candidates = self.candidates.max(1);
        let out = std::io::stdout().lock();
        let mut out = std::io::BufWriter::new(out);
        for worded in engine.realise(&turns, self.seed) {
            let line = serde_json::to_string(&worded).unwrap_or_default();
            match writeln!(out, "{line}") {
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(exit::DONE),
                Err(source) => return Err(Error::Output { path: "standard output".into(), source }),
                Ok(()) => {}
            }
        }
        out.flush().map_err(|source| Error::Output { path: "standard output".into(), source })?;
        Ok(exit::DONE)
    }

    fn tables(&self) -> Result<Tables> {
        let mut tables = Tables::default();
        let Some(folder) = &self.words else { return Ok(tables) };
        let unreadable = |error: std::io::Error| Fault::new(folder, format!("cannot be read: {error}"), "name a folder of carriers");
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if let (Some(name), Ok(text)) = (path.file_name().and_then(|name| name.to_str()), std::fs::read_to_string(&path)) {
                tables.files.insert(name.to_owned(), text);
            }
        }
        Ok(tables)
    }

    fn read(&self) -> Result<Vec<OutlineTurn>> {
        let path = &self.outlines;
        let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            let file = std::fs::File::open(path)
                .map_err(|error| Fault::new(path, format!("cannot be read: {error}"), "name a file of outlines, one turn a line"))?;
            Box::new(BufReader::new(file))
        };
        let mut turns = Vec::new();
        for (row, line) in reader.lines().enumerate() {
            let fault = |message: String, column: usize| {
                Error::from(
                    Fault::new(path, message, "give one turn a line, as docs/schemas/outline.json has it")
                        .at(row as u32 + 1, column as u32),
                )
            };
            let line = line.map_err(|error| fault(format!("cannot be read: {error}"), 0))?;
            if line.trim().is_empty() {
                continue;
            }
            turns.push(serde_json::from_str(&line).map_err(|error| {
                let full = error.to_string();
                let words = full.rsplit_once(" at line ").map_or(full.as_str(), |(words, _)| words);
                fault(format!("not a turn of an outline: {words}"), error.column())
            })?);
        }
        Ok(turns)
    }
}
