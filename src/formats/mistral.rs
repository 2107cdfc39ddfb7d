//! Mistral's own fine-tuning (mistral-finetune, checked by mistral-common's validator for V3).
//!
//! Contract: ids of exactly nine letters and digits; `arguments` is a JSON *string*; a message of the assistant's says something or calls,
//! never both; names match `^[a-zA-Z0-9_-]{1,64}$`, parameters are a valid JSON Schema of draft 7; at most one system message; the last
//! message is the assistant's. Of a row with tools only the LAST message of the assistant's is learned from, so that a dialogue becomes one
//! row for each message to learn, with all that comes before it: `id` is then the dialogue's, `#answer-` and the number of that message. A
//! message that must not be learned from has no row of its own. Rows without tools are one row, with `weight: 0` on such messages.
//!
//! Left out and counted: words beside calls. Refused: tools or words of the system in the middle, rows that do not end with the assistant,
//! parameters that are no schema.

use super::conversation::{Conversation, Message};
use super::messages::{Ids, Mask, Messages, Style, Tools};
use super::read::turns::ANSWER;
use super::{Refusal, Rendering, json_line};
use serde::Serialize;

const STYLE: Style = Style { text_arguments: true, ids: Ids::Nine, named_results: true, mask: Mask::Weight };

#[derive(Serialize)]
struct Row<'a> {
    id: String,
    messages: Messages<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tools: Option<Tools<'a>>,
}

pub(super) fn rendering(conversation: &Conversation) -> Result<Rendering, Refusal> {
    conversation.masked()?;
    if !conversation.tools.iter().all(|tool| tool.is_schema_7()) {
        return Err(Refusal::Schema);
    }
    let messages = &conversation.messages;
    let row = |id: String, upto: &[Message]| {
        let tools = (!conversation.tools.is_empty()).then(|| Tools::wrapped(conversation));
        json_line(&Row { id, messages: Messages::slice(upto, &[], STYLE), tools })
    };
    let mut lines = Vec::new();
    if conversation.tools.is_empty() {
        lines.push((super::DATA, row(conversation.id.clone(), messages)?));
    } else {
        let spoken = messages.iter().enumerate().filter(|(_, message)| matches!(message, Message::Assistant { .. }));
        for (number, (at, message)) in spoken.enumerate() {
            if !message.is_masked() {
                lines.push((super::DATA, row(format!("{}{ANSWER}{number}", conversation.id), &messages[..=at])?));
            }
        }
    }
    Ok(Rendering { lines, ..Rendering::default() })
}
