//! Values of a closed list, and categories: how their machine spelling is said.

use super::codebook::{CITIES, COUNTRIES, LANGUAGES, STATES};
use super::verbatim::{self, Match};
use crate::value::Hints;
use crate::value::english::{is_acronym, words_of_identifier};
use std::ops::Range;

/// All spellings of an enum value, the best first: what the catalog says, its words, the value itself.
pub(crate) fn spellings(value: &str, hints: Hints) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(said) = hints.enum_say.and_then(|say| say.get(value)) {
        out.push(said.clone());
    }
    if let Some((_, long)) = SHORT.iter().find(|(short, _)| value.eq_ignore_ascii_case(short)) {
        out.push((*long).to_owned());
    }
    if let Some(city) = city_of_zone(value) {
        out.push(city);
    }
    let words = words(value);
    if let Some(words) = &words {
        out.push(words.clone());
        // "round-trip", but not "last-30-days" or "TV-show".
        if words.split(' ').count() == 2 && words.chars().all(|c| c.is_lowercase() || c == ' ') {
            out.push(words.replace(' ', "-"));
        }
    }
    if words.is_none() || !value.contains('_') {
        out.push(value.to_owned());
    }
    out.dedup();
    out
}

/// "New York" of the time zone `America/New_York`.
fn city_of_zone(value: &str) -> Option<String> {
    const AREAS: &[&str] = &["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    let (area, city) = value.split_once('/')?;
    let named = AREAS.contains(&area) && city.starts_with(char::is_uppercase) && city.chars().all(|c| c.is_alphabetic() || c == '_');
    named.then(|| city.replace('_', " "))
}

/// The words of a value that is nothing but words: `IN_PROGRESS` → `in progress`, `roundTrip` → `round trip`, `PDF` → `PDF`,
/// `last_30_days` → `last 30 days`. `None` for what is better left alone: `en-US`, `1080p`, `America/New_York`, `GitHub`, `F`.
fn words(value: &str) -> Option<String> {
    let snake = value.contains('_');
    let plain = value
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '_' | '-' | ' ') || (snake && (c.is_ascii_digit() || matches!(c, '.' | '=' | ':'))));
    let tag = value.split('-').count() > 1 && value.split('-').any(|part| part.len() <= 2 && part.chars().all(char::is_uppercase));
    if !plain || tag || value.chars().count() < 2 || is_proper(value) {
        return None;
    }
    let words: Vec<String> = words_of_identifier(value)
        .into_iter()
        .map(|word| {
            let shouted = value.contains(&word.to_uppercase());
            if is_acronym(&word) || (shouted && is_acronym(&word.to_uppercase())) { word.to_uppercase() } else { word }
        })
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Names whose capitals belong to them: of places, languages, months, days and of well-known products.
fn is_proper(value: &str) -> bool {
    let capital = value.starts_with(char::is_uppercase) && value.chars().any(char::is_lowercase);
    let in_a_book = || [&*LANGUAGES, &*COUNTRIES, &*STATES, &*CITIES].iter().any(|book| book.lookup(value).is_some());
    PRODUCTS.contains(&value)
        || (capital && (in_a_book() || value.split(' ').any(|word| CALENDAR.contains(&word) || DEMONYMS.contains(&word))))
}

#[rustfmt::skip]
const PRODUCTS: &[&str] = &[
    "AirBnB", "Airbnb", "Amazon", "Android", "Apple", "BitTorrent", "DoorDash", "eBay", "Facebook", "FedEx", "GitHub", "GitLab",
    "Gmail", "Go", "Google", "Haskell", "Hulu", "iCloud", "iOS", "iPad", "iPhone", "Instagram", "Java", "JavaScript", "Kotlin", "LinkedIn", "Linux",
    "Lyft", "macOS", "MasterCard", "Mastercard", "Microsoft", "MongoDB", "MySQL", "Netflix", "OpenAI", "PayPal", "PlayStation",
    "PostgreSQL", "PowerPoint", "Python", "Reddit", "Ruby", "Rust", "Safari", "Scala", "Slack", "Spotify", "Swift", "TikTok", "Twitter",
    "TypeScript", "Uber", "Venmo", "Visa", "WhatsApp", "WordPress", "Xbox", "YouTube",
];
#[rustfmt::skip]
const CALENDAR: &[&str] = &[
    "January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December", "Monday",
    "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Christmas", "Easter", "Halloween", "Thanksgiving", "Ramadan",
    "Diwali",
];
#[rustfmt::skip]
const DEMONYMS: &[&str] = &[
    "American", "African", "Asian", "Australian", "Austrian", "Belgian", "Brazilian", "British", "Caribbean", "Canadian", "Colombian",
    "Cuban", "Ethiopian", "European", "Egyptian", "Indian", "Iraqi", "Israeli", "Jamaican", "Latin", "Lebanese", "Mediterranean",
    "Mexican", "Moroccan", "Nordic", "North", "Oriental", "Pakistani", "Peruvian", "Scandinavian", "Scottish", "South", "Swiss",
    "Syrian", "Taiwanese", "Victorian", "Vietnamese", "English", "French", "German", "Italian", "Spanish", "Chinese", "Japanese",
    "Korean", "Thai", "Greek", "Turkish", "Russian", "Portuguese", "Jewish", "Christian", "Muslim", "Hindu", "Buddhist", "Celsius",
    "Fahrenheit", "Kelvin",
];
/// Short forms of everyday parameters, and what they say.
const SHORT: &[(&str, &str)] = &[
    ("asc", "ascending"),
    ("desc", "descending"),
    ("avg", "average"),
    ("min", "minimum"),
    ("max", "maximum"),
    ("temp", "temperature"),
    ("qty", "quantity"),
    ("intl", "international"),
];

/// Whether two spellings are of one value: `round_trip`, `Round trip`, `ROUND-TRIP`.
pub(crate) fn equal(a: &str, b: &str) -> bool {
    let in_zone = |zone: &str, city: &str| city_of_zone(zone).is_some_and(|named| verbatim::equal(&named, city, Match::Folded));
    verbatim::equal(a, b, Match::Folded)
        || in_zone(a, b)
        || in_zone(b, a)
        || matches!((words(a), words(b)), (Some(a), Some(b)) if verbatim::equal(&a, &b, Match::Folded))
}

/// Where a value is said, but not inside a longer value of the same list: `economy` is not in `premium economy`.
pub(crate) fn find(text: &str, value: &str, hints: Hints) -> Vec<Range<usize>> {
    let mut rivals = rivals(text, value, hints);
    rivals.sort_by_key(|span| span.start);
    let (mut next, mut widest) = (0, 0..0);
    let mut mine = longest_first(spans(text, value, hints));
    mine.retain(|span| {
        while let Some(rival) = rivals.get(next).filter(|rival| rival.start <= span.start) {
            if rival.end > widest.end {
                widest = rival.clone();
            }
            next += 1;
        }
        widest.end < span.end || widest.len() <= span.len()
    });
    mine
}

fn rivals(text: &str, value: &str, hints: Hints) -> Vec<Range<usize>> {
    let others = hints.enum_say.into_iter().flat_map(|say| say.keys()).filter(|other| other.as_str() != value);
    others.flat_map(|other| spans(text, other, hints)).collect()
}

fn spans(text: &str, value: &str, hints: Hints) -> Vec<Range<usize>> {
    spellings(value, hints)
        .iter()
        .chain(Some(&value.to_owned()))
        .flat_map(|spelling| verbatim::find(text, spelling, Match::Folded))
        .collect()
}

/// In order of their starts, the longest at each start, none overlapping.
pub(crate) fn longest_first(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for span in spans {
        if kept.last().is_none_or(|last| span.start >= last.end) {
            kept.push(span);
        }
    }
    kept
}

/// Every value of the catalog's list that is said, left to right.
pub(crate) fn read(text: &str, hints: Hints) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for value in hints.enum_say.into_iter().flat_map(|say| say.keys()) {
        found.extend(find(text, value, hints).into_iter().map(|span| (span, value.clone())));
    }
    found.sort_by(|a, b| a.0.start.cmp(&b.0.start).then(b.0.end.cmp(&a.0.end)));
    let mut end = 0;
    found.retain(|(span, _)| {
        let free = span.start >= end;
        if free {
            end = span.end;
        }
        free
    });
    found
}

/// A yes or a no at the start of a word.
pub(crate) fn bool_word(word: &str, following: &str) -> Option<bool> {
    match word {
        "yes" | "yeah" | "yep" | "yup" | "sure" | "true" | "absolutely" | "definitely" => Some(true),
        "no" if matches!(following, "problem" | "worries" | "one" | "idea" | "rush" | "matter" | "longer" | "more" | "doubt") => None,
        "no" | "nope" | "nah" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use indexmap::IndexMap;

    #[test]
    fn machine_spellings_become_words() {
        for (value, said) in [
            ("round_trip", "round trip"),
            ("IN_PROGRESS", "in progress"),
            ("roundTrip", "round trip"),
            ("Economy", "economy"),
            ("PDF", "PDF"),
            ("export-CSV", "export CSV"),
            ("en-US", "en-US"),
            ("1080p", "1080p"),
            ("America/New_York", "New York"),
            ("and/or", "and/or"),
            ("$$", "$$"),
            ("F", "F"),
            ("English", "English"),
            ("North America", "North America"),
            ("GitHub", "GitHub"),
            ("last_30_days", "last 30 days"),
            ("ASC", "ascending"),
        ] {
            assert_eq!(spellings(value, Hints::default())[0], said);
        }
        assert!(equal("round_trip", "Round trip") && !equal("round_trip", "one way"));
    }

    #[test]
    fn a_value_is_not_found_inside_a_longer_one() {
        let say: IndexMap<String, String> =
            [("economy", "economy"), ("premium_economy", "premium economy")].map(|(a, b)| (a.into(), b.into())).into();
        let hints = Hints { enum_say: Some(&say), ..Hints::default() };
        assert!(find("a premium economy seat", "economy", hints).is_empty());
        assert_eq!(find("a premium economy seat", "premium_economy", hints), vec![2..17]);
        assert_eq!(
            read("economy, or premium economy?", hints).into_iter().map(|(_, v)| v).collect::<Vec<_>>(),
            ["economy", "premium_economy"]
        );
    }
}
