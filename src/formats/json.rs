//! JSON that is carried and not looked into: arguments, schemas, columns that nobody here knows.
//!
//! Text, not a tree: numbers keep every digit, keys keep their order, and a row is read and written without building what is only passed on.

use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A JSON value as text in normal form: no white space between tokens, every character in its shortest spelling, numbers as they were
/// written. Two are equal when their texts are.
#[derive(Debug, Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    pub fn of(value: &Value) -> Json {
        // A value is always JSON; null stands for what cannot be.
        Json(serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned()))
    }

    /// Fails when the text is not one JSON value.
    pub fn parse(text: &str) -> serde_json::Result<Json> {
        let raw: &RawValue = serde_json::from_str(text)?;
        Ok(Json::raw(raw))
    }

    pub fn raw(raw: &RawValue) -> Json {
        match normal(raw.get()) {
            Cow::Borrowed(_) => Json(raw.to_owned()),
            Cow::Owned(text) => Json(RawValue::from_string(text).unwrap_or_else(|_| raw.to_owned())),
        }
    }

    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// The tree. Fails on what can be carried but not held: nesting beyond 128 levels, half a surrogate pair.
    pub fn value(&self) -> serde_json::Result<Value> {
        serde_json::from_str(self.text())
    }

    pub fn is_object(&self) -> bool {
        self.text().starts_with('{')
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Json) -> bool {
        self.text() == other.text()
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Valid JSON in normal form.
fn normal(text: &str) -> Cow<'_, str> {
    if is_normal(text.as_bytes()) { Cow::Borrowed(text) } else { Cow::Owned(normalise(text)) }
}

/// Whether there is nothing to do: no space outside of strings and no escape that may have a shorter spelling.
fn is_normal(bytes: &[u8]) -> bool {
    let mut inside = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (inside, byte) {
            (true, b'\\') if matches!(bytes.get(at + 1), Some(b'u' | b'/')) => return false,
            (true, b'\\') => at += 1,
            (_, b'"') => inside = !inside,
            (false, b' ' | b'\n' | b'\r' | b'\t') => return false,
            _ => {}
        }
        at += 1;
    }
    true
}

fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut inside = false;
    while let Some(stop) = rest.find(['"', '\\', ' ', '\n', '\r', '\t']) {
        out.push_str(&rest[..stop]);
        let (mark, after) = (rest.as_bytes()[stop], &rest[stop + 1..]);
        rest = after;
        match mark {
            b'"' => {
                inside = !inside;
                out.push('"');
            }
            b'\\' => rest = escape(after, &mut out),
            _ if inside => out.push(mark as char),
            _ => {}
        }
    }
    out.push_str(rest);
    out
}

/// Writes what stands after a backslash in its shortest spelling and gives what follows.
fn escape<'t>(after: &'t str, out: &mut String) -> &'t str {
    let unit = |text: &str| text.strip_prefix('u').and_then(|text| text.get(..4)).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let Some(first) = unit(after) else {
        let mut rest = after.chars();
        match rest.next() {
            Some('/') => out.push('/'),
            Some(other) => out.extend(['\\', other]),
            None => {}
        }
        return rest.as_str();
    };
    let rest = &after[5..];
    let pair =
        rest.strip_prefix('\\').and_then(unit).filter(|second| (0xdc00..0xe000).contains(second) && (0xd800..0xdc00).contains(&first));
    let (code, rest) = match pair {
        Some(second) => (0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), &rest[6..]),
        None => (first, rest),
    };
    match char::from_u32(code) {
        Some(char) => {
            // As a string of one character is written, without its quotes.
            let quoted = serde_json::to_string(&char).unwrap_or_default();
            out.push_str(quoted.get(1..quoted.len() - 1).unwrap_or_default());
        }
        // Half a pair is no character; it stays as it is.
        None => out.push_str(&format!("\\u{code:04x}")),
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(json: &str) -> String {
        Json::parse(json).unwrap().text().to_string()
    }

    #[test]
    fn spaces_go_between_tokens_and_stay_in_strings() {
        assert_eq!(text("{ \"a b\" : [ 1 ,\n\t2.50 ] }"), r#"{"a b":[1,2.50]}"#);
    }

    #[test]
    fn escapes_are_as_short_as_they_can_be() {
        assert_eq!(text(r#""\u00e9\u003c\/\ud83d\ude00""#), "\"é</😀\"");
        assert_eq!(text(r#""\u0022\u005c\u000a\u0001\"\n""#), r#""\"\\\n\u0001\"\n""#);
        assert_eq!(text(r#""\uD800 x""#), r#""\ud800 x""#, "half a pair is kept");
    }

    #[test]
    fn numbers_keep_every_digit() {
        for number in ["123456789012345678901234567890", "1.10", "1e400", "-0.0"] {
            assert_eq!(text(number), number);
        }
    }

    proptest! {
        #[test]
        fn normal_form_is_what_is_written_and_has_the_same_value(words in proptest::collection::vec(any::<String>(), 0..4)) {
            let value = serde_json::json!({ "words": words, "n": [1, null, true] });
            let pretty = serde_json::to_string_pretty(&value).unwrap();
            prop_assert_eq!(text(&pretty), value.to_string());
            prop_assert_eq!(Json::of(&value), Json::parse(&pretty).unwrap());
        }

        #[test]
        fn nothing_that_is_not_json_is_taken(words in ".{0,12}") {
            prop_assert_eq!(Json::parse(&words).is_ok(), serde_json::from_str::<&RawValue>(&words).is_ok());
        }
    }
}
