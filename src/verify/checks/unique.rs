//! ## What it does
//! Beside a called tool, no tool may be offered that would have done as well: one with the same sense (verbs that people use for the same
//! request and the same object, or the very same description; the same required parameters) that takes the same arguments.
//! ## Why it is bad
//! The call is no longer determined by what is offered and said: a model that calls the other tool is punished for nothing.
//! ## Example
//! `find_hotels` is called, and `search_hotels` with the same parameters is offered too.

use super::Check;
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::Scene;
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) struct Unique;

impl Check for Unique {
    fn name(&self) -> &'static str {
        "unique"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        // What was called by mistake is not determined by anything.
        for made in scene.calls.iter().filter(|made| !made.misdirected()) {
            let Some(called) = made.known else { continue };
            let others = scene.offered(made.turn).filter(|other| other.name() != called.name());
            for other in others.filter(|other| same_sense(called, other) && other.accepts(&made.call.arguments)) {
                out.add(made.turn, format!("`{}` is called, and `{}` does the same", called.name(), other.name()));
            }
        }
    }
}

/// Whether nobody who asks for the one could mean anything else by the other.
fn same_sense(one: &Known, other: &Known) -> bool {
    let told = |known: &Known| known.tool.description.trim().to_lowercase();
    let described = !told(one).is_empty() && told(one) == told(other);
    required(one) == required(other) && (described || (one.acts() == other.acts() && one.sense.means_as(&other.sense)))
}

fn required<'k>(known: &'k Known) -> BTreeSet<&'k str> {
    known.tool.schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}
