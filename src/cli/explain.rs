//! `walktalk explain`.

use crate::error::{Result, exit};
use crate::lint::{manual, report, select};
use clap::Args;
use std::fmt::Write as _;

/// Say what a rule of `check` finds, why it is bad, and what to do
#[derive(Args)]
#[command(
    after_help = "Examples:\n  walktalk explain\n  walktalk explain N01\n  walktalk explain dangling-id\n  walktalk explain security --json"
)]
pub(super) struct Explain {
    /// Name or code of a rule, or a group; without one, a list of all
    rule: Option<String>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

impl Explain {
    pub(super) fn run(self) -> Result<u8> {
        let docs = select(self.rule.as_deref().unwrap_or("all"))?;
        let text = match (&self.rule, self.json) {
            (_, true) => super::json_line(&docs.iter().map(|doc| manual::data(doc)).collect::<Vec<_>>()),
            (None, false) => report::Table::text(),
            (Some(_), false) => docs.iter().fold(String::new(), |mut out, doc| {
                let _ = writeln!(out, "{}", report::explain(doc));
                out
            }),
        };
        super::print(&text)?;
        Ok(exit::DONE)
    }
}
