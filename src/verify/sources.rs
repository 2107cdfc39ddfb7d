//! Where values stand in the texts, as the record claims it, and what is left unexplained.

use super::scene::{Arg, Made, Scene};
use super::words::{Text, Word};
use crate::dialogue::{Function, Provenance};
use std::ops::Range;

/// An argument that the record says the user said.
pub(super) struct Said<'m, 's> {
    pub made: &'m Made<'s>,
    pub arg: &'m Arg<'s>,
    pub turn: usize,
    pub span: Range<usize>,
}

/// The same by the numbers of the call and of its argument.
pub(super) struct SaidAt {
    call: usize,
    arg: usize,
    turn: usize,
    span: Range<usize>,
}

/// All arguments that come from the user's words, in the order of the calls.
pub(super) fn said<'m, 's>(scene: &'m Scene<'s>) -> Vec<Said<'m, 's>> {
    let places = scene.said.get_or_init(|| said_at(scene));
    let said = |at: &SaidAt| {
        let made = &scene.calls[at.call];
        Said { made, arg: &made.args[at.arg], turn: at.turn, span: at.span.clone() }
    };
    places.iter().map(said).collect()
}

fn said_at(scene: &Scene) -> Vec<SaidAt> {
    let mut out = Vec::new();
    for (call, made) in scene.calls.iter().enumerate().filter(|(_, made)| !made.misdirected()) {
        for (index, arg) in made.args.iter().enumerate() {
            let words = match arg.source {
                Some(Provenance::Derived { function: Function::Shift | Function::Times, inputs }) => inputs.last(),
                Some(Provenance::Derived { function, inputs }) if !picks(*function) => inputs.first(),
                other => other,
            };
            if let Some(Provenance::UserTurn { turn, span }) = words
                && scene.texts.get(*turn).is_some_and(|text| span.start < span.end && text.raw.get(span.start..span.end).is_some())
            {
                out.push(SaidAt { call, arg: index, turn: *turn, span: span.start..span.end });
            }
        }
    }
    out
}

/// Rules by which an item of a list is picked; the others make a value of their own, which their words say.
fn picks(function: Function) -> bool {
    matches!(function, Function::Nth | Function::Where | Function::Least | Function::Most)
}

/// The words of a turn by which the record says that an item was picked.
pub(super) fn picking(scene: &Scene, turn: usize) -> Vec<Range<usize>> {
    let args = scene.calls.iter().flat_map(|made| &made.args);
    args.filter_map(|arg| match arg.source {
        Some(Provenance::Derived { function, inputs }) if picks(*function) => inputs.first(),
        _ => None,
    })
    .filter_map(|words| match words {
        Provenance::UserTurn { turn: said, span } if *said == turn => Some(span.start..span.end),
        _ => None,
    })
    .collect()
}

/// What kind of thing an unexplained word states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A word that is neither everyday nor known of a tool.
    Word,
    /// Written with a capital inside a sentence.
    Name,
    /// A number in words.
    Numeral,
    /// A day, a month, an hour by name.
    Moment,
    /// Has a digit.
    Digit,
    /// Stands in quotation marks.
    Quoted,
}

/// A run of words in a clause that nothing explains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunk {
    pub span: Range<usize>,
    pub kind: Kind,
}

const NUMERALS: [&str; 30] = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "dozen",
];
const MOMENTS: [&str; 11] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow", "yesterday", "noon", "midnight"];
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// What a word would state if nothing explained it; none for function words that only look like names.
pub(super) fn kind(text: &Text, word: &Word) -> Kind {
    let low = text.low(word);
    if word.digit {
        Kind::Digit
    } else if MOMENTS.contains(&low) || (word.capital && MONTHS.contains(&low) && beside_number(text, word)) {
        Kind::Moment
    } else if NUMERALS.contains(&low) {
        Kind::Numeral
    } else if shouted(text, word) {
        Kind::Moment
    } else if word.capital && !word.opens_sentence && !is_i(low) && !after_colon(text, word) {
        Kind::Name
    } else {
        Kind::Word
    }
}

/// "in US", "IT": a function word in capitals is a name, unless all is.
fn shouted(text: &Text, word: &Word) -> bool {
    let raw = &text.raw[word.start..word.end];
    let all = raw.len() > 1 && raw.bytes().all(|b| b.is_ascii_uppercase());
    all && super::words::empty(text.low(word)) && !is_i(text.low(word)) && text.raw.bytes().any(|b| b.is_ascii_lowercase())
}

/// "March 3", "3 May", but not "May I".
fn beside_number(text: &Text, word: &Word) -> bool {
    let at = text.word_at(word.start);
    [at.checked_sub(1), Some(at + 1), at.checked_sub(2)].into_iter().flatten().filter_map(|at| text.words.get(at)).any(|other| other.digit)
}

/// A capital behind a colon or an opening quotation mark is that of a sentence.
fn after_colon(text: &Text, word: &Word) -> bool {
    text.raw[..word.start].trim_end().ends_with([':', '"', '“'])
}

fn is_i(low: &str) -> bool {
    matches!(low, "i" | "i'm" | "i'd" | "i'll" | "i've" | "i’m" | "i’d" | "i’ll" | "i’ve" | "ok")
}

/// The quoted passages of a text, without their marks.
pub(super) fn quoted(raw: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in raw.char_indices() {
        match c {
            '“' => open = Some(at + c.len_utf8()),
            '”' => out.extend(open.take().map(|start| start..at)),
            '"' => match open.take() {
                Some(start) => out.push(start..at),
                None => open = Some(at + 1),
            },
            _ => {}
        }
    }
    out.retain(|range| !range.is_empty());
    out
}

pub(super) fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The runs of words outside of `covered` that `known` does not explain. `known` gets the stem and the kind.
pub(super) fn unexplained(text: &Text, covered: &[Range<usize>], known: impl Fn(&str, Kind) -> bool) -> Vec<Chunk> {
    let quotes = quoted(text.raw);
    let mut out: Vec<Chunk> = Vec::new();
    let mut last: Option<usize> = None;
    for (index, word) in text.words.iter().enumerate() {
        let span = word.start..word.end;
        if covered.iter().any(|range| overlaps(range, &span)) {
            continue;
        }
        let quote = quotes.iter().find(|quote| overlaps(quote, &span));
        let mut kind = kind(text, word);
        if quote.is_some() {
            kind = Kind::Quoted;
        } else if known(text.stem(word), kind) {
            continue;
        }
        let joined = last.is_some_and(|last| last + 1 == index && text.words[last].clause == word.clause)
            || (quote.is_some() && out.last().is_some_and(|chunk| quote.is_some_and(|quote| overlaps(quote, &chunk.span))));
        match out.last_mut().filter(|_| joined) {
            Some(chunk) => {
                chunk.span.end = word.end;
                chunk.kind = chunk.kind.max(kind);
            }
            None => out.push(Chunk { span, kind }),
        }
        last = Some(index);
    }
    out
}

/// Ordinal words and what they point at: 0 for the first, the last item for `last`.
pub(super) fn ordinals(text: &Text) -> Vec<(Range<usize>, Ordinal)> {
    const WORDS: [(&str, &str); 10] = [
        ("first", "1st"),
        ("second", "2nd"),
        ("third", "3rd"),
        ("fourth", "4th"),
        ("fifth", "5th"),
        ("sixth", "6th"),
        ("seventh", "7th"),
        ("eighth", "8th"),
        ("ninth", "9th"),
        ("tenth", "10th"),
    ];
    let mut out = Vec::new();
    for word in &text.words {
        let low = text.low(word);
        let span = word.start..word.end;
        if low == "first" && (text.low[word.end..].starts_with(" of all") || (word.opens_sentence && text.raw[word.end..].starts_with(',')))
        {
            continue;
        }
        if let Some(at) = WORDS.iter().position(|(long, short)| *long == low || *short == low) {
            out.push((span, Ordinal::Nth(at)));
        } else if low == "last" || low == "latter" {
            out.push((span, Ordinal::Last));
        } else if low == "former" {
            out.push((span, Ordinal::Nth(0)));
        }
    }
    for number in 1..=9usize {
        for phrase in [format!("number {number}"), format!("option {number}"), format!("#{number}")] {
            if let Some(at) = text.low.find(&phrase) {
                out.push((at..at + phrase.len(), Ordinal::Nth(number - 1)));
            }
        }
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordinal {
    Nth(usize),
    Last,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unexplained_is_told_by_kind() {
        let text = Text::new("I booked Lotus for 3 nights on Friday, code \"A B\", with swans.");
        let chunks = unexplained(&text, &[9..14], |stem, kind| kind == Kind::Word && stem != "swan");
        let found: Vec<(&str, Kind)> = chunks.iter().map(|chunk| (&text.raw[chunk.span.clone()], chunk.kind)).collect();
        assert_eq!(found, [("3", Kind::Digit), ("Friday", Kind::Moment), ("A B", Kind::Quoted), ("swans", Kind::Word)]);
    }
}
