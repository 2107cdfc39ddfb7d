//! `jsonl`: the record of `dialogues.jsonl`, for rows that others made.
//!
//! A row becomes a record that every command here reads: messages, calls and results are all there; what only walktalk knows (plan, goals,
//! relations, the source of every argument, the results' schemas) is empty. Nothing is refused. Records that walktalk made are written by
//! [`super::Writer`] as they are.

use super::conversation::{Call, Conversation, Message, ToolDoc};
use super::json::Json;
use super::{Refusal, embed, json_line};
use crate::dialogue::{self, CallResult, Dialogue, RECORD_VERSION, Role, Scores as DialogueScores, ToolSpec};
use crate::graph::Motif;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
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

/// The record of a conversation that others made, as a value: what only walktalk knows is empty, until
/// [`crate::verify::foreign::annotate`] has told what can be told.
pub fn dialogue(conversation: &Conversation) -> Dialogue {
    Dialogue {
        version: RECORD_VERSION,
        id: conversation.id.clone(),
        index: 0,
        plan: String::new(),
        sequels: Vec::new(),
        operators: Vec::new(),
        scenario: BTreeMap::new(),
        disguise: None,
        motif: Motif::None,
        domains: Vec::new(),
        tools: conversation.tools.iter().map(|tool| spec(tool)).collect(),
        context: dialogue::Context { today: String::new(), user: IndexMap::new(), policies: Vec::new() },
        world: None,
        turns: full_turns(&conversation.messages),
        goals: Vec::new(),
        relations: Vec::new(),
        scores: DialogueScores::default(),
    }
}

fn spec(tool: &ToolDoc) -> ToolSpec {
    ToolSpec {
        name: tool.name.clone(),
        description: tool.description.clone(),
        parameters: tool.parameters.value().unwrap_or_default(),
        returns: Value::Null,
        domain: String::new(),
        effects: None,
        nl: None,
    }
}

fn full_turns(messages: &[Message]) -> Vec<dialogue::Turn> {
    let mut turns: Vec<dialogue::Turn> = Vec::with_capacity(messages.len());
    let mut made = 0;
    for message in messages {
        let mut turn = dialogue::Turn {
            role: message.role(),
            text: message.text().to_string(),
            calls: Vec::new(),
            results: Vec::new(),
            acts: Vec::new(),
            adds: Vec::new(),
            loss: true,
        };
        match message {
            Message::System { adds, .. } => turn.adds = adds.clone(),
            Message::User { .. } => {}
            Message::Assistant { calls, loss, .. } => {
                turn.calls = calls.iter().enumerate().map(|(at, call)| full_call(made + at, call)).collect();
                turn.loss = *loss;
                made += calls.len();
            }
            Message::Tool { call, text } => {
                let value: Value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()));
                let given = CallResult { call: *call, value, is_error: false };
                match turns.last_mut().filter(|last| last.role == Role::Tool) {
                    Some(last) => {
                        last.results.push(given);
                        continue;
                    }
                    None => (turn.text, turn.results) = (String::new(), vec![given]),
                }
            }
        }
        turns.push(turn);
    }
    turns
}

fn full_call(id: usize, call: &Call) -> dialogue::Call {
    dialogue::Call {
        id,
        tool: call.name.clone(),
        arguments: call.arguments.value().unwrap_or_default(),
        provenance: IndexMap::new(),
        demand: dialogue::Demand::default(),
        mistake: None,
    }
}
