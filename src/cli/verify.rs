//! `walktalk verify`.

use crate::catalog::Catalog;
use crate::dialogue::Dialogue;
use crate::error::{Error, Fault, Result, exit};
use crate::verify::Verifier;
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

/// Prove dialogues again, from the messages and the tools alone
///
/// Reads records of `walktalk generate` (dialogues.jsonl, or the folder it stands in). Every dialogue is checked by a reader that shares
/// nothing with the writer but the grammar of values, and its calls are run again from the initial world: the results must be the same, byte
/// for byte.
#[derive(Args)]
#[command(
    after_help = "Example:\n  walktalk verify walktalk-out\n\nExit codes: 0 every dialogue holds, 3 some do not or the file cannot be read."
)]
pub(super) struct Verify {
    /// A file of records, a folder with dialogues.jsonl, or '-'
    path: PathBuf,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(super) fn run(self) -> Result<u8> {
        let path = if self.path.is_dir() { self.path.join("dialogues.jsonl") } else { self.path.clone() };
        let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            let file = std::fs::File::open(&path)
                .map_err(|error| Fault::new(&path, format!("cannot be read: {error}"), "name a file of records or its folder"))?;
            Box::new(BufReader::new(file))
        };
        let reader_of_records = Verifier::without_catalog();
        let mut rows = Vec::new();
        let mut checks: BTreeMap<&'static str, u64> = BTreeMap::new();
        let (mut count, mut bad, mut without_world) = (0u64, 0u64, 0u64);
        for (row, line) in reader.lines().enumerate() {
            let fault = |message: &str, column: usize| {
                let cure = "give records as walktalk writes them, one a line";
                Error::from(Fault::new(&path, message, cure).at(row as u32 + 1, column as u32))
            };
            let line = line.map_err(|error| fault(&format!("cannot be read: {error}"), 0))?;
            if line.trim().is_empty() {
                continue;
            }
            let dialogue: Dialogue = serde_json::from_str(&line).map_err(|error| {
                let full = error.to_string();
                // The reader counts lines from the row; the fault carries the place in the file.
                let words = full.rsplit_once(" at line ").map_or(full.as_str(), |(words, _)| words);
                fault(&format!("not a record: {words}"), error.column())
            })?;
            let report = if dialogue.tools.iter().all(|tool| !tool.returns.is_null()) {
                reader_of_records.verify(&dialogue)
            } else {
                // What others leave out is inferred from all tools of the record together.
                Verifier::new(&Catalog::of_dialogue(&dialogue)).verify(&dialogue)
            };
            count += 1;
            bad += u64::from(!report.ok());
            without_world += u64::from(dialogue.world.is_none() && dialogue.calls().next().is_some());
            for failure in &report.failures {
                *checks.entry(failure.check).or_default() += 1;
            }
            if self.json {
                let failures: Vec<_> =
                    report.failures.iter().map(|one| json!({"check": one.check, "turn": one.turn, "message": one.message})).collect();
                rows.push(json!({"row": row, "id": dialogue.id, "ok": report.ok(), "failures": failures}));
            } else if !report.ok() {
                for one in &report.failures {
                    super::print(&format!("row {row} ({}), turn {}: {}: {}\n", dialogue.id, one.turn, one.check, one.message))?;
                }
            }
        }
        if self.json {
            let summary = json!({
                "rows": count,
                "ok": count - bad,
                "failed": bad,
                "calls_not_run_again": without_world,
                "failures_by_check": checks
            });
            super::print(&format!("{}\n", json!({"rows": rows, "summary": summary})))?;
        } else {
            if without_world > 0 {
                super::print(&format!("{without_world} do not say from which world their results are: their calls were not run again\n"))?;
            }
            super::print(&format!("{} of {count} dialogues hold\n", count - bad))?;
        }
        Ok(if bad > 0 { exit::BAD_INPUT } else { exit::DONE })
    }
}
