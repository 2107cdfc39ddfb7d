//! Results that an author describes in words: "Returns a list of hotels with their ids, nightly prices and ratings."

use super::entity::entity;
use super::returns::{Known, by_act, item};
use super::shape::{Shape, list};
use super::words::{DETERMINERS, TAILS, words};
use super::{lexicon, subject};
use crate::value::english;
use serde_json::{Value, json};

/// What prose tells about a result.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Told {
    /// The thing that comes back, singular, joined by `_`.
    pub thing: Option<String>,
    pub is_list: bool,
    /// `true if ...`
    pub is_yes_no: bool,
    /// Field names that are listed, joined by `_`.
    pub fields: Vec<String>,
}

/// Prose that is about the result and nothing else: `A list of DirectFlight objects with schedules and prices.`
pub(super) fn read_result(prose: &str) -> Option<Told> {
    let prose = prose.trim();
    let lower = prose.to_lowercase();
    let body = ["returns:", "returns", "return", "output:", "result:"].iter().find_map(|lead| lower.strip_prefix(lead)).unwrap_or(&lower);
    read(body)
}

/// A sentence of a description that says what comes back.
pub(super) fn read_description(description: &str) -> Option<Told> {
    let lower = description.to_lowercase();
    for lead in ["returns ", "returning ", "it returns ", "return value: "] {
        if let Some(at) = lower.find(lead) {
            let is_word = at == 0 || lower[..at].ends_with([' ', '.', '\n', ',', ':', ';', '(']);
            let told = is_word.then(|| read(&lower[at + lead.len()..])).flatten();
            // "Returns the user with this name" names no field: what the tool does tells more.
            if let Some(told) = told.filter(|told| told.is_list || told.is_yes_no || !told.fields.is_empty()) {
                return Some(told);
            }
        }
    }
    // "Get hotel details including name, rating and price".
    ["including ", "such as ", "containing "].iter().find_map(|lead| {
        let at = lower.find(lead)?;
        let before = &lower[..at];
        let is_about_result = ["details", "information", "data", "info", "report", "statistics"].iter().any(|word| before.contains(word));
        let fields = if is_about_result { fields(&lower[at + lead.len()..]) } else { Vec::new() };
        (fields.len() >= 2).then(|| Told { fields, ..Told::default() })
    })
}

fn read(body: &str) -> Option<Told> {
    let sentence: &str = body.split_once(['\n']).map_or(body, |(first, _)| first);
    let sentence = sentence.split_once(". ").map_or(sentence, |(first, _)| first).trim_end_matches('.').trim();
    if sentence.starts_with("true ")
        || sentence.starts_with("whether ")
        || sentence.starts_with("a boolean")
        || sentence.starts_with("boolean")
    {
        return Some(Told { is_yes_no: true, ..Told::default() });
    }
    let (head, listed) = split_listing(sentence);
    let is_list =
        ["list of ", "array of ", "lists of ", "collection of "].iter().any(|lead| head.contains(lead)) || head.starts_with("all ");
    let thing = thing(head, is_list);
    let (sure, listed) = listed.unwrap_or((true, ""));
    // "The user with this name" lists nothing; "hotels with prices and ratings" does.
    let fields = Some(fields(listed)).filter(|fields| sure || fields.len() > 1).unwrap_or_default();
    (thing.is_some() || !fields.is_empty()).then_some(Told { thing, is_list, is_yes_no: false, fields })
}

/// The sentence before and after the words that begin a list of fields, and whether they can begin nothing else.
fn split_listing(sentence: &str) -> (&str, Option<(bool, &str)>) {
    const LEADS: &[(&str, bool)] = &[
        (" including ", true),
        (" containing ", true),
        (" with their ", true),
        (" with its ", true),
        (" with the ", false),
        (" such as ", true),
        (" with ", false),
        (" like ", false),
    ];
    let found = LEADS.iter().filter_map(|(lead, sure)| sentence.find(lead).map(|at| (at, std::cmp::Reverse(lead.len()), *sure)));
    let first = found.min();
    first.map_or((sentence, None), |(at, length, sure)| (&sentence[..at], Some((sure, &sentence[at + length.0..]))))
}

/// The thing in `a list of direct flight objects between two cities`.
fn thing(head: &str, is_list: bool) -> Option<String> {
    let tail = if is_list { head.split_once(" of ").map_or(head.trim_start_matches("all "), |(_, tail)| tail) } else { head };
    let words: Vec<String> = tail.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()).collect();
    let end = words.iter().position(|word| TAILS.contains(&word.as_str())).unwrap_or(words.len());
    let words: Vec<&str> = words[..end]
        .iter()
        .map(String::as_str)
        .filter(|word| {
            !DETERMINERS.contains(word)
                && !matches!(
                    *word,
                    "objects"
                        | "object"
                        | "dictionaries"
                        | "dictionary"
                        | "json"
                        | "dict"
                        | "dicts"
                        | "available"
                        | "matching"
                        | "pairs"
                        | "new"
                        | "updated"
                )
        })
        .collect();
    let found = subject::subject(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())?;
    found.entity.filter(|entity| entity.len() > 2)
}

/// `id, nightly prices and guest ratings` as field names.
fn fields(listing: &str) -> Vec<String> {
    let listing = listing.split_once(". ").map_or(listing, |(first, _)| first);
    let listing = listing.split(['.', ';', '(', '\n', ':']).next().unwrap_or(listing);
    let mut fields = Vec::new();
    for part in listing.split(',').flat_map(|part| part.split(" and ")).map(|part| part.trim().trim_start_matches("and ")) {
        let parts: Vec<String> = part
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("'s").to_owned())
            .collect();
        let end = parts.iter().position(|word| TAILS.contains(&word.as_str())).unwrap_or(parts.len());
        let kept: Vec<&str> =
            parts[..end].iter().map(String::as_str).filter(|word| !DETERMINERS.contains(word) && *word != "etc").collect();
        let is_plain = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        if (1..=3).contains(&kept.len()) && kept.iter().all(is_plain) && kept[0].len() > 1 {
            let name = field_name(&kept);
            if !fields.contains(&name) {
                fields.push(name);
            }
        }
    }
    fields.truncate(8);
    fields
}

/// `nightly prices` → `nightly_price`; lists that stay lists keep their plural.
fn field_name(words: &[&str]) -> String {
    let joined = words.join("_").replace('-', "_");
    if lexicon::knows_field(&joined) {
        return joined;
    }
    let (last, first) = words.split_last().map_or(("", [].as_slice()), |(last, first)| (*last, first));
    let mut parts: Vec<String> = first.iter().map(|word| (*word).to_owned()).collect();
    parts.push(english::singular(last));
    parts.join("_").replace('-', "_")
}

/// The schema that prose describes, completed by what the tool does.
pub(super) fn shape(told: &Told, known: &Known<'_>, mut shape: Shape<'_>) -> Value {
    if told.is_yes_no {
        let name = words(known.name).join("_");
        let name = if name.starts_with("is_") || name.starts_with("has_") { name } else { "result".to_owned() };
        shape.add(&name, json!({"type": "boolean"}));
        return shape.close();
    }
    let about = known.intent.entity.as_deref();
    let thing = told.thing.as_deref().filter(|thing| about.is_none_or(|about| lexicon::thing(thing).is_some() || about.contains(thing)));
    let fields: Vec<String> = told.fields.iter().map(|field| own_name(field, thing.or(about))).collect();
    let entity = thing.or(about).unwrap_or("item");
    if told.is_list || known.intent.act() == super::verbs::Act::Find {
        let items = item(known, entity, &fields, shape.inner());
        shape.add(&english::plural(&entity.replace('_', " ")).replace(' ', "_"), list(items));
        return shape.close();
    }
    let base = by_act(known, shape.inner());
    merge(base, &fields, known, shape)
}

/// `id` and `hotel id` of a hotel are its identifier.
fn own_name(field: &str, entity: Option<&str>) -> String {
    match (field, entity) {
        ("id" | "unique_id" | "identifier", Some(entity)) => format!("{entity}_id"),
        _ => field.to_owned(),
    }
}

/// What identifies comes first, then the fields that are told, then the rest.
fn merge(base: Value, fields: &[String], known: &Known<'_>, mut shape: Shape<'_>) -> Value {
    let none = serde_json::Map::new();
    let properties = base.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let identifies = |name: &str| name.to_lowercase().ends_with("id") || known.parameters.iter().any(|leaf| leaf.name == name);
    for (name, schema) in properties.iter().filter(|(name, _)| identifies(name)) {
        shape.keep(name, schema);
    }
    for field in fields.iter().filter(|field| entity(&[field]).is_some()) {
        if !shape.has_like(field) {
            shape.field(field);
        }
    }
    for (name, schema) in properties.iter().filter(|(name, _)| !identifies(name)) {
        if !shape.has_like(name) {
            shape.keep(name, schema);
        }
    }
    shape.close()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_about_results_is_read() {
        let told = read_result("A list of DirectFlight objects containing flight numbers, schedules, and prices.").unwrap_or_default();
        assert!(told.is_list);
        assert_eq!(told.fields, ["flight_number", "schedule", "price"]);
        let told = read_description("Finds hotels. Returns a list of hotels with their ids, nightly prices and guest ratings; no rooms.")
            .unwrap_or_default();
        assert_eq!((told.thing.as_deref(), told.is_list), (Some("hotel"), true));
        assert_eq!(told.fields, ["id", "nightly_price", "guest_rating"]);
        assert!(read_description("Returns True if the user is active.").is_some_and(|told| told.is_yes_no));
        assert_eq!(read_description("Returns the user with this name."), None);
        assert_eq!(read_description("Books a table."), None);
        let told = read_description("Get hotel details including name, rating and opening hours.").unwrap_or_default();
        assert_eq!(told.fields, ["name", "rating", "opening_hours"]);
    }
}
