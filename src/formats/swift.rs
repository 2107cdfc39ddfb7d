//! ms-swift's own messages.
//!
//! Contract of ms-swift 4.6: roles are `system`, `user`, `assistant`, `tool_call` and `tool_response`; an unknown role or a null content
//! deletes the row in silence. Parallel calls are several `tool_call` messages in a row, each with the JSON `{"name", "arguments"}` as its
//! content; words beside calls are an `assistant` message before them. `tools` is a JSON string of wrapped tools. `loss` says whether a
//! message is learned from; it stands on every message of the assistant's of a row that has one which must not be.
//!
//! Refused: two messages of the assistant's in a row (they would become one), tools or words of the system in the middle, rows that do not
//! end with the assistant.

use super::conversation::{Conversation, Message};
use super::messages::{Function, Tools};
use super::names::Names;
use super::{Refusal, json_line};
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    messages: Vec<Said<'a>>,
    tools: String,
}

#[derive(Serialize)]
struct Said<'a> {
    role: &'static str,
    content: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss: Option<bool>,
}

pub(super) fn row(conversation: &Conversation) -> Result<String, Refusal> {
    conversation.masked()?;
    let mut messages = Vec::with_capacity(conversation.messages.len() + 2);
    let masked = conversation.messages.iter().any(Message::is_masked);
    let mut spoken = false;
    for message in &conversation.messages {
        let mut add = |role, content, loss| messages.push(Said { role, content, loss });
        match message {
            Message::System { text, .. } => add("system", text.into(), None),
            Message::User { text } => add("user", text.into(), None),
            Message::Tool { text, .. } => add("tool_response", text.into(), None),
            Message::Assistant { text, calls, loss } => {
                if spoken {
                    return Err(Refusal::Alternation);
                }
                let loss = masked.then_some(*loss);
                if !text.is_empty() {
                    add("assistant", text.into(), loss);
                }
                for call in calls {
                    add("tool_call", json_line(&Function { call, names: Names::NONE, text: false })?.into(), loss);
                }
            }
        }
        spoken = matches!(message, Message::Assistant { .. });
    }
    json_line(&Row { id: &conversation.id, messages, tools: Tools::wrapped(conversation, Names::NONE).text() })
}
