//! Errors fit the code, the tool and the arguments; what is needed first is needed first; what is done in part says which part.

use super::testing::*;
use super::*;
use crate::catalog::{Effects, ErrorCode, RawTool, build::build};
use serde_json::json;

fn bare(name: &str, description: &str, parameters: Value, effects: Option<Effects>) -> Tool {
    let returns = json!({"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]});
    let raw = RawTool {
        name: name.into(),
        description: description.into(),
        domain: "tickets".into(),
        parameters,
        returns: Some(returns),
        effects,
        ..Default::default()
    };
    build(raw).unwrap()
}

#[test]
fn declared_errors_are_the_ones_that_a_tool_has() {
    let mut world = world(1);
    for tool in OURS.iter() {
        let declared: Vec<ErrorCode> = tool.effects.errors.iter().map(|case| case.code).collect();
        assert_eq!(world.errors(tool), declared, "{}", tool.name);
        for case in &tool.effects.errors {
            let value = world.fail(tool, case.code, &json!({}));
            assert_eq!(value["error"]["message"], case.message, "{}", tool.name);
        }
    }
}

#[test]
fn errors_that_are_not_declared_make_sense_for_the_tool() {
    use ErrorCode::*;
    let mut world = world(1);
    let text = json!({"type": "string"});
    let parameters = |name: &str, schema: &Value| json!({"type": "object", "properties": {name: schema}, "required": [name]});
    let search = bare("search_events", "Search for events in a city.", parameters("city", &text), None);
    assert_eq!(world.errors(&search), [NotFound, RateLimited, Timeout, Unavailable], "a search is not forbidden and gets in nobody's way");
    let random = bare("get_joke_of_the_day", "Get the joke of the day.", json!({"type": "object", "properties": {}}), None);
    assert_eq!(world.errors(&random), [RateLimited, Timeout, Unavailable], "nothing is named that could be missing");
    let level = json!({"type": "integer", "minimum": 1, "maximum": 10});
    let set = bare("set_volume", "Set the volume of the speaker.", parameters("level", &level), None);
    assert_eq!(world.errors(&set), [InvalidValue, PermissionDenied, Conflict, RateLimited, Timeout, Unavailable]);
    let area = bare("calculate_circle_area", "Calculate the area of a circle.", parameters("radius", &json!({"type": "number"})), None);
    assert_eq!(world.errors(&area), [], "arithmetic always works");
}

#[test]
fn messages_speak_of_what_was_asked() {
    let mut world = world(1);
    let message = |value: Value| value["error"]["message"].as_str().unwrap().to_owned();
    let none = Effects { reads: vec!["event".into()], ..Effects::default() };
    let text = json!({"type": "string"});
    let parameters =
        json!({"type": "object", "properties": {"city": text, "day": {"type": "string", "format": "date"}}, "required": ["city", "day"]});
    let search = bare("search_events", "Search for events in a city.", parameters, Some(none));
    let given = json!({"city": "Oslo", "day": "2026-12-01"});
    assert_eq!(message(world.fail(&search, ErrorCode::NotFound, &given)), "No events were found.");
    assert_eq!(
        message(world.fail(&search, ErrorCode::InvalidValue, &given)),
        "The day cannot be used: it is too far away or already past."
    );
    assert_eq!(message(world.fail(&search, ErrorCode::PermissionDenied, &given)), "You do not have access to this information.");
    assert_eq!(message(world.fail(&search, ErrorCode::Timeout, &given)), "The tickets service took too long to answer.");
}

#[test]
fn a_tool_that_needs_a_sign_in_is_refused_before_it() {
    let login = bare(
        "login",
        "Log in with name and password.",
        json!({"type": "object", "properties": {"user_name": {"type": "string"}}, "required": ["user_name"]}),
        None,
    );
    let balance = bare("get_balance", "Get the balance. The user must be logged in.", json!({"type": "object", "properties": {}}), None);
    let tools = [login, balance];
    let context = Context { today: "2026-11-17".into(), user: Default::default(), policies: Vec::new() };
    let stream = || crate::seed::stream(1, 1, crate::seed::Stage::World, 0);
    let mut world = World::with_schemas(&context, stream(), Arc::new(Schemas::of(&tools)));
    let missing = world.missing_precondition(&tools[1]).unwrap();
    assert_eq!((missing.need.as_str(), missing.given_by.as_slice()), ("signed_in", ["login".to_owned()].as_slice()));
    let refused = world.answer(&tools[1], &json!({}), &Demand::default()).unwrap();
    assert_eq!((refused.is_error, &refused.value["error"]["code"]), (true, &json!("permission_denied")));
    assert_eq!(refused.value["error"]["message"], "You need to sign in first.");
    assert_eq!(world.missing_precondition(&tools[0]), None);
    assert!(!world.answer(&tools[0], &json!({"user_name": "mira"}), &Demand::default()).unwrap().is_error);
    assert_eq!(world.missing_precondition(&tools[1]), None);
    assert!(!world.answer(&tools[1], &json!({}), &Demand::default()).unwrap().is_error);
    // Where no tool can ever sign in, the session is signed in.
    let alone = World::with_schemas(&context, stream(), Arc::new(Schemas::of(&tools[1..])));
    assert_eq!(alone.missing_precondition(&tools[1]), None);
}

#[test]
fn declared_needs_are_things_that_calls_make() {
    let thing = |need: &str, make: &str| Effects { needs: vec![need.into()], creates: vec![make.into()], ..Effects::default() };
    let fill = Effects { creates: vec!["cart_item".into()], ..Effects::default() };
    let returns = json!({"type": "object", "properties": {"cart_item_id": {"type": "string"}}, "required": ["cart_item_id"]});
    let empty = json!({"type": "object", "properties": {}});
    let raw = |name: &str, effects| RawTool {
        name: name.into(),
        description: format!("{name}."),
        domain: "shop".into(),
        parameters: empty.clone(),
        returns: Some(returns.clone()),
        effects: Some(effects),
        ..Default::default()
    };
    let tools = [build(raw("add_item", fill)).unwrap(), build(raw("check_out", thing("cart_item", "order"))).unwrap()];
    let context = Context { today: "2026-11-17".into(), user: Default::default(), policies: Vec::new() };
    let mut world = World::with_schemas(&context, crate::seed::stream(1, 1, crate::seed::Stage::World, 0), Arc::new(Schemas::of(&tools)));
    assert_eq!(world.missing_precondition(&tools[1]).unwrap().given_by, ["add_item"]);
    world.answer(&tools[0], &json!({}), &Demand::default()).unwrap();
    assert_eq!(world.missing_precondition(&tools[1]), None);
}

#[test]
fn some_things_are_done_and_some_are_not() {
    let ids = json!({"type": "array", "items": {"type": "string"}, "minItems": 1});
    let parameters = json!({"type": "object", "properties": {"email_ids": ids}, "required": ["email_ids"]});
    let returns = json!({"type": "object", "properties": {"archived": ids, "failed": {"type": "array", "items": {"type": "string"}}}, "required": ["archived", "failed"]});
    let effects = Effects { updates: vec!["email".into()], ..Effects::default() };
    let raw = RawTool {
        name: "archive_emails".into(),
        description: "Archive several emails.".into(),
        domain: "mail".into(),
        parameters,
        returns: Some(returns),
        effects: Some(effects.clone()),
        ..Default::default()
    };
    let tool = build(raw).unwrap();
    let mut world = world(1);
    let given = json!({"email_ids": ["EML-1", "EML-2", "EML-3"]});
    assert!(world.can_be_partial(&tool, &given) && !world.can_be_partial(&tool, &json!({"email_ids": ["EML-1"]})));
    let partial = Demand { partial: true, ..Demand::default() };
    assert_eq!(world.call(&tool, &given, &partial).unwrap()["failed"], json!(["EML-2"]));

    let guest = json!({"type": "object", "properties": {"email": {"type": "string"}}, "required": ["email"]});
    let parameters = json!({"type": "object", "properties": {"guests": {"type": "array", "items": guest}}, "required": ["guests"]});
    let told = json!({"type": "object", "properties": {"email": {"type": "string"}, "result": {"type": "string", "enum": ["invited", "failed"]}}, "required": ["email", "result"]});
    let returns = json!({"type": "object", "properties": {"guests": {"type": "array", "items": told}}, "required": ["guests"]});
    let raw = RawTool {
        name: "invite_guests".into(),
        description: "Invite guests.".into(),
        domain: "events".into(),
        parameters,
        returns: Some(returns),
        effects: Some(effects),
        ..Default::default()
    };
    let tool = build(raw).unwrap();
    let given = json!({"guests": [{"email": "a@example.com"}, {"email": "b@example.com"}]});
    let result = world.call(&tool, &given, &partial).unwrap();
    assert_eq!(result["guests"][1], json!({"email": "b@example.com", "result": "failed"}));
    assert_eq!(result["guests"][0]["email"], "a@example.com");
    assert!(!world.can_be_partial(crate::world::testing::tool("search_hotels"), &json!({"city": "Rome"})));
}

#[test]
fn a_search_may_be_empty_where_its_schema_lets_it() {
    let mut world = world(1);
    let returns = json!({"type": "object", "properties": {"events": {"type": "array", "items": {"type": "object", "properties": {"event_id": {"type": "string"}}}}}});
    assert!(world.can_be_empty(&one("search_events", json!({"type": "object", "properties": {}}), returns)));
    assert!(world.can_be_empty(tool("search_hotels")) && !world.can_be_empty(tool("get_hotel_details")));
}
