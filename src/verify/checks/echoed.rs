//! ## What it does
//! Results must agree with what is known: a field that repeats an argument has its value, and what two results say of the same thing is
//! the same unless something was done to it in between.
//! ## Why it is bad
//! The model would learn from a world that contradicts itself, and the user would be told one of two truths.
//! ## Example
//! A search for flights to Porto answered with `"destination": "Lisbon"`.

use super::Check;
use crate::catalog::Origin;
use crate::dialogue::pattern;
use crate::value::{self, SemType};
use crate::verify::Findings;
use crate::verify::scene::{Arg, Fact, Made, Scene, item_of};
use rustc_hash::FxHashMap;
use serde_json::Value;

pub(super) struct Echoed;

impl Check for Echoed {
    fn name(&self) -> &'static str {
        "echoed"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for made in scene.calls.iter().filter(|made| !made.failed()) {
            for fact in &made.facts {
                if let Some(said) = contradicts(made, fact) {
                    out.add(
                        made.turn + 1,
                        format!("{} of the result of call {} is {}, but the call says {said}", fact.pointer, made.call.id, fact.value),
                    );
                }
            }
        }
        one_world(scene, out);
    }
}

/// The argument that a field of the result repeats with another value.
fn contradicts<'m>(made: &'m Made, fact: &Fact) -> Option<&'m Value> {
    let field = made.field(fact)?;
    let listed = item_of(&fact.pointer).is_some();
    let echo = |sem: SemType| {
        use SemType::*;
        // Of the items that a search finds, only what was asked for as it is.
        !listed || matches!(sem, City | Country | Enum | Category | Airport | Date)
    };
    made.args.iter().find_map(|arg| {
        let leaf = made.leaf(arg)?;
        // A name cannot stand where the schema wants a code.
        if leaf.schema.get("pattern") != field.schema.get("pattern") {
            return None;
        }
        let kinds = ["type", "enum"];
        if kinds.iter().any(|key| leaf.schema.get(key) != field.schema.get(key))
            && (listed || leaf.schema.get("type") != field.schema.get("type"))
        {
            return None;
        }
        let same = leaf.name == field.name && leaf.sem == field.sem && !leaf.pointer.contains('*') && echo(leaf.sem);
        (same && !value::same(arg.value, fact.value, field.sem)).then_some(arg.value)
    })
}

/// What results say of one thing, by its identifier.
fn one_world(scene: &Scene, out: &mut Findings) {
    // Kind of identifier, identifier and field with its moment: value, call.
    let mut known: FxHashMap<(String, String, String), (&Value, usize)> = FxHashMap::default();
    // What we made up about the shape of a result proves nothing about the world.
    let declared = |made: &&Made| made.known.is_some_and(|known| known.tool.returns.origin == Origin::Declared);
    for made in scene.calls.iter().filter(|made| !made.failed()).filter(declared) {
        if made.known.is_some_and(|tool| tool.acts()) {
            let touched: Vec<&str> = identifiers(made).collect();
            known.retain(|(_, of, _), _| !touched.contains(&of.as_str()));
        }
        for fact in &made.facts {
            let Some(field) = made.field(fact).filter(|field| field.sem != SemType::Id) else { continue };
            // What repeats an argument is of the call, not of the thing.
            let repeats = made.args.iter().any(|arg| made.leaf(arg).is_some_and(|leaf| leaf.name == field.name));
            if repeats || pattern(&fact.pointer).ends_with("/*") {
                continue;
            }
            let Some((kind, id)) = owner(made, fact) else { continue };
            let key = (kind, id.clone(), format!("{}{}", field.name, moments(made, fact)));
            match known.get(&key) {
                Some((value, call)) if !value::same(value, fact.value, field.sem) => out.add(
                    made.turn + 1,
                    format!(
                        "{} of the result of call {} is {}, but call {call} gave {value} for {id}",
                        fact.pointer, made.call.id, fact.value
                    ),
                ),
                Some(_) => {}
                None => {
                    known.insert(key, (fact.value, made.call.id));
                }
            }
        }
    }
}

/// The things that a call has to do with: those that it is given and those that it gives beside them.
fn identifiers<'m>(made: &'m Made) -> impl Iterator<Item = &'m str> {
    let given = made.args.iter().filter(|arg| made.sem(arg) == SemType::Id).map(|arg| arg.value);
    let got = made.facts.iter().filter(|fact| made.field(fact).is_some_and(|field| field.sem == SemType::Id)).map(|fact| fact.value);
    given.chain(got).filter_map(Value::as_str)
}

/// The moments for which a call asks: the weather of one place is another one every day.
fn moments(made: &Made, fact: &Fact) -> String {
    if item_of(&fact.pointer).is_some() {
        return String::new();
    }
    let when = |arg: &&Arg| matches!(made.sem(arg), SemType::Date | SemType::Time | SemType::Datetime);
    made.args.iter().filter(when).map(|arg| format!(" {}", arg.value)).collect()
}

/// Name and value of the identifier of the object that a fact lies in: the first one beside it. Beside an `id` of its own the others
/// are of the things that it belongs to.
fn owner(made: &Made, fact: &Fact) -> Option<(String, String)> {
    let parent = fact.pointer.rsplit_once('/')?.0;
    let beside = |other: &&Fact| other.pointer.rsplit_once('/').is_some_and(|(of, _)| of == parent);
    let mut ids = made.facts.iter().filter(beside).filter_map(|other| Some((made.field(other)?, other)));
    let mut ids = ids.by_ref().filter(|(field, _)| field.sem == SemType::Id).peekable();
    let first = ids.peek().copied();
    if ids.any(|(field, _)| field.name == "id") {
        return None;
    }
    let (field, other) = first?;
    Some((field.name.clone(), other.value.as_str()?.to_string()))
}
