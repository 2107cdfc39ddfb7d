//! Messages whose tools, calls and results are text, in one of several ways of writing them: training data for a model that is to keep
//! more than one format.
//!
//! Contract: `messages` with `role` and `content` and nothing else, which every trainer and chat template takes. The first message is the
//! system's and holds the tools and the rules of the row's syntax ([`super::mix`]); results are a message of the user's side, as templates
//! that know no tools want it. The sidecar has the label of every row. Every row is read again before it is given out: it says what the
//! conversation says.
//!
//! A row that cannot be written in the syntax it was dealt (a parameter named like a keyword of Python, an argument that holds the format's
//! own marks) is written in the next one that can, and has the label of that. Left out and counted: what a list in words cannot say of
//! parameters. Refused: a message that must not be learned from, tools or words of the system in the middle, rows that do not end with the
//! assistant, words that look like calls or results in every syntax.

use super::conversation::{Conversation, Message};
use super::mix::{Label, Syntax, say};
use super::read::{Reader, Source};
use super::{Reduction, Refusal, Rendering, json_line};
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    messages: Vec<Said<'a>>,
}

#[derive(Serialize)]
struct Said<'a> {
    role: &'static str,
    content: Cow<'a, str>,
}

pub(super) fn rendering(conversation: &Conversation, label: Label) -> Result<Rendering, Refusal> {
    conversation.plain()?;
    let others = Syntax::ALL.into_iter().filter(|syntax| *syntax != label.syntax);
    let mut refusal = Refusal::Markup;
    for syntax in std::iter::once(label.syntax).chain(others) {
        let label = Label { syntax, ..label };
        match row(conversation, label) {
            Ok(line) => match read_back(conversation, &line) {
                Some(reduced) => {
                    return Ok(Rendering { reduced, label: (!conversation.tools.is_empty()).then_some(label), ..Rendering::line(line) });
                }
                None => refusal = Refusal::Markup,
            },
            Err(other) => refusal = other,
        }
        // Without tools every syntax writes the same.
        if conversation.tools.is_empty() {
            break;
        }
    }
    Err(refusal)
}

fn row(conversation: &Conversation, label: Label) -> Result<String, Refusal> {
    let (words, messages) = match conversation.messages.split_first() {
        Some((Message::System { text, .. }, rest)) => (text.as_str(), rest),
        _ => ("", conversation.messages.as_slice()),
    };
    let system = say(words, &conversation.tools, label);
    let mut out: Vec<Said> = Vec::with_capacity(messages.len() + 1);
    if !system.is_empty() {
        out.push(Said { role: "system", content: system.into() });
    }
    let names: Vec<&str> = conversation.calls().map(|call| call.name.as_str()).collect();
    let mut results: Vec<(&str, &str)> = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        match message {
            Message::System { .. } => return Err(Refusal::System),
            Message::User { text } => out.push(Said { role: "user", content: text.into() }),
            Message::Assistant { text, calls, .. } => {
                out.push(Said { role: "assistant", content: label.syntax.turn(text, calls)?.into() });
            }
            Message::Tool { call, text } => {
                results.push((names.get(*call).copied().unwrap_or_default(), text));
                if !matches!(messages.get(at + 1), Some(Message::Tool { .. })) {
                    out.push(Said { role: "user", content: label.syntax.results(&results)?.into() });
                    results.clear();
                }
            }
        }
    }
    json_line(&Row { id: &conversation.id, messages: out })
}

/// What the row is written without, when it says the same; none when it does not.
fn read_back(conversation: &Conversation, line: &str) -> Option<Vec<Reduction>> {
    let read = Reader::new(Some(Source::Messages), Vec::new()).row(line.as_bytes(), 1).ok()?;
    let of = |one: &Conversation| {
        let mut tools: Vec<(String, String)> = one.tools.iter().map(|tool| (tool.name.clone(), tool.plain().text().to_string())).collect();
        tools.sort();
        tools
    };
    let (given, found) = (of(conversation), of(&read));
    let same_names = given.len() == found.len() && given.iter().zip(&found).all(|(one, two)| one.0 == two.0);
    // An empty system message is none.
    let messages = match conversation.messages.split_first() {
        Some((Message::System { text, .. }, rest)) if text.is_empty() => rest,
        _ => conversation.messages.as_slice(),
    };
    if !same_names || read.messages != messages {
        return None;
    }
    Some(if given == found { Vec::new() } else { vec![Reduction::Nested] })
}
