//! X02 `suspicious-word`: A description has a word that attacks like to use: ignore, disregard, crucial, important.

use crate::lint::rules::prelude::*;
use crate::lint::words::written_words;

pub(super) struct SuspiciousWord;

static DOC: Doc = Doc {
    name: "suspicious-word",
    code: "X02",
    group: Group::Security,
    severity: Info,
    what: "A description has a word that attacks like to use: ignore, disregard, crucial, important.",
    why: "Mostly it is harmless, so it is never more than an information; read the sentence once.",
    bad: r#"- name: get_weather
  description: Get the weather of a city. It is crucial to give the country as well.
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

impl Rule for SuspiciousWord {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn text(&self, text: &Text, out: &mut Out) {
        if text.kind != TextKind::Description {
            return;
        }
        let suspicious = |word: &str| SUSPICIOUS.into_iter().find(|one| one.eq_ignore_ascii_case(word));
        if let Some(word) = written_words(text.text).find_map(suspicious) {
            out.report(
                text.place(),
                format!("the description has the word \"{word}\" in it"),
                "read the sentence; if it speaks to the user of the tool, all is well",
            );
        }
    }
}

const SUSPICIOUS: [&str; 6] = ["ignore", "disregard", "crucial", "important", "importantly", "urgent"];
