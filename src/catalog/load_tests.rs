//! What loading promises, on the fixtures under `fixtures/catalogs/`.

use super::*;
use serde_json::{Value, json};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/catalogs").join(name)
}

fn load(name: &str) -> RawCatalog {
    read_paths(&[fixture(name)]).unwrap()
}

fn names(catalog: &RawCatalog) -> Vec<&str> {
    catalog.tools.iter().map(|tool| tool.name.as_str()).collect()
}

#[test]
fn our_own_catalog_is_read_with_everything_in_it() {
    let catalog = load("walktalk/library.yaml");
    assert_eq!(names(&catalog), ["search_books", "library_hours"]);
    let search = &catalog.tools[0];
    assert_eq!(search.domain, "library");
    assert_eq!(search.parameters["properties"]["language"], json!({"type": "string", "enum": ["en", "no", "fr"], "default": "en"}));
    assert_eq!(search.effects.as_ref().unwrap().reads, ["book"]);
    assert_eq!(search.effects.as_ref().unwrap().origin, crate::catalog::Origin::Declared);
    assert_eq!(search.nl.as_ref().unwrap().params["query"].prep, ["called"]);
    assert!(search.returns.is_some());
    assert_eq!((search.at.line, search.at.pointer.as_str()), (4, "/tools/0"));
    assert_eq!(catalog.tools[1].at.line, 35);
    assert_eq!((catalog.sources[0].format.as_str(), catalog.sources[0].tools), ("walktalk", 2));
    assert!(catalog.notes.is_empty() && catalog.skipped.is_empty());
}

#[test]
fn an_unknown_key_in_our_own_catalog_is_an_error_with_its_place() {
    let text = "name: a\ndescription: b\ntools:\n  - name: c\n    description: d\n    parameters: {type: object}\n    retruns: {}\n";
    let error = read_bytes(Path::new("a.yaml"), text.as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("a.yaml:7:5: unknown field `retruns`"), "{error}");
}

#[test]
fn openai_tools_are_read_wrapped_and_bare() {
    let catalog = load("openai");
    assert_eq!(names(&catalog), ["turn_on_lamp", "water_plant", "list_plants"]);
    assert_eq!(catalog.tools[0].nl.as_ref().unwrap().verb.as_ref().unwrap().particle.as_deref(), Some("on"));
    assert_eq!(catalog.tools[1].domain, "mixed");
    assert_eq!((catalog.tools[1].at.line, catalog.tools[1].at.pointer.as_str()), (5, "/tools/0/function"));
    assert_eq!(catalog.tools[2].parameters, json!({"type": "object", "properties": {}}), "a tool without parameters is fine");
    assert_eq!(load("anthropic").tools[0].parameters["required"], json!(["harbour", "day"]));
    assert_eq!(load("anthropic").sources[0].format, "anthropic-tools");
}

#[test]
fn mcp_answers_and_single_tools_are_read() {
    let catalog = load("mcp");
    assert_eq!(catalog.tools[0].description, "Read a meter", "the title stands in for a missing description");
    assert_eq!(catalog.tools[0].parameters["$schema"], "http://json-schema.org/draft-07/schema#");
    assert!(catalog.tools[0].returns.is_some());
    let single = load("mcp-single/close_valve.snap");
    assert_eq!((single.tools[0].name.as_str(), single.tools[0].domain.as_str()), ("close_valve", "mcp-single"));
    assert_eq!(single.sources[0].format, "mcp-tool");
}

fn tool(name: &str, description: &str, parameters: Value) -> Value {
    json!({"name": name, "description": description, "parameters": parameters})
}

fn read(tools: Value) -> RawCatalog {
    read_bytes(Path::new("t.json"), serde_json::to_string_pretty(&tools).unwrap().as_bytes()).unwrap()
}

#[test]
fn equal_tools_are_merged_and_different_ones_of_one_name_are_left_out() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let catalog = read(json!([tool("x", "one", schema.clone()), tool("x", "one", schema.clone()), tool("x", "two", schema)]));
    assert_eq!(names(&catalog), ["x"]);
    assert_eq!(catalog.notes[0].message, "duplicate-merged: equal to the tool at t.json:2 (/0)");
    assert_eq!(catalog.skipped[0].reason, "duplicate-name: another tool has this name already, at t.json:2 (/0)");
    assert_eq!(catalog.skipped[0].at.pointer, "/2");
}

#[test]
fn a_tool_that_cannot_be_used_is_named_and_the_rest_loads() {
    let good = || json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let with = |node: Value| json!({"type": "object", "properties": {"a": node}});
    for (code, name, schema) in [
        ("name-missing", json!(null), good()),
        ("name-missing", json!("  "), good()),
        ("name-missing", json!(7), good()),
        ("invisible-unicode", json!("pay\u{200B}ment"), good()),
        ("name-too-long", json!("x".repeat(600)), good()),
        ("root-not-object", json!("t"), json!({"type": "array", "items": {}})),
        ("root-not-object", json!("t"), json!("no idea")),
        ("root-not-object", json!("t"), json!([1])),
        ("param-name-empty", json!("t"), json!({"type": "object", "properties": {"": {}}})),
        ("enum-empty", json!("t"), with(json!({"enum": []}))),
        ("enum-type-mismatch", json!("t"), with(json!({"type": "integer", "enum": ["1", "2"]}))),
        ("contradictory-bounds", json!("t"), with(json!({"type": "integer", "minimum": 5, "maximum": 2}))),
        ("bad-pattern", json!("t"), with(json!({"type": "string", "pattern": "(["}))),
        (
            "unsatisfiable",
            json!("t"),
            json!({"type": "object", "required": ["a"], "properties": {"a": {"allOf": [{"type": "string"}, {"type": "integer"}]}}}),
        ),
        ("metaschema-invalid", json!("t"), with(json!({"type": "string", "minLength": "five"}))),
        ("metaschema-invalid", json!("t"), json!({"$schema": "https://example.org/mine", "type": "object"})),
        ("ref-unresolved", json!("t"), with(json!({"$ref": "#/$defs/Nobody"}))),
        ("ref-remote", json!("t"), with(json!({"$ref": "https://example.org/a.json"}))),
        ("ref-file", json!("t"), with(json!({"$ref": "other.json#/a"}))),
        ("ref-cycle", json!("t"), with(json!({"$ref": "#/properties/a"}))),
        (
            "ref-cycle",
            json!("t"),
            json!({"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}}}),
        ),
    ] {
        let catalog = read(json!([{"name": name, "description": "", "parameters": schema}, tool("fine", "", good())]));
        assert_eq!(names(&catalog), ["fine"], "{code}: {schema}");
        assert_eq!(read::code(&catalog.skipped[0].reason), code, "{}", catalog.skipped[0].reason);
        assert!(!catalog.skipped[0].cure.is_empty());
    }
}

#[test]
fn a_schema_may_refer_to_itself_through_its_properties() {
    let tree = json!({"type": "object", "properties": {"root": {"$ref": "#/$defs/Node"}},
        "$defs": {"Node": {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#/$defs/Node"}}}}}});
    assert_eq!(read(json!([tool("t", "", tree.clone())])).tools[0].parameters, tree);
}

#[test]
fn a_description_of_megabytes_is_cut_and_noted() {
    let catalog = read(json!([tool("t", &"é".repeat(3 << 20), json!({"type": "object", "properties": {}}))]));
    assert_eq!(catalog.tools[0].description.len(), 64 << 10);
    assert_eq!(read::code(&catalog.notes[0].message), "desc-too-long");
}

#[test]
fn ten_thousand_parameters_are_fine() {
    let properties: serde_json::Map<String, Value> = (0..10_000).map(|i| (format!("p{i}"), json!({"type": "string"}))).collect();
    assert_eq!(read(json!([tool("t", "", json!({"type": "object", "properties": properties}))])).tools.len(), 1);
}

#[test]
fn the_deepest_schemas_are_read_or_named_without_a_stack_overflow() {
    for (depth, fits) in [(40, true), (60, false)] {
        let mut schema = json!({"type": "string"});
        for _ in 0..depth {
            schema = json!({"type": "object", "properties": {"a": schema}});
        }
        let catalog = read(json!([tool("deep", "", schema), tool("fine", "", json!({"type": "object"}))]));
        assert_eq!(catalog.tools.len(), if fits { 2 } else { 1 });
        assert!(fits || read::code(&catalog.skipped[0].reason) == "too-deep");
    }
}
