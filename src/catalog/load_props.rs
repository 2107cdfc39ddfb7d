//! What loading promises for every input.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Any JSON, with the words in it that readers look for.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "tools",
        "name",
        "description",
        "parameters",
        "inputSchema",
        "type",
        "function",
        "properties",
        "required",
        "items",
        "enum",
        "$ref",
        "paths",
        "openapi",
        "swagger",
        "get",
        "components",
        "allOf",
        "default",
        "nodes",
        "api_list",
        "api_name",
        "query_parameters",
        "intents",
        "slots",
        "service_name",
        "returns",
        "result",
        "x-nl",
        "input",
        "output",
        "requestBody",
        "content",
        "schema",
        "in",
        "body",
        "additionalProperties",
    ]);
    let text = prop_oneof![word.clone().prop_map(str::to_owned), "[a-zA-Z#/$ \u{200b}é\\[\\](),]{0,12}", Just("#/components/x".to_owned())];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from)
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        let key = prop_oneof![4 => word.clone().prop_map(str::to_owned), 1 => "[a-z]{0,4}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6).prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// A valid JSON Schema with nothing foreign in it.
fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        (0u32..9, 9u32..90).prop_map(|(low, high)| json!({"minLength": low, "type": "string", "maxLength": high})),
        (-9i32..0, 0i32..9).prop_map(|(low, high)| json!({"type": "integer", "minimum": low, "maximum": high, "default": 0})),
        prop::collection::btree_set("[a-z]{1,6}", 1..4).prop_map(|values| json!({"type": "string", "enum": values})),
        Just(json!({"type": ["boolean", "null"], "description": "  spaced  "})),
        Just(json!({"format": "date", "type": "string", "examples": ["2026-01-01"]})),
        Just(json!({"const": {"type": "dict"}})),
        Just(json!(true)),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|items| json!({"items": items, "type": "array", "uniqueItems": true})),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|branches| json!({"anyOf": branches})),
            object(inner),
        ]
    })
}

fn object(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let name = prop_oneof![Just("type".to_owned()), Just("required".to_owned()), Just("items".to_owned()), "[a-z_]{1,8}"];
    (prop::collection::vec((name, inner, any::<bool>()), 0..5), any::<bool>()).prop_map(|(fields, closed)| {
        let mut properties = serde_json::Map::new();
        let mut required: Vec<String> = Vec::new();
        for (name, schema, needed) in fields {
            if needed && !required.contains(&name) {
                required.push(name.clone());
            }
            properties.insert(name, schema);
        }
        let mut schema = json!({"title": "T", "properties": properties, "type": "object"});
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        if closed {
            schema["additionalProperties"] = json!(false);
        }
        schema
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_json_makes_a_reader_panic(value in any_json()) {
        let _ = read_bytes(Path::new("p.json"), value.to_string().as_bytes());
    }

    #[test]
    fn no_text_makes_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[ -~\n\t&*\\-:\\[\\]{}]{0,200}") {
        let _ = read_bytes(Path::new("p.yaml"), &bytes);
        let _ = read_bytes(Path::new("p.yaml"), text.as_bytes());
        let _ = read_bytes(Path::new("-"), text.as_bytes());
    }

    #[test]
    fn a_json_schema_goes_out_as_it_came_in(parameters in object(schema()), returns in schema()) {
        let wrapped = json!([{"type": "function", "function": {"name": "t", "description": "", "parameters": parameters}}]);
        let mcp = json!({"tools": [{"name": "t", "inputSchema": parameters, "outputSchema": returns}]});
        let bfcl = json!([{"id": 1, "question": [], "function": [{"name": "t", "description": "", "parameters": parameters}]}]);
        let yaml = json!({"name": "c", "description": "", "tools": [{"name": "t", "description": "", "parameters": parameters, "returns": returns}]});
        for document in [wrapped, mcp, bfcl, yaml] {
            let catalog = read_bytes(Path::new("p.json"), document.to_string().as_bytes()).unwrap();
            prop_assert!(catalog.skipped.is_empty(), "{:?}", catalog.skipped);
            // As text, so that the order of keys counts.
            prop_assert_eq!(catalog.tools[0].parameters.to_string(), parameters.to_string());
            if let (Some(out), Value::Object(_)) = (&catalog.tools[0].returns, &returns) {
                prop_assert_eq!(out.to_string(), returns.to_string());
            }
            prop_assert!(catalog.notes.is_empty(), "{:?}", catalog.notes);
        }
    }
}
