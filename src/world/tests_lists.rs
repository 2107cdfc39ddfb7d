//! Lists obey: every filter, every order, every day; totals are sums and counts are lengths. For every tool of our catalogs.

use super::testing::*;
use super::*;
use crate::catalog::Leaf;
use crate::value::SemType;
use serde_json::json;
use std::collections::BTreeSet;

/// The main list of a result, with its pointer's name.
fn list(tool: &Tool) -> Option<&str> {
    tool.returns
        .fields
        .iter()
        .find(|leaf| leaf.pointer.matches('/').count() == 3 && leaf.pointer.contains("/*/"))?
        .pointer
        .split('/')
        .nth(1)
}

fn field<'t>(tool: &'t Tool, list: &str, is: impl Fn(&Leaf) -> bool) -> Option<&'t Leaf> {
    tool.returns
        .fields
        .iter()
        .find(|leaf| leaf.pointer.starts_with(&format!("/{list}/*/")) && leaf.pointer.matches('/').count() == 3 && is(leaf))
}

fn readers() -> impl Iterator<Item = (&'static Tool, &'static str)> {
    let reads = |tool: &&Tool| [&tool.effects.creates, &tool.effects.updates, &tool.effects.deletes].iter().all(|kinds| kinds.is_empty());
    OURS.iter().filter(reads).filter_map(|tool| Some((tool, list(tool)?)))
}

/// Calls the tool for things of which some are known already: it was asked without the optional arguments before.
fn ask(world: &mut World, tool: &'static Tool, index: u64) -> Option<(Value, Value)> {
    let wide = arguments(world, tool, |_| false).ok()?;
    if index % 2 == 0 {
        world.call(tool, &wide, &Demand::default()).ok()?;
    }
    let mut given = wide;
    for (at, leaf) in tool.parameters.iter().enumerate().filter(|(_, leaf)| !leaf.required && leaf.pointer.matches('/').count() == 1) {
        if (index >> (at % 5)) & 1 == 1 {
            let drawn = world.draw(tool, leaf, &given)?;
            put(&mut given, &leaf.pointer, drawn);
        }
    }
    let result = world.call(tool, &given, &Demand::default()).unwrap_or_else(|error| panic!("{error} {given}"));
    Some((given, result))
}

#[test]
fn items_have_what_was_asked_for() {
    let mut checked = BTreeSet::new();
    for index in 0..24 {
        for (tool, name) in readers() {
            let mut world = world(index);
            let Some((given, result)) = ask(&mut world, tool, index) else { continue };
            for leaf in &tool.parameters {
                let Some(asked) = given.get(&leaf.name).filter(|value| !value.is_array()) else { continue };
                let equal = matches!(leaf.sem, SemType::Enum | SemType::City | SemType::Category | SemType::Date | SemType::Country);
                let same = field(tool, name, |other| other.name == leaf.name).filter(|_| equal || asked == &json!(true));
                let bound = ["max_", "min_"].iter().find(|start| leaf.name.starts_with(**start)).and_then(|start| {
                    let rest = &leaf.name[4..];
                    let field = field(tool, name, |other| {
                        other.name == rest || other.name.ends_with(&format!("_{rest}")) || other.name.starts_with(&format!("{rest}_"))
                    })?;
                    Some((*start, field))
                });
                for item in result[name].as_array().unwrap() {
                    if let Some(same) = same {
                        assert_eq!(&item[&same.name], asked, "{index}: {} {given} {result}", tool.name);
                        checked.insert(format!("{} {}", tool.name, leaf.name));
                    }
                    if let Some((side, field)) = bound
                        && let (Some(value), Some(limit)) = (item[&field.name].as_f64(), asked.as_f64())
                    {
                        let fits = if side == "max_" { value <= limit } else { value >= limit };
                        assert!(fits, "{index}: {} {given}: {item}", tool.name);
                        checked.insert(format!("{} {}", tool.name, leaf.name));
                    }
                    if let Some(day) = field(tool, name, |other| other.sem == SemType::Date)
                        && let (Some(value), Some(limit)) = (item[&day.name].as_str(), asked.as_str())
                        && leaf.sem == SemType::Date
                    {
                        let late = ["since", "from"].iter().any(|word| leaf.name.contains(word));
                        let early = ["until", "due_by", "before"].iter().any(|word| leaf.name.contains(word));
                        assert!(!late || value >= limit, "{index}: {} {given}: {item}", tool.name);
                        assert!(!early || value <= limit, "{index}: {} {given}: {item}", tool.name);
                        if late || early {
                            checked.insert(format!("{} {}", tool.name, leaf.name));
                        }
                    }
                }
            }
        }
    }
    println!("{} filters: {checked:?}", checked.len());
    assert!(checked.len() >= 30, "{checked:?}");
}

#[test]
fn things_to_come_lie_ahead_and_past_ones_behind() {
    let mut checked = BTreeSet::new();
    for index in 0..24 {
        for (tool, name) in readers() {
            let Some(state) = tool
                .parameters
                .iter()
                .find(|leaf| leaf.schema["enum"].as_array().is_some_and(|values| values.contains(&json!("upcoming"))))
            else {
                continue;
            };
            let Some(day) = field(tool, name, |leaf| leaf.sem == SemType::Date) else { continue };
            let mut world = world(index);
            for wanted in [None, Some("past"), Some("current"), Some("upcoming")] {
                let mut given = json!({});
                if let Some(wanted) = wanted.filter(|wanted| state.schema["enum"].as_array().unwrap().contains(&json!(wanted))) {
                    put(&mut given, &state.pointer, json!(wanted));
                }
                let result = world.call(tool, &given, &Demand::default()).unwrap();
                let asked = given.get(&state.name).and_then(Value::as_str).unwrap_or("upcoming");
                for item in result[name].as_array().unwrap() {
                    let date = item[&day.name].as_str().unwrap();
                    match asked {
                        "past" => assert!(date < "2026-11-17", "{} {given} {result}", tool.name),
                        "current" => assert!(date <= "2026-11-17", "{} {given} {result}", tool.name),
                        _ => assert!(date > "2026-11-17", "{} {given} {result}", tool.name),
                    }
                    checked.insert(format!("{} {asked}", tool.name));
                }
            }
        }
    }
    println!("{checked:?}");
    assert!(checked.len() >= 8, "{checked:?}");
}

#[test]
fn lists_come_in_the_order_that_was_asked_for() {
    let number = |value: &Value| value.as_f64().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_lowercase();
    for index in 0..30 {
        let mut world = world(index);
        let mut of = |tool: &str, list: &str, given: Value| call(&mut world, tool, given)[list].as_array().unwrap().clone();
        let cheap = of("search_products", "products", json!({"query": "desk lamps", "sort_by": "price_low"}));
        assert!(cheap.is_sorted_by(|a, b| number(&a["price"]) <= number(&b["price"])), "{cheap:?}");
        let dear = of("search_products", "products", json!({"query": "desk lamps", "sort_by": "price_high"}));
        assert!(dear.is_sorted_by(|a, b| number(&a["price"]) >= number(&b["price"])), "{dear:?}");
        let ids = |items: &[Value]| items.iter().map(|item| item["product_id"].to_string()).collect::<BTreeSet<_>>();
        assert_eq!(ids(&cheap), ids(&dear), "the same things in another order");
        let fast = of("find_delivery_restaurants", "kitchens", json!({"delivery_address": "14 Mill Lane"}));
        assert!(fast.is_sorted_by(|a, b| number(&a["delivery_minutes"]) <= number(&b["delivery_minutes"])), "by default: {fast:?}");
        let rated = of("find_delivery_restaurants", "kitchens", json!({"delivery_address": "14 Mill Lane", "sort_by": "rating"}));
        assert!(rated.is_sorted_by(|a, b| number(&a["rating"]) >= number(&b["rating"])), "{rated:?}");
        let named = of("list_payees", "payees", json!({"sort_by": "name"}));
        assert!(named.is_sorted_by(|a, b| text(&a["payee_name"]) <= text(&b["payee_name"])), "{named:?}");
        let last = of("list_payees", "payees", json!({"sort_by": "last_paid"}));
        assert!(last.is_sorted_by(|a, b| a["last_paid_on"].as_str() >= b["last_paid_on"].as_str()), "{last:?}");
        let used = of("list_email_labels", "labels", json!({"sort_by": "most_used"}));
        assert!(used.is_sorted_by(|a, b| number(&a["email_count"]) >= number(&b["email_count"])), "{used:?}");
        let deadlines = of("list_projects", "projects", json!({}));
        assert!(deadlines.is_sorted_by(|a, b| a["deadline"].as_str() <= b["deadline"].as_str()), "by default: {deadlines:?}");
    }
}

#[test]
fn a_list_that_was_shown_whole_stays_the_same_but_for_what_happened() {
    for index in 0..30 {
        let mut world = world(index);
        let names = |result: &Value| result["groups"].as_array().unwrap().iter().map(|group| group["group_id"].clone()).collect::<Vec<_>>();
        let before = names(&call(&mut world, "list_contact_groups", json!({})));
        let made = call(&mut world, "create_contact_group", json!({"group_name": "Neighbors"}))["group_id"].clone();
        let after = names(&call(&mut world, "list_contact_groups", json!({})));
        assert!(after.contains(&made));
        let kept = before.iter().filter(|id| after.contains(id)).count();
        assert!(after.len() == kept + 1 && kept + 1 >= before.len(), "{before:?} {after:?}");
        // A narrower question has some of the same.
        let narrow = call(&mut world, "list_contact_groups", json!({"color": "red"}));
        let least = 2;
        let strangers = names(&narrow).iter().filter(|id| !after.contains(id)).count();
        assert!(strangers == 0 || narrow["groups"].as_array().unwrap().len() <= least, "{narrow} after {after:?}");
    }
}

#[test]
fn what_does_not_fit_is_not_there() {
    let parameters = json!({"type": "object", "properties": {"city": {"type": "string"}, "max_price": {"type": "number", "minimum": 0}}});
    let item = json!({"type": "object", "properties": {"venue_id": {"type": "string"}, "city": {"type": "string"}, "price": {"type": "number", "minimum": 50, "maximum": 90}}, "required": ["venue_id", "city", "price"]});
    let returns = json!({"type": "object", "properties": {"venues": {"type": "array", "items": item}}, "required": ["venues"]});
    let tool = one("list_venues", parameters, returns);
    for index in 0..20 {
        let mut world = world(index);
        let all = world.call(&tool, &json!({}), &Demand::default()).unwrap();
        let venues = all["venues"].as_array().unwrap();
        assert!(venues.len() >= 2, "{all}");
        let none = world.call(&tool, &json!({"max_price": 49}), &Demand::default()).unwrap();
        assert_eq!(none, json!({"venues": []}), "all are known, none is so cheap");
        let limit = venues[0]["price"].as_f64().unwrap();
        let some = world.call(&tool, &json!({"max_price": limit}), &Demand::default()).unwrap();
        let expected: Vec<&Value> = venues.iter().filter(|venue| venue["price"].as_f64().unwrap() <= limit).collect();
        assert_eq!(some["venues"].as_array().unwrap().iter().collect::<Vec<_>>(), expected, "{all}");
        let city = world.call(&tool, &json!({"city": venues[0]["city"]}), &Demand::default()).unwrap();
        assert!(
            city["venues"].as_array().unwrap().iter().all(|venue| venue["city"] == venues[0]["city"])
                && city["venues"].as_array().unwrap().contains(&venues[0])
        );
    }
}

#[test]
fn counts_are_lengths_and_totals_are_sums() {
    let cents = |value: &Value| (value.as_f64().unwrap() * 100.0).round();
    let (mut counts, mut totals) = (0, 0);
    for index in 0..10 {
        for tool in OURS.iter() {
            let mut world = world(index);
            let Ok(given) = arguments(&mut world, tool, |_| false) else { continue };
            let Ok(result) = world.call(tool, &given, &Demand::default()) else { continue };
            for (name, value) in result.as_object().unwrap() {
                let Some(items) = value.as_array() else { continue };
                let singular = crate::value::english::singular(name);
                let field = format!("{singular}_count");
                let can = tool
                    .returns
                    .fields
                    .iter()
                    .any(|leaf| leaf.name == field && leaf.schema["minimum"].as_u64().unwrap_or(0) <= items.len() as u64);
                if let Some(count) = result.get(&field).filter(|_| can) {
                    assert_eq!(count, &json!(items.len()), "{} {result}", tool.name);
                    counts += 1;
                }
                let Some(total) = result.get("total_price").filter(|_| name == "charges") else { continue };
                assert_eq!(cents(total), items.iter().map(|item| cents(&item["amount"])).sum::<f64>(), "{} {result}", tool.name);
                totals += 1;
            }
        }
    }
    let item = json!({"type": "object", "properties": {"show_id": {"type": "string"}, "price": {"type": "number", "minimum": 5, "maximum": 90}}, "required": ["show_id", "price"]});
    let number = json!({"type": "number"});
    let returns = json!({"type": "object", "properties": {
        "shows": {"type": "array", "items": item}, "show_count": {"type": "integer"}, "total": number}, "required": ["shows", "show_count"]});
    let tool = one("list_shows", json!({"type": "object", "properties": {}}), returns);
    for index in 0..10 {
        let result = world(index).call(&tool, &json!({}), &Demand::default()).unwrap();
        assert_eq!(result["show_count"], json!(result["shows"].as_array().unwrap().len()));
        counts += 1;
    }
    println!("{counts} counts, {totals} totals");
    assert!(totals >= 30, "{totals}");
}

#[test]
fn the_same_question_has_the_same_answer_whatever_else_happens() {
    for index in 0..4 {
        for tool in OURS
            .iter()
            .filter(|tool| [&tool.effects.creates, &tool.effects.updates, &tool.effects.deletes].iter().all(|kinds| kinds.is_empty()))
        {
            let mut world = world(index);
            let Ok(given) = arguments(&mut world, tool, |_| false) else { continue };
            let first = world.call(tool, &given, &Demand::default()).unwrap();
            assert_eq!(world.call(tool, &given, &Demand::default()).unwrap(), first, "{}", tool.name);
            // An act on other things of another catalog.
            let other = OURS.iter().find(|other| other.domain != tool.domain && !other.effects.creates.is_empty()).unwrap();
            let act = arguments(&mut world, other, |_| false).unwrap();
            world.call(other, &act, &Demand::default()).unwrap();
            assert_eq!(world.call(tool, &given, &Demand::default()).unwrap(), first, "{} after {}", tool.name, other.name);
        }
    }
}
