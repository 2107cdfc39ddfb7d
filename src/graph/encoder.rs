//! The embedded sentence encoder: texts to 128 numbers, offline, in microseconds.
//!
//! A static token table, fitted so that the sum of a text's rows points where all-MiniLM-L6-v2 (Apache-2.0) points; see
//! `scripts/encoder` for the fit, the asset's layout and the measurement. It follows the full model's *ranking* of pairs, not
//! its thresholds: use the top k of a node or a fusion of ranks, never an absolute cosine.

use std::sync::LazyLock;
use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::BertNormalizer;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::{Model, NormalizedString, Normalizer, OffsetReferential, OffsetType, PreTokenizedString, PreTokenizer};

/// Length of a vector.
pub const DIMS: usize = 128;
/// [`Encoder::encode`] reads this many word pieces at most, as the full model does.
pub const MAX_PIECES: usize = 256;
/// [`Encoder::encode`] reads this many bytes at most, so that a text of invisible or endless characters costs no more than others.
pub const MAX_BYTES: usize = 8 * 1024;
/// [`Encoder::tokens`] counts in pieces of about this many bytes, so that memory does not grow with the text.
const CHUNK: usize = 64 * 1024;

const MAGIC: &[u8] = b"WTENCODE";
const VERSION: usize = 1;
/// Magic, six numbers and the sixteen levels.
const HEADER: usize = 96;

static EMBEDDED: LazyLock<Encoder> = LazyLock::new(|| match Encoder::read(include_bytes!("../../assets/encoder.bin")) {
    Ok(encoder) => encoder,
    Err(reason) => unreachable!("the embedded encoder is part of the program, and a test reads it: {reason}"),
});

/// A token table with its vocabulary.
pub struct Encoder {
    name: String,
    model: WordPiece,
    normalizer: BertNormalizer,
    /// What each 4-bit code stands for.
    levels: [f32; 16],
    /// One a row, f16; frequent pieces have small ones.
    scales: Vec<f32>,
    /// Half a byte a value, row by row, the low half first.
    codes: &'static [u8],
}

impl Encoder {
    /// The one that is compiled in; its vocabulary is indexed on first use (milliseconds).
    pub fn embedded() -> &'static Encoder {
        &EMBEDDED
    }

    /// Its name, to stand beside every figure that rests on it: token counts and similarities alike.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The unit vector of a text: upper and lower case, accents and invisible characters make no difference, nor does the order of words.
    ///
    /// All zeros when the text has no known word piece, as when it is empty or in another script. Text behind the first
    /// [`MAX_BYTES`] bytes or [`MAX_PIECES`] word pieces is not read. Names should be passed through [`named_text`] or
    /// [`words_of_identifier`] first: `camelCase` is one unknown word otherwise.
    pub fn encode(&self, text: &str) -> [f32; DIMS] {
        let mut sum = [0.0; DIMS];
        let mut left = MAX_PIECES;
        self.each_piece(&text[..boundary(text, MAX_BYTES)], |row| {
            if left > 0 {
                left -= 1;
                self.add_row(row, &mut sum);
            }
        });
        normalise(&mut sum);
        sum
    }

    /// The number of word pieces of a text of any length; the default token count.
    ///
    /// A character or word that the vocabulary cannot spell counts as one. A run of more than 64 KiB without white space is
    /// counted as several words.
    pub fn tokens(&self, text: &str) -> usize {
        let mut count = 0;
        let mut rest = text;
        while !rest.is_empty() {
            let (chunk, behind) = rest.split_at(chunk_end(rest));
            self.each_piece(chunk, |_| count += 1);
            rest = behind;
        }
        count
    }

    /// Reads an asset; the layout is in `scripts/encoder/asset.py`.
    fn read(data: &'static [u8]) -> Result<Encoder, &'static str> {
        if data.len() < HEADER || !data.starts_with(MAGIC) {
            return Err("it is not an encoder asset");
        }
        let number = |k: usize| le_u32(&data[8 + 4 * k..]) as usize;
        let (version, dims, rows, length) = (number(0), number(1), number(2), number(3));
        if version != VERSION || dims != DIMS {
            return Err("it is of another version");
        }
        if data.len() != HEADER + length + rows * (2 + DIMS / 2) {
            return Err("it has the wrong length");
        }
        let (vocabulary, body) = data[HEADER..].split_at(length);
        let (scales, codes) = body.split_at(2 * rows);
        let vocabulary = vocabulary_lines(vocabulary, rows).ok_or("its vocabulary is damaged")?;
        let vocabulary = WordPiece::read_bytes(vocabulary.as_bytes()).map_err(|_| "its vocabulary is damaged")?;
        if vocabulary.len() != rows || !vocabulary.contains_key("[UNK]") {
            return Err("its vocabulary is damaged");
        }
        let model = WordPiece::builder().vocab(vocabulary).build().map_err(|_| "its vocabulary is damaged")?;
        Ok(Encoder {
            name: format!("walktalk-minilm-{DIMS}"),
            model,
            normalizer: BertNormalizer::new(true, true, Some(true), true),
            levels: std::array::from_fn(|k| f32::from_bits(le_u32(&data[32 + 4 * k..]))),
            scales: scales.chunks_exact(2).map(|b| half(u16::from_le_bytes([b[0], b[1]]))).collect(),
            codes,
        })
    }

    /// Calls `take` with the row of each word piece, in order.
    ///
    /// This is the `tokenizers` pipeline without the alignments and token strings of its `Encoding`, which we do not need.
    fn each_piece(&self, text: &str, mut take: impl FnMut(usize)) {
        let mut normal = NormalizedString::from(text);
        // Neither of these steps can fail on any string: their `Result` is the trait's.
        if self.normalizer.normalize(&mut normal).is_err() {
            return;
        }
        let mut words = PreTokenizedString::from(normal);
        if BertPreTokenizer.pre_tokenize(&mut words).is_err() {
            return;
        }
        for (word, _, _) in words.get_splits(OffsetReferential::Normalized, OffsetType::Byte) {
            for token in self.model.tokenize(word).unwrap_or_default() {
                take(token.id as usize);
            }
        }
    }

    fn add_row(&self, row: usize, sum: &mut [f32; DIMS]) {
        let (Some(scale), Some(codes)) = (self.scales.get(row), self.codes.chunks_exact(DIMS / 2).nth(row)) else {
            return;
        };
        let values = self.levels.map(|level| level * scale);
        for (pair, code) in sum.chunks_exact_mut(2).zip(codes) {
            pair[0] += values[usize::from(code & 15)];
            pair[1] += values[usize::from(code >> 4)];
        }
    }
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Encoder").field("name", &self.name).field("rows", &self.scales.len()).finish_non_exhaustive()
    }
}

/// The cosine of two vectors from [`Encoder::encode`], in [-1, 1]; 0 when one of them is all zeros.
pub fn cosine(a: &[f32; DIMS], b: &[f32; DIMS]) -> f32 {
    // Eight running sums, in a fixed order: fast, and the same on every machine.
    let mut lanes = [0.0f32; 8];
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for ((lane, x), y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += x * y;
        }
    }
    lanes.iter().sum::<f32>().clamp(-1.0, 1.0)
}

/// The words of an identifier, lower case, one space apart: `checkInDate`, `check_in.date` and `CHECK-IN date` all give `check in date`.
///
/// Everything that is neither letter nor digit parts words. Between letters, a word starts at a capital behind a small letter or
/// a digit (`v2Users`), and at the last capital of a row of capitals that goes on in small letters (`HTTPServer`), except for a
/// plural `s` (`userIDs`). Digits stay with the letters before them.
pub fn words_of_identifier(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut part = false;
    let mut before = None;
    let mut rest = name.chars();
    while let Some(c) = rest.next() {
        if c.is_alphanumeric() {
            let mut ahead = rest.clone();
            part |= starts_word(before, c, ahead.next(), ahead.next());
            if part && !out.is_empty() {
                out.push(' ');
            }
            part = false;
            out.extend(c.to_lowercase());
        } else {
            part = true;
        }
        before = Some(c);
    }
    out
}

fn starts_word(before: Option<char>, c: char, after: Option<char>, beyond: Option<char>) -> bool {
    let Some(before) = before else { return false };
    if !c.is_uppercase() {
        return false;
    }
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let plural = after == Some('s') && !small(beyond);
    before.is_lowercase() || before.is_numeric() || (before.is_uppercase() && small(after) && !plural)
}

/// The text that stands for a tool, a parameter or a result field: `check in date: Day of arrival.`, or the words of the name alone when
/// there is no description. The table was fitted on texts of this form.
pub fn named_text(name: &str, description: &str) -> String {
    let words = words_of_identifier(name);
    let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
    match (words.is_empty(), description.is_empty()) {
        (false, false) => format!("{words}: {description}"),
        (false, true) => words,
        (true, _) => description,
    }
}

fn normalise(vector: &mut [f32; DIMS]) {
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if norm > 0.0 {
        vector.iter_mut().for_each(|x| *x /= norm);
    }
}

/// The last character boundary that is not behind `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&k| text.is_char_boundary(k)).unwrap_or(0)
}

/// Where to cut off the next chunk: behind the last white space that fits, else where it is full.
fn chunk_end(text: &str) -> usize {
    if text.len() <= CHUNK {
        return text.len();
    }
    let full = boundary(text, CHUNK);
    text[..full].rfind(char::is_whitespace).filter(|&at| at > 0).unwrap_or(full)
}

/// Takes the front coding off: one piece a line, in order.
fn vocabulary_lines(mut block: &[u8], rows: usize) -> Option<String> {
    let mut lines = Vec::with_capacity(block.len() * 2);
    let mut before = Vec::new();
    for _ in 0..rows {
        let (head, rest) = block.split_at_checked(2)?;
        let (more, rest) = rest.split_at_checked(usize::from(head[1]))?;
        before.truncate(usize::from(head[0]));
        before.extend_from_slice(more);
        lines.extend_from_slice(&before);
        lines.push(b'\n');
        block = rest;
    }
    String::from_utf8(lines).ok()
}

fn le_u32(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

/// An IEEE half as a single; scales are never negative, infinite or NaN, but subnormal ones occur.
fn half(bits: u16) -> f32 {
    let (exponent, fraction) = (i32::from((bits >> 10) & 31), f32::from(bits & 1023));
    match exponent {
        0 => fraction * (-24f32).exp2(),
        e => (1.0 + fraction / 1024.0) * ((e - 15) as f32).exp2(),
    }
}

#[cfg(test)]
mod tests;
