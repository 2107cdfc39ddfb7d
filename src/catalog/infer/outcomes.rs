//! Results of tools that change something: what was made or changed, and what became of it.

use super::effects::made;
use super::lexicon;
use super::returns::{Known, identify};
use super::shape::{Shape, fixed};
use super::vocabulary::is_attribute;
use crate::value::{SemType, english};

pub(super) fn create<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
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

pub(super) fn update<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
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

pub(super) fn gone<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    identify(known, &mut shape, 3);
    let done = known.intent.verb.map_or("deleted".to_owned(), |verb| english::participle(verb.said));
    shape.add("status", fixed(if done == "canceled" { "cancelled" } else { &done }));
    shape
}

pub(super) fn send<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    let sent = known.intent.entity.as_deref().filter(|entity| lexicon::thing(entity).is_some()).unwrap_or("message");
    shape.id(sent);
    for leaf in known.parameters.iter().filter(|leaf| leaf.required && is_attribute(leaf) && leaf.sem != SemType::Text).take(2) {
        shape.echo(leaf);
    }
    shape.add("status", fixed("sent"));
    shape.field("sent_at");
    shape
}

pub(super) fn control<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
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
