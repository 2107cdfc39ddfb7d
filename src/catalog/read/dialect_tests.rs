//! The published dialects, each on a small fixture of our own.

use super::super::load::{RawCatalog, read_paths};
use serde_json::{Value, json};
use std::path::Path;

fn load(name: &str) -> RawCatalog {
    let catalog = read_paths(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/catalogs").join(name)]).unwrap();
    assert!(catalog.skipped.is_empty(), "{:?}", catalog.skipped);
    catalog
}

/// Name, domain, parameters and result of every tool.
fn tools(catalog: &RawCatalog) -> Vec<(&str, &str, &Value, Value)> {
    catalog
        .tools
        .iter()
        .map(|tool| (tool.name.as_str(), tool.domain.as_str(), &tool.parameters, tool.returns.clone().unwrap_or_default()))
        .collect()
}

#[test]
fn bfcl_function_documents_and_questions() {
    let catalog = load("bfcl");
    let found = tools(&catalog);
    assert_eq!(found.iter().map(|tool| tool.0).collect::<Vec<_>>(), ["garden.soil_mix", "garden.frost_risk", "garden.pruning_months"]);
    assert_eq!(
        found[0].2,
        &json!({"type": "object", "properties": {
            "bed": {"type": "array", "items": {"type": "number"}, "description": "Length and width in metres."},
            "depth": {"type": "number", "default": 0.3}, "notes": {}}, "required": ["bed"]})
    );
    assert_eq!(found[0].3, json!({"type": "object", "properties": {"bags": {"type": "integer"}}}));
    assert_eq!(catalog.tools[2].at.line, 2, "a row of JSON lines is its line");
    assert!(catalog.notes.iter().any(|note| note.message == "non-json-type: `any` read as any type (at /parameters/properties/notes)"));
    assert!(catalog.notes.iter().any(|note| note.message.starts_with("duplicate-merged: ")));
}

#[test]
fn tau2_groups() {
    let catalog = load("tau2");
    let found = tools(&catalog);
    assert_eq!((found[0].0, found[0].1), ("order_cake", "bakery"));
    assert_eq!(found[0].2["required"], json!(["flavour"]));
    assert_eq!(found[0].2["properties"]["candles"], json!({"type": "integer", "description": "How many candles."}));
    assert_eq!(catalog.tools[0].returns_prose.as_deref(), Some("The order with its id and the day it is ready."));
    assert_eq!(found[1].2, &json!({"type": "object", "properties": {}}));
}

#[test]
fn seal_tools_rows() {
    let catalog = load("seal-tools");
    let found = tools(&catalog);
    assert_eq!((found[0].0, found[0].1), ("bookFerry", "Travel/Sea"));
    assert_eq!(found[0].2["properties"]["cars"], json!({"type": "integer", "description": "How many cars.", "examples": ["1, 2"]}));
    assert_eq!(found[0].2["required"], json!(["harbour"]));
    assert_eq!(found[1].3["properties"]["minutes"]["type"], "number");
}

#[test]
fn nestful_maps_of_parameters() {
    let catalog = load("nestful");
    let found = tools(&catalog);
    assert_eq!(
        found[0].2,
        &json!({"type": "object", "properties": {
            "region": {"type": "string", "description": "Where to walk."},
            "length": {"type": "number", "description": "Kilometres."},
            "level": {"type": "string", "description": "How steep.", "enum": ["easy", "hard"]},
            "from": {"type": "string", "format": "date", "description": "First day."}},
            "required": ["region", "level"]})
    );
    assert_eq!(found[0].3["properties"]["trail"]["type"], "string");
}

#[test]
fn taskbench_nodes_of_both_kinds() {
    let catalog = load("taskbench");
    let found = tools(&catalog);
    assert_eq!((found[0].0, found[0].1), ("Join Sounds", "taskbench"));
    assert_eq!(found[0].2["required"], json!(["audio", "audio_2"]));
    assert_eq!(found[0].3["properties"], json!({"audio": {"type": "string"}}));
    assert_eq!(found[1].2["properties"]["day"], json!({"type": "string", "format": "date", "description": "Which day."}));
}

#[test]
fn toolbench_lists_of_apis() {
    let catalog = load("toolbench");
    let found = tools(&catalog);
    assert_eq!((found[0].0, found[0].1), ("Get cheese", "Cheese Cellar"));
    assert_eq!(found[0].2["properties"]["number"], json!({"type": "number", "description": "", "default": 7}));
    assert_eq!(found[0].2["required"], json!(["number"]));
    assert_eq!(found[0].2["properties"]["lang"], json!({"type": "string", "description": "Language."}));
    assert_eq!(
        found[0].3["properties"]["rivals"],
        json!({"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}})
    );
}

#[test]
fn maps_of_fields_derived_and_native() {
    let catalog = load("field-maps");
    let found = tools(&catalog);
    assert_eq!((found[0].0, found[0].1), ("AddChore", "household"));
    assert_eq!(found[0].2["properties"]["helpers"], json!({"type": "array", "items": {"type": "string"}}));
    assert_eq!(found[0].3["properties"]["chores"], json!({"type": "array", "items": {"type": "string"}}));
    assert_eq!(found[1].3["properties"]["jars"]["items"], json!({"type": "object"}));
    assert_eq!(
        found[2].2,
        &json!({"type": "object", "properties": {"jar": {"type": "string"}, "with": {"type": "string"}}, "required": ["jar"]})
    );
}

#[test]
fn intents_of_schema_guided_services() {
    let catalog = load("sgd");
    let found = tools(&catalog);
    assert_eq!((found[0].0, found[0].1), ("RentSauna", "Sauna_1"));
    assert_eq!(
        found[0].2,
        &json!({"type": "object", "properties": {
            "evening": {"type": "string", "description": "Evening of the rental", "examples": ["tomorrow"]},
            "size": {"type": "string", "description": "Size of the sauna", "enum": ["small", "large"]}}, "required": ["evening"]})
    );
    assert_eq!(found[0].3["properties"].as_object().unwrap().keys().collect::<Vec<_>>(), ["evening", "size", "price"]);
    assert!(catalog.notes[0].message.starts_with("default-not-in-enum: "));
}

#[test]
fn star_files() {
    let catalog = load("star");
    let found = tools(&catalog);
    assert_eq!((found[0].0, found[0].1), ("kennel_book", "kennel"));
    assert_eq!(
        found[0].2["properties"]["Nights"],
        json!({"type": "integer", "minimum": 1, "maximum": 14, "description": "Number of nights"})
    );
    assert_eq!(found[0].2["properties"]["Walks"]["items"], json!({"type": "string", "enum": ["Morning", "Evening"]}));
    assert_eq!(found[0].3["properties"]["Message"]["enum"], json!(["Booked", "Full"]));
}
