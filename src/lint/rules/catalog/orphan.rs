//! C05 `orphan`: No other tool gives or takes anything that this one takes or gives.

use crate::lint::rules::prelude::*;
use std::collections::HashMap;

pub(super) struct Orphan;

static DOC: Doc = Doc {
    name: "orphan",
    code: "C05",
    group: Group::Catalog,
    severity: Info,
    what: "No other tool gives or takes anything that this one takes or gives.",
    why: "It can only be called on its own: no dialogue joins it to others.",
    graph: true,
    bad: r#"- name: roll_dice
  description: Roll some dice.
  parameters: {type: object, properties: {}}
  returns: {type: object, properties: {pips: {type: integer, description: Sum of the pips.}}}
- name: list_bookings
  description: List the bookings of a person.
  parameters:
    type: object
    properties:
      person: {type: string, description: Name of the person.}
  returns: {type: object, properties: {booking_id: {type: string, description: Number of the booking.}}}
- name: cancel_booking
  description: Cancel a booking.
  parameters:
    type: object
    properties:
      booking_id: {type: string, description: Number of the booking.}
    required: [booking_id]
  returns: {type: object, properties: {cancelled: {type: boolean, description: Whether it was cancelled.}}}
"#,
    good: r#"- name: list_bookings
  description: List the bookings of a person.
  parameters:
    type: object
    properties:
      person: {type: string, description: Name of the person.}
  returns: {type: object, properties: {booking_id: {type: string, description: Number of the booking.}}}
- name: cancel_booking
  description: Cancel a booking.
  parameters:
    type: object
    properties:
      booking_id: {type: string, description: Number of the booking.}
    required: [booking_id]
  returns: {type: object, properties: {cancelled: {type: boolean, description: Whether it was cancelled.}}}
"#,
    ..Doc::BLANK
};

impl Rule for Orphan {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn graph(&self, view: &GraphView, out: &mut Out) {
        if view.catalog.tools.len() < 2 {
            return;
        }
        // Names are unique in the catalog.
        let known: HashMap<&str, &ToolView> = view.pairs().map(|(_, tool, seen)| (tool.name.as_str(), seen)).collect();
        for one in view.graph.isolated(view.catalog) {
            if let Some(seen) = known.get(one.tool.as_str()) {
                out.report_at(
                    seen,
                    Place::Tool,
                    format!("`{}` composes with no other tool: {}", clip(&one.tool), one.reason),
                    "name what it shares with others as the others do",
                );
            }
        }
    }
}
