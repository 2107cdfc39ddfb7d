//! Hermes: calls and results as tagged JSON in the text, as NousResearch's function-calling models write them.
//!
//! Contract: the first turn is the system's and holds `<tools>[...]</tools>`; a `gpt` turn holds one `<tool_call>\n{"name", "arguments"}\n
//! </tool_call>` for each call, words before them allowed; the `tool` turn after it holds one `<tool_response>` for each call. The reference
//! reader parses a calling turn as XML, so that `&`, `<` and `>` are written as JSON escapes inside the tags.
//!
//! Refused: words that hold one of the tags themselves, `&` or `<` in words beside calls, a message that must not be learned from, tools or
//! words of the system in the middle, rows that do not end with the assistant.

use super::conversation::{Call, Conversation, Message};
use super::messages::{Function, Tools};
use super::{Refusal, embed, json_line};
use serde::Serialize;
use std::borrow::Cow;

/// What stands before and after the tools in the system turn, after the words of the row and an empty line.
pub(super) const BEFORE: &str = "You are a function calling AI model. You may call one or more functions to help with the user's request. Here are the available tools: <tools>";
pub(super) const AFTER: &str =
    "</tools> For each function call return a JSON object with the function's name and arguments within <tool_call></tool_call> XML tags.";

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    conversations: Vec<Said<'a>>,
}

#[derive(Serialize)]
struct Said<'a> {
    from: &'static str,
    value: Cow<'a, str>,
}

pub(super) fn row(conversation: &Conversation) -> Result<String, Refusal> {
    conversation.plain()?;
    let (words, messages) = match conversation.messages.split_first() {
        Some((Message::System { text, .. }, rest)) => (text.as_str(), rest),
        _ => ("", conversation.messages.as_slice()),
    };
    if words.contains("<tools>") || words.contains("</tools>") {
        return Err(Refusal::Markup);
    }
    let tools = embed::in_tags(&Tools::wrapped(conversation).text());
    let gap = if words.is_empty() { "" } else { "\n\n" };
    let mut conversations = vec![Said { from: "system", value: format!("{words}{gap}{BEFORE}{tools}{AFTER}").into() }];
    let names: Vec<&str> = conversation.calls().map(|call| call.name.as_str()).collect();
    let mut after_result = false;
    for message in messages {
        let is_result = matches!(message, Message::Tool { .. });
        match message {
            Message::System { .. } => return Err(Refusal::System),
            Message::User { text } => conversations.push(Said { from: "human", value: text.into() }),
            Message::Assistant { text, calls, .. } => conversations.push(Said { from: "gpt", value: turn(text, calls)? }),
            Message::Tool { call, text } => {
                let name = json_line(names.get(*call).unwrap_or(&""))?;
                let one = format!(
                    "<tool_response>\n{{\"name\":{},\"content\":{}}}\n</tool_response>",
                    embed::in_tags(&name),
                    embed::result_in_tags(text)
                );
                match conversations.last_mut().filter(|_| after_result) {
                    Some(last) => last.value.to_mut().extend(["\n", &one]),
                    None => conversations.push(Said { from: "tool", value: one.into() }),
                }
            }
        }
        after_result = is_result;
    }
    json_line(&Row { id: &conversation.id, conversations })
}

fn turn<'a>(text: &'a str, calls: &[Call]) -> Result<Cow<'a, str>, Refusal> {
    if text.contains("<tool_call>") || (!calls.is_empty() && text.contains(['&', '<'])) {
        return Err(Refusal::Markup);
    }
    let mut parts: Vec<String> = Vec::new();
    for call in calls {
        let json = json_line(&Function { call, text: false })?;
        parts.push(format!("<tool_call>\n{}\n</tool_call>", embed::in_tags(&json)));
    }
    match (text.is_empty(), parts.is_empty()) {
        (true, true) => Err(Refusal::Empty),
        (false, true) => Ok(text.into()),
        (true, false) => Ok(parts.join("\n").into()),
        (false, false) => Ok(format!("{text}\n{}", parts.join("\n")).into()),
    }
}
