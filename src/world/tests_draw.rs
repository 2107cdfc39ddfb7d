use super::testing::*;
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn a_corrected_value_is_another_one() {
    for index in 0..20 {
        let mut world = world(index);
        for name in ["search_hotels", "book_flight", "add_to_cart", "create_calendar_event"] {
            let tool = tool(name);
            for leaf in &tool.parameters {
                let Some(old) = world.draw(tool, leaf, &json!({})) else { panic!("{name}{}", leaf.pointer) };
                let new = world.redraw(tool, leaf, &json!({}), &old);
                assert!(new.is_some() && new != Some(old), "{name}{}", leaf.pointer);
            }
        }
    }
}

#[test]
fn values_of_one_parameter_differ_within_a_dialogue() {
    let mut world = world(12);
    let tool = tool("search_hotels");
    let city = tool.parameters.iter().find(|leaf| leaf.name == "city").unwrap();
    let drawn: BTreeSet<String> = (0..40).map(|_| world.draw(tool, city, &json!({})).unwrap().to_string()).collect();
    assert_eq!(drawn.len(), 40);
}

#[test]
fn pairs_of_arguments_agree() {
    let string = json!({"type": "string"});
    let date = json!({"type": "string", "format": "date"});
    let number = json!({"type": "number", "minimum": 10, "maximum": 500});
    let parameters = json!({"type": "object", "properties": {
        "origin": string, "destination": string, "start_date": date, "end_date": date, "min_price": number, "max_price": number,
        "from_currency": {"type": "string", "enum": ["USD", "EUR"]}, "to_currency": {"type": "string", "enum": ["USD", "EUR"]},
    }, "required": ["origin", "destination", "start_date", "end_date", "min_price", "max_price", "from_currency", "to_currency"]});
    let tool = one("search_trips", parameters, json!({"type": "object", "properties": {"ok": {"type": "boolean"}}}));
    for index in 0..60 {
        let drawn = arguments(&mut world(index), &tool, |_| true).unwrap();
        assert_ne!(drawn["origin"], drawn["destination"]);
        assert_ne!(drawn["from_currency"], drawn["to_currency"], "{drawn}");
        assert!(drawn["start_date"].as_str() < drawn["end_date"].as_str(), "{drawn}");
        assert!(drawn["min_price"].as_f64() <= drawn["max_price"].as_f64(), "{drawn}");
    }
}

#[test]
fn shapes_in_descriptions_are_kept() {
    let cases = [
        (json!({"type": "string", "description": "The city and state, e.g. San Francisco, CA"}), "location", r"^[A-Z][\w .']+, [A-Z]{2}$"),
        (json!({"type": "string", "description": "Unit, one of: 'celsius', 'fahrenheit'"}), "unit", "^(celsius|fahrenheit)$"),
        (json!({"type": "string", "description": "Date in the format MM/DD/YYYY"}), "date", r"^\d\d/\d\d/\d{4}$"),
        (json!({"type": "string", "description": "Order id, for example '#W1234567'"}), "order_id", r"^\#W\d{7}$"),
        (json!({"type": "integer", "description": "Age of the patient."}), "age", r"^[1-7]\d$"),
    ];
    for (schema, name, pattern) in cases {
        let parameters = json!({"type": "object", "properties": {name: schema}, "required": [name]});
        let tool = one("do_it", parameters, json!({"type": "object", "properties": {"ok": {"type": "boolean"}}}));
        let pattern = regex::Regex::new(pattern).unwrap();
        for index in 0..20 {
            let drawn = arguments(&mut world(index), &tool, |_| true).unwrap()[name].clone();
            let text = drawn.as_str().map_or_else(|| drawn.to_string(), str::to_owned);
            assert!(pattern.is_match(&text), "{name}: {text}");
        }
    }
}

/// Names that no semantic type knows say what they are all the same.
#[test]
fn words_are_of_the_kind_that_a_name_asks_for() {
    let cases = [
        ("ingredients", "Ingredients to look for.", "tomato flour basil egg onion garlic butter"),
        ("role_name", "", "admin editor viewer member manager guest"),
        ("order_status", "", "processing packed shipped delivered returned"),
        ("subreddit", "", "AskScience cooking travel gardening books"),
        ("currency_pair", "", "EUR/USD GBP/USD USD/JPY"),
        ("property_type", "", "apartment house condo studio villa"),
        ("flux_mode", "", "standard general basic regular main mixed common special"),
    ];
    for (name, description, some) in cases {
        let schema = json!({"type": "string", "description": description});
        let parameters = json!({"type": "object", "properties": {name: schema}, "required": [name]});
        let tool = one("do_it", parameters, json!({"type": "object", "properties": {"ok": {"type": "boolean"}}}));
        let drawn: BTreeSet<String> =
            (0..200).filter_map(|index| arguments(&mut world(index), &tool, |_| true).ok()?[name].as_str().map(str::to_owned)).collect();
        assert!(some.split(' ').any(|word| drawn.contains(word)), "{name}: {drawn:?}");
        assert!(!drawn.contains("wellness") && !drawn.contains("outdoors"), "{name}: {drawn:?}");
    }
}
