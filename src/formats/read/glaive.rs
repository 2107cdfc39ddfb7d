//! Glaive function calling: the tools in `system`, the whole conversation as one text in `chat`.
//!
//! `USER:`, `ASSISTANT:` and `FUNCTION RESPONSE:` begin a message, `<|endoftext|>` ends one, and `<functioncall> {"name", "arguments"}` is a
//! call, its arguments in single quotes as a rule.

use super::builder::{Builder, Made};
use super::fields::{Fields, label};
use super::{calls, tools};
use crate::formats::conversation::{Conversation, Flaw};
use crate::formats::json::Json;
use serde_json::Value;

const CALL: &str = "<functioncall>";
const MARKS: [&str; 3] = ["USER:", "ASSISTANT:", "FUNCTION RESPONSE:"];

pub(super) fn read(mut row: Fields) -> Result<Conversation, Flaw> {
    let mut conversation = Conversation::default();
    if let Some(id) = row.take("id") {
        conversation.id = label(id, "id")?;
    }
    let mut builder = Builder::default();
    let system = calls::needed(&mut row, "system")?;
    let system = system.trim().strip_prefix("SYSTEM:").unwrap_or(&system).trim();
    // The tools stand at the end, one JSON object after another.
    match system.find("\n{").or(system.find("- {")) {
        Some(at) => {
            conversation.tools = tools::text(system[at + 1..].trim_start(), tools::Dialect::Schema)?;
            conversation.extra.push(("system".into(), Json::of(&Value::String(system.to_string()))));
        }
        None => builder.system(system.to_string(), Vec::new())?,
    }
    let chat = calls::needed(&mut row, "chat")?;
    for (mark, text) in messages(&chat) {
        match mark {
            "USER:" => builder.user(text.to_string())?,
            "FUNCTION RESPONSE:" => builder.result(None, None, text.to_string())?,
            _ => match text.split_once(CALL) {
                Some((words, made)) => builder.assistant(words.trim().to_string(), vec![call(made)?], true)?,
                None => builder.assistant(text.to_string(), Vec::new(), true)?,
            },
        }
    }
    conversation.messages = builder.finish()?;
    row.rest("", &mut conversation.extra);
    Ok(conversation)
}

/// Marks and what stands after each, without the mark of the end.
fn messages(chat: &str) -> Vec<(&'static str, &str)> {
    // A mark counts at the beginning of a line only.
    let mut starts: Vec<(usize, &'static str)> = MARKS
        .into_iter()
        .flat_map(|mark| chat.match_indices(mark).map(move |(at, _)| (at, mark)))
        .filter(|(at, _)| chat[..*at].trim_end_matches([' ', '\t']).ends_with('\n') || chat[..*at].trim().is_empty())
        .collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([chat.len()]);
    let text = |from: usize, to: usize| chat[from..to].trim().trim_end_matches("<|endoftext|>").trim();
    starts.iter().zip(ends).map(|((at, mark), end)| (*mark, text(at + mark.len(), end))).collect()
}

/// `{"name": "a", "arguments": '{"x": 1}'}`, or the same as JSON.
fn call(text: &str) -> Result<Made, Flaw> {
    let text = text.trim();
    if let Ok(mut made) = calls::of_text(text) {
        return made.pop().filter(|_| made.is_empty()).ok_or_else(|| Flaw::Call(calls::shortened(text)));
    }
    let unread = || Flaw::Call(calls::shortened(text));
    let (head, arguments) = text.split_once("\"arguments\":").ok_or_else(unread)?;
    let name = head.split('"').nth(3).ok_or_else(unread)?;
    let inner = arguments.trim().strip_suffix('}').map(str::trim).ok_or_else(unread)?;
    let inner = inner.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')).unwrap_or(inner);
    // A quote in single quotes is escaped, which JSON does not know.
    let json = Json::parse(inner).or_else(|_| Json::parse(&inner.replace("\\'", "'"))).map_err(|_| Flaw::Arguments(name.into()))?;
    let made = Made { id: None, call: crate::formats::conversation::Call { name: name.into(), arguments: json } };
    if made.call.arguments.is_object() { Ok(made) } else { Err(Flaw::Arguments(name.into())) }
}
