//! Calls as others write them, with arguments as an object or as a text that holds one.

use super::builder::Made;
use super::fields::{Fields, kind, label, list, string};
use super::python;
use crate::formats::conversation::{Call, Flaw};
use crate::formats::json::Json;
use serde_json::Value;
use serde_json::value::RawValue;

/// The column `tool_calls`.
pub(super) fn of_list(raw: &RawValue) -> Result<Vec<Made>, Flaw> {
    list(raw, "tool_calls")?.into_iter().map(of_object).collect()
}

/// A text that holds one call or a list of them.
pub(super) fn of_text(text: &str) -> Result<Vec<Made>, Flaw> {
    let text = text.trim();
    let raw: &RawValue = match serde_json::from_str(text) {
        Ok(raw) => raw,
        Err(_) => return of_python(text),
    };
    match raw.get().starts_with('[') {
        true => of_list(raw),
        false => Ok(vec![of_object(raw)?]),
    }
}

/// What Python prints for a call.
fn of_python(text: &str) -> Result<Vec<Made>, Flaw> {
    let unread = || Flaw::Call(shortened(text));
    let value = python::literal(text).ok_or_else(unread)?;
    let raw = RawValue::from_string(value.to_string()).map_err(|_| unread())?;
    match value {
        Value::Array(_) => of_list(&raw),
        _ => Ok(vec![of_object(&raw)?]),
    }
}

pub(super) fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("`{}…`", &text[..at]),
        None => format!("`{text}`"),
    }
}

/// `{"name", "arguments"}`, in `function` or bare.
pub(super) fn of_object(raw: &RawValue) -> Result<Made, Flaw> {
    let mut fields = Fields::of(raw, "tool_calls").map_err(|_| Flaw::Call(shortened(raw.get())))?;
    let id = fields.take("id").map(|id| label(id, "tool_calls/id")).transpose()?;
    let mut inner = match fields.get("function") {
        Some(function) => Fields::of(function, "tool_calls/function")?,
        None => fields,
    };
    let name = inner.text("name")?.ok_or(Flaw::Missing("tool_calls/name"))?.into_owned();
    let arguments = arguments(&name, inner.take_any(&["arguments", "parameters"]))?;
    Ok(Made { id, call: Call { name, arguments } })
}

/// An object, or a text that holds one; nothing is no arguments.
pub(super) fn arguments(name: &str, raw: Option<&RawValue>) -> Result<Json, Flaw> {
    let wrong = || Flaw::Arguments(name.to_string());
    let json = match raw {
        None => return Ok(Json::of(&Value::Object(Default::default()))),
        Some(raw) if raw.get().starts_with('"') => {
            let text = string(raw, "arguments")?;
            match text.trim() {
                "" => return arguments(name, None),
                text => Json::parse(text).map_err(|_| wrong())?,
            }
        }
        Some(raw) => Json::raw(raw),
    };
    if json.is_object() { Ok(json) } else { Err(wrong()) }
}

/// A call that was read as a name and a tree.
pub(super) fn made(name: String, arguments: &Value) -> Made {
    Made { id: None, call: Call { name, arguments: Json::of(arguments) } }
}

/// A key of a row that must be text.
pub(super) fn needed<'a>(row: &mut Fields<'a>, key: &'static str) -> Result<std::borrow::Cow<'a, str>, Flaw> {
    match row.take(key) {
        Some(raw) if raw.get().starts_with('"') => string(raw, key),
        Some(_) => Err(kind(key, "a string")),
        None => Err(Flaw::Missing(key)),
    }
}
