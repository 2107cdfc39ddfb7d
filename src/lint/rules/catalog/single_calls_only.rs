//! C14 `single-calls-only`: A tool can only be called alone or again with other arguments; no walk joins it to another tool.

use super::motifs;
use crate::lint::rules::prelude::*;

pub(super) struct SingleCallsOnly;

static DOC: Doc = Doc {
    name: "single-calls-only",
    code: "C14",
    group: Group::Catalog,
    severity: Info,
    what: "A tool can only be called alone or again with other arguments; no walk joins it to another tool.",
    why: "Dialogues with it stay short: the motifs that make them long need a tool before or behind it.",
    graph: true,
    bad: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
- name: roll_dice
  description: Roll some dice.
  parameters:
    type: object
    properties:
      pips: {type: integer, description: Pips on a die.}
    required: [pips]
  returns: {type: object, properties: {sum: {type: integer, description: Sum of the pips.}}}
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

impl Rule for SingleCallsOnly {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn graph(&self, view: &GraphView, out: &mut Out) {
        if view.catalog.tools.len() < 2 {
            return;
        }
        let motifs = motifs::of(view.walker, view.catalog.tools.len());
        for (_, tool, seen) in
            view.pairs().filter(|(index, _, _)| !motifs[*index].is_empty() && motifs[*index].iter().all(|motif| !motif.joins()))
        {
            let message = format!("`{}` takes part in single calls only, in no chain and no fan", clip(&tool.name));
            out.report_at(seen, Place::Tool, message, "declare its result, and name its parameters as other tools name what they give");
        }
    }
}
