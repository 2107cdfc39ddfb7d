//! Finds a source for every argument of a chat row that has no record: the reader's own proof.

use super::cues::evidence;
use super::known::Known;
use super::scene::{Made, Scene};
use super::sources::overlaps;
use crate::dialogue::{Dialogue, Provenance, Role, Span};
use crate::value::{self, SemType};
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;

/// Fills in the provenance of every argument for which a source is found, and leaves out the others.
pub(super) fn recover(dialogue: &mut Dialogue, known: &[Arc<Known>]) {
    let mut found: Vec<(usize, Vec<(String, Provenance)>)> = Vec::new();
    {
        let scene = Scene::new(dialogue, known.iter().map(Arc::as_ref).collect(), true);
        for made in &scene.calls {
            found.push((made.call.id, sources(&scene, made)));
        }
    }
    for call in dialogue.turns.iter_mut().flat_map(|turn| &mut turn.calls) {
        if let Some((_, sources)) = found.iter_mut().find(|(id, _)| *id == call.id) {
            call.provenance = std::mem::take(sources).into_iter().collect();
        }
    }
}

/// The best source of each argument of one call; no two arguments share their words.
fn sources(scene: &Scene, made: &Made) -> Vec<(String, Provenance)> {
    let mut taken: Vec<(usize, Range<usize>)> = Vec::new();
    let mut out = Vec::new();
    for index in 0..made.args.len() {
        let arg = &made.args[index];
        let machine = made.sem(arg) == SemType::Id;
        let result = || result(scene, made, index);
        let source = if machine {
            result().or_else(|| user(scene, made, index, &mut taken))
        } else {
            user(scene, made, index, &mut taken).or_else(result)
        };
        let source =
            source.or_else(|| context(scene, made, index)).or_else(|| fixed(scene, made, index)).or_else(|| offer(scene, made, index));
        out.extend(source.map(|source| (arg.pointer.clone(), source)));
    }
    out
}

/// The latest user turn that says the value, and in it the place that speaks most of the parameter.
fn user(scene: &Scene, made: &Made, index: usize, taken: &mut Vec<(usize, Range<usize>)>) -> Option<Provenance> {
    let arg = &made.args[index];
    for turn in scene.users_before(made.turn) {
        let free = scene
            .find(turn, arg.value, made.leaf(arg))
            .into_iter()
            .filter(|range| !taken.iter().any(|(at, other)| *at == turn && overlaps(other, range)));
        let points = |range: &Range<usize>| match (made.known, arg.leaf) {
            (Some(known), Some(leaf)) => evidence(scene, turn, range, &known.parameter_cues[leaf], &[]),
            _ => 0.0,
        };
        if let Some(best) = free.map(|range| (points(&range), range)).reduce(|a, b| if b.0 > a.0 { b } else { a }) {
            taken.push((turn, best.1.clone()));
            return Some(Provenance::UserTurn { turn, span: Span { start: best.1.start, end: best.1.end } });
        }
    }
    None
}

/// The latest result that holds the value, a field of the same name before others.
fn result(scene: &Scene, made: &Made, index: usize) -> Option<Provenance> {
    let arg = &made.args[index];
    let sem = made.sem(arg);
    let name = arg.pointer.rsplit('/').find(|part| part.bytes().any(|b| !b.is_ascii_digit())).unwrap_or_default();
    let mut best: Option<(bool, usize, String)> = None;
    for from in scene.calls.iter().filter(|from| from.turn < made.turn && !from.failed()) {
        for fact in
            from.facts.iter().filter(|fact| !matches!(fact.value, Value::Bool(_) | Value::Null) && value::same(fact.value, arg.value, sem))
        {
            let named = fact.pointer.ends_with(&format!("/{name}"));
            if best.as_ref().is_none_or(|(other, call, _)| (named, from.call.id) > (*other, *call)) {
                best = Some((named, from.call.id, fact.pointer.clone()));
            }
        }
    }
    best.map(|(_, call, pointer)| Provenance::ToolResult { call, pointer })
}

fn context(scene: &Scene, made: &Made, index: usize) -> Option<Provenance> {
    let arg = &made.args[index];
    let today = Value::String(scene.dialogue.context.today.clone());
    if value::same(&today, arg.value, made.sem(arg)) && made.sem(arg) == SemType::Date {
        return Some(Provenance::Context { pointer: "/today".into() });
    }
    scene
        .dialogue
        .context
        .user
        .iter()
        .find(|(_, known)| arg.value.as_str() == Some(known))
        .map(|(key, _)| Provenance::Context { pointer: format!("/user/{key}") })
}

fn fixed(scene: &Scene, made: &Made, index: usize) -> Option<Provenance> {
    let arg = &made.args[index];
    let schema = &scene.dialogue.tool(&made.call.tool)?.parameters;
    let at: String = arg
        .pointer
        .split('/')
        .skip(1)
        .map(|part| if part.bytes().all(|b| b.is_ascii_digit()) { "/items".to_string() } else { format!("/properties/{part}") })
        .collect();
    ["const", "default"]
        .iter()
        .map(|key| format!("{at}/{key}"))
        .find(|pointer| schema.pointer(pointer).is_some_and(|held| value::same(held, arg.value, made.sem(arg))))
        .map(|pointer| Provenance::Default { pointer })
}

/// Said by the assistant and not refused.
fn offer(scene: &Scene, made: &Made, index: usize) -> Option<Provenance> {
    let arg = &made.args[index];
    (0..made.turn).rev().filter(|turn| scene.role(*turn) == Some(Role::Assistant)).find_map(|turn| {
        let range = scene.find(turn, arg.value, made.leaf(arg)).into_iter().next()?;
        Some(Provenance::AssistantOffer { turn, span: Span { start: range.start, end: range.end } })
    })
}
