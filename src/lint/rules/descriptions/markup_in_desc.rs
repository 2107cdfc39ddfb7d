//! D12 `markup-in-desc`: A description has HTML tags or code in it.

use crate::lint::rules::prelude::*;
use regex::Regex;
use std::sync::LazyLock;

pub(super) struct MarkupInDesc;

static DOC: Doc = Doc {
    name: "markup-in-desc",
    code: "D12",
    group: Group::Descriptions,
    severity: Info,
    what: "A description has HTML tags or code in it.",
    why: "Models read it as text: the tags are noise, and code that looks executable is a risk wherever the text is shown.",
    bad: r#"- name: get_weather
  description: "Get the <b>weather</b> of a city.<br/>Use the <a href='x'>code</a>."
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

impl Rule for MarkupInDesc {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn text(&self, text: &Text, out: &mut Out) {
        if !matches!(text.kind, TextKind::Description | TextKind::Prose) {
            return;
        }
        if let Some(found) = MARKUP.find(text.text) {
            out.report(text.place(), format!("{} has markup in it: {}", text.called(), clip(found.as_str())), "write plain text");
        }
    }
}

#[expect(clippy::expect_used, reason = "the pattern is part of the program, and a test runs it")]
static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)</?(?:a|b|i|p|br|hr|ul|ol|li|em|strong|code|pre|div|span|img|table|t[rdh]|h[1-6]|script|style|iframe|font)(?:\s[^<>]*)?/?>|\beval\(|javascript:").expect("a pattern")
});
