//! Words for failures that are put right and for mistakes that are owned.

use super::assistant::mine_to_yours;
use super::carrier::{self, Wish};
use super::line::plain;
use super::pen::{Pen, fill};
use super::refer::thing;
use super::surface::end;
use crate::catalog::{Leaf, ToolClass};
use crate::dialogue::Policy;
use crate::graph::ToolIx;
use crate::script::{Slip, Slot};
use crate::value::{self, Hints, SemType, english};
use serde_json::Value;

fn noun(leaf: Option<&Leaf>) -> String {
    let noun = leaf.map_or_else(|| "value".to_owned(), |leaf| plain(&leaf.phrase.noun));
    english::without_determiner(&noun).to_owned()
}

/// "The number I have is APT-12345."
pub(super) fn recall<'p>(pen: &mut Pen<'p>, slot: &'p Slot) -> String {
    let leaf = pen.parameter(slot.tool, &slot.pointer);
    let noun = noun(leaf);
    let noun = if thing(&noun) == noun && !noun.ends_with("number") { format!("{noun} number") } else { noun };
    let value = pen.hold_slot(slot);
    fill(pen.phrase("recall"), &[("noun", &noun), ("v", &value)])
}

/// "Is there another city I could try?"
pub(super) fn ask_another(pen: &mut Pen, tool: ToolIx, parameter: &str) -> String {
    let leaf = pen.tool(tool).and_then(|tool| tool.parameters.iter().find(|leaf| leaf.pointer == parameter));
    let noun = noun(leaf);
    if leaf.is_some_and(|leaf| leaf.sem == SemType::Id) {
        return end(&fill(pen.phrase("ask_another_id"), &[("noun", &thing(&noun))]), '?');
    }
    end(&fill(pen.phrase("ask_another"), &[("noun", &noun)]), '?')
}

/// "APT-12345 does not exist, so I looked for the appointment."
pub(super) fn found_instead<'p>(pen: &mut Pen<'p>, slot: &'p Slot) -> String {
    let leaf = pen.parameter(slot.tool, &slot.pointer);
    let noun = thing(&noun(leaf));
    let value = pen.hold_value(&slot.value, slot.sem, leaf);
    fill(pen.phrase("found_instead"), &[("noun", &noun), ("v", &value)])
}

/// What was wrong about a call: which value was taken for which, or which tool for which.
pub(super) fn slip<'p>(pen: &mut Pen<'p>, slip: &'p Slip, value_key: &str, tool_key: &str) -> String {
    if let Some((slot, taken)) = &slip.value {
        let leaf = pen.parameter(slot.tool, &slot.pointer);
        let noun = noun(leaf);
        let wrong = pen.hold_value(taken, slot.sem, leaf);
        let right = pen.hold_value(&slot.value, slot.sem, leaf);
        // "The family calendar as the calendar" says it twice.
        let repeats = noun.rsplit(' ').next().is_some_and(|head| pen.words(&wrong).to_lowercase().contains(&head.to_lowercase()));
        let key = if repeats { format!("{value_key}_bare") } else { value_key.to_owned() };
        return fill(pen.phrase(&key), &[("noun", &noun), ("wrong", &wrong), ("right", &right)]);
    }
    let the = match pen.tool(slip.called).map(|tool| &tool.phrase) {
        Some(phrase) if phrase.class == ToolClass::Find && !phrase.object_plural.is_empty() => plain(&phrase.object_plural),
        Some(phrase) if !phrase.object.is_empty() => format!("the {}", english::without_determiner(&plain(&phrase.object))),
        _ => "something else".to_owned(),
    };
    let vp = pen.tool(slip.tool).map(|known| {
        let wish = Wish { tool: known, phrases: Vec::new(), reference: None, follows: false, opens: false };
        mine_to_yours(&carrier::verb_phrase(pen, &wish))
    });
    fill(pen.phrase(tool_key), &[("other", &the), ("vp", vp.as_deref().unwrap_or("do it again"))])
}

/// A tool's own verb phrase, in its plainest words.
fn verb_phrase(pen: &mut Pen, tool: ToolIx) -> String {
    let Some(known) = pen.tool(tool) else { return "do that".to_owned() };
    let plainly = std::mem::replace(&mut pen.plain, true);
    let wish = Wish { tool: known, phrases: Vec::new(), reference: None, follows: false, opens: false };
    let vp = mine_to_yours(&carrier::verb_phrase(pen, &wish));
    pen.plain = plainly;
    vp
}

/// "I can't rent a bike. What I can do is rent a car."
pub(super) fn refuse_near(pen: &mut Pen, tool: ToolIx, near: ToolIx) -> Vec<String> {
    let (vp, other) = (verb_phrase(pen, tool), verb_phrase(pen, near));
    vec![fill(pen.phrase("near_refuse"), &[("vp", &vp)]), fill(pen.phrase("near_offer"), &[("vp", &other)])]
}

/// What may not be done, and why.
pub(super) fn refuse_policy(pen: &mut Pen, tool: ToolIx, policy: &Policy) -> String {
    let vp = verb_phrase(pen, tool);
    match policy {
        Policy::SpendingLimit { .. } => {
            let limit = amount(pen, policy);
            fill(pen.phrase("refuse_amount"), &[("vp", &vp), ("v", &limit)])
        }
        Policy::PrivateData => fill(pen.phrase("refuse_private"), &[("vp", &vp)]),
        _ => fill(pen.phrase("refuse_read_only"), &[("vp", &vp)]),
    }
}

/// A policy as the system text has it.
pub(super) fn policy(pen: &mut Pen, policy: &Policy) -> String {
    match policy {
        Policy::ReadOnly => pen.phrase("policy_read_only").to_owned(),
        Policy::ConfirmDeletions => pen.phrase("policy_confirm").to_owned(),
        Policy::PrivateData => pen.phrase("policy_private").to_owned(),
        Policy::SpendingLimit { .. } => {
            let limit = amount(pen, policy);
            fill(pen.phrase("policy_limit"), &[("v", &limit)])
        }
    }
}

fn amount(pen: &mut Pen, policy: &Policy) -> String {
    let Policy::SpendingLimit { amount, unit } = policy else { return String::new() };
    let hints = Hints { unit: unit.as_deref(), ..Hints::default() };
    let forms = value::say(&Value::from(*amount), SemType::Money, hints, pen.say);
    let form = forms.iter().find(|form| !form.bare).or(forms.first()).map(|form| form.text.clone());
    pen.hold(form.unwrap_or_else(|| amount.to_string()), None, false)
}
