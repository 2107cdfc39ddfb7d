//! The options that say what a run is exported to.

use super::targets::{Export, To};
use crate::error::Result;
use crate::formats::mix::Mix;
use crate::formats::{Preference, Target};
use crate::twin;
use clap::Args;

#[derive(Args)]
pub(super) struct ExportArgs {
    /// Targets to export to; 'all' is every one but mixed, parquet and the preference pairs, dpo and kto
    #[arg(long, value_enum, value_delimiter = ',', default_value = "all")]
    export: Vec<Export>,
    /// Mix of formats of the target `mixed`, which it adds: syntaxes of calls with weights, such as hermes=2,json,react [default: all alike]
    #[arg(long, value_name = "MIX")]
    formats: Option<String>,
    /// Preference pairs of each dialogue, at most, for dpo and kto
    #[arg(long, default_value_t = twin::PER_DIALOGUE, value_name = "N")]
    pub(super) twins: usize,
}

impl ExportArgs {
    /// The targets beside the record, which is always written.
    pub(super) fn targets(&self) -> Vec<Target> {
        let asked = self.export.iter().filter_map(|export| match export {
            Export::To(to) => Some(*to),
            Export::Pairs(_) => None,
        });
        // A mix of formats is nothing without its target.
        let asked: Vec<To> = asked.chain(self.formats.iter().map(|_| To::Target(Target::Mixed))).collect();
        To::targets(&asked).into_iter().filter(|target| *target != Target::Jsonl).collect()
    }

    pub(super) fn preferences(&self) -> Vec<Preference> {
        Preference::ALL.into_iter().filter(|pairs| self.export.contains(&Export::Pairs(*pairs))).collect()
    }

    /// How the rows of `mixed` are written.
    pub(super) fn mix(&self, seed: u64) -> Result<Mix> {
        self.formats.as_ref().map_or(Ok(Mix::even(seed)), |mix| Mix::parse(mix, seed))
    }

    /// The option `--formats`, as it was typed.
    pub(super) fn mix_command(&self) -> String {
        self.formats.as_ref().map_or(String::new(), |mix| format!(" --formats {mix}"))
    }

    /// The options that give the same targets; nothing where they are those of a run without options.
    pub(super) fn command(&self) -> String {
        let (targets, preferences) = (self.targets(), self.preferences());
        // Mixed rows come with --formats as well, which is told by itself.
        let by_name = targets.iter().any(|target| !target.is_of_all() && *target != Target::Mixed)
            || self.export.contains(&Export::To(To::Target(Target::Mixed)));
        let all = Target::ALL.into_iter().filter(|target| target.is_of_all() && *target != Target::Jsonl);
        if preferences.is_empty() && !by_name && all.into_iter().all(|target| targets.contains(&target)) {
            return String::new();
        }
        let mut names: Vec<&str> = targets.into_iter().map(Target::name).collect();
        if names.is_empty() && preferences.is_empty() {
            names.push(Target::Jsonl.name());
        }
        names.extend(preferences.iter().map(|target| target.name()));
        let twins = if self.twins == twin::PER_DIALOGUE { String::new() } else { format!(" --twins {}", self.twins) };
        format!(" --export {}{twins}", names.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        export: ExportArgs,
    }

    fn parsed(words: &str) -> ExportArgs {
        Line::parse_from(["generate"].into_iter().chain(words.split_whitespace())).export
    }

    #[test]
    fn the_command_of_a_card_asks_for_the_same_targets_again() {
        for (given, told) in [
            ("", ""),
            ("--export all", ""),
            ("--export all,dpo --twins 3", " --export sharegpt,chat,axolotl,openai,mistral,hermes,swift,xlam,bfcl,dpo --twins 3"),
            ("--export jsonl", " --export jsonl"),
            ("--export chat,parquet", " --export chat,parquet"),
            ("--export kto", " --export kto"),
            ("--formats hermes", ""),
            ("--export mixed", " --export mixed"),
        ] {
            let asked = parsed(given);
            assert_eq!(asked.command(), told, "{given}");
            let again = parsed(&(asked.mix_command() + &asked.command()));
            assert_eq!((again.targets(), again.preferences()), (asked.targets(), asked.preferences()), "{given}");
        }
    }

    #[test]
    fn all_leaves_out_what_is_a_set_of_its_own() {
        let all = parsed("--export all").targets();
        assert_eq!(all.len(), Target::ALL.len() - 3, "mixed, parquet and the record, which is written anyway");
        assert!(!all.contains(&Target::Mixed) && !all.contains(&Target::Parquet));
    }
}
