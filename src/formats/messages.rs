//! Messages with `role`, `content` and `tool_calls`: what chat, axolotl, openai and mistral have in common, and where they differ.

use super::conversation::{Call, Conversation, Message, ToolDoc};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

/// How one target writes what all of them write.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Arguments as a JSON string instead of an object.
    pub text_arguments: bool,
    pub ids: Ids,
    /// A result says the name of its tool.
    pub named_results: bool,
    pub mask: Mask,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Ids {
    /// `call_0`
    Plain,
    /// `call00000`: nine letters and digits.
    Nine,
}

/// How it is said that nobody may learn from a message of the assistant's.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mask {
    /// The target has no way.
    None,
    /// `train: false`, on every message of the assistant's of a row that has one.
    Train,
    /// `weight: 0` on that message.
    Weight,
}

impl Style {
    fn id(self, call: usize) -> String {
        match self.ids {
            Ids::Plain => format!("call_{call}"),
            Ids::Nine => format!("call{call:05}"),
        }
    }
}

/// Some messages of a conversation as a target writes them.
pub(super) struct Messages<'a> {
    pub messages: &'a [Message],
    /// Running number of the first call of these messages, and of the names of the calls before.
    pub before: Vec<&'a str>,
    pub style: Style,
    pub masked: bool,
}

impl<'a> Messages<'a> {
    pub(super) fn of(conversation: &'a Conversation, style: Style) -> Messages<'a> {
        Messages::slice(&conversation.messages, &[], style)
    }

    /// `messages` after `before`.
    pub(super) fn slice(messages: &'a [Message], before: &'a [Message], style: Style) -> Messages<'a> {
        let before = super::conversation::calls(before).map(|call| call.name.as_str()).collect();
        Messages { messages, before, style, masked: messages.iter().any(Message::is_masked) }
    }
}

impl Serialize for Messages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut called: Vec<&str> = self.before.clone();
        let mut list = serializer.serialize_seq(Some(self.messages.len()))?;
        for message in self.messages {
            list.serialize_element(&One { message, called: &called, all: self })?;
            if let Message::Assistant { calls, .. } = message {
                called.extend(calls.iter().map(|call| call.name.as_str()));
            }
        }
        list.end()
    }
}

struct One<'a> {
    message: &'a Message,
    /// Names of the calls before, by running number.
    called: &'a [&'a str],
    all: &'a Messages<'a>,
}

impl Serialize for One<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let style = self.all.style;
        let mut map = serializer.serialize_map(None)?;
        match self.message {
            Message::System { text, .. } => {
                map.serialize_entry("role", "system")?;
                map.serialize_entry("content", text)?;
            }
            Message::User { text } => {
                map.serialize_entry("role", "user")?;
                map.serialize_entry("content", text)?;
            }
            Message::Assistant { text, calls, loss } => {
                map.serialize_entry("role", "assistant")?;
                map.serialize_entry("content", text)?;
                if !calls.is_empty() {
                    map.serialize_entry("tool_calls", &Calls { calls, first: self.called.len(), style })?;
                }
                match style.mask {
                    Mask::Train if self.all.masked => map.serialize_entry("train", loss)?,
                    Mask::Weight if !loss => map.serialize_entry("weight", &0)?,
                    _ => {}
                }
            }
            Message::Tool { call, text } => {
                map.serialize_entry("role", "tool")?;
                map.serialize_entry("tool_call_id", &style.id(*call))?;
                if style.named_results {
                    map.serialize_entry("name", self.called.get(*call).copied().unwrap_or_default())?;
                }
                map.serialize_entry("content", text)?;
            }
        }
        map.end()
    }
}

struct Calls<'a> {
    calls: &'a [Call],
    first: usize,
    style: Style,
}

impl Serialize for Calls<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wrapped<'a> {
            id: String,
            r#type: &'static str,
            function: Function<'a>,
        }
        let mut list = serializer.serialize_seq(Some(self.calls.len()))?;
        for (at, call) in self.calls.iter().enumerate() {
            let function = Function { call, text: self.style.text_arguments };
            list.serialize_element(&Wrapped { id: self.style.id(self.first + at), r#type: "function", function })?;
        }
        list.end()
    }
}

/// `{"name", "arguments"}`, the arguments as an object or as a text.
pub(super) struct Function<'a> {
    pub call: &'a Call,
    pub text: bool,
}

impl Serialize for Function<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("name", &self.call.name)?;
        match self.text {
            true => map.serialize_entry("arguments", self.call.arguments.text())?,
            false => map.serialize_entry("arguments", &self.call.arguments)?,
        }
        map.end()
    }
}

/// Tools, each wrapped as `{"type": "function", "function": {...}}` or bare.
pub(super) struct Tools<'a> {
    pub tools: Vec<&'a ToolDoc>,
    pub wrapped: bool,
}

impl<'a> Tools<'a> {
    pub(super) fn wrapped(conversation: &'a Conversation) -> Tools<'a> {
        Tools { tools: conversation.tools.iter().map(|tool| &**tool).collect(), wrapped: true }
    }

    /// As a JSON string, which every loader passes on unchanged.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "[]".into())
    }
}

impl Serialize for Tools<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Bare<'a> {
            name: &'a str,
            description: &'a str,
            parameters: &'a super::json::Json,
        }
        #[derive(Serialize)]
        struct Wrapped<'a> {
            r#type: &'static str,
            function: Bare<'a>,
        }
        let mut list = serializer.serialize_seq(Some(self.tools.len()))?;
        for tool in &self.tools {
            let bare = Bare { name: &tool.name, description: &tool.description, parameters: tool.plain() };
            match self.wrapped {
                true => list.serialize_element(&Wrapped { r#type: "function", function: bare })?,
                false => list.serialize_element(&bare)?,
            }
        }
        list.end()
    }
}
