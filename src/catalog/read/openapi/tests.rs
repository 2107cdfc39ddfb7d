//! What an operation becomes, on the fixtures under `fixtures/catalogs/openapi/`.

use crate::catalog::RawTool;
use crate::catalog::load::{RawCatalog, read_bytes, read_paths};
use serde_json::{Value, json};
use std::path::Path;

fn load(name: &str) -> RawCatalog {
    read_paths(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/catalogs").join(name)]).unwrap()
}

fn tool<'a>(catalog: &'a RawCatalog, name: &str) -> &'a RawTool {
    catalog.tools.iter().find(|tool| tool.name == name).unwrap_or_else(|| panic!("no {name} in {:?}", catalog.skipped))
}

#[test]
fn parameters_of_path_and_operation_are_joined_and_credentials_left_out() {
    let catalog = load("openapi/boats-3.1.yaml");
    assert_eq!(catalog.sources[0].format, "openapi-3.1");
    assert_eq!(catalog.tools.len(), 4, "a webhook is no tool");
    let list = tool(&catalog, "listBoats");
    assert_eq!((list.domain.as_str(), list.description.as_str()), ("Boat yard", "List boats. Boats that lie in a yard now."));
    assert_eq!(
        list.parameters,
        json!({"type": "object", "properties": {
            "yard": {"type": "string", "enum": ["north", "south"], "description": "Which yard to look into."},
            "page": {"type": "integer", "minimum": 1, "examples": [3]}}, "required": ["yard"]})
    );
    let boat = json!({"type": "object", "properties": {"id": {"type": "string", "readOnly": true}, "name": {"type": "string"},
        "engine": {"type": "string", "description": "What drives it."}}, "required": ["id", "name"]});
    assert_eq!(list.returns, Some(json!({"type": "array", "items": boat})), "JSON is taken before text");
    assert_eq!((list.at.line, list.at.pointer.as_str()), (9, "/paths/~1boats/get"));
    let codes: Vec<&str> =
        catalog.notes.iter().filter(|note| note.tool == "listBoats").map(|note| super::super::code(&note.message)).collect();
    assert_eq!(codes, ["credential-param", "cookie-param"]);
}

#[test]
fn a_body_stands_beside_the_parameters_or_alone() {
    let catalog = load("openapi/boats-3.1.yaml");
    let add = tool(&catalog, "addBoat");
    assert_eq!(add.parameters["required"], json!(["name"]), "a read-only property is not required of a request");
    assert_eq!(add.parameters["properties"].as_object().unwrap().keys().collect::<Vec<_>>(), ["yard", "id", "name", "engine"]);
    assert_eq!(add.returns_prose.as_deref(), Some("The boat is in the yard."));
    let change = tool(&catalog, "put_boats_by_boat_repairs_by_repair");
    assert!(catalog.notes.iter().any(|note| note.tool == change.name && note.message.starts_with("missing-operationId: ")));
    assert_eq!(change.parameters["required"], json!(["boat", "repair"]), "path parameters are always required");
    assert_eq!(
        change.parameters.pointer("/allOf/0/allOf/1/properties/by"),
        Some(&json!({"type": "string"})),
        "combinations are kept whole"
    );
    let parts = tool(&catalog, "addParts");
    assert_eq!(parts.parameters["properties"]["body"], json!({"type": "array", "items": {"type": "string"}, "description": "The parts."}));
    assert_eq!(parts.parameters["required"], json!(["boat", "repair"]), "a body is optional unless it says so");
}

#[test]
fn a_schema_that_refers_to_itself_keeps_its_reference() {
    let catalog = load("openapi/boats-3.1.yaml");
    let list = json!({"type": "array", "items": {"$ref": "#/$defs/Part"}});
    let part = json!({"type": "object", "properties": {"name": {"type": "string"}, "parts": list}});
    let mut whole = part.clone();
    whole["$defs"] = json!({"Part": part});
    assert_eq!(tool(&catalog, "addParts").returns, Some(whole));
}

#[test]
fn swagger_2_0_is_read() {
    let catalog = load("openapi/kiln-2.0.json");
    assert_eq!(catalog.sources[0].format, "swagger-2.0");
    let start = tool(&catalog, "start firing");
    assert_eq!(start.parameters["properties"].as_object().unwrap().keys().collect::<Vec<_>>(), ["cone", "hours"]);
    assert_eq!(start.returns.as_ref().unwrap()["required"], json!(["firing_id"]));
    let find = tool(&catalog, "findFirings");
    assert_eq!(
        find.parameters["properties"],
        json!({"cone": {"type": "array", "items": {"type": "string"}, "description": "Cones."},
            "warmer_than": {"type": "integer", "format": "int32", "exclusiveMinimum": 20}})
    );
    assert_eq!(find.returns_prose, None, "an error is no result");
    let photo = tool(&catalog, "addPhoto");
    assert_eq!(photo.parameters["required"], json!(["photo"]));
    assert_eq!((catalog.skipped[0].tool.as_str(), super::super::code(&catalog.skipped[0].reason)), ("dropPhoto", "ref-file"));
}

#[test]
fn toolalpaca_has_documents_in_texts() {
    let catalog = load("toolalpaca");
    let comet = tool(&catalog, "nextComet");
    assert_eq!((comet.domain.as_str(), comet.at.pointer.as_str()), ("Comets", "/0/Documentation"));
    assert_eq!(comet.returns_prose.as_deref(), Some("The date and the brightness."));
}

fn with_schemas(schemas: Value) -> RawCatalog {
    let document = json!({"openapi": "3.1.0", "paths": {"/a": {"post": {"operationId": "a", "responses": {},
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}, "components": {"schemas": schemas}});
    read_bytes(Path::new("o.json"), document.to_string().as_bytes()).unwrap()
}

#[test]
fn rings_of_references_end() {
    for (schemas, code) in [
        (json!({"A": {"$ref": "#/components/schemas/A"}}), "ref-cycle"),
        (json!({"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}), "ref-cycle"),
        (
            json!({"A": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B"}}}, "B": {"$ref": "#/components/schemas/B"}}),
            "ref-cycle",
        ),
        (json!({"A": {"properties": {"b": {"$ref": "https://example.org/b"}}}}), "ref-remote"),
        (json!({"A": {"properties": {"b": {"$ref": "#/nowhere"}}}}), "ref-unresolved"),
        (json!({"A": {"properties": {"b": {"$ref": "#"}}}}), "ref-unresolved"),
    ] {
        let catalog = with_schemas(schemas);
        assert_eq!(super::super::code(&catalog.skipped[0].reason), code);
    }
}

#[test]
fn a_long_chain_of_references_is_kept_as_references() {
    let mut schemas = json!({});
    for i in 1..5_000 {
        schemas[format!("C{i}")] = json!({"type": "object", "properties": {"next": {"$ref": format!("#/components/schemas/C{}", i + 1)}}});
    }
    schemas["C5000"] = json!({"type": "string"});
    schemas["A"] = json!({"type": "object", "properties": {"first": {"$ref": "#/components/schemas/C1"}}});
    let catalog = with_schemas(schemas);
    assert_eq!(catalog.tools[0].parameters["$defs"].as_object().unwrap().len(), 5_000);
}

#[test]
fn schemas_that_double_at_every_level_do_not_grow() {
    let mut schemas = json!({"C40": {"type": "string"}});
    for i in 1..40 {
        let next = json!({"$ref": format!("#/components/schemas/C{}", i + 1)});
        schemas[format!("C{i}")] = json!({"type": "object", "properties": {"a": next, "b": next}});
    }
    schemas["A"] = json!({"type": "object", "properties": {"first": {"$ref": "#/components/schemas/C1"}}});
    assert_eq!(with_schemas(schemas).tools[0].parameters["$defs"].as_object().unwrap().len(), 40);
}
