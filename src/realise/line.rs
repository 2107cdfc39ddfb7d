//! A line of words in which values are still marks.
//!
//! While a sentence is put together, each value is one private character, so that no string operation can break it or mistake
//! its letters for words. [`expand`] puts the values in and says where they stand.

use std::ops::Range;

/// Stands for "a" or "an", as the next word sounds.
pub(super) const ARTICLE: char = '\u{F8F0}';
const FIRST: u32 = 0xE000;
const LAST: u32 = 0xF8EF;

/// A value that is put into words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    pub text: String,
    /// The slot that it says, by index into the turn's slots; none for what only repeats.
    pub slot: Option<usize>,
    /// The call from whose list these words pick an item.
    pub pick: Option<usize>,
    /// A word of the language, which takes a capital at the beginning of a sentence; names and codes stay as they are.
    pub word: bool,
}

/// The mark of the held value `index`.
pub(super) fn mark(index: usize) -> char {
    char::from_u32(FIRST + index as u32).filter(|c| (*c as u32) <= LAST).unwrap_or(ARTICLE)
}

/// The held value that a character marks.
pub(super) fn marked(c: char) -> Option<usize> {
    (FIRST..=LAST).contains(&(c as u32)).then(|| (c as u32 - FIRST) as usize)
}

/// Text from a catalog, free of our marks, of line breaks and of doubled spaces.
pub(super) fn plain(text: &str) -> String {
    let clean: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| marked(*c).is_none() && *c != ARTICLE).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The final text, and where each held value stands in it, in the order of the text.
pub(super) fn expand(line: &str, held: &[Held]) -> (String, Vec<(usize, Range<usize>)>) {
    let mut out = String::with_capacity(line.len() + 32);
    let mut spans = Vec::new();
    for (at, c) in line.char_indices() {
        if let Some(index) = marked(c) {
            let Some(value) = held.get(index) else { continue };
            let start = out.len();
            if value.word && begins_sentence(&out) {
                push_capitalised(&mut out, &value.text);
            } else {
                out.push_str(&value.text);
            }
            spans.push((index, start..out.len()));
        } else if c == ARTICLE {
            let article = article_before(&line[at + c.len_utf8()..], held);
            if begins_sentence(&out) {
                push_capitalised(&mut out, article);
            } else {
                out.push_str(article);
            }
        } else if c == '.' && ends_itself(&out) {
            // A quoted sentence has its stop already.
        } else {
            out.push(c);
        }
    }
    (out, spans)
}

fn article_before(rest: &str, held: &[Held]) -> &'static str {
    let rest = rest.trim_start();
    match rest.chars().next().and_then(marked).and_then(|index| held.get(index)) {
        Some(value) => crate::value::english::article(&value.text),
        None => crate::value::english::article(rest),
    }
}

fn ends_itself(before: &str) -> bool {
    [".", "?", "!", ".\"", "?\"", "!\"", ".”", "?”", "!”"].iter().any(|end| before.ends_with(end))
}

fn begins_sentence(before: &str) -> bool {
    let trimmed = before.trim_end();
    trimmed.is_empty() || (trimmed.len() < before.len() && trimmed.ends_with(['.', '?', '!']))
}

pub(super) fn push_capitalised(out: &mut String, text: &str) {
    let mut chars = text.chars();
    if let Some(first) = chars.next() {
        out.extend(first.to_uppercase());
        out.push_str(chars.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Held {
        Held { text: text.into(), slot: None, pick: None, word: true }
    }

    #[test]
    fn spans_cover_the_values_exactly() {
        let held = [word("budget"), Held { text: "Évora".into(), slot: Some(0), pick: None, word: false }];
        let line = format!("{ARTICLE} {} hotel in {}.", mark(0), mark(1));
        let (text, spans) = expand(&line, &held);
        assert_eq!(text, "A budget hotel in Évora.");
        assert_eq!(&text[spans[0].1.clone()], "budget");
        assert_eq!(&text[spans[1].1.clone()], "Évora");
    }

    #[test]
    fn the_article_listens_to_the_value() {
        let (text, _) = expand(&format!("find {ARTICLE} {} place", mark(0)), &[word("Italian")]);
        assert_eq!(text, "find an Italian place");
    }

    #[test]
    fn a_word_takes_a_capital_after_a_full_stop() {
        let (text, _) = expand(&format!("Yes. {}, please.", mark(0)), &[word("mid-range")]);
        assert_eq!(text, "Yes. Mid-range, please.");
    }

    #[test]
    fn marks_in_a_catalog_are_dropped() {
        assert_eq!(plain("a\u{E000} b\n  c"), "a b c");
    }
}
