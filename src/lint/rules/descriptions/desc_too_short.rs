//! D02 `desc-too-short`: The description of a tool has fewer than four words.

use crate::lint::rules::prelude::*;
use crate::lint::words::written_words;

pub(super) struct DescTooShort;

static DOC: Doc = Doc {
    name: "desc-too-short",
    code: "D02",
    group: Group::Descriptions,
    severity: Warning,
    what: "The description of a tool has fewer than four words.",
    why: "So few words rarely tell one tool from its neighbours, nor when it should not be used.",
    bad: r#"- name: switch_branch
  description: Switches branches
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: switch_branch
  description: Switch the working tree to another branch.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for DescTooShort {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let count = written_words(tool.description).take(LEAST).count();
        if (1..LEAST).contains(&count) {
            let message =
                format!("the description \"{}\" has {count} {}", clip(tool.description), if count == 1 { "word" } else { "words" });
            out.report(Place::Description, message, "say what it does to what, what comes back, and when to use it");
        }
    }
}

const LEAST: usize = 4;
