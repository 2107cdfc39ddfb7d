//! D17 `placeholder-text`: A description is a placeholder: TODO, lorem ipsum, "description here".

use crate::lint::rules::prelude::*;
use regex::Regex;
use std::sync::LazyLock;

pub(super) struct PlaceholderText;

static DOC: Doc = Doc {
    name: "placeholder-text",
    code: "D17",
    group: Group::Descriptions,
    severity: Warning,
    what: "A description is a placeholder: TODO, lorem ipsum, \"description here\".",
    why: "It was forgotten, and it is sent to the model with every request.",
    bad: r#"- name: get_weather
  description: "TODO: describe this tool"
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    texts: true,
    ..Doc::BLANK
};

impl Rule for PlaceholderText {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn text(&self, text: &Text, out: &mut Out) {
        if !matches!(text.kind, TextKind::Description | TextKind::Prose) {
            return;
        }
        if let Some(found) = PLACEHOLDER.find(text.text) {
            out.report(text.place(), format!("{} is a placeholder: {}", text.called(), clip(found.as_str())), "write what it stands for");
        }
    }
}

#[expect(clippy::expect_used, reason = "the pattern is part of the program, and a test runs it")]
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\W*(?:TODO|FIXME|TBD|XXX)\b.{0,40}|\b(?:TODO|FIXME|TBD)\s*:.{0,40}|(?i:lorem ipsum|\bdescription (?:goes )?here\b|^\W*(?:add|insert|your) (?:a )?description\b|^\W*placeholder\W*$|^\W*(?:no description|n/?a|none|null|undefined)\W*$|^<[a-z _]*description[a-z _]*>$|^\W*(?:asdf|foo|bar|blah)\W*$)",
    )
    .expect("a pattern")
});
