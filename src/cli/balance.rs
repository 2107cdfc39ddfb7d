//! `walktalk balance`.

use super::rows::{self, Rows, tell_bad};
use super::targets::To;
use crate::balance::aim::Aim;
use crate::balance::archive::Prefer;
use crate::balance::pool::Report;
use crate::balance::run::{self, Inputs};
use crate::balance::trust::Entry;
use crate::error::{Result, exit};
use crate::formats::output::Folder;
use crate::formats::read::stream::{Bad, Input};
use crate::formats::{Counts, FileEntry, Renderer, Target, Writer};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Choose a set from a pool: quotas and coverage, subject to quality
///
/// The pool is any number of files of any format that can be read. Rows that fail a check stay out; of the others, those come first that
/// cover combinations of factors (plan, domain, complexity, …) that no chosen row covers, then rows that fill the quotas, the scarcest quota
/// and the emptiest cell first. Quality, diversity and complexity are a condition, an order and a quota: there is no product of scores.
/// Every row that is left out is counted with its reason.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  walktalk balance walktalk-out/dialogues.jsonl --size 2 --out balanced\n  walktalk balance walktalk-out/chat/data.jsonl --quota turns:1=0 --trust 0.5 --out trusted\n\nFactors and levels: docs/balance.md.\n\nExit codes: 0 done, 3 a row cannot be read or what is asked for is out of reach (the message says how far it got and what binds)."
)]
pub(super) struct Balance {
    /// Files of rows, ours or others', or folders with dialogues.jsonl or other files of rows
    #[arg(required = true, value_name = "POOL")]
    pool: Vec<PathBuf>,
    /// Output folder
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Rows to choose [default: all that hold]
    #[arg(long, value_name = "N")]
    size: Option<u64>,
    /// A share of the set for a level of a factor; may be given again
    #[arg(long, value_name = "FACTOR:LEVEL=SHARE")]
    quota: Vec<String>,
    /// All of this as a YAML file, to which the options add
    #[arg(long, value_name = "FILE")]
    target: Option<PathBuf>,
    /// Least share of a row's arguments whose source an independent reader finds
    #[arg(long, value_name = "TAU", allow_negative_numbers = true)]
    quality: Option<f64>,
    /// Checks that a row may fail, by name
    #[arg(long, value_delimiter = ',', value_name = "CHECK")]
    allow: Vec<String>,
    /// Cover every combination of so many factors that the pool has: 0 to 3 [default: 2]
    #[arg(long, value_name = "T")]
    strength: Option<u8>,
    /// Factors to cover [default: all with up to 128 levels]
    #[arg(long, value_delimiter = ',', value_name = "FACTOR")]
    factors: Vec<String>,
    /// At most so many rows of a cell: what happens in them, complexity and domain alike
    #[arg(long, value_name = "N")]
    per_cell: Option<u64>,
    /// Which row of a cell comes first; ties are drawn [default: any]
    #[arg(long, value_enum, value_name = "RULE")]
    prefer: Option<PreferArg>,
    /// Real rows to mix in: all are taken, each with weight 1
    #[arg(long, value_name = "FILE")]
    real: Vec<PathBuf>,
    #[command(flatten)]
    trust: super::trust::TrustArgs,
    /// Targets; 'all' is every one but `mixed` and `parquet`. The record is always written
    #[arg(long, value_enum, value_delimiter = ',', default_value = "chat")]
    to: Vec<To>,
    #[command(flatten)]
    rows: Rows,
    /// Seed of the draws between equals
    #[arg(long, default_value_t = 0, value_name = "S")]
    seed: u64,
    /// Print the manifest as JSON instead of the table
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PreferArg {
    Any,
    Short,
    Long,
    Hard,
    Easy,
}

/// `manifest.json` of a balanced set.
#[derive(Serialize)]
struct Manifest {
    generator: &'static str,
    version: &'static str,
    seed: u64,
    aim: Aim,
    inputs: Vec<Input>,
    selection: Report,
    trust: Entry,
    targets: BTreeMap<String, Counts>,
    bad: Vec<Bad>,
    files: Vec<FileEntry>,
}

impl Balance {
    pub(super) fn run(self) -> Result<u8> {
        let aim = self.aim()?;
        let asked = self.trust.asked()?;
        let inputs = Inputs { files: rows::files(&self.pool)?, options: self.rows.options()? };
        inputs.check()?;
        let folder = Folder::open(&self.out)?;
        let progress = super::progress::rows();
        let (pool, tally) = inputs.survey(&aim, self.seed, || progress.inc(1))?;
        progress.finish_and_clear();
        let chosen = pool.choose(&aim)?;
        let trust = asked.settled(chosen.report.chosen, || inputs.count(&chosen))?;
        let trusted = run::trusted(&trust, &chosen, self.seed);
        let targets = To::targets(&self.to);
        let mut writer = Writer::open(folder, &targets, true)?;
        let mut written = targets.clone();
        // The record of rows that others made is made by its target.
        if !written.contains(&Target::Jsonl) {
            written.push(Target::Jsonl);
        }
        let renderer = Renderer::new(&written).weighing(trust.lambda);
        inputs.write(&chosen, trusted, &renderer, &mut writer)?;
        let real = run::mix_in(&self.real, &chosen, &written, &mut writer)?;
        let counts = writer.counts();
        let manifest = writer.finish(|files| {
            let manifest = Manifest {
                generator: "walktalk",
                version: env!("CARGO_PKG_VERSION"),
                seed: self.seed,
                aim,
                inputs: tally.inputs,
                trust: trust.entry(chosen.report.chosen, real, trusted, "the first rows, in the order of choice"),
                selection: chosen.report,
                targets: counts,
                bad: tally.bad,
                files,
            };
            (manifest, None)
        })?;
        match self.json {
            true => super::print(&super::json_line(&manifest))?,
            false => super::print(&crate::report::balance::summary(&manifest.selection, &manifest.trust, &manifest.targets))?,
        }
        tell_bad(&manifest.bad);
        eprintln!("{} of {} rows written to {}", manifest.selection.chosen, manifest.selection.rows, self.out.display());
        Ok(exit::DONE)
    }

    /// The file, and the options on top of it.
    fn aim(&self) -> Result<Aim> {
        let mut aim = self.target.as_ref().map_or(Ok(Aim::default()), |path| Aim::open(path))?;
        aim.size = self.size.or(aim.size);
        aim.quality = self.quality.unwrap_or(aim.quality);
        aim.allow.extend(self.allow.iter().cloned());
        for quota in &self.quota {
            aim.quota(quota)?;
        }
        aim.strength = self.strength.or(aim.strength);
        aim.factors.extend(self.factors.iter().cloned());
        aim.per_cell = self.per_cell.or(aim.per_cell);
        if let Some(rule) = self.prefer.and_then(|rule| rule.to_possible_value()) {
            aim.prefer = Prefer::ALL.into_iter().find(|prefer| prefer.name() == rule.get_name()).unwrap_or_default();
        }
        aim.check()?;
        Ok(aim)
    }
}
