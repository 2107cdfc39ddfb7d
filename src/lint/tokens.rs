//! What tools cost in tokens.
//!
//! The embedded tokenizer cuts at white space and at every sign before it looks at words, and a catalog has few different words: each
//! is counted once.

use crate::catalog::{SurveyedFile, SurveyedTool};
use crate::graph::encoder::Encoder;
use rustc_hash::FxHashMap;
use serde_json::json;

/// Words that are remembered at most.
const REMEMBERED: usize = 100_000;

/// Counts tokens of the embedded tokenizer.
#[derive(Default)]
pub(super) struct Tokens {
    known: FxHashMap<Box<str>, usize>,
}

impl Tokens {
    /// A tool as it is sent: name, description and parameters as JSON.
    pub(super) fn of_tool(&mut self, tool: &SurveyedTool, file: &SurveyedFile) -> usize {
        let schema = tool.parameters(file);
        self.of(&json!({"name": tool.name, "description": tool.description, "parameters": schema}).to_string())
    }

    /// Tokens of a text; of JSON, which has no control characters, exactly those that the tokenizer makes of the whole.
    pub(super) fn of(&mut self, text: &str) -> usize {
        let mut count = 0;
        let mut word = 0;
        for (at, byte) in text.bytes().enumerate() {
            let space = byte.is_ascii_whitespace();
            if space || byte.is_ascii_punctuation() {
                count += self.word(&text[word..at]) + usize::from(!space);
                word = at + 1;
            }
        }
        count + self.word(&text[word..])
    }

    fn word(&mut self, word: &str) -> usize {
        if word.is_empty() {
            return 0;
        }
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let count = Encoder::embedded().tokens(word);
        if self.known.len() < REMEMBERED {
            self.known.insert(word.into(), count);
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_the_tokenizers_own() {
        let mut tokens = Tokens::default();
        for text in [
            r#"{"name":"get_weather","description":"Get the weather (°C) of a city; it's not a café's — 天气预报 \n","type":["string","null"]}"#,
            "supercalifragilistic://example.org/a%20b?c=d&e=f#12.5e-7 ___ $$ don't",
            "",
            " ñandú\u{301} naïve 🙂 x",
        ] {
            assert_eq!(tokens.of(text), Encoder::embedded().tokens(text), "{text}");
        }
    }
}
