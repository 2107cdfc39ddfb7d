//! How yes and no are said: by a word for the thing with or without a denial, or in answer to a question.

use super::told::noun_places;
use super::words::{Text, content};
use crate::catalog::Leaf;
use std::ops::Range;

const DENIALS: [&str; 12] = ["no", "not", "without", "don't", "doesn't", "skip", "never", "isn't", "won't", "off", "leave", "excluding"];
const YES: [&str; 12] = ["yes", "yeah", "yep", "sure", "please", "ok", "okay", "definitely", "absolutely", "of course", "true", "on"];
const NO: [&str; 10] = ["no", "nope", "nah", "not", "don't", "never", "without", "false", "off", "no thanks"];

/// Places where the truth of a leaf is said: from the denial, when there is one, to the last word of its noun.
pub(super) fn find(text: &Text, truth: bool, leaf: Option<&Leaf>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    if let Some(leaf) = leaf {
        let nouns = content(&leaf.phrase.noun);
        let whole =
            text.find_phrase(&leaf.phrase.noun.to_lowercase()).map(|range| (text.word_at(range.start), text.word_at(range.end - 1)));
        let mut at = 0;
        while at < text.words.len() {
            match whole
                .filter(|(start, _)| *start == at)
                .map(|(_, end)| end)
                .or_else(|| run_of(text, at, &nouns).filter(|end| whole.is_none_or(|(start, _)| *end < start || at > start)))
            {
                Some(end) => {
                    // "without a sound" affirms what is declared as "without" and "a sound".
                    let own = |word: &str| leaf.phrase.prep.iter().any(|prep| prep.split(' ').any(|part| part == word));
                    let denied = denial_before(text, at).filter(|index| !own(text.low(&text.words[*index])));
                    if denied.is_some() != truth {
                        let start = denied.unwrap_or(at).min(carrier_before(text, at));
                        out.push(text.words[start].start..text.words[end].end);
                    }
                    at = end + 1;
                }
                None => at += 1,
            }
        }
    }
    let bare: &[&str] = if truth { &YES } else { &NO };
    // The "off" of "power off" is no denial.
    let nouns = leaf.map_or_else(Vec::new, |leaf| noun_places(text, &leaf.phrase.noun));
    let own = |range: &Range<usize>| nouns.iter().any(|(noun, _)| noun.start <= range.start && range.end <= noun.end);
    out.extend(bare.iter().filter_map(|word| text.find_phrases(word).find(|range| !own(range))));
    out
}

/// The last word of the noun that begins at `at`, all of whose stems stand together.
fn run_of(text: &Text, at: usize, nouns: &[String]) -> Option<usize> {
    if nouns.is_empty() {
        return None;
    }
    let mut found = 0;
    let mut last = at;
    for (index, word) in text.words.iter().enumerate().skip(at).take(nouns.len() + 2) {
        let stem = text.stem(word);
        if nouns.iter().any(|noun| noun == stem) {
            found += 1;
            last = index;
        } else if index == at {
            return None;
        }
        if found == nouns.len() {
            return Some(last);
        }
    }
    None
}

fn denial_before(text: &Text, at: usize) -> Option<usize> {
    let from = at.saturating_sub(4);
    let near = (from..at).rev().take_while(|index| {
        text.words[*index].sentence == text.words[at].sentence
            && !matches!(text.low(&text.words[*index]), "with" | "including" | "and" | "but")
    });
    near.into_iter().find(|index| DENIALS.contains(&text.low(&text.words[*index])))
}

/// "with", "include a" and the like belong to the place.
fn carrier_before(text: &Text, at: usize) -> usize {
    let mut start = at;
    while start > 0
        && at - start < 3
        && text.words[start - 1].sentence == text.words[at].sentence
        && ["with", "a", "an", "the", "including", "include", "only", "some"].contains(&text.low(&text.words[start - 1]))
    {
        start -= 1;
    }
    start
}
