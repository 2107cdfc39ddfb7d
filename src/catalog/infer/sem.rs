//! The semantic type of a leaf: what kind of thing its values are to a person.
//!
//! The first of these that speaks decides:
//! 1. `x-nl` (`sem`), applied by the caller;
//! 2. `format` (`date`, `email`, ...);
//! 3. `enum` and `const` of strings; a list of currency or language codes keeps that meaning;
//! 4. `type: boolean`;
//! 5. a `pattern` that takes a date or a time and no other word;
//! 6. a date or time format in the description (`YYYY-MM-DD`, `HH:MM`, `ISO 8601`), for strings that are not said to be text;
//! 7. first words of the name: `number_of_...`, `num_...`, `total_...`;
//! 8. last words of the name, the strong rows of the name table;
//! 9. the description's head noun (`The name of the city ...` is a `city name`), through the same table;
//! 10. words of the description that give it away (`IATA`, `email address`, `unique identifier`);
//! 11. the weak rows of the name table (`to`, `from`, `location`, `name`, `total`);
//! 12. the shape of `default`, `example` or `examples`;
//! 13. the type: `number` for numbers, `category` for a noun of one or two words, `text` for the rest.

use super::entity::entity;
use super::leaves::{Kind, kind};
use super::lexicon;
use super::measures::physical_unit;
use super::sem_cues::{by_cue, by_time_format};
use super::sem_names::{Force, by_suffix, names_a_person};
use super::words::{head_phrase, words};
use crate::value::{SemType, english};
use regex::Regex;
use serde_json::Value;

/// The semantic type of a place called `name`, by the rules above (all but the first).
pub fn sem_of(name: &str, description: &str, schema: &Value) -> SemType {
    let kind = kind(schema);
    let number = matches!(kind, Kind::Number | Kind::Integer);
    by_format(schema)
        .or_else(|| by_enum(name, schema))
        .or_else(|| (kind == Kind::Boolean).then_some(SemType::Bool))
        .or_else(|| by_pattern(schema))
        .unwrap_or_else(|| by_words(name, description, schema, number))
}

fn by_words(name: &str, description: &str, schema: &Value, number: bool) -> SemType {
    let name_words = words(name);
    let lower = description.to_lowercase();
    let is_amount = number && is_amount_of_anything(&name_words, &lower);
    let named = by_name(&name_words, number).filter(|(sem, _)| !(is_amount && *sem == SemType::Money));
    let is_prose = matches!(named, Some((SemType::Text | SemType::Query | SemType::Title, Force::Strong)));
    if !number
        && !is_prose
        && let Some(sem) = by_time_format(&lower, named.map(|(sem, _)| sem))
    {
        return sem;
    }
    let is_measured = number && physical_unit(name, description).is_some();
    match named {
        Some((SemType::Money, _)) if is_measured => return SemType::Quantity,
        Some((sem, Force::Strong)) => return sem,
        _ => {}
    }
    let head = head_phrase(description);
    let described = by_head(&head, number).filter(|(sem, _)| !(is_amount && *sem == SemType::Money));
    match described {
        Some((SemType::Money, _)) | None if is_measured => return SemType::Quantity,
        Some((sem, Force::Strong)) => return sem,
        _ => {}
    }
    // `from` is a city only where the description does not say that it is something else.
    let is_contradicted = named == Some((SemType::City, Force::Weak)) && described.is_none() && !head.is_empty() && name_words.len() == 1;
    by_cue(&lower, number)
        .or_else(|| named.filter(|_| !is_contradicted).or(described).map(|(sem, _)| sem))
        .or_else(|| by_example(schema))
        .unwrap_or_else(|| by_type(&name_words, &head, number))
}

/// Whether a number is named by a word that money and much else has (`amount`, `values`), and its description, which says something,
/// says nothing of money: "the amount of the food item that was consumed".
fn is_amount_of_anything(name: &[String], description: &str) -> bool {
    const VAGUE: &[&str] =
        &["amount", "amounts", "value", "values", "total", "contribution", "contributions", "maximum", "minimum", "charge"];
    #[rustfmt::skip]
    const MONEY: &[&str] = &[
        "price", "cost", "pay", "money", "monetary", "dollar", "usd", "euro", "currenc", "fee", "fund", "transfer", "account", "bank", "budget",
        "loan", "invest", "deposit", "withdraw", "salary", "income", "charged", "order", "refund", "tip", "tax", "purchas", "spen", "principal",
        "financ", "cash", "rent", "donat", "bill", "convert", "exchange", "send", "sent", "receiv", "credit", "debit", "worth",
        "revenue", "profit", "budget", "bet", "bid", "raise", "save", "saving", "stock", "trade", "buy", "sell", "coverage", "insur", "claim",
    ];
    let is_money = |word: &str| MONEY.iter().any(|money| word.starts_with(money));
    let says_money = |text: &str| text.contains(['$', '€', '£']) || text.split(|c: char| !c.is_alphanumeric()).any(is_money);
    let is_vague = name.last().is_some_and(|last| VAGUE.contains(&last.as_str()));
    is_vague && description.split_whitespace().count() >= 4 && !says_money(description) && !name.iter().any(|word| says_money(word))
}

/// The description's head noun through the name table; "the name of the substance" is what a substance is.
fn by_head(head: &[String], number: bool) -> Option<(SemType, Force)> {
    let found = by_name(head, number);
    match (found, head) {
        (Some((SemType::Title, Force::Weak)), [before @ .., last]) if !before.is_empty() && last.starts_with("name") => {
            // A repository has a name, a substance is one. (Names of lexicon fields come without a description, so the lexicon,
            // which is read with this function, is never asked while it is being read.)
            let has_names = entity(before).is_some_and(|entity| lexicon::is_thing(&entity));
            let otherwise = if has_names { SemType::Title } else { SemType::Category };
            Some(by_name(before, number).unwrap_or((otherwise, Force::Weak)))
        }
        _ => found,
    }
}

fn by_format(schema: &Value) -> Option<SemType> {
    Some(match schema.get("format")?.as_str()? {
        "date" => SemType::Date,
        "time" | "partial-time" => SemType::Time,
        "date-time" | "datetime" | "timestamp" => SemType::Datetime,
        "duration" => SemType::Duration,
        "email" | "idn-email" => SemType::Email,
        "uri" | "url" | "uri-reference" | "iri" | "iri-reference" => SemType::Url,
        "uuid" | "guid" => SemType::Id,
        "phone" => SemType::Phone,
        "ipv4" | "ipv6" | "hostname" | "password" => SemType::Code,
        "byte" | "binary" => SemType::Text,
        _ => return None,
    })
}

fn by_enum(name: &str, schema: &Value) -> Option<SemType> {
    let values: Vec<&str> = match (schema.get("enum"), schema.get("const")) {
        (Some(Value::Array(values)), _) => values.iter().filter_map(Value::as_str).collect(),
        (None, Some(Value::String(value))) => vec![value],
        _ => return None,
    };
    if values.is_empty() {
        return None;
    }
    let all = |test: fn(&str) -> bool| values.iter().all(|value| test(value));
    let named = by_suffix(&words(name), false).map(|(sem, _)| sem);
    Some(match named {
        Some(SemType::Currency) if all(|value| value.len() == 3 && value.bytes().all(|b| b.is_ascii_uppercase())) => SemType::Currency,
        Some(SemType::Language) if all(|value| value.len() == 2 && value.bytes().all(|b| b.is_ascii_lowercase())) => SemType::Language,
        Some(SemType::Time) if all(is_clock) => SemType::Time,
        _ => SemType::Enum,
    })
}

fn is_clock(value: &str) -> bool {
    let bytes = value.as_bytes();
    matches!(bytes.len(), 5 | 8) && bytes[2] == b':' && bytes[..2].iter().chain(&bytes[3..5]).all(u8::is_ascii_digit)
}

/// A pattern is read by what it takes: a date and no time and no word is a date.
fn by_pattern(schema: &Value) -> Option<SemType> {
    let pattern = schema.get("pattern")?.as_str().filter(|pattern| pattern.len() < 200)?;
    let regex = Regex::new(pattern).ok()?;
    if ["hello world", "ABC-12345", "12345", "x", ""].iter().any(|word| regex.is_match(word)) {
        return None;
    }
    let probes = [
        ("2026-03-14T09:30:00Z", SemType::Datetime),
        ("2026-03-14T09:30:00", SemType::Datetime),
        ("2026-03-14", SemType::Date),
        ("14:30", SemType::Time),
        ("14:30:00", SemType::Time),
        ("anna.long@example.com", SemType::Email),
    ];
    probes.iter().find(|(probe, _)| regex.is_match(probe)).map(|(_, sem)| *sem)
}

/// Prefix rules, then the table; where the last words say nothing, the name without its unit or its `per night` is tried.
fn by_name(words: &[String], number: bool) -> Option<(SemType, Force)> {
    if names_a_person(words) {
        return Some((SemType::Person, Force::Strong));
    }
    // "Amount of carbohydrates" is money only where its thing is.
    let thing = words.windows(2).position(|pair| pair[0] == "amount" && pair[1] == "of").map(|at| &words[at + 2..]);
    if let Some(thing) = thing.filter(|thing| number && !thing.is_empty()) {
        return Some(by_suffix(thing, number).unwrap_or((SemType::Quantity, Force::Strong)));
    }
    by_prefix(words, number).or_else(|| by_suffix(words, number)).or_else(|| {
        let is_joint = |word: &String| matches!(word.as_str(), "per" | "by" | "of" | "in" | "for" | "on" | "at");
        let mut end = words.iter().position(is_joint).unwrap_or(words.len());
        if end == words.len() && number && words.last().is_some_and(|word| is_unit_word(word)) {
            end -= 1;
        }
        if end < words.len() { by_suffix(&words[..end], number) } else { None }
    })
}

/// Units as the last word of a name: `weight_kg`, `price_usd`.
fn is_unit_word(word: &str) -> bool {
    const UNITS: &[&str] = &[
        "kg",
        "g",
        "lb",
        "lbs",
        "km",
        "m",
        "cm",
        "mm",
        "mi",
        "miles",
        "meters",
        "kilometers",
        "feet",
        "ft",
        "inches",
        "usd",
        "eur",
        "gbp",
        "dollars",
        "euros",
        "c",
        "f",
        "celsius",
        "fahrenheit",
        "kelvin",
        "mb",
        "gb",
        "bytes",
        "kb",
        "ms",
        "kmh",
        "mph",
        "pct",
        "ml",
        "liters",
        "kwh",
        "watts",
        "kcal",
        "hz",
        "pa",
        "hpa",
        "cents",
    ];
    UNITS.contains(&word)
}

fn by_prefix(words: &[String], number: bool) -> Option<(SemType, Force)> {
    if !number {
        return None;
    }
    let first = words.first().map(String::as_str)?;
    let counts = match first {
        "number" | "count" => words.get(1).is_some_and(|next| next.chars().all(char::is_alphabetic)),
        "total" => words.last().is_some_and(|last| english::is_plural(last)),
        _ => false,
    };
    match by_suffix(words, true) {
        _ if !counts => None,
        Some(rule @ (SemType::CountPeople | SemType::Money, _)) => Some(rule),
        _ => Some((SemType::Count, Force::Strong)),
    }
}

fn by_example(schema: &Value) -> Option<SemType> {
    let examples = schema.get("examples").and_then(Value::as_array);
    let mut values = [schema.get("default"), schema.get("example")].into_iter().flatten().chain(examples.into_iter().flatten());
    let value = values.find_map(Value::as_str)?.trim();
    if value.parse::<jiff::Timestamp>().is_ok() || (value.len() > 10 && value.parse::<jiff::civil::DateTime>().is_ok()) {
        return Some(SemType::Datetime);
    }
    match value {
        _ if value.len() == 10 && value.parse::<jiff::civil::Date>().is_ok() => Some(SemType::Date),
        _ if is_clock(value) => Some(SemType::Time),
        _ if value.starts_with("http://") || value.starts_with("https://") => Some(SemType::Url),
        _ if value.split_once('@').is_some_and(|(_, domain)| domain.contains('.')) && !value.contains(' ') => Some(SemType::Email),
        _ if value.starts_with('/') || value.starts_with("./") => Some(SemType::Path),
        _ if value.len() > 3 && value.bytes().any(|b| b.is_ascii_digit()) && !value.contains(' ') => Some(SemType::Id),
        _ => None,
    }
}

/// The last resort: a bare noun is said as it is, anything longer is free text.
fn by_type(name: &[String], head: &[String], number: bool) -> SemType {
    match () {
        _ if number => SemType::Number,
        _ if name.len() <= 2 && head.len() <= 3 => SemType::Category,
        _ => SemType::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sem(name: &str, description: &str, schema: Value) -> SemType {
        sem_of(name, description, &schema)
    }

    #[test]
    fn format_enum_and_type_come_before_names() {
        assert_eq!(sem("city", "", json!({"type": "string", "format": "date"})), SemType::Date);
        assert_eq!(sem("city", "", json!({"type": "string", "enum": ["a", "b"]})), SemType::Enum);
        assert_eq!(sem("city", "", json!({"type": "boolean"})), SemType::Bool);
        assert_eq!(sem("currency", "", json!({"enum": ["USD", "EUR"]})), SemType::Currency);
    }

    #[test]
    fn patterns_are_read_by_what_they_take() {
        assert_eq!(sem("x", "", json!({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})), SemType::Time);
        assert_eq!(sem("x", "", json!({"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"})), SemType::Date);
        assert_eq!(sem("hotel_id", "", json!({"type": "string", "pattern": "^HTL-[0-9]{5}$"})), SemType::Id);
        assert_eq!(sem("hotel_id", "", json!({"type": "string", "pattern": "(unclosed"})), SemType::Id);
    }

    #[test]
    fn names_tell_the_type_of_strings() {
        for (name, expected) in [
            ("departure_city", SemType::City),
            ("checkInDate", SemType::Date),
            ("hotel_id", SemType::Id),
            ("userIds", SemType::Id),
            ("pickup_time", SemType::Time),
            ("created_at", SemType::Datetime),
            ("contact_email", SemType::Email),
            ("target_language", SemType::Language),
            ("zip_code", SemType::Code),
            ("first_name", SemType::Person),
            ("movie_title", SemType::Title),
            ("query", SemType::Query),
            ("message", SemType::Text),
            ("cuisines", SemType::Category),
            ("filePath", SemType::Path),
        ] {
            assert_eq!(sem(name, "", json!({"type": "string"})), expected, "{name}");
        }
    }

    #[test]
    fn names_tell_the_type_of_numbers() {
        for (name, expected) in [
            ("price_per_night", SemType::Money),
            ("max_price", SemType::Money),
            ("num_guests", SemType::CountPeople),
            ("number_of_tickets", SemType::Count),
            ("lat", SemType::Latitude),
            ("min_rating", SemType::Rating),
            ("interest_rate", SemType::Percent),
            ("duration_minutes", SemType::Duration),
            ("nights", SemType::Count),
            ("weight", SemType::Quantity),
            ("year", SemType::Code),
            ("order_id", SemType::Id),
            ("x", SemType::Number),
        ] {
            assert_eq!(sem(name, "", json!({"type": "number"})), expected, "{name}");
        }
    }

    #[test]
    fn descriptions_decide_where_names_do_not() {
        for (name, description, expected) in [
            ("from", "The IATA code of the departure airport.", SemType::Airport),
            ("from", "The email address of the sender.", SemType::Email),
            ("from", "", SemType::City),
            ("time", "The time for the alarm. Format: %Y-%m-%d %H:%M:%S", SemType::Datetime),
            ("when", "Day of the trip (YYYY-MM-DD)", SemType::Date),
            ("name", "The name of the city.", SemType::City),
            ("patient", "The unique identifier of the patient.", SemType::Person),
            ("substance", "The name of the substance.", SemType::Category),
            ("from", "The entity where the relation starts.", SemType::Category),
            ("participants", "Email addresses of the participants.", SemType::Email),
            ("client_name", "", SemType::Person),
            ("repo", "The name of the repository.", SemType::Title),
            ("target", "The ID of the user to follow", SemType::Id),
            ("origin", "The origin city airport in three letters, such as 'JFK'.", SemType::Airport),
            ("query", "Text to look for; supports YYYY-MM-DD filters.", SemType::Query),
        ] {
            assert_eq!(sem(name, description, json!({"type": "string"})), expected, "{name}: {description}");
        }
    }

    #[test]
    fn physical_units_are_no_money() {
        assert_eq!(sem("charge", "The charge in coulombs.", json!({"type": "number"})), SemType::Quantity);
        assert_eq!(sem("charge", "", json!({"type": "number"})), SemType::Money);
        assert_eq!(sem("carbohydrates", "Total amount of carbohydrates", json!({"type": "number"})), SemType::Quantity);
    }

    #[test]
    fn examples_speak_when_words_are_silent() {
        assert_eq!(sem("zorp", "", json!({"type": "string", "default": "2026-03-14"})), SemType::Date);
        assert_eq!(sem("zorp", "", json!({"type": "string", "examples": ["https://example.com"]})), SemType::Url);
    }
}
