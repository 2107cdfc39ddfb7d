//! What holds for every tool, however odd.

use super::*;
use crate::catalog::{Effects, ObjectNl, ToolNl, VerbNl};
use proptest::prelude::*;
use serde_json::{Map, json};

fn raw(parameters: Value) -> RawTool {
    RawTool { name: "search_hotels".to_owned(), description: "Find hotels.".to_owned(), parameters, ..RawTool::default() }
}

#[test]
fn tools_that_cannot_be_called_are_skipped_with_a_reason() {
    for (parameters, reason) in [
        (json!({"type": "array"}), "its parameters are not an object"),
        (json!("string"), "its parameters are not an object"),
        (
            json!({"type": "object", "properties": {"x": {"type": "object"}}, "required": ["x"]}),
            "the required parameter /x is an object of which no property is known",
        ),
        (json!({"type": "object", "properties": {}, "required": ["x"]}), "the required parameter /x is required but not defined"),
    ] {
        let skipped = build(raw(parameters.clone())).map_or_else(|skipped| skipped.reason, |_| "used".to_owned());
        assert_eq!(skipped, reason, "{parameters}");
    }
    assert!(build(raw(json!({"type": "object"}))).is_ok(), "a tool without parameters is fine");
}

#[test]
fn what_was_declared_goes_out_unchanged() -> Result<(), String> {
    let parameters = json!({"type": "object", "x-extra": 1, "properties": {"city": {"anyOf": [{"type": "string"}, {"type": "null"}]}}});
    let returns = json!({"oneOf": [{"type": "array", "items": {"type": "string"}}]});
    let effects = Effects { reads: vec!["inn".to_owned()], ..Effects::default() };
    let tool = build(RawTool { returns: Some(returns.clone()), effects: Some(effects), ..raw(parameters.clone()) })
        .map_err(|skipped| skipped.reason)?;
    assert_eq!((tool.schema, tool.returns.schema, tool.returns.origin), (parameters, returns, Origin::Declared));
    assert_eq!((tool.effects.reads, tool.effects.origin), (vec!["inn".to_owned()], Origin::Declared));
    Ok(())
}

#[test]
fn words_of_the_author_win_and_the_rest_is_inferred() -> Result<(), String> {
    let leaf = LeafNl { sem: Some(SemType::Region), noun: Some("part of town".to_owned()), ..LeafNl::default() };
    let nl = ToolNl {
        verb: Some(VerbNl { lemma: "look".to_owned(), past: None, particle: Some("for".to_owned()) }),
        object: Some(ObjectNl { np: "inn".to_owned(), plural: None, countable: None }),
        params: [("city".to_owned(), leaf)].into_iter().collect(),
        ..ToolNl::default()
    };
    let parameters = json!({"type": "object", "properties": {"city": {"type": "string"}, "max_price": {"type": "number"}}});
    let tool = build(RawTool { nl: Some(nl), ..raw(parameters) }).map_err(|skipped| skipped.reason)?;
    assert_eq!((tool.phrase.verb.as_str(), tool.phrase.object_plural.as_str()), ("look", "inns"));
    assert_eq!((tool.parameters[0].sem, tool.parameters[0].phrase.noun.as_str()), (SemType::Region, "part of town"));
    assert_eq!((tool.parameters[1].sem, tool.parameters[1].phrase.noun.as_str()), (SemType::Money, "maximum price"));
    Ok(())
}

/// JSON Schemas of all sorts, most of them nonsense.
fn any_schema() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(json!({})),
        Just(json!(true)),
        Just(json!(null)),
        Just(json!({"$ref": "#/properties/a"})),
        Just(json!({"type": ["null", "string"], "format": "date"})),
        Just(json!({"enum": [1, "a", null]})),
        Just(json!({"type": "integer", "minimum": 1})),
        "[a-z_]{0,12}".prop_map(|text| json!({"type": text})),
        "\\PC{0,12}".prop_map(|text| json!({"type": "string", "description": text.clone(), "pattern": text, "default": 3})),
    ];
    scalar.prop_recursive(4, 40, 4, |inner| {
        let properties = prop::collection::vec(("[a-zA-Z_./~*]{0,10}", inner.clone()), 0..4)
            .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<String, Value>>()));
        prop_oneof![
            (properties, prop::collection::vec("[a-z]{0,3}", 0..3))
                .prop_map(|(properties, required)| json!({"type": "object", "properties": properties, "required": required})),
            inner.clone().prop_map(|items| json!({"type": "array", "items": items})),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|all| json!({"allOf": all, "title": "x"})),
            prop::collection::vec(inner, 0..3).prop_map(|any| json!({"anyOf": any})),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_schema_and_no_text_is_too_odd(
        parameters in any_schema(), returns in any_schema(), name in "\\PC{0,30}", description in "\\PC{0,120}", domain in "\\PC{0,12}"
    ) {
        let tool = build(RawTool { name, description, domain, parameters, returns: Some(returns), ..RawTool::default() });
        if let Ok(tool) = tool {
            for leaf in tool.parameters.iter().chain(&tool.returns.fields) {
                prop_assert!(!leaf.phrase.noun.is_empty(), "{leaf:?}");
                prop_assert!(!leaf.phrase.noun.contains('_'), "{leaf:?}");
            }
            prop_assert!(!tool.phrase.verb.is_empty());
            prop_assert!(!tool.phrase.object.contains('_'));
        }
    }

    #[test]
    fn everyday_names_give_clean_phrases(name in "(get|search|create|delete|update|send|calculate)[_A-Z]?[a-z]{1,9}(_[a-z]{1,9}){0,3}") {
        let tool = build(RawTool { name, parameters: json!({"type": "object"}), ..RawTool::default() });
        prop_assert!(tool.is_ok());
        if let Ok(tool) = tool {
            prop_assert!(!tool.phrase.object.contains("  ") && tool.phrase.object.trim() == tool.phrase.object);
            prop_assert!(jsonschema::draft202012::meta::is_valid(&tool.returns.schema));
            prop_assert!(tool.returns.schema["type"] == "object" && !tool.returns.fields.is_empty(), "{}", tool.returns.schema);
        }
    }
}
