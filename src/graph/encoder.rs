//! The embedded sentence encoder: texts to 128 numbers, offline, in microseconds.
//!
//! A static token table and one small correcting layer, fitted so that the sum of a text's rows, corrected, points where
//! all-MiniLM-L6-v2 (Apache-2.0) points; see `scripts/encoder` for the fit, the asset's layout and the measurement. It follows the full model's *ranking* of pairs, not
//! its thresholds: use the top k of a node or a fusion of ranks, never an absolute cosine.

mod asset;
mod words;

pub use words::{named_text, words_of_identifier};

use asset::{Bytes, vocabulary_lines};
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
const VERSION: usize = 2;

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
    layer: Layer,
}

/// What a sum of rows cannot say: `u + W2 relu(W1 u + b1) + b2`.
///
/// Both matrices lie so that a row belongs to one hidden value. `relu` is exact on every machine.
struct Layer {
    w1: Vec<[f32; DIMS]>,
    b1: Vec<f32>,
    w2: Vec<[f32; DIMS]>,
    b2: [f32; DIMS],
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
        if normalise(&mut sum) {
            self.layer.correct(&mut sum);
            normalise(&mut sum);
        }
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
        let mut data = Bytes(data);
        if data.take(MAGIC.len()) != Some(MAGIC) {
            return Err("it is not an encoder asset");
        }
        let numbers = data.u32s(6).ok_or("it is cut off")?;
        let [version, dims, rows, length, _, hidden] = std::array::from_fn(|k| numbers[k]);
        if version != VERSION || dims != DIMS {
            return Err("it is of another version");
        }
        let levels = data.f32s(16).ok_or("it is cut off")?;
        let vocabulary = data.take(length).and_then(|block| vocabulary_lines(block, rows)).ok_or("its vocabulary is damaged")?;
        let vocabulary = WordPiece::read_bytes(vocabulary.as_bytes()).map_err(|_| "its vocabulary is damaged")?;
        if vocabulary.len() != rows || !vocabulary.contains_key("[UNK]") {
            return Err("its vocabulary is damaged");
        }
        let encoder = Encoder {
            name: format!("walktalk-minilm-{DIMS}"),
            model: WordPiece::builder().vocab(vocabulary).build().map_err(|_| "its vocabulary is damaged")?,
            normalizer: BertNormalizer::new(true, true, Some(true), true),
            levels: std::array::from_fn(|k| levels[k]),
            scales: data.halves(rows).ok_or("it is cut off")?,
            codes: data.take(rows * (DIMS / 2)).ok_or("it is cut off")?,
            layer: Layer::read(&mut data, hidden).ok_or("it is cut off")?,
        };
        if data.0.is_empty() { Ok(encoder) } else { Err("it has bytes to spare") }
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

impl Layer {
    fn read(data: &mut Bytes, hidden: usize) -> Option<Layer> {
        let w1 = data.matrix(hidden, DIMS)?;
        let b1 = data.f32s(hidden)?;
        let w2 = data.matrix(DIMS, hidden)?;
        let b2 = data.f32s(DIMS)?;
        Some(Layer {
            w1: w1.iter().map(|row| std::array::from_fn(|k| row[k])).collect(),
            b1,
            w2: (0..hidden).map(|h| std::array::from_fn(|k| w2[k][h])).collect(),
            b2: std::array::from_fn(|k| b2[k]),
        })
    }

    fn correct(&self, u: &mut [f32; DIMS]) {
        let mut more = self.b2;
        for ((w1, b1), w2) in self.w1.iter().zip(&self.b1).zip(&self.w2) {
            let strength = dot(w1, u) + b1;
            if strength > 0.0 {
                more.iter_mut().zip(w2).for_each(|(m, w)| *m += strength * w);
            }
        }
        u.iter_mut().zip(more).for_each(|(u, m)| *u += m);
    }
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Encoder").field("name", &self.name).field("rows", &self.scales.len()).finish_non_exhaustive()
    }
}

/// The cosine of two vectors from [`Encoder::encode`], in [-1, 1]; 0 when one of them is all zeros.
pub fn cosine(a: &[f32; DIMS], b: &[f32; DIMS]) -> f32 {
    dot(a, b).clamp(-1.0, 1.0)
}

/// The scalar product, as eight running sums in a fixed order: fast, and the same on every machine.
fn dot(a: &[f32; DIMS], b: &[f32; DIMS]) -> f32 {
    let mut lanes = [0.0f32; 8];
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for ((lane, x), y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += x * y;
        }
    }
    lanes.iter().sum()
}

/// Makes a vector of unit length; false when it is all zeros.
fn normalise(vector: &mut [f32; DIMS]) -> bool {
    let norm = dot(vector, vector).sqrt();
    if norm > 0.0 {
        vector.iter_mut().for_each(|x| *x /= norm);
    }
    norm > 0.0
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

#[cfg(test)]
mod tests;
