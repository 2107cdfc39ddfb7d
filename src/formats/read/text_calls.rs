//! Calls and tools that stand in a text, for formats that write them there.

use super::{calls, python, tools};
use crate::formats::conversation::{Call, ToolDoc};
use crate::formats::json::Json;
use serde_json::Value;
use std::sync::Arc;

/// One call or a list of them, as JSON or as Python prints it.
pub(in crate::formats) fn of_text(text: &str) -> Option<Vec<Call>> {
    let made = calls::of_text(text).ok()?;
    Some(made.into_iter().map(|made| made.call).collect())
}

/// `[f(a=1), g()]`
pub(in crate::formats) fn python_calls(text: &str) -> Option<Vec<Call>> {
    let call = |(name, arguments): python::Call| Call { name, arguments: Json::of(&Value::Object(arguments)) };
    Some(python::calls(text)?.into_iter().map(call).collect())
}

/// A list of tools, or one after another.
pub(in crate::formats) fn tools_of_text(text: &str) -> Option<Vec<Arc<ToolDoc>>> {
    tools::text(text, tools::Dialect::Schema).ok().filter(|tools| !tools.is_empty())
}
