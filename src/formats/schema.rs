//! Parameter schemas as templates can render them, equal in meaning to the tool's own, and back.

use super::conversation::ToolDoc;
use super::json::Json;
use serde_json::{Map, Value, json};

impl ToolDoc {
    /// The parameters with enums of strings only: other enums become the equal `anyOf` of constants. Made once for all targets.
    pub(super) fn plain(&self) -> &Json {
        self.plain.get_or_init(|| {
            if !self.parameters.text().contains(r#""enum":["#) {
                return self.parameters.clone();
            }
            // What cannot be held as a tree is passed on as it is.
            self.parameters.value().map_or_else(|_| self.parameters.clone(), |value| Json::of(&plain(&value)))
        })
    }

    /// Whether what is written is a valid schema of 2020-12.
    pub(super) fn is_schema_2020(&self) -> bool {
        *self.valid[0].get_or_init(|| self.plain().value().is_ok_and(|schema| jsonschema::draft202012::meta::is_valid(&schema)))
    }

    /// Whether what is written is a valid schema of draft 7.
    pub(super) fn is_schema_7(&self) -> bool {
        *self.valid[1].get_or_init(|| self.plain().value().is_ok_and(|schema| jsonschema::draft7::meta::is_valid(&schema)))
    }
}

fn plain(schema: &Value) -> Value {
    each(schema, &|map, out| {
        for (key, value) in map {
            match value.as_array().filter(|values| key == "enum" && !values.iter().all(Value::is_string)) {
                Some(values) => {
                    let constants = Value::Array(values.iter().map(|value| json!({"const": value})).collect());
                    if map.contains_key("anyOf") {
                        out.insert("allOf".into(), json!([{"anyOf": constants}]));
                    } else {
                        out.insert("anyOf".into(), constants);
                    }
                }
                None => {
                    out.insert(key.clone(), plain(value));
                }
            }
        }
    })
}

/// What [`ToolDoc::plain`] was made from: a choice of constants is an enum.
pub(super) fn restored(parameters: &Json) -> Json {
    if !parameters.text().contains(r#""anyOf":[{"const":"#) {
        return parameters.clone();
    }
    parameters.value().map_or_else(|_| parameters.clone(), |value| Json::of(&with_enums(&value)))
}

fn with_enums(schema: &Value) -> Value {
    each(schema, &|map, out| {
        for (key, value) in map {
            match constants(value).filter(|_| key == "anyOf" && !map.contains_key("enum")) {
                Some(values) => out.insert("enum".into(), values),
                None => out.insert(key.clone(), with_enums(value)),
            };
        }
    })
}

/// The values of a list of nothing but `{"const": value}`, of which some value is no string.
fn constants(choice: &Value) -> Option<Value> {
    let one = |item: &Value| item.as_object().filter(|map| map.len() == 1).and_then(|map| map.get("const").cloned());
    let values: Vec<Value> = choice.as_array()?.iter().map(one).collect::<Option<_>>()?;
    (!values.iter().all(Value::is_string)).then_some(Value::Array(values))
}

type Rewrite<'a> = dyn Fn(&Map<String, Value>, &mut Map<String, Value>) + 'a;

/// A copy in which every object was made by `object`.
fn each(schema: &Value, object: &Rewrite) -> Value {
    match schema {
        Value::Object(map) => {
            let mut out = Map::new();
            object(map, &mut out);
            Value::Object(out)
        }
        Value::Array(items) => items.iter().map(|item| each(item, object)).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(schema: &Value) -> Value {
        let tool = ToolDoc::new("a".into(), String::new(), Some(Json::of(schema)));
        tool.plain().value().unwrap()
    }

    #[test]
    fn an_enum_of_numbers_becomes_the_equal_choice_of_constants_and_back() {
        let schema =
            json!({"type": "object", "properties": {"minutes": {"type": "integer", "enum": [5, 10]}, "unit": {"enum": ["a", "b"]}}});
        let plain = shown(&schema);
        assert_eq!(plain["properties"]["minutes"], json!({"type": "integer", "anyOf": [{"const": 5}, {"const": 10}]}));
        assert_eq!(plain["properties"]["unit"], schema["properties"]["unit"]);
        assert_eq!(restored(&Json::of(&plain)), Json::of(&schema));
    }

    #[test]
    fn an_enum_beside_another_choice_is_not_lost() {
        let schema = json!({"type": "object", "properties": {"n": {"enum": [1, null], "anyOf": [{"minimum": 1}, {"type": "null"}]}}});
        assert_eq!(shown(&schema)["properties"]["n"]["allOf"], json!([{"anyOf": [{"const": 1}, {"const": null}]}]));
    }
}
