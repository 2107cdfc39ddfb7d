//! ShareGPT as LLaMA-Factory 0.9.5 reads it.
//!
//! Contract: `human` and `observation` stand at even places (from 0), `gpt` and `function_call` at odd ones, and the number of messages
//! is even; a row that breaks this is emptied and dropped while training goes on. The system text is a column of its own. A
//! `function_call` holds one JSON object `{"name", "arguments"}`, or one JSON list of them for parallel calls; the results of parallel
//! calls are ONE observation that holds a JSON list. `tools` is a JSON *string*. With the `default` tool format, `parameters.properties`
//! has to exist and enums may hold strings only: other enums are written as the equal `anyOf` of constants.

use super::{Refusal, schema};
use crate::dialogue::{Dialogue, Role, Turn};
use serde_json::{Value, json};

/// One line of `data.jsonl`.
pub fn row(dialogue: &Dialogue) -> Result<String, Refusal> {
    if !dialogue.all_loss() {
        return Err(Refusal::Loss);
    }
    if dialogue.adds_tools() {
        return Err(Refusal::Tools);
    }
    let mut system = "";
    let mut messages = Vec::new();
    for turn in &dialogue.turns {
        match turn.role {
            Role::System => system = &turn.text,
            Role::User => messages.push(("human", turn.text.clone())),
            Role::Assistant if turn.calls.is_empty() => messages.push(("gpt", turn.text.clone())),
            Role::Assistant => messages.push(("function_call", calls(turn))),
            Role::Tool => messages.push(("observation", observation(turn))),
        }
    }
    for (place, (from, _)) in messages.iter().enumerate() {
        if (place % 2 == 0) != matches!(*from, "human" | "observation") {
            return Err(Refusal::Alternation);
        }
    }
    if messages.len() % 2 != 0 || messages.is_empty() {
        return Err(Refusal::NoAnswer);
    }
    let conversations: Vec<Value> = messages.into_iter().map(|(from, value)| json!({"from": from, "value": value})).collect();
    let tools: Vec<Value> = dialogue
        .tools
        .iter()
        .map(|tool| json!({"name": tool.name, "description": tool.description, "parameters": schema::plain(&tool.parameters)}))
        .collect();
    let tools = serde_json::to_string(&tools).map_err(|_| Refusal::Json)?;
    serde_json::to_string(&json!({"id": dialogue.id, "conversations": conversations, "system": system, "tools": tools}))
        .map_err(|_| Refusal::Json)
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
    let info = json!({
        "walktalk": {
            "file_name": "data.jsonl",
            "formatting": "sharegpt",
            "columns": {"messages": "conversations", "system": "system", "tools": "tools"},
            "tags": {
                "role_tag": "from", "content_tag": "value", "user_tag": "human", "assistant_tag": "gpt",
                "observation_tag": "observation", "function_tag": "function_call", "system_tag": "system"
            }
        }
    });
    format!("{info:#}")
}
