//! D03 `desc-tautology`: The description repeats the name and adds nothing.

use crate::lint::rules::prelude::*;
use crate::lint::words::{says_only, stems};

pub(super) struct DescTautology;

static DOC: Doc = Doc {
    name: "desc-tautology",
    code: "D03",
    group: Group::Descriptions,
    severity: Warning,
    what: "The description repeats the name and adds nothing.",
    why: "It costs tokens and does not help to choose.",
    bad: r#"- name: get_user_profile
  description: Gets the user profile.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: get_user_profile
  description: Get a user's name, photo and time zone; for the signed-in user, too.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for DescTautology {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        // A text this long says more than a name.
        if tool.description.len() > 160 {
            return;
        }
        if says_only(tool.description, &stems(tool.name)) == (true, true) {
            out.report(
                Place::Description,
                format!("\"{}\" says no more than the name", clip(tool.description)),
                "add what comes back, and how this tool differs from its neighbours",
            );
        }
    }
}
