//! Values fit what their field says, in catalogs that others wrote: moments as numbers, prices of one day, names of what is listed.

use super::pools::POOLS;
use super::testing::*;
use super::*;
use serde_json::json;

/// Results of a tool that takes nothing, in many worlds.
fn results(name: &str, returns: Value) -> Vec<Value> {
    let tool = one(name, json!({"type": "object", "properties": {}}), returns);
    (0..40).filter_map(|index| world(index).call(&tool, &json!({}), &Demand::default()).ok()).collect()
}

fn items(results: &[Value]) -> Vec<&Value> {
    results.iter().filter_map(Value::as_array).flatten().collect()
}

#[test]
fn numbers_that_are_moments_count_seconds() {
    let number = json!({"type": "integer"});
    let made = results(
        "get_file",
        json!({"type": "object", "required": ["created", "date_delete", "expires_at", "size", "updated_count"], "properties": {
            "created": number, "date_delete": number, "expires_at": number, "size": number, "updated_count": number,
        }}),
    );
    // 2026-11-17, and so many days around it.
    let now = 1_794_873_600;
    let near =
        |value: &Value, days: std::ops::RangeInclusive<i64>| value.as_i64().is_some_and(|second| days.contains(&((second - now) / 86_400)));
    assert!(!made.is_empty());
    for file in made {
        assert!(near(&file["created"], -60..=1) && near(&file["date_delete"], -60..=1), "{file}");
        assert!(near(&file["expires_at"], 0..=90), "{file}");
        assert!(file["updated_count"].as_i64() < Some(1000), "{file}");
        assert!(file["size"].as_i64() >= Some(2000), "{file}");
    }
}

#[test]
fn prices_of_one_day_are_in_order() {
    let price = json!({"type": "number"});
    let fields = ["open", "low", "close", "high"];
    let returns = json!({"type": "array", "items": {"type": "object", "required": fields, "properties": {
        "open": price, "low": price, "close": price, "high": price,
    }}});
    let made = results("get_stock_quotes", returns);
    let days = items(&made);
    assert!(!days.is_empty());
    for day in days {
        let [open, low, close, high] = fields.map(|field| day[field].as_f64().unwrap());
        assert!(low <= open && low <= close && open <= high && close <= high, "{day}");
        assert!(high < low * 1.2, "{day}");
    }
}

#[test]
fn a_bare_name_is_that_of_what_is_listed() {
    let text = json!({"type": "string"});
    let named = |properties: Value| json!({"type": "array", "items": {"type": "object", "required": ["name"], "properties": properties}});
    let made = results("list_countries", named(json!({"name": text})));
    assert!(!items(&made).is_empty());
    for country in items(&made) {
        assert!(POOLS.cities.iter().any(|city| country["name"] == city.country), "{country}");
    }
    let mut both = named(json!({"code": text, "name": text}));
    both["items"]["required"] = json!(["code", "name"]);
    let (names, codes) = (POOLS.get("language"), POOLS.get("language code"));
    for language in items(&results("list_languages", both)) {
        let at = names.iter().position(|name| language["name"] == *name);
        assert!(at.is_some_and(|at| language["code"] == codes[at]), "{language}");
    }
}

#[test]
fn a_name_in_other_letters_is_the_same_name() {
    let text = json!({"type": "string"});
    let fields = ["name", "name_normalized"];
    let made = results("get_channel", json!({"type": "object", "required": fields, "properties": {"name": text, "name_normalized": text}}));
    assert!(!made.is_empty() && made.iter().all(|channel| channel["name"] == channel["name_normalized"]), "{made:?}");
}

#[test]
fn every_rule_has_its_pool_and_pairs_are_of_one_length() {
    const MADE: &[&str] = &[
        "person",
        "city",
        "country",
        "country code",
        "region",
        "state code",
        "airport",
        "airport name",
        "timezone",
        "email",
        "phone",
        "url",
        "uuid",
    ];
    for rule in &POOLS.rules {
        assert!(MADE.contains(&rule.pool) || !POOLS.get(rule.pool).is_empty(), "{}", rule.pool);
    }
    for (a, b) in super::make::PAIRS {
        assert_eq!(POOLS.get(a).len(), POOLS.get(b).len(), "{a}, {b}");
    }
}
