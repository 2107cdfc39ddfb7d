//! Text as words, numbers and signs, with the edges that tell a whole word from a piece of one.

use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with apostrophes inside (`o'clock`); a final `'s` is not part of it.
    Word,
    /// ASCII digits, with grouping commas and a decimal point.
    Num,
    /// Any other character that is not white space.
    Sym,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Tok {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// White space stands before it, or nothing.
    pub(crate) gap: bool,
}

/// The tokens of a text. Offsets are bytes of the text that was given.
pub(crate) struct Toks<'t> {
    pub(crate) text: &'t str,
    /// ASCII-lowered text: same length, same offsets.
    low: String,
    toks: Vec<Tok>,
}

impl<'t> Toks<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut toks = Vec::with_capacity(text.len() / 4);
        let (mut at, mut gap) = (0, true);
        while let Some(c) = text[at..].chars().next() {
            if c.is_whitespace() {
                gap = true;
                at += c.len_utf8();
                continue;
            }
            let (kind, end) = if c.is_alphabetic() {
                (Kind::Word, word_end(text, at))
            } else if c.is_ascii_digit() {
                (Kind::Num, number_end(text.as_bytes(), at))
            } else {
                (Kind::Sym, at + c.len_utf8())
            };
            toks.push(Tok { start: at, end, kind, gap });
            (at, gap) = (end, false);
        }
        Toks { text, low: text.to_ascii_lowercase(), toks }
    }

    pub(crate) fn len(&self) -> usize {
        self.toks.len()
    }

    pub(crate) fn get(&self, i: usize) -> Option<&Tok> {
        self.toks.get(i)
    }

    /// The token in lower case; empty past the end.
    pub(crate) fn low(&self, i: usize) -> &str {
        self.toks.get(i).map_or("", |tok| &self.low[tok.start..tok.end])
    }

    /// The token as written; empty past the end.
    pub(crate) fn raw(&self, i: usize) -> &'t str {
        self.toks.get(i).map_or("", |tok| &self.text[tok.start..tok.end])
    }

    /// Everything from the token on, in lower case.
    pub(crate) fn low_from(&self, i: usize) -> &str {
        self.toks.get(i).map_or("", |tok| &self.low[tok.start..])
    }

    /// Whether no white space stands between `i - 1` and `i`.
    pub(crate) fn glued(&self, i: usize) -> bool {
        self.toks.get(i).is_some_and(|tok| !tok.gap)
    }

    pub(crate) fn is_num(&self, i: usize) -> bool {
        self.toks.get(i).is_some_and(|tok| tok.kind == Kind::Num)
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.toks.get(i).is_some_and(|tok| tok.kind == Kind::Word)
    }

    /// The word at `i`, if its first letter is a capital.
    pub(crate) fn is_capital(&self, i: usize) -> bool {
        self.raw(i).starts_with(char::is_uppercase)
    }

    /// Digits alone, no comma or point, at most `max` of them.
    pub(crate) fn digits(&self, i: usize, max: usize) -> Option<u32> {
        let raw = self.raw(i);
        if raw.len() <= max && !raw.is_empty() && raw.bytes().all(|b| b.is_ascii_digit()) { raw.parse().ok() } else { None }
    }

    /// Index of the first token that starts at or after the byte.
    pub(crate) fn index_at(&self, byte: usize) -> usize {
        self.toks.partition_point(|tok| tok.start < byte)
    }

    /// Bytes of the tokens `[from, to)`; empty when there are none.
    pub(crate) fn span(&self, from: usize, to: usize) -> Range<usize> {
        match (self.toks.get(from), to.checked_sub(1).and_then(|last| self.toks.get(last))) {
            (Some(first), Some(last)) if from < to => first.start..last.end,
            _ => 0..0,
        }
    }

    /// `that cost $50.You can`: a capital and a small letter after the point, as in no link and no file name.
    fn starts_sentence(&self, i: usize) -> bool {
        let word = self.raw(i);
        self.is_capital(i) && (word.len() > 1 || matches!(word, "I" | "A")) && !word.chars().skip(1).any(char::is_uppercase)
    }

    /// Whether a link or an address began in the run that holds token `i`.
    fn opens_link(&self, i: usize) -> bool {
        let from = i.saturating_sub(8);
        (from..i).any(|j| matches!(self.raw(j), "/" | "@" | "\\" | "_") && (j + 1..=i).all(|k| self.glued(k)))
    }

    fn alnum(&self, i: usize) -> bool {
        self.toks.get(i).is_some_and(|tok| tok.kind != Kind::Sym)
    }

    /// Whether something whole can begin at token `i`: it is not the rest of a longer word, name, number or address.
    pub(crate) fn opens(&self, i: usize) -> bool {
        if i == 0 || !self.glued(i) {
            return true;
        }
        match self.raw(i - 1) {
            "." if self.starts_sentence(i) && !self.opens_link(i) => true,
            "_" | "#" | "@" | "\\" | "&" => false,
            // `a=1`, but not the query of a link.
            "=" => !self.opens_link(i),
            "-" | "." | "/" | ":" | "'" | "’" | "," => !(i >= 2 && self.glued(i - 1) && (self.alnum(i - 2) || self.raw(i - 2) == "/")),
            _ => !self.alnum(i - 1),
        }
    }

    /// Whether something whole can end before token `i`.
    pub(crate) fn closes(&self, i: usize) -> bool {
        if i >= self.len() || !self.glued(i) {
            return true;
        }
        match self.raw(i) {
            "_" | "@" | "#" | "\\" | "&" | "=" => false,
            "'" | "’" if self.low(i + 1) == "s" => true,
            "." if self.starts_sentence(i + 1) => true,
            "-" | "." | "/" | ":" | "'" | "’" | "," => !(self.glued(i + 1) && (self.alnum(i + 1) || self.raw(i + 1) == "/")),
            _ => !self.alnum(i),
        }
    }
}

fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let here = start + at;
        if c.is_alphabetic() || is_mark(c) {
            end = here + c.len_utf8();
        } else if matches!(c, '\'' | '’') && rest.peek().is_some_and(|(_, next)| next.is_alphabetic()) {
            // `Thursday's` ends before the apostrophe, `o'clock` goes on.
            let mut tail = text[here + c.len_utf8()..].chars();
            if matches!(tail.next(), Some('s' | 'S')) && !tail.next().is_some_and(char::is_alphanumeric) {
                break;
            }
        } else {
            break;
        }
    }
    end
}

/// Combining accents belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}')
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(start);
    let mut end = start + first;
    if first <= 3 {
        while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1 + digits(end + 1);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        let toks = Toks::new(text);
        (0..toks.len()).map(|i| toks.raw(i)).collect()
    }

    #[test]
    fn words_numbers_and_signs_come_apart() {
        assert_eq!(
            tokens("It's 7:30pm, $1,200.50 (March 12,2026)."),
            ["It", "'", "s", "7", ":", "30", "pm", ",", "$", "1,200.50", "(", "March", "12", ",", "2026", ")", "."]
        );
        assert_eq!(tokens("seven o'clock Zürich’s 日本"), ["seven", "o'clock", "Zürich", "’", "s", "日本"]);
        assert_eq!(tokens(" \n"), [""; 0]);
    }

    #[test]
    fn pieces_of_ids_and_addresses_are_not_whole() {
        let whole = |text: &str, word: &str| {
            let toks = Toks::new(text);
            (0..toks.len()).any(|i| toks.raw(i) == word && toks.opens(i) && toks.closes(i + 1))
        };
        for text in ["3", "(3)", "3.", "3, please", "\"3\"", "for 3!", "3's", "**3**", "-3", "k=3"] {
            assert!(whole(text, "3"), "{text}");
        }
        for text in ["X3", "3X", "a-3", "3-4", "v_3", "#3", "a.3", "3/4", "x@3", "3:15", "http://3", "x.org/a?k=3"] {
            assert!(!whole(text, "3"), "{text}");
        }
    }
}
