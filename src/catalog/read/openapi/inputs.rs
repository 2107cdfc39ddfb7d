//! Parameters and body of an operation as one object schema.
//!
//! The body's properties stand beside the other parameters when the body is an object with known properties, no name is used
//! twice, and nothing in it closes the object against the others; else the whole body is one parameter named `body`.
//! `allOf`, `oneOf` and `anyOf` are kept as they are.

use super::refs::{Resolver, Stop};
use super::security::Credentials;
use crate::catalog::read::schema::Refusal;
use serde_json::{Map, Value, json};

/// Of an operation, before its schemas are put together.
#[derive(Default)]
pub(super) struct Inputs<'a> {
    parameters: Vec<Parameter<'a>>,
    body: Option<Body<'a>>,
    pub notes: Vec<String>,
}

struct Parameter<'a> {
    name: String,
    required: bool,
    schema: Schema<'a>,
    description: Option<&'a Value>,
    example: Option<&'a Value>,
}

enum Schema<'a> {
    /// Stands in the document.
    There(&'a Value),
    /// Swagger 2.0 writes it among the keys of the parameter.
    Made(Value),
}

struct Body<'a> {
    schema: Option<&'a Value>,
    required: bool,
    description: Option<&'a Value>,
}

impl<'a> Inputs<'a> {
    /// Gathers the parameters of the path and of the operation, which override those of the path, and the body.
    pub(super) fn gather(
        resolver: &super::Refs<'a>,
        path: &'a Value,
        operation: &'a Value,
        credentials: &Credentials,
    ) -> Result<Self, Refusal> {
        let mut merged: Vec<&'a Value> = Vec::new();
        for list in [path.get("parameters"), operation.get("parameters")] {
            for parameter in list.and_then(Value::as_array).into_iter().flatten() {
                let parameter = resolver.follow(parameter)?;
                let key = |value: &Value| (value.get("name").cloned(), value.get("in").cloned());
                match merged.iter_mut().find(|known| key(known) == key(parameter)) {
                    Some(known) => *known = parameter,
                    None => merged.push(parameter),
                }
            }
        }
        let mut inputs = Inputs::default();
        for parameter in merged {
            inputs.add(parameter, credentials)?;
        }
        if let Some(body) = operation.get("requestBody") {
            let body = resolver.follow(body)?;
            inputs.body = Some(Body {
                schema: super::content_schema(body),
                required: body.get("required").is_some_and(|flag| flag == &json!(true)),
                description: body.get("description"),
            });
        }
        Ok(inputs)
    }

    fn add(&mut self, parameter: &'a Value, credentials: &Credentials) -> Result<(), Refusal> {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
        let (name, place) = (text("name"), text("in"));
        // Some documents write it in quotes.
        let required = parameter.get("required").is_some_and(|flag| flag == &json!(true) || flag == &json!("true"));
        if place == "body" {
            self.body = Some(Body { schema: parameter.get("schema"), required, description: parameter.get("description") });
            return Ok(());
        }
        if name.is_empty() {
            return Err(Refusal::new("param-name-empty: a parameter of the operation has no name", "name it"));
        }
        if let Some(note) = credentials.hides(name, place) {
            self.notes.extend(note);
            return Ok(());
        }
        let schema = match parameter.get("schema").or_else(|| super::content_schema(parameter)) {
            Some(schema) => Schema::There(schema),
            None => Schema::Made(made(parameter)),
        };
        let shown = match self.parameters.iter().any(|known| known.name == name) {
            true => {
                self.notes.push(format!("param-renamed: the {place} parameter `{name}` is shown as `{name}_{place}`, the name is taken"));
                format!("{name}_{place}")
            }
            false => name.to_owned(),
        };
        let example = parameter.get("example");
        self.parameters.push(Parameter {
            name: shown,
            required: required || place == "path",
            schema,
            description: parameter.get("description"),
            example,
        });
        Ok(())
    }

    /// The one schema.
    pub(super) fn schema(&'a self, resolver: &mut Resolver<'a>) -> Result<Value, Stop> {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for parameter in &self.parameters {
            let mut schema = match &parameter.schema {
                Schema::There(schema) => resolver.expand(schema, 1)?,
                Schema::Made(schema) => schema.clone(),
            };
            annotate(&mut schema, parameter.description, parameter.example);
            properties.insert(parameter.name.clone(), schema);
            if parameter.required {
                required.push(Value::from(parameter.name.as_str()));
            }
        }
        let Some(body) = &self.body else { return Ok(object(properties, required)) };
        let mut schema = body.schema.map_or_else(|| Ok(json!({})), |schema| resolver.top(schema))?;
        drop_read_only(&mut schema);
        match spread(properties, required, schema) {
            Ok(whole) => Ok(whole),
            Err(apart) => {
                let (mut properties, mut required, mut schema) = *apart;
                annotate(&mut schema, body.description.filter(|text| text.as_str() != Some("")), None);
                let name = if properties.contains_key("body") { "request_body" } else { "body" };
                properties.insert(name.into(), schema);
                if body.required {
                    required.push(name.into());
                }
                Ok(object(properties, required))
            }
        }
    }
}

type Parts = (Map<String, Value>, Vec<Value>, Value);

/// The body's properties beside the others, or everything back when they must stay apart.
fn spread(mut properties: Map<String, Value>, mut required: Vec<Value>, body: Value) -> Result<Value, Box<Parts>> {
    const COMBINATORS: [&str; 8] = ["allOf", "anyOf", "oneOf", "$ref", "not", "if", "patternProperties", "dependentSchemas"];
    /// Keywords of a plain object that hold as well when the object has more properties.
    const PLAIN: [&str; 9] =
        ["type", "properties", "required", "additionalProperties", "title", "description", "example", "examples", "default"];
    let Value::Object(map) = &body else { return Err(Box::new((properties, required, body))) };
    let combined = COMBINATORS.iter().any(|key| map.contains_key(*key));
    let own = super::names_of(&body);
    let is_object = map.get("type").is_none_or(|kind| kind == "object") && !own.is_empty();
    if !is_object {
        return Err(Box::new((properties, required, body)));
    }
    if properties.is_empty() {
        let Value::Object(mut map) = body else { return Ok(body) };
        if !map.contains_key("type") {
            map.shift_insert(0, "type".into(), "object".into());
        }
        return Ok(map.into());
    }
    let plain = !combined && map.keys().all(|key| PLAIN.contains(&key.as_str()) || key.starts_with("x-"));
    if own.iter().any(|name| properties.contains_key(name)) || (!plain && closes(&body, 0)) {
        return Err(Box::new((properties, required, body)));
    }
    if !plain {
        let mut whole = object(properties, required);
        whole["allOf"] = json!([body]);
        return Ok(whole);
    }
    let Value::Object(map) = body else { return Ok(body) };
    let mut rest = Map::new();
    for (key, value) in map {
        match (key.as_str(), value) {
            ("properties", Value::Object(more)) => properties.extend(more),
            ("required", Value::Array(more)) => required.extend(more),
            // Examples and defaults are of the body alone.
            ("type" | "example" | "examples" | "default", _) => {}
            (_, value) => drop(rest.insert(key, value)),
        }
    }
    let mut whole = object(properties, required);
    if let Value::Object(map) = &mut whole {
        map.extend(rest);
    }
    Ok(whole)
}

/// Whether an object schema, or a branch of it, allows no properties but its own.
fn closes(schema: &Value, depth: usize) -> bool {
    let Value::Object(map) = schema else { return false };
    // What a reference leads to is not seen from here; to be safe it counts as closed.
    let here = ["additionalProperties", "unevaluatedProperties"].iter().any(|key| map.get(*key).is_some_and(|value| value != &json!(true)));
    let branches = ["allOf", "anyOf", "oneOf"].iter().filter_map(|key| map.get(*key)?.as_array()).flatten();
    here || depth > 16 || map.contains_key("$ref") || branches.into_iter().any(|branch| closes(branch, depth + 1))
}

fn object(properties: Map<String, Value>, required: Vec<Value>) -> Value {
    crate::catalog::read::fields::object(properties, required)
}

fn annotate(schema: &mut Value, description: Option<&Value>, example: Option<&Value>) {
    let Value::Object(map) = schema else { return };
    if let Some(text) = description {
        map.insert("description".into(), text.clone());
    }
    if let Some(example) = example.filter(|_| !map.contains_key("example") && !map.contains_key("examples")) {
        map.insert("examples".into(), json!([example]));
    }
}

/// A read-only property is never required of a request.
fn drop_read_only(schema: &mut Value) {
    let Value::Object(map) = schema else { return };
    let hidden: Vec<String> = map.get("properties").and_then(Value::as_object).map_or_else(Vec::new, |properties| {
        let read_only = properties.iter().filter(|(_, schema)| schema.get("readOnly").is_some_and(|flag| flag == &json!(true)));
        read_only.map(|(name, _)| name.clone()).collect()
    });
    if let Some(Value::Array(required)) = map.get_mut("required") {
        required.retain(|name| name.as_str().is_none_or(|name| !hidden.iter().any(|hidden| hidden == name)));
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten().for_each(drop_read_only);
    }
}

/// The keys of a Swagger 2.0 parameter that are its schema.
fn made(parameter: &Value) -> Value {
    const NOT_SCHEMA: [&str; 11] = [
        "name",
        "in",
        "description",
        "required",
        "allowEmptyValue",
        "collectionFormat",
        "style",
        "explode",
        "allowReserved",
        "content",
        "examples",
    ];
    let entries = parameter.as_object().into_iter().flatten().filter(|(key, _)| !NOT_SCHEMA.contains(&key.as_str()));
    Value::Object(entries.map(|(key, value)| (key.clone(), value.clone())).collect())
}
