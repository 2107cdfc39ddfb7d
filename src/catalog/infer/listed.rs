//! What the values of a closed list are: days, hours and names are said like days, hours and names, although they are chosen from a list.

use super::sem_names::by_suffix;
use super::words::words;
use crate::catalog::Leaf;
use crate::value::SemType;
use indexmap::IndexMap;
use serde_json::Value;

/// The kind of the values of a list of strings, where the name of the place and every value of it say so.
pub(super) fn kind(leaf: &Leaf) -> Option<SemType> {
    if leaf.sem != SemType::Enum {
        return None;
    }
    let values = values(leaf);
    let all = |test: fn(&str) -> bool| values.len() > 1 && values.iter().all(|value| test(value));
    let name = words(&leaf.name);
    let named = by_suffix(&name, false).map(|(sem, _)| sem);
    use SemType::*;
    if all(is_number) {
        // "For 5 adults", though the catalog has the numbers as texts.
        return by_suffix(&name, true).map(|(sem, _)| sem).filter(|sem| matches!(sem, CountPeople | Count));
    }
    match named {
        Some(Date | Category | Datetime) if all(is_weekday) || all(is_ordinal) => Some(Date),
        Some(Time | Datetime) if all(is_time) => Some(Time),
        Some(kind @ (City | Country | Region | Airport | Language | Person | Org | Place)) if all(is_name) => Some(kind),
        // A theme called "Light" is light; a hotel called "Old Town Inn" keeps its capitals.
        Some(Title) if all(is_name) && name.last().is_some_and(|last| last == "name" || last == "title") => Some(Title),
        _ if all(is_name) && name.last().is_some_and(|last| MARQUES.contains(&last.as_str())) => Some(Title),
        _ => None,
    }
}

/// What is sold or signed under a name of its own.
const MARQUES: &[&str] = &["brand", "make", "model", "manufacturer", "team", "band", "vendor", "marque"];

/// How each value is said, where it is not as its words are: names keep their capitals, a day of the month gets its article.
pub(super) fn said(leaf: &Leaf, kind: SemType) -> IndexMap<String, String> {
    use SemType::*;
    let say = |value: &str| match kind {
        Date if is_ordinal(value) => format!("the {value}"),
        _ => value.to_owned(),
    };
    match kind {
        Date | Person | Org | Place | Title => values(leaf).into_iter().map(|value| (value.to_owned(), say(value))).collect(),
        _ => IndexMap::new(),
    }
}

fn values(leaf: &Leaf) -> Vec<&str> {
    leaf.schema
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter(|value| !value.is_empty())
        .collect()
}

fn is_number(value: &str) -> bool {
    value.len() <= 3 && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_weekday(value: &str) -> bool {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.contains(&value.to_lowercase().as_str())
}

/// `8th`, `22nd`.
fn is_ordinal(value: &str) -> bool {
    let digits = value.trim_end_matches(char::is_alphabetic);
    let day = digits.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
    day && matches!(&value[digits.len()..], "st" | "nd" | "rd" | "th")
}

/// `1 pm`, `11:30 am`.
fn is_time(value: &str) -> bool {
    let lower = value.to_lowercase();
    let Some(clock) = lower.strip_suffix("am").or_else(|| lower.strip_suffix("pm")) else { return false };
    let (hour, minute) = clock.trim().split_once(':').unwrap_or((clock.trim(), "00"));
    let below = |text: &str, end: u32| text.len() <= 2 && text.parse::<u32>().is_ok_and(|number| number < end);
    below(hour, 13) && below(minute, 60)
}

/// Written like a name: every word that is longer than three letters begins with a capital, or with no letter at all.
fn is_name(value: &str) -> bool {
    let capital = |word: &str| word.len() <= 3 || !word.starts_with(char::is_lowercase);
    value.starts_with(char::is_uppercase) && value.chars().any(char::is_lowercase) && value.split(' ').all(capital)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::LeafPhrase;
    use serde_json::json;

    fn leaf(name: &str, values: &[&str]) -> Leaf {
        Leaf {
            pointer: format!("/{name}"),
            name: name.to_owned(),
            sem: SemType::Enum,
            schema: json!({"type": "string", "enum": values}),
            description: String::new(),
            required: true,
            entity: None,
            phrase: LeafPhrase::default(),
        }
    }

    #[test]
    fn a_list_is_of_a_kind_where_name_and_values_say_so() {
        for (name, values, expected) in [
            ("StartDate", &["1st", "2nd", "31st"][..], Some(SemType::Date)),
            ("Day", &["Monday", "Sunday"], Some(SemType::Date)),
            ("Time", &["1 pm", "12 am"], Some(SemType::Time)),
            ("DriverName", &["Mark", "Dave"], Some(SemType::Person)),
            ("HotelName", &["Hyatt Hotel", "Old Town Inn"], Some(SemType::Place)),
            ("SongName", &["Blue Moon", "Yesterday"], Some(SemType::Title)),
            ("CarModel", &["Tesla", "Corolla"], Some(SemType::Title)),
            ("Theme", &["Light", "Dark"], None),
            ("city", &["London", "New York"], Some(SemType::City)),
            ("number_of_adults", &["1", "2"], Some(SemType::CountPeople)),
            ("status", &["Open", "Closed"], None),
            ("date", &["today", "tomorrow"], None),
        ] {
            assert_eq!(kind(&leaf(name, values)), expected, "{name}");
        }
    }

    #[test]
    fn days_of_the_month_get_their_article_and_names_keep_their_capitals() {
        assert_eq!(said(&leaf("StartDate", &["8th", "9th"]), SemType::Date)["8th"], "the 8th");
        assert_eq!(said(&leaf("HotelName", &["Hyatt Hotel"]), SemType::Place)["Hyatt Hotel"], "Hyatt Hotel");
    }
}
