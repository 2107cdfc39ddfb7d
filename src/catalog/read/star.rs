//! STAR: one file a tool, with `input` and `output` lists of `Name`, `Type`, `ReadableName` and `Categories`. The tool has the
//! name of its file, and no description.

use super::schema::Refusal;
use super::{Candidate, Document, Format, Harvest, fields};
use crate::error::Fault;
use serde_json::{Map, Value, json};

pub(super) struct Star;

impl Format for Star {
    fn recognises(&self, value: &Value) -> bool {
        let is_list =
            |key: &str| value.get(key).and_then(Value::as_array).is_some_and(|list| list.iter().all(|field| field.get("Name").is_some()));
        is_list("input") && is_list("output") && value.get("function").is_some()
    }

    fn name(&self, _: &Value) -> String {
        "star".into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let value = &document.value;
        let stem = document.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let database = value.get("db").and_then(Value::as_str).filter(|name| !matches!(*name, "" | "null"));
        let mut candidate = Candidate {
            name: stem.clone().into(),
            domain: database.unwrap_or_else(|| stem.split('_').next().unwrap_or_default()).to_owned(),
            ..Candidate::default()
        };
        match (list(value.get("input")), list(value.get("output"))) {
            (Ok(mut input), Ok(output)) => {
                let required = fields::texts(value.get("required"));
                if !required.is_empty() {
                    input["required"] = required.into();
                }
                (candidate.parameters, candidate.returns) = (input, Some(output));
            }
            (Err(refusal), _) | (_, Err(refusal)) => candidate.refusal = Some(refusal),
        }
        harvest.offer(candidate);
        Ok(())
    }
}

fn list(fields: Option<&Value>) -> Result<Value, Refusal> {
    let mut schema = fields::from_list(fields.unwrap_or(&Value::Null), &["Name"], &["ReadableName"])?;
    for property in schema["properties"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Value::Object(field) = property {
            *field = std::mem::take(field).into_iter().map(|(key, value)| (keyword(&key).to_owned(), value)).collect();
            if field.get("type").is_some_and(|kind| kind == "CategoricalMultiple") {
                let values = field.shift_remove("enum");
                field.insert("type".into(), "list".into());
                field.insert("items".into(), values.map_or(json!({"type": "string"}), |values| json!({"type": "string", "enum": values})));
            }
        }
    }
    Ok(schema)
}

fn keyword(key: &str) -> &str {
    match key {
        "Type" => "type",
        "Categories" => "enum",
        "Min" => "minimum",
        "Max" => "maximum",
        other => other,
    }
}
