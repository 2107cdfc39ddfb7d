//! The options by which synthetic rows are given a weight beside real ones.

use crate::balance::trust::{Attributes, Trust, estimate, read_real};
use crate::error::{Fault, Result};
use crate::formats::read::stream::{self, Options};
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
#[command(next_help_heading = "Trust")]
pub(super) struct TrustArgs {
    /// What a synthetic row is worth beside a real one, from 0 to 1 [default: not declared]
    #[arg(long, value_name = "LAMBDA", conflicts_with = "trust_from", allow_negative_numbers = true)]
    trust: Option<f64>,
    /// Estimate that from real dialogues: rows of any known format, or turns of users, one a line, in a .txt file
    #[arg(long, value_name = "FILE")]
    trust_from: Option<PathBuf>,
}

/// What was asked for, read and checked before any work is done.
pub(super) enum Asked {
    Given(Trust),
    /// To be estimated from these counts of the file with that name.
    From(Attributes, String),
}

impl TrustArgs {
    pub(super) fn asked(&self) -> Result<Asked> {
        Ok(match (self.trust, &self.trust_from) {
            (Some(lambda), _) => Asked::Given(Trust::declared(lambda)?),
            (None, Some(path)) => Asked::From(read_real(path)?, path.display().to_string()),
            (None, None) => Asked::Given(Trust::default()),
        })
    }

    /// λ for the rows of these inputs, which are read once more for an estimate.
    pub(super) fn of_rows(&self, inputs: &[PathBuf], options: Options) -> Result<Trust> {
        let asked = self.asked()?;
        let twice = matches!(asked, Asked::From(..)) && inputs.iter().any(|file| file.as_os_str() == "-");
        if twice {
            let cure = "write the rows to a file first, or declare the trust with --trust";
            return Err(Fault::new("-", "rows are read twice for an estimate, and standard input comes once", cure).into());
        }
        asked.settled(0, || {
            let mut counts = Attributes::default();
            stream::read(
                inputs,
                options,
                |_| (),
                |row, ()| {
                    counts.push(&row);
                    Ok(())
                },
            )?;
            Ok(counts)
        })
    }

    /// As they were typed.
    pub(super) fn command(&self) -> String {
        let declared = self.trust.map(|lambda| format!(" --trust {lambda}"));
        declared.or_else(|| self.trust_from.as_ref().map(|path| format!(" --trust-from {}", path.display()))).unwrap_or_default()
    }
}

impl Asked {
    /// λ for `dialogues` synthetic rows, of which `count` counts some when that is needed; 0 for as many as it counts.
    pub(super) fn settled(self, dialogues: u64, count: impl FnOnce() -> Result<Attributes>) -> Result<Trust> {
        match self {
            Asked::Given(trust) => Ok(trust),
            Asked::From(real, name) => {
                let counts = count()?;
                let dialogues = if dialogues == 0 { counts.dialogues } else { dialogues };
                Trust::estimated(estimate(&counts, dialogues, &real, &name)?, dialogues)
            }
        }
    }
}
