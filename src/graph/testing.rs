//! Small tools made by hand, and a stand-in for the encoder, for the tests of this folder.

use super::words::words;
use crate::catalog::{Catalog, Effects, Leaf, LeafPhrase, Origin, Position, Returns, Tool, ToolClass, ToolPhrase};
use crate::value::SemType;
use serde_json::{Value, json};

pub(super) fn leaf(pointer: &str, schema: Value, sem: SemType) -> Leaf {
    let name = pointer.split('/').rfind(|part| *part != "*").unwrap_or_default().to_owned();
    let description = schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
    Leaf {
        pointer: pointer.into(),
        name,
        schema,
        description,
        required: true,
        sem,
        entity: None,
        phrase: LeafPhrase { noun: "thing".into(), ..LeafPhrase::default() },
    }
}

/// A string leaf with a description.
pub(super) fn text(pointer: &str, sem: SemType, description: &str) -> Leaf {
    leaf(pointer, json!({"type": "string", "description": description}), sem)
}

/// An identifier of an entity.
pub(super) fn id(pointer: &str, entity: &str) -> Leaf {
    Leaf { entity: Some(entity.into()), ..leaf(pointer, json!({"type": "string"}), SemType::Id) }
}

pub(super) fn tool(name: &str, description: &str, class: ToolClass, parameters: Vec<Leaf>, fields: Vec<Leaf>) -> Tool {
    Tool {
        name: name.into(),
        description: description.into(),
        domain: "test".into(),
        schema: json!({"type": "object"}),
        parameters,
        returns: Returns { schema: json!({"type": "object"}), origin: Origin::Declared, fields },
        effects: Effects::default(),
        phrase: ToolPhrase { class, object: words(name).last().cloned().unwrap_or_default(), ..ToolPhrase::default() },
        nl: None,
        at: Position::default(),
    }
}

/// Hotels and flights: a search that gives ids, acts that need them, a cancellation.
pub(super) fn travel() -> Catalog {
    use ToolClass::{Do, Find, Lookup, Undo};
    let mut tools = vec![
        tool(
            "search_hotels",
            "Find hotels in a city.",
            Find,
            vec![text("/city", SemType::City, "City to stay in.")],
            vec![id("/hotels/*/hotel_id", "hotel"), text("/hotels/*/name", SemType::Title, "Hotel name.")],
        ),
        tool(
            "book_hotel",
            "Book a hotel room.",
            Do,
            vec![
                Leaf { description: "The hotel, from search_hotels.".into(), ..id("/hotel_id", "hotel") },
                text("/check_in", SemType::Date, "First night."),
            ],
            vec![id("/booking_id", "booking"), id("/hotel_id", "hotel")],
        ),
        tool("cancel_booking", "Cancel a hotel booking.", Undo, vec![id("/booking_id", "booking")], vec![id("/booking_id", "booking")]),
        tool(
            "search_flights",
            "Find flights to a city on a day.",
            Find,
            vec![text("/city", SemType::City, "City to fly to."), text("/day", SemType::Date, "Day of departure.")],
            vec![id("/flights/*/flight_id", "flight"), text("/flights/*/departure", SemType::Datetime, "Departure.")],
        ),
        tool(
            "get_flight",
            "Get one flight.",
            Lookup,
            vec![id("/flight_id", "flight")],
            vec![text("/status", SemType::Category, "Status.")],
        ),
    ];
    tools[1].effects.creates = vec!["booking".into()];
    tools[2].effects.deletes = vec!["booking".into()];
    Catalog { tools, ..Catalog::default() }
}

/// Words hashed into a unit vector: similar words, similar vectors, nothing more.
pub(super) fn hashed(text: &str) -> [f32; 128] {
    let mut out = [0.0f32; 128];
    for word in words(text) {
        out[(xxhash_rust::xxh3::xxh3_64(word.as_bytes()) % 128) as usize] += 1.0;
    }
    let norm = out.iter().map(|x| x * x).sum::<f32>().sqrt();
    if norm > 0.0 {
        out.iter_mut().for_each(|x| *x /= norm);
    }
    out
}
