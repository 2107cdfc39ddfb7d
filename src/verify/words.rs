//! Text as the checks see it: words with their places, sentences, stems.

use crate::value::Starts;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// One word of a text: letters and digits, with an apostrophe inside; hyphens separate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    pub start: usize,
    pub end: usize,
    /// Number of the sentence.
    pub sentence: u32,
    /// Number of the clause over the whole text: sentences, and the parts that commas, dashes, colons and brackets make.
    pub clause: u32,
    pub opens_sentence: bool,
    pub capital: bool,
    pub digit: bool,
    /// Length of its stem; none for "don't" and the like, whose stem is "not".
    stem: Option<usize>,
}

/// A text cut into words. `low` has the same length as `raw`, with ASCII letters small.
#[derive(Debug, Clone)]
pub(crate) struct Text<'t> {
    pub raw: &'t str,
    pub low: String,
    pub words: Vec<Word>,
    /// A digit or a word for a number stands in it.
    pub counts: bool,
    starts: Starts,
}

impl<'t> Text<'t> {
    pub(super) fn new(raw: &'t str) -> Self {
        let low = raw.to_ascii_lowercase();
        let mut words: Vec<Word> = Vec::with_capacity(raw.len() / 5 + 1);
        let (mut sentence, mut clause, mut opens) = (0, 0, true);
        let mut chars = raw.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if c.is_alphanumeric() {
                let mut end = start + c.len_utf8();
                let (mut digit, capital) = (c.is_numeric(), c.is_uppercase());
                while let Some(&(at, next)) = chars.peek() {
                    let inner = next.is_alphanumeric()
                        || (matches!(next, '\'' | '’') && raw[at + next.len_utf8()..].starts_with(char::is_alphabetic));
                    if !inner {
                        break;
                    }
                    digit |= next.is_numeric();
                    end = at + next.len_utf8();
                    chars.next();
                }
                let own = stem(&low[start..end]);
                let stem = low[start..end].starts_with(own).then_some(own.len());
                words.push(Word { start, end, sentence, clause, opens_sentence: opens, capital, digit, stem });
                opens = false;
                continue;
            }
            let followed_by_space = chars.peek().is_none_or(|(_, next)| next.is_whitespace() || matches!(next, '"' | '”' | ')' | '\''));
            match c {
                '.' | '?' | '!' if followed_by_space => (sentence, clause, opens) = (sentence + 1, clause + 1, true),
                '\n' => (sentence, clause, opens) = (sentence + 1, clause + 1, true),
                ',' | ':' if followed_by_space => clause += 1,
                ';' | '(' | ')' | '—' | '–' => clause += 1,
                _ => {}
            }
        }
        let counts = words.iter().any(|word| word.digit || NUMBERS.contains(&low[word.start..word.end]));
        let starts = Starts::of(&low);
        Text { raw, low, words, counts, starts }
    }

    /// Whether the first letters and digits of a value stand somewhere in the text, in any case.
    pub(super) fn may_begin(&self, value: &str) -> bool {
        let start = value.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(0);
        let run = &value[start..start + value[start..].bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let run = run.to_ascii_lowercase();
        self.starts.may_hold(&run) && self.low.contains(&run)
    }

    pub(super) fn low(&self, word: &Word) -> &str {
        &self.low[word.start..word.end]
    }

    pub(super) fn stem(&self, word: &Word) -> &str {
        word.stem.map_or("not", |length| &self.low[word.start..word.start + length])
    }

    pub(super) fn has_stem(&self, stem: &str) -> bool {
        self.stems().any(|one| one == stem)
    }

    /// Index of the first word that ends after `byte`.
    pub(super) fn word_at(&self, byte: usize) -> usize {
        self.words.partition_point(|word| word.end <= byte)
    }

    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| self.stem(word))
    }

    /// Whether the small-letter phrase stands here as whole words.
    pub(super) fn has(&self, phrase: &str) -> bool {
        self.find_phrase(phrase).is_some()
    }

    /// The first place where the small-letter phrase stands as whole words.
    pub(super) fn find_phrase(&self, phrase: &str) -> Option<Range<usize>> {
        self.find_phrases(phrase).next()
    }

    /// All places where the small-letter phrase stands as whole words.
    pub(super) fn find_phrases(&self, phrase: &str) -> impl Iterator<Item = Range<usize>> {
        let may_be = !phrase.is_empty() && self.starts.may_hold(phrase);
        let all = may_be.then(|| self.low.match_indices(phrase)).into_iter().flatten();
        all.map(|(at, one)| at..at + one.len()).filter(|range| whole(&self.low, range))
    }

    pub(super) fn has_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.has(phrase))
    }
}

/// Words that are numbers, or parts of some.
static NUMBERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    "zero no none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen \
     nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen couple pair half \
     quarter grand once twice thrice single double triple both"
        .split_whitespace()
        .collect()
});

/// Whether a range is not cut out of a longer word.
pub(super) fn whole(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let starts = text[range.clone()].chars().next().is_some_and(char::is_alphanumeric);
    let ends = text[range.clone()].chars().next_back().is_some_and(char::is_alphanumeric);
    !(starts && before.is_some_and(char::is_alphanumeric)) && !(ends && after.is_some_and(char::is_alphanumeric))
}

/// The part of a small-letter word that its forms share. It only strips, so that no memory is needed: `cities` and `city` give
/// `cit`, `booked` and `booking` give `book`, `prices` and `pricing` give `pric`.
pub(super) fn stem(word: &str) -> &str {
    let word = uncontracted(word);
    if word.starts_with("note") && matches!(&word[4..], "" | "s" | "d") {
        return "note";
    }
    if word.len() <= 3 || word.bytes().any(|b| b.is_ascii_digit()) {
        return word;
    }
    let mut out = word;
    // "movies" as "movie", not as "cities".
    const IE: [&str; 8] = ["movies", "cookies", "calories", "selfies", "brownies", "smoothies", "zombies", "rookies"];
    if IE.contains(&out) {
        return &out[..out.len() - 2];
    }
    if let Some(rest) = out.strip_suffix("ies").or_else(|| out.strip_suffix("ied")) {
        return if rest.len() >= 2 { rest } else { out };
    }
    if matches!(out, "menus" | "gurus") {
        return &out[..4];
    }
    if out.ends_with('s') && !["ss", "us", "is"].iter().any(|tail| out.ends_with(tail)) {
        out = &out[..out.len() - 1];
    }
    for tail in ["ing", "ed"] {
        if let Some(rest) = out.strip_suffix(tail).filter(|rest| rest.len() >= 3 && rest.contains(['a', 'e', 'i', 'o', 'u', 'y'])) {
            out = rest;
            let bytes = out.as_bytes();
            let last = bytes[bytes.len() - 1];
            if out.len() > 3 && bytes[bytes.len() - 2] == last && last.is_ascii_alphabetic() && !matches!(last, b'l' | b's' | b'z') {
                out = &out[..out.len() - 1];
            }
            break;
        }
    }
    if out.len() > 3 && out.ends_with(['e', 'y']) { &out[..out.len() - 1] } else { out }
}

/// "we'd" is "we", "don't" is "not".
fn uncontracted(word: &str) -> &str {
    let Some(at) = word.find(['\'', '’']) else { return word };
    let tail = word[at..].trim_start_matches(['\'', '’']);
    match tail {
        "t" if word[..at].ends_with('n') => "not",
        "s" | "d" | "re" | "ll" | "ve" | "m" if at > 0 => &word[..at],
        _ => word,
    }
}

/// Words that carry no meaning of their own, as stems: never evidence for anything.
static EMPTY: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    "a an the and or but if of to in on at for from by with without as is are was were be been being am do does did done have has had \
     i you he she it we they me my mine your yours our ours their theirs his her its us them this that these those there here \
     can could would will shall should may might must not no yes please just also too so then than about into over under up down out \
     what which who whom whose when where why how any some all each every one ones i'm i'd i'll i've it's that's let's what's don't \
     need want like know get give tell new given such other want wants"
        .split_whitespace()
        .map(stem)
        .collect()
});

/// Whether a stem is a function word.
pub(super) fn empty(stem: &str) -> bool {
    stem.len() < 2 || EMPTY.contains(stem)
}

/// The stems of a phrase that mean something.
pub(super) fn content(phrase: &str) -> Vec<String> {
    let text = Text::new(phrase);
    let mut out: Vec<String> = Vec::new();
    for one in text.stems().filter(|stem| !empty(stem)) {
        if !out.iter().any(|seen| seen == one) {
            out.push(one.to_string());
        }
    }
    out
}

/// Everyday words of assistants and users, as stems.
static LEXICON: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    include_str!("lexicon.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).map(stem).collect()
});

/// Whether a stem belongs to everyday talk and so states no fact.
pub(super) fn everyday(stem: &str) -> bool {
    EMPTY.contains(stem) || LEXICON.contains(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (a, b) in [
            ("cities", "city"),
            ("booked", "booking"),
            ("book", "books"),
            ("prices", "pricing"),
            ("matches", "match"),
            ("addresses", "address"),
            ("planned", "planning"),
            ("hotel's", "hotels"),
            ("invite", "inviting"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        for (a, b) in [("hotel", "host"), ("status", "state"), ("bed", "bee"), ("a1s", "a1")] {
            assert_ne!(stem(a), stem(b), "{a} {b}");
        }
    }

    #[test]
    fn words_know_their_sentence_and_clause() {
        let text = Text::new("It's $3.50, please. Book check-in at O'Hare!");
        let low: Vec<&str> = text.words.iter().map(|word| text.low(word)).collect();
        assert_eq!(low, ["it's", "3", "50", "please", "book", "check", "in", "at", "o'hare"]);
        let of = |word: &str| text.words.iter().find(|one| text.low(one) == word).copied().map(|one| (one.sentence, one.clause));
        assert_eq!([of("50"), of("please"), of("at")], [Some((0, 0)), Some((0, 1)), Some((1, 2))]);
        assert!(text.has("check-in") && !text.has("heck-in") && !text.has("boo"));
    }
}
