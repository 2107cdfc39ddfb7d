//! Dialogues of the Schema-Guided Dialogue data set: `turns` of `USER` and `SYSTEM` with `frames`, of which some have a `service_call` and its
//! `service_results`. The tools are the intents of the services that a dialogue names, from the `schema.json` beside the file.

use super::builder::{Builder, Made};
use super::calls;
use super::fields::{Fields, label, list};
use crate::formats::conversation::{Call, Conversation, Flaw, ToolDoc};
use crate::formats::json::Json;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The intents of each service as tools.
#[derive(Debug, Default)]
pub(super) struct Services(BTreeMap<String, Vec<Arc<ToolDoc>>>);

impl Services {
    /// Of the `schema.json` in the folder of a file; none where there is none.
    pub(super) fn beside(path: &Path) -> Services {
        let schema = path.parent().map(|folder| folder.join("schema.json"));
        let text = schema.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
        let services: Vec<Value> = serde_json::from_str(&text).unwrap_or_default();
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        let all = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let tools = |service: &Value| {
            let slots = all(service, "slots");
            let tool = |intent: &Value| {
                Arc::new(ToolDoc::new(text(intent, "name"), text(intent, "description"), Some(parameters(intent, &slots))))
            };
            all(service, "intents").iter().map(tool).collect()
        };
        Services(services.iter().map(|service| (text(service, "service_name"), tools(service))).collect())
    }
}

/// Required and optional slots; a categorical one has an enum.
fn parameters(intent: &Value, slots: &[Value]) -> Json {
    let required: Vec<&Value> = intent.get("required_slots").and_then(Value::as_array).into_iter().flatten().collect();
    let optional = intent.get("optional_slots").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut properties = Map::new();
    for name in required.iter().filter_map(|name| name.as_str()).chain(optional.keys().map(String::as_str)) {
        let mut schema = json!({"type": "string"});
        if let Some(slot) = slots.iter().find(|slot| slot.get("name").and_then(Value::as_str) == Some(name)) {
            schema["description"] = slot.get("description").cloned().unwrap_or_default();
            let choices = slot.get("possible_values").filter(|_| slot.get("is_categorical") == Some(&Value::Bool(true)));
            // "dontcare" may be said of every optional slot.
            if let Some(choices) = choices.and_then(Value::as_array).filter(|choices| !choices.is_empty()) {
                let any = optional.contains_key(name).then(|| Value::from("dontcare")).filter(|any| !choices.contains(any));
                schema["enum"] = choices.iter().cloned().chain(any).collect();
            }
        }
        if let Some(default) = optional.get(name) {
            schema["default"] = default.clone();
        }
        properties.insert(name.to_string(), schema);
    }
    Json::of(&json!({"type": "object", "properties": properties, "required": required}))
}

pub(super) fn read(mut row: Fields, services: &Services) -> Result<Conversation, Flaw> {
    let mut conversation = Conversation::default();
    if let Some(id) = row.take("dialogue_id") {
        conversation.id = label(id, "dialogue_id")?;
    }
    if let Some(named) = row.take("services") {
        for service in list(named, "services")? {
            conversation.tools.extend(services.0.get(&label(service, "services")?).into_iter().flatten().cloned());
        }
    }
    conversation.tools.sort_by(|a, b| a.name.cmp(&b.name));
    // Two services of one domain have intents of one name.
    conversation.tools.dedup_by(|a, b| a.name == b.name);
    let mut builder = Builder::default();
    for turn in list(row.take("turns").ok_or(Flaw::Missing("turns"))?, "turns")? {
        let mut turn = Fields::of(turn, "turns")?;
        let text = calls::needed(&mut turn, "utterance")?.into_owned();
        match &*calls::needed(&mut turn, "speaker")? {
            "USER" => builder.user(text)?,
            "SYSTEM" => {
                for frame in turn.take("frames").map_or_else(|| Ok(Vec::new()), |frames| list(frames, "frames"))? {
                    call(Fields::of(frame, "frames")?, &mut builder)?;
                }
                builder.assistant(text, Vec::new(), true)?;
            }
            other => return Err(Flaw::Role(other.to_string())),
        }
    }
    conversation.messages = builder.finish()?;
    Ok(conversation)
}

fn call(mut frame: Fields, builder: &mut Builder) -> Result<(), Flaw> {
    let Some(made) = frame.take("service_call") else { return Ok(()) };
    let mut made = Fields::of(made, "service_call")?;
    let name = calls::needed(&mut made, "method")?.into_owned();
    let arguments = calls::arguments(&name, made.take("parameters"))?;
    let result = frame.take("service_results").map_or("[]", |result| result.get()).to_string();
    builder.assistant(String::new(), vec![Made { id: None, call: Call { name, arguments } }], true)?;
    builder.result(None, None, result)
}
