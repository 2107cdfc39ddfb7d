//! The object of a tool: cut out of prose or of a name, and cleaned until it is a noun phrase that a person would say.

use super::lexicon;
use super::verbs::verb_of;
use super::words::{DETERMINERS, TAILS};
use crate::value::english;

/// A noun phrase without article; empty when none was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Object {
    pub noun: String,
    pub plural: bool,
    /// "a list of X" was said.
    pub is_list: bool,
    /// Only a part of what was said: turned around an "of", or cut at an "and".
    pub is_cut: bool,
}

impl Object {
    pub fn is_empty(&self) -> bool {
        self.noun.is_empty()
    }

    fn of(words: &[String], is_list: bool) -> Object {
        let noun = words.iter().map(|word| spelling(word)).collect::<Vec<_>>().join(" ");
        Object { plural: !words.is_empty() && english::is_plural(&noun), noun, is_list, is_cut: false }
    }
}

fn spelling(word: &str) -> String {
    match word {
        "ids" | "urls" | "pdfs" | "faqs" | "apis" => format!("{}s", word[..word.len() - 1].to_uppercase()),
        _ if english::is_acronym(word) && word != "it" => word.to_uppercase(),
        _ => word.to_owned(),
    }
}

/// Nouns that ask for a thing as a whole.
pub(super) const WHOLE: &[&str] = &[
    "details",
    "detail",
    "info",
    "information",
    "data",
    "list",
    "lists",
    "results",
    "result",
    "record",
    "records",
    "profile",
    "overview",
    "metadata",
    "properties",
    "object",
    "all",
    "entry",
    "entries",
    "item",
    "items",
    "contents",
    "catalog",
    "listing",
    "listings",
    "specifications",
    "facts",
    "attributes",
];
/// Nouns that ask for one side of a thing.
pub(super) const SIDES: &[&str] = &[
    "status",
    "price",
    "prices",
    "balance",
    "availability",
    "location",
    "name",
    "id",
    "count",
    "total",
    "cost",
    "summary",
    "statistics",
    "stats",
    "history",
    "type",
    "version",
    "date",
    "time",
    "rating",
    "value",
    "size",
    "address",
    "number",
    "state",
    "distance",
    "duration",
    "temperature",
    "rate",
    "amount",
    "level",
    "score",
    "population",
    "url",
    "area",
    "quantity",
    "eligibility",
    "existence",
    "length",
    "age",
    "position",
    "capacity",
    "settings",
];
/// Things in front of an object that say nothing about it.
pub(super) const EMPTY_WORDS: &[&str] = &[
    "new",
    "list",
    "set",
    "number",
    "array",
    "collection",
    "series",
    "range",
    "variety",
    "bunch",
    "group",
    "comprehensive",
    "detailed",
    "full",
    "available",
    "own",
    "different",
    "instance",
    "type",
    "complete",
    "entire",
    "predefined",
    "user-specified",
    "single",
    "individual",
    "kind",
    "random-",
    "currently",
    "relevant",
    "simple",
    "following",
    "certain",
    "additional",
    "current",
    "latest",
    "real-time",
    "list-of",
    "wide",
    "more",
    "other",
    "potential",
];

/// Whether a word asks for a side of a thing (`status`, `details`), so that the word before it is a noun.
pub(super) fn is_aspect(word: &str) -> bool {
    WHOLE.contains(&word)
        || SIDES.contains(&word)
        || matches!(word, "search" | "lookup" | "tracker" | "finder" | "calculator" | "manager" | "service" | "api")
}

/// Whether the words after a verb are only a tail: `by_id`, `in_city`.
pub(super) fn is_only_tail(words: &[String]) -> bool {
    words.first().is_some_and(|word| TAILS.contains(&word.as_str()) && word != "of")
}

/// The object in a name's words after its verb: `user by id` → `user`.
pub(super) fn of_name(words: &[String]) -> Object {
    let words: Vec<String> = words.iter().filter(|word| !is_number(word)).cloned().collect();
    let end = words.iter().position(|word| TAILS.contains(&word.as_str()) && word != "of" && word != "and").unwrap_or(words.len());
    clean(&words[..end], false)
}

pub(super) fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The object in the words of a sentence after its verb: `the details about a specific hotel` → `hotel details`. With `keep_head`
/// an "of" is not turned around: the head is what is computed.
pub(super) fn of_prose(words: &[String], keep_head: bool) -> Object {
    let words = narrowed(words);
    let (head, rest) = take(words);
    let joint = rest.first().map(String::as_str);
    let is_cut = matches!(joint, Some("and" | "or" | "of" | ","));
    let head_word = head.last().map(String::as_str).unwrap_or_default();
    let turns = match joint {
        Some("of") => !keep_head,
        Some("about" | "for" | "on" | "regarding") => {
            head.len() <= 2 && bare(&head).len() == 1 && (is_whole(head_word) || SIDES.contains(&head_word))
        }
        _ => false,
    };
    if !turns {
        return Object { is_cut, ..clean(&head, false) };
    }
    let (owner, _) = take(&rest[1..]);
    if head.iter().all(|word| DETERMINERS.contains(&word.as_str())) {
        return clean(&owner, false);
    }
    let (owner, head) = (bare(&owner), bare(&head));
    let is_list = matches!(head_word, "list" | "lists" | "array" | "collection");
    if !owner.is_empty() && (is_list || matches!(head_word, "set" | "series" | "range" | "variety" | "group" | "types" | "kinds" | "sorts"))
    {
        return clean(&owner, is_list);
    }
    if matches!(owner.len(), 1..=3) && owner.len() + head.len() <= 4 {
        let mut turned = owner;
        if let Some(last) = turned.last_mut() {
            *last = english::singular(last);
        }
        turned.extend(head);
        return Object { is_cut: true, ..clean(&turned, is_list) };
    }
    Object { is_cut: true, ..clean(&head, is_list) }
}

/// Where things are looked for: what is looked for stands behind "for".
const COLLECTIONS: &[&str] = &["database", "index", "library", "catalog", "internet", "web", "archive", "registry", "directory"];

/// Words that say which kind, two of which stand before one noun.
#[rustfmt::skip]
const KINDS: &[&str] = &[
    "public", "private", "open", "closed", "active", "inactive", "internal", "external", "new", "existing", "current", "upcoming", "past",
    "local", "remote", "single", "multiple", "approved", "pending", "recent", "daily", "weekly", "monthly", "yearly", "annual", "old",
    "simple", "compound", "domestic", "international", "live", "historical", "positive", "negative", "static", "dynamic", "direct",
    "one-way", "round-trip", "one", "physical", "digital", "virtual", "online", "offline", "free", "paid", "text", "audio", "short", "long",
];

/// Without what stands in front of the thing itself: "public or private channel" is about a channel, "one or more channels" about channels.
fn narrowed(words: &[String]) -> &[String] {
    let start = words.iter().position(|word| !DETERMINERS.contains(&word.as_str()) || word == "one").unwrap_or(0);
    match &words[start..] {
        [kind, joint, _, _, ..] if KINDS.contains(&kind.as_str()) && matches!(joint.as_str(), "or" | "and" | "and/or") => {
            &words[start + 3..]
        }
        _ => words,
    }
}

/// What is looked for: "the reviews database for abuse reports" is searched for abuse reports.
pub(super) fn sought(words: &[String]) -> &[String] {
    let (head, behind) = take(words);
    let is_place = head.last().is_some_and(|last| COLLECTIONS.contains(&last.as_str()));
    match behind {
        [joint, sought @ ..] if is_place && joint == "for" && !sought.is_empty() => sought,
        _ => words,
    }
}

fn is_whole(word: &str) -> bool {
    WHOLE.contains(&word)
}

/// Of an object told in prose and one read from a name, the one that says more: prose as its author wrote it, unless it was cut
/// or is a word for everything; then the name, with that word put behind it.
pub(super) fn better(told: &Object, named: &Object) -> Object {
    const EVERYTHING: &[&str] =
        &["value", "return", "trend", "number", "amount", "way", "function", "impact", "effect", "process", "parameter", "system"];
    let head = |noun: &str| noun.rsplit(' ').next().map(english::singular).unwrap_or_default();
    let (told_head, named_head) = (head(&told.noun), head(&named.noun));
    let is_bare = !told.noun.contains(' ');
    if named.is_empty() {
        return told.clone();
    }
    // "Chat post message", "restaurant search location": a name with an act inside says no more than the prose.
    let acts_inside =
        named.noun.split(' ').rev().skip(1).any(|word| matches!(word, "search" | "get" | "list" | "fetch" | "find" | "post" | "query"));
    if acts_inside && !is_whole(&told.noun) {
        return told.clone();
    }
    // "Pins an item": the `add` of `pins_add` is an act too.
    let is_act = |word: &str| verb_of(word).is_some() && !super::verbs::is_also_noun(word);
    if !named.noun.contains(' ') && is_act(&named.noun) {
        return told.clone();
    }
    if is_bare && is_whole(&told.noun) && named.noun.split(' ').any(|word| word == told.noun) {
        return named.clone();
    }
    if is_bare && is_whole(&told.noun) {
        let name_says_so = named.noun.rsplit(' ').next().is_some_and(is_whole);
        let noun = if name_says_so { named.noun.clone() } else { format!("{} {}", english::singular(&named.noun), told.noun) };
        let plural = !english::is_mass(&noun) && english::is_plural(&noun);
        return Object { noun, plural, ..told.clone() };
    }
    let words = |noun: &str| noun.split(' ').count();
    let name_says_more = match told_head == named_head {
        true => words(&named.noun) > words(&told.noun),
        false => is_bare && (told.is_cut || EVERYTHING.contains(&told_head.as_str())),
    };
    if name_says_more && words(&named.noun) <= 3 {
        return Object { is_list: told.is_list, ..named.clone() };
    }
    told.clone()
}

/// Writes words as the description does where it has capitals inside a sentence: `IoT device`, `GitHub issue`.
pub(super) fn recase(object: Object, description: &str) -> Object {
    let raw: Vec<&str> = description.split_whitespace().collect();
    let tokens: Vec<&str> = raw.iter().map(|token| token.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let has_capital = |token: &str| token.chars().next().is_some_and(char::is_uppercase);
    // "Get User's Saved Tracks." is a heading: its capitals say nothing.
    let first = raw.iter().position(|token| token.ends_with(['.', ':', '!', '?'])).map_or(raw.len(), |at| at + 1);
    let longer: Vec<&&str> =
        tokens[..first].iter().skip(1).filter(|token| token.len() > 3 && token.chars().any(char::is_lowercase)).collect();
    let is_heading = longer.iter().filter(|token| has_capital(token)).count() * 2 > longer.len();
    // A word that means a thing or an act of everyday is no name, however it is written.
    let is_common = |word: &str| {
        let one = english::singular(&word.to_lowercase());
        lexicon::is_thing(&one) || verb_of(&one).is_some() || EVERYDAY.contains(&one.as_str())
    };
    let written = |word: &str| {
        let found = tokens.iter().enumerate().find(|(at, token)| {
            let is_inside = *at > 0 && !raw[*at - 1].ends_with(['.', ':', '!', '?']);
            let is_name = token.chars().skip(1).any(char::is_uppercase) || (is_inside && has_capital(token));
            is_name && token.to_lowercase() == word.to_lowercase() && token.len() > 1
        });
        let shouted = |token: &str| token.chars().all(|c| !c.is_lowercase());
        let humped = |token: &str| token.chars().skip(1).any(char::is_uppercase);
        found
            .filter(|(at, token)| !(is_heading && *at < first) || shouted(token))
            .filter(|(_, token)| humped(token) || !is_common(token))
            .map_or_else(|| word.to_owned(), |(_, token)| (*token).to_owned())
    };
    let noun = object.noun.split(' ').map(written).collect::<Vec<_>>().join(" ");
    Object { noun, ..object }
}

const EVERYDAY: &[&str] =
    &["time", "data", "result", "status", "information", "detail", "price", "value", "number", "type", "name", "list"];

/// A phrase without determiners and filler, its last word always kept.
fn bare(words: &[String]) -> Vec<String> {
    let is_filler = |word: &str| DETERMINERS.contains(&word) || EMPTY_WORDS.contains(&word) || NUMERALS.contains(&word);
    words.iter().enumerate().filter(|(at, word)| at + 1 == words.len() || !is_filler(word)).map(|(_, word)| word.clone()).collect()
}

/// Words up to the first that ends a noun phrase: a word of [`TAILS`], a comma, or the determiner of another one ("permissions this
/// app has"). What was done to a thing may stand before it ("related artists").
fn take(words: &[String]) -> (Vec<String>, &[String]) {
    let begin = words.iter().position(|word| !DETERMINERS.contains(&word.as_str())).unwrap_or(words.len());
    let end = words.iter().enumerate().position(|(at, word)| {
        let leads = at == begin && word.ends_with("ed");
        (TAILS.contains(&word.as_str()) && !leads) || matches!(word.as_str(), "," | "(") || (at > begin && OTHERS.contains(&word.as_str()))
    });
    let end = end.unwrap_or(words.len());
    (words[..end].to_vec(), &words[end..])
}

/// Determiners that begin another noun phrase wherever they stand.
const OTHERS: &[&str] = &["a", "an", "the", "this", "these", "those", "your", "their", "its", "my", "our"];

/// Words in -ly that are no adverbs.
const LY_ADJECTIVES: &[&str] = &[
    "family",
    "weekly",
    "monthly",
    "hourly",
    "yearly",
    "friendly",
    "supply",
    "assembly",
    "anomaly",
    "nightly",
    "quarterly",
    "elderly",
    "biweekly",
];

const NUMERALS: &[&str] = &["two", "three", "four", "five", "six", "ten", "dozen"];

/// What was done to a thing: "participants added", "points scored".
fn is_participle(word: &str) -> bool {
    word.ends_with("ed") && word.len() > 4 && !word.ends_with("eed")
}

fn is_noun_in_ly(word: &str) -> bool {
    LY_ADJECTIVES.contains(&word) || word.len() <= 5
}

/// A noun phrase of at most four words without determiners and filler, or nothing.
fn clean(words: &[String], is_list: bool) -> Object {
    let mut kept: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let word = word.trim_end_matches("'s").trim_end_matches('\'');
        let is_last = at + 1 == words.len();
        // The last word but for what was done to it: "a linked group removed".
        let is_last = is_last || words[at + 1..].iter().all(|after| is_participle(after));
        let is_filler = DETERMINERS.contains(&word)
            || (kept.is_empty() && NUMERALS.contains(&word))
            || (EMPTY_WORDS.contains(&word) && !is_last)
            || (matches!(word, "available" | "suitable") && is_last);
        let is_adverb = word.ends_with("ly") && !is_last && word.len() > 5 && !LY_ADJECTIVES.contains(&word);
        // "A list of current users": what stood before the "of" was filler.
        let is_joint = word == "of" && kept.is_empty();
        if !is_filler && !is_adverb && !is_joint && !word.is_empty() {
            kept.push(word.to_owned());
        }
    }
    // "the distance covered", "projects assigned": what was done to it goes.
    while kept.len() > 1 && kept.last().is_some_and(|last| is_participle(last) || (last.ends_with("ly") && !is_noun_in_ly(last))) {
        kept.pop();
    }
    while kept.last().is_some_and(|last| {
        matches!(last.as_str(), "new" | "next" | "previous" | "latest" | "full" | "detailed" | "additional" | "more" | "own" | "different")
    }) {
        kept.pop();
    }
    // "user profile" people call "my profile"; the possessor goes where something follows it.
    let is_compound =
        kept.len() == 2 && matches!(kept[1].as_str(), "group" | "groups" | "guide" | "guides" | "interface" | "agent" | "manual");
    if kept.len() > 1 && !is_compound && matches!(kept[0].as_str(), "user" | "users" | "customer" | "authenticated") {
        kept.remove(0);
    }
    let is_sayable = |word: &String| word.chars().all(|c| c.is_alphabetic() || c == '-') && word.len() > 1;
    if kept.is_empty() || kept.len() > 4 || !kept.iter().all(is_sayable) {
        return Object::default();
    }
    Object::of(&kept, is_list)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn prose_objects_are_cut_and_turned() {
        for (text, noun) in [
            ("the details about a specific hotel", "hotel details"),
            ("a list of available flights between two cities", "flights"),
            ("a new user with the given name", "user"),
            ("the current weather for a city", "weather"),
            ("the status of an order", "order status"),
            ("the user's profile", "profile"),
            ("all of the open issues", "open issues"),
            ("x_y_z", ""),
            ("a public or private channel", "channel"),
            ("one or more default channels to a group", "default channels"),
            ("two audio files into a single output file", "audio files"),
            ("list of permissions this app has on a team", "permissions"),
            ("a list of related artists based on an artist", "related artists"),
            ("a linked group linked from a channel", "linked group"),
            ("the current user's snooze mode immediately", "snooze mode"),
            ("events suitable for groups", "events"),
        ] {
            assert_eq!(of_prose(&split(text), false).noun, noun, "{text}");
        }
    }

    #[test]
    fn the_object_that_says_more_is_taken() {
        let object = |noun: &str, is_cut| Object { noun: noun.to_owned(), is_cut, ..Object::default() };
        for (told, is_cut, named, better_noun) in [
            ("information", false, "media art", "media art information"),
            ("circle area", true, "area", "circle area"),
            ("area", true, "triangle area", "triangle area"),
            ("apparel design", false, "design", "apparel design"),
            ("dominant", true, "genetic traits", "genetic traits"),
            ("return", false, "ROI", "ROI"),
            ("flights", false, "", "flights"),
        ] {
            assert_eq!(better(&object(told, is_cut), &object(named, false)).noun, better_noun);
        }
        assert_eq!(recase(object("iot device", false), "Block an IoT device.").noun, "IoT device");
        assert_eq!(recase(object("hotel", false), "Get The Details Of A Hotel").noun, "hotel");
        assert_eq!(recase(object("search", false), "This service is built on the Solr Search and finds rows of data.").noun, "search");
    }
}
