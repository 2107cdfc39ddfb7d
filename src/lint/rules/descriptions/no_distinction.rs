//! D13 `no-distinction`: Two tools of one list are described nearly alike, and neither says how it differs.

use crate::lint::rules::catalog::near;
use crate::lint::rules::prelude::*;

pub(super) struct NoDistinction;

static DOC: Doc = Doc {
    name: "no-distinction",
    code: "D13",
    group: Group::Descriptions,
    severity: Info,
    what: "Two tools of one list are described nearly alike, and neither says how it differs.",
    why: "This is where models take the wrong tool: the words that would decide are missing.",
    bad: r#"- name: find_hotels
  description: Find rooms in a city for some nights at a good price.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_rooms
  description: Find good rooms in a city for a few nights by price.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: find_hotels
  description: Find hotels in a city. To see the rooms of one hotel use search_rooms.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_rooms
  description: List the free rooms of one hotel with their prices.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for NoDistinction {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn prepare(&self, world: &World) {
        near::prepare(world);
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for (a, b, likeness) in near::pairs(world, 0.65) {
            if likeness >= 0.8 || tells(a, b) || tells(b, a) {
                continue;
            }
            let message = format!("`{}` and `{}` are described nearly alike, and neither says how it differs", clip(a.name), clip(b.name));
            out.report_at(b, Place::Description, message, format!("say when to use `{}` instead", clip(a.name)));
        }
    }
}

/// One description names the other tool, or says what it is not for.
fn tells(one: &ToolView, other: &ToolView) -> bool {
    let text = one.description.to_lowercase();
    let words = ["instead", "unlike", "in contrast", "rather than", "not for", "only for", "differs", "whereas"];
    text.contains(&other.name.to_lowercase()) || words.iter().any(|word| text.contains(word))
}
