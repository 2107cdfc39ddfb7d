//! Mutations of what cannot or may not be done.

use super::edit::{calling, pick, remove};
use super::values::tool;
use crate::catalog::ToolClass;
use crate::dialogue::{Dialogue, Outcome, Policy, Role, ToolSpec};
use crate::seed::Rng;
use crate::value::SemType;

/// The tool that the assistant says it could use instead is not offered.
pub(super) fn alternative_withdrawn(dialogue: &Dialogue, _: &mut Rng) -> Option<Dialogue> {
    let turn = dialogue.turns.iter().position(|turn| turn.acts.iter().any(|act| act == "refuse_and_offer"))?;
    let text = dialogue.turns[turn].text.to_lowercase();
    let named = |spec: &ToolSpec| {
        tool(spec).is_some_and(|tool| {
            let said = |object: &str| !object.is_empty() && text.contains(&object.to_lowercase());
            said(&tool.phrase.object) || said(&tool.phrase.object_plural)
        })
    };
    // Where the offer was taken up, its tool cannot be missing.
    let called = |spec: &ToolSpec| dialogue.calls().any(|call| call.tool == spec.name);
    if dialogue.tools.iter().any(|spec| named(spec) && called(spec)) {
        return None;
    }
    let mut out = dialogue.clone();
    out.tools.retain(|spec| !named(spec));
    (out.tools.len() < dialogue.tools.len()).then_some(out)
}

/// Nobody says that there is a new tool: it was there all along, or it is never there.
pub(super) fn update_missing(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let at = dialogue.turns.iter().position(|turn| !turn.adds.is_empty())?;
    let adds = dialogue.turns[at].adds.clone();
    let mut out = dialogue.clone();
    if rand::RngExt::random_bool(rng, 0.5) {
        remove(&mut out, at, 1);
        // Two turns of different speakers would stand side by side as well; what is wrong is what they say.
    } else {
        out.tools.retain(|spec| !adds.contains(&spec.name));
    }
    Some(out)
}

/// A policy forbids what was done.
pub(super) fn policy_broken(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let acting = |turn: &usize| {
        dialogue.turns[*turn].calls.iter().any(|call| {
            let class = dialogue.tool(&call.tool).and_then(tool).map(|tool| tool.phrase.class);
            matches!(class, Some(ToolClass::Do | ToolClass::Undo | ToolClass::Message | ToolClass::Control))
        })
    };
    let turns: Vec<usize> = calling(dialogue).into_iter().filter(acting).collect();
    pick(&turns, rng)?;
    let system = dialogue.turns.iter().position(|turn| turn.role == Role::System)?;
    let mut out = dialogue.clone();
    out.context.policies.push(Policy::ReadOnly);
    out.turns[system].text.push_str(" You may only look things up today.");
    Some(out)
}

/// Somebody else's contact details are shown, though the rules keep them private.
pub(super) fn private_given(dialogue: &Dialogue, _: &mut Rng) -> Option<Dialogue> {
    let shows = |name: &str| {
        let Some(tool) = dialogue.tool(name).and_then(tool) else { return false };
        let sem = |leaves: &[crate::catalog::Leaf], wanted: &[SemType]| leaves.iter().any(|leaf| wanted.contains(&leaf.sem));
        sem(&tool.parameters, &[SemType::Person])
            && sem(&tool.returns.fields, &[SemType::Person])
            && sem(&tool.returns.fields, &[SemType::Phone, SemType::Email, SemType::Address])
            && matches!(tool.phrase.class, ToolClass::Find | ToolClass::Lookup)
    };
    if !dialogue.calls().any(|call| shows(&call.tool)) {
        return None;
    }
    let system = dialogue.turns.iter().position(|turn| turn.role == Role::System)?;
    let mut out = dialogue.clone();
    out.context.policies.push(Policy::PrivateData);
    out.turns[system].text.push_str(" Personal data of other people is private.");
    Some(out)
}

/// A policy because of which something was refused is not there.
pub(super) fn policy_lifted(dialogue: &Dialogue, _: &mut Rng) -> Option<Dialogue> {
    let refused = |goal: &crate::dialogue::Goal| goal.outcome == Outcome::Refused && dialogue.offers(&goal.tool, goal.turn);
    if dialogue.context.policies.is_empty() || !dialogue.goals.iter().any(refused) {
        return None;
    }
    let mut out = dialogue.clone();
    out.context.policies.clear();
    Some(out)
}
