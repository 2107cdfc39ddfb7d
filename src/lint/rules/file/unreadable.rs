//! F01 `unreadable`: A file cannot be read as a catalog: it is missing, malformed, too large, in another encoding, or in no known format.

use crate::lint::rules::prelude::*;

pub(in crate::lint) struct Unreadable;

static DOC: Doc = Doc {
    name: "unreadable",
    code: "F01",
    group: Group::File,
    severity: Error,
    what: "A file cannot be read as a catalog: it is missing, malformed, too large, in another encoding, or in no known format.",
    why: "Nothing in it can be used.",
    bad: r#"name: cities
tools: [
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for Unreadable {
    fn doc(&self) -> &'static Doc {
        &DOC
    }
}

/// Findings of this rule come from reading, before there is anything to look at.
pub(in crate::lint) static RULE: Unreadable = Unreadable;
