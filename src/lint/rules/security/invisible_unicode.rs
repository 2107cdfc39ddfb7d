//! X03 `invisible-unicode`: A text has characters that nobody sees: zero-width, bidirectional, tags, control characters.

use crate::catalog::read::invisible;
use crate::lint::rules::prelude::*;

pub(super) struct InvisibleUnicode;

static DOC: Doc = Doc {
    name: "invisible-unicode",
    code: "X03",
    group: Group::Security,
    severity: Error,
    what: "A text has characters that nobody sees: zero-width, bidirectional, tags, control characters.",
    why: "They carry orders past a person who reads the text, make two names look the same, and break parsers.",
    bad: r#"- name: get_weather
  description: "Get the weather\u200B of a city.\u202E"
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

impl Rule for InvisibleUnicode {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn text(&self, text: &Text, out: &mut Out) {
        if let Some(points) = hidden(text.text) {
            out.report(
                text.place(),
                format!("{} has characters that nobody sees: {points}", text.called()),
                "write the text anew with visible characters only",
            );
        }
    }
}

/// The code points that nobody sees; line breaks, and the joiners and selectors that belong to an emoji, are in order.
fn hidden(text: &str) -> Option<String> {
    if text.is_ascii() && !text.chars().any(|c| c.is_control()) {
        return None;
    }
    let (mut kept, mut before) = (String::new(), ' ');
    for c in text.chars() {
        let of_emoji = matches!(c, '\u{FE0F}' | '\u{FE0E}' | '\u{200D}') && is_symbol(before);
        if !matches!(c, '\n' | '\r' | '\t') && !of_emoji {
            kept.push(c);
        }
        before = c;
    }
    invisible(&kept)
}

fn is_symbol(c: char) -> bool {
    matches!(c as u32, 0x2190..=0x2BFF | 0x1F000..=0x1FAFF | 0x3030 | 0x303D | 0xFE0F | 0x23 | 0x2A | 0x30..=0x39)
}
