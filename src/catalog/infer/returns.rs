//! The shape of a result that its author did not declare.
//!
//! Prose ("Returns a list of hotels with their ids and prices") comes first; what it leaves open, and everything else, follows
//! from what the tool does:
//!
//! | act | result |
//! |---|---|
//! | find | a list of the things, each with its id, its name and what such things have |
//! | get | id and fields of the thing, or the side of it that was asked for, beside what identified it |
//! | create | id of what was made, its state, and what it was made of |
//! | update, delete, cancel | what identified the thing, and what became of it |
//! | send | id of the message, to whom, its state |
//! | compute | the result, named by its noun and typed by its meaning |
//! | check | a yes or no, named after what was checked |
//! | control | what was controlled, and its state now |
//!
//! Fields come from the lexicon of things, from parameters of the same tool (what can be filtered by is an attribute), and from
//! parameters with which other tools of the domain make or change such a thing. Identifiers are called and typed as the domain's
//! other tools call and type them. The root is always an object, and every property is required.

use super::intent::Intent;
use super::leaves::{Kind, kind};
use super::lexicon;
use super::shape::{Shape, list};
use super::verbs::Act;
use super::vocabulary::{Vocabulary, is_attribute};
use super::{computed, outcomes, prose};
use crate::catalog::{Leaf, Origin};
use crate::value::{SemType, english};
use serde_json::{Value, json};

/// What is known of a tool when its result is inferred.
pub struct Known<'a> {
    pub name: &'a str,
    pub description: &'a str,
    /// Prose about the result, where the source keeps it apart.
    pub prose: Option<&'a str>,
    pub intent: &'a Intent,
    pub parameters: &'a [Leaf],
    pub vocabulary: &'a Vocabulary,
}

/// A JSON Schema with an object at the root, and where it is from.
pub fn infer(known: &Known<'_>) -> (Value, Origin) {
    let told = known.prose.and_then(prose::read_result).or_else(|| prose::read_description(known.description));
    let shape = Shape::new(known.vocabulary, known.parameters);
    match &told {
        Some(told) => (prose::shape(told, known, shape), Origin::Prose),
        None => (by_act(known, shape), Origin::Inferred),
    }
}

/// The shape that follows from what the tool does.
pub(super) fn by_act(known: &Known<'_>, shape: Shape<'_>) -> Value {
    match known.intent.act() {
        Act::Find => find(known, shape),
        Act::Get => get(known, shape),
        Act::Create => outcomes::create(known, shape),
        Act::Update => outcomes::update(known, shape),
        Act::Delete => outcomes::gone(known, shape),
        Act::Cancel => outcomes::gone(known, shape),
        Act::Send => outcomes::send(known, shape),
        Act::Compute => computed::compute(known, shape),
        Act::Check => computed::check(known, shape),
        Act::Control => outcomes::control(known, shape),
    }
    .close()
}

fn entity<'a>(known: &'a Known<'_>) -> &'a str {
    known.intent.entity.as_deref().unwrap_or("item")
}

fn find<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    let entity = entity(known);
    let is_number = |leaf: &Leaf| matches!(kind(&leaf.schema), Kind::Number | Kind::Integer);
    if !is_known(known, entity)
        && !known.parameters.is_empty()
        && known.parameters.iter().all(|leaf| is_number(leaf) && leaf.sem != SemType::Id)
    {
        // `get_prime_factors(number)`: numbers out of numbers.
        shape.add(&plural(entity), list(json!({"type": "integer", "minimum": 1, "maximum": 1000})));
        return shape;
    }
    let items = item(known, entity, &[], shape.inner());
    shape.add(&plural(entity), list(items));
    shape
}

/// One thing in a list: id, naming field, what such things have, and what they can be filtered by; `first` comes first.
pub(super) fn item(known: &Known<'_>, entity: &str, first: &[String], mut shape: Shape<'_>) -> Value {
    if is_known(known, entity) {
        shape.id(entity);
    }
    for field in first {
        if !shape.has_like(field) {
            shape.field(field);
        }
    }
    shape.thing(entity, 6);
    for leaf in known.parameters.iter().filter(|leaf| is_attribute(leaf)) {
        if let Some((name, schema)) = filtered(leaf)
            && !shape.has_like(&name)
        {
            shape.add(&name, schema);
        }
    }
    shape.close()
}

/// The attribute that a filter speaks of: `max_price` of `price`; what is searched for or sorted by is none.
fn filtered(leaf: &Leaf) -> Option<(String, Value)> {
    use SemType::*;
    if matches!(leaf.sem, Query | Text | Number | Code | City | Date | Time | Count | CountPeople | Unit | Language | Latitude | Longitude)
    {
        return None;
    }
    let words = super::words::words(&leaf.name);
    let at = words
        .iter()
        .position(|word| !matches!(word.as_str(), "maximum" | "minimum" | "from" | "to" | "preferred" | "target" | "filter" | "by"))?;
    let name = words[at..].join("_");
    let schema = if at == 0 { super::vocabulary::bare(&leaf.schema) } else { lexicon::field(&name) };
    Some((name, schema))
}

/// Whether such things are in the lexicon, or have identifiers that other tools take.
fn is_known(known: &Known<'_>, entity: &str) -> bool {
    lexicon::thing(entity).is_some() || known.vocabulary.known_entity(entity).is_some()
}

/// What identified the thing, as it was given: identifiers, else the first required values.
pub(super) fn identify(known: &Known<'_>, shape: &mut Shape<'_>, most: usize) {
    let at_root = |leaf: &&Leaf| leaf.pointer.matches('/').count() == 1 && !leaf.phrase.silent;
    let ids: Vec<&Leaf> = known.parameters.iter().filter(at_root).filter(|leaf| leaf.sem == SemType::Id).collect();
    let plain = known
        .parameters
        .iter()
        .filter(at_root)
        .filter(|leaf| leaf.required && !matches!(leaf.sem, SemType::Id | SemType::Text | SemType::Query | SemType::Bool));
    let mut found = ids.into_iter().chain(plain).take(most).peekable();
    if found.peek().is_none() {
        // Nothing is required: the first value that says something.
        known.parameters.iter().find(|leaf| is_attribute(leaf)).into_iter().for_each(|leaf| shape.echo(leaf));
    }
    for leaf in found {
        shape.echo(leaf);
    }
}

pub(super) fn get<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    let entity = entity(known);
    let aspect = known.intent.aspect.as_deref();
    let compound =
        aspect.map(|aspect| format!("{entity}_{aspect}")).filter(|name| lexicon::thing(name).is_some_and(|thing| thing.name == *name));
    match (aspect, compound) {
        (Some("availability"), _) => {
            identify(known, &mut shape, 4);
            shape.field("available");
        }
        (Some("id"), _) => {
            identify(known, &mut shape, 2);
            shape.id(entity);
        }
        (Some(_), Some(compound)) => {
            identify(known, &mut shape, 2);
            shape.thing(&compound, 4);
        }
        (Some(aspect), None) => {
            identify(known, &mut shape, 3);
            shape.add(aspect, side(entity, aspect));
        }
        (None, _) if is_quantity(entity) => {
            identify(known, &mut shape, 3);
            shape.add(entity, lexicon::field(entity));
        }
        (None, _) if !is_known(known, entity) && known.intent.entity.is_some() && !asks_for_all(known) => {
            identify(known, &mut shape, 3);
            shape.add(entity, lexicon::field(entity));
        }
        (None, _) => {
            if is_kept(known, entity) {
                shape.id(entity);
            }
            identify(known, &mut shape, 3);
            shape.thing(entity, 7);
        }
    }
    shape
}

/// Whether "information" or "details" was asked for, not a single value.
fn asks_for_all(known: &Known<'_>) -> bool {
    let noun = &known.intent.object.noun;
    ["information", "details", "info", "data", "profile", "overview"].iter().any(|word| noun.ends_with(word))
}

/// The look of one side of a thing: its own rule in the lexicon, else the field's.
fn side(entity: &str, aspect: &str) -> Value {
    let own = lexicon::thing(entity).and_then(|thing| thing.fields.iter().find(|(name, _)| name == aspect));
    own.map_or_else(|| lexicon::field(aspect), |(_, schema)| schema.clone())
}

/// Whether what the tool is about is itself a value (`temperature`, `mortgage payment`), not a thing that has some.
fn is_quantity(entity: &str) -> bool {
    let last = entity.rsplit('_').next().unwrap_or(entity);
    lexicon::thing(entity).is_none() && lexicon::knows_field(last)
}

/// Whether such things are kept under identifiers: weather and rates are not.
fn is_kept(known: &Known<'_>, entity: &str) -> bool {
    const FLEETING: &[&str] = &[
        "weather",
        "forecast",
        "air_quality",
        "exchange_rate",
        "time",
        "timezone",
        "nutrition",
        "location",
        "currency",
        "price",
        "standing",
        "definition",
        "translation",
        "synonym",
        "market",
        "sleep",
        "password",
        "fact",
        "joke",
        "quote",
        "route",
        "holiday",
        "stock",
        "cryptocurrency",
        "city",
        "country",
    ];
    let takes_it = known.parameters.iter().any(|leaf| leaf.sem == SemType::Id && leaf.entity.as_deref() == Some(entity));
    let thing = lexicon::thing(entity);
    !takes_it
        && thing.is_none_or(|thing| !FLEETING.contains(&thing.name.as_str()))
        && known.vocabulary.known_entity(entity).is_some() | thing.is_some()
}

fn plural(entity: &str) -> String {
    english::plural(&entity.replace('_', " ")).replace(' ', "_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::build::{build, build_all};
    use crate::catalog::{RawTool, Tool};

    fn raw(name: &str, description: &str, properties: Value) -> RawTool {
        let required: Vec<String> = properties.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
        let parameters = json!({"type": "object", "properties": properties, "required": required});
        RawTool { name: name.to_owned(), description: description.to_owned(), domain: "shop".to_owned(), parameters, ..RawTool::default() }
    }

    fn fields(tool: &Tool) -> Vec<String> {
        tool.returns.fields.iter().map(|leaf| leaf.pointer.clone()).collect()
    }

    fn built(name: &str, description: &str, properties: Value) -> Vec<String> {
        build(raw(name, description, properties)).map(|tool| fields(&tool)).unwrap_or_default()
    }

    #[test]
    fn a_search_gives_a_list_of_things_with_ids() {
        let found = built("search_hotels", "Find hotels in a city.", json!({"city": {"type": "string"}, "max_price": {"type": "number"}}));
        assert_eq!(found[..3], ["/hotels/*/hotel_id", "/hotels/*/name", "/hotels/*/city"]);
        assert!(found.contains(&"/hotels/*/price_per_night".to_owned()), "{found:?}");
    }

    #[test]
    fn what_is_made_has_an_id_a_state_and_what_it_was_made_of() {
        let made =
            built("book_hotel", "Book a hotel.", json!({"hotel_id": {"type": "string"}, "check_in": {"type": "string", "format": "date"}}));
        assert_eq!(made, ["/booking_id", "/hotel_id", "/check_in", "/confirmation_code", "/status", "/total"]);
    }

    #[test]
    fn what_is_gone_says_so() {
        let tool = build(raw("cancel_order", "Cancel an order.", json!({"order_id": {"type": "string"}})));
        let schema = tool.map(|tool| tool.returns.schema).unwrap_or_default();
        assert_eq!(schema["properties"]["status"], json!({"type": "string", "enum": ["cancelled"]}));
        assert_eq!(schema["properties"]["order_id"], json!({"type": "string"}));
    }

    #[test]
    fn results_are_named_and_typed_by_their_noun() {
        for (name, description, properties, expected) in [
            ("calculate_tip", "Calculate the tip for a bill.", json!({"bill": {"type": "number"}}), "/tip"),
            ("get_order_status", "Get the status of an order.", json!({"order_id": {"type": "string"}}), "/status"),
            ("check_availability", "Check the availability of a room.", json!({"room_id": {"type": "string"}}), "/available"),
            ("translate_text", "Translate a text.", json!({"text": {"type": "string"}}), "/translated_text"),
            ("is_prime", "Check if a number is prime.", json!({"number": {"type": "integer"}}), "/is_prime"),
            ("send_message", "Send a message.", json!({"to": {"type": "string"}, "text": {"type": "string"}}), "/message_id"),
        ] {
            let found = built(name, description, properties);
            assert!(found.contains(&expected.to_owned()), "{name}: {found:?}");
        }
    }

    #[test]
    fn prose_comes_first_and_is_marked() {
        let tool = build(raw("flights", "Searches. Returns a list of flights with flight numbers, airlines and prices.", json!({})));
        let (origin, found) = tool.map(|tool| (tool.returns.origin, fields(&tool))).unwrap_or_default();
        assert_eq!(origin, Origin::Prose);
        assert_eq!(found[..4], ["/flights/*/flight_id", "/flights/*/flight_number", "/flights/*/airline", "/flights/*/price"]);
    }

    #[test]
    fn identifiers_are_called_and_typed_as_the_domain_takes_them() {
        let (tools, _) = build_all(vec![
            raw("listPets", "List all pets.", json!({})),
            raw("getPet", "Get a pet.", json!({"petId": {"type": "integer", "minimum": 1}})),
        ]);
        let items = &tools[0].returns.schema["properties"]["pets"]["items"]["properties"];
        assert_eq!(items["petId"], json!({"type": "integer", "minimum": 1}));
    }

    #[test]
    fn a_declared_result_without_a_shape_counts_as_absent() {
        let shapeless = RawTool {
            returns: Some(json!({"type": "object"})),
            ..raw("get_weather", "Get the weather.", json!({"city": {"type": "string"}}))
        };
        let origin = build(shapeless).map(|tool| tool.returns.origin).ok();
        assert_eq!(origin, Some(Origin::Inferred));
        let list = RawTool { returns: Some(json!({"type": "array", "items": {"type": "string"}})), ..raw("tags", "", json!({})) };
        let tool = build(list).map(|tool| (tool.returns.origin, fields(&tool))).ok();
        assert_eq!(tool, Some((Origin::Declared, vec!["/*".to_owned()])));
    }
}
