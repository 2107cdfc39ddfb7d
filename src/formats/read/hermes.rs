//! The tags of Hermes: tools in the system turn, calls and results as tagged JSON.

use super::builder::Made;
use super::fields::Fields;
use super::{calls, tools};
use crate::formats::conversation::{Flaw, ToolDoc};
use crate::formats::json::Json;
use crate::formats::{embed, hermes};
use serde_json::Value;
use std::sync::Arc;

/// Whether a message is a system turn with tools.
pub(super) fn has_tools(message: &Fields) -> bool {
    message.holds("\"system\"") && message.holds("<tools>")
}

/// The first sentence of the published system turns: what comes from there on is the format's and not the dialogue's.
const USUAL: &str = "You are a function calling AI model";

/// The words of the row itself, and the tools. Words of a system turn that walktalk did not write are kept as a column.
pub(super) fn system(text: &str, extra: &mut Vec<(String, Json)>) -> Result<(String, Vec<Arc<ToolDoc>>), Flaw> {
    let unread = || Flaw::Kind { key: "system".into(), wanted: "a system turn with `<tools>` and `</tools>`" };
    if let Some((words, rest)) = text.split_once(hermes::BEFORE) {
        let listed = rest.strip_suffix(hermes::AFTER).ok_or_else(unread)?;
        return Ok((words.strip_suffix("\n\n").unwrap_or(words).to_string(), tools::text(listed, tools::Dialect::Schema)?));
    }
    // The usual turn speaks of the tags before it uses them.
    let end = text.rfind("</tools>").ok_or_else(unread)?;
    let start = text[..end].rfind("<tools>").ok_or_else(unread)?;
    let listed = tools::text(&text[start + "<tools>".len()..end], tools::Dialect::Schema)?;
    let words = match text[..start].find(USUAL) {
        Some(at) => text[..at].trim_end().to_string(),
        None => format!("{}{}", &text[..start], &text[end + "</tools>".len()..]).trim().to_string(),
    };
    extra.push(("system".into(), Json::of(&Value::String(text.to_string()))));
    Ok((words, listed))
}

/// What is said before the calls of a turn, and the calls.
pub(super) fn turn(text: &str) -> Result<(String, Vec<Made>), Flaw> {
    let (words, mut rest) = text.split_once("<tool_call>").unwrap_or((text, ""));
    let mut made = Vec::new();
    loop {
        let (inner, after) = rest.split_once("</tool_call>").ok_or_else(|| Flaw::Call("`<tool_call>` has no end".into()))?;
        made.extend(calls::of_text(inner)?);
        match after.split_once("<tool_call>") {
            Some((_, next)) => rest = next,
            None => break,
        }
    }
    Ok((words.strip_suffix('\n').unwrap_or(words).to_string(), made))
}

/// The results of a turn, each with the name of its tool where that is told.
pub(super) fn responses(text: &str) -> Result<Vec<(Option<String>, String)>, Flaw> {
    let mut out = Vec::new();
    for part in text.split("<tool_response>").skip(1) {
        let inner = part.split("</tool_response>").next().unwrap_or(part).trim();
        out.push(response(inner).unwrap_or_else(|| (None, inner.to_string())));
    }
    Ok(out)
}

/// `{"name", "content"}` and nothing else.
fn response(inner: &str) -> Option<(Option<String>, String)> {
    let mut fields = Fields::parse(inner).ok()?;
    let name = fields.text("name").ok().flatten().map(|name| name.into_owned());
    // A tool may answer with null.
    let content = fields.take_or_null("content").filter(|_| fields.keys().all(|key| key == "tool_call_id"))?;
    Some((name, embed::taken_from_tags(content).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_system_turn_gives_its_tools() {
        let text = "You are a function calling AI model. Signatures are within <tools></tools> XML tags. Here are the available tools: <tools> [{'type': 'function', 'function': {'name': 'a', 'description': 'd', 'parameters': {'type': 'object', 'properties': {}}}}] </tools> Use this schema.";
        let mut extra = Vec::new();
        let (words, tools) = system(text, &mut extra).unwrap();
        assert_eq!((words.as_str(), tools[0].name.as_str(), extra.len()), ("", "a", 1));
    }

    #[test]
    fn calls_are_taken_out_of_the_words() {
        let text = "I'll look.\n<tool_call>\n{\"name\": \"a\", \"arguments\": {\"x\": \"\\u003cb\\u003e\"}}\n</tool_call>\n<tool_call>{'name': 'b', 'arguments': {}}</tool_call>";
        let (words, made) = turn(text).unwrap();
        assert_eq!(words, "I'll look.");
        assert_eq!(made[0].call.arguments.text(), r#"{"x":"<b>"}"#);
        assert_eq!(made[1].call.name, "b");
        assert!(turn("<tool_call>{}").is_err() && turn("<tool_call>a(b)</tool_call>").is_err());
    }

    #[test]
    fn results_are_found_with_or_without_a_name() {
        let text =
            "<tool_response>\n{\"name\":\"a\",\"content\":{\"n\":1}}\n</tool_response>\n<tool_response>\n{\"n\": 2}\n</tool_response>";
        assert_eq!(responses(text).unwrap(), [(Some("a".into()), "{\"n\":1}".into()), (None, "{\"n\": 2}".into())]);
        let null = "<tool_response>\n{\"name\":\"a\",\"content\":null}\n</tool_response>";
        assert_eq!(responses(null).unwrap(), [(Some("a".into()), "null".into())]);
    }
}
