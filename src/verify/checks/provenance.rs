//! ## What it does
//! Every leaf of every call's arguments must have exactly one provenance, and there must be none for leaves that do not exist. The one
//! argument that is marked as a mistake has none.
//! ## Why it is bad
//! An argument without a source is a hallucination.
//! ## Example
//! `"guests": 2` that nobody said and no result holds.

use super::Check;
use crate::verify::Findings;
use crate::verify::scene::Scene;

pub(super) struct Complete;

impl Check for Complete {
    fn name(&self) -> &'static str {
        "provenance-complete"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for made in &scene.calls {
            for arg in made.args.iter().filter(|arg| arg.source.is_none() && !made.at_fault(&arg.pointer)) {
                out.add(made.turn, format!("nothing gives {} of call {}", arg.pointer, made.call.id));
            }
            for pointer in made.call.provenance.keys().filter(|pointer| !made.args.iter().any(|arg| arg.pointer == **pointer)) {
                out.add(made.turn, format!("call {} has a source for {pointer}, which it does not have", made.call.id));
            }
        }
    }
}
