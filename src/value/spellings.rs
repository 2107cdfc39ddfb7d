//! Fixed spellings looked up at a token: many names, one pass.

use super::lex::Toks;
use rustc_hash::FxHashMap;

/// Spellings of things, by their first byte in lower case.
pub(crate) struct Spellings<T> {
    by_first: FxHashMap<u8, Vec<Spelling<T>>>,
}

struct Spelling<T> {
    /// As written when its letter case counts, else in lower case.
    text: String,
    exact: bool,
    of: T,
}

impl<T: Copy> Spellings<T> {
    pub(crate) fn new() -> Self {
        Spellings { by_first: FxHashMap::default() }
    }

    /// A spelling whose letter case counts: `MB`, `$`.
    pub(crate) fn exact(&mut self, text: &str, of: T) {
        self.push(text.to_owned(), true, of);
    }

    /// A spelling in any letter case.
    pub(crate) fn folded(&mut self, text: &str, of: T) {
        self.push(text.to_ascii_lowercase(), false, of);
    }

    fn push(&mut self, text: String, exact: bool, of: T) {
        if let Some(first) = text.bytes().next() {
            self.by_first.entry(first.to_ascii_lowercase()).or_default().push(Spelling { text, exact, of });
        }
    }

    /// Everything that is spelled in whole tokens from `i`: what it is, and the token after it.
    pub(crate) fn at<'a>(&'a self, t: &'a Toks, i: usize) -> impl Iterator<Item = (T, usize)> + 'a {
        let start = t.get(i).map(|tok| tok.start);
        let candidates = t.low_from(i).bytes().next().and_then(|first| self.by_first.get(&first));
        candidates.into_iter().flatten().filter_map(move |spelling| {
            let text = if spelling.exact { t.text.get(start?..)? } else { t.low_from(i) };
            let end = start? + spelling.text.len();
            let next = if text.starts_with(&spelling.text) { t.index_at(end) } else { return None };
            (next > i && t.span(i, next).end == end && t.closes(next)).then_some((spelling.of, next))
        })
    }
}
