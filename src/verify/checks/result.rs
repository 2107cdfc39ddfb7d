//! ## What it does
//! A result must be a value of the tool's return schema, or an error object with a code and a message; an error must be marked as one.
//! ## Why it is bad
//! The model would learn from answers that the tool never gives.
//! ## Example
//! A hotel search answered with a weather report.

use super::Check;
use crate::verify::Findings;
use crate::verify::scene::Scene;
use serde_json::Value;

pub(super) struct ResultValid;

impl Check for ResultValid {
    fn name(&self) -> &'static str {
        "result"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for made in &scene.calls {
            let Some(result) = made.result else {
                out.add(made.turn, format!("call {} has no result", made.call.id));
                continue;
            };
            let told = |key: &str| result.value.pointer(key).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
            let looks_failed = result.value.as_object().is_some_and(|map| map.len() == 1 && map.contains_key("error"));
            if result.is_error {
                if !told("/error/code") || !told("/error/message") {
                    out.add(made.turn + 1, format!("the error of call {} has no code and message", made.call.id));
                }
                continue;
            }
            if looks_failed {
                out.add(made.turn + 1, format!("the result of call {} is an error that is not marked as one", made.call.id));
                continue;
            }
            let Some(known) = made.known else { continue };
            if let Some(Err(error)) = known.returns.as_ref().map(|validator| validator.validate(&result.value)) {
                out.add(
                    made.turn + 1,
                    format!("result of call {} of `{}`: {error} (at {})", made.call.id, made.call.tool, error.instance_path()),
                );
            }
        }
    }
}
