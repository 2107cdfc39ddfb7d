//! ms-swift's own messages.
//!
//! Contract of ms-swift 4.6: roles are `system`, `user`, `assistant`, `tool_call` and `tool_response`; an unknown role or a null content
//! deletes the row in silence. Parallel calls are several `tool_call` messages in a row, each with the JSON `{"name", "arguments"}` as its
//! content; words beside calls are an `assistant` message before them. `tools` is a JSON string of wrapped tools. `loss` says whether a
//! message is learned from; it stands on every message of the assistant's of a row that has one which must not be. `loss_scale` multiplies
//! the loss of a message (from 4.2 on, with `is_binary_loss_scale` false): it is the weight of the row, on every message of the assistant's,
//! since of several calls in a row the first one's counts.
//!
//! Refused: two messages of the assistant's in a row (they would become one), tools or words of the system in the middle, rows that do not
//! end with the assistant.

use super::conversation::{Conversation, Message};
use super::messages::{Function, Tools};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    loss_scale: Option<f64>,
}

pub(super) fn row(conversation: &Conversation, weight: Option<f64>) -> Result<String, Refusal> {
    conversation.masked()?;
    let mut messages = Vec::with_capacity(conversation.messages.len() + 2);
    let masked = conversation.messages.iter().any(Message::is_masked);
    let mut spoken = false;
    for message in &conversation.messages {
        // The scale of a masked message is nothing, whatever the row weighs.
        let scale = |loss: Option<bool>| weight.map(|weight| if loss == Some(false) { 0.0 } else { weight });
        let mut add = |role: &'static str, content, loss| {
            let spoken = matches!(role, "assistant" | "tool_call");
            messages.push(Said { role, content, loss, loss_scale: scale(loss).filter(|_| spoken) });
        };
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
                    add("tool_call", json_line(&Function { call, text: false })?.into(), loss);
                }
            }
        }
        spoken = matches!(message, Message::Assistant { .. });
    }
    json_line(&Row { id: &conversation.id, messages, tools: Tools::wrapped(conversation).text() })
}
