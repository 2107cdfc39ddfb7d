//! Lists of messages, whatever their keys and roles are called: `messages` with `role` and `content` (chat, axolotl, openai, mistral,
//! ms-swift) and `conversations` with `from` and `value` (ShareGPT, Hermes, APIGen-MT).

use super::builder::{Builder, Made};
use super::fields::{Fields, is_off, kind, label, list, objects, string};
use super::{calls, hermes, tools};
use crate::formats::conversation::Written;
use crate::formats::conversation::{Conversation, Flaw, Message};
use crate::formats::embed;
use crate::formats::mix::{self, Listing, Syntax};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speaker {
    System,
    User,
    Assistant,
    /// Calls as a message of their own.
    Caller,
    Tool,
}

fn speaker(role: &str) -> Result<Speaker, Flaw> {
    Ok(match role {
        "system" | "developer" => Speaker::System,
        "user" | "human" => Speaker::User,
        "assistant" | "gpt" | "model" => Speaker::Assistant,
        "tool_call" | "function_call" => Speaker::Caller,
        "tool" | "observation" | "tool_response" | "function" | "function_response" => Speaker::Tool,
        other => return Err(Flaw::Role(other.to_string())),
    })
}

/// A row with a list of messages in `key`.
pub(super) fn read(mut row: Fields, key: &'static str) -> Result<Conversation, Flaw> {
    let mut conversation = Conversation::default();
    if let Some(id) = row.take_any(&["id", "conversation_id"]) {
        conversation.id = label(id, "id")?;
    }
    if let Some(column) = row.take("tools") {
        conversation.tools = tools::column(column, tools::Dialect::Schema)?;
    }
    let given = objects(row.take(key).ok_or(Flaw::Missing(key))?, key)?;
    let mut builder = Builder::default();
    if let Some(system) = row.text("system")? {
        builder.system(system.into_owned(), Vec::new())?;
    }
    let hermes = given.first().is_some_and(hermes::has_tools);
    for (at, mut message) in given.into_iter().enumerate() {
        let place = Place { key, at };
        one(&mut message, place, hermes, &mut conversation, &mut builder)?;
        if !message.is_empty() {
            message.rest(&format!("{place}/"), &mut conversation.extra);
        }
    }
    conversation.messages = builder.finish()?;
    // Parallel calls are in what is written anyway.
    row.take("parallel_tool_calls");
    row.rest("", &mut conversation.extra);
    one_answer(&mut conversation);
    Ok(conversation)
}

/// Where a message stands; written where somebody has to be told.
#[derive(Clone, Copy)]
struct Place {
    key: &'static str,
    at: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.key, self.at)
    }
}

fn one(message: &mut Fields, place: Place, hermes: bool, conversation: &mut Conversation, builder: &mut Builder) -> Result<(), Flaw> {
    let role = message.take_any(&["role", "from"]).ok_or_else(|| kind(&format!("{place}/role"), "there"))?;
    let text = content(message, place)?;
    let masks = ["train", "loss", "weight", "loss_scale"].map(|key| message.take(key).is_some_and(is_off));
    let loss = !masks.contains(&true);
    match speaker(&string(role, "role")?)? {
        Speaker::System
            if conversation.tools.is_empty()
                && let Some(heard) = mix::hear(&text) =>
        {
            let written = Written { syntax: heard.syntax, listing: Some(heard.listing), system: Some(heard.system) };
            conversation.written = Some(written);
            conversation.tools = heard.tools;
            builder.system(heard.words, Vec::new())
        }
        Speaker::System if hermes && text.contains("<tools>") => {
            conversation.written = Some(Written { syntax: Syntax::Hermes, listing: Some(Listing::Json), system: None });
            let (words, tools) = hermes::system(&text, &mut conversation.extra)?;
            conversation.tools.extend(tools);
            builder.system(words, Vec::new())
        }
        Speaker::System => builder.system(text.into_owned(), Vec::new()),
        Speaker::User => match mixed(conversation).filter(|_| builder.waiting() > 0).and_then(|syntax| syntax.read_results(&text)) {
            Some(results) => results.into_iter().try_for_each(|result| builder.result(None, None, result)),
            None => builder.user(text.into_owned()),
        },
        Speaker::Caller => builder.calls(calls::of_text(&text)?, loss),
        Speaker::Assistant => {
            let mut made = match message.take("tool_calls") {
                Some(raw) => calls::of_list(raw)?,
                None => Vec::new(),
            };
            if let Some(raw) = message.take("function_call") {
                made.push(calls::of_object(raw)?);
            }
            if let Some(syntax) = mixed(conversation).filter(|_| made.is_empty()) {
                let unread = || Flaw::Call(calls::shortened(&text));
                let (words, calls) = syntax.read_turn(&text, &conversation.tools).ok_or_else(unread)?;
                return builder.assistant(words, calls.into_iter().map(|call| Made { id: None, call }).collect(), loss);
            }
            if hermes && made.is_empty() && text.contains("<tool_call>") {
                let (words, made) = hermes::turn(&text)?;
                return builder.assistant(words, made, loss);
            }
            builder.assistant(text.into_owned(), made, loss)
        }
        Speaker::Tool if hermes && text.contains("<tool_response>") => {
            for (name, text) in hermes::responses(&text)? {
                builder.result(None, name.as_deref(), text)?;
            }
            Ok(())
        }
        Speaker::Tool => {
            let id = message.text("tool_call_id")?;
            let name = message.text("name")?;
            match id.is_none() && name.is_none() && role.get().contains("observation") {
                true => observation(&text, builder),
                false => builder.result(id.as_deref(), name.as_deref(), text.into_owned()),
            }
        }
    }
}

/// The syntax of a row whose system message is one of walktalk's.
fn mixed(conversation: &Conversation) -> Option<Syntax> {
    conversation.written.filter(|written| written.system.is_some()).map(|written| written.syntax)
}

/// One observation for the results of all the calls before it: a list when there are several.
fn observation(text: &str, builder: &mut Builder) -> Result<(), Flaw> {
    let waiting = builder.waiting();
    if waiting < 2 {
        return builder.result(None, None, text.to_string());
    }
    let given: Vec<&RawValue> = serde_json::from_str(text).map_err(|_| Flaw::Results { calls: waiting, results: 1 })?;
    if given.len() != waiting {
        return Err(Flaw::Results { calls: waiting, results: given.len() });
    }
    for one in given {
        let text = embed::taken_out(one).map_err(|_| kind("observation", "a list of results"))?;
        builder.result(None, None, text.into_owned())?;
    }
    Ok(())
}

/// The text of a message: a string, null, or a list of parts that are all text.
fn content<'a>(message: &mut Fields<'a>, place: Place) -> Result<Cow<'a, str>, Flaw> {
    let Some(raw) = message.take_any(&["content", "value"]) else { return Ok(Cow::Borrowed("")) };
    let place = || format!("{place}/content");
    match raw.get().as_bytes().first() {
        Some(b'"') => string(raw, "content").map_err(|_| kind(&place(), "a string")),
        Some(b'[') => {
            let mut all = String::new();
            for part in list(raw, &place())? {
                let mut part = Fields::of(part, &place())?;
                let text = part.text("text")?.ok_or_else(|| kind(&place(), "text"))?;
                all.push_str(&text);
            }
            Ok(Cow::Owned(all))
        }
        _ => Err(kind(&place(), "text")),
    }
}

/// What stands between the id of a dialogue and the number of an answer, in rows that teach one answer each.
pub(in crate::formats) const ANSWER: &str = "#answer-";

/// Such a row teaches its last message alone.
fn one_answer(conversation: &mut Conversation) {
    let Some((id, number)) = conversation.id.rsplit_once(ANSWER) else { return };
    let spoken = conversation.messages.iter().filter(|message| matches!(message, Message::Assistant { .. })).count();
    if number.parse::<usize>().is_ok_and(|number| number + 1 == spoken) {
        conversation.id.truncate(id.len());
        conversation.partial = true;
        let last = conversation.messages.len() - 1;
        for message in &mut conversation.messages[..last] {
            if let Message::Assistant { loss, .. } = message {
                *loss = false;
            }
        }
    }
}
