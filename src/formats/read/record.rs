//! Our own record, as far as a trainer's row goes; the rest of it is the sidecar's.

use super::fields::{Fields, is_off, kind, label, list};
use super::{calls, tools};
use crate::formats::conversation::{Call, Conversation, Flaw, Message};
use crate::formats::embed;

pub(super) fn read(mut row: Fields) -> Result<Conversation, Flaw> {
    let mut conversation = Conversation::default();
    if let Some(id) = row.take("id") {
        conversation.id = label(id, "id")?;
    }
    conversation.tools = tools::column(row.take("tools").ok_or(Flaw::Missing("tools"))?, tools::Dialect::Schema)?;
    let mut made = 0;
    for turn in list(row.take("turns").ok_or(Flaw::Missing("turns"))?, "turns")? {
        let mut turn = Fields::of(turn, "turns")?;
        let text = turn.text("text")?.unwrap_or_default().into_owned();
        match &*calls::needed(&mut turn, "role")? {
            "system" => {
                let adds = turn.take("adds").map(|adds| serde_json::from_str(adds.get()).map_err(|_| kind("adds", "a list of names")));
                let adds: Vec<String> = adds.transpose()?.unwrap_or_default();
                if !text.is_empty() || !adds.is_empty() {
                    conversation.messages.push(Message::System { text, adds });
                }
            }
            "user" => conversation.messages.push(Message::User { text }),
            "assistant" => {
                let mut all = Vec::new();
                for call in turn.take("calls").map_or(Ok(Vec::new()), |raw| list(raw, "calls"))? {
                    let mut call = Fields::of(call, "calls")?;
                    let name = calls::needed(&mut call, "tool")?.into_owned();
                    all.push(Call { arguments: calls::arguments(&name, call.take("arguments"))?, name });
                }
                made += all.len();
                let loss = !turn.take("loss").is_some_and(is_off);
                conversation.messages.push(Message::Assistant { text, calls: all, loss });
            }
            "tool" => results(&mut turn, made, &mut conversation.messages)?,
            other => return Err(Flaw::Role(other.to_string())),
        }
    }
    Ok(conversation)
}

/// Each result names its call by number.
fn results(turn: &mut Fields, made: usize, messages: &mut Vec<Message>) -> Result<(), Flaw> {
    for one in turn.take("results").map_or(Ok(Vec::new()), |raw| list(raw, "results"))? {
        let mut one = Fields::of(one, "results")?;
        let call = one.take("call").and_then(|raw| raw.get().parse::<usize>().ok()).filter(|call| *call < made);
        let call = call.ok_or_else(|| Flaw::NoCall(String::new()))?;
        // Null is a result like any other.
        let text = match one.get("value") {
            Some(value) => embed::taken_out(value).map_err(|_| kind("results/value", "JSON"))?.into_owned(),
            None => return Err(Flaw::Missing("results/value")),
        };
        messages.push(Message::Tool { call, text });
    }
    Ok(())
}

/// A record with everything that it says, for those who judge it.
pub(super) fn whole(text: &str) -> Result<Conversation, Flaw> {
    let dialogue: crate::dialogue::Dialogue = serde_json::from_str(text).map_err(|error| {
        let full = error.to_string();
        Flaw::Record(full.rsplit_once(" at line ").map_or(full.as_str(), |(words, _)| words).to_string())
    })?;
    Ok(Conversation {
        id: dialogue.id.clone(),
        format: Some(super::Source::Jsonl),
        own: Some(Box::new(dialogue)),
        ..Conversation::default()
    })
}
