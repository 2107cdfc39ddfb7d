//! `walktalk verify`.

use super::rows::{self, Rows};
use crate::error::{Result, exit};
use crate::formats::read::observe::{self, Judge, Judged};
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Prove dialogues again, from the messages and the tools alone
///
/// Reads records of `walktalk generate` (dialogues.jsonl, or the folder it stands in) and rows of every format that `walktalk convert` knows.
/// A record is checked by a reader that shares nothing with the writer but the grammar of values, and its calls are run again from the initial
/// world: the results must be the same, byte for byte. Rows of others are held to all that can be decided without goals and worlds; docs/score.md
/// lists these checks.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  walktalk verify walktalk-out\n  walktalk verify --json walktalk-out/chat\n\nExit codes: 0 every dialogue holds, 3 some do not or the file cannot be read."
)]
pub(super) struct Verify {
    /// Files of rows, folders with dialogues.jsonl or other files of rows, or '-'
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    rows: Rows,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

/// What is told at the end.
#[derive(Default)]
struct Summary {
    rows: u64,
    failed: u64,
    without_world: u64,
    without_goals: u64,
    without_tools: u64,
    checks: BTreeMap<&'static str, u64>,
}

impl Verify {
    pub(super) fn run(self) -> Result<u8> {
        let options = self.rows.options()?;
        let files = rows::files(&self.paths)?;
        let mut summary = Summary::default();
        let mut rows = Vec::new();
        // The conversations are not kept: only what is said of them.
        let tally = observe::judge(&files, options, &Judge::default(), Verdict::of, |verdict| {
            summary.add(&verdict);
            if self.json {
                rows.push(verdict.json(summary.rows - 1));
                return Ok(());
            }
            super::print(&verdict.lines(summary.rows - 1))
        })?;
        if self.json {
            super::print(&format!("{}\n", json!({"rows": rows, "summary": summary.json()})))?;
        } else {
            super::print(&summary.lines())?;
        }
        rows::tell_bad(&tally.bad);
        Ok(if summary.failed > 0 { exit::BAD_INPUT } else { exit::DONE })
    }
}

struct Verdict {
    id: String,
    failures: Vec<crate::verify::Failure>,
    own: bool,
    calls: bool,
    world: bool,
    tools: bool,
}

impl Verdict {
    fn of(judged: Judged) -> Verdict {
        let Judged { dialogue, report, own, .. } = judged;
        let calls = dialogue.calls().next().is_some();
        Verdict {
            calls,
            world: dialogue.world.is_some(),
            tools: !dialogue.tools.is_empty(),
            id: dialogue.id,
            failures: report.failures,
            own,
        }
    }

    fn json(&self, row: u64) -> Value {
        let told: Vec<_> = self.failures.iter().map(|one| json!({"check": one.check, "turn": one.turn, "message": one.message})).collect();
        json!({"row": row, "id": self.id, "ok": self.failures.is_empty(), "failures": told})
    }

    fn lines(&self, row: u64) -> String {
        self.failures.iter().map(|one| format!("row {row} ({}), turn {}: {}: {}\n", self.id, one.turn, one.check, one.message)).collect()
    }
}

impl Summary {
    fn add(&mut self, verdict: &Verdict) {
        self.rows += 1;
        self.failed += u64::from(!verdict.failures.is_empty());
        self.without_world += u64::from(!verdict.world && verdict.calls);
        self.without_goals += u64::from(!verdict.own);
        self.without_tools += u64::from(!verdict.tools && verdict.calls);
        for failure in &verdict.failures {
            *self.checks.entry(failure.check).or_default() += 1;
        }
    }

    fn json(&self) -> Value {
        json!({
            "rows": self.rows,
            "ok": self.rows - self.failed,
            "failed": self.failed,
            "calls_not_run_again": self.without_world,
            "goals_not_known": self.without_goals,
            "tools_not_shown": self.without_tools,
            "failures_by_check": self.checks
        })
    }

    fn lines(&self) -> String {
        let mut text = String::new();
        let mut tell = |count: u64, words: &str| {
            if count > 0 {
                text.push_str(&format!("{count} {words}\n"));
            }
        };
        tell(self.without_goals, "do not say what was wanted: they were held to what can be decided without");
        tell(self.without_tools, "call tools and show none: their calls were held against no schema; give the tools with --tools");
        tell(self.without_world, "do not say from which world their results are: their calls were not run again");
        text + &format!("{} of {} dialogues hold\n", self.rows - self.failed, self.rows)
    }
}
