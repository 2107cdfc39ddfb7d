//! Schema-guided dialogues (and MultiWOZ): services with `slots` and `intents`; an intent is a tool.

use super::{Candidate, Document, Format, Harvest, fields, harvest};
use crate::error::Fault;
use serde_json::{Map, Value, json};

pub(super) struct Sgd;

/// A default that means "any", which is what leaving the parameter out means.
const NO_PREFERENCE: &str = "dontcare";

impl Format for Sgd {
    fn recognises(&self, value: &Value) -> bool {
        let is_service = |service: &Value| ["service_name", "slots", "intents"].iter().all(|key| service.get(*key).is_some());
        value.as_array().is_some_and(|services| services.iter().any(is_service))
    }

    fn name(&self, _: &Value) -> String {
        "sgd".into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        for (index, service) in document.value.as_array().into_iter().flatten().enumerate() {
            let domain = service.get("service_name").and_then(Value::as_str).unwrap_or_default();
            for (place, intent) in service.get("intents").and_then(Value::as_array).into_iter().flatten().enumerate() {
                harvest.offer(candidate(service, intent, domain, format!("/{index}/intents/{place}")));
            }
        }
        Ok(())
    }
}

fn candidate(service: &Value, intent: &Value, domain: &str, pointer: String) -> Candidate {
    let mut notes = Vec::new();
    let required = fields::texts(intent.get("required_slots"));
    let mut properties = Map::new();
    for name in &required {
        properties.insert((*name).to_owned(), slot(service, name));
    }
    for (name, default) in intent.get("optional_slots").and_then(Value::as_object).into_iter().flatten() {
        let mut schema = slot(service, name);
        if default == NO_PREFERENCE {
            notes.push(format!("default-not-in-enum: the default \"{NO_PREFERENCE}\" of `{name}` means any value; taken out"));
        } else if !default.is_null() && default != "" {
            schema["default"] = default.clone();
        }
        properties.insert(name.clone(), schema);
    }
    let results = fields::texts(intent.get("result_slots"));
    let result: Map<String, Value> = results.iter().map(|name| ((*name).to_owned(), slot(service, name))).collect();
    Candidate {
        name: intent.get("name").cloned().unwrap_or_default(),
        description: harvest::text(intent.get("description").unwrap_or(&Value::Null)),
        domain: domain.to_owned(),
        parameters: fields::object(properties, required.into_iter().map(Value::from).collect()),
        returns: (!result.is_empty()).then(|| fields::object(result, Vec::new())),
        pointer,
        notes,
        ..Candidate::default()
    }
}

/// All slots are texts; those with a closed set of values are enums. A slot that the service does not define is untyped, so
/// that it shows.
fn slot(service: &Value, name: &str) -> Value {
    let slots = service.get("slots").and_then(Value::as_array);
    let Some(slot) = slots.into_iter().flatten().find(|slot| slot.get("name").is_some_and(|own| own == name)) else { return json!({}) };
    let mut schema = json!({"type": "string"});
    if let Some(text) = slot.get("description") {
        schema["description"] = text.clone();
    }
    let values = slot.get("possible_values").and_then(Value::as_array).filter(|values| !values.is_empty());
    if let Some(values) = values {
        let closed = slot.get("is_categorical").is_some_and(|flag| flag == &json!(true));
        schema[if closed { "enum" } else { "examples" }] = values.clone().into();
    }
    schema
}
