//! The Berkeley function-calling leaderboard: function documents, and question files whose rows have a `function` list. Both
//! are JSON lines though they are named `.json`; types are Python's and the result stands under `response`.

use super::openai::function_candidate;
use super::{Document, Format, Harvest};
use crate::error::Fault;
use serde_json::Value;

pub(super) struct Bfcl;

impl Format for Bfcl {
    fn recognises(&self, value: &Value) -> bool {
        value.as_array().is_some_and(|rows| rows.iter().any(|row| is_question(row) || is_document(row)))
    }

    fn name(&self, _: &Value) -> String {
        "bfcl".into()
    }

    fn read(&self, document: &Document, harvest: &mut Harvest) -> Result<(), Fault> {
        let (domain, lends) = (harvest.domain(), harvest.lends);
        for (index, row) in document.value.as_array().into_iter().flatten().enumerate() {
            match row.get("function") {
                Some(Value::Array(functions)) => {
                    for (place, function) in functions.iter().enumerate() {
                        harvest.offer(function_candidate(function, &domain, format!("/{index}/function/{place}"), lends));
                    }
                }
                Some(function) => harvest.offer(function_candidate(function, &domain, format!("/{index}/function"), lends)),
                // A row without functions asks a question in which the function is missing.
                None if is_question_like(row) => {}
                None => harvest.offer(function_candidate(row, &domain, format!("/{index}"), lends)),
            }
        }
        Ok(())
    }
}

fn is_question(row: &Value) -> bool {
    let function = row.get("function");
    let first = function.and_then(Value::as_array).and_then(|list| list.first()).or(function);
    is_question_like(row) && first.is_some_and(|function| function.get("name").is_some())
}

fn is_question_like(row: &Value) -> bool {
    row.get("question").is_some()
}

fn is_document(row: &Value) -> bool {
    row.get("name").is_some() && row.pointer("/parameters/type").is_some_and(|kind| kind == "dict")
}
