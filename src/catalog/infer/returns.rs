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

use super::effects::made;
use super::intent::Intent;
use super::leaves::{Kind, kind};
use super::lexicon;
use super::prose;
use super::shape::{Shape, fixed, list};
use super::verbs::Act;
use super::vocabulary::{Vocabulary, is_attribute};
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
        Act::Create => create(known, shape),
        Act::Update => update(known, shape),
        Act::Delete => gone(known, shape),
        Act::Cancel => gone(known, shape),
        Act::Send => send(known, shape),
        Act::Compute => compute(known, shape),
        Act::Check => check(known, shape),
        Act::Control => control(known, shape),
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
        if let Some((name, schema)) = filtered(leaf) {
            if !shape.has_like(&name) {
                shape.add(&name, schema);
            }
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
fn identify(known: &Known<'_>, shape: &mut Shape<'_>, most: usize) {
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

fn get<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
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

fn create<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    let made = made(known.intent).unwrap_or_else(|| "item".to_owned());
    shape.id(&made);
    let given = known.parameters.iter().filter(|leaf| leaf.pointer.matches('/').count() == 1 && leaf.required && !leaf.phrase.silent);
    for leaf in given.filter(|leaf| !matches!(leaf.sem, SemType::Text | SemType::Bool | SemType::Query) || is_attribute(leaf)).take(5) {
        shape.echo(leaf);
    }
    settled(&made, &mut shape);
    shape
}

/// What the system settles when something is made: state, code, total, link.
fn settled(made: &str, shape: &mut Shape<'_>) {
    const SETTLED: &[&str] = &["status", "confirmation_code", "tracking_number", "total", "waiting_time", "fare", "url", "monthly_payment"];
    let fields = lexicon::thing(made).map(|thing| thing.fields.as_slice()).unwrap_or_default();
    for (name, schema) in fields.iter().filter(|(name, _)| SETTLED.contains(&name.as_str())) {
        if !shape.has_like(name) {
            shape.add(name, schema.clone());
        }
    }
    if !shape.has_like("status") {
        shape.add("created_at", lexicon::field("created_at"));
    }
}

fn update<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    identify(known, &mut shape, 2);
    for leaf in known.parameters.iter().filter(|leaf| is_attribute(leaf) && leaf.sem != SemType::Text).take(4) {
        shape.echo(leaf);
    }
    let done = known.intent.verb.map_or("updated".to_owned(), |verb| english::participle(verb.said));
    shape.add("status", fixed(&done));
    if shape.has_like("status") {
        shape.field("updated_at");
    }
    shape
}

fn gone<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    identify(known, &mut shape, 3);
    let done = known.intent.verb.map_or("deleted".to_owned(), |verb| english::participle(verb.said));
    shape.add("status", fixed(if done == "canceled" { "cancelled" } else { &done }));
    shape
}

fn send<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    let sent = known.intent.entity.as_deref().filter(|entity| lexicon::thing(entity).is_some()).unwrap_or("message");
    shape.id(sent);
    for leaf in known.parameters.iter().filter(|leaf| leaf.required && is_attribute(leaf) && leaf.sem != SemType::Text).take(2) {
        shape.echo(leaf);
    }
    shape.add("status", fixed("sent"));
    shape.field("sent_at");
    shape
}

/// Results of a computation that are no number: name endings and what they look like.
const WORDS_OUT: &[(&str, &str)] = &[
    ("translate", "translated_text"),
    ("answer", "answer"),
    ("summarize", "summary"),
    ("generate", "text"),
    ("transcribe", "text"),
    ("rewrite", "text"),
    ("paraphrase", "text"),
    ("encode", "encoded"),
    ("decode", "decoded"),
    ("encrypt", "encrypted"),
    ("decrypt", "decrypted"),
    ("hash", "hash"),
    ("parse", "result_text"),
    ("format", "formatted"),
    ("plot", "url"),
    ("draw", "url"),
    ("render", "url"),
    ("resize", "url"),
    ("crop", "url"),
    ("rotate", "url"),
    ("combine", "url"),
    ("colorize", "url"),
    ("compress", "path"),
    ("synthesize", "url"),
    ("proofread", "text"),
    ("classify", "category"),
    ("identify", "name"),
    ("recognize", "name"),
    ("diagnose", "diagnosis"),
    ("detect", "result_text"),
    ("analyze", "summary"),
    ("compare", "summary"),
    ("process", "result_text"),
    ("transform", "result_text"),
    ("sort", "sorted"),
    ("model", "summary"),
    ("simulate", "summary"),
];

fn compute<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    let intent = known.intent;
    let lemma = intent.verb.map_or("calculate", |verb| verb.lemma);
    let noun = result_noun(intent);
    let gives_thing = intent
        .entity
        .as_deref()
        .filter(|entity| lexicon::thing(entity).is_some() && matches!(lemma, "generate" | "predict" | "estimate" | "forecast"));
    if let Some(entity) = gives_thing {
        identify(known, &mut shape, 2);
        shape.thing(entity, 5);
        return shape;
    }
    match WORDS_OUT.iter().find(|(verb, _)| *verb == lemma) {
        Some((_, name)) if *name == "sorted" => shape.add("sorted", list(json!({"type": "string"}))),
        Some((_, name)) => {
            shape.add(name, if *name == "category" || *name == "name" { json!({"type": "string"}) } else { lexicon::field(name) })
        }
        None => match noun {
            Some(noun) => {
                let schema = if gives_number(known, lemma) { number(&noun) } else { lexicon::field(&noun) };
                shape.add(&noun, schema);
            }
            None => shape.add("result", lexicon::field("result")),
        },
    }
    for leaf in known.parameters.iter().filter(|leaf| matches!(leaf.sem, SemType::Currency | SemType::Unit | SemType::Language)).take(2) {
        shape.echo(leaf);
    }
    shape
}

/// What a computation gives, as a field name: `tip` for "calculate the tip".
fn result_noun(intent: &Intent) -> Option<String> {
    let words: Vec<String> = intent.object.noun.to_lowercase().split([' ', '-']).map(str::to_owned).collect();
    let is_plain = words.iter().all(|word| word.chars().all(|c| c.is_ascii_alphabetic()));
    (is_plain && (1..=4).contains(&words.len()) && words[0].len() > 1).then(|| words.join("_"))
}

/// Whether a computation ends in a number: by its verb, or because it takes some.
fn gives_number(known: &Known<'_>, lemma: &str) -> bool {
    let is_number = |leaf: &Leaf| matches!(kind(&leaf.schema), Kind::Number | Kind::Integer);
    matches!(lemma, "calculate" | "compute" | "count" | "measure" | "sum" | "subtract" | "multiply" | "divide" | "estimate" | "quantify")
        || known.parameters.iter().any(is_number)
}

/// A number that means what its name says.
fn number(name: &str) -> Value {
    let usual = lexicon::field(name);
    if usual.get("type").is_some_and(|kind| kind == "string") && usual.get("format").is_none() {
        return json!({"type": "number", "minimum": 1, "maximum": 1000});
    }
    usual
}

fn check<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    let intent = known.intent;
    let lemma = intent.verb.map_or("check", |verb| verb.lemma);
    let asks = known.description.to_lowercase();
    let is_yes_no = matches!(lemma, "is" | "has" | "can" | "are" | "does") || asks.contains(" if ") || asks.contains("whether");
    match (lemma, intent.aspect.as_deref(), intent.entity.as_deref()) {
        ("verify" | "validate" | "authenticate", ..) => {
            identify(known, &mut shape, 2);
            shape.field("valid");
        }
        (_, Some("availability"), _) => return get(known, shape),
        _ if is_yes_no => {
            identify(known, &mut shape, 2);
            let name = super::words::written_words(known.name).join("_");
            let name = name
                .strip_prefix("check_")
                .map(|rest| if rest.starts_with("is_") { rest.to_owned() } else { format!("is_{rest}") })
                .unwrap_or(name);
            let is_plain = name.len() <= 24 && (name.starts_with("is_") || name.starts_with("has_") || name.starts_with("can_"));
            shape.add(if is_plain { &name } else { "result" }, json!({"type": "boolean"}));
        }
        (_, Some(_), _) | (_, None, Some(_)) => return get(known, shape),
        _ => shape.field("valid"),
    }
    shape
}

fn control<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    identify(known, &mut shape, 3);
    let said = known.intent.verb.map_or("run", |verb| verb.said);
    let state = match (said, known.intent.particle.as_deref()) {
        ("play", _) => "playing".to_owned(),
        ("open", _) => "open".to_owned(),
        ("run", _) => "completed".to_owned(),
        ("turn" | "switch", Some(particle)) => particle.to_owned(),
        ("log", particle) => format!("logged {}", particle.unwrap_or("in")),
        (verb, _) => english::participle(verb),
    };
    shape.add("status", fixed(&state));
    shape
}

fn plural(entity: &str) -> String {
    english::plural(&entity.replace('_', " ")).replace(' ', "_")
}
