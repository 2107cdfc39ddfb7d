//! The one form that every reader makes and every writer takes.
//!
//! It holds what a trainer's row can hold and no more: tools, messages, calls, results, and who learns from what. Calls have no ids here:
//! a call is known by its running number in the conversation, and each target makes the ids that it wants.

pub use super::flaw::Flaw;

use super::Refusal;
use super::json::Json;
use super::mix::{Listing, Syntax};
use crate::dialogue::{Dialogue, Role, ToolSpec, Turn};
use serde_json::{Map, Value};
use std::sync::{Arc, OnceLock};

/// One row, whatever it was written as.
#[derive(Debug, Clone, Default)]
pub struct Conversation {
    pub id: String,
    /// In the order shown, those that come in the middle as well.
    pub tools: Vec<Arc<ToolDoc>>,
    pub messages: Vec<Message>,
    /// Columns that have no meaning here, by name: they go to the sidecar.
    pub extra: Vec<(String, Json)>,
    /// How calls and tools were written, where they were text.
    pub written: Option<Written>,
    /// It teaches its last message alone and may be the beginning of the row after it.
    pub(super) partial: bool,
    /// How it was written, when it was read.
    pub format: Option<super::read::Source>,
    /// The whole record, of a row that is one; and what keeps it from being one whole conversation. Only where rows are read to be judged.
    pub own: Option<Arc<Dialogue>>,
    pub flaw: Option<Flaw>,
}

/// How calls and tools were written in a row that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub syntax: Syntax,
    /// Where the row has a list of tools of a known form.
    pub listing: Option<Listing>,
    /// The wording of the system message, where it is one of walktalk's.
    pub system: Option<u8>,
}

/// A tool as it is shown to the model.
#[derive(Debug, Clone)]
pub struct ToolDoc {
    pub name: String,
    pub description: String,
    /// A JSON Schema that has `type` and `properties`.
    pub parameters: Json,
    /// What [`super::schema::plain`] makes of the parameters, once it was asked for.
    pub(super) plain: OnceLock<Json>,
    /// Whether the parameters are a valid schema of 2020-12, and of draft 7, once it was asked.
    pub(super) valid: [OnceLock<bool>; 2],
}

#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    System {
        text: String,
        /// Tools that are offered from here on.
        adds: Vec<String>,
    },
    User {
        text: String,
    },
    /// Says something, calls, or both.
    Assistant {
        text: String,
        calls: Vec<Call>,
        /// A model learns to say this.
        loss: bool,
    },
    /// The answer to one call, as the text that it was given as. The answers to the calls of one message are in the order of the calls.
    Tool {
        /// Running number of the call in the conversation, from 0.
        call: usize,
        text: String,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub name: String,
    /// An object.
    pub arguments: Json,
}

impl Conversation {
    /// What trainers see of a dialogue.
    pub fn of(dialogue: &Dialogue) -> Conversation {
        Conversation {
            id: dialogue.id.clone(),
            tools: dialogue.tools.iter().map(|tool| Arc::new(ToolDoc::from(tool))).collect(),
            messages: messages(&dialogue.turns),
            ..Conversation::default()
        }
    }

    /// Whether it says what another one says, and more.
    pub(super) fn continues(&self, other: &Conversation) -> bool {
        let same = |(one, two): (&Message, &Message)| {
            one == two
                || matches!((one, two), (
            Message::Assistant { text, calls, .. },
            Message::Assistant { text: other_text, calls: other_calls, .. },
        ) if text == other_text && calls == other_calls)
        };
        self.messages.len() > other.messages.len() && self.messages.iter().zip(&other.messages).all(same) && self.tools == other.tools
    }

    /// With what may be learned from another one that it continues.
    pub(super) fn with_losses_of(mut self, other: &Conversation) -> Conversation {
        for (mine, its) in self.messages.iter_mut().zip(&other.messages) {
            if let (Message::Assistant { loss, .. }, Message::Assistant { loss: true, .. }) = (mine, its) {
                *loss = true;
            }
        }
        self
    }

    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        calls(&self.messages)
    }

    /// What has to be true of every row: calls are to offered tools and have results, results have calls, names are unique. The last
    /// message may call without a result, since that is what a model is to learn.
    pub fn check(&self) -> Result<(), Flaw> {
        if self.messages.is_empty() {
            return Err(Flaw::Empty);
        }
        if let Some(tool) = self.tools.iter().enumerate().find(|(at, tool)| self.tools[..*at].iter().any(|other| other.name == tool.name)) {
            return Err(Flaw::TwoTools(tool.1.name.clone()));
        }
        let (mut made, mut open) = (0, 0..0);
        for (at, message) in self.messages.iter().enumerate() {
            match message {
                Message::Tool { call, .. } if open.start == *call && *call < open.end => open.start += 1,
                Message::Tool { .. } => return Err(Flaw::NoCall(String::new())),
                _ if !open.is_empty() => {
                    return Err(Flaw::NoResult(self.calls().nth(open.start).map_or(String::new(), |call| call.name.clone())));
                }
                Message::Assistant { calls, .. } => {
                    let strange = calls.iter().find(|call| !self.tools.iter().any(|tool| tool.name == call.name));
                    if let Some(call) = strange {
                        return Err(Flaw::NotOffered(call.name.clone()));
                    }
                    open = made..made + calls.len();
                    made += calls.len();
                    if at + 1 == self.messages.len() {
                        open.start = open.end;
                    }
                }
                _ => {}
            }
        }
        if open.is_empty() {
            Ok(())
        } else {
            Err(Flaw::NoResult(self.calls().nth(open.start).map_or(String::new(), |call| call.name.clone())))
        }
    }

    /// Whether somebody learns from it and whether a target that knows neither masks nor late tools can take it.
    pub(super) fn plain(&self) -> Result<(), Refusal> {
        if self.messages.iter().any(Message::is_masked) {
            return Err(Refusal::Loss);
        }
        self.without_late_tools()?;
        self.answered()
    }

    /// As [`Conversation::plain`], for targets that have a mark for messages that must not be learned from.
    pub(super) fn masked(&self) -> Result<(), Refusal> {
        self.without_late_tools()?;
        self.answered()?;
        let mut spoken = self.messages.iter().filter(|message| matches!(message, Message::Assistant { .. }));
        if spoken.all(Message::is_masked) { Err(Refusal::Masked) } else { Ok(()) }
    }

    /// Whether a message of the assistant's both speaks and calls.
    pub(super) fn speaks_beside_calls(&self) -> bool {
        let both = |message: &Message| matches!(message, Message::Assistant { text, calls, .. } if !text.is_empty() && !calls.is_empty());
        self.messages.iter().any(both)
    }

    /// Takes the words from beside the calls.
    pub(super) fn hush_callers(&mut self) {
        for message in &mut self.messages {
            if let Message::Assistant { text, calls, .. } = message
                && !calls.is_empty()
            {
                text.clear();
            }
        }
    }

    /// Nothing comes from the system but the first message.
    pub(super) fn without_late_tools(&self) -> Result<(), Refusal> {
        let late = self.messages.iter().skip(1).find(|message| matches!(message, Message::System { .. }));
        match late {
            Some(Message::System { adds, .. }) if adds.is_empty() => Err(Refusal::System),
            Some(_) => Err(Refusal::Tools),
            None => Ok(()),
        }
    }

    /// The last message is the assistant's, and every one of its messages says or calls something.
    fn answered(&self) -> Result<(), Refusal> {
        let empty = |message: &Message| matches!(message, Message::Assistant { text, calls, .. } if text.is_empty() && calls.is_empty());
        if self.messages.iter().any(empty) {
            return Err(Refusal::Empty);
        }
        if matches!(self.messages.last(), Some(Message::Assistant { .. })) { Ok(()) } else { Err(Refusal::NoAnswer) }
    }
}

/// The calls of some messages, in order.
pub(super) fn calls(messages: &[Message]) -> impl Iterator<Item = &Call> {
    messages.iter().flat_map(|message| match message {
        Message::Assistant { calls, .. } => calls.as_slice(),
        _ => &[],
    })
}

impl Message {
    /// An assistant's message from which nobody may learn.
    pub(super) fn is_masked(&self) -> bool {
        matches!(self, Message::Assistant { loss: false, .. })
    }

    pub fn role(&self) -> Role {
        match self {
            Message::System { .. } => Role::System,
            Message::User { .. } => Role::User,
            Message::Assistant { .. } => Role::Assistant,
            Message::Tool { .. } => Role::Tool,
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Message::System { text, .. } | Message::User { text } | Message::Assistant { text, .. } | Message::Tool { text, .. } => text,
        }
    }
}

/// The messages of some turns; each result becomes one of its own.
pub fn messages(turns: &[Turn]) -> Vec<Message> {
    let mut messages = Vec::with_capacity(turns.len() + 4);
    for turn in turns {
        match turn.role {
            Role::System => messages.push(Message::System { text: turn.text.clone(), adds: turn.adds.clone() }),
            Role::User => messages.push(Message::User { text: turn.text.clone() }),
            Role::Assistant => {
                let calls = turn.calls.iter().map(|call| Call { name: call.tool.clone(), arguments: Json::of(&call.arguments) }).collect();
                messages.push(Message::Assistant { text: turn.text.clone(), calls, loss: turn.loss });
            }
            Role::Tool => {
                messages.extend(turn.results.iter().map(|result| Message::Tool { call: result.call, text: result_text(&result.value) }))
            }
        }
    }
    messages
}

/// A result that is a text is told as that text, any other as JSON.
fn result_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

impl ToolDoc {
    /// Completes the schema: a tool without parameters has an object without properties.
    pub fn new(name: String, description: String, parameters: Option<Json>) -> ToolDoc {
        let parameters = match parameters {
            Some(json) if json.text().starts_with(r#"{"type":"object","properties":{"#) => json,
            Some(json) => json.value().map_or(json, |value| Json::of(&completed(value))),
            None => Json::of(&completed(Value::Null)),
        };
        ToolDoc { name, description, parameters, plain: OnceLock::new(), valid: Default::default() }
    }
}

fn completed(schema: Value) -> Value {
    match schema {
        Value::Object(mut map) => {
            map.entry("type").or_insert_with(|| "object".into());
            map.entry("properties").or_insert_with(|| Value::Object(Map::new()));
            Value::Object(map)
        }
        Value::Null => completed(Value::Object(Map::new())),
        other => other,
    }
}

impl From<&ToolSpec> for ToolDoc {
    fn from(tool: &ToolSpec) -> ToolDoc {
        ToolDoc::new(tool.name.clone(), tool.description.clone(), Some(Json::of(&tool.parameters)))
    }
}

/// How it was written does not matter.
impl PartialEq for Conversation {
    fn eq(&self, other: &Conversation) -> bool {
        (&self.id, &self.tools, &self.messages, &self.extra, self.partial)
            == (&other.id, &other.tools, &other.messages, &other.extra, other.partial)
    }
}

/// What was made of the parameters since does not matter.
impl PartialEq for ToolDoc {
    fn eq(&self, other: &ToolDoc) -> bool {
        (&self.name, &self.description, &self.parameters) == (&other.name, &other.description, &other.parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn call(name: &str) -> Call {
        Call { name: name.into(), arguments: Json::parse("{}").unwrap() }
    }

    fn row(messages: Vec<Message>) -> Conversation {
        let tool = |name: &str| Arc::new(ToolDoc::new(name.into(), String::new(), None));
        Conversation { id: "a".into(), tools: vec![tool("one"), tool("two")], messages, ..Conversation::default() }
    }

    fn says(text: &str) -> Message {
        Message::Assistant { text: text.into(), calls: Vec::new(), loss: true }
    }

    fn makes(calls: Vec<Call>) -> Message {
        Message::Assistant { text: String::new(), calls, loss: true }
    }

    fn result(call: usize) -> Message {
        Message::Tool { call, text: "{}".into() }
    }

    #[test]
    fn a_row_holds_when_calls_and_results_belong_together() {
        let both = || makes(vec![call("one"), call("two")]);
        assert_eq!(row(vec![both(), result(0), result(1), makes(vec![call("one")]), result(2), says("done")]).check(), Ok(()));
        assert_eq!(row(vec![both()]).check(), Ok(()), "a call may be the last word");
        assert_eq!(row(vec![both(), result(0), says("done")]).check(), Err(Flaw::NoResult("two".into())));
        assert_eq!(row(vec![both(), result(0)]).check(), Err(Flaw::NoResult("two".into())));
        assert_eq!(row(vec![both(), result(0), result(1), result(1)]).check(), Err(Flaw::NoCall(String::new())));
        assert_eq!(row(vec![result(0)]).check(), Err(Flaw::NoCall(String::new())));
        assert_eq!(row(vec![makes(vec![call("three")])]).check(), Err(Flaw::NotOffered("three".into())));
        assert_eq!(row(vec![]).check(), Err(Flaw::Empty));
    }

    #[test]
    fn a_dialogue_becomes_one_message_for_each_result() {
        let path = format!("{}/fixtures/dialogues/parallel.json", env!("CARGO_MANIFEST_DIR"));
        let dialogue: Dialogue = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let made = Conversation::of(&dialogue);
        assert_eq!(made.check(), Ok(()));
        assert_eq!(made.calls().count(), dialogue.calls().count());
        let results: usize = dialogue.turns.iter().map(|turn| turn.results.len()).sum();
        assert_eq!(made.messages.iter().filter(|message| message.role() == Role::Tool).count(), results);
    }

    #[test]
    fn a_tool_without_parameters_still_has_properties() {
        let shown = |parameters| ToolDoc::new("a".into(), String::new(), parameters).parameters;
        let empty = json!({"type": "object", "properties": {}});
        assert_eq!(shown(None), Json::of(&empty));
        assert_eq!(shown(Some(Json::of(&json!({"type": "object"})))), Json::of(&empty));
        assert_eq!(shown(Some(Json::of(&Value::Null))), Json::of(&empty));
    }
}
