//! Messages and tools as objects, for TRL and the chat templates of Hugging Face models.
//!
//! Contract: `messages` with `role` and `content`; an assistant message that calls has `content: ""` (null breaks some templates) and
//! `tool_calls` with `arguments` as an object; each result is a message of its own with `role: tool`, the `tool_call_id` and `name` of its
//! call and a JSON text; every tool is wrapped as `{"type": "function", "function": {...}}`. The gpt-oss
//! template fails on enums of anything but strings, so those are written as the equal `anyOf` of constants.

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
    let messages = messages(dialogue, &dialogue.turns);
    if messages.last().is_none_or(|last| last["role"] != "assistant") {
        return Err(Refusal::NoAnswer);
    }
    let tools: Vec<Value> = dialogue.tools.iter().map(wrapped).collect();
    serde_json::to_string(&json!({"id": dialogue.id, "messages": messages, "tools": tools})).map_err(|_| Refusal::Json)
}

/// The messages of some turns of a dialogue.
pub(super) fn messages(dialogue: &Dialogue, turns: &[Turn]) -> Vec<Value> {
    let mut messages: Vec<Value> = Vec::new();
    for turn in turns {
        match turn.role {
            Role::System => messages.push(json!({"role": "system", "content": turn.text})),
            Role::User => messages.push(json!({"role": "user", "content": turn.text})),
            Role::Assistant if turn.calls.is_empty() => messages.push(json!({"role": "assistant", "content": turn.text})),
            Role::Assistant => {
                let calls: Vec<Value> = turn
                    .calls
                    .iter()
                    .map(|call| json!({"id": call_id(call.id), "type": "function", "function": {"name": call.tool, "arguments": call.arguments}}))
                    .collect();
                messages.push(json!({"role": "assistant", "content": "", "tool_calls": calls}));
            }
            Role::Tool => {
                for result in &turn.results {
                    let name = dialogue.calls().find(|call| call.id == result.call).map_or("", |call| call.tool.as_str());
                    messages.push(
                        json!({"role": "tool", "tool_call_id": call_id(result.call), "name": name, "content": result.value.to_string()}),
                    );
                }
            }
        }
    }
    messages
}

/// A tool as an object.
pub(super) fn wrapped(tool: &ToolSpec) -> Value {
    json!({"type": "function", "function": {"name": tool.name, "description": tool.description, "parameters": schema::plain(&tool.parameters)}})
}

fn call_id(call: usize) -> String {
    format!("call_{call}")
}
