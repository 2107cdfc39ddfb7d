//! Calls and results as text, in the ways that models are taught to write them; each is written and read here.

use crate::formats::conversation::{Call, ToolDoc};
use crate::formats::json::Json;
use crate::formats::messages::Function;
use crate::formats::read::text_calls::{of_text, python_calls};
use crate::formats::{Refusal, embed, json_line};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::sync::Arc;

/// A way of writing calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Syntax {
    /// `<tool_call>{"name", "arguments"}</tool_call>`: Hermes, Qwen.
    Hermes,
    /// A JSON code block with a list of calls.
    Json,
    /// `[get_weather(city="Oslo")]`: Llama 3.2, BFCL's prompted models, ToolACE.
    Python,
    /// `[TOOL_CALLS] [{"name", "arguments"}]`: Mistral.
    Mistral,
    /// `Action:` and `Action Input:` (Yao et al. 2023).
    React,
    /// `<tool_call>name<arg_key>…</arg_key><arg_value>…</arg_value></tool_call>`: GLM 4.5.
    Glm,
}

/// Words, and the calls after them.
pub(in crate::formats) type Spoken = (String, Vec<Call>);

impl Syntax {
    pub const ALL: [Syntax; 6] = [Syntax::Hermes, Syntax::Json, Syntax::Python, Syntax::Mistral, Syntax::React, Syntax::Glm];

    pub fn name(self) -> &'static str {
        match self {
            Syntax::Hermes => "hermes",
            Syntax::Json => "json",
            Syntax::Python => "python",
            Syntax::Mistral => "mistral",
            Syntax::React => "react",
            Syntax::Glm => "glm",
        }
    }

    pub fn named(name: &str) -> Option<Syntax> {
        Syntax::ALL.into_iter().find(|syntax| syntax.name() == name)
    }

    /// What the assistant says and calls, as one text.
    pub(in crate::formats) fn turn(self, words: &str, calls: &[Call]) -> Result<String, Refusal> {
        let objects = || calls.iter().map(|call| json_line(&Function { call, text: false })).collect::<Result<Vec<_>, _>>();
        let gap = if words.is_empty() { "" } else { "\n" };
        let written = match self {
            _ if calls.is_empty() => return Ok(words.to_string()),
            Syntax::Hermes => {
                let tagged =
                    objects()?.iter().map(|json| format!("<tool_call>\n{}\n</tool_call>", embed::in_tags(json))).collect::<Vec<_>>();
                tagged.join("\n")
            }
            Syntax::Json => format!("```json\n[{}]\n```", objects()?.join(", ")),
            Syntax::Mistral => format!("[TOOL_CALLS] [{}]", objects()?.join(", ")),
            Syntax::React => {
                let one = |call: &Call| format!("Action: {}\nAction Input: {}", call.name, call.arguments.text());
                calls.iter().map(one).collect::<Vec<_>>().join("\n")
            }
            Syntax::Python => format!("[{}]", calls.iter().map(python_call).collect::<Result<Vec<_>, _>>()?.join(", ")),
            Syntax::Glm => calls.iter().map(glm_call).collect::<Result<Vec<_>, _>>()?.join("\n"),
        };
        Ok(format!("{words}{gap}{written}"))
    }

    /// The results of the calls before, with the names of their tools, as one text of the user's side.
    pub(in crate::formats) fn results(self, results: &[(&str, &str)]) -> Result<String, Refusal> {
        let parts = |one: &dyn Fn(&str, String) -> String| -> Vec<String> {
            results.iter().map(|(name, text)| one(name, embed::result(text))).collect()
        };
        let named = |name: &str, value: String| format!("{{\"name\":{},\"content\":{value}}}", Value::from(name));
        Ok(match self {
            Syntax::Hermes => {
                let one = |(name, text): &(&str, &str)| {
                    let inner = named(name, embed::result_in_tags(text));
                    format!("<tool_response>\n{inner}\n</tool_response>")
                };
                results.iter().map(one).collect::<Vec<_>>().join("\n")
            }
            Syntax::Json => format!("```json\n[{}]\n```", parts(&|_, value| value).join(", ")),
            Syntax::Python => format!("```output\n{}\n```", parts(&|_, value| value).join("\n")),
            Syntax::Mistral => format!("[TOOL_RESULTS] [{}] [/TOOL_RESULTS]", parts(&|name, value| named(name, value)).join(", ")),
            Syntax::React => parts(&|_, value| format!("Observation: {value}")).join("\n"),
            Syntax::Glm => parts(&|_, value| format!("<|observation|>\n{value}")).join("\n"),
        })
    }

    /// The words and calls of a text of the assistant's; a text that calls nothing is all words. `tools` tell texts from numbers where the
    /// syntax has no quotes. None when there is a call that cannot be read.
    pub(in crate::formats) fn read_turn(self, text: &str, tools: &[Arc<ToolDoc>]) -> Option<Spoken> {
        let mark = match self {
            Syntax::Hermes | Syntax::Glm => text.find("<tool_call>"),
            Syntax::Json => text.strip_suffix("\n```").and_then(|text| beginning(text, "```json\n")),
            Syntax::Mistral => text.find("[TOOL_CALLS]"),
            Syntax::React => beginning(text, "Action: "),
            Syntax::Python => {
                text.ends_with(")]").then(|| text.rfind("\n[").map_or(0, |at| at + 1)).filter(|at| text[*at..].starts_with('['))
            }
        };
        let Some(mark) = mark else { return Some((text.to_string(), Vec::new())) };
        let (words, written) = text.split_at(mark);
        let calls = match self {
            Syntax::Hermes => {
                let tagged = between_all(written, "<tool_call>", "</tool_call>")?;
                tagged.into_iter().map(of_text).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect()
            }
            Syntax::Json => of_text(written.strip_prefix("```json\n")?.strip_suffix("\n```")?)?,
            Syntax::Mistral => of_text(written.strip_prefix("[TOOL_CALLS]")?)?,
            Syntax::React => react_calls(written)?,
            Syntax::Python => python_calls(written)?,
            Syntax::Glm => {
                let tagged = between_all(written, "<tool_call>", "</tool_call>")?;
                tagged.into_iter().map(|inner| read_glm(inner, tools)).collect::<Option<Vec<_>>>()?
            }
        };
        Some((words.strip_suffix('\n').unwrap_or(words).to_string(), calls))
    }

    /// The results in a text of the user's side; none when it holds none.
    pub(in crate::formats) fn read_results(self, text: &str) -> Option<Vec<String>> {
        let listed = |inner: &str| -> Option<Vec<Box<RawValue>>> { serde_json::from_str(inner).ok() };
        let text_of = |raw: &RawValue| embed::taken_out(raw).ok().map(|text| text.into_owned());
        match self {
            Syntax::Hermes => {
                let inner = between_all(text, "<tool_response>\n", "\n</tool_response>")?;
                inner.into_iter().map(|inner| content(inner, embed::taken_from_tags)).collect()
            }
            Syntax::Json => listed(text.strip_prefix("```json\n")?.strip_suffix("\n```")?)?.iter().map(|raw| text_of(raw)).collect(),
            Syntax::Mistral => {
                let inner = listed(text.strip_prefix("[TOOL_RESULTS]")?.strip_suffix("[/TOOL_RESULTS]")?)?;
                inner.iter().map(|raw| content(raw.get(), |raw| embed::taken_out(raw).map(|text| text.into_owned()))).collect()
            }
            Syntax::Python => lines(text.strip_prefix("```output\n")?.strip_suffix("\n```")?, "", text_of),
            Syntax::React => lines(text, "Observation: ", text_of),
            Syntax::Glm => lines(&text.replace("<|observation|>\n", "<|observation|>"), "<|observation|>", text_of),
        }
    }
}

/// Where a mark begins the text or a line of it, first.
fn beginning(text: &str, mark: &str) -> Option<usize> {
    if text.starts_with(mark) { Some(0) } else { text.match_indices(mark).map(|(at, _)| at).find(|at| text[..*at].ends_with('\n')) }
}

/// What stands between each pair of marks; none when something else stands outside of them.
fn between_all<'t>(text: &'t str, open: &str, close: &str) -> Option<Vec<&'t str>> {
    let mut rest = text;
    let mut out = Vec::new();
    while !rest.trim().is_empty() {
        let (inner, after) = rest.trim_start().strip_prefix(open)?.split_once(close)?;
        out.push(inner);
        rest = after;
    }
    (!out.is_empty()).then_some(out)
}

/// One JSON value on each line, after a mark.
fn lines(text: &str, mark: &str, of: impl Fn(&RawValue) -> Option<String>) -> Option<Vec<String>> {
    text.lines().map(|line| of(serde_json::from_str::<&RawValue>(line.strip_prefix(mark)?).ok()?)).collect()
}

/// The content of `{"name", "content"}`.
fn content(inner: &str, of: impl Fn(&RawValue) -> serde_json::Result<String>) -> Option<String> {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        content: &'a RawValue,
    }
    of(serde_json::from_str::<Named>(inner).ok()?.content).ok()
}

/// A line with the name and a line with the arguments, for each call.
fn react_calls(text: &str) -> Option<Vec<Call>> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut calls = Vec::new();
    while let Some(line) = lines.next() {
        let name = line.strip_prefix("Action: ")?;
        let input = lines.next()?.strip_prefix("Action Input: ")?;
        let arguments = Json::parse(input.trim()).ok().filter(Json::is_object)?;
        calls.push(Call { name: name.to_string(), arguments });
    }
    Some(calls)
}

/// The words of Python that no parameter may be called by in a call.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield",
];

fn python_call(call: &Call) -> Result<String, Refusal> {
    let value = call.arguments.value().map_err(|_| Refusal::Json)?;
    let is_name = |key: &str| {
        key.starts_with(|first: char| first.is_alphabetic() || first == '_') && key.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    let mut arguments = Vec::new();
    for (key, value) in value.as_object().into_iter().flatten() {
        if !is_name(key) || KEYWORDS.contains(&key.as_str()) {
            return Err(Refusal::Keyword);
        }
        arguments.push(format!("{key}={}", python_value(value)));
    }
    if !call.name.split('.').all(is_name) {
        return Err(Refusal::Keyword);
    }
    Ok(format!("{}({})", call.name, arguments.join(", ")))
}

fn python_value(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(truth) => if *truth { "True" } else { "False" }.into(),
        Value::Array(items) => format!("[{}]", items.iter().map(python_value).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let entry = |(key, value): (&String, &Value)| format!("{}: {}", Value::from(key.as_str()), python_value(value));
            format!("{{{}}}", map.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn glm_call(call: &Call) -> Result<String, Refusal> {
    let value = call.arguments.value().map_err(|_| Refusal::Json)?;
    let mut text = format!("<tool_call>{}\n", call.name);
    for (key, value) in value.as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_string);
        text.push_str(&format!("<arg_key>{key}</arg_key>\n<arg_value>{value}</arg_value>\n"));
    }
    Ok(text + "</tool_call>")
}

fn read_glm(inner: &str, tools: &[Arc<ToolDoc>]) -> Option<Call> {
    let (name, mut rest) = inner.split_once('\n')?;
    let tool = tools.iter().find(|tool| tool.name == name);
    let schema = tool.and_then(|tool| tool.parameters.value().ok()).unwrap_or_default();
    let mut arguments = serde_json::Map::new();
    while let Some(after) = rest.strip_prefix("<arg_key>") {
        let (key, after) = after.split_once("</arg_key>\n<arg_value>")?;
        let (value, after) = after.split_once("</arg_value>\n")?;
        let is_text = schema["properties"][key]["type"] == "string";
        let parsed = serde_json::from_str::<Value>(value).ok().filter(|_| !is_text);
        arguments.insert(key.to_string(), parsed.unwrap_or_else(|| value.into()));
        rest = after;
    }
    rest.is_empty().then(|| Call { name: name.to_string(), arguments: Json::of(&Value::Object(arguments)) })
}
