//! Which sentences of the user the carriers of `words` can say: yes, thanks, good-bye, a choice, something else, an answer to a question.

use super::pen::Pen;
use super::words::voice::{self, Saying, Told};
use super::{line, refer};
use crate::catalog::Leaf;
use crate::graph::ToolIx;
use crate::script::{AssistantAct, CallId, Pick, ScriptTurn, Slot, UserAct};
use crate::value::{SemType, english};

/// The kind of turn that these acts make, as weights are kept for it; empty when nothing was learnt of such a turn.
pub(super) fn profile(acts: &[UserAct], before: Option<&ScriptTurn>) -> String {
    let (mut inform, mut names) = (0, Vec::new());
    for act in acts {
        match act {
            UserAct::Request { slots, .. } | UserAct::RequestEach { slots, .. } | UserAct::RequestMissing { slots, .. } => {
                inform += slots.len();
                names.push("INFORM_INTENT");
            }
            UserAct::Inform { slots } => inform += slots.len(),
            UserAct::Affirm => names.push("AFFIRM"),
            UserAct::Negate { .. } => names.push("NEGATE"),
            UserAct::Select { .. } => names.push("SELECT"),
            UserAct::MoreOptions { .. } => names.push("REQUEST_ALTS"),
            UserAct::Thank if offered_more(before) => names.extend(["NEGATE", "THANK_YOU"]),
            UserAct::Thank => names.push("THANK_YOU"),
            UserAct::Goodbye => names.push("GOODBYE"),
            UserAct::AskFact { .. } => names.push("REQUEST"),
            UserAct::Correct { .. } => {
                inform += 1;
                names.push("NEGATE");
            }
            _ => return String::new(),
        }
    }
    match inform {
        0 => {}
        1 => names.push("INFORM"),
        _ => names.push("INFORM2"),
    }
    names.sort_unstable();
    names.dedup();
    format!("u.{}", names.join("+"))
}

fn offered_more(before: Option<&ScriptTurn>) -> bool {
    matches!(before, Some(ScriptTurn::Assistant(acts)) if acts.contains(&AssistantAct::AskMore))
}

fn confirmed(before: Option<&ScriptTurn>) -> bool {
    matches!(before, Some(ScriptTurn::Assistant(acts)) if acts.iter().any(|act| matches!(act, AssistantAct::Confirm { .. })))
}

/// An act in the words of the carriers; none when they have none for it.
pub(super) fn act<'p>(pen: &mut Pen<'p>, act: &'p UserAct, acts: &[UserAct], before: Option<&ScriptTurn>) -> Option<String> {
    match act {
        UserAct::Affirm if !confirmed(before) => None,
        UserAct::Affirm => said(pen, "u.AFFIRM", &["afterconfirm"], &[], None),
        UserAct::Thank => {
            let bye = acts.contains(&UserAct::Goodbye);
            match (offered_more(before), bye) {
                (true, _) => said(pen, "u.NEGATE+THANK_YOU", &["aftermore"], &[], None),
                (false, true) => said(pen, "u.GOODBYE+THANK_YOU", &[], &[], None),
                (false, false) => said(pen, "u.THANK_YOU", &[], &[], None),
            }
        }
        UserAct::MoreOptions { tool } => {
            let (one, many) = thing(pen, *tool)?;
            said(pen, "u.REQUEST_ALTS", &["afteroffer"], &[], Some((&one, &many)))
        }
        UserAct::Select { call, pick } => select(pen, *call, pick),
        _ => None,
    }
}

fn said(pen: &mut Pen, profile: &str, flags: &[&str], told: &[Told], thing: Option<(&str, &str)>) -> Option<String> {
    voice::line(&Saying { profile, flags, told, thing }, &mut pen.rng)
}

/// What the items of a list are called, where that is a plain noun.
fn thing(pen: &Pen, tool: ToolIx) -> Option<(String, String)> {
    let known = pen.tool(tool)?;
    let many = line::plain(&known.phrase.object_plural);
    let many = english::without_determiner(&many);
    let fits = known.phrase.countable && english::is_plural(many) && many.split(' ').count() <= 3;
    Some(if fits { (english::singular(many), many.to_owned()) } else { ("option".to_owned(), "options".to_owned()) })
}

/// "I'll take the second one", "Lotus sounds good".
fn select(pen: &mut Pen, call: CallId, pick: &Pick) -> Option<String> {
    let item = refer::pick(pen, call, pick);
    let words = unmarked(pen, &item);
    let told = [Told { kind: "name", marked: &item, words: &words, noun: "option", counted: None }];
    said(pen, "u.SELECT", &["afteroffer"], &told, Some(("option", "options")))
}

/// A line with its marks put into words.
fn unmarked(pen: &Pen, marked: &str) -> String {
    line::expand(marked, &pen.held).0
}

/// The answer to a question for one value, when its kind has carriers that fit whatever the tool does.
pub(super) fn answer<'p>(pen: &mut Pen<'p>, slot: &'p Slot, leaf: &'p Leaf) -> Option<String> {
    use SemType::*;
    let counted = leaf.phrase.counted.as_deref();
    if slot.way.is_some() {
        return None;
    }
    let kind = match slot.sem {
        City => "city",
        Date => "date",
        Time => "time",
        CountPeople => "people",
        _ => return None,
    };
    let held = pen.hold_slot(slot);
    let words = pen.words(&held).to_owned();
    let lower = words.to_lowercase();
    if kind == "people" && !lower.chars().all(|c| c.is_ascii_digit()) {
        pen.slots.pop();
        return None;
    }
    let noun = refer::thing(&leaf.phrase.noun);
    let told = [Told { kind, marked: &held, words: &words, noun: english::without_determiner(&noun), counted: counted.or(Some("person")) }];
    let line = said(pen, "u.INFORM", &["afterrequest", "inform"], &told, None);
    if line.is_none() {
        pen.slots.pop();
    }
    line
}
