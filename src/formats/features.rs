//! The columns of each export, for the card: what `datasets` is told, and what a person reads.

use super::Target;
use super::preference::{Preference, Trainer};
use std::fmt::Write;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Truth,
    /// One `{"from", "value"}`.
    Turn,
    /// A list of these.
    Turns,
    /// A list of `{"role", "content"}` and nothing else.
    Said,
    /// Fields that differ from row to row: `datasets` finds out by itself what they are, as a declaration would fill them with nulls.
    Open(&'static str),
}

/// A column with what it is.
pub(super) type Column = (&'static str, Kind);

const ID: Column = ("id", Kind::Text);
const MESSAGES: Column = ("messages", Kind::Open("list of messages with `role`, `content`, `tool_calls`"));
const TOOLS_LIST: Column = ("tools", Kind::Open("list of tools with JSON Schemas"));
/// A JSON string in every target that has one.
const TOOLS: Column = ("tools", Kind::Text);

pub(super) fn of(target: Target) -> Vec<Column> {
    match target {
        Target::Sharegpt => vec![ID, ("conversations", Kind::Turns), ("system", Kind::Text), TOOLS],
        Target::Chat | Target::Mistral => vec![ID, MESSAGES, TOOLS_LIST],
        Target::Axolotl | Target::Swift | Target::Parquet => vec![ID, MESSAGES, TOOLS],
        Target::Openai => vec![MESSAGES, TOOLS_LIST, ("parallel_tool_calls", Kind::Truth)],
        Target::Hermes => vec![ID, ("conversations", Kind::Turns)],
        Target::Xlam => vec![ID, ("query", Kind::Text), TOOLS, ("answers", Kind::Text)],
        Target::Bfcl => vec![ID, ("question", Kind::Open("list of turns")), ("function", Kind::Open("list of functions"))],
        Target::Mixed => vec![ID, ("messages", Kind::Said)],
        Target::Jsonl => vec![],
    }
}

pub(super) fn of_pairs(target: Preference, trainer: Trainer) -> Vec<Column> {
    let open = |name| (name, Kind::Open("list of messages"));
    match (target, trainer) {
        (Preference::Dpo, Trainer::Trl) => vec![ID, open("prompt"), open("chosen"), open("rejected"), TOOLS],
        (Preference::Kto, Trainer::Trl) => vec![ID, open("prompt"), open("completion"), ("label", Kind::Truth), TOOLS],
        (Preference::Dpo, Trainer::LlamaFactory) => {
            vec![ID, ("conversations", Kind::Turns), ("chosen", Kind::Turn), ("rejected", Kind::Turn), ("system", Kind::Text), TOOLS]
        }
        (Preference::Kto, Trainer::LlamaFactory) => {
            vec![ID, ("conversations", Kind::Turns), ("kto_tag", Kind::Truth), ("system", Kind::Text), TOOLS]
        }
    }
}

/// The entry of `dataset_info` in the header of the card; none where a column is open.
pub(super) fn declared(name: &str, columns: &[Column]) -> Option<String> {
    if columns.is_empty() || columns.iter().any(|(_, kind)| matches!(kind, Kind::Open(_))) {
        return None;
    }
    let mut text = format!("- config_name: {name}\n  features:\n");
    let text_field = |name: &str| format!("    - name: {name}\n      dtype: string\n");
    for (name, kind) in columns {
        let _ = writeln!(text, "  - name: {name}");
        text.push_str(&match kind {
            Kind::Text | Kind::Open(_) => "    dtype: string\n".to_string(),
            Kind::Truth => "    dtype: bool\n".to_string(),
            Kind::Turn => format!("    struct:\n{}{}", text_field("from"), text_field("value")),
            Kind::Turns => format!("    list:\n{}{}", text_field("from"), text_field("value")),
            Kind::Said => format!("    list:\n{}{}", text_field("role"), text_field("content")),
        });
    }
    Some(text)
}

/// The columns in words.
pub(super) fn told(columns: &[Column]) -> String {
    let one = |(name, kind): &Column| match kind {
        Kind::Text => format!("`{name}` (text)"),
        Kind::Truth => format!("`{name}` (true or false)"),
        Kind::Turn => format!("`{name}` (a turn: `from`, `value`)"),
        Kind::Turns => format!("`{name}` (list of turns: `from`, `value`)"),
        Kind::Said => format!("`{name}` (list of messages: `role`, `content`)"),
        Kind::Open(words) => format!("`{name}` ({words})"),
    };
    columns.iter().map(one).collect::<Vec<_>>().join(", ")
}
