//! ## What it does
//! Reads the recorded source of every argument back: the user's words at the span must say the value, a result pointer must lead into
//! an earlier result that did not fail and hold the value, a context fact must stand in the system text, a default must be the schema's,
//! a proposal must have been accepted.
//! ## Why it is bad
//! The argument is not what was said, or was known before it could be.
//! ## Example
//! The user says "for three nights", the call says `"nights": 4`.

use super::{Check, derived};
use crate::dialogue::{Provenance, Role, Span};
use crate::value;
use crate::verify::Findings;
use crate::verify::scene::{Arg, Made, Scene};

pub(super) struct Grounded;

impl Check for Grounded {
    fn name(&self) -> &'static str {
        "grounded"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for made in &scene.calls {
            for arg in &made.args {
                if let Some(Err(why)) = arg.source.map(|source| holds(scene, made, arg, source)) {
                    out.add(made.turn, format!("{} of call {} is {}: {why}", arg.pointer, made.call.id, arg.value));
                }
            }
        }
    }
}

fn holds(scene: &Scene, made: &Made, arg: &Arg, source: &Provenance) -> Result<(), String> {
    match source {
        Provenance::UserTurn { turn, span } => said(scene, made, arg, *turn, *span, Role::User),
        Provenance::AssistantOffer { turn, span } => {
            said(scene, made, arg, *turn, *span, Role::Assistant)?;
            if accepted(scene, *turn) { Ok(()) } else { Err("the user did not accept the proposal".into()) }
        }
        Provenance::ToolResult { call, pointer } => {
            let from =
                scene.made(*call).filter(|from| from.turn < made.turn).ok_or_else(|| format!("call {call} was not made before it"))?;
            if from.failed() {
                return Err(format!("call {call} failed"));
            }
            let held = from
                .result
                .and_then(|result| result.value.pointer(pointer))
                .ok_or_else(|| format!("call {call} gave nothing at {pointer}"))?;
            if value::same(held, arg.value, made.sem(arg)) { Ok(()) } else { Err(format!("call {call} gave {held} at {pointer}")) }
        }
        Provenance::Derived { function, inputs } => derived::follows(scene, made, arg, *function, inputs, holds),
        Provenance::Context { pointer } => context(scene, made, arg, pointer),
        Provenance::Default { pointer } => {
            let spec = scene.dialogue.tool(&made.call.tool).ok_or("the tool is not offered")?;
            let fixed = pointer.ends_with("/default") || pointer.ends_with("/const");
            match spec.parameters.pointer(pointer) {
                Some(held) if fixed && value::same(held, arg.value, made.sem(arg)) => Ok(()),
                Some(held) => Err(format!("the schema has {held} at {pointer}")),
                None => Err(format!("the schema has nothing at {pointer}")),
            }
        }
    }
}

fn said(scene: &Scene, made: &Made, arg: &Arg, turn: usize, span: Span, role: Role) -> Result<(), String> {
    if turn >= made.turn || scene.role(turn) != Some(role) {
        return Err(format!("turn {turn} is no {role:?} turn before the call").to_lowercase());
    }
    let words = scene.texts[turn].raw.get(span.start..span.end).ok_or("its span lies outside of the text")?;
    if scene.says(turn, span, arg.value, made.leaf(arg)) { Ok(()) } else { Err(format!("\"{words}\" does not say so")) }
}

fn context(scene: &Scene, made: &Made, arg: &Arg, pointer: &str) -> Result<(), String> {
    let known = match pointer.strip_prefix("/user/") {
        Some(key) => scene.dialogue.context.user.get(key),
        None if pointer == "/today" => Some(&scene.dialogue.context.today),
        None => None,
    };
    let known = known.ok_or_else(|| format!("the context has nothing at {pointer}"))?;
    if !value::same(&serde_json::Value::String(known.clone()), arg.value, made.sem(arg)) {
        return Err(format!("the context has \"{known}\""));
    }
    let text = &scene.texts[0];
    let stands = text.has(&known.to_ascii_lowercase()) || !scene.find(0, arg.value, made.leaf(arg)).is_empty();
    if stands { Ok(()) } else { Err("the system text does not tell it".into()) }
}

/// The user's next words take a proposal.
fn accepted(scene: &Scene, turn: usize) -> bool {
    const YES: [&str; 16] = [
        "yes",
        "yeah",
        "yep",
        "sure",
        "ok",
        "okay",
        "please",
        "great",
        "perfect",
        "fine",
        "sounds good",
        "go ahead",
        "works",
        "that's right",
        "correct",
        "do it",
    ];
    let Some(next) = (turn + 1..scene.texts.len()).find(|at| scene.role(*at) == Some(Role::User)) else { return false };
    let text = &scene.texts[next];
    text.has_any(&YES) && !matches!(text.words.first().map(|word| text.low(word)), Some("no" | "nope" | "nah"))
}
