//! `jsonl`: the record of `dialogues.jsonl`, for rows that others made.
//!
//! A row becomes a record that every command here reads: messages, calls and results are all there; what only walktalk knows (plan, goals,
//! relations, the source of every argument, the results' schemas) is empty. Nothing is refused. Records that walktalk made are written by
//! [`super::Writer`] as they are.

use super::conversation::{Call, Conversation, Message, ToolDoc};
use super::json::Json;
use super::{Refusal, embed, json_line};
use crate::dialogue::{RECORD_VERSION, Role};
use crate::graph::Motif;
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

type Nothing = BTreeMap<String, ()>;

#[derive(Serialize)]
struct Record<'a> {
    version: u32,
    id: &'a str,
    index: u64,
    plan: &'static str,
    motif: Motif,
    domains: [(); 0],
    tools: Vec<Tool<'a>>,
    context: Context,
    turns: Vec<Turn<'a>>,
    goals: [(); 0],
    relations: [(); 0],
    scores: Scores,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    description: &'a str,
    parameters: &'a Json,
    returns: (),
}

#[derive(Serialize)]
struct Context {
    today: &'static str,
}

#[derive(Serialize, Default)]
struct Scores {
    quality: Nothing,
    diversity: Nothing,
    complexity: Nothing,
}

#[derive(Serialize)]
struct Turn<'a> {
    role: Role,
    text: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    calls: Vec<Made<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    results: Vec<Given>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    adds: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    loss: Option<bool>,
}

#[derive(Serialize)]
struct Made<'a> {
    id: usize,
    tool: &'a str,
    arguments: &'a Json,
    provenance: Nothing,
}

#[derive(Serialize)]
struct Given {
    call: usize,
    value: Box<RawValue>,
}

pub(super) fn row(conversation: &Conversation) -> Result<String, Refusal> {
    json_line(&Record {
        version: RECORD_VERSION,
        id: &conversation.id,
        index: 0,
        plan: "",
        motif: Motif::None,
        domains: [],
        tools: conversation.tools.iter().map(|tool| described(tool)).collect(),
        context: Context { today: "" },
        turns: turns(&conversation.messages)?,
        goals: [],
        relations: [],
        scores: Scores::default(),
    })
}

fn described(tool: &ToolDoc) -> Tool<'_> {
    Tool { name: &tool.name, description: &tool.description, parameters: &tool.parameters, returns: () }
}

/// Results that follow one another are one turn.
fn turns(messages: &[Message]) -> Result<Vec<Turn<'_>>, Refusal> {
    let mut turns: Vec<Turn> = Vec::with_capacity(messages.len());
    let mut made = 0;
    for message in messages {
        let mut turn = Turn { role: message.role(), text: message.text(), calls: Vec::new(), results: Vec::new(), adds: &[], loss: None };
        match message {
            Message::System { adds, .. } => turn.adds = adds,
            Message::User { .. } => {}
            Message::Assistant { calls, loss, .. } => {
                turn.calls = calls.iter().enumerate().map(|(at, call)| numbered(made + at, call)).collect();
                turn.loss = (!loss).then_some(false);
                made += calls.len();
            }
            Message::Tool { call, text } => {
                let value = RawValue::from_string(embed::result(text)).map_err(|_| Refusal::Json)?;
                let given = Given { call: *call, value };
                match turns.last_mut().filter(|last| last.role == Role::Tool) {
                    Some(last) => {
                        last.results.push(given);
                        continue;
                    }
                    None => (turn.text, turn.results) = ("", vec![given]),
                }
            }
        }
        turns.push(turn);
    }
    Ok(turns)
}

fn numbered(id: usize, call: &Call) -> Made<'_> {
    Made { id, tool: &call.name, arguments: &call.arguments, provenance: Nothing::new() }
}
