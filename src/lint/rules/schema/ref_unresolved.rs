//! S18 `ref-unresolved`: A `$ref` leads nowhere, to another file or server, or back to itself.

use super::references;
use crate::catalog::read::{code, is_plain};
use crate::lint::rules::prelude::*;

pub(super) struct RefUnresolved;

static DOC: Doc = Doc {
    name: "ref-unresolved",
    code: "S18",
    group: Group::Schema,
    severity: Error,
    refused_by: &[Target::OpenAi, Target::OpenAiStrict, Target::Gemini],
    what: "A `$ref` leads nowhere, to another file or server, or back to itself.",
    why: "Nothing is fetched here, nor by providers: the part of the schema behind it does not exist.",
    bad: r##"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {$ref: "#/$defs/City"}
"##,
    good: r##"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    $defs: {City: {type: string, description: Name of the city.}}
    properties:
      city: {$ref: "#/$defs/City"}
"##,
    ..Doc::BLANK
};

impl Rule for RefUnresolved {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        // A schema that is valid at a glance has no references.
        if !tool.source.is_refused() && is_plain(tool.raw) {
            return;
        }
        let Err(skipped) = tool.outcome() else { return };
        let reference = code(&skipped.reason);
        if reference.starts_with("ref-") {
            let text = skipped.reason.split_once(": ").map_or("", |(_, text)| text);
            let place = references::place(tool, text).unwrap_or(Place::Tool);
            out.report(place, text, skipped.cure.clone());
        }
    }
}
