//! ## What it does
//! Every policy of the context must stand in the system text, and no call may break one: nothing is changed where only looking is allowed,
//! no amount above the limit is paid, nothing is taken back before the user said yes to just that, nobody else's contact details are shown.
//! ## Why it is bad
//! The model would learn that the rules of its operator are only words.
//! ## Example
//! "Do not pay more than $200", and a transfer of $500.

use super::Check;
use crate::dialogue::Policy;
use crate::value::{self, Hints, SemType};
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::{Made, Scene};
use serde_json::Value;
use std::ops::Range;

pub(super) struct Policies;

impl Check for Policies {
    fn name(&self) -> &'static str {
        "policy"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for policy in &scene.dialogue.context.policies {
            if !told(scene, policy) {
                out.add(0, format!("the system text does not tell {policy:?}"));
            }
            for made in &scene.calls {
                if let Some(why) = breaks(scene, made, policy) {
                    out.add(made.turn, format!("call {} {why}", made.call.id));
                }
            }
        }
    }
}

fn told(scene: &Scene, policy: &Policy) -> bool {
    let text = &scene.texts[0];
    match policy {
        Policy::ReadOnly => {
            text.has_any(&["read-only", "read only", "look things up", "looking things up", "change nothing", "no changes"])
        }
        Policy::SpendingLimit { .. } => !places(scene, 0, policy).is_empty(),
        Policy::ConfirmDeletions => text.has_any(&["confirm", "confirmation", "confirmed", "yes", "agreed", "agrees"]),
        Policy::PrivateData => text.has_any(&PRIVATE),
    }
}

/// What is wrong about a call.
fn breaks(scene: &Scene, made: &Made, policy: &Policy) -> Option<String> {
    let known = made.known?;
    if *policy == Policy::PrivateData {
        return private(known).then(|| "shows what is private to somebody else".into());
    }
    if !changes(known) {
        return None;
    }
    match policy {
        Policy::PrivateData => None,
        Policy::ReadOnly => Some("changes something, where only looking is allowed".into()),
        Policy::SpendingLimit { amount, .. } => {
            let over = |value: &Value| value.as_f64().is_some_and(|said| said > *amount as f64);
            let arg = made.args.iter().find(|arg| made.sem(arg) == SemType::Money && over(arg.value))?;
            Some(format!("has {} at {}, where {amount} is the limit", arg.value, arg.pointer))
        }
        Policy::ConfirmDeletions => {
            (takes_back(known) && !confirmed(scene, made)).then(|| "takes something back, and the user has not said yes to it".into())
        }
    }
}

fn changes(known: &Known) -> bool {
    known.acts() || !known.tool.effects.is_empty()
}

fn takes_back(known: &Known) -> bool {
    known.tool.phrase.class == crate::catalog::ToolClass::Undo || !known.tool.effects.deletes.is_empty()
}

/// Words of whoever speaks of what is private.
const PRIVATE: [&str; 6] = ["private", "privacy", "personal data", "personal details", "contact details", "confidential"];

/// It is asked about a person, and tells their phone number, their address or the like.
fn private(known: &Known) -> bool {
    let tool = &known.tool;
    let person = |entity: &str| {
        ["person", "contact", "patient", "employee", "candidate", "member", "customer", "user", "guest", "student"].contains(&entity)
    };
    let named = tool
        .parameters
        .iter()
        .any(|leaf| leaf.sem == SemType::Person || (leaf.sem == SemType::Id && leaf.entity.as_deref().is_some_and(person)));
    let fields = || tool.returns.fields.iter().filter(|leaf| !leaf.phrase.silent);
    let reaches = fields().any(|leaf| matches!(leaf.sem, SemType::Phone | SemType::Email | SemType::Address));
    named && reaches && !known.acts() && tool.returns.fields.iter().any(|leaf| leaf.sem == SemType::Person)
}

/// The call answers a yes to a question.
fn confirmed(scene: &Scene, made: &Made) -> bool {
    const NO: [&str; 6] = ["no", "nope", "not", "don't", "never", "wait"];
    scene.opening(made) < made.user && scene.question_before(made.user).is_some() && !scene.texts[made.user].has_any(&NO)
}

/// The policy that forbids what a user turn asks of a tool.
pub(super) fn forbids<'s>(scene: &Scene<'s>, user: usize, known: &Known) -> Option<&'s Policy> {
    let forbids = |policy: &&Policy| match policy {
        Policy::ReadOnly => true,
        Policy::SpendingLimit { amount, unit } => {
            let takes = known.tool.parameters.iter().any(|leaf| leaf.sem == SemType::Money);
            takes && asked(scene, user, unit.as_deref()).into_iter().any(|said| said > *amount as f64)
        }
        Policy::ConfirmDeletions => false,
        Policy::PrivateData => private(known),
    };
    let concerns = |policy: &&Policy| **policy == Policy::PrivateData || changes(known);
    scene.dialogue.context.policies.iter().filter(concerns).find(forbids)
}

/// Whether a turn gives the policy as its reason.
pub(super) fn cited(scene: &Scene, turn: usize, policy: &Policy) -> bool {
    const RULES: [&str; 12] = [
        "rules",
        "policy",
        "allowed",
        "permitted",
        "look things up",
        "looking things up",
        "look up",
        "read access",
        "read-only",
        "make changes",
        "may be changed",
        "show you things",
    ];
    match policy {
        Policy::ReadOnly => scene.texts[turn].has_any(&RULES),
        Policy::SpendingLimit { .. } => !places(scene, turn, policy).is_empty(),
        Policy::ConfirmDeletions => true,
        Policy::PrivateData => scene.texts[turn].has_any(&PRIVATE),
    }
}

/// Amounts of money in the user's turns of the request that this turn closes.
fn asked(scene: &Scene, user: usize, unit: Option<&str>) -> Vec<f64> {
    let hints = Hints { unit, ..Hints::default() };
    let last = scene.calls.iter().map(|made| made.turn).filter(|turn| *turn < user).max().unwrap_or(0);
    let turns = std::iter::once(user).chain(scene.users_before(user)).take_while(|turn| *turn > last);
    turns
        .flat_map(|turn| value::read(scene.texts[turn].raw, SemType::Money, hints, &scene.say))
        .filter_map(|reading| reading.value.as_f64())
        .collect()
}

/// Where the amounts of the policies stand in a turn.
pub(super) fn amounts(scene: &Scene, turn: usize) -> Vec<Range<usize>> {
    scene.dialogue.context.policies.iter().flat_map(|policy| places(scene, turn, policy)).collect()
}

fn places(scene: &Scene, turn: usize, policy: &Policy) -> Vec<Range<usize>> {
    let Policy::SpendingLimit { amount, unit } = policy else { return Vec::new() };
    let hints = Hints { unit: unit.as_deref(), ..Hints::default() };
    value::find(scene.texts[turn].raw, &Value::from(*amount), SemType::Money, hints, &scene.say)
}
