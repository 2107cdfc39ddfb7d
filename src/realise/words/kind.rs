//! What kind of thing a slot is to a carrier: a finer cut than the semantic type, since where a value is from and where it goes to
//! are said differently. Decided from name, description and schema alone.

use crate::catalog::Leaf;
use crate::value::{SemType, english};

/// Kinds, as the names of rules end with them.
pub(super) const KINDS: &[&str] = &[
    "any",
    "city",
    "origin",
    "dest",
    "place",
    "date",
    "datestart",
    "dateend",
    "time",
    "timestart",
    "timeend",
    "people",
    "count",
    "length",
    "money",
    "rating",
    "year",
    "name",
    "by",
    "with",
    "person",
    "title",
    "adj",
    "vnoun",
    "on",
    "has",
    "is",
    "allowed",
    "does",
    "phone",
    "address",
    "quantity",
    "duration",
    "text",
    "dontcare",
    "stops",
    "mail",
    "code",
    "placefrom",
    "placeto",
    "account",
];

/// The words of a slot that do not depend on its value.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct SlotWords {
    pub kind: &'static str,
    /// "phone number".
    pub noun: String,
    /// "tickets" of "number of tickets", singular and plural.
    pub counted: Option<(String, String)>,
    /// What a truth value is about: "wifi", "pets", "furnished", "serve alcohol".
    pub feature: String,
    /// "serves alcohol".
    pub feature3: String,
    pub prep: Option<String>,
    /// "percent", "degrees": what stands behind a bare number.
    pub unit: String,
    /// What one does then: "check in", "checking in".
    pub going: Option<(&'static str, &'static str)>,
}

pub(super) fn slot_words(leaf: &Leaf, thing: &str) -> SlotWords {
    let name = english::words_of_identifier(&leaf.name).join(" ").to_lowercase();
    let words: Vec<&str> = name.split(' ').collect();
    let about = leaf.description.to_lowercase();
    let mut out = SlotWords { noun: noun(leaf, &name), prep: leaf.phrase.prep.first().cloned(), ..SlotWords::default() };
    if is_truth(leaf) {
        truth(&words, &about, &mut out);
        return out;
    }
    out.kind = kind(leaf, &words, &about, thing);
    if matches!(out.kind, "quantity" | "duration") {
        out.unit = unit(leaf, &about);
    }
    if out.kind.starts_with("date") || out.kind.starts_with("time") {
        out.going = going(&name, out.kind);
    }
    match out.kind {
        "people" | "count" | "length" | "stops" => out.counted = Some(counted(leaf, &words, &about, out.kind)),
        "vnoun" => out.noun = vnoun(&words),
        _ => {}
    }
    out
}

fn noun(leaf: &Leaf, name: &str) -> String {
    let noun = leaf.phrase.noun.trim();
    if noun.is_empty() { name.to_owned() } else { noun.to_owned() }
}

fn is_truth(leaf: &Leaf) -> bool {
    let truths = leaf.schema.get("enum").and_then(serde_json::Value::as_array).is_some_and(|values| {
        values.len() == 2
            && values.iter().all(|value| value.as_str().is_some_and(|text| ["true", "false"].contains(&text.to_lowercase().as_str())))
    });
    truths || leaf.sem == SemType::Bool
}

/// What a truth value is about, and how it is said: has wifi, allows pets, is furnished, serves alcohol.
fn truth(words: &[&str], about: &str, out: &mut SlotWords) {
    let rest = |from: usize| words[from..].join(" ");
    let set = |out: &mut SlotWords, kind: &'static str, feature: String| {
        out.kind = kind;
        out.feature = feature;
    };
    match words {
        ["has" | "have" | "offers" | "includes" | "provides" | "include" | "add", _, ..] => {
            let told = [" has ", " offers ", " includes ", " provides ", " have "]
                .iter()
                .find_map(|verb| about.split_once(verb))
                .map(|(_, tail)| bare(tail));
            set(out, "has", told.filter(|told| (1..=3).contains(&told.split(' ').count())).unwrap_or_else(|| rest(1)));
        }
        ["allows" | "accepts" | "permits", _, ..] => set(out, "allowed", rest(1)),
        [.., "allowed" | "permitted" | "accepted" | "welcome"] if words.len() > 1 => {
            set(out, "allowed", words[..words.len() - 1].join(" "))
        }
        ["is" | "are", _, ..] => set(out, "is", rest(1)),
        ["good" | "suitable" | "open" | "available" | "close" | "near", ..] => set(out, "is", rest(0)),
        [one] => set(out, "is", (*one).to_owned()),
        [verb, _, ..] if verb.ends_with('s') && english::lemma_of_verb(verb).is_some_and(|lemma| lemma != *verb) => {
            let lemma = english::lemma_of_verb(verb).unwrap_or(verb);
            out.feature3 = rest(0);
            set(out, "does", format!("{lemma} {}", rest(1)));
        }
        _ => set(out, "has", rest(0)),
    }
}

/// What somebody does at a time of this name.
fn going(name: &str, kind: &str) -> Option<(&'static str, &'static str)> {
    const DEEDS: &[(&str, &str, &str)] = &[
        ("check in", "check in", "checking in"),
        ("check out", "check out", "checking out"),
        ("pickup", "pick it up", "picking it up"),
        ("pick up", "pick it up", "picking it up"),
        ("dropoff", "return it", "returning it"),
        ("drop off", "return it", "returning it"),
        ("return", "return", "returning"),
        ("arriv", "arrive", "arriving"),
        ("depart", "leave", "leaving"),
        ("leaving", "leave", "leaving"),
        ("visit", "visit", "visiting"),
        ("start", "start", "starting"),
    ];
    let told = DEEDS.iter().find(|(cue, _, _)| name.contains(cue)).map(|(_, go, going)| (*go, *going));
    told.or(match kind {
        "datestart" | "timestart" => Some(("go", "going")),
        "dateend" | "timeend" => Some(("come back", "coming back")),
        _ => None,
    })
}

/// The unit that a description names.
fn unit(leaf: &Leaf, about: &str) -> String {
    const UNITS: &[(&str, &str)] = &[
        ("miles per hour", "miles per hour"),
        ("kilometers per hour", "kilometers per hour"),
        ("percent", "percent"),
        ("fahrenheit", "degrees"),
        ("celsius", "degrees"),
        ("degrees", "degrees"),
        ("minutes", "minutes"),
        ("in hours", "hours"),
        ("in miles", "miles"),
    ];
    let told = UNITS.iter().find(|(cue, _)| about.contains(cue)).map(|(_, unit)| (*unit).to_owned());
    told.or_else(|| leaf.phrase.unit.clone().filter(|unit| unit.len() > 3)).unwrap_or_default()
}

/// The end of a description without its padding.
fn bare(tail: &str) -> String {
    const PADDING: &[&str] = &["available", "adequate", "a", "an", "any", "the", "or", "not", "options."];
    let end = tail.find(['.', ',', '(']).unwrap_or(tail.len());
    tail[..end].split_whitespace().filter(|word| !PADDING.contains(word)).collect::<Vec<_>>().join(" ")
}

const START: &[&str] = &["from", "origin", "departure", "departing", "pickup", "leaving", "source", "start", "starting", "outbound"];
const END: &[&str] = &["to", "destination", "arrival", "dropoff", "return", "end", "ending", "target"];

fn kind(leaf: &Leaf, words: &[&str], about: &str, thing: &str) -> &'static str {
    use SemType::*;
    let has = |set: &[&str]| words.iter().any(|word| set.contains(word));
    let last = words.last().copied().unwrap_or_default();
    let (starts, ends) = (has(START), has(END));
    let counts = words.first() == Some(&"number") || about.starts_with("number of") || leaf.sem == CountPeople || leaf.sem == Count;
    if has(&["rating", "stars"]) {
        return "rating";
    }
    if has(&["length"])
        || about.starts_with("number of days")
        || about.starts_with("number of nights")
        || has(&["days", "nights", "hours", "months", "weeks"])
    {
        return "length";
    }
    if counts && !about.starts_with("number of the") {
        const PEOPLE: &[&str] =
            &["people", "travelers", "travellers", "passengers", "riders", "guests", "adults", "seats", "tickets", "group", "party"];
        return if has(&["stops", "transfers"]) {
            "stops"
        } else if has(PEOPLE) || leaf.sem == CountPeople {
            "people"
        } else {
            "count"
        };
    }
    if last == "year" {
        return "year";
    }
    if has(&["duration"]) {
        return "duration";
    }
    if has(&["fare", "price", "cost", "balance", "amount", "total", "rent", "fee"]) && last != "range" {
        return "money";
    }
    if matches!(last, "station" | "airport" | "terminal") || has(&["airport", "station"]) && !has(&["code"]) {
        return if starts {
            "placefrom"
        } else if ends {
            "placeto"
        } else {
            "place"
        };
    }
    if has(&["account"]) && last == "type" {
        return "account";
    }
    if named(leaf, words, about, thing) {
        return "name";
    }
    match leaf.sem {
        Phone => "phone",
        Email => "mail",
        Address => "address",
        Date | Datetime if ends => "dateend",
        Date | Datetime if starts || has(&["check"]) => "datestart",
        Date | Datetime => "date",
        Time if ends => "timeend",
        Time if starts => "timestart",
        Time => "time",
        Money => "money",
        Percent | Quantity => "quantity",
        Duration => "duration",
        Rating => "rating",
        CountPeople => "people",
        Count => "count",
        Id | Code => "code",
        Text => "text",
        City | Country | Region | Place | Airport if last == "station" || last == "airport" || last == "terminal" => "place",
        City | Country | Region | Place | Airport | Org | Title
            if (last == "name" || last == "location")
                && !has(&["city"])
                && about.starts_with("name of")
                && (starts || ends || words.len() > 1)
                && leaf.sem != City =>
        {
            "place"
        }
        City | Country | Region | Place | Airport if about.starts_with("location of the") || about.contains("is located") => "city",
        City | Country | Region | Place | Airport if has(&["pickup", "dropoff"]) => "city",
        City | Country | Region | Place | Airport if starts => "origin",
        City | Country | Region | Place | Airport if ends => "dest",
        City | Country | Region | Airport => "city",
        Place => "place",
        Person if has(&["director", "artist", "directed", "author", "writer", "composer", "singer", "band"]) => "by",
        Person if has(&["actor", "actors", "starring", "star", "cast"]) => "with",
        Person => "person",
        _ => kind_by_words(leaf, words, about),
    }
}

fn kind_by_words(leaf: &Leaf, words: &[&str], about: &str) -> &'static str {
    let last = words.last().copied().unwrap_or_default();
    let has = |set: &[&str]| words.iter().any(|word| set.contains(word));
    if last == "device" || last == "speaker" {
        return "on";
    }
    if has(&["directed", "director", "artist"]) {
        return "by";
    }
    if has(&["starring", "actors", "actor"]) {
        return "with";
    }
    if has(&["precipitation", "humidity", "wind", "temperature", "precipitation", "speed", "percentage", "weight", "distance"])
        || about.contains("percent")
    {
        return "quantity";
    }
    if matches!(last, "genre" | "category" | "cuisine" | "subcategory" | "range") || words == ["type"] || words == ["kind"] {
        return "adj";
    }
    if matches!(last, "type" | "class" | "language" | "size" | "method" | "kind" | "plan" | "subtitles") {
        return if words.len() == 2 && matches!(words[0], "car" | "event" | "show" | "room" | "vehicle") { "adj" } else { "vnoun" };
    }
    match leaf.sem {
        SemType::Title => "title",
        SemType::Category | SemType::Enum => "vnoun",
        _ => "any",
    }
}

/// Whether the slot holds the name of what the service is about.
fn named(leaf: &Leaf, words: &[&str], about: &str, thing: &str) -> bool {
    const NOT: &[&str] =
        &["origin", "destination", "recipient", "new", "airport", "station", "location", "theater", "city", "contact", "receiver"];
    let last = words.last().copied().unwrap_or_default();
    if words.iter().any(|word| NOT.contains(word)) || !matches!(last, "name" | "title") {
        return false;
    }
    let head = thing.rsplit(' ').next().unwrap_or(thing);
    leaf.phrase.headline || about.contains("name of") || (!head.is_empty() && (about.contains(head) || words.contains(&head)))
}

/// The last word of what a name is made of tells what is added to its value: "savings account", "Spanish subtitles".
fn vnoun(words: &[&str]) -> String {
    let stem: Vec<&str> =
        words.iter().copied().filter(|word| !matches!(*word, "type" | "language" | "kind" | "name" | "recipient" | "method")).collect();
    let joined = if stem.is_empty() { words.join(" ") } else { stem.join(" ") };
    if joined == "subtitle" { "subtitles".into() } else { joined }
}

/// What is counted, one and many.
fn counted(leaf: &Leaf, words: &[&str], about: &str, kind: &str) -> (String, String) {
    if kind == "people" {
        let tickets = words.iter().any(|word| *word == "tickets") || about.contains("ticket");
        return if tickets { ("ticket".into(), "tickets".into()) } else { ("person".into(), "people".into()) };
    }
    if let Some(counted) = &leaf.phrase.counted {
        return (counted.clone(), english::plural(counted));
    }
    if kind == "length" {
        let unit = ["night", "day", "hour", "week", "month"]
            .into_iter()
            .find(|unit| words.iter().any(|word| word.starts_with(unit)) || about.contains(unit));
        let unit = unit.unwrap_or("day");
        return (unit.into(), format!("{unit}s"));
    }
    let noun = match words {
        ["number", "of", rest @ ..] | ["number", rest @ ..] => rest.join(" "),
        _ => words.join(" "),
    };
    let noun = match noun.as_str() {
        "beds" => "bedrooms".to_owned(),
        "baths" => "bathrooms".to_owned(),
        _ => noun,
    };
    if english::is_plural(&noun) { (english::singular(&noun), noun) } else { (noun.clone(), english::plural(&noun)) }
}
