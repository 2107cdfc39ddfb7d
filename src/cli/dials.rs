//! The options of `generate` by which its dialogues are given more or less of something.

use crate::error::{Error, Result};
use crate::pipeline::dials::{Dial, Dials};
use clap::Args;

/// Each is a mean (or a share, from 0 to 1) that the run brings about by the choice of plans; without it, the plans' own weights decide.
#[derive(Args)]
#[command(next_help_heading = "Dials")]
pub(super) struct DialArgs {
    /// Calls a dialogue: short tasks are followed by others until it has them [default: 5]
    #[arg(long, value_name = "MEAN")]
    calls: Option<f64>,
    /// Turns of the user a dialogue
    #[arg(long, value_name = "MEAN")]
    user_turns: Option<f64>,
    /// Of the user's turns that lead to calls: how many lead to several
    #[arg(long, value_name = "SHARE")]
    multi_call: Option<f64>,
    /// Of the same turns: how many lead to calls one of which needs the result of another
    #[arg(long, value_name = "SHARE")]
    multi_step: Option<f64>,
    /// The longest chain of a dialogue, of calls each of which needs the result of the one before
    #[arg(long, value_name = "MEAN")]
    chain: Option<f64>,
    /// Of all arguments: how many come from an earlier result
    #[arg(long, value_name = "SHARE")]
    dependent: Option<f64>,
    /// Of all arguments: how many are computed ("the cheapest", "two days later")
    #[arg(long, value_name = "SHARE")]
    derived: Option<f64>,
    /// Questions of the assistant a dialogue
    #[arg(long, value_name = "MEAN")]
    clarifications: Option<f64>,
    /// Failed calls a dialogue
    #[arg(long, value_name = "MEAN")]
    failures: Option<f64>,
    /// Corrections by the user a dialogue
    #[arg(long, value_name = "MEAN")]
    corrections: Option<f64>,
    /// Requests a dialogue that the assistant refuses
    #[arg(long, value_name = "MEAN")]
    refusals: Option<f64>,
    /// Tools offered beside those that are used
    #[arg(long, value_name = "MEAN")]
    distractors: Option<f64>,
}

impl DialArgs {
    /// What was asked for.
    pub(super) fn asked(&self) -> Result<Dials> {
        let mut asked = Dials::new();
        for dial in Dial::ALL {
            let Some(value) = self.value(dial) else { continue };
            let (low, high) = match dial {
                Dial::Calls | Dial::UserTurns => (1.0, 32.0),
                Dial::Distractors => (0.0, 256.0),
                _ if dial.is_share() => (0.0, 1.0),
                _ => (0.0, 32.0),
            };
            if !(low..=high).contains(&value) {
                return Err(Error::Unsatisfiable {
                    message: format!("{} = {value} is out of range", dial.name()),
                    cure: format!("give a number from {low} to {high}"),
                });
            }
            asked.insert(dial, value);
        }
        Ok(asked)
    }

    /// As they were typed.
    pub(super) fn command(&self) -> String {
        let asked = Dial::ALL.into_iter().filter_map(|dial| self.value(dial).map(|value| (dial, value)));
        asked.map(|(dial, value)| format!(" --{} {value}", flag(dial))).collect()
    }

    fn value(&self, dial: Dial) -> Option<f64> {
        match dial {
            Dial::Calls => self.calls,
            Dial::UserTurns => self.user_turns,
            Dial::MultiCallTurns => self.multi_call,
            Dial::MultiStepTurns => self.multi_step,
            Dial::Chain => self.chain,
            Dial::Dependent => self.dependent,
            Dial::Derived => self.derived,
            Dial::Clarifications => self.clarifications,
            Dial::Failures => self.failures,
            Dial::Corrections => self.corrections,
            Dial::Refusals => self.refusals,
            Dial::Distractors => self.distractors,
        }
    }
}

/// The option of a dial.
fn flag(dial: Dial) -> String {
    match dial {
        Dial::UserTurns => "user-turns".into(),
        other => other.name().trim_end_matches("_turns").replace('_', "-"),
    }
}
