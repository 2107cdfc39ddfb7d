//! How hard is a dialogue? Counts of structure that do not look at wording; nothing here grows with text length alone.
//!
//! [`Vector`] is of one dialogue, [`Complexity`] the histograms of a set.

pub use super::histogram::Complexity;

use crate::dialogue::{Dialogue, Provenance, Role, leaves};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The complexity vector of one dialogue.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Vector {
    pub calls: u64,
    pub user_turns: u64,
    /// Longest path of calls in which each takes an argument from the result of the one before.
    pub depth: u64,
    /// Most calls in one assistant message.
    pub width: u64,
    pub tools_visible: u64,
    pub arguments: u64,
    /// Arguments taken from an earlier result.
    pub dependent: u64,
    /// Arguments that are computed from others, of those `dependent` or not.
    pub derived: u64,
    /// Tools that are offered and not called.
    pub distractors: u64,
    /// User turns followed by at least one call, by two, and by two of which one needs the other.
    pub calling_turns: u64,
    pub multi_call_turns: u64,
    pub multi_step_turns: u64,
    pub clarifications: u64,
    pub corrections: u64,
    pub errors: u64,
    pub refusals: u64,
    /// Σ over calls of log2(tools visible + 1) + Σ over arguments of log2(values of that JSON type in view), in 1/1000 bit
    /// (decision bits, C2 of the project's metrics).
    pub millibits: u64,
    /// Greatest depth of the parameters' schema of a called tool: 1 for flat parameters.
    pub nesting: u64,
    /// Messages between the furthest source and its call; filled by [`super::observed`].
    pub distance: u64,
    /// Likeness of the called tools to those beside them, in percent; filled by [`super::observed`].
    pub confusability: u64,
}

/// Decision bits by octave: `0`, `1-2`, `2-4`, ... bits, as the factor `complexity` has it.
pub fn octave(millibits: u64) -> String {
    let bits = millibits / 1000;
    match bits {
        0 => "0".into(),
        _ => {
            let low = 1u64 << bits.ilog2();
            format!("{low}-{}", low * 2)
        }
    }
}

/// Nesting of a schema: levels of properties and items that hold properties.
fn nesting(schema: &Value) -> u64 {
    let own = schema.get("properties").and_then(Value::as_object);
    let below = own.into_iter().flat_map(|own| own.values()).chain(schema.get("items")).map(nesting).max().unwrap_or(0);
    u64::from(own.is_some_and(|own| !own.is_empty())) + below
}

/// Measures one dialogue.
pub fn of(dialogue: &Dialogue) -> Vector {
    let mut vector = Vector { tools_visible: dialogue.tools.len() as u64, ..Vector::default() };
    let mut depth: BTreeMap<usize, u64> = BTreeMap::new();
    let mut in_view: BTreeSet<(u8, String)> = BTreeSet::new();
    let mut run: Vec<usize> = Vec::new();
    let mut run_depends = false;
    for turn in &dialogue.turns {
        match turn.role {
            Role::User => {
                vector.close_run(&run, run_depends);
                (run, run_depends) = (Vec::new(), false);
                vector.user_turns += 1;
                vector.corrections += turn.acts.iter().filter(|act| *act == "correct").count() as u64;
            }
            Role::Assistant => {
                vector.clarifications += u64::from(turn.acts.iter().any(|act| act == "request"));
                vector.refusals += u64::from(turn.acts.iter().any(|act| act == "refuse"));
                vector.width = vector.width.max(turn.calls.len() as u64);
                for call in &turn.calls {
                    vector.calls += 1;
                    vector.millibits += millibits(dialogue.tools.len() as u64 + 1);
                    let mut deepest = 0;
                    for (pointer, value) in leaves(&call.arguments) {
                        vector.arguments += 1;
                        vector.derived += u64::from(matches!(call.provenance.get(&pointer), Some(Provenance::Derived { .. })));
                        in_view.insert((kind(value), value.to_string()));
                        let rivals = in_view.iter().filter(|(other, _)| *other == kind(value)).count() as u64;
                        vector.millibits += millibits(rivals);
                        if let Some(from) = call.provenance.get(&pointer).and_then(Provenance::rests_on) {
                            vector.dependent += 1;
                            deepest = deepest.max(depth.get(&from).copied().unwrap_or(0));
                            run_depends |= run.contains(&from);
                        }
                    }
                    depth.insert(call.id, deepest + 1);
                    vector.depth = vector.depth.max(deepest + 1);
                }
                run.extend(turn.calls.iter().map(|call| call.id));
            }
            Role::Tool => {
                for result in &turn.results {
                    vector.errors += u64::from(result.is_error);
                    in_view.extend(leaves(&result.value).into_iter().map(|(_, value)| (kind(value), value.to_string())));
                }
            }
            Role::System => {}
        }
    }
    vector.close_run(&run, run_depends);
    let called = |tool: &&crate::dialogue::ToolSpec| dialogue.calls().any(|call| call.tool == tool.name);
    vector.nesting = dialogue.tools.iter().filter(called).map(|tool| nesting(&tool.parameters)).max().unwrap_or(0);
    vector.distractors = (dialogue.tools.len() - dialogue.tools.iter().filter(called).count()) as u64;
    vector
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::String(_) => 0,
        Value::Number(_) => 1,
        Value::Bool(_) => 2,
        _ => 3,
    }
}

fn millibits(choices: u64) -> u64 {
    ((choices.max(1) as f64).log2() * 1000.0).round() as u64
}

impl Vector {
    fn close_run(&mut self, run: &[usize], depends: bool) {
        self.calling_turns += u64::from(!run.is_empty());
        self.multi_call_turns += u64::from(run.len() > 1);
        self.multi_step_turns += u64::from(run.len() > 1 && depends);
    }

    fn fields(&self) -> [(&'static str, u64); 17] {
        [
            ("calls", self.calls),
            ("user_turns", self.user_turns),
            ("depth", self.depth),
            ("width", self.width),
            ("tools_visible", self.tools_visible),
            ("arguments", self.arguments),
            ("dependent_arguments", self.dependent),
            ("derived_arguments", self.derived),
            ("distractors", self.distractors),
            ("calling_turns", self.calling_turns),
            ("multi_call_turns", self.multi_call_turns),
            ("multi_step_turns", self.multi_step_turns),
            ("clarifications", self.clarifications),
            ("corrections", self.corrections),
            ("errors", self.errors),
            ("refusals", self.refusals),
            ("decision_millibits", self.millibits),
        ]
    }

    /// All fields by name, those that the record has and those that are observed; decision bits in 1/1000.
    pub fn all(&self) -> Vec<(&'static str, u64)> {
        let events = self.clarifications + self.corrections + self.errors + self.refusals;
        let observed =
            [("nesting", self.nesting), ("provenance_distance", self.distance), ("confusability", self.confusability), ("events", events)];
        self.fields().into_iter().chain(observed).collect()
    }

    /// As it stands in the record.
    pub fn named(&self) -> IndexMap<String, f64> {
        self.fields()
            .into_iter()
            .map(|(name, value)| match name {
                "decision_millibits" => ("decision_bits".to_string(), value as f64 / 1000.0),
                _ => (name.to_string(), value as f64),
            })
            .collect()
    }
}
