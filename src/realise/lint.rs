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
    if doubled_word(&lower) {
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
    let mut before = "";
    lower.split(' ').any(|word| {
        let pair = (std::mem::replace(&mut before, word), word);
        let twice = pair.0 == pair.1 && !matches!(word, "" | "that" | "had" | "bye" | "§") && word.chars().all(char::is_alphabetic);
        twice || matches!(pair, ("a" | "an" | "the" | "my" | "your", "a" | "an" | "the" | "my" | "your" | "some"))
    })
}

/// "a hotels": the indefinite article before a word that is plural and ends its phrase.
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
            || (article == "a" && bare.starts_with(['a', 'i']) && bare.len() > 2 && english::article(bare) == "an")
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
            ("I need a hotels.", "article"),
            ("I need a apple pie.", "article"),
            ("Please retrieve the list.", "tool speak"),
            ("", "empty"),
        ] {
            assert_eq!(fault(text, &[]), Some(fault_name), "{text}");
        }
    }

    #[test]
    fn values_may_look_like_anything() {
        assert_eq!(fault("Open my_file.txt, please.", &[5..16]), None);
        assert_eq!(fault("I'd like a few of them. An hour is fine.", &[]), None);
        assert_eq!(fault("Set up a GitHub page and ask AbuseIPDB.", &[]), None);
    }
}
