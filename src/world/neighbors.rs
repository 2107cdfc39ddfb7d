//! What a value has to do with those beside it: a name in other letters, the prices of one day, the page among the pages.

use super::maker::Maker;
use super::number::QUOTED;
use super::recipe::Grain;
use crate::value::english::words_of_identifier;
use serde_json::{Map, Value};

/// The least and the most that a number may be.
type Limits = (Option<f64>, Option<f64>);

/// A name once more in other letters: `name_normalized` beside `name`.
pub(super) fn derived(grain: &Grain, map: &Map<String, Value>) -> Option<Value> {
    let spelt = |word: &String| matches!(word.as_str(), "normalized" | "canonical" | "lowercase");
    let plain: Vec<&String> = grain.words.iter().filter(|word| !spelt(word)).collect();
    if plain.len() == grain.words.len() || !grain.is_text() && !matches!(grain.maker, Maker::Person) {
        return None;
    }
    let of = |key: &str| words_of_identifier(key).iter().eq(plain.iter().copied());
    let value = map.iter().find(|(key, _)| of(key))?.1.as_str()?;
    Some(Value::String(if grain.has("lowercase") { value.to_lowercase() } else { value.to_owned() }))
}

/// The prices of one share at one time lie near each other: the low below all, the high above, the bid below the ask.
pub(super) fn quoted(grain: &Grain, map: &Map<String, Value>) -> Option<Limits> {
    let kind = |words: &[String]| words.iter().find_map(|word| QUOTED.iter().copied().find(|quoted| word == quoted));
    let mine = kind(&grain.words)?;
    let others = map.iter().filter_map(|(key, value)| Some((kind(&words_of_identifier(key))?, value.as_f64()?)));
    let others: Vec<(&str, f64)> = others.filter(|(_, value)| *value > 1.0).collect();
    let most = others.iter().map(|(_, value)| *value).reduce(f64::max)?;
    let least = others.iter().map(|(_, value)| *value).reduce(f64::min)?;
    let of = |kind: &str| others.iter().find(|(other, _)| *other == kind).map(|(_, value)| *value);
    let round = |value: f64| (value * 100.0).round() / 100.0;
    let (low, high) = match mine {
        "high" => (most, most * 1.02),
        "low" => (least * 0.98, least),
        "ask" => (most, most * 1.003),
        "bid" => (least * 0.997, least),
        _ => (of("low").unwrap_or(most * 0.985), of("high").unwrap_or(least * 1.015)),
    };
    (low <= high).then(|| (Some(round(low)), Some(round(high))))
}

/// The page that one is on is one of the pages.
pub(super) fn paged(grain: &Grain, map: &Map<String, Value>) -> Option<Limits> {
    let last = |words: &[String], word: &str| words.len() <= 2 && words.last().is_some_and(|last| last == word);
    let beside = |word: &str| map.iter().find(|(key, _)| last(&words_of_identifier(key), word)).and_then(|(_, value)| value.as_f64());
    match () {
        () if last(&grain.words, "page") && !grain.has("per") => Some((None, Some(beside("pages")?))),
        () if last(&grain.words, "pages") => Some((Some(beside("page")?), None)),
        () => None,
    }
}
