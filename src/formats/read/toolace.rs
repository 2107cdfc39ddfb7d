//! ToolACE: the tools as JSON inside the words of the system, calls as Python writes them: `[get_weather(city="Oslo")]`.

use super::builder::Builder;
use super::fields::{Fields, kind, label, list, string};
use super::{calls, python, tools};
use crate::formats::conversation::{Conversation, Flaw};
use crate::formats::embed;
use crate::formats::json::Json;
use serde_json::Value;
use serde_json::value::RawValue;

/// Whether the words of a system text hold tools as this format has them.
pub(super) fn is_system(text: &str) -> bool {
    text.contains("[{\"name\"") || text.contains("[{\"type\"") || text.contains("[{'name'")
}

pub(super) fn read(mut row: Fields) -> Result<Conversation, Flaw> {
    let mut conversation = Conversation::default();
    if let Some(id) = row.take("id") {
        conversation.id = label(id, "id")?;
    }
    let system = calls::needed(&mut row, "system")?;
    conversation.tools = tools::text(listed(&system).ok_or_else(|| kind("system", "words with a list of tools"))?, tools::Dialect::Dict)?;
    conversation.extra.push(("system".into(), Json::of(&Value::String(system.to_string()))));
    let mut builder = Builder::default();
    for (at, raw) in list(row.take("conversations").ok_or(Flaw::Missing("conversations"))?, "conversations")?.into_iter().enumerate() {
        let place = format!("conversations/{at}");
        let mut message = Fields::of(raw, &place)?;
        let text = calls::needed(&mut message, "value")?;
        let from = message.take("from").ok_or(Flaw::Missing("from"))?;
        match &*string(from, "from")? {
            "system" => builder.system(text.into_owned(), Vec::new())?,
            "user" | "human" => builder.user(text.into_owned())?,
            "assistant" | "gpt" => match python::calls(text.trim()) {
                Some(made) => {
                    let made = made.into_iter().map(|(name, arguments)| calls::made(name, &Value::Object(arguments)));
                    builder.assistant(String::new(), made.collect(), true)?;
                }
                None => builder.assistant(text.into_owned(), Vec::new(), true)?,
            },
            "tool" | "observation" => results(&text, &mut builder)?,
            other => return Err(Flaw::Role(other.to_string())),
        }
        message.rest(&format!("{place}/"), &mut conversation.extra);
    }
    conversation.messages = builder.finish()?;
    row.rest("", &mut conversation.extra);
    Ok(conversation)
}

/// The list of tools inside the words: from its bracket to the one that closes it.
fn listed(system: &str) -> Option<&str> {
    let start = ["[{\"name\"", "[{\"type\"", "[{'name'"].iter().filter_map(|mark| system.find(mark)).min()?;
    let text = &system[start..];
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    match values.next() {
        Some(Ok(list)) => Some(list.get()),
        // What Python prints ends with the last bracket.
        _ => text.rfind("}]").map(|end| &text[..end + 2]),
    }
}

/// A list of `{"name", "results"}` for the calls that wait, or one text for all.
fn results(text: &str, builder: &mut Builder) -> Result<(), Flaw> {
    let waiting = builder.waiting();
    let given: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
    if given.len() != waiting || waiting == 0 {
        return match waiting {
            1 => builder.result(None, None, text.to_string()),
            _ => Err(Flaw::Results { calls: waiting, results: given.len().max(1) }),
        };
    }
    for one in given {
        let named = Fields::parse(one.get()).ok().and_then(|mut fields| {
            let name = fields.text("name").ok().flatten()?.into_owned();
            Some((name, fields.take("results").filter(|_| fields.keys().next().is_none())?))
        });
        match named {
            Some((name, result)) => {
                let text = embed::taken_out(result).map_err(|_| kind("results", "text"))?;
                builder.result(None, Some(&name), text.into_owned())?;
            }
            None => builder.result(None, None, one.get().to_string())?,
        }
    }
    Ok(())
}
