//! Words as numbers. Every word of the tables and of the catalog is interned once, together with what the selection sees of it:
//! its *form*. The form of a function word is the word itself; every other word is a shape ("a word in -ing"), so that what is
//! learnt of forms can hold no topic.

use crate::value::english;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// An interned word.
pub(super) type Sym = u32;
/// An interned form.
pub(super) type FormId = u16;

/// Symbols from here on belong to one turn: they are places in its list of values.
pub(super) const LOCAL: Sym = 1 << 24;

static CLOSED: &str = include_str!("../../../plans/words/closed.txt");

/// The closed list of function and conversation words: number words included.
static CLOSED_WORDS: LazyLock<rustc_hash::FxHashSet<&'static str>> = LazyLock::new(|| CLOSED.split_whitespace().collect());

const NUMBER_WORDS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fifteen", "twenty",
    "thirty", "forty", "fifty", "hundred", "thousand",
];
const DAY_WORDS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tomorrow", "tonight"];

/// Forms, by name.
#[derive(Debug, Default, Clone)]
pub(super) struct Forms {
    ids: FxHashMap<String, FormId>,
}

impl Forms {
    pub(super) fn id(&mut self, form: &str) -> FormId {
        if let Some(id) = self.ids.get(form) {
            return *id;
        }
        let id = self.ids.len() as FormId;
        self.ids.insert(form.to_owned(), id);
        id
    }
}

/// What is known of one symbol.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pub text: String,
    pub forms: Vec<FormId>,
    /// "an" goes before it.
    pub vowel: bool,
    /// It is written onto the word before: a stop, a comma, `'s`.
    pub glued: bool,
    /// It is a stop or a comma.
    pub stop: bool,
}

/// All symbols that are known before a turn begins.
#[derive(Debug, Default, Clone)]
pub(super) struct Lexicon {
    pub words: Vec<Word>,
    ids: FxHashMap<String, Sym>,
    pub forms: Forms,
}

impl Lexicon {
    pub(super) fn sym(&mut self, text: &str) -> Sym {
        if let Some(sym) = self.ids.get(text) {
            return *sym;
        }
        let word = word(text, &mut self.forms);
        self.words.push(word);
        let sym = self.words.len() as Sym - 1;
        self.ids.insert(text.to_owned(), sym);
        sym
    }

    /// The forms of a text whose words need not be known.
    pub(super) fn shown(&self, text: &str) -> Vec<FormId> {
        let mut out = Vec::new();
        self.show(text, &mut out);
        out
    }

    /// Adds the forms of a text.
    pub(super) fn show(&self, text: &str, out: &mut Vec<FormId>) {
        let word = self.forms.ids.get("W").copied().unwrap_or(0);
        out.extend(tokens(&text.to_lowercase()).map(|token| self.forms.ids.get(&form_of(token)).copied().unwrap_or(word)));
    }

    /// The words of a text, stops apart.
    pub(super) fn phrase(&mut self, text: &str) -> Vec<Sym> {
        pieces(text).into_iter().map(|piece| self.sym(piece)).collect()
    }
}

pub(super) fn word(text: &str, forms: &mut Forms) -> Word {
    let lower = text.to_lowercase();
    let shown: Vec<FormId> = tokens(&lower).map(|token| forms.id(&form_of(token))).collect();
    let glued = text.starts_with(['\'', '-', ',', '.', '?', '!', ':', ';', ')']);
    Word {
        text: text.to_owned(),
        forms: shown,
        vowel: english::article(text) == "an",
        glued,
        stop: matches!(text, "." | "?" | "!" | "," | ":" | ";"),
    }
}

/// A text cut at spaces, with the stops and commas at a word's end as pieces of their own.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for word in text.split_whitespace() {
        let body = word.trim_end_matches(['.', '?', '!', ',', ':', ';']);
        if !body.is_empty() {
            out.push(body);
        }
        let mut at = body.len();
        for c in word[body.len()..].chars() {
            out.push(&word[at..at + c.len_utf8()]);
            at += c.len_utf8();
        }
    }
    out
}

/// Letters with apostrophes inside, digits, or one other character.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let len = if first.is_ascii_alphabetic() {
            let bytes = rest.as_bytes();
            let mut end = 0;
            while end < bytes.len()
                && (bytes[end].is_ascii_alphabetic()
                    || (bytes[end] == b'\'' && end > 0 && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic)))
            {
                end += 1;
            }
            end
        } else if first.is_ascii_digit() {
            rest.bytes().take_while(u8::is_ascii_digit).count()
        } else {
            first.len_utf8()
        };
        let (token, tail) = rest.split_at(len);
        rest = tail;
        Some(token)
    })
}

/// The form of one small token.
fn form_of(token: &str) -> String {
    let own = !token.starts_with(|c: char| c.is_alphanumeric());
    if NUMBER_WORDS.contains(&token) || token.starts_with(|c: char| c.is_ascii_digit()) {
        return "<num>".into();
    }
    if DAY_WORDS.contains(&token) {
        return "<date>".into();
    }
    if own || CLOSED_WORDS.contains(token) {
        return token.into();
    }
    for (suffix, shape) in [("ing", "W-ing"), ("ed", "W-ed"), ("ly", "W-ly"), ("tion", "W-tion"), ("s", "W-s")] {
        if token.ends_with(suffix) && token.len() > suffix.len() + 2 {
            return shape.into();
        }
    }
    "W".into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_keep_their_face_and_topics_lose_it() {
        let shown = |text: &str| tokens(&text.to_lowercase()).map(form_of).collect::<Vec<_>>().join(" ");
        assert_eq!(shown("I'm looking for two hotels"), "i'm looking for <num> W-s");
        assert_eq!(shown("booking it tomorrow"), "W-ing it <date>");
    }

    #[test]
    fn stops_are_pieces_of_their_own() {
        assert_eq!(pieces("Yes, that's it."), ["Yes", ",", "that's", "it", "."]);
    }
}
