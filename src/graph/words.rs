//! Words of identifiers and prose, folded so that `authorIDs` and "the author's id" meet.

use super::encoder::words_of_identifier;
use crate::value::english::singular;

/// Function words and words that say nothing about what a value is.
const STOP: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "for",
    "to",
    "in",
    "on",
    "at",
    "by",
    "with",
    "from",
    "and",
    "or",
    "is",
    "are",
    "be",
    "this",
    "that",
    "it",
    "its",
    "as",
    "if",
    "will",
    "which",
    "whose",
    "can",
    "may",
    "must",
    "should",
    "not",
    "no",
    "any",
    "all",
    "you",
    "your",
    "we",
    "their",
    "there",
    "when",
    "where",
    "what",
    "how",
    "has",
    "have",
    "was",
    "were",
    "been",
    "than",
    "then",
    "into",
    "e",
    "g",
    "eg",
    "ie",
    "etc",
    "example",
    "default",
    "optional",
    "required",
    "given",
    "specified",
    "used",
    "using",
    "use",
    "via",
    "s",
];

/// Names that say nothing without the thing they belong to.
const BARE: &[&str] = &["id", "name", "title", "key", "code", "label", "slug", "number", "value", "handle", "ref", "result", "item"];

/// Words that tell names of one thing apart: a `short_name` is a name.
const QUALIFIERS: &[&str] =
    &["short", "full", "long", "first", "last", "display", "official", "common", "native", "local", "nick", "screen"];

/// Different spellings of one word in identifiers.
const FOLD: &[(&str, &str)] = &[
    ("identifier", "id"),
    ("uid", "id"),
    ("uuid", "id"),
    ("guid", "id"),
    ("num", "number"),
    ("nr", "number"),
    ("qty", "quantity"),
    ("lat", "latitude"),
    ("lon", "longitude"),
    ("lng", "longitude"),
    ("addr", "address"),
    ("desc", "description"),
    ("msg", "message"),
    ("img", "image"),
    ("pic", "picture"),
    ("org", "organization"),
    ("organisation", "organization"),
    ("dept", "department"),
    ("repo", "repository"),
    ("tel", "phone"),
    ("telephone", "phone"),
];

/// Words that different authors use for one thing in names; a weaker bond than the same word.
const CONCEPTS: &[&[&str]] = &[
    &["location", "place", "venue", "destination", "address", "site", "spot", "where"],
    &["origin", "from", "source", "start", "departure", "begin"],
    &["price", "cost", "fare", "amount", "fee", "total", "charge", "sum"],
    &["date", "day"],
    &["user", "account", "member", "customer", "client", "profile"],
    &["movie", "film"],
    &["text", "content", "body", "message", "comment", "note"],
    &["image", "picture", "photo"],
    &["phone", "mobile", "cell"],
    &["url", "link", "uri", "href", "website"],
    &["title", "name", "headline", "label"],
    &["query", "search", "keyword", "term", "q"],
    &["category", "type", "kind", "genre"],
    &["city", "town"],
    &["country", "nation"],
    &["company", "business", "organization", "vendor", "provider"],
    &["person", "people", "guest", "rider", "passenger", "traveler", "attendee"],
    &["product", "item", "good", "sku"],
    &["symbol", "ticker"],
    &["file", "document", "attachment"],
    &["doctor", "physician"],
    &["reservation", "booking", "appointment", "rental"],
    &["job", "position", "vacancy"],
    &["author", "writer"],
    &["song", "track"],
    &["rating", "score", "star"],
];

/// The concept that a word of a name stands for: its first spelling in the table.
pub(super) fn concept(word: &str) -> Option<&'static str> {
    CONCEPTS.iter().find(|words| words.contains(&word)).and_then(|words| words.first().copied())
}

/// All words of a text or identifier in order, lower case and in the singular: `originSkyIds` is `origin sky id`.
pub(super) fn words(text: &str) -> Vec<String> {
    let fold = |word: &str| {
        let word = if word == "ids" { "id".to_owned() } else { singular(word) };
        FOLD.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| (*to).to_owned())
    };
    words_of_identifier(text).split(' ').filter(|word| !word.is_empty()).map(fold).collect()
}

/// Words that carry meaning: [`words`] without function words.
pub(super) fn content_words(text: &str) -> Vec<String> {
    let mut out = words(text);
    out.retain(|word| !STOP.contains(&word.as_str()));
    out
}

/// True for a word that says what kind of value a name holds and not of what: `id`, `name`.
pub(super) fn is_kind_word(word: &str) -> bool {
    BARE.contains(&word)
}

/// True when a name says nothing without the thing it belongs to: `id`, `name`.
pub(super) fn is_bare(name: &[String]) -> bool {
    name.iter().all(|word| BARE.contains(&word.as_str()))
}

/// The words of a name without those for "identifier": `artist id` is about an artist.
pub(super) fn without_bare(name: &[String]) -> Vec<String> {
    let says_kind = |word: &String| BARE.contains(&word.as_str()) || QUALIFIERS.contains(&word.as_str());
    name.iter().filter(|word| !says_kind(word)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_every_style_give_the_same_words() {
        for name in ["originSkyId", "origin_sky_id", "OriginSkyID", "origin-sky-ids", "origin.skyIDs"] {
            assert_eq!(words(name), ["origin", "sky", "id"], "{name}");
        }
        assert_eq!(words("APIKey"), ["api", "key"]);
        assert_eq!(words("ISO2code"), ["iso2code"]);
    }

    #[test]
    fn plurals_fold_and_function_words_go() {
        assert_eq!(content_words("The addresses of the cities, by status"), ["address", "city", "status"]);
        assert_eq!(words("class buses movies"), ["class", "bus", "movie"]);
    }

    #[test]
    fn bare_names_need_their_thing() {
        assert!(is_bare(&words("id")) && is_bare(&words("name")));
        assert!(!is_bare(&words("artist_id")));
        assert_eq!(without_bare(&words("artistId")), ["artist"]);
    }
}
