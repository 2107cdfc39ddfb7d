//! The compiled-in lexicon of things and their fields (`plans/lexicon/entities.yaml`).

use super::sem::sem_of;
use super::words::words;
use crate::value::SemType;
use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::{Map, Number, Value, json};
use std::sync::LazyLock;

const SOURCE: &str = include_str!("../../../plans/lexicon/entities.yaml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    fields: IndexMap<String, String>,
    things: IndexMap<String, String>,
}

/// Fields by name, things by every word for them.
#[derive(Debug, Default)]
struct Lexicon {
    fields: FxHashMap<String, Value>,
    things: FxHashMap<String, Thing>,
}

/// A kind of thing: its fields with their schemas, the naming one first.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// The lexicon's own word for it, singular, joined by `_`.
    pub name: String,
    pub fields: Vec<(String, Value)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    // The file is part of the program and a test reads it, so that the empty lexicon is never seen.
    let file: File = serde_yaml::from_str(SOURCE).unwrap_or_default();
    read(&file)
});

fn read(file: &File) -> Lexicon {
    let fields: FxHashMap<String, Value> =
        file.fields.iter().map(|(name, rule)| (name.clone(), schema_of(rule, &FxHashMap::default()))).collect();
    let mut things = FxHashMap::default();
    for (key, list) in &file.things {
        let (name, also) = key.split_once(" (also ").unwrap_or((key, ""));
        let thing = Thing { name: name.to_owned(), fields: list.split(", ").map(|field| named_field(field, &fields)).collect() };
        for word in also.trim_end_matches(')').split(", ").chain([name]).filter(|word| !word.is_empty()) {
            things.entry(word.to_owned()).or_insert_with(|| thing.clone());
        }
    }
    Lexicon { fields, things }
}

/// `price usd 60..980` as name and schema; without a rule, the field's usual one.
fn named_field(text: &str, fields: &FxHashMap<String, Value>) -> (String, Value) {
    match text.trim().split_once(' ') {
        Some((name, rule)) => (name.to_owned(), schema_of(rule, fields)),
        None => (text.trim().to_owned(), usual(text.trim(), fields)),
    }
}

/// Units of the rules, and the words that say them in a description.
const UNITS: &[(&str, &str)] = &[
    ("usd", "In US dollars."),
    ("percent", "In percent."),
    ("minutes", "In minutes."),
    ("hours", "In hours."),
    ("seconds", "In seconds."),
    ("km", "In kilometers."),
    ("m", "In meters."),
    ("cm", "In centimeters."),
    ("kg", "In kilograms."),
    ("celsius", "In degrees Celsius."),
    ("kmh", "In km/h."),
    ("kcal", "In kcal."),
    ("mb", "In MB."),
    ("years", "In years."),
    ("sqft", "In square feet."),
];

/// The schema that a rule writes; another field's name stands for that field's rule.
fn schema_of(rule: &str, fields: &FxHashMap<String, Value>) -> Value {
    let rule = rule.trim().trim_matches('"');
    let (word, rest) = rule.split_once(' ').unwrap_or((rule, ""));
    if let Some(pattern) = rule.strip_prefix('/').and_then(|rule| rule.strip_suffix('/')) {
        return json!({"type": "string", "pattern": pattern});
    }
    if rule.contains('|') && word != "[]" {
        return json!({"type": "string", "enum": rule.split('|').collect::<Vec<_>>()});
    }
    if let Some((_, says)) = UNITS.iter().find(|(unit, _)| *unit == word) {
        let is_whole = matches!(word, "minutes" | "seconds" | "kcal" | "percent") && !rest.contains('.');
        let mut schema = bounded(if is_whole { "integer" } else { "number" }, rest);
        schema.insert("description".to_owned(), json!(says));
        return Value::Object(schema);
    }
    match word {
        "string" | "boolean" => json!({"type": word}),
        "integer" | "number" => Value::Object(bounded(word, rest)),
        "date" => json!({"type": "string", "format": "date"}),
        "datetime" => json!({"type": "string", "format": "date-time"}),
        "email" => json!({"type": "string", "format": "email"}),
        "uri" => json!({"type": "string", "format": "uri"}),
        "[]" => json!({"type": "array", "items": schema_of(rest, fields), "minItems": 1, "maxItems": 4}),
        name => fields.get(name).cloned().unwrap_or_else(|| json!({"type": "string"})),
    }
}

fn bounded(kind: &str, range: &str) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!(kind));
    if let Some((low, high)) = range.split_once("..") {
        for (key, text) in [("minimum", low), ("maximum", high)] {
            if let Ok(number) = text.trim().parse::<Number>() {
                schema.insert(key.to_owned(), Value::Number(number));
            }
        }
    }
    schema
}

/// The usual schema of a field: by its whole name, else by its last words, else by what the name means.
fn usual(name: &str, fields: &FxHashMap<String, Value>) -> Value {
    let parts = words(name);
    let by_words = (0..parts.len()).find_map(|start| fields.get(&parts[start..].join("_")));
    by_words.cloned().unwrap_or_else(|| by_meaning(name))
}

fn by_meaning(name: &str) -> Value {
    match sem_of(name, "", &json!({"type": "string"})) {
        SemType::Date => json!({"type": "string", "format": "date"}),
        SemType::Datetime => json!({"type": "string", "format": "date-time"}),
        SemType::Email => json!({"type": "string", "format": "email"}),
        SemType::Url => json!({"type": "string", "format": "uri"}),
        _ => match sem_of(name, "", &json!({"type": "number"})) {
            SemType::Count | SemType::CountPeople => json!({"type": "integer", "minimum": 1, "maximum": 60}),
            SemType::Money => json!({"type": "number", "minimum": 5, "maximum": 900}),
            SemType::Percent => json!({"type": "number", "minimum": 1, "maximum": 100}),
            SemType::Quantity => json!({"type": "number", "minimum": 1, "maximum": 500}),
            SemType::Duration => json!({"type": "integer", "minimum": 5, "maximum": 240}),
            SemType::Rating => json!({"type": "number", "minimum": 1, "maximum": 5}),
            SemType::Latitude => json!({"type": "number", "minimum": -60, "maximum": 70}),
            SemType::Longitude => json!({"type": "number", "minimum": -170, "maximum": 170}),
            _ => json!({"type": "string"}),
        },
    }
}

/// The usual schema of a field called `name`.
pub fn field(name: &str) -> Value {
    usual(name, &LEXICON.fields)
}

/// Whether the lexicon knows a field of exactly this name.
pub fn knows_field(name: &str) -> bool {
    LEXICON.fields.contains_key(name)
}

/// Whether the lexicon has a thing of exactly this name.
pub fn is_thing(entity: &str) -> bool {
    LEXICON.things.contains_key(entity)
}

/// The thing called `entity`, or called by its last words: `direct_flight` is a `flight`.
pub fn thing(entity: &str) -> Option<&'static Thing> {
    let parts: Vec<&str> = entity.split('_').collect();
    (0..parts.len()).find_map(|start| LEXICON.things.get(&parts[start..].join("_")))
}

/// The last words of an entity that are the lexicon's own word for a thing: `flight` for `direct_flight`; else all of it.
pub fn short(entity: &str) -> &str {
    let starts = std::iter::once(0).chain(entity.match_indices('_').map(|(at, _)| at + 1));
    let known = starts.map(|start| &entity[start..]).find(|word| LEXICON.things.get(*word).is_some_and(|thing| thing.name == *word));
    known.unwrap_or(entity)
}

/// A schema that identifiers of a kind of thing follow: `^HTL-[0-9]{5}$`.
pub fn id_schema(entity: &str) -> Value {
    // These are shared with our own catalogs, so that results of other tools can flow into them.
    let shared = match entity {
        "person" => Some(("PER", 5)),
        "place" => Some(("PLC", 5)),
        "booking" | "reservation" => Some(("BKG", 6)),
        "order" => Some(("ORD", 6)),
        "file" => Some(("FIL", 6)),
        "event" => Some(("EVT", 6)),
        "account" => Some(("ACC", 6)),
        "payment" => Some(("PAY", 6)),
        "message" => Some(("MSG", 6)),
        _ => None,
    };
    let (prefix, digits) = shared.map_or_else(|| (prefix(entity), 5), |(prefix, digits)| (prefix.to_owned(), digits));
    json!({"type": "string", "pattern": format!("^{prefix}-[0-9]{{{digits}}}$")})
}

/// Three capitals: the first letter and the next consonants, else the next letters.
fn prefix(entity: &str) -> String {
    let letters: Vec<char> = entity.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect();
    let consonants = letters.iter().skip(1).filter(|c| !"AEIOU".contains(**c));
    let mut prefix: String = letters.iter().take(1).chain(consonants).take(3).collect();
    if prefix.len() < 3 {
        prefix = letters.iter().take(3).collect();
    }
    if prefix.is_empty() { "REF".to_owned() } else { prefix }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_is_read_whole() -> Result<(), Box<dyn std::error::Error>> {
        let file: File = serde_yaml::from_str(SOURCE)?;
        assert!(file.fields.len() > 150 && file.things.len() > 150, "{} fields, {} things", file.fields.len(), file.things.len());
        let lexicon = read(&file);
        for (word, thing) in &lexicon.things {
            for (name, schema) in &thing.fields {
                jsonschema::draft202012::meta::validate(schema).map_err(|error| format!("{word}.{name}: {error}"))?;
                if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
                    regex::Regex::new(pattern)?;
                }
                assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{word}.{name}");
                assert!(schema.get("type").is_some(), "{word}.{name} has no type: {schema}");
            }
        }
        Ok(())
    }

    #[test]
    fn every_word_stands_for_one_thing() -> Result<(), Box<dyn std::error::Error>> {
        let file: File = serde_yaml::from_str(SOURCE)?;
        let mut seen = std::collections::BTreeMap::new();
        for key in file.things.keys() {
            let (name, also) = key.split_once(" (also ").unwrap_or((key, ""));
            for word in also.trim_end_matches(')').split(", ").chain([name]).filter(|word| !word.is_empty()) {
                assert_eq!(seen.insert(word.to_owned(), name), None, "{word} stands for two things, one is {name}");
            }
        }
        Ok(())
    }

    #[test]
    fn things_are_found_by_their_last_words() {
        assert_eq!(thing("direct_flight").map(|thing| thing.name.as_str()), Some("flight"));
        assert_eq!(thing("hotel_room").map(|thing| thing.name.as_str()), Some("room"));
        assert_eq!(thing("zorp"), None);
    }

    #[test]
    fn fields_have_plausible_bounds() {
        assert_eq!(field("price"), json!({"type": "number", "minimum": 5, "maximum": 400, "description": "In US dollars."}));
        assert_eq!(field("home_team"), json!({"type": "string"}));
        assert_eq!(field("return_date")["format"], "date");
        assert_eq!(id_schema("hotel"), json!({"type": "string", "pattern": "^HTL-[0-9]{5}$"}));
    }
}
