//! The last check of a finished line: nothing that a person would not write.

use crate::value::english;
use std::ops::Range;

/// What is wrong with a finished text, outside of the given spans (values are said as they are); none when it is clean.
pub(super) fn fault(text: &str, values: &[Range<usize>]) -> Option<&'static str> {
    let outside = without(text, values);
    if text.trim().is_empty() {
        return Some("empty");
    }
    if outside.contains('_') {
        return Some("underscore");
    }
    if outside.contains(['{', '}']) {
        return Some("unfilled place");
    }
    if outside.contains("  ") || text.starts_with(' ') || text.ends_with(' ') {
        return Some("space");
    }
    if [" ,", " .", " ?", ",.", ",,", "?.", "..", "?,"].iter().any(|wrong| outside.contains(wrong)) {
        return Some("punctuation");
    }
    if camel(&outside) {
        return Some("raw identifier");
    }
    // A value may carry half a pair of its own.
    let quotes = outside.chars().filter(|c| *c == '"').count();
    if quotes % 2 == 1 || outside.matches('“').count() != outside.matches('”').count() {
        return Some("quotes");
    }
    let lower = outside.to_lowercase();
    if doubled_word(&lower) || values.iter().any(|span| said_again(text, span)) {
        return Some("doubled word");
    }
    if wrong_article(&lower) {
        return Some("article");
    }
    if let Some(fault) = super::agreement::fault(&lower) {
        return Some(fault);
    }
    if lower.contains("retriev") || lower.contains("fetch") {
        return Some("tool speak");
    }
    None
}

/// The text with each value replaced by one neutral character.
fn without(text: &str, values: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in values {
        if span.start >= at && span.end <= text.len() {
            out.push_str(&text[at..span.start]);
            out.push('§');
            at = span.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Names that people write with a capital inside.
const NAMES: [&str; 14] = [
    "GitHub",
    "GitLab",
    "YouTube",
    "LinkedIn",
    "PayPal",
    "WhatsApp",
    "JavaScript",
    "TypeScript",
    "OpenAI",
    "MySQL",
    "PostgreSQL",
    "OneDrive",
    "PowerPoint",
    "DoorDash",
];

/// `checkIn` is an identifier; "GitHub" is a name, and so is a word that ends in an acronym ("AbuseIPDB").
fn camel(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let tail = word.chars().rev().take_while(|c| c.is_uppercase()).count();
        if NAMES.contains(&word) || (word.starts_with(char::is_uppercase) && tail >= 3) {
            return false;
        }
        let mut small = 0;
        word.chars().any(|c| {
            small += usize::from(c.is_lowercase());
            c.is_uppercase() && small >= 2
        })
    })
}

/// "the the", "a my": a word twice, or two determiners.
fn doubled_word(lower: &str) -> bool {
    let (mut before, mut noun) = ("", "");
    lower.split(' ').any(|word| {
        let pair = (std::mem::replace(&mut before, word), word);
        // "With the receipt the receipt about tea".
        let noun_again = matches!(pair.0, "the" | "my" | "your") && noun == word && word.len() > 3;
        if matches!(word, "the" | "my" | "your") {
            noun = pair.0;
        }
        let twice = pair.0 == pair.1 && !matches!(word, "" | "that" | "had" | "bye" | "§") && word.chars().all(char::is_alphabetic);
        twice || noun_again || matches!(pair, ("a" | "an" | "the" | "my" | "your", "a" | "an" | "the" | "my" | "your" | "some"))
    })
}

/// "My living room room": the word behind a value is its last one.
fn said_again(text: &str, value: &Range<usize>) -> bool {
    let (Some(said), Some(rest)) = (text.get(value.clone()), text.get(value.end..)) else { return false };
    let word = |text: &str| text.trim_matches(|c: char| c.is_ascii_punctuation()).to_lowercase();
    let last = said.rsplit(' ').next().map(word).unwrap_or_default();
    let next = rest.strip_prefix(' ').and_then(|rest| rest.split(' ').next()).map(word).unwrap_or_default();
    last == next && last.len() > 2 && last.chars().all(char::is_alphabetic)
}

/// "a hotels", "a owner": the indefinite article before a word that is plural and ends its phrase, and before one that wants "an".
fn wrong_article(lower: &str) -> bool {
    let mut before = "";
    lower.split(' ').any(|word| {
        let article = std::mem::replace(&mut before, word);
        if article != "a" && article != "an" {
            return false;
        }
        let bare = word.trim_end_matches(['.', '?', '!', ',']);
        let ends = bare.len() < word.len();
        (ends && english::is_plural(bare) && !["few", "series"].contains(&bare))
            || (article == "a" && bare.len() > 2 && bare.bytes().all(|b| b.is_ascii_lowercase()) && english::article(bare) == "an")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fires_on_planted_faults() {
        for (text, fault_name) in [
            ("Find hotel_id please.", "underscore"),
            ("Find {object}.", "unfilled place"),
            ("Find  it.", "space"),
            ("Find it , please.", "punctuation"),
            ("The checkIn is today.", "raw identifier"),
            ("Send \"hello.", "quotes"),
            ("Find the the hotel.", "doubled word"),
            ("An expense with the receipt the receipt about tea.", "doubled word"),
            ("I need a hotels.", "article"),
            ("I need a apple pie.", "article"),
            ("Do you have a owner for me?", "article"),
            ("It takes a hour.", "article"),
            ("Please retrieve the list.", "tool speak"),
            ("", "empty"),
        ] {
            assert_eq!(fault(text, &[]), Some(fault_name), "{text}");
        }
    }

    #[test]
    fn a_value_is_not_followed_by_its_own_last_word() {
        assert_eq!(fault("Heat the living room room.", &[9..20]), Some("doubled word"));
        assert_eq!(fault("Heat the living room, room by room.", &[9..20]), None);
    }

    #[test]
    fn values_may_look_like_anything() {
        assert_eq!(fault("Open my_file.txt, please.", &[5..16]), None);
        assert_eq!(fault("I'd like a few of them. An hour is fine.", &[]), None);
        assert_eq!(fault("Set up a GitHub page and ask AbuseIPDB.", &[]), None);
    }
}
