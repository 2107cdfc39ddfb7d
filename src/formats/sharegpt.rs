//! ShareGPT as LLaMA-Factory 0.9.5 reads it.
//!
//! Contract: `human` and `observation` stand at even places (from 0), `gpt` and `function_call` at odd ones, and the number of messages
//! is even; a row that breaks this is emptied and dropped while training goes on. The system text is a column of its own. A
//! `function_call` holds one JSON object `{"name", "arguments"}`, or one JSON list of them for parallel calls; the results of parallel
//! calls are ONE observation that holds a JSON list. `tools` is a JSON *string*. With the `default` tool format, `parameters.properties`
//! has to exist and enums may hold strings only: other enums are written as the equal `anyOf` of constants.

use super::{Refusal, schema};
use crate::dialogue::{Dialogue, Role, ToolSpec, Turn};
use serde_json::{Value, json};

/// One line of `data.jsonl`.
pub fn row(dialogue: &Dialogue) -> Result<String, Refusal> {
    if !dialogue.all_loss() {
        return Err(Refusal::Loss);
    }
    if dialogue.adds_tools() {
        return Err(Refusal::Tools);
    }
    let (system, messages) = messages(&dialogue.turns)?;
    if messages.len() % 2 != 0 || messages.is_empty() {
        return Err(Refusal::NoAnswer);
    }
    let conversations: Vec<Value> = messages.into_iter().map(Message::json).collect();
    let tools: Vec<Value> = dialogue.tools.iter().map(bare).collect();
    let tools = serde_json::to_string(&tools).map_err(|_| Refusal::Json)?;
    serde_json::to_string(&json!({"id": dialogue.id, "conversations": conversations, "system": system, "tools": tools}))
        .map_err(|_| Refusal::Json)
}

/// One message of a conversation.
pub(super) struct Message {
    from: &'static str,
    value: String,
}

impl Message {
    /// What the assistant says or calls.
    pub(super) fn of_assistant(turn: &Turn) -> Message {
        if turn.calls.is_empty() {
            Message { from: "gpt", value: turn.text.clone() }
        } else {
            Message { from: "function_call", value: calls(turn) }
        }
    }

    pub(super) fn json(self) -> Value {
        json!({"from": self.from, "value": self.value})
    }
}

/// The system text and the messages of some turns, which begin with the user's.
pub(super) fn messages(turns: &[Turn]) -> Result<(&str, Vec<Message>), Refusal> {
    let mut system = "";
    let mut messages = Vec::new();
    for turn in turns {
        match turn.role {
            Role::System => system = &turn.text,
            Role::User => messages.push(Message { from: "human", value: turn.text.clone() }),
            Role::Assistant => messages.push(Message::of_assistant(turn)),
            Role::Tool => messages.push(Message { from: "observation", value: observation(turn) }),
        }
    }
    let fits = |(place, message): (usize, &Message)| (place % 2 == 0) == matches!(message.from, "human" | "observation");
    if messages.iter().enumerate().all(fits) { Ok((system, messages)) } else { Err(Refusal::Alternation) }
}

/// A tool as an object.
pub(super) fn bare(tool: &ToolSpec) -> Value {
    json!({"name": tool.name, "description": tool.description, "parameters": schema::plain(&tool.parameters)})
}

fn calls(turn: &Turn) -> String {
    let calls: Vec<Value> = turn.calls.iter().map(|call| json!({"name": call.tool, "arguments": call.arguments})).collect();
    match <[Value; 1]>::try_from(calls) {
        Ok([one]) => one.to_string(),
        Err(several) => Value::Array(several).to_string(),
    }
}

fn observation(turn: &Turn) -> String {
    match turn.results.as_slice() {
        [one] => one.value.to_string(),
        several => Value::Array(several.iter().map(|result| result.value.clone()).collect()).to_string(),
    }
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
