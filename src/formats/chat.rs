//! Messages and tools as objects, for TRL and the chat templates of Hugging Face models.
//!
//! Contract: `messages` with `role` and `content`; an assistant message that calls has a `content` (null breaks some templates) and
//! `tool_calls` with `arguments` as an object; each result is a message of its own with `role: tool`, the `tool_call_id` and `name` of its
//! call and its text; every tool is wrapped as `{"type": "function", "function": {...}}`. The gpt-oss
//! template fails on enums of anything but strings, and on a default that is no string beside an enum or a `oneOf`, so those are written as
//! the equal `anyOf` of constants and as an `allOf` of the one `oneOf`.
//!
//! Refused: rows with a message that must not be learned from (TRL knows no mask but its templates'), tools or words of the system in the
//! middle, and rows that do not end with the assistant.

use super::conversation::{Conversation, Message, ToolDoc};
use super::messages::{Ids, Mask, Messages, Style, Tools};
use super::{Refusal, json_line};
use serde::Serialize;

pub(super) const STYLE: Style = Style { text_arguments: false, ids: Ids::Plain, named_results: true, mask: Mask::None };

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    messages: Messages<'a>,
    tools: Tools<'a>,
}

/// One line of `data.jsonl`.
pub(super) fn row(conversation: &Conversation) -> Result<String, Refusal> {
    conversation.plain()?;
    json_line(&Row { id: &conversation.id, messages: Messages::of(conversation, STYLE), tools: Tools::wrapped(conversation) })
}

/// Some messages of a conversation, after those that come before.
pub(super) fn messages<'a>(messages: &'a [Message], before: &'a [Message]) -> Messages<'a> {
    Messages::slice(messages, before, STYLE)
}

/// Tools as a JSON string.
pub(super) fn tools(tools: Vec<&ToolDoc>) -> String {
    Tools { tools, wrapped: true }.text()
}
