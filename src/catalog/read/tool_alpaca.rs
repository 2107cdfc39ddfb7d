//! ToolAlpaca: rows with an OpenAPI document as a text in `Documentation`, and what it gives in words in
//! `Function_Description`.

use super::schema::Refusal;
use super::{Candidate, Document, Format, Harvest, harvest, json, openapi};
use crate::error::Fault;
use serde_json::Value;

pub(super) struct ToolAlpaca;

impl Format for ToolAlpaca {
    fn recognises(&self, value: &Value) -> bool {
        value.as_array().is_some_and(|rows| rows.iter().any(is_api))
    }

    fn name(&self, _: &Value) -> String {
        "toolalpaca".into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        for (index, row) in document.value.as_array().into_iter().flatten().enumerate().filter(|(_, row)| is_api(row)) {
            let domain = harvest::text(row.get("Name").unwrap_or(&Value::Null));
            let pointer = format!("/{index}/Documentation");
            let text = row.get("Documentation").and_then(Value::as_str).unwrap_or_default();
            match json::parse(document.file, text) {
                Ok(inner) => openapi::operations(&inner, &domain, |candidate| {
                    let prose = candidate.name.as_str().and_then(|name| output(row, name));
                    let returns_prose = if candidate.returns.is_none() { prose } else { None };
                    harvest.offer(Candidate { returns_prose, pointer: pointer.clone(), ..candidate });
                }),
                Err(fault) => {
                    let reason = format!("documentation-malformed: the document in `Documentation` is {}", fault.message);
                    let refusal = Some(Refusal::new(reason, "mend the JSON in the text"));
                    harvest.offer(Candidate { name: domain.into(), pointer, refusal, ..Candidate::default() });
                }
            }
        }
        Ok(())
    }
}

fn is_api(row: &Value) -> bool {
    row.get("Name").is_some() && row.get("Documentation").is_some_and(Value::is_string)
}

/// What follows "Output:" in the description of a function.
fn output(row: &Value, name: &str) -> Option<String> {
    let text = row.get("Function_Description")?.get(name)?.as_str()?;
    let output = text.split_once("Output:")?.1.lines().next()?.trim();
    (!output.is_empty()).then(|| output.to_owned())
}
