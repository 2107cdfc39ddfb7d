//! Parameter schemas as templates can render them, equal in meaning to the tool's own.

use serde_json::{Map, Value, json};

/// The root gets its `properties`; enums of anything but strings become the equal `anyOf` of constants.
pub(super) fn plain(parameters: &Value) -> Value {
    let mut schema = without_mixed_enums(parameters);
    if let Value::Object(map) = &mut schema {
        map.entry("type").or_insert_with(|| "object".into());
        map.entry("properties").or_insert_with(|| Value::Object(Map::new()));
    }
    schema
}

fn without_mixed_enums(schema: &Value) -> Value {
    match schema {
        Value::Object(map) => {
            let mut out = Map::new();
            for (key, value) in map {
                match value.as_array().filter(|values| key == "enum" && !values.iter().all(Value::is_string)) {
                    Some(values) if !map.contains_key("anyOf") => {
                        out.insert("anyOf".into(), values.iter().map(|value| json!({"const": value})).collect());
                    }
                    Some(_) => {}
                    None => {
                        out.insert(key.clone(), without_mixed_enums(value));
                    }
                }
            }
            Value::Object(out)
        }
        Value::Array(items) => items.iter().map(without_mixed_enums).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enum_of_numbers_becomes_the_equal_choice_of_constants() {
        let schema =
            json!({"type": "object", "properties": {"minutes": {"type": "integer", "enum": [5, 10]}, "unit": {"enum": ["a", "b"]}}});
        let plain = plain(&schema);
        assert_eq!(plain["properties"]["minutes"], json!({"type": "integer", "anyOf": [{"const": 5}, {"const": 10}]}));
        assert_eq!(plain["properties"]["unit"], schema["properties"]["unit"]);
    }

    #[test]
    fn a_tool_without_parameters_still_has_properties() {
        assert_eq!(plain(&json!({"type": "object"})), json!({"type": "object", "properties": {}}));
    }
}
