//! Success in part: of several things that a call names, some are done and some are not.

use super::arguments::{Argument, Arguments};
use super::maker::Maker;
use super::recipe::{Field, Grain, List, Recipe, Shape};
use crate::value::english::{singular, words_of_identifier};
use serde_json::{Map, Value};

/// Names of lists of what was not done, and words for an item's failure.
const UNDONE: &[&str] = &[
    "failed",
    "failure",
    "failures",
    "errors",
    "error",
    "skipped",
    "rejected",
    "missing",
    "invalid",
    "unavailable",
    "declined",
    "refused",
    "not",
];
/// Flags of an item that was done.
const DONE: &[&str] =
    &["success", "successful", "ok", "done", "added", "removed", "sent", "updated", "created", "deleted", "found", "accepted", "invited"];

/// How a result can say that one of several things was not done.
enum Way<'a> {
    /// A field of each item.
    Item { list: &'a List, mark: &'a Grain },
    /// One list for what was done, another for what was not.
    Lists { done: Option<&'a List>, undone: &'a List },
}

/// Whether the result of a call can be divided.
pub(super) fn divides(recipe: &Recipe, arguments: &Arguments) -> bool {
    several(arguments).any(|argument| way(recipe, argument).is_some())
}

/// Divides the result: of *n* things, one in three was not done, at least one and not all.
pub(super) fn divide(recipe: &Recipe, arguments: &Arguments, value: &mut Value) {
    let Some((argument, way)) = several(arguments).find_map(|argument| Some((argument, way(recipe, argument)?))) else { return };
    let Some(asked) = argument.value.as_array() else { return };
    let fails = |at: usize| at % 3 == 1;
    match way {
        Way::Item { list, mark } => {
            let Some(items) = value.pointer_mut(&list.pointer).and_then(Value::as_array_mut) else { return };
            for (_, item) in items.iter_mut().enumerate().filter(|(at, _)| fails(*at)) {
                if let (Some(item), Some(bad)) = (item.as_object_mut(), bad(mark)) {
                    item.insert(mark.name.clone(), bad);
                }
            }
        }
        Way::Lists { done, undone } => {
            let part = |failed: bool| {
                asked.iter().enumerate().filter(|(at, _)| fails(*at) == failed).map(|(_, one)| one.clone()).collect::<Vec<_>>()
            };
            put(value, undone, part(true));
            if let Some(done) = done {
                put(value, done, part(false));
            }
        }
    }
}

/// Lists of at least two among the arguments.
fn several(arguments: &Arguments) -> impl Iterator<Item = &Argument> {
    arguments.all.iter().filter(|argument| !argument.in_list && argument.value.as_array().is_some_and(|items| items.len() > 1))
}

fn way<'a>(recipe: &'a Recipe, argument: &Argument) -> Option<Way<'a>> {
    let Shape::Object(fields) = &recipe.result else { return None };
    if !recipe.acts {
        return None;
    }
    let lists = || fields.iter().filter_map(list);
    let elements = argument.value.as_array()?;
    for list in lists() {
        if let Shape::Object(inner) = list.item.as_ref()
            && elements.first().is_some_and(Value::is_object)
            && same(list, argument)
            && let Some(mark) = inner.iter().find_map(|field| leaf(field).filter(|grain| bad(grain).is_some()))
        {
            return Some(Way::Item { list, mark });
        }
    }
    let holds = |list: &&List| matches!(list.item.as_ref(), Shape::Leaf(grain) if elements.iter().all(|one| grain.admits(one)));
    let undone = lists().filter(holds).find(|list| list.words.iter().any(|word| UNDONE.contains(&word.as_str())))?;
    let done = lists()
        .filter(holds)
        .find(|list| !std::ptr::eq(*list, undone) && (same(list, argument) || list.words.iter().any(|word| DONE.contains(&word.as_str()))));
    Some(Way::Lists { done, undone })
}

fn list(field: &Field) -> Option<&List> {
    match &field.shape {
        Shape::List(list) => Some(list),
        _ => None,
    }
}

fn leaf(field: &Field) -> Option<&Grain> {
    match &field.shape {
        Shape::Leaf(grain) => Some(grain),
        _ => None,
    }
}

fn same(list: &List, argument: &Argument) -> bool {
    let words: Vec<String> = argument.words.iter().map(|word| singular(word)).collect();
    list.words == words
}

/// What an item's field says when it was not done: `failed`, or `false` for `success`.
fn bad(grain: &Grain) -> Option<Value> {
    match &grain.maker {
        Maker::Bool => DONE.iter().any(|word| grain.has(word)).then_some(Value::Bool(false)),
        Maker::Choice(values) => {
            let is_bad = |value: &&Value| {
                let words = value.as_str().map(words_of_identifier).unwrap_or_default();
                words.iter().any(|word| UNDONE.contains(&word.as_str()))
            };
            values.iter().find(is_bad).cloned()
        }
        _ => None,
    }
}

fn put(value: &mut Value, list: &List, items: Vec<Value>) {
    let (parent, name) = list.pointer.rsplit_once('/').unwrap_or_default();
    let at = value.pointer_mut(parent).and_then(Value::as_object_mut);
    let write = |map: &mut Map<String, Value>| map.insert(name.replace("~1", "/").replace("~0", "~"), Value::Array(items));
    at.map(write);
}
