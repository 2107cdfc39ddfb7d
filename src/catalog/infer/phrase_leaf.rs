//! How people speak of a parameter or a result field: noun, prepositions, what a number counts, its unit, and what is never said.

use super::listed;
use super::measures::{counted, unit};
use super::prepositions::prepositions;
use super::sem_names::names_a_person;
use super::words::{head_phrase, words};
use crate::catalog::{Leaf, LeafNl, LeafPhrase, Origin};
use crate::value::{SemType, english};
use serde_json::Value;

/// The phrase of a leaf whose `sem` and `entity` are known. `in_result` tells a result field from a parameter.
pub fn phrase(leaf: &Leaf, nl: Option<&LeafNl>, in_result: bool) -> LeafPhrase {
    let listed = listed::kind(leaf);
    let sem = listed.unwrap_or(leaf.sem);
    let inferred = LeafPhrase {
        noun: noun(leaf, in_result),
        prep: prepositions(leaf, sem),
        enum_say: listed.map(|kind| listed::said(leaf, kind)).unwrap_or_default(),
        counted: counted(leaf, sem),
        unit: unit(leaf),
        silent: is_silent(leaf) || (in_result && is_second(leaf)),
        ..LeafPhrase::default()
    };
    match nl {
        Some(nl) => overlay(inferred, nl),
        None => inferred,
    }
}

/// What the author said of the words wins, field by field.
fn overlay(inferred: LeafPhrase, nl: &LeafNl) -> LeafPhrase {
    let noun = nl.noun.as_deref().map(str::trim).filter(|noun| !noun.is_empty());
    LeafPhrase {
        noun: noun.map_or(inferred.noun, str::to_owned),
        prep: match (nl.prep.is_empty(), nl.sem.is_some() || noun.is_some()) {
            // An author who described the parameter and left `prep` empty says that the value needs none.
            (true, true) => Vec::new(),
            (true, false) => inferred.prep,
            (false, _) => nl.prep.clone(),
        },
        questions: nl.q.clone(),
        counted: nl.counted.clone().or(inferred.counted),
        unit: nl.unit.clone().or(inferred.unit),
        enum_say: if nl.enum_say.is_empty() { inferred.enum_say } else { nl.enum_say.clone() },
        headline: nl.headline,
        silent: nl.silent || inferred.silent,
        origin: Origin::Declared,
    }
}

/// Names with a direction only, and what they are by semantic type.
const DIRECTIONS: &[(&str, &[SemType], &str)] = {
    use SemType::*;
    &[
        ("from", &[City, Country, Region, Place, Airport, Address], "starting point"),
        ("to", &[City, Country, Region, Place, Airport, Address], "destination"),
        ("from", &[Date, Datetime], "start date"),
        ("to", &[Date, Datetime], "end date"),
        ("since", &[Date, Datetime], "start date"),
        ("until", &[Date, Datetime], "end date"),
        ("start", &[Date], "start date"),
        ("end", &[Date], "end date"),
        ("start", &[Datetime, Time], "start time"),
        ("end", &[Datetime, Time], "end time"),
        ("from", &[Time], "start time"),
        ("to", &[Time], "end time"),
        ("from", &[Email, Person, Phone, Code, Id], "sender"),
        ("to", &[Email, Person, Phone, Code, Id], "recipient"),
        ("from", &[Currency], "original currency"),
        ("to", &[Currency], "target currency"),
        ("from", &[Language], "original language"),
        ("to", &[Language], "target language"),
        ("from", &[Unit], "original unit"),
        ("to", &[Unit], "target unit"),
        ("q", &[Query], "search term"),
        ("query", &[Query], "search term"),
        ("search", &[Query], "search term"),
        ("cc", &[Email], "copy recipient"),
        ("bcc", &[Email], "blind copy recipient"),
    ]
};

/// What a value of a type is called when its name says nothing.
fn plain_noun(sem: SemType) -> &'static str {
    use SemType::*;
    match sem {
        City => "city",
        Country => "country",
        Region => "region",
        Place => "place",
        Address => "address",
        Airport => "airport",
        Date => "date",
        Time => "time",
        Datetime => "date and time",
        Duration => "duration",
        Count => "number",
        CountPeople => "number of people",
        Money => "amount",
        Rating => "rating",
        Percent => "percentage",
        Quantity => "amount",
        Person => "person",
        Org => "company",
        Title => "title",
        Category => "type",
        Enum => "option",
        Bool => "option",
        Id => "ID",
        Email => "email address",
        Phone => "phone number",
        Url => "link",
        Path => "path",
        Language => "language",
        Currency => "currency",
        Unit => "unit",
        Query => "search term",
        Text => "text",
        Latitude => "latitude",
        Longitude => "longitude",
        Code => "code",
        Number => "number",
    }
}

fn noun(leaf: &Leaf, in_result: bool) -> String {
    let name = words(&leaf.name);
    if let [only] = name.as_slice()
        && let Some((_, _, noun)) = DIRECTIONS.iter().find(|(word, sems, _)| word == only && sems.contains(&leaf.sem))
    {
        return (*noun).to_owned();
    }
    let spoken = spoken(&directed(name, leaf.sem), leaf, in_result);
    if is_sayable(&spoken) {
        return prose(&spoken);
    }
    let described = head_phrase(&leaf.description);
    if is_sayable(&described) && described.len() <= 4 {
        return prose(&described);
    }
    match (&leaf.entity, leaf.sem) {
        (Some(entity), SemType::Id) => format!("{} ID", entity.replace('_', " ")),
        (_, sem) => plain_noun(sem).to_owned(),
    }
}

/// `from_airport` → `departure airport`, `to_date` → `end date`: a leading "from" or "to" said as a noun says it.
fn directed(mut words: Vec<String>, sem: SemType) -> Vec<String> {
    use SemType::*;
    let from = match words.as_slice() {
        [first, _, ..] if first == "from" => true,
        [first, _, ..] if first == "to" => false,
        _ => return words,
    };
    let said = match (sem, from) {
        (City | Country | Region | Place | Airport | Address, true) => "departure",
        (City | Country | Region | Place | Airport | Address, false) => "destination",
        (Date | Datetime | Time, true) => "start",
        (Date | Datetime | Time, false) => "end",
        (Currency | Unit | Language, true) => "original",
        (Currency | Unit | Language, false) => "target",
        (_, true) => "source",
        (_, false) => "target",
    };
    words[0] = said.to_owned();
    words
}

/// `address_line_1` → "first address line", `image2` → "second image".
fn numbered(words: &mut Vec<String>) {
    let Some(last) = words.last() else { return };
    let stem = last.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let number = last[stem.len()..].parse::<u64>().ok().filter(|number| (1..=9).contains(number) && last.len() == stem.len() + 1);
    let says_something =
        if stem.is_empty() { words.len() > 1 } else { stem.len() > 3 && !matches!(stem.as_str(), "oauth" | "python" | "http") };
    let Some(number) = number.filter(|_| says_something) else { return };
    words.pop();
    if !stem.is_empty() {
        words.push(stem);
    }
    words.insert(0, english::ordinal(number));
}

/// The words of a name in the order of speech.
fn spoken(name: &[String], leaf: &Leaf, in_result: bool) -> Vec<String> {
    let mut words = name.to_vec();
    numbered(&mut words);
    while words.len() > 1 && matches!(words[0].as_str(), "the" | "a" | "an" | "your" | "my") {
        words.remove(0);
    }
    let yes_or_no = leaf.sem == SemType::Bool || matches!(name.first().map(String::as_str), Some("is" | "has"));
    if yes_or_no {
        while words.len() > 1 && BOOL_LEADS.contains(&words[0].as_str()) {
            words.remove(0);
        }
    }
    let of = |counted: &[String]| {
        let mut plural = counted.to_vec();
        if let Some(last) = plural.last_mut() {
            *last = english::plural(last);
        }
        [vec!["number".to_owned(), "of".to_owned()], plural].concat()
    };
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["number", "of", _, ..] => words,
        ["feels", "like", ..] => vec!["felt".to_owned(), "temperature".to_owned()],
        ["count", "of", counted @ ..] if !counted.is_empty() => of(&words[2..]),
        ["number" | "count", _, ..] => of(&words[1..]),
        [_, .., "count"] if matches!(leaf.sem, SemType::Count | SemType::CountPeople) => of(&words[..words.len() - 1]),
        [only] if leaf.sem == SemType::CountPeople && english::is_plural(only) => of(&words),
        [only] if leaf.sem == SemType::Count && english::is_plural(only) && !in_result => of(&words),
        ["id" | "ids"] | ["unique", "id"] => owned(leaf, "id"),
        [.., _, "name"] if in_result && names_a_person(&words) => words[..words.len() - 1].to_vec(),
        ["name"] if !in_result && leaf.sem != SemType::City => owned(leaf, "name"),
        _ if words.len() > 3 => {
            // `results_sorted_by_date`: what stands before the first tail word is the noun.
            let end = words.iter().position(|word| matches!(word.as_str(), "with" | "for" | "by" | "from" | "to")).filter(|end| *end > 0);
            words[..end.unwrap_or(words.len())].to_vec()
        }
        _ => words,
    }
}

const BOOL_LEADS: &[&str] = &[
    "is", "has", "should", "include", "includes", "enable", "enabled", "use", "with", "allow", "show", "set", "want", "wants", "needs",
    "allows", "shows", "enables", "uses",
];

fn owned(leaf: &Leaf, last: &str) -> Vec<String> {
    let mut words: Vec<String> = leaf.entity.iter().flat_map(|entity| entity.split('_')).map(str::to_owned).collect();
    words.push(last.to_owned());
    words
}

/// A noun phrase that can be said: at most five words of letters with a vowel among them.
fn is_sayable(words: &[String]) -> bool {
    let is_word = |word: &String| {
        word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'')
            && (english::is_acronym(word)
                || word == "ids"
                || (word.len() > 1 && word.to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y'])))
    };
    let ends_well = words.last().is_some_and(|last| {
        !matches!(
            last.as_str(),
            "of" | "the" | "for" | "from" | "to" | "with" | "by" | "in" | "a" | "an" | "and" | "or" | "per" | "is" | "at" | "on" | "as"
        )
    });
    (1..=5).contains(&words.len()) && words.iter().all(is_word) && ends_well
}

fn prose(words: &[String]) -> String {
    let phrase = english::phrase_of_identifier(&words.join("_"));
    phrase.replace("zip code", "ZIP code").replace("timezone", "time zone")
}

/// Names that people never say: paging, secrets, formats of machines.
const SECRETS: &[&str] = &[
    "api key",
    "apikey",
    "access token",
    "auth token",
    "token",
    "secret",
    "client secret",
    "authorization",
    "session token",
    "x api key",
    "session id",
    "rapidapi key",
    "app id",
    "appid",
    "access key",
    "key",
];
const PLUMBING: &[&str] = &[
    "page",
    "limit",
    "offset",
    "cursor",
    "per page",
    "page size",
    "page number",
    "format",
    "callback",
    "page token",
    "next page token",
    "start index",
    "output format",
    "response format",
    "pretty",
    "fields",
    "verbose",
    "debug",
    "version",
    "api version",
    "timeout",
    "request id",
    "host",
    "user agent",
    "maximum results",
    "after cursor",
    "next cursor",
    "etag",
    "idempotency key",
    "headers",
    "method name",
    "page limit",
    "result limit",
    "skip",
    "cache",
    "dry run",
    "stream",
    "locale code",
    "page index",
    "trace id",
    "starting after",
    "ending before",
];

/// Secrets always; plumbing only where a call can do without it.
fn is_silent(leaf: &Leaf) -> bool {
    let name = words(&leaf.name).join(" ");
    let has_default = leaf.schema.get("default").is_some_and(|value| *value != Value::Null) || leaf.schema.get("const").is_some();
    (SECRETS.contains(&name.as_str()) && !matches!(leaf.sem, SemType::Query | SemType::Category))
        || ((PLUMBING.contains(&name.as_str()) || is_cursor(&leaf.description)) && (!leaf.required || has_default))
}

/// A moment that is written as a number.
fn is_second(leaf: &Leaf) -> bool {
    let numeric = matches!(super::leaves::kind(&leaf.schema), super::leaves::Kind::Number | super::leaves::Kind::Integer);
    numeric && super::names_a_moment(&words(&leaf.name), &leaf.description.to_lowercase())
}

/// "A cursor for use in pagination."
fn is_cursor(description: &str) -> bool {
    let said = description.to_lowercase();
    said.contains("cursor") || said.contains("paginat")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::infer::entity::entity_of;
    use crate::catalog::infer::sem::sem_of;
    use serde_json::json;

    fn leaf(name: &str, schema: Value, description: &str) -> Leaf {
        let mut leaf = Leaf {
            pointer: format!("/{name}"),
            name: name.to_owned(),
            sem: sem_of(name, description, &schema),
            schema,
            description: description.to_owned(),
            required: true,
            entity: None,
            phrase: LeafPhrase::default(),
        };
        leaf.entity = entity_of(&leaf, Some("hotel"));
        leaf
    }

    #[test]
    fn nouns_are_what_people_say() {
        for (name, schema, description, noun) in [
            ("check_in_date", json!({"type": "string"}), "", "check-in date"),
            ("num_guests", json!({"type": "integer"}), "", "number of guests"),
            ("guests", json!({"type": "integer"}), "", "number of guests"),
            ("hotel_id", json!({"type": "string"}), "", "hotel ID"),
            ("id", json!({"type": "string"}), "", "hotel ID"),
            ("is_refundable", json!({"type": "boolean"}), "", "refundable"),
            ("to", json!({"type": "string"}), "The recipient's email address.", "recipient"),
            ("from", json!({"type": "string"}), "", "starting point"),
            ("from_airport", json!({"type": "string"}), "", "departure airport"),
            ("q", json!({"type": "string"}), "", "search term"),
            ("x1", json!({"type": "number"}), "The first value to add", "first value"),
            ("real_part2", json!({"type": "number"}), "The real part.", "second real part"),
            ("address_line_1", json!({"type": "string"}), "", "first address line"),
            ("zip_code", json!({"type": "string"}), "", "ZIP code"),
            ("bedroom_count", json!({"type": "integer"}), "", "number of bedrooms"),
            ("grq", json!({"type": "string", "format": "date"}), "", "date"),
        ] {
            assert_eq!(phrase(&leaf(name, schema, description), None, false).noun, noun, "{name}");
        }
    }

    #[test]
    fn numbers_know_what_they_count_and_their_unit() {
        let nights = phrase(&leaf("nights", json!({"type": "integer"}), ""), None, false);
        assert_eq!((nights.counted.as_deref(), nights.prep.first().map(String::as_str)), (Some("night"), Some("for")));
        let price = phrase(&leaf("max_price", json!({"type": "number"}), "Highest price in US dollars."), None, false);
        assert_eq!((price.unit.as_deref(), price.prep.first().map(String::as_str)), (Some("USD"), Some("under")));
        let time = phrase(&leaf("duration_minutes", json!({"type": "integer"}), ""), None, false);
        assert_eq!(time.unit.as_deref(), Some("minutes"));
    }

    #[test]
    fn secrets_and_plumbing_are_silent() {
        assert!(phrase(&leaf("api_key", json!({"type": "string"}), ""), None, false).silent);
        let mut page = leaf("page", json!({"type": "integer"}), "");
        assert!(!phrase(&page, None, false).silent, "a required page without default must be said");
        page.required = false;
        assert!(phrase(&page, None, false).silent);
    }

    #[test]
    fn declared_words_win() {
        let nl = LeafNl { noun: Some("first night".to_owned()), q: vec!["When do you arrive?".to_owned()], ..LeafNl::default() };
        let phrase = phrase(&leaf("check_in", json!({"type": "string", "format": "date"}), ""), Some(&nl), false);
        assert_eq!((phrase.noun.as_str(), phrase.origin, phrase.questions.len()), ("first night", Origin::Declared, 1));
    }
}
