//! Things live: what was created can be found, what was changed stays changed, what was deleted is gone. For every tool of our catalogs.

use super::testing::*;
use super::*;
use crate::catalog::{Leaf, ToolClass};
use crate::value::SemType;
use serde_json::{Map, json};

/// How identifiers of one kind look: no two kinds of our catalogs have the same pattern.
fn look(leaf: &Leaf) -> Option<&str> {
    leaf.schema.get("pattern").and_then(Value::as_str).filter(|_| leaf.name.ends_with("_id"))
}

/// Lists of a tool whose items have an identifier of this look: the list's name and the identifier's.
fn lists_of<'t>(tool: &'t Tool, wanted: &str) -> Option<(&'t str, &'t str)> {
    let leaf = tool
        .returns
        .fields
        .iter()
        .find(|leaf| leaf.pointer.matches("/*").count() == 1 && look(leaf) == Some(wanted) && leaf.pointer.split('/').count() == 4)?;
    // The first identifier of an item says what the item is.
    let list = leaf.pointer.split('/').nth(1)?;
    let first = tool.returns.fields.iter().find(|other| other.pointer.starts_with(&format!("/{list}/*/")) && look(other).is_some())?;
    (first.name == leaf.name).then_some((list, leaf.name.as_str()))
}

fn parameter<'t>(tool: &'t Tool, wanted: &str) -> Option<&'t Leaf> {
    tool.parameters.iter().find(|leaf| look(leaf) == Some(wanted) && leaf.required)
}

/// Arguments for a reading tool that are about a thing: what is known of it, and for the rest what the schema says by default.
fn about(world: &mut World, tool: &Tool, known: &Map<String, Value>) -> Option<Value> {
    let mut given = json!({});
    for leaf in tool.parameters.iter().filter(|leaf| leaf.required) {
        let name = known
            .iter()
            .find(|(name, _)| **name == leaf.name || look(leaf).is_some() && name.as_str() == leaf.name)
            .map(|(_, value)| value.clone());
        let searches = matches!(leaf.name.as_str(), "query" | "keyword" | "name");
        let value = match name {
            Some(value) => value,
            None if look(leaf).is_some() => return None,
            None if searches => {
                let named = |name: &&String| ["name", "title", "subject", "text"].iter().any(|word| name.ends_with(word));
                known.iter().find(|(name, value)| named(name) && value.is_string()).map(|(_, value)| value.clone())?
            }
            None => world.draw(tool, leaf, &given)?,
        };
        put(&mut given, &leaf.pointer, value);
    }
    for leaf in tool.parameters.iter().filter(|leaf| !leaf.required && leaf.sem == SemType::Enum) {
        let Some(value) = known.get(&leaf.name) else { continue };
        let mut wider = given.clone();
        put(&mut wider, &leaf.pointer, value.clone());
        if world.valid(tool, &wider) {
            given = wider;
        }
    }
    world.valid(tool, &given).then_some(given)
}

fn flat(value: &Value) -> Map<String, Value> {
    let scalars = |map: &Map<String, Value>| {
        map.iter()
            .filter(|(_, value)| !value.is_array() && !value.is_object())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect::<Map<String, Value>>()
    };
    value.as_object().map(scalars).unwrap_or_default()
}

/// What a creating call made: its arguments and its result together, and the look of the new identifier.
fn made<'t>(world: &mut World, tool: &'t Tool) -> Option<(&'t Leaf, Map<String, Value>)> {
    let arguments = arguments(world, tool, |_| false).ok()?;
    let result = world.call(tool, &arguments, &Demand::default()).ok()?;
    let kind = tool.effects.creates.first()?;
    let ids = || {
        tool.returns
            .fields
            .iter()
            .filter(|leaf| look(leaf).is_some() && leaf.pointer.matches('/').count() == 1 && arguments.get(&leaf.name).is_none())
    };
    let last = kind.rsplit('_').next()?;
    let new = ids().find(|leaf| leaf.name.trim_end_matches("_id").ends_with(last)).or_else(|| ids().next())?;
    let mut known = flat(&arguments);
    known.extend(flat(&result));
    Some((new, known))
}

fn items<'a>(result: &'a Value, list: &str) -> &'a [Value] {
    result.get(list).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[test]
fn what_was_created_is_in_the_lists_that_can_have_it() {
    let (mut pairs, mut checks) = (std::collections::BTreeSet::new(), 0);
    for index in 0..6 {
        for creator in OURS.iter().filter(|tool| !tool.effects.creates.is_empty()) {
            for lister in OURS
                .iter()
                .filter(|tool| tool.domain == creator.domain && tool.effects.updates.is_empty() && tool.effects.creates.is_empty())
            {
                let mut world = world(index);
                // What was seen before takes no place away from what is new.
                if index % 2 == 1
                    && let Ok(given) = arguments(&mut world, lister, |_| false)
                {
                    let _ = world.call(lister, &given, &Demand::default());
                }
                let Some((new, mut known)) = made(&mut world, creator) else { continue };
                let Some((list, id)) = look(new).and_then(|look| lists_of(lister, look)) else { continue };
                let own = known[&new.name].clone();
                if new.name != id {
                    known.insert(id.to_owned(), own.clone());
                }
                // Members of things are put into them by a tool of their own; see below.
                if lister.name == "list_group_members" {
                    continue;
                }
                let Some(given) = about(&mut world, lister, &known) else { continue };
                if excluded(&given, &known) {
                    continue;
                }
                let result = world.call(lister, &given, &Demand::default()).unwrap_or_else(|error| panic!("{error}"));
                let item = items(&result, list).iter().find(|item| item[id] == own);
                let item = item.unwrap_or_else(|| panic!("{index}: {} made {own}, {} {given} gives {result}", creator.name, lister.name));
                for (name, value) in flat(item) {
                    // What the list's schema cannot show it does not.
                    let shows = |value: &Value| {
                        lister
                            .returns
                            .fields
                            .iter()
                            .any(|leaf| leaf.pointer == format!("/{list}/*/{name}") && world.fits(&leaf.schema, value))
                    };
                    if let Some(known) = known.get(&name).filter(|known| shows(known)) {
                        assert_eq!(&value, known, "{index}: {name} of {} in {}", creator.name, lister.name);
                        checks += 1;
                    }
                }
                pairs.insert((creator.name.as_str(), lister.name.as_str()));
            }
        }
    }
    println!("{} pairs of tools, {checks} values: {pairs:?}", pairs.len());
    assert!(pairs.len() >= 25, "{pairs:?}");
}

/// Whether an argument that was drawn is against what is known of the thing: another day, another city.
fn excluded(given: &Value, known: &Map<String, Value>) -> bool {
    given.get("due_by").and_then(Value::as_str).is_some_and(|by| known.get("due_date").and_then(Value::as_str).is_some_and(|due| due > by))
        || ["place_list", "date", "city", "since"]
            .iter()
            .any(|name| given.get(*name).is_some_and(|value| known.get(*name).is_some_and(|known| known != value)))
        || given.get("since").is_some()
}

#[test]
fn what_was_created_is_shown_as_it_was_made() {
    let mut pairs = std::collections::BTreeSet::new();
    for index in 0..6 {
        for creator in OURS.iter().filter(|tool| !tool.effects.creates.is_empty()) {
            for getter in
                OURS.iter().filter(|tool| tool.domain == creator.domain && matches!(tool.phrase.class, ToolClass::Lookup | ToolClass::Find))
            {
                let mut world = world(index);
                let Some((new, known)) = made(&mut world, creator) else { continue };
                let Some(named) = look(new).and_then(|look| parameter(getter, look)) else { continue };
                let own = known[&new.name].clone();
                let mut known = known;
                known.insert(named.name.clone(), own);
                let Some(given) = about(&mut world, getter, &known) else { continue };
                let shown = flat(&world.call(getter, &given, &Demand::default()).unwrap_or_else(|error| panic!("{error}")));
                for (name, value) in &shown {
                    // A state may have moved on.
                    if let Some(known) = known.get(name).filter(|_| !name.contains("status")) {
                        assert_eq!(value, known, "{index}: {name} of {} in {}", creator.name, getter.name);
                    }
                }
                pairs.insert((creator.name.as_str(), getter.name.as_str()));
            }
        }
    }
    println!("{} pairs of tools: {pairs:?}", pairs.len());
    assert!(pairs.len() >= 6, "{pairs:?}");
}

/// Each tool that has this effect, with every list that shows what it acts on, and one thing of that list.
fn on_listed(
    index: u64,
    acts: impl Fn(&Tool) -> bool,
    mut look_at: impl FnMut(&mut World, &'static Tool, &'static Tool, &Value, (&str, &str), &Value),
) -> usize {
    let mut count = 0;
    for actor in OURS.iter().filter(|tool| acts(tool)) {
        let Some(leaf) = actor.parameters.iter().find(|leaf| leaf.required && look(leaf).is_some()) else { continue };
        for lister in OURS.iter().filter(|tool| {
            tool.domain == actor.domain
                && tool.effects.creates.is_empty()
                && tool.effects.updates.is_empty()
                && tool.effects.deletes.is_empty()
        }) {
            let Some((list, id)) = look(leaf).and_then(|look| lists_of(lister, look)) else { continue };
            let mut world = world(index);
            let Ok(given) = arguments(&mut world, lister, |_| false) else { continue };
            let listed = world.call(lister, &given, &Demand::default()).unwrap();
            let Some(item) = items(&listed, list).first().cloned() else { continue };
            look_at(&mut world, actor, lister, &given, (list, id), &item);
            count += 1;
        }
    }
    count
}

/// Arguments for an act on this thing.
fn act_on(world: &mut World, tool: &Tool, id: &Value) -> Value {
    let mut given = json!({});
    let own = tool.parameters.iter().find(|leaf| leaf.required && look(leaf).is_some()).unwrap();
    put(&mut given, &own.pointer, id.clone());
    for leaf in tool.parameters.iter().filter(|leaf| leaf.required && leaf.pointer != own.pointer) {
        let drawn = world.draw(tool, leaf, &given).unwrap();
        put(&mut given, &leaf.pointer, drawn);
    }
    given
}

#[test]
fn what_was_changed_shows_its_new_value_everywhere() {
    let mut checks = 0;
    for index in 0..8 {
        on_listed(
            index,
            |tool| !tool.effects.updates.is_empty() && tool.effects.creates.is_empty() && tool.effects.deletes.is_empty(),
            |world, actor, lister, asked, (list, id), item| {
                let given = act_on(world, actor, &item[id]);
                for (name, new) in flat(&given).iter().filter(|(name, _)| *name != id) {
                    if let Some(old) = item.get(name).filter(|_| lister.parameters.iter().all(|leaf| leaf.name != *name)) {
                        assert_ne!(old, new, "{}: who changes {name} says another", actor.name);
                    }
                }
                let result = world.call(actor, &given, &Demand::default()).unwrap();
                let after = world.call(lister, asked, &Demand::default()).unwrap();
                // It may have moved out of what was asked for: to another day.
                let Some(listed) = items(&after, list).iter().find(|one| one[id] == item[id]) else {
                    let moved =
                        flat(&given).keys().any(|name| asked.get(name).is_some() || asked.get("due_by").is_some() || name == "daily_limit");
                    assert!(moved, "{index}: {} {given}: not in {} {asked} {after}", actor.name, lister.name);
                    return;
                };
                let mut now = flat(&given);
                now.extend(flat(&result));
                for (name, value) in flat(listed) {
                    if let Some(new) = now.get(&name) {
                        assert_eq!(&value, new, "{index}: {name} after {} {given} in {}", actor.name, lister.name);
                        checks += 1;
                    }
                }
            },
        );
    }
    println!("{checks} values");
    assert!(checks > 100);
}

#[test]
fn what_was_deleted_is_gone() {
    let mut refused = 0;
    for index in 0..6 {
        let count = on_listed(
            index,
            |tool| !tool.effects.deletes.is_empty() && tool.phrase.class == ToolClass::Undo,
            |world, actor, lister, asked, (list, id), item| {
                let given = act_on(world, actor, &item[id]);
                world.call(actor, &given, &Demand::default()).unwrap();
                let after = world.call(lister, asked, &Demand::default()).unwrap();
                assert!(
                    items(&after, list).iter().all(|one| one[id] != item[id]),
                    "{index}: {} after {}: {after}",
                    lister.name,
                    actor.name
                );
                let wanted = look(actor.parameters.iter().find(|leaf| leaf.name == id).unwrap()).unwrap();
                for other in OURS.iter().filter(|tool| parameter(tool, wanted).is_some()) {
                    let mut again = json!({});
                    for leaf in other.parameters.iter().filter(|leaf| leaf.required) {
                        let value = if look(leaf) == Some(wanted) { item[id].clone() } else { world.draw(other, leaf, &again).unwrap() };
                        put(&mut again, &leaf.pointer, value);
                    }
                    let reply = world.answer(other, &again, &Demand::default()).unwrap();
                    assert!(
                        reply.is_error && reply.value["error"]["code"] == "not_found",
                        "{} of what {} took away: {}",
                        other.name,
                        actor.name,
                        reply.value
                    );
                    assert!(world.call(other, &again, &Demand::default()).is_err(), "a caller who did not ask for an error is told");
                    refused += 1;
                }
            },
        );
        assert!(count >= 8, "{count} pairs of tools");
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn two_readings_of_a_thing_agree_with_each_other_and_with_the_list() {
    let mut checks = 0;
    for index in 0..8 {
        on_listed(
            index,
            |tool| {
                !tool.effects.reads.is_empty()
                    && tool.effects.creates.is_empty()
                    && tool.effects.updates.is_empty()
                    && tool.effects.deletes.is_empty()
            },
            |world, getter, lister, _, (_, id), item| {
                let given = act_on(world, getter, &item[id]);
                let first = world.call(getter, &given, &Demand::default()).unwrap();
                for (name, value) in flat(&first) {
                    let asked = given.get(&name).is_some() || lister.parameters.iter().any(|leaf| leaf.name == name);
                    if let Some(listed) = item.get(&name).filter(|_| !asked) {
                        assert_eq!(&value, listed, "{index}: {name} of {} against {}", getter.name, lister.name);
                        checks += 1;
                    }
                }
                // Something else happens.
                for other in OURS.iter().filter(|tool| tool.domain == getter.domain && !tool.effects.creates.is_empty()) {
                    let Ok(arguments) = arguments(world, other, |_| false) else { continue };
                    let names = arguments.as_object().unwrap().values().any(|value| *value == item[id]);
                    if !names {
                        let _ = world.call(other, &arguments, &Demand::default());
                    }
                }
                let second = world.call(getter, &given, &Demand::default()).unwrap();
                assert_eq!(flat(&first), flat(&second), "{index}: {} after something else", getter.name);
            },
        );
    }
    println!("{checks} values");
    assert!(checks > 50);
}
