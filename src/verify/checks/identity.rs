//! ## What it does
//! An identifier must come from something that is of the kind asked for, and from the newest result of its kind unless the user names an
//! older one.
//! ## Why it is bad
//! Identifiers look alike: a stale one passes every schema.
//! ## Example
//! After a second search, the booking uses an id of the first.

use super::Check;
use crate::catalog::{Leaf, ToolClass};
use crate::dialogue::{Provenance, pattern};
use crate::value::SemType;
use crate::verify::Findings;
use crate::verify::scene::{Made, Scene, item_of};

pub(super) struct Identity;

impl Check for Identity {
    fn name(&self) -> &'static str {
        "identity"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        undone_twice(scene, out);
        for made in &scene.calls {
            for arg in &made.args {
                let Some((call, pointer)) = arg.source.and_then(Provenance::result) else { continue };
                let Some(from) = scene.made(call).filter(|from| from.turn < made.turn) else { continue };
                if let (Some(leaf), Some(fact)) = (made.leaf(arg), from.fact(pointer))
                    && let Some(field) = from.field(fact)
                    && leaf.sem == SemType::Id
                    && !same_kind(leaf, field)
                    && let Some(better) = producer(scene, made, leaf)
                {
                    out.add(
                        made.turn,
                        format!(
                            "{} of call {} is the {} of another kind of thing; {better} gives one of the right kind",
                            arg.pointer, made.call.id, field.name
                        ),
                    );
                }
                if let Some(newer) = newer(scene, made, from, pointer) {
                    out.add(
                        made.turn,
                        format!("{} of call {} is from call {call}, but call {newer} answers the same since", arg.pointer, made.call.id),
                    );
                }
            }
        }
    }
}

/// One identifier cannot be that of two things of different kinds, both of which are taken back.
fn undone_twice(scene: &Scene, out: &mut Findings) {
    let undone: Vec<&Made> =
        scene.calls.iter().filter(|made| made.known.is_some_and(|known| known.tool.phrase.class == ToolClass::Undo)).collect();
    let ids = |made: &Made| made.args.iter().filter(|arg| made.sem(arg) == SemType::Id).map(|arg| arg.value.clone()).collect::<Vec<_>>();
    for (at, made) in undone.iter().enumerate() {
        for other in &undone[..at] {
            let heads =
                made.known.zip(other.known).is_some_and(|(one, two)| one.name() != two.name() && one.sense.object != two.sense.object);
            if let Some(id) = ids(made).into_iter().find(|id| heads && ids(other).contains(id)) {
                out.add(made.turn, format!("{id} is taken back as two different things by calls {} and {}", other.call.id, made.call.id));
            }
        }
    }
}

fn same_kind(leaf: &Leaf, field: &Leaf) -> bool {
    let entities = match (&leaf.entity, &field.entity) {
        (Some(a), Some(b)) => a == b || a.contains(b.as_str()) || b.contains(a.as_str()),
        _ => true,
    };
    entities || leaf.name == field.name || leaf.name.contains(&field.name) || field.name.contains(&leaf.name)
}

/// An earlier result that has an identifier of the right kind.
fn producer(scene: &Scene, made: &Made, leaf: &Leaf) -> Option<String> {
    scene.calls.iter().filter(|other| other.turn < made.turn && !other.failed()).find_map(|other| {
        let fits =
            |field: &Leaf| field.sem == SemType::Id && (field.name == leaf.name || (field.entity.is_some() && field.entity == leaf.entity));
        other
            .facts
            .iter()
            .filter_map(|fact| other.field(fact))
            .find(|field| fits(field))
            .map(|field| format!("`{}` of call {}", field.name, other.call.id))
    })
}

/// A later call of the same tool, in a later turn, that gave another value in the same place, while the user named nothing older.
fn newer(scene: &Scene, made: &Made, from: &Made, pointer: &str) -> Option<usize> {
    let place = pattern(pointer);
    let value = &from.fact(pointer)?.value;
    let newer = scene.calls.iter().rev().find(|other| {
        other.turn < made.turn
            && other.user > from.user
            && other.call.tool == from.call.tool
            && !other.failed()
            && other.facts.iter().any(|fact| pattern(&fact.pointer) == place)
            && !other.facts.iter().any(|fact| pattern(&fact.pointer) == place && fact.value == *value)
    })?;
    let named = |turn: usize| {
        from.facts
            .iter()
            .filter(|fact| item_of(&fact.pointer).map(|(_, item)| item) == item_of(pointer).map(|(_, item)| item))
            .filter(|fact| fact.value.as_str().is_some_and(|said| said.len() >= 3))
            .any(|fact| !scene.find(turn, fact.value, from.field(fact)).is_empty())
    };
    let since = scene.users_before(made.turn).take_while(|turn| *turn > newer.turn).any(named);
    (!since).then_some(newer.call.id)
}
