//! The assistant's turns.

use super::aggregate;
use super::carrier::{self, Wish};
use super::line::plain;
use super::pen::{Pen, fill};
use super::phrase::phrases;
use super::question::{ask, ask_again, for_thing};
use super::surface::end;
use super::{recover, small_talk, tell, user};
use crate::graph::ToolIx;
use crate::script::{AssistantAct, Fact, ScriptTurn, Slot};
use crate::value::{SemType, english};
use serde_json::Value;

/// The words of an assistant turn, with marks.
pub(super) fn turn<'p>(pen: &mut Pen<'p>, acts: &'p [AssistantAct], before: Option<&'p ScriptTurn>) -> String {
    let _ = before;
    let mut sentences = Vec::new();
    let mut at = 0;
    while at < acts.len() {
        let run = acts[at..].iter().take_while(|act| like(act, &acts[at])).count().max(1);
        if run > 1 {
            sentences.extend(several(pen, &acts[at..at + run]));
        } else {
            sentences.extend(one(pen, &acts[at], at == 0, acts.len() == 1));
        }
        at += run;
    }
    aggregate::turn(pen, &sentences)
}

/// Whether two acts report calls of one tool.
fn like(one: &AssistantAct, other: &AssistantAct) -> bool {
    match (one, other) {
        (AssistantAct::Done { tool: a, .. }, AssistantAct::Done { tool: b, .. }) => a == b,
        (AssistantAct::Tell { tool: a, .. }, AssistantAct::Tell { tool: b, .. }) => a == b,
        _ => false,
    }
}

/// The results of several calls of one tool, each by its place.
fn several(pen: &mut Pen, acts: &[AssistantAct]) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(AssistantAct::Done { .. }) = acts.first() {
        out.push(pen.phrase("done_all").to_owned());
    }
    let facts: Vec<&[Fact]> = acts
        .iter()
        .filter_map(|act| match act {
            AssistantAct::Done { facts, .. } | AssistantAct::Tell { facts, .. } => Some(facts.as_slice()),
            _ => None,
        })
        .collect();
    let told = tell::by_place(pen, &facts);
    if told.is_empty() && out.is_empty() {
        out.push(pen.phrase("done_all").to_owned());
    }
    out.extend(told);
    out
}

fn one<'p>(pen: &mut Pen<'p>, act: &'p AssistantAct, first: bool, alone: bool) -> Vec<String> {
    match act {
        AssistantAct::Greet => vec![pen.phrase("greet_back").to_owned()],
        AssistantAct::Ask { tool, parameters, shared, .. } => {
            let line = ask(pen, *tool, parameters, first);
            vec![if *shared { for_thing(pen, *tool, line) } else { line }]
        }
        AssistantAct::AskAgain { tool, slot, limit, .. } => ask_again(pen, *tool, slot, limit),
        AssistantAct::Tell { facts, .. } => {
            // "There's a success" is nothing to tell.
            let news: Vec<Fact> = facts.iter().filter(|fact| !only_success(pen, fact)).cloned().collect();
            let mut told = tell::tell(pen, &news);
            if told.is_empty() {
                return vec![pen.phrase("done_bare").to_owned()];
            }
            if first && pen.chance(0.3) {
                told[0] = user::lead(pen.phrase("tell_lead"), &told[0]);
            }
            told
        }
        AssistantAct::Offer { tool, items, total, .. } => {
            let mut out = tell::offer(pen, *tool, items, *total);
            if alone && items.len() > 1 && pen.taken_up() && pen.chance(0.45) {
                out.push(pen.phrase("offer_close").to_owned());
            }
            out
        }
        AssistantAct::OfferRest { tool, items, .. } => tell::rest(pen, *tool, items),
        AssistantAct::Recall { fact } => {
            let told = end(&super::fact::clause(pen, &[fact]), '.');
            vec![if pen.chance(0.3) { user::lead(pen.phrase("recall_lead"), &told) } else { told }]
        }
        AssistantAct::Done { tool, facts, .. } => done(pen, *tool, facts),
        AssistantAct::Confirm { tool, slots } => confirm(pen, *tool, slots),
        AssistantAct::Propose { tool, slots } => propose(pen, *tool, slots),
        AssistantAct::Failed { tool, message, .. } => failed(pen, *tool, message),
        AssistantAct::Empty { tool, .. } => {
            let many = pen
                .tool(*tool)
                .map(|known| plain(&known.phrase.object_plural))
                .filter(|many| !many.is_empty())
                .unwrap_or_else(|| "results".into());
            vec![fill(pen.phrase("empty"), &[("many", english::without_determiner(&many))])]
        }
        AssistantAct::RefuseMissing { tool } => refuse(pen, *tool),
        AssistantAct::RefuseIrrelevant { topic } => {
            let back = pen.tables.irrelevant.get(topic).map_or_else(|| "do that".to_owned(), |wish| wish.back.clone());
            refusal(pen, &back)
        }
        AssistantAct::RefuseNear { tool, near } => recover::refuse_near(pen, *tool, *near),
        AssistantAct::RefusePolicy { tool, policy } => vec![recover::refuse_policy(pen, *tool, policy)],
        AssistantAct::CitePolicy { .. } => vec![pen.phrase("cite_confirm").to_owned()],
        AssistantAct::AskAnother { tool, parameter } => vec![recover::ask_another(pen, *tool, parameter)],
        AssistantAct::FoundInstead { slot } => vec![recover::found_instead(pen, slot)],
        AssistantAct::Admit(slip) => vec![recover::slip(pen, slip, "admit_value", "admit_tool")],
        AssistantAct::OwnUp(slip) => vec![recover::slip(pen, slip, "own_up_value", "own_up_tool")],
        AssistantAct::Acknowledge => vec![pen.phrase("acknowledge").to_owned()],
        AssistantAct::ChitChat { topic } => vec![small_talk::answer(pen, topic)],
        AssistantAct::AskMore => vec![pen.phrase("ask_more").to_owned()],
        AssistantAct::Goodbye => vec![pen.phrase(if pen.in_vain() { "goodbye_plain" } else { "goodbye" }).to_owned()],
    }
}

fn done(pen: &mut Pen, tool: ToolIx, facts: &[Fact]) -> Vec<String> {
    let known = pen.tool(tool);
    let success = known.and_then(|known| if known.phrase.success.is_empty() { None } else { Some(&known.phrase.success) });
    let line = match success.and_then(|success| pen.any(success)) {
        Some(line) => {
            let line = end(&line, '.');
            if pen.chance(0.4) { user::lead(pen.phrase("done_lead"), &line) } else { line }
        }
        None => match known {
            // Nobody says that something "has been gotten".
            Some(known)
                if !known.phrase.object.is_empty() && !["get", "have", "do", "use", "see", "go"].contains(&known.phrase.verb.as_str()) =>
            {
                let noun = plain(&known.phrase.object);
                let noun = english::without_determiner(&noun);
                let past = match known.phrase.particle.as_deref() {
                    Some(particle) => format!("{} {particle}", english::participle(&known.phrase.verb)),
                    None => english::participle(&known.phrase.verb),
                };
                let are = if english::is_plural(noun) { "are" } else { "is" };
                let have = if english::is_plural(noun) { "have" } else { "has" };
                fill(pen.phrase("done"), &[("object", noun), ("past", &past), ("is", are), ("has", have)])
            }
            _ => pen.phrase("done_bare").to_owned(),
        },
    };
    let mut out = vec![line];
    // "The page is closed. The status is closed." says it twice.
    let news: Vec<Fact> = facts.iter().filter(|fact| !only_success(pen, fact) && !said_before(pen, fact)).cloned().collect();
    out.extend(tell::tell(pen, &news));
    out
}

/// Whether a fact is a yes that only says that it worked; words that say no more were not chosen to be told.
pub(super) fn only_success(pen: &Pen, fact: &Fact) -> bool {
    let noun = pen.field(fact.tool, &fact.pointer).map_or("", |leaf| leaf.phrase.noun.as_str());
    DONE.contains(&noun) && fact.value == Value::Bool(true)
}

/// States that say no more than that it worked.
const DONE: [&str; 16] = [
    "done",
    "ok",
    "success",
    "successful",
    "completed",
    "complete",
    "cancelled",
    "canceled",
    "deleted",
    "removed",
    "confirmed",
    "booked",
    "saved",
    "created",
    "updated",
    "sent",
];

/// Whether a fact only gives back what the call was made with, or what everybody knows after it: that a list is called what they
/// called it, when it was done.
fn said_before(pen: &Pen, fact: &Fact) -> bool {
    let Some(leaf) = pen.field(fact.tool, &fact.pointer) else { return false };
    let noun = leaf.phrase.noun.as_str();
    if leaf.phrase.headline && ["name", "title"].contains(&noun) {
        return true;
    }
    let just_now = fact.sem == SemType::Datetime
        && (noun.starts_with("time of") || noun.starts_with("moment") || ["last change", "date and time", "timestamp"].contains(&noun));
    let echoes = |call: &crate::script::ScriptCall| {
        let arguments = crate::dialogue::leaves(&call.arguments);
        arguments
            .into_iter()
            .any(|(pointer, value)| *value == fact.value && (value.is_string() || pointer.ends_with(&format!("/{}", leaf.name))))
    };
    just_now || pen.script.calls().find(|call| call.id == fact.call).is_some_and(echoes)
}

fn confirm<'p>(pen: &mut Pen<'p>, tool: ToolIx, slots: &'p [Slot]) -> Vec<String> {
    let Some(known) = pen.tool(tool) else { return vec![pen.phrase("confirm_bare").to_owned()] };
    let phrases = phrases(pen, slots);
    let wish = Wish { tool: known, phrases, reference: None, follows: false, opens: false };
    let vp = carrier::verb_phrase(pen, &wish);
    let parts = [("vp", mine_to_yours(&vp)), ("user_vp", wished(&vp))];
    vec![end(&fill(pen.phrase("confirm"), &parts.each_ref().map(|(name, text)| (*name, text.as_str()))), '?')]
}

fn propose<'p>(pen: &mut Pen<'p>, _tool: ToolIx, slots: &'p [Slot]) -> Vec<String> {
    let phrases = phrases(pen, slots);
    let words: Vec<String> = if let [one] = phrases.as_slice() {
        vec![one.bare.clone()]
    } else {
        phrases.iter().map(|phrase| phrase.after.trim_start_matches(", ").to_owned()).collect()
    };
    vec![end(&fill(pen.phrase("propose"), &[("v", &aggregate::list(&words))]), '?')]
}

fn failed(pen: &mut Pen, tool: ToolIx, message: &str) -> Vec<String> {
    let message = end(&plain(message), '.');
    let vp = pen.tool(tool).map(|known| {
        let wish = Wish { tool: known, phrases: Vec::new(), reference: None, follows: false, opens: false };
        mine_to_yours(&carrier::verb_phrase(pen, &wish))
    });
    match vp {
        Some(vp) => vec![fill(pen.phrase("failed"), &[("vp", &vp), ("message", &message)])],
        None => vec![fill(pen.phrase("failed_bare"), &[("message", &message)])],
    }
}

/// The user's words as the assistant says them of itself: what the user sees, the assistant shows.
pub(super) fn mine_to_yours(text: &str) -> String {
    let shown = ["see ", "view ", "read "].iter().find_map(|verb| text.strip_prefix(verb)).map(|rest| format!("show you {rest}"));
    to_yours(shown.as_deref().unwrap_or(text))
}

/// The user's words as what the user wants: who asks to be shown something wants to see it.
fn wished(text: &str) -> String {
    to_yours(&text.strip_prefix("show me ").map_or_else(|| text.to_owned(), |rest| format!("see {rest}")))
}

/// "my calendar" said back is "your calendar".
fn to_yours(text: &str) -> String {
    text.split(' ')
        .map(|word| match word {
            "my" | "our" => "your",
            "me" | "us" => "you",
            other => other,
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn refuse(pen: &mut Pen, tool: ToolIx) -> Vec<String> {
    let vp = pen.tool(tool).map(|known| {
        let wish = Wish { tool: known, phrases: Vec::new(), reference: None, follows: false, opens: false };
        mine_to_yours(&carrier::verb_phrase(pen, &wish))
    });
    let vp = vp.unwrap_or_else(|| "do that".to_owned());
    refusal(pen, &vp)
}

/// A refusal from parts: regret, what cannot be done, and sometimes a way on.
fn refusal(pen: &mut Pen, vp: &str) -> Vec<String> {
    let (verb, rest) = vp.split_once(' ').unwrap_or((vp, ""));
    let doing = format!("{} {rest}", english::gerund(verb));
    let line = fill(pen.phrase("refuse"), &[("vp", vp), ("doing", doing.trim())]);
    let mut out = vec![if pen.chance(0.45) && !line.starts_with("Sorry") && !line.starts_with("Unfortunately") {
        user::lead(pen.phrase("refuse_lead"), &line)
    } else {
        line
    }];
    if pen.chance(0.45) {
        out.push(pen.phrase("refuse_on").to_owned());
    }
    out
}
