//! OpenAI fine-tuning.
//!
//! Contract: top-level keys are `messages`, `tools` and `parallel_tool_calls` and nothing else, so that the id of a row stands in the
//! sidecar by its number; `arguments` is a JSON *string*; names match `^[a-zA-Z0-9_-]{1,64}$`; parameters are valid JSON Schema (2020-12);
//! every call has one result; `weight: 0` on a message of the assistant's takes it out of the loss.
//!
//! Refused: tools or words of the system in the middle, rows that do not end with the assistant, parameters that are no schema, a message of
//! the assistant's without words or calls.

use super::conversation::Conversation;
use super::messages::{Ids, Mask, Messages, Style, Tools};
use super::{Refusal, json_line};
use serde::Serialize;

const STYLE: Style = Style { text_arguments: true, ids: Ids::Plain, named_results: false, mask: Mask::Weight };

#[derive(Serialize)]
struct Row<'a> {
    messages: Messages<'a>,
    /// An empty list is refused by the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    tools: Option<Tools<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parallel_tool_calls: Option<bool>,
}

/// One line of `data.jsonl`.
pub(super) fn row(conversation: &Conversation) -> Result<String, Refusal> {
    conversation.masked()?;
    if !conversation.tools.iter().all(|tool| tool.is_schema_2020()) {
        return Err(Refusal::Schema);
    }
    let tools = (!conversation.tools.is_empty()).then(|| Tools::wrapped(conversation));
    let row = Row { messages: Messages::of(conversation, STYLE), parallel_tool_calls: tools.is_some().then_some(true), tools };
    json_line(&row)
}
