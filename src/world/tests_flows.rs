//! Things live through whole errands: what is in the cart is ordered, what was booked is in the booking.

use super::testing::*;
use super::*;
use serde_json::json;

fn items<'a>(result: &'a Value, list: &str) -> &'a [Value] {
    result.get(list).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[test]
fn members_are_those_that_were_put_in() {
    for index in 0..20 {
        let mut world = world(index);
        let person = call(&mut world, "add_contact", json!({"full_name": "Mira Sato", "phone": "+1 206 555 0143"}))["person_id"].clone();
        let group = call(&mut world, "create_contact_group", json!({"group_name": "Book Club"}))["group_id"].clone();
        let before = call(&mut world, "list_group_members", json!({"group_id": group}));
        assert!(items(&before, "members").iter().all(|member| member["person_id"] != person), "{before}");
        call(&mut world, "add_to_contact_group", json!({"group_id": group, "person_id": person}));
        let after = call(&mut world, "list_group_members", json!({"group_id": group}));
        let member = items(&after, "members").iter().find(|member| member["person_id"] == person).unwrap_or_else(|| panic!("{after}"));
        assert_eq!(member["full_name"], "Mira Sato");
        assert_eq!(items(&after, "members").len(), (items(&before, "members").len() + 1).min(items(&after, "members").len()));
    }
}

#[test]
fn an_order_is_what_was_in_the_cart() {
    for index in 0..30 {
        let mut world = world(index);
        let found = call(&mut world, "search_products", json!({"query": "desk lamps"}));
        let products: Vec<Value> = items(&found, "products").iter().take(2).map(|product| product["product_id"].clone()).collect();
        let first = call(&mut world, "add_to_cart", json!({"product_id": products[0], "quantity": 2}));
        let second = call(&mut world, "add_to_cart", json!({"product_id": products[1]}));
        assert_eq!(first["cart_id"], second["cart_id"], "one cart");
        assert_ne!(first["cart_item_id"], second["cart_item_id"]);
        assert_eq!(second["quantity"], 1, "what is left out has its default");
        let changed = call(&mut world, "update_cart_item", json!({"cart_item_id": first["cart_item_id"], "quantity": 5}));
        assert_eq!((&changed["cart_id"], &changed["price"]), (&first["cart_id"], &first["price"]), "{first} {changed}");
        let cents = |value: &Value| (value.as_f64().unwrap() * 100.0).round();
        assert_eq!(cents(&changed["line_total"]), cents(&changed["price"]) * 5.0, "{changed}");
        let placed = call(&mut world, "place_order", json!({"cart_id": first["cart_id"], "address_id": "ADR-0001"}));
        let ordered: Vec<(Value, Value)> =
            items(&placed, "items").iter().map(|item| (item["product_id"].clone(), item["quantity"].clone())).collect();
        assert_eq!(ordered, [(products[0].clone(), json!(5)), (products[1].clone(), json!(1))], "{placed}");
        assert_eq!(items(&placed, "items")[0]["line_total"], changed["line_total"]);
        let again = call(&mut world, "place_order", json!({"cart_id": first["cart_id"], "address_id": "ADR-0002"}));
        assert_eq!(again["items"], placed["items"], "an order is amended, not doubled");
        let orders = call(&mut world, "list_orders", json!({}));
        let of_cart = |order: &&Value| order["order_id"] == placed["order_id"] || order["order_id"] == again["order_id"];
        assert_eq!(items(&orders, "orders").iter().filter(of_cart).count(), 1);
        let next = call(&mut world, "add_to_cart", json!({"product_id": products[0]}));
        assert_ne!(next["cart_id"], first["cart_id"], "a cart that was ordered is used up");
    }
}

#[test]
fn a_meal_is_what_was_in_the_basket() {
    for index in 0..30 {
        let mut world = world(index);
        let kitchens = call(&mut world, "find_delivery_restaurants", json!({"delivery_address": "14 Mill Lane"}));
        let menu = call(&mut world, "view_delivery_menu", json!({"kitchen_id": items(&kitchens, "kitchens")[0]["kitchen_id"]}));
        let dishes: Vec<Value> = items(&menu, "dishes").iter().take(2).cloned().collect();
        let basket = call(&mut world, "add_dish_to_basket", json!({"dish_id": dishes[0]["dish_id"], "portions": 2}));
        let second = call(&mut world, "add_dish_to_basket", json!({"dish_id": dishes[1]["dish_id"], "portions": 1}));
        assert_eq!(basket["basket_id"], second["basket_id"]);
        assert_eq!((&basket["price"], &second["price"]), (&dishes[0]["price"], &dishes[1]["price"]), "{menu}");
        let placed = call(&mut world, "place_food_order", json!({"basket_id": basket["basket_id"], "delivery_address": "14 Mill Lane"}));
        let names: Vec<&Value> = items(&placed, "dishes").iter().map(|dish| &dish["dish_name"]).collect();
        assert_eq!(names, [&dishes[0]["dish_name"], &dishes[1]["dish_name"]], "{placed}");
        assert_eq!(items(&placed, "dishes")[0]["line_total"], basket["line_total"], "{placed} {basket}");
    }
}

#[test]
fn a_booking_has_what_was_booked() {
    for index in 0..30 {
        let mut world = world(index);
        let found = call(&mut world, "search_flights", json!({"origin": "LIS", "destination": "OSL", "departure_date": "2026-12-20"}));
        let flight = items(&found, "flights")[0].clone();
        let booked = call(&mut world, "book_flight", json!({"flight_id": flight["flight_id"], "passenger_name": "Mira Sato"}));
        let listed = call(&mut world, "list_flight_bookings", json!({}));
        let own =
            items(&listed, "bookings").iter().find(|one| one["booking_id"] == booked["booking_id"]).unwrap_or_else(|| panic!("{listed}"));
        let of = |name: &str| own[name].clone();
        assert_eq!((of("origin"), of("destination"), of("departure_date")), (json!("LIS"), json!("OSL"), json!("2026-12-20")), "{own}");
        assert_eq!((of("flight_number"), of("passenger_name")), (flight["flight_number"].clone(), json!("Mira Sato")));
        let later = call(&mut world, "search_flights", json!({"origin": "LIS", "destination": "OSL", "departure_date": "2026-12-28"}));
        let other = items(&later, "flights")[0].clone();
        call(&mut world, "change_flight", json!({"booking_id": booked["booking_id"], "flight_id": other["flight_id"]}));
        let listed = call(&mut world, "list_flight_bookings", json!({}));
        let own = items(&listed, "bookings").iter().find(|one| one["booking_id"] == booked["booking_id"]).unwrap();
        assert_eq!((&own["departure_date"], &own["flight_number"]), (&json!("2026-12-28"), &other["flight_number"]), "{own}");
    }
}

#[test]
fn a_list_of_its_own_stays_with_a_thing_and_follows_its_changes() {
    for index in 0..30 {
        let mut world = world(index);
        let found = call(&mut world, "search_contacts", json!({"name": "Chen"}));
        let person = items(&found, "contacts")[0]["person_id"].clone();
        let first = call(&mut world, "get_contact", json!({"person_id": person}));
        call(&mut world, "create_contact_group", json!({"group_name": "Book Club"}));
        assert_eq!(call(&mut world, "get_contact", json!({"person_id": person})), first, "nothing of it changed");
        call(&mut world, "update_contact_phone", json!({"person_id": person, "phone": "+1 206 555 0143", "phone_type": "mobile"}));
        let after = call(&mut world, "get_contact", json!({"person_id": person}));
        assert!(items(&after, "phones").iter().any(|phone| phone["phone"] == "+1 206 555 0143"), "{after}");
        let again = call(&mut world, "search_contacts", json!({"name": "Chen"}));
        let listed = items(&again, "contacts").iter().find(|one| one["person_id"] == person).unwrap();
        assert_eq!(listed["phone"], "+1 206 555 0143");
    }
}

#[test]
fn the_state_after_an_act_is_named_after_the_act() {
    let returns = json!({"type": "object", "properties": {"status": {"type": "string"}}, "required": ["status"]});
    for (name, status) in [("resolve_ticket", "resolved"), ("archive_case", "archived"), ("approve_invoice", "approved")] {
        let thing = name.split('_').nth(1).unwrap();
        let parameters =
            json!({"type": "object", "properties": {format!("{thing}_id"): {"type": "string"}}, "required": [format!("{thing}_id")]});
        let effects = crate::catalog::Effects { updates: vec![thing.to_owned()], ..Default::default() };
        let raw = crate::catalog::RawTool {
            name: name.into(),
            description: format!("Close the {thing}."),
            domain: "test".into(),
            parameters,
            returns: Some(returns.clone()),
            effects: Some(effects),
            ..Default::default()
        };
        let tool = crate::catalog::build::build(raw).unwrap();
        let result = world(1).call(&tool, &json!({format!("{thing}_id"): "X-10001"}), &Demand::default()).unwrap();
        assert_eq!(result["status"], status, "{name}");
    }
}

/// A list that calls things by `id` and a tool that asks for them by `vector_store_id` speak of the same things.
#[test]
fn what_a_list_shows_by_id_is_what_is_asked_for_and_what_is_deleted() {
    let thing = json!({"type": "object", "required": ["id", "name"], "properties": {"id": {"type": "string"}, "name": {"type": "string"}}});
    let list = json!({"type": "object", "required": ["data"], "properties": {"data": {"type": "array", "minItems": 2, "items": thing}}});
    let by_id = json!({"type": "object", "required": ["vector_store_id"], "properties": {"vector_store_id": {"type": "string"}}});
    let gone =
        json!({"type": "object", "required": ["id", "deleted"], "properties": {"id": {"type": "string"}, "deleted": {"type": "boolean"}}});
    let all = one("list_vector_stores", json!({"type": "object", "properties": {}}), list);
    let (get, delete) = (one("get_vector_store", by_id.clone(), thing), one("delete_vector_store", by_id, gone));
    for index in 0..20 {
        let mut world = world(index);
        let mut ask = |tool, arguments| world.call(tool, &arguments, &Demand::default()).unwrap();
        let shown = ask(&all, json!({}));
        for store in items(&shown, "data") {
            let found = ask(&get, json!({"vector_store_id": store["id"]}));
            assert_eq!((&found["id"], &found["name"]), (&store["id"], &store["name"]), "{shown}");
        }
        let first = &shown["data"][0]["id"];
        assert_eq!(ask(&delete, json!({"vector_store_id": first}))["id"], *first);
    }
}
