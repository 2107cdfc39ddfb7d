//! What a model wrote, one text or several a row: nothing but text has to be in it, and nothing in it has to be right.

use crate::error::{Fault, Result};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The columns that hold what a model wrote, as samplers and trainers name them.
const COLUMNS: [&str; 11] = [
    "completion",
    "completions",
    "response",
    "responses",
    "output",
    "outputs",
    "generated_text",
    "prediction",
    "samples",
    "rollouts",
    "text",
];

/// Whether a row is one of rollouts: it has such a column and none of those that make it a conversation.
pub(super) fn is_row(row: &Value) -> bool {
    let conversation = ["messages", "conversations", "turns", "chat", "conversation", "question", "answers", "api_name", "role"];
    COLUMNS.iter().any(|column| row.get(*column).is_some()) && conversation.iter().all(|column| row.get(*column).is_none())
}

/// Whether the first row of a file is one of rollouts. No for `-`, which cannot be looked at twice, and for what is no JSON.
pub(super) fn is_file(path: &Path) -> bool {
    let Ok(file) = std::fs::File::open(path) else { return false };
    let mut line = String::new();
    let mut lines = BufReader::new(file);
    while lines.read_line(&mut line).is_ok_and(|bytes| bytes > 0) && line.trim().is_empty() {
        line.clear();
    }
    serde_json::from_str::<Value>(&line).is_ok_and(|row| is_row(&row))
}

/// Reads rollouts, one JSON object a line, and hands over each text.
pub(super) fn read(path: &Path, mut sink: impl FnMut(&str)) -> Result<u64> {
    let cure = "give one JSON object a line, with what the model wrote in `completion`, `response`, `output` or `text`";
    let file = std::fs::File::open(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), cure))?;
    let mut texts = 0;
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let at = |message: String| Fault::new(path, message, cure).at(number as u32 + 1, 0);
        let line = line.map_err(|error| at(format!("cannot be read: {error}")))?;
        if line.trim().is_empty() {
            continue;
        }
        let row: Value = serde_json::from_str(&line).map_err(|error| at(format!("not JSON: {error}")))?;
        let written = COLUMNS.iter().find_map(|column| row.get(*column)).ok_or_else(|| at("no column holds what a model wrote".into()))?;
        all(written, &mut |text| {
            texts += 1;
            sink(text);
        });
    }
    Ok(texts)
}

/// A text, a list of texts, a message, or lists of messages of which the assistant's count.
fn all(written: &Value, sink: &mut impl FnMut(&str)) {
    match written {
        Value::String(text) => sink(text),
        Value::Array(items) => items.iter().for_each(|item| all(item, sink)),
        Value::Object(message) => {
            let assistant = message.get("role").is_none_or(|role| role == "assistant");
            if let Some(content) = message.get("content").or(message.get("text")).filter(|_| assistant) {
                all(content, sink);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_are_found_however_they_are_nested() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rollouts.jsonl");
        let rows = [
            json!({"prompt": "x", "completion": "one"}),
            json!({"outputs": ["two", "three"]}),
            json!({"response": [{"role": "user", "content": "no"}, {"role": "assistant", "content": "four"}]}),
        ];
        std::fs::write(&path, rows.map(|row| format!("{row}\n")).concat()).unwrap();
        assert!(is_file(&path));
        let mut texts = Vec::new();
        assert_eq!(read(&path, |text| texts.push(text.to_string())).unwrap(), 4);
        assert_eq!(texts, ["one", "two", "three", "four"]);
        std::fs::write(&path, "{\"completion\": \"a\"}\n{\"b\": 1}\n").unwrap();
        assert!(read(&path, |_| ()).unwrap_err().to_string().contains("rollouts.jsonl:2"));
        assert!(!is_row(&json!({"messages": [], "text": "a"})) && !is_row(&json!({"id": 1})));
    }
}
