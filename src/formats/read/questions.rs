//! Single questions: xLAM (`query`, `tools`, `answers`) and BFCL (`question`, `function`, and the answers in a file of their own).

use super::builder::Builder;
use super::fields::{Fields, kind, label, list, string};
use super::{calls, tools};
use crate::formats::conversation::{Conversation, Flaw};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The ground truths of a BFCL file, by id.
#[derive(Debug, Default)]
pub(super) struct Answers(HashMap<String, Box<RawValue>>);

impl Answers {
    /// From the file in `possible_answer` that has the same name; rows that are none are left out, since the questions are what is read.
    pub(super) fn of(text: &str) -> Answers {
        let mut answers = HashMap::new();
        for line in text.lines() {
            let Ok(mut row) = Fields::parse(line) else { continue };
            if let (Some(id), Some(truth)) = (row.take("id"), row.take("ground_truth")) {
                answers.extend(label(id, "id").ok().map(|id| (id, truth.to_owned())));
            }
        }
        Answers(answers)
    }
}

pub(super) fn xlam(mut row: Fields) -> Result<Conversation, Flaw> {
    let mut conversation = Conversation::default();
    if let Some(id) = row.take("id") {
        conversation.id = label(id, "id")?;
    }
    conversation.tools = tools::column(row.take("tools").ok_or(Flaw::Missing("tools"))?, tools::Dialect::Flat)?;
    let mut builder = Builder::default();
    builder.user(calls::needed(&mut row, "query")?.into_owned())?;
    let answers = row.take("answers").ok_or(Flaw::Missing("answers"))?;
    let made = match answers.get().starts_with('"') {
        true => calls::of_text(&string(answers, "answers")?)?,
        false => calls::of_list(answers)?,
    };
    // No call is an answer as well, but its words are not in the row.
    if !made.is_empty() {
        builder.assistant(String::new(), made, true)?;
    }
    conversation.messages = builder.finish()?;
    row.rest("", &mut conversation.extra);
    Ok(conversation)
}

pub(super) fn bfcl(mut row: Fields, answers: &Answers) -> Result<Conversation, Flaw> {
    let mut conversation = Conversation::default();
    if let Some(id) = row.take("id") {
        conversation.id = label(id, "id")?;
    }
    conversation.tools = tools::column(row.take("function").ok_or(Flaw::Missing("function"))?, tools::Dialect::Dict)?;
    let mut builder = Builder::default();
    for turn in list(row.take("question").ok_or(Flaw::Missing("question"))?, "question")? {
        for message in list(turn, "question")? {
            let mut message = Fields::of(message, "question")?;
            let text = calls::needed(&mut message, "content")?.into_owned();
            match &*calls::needed(&mut message, "role")? {
                "system" => builder.system(text, Vec::new())?,
                "user" => builder.user(text)?,
                "assistant" => builder.assistant(text, Vec::new(), true)?,
                other => return Err(Flaw::Role(other.to_string())),
            }
        }
    }
    let inside = row.take("ground_truth");
    if let Some(truth) = inside.or_else(|| answers.0.get(&conversation.id).map(|truth| &**truth)) {
        let mut made = Vec::new();
        for one in list(truth, "ground_truth")? {
            made.push(first_answer(one)?);
        }
        if !made.is_empty() {
            builder.assistant(String::new(), made, true)?;
        }
    }
    conversation.messages = builder.finish()?;
    row.rest("", &mut conversation.extra);
    Ok(conversation)
}

/// The first acceptable value of each parameter of `{function: {parameter: [values]}}`.
fn first_answer(one: &RawValue) -> Result<super::builder::Made, Flaw> {
    let unread = || kind("ground_truth", "a list of `{function: {parameter: [values]}}`");
    let value: Map<String, Value> = serde_json::from_str(one.get()).map_err(|_| unread())?;
    let (name, parameters) = value.into_iter().next().ok_or_else(unread)?;
    let Value::Object(parameters) = parameters else { return Err(unread()) };
    Ok(calls::made(name, &Value::Object(first_values(parameters))))
}

fn first_values(parameters: Map<String, Value>) -> Map<String, Value> {
    let mut arguments = Map::new();
    for (name, values) in parameters {
        let first = values.as_array().and_then(|values| values.first()).cloned();
        match first {
            // May be left out.
            Some(Value::String(text)) if text.is_empty() => {}
            // The values of an object are lists again.
            Some(Value::Object(map)) if map.values().all(Value::is_array) => {
                arguments.insert(name, first_values(map).into());
            }
            Some(value) => {
                arguments.insert(name, value);
            }
            None => {}
        }
    }
    arguments
}
