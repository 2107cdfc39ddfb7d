//! F02 `unknown-suppression`: `x-lint` names a rule or a level that does not exist.

use crate::lint::levels::beside;
use crate::lint::rules;
use crate::lint::rules::prelude::*;
use crate::lint::words::nearest;

pub(super) struct UnknownSuppression;

static DOC: Doc = Doc {
    name: "unknown-suppression",
    code: "F02",
    group: Group::File,
    severity: Warning,
    what: "`x-lint` names a rule or a level that does not exist.",
    why: "It suppresses nothing, and whoever wrote it thinks that it does.",
    bad: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  x-lint: [desc-to-short]
"#,
    good: r#"- name: get_weather
  description: Weather.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  x-lint: [desc-too-short]
"#,
    ..Doc::BLANK
};

impl Rule for UnknownSuppression {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let unknown = tool.document.get("x-lint").map(beside).unwrap_or_default().1;
        if let Some(word) = unknown.first() {
            let near = nearest(word, rules::all().iter().map(|rule| rule.doc().name));
            let help = near.map_or_else(
                || "see `walktalk explain` for the rules; levels are off, info, warning and error".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            out.report(
                Place::Document(format!("{}/x-lint", tool.source.pointer)),
                format!("`x-lint` names `{}`, which is no rule", clip(word)),
                help,
            );
        }
    }
}
