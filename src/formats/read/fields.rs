//! A JSON object taken apart into its keys, the values left as text until somebody wants them.

use crate::formats::conversation::Flaw;
use crate::formats::json::Json;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Keys and values of an object, in order. Taking a key removes it, so that what is left is what nobody knew.
#[derive(Debug)]
pub(super) struct Fields<'a>(Vec<(Text<'a>, &'a RawValue)>);

/// A string that borrows where it can.
#[derive(Debug, Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields: Vec<(Text<'de>, &'de RawValue)> = Vec::with_capacity(8);
                while let Some((key, value)) = map.next_entry::<Text, &RawValue>()? {
                    // The last one counts, as everywhere.
                    fields.retain(|(other, _)| other.0 != key.0);
                    fields.push((key, value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl<'a> Fields<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Fields<'a>, Flaw> {
        serde_json::from_str(text).map_err(|error| not_json(&error))
    }

    pub(super) fn of(raw: &'a RawValue, key: &str) -> Result<Fields<'a>, Flaw> {
        match raw.get().starts_with('{') {
            true => Fields::parse(raw.get()),
            false => Err(kind(key, "an object")),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(name, _)| name.0 == key).map(|(_, value)| *value)
    }

    /// Whether the JSON of some value has these letters in it.
    pub(super) fn holds(&self, letters: &str) -> bool {
        self.0.iter().any(|(_, value)| value.get().contains(letters))
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &*name.0)
    }

    /// The value of a key, unless it is null.
    pub(super) fn take(&mut self, key: &str) -> Option<&'a RawValue> {
        self.take_or_null(key).filter(|value| !is_null(value))
    }

    /// The value of a key, where null is one.
    pub(super) fn take_or_null(&mut self, key: &str) -> Option<&'a RawValue> {
        let at = self.0.iter().position(|(name, _)| name.0 == key)?;
        Some(self.0.remove(at).1)
    }

    /// The value of the first of some keys.
    pub(super) fn take_any(&mut self, keys: &[&str]) -> Option<&'a RawValue> {
        keys.iter().find_map(|key| self.take(key))
    }

    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<Cow<'a, str>>, Flaw> {
        self.take(key).map(|raw| string(raw, key)).transpose()
    }

    /// What was not taken, in order.
    pub(super) fn rest(self, prefix: &str, into: &mut Vec<(String, Json)>) {
        let left = self.0.into_iter().filter(|(_, value)| !is_null(value));
        into.extend(left.map(|(name, value)| (format!("{prefix}{}", name.0), Json::raw(value))));
    }
}

fn is_null(value: &RawValue) -> bool {
    value.get() == "null"
}

pub(super) fn kind(key: &str, wanted: &'static str) -> Flaw {
    Flaw::Kind { key: key.to_string(), wanted }
}

/// What the reader of JSON says, without its line, which is that of the row and not of the file.
pub(super) fn not_json(error: &serde_json::Error) -> Flaw {
    let full = error.to_string();
    let words = full.rsplit_once(" at line ").map_or(full.as_str(), |(words, _)| words);
    match error.is_eof() {
        true => Flaw::Json(format!("it is cut at column {}: {words}", error.column())),
        false => Flaw::Json(format!("column {}: {words}", error.column())),
    }
}

pub(super) fn string<'a>(raw: &'a RawValue, key: &str) -> Result<Cow<'a, str>, Flaw> {
    serde_json::from_str::<Text>(raw.get()).map(|text| text.0).map_err(|_| kind(key, "a string"))
}

pub(super) fn list<'a>(raw: &'a RawValue, key: &str) -> Result<Vec<&'a RawValue>, Flaw> {
    serde_json::from_str(raw.get()).map_err(|_| kind(key, "a list"))
}

/// A list of objects, read in one go: a list of texts would be gone through once more for each of them.
pub(super) fn objects<'a>(raw: &'a RawValue, key: &str) -> Result<Vec<Fields<'a>>, Flaw> {
    match serde_json::from_str(raw.get()) {
        Ok(objects) => Ok(objects),
        // Which of them is none is found one by one.
        Err(_) => list(raw, key)?.into_iter().enumerate().map(|(at, one)| Fields::of(one, &format!("{key}/{at}"))).collect(),
    }
}

/// A string, a number or a truth value as a text.
pub(super) fn label(raw: &RawValue, key: &str) -> Result<String, Flaw> {
    match raw.get().as_bytes().first() {
        Some(b'"') => string(raw, key).map(Cow::into_owned),
        Some(b'{' | b'[') | None => Err(kind(key, "a string or a number")),
        _ => Ok(raw.get().to_string()),
    }
}

/// `false` and 0.
pub(super) fn is_off(raw: &RawValue) -> bool {
    matches!(raw.get(), "false" | "0" | "0.0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_and_the_rest_is_left() {
        let mut fields = Fields::parse(r#"{"a": "x\ny", "b": null, "c": [1, 2], "d": 0}"#).unwrap();
        assert_eq!(fields.text("a").unwrap().unwrap(), "x\ny");
        assert!(fields.take("b").is_none() && !fields.has("b"));
        assert_eq!(list(fields.take("c").unwrap(), "c").unwrap().len(), 2);
        assert!(is_off(fields.get("d").unwrap()));
        let mut rest = Vec::new();
        fields.rest("row/", &mut rest);
        assert_eq!(rest, [("row/d".to_string(), Json::parse("0").unwrap())]);
    }

    #[test]
    fn what_is_wrong_is_said_without_a_line_of_the_file() {
        assert_eq!(Fields::parse(r#"{"a": "#).unwrap_err(), Flaw::Json("it is cut at column 6: EOF while parsing a value".into()));
        assert_eq!(Fields::parse("[1]").unwrap_err().to_string(), "not JSON: column 0: invalid type: sequence, expected an object");
    }
}
