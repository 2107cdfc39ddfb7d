//! Parameter schemas as templates can render them, equal in meaning to the tool's own, and back.

use super::conversation::ToolDoc;
use super::json::Json;
use serde_json::{Map, Value, json};

impl ToolDoc {
    /// The parameters with enums of strings only: other enums become the equal `anyOf` of constants, and so do those whose default is no
    /// string; a `oneOf` with such a default goes into an `allOf`. Made once for all targets.
    pub(super) fn plain(&self) -> &Json {
        self.plain.get_or_init(|| {
            let text = self.parameters.text();
            if !text.contains(r#""enum":["#) && !text.contains(r#""oneOf":["#) {
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
        let odd = has_odd_default(map);
        // What has to hold beside the rest, where its own key is taken.
        let mut beside = Vec::new();
        for (key, value) in map {
            match (key.as_str(), value.as_array()) {
                ("enum", Some(values)) if odd || !values.iter().all(Value::is_string) => {
                    let constants: Value = values.iter().map(|value| json!({"const": value})).collect();
                    if map.contains_key("anyOf") {
                        beside.push(json!({"anyOf": constants}));
                    } else {
                        out.insert("anyOf".into(), constants);
                    }
                }
                ("oneOf", Some(_)) if odd && !map.contains_key("allOf") => {
                    out.insert("allOf".into(), json!([{"oneOf": plain(value)}]));
                }
                ("oneOf", Some(_)) if odd => beside.push(json!({"oneOf": plain(value)})),
                _ => {
                    out.insert(key.clone(), plain(value));
                }
            }
        }
        if !beside.is_empty()
            && let Value::Array(all) = out.entry("allOf").or_insert_with(|| json!([]))
        {
            all.extend(beside);
        }
    })
}

/// Whether its default is no string: gpt-oss's template adds the default of a choice to words.
fn has_odd_default(map: &Map<String, Value>) -> bool {
    map.get("default").is_some_and(|default| !default.is_string())
}

/// What [`ToolDoc::plain`] was made from: a choice of constants is an enum.
pub(super) fn restored(parameters: &Json) -> Json {
    let text = parameters.text();
    if !text.contains(r#""anyOf":[{"const":"#) && !text.contains(r#""allOf":[{"oneOf":"#) {
        return parameters.clone();
    }
    parameters.value().map_or_else(|_| parameters.clone(), |value| Json::of(&with_choices(&value)))
}

fn with_choices(schema: &Value) -> Value {
    each(schema, &|map, out| {
        let odd = has_odd_default(map);
        for (key, value) in map {
            let values = constants(value, odd).filter(|_| key == "anyOf" && !map.contains_key("enum"));
            let choice = only_choice(value).filter(|_| key == "allOf" && odd && !map.contains_key("oneOf"));
            match (values, choice) {
                (Some(values), _) => out.insert("enum".into(), values),
                (None, Some(choice)) => out.insert("oneOf".into(), with_choices(choice)),
                (None, None) => out.insert(key.clone(), with_choices(value)),
            };
        }
    })
}

/// The values of a list of nothing but `{"const": value}`, of which some value or the default is no string.
fn constants(choice: &Value, odd: bool) -> Option<Value> {
    let one = |item: &Value| item.as_object().filter(|map| map.len() == 1).and_then(|map| map.get("const").cloned());
    let values: Vec<Value> = choice.as_array()?.iter().map(one).collect::<Option<_>>()?;
    (odd || !values.iter().all(Value::is_string)).then_some(Value::Array(values))
}

/// The choice in a list that has one and nothing else.
fn only_choice(all: &Value) -> Option<&Value> {
    let [Value::Object(map)] = all.as_array()?.as_slice() else { return None };
    map.get("oneOf").filter(|_| map.len() == 1)
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
    fn the_default_of_a_choice_is_a_string_or_stands_beside_no_choice() {
        let schema = json!({"type": "object", "properties": {
            "style": {"type": ["string", "null"], "enum": ["a", "b", null], "default": null},
            "size": {"enum": ["1", "2"], "default": 2},
            "effort": {"description": "How much.", "oneOf": [{"type": "string"}, {"type": "null"}], "default": null},
            "kept": {"oneOf": [{"enum": ["x"], "default": "x"}], "default": "x"},
        }});
        let plain = shown(&schema);
        assert_eq!(plain["properties"]["size"], json!({"anyOf": [{"const": "1"}, {"const": "2"}], "default": 2}));
        let effort = json!({"description": "How much.", "allOf": [{"oneOf": [{"type": "string"}, {"type": "null"}]}], "default": null});
        assert_eq!(plain["properties"]["effort"], effort);
        assert_eq!(plain["properties"]["kept"], schema["properties"]["kept"]);
        assert_eq!(restored(&Json::of(&plain)), Json::of(&schema), "in the order of the keys as well");
    }

    #[test]
    fn an_enum_beside_another_choice_is_not_lost() {
        let schema = json!({"type": "object", "properties": {"n": {"enum": [1, null], "anyOf": [{"minimum": 1}, {"type": "null"}]}}});
        let choice = json!({"anyOf": [{"const": 1}, {"const": null}]});
        assert_eq!(shown(&schema)["properties"]["n"]["allOf"], json!([choice]));
        let mut both = schema;
        both["properties"]["n"]["allOf"] = json!([{"maximum": 9}]);
        assert_eq!(shown(&both)["properties"]["n"]["allOf"], json!([{"maximum": 9}, choice]));
    }
}
