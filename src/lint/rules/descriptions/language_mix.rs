//! D18 `language-mix`: A text is not in English, in a catalog that is.

use super::prose::foreign;
use crate::lint::rules::prelude::*;

pub(super) struct LanguageMix;

static DOC: Doc = Doc {
    name: "language-mix",
    code: "D18",
    group: Group::Descriptions,
    severity: Info,
    what: "A text is not in English, in a catalog that is.",
    why: "Names and descriptions in several languages make models answer in the wrong one.",
    bad: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: get_population
  description: Obtiene la población de una ciudad para el año que se indica.
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
- name: get_population
  description: Get the population of a city in a year.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    texts: true,
    ..Doc::BLANK
};

impl Rule for LanguageMix {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn text(&self, text: &Text, out: &mut Out) {
        if !matches!(text.kind, TextKind::Description | TextKind::Prose | TextKind::Name | TextKind::Key) {
            return;
        }
        // Names of plain letters have too few words to tell.
        if matches!(text.kind, TextKind::Name | TextKind::Key) && text.text.is_ascii() {
            return;
        }
        if let Some(language) = foreign(text.text) {
            out.report(
                text.place(),
                format!("{} is in {language}: {}", text.called(), clip(text.text)),
                "write all of a catalog in one language",
            );
        }
    }
}
