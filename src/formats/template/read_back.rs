//! The calls of a row, read from its rendering again by somebody who knows no template: names, and arguments as JSON or between tags.

use super::{Rendered, Why};
use crate::formats::conversation::{Call, Conversation, Message};
use regex::Regex;
use serde_json::Value;
use std::sync::LazyLock;

/// How far a rendering is proved to have the calls of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The calls that are read from it are the calls: in number, order, names and every value.
    Equal,
    /// It has every name as often as it is called, and every text and number of every argument; the syntax is one that is not read here.
    Shown,
    /// There are no calls to prove.
    None,
}

/// Fails where a call is lost or another one than it was.
pub(super) fn prove(rendered: &Rendered, row: &Conversation) -> Result<Proof, Why> {
    let learned = |message: &&Message| matches!(message, Message::Assistant { loss: true, .. });
    let messages: Vec<Message> = match &rendered.learned {
        Some(_) => row.messages.iter().filter(learned).cloned().collect(),
        None => row.messages.clone(),
    };
    let wanted: Vec<(&str, Value)> =
        crate::formats::conversation::calls(&messages).map(|call| (call.name.as_str(), arguments(call))).collect();
    if wanted.is_empty() {
        return Ok(Proof::None);
    }
    let spoken = match &rendered.learned {
        Some(spans) => spans.iter().map(|span| &rendered.text[span.clone()]).collect::<Vec<_>>().concat(),
        None => without_others(&rendered.text, row),
    };
    let (found, quotes) = read(&spoken, row);
    let equal = found.len() == wanted.len()
        && found.iter().zip(&wanted).all(|((name, found), (wanted_name, wanted))| name == wanted_name && same(found, wanted, quotes));
    if equal {
        return Ok(Proof::Equal);
    }
    if rendered.learned.is_some() && !found.is_empty() && found.len() >= wanted.len() && !speaks_json(&messages) {
        return Err(Why::Changed);
    }
    if shown(&spoken, &wanted) { Ok(Proof::Shown) } else { Err(Why::Lost) }
}

/// The text from the first message of the user's on, without what users and tools say: what is left where it is not known what the
/// assistant's part is.
fn without_others(text: &str, row: &Conversation) -> String {
    let mut rest = text;
    let mut out = String::new();
    for message in &row.messages {
        let (Message::User { text } | Message::Tool { text, .. }) = message else { continue };
        let quoted = Value::from(text.as_str()).to_string();
        let found = [text.trim(), &quoted].into_iter().find_map(|one| rest.find(one).map(|at| (at, one.len())));
        if let Some((at, length)) = found.filter(|(_, length)| *length > 0) {
            // What stands before the first of them is the system's.
            if !out.is_empty() {
                out.push_str(&rest[..at]);
            }
            out.push('\n');
            rest = &rest[at + length..];
        }
    }
    out + rest
}

fn arguments(call: &Call) -> Value {
    call.arguments.value().unwrap_or_default()
}

/// Whether words beside calls could be taken for calls.
fn speaks_json(messages: &[Message]) -> bool {
    messages.iter().any(|message| matches!(message, Message::Assistant { text, .. } if text.contains(['{', '<'])))
}

static TAGGED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // Qwen3-Coder: <function=name>, then <parameter=key>\nvalue\n</parameter>; GLM: <tool_call>name, then <arg_key>, <arg_value>.
    Regex::new(r"(?s)<function=(?<coder>[^>\n]+)>(?<inner>.*?)</function>|<tool_call>\s*(?<glm>[^\s<{]+)\s*(?<pairs>(?:<arg_key>.*?</arg_value>\s*)*)</tool_call>").ok()
});
static PARAMETER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?s)<parameter=(?<k>[^>\n]+)>\n?(?<v>.*?)\n?</parameter>|<arg_key>(?<gk>.*?)</arg_key>\s*<arg_value>(?<gv>.*?)</arg_value>",
    )
    .ok()
});

/// Whether texts have quotes in the syntax that was read, so that a number is none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Json,
    None,
}

/// All calls in a text: between tags if there are any such, and as JSON otherwise.
fn read(text: &str, row: &Conversation) -> (Vec<(String, Value)>, Quotes) {
    let (Some(tagged), Some(parameter)) = (TAGGED.as_ref(), PARAMETER.as_ref()) else { return (Vec::new(), Quotes::Json) };
    let pair = |found: regex::Captures| {
        let group = |one: &str, other: &str| found.name(one).or(found.name(other)).map_or("", |group| group.as_str()).to_string();
        (group("k", "gk"), Value::from(group("v", "gv")))
    };
    let call = |found: regex::Captures| {
        let name = found.name("coder").or(found.name("glm")).map_or("", |name| name.as_str()).to_string();
        let inner = found.name("inner").or(found.name("pairs")).map_or("", |inner| inner.as_str());
        (name, Value::Object(parameter.captures_iter(inner).map(pair).collect()))
    };
    let calls: Vec<(String, Value)> = tagged.captures_iter(text).map(call).collect();
    if calls.is_empty() { (as_json(text, row), Quotes::Json) } else { (calls, Quotes::None) }
}

/// Every JSON value that is a call or a list of some, and every object that stands after the name of a tool (gpt-oss, DeepSeek, Mistral 11).
fn as_json(text: &str, row: &Conversation) -> Vec<(String, Value)> {
    let mut calls = Vec::new();
    let (mut at, mut before) = (0, 0);
    while let Some(start) = text[at..].find(['{', '[']).map(|found| at + found) {
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
        let Some(Ok(value)) = values.next() else {
            at = start + 1;
            continue;
        };
        let end = start + values.byte_offset();
        let items = value.as_array().map_or_else(|| vec![&value], |items| items.iter().collect());
        let listed: Option<Vec<(String, Value)>> = items.into_iter().map(whole_call).collect();
        match listed.filter(|calls| !calls.is_empty()) {
            Some(found) => calls.extend(found),
            None if value.is_object() => {
                let named = &text[before..start];
                let place = |name: &str| named.rfind(name).map(|at| (at + name.len(), name.len()));
                let last = row.tools.iter().filter_map(|tool| Some((place(&tool.name)?, tool.name.clone()))).max();
                calls.extend(last.map(|(_, name)| (name, value)));
            }
            None => {
                at = start + 1;
                continue;
            }
        }
        (at, before) = (end, end);
    }
    calls
}

/// `{"name": …, "arguments": {…}}`, whatever the keys are called.
fn whole_call(value: &Value) -> Option<(String, Value)> {
    let value = value.get("function").filter(|inner| inner.is_object()).unwrap_or(value);
    let name = value.get("name").or(value.get("tool_name"))?.as_str()?;
    let arguments = value.get("arguments").or(value.get("parameters")).or(value.get("args"))?;
    // A text is a fault of the template, which is to be found.
    (arguments.is_object() || arguments.is_string()).then(|| (name.to_string(), arguments.clone()))
}

/// Equal, or the text that stands for it where a syntax has no quotes. Where it has them, a text that holds JSON is an argument that was put
/// into JSON twice.
fn same(found: &Value, wanted: &Value, quotes: Quotes) -> bool {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => {
            let has = |key: &String, value: &Value| found.get(key).is_some_and(|found| same(found, value, quotes));
            found.len() == wanted.len() && wanted.iter().all(|(key, value)| has(key, value))
        }
        (Value::Array(found), Value::Array(wanted)) => {
            found.len() == wanted.len() && found.iter().zip(wanted).all(|(found, wanted)| same(found, wanted, Quotes::Json))
        }
        (found, wanted) if found == wanted => true,
        (Value::Number(found), Value::Number(wanted)) => found.as_f64() == wanted.as_f64(),
        (Value::String(_), Value::String(_)) => false,
        (Value::String(text), wanted) if quotes == Quotes::None => stands_for(text, wanted),
        _ => false,
    }
}

/// Whether a text without quotes is how a value that is no text is written: as JSON, or as Python prints it.
fn stands_for(text: &str, wanted: &Value) -> bool {
    match wanted {
        Value::Bool(wanted) => text.eq_ignore_ascii_case(&wanted.to_string()),
        Value::Null => matches!(text, "null" | "None"),
        wanted => serde_json::from_str::<Value>(text).is_ok_and(|found| same(&found, wanted, Quotes::Json)),
    }
}

/// Whether a text has every name as often as it is called, and every text and number.
fn shown(text: &str, calls: &[(&str, Value)]) -> bool {
    let leaf = |leaf: &str| {
        let quoted = Value::from(leaf).to_string();
        text.contains(leaf) || text.contains(&quoted[1..quoted.len() - 1])
    };
    fn leaves(value: &Value, has: &dyn Fn(&str) -> bool) -> bool {
        match value {
            Value::Array(items) => items.iter().all(|item| leaves(item, has)),
            Value::Object(fields) => fields.iter().all(|(key, value)| has(key) && leaves(value, has)),
            Value::String(text) => has(text),
            Value::Number(number) => has(&number.to_string()),
            Value::Bool(_) | Value::Null => true,
        }
    }
    calls.iter().all(|(name, arguments)| {
        let times = calls.iter().filter(|(other, _)| other == name).count();
        text.matches(name).count() >= times && leaves(arguments, &leaf)
    })
}
