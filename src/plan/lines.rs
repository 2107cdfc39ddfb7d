//! From the lines of `turns` to the beats of a plan.

use super::yaml::{ItemFile, Only};
use super::{AssistantBeat, AssistantName, Beat, Item, Steps, UserBeat, UserName};
use crate::catalog::ErrorCode;
use crate::error::{Error, Fault, Result};
use serde_yaml::Spanned;
use std::path::Path;

pub(super) fn items(path: &Path, file: &[Spanned<ItemFile>]) -> Result<Vec<Item>> {
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
        UserName::RequestBeyond => UserBeat::RequestBeyond,
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
        AssistantName::CallInVain => AssistantBeat::CallInVain,
        AssistantName::AskAnother => AssistantBeat::AskAnother,
        AssistantName::CallById => AssistantBeat::CallById,
        AssistantName::FoundInstead => AssistantBeat::FoundInstead,
        AssistantName::CallWrongly => AssistantBeat::CallWrongly,
        AssistantName::Admit => AssistantBeat::Admit,
        AssistantName::OwnUp => AssistantBeat::OwnUp,
        AssistantName::RefuseNear => AssistantBeat::RefuseNear,
        AssistantName::ToolsUpdate => AssistantBeat::ToolsUpdate,
        AssistantName::RefusePolicy => AssistantBeat::RefusePolicy,
        AssistantName::RefusePrivate => AssistantBeat::RefusePrivate,
        AssistantName::RefuseAmount => AssistantBeat::RefuseAmount,
        AssistantName::ConfirmPolicy => AssistantBeat::ConfirmPolicy,
        AssistantName::Acknowledge => AssistantBeat::Acknowledge,
        AssistantName::ChitChat => AssistantBeat::ChitChat,
        AssistantName::AskMore => AssistantBeat::AskMore,
        AssistantName::Goodbye => AssistantBeat::Goodbye,
    }
}
