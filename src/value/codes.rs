//! What machines write and people copy: e-mail addresses, links, phone numbers, identifiers, codes, paths.

use super::lex::Toks;
use super::{date, time};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static EMAIL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[A-Za-z0-9][A-Za-z0-9._%+'-]*@[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+").ok());
static URL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"(?i)\b(?:[a-z][a-z0-9+.-]{1,10}://|www\.)[^\s<>"“”]+"#).ok());
static PHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let shapes = [
        r"\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){1,6}",
        r"(?:1[ .-])?\(\d{3}\) ?\d{3}[ .-]\d{4}",
        r"(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{4}",
        r"\d{3}-\d{4}",
        r"0\d{2,4} \d{3,4} \d{3,4}",
    ];
    Regex::new(&format!("^(?:{})", shapes.join("|"))).ok()
});

/// E-mail addresses.
pub(crate) fn emails(text: &str) -> Vec<Range<usize>> {
    matches(&EMAIL, text)
}

/// Links with a scheme, or that begin with `www.`; the sentence's own punctuation is not part of them.
pub(crate) fn urls(text: &str) -> Vec<Range<usize>> {
    let mut spans = matches(&URL, text);
    for span in &mut spans {
        span.end = span.start + trimmed(&text[span.clone()]).len();
    }
    spans
}

fn matches(pattern: &Option<Regex>, text: &str) -> Vec<Range<usize>> {
    let found = pattern.iter().flat_map(|pattern| pattern.find_iter(text));
    found.map(|m| m.start()..m.start() + m.as_str().trim_end_matches(['.', '-', '\'']).len()).collect()
}

/// The text without punctuation at its end that belongs to the sentence around it.
fn trimmed(chunk: &str) -> &str {
    let mut chunk = chunk;
    // Each round counts brackets; more than a few closing ones in a row are no sentence.
    for _ in 0..32 {
        let shorter = chunk.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"', '’', '”', '*', '`', '…']);
        let unopened = |open: char, close: char| shorter.ends_with(close) && shorter.matches(open).count() < shorter.matches(close).count();
        let shorter = if unopened('(', ')') || unopened('[', ']') || unopened('{', '}') { &shorter[..shorter.len() - 1] } else { shorter };
        if shorter.len() == chunk.len() {
            return chunk;
        }
        chunk = shorter;
    }
    chunk
}

/// A phone number at token `i`, with its last token: seven digits or more in one of the usual groupings.
pub(crate) fn phone_at(t: &Toks, i: usize) -> Option<usize> {
    let start = t.get(i)?.start;
    if !t.is_num(i) && !matches!(t.raw(i), "+" | "(") {
        return None;
    }
    let rest = &t.text[start..];
    let found = PHONE.as_ref()?.find(rest)?;
    let next = t.index_at(start + found.end());
    let digits = found.as_str().bytes().filter(u8::is_ascii_digit).count();
    ((7..=15).contains(&digits) && t.span(i, next).end == start + found.end() && t.closes(next)).then_some(next)
}

/// Ten to twelve digits in a row, which for a phone number will do.
pub(crate) fn plain_phone_at(t: &Toks, i: usize) -> Option<usize> {
    let digits = t.raw(i);
    ((10..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && t.closes(i + 1)).then_some(i + 1)
}

/// The digits of a phone number; a leading `+1` or `1` before ten digits is dropped.
pub(crate) fn phone_digits(text: &str) -> Option<String> {
    if text.chars().any(|c| !c.is_ascii_digit() && !" +().-/".contains(c)) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10).map(str::to_owned).unwrap_or(digits);
    (7..=15).contains(&national.len()).then_some(national)
}

/// Something whose numbers are not numbers: a phone number.
pub(crate) fn machine_at(t: &Toks, i: usize) -> Option<usize> {
    phone_at(t, i)
}

/// No identifier and no path has more tokens than this; it keeps the reading of endless runs linear.
const LONGEST_RUN: usize = 200;

/// The run of tokens without white space from `i`, closing punctuation left out.
fn run_at(t: &Toks, i: usize) -> usize {
    let mut next = i + 1;
    while t.glued(next) && next - i < LONGEST_RUN {
        next += 1;
    }
    if t.glued(next) {
        return i;
    }
    let start = t.get(i).map_or(0, |tok| tok.start);
    let end = start + trimmed(&t.text[t.span(i, next)]).len();
    t.index_at(end)
}

/// An identifier at token `i`: one run of letters, digits and `-_:.`, with a digit in it, that is no date, time, plain
/// number or measure.
pub(crate) fn id_at(t: &Toks, i: usize) -> Option<usize> {
    let i = if t.raw(i) == "#" { i + 1 } else { i };
    let next = if t.is_word(i) || t.is_num(i) { run_at(t, i) } else { return None };
    if next <= i {
        return None;
    }
    let text = &t.text[t.span(i, next)];
    let allowed = text.chars().all(|c| c.is_ascii_alphanumeric() || "-_:.".contains(c));
    let (letters, digits) = (text.bytes().any(|b| b.is_ascii_alphabetic()), text.bytes().filter(u8::is_ascii_digit).count());
    let solid = digits > 3 || (letters && digits > 0);
    (allowed && solid && !everyday(t, i, next)).then_some(next)
}

/// `7pm`, `3km`, `12th`, `5-star`, `3-night`, `2026-03-12`, `1,200`.
fn everyday(t: &Toks, i: usize, next: usize) -> bool {
    let time = time::time_at(t, i).is_some_and(|(_, end)| end >= next);
    let date = date::iso_at(t, i).is_some_and(|(_, end)| end >= next);
    let words_after = t.is_num(i) && (i + 1..next).all(|j| !t.is_num(j)) && next - i <= 3;
    let short_word = t.raw(next - 1);
    let measure = words_after && next > i + 1 && short_word.chars().all(char::is_lowercase) && t.raw(i).len() <= 4;
    time || date || measure || t.raw(i).contains([',', '.'])
}

/// A code at token `i`: an identifier, or a word in capitals.
pub(crate) fn code_at(t: &Toks, i: usize) -> Option<usize> {
    let shouted = t.is_word(i) && (2..=10).contains(&t.raw(i).len()) && t.raw(i).bytes().all(|b| b.is_ascii_uppercase());
    id_at(t, i).or_else(|| (shouted && t.closes(i + 1)).then_some(i + 1))
}

/// A path at token `i`: a run with a slash inside, or a file name with an extension.
pub(crate) fn path_at(t: &Toks, i: usize) -> Option<usize> {
    let starts = t.is_word(i) || t.is_num(i) || matches!(t.raw(i), "/" | "." | "~" | "\\" | "_" | "$");
    let next = if starts { run_at(t, i) } else { return None };
    if next <= i {
        return None;
    }
    let text = &t.text[t.span(i, next)];
    let slash =
        text.len() > 1 && text.contains(['/', '\\']) && !text.contains("://") && !text.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    let name = text.rsplit_once('.').is_some_and(|(stem, ext)| {
        !stem.is_empty()
            && (1..=5).contains(&ext.len())
            && ext.starts_with(|c: char| c.is_ascii_alphabetic())
            && ext.chars().all(|c| c.is_ascii_alphanumeric())
    });
    ((slash || name) && !text.contains('@')).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_links_leave_the_sentence_alone() {
        let texts = |spans: Vec<Range<usize>>, text: &str| spans.into_iter().map(|span| text[span].to_owned()).collect::<Vec<_>>();
        let text = "Mail ann.lee+x@example.co.uk, or see https://ex.org/a_(b)?q=3). Also (www.ex.org).";
        assert_eq!(texts(emails(text), text), ["ann.lee+x@example.co.uk"]);
        assert_eq!(texts(urls(text), text), ["https://ex.org/a_(b)?q=3", "www.ex.org"]);
    }

    #[test]
    fn identifiers_are_told_from_everyday_words() {
        for text in ["BK-10293", "usr_8f3a", "X7Q", "#12345", "94110", "8f14e45f-ceea-467f-9c6c-1a2b3c4d5e6f", "order:77"] {
            let t = Toks::new(text);
            assert_eq!(id_at(&t, 0), Some(t.len()), "{text}");
        }
        for text in ["7pm", "3km", "12th", "5-star", "3-night", "2026-03-12", "hello", "19:30", "12", "well-known", "1,200"] {
            assert_eq!(id_at(&Toks::new(text), 0), None, "{text}");
        }
    }

    #[test]
    fn phone_numbers_are_equal_by_their_digits() {
        for text in ["+1 555-123-4567", "(555) 123-4567", "555.123.4567", "555-123-4567"] {
            let t = Toks::new(text);
            assert_eq!(phone_at(&t, 0), Some(t.len()), "{text}");
            assert_eq!(phone_digits(text).as_deref(), Some("5551234567"));
        }
        assert_eq!(phone_at(&Toks::new("2026-03-12"), 0), None);
        assert_eq!(phone_at(&Toks::new("555 people"), 0), None);
    }
}
