//! Recall: faults that are planted into a clean catalog, at least five for each rule that looks at single catalogs, are all found.

use super::{Checked, Settings, check_seen, rules};
use crate::catalog::load::survey_bytes;
use serde_json::{Map, Value, json};
use std::path::Path;

const VARIANTS: usize = 5;

/// Six clean tools that belong together; faults are planted into the first five.
fn clean() -> Vec<Value> {
    let tool = |name: &str, text: &str, properties: Value, required: &[&str], returns: Value| {
        json!({"name": name, "description": text, "parameters": {"type": "object", "properties": properties, "required": required},
            "returns": {"type": "object", "properties": returns}})
    };
    let text = |words: &str| json!({"type": "string", "description": words});
    let number = |words: &str| json!({"type": "integer", "description": words});
    let booking = || text("Number that the hotel gave when the room was booked.");
    vec![
        tool(
            "search_hotels",
            "Find hotels in a city that have free rooms for some nights.",
            json!({"city": text("City to stay in, such as Lisbon."), "nights": number("How many nights the stay lasts.")}),
            &["city"],
            json!({"hotel_id": text("Key of the hotel."), "stars": number("Stars from one to five.")}),
        ),
        tool(
            "book_hotel_room",
            "Reserve one room and pay for it in advance.",
            json!({"hotel_id": text("Key of the hotel from a search."), "guests": number("People who stay.")}),
            &["hotel_id"],
            json!({"booking_id": text("Number of the reservation.")}),
        ),
        tool(
            "cancel_reservation",
            "Give a reserved room back before the stay begins.",
            json!({"booking_id": booking(), "reason": text("Why the guest does not come.")}),
            &["booking_id"],
            json!({"refunded": {"type": "boolean", "description": "Whether money was paid back."}}),
        ),
        tool(
            "rate_stay",
            "Write a review of a hotel after the guest has left it.",
            json!({"booking_id": booking(), "grade": number("Grade from one to ten.")}),
            &["booking_id"],
            json!({"published": {"type": "boolean", "description": "Whether it can be read."}}),
        ),
        tool(
            "list_reservations",
            "Show what a person has booked, the newest first.",
            json!({"person": text("Full name of the guest."), "year": number("Year of the stays.")}),
            &["person"],
            json!({"booking_id": text("Number of the reservation.")}),
        ),
        tool(
            "describe_breakfast",
            "Tell which dishes are served in the morning.",
            json!({"hotel_id": text("Key of the hotel from a search.")}),
            &["hotel_id"],
            json!({"dishes": {"type": "array", "items": {"type": "string"}, "description": "What is served."}}),
        ),
    ]
}

fn checked(rule: &str, tools: Value) -> Checked {
    let mut settings = Settings::default();
    settings.only(rule).unwrap();
    check_seen(vec![survey_bytes(Path::new("planted.json"), tools.to_string().into_bytes(), true)], &settings)
}

/// Plants the `k`th variant of a fault.
pub(super) type Plant = fn(&mut Vec<Value>, usize);

/// The properties of a tool.
fn properties(tool: &mut Value) -> &mut Map<String, Value> {
    tool["parameters"]["properties"].as_object_mut().unwrap()
}

/// Its first property (even variants) or its last.
fn property(tools: &mut [Value], k: usize) -> &mut Value {
    let properties = properties(&mut tools[k]);
    if k.is_multiple_of(2) { properties.values_mut().next().unwrap() } else { properties.values_mut().next_back().unwrap() }
}

fn rename(tools: &mut [Value], k: usize, f: impl Fn(&str) -> String) {
    let name = f(tools[k]["name"].as_str().unwrap());
    tools[k]["name"] = name.into();
}

fn rename_property(tools: &mut [Value], k: usize, f: impl Fn(&str) -> String) {
    let properties = properties(&mut tools[k]);
    let (name, schema) = properties.iter().next_back().map(|(name, schema)| (name.clone(), schema.clone())).unwrap();
    properties.shift_remove(&name);
    properties.insert(f(&name), schema);
}

fn pick<'a>(list: [&'a str; VARIANTS], k: usize) -> &'a str {
    list[k]
}

fn set(value: &mut Value, keys: Value) {
    let map = value.as_object_mut().unwrap();
    keys.as_object().unwrap().iter().for_each(|(key, value)| drop(map.insert(key.clone(), value.clone())));
}

#[rustfmt::skip]
pub(super) const FAULTS: &[(&str, Plant)] = &[
    ("N01", |t, k| rename(t, k, |n| n.replacen('_', pick([".", " ", "/", ":", "é"], k), 1))),
    ("N02", |t, k| rename(t, k, |n| format!("{n}{}", "_of_the_guest".repeat(5)))),
    ("N03", |t, k| rename(t, k, |n| format!("{}{n}", pick(["1", "-", "9_", "2", "."], k)))),
    ("N04", |t, k| rename(t, k, |n| n.replacen('_', pick([" ", "/", "#", "$", "ü"], k), 1))),
    ("N05", |t, k| { let name = t[5]["name"].clone(); t[k]["name"] = name }),
    ("N06", |t, k| { let name = t[5]["name"].as_str().unwrap().to_owned(); t[k]["name"] = pick(["describeBreakfast", "Describe_Breakfast", "describe-breakfast", "DESCRIBE_BREAKFAST", "describe_breakFast"], k).into(); assert_ne!(t[k]["name"], name) }),
    ("N07", |t, k| t[k]["name"] = pick(["describe.breakfast", "describe breakfast", "describe/breakfast", "describe:breakfast", "describe+breakfast"], k).into()),
    ("N08", |t, k| rename_property(t, k, |n| format!("{n}{}", pick(["[]", "$", " x", "é", "/y"], k)))),
    ("N09", |t, k| rename_property(t, k, |n| format!("{n}{}", pick(["[]", ".x", "-x", " x", "é"], k)))),
    ("N10", |t, k| t[k]["name"] = pick(["searchHotels", "BookRoom", "cancel-room", "rateStay", "List.All"], k).into()),
    ("N12", |t, k| t[k]["name"] = pick(["process_data", "execute", "handleRequest", "get_info", "run"], k).into()),
    ("N13", |t, k| rename(t, k, |n| n.replacen(['a', 'e', 'o'], pick(["а", "е", "ο", "ａ", "о"], k), 1))),
    ("N14", |t, k| t[k]["name"] = [json!(""), json!("  "), json!(null), json!(7), json!([])][k].clone()),
    ("N15", |t, k| { let p = properties(&mut t[k]); p.insert("firstName".into(), json!({"type": "string"})); p.insert(pick(["last_name", "last-name", "LastName", "the_name", "a.name"], k).into(), json!({"type": "string"})); }),
    ("D01", |t, k| match k { 0 => drop(t[0].as_object_mut().unwrap().shift_remove("description")), k => t[k]["description"] = pick(["", "", "  ", "\n", "\t"], k).into() }),
    ("D02", |t, k| t[k]["description"] = pick(["Hotels", "Books rooms.", "Cancel it now", "Rate", "List all."], k).into()),
    ("D03", |t, k| t[k]["description"] = pick(["Searches the hotels.", "Books a hotel room", "Cancels the given reservation", "Rates stays.", "Lists all reservations"], k).into()),
    ("D04", |t, k| match k % 2 { 0 => drop(property(t, k).as_object_mut().unwrap().shift_remove("description")), _ => set(property(t, k), json!({"description": " "})) }),
    ("D05", |t, k| { let name = pick(["City", "The guests.", "The booking id", "Grade of the", "A person."], k).to_owned(); set(property(t, k), json!({"description": name})) }),
    ("D06", |t, k| { let text = t[5]["description"].as_str().unwrap().to_owned(); t[k]["description"] = [text.clone(), text.to_uppercase(), text.replace('.', ""), format!(" {text} "), text.replace(' ', "  ")][k].clone().into() }),
    ("D07", |t, k| t[k]["description"] = format!("Find what is free. {}", "It says how many rooms there are. ".repeat(31 + k)).into()),
    ("D08", |t, k| set(property(t, k), json!({"type": "string", "description": pick(["How. Options include 'easy', 'hard'.", "Must be \"asc\" or \"desc\".", "One of `red`, `green`, `blue`.", "Allowed values: 'a', 'b', or 'c'", "Can be either 'now' or 'later'."], k)}))),
    ("D09", |t, k| set(property(t, k), json!({"description": pick(["How many. Default is 5.", "How many (default: 10).", "Defaults to 20.", "The count; default value is 7", "Number. 50 by default."], k)}))),
    ("D10", |t, k| set(property(t, k), json!({"type": "string", "description": pick(["Day as YYYY-MM-DD.", "Time as HH:MM.", "An ISO 8601 timestamp.", "UUID of the room.", "Date, MM/DD/YYYY."], k)}))),
    ("D11", |t, k| set(property(t, k), json!({"type": pick(["string", "string", "integer", "string", "string"], k), "description": pick(["A list of names.", "Array of room numbers", "Whether to pay now.", "Number of guests.", "List of the dishes"], k)}))),
    ("D12", |t, k| t[k]["description"] = pick(["Find <b>rooms</b> in a city.", "Reserve a room.<br/>Pay later.", "Give <a href=\"x\">it</a> back.", "Runs eval(x) on it.", "<p>Show all of it</p>"], k).into()),
    ("D13", |t, k| { t[5]["description"] = "Find all rooms with a view that are quiet and cheap and near the sea.".into(); t[k]["description"] = pick(["Find the rooms with a view that are quiet and cheap and near a lake.", "Find rooms with a view that are clean and cheap and near the sea.", "Find rooms with a view that are quiet and small and near the sea.", "Find rooms with a view that are quiet and cheap and near the park.", "Find beds with a view that are quiet and cheap and near the sea."], k).into() }),
    ("D14", |t, k| { t[k].as_object_mut().unwrap().shift_remove("returns"); t[k]["description"] = pick(["Press the bell at the desk.", "Reserve one room in advance.", "Cancel the stay.", "Rate the stay with a grade.", "Handle the bookings of a person."], k).into() }),
    ("D15", |t, k| { t[k] = t[0].clone(); let p = properties(&mut t[k]); p.insert("room_id".into(), json!({"type": "string"})); t[k]["parameters"]["required"] = json!(["room_id"]) }),
    ("D16", |t, k| { properties(&mut t[k]).insert(pick(["duration", "max_price", "weight", "distance", "timeout"], k).into(), json!({"type": "number", "description": "How much of it."})); }),
    ("D17", |t, k| t[k]["description"] = pick(["TODO", "TODO: write this", "Lorem ipsum dolor sit amet", "description goes here", "FIXME later"], k).into()),
    ("D18", |t, k| t[k]["description"] = pick(["Obtiene la lista de los hoteles de una ciudad.", "查询城市的酒店", "Найти гостиницу в городе", "Gibt die Liste der Hotels für eine Stadt", "Donne la liste des hôtels pour une ville"], k).into()),
    ("D19", |t, k| { let text = "Name of the thing as it is written on the door of it"; set(property(t, k), json!({"description": text})); t[k]["description"] = format!("Do it well. {text}, always.").into() }),
    ("S01", |t, k| set(property(t, k), json!({"type": pick(["dict", "float", "str", "int", "Widget"], k)}))),
    ("S02", |t, k| drop(property(t, k).as_object_mut().unwrap().shift_remove("type"))),
    ("S03", |t, k| set(property(t, k), json!({"type": ([json!("array"), json!("list"), json!("tuple"), json!(["array", "null"]), json!("array")][k].clone())}))),
    ("S04", |t, k| set(property(t, k), [json!({"type": "object"}), json!({"type": "dict"}), json!({"type": "object", "properties": {}}), json!({"type": "object", "additionalProperties": true}), json!({"type": ["object", "null"]})][k].clone())),
    ("S05", |t, k| t[k]["parameters"]["required"].as_array_mut().unwrap().push(pick(["ghost", "City", "id", "hotel", "x"], k).into())),
    ("S06", |t, k| { let first = t[k]["parameters"]["required"][0].clone(); t[k]["parameters"]["required"].as_array_mut().unwrap().push(first) }),
    ("S07", |t, k| set(property(t, k), json!({"required": ([json!(true), json!(false), json!("yes"), json!(true), json!(1)][k].clone())}))),
    ("S08", |t, k| set(property(t, k), [json!({"type": "integer", "enum": [1, 2, 2]}), json!({"type": "string", "enum": ["a", "a"]}), json!({"enum": [true, true]}), json!({"enum": ["x", "y", "z", "x"]}), json!({"enum": [null, 1, null]})][k].clone())),
    ("S09", |t, k| set(property(t, k), [json!({"type": "integer", "enum": ["1"]}), json!({"type": "string", "enum": [1, 2]}), json!({"type": "array", "items": {"type": "string"}, "enum": ["a", "b"]}), json!({"type": "boolean", "enum": ["yes", "no"]}), json!({"type": "number", "enum": [1, "2"]})][k].clone())),
    ("S10", |t, k| set(property(t, k), [json!({"type": "string", "enum": ["a"]}), json!({"type": "integer", "enum": [1]}), json!({"enum": []}), json!({"type": "string", "enum": [""]}), json!({"enum": [null]})][k].clone())),
    ("S11", |t, k| set(property(t, k), [json!({"enum": ["a"], "default": "b"}), json!({"type": "integer", "enum": [1], "default": 2}), json!({"enum": ["a"], "default": null}), json!({"enum": ["a"], "default": "A"}), json!({"enum": ["1"], "default": 1})][k].clone())),
    ("S12", |t, k| set(property(t, k), [json!({"type": "integer", "default": "20"}), json!({"type": "boolean", "default": "true"}), json!({"type": "string", "default": 5}), json!({"type": "array", "items": {"type": "string"}, "default": "a"}), json!({"type": "integer", "minimum": 1, "default": 0})][k].clone())),
    ("S13", |t, k| { let name = t[k]["parameters"]["required"][0].as_str().unwrap().to_owned(); set(&mut properties(&mut t[k])[&name], json!({"type": ["string", "integer", "boolean"], "default": ([json!("a"), json!(1), json!(true), json!(""), json!(0)][k].clone())})) }),
    ("S14", |t, k| match k % 2 { 0 => drop(t[k]["parameters"].as_object_mut().unwrap().shift_remove("required")), _ => t[k]["parameters"]["required"] = json!([]) }),
    ("S15", |t, k| set(property(t, k), [json!({"minLength": "x"}), json!({"pattern": 5}), json!({"enum": "a"}), json!({"multipleOf": 0}), json!({"minItems": -1})][k].clone())),
    ("S16", |t, k| set(property(t, k), [json!({"type": "integer", "minimum": 5, "maximum": 1}), json!({"minLength": 9, "maxLength": 2}), json!({"pattern": "[a"}), json!({"type": "number", "exclusiveMinimum": 3, "maximum": 3}), json!({"type": "array", "minItems": 2, "maxItems": 1})][k].clone())),
    ("S17", |t, k| { let name = t[k]["parameters"]["required"][0].as_str().unwrap().to_owned(); properties(&mut t[k])[&name] = [json!({"allOf": [{"type": "string"}, {"type": "integer"}]}), json!({"allOf": [{"minimum": 5}, {"maximum": 1}, {"type": "integer"}]}), json!({"not": {}}), json!({"allOf": [{"const": 1}, {"const": 2}]}), json!({"enum": []})][k].clone() }),
    ("S18", |t, k| *property(t, k) = json!({"$ref": pick(["#/$defs/Nothing", "other.json#/a", "https://example.org/a.json", "#/properties/zzz", "file:///etc/a.json"], k)})),
    ("S19", |t, k| t[k]["parameters"] = [json!({"type": "string"}), json!({"type": "array", "items": {}}), json!("text"), json!({"type": ["string", "null"]}), json!({"type": "integer"})][k].clone()),
    ("S20", |t, k| set(&mut t[k]["parameters"], json!({pick(["anyOf", "oneOf", "allOf", "anyOf", "oneOf"], k): [{"required": ["x"]}]}))),
    ("S21", |t, k| set(property(t, k), json!({pick(["desciption", "requred", "formt", "minimun", "exampels"], k): "x"}))),
    ("S22", |t, k| set(property(t, k), [json!({"type": "integer", "examples": ["two"]}), json!({"type": "string", "example": 5}), json!({"type": "boolean", "examples": ["no"]}), json!({"type": "integer", "maximum": 3, "example": 9}), json!({"enum": ["a"], "examples": ["b"]})][k].clone())),
    ("S23", |t, k| match k { 0 | 1 => for i in 0..26 + k { properties(&mut t[k]).insert(format!("part_{i}"), json!({"type": "string"})); }, k => { let mut deep = json!({"type": "string"}); for _ in 0..4 + k { deep = json!({"type": "object", "properties": {"inner": deep}}); } *property(t, k) = deep } }),
    ("S24", |t, k| set(property(t, k), [json!({"type": "integer", "maximum": "50"}), json!({"minLength": "1"}), json!({"deprecated": "true"}), json!({"type": "array", "items": {}, "uniqueItems": "False"}), json!({"type": "number", "multipleOf": "0.5"})][k].clone())),
    ("S25", |t, k| set(property(t, k), [json!({"type": "integer", "minLength": 1}), json!({"type": "string", "minimum": 1}), json!({"type": "boolean", "items": {}}), json!({"type": "integer", "pattern": "a"}), json!({"type": "string", "properties": {}})][k].clone())),
    ("S27", |t, k| drop(properties(&mut t[k]).insert(pick(["", " ", "\t", "  ", "\n"], k).into(), json!({"type": "string"})))),
    ("S28", |t, k| drop(properties(&mut t[k]).insert(pick(["limit", "page", "max_price", "count", "offset"], k).into(), json!({"type": "string", "default": pick(["20", "1", "9.5", "3", "0"], k)})))),
    ("P01", |t, k| set(&mut t[k]["parameters"], json!({"additionalProperties": true}))),
    ("P02", |t, k| set(property(t, k), [json!({"oneOf": [{"type": "string"}]}), json!({"allOf": [{"type": "integer"}]}), json!({"not": {"type": "null"}}), json!({"if": {}, "then": {}}), json!({"dependentRequired": {}})][k].clone())),
    ("P03", |t, k| match k { 0 | 1 => set(property(t, k), json!({"enum": (0..1001 + k).map(|n| format!("v{n}")).collect::<Vec<_>>()})), 2 | 3 => { let mut deep = json!({"type": "string"}); for _ in 0..9 + k { deep = json!({"type": "object", "properties": {"inner": deep}}); } *property(t, k) = deep } _ => set(property(t, k), json!({"enum": (0..300).map(|n| format!("{n}{}", "x".repeat(60))).collect::<Vec<_>>()})) }),
    ("P04", |t, k| set(property(t, k), [json!({"type": ["string", "null"]}), json!({"const": 1}), json!({"exclusiveMinimum": 0}), json!({"enum": [1, 2]}), json!({"type": "object", "additionalProperties": {"type": "string"}})][k].clone())),
    ("P05", |t, k| set(property(t, k), [json!({"minimum": 1}), json!({"maxLength": 5}), json!({"multipleOf": 2}), json!({"maxItems": 2}), json!({"uniqueItems": true})][k].clone())),
    ("C01", |t, k| { let text = t[5]["description"].as_str().unwrap().to_owned(); t[k]["description"] = [text.clone(), text.replace("the morning", "a morning"), format!("{text} Always."), text.replace("the morning", "mornings"), text.to_uppercase()][k].clone().into() }),
    ("C02", |t, k| { properties(&mut t[k]).insert(pick(["invoice_id", "ticketId", "city-id", "dish_id", "petID"], k).into(), json!({"type": "string"})); let name = properties(&mut t[k]).keys().next_back().unwrap().clone(); t[k]["parameters"]["required"].as_array_mut().unwrap().push(name.into()) }),
    ("C03", |t, k| drop(t[k].as_object_mut().unwrap().shift_remove("returns"))),
    ("C04", |t, k| { for i in 0..5 { properties(&mut t[i]).insert("floor".into(), json!({"type": "integer"})); } properties(&mut t[k]).insert("floor".into(), json!({"type": pick(["string", "number", "boolean", "string", "array"], k)})); }),
    ("C08", |t, k| t[k]["returns"] = [json!({"$ref": "#/nowhere"}), json!({"type": "object", "properties": {"a": {"$ref": "x.json"}}}), json!({"type": "string", "pattern": "[a"}), json!({"$ref": "https://example.org/x"}), json!({"type": "array", "items": {"multipleOf": 0}})][k].clone()),
    ("C11", |t, k| t[k]["parameters"] = [json!({"type": "string"}), json!({"type": "object", "properties": {"x": {"type": "object"}}, "required": ["x"]}), json!({"type": "object", "properties": {"x": {"$ref": "#/no"}}}), json!({"type": "object", "properties": {"x": {"enum": []}}, "required": ["x"]}), json!({"type": "object", "properties": {"x": {"type": "integer", "minimum": 5, "maximum": 1}}})][k].clone()),
    ("X02", |t, k| t[k]["description"] = pick(["It is important to name the city.", "Crucial: name the hotel.", "Words that are too short are set to ignore.", "Disregard the case of names in it.", "For urgent stays of a guest."], k).into()),
    ("X06", |t, k| drop(properties(&mut t[k]).insert(pick(["api_key", "password", "accessToken", "client_secret", "auth_token"], k).into(), json!({"type": "string"})))),
    ("F02", |t, k| t[k]["x-lint"] = [json!(["no-such-rule"]), json!("D999"), json!({"D02": "loud"}), json!({"desc-to-short": "off"}), json!(5)][k].clone()),
];

/// Ready for OpenAI's strict mode.
fn strict(mut tool: Value) -> Value {
    let names: Vec<String> = properties(&mut tool).keys().cloned().collect();
    set(&mut tool["parameters"], json!({"required": names, "additionalProperties": false}));
    tool
}

/// Needs no identifier.
fn undemanding(mut tool: Value) -> Value {
    set(&mut tool["parameters"], json!({"required": []}));
    tool
}

#[test]
fn every_planted_fault_is_found() {
    let mut missed = Vec::new();
    for (code, plant) in FAULTS {
        let base = || match *code {
            "P01" => clean().into_iter().map(strict).collect(),
            "D15" => clean().into_iter().map(undemanding).collect(),
            _ => clean(),
        };
        let before = checked(code, base().into()).findings.len();
        for k in 0..VARIANTS {
            let mut tools = base();
            plant(&mut tools, k);
            let tools = Value::from(tools);
            if checked(code, tools.clone()).findings.len() <= before {
                missed.push(format!("{code} variant {k}: {}", tools[k]));
            }
        }
    }
    let all = FAULTS.len() * VARIANTS;
    assert!(missed.is_empty(), "{} of {all} missed:\n{}", missed.len(), missed.join("\n"));
}

/// Rules that a clean catalog may break: they are about readiness for one provider and about what a catalog of six tools lacks.
const NOT_CLEAN: [&str; 4] = ["P01", "D15", "C14", "C06"];

#[test]
fn the_clean_catalog_is_clean() {
    let seen = vec![survey_bytes(Path::new("clean.json"), Value::from(clean()).to_string().into_bytes(), true)];
    let found = check_seen(seen, &Settings::default());
    let told: Vec<String> =
        found.findings.iter().filter(|one| !NOT_CLEAN.contains(&one.code)).map(|one| format!("{} {}", one.code, one.message)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(FAULTS.iter().all(|(code, _)| rules::all().iter().any(|rule| rule.doc().code == *code)));
}
