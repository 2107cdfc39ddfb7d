//! C01 `near-duplicate`: Two tools of one list have nearly the same words in their descriptions: four fifths of all stems are shared.

use super::near;
use crate::lint::rules::prelude::*;

pub(super) struct NearDuplicate;

static DOC: Doc = Doc {
    name: "near-duplicate",
    code: "C01",
    group: Group::Catalog,
    severity: Info,
    what: "Two tools of one list have nearly the same words in their descriptions: four fifths of all stems are shared.",
    why: "A model takes one for the other, and a test set with both has two right answers.",
    bad: r#"- name: list_files
  description: List the files of a folder with their size in bytes.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: show_files
  description: List all files of the folder with size in bytes.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: list_files
  description: List the files of a folder with their size in bytes.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: read_file
  description: Read one text file from its first line to its last.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for NearDuplicate {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn prepare(&self, world: &World) {
        near::prepare(world);
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for (first, second, likeness) in near::pairs(world, 0.8) {
            let message = format!(
                "`{}` and `{}` have {:.0}% of the words of their descriptions in common",
                clip(second.name),
                clip(first.name),
                likeness * 100.0
            );
            out.report_at(second, Place::Description, message, "say in both what only this one does, or offer one of them");
        }
    }
}
