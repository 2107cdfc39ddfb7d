//! JSON text to a value: duplicate keys are errors, and every error has a place.

use super::MAX_DEPTH;
use crate::error::Fault;
use rayon::prelude::*;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Value};
use std::path::Path;

/// One JSON document.
pub(crate) fn parse(file: &Path, text: &str) -> Result<Value, Fault> {
    if let Some(value) = super::pieces::parse(text) {
        return Ok(value);
    }
    serde_json::from_str::<Strict>(text).map(|strict| strict.0).map_err(|error| commented(text, fault(file, &error, 0)))
}

/// Says so where the fault is a comment, which editors allow in JSON.
fn commented(text: &str, fault: Fault) -> Fault {
    let line = text.lines().nth(fault.line.saturating_sub(1) as usize).unwrap_or_default();
    let at = line.as_bytes().get(fault.column.saturating_sub(1) as usize..).unwrap_or_default();
    if !(at.starts_with(b"//") || at.starts_with(b"/*") || at.starts_with(b"#")) {
        return fault;
    }
    let (line, column) = (fault.line, fault.column);
    Fault::new(&fault.file, "not valid JSON: a comment", "take the comment out, or write the file as YAML, which has some").at(line, column)
}

/// One JSON document as a type of our own.
pub(crate) fn parse_as<T: serde::de::DeserializeOwned>(file: &Path, text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| fault(file, &error, 0))
}

/// JSON lines: one value a line, blank lines between them allowed. `None` when the text does not look like that, which is the
/// case when its first line is not a whole JSON object or list, or when it has one line only.
pub(crate) fn parse_lines(file: &Path, text: &str) -> Option<Result<Vec<(u32, Value)>, Fault>> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (_, first) = lines.next()?;
    lines.next()?;
    let first: Strict = serde_json::from_str(first).ok()?;
    if !first.0.is_object() && !first.0.is_array() {
        return None;
    }
    let rows: Vec<(usize, &str)> = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    // The first fault in order, whichever thread finds one first.
    let rows = rows.into_par_iter().map(|(index, line)| {
        let row: Strict = serde_json::from_str(line).map_err(|error| fault(file, &error, index as u32))?;
        Ok((index as u32 + 1, row.0))
    });
    let rows: Vec<Result<(u32, Value), Fault>> = rows.collect();
    Some(rows.into_iter().collect())
}

fn fault(file: &Path, error: &serde_json::Error, lines_before: u32) -> Fault {
    let full = error.to_string();
    let message = full.rsplit_once(" at line ").map_or(full.as_str(), |(message, _)| message);
    let (message, cure) = if message.starts_with("recursion limit") {
        (format!("nested more than {MAX_DEPTH} levels deep"), "flatten the document")
    } else if message.starts_with("duplicate key") {
        (message.to_owned(), "keep one of the two")
    } else if error.is_data() {
        (message.to_owned(), "mend this key")
    } else if error.is_eof() {
        (format!("the JSON ends too early: {message}"), "complete the file")
    } else {
        (format!("not valid JSON: {message}"), "mend the JSON at this place")
    };
    Fault::new(file, message, cure).at(error.line() as u32 + lines_before, error.column() as u32)
}

/// A value whose objects have no key twice.
pub(super) struct Strict(pub(super) Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Strict;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Strict, E> {
        Ok(Strict(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Strict, A::Error> {
        let mut out = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            out.push(item);
        }
        Ok(Strict(out.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Strict, A::Error> {
        let mut out = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            match out.entry(key) {
                Entry::Vacant(entry) => drop(entry.insert(entries.next_value::<Strict>()?.0)),
                Entry::Occupied(entry) => return Err(A::Error::custom(format!("duplicate key `{}`", entry.key()))),
            }
        }
        Ok(Strict(out.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        parse(Path::new("f.json"), text).unwrap_err().to_string()
    }

    #[test]
    fn a_key_given_twice_is_an_error_at_its_second_place() {
        assert_eq!(error("{\"a\": 1,\n \"b\": {\"x\": 1, \"x\": 2}}"), "f.json:2:18: duplicate key `x`; keep one of the two");
    }

    #[test]
    fn a_comment_is_called_by_its_name() {
        let cure = "take the comment out, or write the file as YAML, which has some";
        assert_eq!(error("// tools\n[]"), format!("f.json:1:1: not valid JSON: a comment; {cure}"));
        assert_eq!(error("{\"a\": 1, /* one */\n \"b\": 2}"), format!("f.json:1:10: not valid JSON: a comment; {cure}"));
        assert!(error("{\"a\": /x/}").contains("mend the JSON at this place"));
    }

    #[test]
    fn deep_nesting_is_an_error_and_not_a_stack_overflow() {
        assert!(error(&"[".repeat(10_000)).contains("nested more than 128 levels deep"));
    }

    #[test]
    fn a_broken_line_of_json_lines_is_named_by_its_line_in_the_file() {
        let rows = parse_lines(Path::new("f"), "{\"a\":1}\n\n{\"a\":\n").unwrap();
        assert_eq!(rows.unwrap_err().line, 3);
        assert!(parse_lines(Path::new("f"), "{\n\"a\":1}").is_none(), "an ordinary document is not JSON lines");
    }
}
