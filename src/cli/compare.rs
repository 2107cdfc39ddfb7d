//! `walktalk compare`.

use super::rows::{self, Rows, tell_bad};
use crate::compare::forecast::pass_rates;
use crate::compare::{compare, forecast_of, read};
use crate::error::{Error, Result, exit};
use clap::Args;
use std::path::PathBuf;

/// Two sets side by side: drift of formats and of each of the three axes
///
/// A is the training set, B the next generation: rows of any format that can be read, or what a model wrote, as text. Formats (syntax of calls,
/// code fences, list of tools, system message) are recognised and their shares compared: Jensen–Shannon divergence, effective number, largest
/// share. Where both sides are conversations, every figure of quality, diversity and complexity is told with the interval of its difference. With
/// pass rates of each format, the collapse of the mix is forecast.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  walktalk compare walktalk-out/chat/data.jsonl walktalk-out/hermes/data.jsonl\n  walktalk compare walktalk-out/chat/data.jsonl rollouts.jsonl --pass-rates rates.json --rounds 8 --json > drift.json\n\nRollouts: one JSON object a line, what the model wrote in `completion`, `response`, `output` or `text`.\n\nExit codes: 0 done, 3 an input cannot be read, has no rows or no pass rate."
)]
pub(super) struct Compare {
    /// The training set: a file of rows, a folder that has some, or '-'
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The set beside it, or rollouts
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Pass rate of each format of B, to forecast its shares: a JSON object, or lines such as hermes,0.7
    #[arg(long, value_name = "FILE")]
    pass_rates: Option<PathBuf>,
    /// Strength of the anchor to the model before (the KL weight); without it there is none
    #[arg(long, value_name = "BETA", requires = "pass_rates", allow_negative_numbers = true)]
    beta: Option<f64>,
    /// Rounds of the forecast
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rounds: u32,
    #[command(flatten)]
    rows: Rows,
    /// Print the comparison as JSON; docs/schemas/compare.json describes it
    #[arg(long)]
    json: bool,
}

impl Compare {
    pub(super) fn run(self) -> Result<u8> {
        if self.a.as_os_str() == "-" && self.b.as_os_str() == "-" {
            let message = "both sets are standard input, which comes once".into();
            return Err(Error::Unsatisfiable { message, cure: "write one of them to a file".into() });
        }
        let rates = self.pass_rates.as_ref().map(|path| pass_rates(path)).transpose()?;
        let progress = super::progress::rows();
        let side = |path: &PathBuf| read(&rows::files(std::slice::from_ref(path))?, self.rows.options()?, || progress.inc(1));
        let (a, b) = (side(&self.a)?, side(&self.b)?);
        progress.finish_and_clear();
        let told = rates.map(|rates| forecast_of(&b.0, &rates, self.beta, self.rounds)).transpose()?;
        let comparison = compare(a, b, told);
        tell_bad(&comparison.a.bad);
        tell_bad(&comparison.b.bad);
        match self.json {
            true => super::print(&super::json_line(&comparison))?,
            false => super::print(&crate::report::compare::text(&comparison))?,
        }
        Ok(exit::DONE)
    }
}
