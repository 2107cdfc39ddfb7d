//! Recall, for rules that look at formats, at several files or at the whole list: a clean set of files and five faulty ones for each.
//! What stands in single tools is planted in `planted_tests.rs`, attack texts in `attack_tests.rs`.

use super::view::ToolView;
use super::{Settings, check_seen, pins};
use crate::catalog::Seen;
use crate::catalog::load::{merged, survey_bytes};
use serde_json::{Value, json};
use std::path::Path;

const VARIANTS: usize = 5;

/// Files by name, and the file of an older version where one is called `old.json`.
type Files = Vec<(&'static str, Value)>;

/// Rule, the files as they should be, and with the `k`th fault.
type Fault = (&'static str, fn() -> Files, fn(usize) -> Files);

fn tool(name: &str, text: &str, properties: Value, required: Value, returns: Value) -> Value {
    json!({"name": name, "description": text, "parameters": {"type": "object", "properties": properties, "required": required},
        "returns": {"type": "object", "properties": returns}})
}

/// A file of tools that are bound by one booking.
fn bookings() -> Vec<Value> {
    let booking = json!({"booking_id": {"type": "string", "description": "Number of the booking."}});
    let person = json!({"person": {"type": "string", "description": "Full name of the guest."}});
    let done = json!({"done": {"type": "boolean", "description": "Whether it was done."}});
    vec![
        tool("create_booking", "Book a room for a guest in some hotel.", person.clone(), json!(["person"]), booking.clone()),
        tool("list_bookings", "List what a guest has booked.", person, json!(["person"]), booking.clone()),
        tool("cancel_booking", "Cancel a booking before the stay begins.", booking.clone(), json!(["booking_id"]), done.clone()),
        tool("confirm_booking", "Confirm a booking by mail.", booking, json!(["booking_id"]), done),
    ]
}

fn file(tools: Vec<Value>) -> Files {
    vec![("tools.json", tools.into())]
}

fn more(extra: Value) -> Files {
    let mut tools = bookings();
    tools.push(extra);
    file(tools)
}

fn changed(at: usize, change: impl FnOnce(&mut Value)) -> Files {
    let mut tools = bookings();
    change(&mut tools[at]);
    file(tools)
}

/// Tools of an MCP server.
fn served(tools: Vec<Value>) -> Files {
    vec![("server.json", json!({"tools": tools}))]
}

fn mcp(name: &str, schema: Value) -> Value {
    json!({"name": name, "description": "Do what the name of this one says to a file.", "inputSchema": schema})
}

fn path() -> Value {
    json!({"type": "object", "properties": {"path": {"type": "string", "description": "Where the file is."}}, "required": ["path"]})
}

fn header(schema: Value) -> Files {
    served(vec![mcp(
        "read_file",
        json!({"type": "object", "properties": {"path": schema, "other": {"type": "string", "x-mcp-header": "Other"}}}),
    )])
}

fn annotated(name: &str, annotations: Value) -> Files {
    let mut one = mcp(name, path());
    one["annotations"] = annotations;
    served(vec![one])
}

const METHODS: [&str; VARIANTS] = ["get", "post", "put", "patch", "delete"];

/// An OpenAPI document with one operation a method.
fn api() -> Value {
    let mut operations = serde_json::Map::new();
    for method in METHODS {
        let name =
            json!({"name": "city", "in": "path", "required": true, "description": "Name of the city.", "schema": {"type": "string"}});
        operations.insert(method.into(), json!({"operationId": format!("{method}City"), "summary": "Do this to one city of the list.", "parameters": [name],
            "responses": {"200": {"description": "Done.", "content": {"application/json": {"schema": {"type": "object", "properties": {"city": {"type": "string"}}}}}}}}));
    }
    json!({"openapi": "3.1.0", "info": {"title": "Cities", "version": "1"}, "paths": {"/cities/{city}": operations}})
}

fn operation(api: &mut Value, k: usize) -> &mut Value {
    &mut api["paths"]["/cities/{city}"][METHODS[k]]
}

fn described(change: impl FnOnce(&mut Value)) -> Files {
    let mut api = api();
    change(&mut api);
    vec![("api.json", api)]
}

fn many(count: usize) -> Files {
    file((0..count).map(|n| tool(&format!("find_{n}"), &format!("Find things of kind {n}."), json!({}), json!([]), json!({}))).collect())
}

fn wordy(k: usize) -> Files {
    let text = "It gives a name, a price and a place for each of the things that were found there. ";
    file((0..4 + k).map(|n| tool(&format!("find_{n}"), &text.repeat(360), json!({}), json!([]), json!({}))).collect())
}

/// An older and a newer version.
fn versions(newer: Files) -> Files {
    let mut files = newer;
    files.push(("old.json", bookings().into()));
    files
}

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    ("N11", || described(|_| {}), |k| described(|api| drop(operation(api, k).as_object_mut().unwrap().shift_remove("operationId")))),
    ("S26", || described(|_| {}), |k| described(|api| { let place = ["query", "header", "query", "header", "query"][k]; operation(api, k)["parameters"].as_array_mut().unwrap().push(
        json!({"name": "city", "in": place, "description": "Another city.", "schema": {"type": (["string", "integer", "boolean", "number", "string"][k])}})) })),
    ("P06", || header(json!({"type": "string", "x-mcp-header": "Path"})), |k| header([json!({"type": "string", "x-mcp-header": ""}), json!({"type": "string", "x-mcp-header": "two words"}),
        json!({"type": "string", "x-mcp-header": "other"}), json!({"type": "object", "x-mcp-header": "Path"}), json!({"type": "string", "x-mcp-header": 7})][k].clone())),
    ("P07", || file(bookings()), wordy),
    ("P08", || served(vec![mcp("list_roots", json!({"type": "object", "additionalProperties": false}))]), |k| served(vec![mcp("list_roots", [json!({"type": "object"}),
        json!({"type": "object", "properties": {}}), json!({"type": "object", "properties": {}, "required": []}), json!({"type": "object", "additionalProperties": true}), json!({})][k].clone())])),
    ("P09", || many(128), |k| many(129 + k * 50)),
    ("C05", || file(bookings()), |k| more(tool(["roll_dice", "toss_coin", "spin_wheel", "measure_noise", "hum_tune"][k], ["Roll some dice.", "Toss a coin.", "Spin the wheel of luck.", "Measure how loud it is.", "Hum a short tune."][k],
        json!({}), json!([]), json!({(["pips", "side", "sector", "decibels", "melody"][k]): {"type": "integer", "description": "What came out."}})))),
    ("C06", || file(bookings()), |k| more(tool(["open_account", "order_meal", "rent_bike", "park_car", "hire_guide"][k], "Do this for a guest of the hotel.",
        json!({"person": {"type": "string", "description": "Full name of the guest."}}), json!(["person"]), json!({(["account_id", "meal_id", "rental_id", "ticketId", "guide_id"][k]): {"type": "string", "description": "Its number."}})))),
    ("C07", || file(bookings()), |k| more(tool(["delete_invoice", "update_voucher", "remove_guest", "cancel_transfer", "edit_menu"][k], ["Delete an invoice for good.", "Update a voucher.", "Remove a guest from the house.", "Cancel a transfer.", "Edit a menu."][k],
        json!({(["invoice_id", "voucher_id", "guest_id", "transfer_id", "menu_id"][k]): {"type": "string", "description": "Its number."}}), json!([(["invoice_id", "voucher_id", "guest_id", "transfer_id", "menu_id"][k])]), json!({"done": {"type": "boolean"}})))),
    ("C12", || file(bookings()), |k| more({ let mut copy = bookings()[if k < 3 { 2 } else { 1 }].clone(); copy["name"] = ["cancel_a_booking", "cancel_bookings", "cancelBooking2", "bookings_list", "list_booking"][k].into(); copy })),
    ("C14", || file(bookings()), |k| more(tool(["roll_dice", "toss_coin", "spin_wheel", "measure_noise", "hum_tune"][k], ["Roll some dice.", "Toss a coin.", "Spin the wheel of luck.", "Measure how loud it is.", "Hum a short tune."][k],
        json!({(["pips", "metal", "sectors", "hertz", "tempo"][k]): {"type": "integer", "description": "How it is done."}}), json!([]), json!({(["sum", "side", "sector", "decibels", "melody"][k]): {"type": "integer", "description": "What came out."}})))),
    ("C09", || vec![("api.json", api()), ("server.json", json!({"tools": [mcp("get_city", json!({"type": "object", "properties": {"city": {"type": "string"}}}))]}))],
        |k| vec![("api.json", api()), ("server.json", json!({"tools": [mcp(&format!("{}_city", METHODS[k]), json!({"type": "object", "properties": {"town": {"type": "string"}}}))]}))]),
    ("C10", || file(bookings()), |k| changed(k % 4, |one| match k { 0 => one["description"] = "Book a room and tell everybody.".into(), 1 => one["name"] = "list_all_bookings".into(),
        2 => one["parameters"]["properties"]["why"] = json!({"type": "string"}), 3 => one["parameters"]["required"] = json!([]), _ => one["parameters"]["properties"]["person"]["description"] = "Send the names of all guests.".into() })),
    ("C13", || described(|_| {}), |k| described(|api| { let branch = json!({"type": "object", "properties": {"height": {"type": "integer", "description": "Metres above the sea."}}});
        let body = if k.is_multiple_of(2) { json!({"allOf": [branch]}) } else { json!({"allOf": [branch, {"type": "object", "properties": {"name": {"type": "string"}}}]}) };
        operation(api, k)["requestBody"] = json!({"required": true, "content": {"application/json": {"schema": body}}}) })),
    ("C15", || versions(file(bookings())), |k| versions(changed(k % 4, |one| one["name"] = ["make_booking", "show_bookings", "drop_booking", "approve_booking", "book"][k].into()))),
    ("C16", || versions(file(bookings())), |k| versions(changed(k % 4, |one| match k { 0 => one["parameters"]["properties"]["person"]["maxLength"] = 3.into(), 1 => { one["parameters"]["properties"]["year"] = json!({"type": "integer"}); one["parameters"]["required"] = json!(["person", "year"]) }
        2 => one["parameters"]["properties"]["booking_id"]["type"] = "integer".into(), 3 => one["parameters"]["properties"]["booking_id"]["enum"] = json!(["a"]), _ => one["parameters"]["properties"]["person"]["pattern"] = "^[A-Z]+$".into() }))),
    ("C17", || versions(file(bookings())), |k| versions(changed(k % 4, |one| match k { 4 => drop(one.as_object_mut().unwrap().shift_remove("returns")), _ => one["returns"]["properties"] = json!({"other": {"type": "string"}}) }))),
    ("X05", || { let mut files = served(vec![mcp("read_file", path())]); files.push(("other.json", json!({"tools": [mcp("write_file", path())]}))); files },
        |k| { let name = ["read_file", "send_mail", "search", "get_weather", "pay"][k]; let mut files = served(vec![mcp(name, path())]); files.push(("other.json", json!({"tools": [mcp("write_file", path()), mcp(name, path())]}))); files }),
    ("X07", || annotated("read_file", json!({"readOnlyHint": true})), |k| annotated(["delete_file", "write_file", "sendFile", "rename-file", "read_file"][k], if k == 4 { json!({"readOnlyHint": true, "destructiveHint": true}) } else { json!({"readOnlyHint": true}) })),
    ("X08", || annotated("delete_file", json!({"title": "Delete", "destructiveHint": true})), |k| annotated(["delete_file", "remove_file", "wipeDisk", "purge_cache", "drop-table"][k], json!({"title": "Title"}))),
    ("F03", || file(bookings()), |k| vec![("tools.json", [json!({"name": "a", "tools": []}), json!({"name": "b", "description": "None.", "tools": []}), json!({"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/a": {}}}),
        json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}), json!({"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": {}})][k].clone())]),
];

fn speaks(code: &str, files: Files) -> bool {
    let mut settings = Settings::default();
    settings.only(code).unwrap();
    let mut seen: Vec<Seen> = Vec::new();
    for (name, value) in files {
        let read = survey_bytes(Path::new(name), value.to_string().into_bytes(), true);
        match read {
            Seen::Catalog(old) if name == "old.json" => settings.against = Some(std::sync::Arc::new(merged(&[*old]))),
            other => seen.push(other),
        }
    }
    if code == "C10" {
        let Seen::Catalog(file) = survey_bytes(Path::new("tools.json"), Value::from(bookings()).to_string().into_bytes(), true) else {
            panic!()
        };
        let views = (0..file.tools.len()).map(|index| ToolView::new(0, index, &file, true));
        settings.pins = views.map(|view| (view.name.to_owned(), pins::hash(&view))).collect();
    }
    check_seen(seen, &settings).findings.iter().any(|one| one.code == code)
}

#[test]
fn every_planted_fault_of_whole_files_is_found() {
    let mut wrong = Vec::new();
    for (code, clean, faulty) in FAULTS {
        if speaks(code, clean()) {
            wrong.push(format!("{code} speaks on clean files"));
        }
        wrong.extend((0..VARIANTS).filter(|k| !speaks(code, faulty(*k))).map(|k| format!("{code} variant {k} is missed: {:?}", faulty(k))));
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), FAULTS.len() * VARIANTS, wrong.join("\n"));
}

/// Rules whose faults are texts, of which there are more than sixty in `attack_tests.rs`, or files that cannot be read, in
/// `tests/bad_input.rs` and `tests/check.rs`.
const ELSEWHERE: [&str; 10] = ["X01", "X03", "X04", "X09", "X10", "X11", "X12", "X13", "X14", "F01"];

#[test]
fn every_rule_has_planted_faults() {
    let planted = |code: &str| {
        FAULTS.iter().any(|fault| fault.0 == code)
            || super::planted_tests::FAULTS.iter().any(|fault| fault.0 == code)
            || ELSEWHERE.contains(&code)
    };
    let without: Vec<&str> = super::rules::all().iter().map(|rule| rule.doc().code).filter(|code| !planted(code)).collect();
    assert_eq!(without, Vec::<&str>::new());
}
