//! ## What it does
//! Assigns the user's words to parameters by itself: prepositions and nouns beside a value, what it counts, the question just asked.
//! Fails when two arguments of one call would fit better the other way round, when one word is used for two arguments, and when a value
//! clearly speaks of another parameter than the one it was given to.
//! ## Why it is bad
//! Swapped arguments pass every schema and every look-up.
//! ## Example
//! "from Lisbon to Porto" called with `origin: Porto, destination: Lisbon`.

use super::Check;
use crate::verify::Findings;
use crate::verify::cues::evidence;
use crate::verify::scene::Scene;
use crate::verify::sources::{Said, overlaps, said};
use serde_json::Value;
use std::ops::Range;

pub(super) struct Assigned;

/// How much better the other reading must be.
const MARGIN: f32 = 0.7;

impl Check for Assigned {
    fn name(&self) -> &'static str {
        "assigned"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let all = said(scene);
        for (at, a) in all.iter().enumerate() {
            for b in all[at + 1..].iter().filter(|b| b.made.call.id == a.made.call.id) {
                if a.turn == b.turn && overlaps(&a.span, &b.span) {
                    out.add(a.made.turn, format!("the same words give {} and {} of call {}", a.arg.pointer, b.arg.pointer, a.made.call.id));
                } else if swapped(scene, &all, a, b) {
                    out.add(
                        a.made.turn,
                        format!("{} and {} of call {} fit better the other way round", a.arg.pointer, b.arg.pointer, a.made.call.id),
                    );
                }
            }
            if let Some(other) = belongs_elsewhere(scene, &all, a) {
                out.add(
                    a.made.turn,
                    format!(
                        "\"{}\" gives {} of call {} but speaks of {other}",
                        &scene.texts[a.turn].raw[a.span.clone()],
                        a.arg.pointer,
                        a.made.call.id
                    ),
                );
            }
        }
    }
}

fn others(all: &[Said], turn: usize, span: &Range<usize>) -> Vec<Range<usize>> {
    all.iter().filter(|one| one.turn == turn && one.span != *span).map(|one| one.span.clone()).collect()
}

fn points(scene: &Scene, all: &[Said], place: &Said, parameter: &Said) -> f32 {
    let (Some(known), Some(leaf)) = (parameter.made.known, parameter.arg.leaf) else { return 0.0 };
    evidence(scene, place.turn, &place.span, &known.parameter_cues[leaf], &others(all, place.turn, &place.span))
}

fn swapped(scene: &Scene, all: &[Said], a: &Said, b: &Said) -> bool {
    if a.arg.leaf == b.arg.leaf || a.arg.leaf.is_none() || b.arg.leaf.is_none() || a.arg.value == b.arg.value {
        return false;
    }
    let mut arguments = a.made.call.arguments.clone();
    put(&mut arguments, &a.arg.pointer, b.arg.value);
    put(&mut arguments, &b.arg.pointer, a.arg.value);
    if !a.made.known.is_some_and(|known| known.accepts(&arguments)) {
        return false;
    }
    let as_is = points(scene, all, a, a) + points(scene, all, b, b);
    let other_way = points(scene, all, a, b) + points(scene, all, b, a);
    other_way > as_is + MARGIN
}

pub(crate) fn put(target: &mut Value, pointer: &str, value: &Value) {
    if let Some(slot) = target.pointer_mut(pointer) {
        *slot = value.clone();
    }
}

/// Another parameter of the tool, not used in this call, of which the words around the value clearly speak.
fn belongs_elsewhere(scene: &Scene, all: &[Said], a: &Said) -> Option<String> {
    let known = a.made.known?;
    let own = points(scene, all, a, a);
    if own >= 2.5 {
        return None;
    }
    let others = others(all, a.turn, &a.span);
    let mine = known.tool.parameters.get(a.arg.leaf?)?;
    known
        .tool
        .parameters
        .iter()
        .zip(&known.parameter_cues)
        .filter(|(leaf, _)| {
            leaf.sem == mine.sem
                && leaf.pointer != mine.pointer
                && !a.made.args.iter().any(|arg| arg.leaf.is_some_and(|index| known.tool.parameters[index].pointer == leaf.pointer))
        })
        .find(|(_, cues)| evidence(scene, a.turn, &a.span, cues, &others) >= own + 2.5)
        .map(|(leaf, _)| leaf.pointer.clone())
}
