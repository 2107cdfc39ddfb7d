//! `walktalk score`.

use super::rows::{self, Rows};
use crate::dialogue::Dialogue;
use crate::error::{Error, Fault, Result, exit};
use crate::formats::read::observe::{self, Judge, Judged};
use crate::score::Sketch;
use crate::score::sample::BottomK;
use crate::score::sketch::VERSION;
use crate::verify::mutate::{self, MUTATIONS, MutationRow};
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Measure quality, diversity and complexity of any tool-calling data set
///
/// Three panels, never one number: quality on all rows, diversity and complexity on the rows that pass the checks. Every figure is a share or is
/// taken at a fixed size, so that sets of different sizes can be put side by side; docs/score.md says what each one is. Shards can be scored apart
/// (--sketch) and put together (--merge): the answer is that of the whole, to the last digit.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  walktalk score walktalk-out\n  walktalk score walktalk-out/chat --json > panels.json\n  walktalk score walktalk-out --sketch one.sketch > panels.txt\n  walktalk score --merge one.sketch\n\nExit codes: 0 done, 3 an input cannot be read or has no rows, 4 the sketch cannot be written."
)]
pub(super) struct Score {
    /// Files of rows, folders with dialogues.jsonl or other files of rows, or '-'; with --merge, sketches
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    rows: Rows,
    /// The paths are sketches of shards
    #[arg(long, conflicts_with_all = ["from", "tools", "power"])]
    merge: bool,
    /// Write what was counted to this file, to be merged with that of other shards
    #[arg(long, value_name = "FILE")]
    sketch: Option<PathBuf>,
    /// An asked distribution of decision bits, to which the distance is told: a JSON object of bits and weights, the sketch of another set, or
    /// what `generate --complexity` means by low, medium, high or a number from 0 to 1
    #[arg(long, value_name = "FILE|X")]
    target: Option<PathBuf>,
    /// Plant each fault so often in valid rows and tell how many the checks catch
    #[arg(long, default_value_t = 0, value_name = "N")]
    power: usize,
    /// Print the panels as JSON; docs/schemas/score.json describes them
    #[arg(long)]
    json: bool,
}

/// Valid rows in which faults are planted.
const HOSTS: usize = 200;

type Hosts = BottomK<Arc<Dialogue>, HOSTS>;

impl Score {
    pub(super) fn run(self) -> Result<u8> {
        let target = self.target.as_deref().map(histogram).transpose()?;
        let judge = Judge::default();
        let (mut sketch, hosts) = if self.merge { (self.merged()?, Hosts::default()) } else { self.read(&judge)? };
        if sketch.sizes.rows == 0 {
            let named: Vec<String> = self.paths.iter().map(|path| path.display().to_string()).collect();
            return Err(
                Fault::new(&self.paths[0], format!("there are no rows in {}", named.join(", ")), "name a file that has some").into()
            );
        }
        sketch.version = VERSION;
        if let Some(path) = &self.sketch {
            let text = serde_json::to_vec(&sketch).unwrap_or_default();
            std::fs::write(path, text).map_err(Error::output(path))?;
        }
        let report = sketch.report(target.as_ref(), &power(&judge, hosts, self.power));
        match self.json {
            true => super::print(&super::json_line(&report))?,
            false => super::print(&crate::report::panels::text(&report))?,
        }
        Ok(exit::DONE)
    }

    fn read(&self, judge: &Judge) -> Result<(Sketch, Hosts)> {
        let options = self.rows.options()?;
        let files = rows::files(&self.paths)?;
        // Sketches wait here for whoever has a row; it does not matter which one gets it.
        let (sketches, hosts) = (Mutex::new(Vec::<Sketch>::new()), Mutex::new(Hosts::default()));
        let make = |judged: Judged| {
            let observed = judged.observed();
            let mut sketch = sketches.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default();
            sketch.push(&observed);
            if let Ok(mut idle) = sketches.lock() {
                idle.push(sketch);
            }
            if self.power > 0 && observed.valid() && !observed.calls.is_empty() {
                let hash = xxhash_rust::xxh3::xxh3_64(observed.id.as_bytes());
                if let Ok(mut hosts) = hosts.lock() {
                    hosts.update(hash, || judged.dialogue, |_| {});
                }
            }
        };
        let progress = super::progress::rows();
        let tally = observe::judge(&files, options, judge, make, |()| {
            progress.inc(1);
            Ok(())
        })?;
        progress.finish_and_clear();
        rows::tell_bad(&tally.bad);
        let mut whole = Sketch::default();
        sketches.into_inner().unwrap_or_default().iter().for_each(|part| whole.merge(part));
        Ok((whole, hosts.into_inner().unwrap_or_default()))
    }

    fn merged(&self) -> Result<Sketch> {
        let mut whole = Sketch::default();
        for path in &self.paths {
            whole.merge(&load(path)?);
        }
        Ok(whole)
    }
}

fn load(path: &Path) -> Result<Sketch> {
    let cure = "name a file that `walktalk score --sketch` has written";
    let bytes = std::fs::read(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), cure))?;
    let sketch: Sketch = serde_json::from_slice(&bytes).map_err(|error| Fault::new(path, format!("it is no sketch: {error}"), cure))?;
    match sketch.version {
        VERSION => Ok(sketch),
        other => {
            let message = format!("it is a sketch of version {other}, and this program reads {VERSION}");
            Err(Fault::new(path, message, "score the rows again with this version").into())
        }
    }
}

/// Bits and weights, the histogram of a sketch, or a preset where there is no file of that name.
fn histogram(path: &Path) -> Result<BTreeMap<u64, u64>> {
    if let (false, Some(Ok(x))) = (path.exists(), path.to_str().map(super::controls::level)) {
        return Ok(crate::score::target::preset(x));
    }
    let cure = "give a JSON object of decision bits and weights, {\"8\": 1, \"16\": 2}, a sketch, or low, medium or high";
    let bytes = std::fs::read(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), cure))?;
    let found = serde_json::from_slice::<BTreeMap<u64, u64>>(&bytes).ok();
    let found = found.or_else(|| load(path).ok().and_then(|sketch| sketch.complexity.histograms.get("decision_bits").cloned()));
    let found = found.filter(|histogram| histogram.values().any(|weight| *weight > 0));
    found.ok_or_else(|| Fault::new(path, "it is no distribution of decision bits", cure).into())
}

/// What the checks catch of the faults that can be planted in these rows.
fn power(judge: &Judge, hosts: Hosts, tries: usize) -> Vec<MutationRow> {
    if tries == 0 {
        return Vec::new();
    }
    let hosts: Vec<Dialogue> = hosts.values().map(|host| Dialogue::clone(host)).collect();
    let rows = (0..MUTATIONS.len()).map(|kind| mutate::power_by(kind, &hosts, tries, 0, |mutant| judge.rejects(mutant)));
    rows.filter(|row| row.tried > 0).collect()
}
