//! What a tool does to the world, from its verb and the things that it takes and is about; and the errors it can answer with.

use super::intent::Intent;
use super::verbs::Act;
use crate::catalog::{Effects, ErrorCase, ErrorCode, Leaf, Origin};
use crate::value::{SemType, english};

/// Things that a person makes by booking or scheduling them: booking an appointment creates the appointment.
const DEALS: &[&str] = &[
    "appointment",
    "booking",
    "reservation",
    "ticket",
    "table",
    "ride",
    "order",
    "trip",
    "meeting",
    "event",
    "payment",
    "subscription",
    "session",
    "transfer",
    "rental",
    "visit",
    "delivery",
    "consultation",
    "tour",
    "account",
    "class",
    "lesson",
    "claim",
    "transaction",
    "cab",
    "taxi",
    "invoice",
];

/// The effects of a tool that declares none.
pub fn effects(intent: &Intent, parameters: &[Leaf]) -> Effects {
    let mut effects = Effects { origin: Origin::Inferred, ..Effects::default() };
    let taken: Vec<String> = parameters.iter().filter(|leaf| leaf.sem == SemType::Id).filter_map(|leaf| leaf.entity.clone()).collect();
    let subject = intent.entity.clone();
    match intent.act() {
        Act::Find | Act::Get | Act::Check => effects.reads.extend(subject),
        Act::Create => effects.creates.extend(made(intent)),
        Act::Send => effects.creates.extend(subject.or_else(|| Some("message".to_owned()))),
        Act::Update => effects.updates.extend(subject.or_else(|| taken.first().cloned())),
        Act::Delete | Act::Cancel => effects.deletes.extend(subject.or_else(|| taken.first().cloned())),
        Act::Control => effects.updates.extend(subject.filter(|entity| taken.contains(entity))),
        Act::Compute => {}
    }
    for entity in taken {
        let is_known = [&effects.creates, &effects.reads, &effects.updates, &effects.deletes].iter().any(|list| list.contains(&entity));
        if !is_known {
            effects.reads.push(entity);
        }
    }
    effects.errors = errors(intent, parameters);
    effects
}

/// The thing that a creating tool makes: `booking` for "book a hotel", the object for "create a user".
pub(super) fn made(intent: &Intent) -> Option<String> {
    let makes = intent.verb.and_then(|verb| verb.makes);
    match (&intent.entity, makes) {
        (Some(entity), Some(makes)) if !is_deal(entity) => Some(makes.to_owned()),
        (None, makes) => makes.map(str::to_owned),
        (entity, _) => entity.clone(),
    }
}

fn is_deal(entity: &str) -> bool {
    entity.rsplit('_').next().is_some_and(|last| DEALS.contains(&last))
}

/// Errors that fit the parameters: nothing with that ID, a value out of bounds, not allowed, in the way, not there.
fn errors(intent: &Intent, parameters: &[Leaf]) -> Vec<ErrorCase> {
    let act = intent.act();
    let mut errors = Vec::new();
    let mut add = |code, message: String| errors.push(ErrorCase { code, message });
    let thing = |leaf: &Leaf| leaf.entity.as_deref().unwrap_or("entry").replace('_', " ");
    if let Some(id) = parameters
        .iter()
        .find(|leaf| leaf.sem == SemType::Id && leaf.required)
        .or_else(|| parameters.iter().find(|leaf| leaf.sem == SemType::Id))
    {
        let thing = thing(id);
        add(
            ErrorCode::NotFound,
            vary(&[format!("No {thing} was found with that ID."), format!("There is no {thing} with that ID.")], &intent.object.noun),
        );
    } else if act == Act::Find {
        let things = intent.entity.as_deref().map_or_else(|| "results".to_owned(), |entity| english::plural(&entity.replace('_', " ")));
        add(
            ErrorCode::NotFound,
            vary(&[format!("No {things} match this search."), format!("No {things} were found.")], &intent.object.noun),
        );
    }
    if let Some(bounded) = parameters.iter().find(|leaf| is_checkable(leaf)) {
        add(ErrorCode::InvalidValue, invalid(bounded));
    }
    match act {
        Act::Create if parameters.iter().any(|leaf| matches!(leaf.sem, SemType::Date | SemType::Time | SemType::Datetime)) => {
            add(ErrorCode::Conflict, "That time is no longer available.".to_owned());
        }
        Act::Create if parameters.iter().any(|leaf| matches!(leaf.sem, SemType::Title | SemType::Email | SemType::Path)) => {
            let made = made(intent).unwrap_or_else(|| "entry".to_owned()).replace('_', " ");
            add(ErrorCode::Conflict, format!("{} like that already exists.", capital(&english::a_an(&made))));
        }
        Act::Update | Act::Delete | Act::Cancel => {
            let thing = intent.entity.as_deref().unwrap_or("entry").replace('_', " ");
            let done = intent.verb.map_or_else(|| "changed".to_owned(), |verb| english::participle(verb.said));
            add(ErrorCode::PermissionDenied, format!("This {thing} cannot be {done} from your account."));
        }
        Act::Compute => return errors,
        _ => {}
    }
    add(
        ErrorCode::Unavailable,
        vary(
            &[
                "The service is not responding right now.",
                "The service is temporarily unavailable.",
                "The request timed out on the server.",
            ]
            .map(str::to_owned),
            &intent.object.noun,
        ),
    );
    errors
}

/// Whether a value of it can be wrong in a way that a person understands.
fn is_checkable(leaf: &Leaf) -> bool {
    matches!(
        leaf.sem,
        SemType::Date
            | SemType::Time
            | SemType::Datetime
            | SemType::Email
            | SemType::Currency
            | SemType::Money
            | SemType::Count
            | SemType::CountPeople
            | SemType::Quantity
    ) && !leaf.phrase.silent
}

fn invalid(leaf: &Leaf) -> String {
    let noun = &leaf.phrase.noun;
    match leaf.sem {
        SemType::Date | SemType::Datetime => format!("The {noun} cannot be used: it is too far away or already past."),
        SemType::Money | SemType::Count | SemType::CountPeople | SemType::Quantity => format!("The {noun} is out of range."),
        _ => format!("The {noun} is not valid."),
    }
}

/// One of several ways to say it, fixed by a word so that it never changes for one tool.
fn vary(ways: &[String], by: &str) -> String {
    let pick = by.bytes().map(usize::from).sum::<usize>() % ways.len().max(1);
    ways.get(pick).cloned().unwrap_or_default()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
