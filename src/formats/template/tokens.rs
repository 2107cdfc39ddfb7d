//! Tokens of a text, by the tokenizer of a model.

use crate::error::{Fault, Result};
use std::ops::Range;
use std::path::Path;
use tokenizers::Tokenizer;

/// A `tokenizer.json`.
#[derive(Debug)]
pub struct Tokens {
    tokenizer: Tokenizer,
    pub name: String,
    /// BLAKE3 of the file.
    pub hash: String,
}

impl Tokens {
    pub fn open(path: &Path) -> Result<Tokens> {
        let cure = "give the tokenizer.json of a model, as the library tokenizers writes it";
        let bytes = std::fs::read(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), cure))?;
        let mut tokenizer = Tokenizer::from_bytes(&bytes).map_err(|error| {
            let words: String = error.to_string().chars().take(160).collect();
            Fault::new(path, format!("it is no tokenizer: {words}"), cure)
        })?;
        // The length of a row is what is asked for, not that of a cut one.
        let _ = tokenizer.with_truncation(None);
        tokenizer.with_padding(None);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Tokens { tokenizer, name, hash: blake3::hash(&bytes).to_hex().to_string() })
    }

    /// Where each token of a text begins and ends, in bytes. Nothing is added to the text, as a chat template has all of it. None when
    /// the tokenizer has no token for a part of the text.
    pub fn of(&self, text: &str) -> Option<Vec<(usize, usize)>> {
        self.tokenizer.encode(text, false).ok().map(|encoding| encoding.get_offsets().to_vec())
    }
}

/// The tokens of each span: those that have a byte of it.
pub(super) fn covering(tokens: &[(usize, usize)], spans: &[Range<usize>]) -> Vec<[usize; 2]> {
    let tokens_of = |span: &Range<usize>| {
        let start = tokens.partition_point(|(_, end)| *end <= span.start);
        let end = tokens.partition_point(|(start, _)| *start < span.end);
        [start, end.max(start)]
    };
    spans.iter().map(tokens_of).filter(|[start, end]| start < end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_has_the_tokens_that_have_a_byte_of_it() {
        let tokens = [(0, 2), (2, 5), (5, 6), (6, 9)];
        assert_eq!(covering(&tokens, &[0..1, 2..5, 4..7, 9..9]), [[0, 1], [1, 2], [1, 4]]);
    }

    #[test]
    fn a_file_that_is_no_tokenizer_is_told() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("tokenizer.json");
        std::fs::write(&path, "{\"model\": {}}").unwrap();
        let message = Tokens::open(&path).unwrap_err().to_string();
        assert!(message.contains("it is no tokenizer"), "{message}");
    }
}
