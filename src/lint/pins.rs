//! What tools were when somebody read and approved them.

use super::view::ToolView;
use super::{Checked, Settings};
use crate::error::{Fault, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// BLAKE3 of what a model is told of a tool.
pub fn hash(tool: &ToolView) -> String {
    of(tool.name, tool.description, tool.raw)
}

fn of(name: &str, description: &str, parameters: &Value) -> String {
    let told = json!([name, description, parameters]).to_string();
    blake3::hash(told.as_bytes()).to_hex()[..32].to_owned()
}

/// The pins of all tools that were checked, as they are written to a file.
pub fn write(checked: &Checked) -> String {
    let tools = checked.files.iter().flat_map(|file| file.tools.iter().map(move |tool| (file, tool)));
    let pin = |(file, tool): (_, &'_ crate::catalog::SurveyedTool)| {
        tool.name.as_str().map(|name| (name.to_owned(), of(name, &tool.description, tool.parameters(file))))
    };
    let pins: BTreeMap<String, String> = tools.filter_map(pin).collect();
    format!("{}\n", serde_json::to_string_pretty(&json!({"version": 1, "tools": pins})).unwrap_or_default())
}

impl Settings {
    /// Reads the pins that [`write`] wrote.
    pub fn read_pins(&mut self, path: &Path) -> Result<()> {
        let cure = "name a file that `--write-pins` wrote";
        let text = std::fs::read_to_string(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), cure))?;
        let value: Value = serde_json::from_str(&text).map_err(|error| Fault::new(path, format!("no pins: {error}"), cure))?;
        let Some(tools) = value.get("tools").and_then(Value::as_object) else { return Err(Fault::new(path, "no pins in it", cure).into()) };
        self.pins = tools.iter().filter_map(|(name, hash)| Some((name.clone(), hash.as_str()?.to_owned()))).collect();
        Ok(())
    }
}
