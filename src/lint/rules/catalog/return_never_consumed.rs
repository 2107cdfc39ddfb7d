//! C06 `return-never-consumed`: A declared result has identifiers, and no tool takes any of them.

use crate::catalog::Origin;
use crate::graph::RelationKind;
use crate::lint::rules::prelude::*;
use crate::value::SemType;
use crate::value::english::{singular, words_of_identifier};
use std::collections::HashSet;

pub(super) struct ReturnNeverConsumed;

static DOC: Doc = Doc {
    name: "return-never-consumed",
    code: "C06",
    group: Group::Catalog,
    severity: Info,
    what: "A declared result has identifiers, and no tool takes any of them.",
    why: "What is found cannot be used: the tool that would go on from here is missing, or calls the thing otherwise.",
    graph: true,
    bad: r#"- name: list_bookings
  description: List the bookings of a person.
  parameters:
    type: object
    properties:
      person: {type: string, description: Name of the person.}
  returns: {type: object, properties: {booking_id: {type: string, description: Number of the booking.}}}
- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
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
"#,
    ..Doc::BLANK
};

impl Rule for ReturnNeverConsumed {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn graph(&self, view: &GraphView, out: &mut Out) {
        let taken: HashSet<String> = view.catalog.tools.iter().flat_map(|tool| &tool.parameters).map(|leaf| plain(&leaf.name)).collect();
        for (index, tool, seen) in view.pairs() {
            if tool.returns.origin != Origin::Declared {
                continue;
            }
            let ids: Vec<&str> =
                tool.returns.fields.iter().filter(|field| field.sem == SemType::Id).map(|field| field.name.as_str()).collect();
            let edges = view.graph.graph.edges(petgraph::graph::NodeIndex::new(index));
            let consumed = edges.into_iter().any(|edge| edge.weight().kind == RelationKind::Feeds);
            // Whoever gives back what it was given has found nothing.
            let echoes = ids.iter().all(|id| tool.parameters.iter().any(|parameter| parameter.name == *id));
            // A bare `id` is what others call by the name of the thing: `project_id`.
            let named = ids.iter().any(|id| if plain(id) == "id" { of_thing(&tool.name, &taken) } else { taken.contains(&plain(id)) });
            if let Some(id) = ids.first().filter(|_| !consumed && !echoes && !named) {
                let message = format!("`{}` gives `{}`, and no tool takes it", clip(&tool.name), clip(id));
                out.report_at(
                    seen,
                    Place::Returns(String::new()),
                    message,
                    "add the tool that goes on from here, or name the parameter that takes it alike",
                );
            }
        }
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A parameter of some tool is the identifier of a thing that the name of this one has.
fn of_thing(name: &str, taken: &HashSet<String>) -> bool {
    let words: Vec<String> = words_of_identifier(name).iter().map(|word| singular(&word.to_lowercase())).collect();
    let things = (0..words.len()).flat_map(|start| (start + 1..=words.len()).map(move |end| (start, end)));
    things.into_iter().any(|(start, end)| taken.contains(&format!("{}id", words[start..end].concat())))
}
