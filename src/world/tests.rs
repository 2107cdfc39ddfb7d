use super::testing::*;
use super::*;
use crate::catalog::ErrorCode;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;

fn items<'a>(result: &'a Value, list: &str) -> &'a Vec<Value> {
    result[list].as_array().unwrap_or_else(|| panic!("{list} in {result}"))
}

#[test]
fn a_hotel_stays_itself_from_search_to_cancellation() {
    for index in 0..40 {
        let mut world = world(index);
        let found = call(&mut world, "search_hotels", json!({"city": "Lisbon", "check_in": "2026-12-03", "nights": 2}));
        let hotel = items(&found, "hotels")[0].clone();
        let details = call(&mut world, "get_hotel_details", json!({"hotel_id": hotel["hotel_id"]}));
        assert_eq!(details["name"], hotel["name"]);
        assert_eq!(details["address"]["city"], "Lisbon");
        let reviews = call(&mut world, "get_hotel_reviews", json!({"hotel_id": hotel["hotel_id"]}));
        assert_eq!(reviews["average_rating"], hotel["rating"], "{reviews}");
        let stay = json!({"hotel_id": hotel["hotel_id"], "check_in": "2026-12-03", "nights": 2});
        let rooms = call(&mut world, "list_hotel_rooms", stay);
        let room = &items(&rooms, "rooms")[0];
        let booking = json!({"hotel_id": hotel["hotel_id"], "room_id": room["room_id"], "check_in": "2026-12-03", "nights": 2});
        let booked = call(&mut world, "book_hotel_room", booking);
        let own = call(&mut world, "list_hotel_bookings", json!({}));
        let listed = items(&own, "bookings").iter().find(|listed| listed["booking_id"] == booked["booking_id"]).expect("the new booking");
        assert_eq!((&listed["hotel_id"], &listed["hotel_name"]), (&hotel["hotel_id"], &hotel["name"]));
        assert_eq!((&listed["check_in"], &listed["nights"]), (&json!("2026-12-03"), &json!(2)));
        let cancelled = call(&mut world, "cancel_hotel_booking", json!({"booking_id": booked["booking_id"]}));
        assert_eq!(cancelled["status"], "cancelled");
        let after = call(&mut world, "list_hotel_bookings", json!({}));
        assert!(items(&after, "bookings").iter().all(|listed| listed["booking_id"] != booked["booking_id"]), "a cancelled stay is gone");
    }
}

#[test]
fn what_was_changed_stays_changed() {
    let mut world = world(3);
    let own = call(&mut world, "list_hotel_bookings", json!({}));
    let booking = items(&own, "bookings")[0]["booking_id"].clone();
    call(&mut world, "change_hotel_dates", json!({"booking_id": booking, "check_in": "2027-02-01", "nights": 6}));
    let after = call(&mut world, "list_hotel_bookings", json!({}));
    let listed = items(&after, "bookings").iter().find(|listed| listed["booking_id"] == booking).expect("the booking");
    assert_eq!((&listed["check_in"], &listed["nights"]), (&json!("2027-02-01"), &json!(6)));
}

#[test]
fn the_same_question_gets_the_same_answer() {
    let mut world = world(8);
    let ask = json!({"city": "Oslo"});
    let first = call(&mut world, "get_current_weather", ask.clone());
    call(&mut world, "get_current_weather", json!({"city": "Rome"}));
    assert_eq!(call(&mut world, "get_current_weather", ask), first);
}

#[test]
fn results_repeat_what_they_were_given() {
    let mut world = world(1);
    let found = call(&mut world, "search_hotels", json!({"city": "Porto", "check_in": "2027-01-09", "nights": 5}));
    assert_eq!((&found["city"], &found["check_in"], &found["nights"]), (&json!("Porto"), &json!("2027-01-09"), &json!(5)));
    let added = call(&mut world, "add_contact", json!({"full_name": "Mira Sato", "phone": "+1 206 555 0143"}));
    assert_eq!((&added["full_name"], &added["phone"]), (&json!("Mira Sato"), &json!("+1 206 555 0143")));
    let shown = call(&mut world, "get_contact", json!({"person_id": added["person_id"]}));
    assert_eq!(shown["full_name"], "Mira Sato");
}

#[test]
fn items_obey_the_filters() {
    for index in 0..30 {
        let mut world = world(index);
        let found =
            call(&mut world, "search_products", json!({"query": "yoga mats", "max_price": 60, "min_rating": 3.5, "sort_by": "rating"}));
        let ratings: Vec<f64> = items(&found, "products").iter().map(|product| product["rating"].as_f64().unwrap()).collect();
        assert!(items(&found, "products").iter().all(|product| product["price"].as_f64().unwrap() <= 60.0), "{found}");
        assert!(ratings.iter().all(|rating| *rating >= 3.5) && ratings.is_sorted_by(|a, b| a >= b), "{found}");
        let due = call(&mut world, "find_due_tasks", json!({"due_by": "2026-11-30"}));
        assert!(items(&due, "tasks").iter().all(|task| task["due_date"].as_str().unwrap() <= "2026-11-30"), "{due}");
        let watches = call(&mut world, "list_weather_watches", json!({"city": "Denver"}));
        assert!(items(&watches, "watches").iter().all(|watch| watch["city"] == "Denver"), "{watches}");
        let birthdays = call(&mut world, "list_upcoming_birthdays", json!({"within_days": 20}));
        assert!(items(&birthdays, "birthdays").iter().all(|person| person["date"].as_str().unwrap() <= "2026-12-07"), "{birthdays}");
        let people = call(&mut world, "search_contacts", json!({"name": "Maria"}));
        assert!(items(&people, "contacts").iter().all(|person| person["full_name"].as_str().unwrap().contains("Maria")), "{people}");
    }
}

#[test]
fn items_of_a_list_have_names_of_their_own() {
    for index in 0..60 {
        let mut world = world(index);
        for (tool, arguments, list, name) in [
            ("search_hotels", json!({"city": "Rome", "check_in": "2026-12-03", "nights": 1}), "hotels", "name"),
            ("search_contacts", json!({"name": "Chen"}), "contacts", "full_name"),
            ("search_songs", json!({"artist_name": "The Slow Foxes"}), "songs", "song_title"),
        ] {
            let found = call(&mut world, tool, arguments);
            let names: BTreeSet<&str> = items(&found, list).iter().map(|item| item[name].as_str().unwrap()).collect();
            assert_eq!(names.len(), items(&found, list).len(), "{found}");
        }
    }
}

#[test]
fn songs_by_one_artist_have_one_artist() {
    let found = call(&mut world(4), "search_songs", json!({"artist_name": "The Slow Foxes"}));
    let artists: BTreeSet<String> = items(&found, "songs").iter().map(|song| song["artist_id"].to_string()).collect();
    assert_eq!(artists.len(), 1, "{found}");
}

#[test]
fn totals_are_the_sums_of_their_items() {
    let cents = |value: &Value| (value.as_f64().unwrap() * 100.0).round();
    for index in 0..40 {
        let mut world = world(index);
        let booking = json!({"hotel_id": "HTL-00001", "room_id": "RM-00001", "check_in": "2026-12-03", "nights": 2});
        let booked = call(&mut world, "book_hotel_room", booking);
        assert_eq!(cents(&booked["total_price"]), items(&booked, "charges").iter().map(|charge| cents(&charge["amount"])).sum::<f64>());
        let placed = call(&mut world, "place_order", json!({"cart_id": "CRT-000001", "address_id": "ADR-0001"}));
        let lines: f64 = items(&placed, "items").iter().map(|item| cents(&item["line_total"])).sum();
        let fee = placed.get("delivery_fee").map_or(0.0, cents);
        assert_eq!(cents(&placed["total"]), lines + fee, "{placed}");
        let food = call(&mut world, "place_food_order", json!({"basket_id": "BSK-00001", "delivery_address": "14 Mill Lane", "tip": 3}));
        let dishes: f64 = items(&food, "dishes").iter().map(|dish| cents(&dish["line_total"])).sum();
        let bill = &food["bill"];
        assert_eq!(cents(&bill["dishes_total"]), dishes, "{food}");
        assert_eq!(cents(&bill["total"]), dishes + cents(&bill["delivery_fee"]) + 300.0, "{food}");
    }
}

#[test]
fn a_line_costs_the_price_times_the_quantity() {
    for index in 0..20 {
        let mut world = world(index);
        let found = call(&mut world, "search_products", json!({"query": "desk lamps"}));
        let product = &items(&found, "products")[0];
        let added = call(&mut world, "add_to_cart", json!({"product_id": product["product_id"], "quantity": 3}));
        assert_eq!(added["price"], product["price"], "the cart has the price of the shop");
        let line = product["price"].as_f64().unwrap() * 3.0;
        assert!((added["line_total"].as_f64().unwrap() - line).abs() < 0.005, "{added}");
    }
}

#[test]
fn an_order_keeps_its_items() {
    let mut world = world(2);
    let placed = call(&mut world, "place_order", json!({"cart_id": "CRT-000001", "address_id": "ADR-0001"}));
    let listed = call(&mut world, "list_orders", json!({}));
    let order = items(&listed, "orders").iter().find(|order| order["order_id"] == placed["order_id"]).expect("the new order");
    let ids = |value: &Value| items(value, "items").iter().map(|item| item["product_id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(order), ids(&placed));
    let all: Vec<Value> = items(&listed, "orders").iter().flat_map(&ids).collect();
    let different: BTreeSet<String> = all.iter().map(Value::to_string).collect();
    assert_eq!(all.len(), different.len(), "different orders have different products");
}

#[test]
fn days_of_a_forecast_follow_one_another() {
    let forecast = call(&mut world(5), "get_daily_forecast", json!({"city": "Oslo"}));
    let days: Vec<jiff::civil::Date> =
        items(&forecast, "forecast").iter().map(|day| day["date"].as_str().unwrap().parse().unwrap()).collect();
    assert!(days.windows(2).all(|pair| (pair[1] - pair[0]).get_days() == 1), "{forecast}");
    assert!(items(&forecast, "forecast").iter().all(|day| day["low_c"].as_f64() < day["high_c"].as_f64()));
}

#[test]
fn a_demand_sets_lengths_and_makes_values_fit_what_they_feed() {
    let mut world = world(6);
    let tool = tool("search_hotels");
    let arguments = json!({"city": "Bath", "check_in": "2026-12-03", "nights": 1});
    let demand = Demand { lists: [("/hotels".to_owned(), 4..=4)].into(), ..Demand::default() };
    assert_eq!(items(&world.call(tool, &arguments, &demand).unwrap(), "hotels").len(), 4);
    let schema = json!({"type": "string", "pattern": "^HTL-7"});
    let demand =
        Demand { feeds: vec![("/hotels/*/hotel_id".into(), schema)], lists: [("/hotels/*".to_owned(), 3..=3)].into(), ..Demand::default() };
    let result = world.call(tool, &json!({"city": "Cork", "check_in": "2026-12-03", "nights": 1}), &demand).unwrap();
    assert!(items(&result, "hotels").iter().all(|hotel| hotel["hotel_id"].as_str().unwrap().starts_with("HTL-7")), "{result}");
    assert_eq!(items(&result, "hotels").len(), 3);
}

#[test]
fn an_empty_result_is_empty_or_an_error_that_says_where() {
    let mut world = world(6);
    let returns = json!({"type": "object", "properties": {"found": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}}, "required": ["found"]});
    let open = one("find_things", json!({"type": "object", "properties": {}}), returns);
    let demand = Demand { empty: true, ..Demand::default() };
    assert_eq!(world.call(&open, &json!({}), &demand).unwrap(), json!({"found": []}));
    let returns = json!({"type": "object", "properties": {"found": {"type": "array", "minItems": 1, "items": {"type": "object", "properties": {"id": {"type": "string"}}}}}, "required": ["found"]});
    let closed = one("find_some", json!({"type": "object", "properties": {}}), returns);
    let error = world.call(&closed, &json!({}), &demand).unwrap_err();
    assert_eq!((error.tool.as_str(), error.pointer.as_str()), ("find_some", "/found"));
}

#[test]
fn identifiers_never_name_two_things() {
    let mut world = world(9);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for city in ["Rome", "Oslo", "Lyon", "Cork", "Bonn", "Graz"] {
        let found = call(&mut world, "search_hotels", json!({"city": city, "check_in": "2026-12-03", "nights": 1}));
        for hotel in items(&found, "hotels") {
            assert!(seen.insert(hotel["hotel_id"].to_string()), "{hotel} was in another city");
        }
    }
}

#[test]
fn calculators_calculate() {
    let number = json!({"type": "number"});
    let cases = [
        ("calculate_rectangle_area", json!({"length": 6, "width": 7}), json!(42)),
        ("circle_circumference", json!({"radius": 1}), json!(6.2832)),
        ("calculate_gcd", json!({"a": 12, "b": 18}), json!(6)),
        ("calculate_compound_interest", json!({"principal": 1000, "rate": 0.1, "years": 2}), json!(1210)),
        ("convert_currency", json!({"amount": 100, "from_currency": "USD", "to_currency": "EUR"}), json!(92)),
        ("unit_conversion", json!({"value": 3, "from_unit": "kilometers", "to_unit": "meters"}), json!(3000)),
        ("get_distance", json!({"origin": "Paris", "destination": "London"}), json!(344)),
        ("calculate_bmi", json!({"weight": 70, "height": 175}), json!(22.9)),
    ];
    for (name, arguments, expected) in cases {
        let kind = |value: &Value| if value.is_string() { json!({"type": "string"}) } else { number.clone() };
        let properties: serde_json::Map<String, Value> =
            arguments.as_object().unwrap().iter().map(|(key, value)| (key.clone(), kind(value))).collect();
        let returns = json!({"type": "object", "properties": {"outcome": number}, "required": ["outcome"]});
        let tool = one(name, json!({"type": "object", "properties": properties}), returns);
        assert_eq!(world(1).call(&tool, &arguments, &Demand::default()).unwrap()["outcome"], expected, "{name}");
    }
}

#[test]
fn errors_have_the_tools_own_words() {
    let mut world = world(1);
    let arguments = json!({"booking_id": "BKG-123456"});
    let declared = world.fail(tool("cancel_hotel_booking"), ErrorCode::NotFound, &arguments);
    assert_eq!(declared, json!({"error": {"code": "not_found", "message": "There is no hotel booking with that id."}}));
    let other = world.fail(tool("cancel_hotel_booking"), ErrorCode::Timeout, &arguments);
    assert_eq!(other["error"]["code"], "timeout");
    assert!(other["error"]["message"].as_str().unwrap().ends_with("took too long to answer."));
}

#[test]
fn a_world_is_a_function_of_its_stream() {
    let run = |index: u64| {
        let mut world = world(index);
        let arguments = arguments(&mut world, tool("search_flights"), |_| true).unwrap();
        let result = world.call(tool("search_flights"), &arguments, &Demand::default()).unwrap();
        (arguments, result)
    };
    assert_eq!(run(21), run(21));
    assert_ne!(run(21), run(22));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn every_tool_of_our_catalogs_gets_valid_arguments_and_gives_valid_results(at in 0..OURS.len(), index in 0u64..5000, mask: u64) {
        let tool = &OURS[at];
        let mut world = world(index);
        let arguments = arguments(&mut world, tool, |at| mask >> (at % 64) & 1 == 1).unwrap_or_else(|pointer| panic!("{}{pointer}", tool.name));
        let check = |schema: &Value, value: &Value| {
            let validator = jsonschema::options().should_validate_formats(true).build(schema).unwrap();
            validator.validate(value).map_err(|error| format!("{}: {error} in {value}", tool.name))
        };
        check(&tool.schema, &arguments).map_err(TestCaseError::fail)?;
        prop_assert!(world.valid(tool, &arguments));
        // Nothing is deleted twice.
        let times = if tool.effects.deletes.is_empty() { 2 } else { 1 };
        for _ in 0..times {
            let result = world.call(tool, &arguments, &Demand::default()).map_err(|error| TestCaseError::fail(error.to_string()))?;
            check(&tool.returns.schema, &result).map_err(TestCaseError::fail)?;
        }
    }
}

#[test]
fn real_catalogs_get_values_and_answers() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real-data");
    if !root.exists() {
        println!("skipped: no real data beside the project");
        return;
    }
    let (mut leaves, mut drawn, mut calls, mut valid, mut answered) = (0, 0, 0, 0, 0);
    let mut folders: Vec<_> = std::fs::read_dir(root).unwrap().flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let Ok(raw) = crate::catalog::load::read_paths(std::slice::from_ref(&folder)) else {
            println!("{}: not a catalog", folder.display());
            continue;
        };
        let tools = crate::catalog::build::build_all(raw.tools).0;
        for (index, tool) in tools.iter().enumerate() {
            let context = Context { today: "2026-11-17".into(), user: Default::default(), policies: Vec::new() };
            let mut world = World::new(&context, crate::seed::stream(11, index as u64, crate::seed::Stage::World, 0));
            let mut arguments = json!({});
            for leaf in &tool.parameters {
                leaves += 1;
                match world.draw(tool, leaf, &arguments) {
                    Some(value) => {
                        drawn += 1;
                        put(&mut arguments, &leaf.pointer, value);
                    }
                    None => println!("{} {}: no value for {}", tool.name, leaf.pointer, leaf.schema),
                }
            }
            calls += 1;
            if world.valid(tool, &arguments) {
                valid += 1;
            } else {
                println!("{}: invalid arguments {arguments}", tool.name);
            }
            match world.call(tool, &arguments, &Demand::default()) {
                Ok(_) => answered += 1,
                Err(error) => println!("{error}"),
            }
        }
    }
    println!("{drawn} of {leaves} leaves drawn; of {calls} tools {valid} with valid arguments, {answered} answered");
    assert!(drawn as f64 >= 0.999 * leaves as f64 && answered as f64 >= 0.999 * calls as f64 && valid as f64 >= 0.98 * calls as f64);
}

/// `SHOW=hotel cargo test --lib world::tests::show -- --ignored --nocapture`, with `CATALOGS` for other catalogs than ours.
#[test]
#[ignore = "prints what the world says, for people to read"]
fn show() {
    let filter = std::env::var("SHOW").unwrap_or_default();
    let paths = std::env::var("CATALOGS").unwrap_or_else(|_| "tool-catalogs".into());
    let tools = tools(&paths.split(',').collect::<Vec<_>>());
    let schemas = Arc::new(Schemas::of(&tools));
    for (index, tool) in tools.iter().enumerate().filter(|(_, tool)| tool.name.contains(&filter) || tool.domain.contains(&filter)) {
        let context = Context { today: "2026-11-17".into(), user: Default::default(), policies: Vec::new() };
        let stream = crate::seed::stream(5, index as u64, crate::seed::Stage::World, 0);
        let mut world = World::with_schemas(&context, stream, schemas.clone());
        match arguments(&mut world, tool, |_| true) {
            Ok(arguments) => {
                let valid = if world.valid(tool, &arguments) { "" } else { "INVALID" };
                let result = world.call(tool, &arguments, &Demand::default());
                println!("{} {valid} {arguments}\n  -> {}", tool.name, result.map_or_else(|e| format!("FAIL {e}"), |v| v.to_string()));
            }
            Err(pointer) => println!("{} NO VALUE at {pointer}", tool.name),
        }
    }
}

/// With optimisation: `CARGO_PROFILE_DEV_OPT_LEVEL=3 cargo test --lib world::tests::speed -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn speed() {
    let mut samples = Vec::new();
    for (at, tool) in OURS.iter().enumerate() {
        let mut world = world(at as u64);
        samples.push((tool, arguments(&mut world, tool, |_| true).unwrap()));
        let _ = world.call(tool, &samples[at].1, &Demand::default());
    }
    let busy = || std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse::<f64>().ok();
    let (start, wall) = (busy(), std::time::Instant::now());
    let mut calls = 0;
    for index in 0..1000 {
        let mut world = world(index);
        for (tool, arguments) in samples.iter().skip(index as usize % 10).step_by(10) {
            world.call(tool, arguments, &Demand::default()).unwrap();
            calls += 1;
        }
    }
    let seconds = start.zip(busy()).map_or(wall.elapsed().as_secs_f64(), |(start, end)| (end - start) / 1e9);
    println!("{:.0} calls a second of processor time", f64::from(calls) / seconds);
}
