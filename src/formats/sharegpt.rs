//! ShareGPT as LLaMA-Factory 0.9.5 reads it.
//!
//! Contract: `human` and `observation` stand at even places (from 0), `gpt` and `function_call` at odd ones, and the number of messages
//! is even; a row that breaks this is emptied and dropped while training goes on. The system text is a column of its own. A
//! `function_call` holds one JSON object `{"name", "arguments"}`, or one JSON list of them for parallel calls, and no words beside them (they
//! end the whole run); the results of parallel calls are ONE observation that holds a JSON list. `tools` is a JSON *string*. With the
//! `default` tool format, `parameters.properties` has to exist and enums may hold strings only: other enums are written as the equal `anyOf`
//! of constants.
//!
//! Left out and counted: words beside calls. Refused: two messages of one side in a row, a message that must not be learned from, tools or
//! words of the system in the middle.

use super::conversation::{Call, Conversation, Message, ToolDoc};
use super::messages::{Function, Tools};
use super::{Refusal, embed, json_line};
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    conversations: Vec<Said<'a>>,
    system: &'a str,
    tools: String,
}

/// One line of `data.jsonl`.
pub(super) fn row(conversation: &Conversation) -> Result<String, Refusal> {
    conversation.plain()?;
    let (system, conversations) = messages(&conversation.messages)?;
    if conversations.len() % 2 != 0 || conversations.is_empty() {
        return Err(Refusal::NoAnswer);
    }
    json_line(&Row { id: &conversation.id, conversations, system, tools: tools(conversation.tools.iter().map(|tool| &**tool).collect()) })
}

/// One message of a conversation.
#[derive(Debug, Serialize)]
pub(super) struct Said<'a> {
    from: &'static str,
    value: std::borrow::Cow<'a, str>,
}

impl<'a> Said<'a> {
    /// What the assistant says or calls.
    fn of_assistant(text: &'a str, calls: &'a [Call]) -> Result<Said<'a>, Refusal> {
        match (text.is_empty(), calls) {
            (true, []) => Err(Refusal::Empty),
            (false, []) => Ok(Said { from: "gpt", value: text.into() }),
            (false, _) => Err(Refusal::Beside),
            (true, calls) => Ok(Said { from: "function_call", value: call_text(calls)?.into() }),
        }
    }
}

/// The one message of an answer.
pub(super) fn answer(messages: &[Message]) -> Result<Said<'_>, Refusal> {
    match messages {
        [Message::Assistant { text, calls, .. }] => Said::of_assistant(text, calls),
        _ => Err(Refusal::NoAnswer),
    }
}

/// The system text and the messages of a conversation, which begin with the user's.
pub(super) fn messages(all: &[Message]) -> Result<(&str, Vec<Said<'_>>), Refusal> {
    let mut system = "";
    let mut out: Vec<Said> = Vec::with_capacity(all.len());
    let mut at = 0;
    while let Some(message) = all.get(at) {
        at += 1;
        match message {
            Message::System { text, .. } => system = text,
            Message::User { text } => out.push(Said { from: "human", value: text.into() }),
            Message::Assistant { text, calls, .. } => out.push(Said::of_assistant(text, calls)?),
            Message::Tool { text, .. } => {
                let more = all[at..].iter().take_while(|next| matches!(next, Message::Tool { .. })).count();
                let value = if more == 0 { text.into() } else { observation(&all[at - 1..at + more])?.into() };
                out.push(Said { from: "observation", value });
                at += more;
            }
        }
    }
    let fits = |(place, message): (usize, &Said)| (place % 2 == 0) == matches!(message.from, "human" | "observation");
    if out.iter().enumerate().all(fits) { Ok((system, out)) } else { Err(Refusal::Alternation) }
}

/// Tools as a JSON string of a list of bare objects.
pub(super) fn tools(tools: Vec<&ToolDoc>) -> String {
    Tools { tools, wrapped: false }.text()
}

fn call_text(calls: &[Call]) -> Result<String, Refusal> {
    let functions: Vec<Function> = calls.iter().map(|call| Function { call, text: false }).collect();
    match functions.as_slice() {
        [one] => json_line(one),
        several => json_line(&several),
    }
}

/// Several results as one list.
fn observation(results: &[Message]) -> Result<String, Refusal> {
    let texts: Vec<String> = results.iter().map(|result| embed::result(result.text())).collect();
    Ok(format!("[{}]", texts.join(",")))
}

/// `dataset_info.json`: all columns and all tags are given, because a block that names some sets the others to nothing.
pub fn dataset_info() -> String {
    let columns = json!({"messages": "conversations", "system": "system", "tools": "tools"});
    let info = json!({"walktalk": {"file_name": "data.jsonl", "formatting": "sharegpt", "columns": columns, "tags": tags()}});
    format!("{info:#}")
}

/// The names of roles and of the keys of a message.
pub(super) fn tags() -> Value {
    json!({
        "role_tag": "from", "content_tag": "value", "user_tag": "human", "assistant_tag": "gpt",
        "observation_tag": "observation", "function_tag": "function_call", "system_tag": "system"
    })
}
