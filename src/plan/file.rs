//! Plan files: YAML in, [`Plan`]s out, with the place of every fault.

use super::Plan;
use super::lines::items;
use super::yaml::PlanFile;
use crate::catalog::read;
use crate::error::{Error, Fault, Result};
use crate::graph::Motif;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// A file or a folder of plans larger than this is refused before it is parsed.
const MAX_BYTES: u64 = 4 << 20;

/// Reads every `.yaml` and `.yml` file under these paths, in sorted order. Without paths, the plans that are built in.
pub fn load(paths: &[PathBuf]) -> Result<Vec<Plan>> {
    if paths.is_empty() {
        return built_in();
    }
    let mut files = Vec::new();
    for path in paths {
        collect(path, &mut files)?;
    }
    let mut plans = Vec::new();
    for file in &files {
        let size = std::fs::metadata(file).map_err(|error| unreadable(file, &error))?.len();
        if size > MAX_BYTES {
            return Err(
                Fault::new(file, format!("a plan file of {size} bytes"), format!("keep plans under {MAX_BYTES} bytes a file")).into()
            );
        }
        let bytes = std::fs::read(file).map_err(|error| unreadable(file, &error))?;
        let text = read::decode(file, &bytes)?;
        plans.push(parse(file, &text)?);
    }
    unique(plans, &files)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(path, format!("cannot be read: {error}"), "check the path and its permissions")
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let mut found: Vec<PathBuf> = std::fs::read_dir(path)
        .map_err(|error| unreadable(path, &error))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|file| matches!(file.extension().and_then(|e| e.to_str()), Some("yaml" | "yml")) && file.is_file())
        .collect();
    found.sort();
    if found.is_empty() {
        return Err(Fault::new(
            path,
            "no plan in this folder",
            "name a folder with .yaml files, or leave --plans out for the built-in plans",
        )
        .into());
    }
    files.extend(found);
    Ok(())
}

fn built_in() -> Result<Vec<Plan>> {
    static PLANS: include_dir::Dir = include_dir::include_dir!("$CARGO_MANIFEST_DIR/plans/dialogues");
    let mut files: Vec<_> = PLANS.files().collect();
    files.sort_by_key(|file| file.path());
    let mut plans = Vec::new();
    let mut paths = Vec::new();
    for file in files {
        let path = Path::new("plans/dialogues").join(file.path());
        plans.push(parse(&path, file.contents_utf8().unwrap_or_default())?);
        paths.push(path);
    }
    unique(plans, &paths)
}

fn unique(plans: Vec<Plan>, files: &[PathBuf]) -> Result<Vec<Plan>> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, plan) in plans.iter().enumerate() {
        if let Some(first) = seen.insert(&plan.name, index) {
            let message = format!("the plan `{}` is already defined in {}", plan.name, files[first].display());
            return Err(Fault::new(&files[index], message, "give each plan a name of its own").into());
        }
    }
    Ok(plans)
}

/// Reads one plan. `path` is used in messages only.
pub fn parse(path: &Path, text: &str) -> Result<Plan> {
    if text.trim().is_empty() {
        return Err(Fault::new(path, "the file is empty", "put a plan into it or leave it out").into());
    }
    let file: PlanFile = read::parse_yaml(path, text)?;
    let fault = |at: &serde_yaml::Location, message: String, cure: &str| -> Error {
        Fault::new(path, message, cure).at(at.line() as u32, at.column() as u32).into()
    };
    let length = match file.length {
        Some(range) => range.value.0,
        None => default_length(file.motif),
    };
    let bounds = allowed_length(file.motif);
    if !bounds.contains(length.start()) || !bounds.contains(length.end()) {
        return Err(Fault::new(
            path,
            format!("a {:?} walk cannot have {} to {} steps", file.motif, length.start(), length.end()).to_lowercase(),
            format!("use a length from {} to {}", bounds.start(), bounds.end()),
        )
        .into());
    }
    if let Some(weight) = file.weight.as_ref().filter(|weight| !(1..=1000).contains(&weight.value)) {
        return Err(fault(&weight.referenced, format!("weight {}", weight.value), "use a weight from 1 to 1000"));
    }
    let turns = items(path, &file.turns.value)?;
    let plan = Plan {
        name: file.name.value,
        description: file.description,
        motif: file.motif,
        length,
        weight: file.weight.map_or(1, |weight| weight.value),
        turns,
    };
    super::proof::check(&plan).map_err(|message| {
        fault(
            &file.turns.referenced,
            format!("plan `{}`: {message}", plan.name),
            "put the acts in an order that a conversation can have; see docs/plans.md",
        )
    })?;
    Ok(plan)
}

fn default_length(motif: Motif) -> RangeInclusive<usize> {
    match motif {
        Motif::None => 0..=0,
        Motif::Single => 1..=1,
        Motif::Chain => 2..=3,
        Motif::FanOut | Motif::FanIn => 3..=3,
        Motif::Diamond => 4..=4,
        Motif::Loop | Motif::Repeat => 2..=2,
        Motif::Parallel => 2..=2,
        Motif::Seek => 2..=3,
        Motif::Errand => 2..=3,
        Motif::Interleave => 4..=4,
        Motif::Reckon => 2..=2,
    }
}

fn allowed_length(motif: Motif) -> RangeInclusive<usize> {
    match motif {
        Motif::None => 0..=0,
        Motif::Single => 1..=1,
        Motif::Chain => 2..=16,
        Motif::FanOut | Motif::FanIn => 3..=3,
        Motif::Diamond => 4..=4,
        Motif::Loop | Motif::Repeat => 2..=2,
        Motif::Parallel => 2..=4,
        Motif::Seek => 2..=4,
        Motif::Errand => 1..=12,
        Motif::Interleave => 4..=4,
        Motif::Reckon => 2..=2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Beat, UserBeat};
    use crate::seed::{Stage, stream};

    fn fault(text: &str) -> String {
        parse(Path::new("p.yaml"), text).unwrap_err().to_string()
    }

    fn with_turns(turns: &str) -> String {
        format!("name: p\ndescription: d\nmotif: single\nturns:\n{turns}")
    }

    #[test]
    fn the_built_in_plans_load_and_every_unrolling_takes_every_step_of_its_walk() {
        let plans = load(&[]).unwrap();
        assert!(plans.len() >= 16);
        for plan in &plans {
            for steps in plan.length.clone() {
                for attempt in 0..20 {
                    let beats = plan.unroll(&[steps], &mut stream(1, steps as u64, Stage::Script, attempt));
                    let taken = beats
                        .iter()
                        .any(|beat| matches!(beat, Beat::User(UserBeat::Request { .. } | UserBeat::RequestById | UserBeat::RequestBeyond)));
                    // Who is told what can be done instead need not take it.
                    let may_pass = plan.may(&Beat::User(UserBeat::RequestNear));
                    assert!(taken == (steps > 0) || may_pass, "{}", plan.name);
                }
            }
        }
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let message = fault("name: p\ndescription: d\nmotif: single\ncolour: red\nturns: []\n");
        assert!(message.starts_with("p.yaml:4:"), "{message}");
        assert!(message.contains("colour"), "{message}");
    }

    #[test]
    fn acts_that_cannot_follow_each_other_are_named() {
        let message = fault(&with_turns("  - user: request\n  - assistant: tell\n"));
        assert!(message.contains("`tell` needs a call before it"), "{message}");
        let message = fault(&with_turns("  - user: request\n  - assistant: call\n"));
        assert!(message.contains("not told"), "{message}");
        let message = fault(&with_turns("  - user: request\n  - assistant: call\n  - assistant: tell\n  - user: thank\n"));
        assert!(message.contains("last word"), "{message}");
        let message = fault(&with_turns("  - user: request\n  - user: inform\n"));
        assert!(message.contains("`inform` needs"), "{message}");
    }

    #[test]
    fn keys_that_do_not_belong_together_are_refused_with_their_line() {
        let message = fault(&with_turns("  - user: thank\n    omit: 1\n"));
        assert!(message.starts_with("p.yaml:5:"), "{message}");
        let message = fault("name: p\ndescription: d\nmotif: diamond\nlength: 9\nturns:\n  - user: thank\n  - assistant: goodbye\n");
        assert!(message.contains("4 to 4"), "{message}");
    }

    #[test]
    fn a_no_needs_a_question_and_what_is_left_open_needs_a_proposal() {
        let message = fault(&with_turns("  - user: request\n  - user: negate\n  - assistant: acknowledge\n"));
        assert!(message.contains("`negate` needs the assistant's `confirm`"), "{message}");
        let open = "  - user: request\n    omit: 1\n  - assistant: ask\n  - user: inform\n    answer: open\n";
        let message = fault(&with_turns(&format!("{open}  - assistant: call\n  - assistant: tell\n")));
        assert!(message.contains("`call` needs a value for what the user left open"), "{message}");
        let message = fault(&with_turns(&format!("{open}  - assistant: propose\n  - assistant: call\n  - assistant: tell\n")));
        assert!(message.contains("`call` needs the user's yes to the proposal"), "{message}");
        let fine = format!("{open}  - assistant: propose\n  - user: affirm\n  - assistant: call\n  - assistant: tell\n");
        assert!(parse(Path::new("p.yaml"), &with_turns(&fine)).is_ok());
        let message = fault(&with_turns("  - user: request\n    answer: part\n"));
        assert!(message.contains("`answer` goes with"), "{message}");
    }

    #[test]
    fn a_chain_that_is_longer_than_any_walk_may_be_is_refused() {
        assert!(fault("name: p\ndescription: d\nmotif: chain\nlength: 2..99\nturns: []\n").contains("1..3"));
    }
}
