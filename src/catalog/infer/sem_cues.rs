//! Words of a description that give the semantic type away.

use super::words::first_sentence;
use crate::value::SemType;
use regex::Regex;
use std::sync::LazyLock;

/// `Format: YYYY-MM-DD HH:MM` in the description.
pub(super) fn by_time_format(description: &str, named: Option<SemType>) -> Option<SemType> {
    static DAY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"yyyy[-/. ]?mm[-/. ]?dd|%y-%m-%d|(mm|dd)[-/.](dd|mm)[-/.]yyyy|\b20\d\d-\d\d-\d\d").ok());
    static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\bt?hh:mm|%h:%m|\b[012]?\d:[0-5]\d\b|t\d\d:\d\d|ddthh").ok());
    let has = |regex: &LazyLock<Option<Regex>>| regex.as_ref().is_some_and(|regex| regex.is_match(description));
    let iso = description.contains("iso 8601")
        || description.contains("iso8601")
        || description.contains("rfc 3339")
        || description.contains("rfc3339");
    match (has(&DAY), has(&CLOCK)) {
        (true, true) => Some(SemType::Datetime),
        (true, false) => Some(SemType::Date),
        (false, true) if matches!(named, None | Some(SemType::Time | SemType::Datetime)) => Some(SemType::Time),
        (false, _) if iso && description.contains("duration") => Some(SemType::Duration),
        (false, _) if iso => match named {
            Some(SemType::Date) if !description.contains("time") => Some(SemType::Date),
            Some(SemType::Country | SemType::Currency | SemType::Language | SemType::Code) => named,
            _ => Some(SemType::Datetime),
        },
        _ => None,
    }
}

/// Words that give a description away: found anywhere in its first sentence.
const CUES: &[(&str, SemType)] = &[
    ("email address", SemType::Email),
    ("phone number", SemType::Phone),
    ("iata", SemType::Airport),
    ("airport code", SemType::Airport),
    ("url", SemType::Url),
    ("file path", SemType::Path),
    ("path to", SemType::Path),
    ("uuid", SemType::Id),
    ("unique identifier", SemType::Id),
    ("identifier", SemType::Id),
    ("id of", SemType::Id),
    ("ids of", SemType::Id),
    ("zip code", SemType::Code),
    ("postal code", SemType::Code),
    ("ticker", SemType::Code),
    ("currency code", SemType::Currency),
    ("iso 4217", SemType::Currency),
    ("language code", SemType::Language),
    ("street address", SemType::Address),
    ("username", SemType::Code),
    ("full name", SemType::Person),
];
const NUMBER_CUES: &[(&str, SemType)] = &[
    ("latitude", SemType::Latitude),
    ("longitude", SemType::Longitude),
    ("percentage", SemType::Percent),
    ("percent", SemType::Percent),
    ("number of people", SemType::CountPeople),
    ("identifier", SemType::Id),
    ("id of", SemType::Id),
    ("dollars", SemType::Money),
    ("usd", SemType::Money),
    ("euros", SemType::Money),
    ("in minutes", SemType::Duration),
    ("in seconds", SemType::Duration),
    ("in hours", SemType::Duration),
    ("in meters", SemType::Quantity),
    ("in kilometers", SemType::Quantity),
    ("in km", SemType::Quantity),
    ("in kg", SemType::Quantity),
    ("in kilograms", SemType::Quantity),
    ("in celsius", SemType::Quantity),
    ("number of", SemType::Count),
];

pub(super) fn by_cue(description: &str, number: bool) -> Option<SemType> {
    let sentence = format!(" {} ", first_sentence(description).join(" "));
    let cues = if number { NUMBER_CUES } else { CUES };
    cues.iter().find(|(cue, _)| sentence.contains(&format!(" {cue} "))).map(|(_, sem)| *sem)
}
