//! What a value looks like when nothing is known of it.

use super::canon::Canon;
use super::lex::Toks;
use super::{Hints, SemType, canon, codebook, codes, date, datetime, duration};
use serde_json::Value;
use std::ops::Range;

/// The type guessed from the value's own shape alone: for JSON without a schema.
///
/// Strings that look like nothing in particular are a [`SemType::Title`] up to six words, a [`SemType::Text`] beyond.
pub fn shape(value: &Value) -> SemType {
    match value {
        Value::Bool(_) => SemType::Bool,
        Value::Number(_) => SemType::Number,
        Value::String(text) => of_text(text.trim()),
        Value::Array(items) => items.first().map_or(SemType::Text, shape),
        _ => SemType::Text,
    }
}

fn of_text(text: &str) -> SemType {
    let whole = |spans: Vec<Range<usize>>| spans.first() == Some(&(0..text.len()));
    let clock = || matches!(canon::canon(&text.into(), SemType::Time, Hints::default()), Canon::Time(_));
    if text.len() > 400 {
        return SemType::Text;
    }
    let t = Toks::new(text);
    let run = |at: fn(&Toks, usize) -> Option<usize>| t.len() > 0 && at(&t, 0) == Some(t.len());
    if whole(codes::emails(text)) {
        SemType::Email
    } else if whole(codes::urls(text)) {
        SemType::Url
    } else if date::parse(text).is_some() {
        SemType::Date
    } else if datetime::parse(text).is_some() {
        SemType::Datetime
    } else if clock() {
        SemType::Time
    } else if text.starts_with('P') && duration::parse(text).is_some() {
        SemType::Duration
    } else if super::decimal::Dec::parse(text).is_some() && text.len() < 5 {
        SemType::Number
    } else if run(codes::phone_at) {
        SemType::Phone
    } else if run(codes::id_at) {
        SemType::Id
    } else if run(codes::path_at) {
        SemType::Path
    } else if text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()) && codebook::CURRENCIES.lookup(text).is_some() {
        SemType::Currency
    } else if run(codes::code_at) {
        SemType::Code
    } else if text.split_whitespace().count() > 6 || text.contains('\n') {
        SemType::Text
    } else if text.contains('_') {
        SemType::Enum
    } else {
        SemType::Title
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shapes_tell_types() {
        for (value, sem) in [
            (json!("2026-03-12"), SemType::Date),
            (json!("19:30"), SemType::Time),
            (json!("2026-03-12T19:30:00Z"), SemType::Datetime),
            (json!("ann@example.com"), SemType::Email),
            (json!("https://example.com/a"), SemType::Url),
            (json!("usr_8f3a"), SemType::Id),
            (json!("BK-10293"), SemType::Id),
            (json!("SFO"), SemType::Code),
            (json!("USD"), SemType::Currency),
            (json!("PT1H30M"), SemType::Duration),
            (json!("+1 555-123-4567"), SemType::Phone),
            (json!("src/main.rs"), SemType::Path),
            (json!(4.5), SemType::Number),
            (json!(true), SemType::Bool),
            (json!("Blue Note Cafe"), SemType::Title),
            (json!("one_way"), SemType::Enum),
            (json!("See you at the station tomorrow, I will bring the tickets."), SemType::Text),
            (json!(["2026-03-12"]), SemType::Date),
            (json!(null), SemType::Text),
        ] {
            assert_eq!(shape(&value), sem, "{value}");
        }
    }
}
