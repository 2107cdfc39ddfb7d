//! Plan files: YAML in, [`Plan`]s out, with the place of every fault.

use super::{Answer, AssistantBeat, AssistantName, Beat, Item, Plan, Steps, UserBeat, UserName};
use crate::catalog::{ErrorCode, read};
use crate::error::{Error, Fault, Result};
use crate::graph::Motif;
use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde_yaml::Spanned;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// A file or a folder of plans larger than this is refused before it is parsed.
const MAX_BYTES: u64 = 4 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFile {
    name: Spanned<String>,
    description: String,
    motif: Motif,
    #[serde(default)]
    length: Option<Spanned<Range>>,
    weight: Option<Spanned<u32>>,
    turns: Spanned<Vec<Spanned<ItemFile>>>,
}

/// One line of `turns`; exactly one of the first six keys is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemFile {
    user: Option<OneOrMany<UserName>>,
    assistant: Option<OneOrMany<AssistantName>>,
    any_of: Option<Vec<Alternative>>,
    maybe: Option<Spanned<u32>>,
    repeat: Option<Range>,
    for_each_step: Option<Vec<Spanned<ItemFile>>>,
    /// Body of `maybe` and `repeat`.
    turns: Option<Vec<Spanned<ItemFile>>>,
    /// With `user: request`.
    steps: Option<StepsFile>,
    omit: Option<Range>,
    implicit: Option<bool>,
    aside: Option<bool>,
    /// With `user: inform`.
    answer: Option<Answer>,
    /// With `assistant: ask`.
    values: Option<Spanned<usize>>,
    /// With `assistant: confirm`.
    #[serde(rename = "if")]
    only: Option<Only>,
    /// With `assistant: call`.
    error: Option<ErrorCode>,
    /// With `assistant: tell`.
    few: Option<bool>,
}

/// Before which tools an act takes place.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Only {
    /// Those that change something.
    Acts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Alternative {
    #[serde(default = "default_weight")]
    weight: u32,
    turns: Vec<Spanned<ItemFile>>,
}

fn default_weight() -> u32 {
    1
}

/// `inform` or `[thank, goodbye]`.
struct OneOrMany<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Names<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Names<T> {
            type Value = OneOrMany<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("the name of an act, or a list of names")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> std::result::Result<Self::Value, E> {
                T::deserialize(de::value::StrDeserializer::new(name)).map(|one| OneOrMany(vec![one]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = seq.next_element()? {
                    all.push(one);
                }
                Ok(OneOrMany(all))
            }
        }
        deserializer.deserialize_any(Names(std::marker::PhantomData))
    }
}

/// `2` or `1..3`, both ends included.
struct Range(RangeInclusive<usize>);

impl<'de> Deserialize<'de> for Range {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Ends;
        impl Visitor<'_> for Ends {
            type Value = Range;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a whole number, or a range such as 1..3")
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> std::result::Result<Range, E> {
                let n = usize::try_from(n).map_err(E::custom)?;
                Ok(Range(n..=n))
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> std::result::Result<Range, E> {
                let n = usize::try_from(n).map_err(E::custom)?;
                Ok(Range(n..=n))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<Range, E> {
                let bad = || E::invalid_value(de::Unexpected::Str(text), &self);
                let (low, high) = text.split_once("..").unwrap_or((text, text));
                let low: usize = low.trim().parse().map_err(|_| bad())?;
                let high: usize = high.trim().parse().map_err(|_| bad())?;
                if low > high || high > 64 { Err(bad()) } else { Ok(Range(low..=high)) }
            }
        }
        deserializer.deserialize_any(Ends)
    }
}

struct StepsFile(Steps);

impl<'de> Deserialize<'de> for StepsFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = StepsFile;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("`all`, `segment` or a number of steps from 1")
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> std::result::Result<StepsFile, E> {
                match n {
                    1..=64 => Ok(StepsFile(Steps::Count(n as usize))),
                    _ => Err(E::invalid_value(de::Unexpected::Unsigned(n), &self)),
                }
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> std::result::Result<StepsFile, E> {
                u64::try_from(n).map_err(E::custom).and_then(|n| self.visit_u64(n))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<StepsFile, E> {
                match text {
                    "all" => Ok(StepsFile(Steps::All)),
                    "segment" => Ok(StepsFile(Steps::Segment)),
                    _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(Name)
    }
}

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
    super::unroll::check(&plan).map_err(|message| {
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
    }
}

fn items(path: &Path, file: &[Spanned<ItemFile>]) -> Result<Vec<Item>> {
    let mut all = Vec::new();
    for item in file {
        item_of(path, item, &mut all)?;
    }
    Ok(all)
}

fn item_of(path: &Path, spanned: &Spanned<ItemFile>, out: &mut Vec<Item>) -> Result<()> {
    let item = &spanned.value;
    let fault = |message: &str, cure: &str| -> Error {
        Fault::new(path, message, cure).at(spanned.referenced.line() as u32, spanned.referenced.column() as u32).into()
    };
    let kinds = [
        item.user.is_some(),
        item.assistant.is_some(),
        item.any_of.is_some(),
        item.maybe.is_some(),
        item.repeat.is_some(),
        item.for_each_step.is_some(),
    ];
    if kinds.iter().filter(|given| **given).count() != 1 {
        return Err(fault(
            "an entry of `turns` needs exactly one of user, assistant, any_of, maybe, repeat, for_each_step",
            "split it into several entries",
        ));
    }
    let body_expected = item.maybe.is_some() || item.repeat.is_some();
    if body_expected != item.turns.is_some() {
        return Err(fault("`turns` goes with `maybe` and `repeat`, and only with them", "add or remove the inner `turns`"));
    }
    let requests = item.user.as_ref().is_some_and(|names| names.0.contains(&UserName::Request));
    if (item.steps.is_some() || item.omit.is_some() || item.implicit.is_some() || item.aside.is_some()) && !requests {
        return Err(fault("`steps`, `implicit`, `aside` and `omit` go with `user: request` only", "move them to the request"));
    }
    let acts = |name: AssistantName| item.assistant.as_ref().is_some_and(|names| names.0.contains(&name));
    if item.few.is_some() && !acts(AssistantName::Tell) {
        return Err(fault("`few` goes with `assistant: tell` only", "move it to the tell"));
    }
    let blames = acts(AssistantName::CallOnBadValue);
    if item.error.is_some() && !acts(AssistantName::Call) && !blames {
        return Err(fault("`error` goes with `assistant: call` only", "move it to the call"));
    }
    if blames && !matches!(item.error, None | Some(ErrorCode::NotFound | ErrorCode::InvalidValue)) {
        return Err(fault("a value is at fault for `not_found` and `invalid_value` only", "use one of them, or `assistant: call`"));
    }
    let informs = item.user.as_ref().is_some_and(|names| names.0.contains(&UserName::Inform));
    if item.answer.is_some() && !informs {
        return Err(fault("`answer` goes with `user: inform` only", "move it to the answer"));
    }
    let says = |name: AssistantName| item.assistant.as_ref().is_some_and(|names| names.0.contains(&name));
    if item.values.is_some() && !says(AssistantName::Ask) {
        return Err(fault("`values` goes with `assistant: ask` only", "move it to the question"));
    }
    if item.values.as_ref().is_some_and(|values| !(1..=2).contains(&values.value)) {
        return Err(fault("a question is for one or two values", "use 1 or 2"));
    }
    if item.only.is_some() && !says(AssistantName::Confirm) {
        return Err(fault("`if` goes with `assistant: confirm` only", "move it to the confirmation"));
    }
    if let Some(names) = &item.user {
        out.extend(names.0.iter().map(|name| Item::Act(Beat::User(user_beat(*name, item)))));
    }
    if let Some(names) = &item.assistant {
        out.extend(names.0.iter().map(|name| Item::Act(Beat::Assistant(assistant_beat(*name, item)))));
    }
    if let Some(alternatives) = &item.any_of {
        if alternatives.is_empty() || alternatives.iter().all(|one| one.weight == 0) {
            return Err(fault("`any_of` has nothing to choose from", "give at least one alternative a weight above 0"));
        }
        let all: Result<Vec<_>> = alternatives.iter().map(|one| Ok((one.weight, items(path, &one.turns)?))).collect();
        out.push(Item::AnyOf(all?));
    }
    let body = item.turns.as_deref().map(|body| items(path, body)).transpose()?.unwrap_or_default();
    if let Some(percent) = &item.maybe {
        if percent.value > 100 {
            return Err(fault("`maybe` is a probability in percent", "use a number from 0 to 100"));
        }
        out.push(Item::Maybe(percent.value, body));
    } else if let Some(times) = &item.repeat {
        out.push(Item::Repeat(times.0.clone(), body));
    }
    if let Some(body) = &item.for_each_step {
        out.push(Item::ForEachStep(items(path, body)?));
    }
    Ok(())
}

fn user_beat(name: UserName, item: &ItemFile) -> UserBeat {
    match name {
        UserName::Greet => UserBeat::Greet,
        UserName::Request => UserBeat::Request {
            steps: item.steps.as_ref().map_or(Steps::Count(1), |steps| steps.0),
            omit: item.omit.as_ref().map_or(0..=0, |omit| omit.0.clone()),
            implicit: item.implicit.unwrap_or(false),
            aside: item.aside.unwrap_or(false),
        },
        UserName::Inform => UserBeat::Inform { answer: item.answer.unwrap_or_default() },
        UserName::Correct => UserBeat::Correct,
        UserName::Select => UserBeat::Select,
        UserName::Affirm => UserBeat::Affirm,
        UserName::Negate => UserBeat::Negate,
        UserName::Cancel => UserBeat::Cancel,
        UserName::MoreOptions => UserBeat::MoreOptions,
        UserName::AskFact => UserBeat::AskFact,
        UserName::Resume => UserBeat::Resume,
        UserName::ChitChat => UserBeat::ChitChat,
        UserName::RequestMissing => UserBeat::RequestMissing,
        UserName::RequestIrrelevant => UserBeat::RequestIrrelevant,
        UserName::RequestById => UserBeat::RequestById,
        UserName::RequestNear => UserBeat::RequestNear,
        UserName::RequestEarly => UserBeat::RequestEarly,
        UserName::Lower => UserBeat::Lower,
        UserName::Thank => UserBeat::Thank,
        UserName::Goodbye => UserBeat::Goodbye,
    }
}

fn assistant_beat(name: AssistantName, item: &ItemFile) -> AssistantBeat {
    match name {
        AssistantName::Greet => AssistantBeat::Greet,
        AssistantName::Ask => AssistantBeat::Ask { values: item.values.as_ref().map(|values| values.value) },
        AssistantName::Propose => AssistantBeat::Propose,
        AssistantName::Confirm => AssistantBeat::Confirm { acts: matches!(item.only, Some(Only::Acts)) },
        AssistantName::Call => AssistantBeat::Call { error: item.error },
        AssistantName::Tell => AssistantBeat::Tell { few: item.few.unwrap_or(false) },
        AssistantName::TellRest => AssistantBeat::TellRest,
        AssistantName::Recall => AssistantBeat::Recall,
        AssistantName::Refuse => AssistantBeat::Refuse,
        AssistantName::CallOnBadValue => AssistantBeat::CallOnBadValue { error: item.error.unwrap_or(ErrorCode::NotFound) },
        AssistantName::AskAnother => AssistantBeat::AskAnother,
        AssistantName::CallById => AssistantBeat::CallById,
        AssistantName::FoundInstead => AssistantBeat::FoundInstead,
        AssistantName::CallWrongly => AssistantBeat::CallWrongly,
        AssistantName::Admit => AssistantBeat::Admit,
        AssistantName::OwnUp => AssistantBeat::OwnUp,
        AssistantName::RefuseNear => AssistantBeat::RefuseNear,
        AssistantName::ToolsUpdate => AssistantBeat::ToolsUpdate,
        AssistantName::RefusePolicy => AssistantBeat::RefusePolicy,
        AssistantName::RefuseAmount => AssistantBeat::RefuseAmount,
        AssistantName::ConfirmPolicy => AssistantBeat::ConfirmPolicy,
        AssistantName::Acknowledge => AssistantBeat::Acknowledge,
        AssistantName::ChitChat => AssistantBeat::ChitChat,
        AssistantName::AskMore => AssistantBeat::AskMore,
        AssistantName::Goodbye => AssistantBeat::Goodbye,
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
                    let taken = beats.iter().any(|beat| matches!(beat, Beat::User(UserBeat::Request { .. } | UserBeat::RequestById)));
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
