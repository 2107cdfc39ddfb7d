//! What a tool is about: the thing and the side of it, from the words of its object.

use super::entity::entity;
use super::lexicon;
use super::object::{EMPTY_WORDS, SIDES, WHOLE, is_aspect, is_number};
use super::words::{DETERMINERS, TAILS};
use crate::value::english;

/// Plurals that are one thing.
const ONE_IN_PLURAL: &[&str] = &[
    "lyrics",
    "directions",
    "instructions",
    "statistics",
    "stats",
    "settings",
    "credentials",
    "contents",
    "news",
    "analytics",
    "preferences",
    "hours",
    "standings",
    "odds",
    "specs",
    "earnings",
    "coordinates",
];

/// What object words are about.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Subject {
    /// `room` for `hotel room details`.
    pub entity: Option<String>,
    /// `status` for `order status`; nothing where the thing as a whole is meant.
    pub aspect: Option<String>,
    /// Several of them: `hotels`, `hotel list`.
    pub plural: bool,
}

/// The thing and the side of it in object words: `hotel room details` → `room`, whole; `order status` → `order`, `status`.
pub(super) fn subject(words: &[String]) -> Option<Subject> {
    let mut words = turned(words);
    let mut subject = Subject::default();
    let mut is_described = false;
    while let Some(last) = words.last().copied() {
        let is_whole = WHOLE.contains(&last) && words.len() > 1;
        let is_side = !is_whole && SIDES.contains(&last) && subject.aspect.is_none() && !is_compound(&words);
        if !is_whole && !is_side {
            break;
        }
        subject.plural |= matches!(last, "list" | "lists" | "results" | "listings" | "catalog" | "records" | "entries" | "items");
        is_described |= matches!(last, "info" | "information" | "details" | "detail" | "profile" | "data");
        if is_side {
            subject.aspect = Some(english::singular(last));
        }
        words.pop();
    }
    // `conversations.info` tells of one of them.
    subject.plural |= subject.aspect.is_none()
        && !is_described
        && words.last().is_some_and(|last| english::is_plural(last) && english::singular(last) != *last && !ONE_IN_PLURAL.contains(last));
    subject.entity = entity(&words);
    (subject.entity.is_some() || subject.aspect.is_some()).then_some(subject)
}

/// Adjectives before a thing that say nothing of its kind; alone they stand for no thing.
pub(super) fn is_quality(word: &str) -> bool {
    matches!(
        word,
        "nearby"
            | "best"
            | "top"
            | "popular"
            | "upcoming"
            | "recent"
            | "random"
            | "featured"
            | "trending"
            | "similar"
            | "closest"
            | "nearest"
            | "cheapest"
            | "average"
            | "total"
            | "next"
            | "previous"
            | "last"
            | "first"
            | "historical"
            | "major"
            | "main"
            | "local"
            | "daily"
            | "weekly"
    )
}

/// Whether the last two words are one thing of the lexicon: an `exchange rate` is no side of an exchange.
fn is_compound(words: &[&str]) -> bool {
    match words {
        [.., before, last] if !matches!(*last, "status" | "id" | "name" | "count") => {
            lexicon::is_thing(&format!("{before}_{}", english::singular(last)))
        }
        _ => false,
    }
}

/// Words up to the first tail without filler, `status of order` turned to `order status`.
fn turned(words: &[String]) -> Vec<&str> {
    let end = words.iter().position(|word| TAILS.contains(&word.as_str()) && word != "of").unwrap_or(words.len());
    let mut words: Vec<&str> =
        words[..end].iter().map(String::as_str).filter(|word| !DETERMINERS.contains(word) && !is_number(word)).collect();
    let is_possessor = |word: &str| matches!(word, "user" | "users" | "customer" | "customers");
    while words.len() > 1
        && (EMPTY_WORDS.contains(&words[0]) || is_quality(words[0]) || (is_possessor(words[0]) && !is_aspect(words[1]) && words[1] != "of"))
    {
        words.remove(0);
    }
    if let Some(of) = words.iter().position(|word| *word == "of") {
        let mut owner = words.split_off(of + 1);
        words.pop();
        if let Some(last) = words.pop().filter(|last| !matches!(*last, "list" | "number" | "set" | "array")) {
            owner.push(last);
        }
        words = owner;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn subjects_are_things_and_their_sides() {
        for (text, entity, aspect) in [
            ("hotel room details", Some("room"), None),
            ("order status", Some("order"), Some("status")),
            ("hotels in city", Some("hotel"), None),
            ("user by id", Some("user"), None),
            ("user orders", Some("order"), None),
            ("user profile", Some("user"), None),
            ("direct flights", Some("flight"), None),
            ("balance", None, Some("balance")),
            ("conversations info", Some("conversation"), None),
        ] {
            let found = subject(&split(text)).unwrap_or_default();
            assert_eq!((found.entity.as_deref(), found.aspect.as_deref()), (entity, aspect), "{text}");
        }
    }
}
