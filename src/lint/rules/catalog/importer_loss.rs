//! C08 `importer-loss`: Something that the author wrote is lost when the file is read: a result whose schema cannot be used, an extension that cannot be read, a file in a text.

use crate::catalog::read::code;
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
        for note in &tool.source.notes {
            if ["returns-unusable", "extension-invalid"].contains(&code(&note.message)) {
                let text = note.message.split_once(": ").map_or("", |(_, text)| text);
                out.report(Place::Tool, clip_long(text), "mend it, or take it out");
            }
        }
    }
}

fn clip_long(text: &str) -> String {
    if text.chars().count() > 160 { format!("{}…", text.chars().take(159).collect::<String>()) } else { text.to_owned() }
}
