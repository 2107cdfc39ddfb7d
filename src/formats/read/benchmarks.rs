//! Dialogues of benchmarks: API-Bank, whose file is one dialogue with a turn on each line, and ToolTalk. Neither has its tools in the row.

use super::builder::{Builder, Made};
use super::calls;
use super::fields::{Fields, kind, label, list, string};
use crate::formats::conversation::{Call, Conversation, Flaw};

/// One dialogue of API-Bank from the lines of its file.
#[derive(Debug, Default)]
pub(super) struct ApiBank {
    builder: Builder,
    conversation: Conversation,
    turns: usize,
}

impl ApiBank {
    pub(super) fn line(&mut self, mut row: Fields) -> Result<(), Flaw> {
        let role = calls::needed(&mut row, "role")?;
        match &*role {
            "User" => self.builder.user(calls::needed(&mut row, "text")?.into_owned())?,
            "AI" => self.builder.assistant(calls::needed(&mut row, "text")?.into_owned(), Vec::new(), true)?,
            "API" => {
                let name = calls::needed(&mut row, "api_name")?.into_owned();
                let arguments = calls::arguments(&name, row.take("param_dict"))?;
                let result = row.take("result").ok_or(Flaw::Missing("result"))?;
                self.builder.calls(vec![Made { id: None, call: Call { name, arguments } }], true)?;
                self.builder.result(None, None, result.get().to_string())?;
            }
            other => return Err(Flaw::Role(other.to_string())),
        }
        row.rest(&format!("turns/{}/", self.turns), &mut self.conversation.extra);
        self.turns += 1;
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Conversation, Flaw> {
        Ok(Conversation { messages: self.builder.finish()?, ..self.conversation })
    }
}

pub(super) fn tooltalk(mut row: Fields) -> Result<Conversation, Flaw> {
    let mut conversation = Conversation::default();
    if let Some(id) = row.take_any(&["conversation_id", "name"]) {
        conversation.id = label(id, "conversation_id")?;
    }
    let mut builder = Builder::default();
    for turn in list(row.take("conversation").ok_or(Flaw::Missing("conversation"))?, "conversation")? {
        let mut turn = Fields::of(turn, "conversation")?;
        let text = calls::needed(&mut turn, "text")?.into_owned();
        match &*calls::needed(&mut turn, "role")? {
            "user" => builder.user(text)?,
            "assistant" => {
                if let Some(apis) = turn.take("apis") {
                    for api in list(apis, "apis")? {
                        call(Fields::of(api, "apis")?, &mut builder)?;
                    }
                }
                builder.assistant(text, Vec::new(), true)?;
            }
            other => return Err(Flaw::Role(other.to_string())),
        }
    }
    conversation.messages = builder.finish()?;
    row.rest("", &mut conversation.extra);
    Ok(conversation)
}

/// A request and what came of it: a response or an exception.
fn call(mut api: Fields, builder: &mut Builder) -> Result<(), Flaw> {
    let mut request = Fields::of(api.take("request").ok_or(Flaw::Missing("apis/request"))?, "apis/request")?;
    let name = calls::needed(&mut request, "api_name")?.into_owned();
    let arguments = calls::arguments(&name, request.take("parameters"))?;
    let result = match (api.take("exception"), api.get("response")) {
        (Some(exception), _) => match exception.get().starts_with('"') {
            true => serde_json::json!({"exception": string(exception, "exception")?}).to_string(),
            false => return Err(kind("apis/exception", "a string")),
        },
        (None, Some(response)) => response.get().to_string(),
        (None, None) => return Err(Flaw::NoResult(name)),
    };
    builder.assistant(String::new(), vec![Made { id: None, call: Call { name, arguments } }], true)?;
    builder.result(None, None, result)
}
