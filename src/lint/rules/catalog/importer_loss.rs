//! C08 `importer-loss`: Something that the author wrote is lost when the file is read: a result whose schema cannot be used, an extension that cannot be read, a file in a text.

use crate::catalog::read::{code, is_plain};
use crate::lint::rules::prelude::*;

pub(super) struct ImporterLoss;

static DOC: Doc = Doc {
    name: "importer-loss",
    code: "C08",
    group: Group::Catalog,
    severity: Error,
    what: "Something that the author wrote is lost when the file is read: a result whose schema cannot be used, an extension that cannot be read, a file in a text.",
    why: "What is lost is not there for dialogues, nor for anybody else who reads the file.",
    bad: r##"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {$ref: "#/$defs/Nowhere"}}}
"##,
    good: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
"#,
    ..Doc::BLANK
};

impl Rule for ImporterLoss {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        // A result that is valid at a glance is used, unless it is larger than any that people write.
        let sure = tool.raw_returns.is_none_or(|returns| is_plain(returns) && is_small(returns, 50, &mut 100_000));
        if tool.source.told.is_empty() && sure {
            return;
        }
        for note in tool.notes() {
            if ["returns-unusable", "extension-invalid"].contains(&code(&note.message)) {
                let text = note.message.split_once(": ").map_or("", |(_, text)| text);
                out.report(Place::Tool, clip_long(text), "mend it, or take it out");
            }
        }
    }
}

/// At most so deep, and with so many bytes in its texts and keys: written as JSON, where a byte can take six, far below what is refused.
fn is_small(value: &Value, depth: usize, rest: &mut usize) -> bool {
    match value {
        _ if depth == 0 => false,
        Value::String(text) => spend(rest, text.len()),
        Value::Array(items) => spend(rest, 1) && items.iter().all(|item| is_small(item, depth - 1, rest)),
        Value::Object(map) => spend(rest, 1) && map.iter().all(|(key, value)| spend(rest, key.len()) && is_small(value, depth - 1, rest)),
        _ => spend(rest, 4),
    }
}

fn spend(rest: &mut usize, bytes: usize) -> bool {
    let left = rest.checked_sub(bytes + 1);
    *rest = left.unwrap_or(0);
    left.is_some()
}

fn clip_long(text: &str) -> String {
    if text.chars().count() > 160 { format!("{}…", text.chars().take(159).collect::<String>()) } else { text.to_owned() }
}
