//! Messages for Axolotl's `type: chat_template`.
//!
//! Contract of Axolotl 0.19: `arguments` and the column `tools` (it must have that name) as JSON *strings*, because objects lose their nulls
//! on the way; `train` on a message says whether it is learned from, once the configuration has `message_field_training: train`; a row
//! without the key is learned from by role. The templates `chatml` and `llama3` lose calls and tools in silence, `mistral_v7_tekken` refuses
//! results: the configuration beside the data names one that carries them.
//!
//! Refused: tools or words of the system in the middle, rows that do not end with the assistant, rows of which nothing is learned.

use super::conversation::Conversation;
use super::messages::{Ids, Mask, Messages, Style, Tools};
use super::{Refusal, json_line};
use serde::Serialize;

const STYLE: Style = Style { text_arguments: true, ids: Ids::Plain, named_results: true, mask: Mask::Train };

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    messages: Messages<'a>,
    tools: String,
}

pub(super) fn row(conversation: &Conversation) -> Result<String, Refusal> {
    conversation.masked()?;
    json_line(&Row { id: &conversation.id, messages: Messages::of(conversation, STYLE), tools: Tools::wrapped(conversation).text() })
}
