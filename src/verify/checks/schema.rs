//! ## What it does
//! Validates the arguments of every call against the parameters' JSON Schema, formats included.
//! ## Why it is bad
//! The call would be refused by any real server.
//! ## Example
//! `"nights": "3"` where an integer is asked for; a required argument left out.

use super::Check;
use crate::verify::Findings;
use crate::verify::scene::Scene;

pub(super) struct Schema;

impl Check for Schema {
    fn name(&self) -> &'static str {
        "schema"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for made in &scene.calls {
            if !made.call.arguments.is_object() {
                out.add(made.turn, format!("the arguments of call {} are not an object", made.call.id));
                continue;
            }
            let Some(validator) = made.known.and_then(|known| known.parameters.as_ref()) else { continue };
            if let Err(error) = validator.validate(&made.call.arguments) {
                out.add(made.turn, format!("call {} of `{}`: {error} (at {})", made.call.id, made.call.tool, error.instance_path()));
            }
        }
    }
}
