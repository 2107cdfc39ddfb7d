//! What the words around a value say about what it is for.

use super::known::Cues;
use super::scene::Scene;
use super::words::Text;
use std::ops::Range;

/// Words before a value that may belong to it.
const REACH: usize = 6;

/// Points for the leaf with these cues being what the words at `span` are for. `others` are the places of other values.
///
/// A preposition or the noun beside the value counts most, a noun further off less; in an answer, the question counts.
pub(super) fn evidence(scene: &Scene, turn: usize, span: &Range<usize>, cues: &Cues, others: &[Range<usize>]) -> f32 {
    let text = &scene.texts[turn];
    let (from, to) = window(text, span, others);
    let (first, behind) = (text.word_at(span.start), text.words.partition_point(|word| word.start < span.end));
    let mut points = 3.0 * share(text, from..first, &cues.nouns);
    // "Porto as the destination" says it outright.
    let label = text.words.get(behind).is_some_and(|word| text.low(word) == "as");
    points += if label { 5.0 } else { 2.5 } * share(text, behind..to, &cues.nouns).max(share(text, first..to, &cues.counted));
    if preposition(text, span, &cues.preps) {
        points += 2.5;
    }
    if let Some(question) = scene.question_before(turn) {
        points += 2.0 * asked(question, cues);
    }
    points
}

/// How much of a leaf's noun stands before the value, from 0 to 1.
pub(super) fn named_before(scene: &Scene, turn: usize, span: &Range<usize>, cues: &Cues) -> f32 {
    let text = &scene.texts[turn];
    let (from, _) = window(text, span, &[]);
    share(text, from..text.word_at(span.start), &cues.nouns)
}

/// The words that can speak for a value: back to the value before it or the beginning of the sentence, and a few behind it.
fn window(text: &Text, span: &Range<usize>, others: &[Range<usize>]) -> (usize, usize) {
    let first = text.word_at(span.start);
    let behind = text.words.partition_point(|word| word.start < span.end);
    let sentence = text.words.get(first).map_or(0, |word| word.sentence);
    let before = others.iter().filter(|other| other.end <= span.start).map(|other| other.end).max().unwrap_or(0);
    let mut from = first.saturating_sub(REACH);
    while from < first && (text.words[from].sentence != sentence || text.words[from].start < before) {
        from += 1;
    }
    // "5 input tokens and there's 1 output token": what stands before the second clause is said of the first value.
    let begins = |at: &usize| {
        let next = text.words.get(at + 1).map(|word| text.low(word));
        text.low(&text.words[*at]) == "and" && matches!(next, Some("there" | "there's" | "it" | "it's" | "the" | "its" | "that"))
    };
    if before > 0 {
        from = (from..first).rev().find(begins).map_or(from, |and| and + 1);
    }
    // "$20 for the deposit and $5": what follows the value before with "for" or "as" is its own.
    if before > 0
        && text
            .words
            .get(from)
            .is_some_and(|word| matches!(text.low(word), "for" | "as" | "of") && text.low[before..word.start].trim().is_empty())
    {
        let own = text.words[from..first].iter().position(|word| text.low(word) == "and" || word.clause != text.words[from].clause);
        from = own.map_or(first, |own| from + own);
    }
    let next = others.iter().filter(|other| other.start >= span.end).map(|other| other.start).min().unwrap_or(usize::MAX);
    let clause = behind.checked_sub(1).and_then(|last| text.words.get(last)).map_or(0, |word| word.clause);
    let mut to = behind;
    let introduced = text.words.get(behind).is_some_and(|word| matches!(text.low(word), "for" | "as"));
    let reach = if introduced { REACH } else { 3 };
    while to < text.words.len()
        && to < behind + reach
        && text.words[to].clause == clause
        && text.words[to].end <= next
        && (!separates(text, to) || (introduced && (to == behind || text.low(&text.words[to]) != "and")))
    {
        to += 1;
    }
    (from, to)
}

/// A word behind a value that begins the phrase of another one.
fn separates(text: &Text, at: usize) -> bool {
    matches!(
        text.low(&text.words[at]),
        "and"
            | "to"
            | "from"
            | "until"
            | "till"
            | "with"
            | "or"
            | "but"
            | "in"
            | "on"
            | "at"
            | "for"
            | "by"
            | "has"
            | "have"
            | "is"
            | "are"
            | "was"
            | "comes"
            | "costs"
            | "goes"
    )
}

/// How much of a noun phrase stands among some words; the later words of the noun count more.
fn share(text: &Text, range: Range<usize>, nouns: &[String]) -> f32 {
    if nouns.is_empty() || range.is_empty() {
        return 0.0;
    }
    let words = &text.words[range.start.min(text.words.len())..range.end.min(text.words.len())];
    let hits = nouns.iter().filter(|noun| words.iter().any(|word| text.stem(word) == noun.as_str())).count();
    if hits == 0 { 0.0 } else { 0.4 + 0.6 * hits as f32 / nouns.len() as f32 }
}

/// One of the prepositions stands right before the value, give or take an article.
fn preposition(text: &Text, span: &Range<usize>, preps: &[String]) -> bool {
    let mut before = text.low[..span.start].trim_end_matches([' ', '"', '“', '(', '$', '€', '£']);
    for _ in 0..2 {
        if preps.iter().any(|prep| ends_with_word(before, prep)) {
            return true;
        }
        match ["the", "a", "an", "about", "around"].iter().find(|article| ends_with_word(before, article)) {
            Some(article) => before = before[..before.len() - article.len()].trim_end(),
            None => return false,
        }
    }
    false
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// How much a question sounds like one that asks for this leaf, from 0 to 1.
pub(super) fn asked(question: &Text, cues: &Cues) -> f32 {
    let overlap = |stems: &[String]| {
        let hits = stems.iter().filter(|stem| question.has_stem(stem)).count();
        if stems.is_empty() { 0.0 } else { hits as f32 / stems.len() as f32 }
    };
    cues.questions.iter().map(|stems| overlap(stems)).fold(overlap(&cues.nouns), f32::max)
}
