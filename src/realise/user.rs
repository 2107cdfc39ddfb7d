//! The user's turns.

use super::aggregate;
use super::answer;
use super::carrier::{self, Wish};
use super::follow;
use super::pen::{Pen, fill};
use super::phrase::{Phrase, phrases};
use super::refer;
use super::small_talk;
use super::surface::{end, lower_first};
use super::voiced;
use crate::catalog::Leaf;
use crate::graph::ToolIx;
use crate::script::{AssistantAct, ScriptTurn, Slot, UserAct};
use crate::value::english;

/// The words of a user turn, with marks.
pub(super) fn turn<'p>(pen: &mut Pen<'p>, acts: &'p [UserAct], before: Option<&'p ScriptTurn>, first: bool) -> String {
    let mut sentences: Vec<String> = Vec::new();
    let mut asked = false;
    for (at, act) in acts.iter().enumerate() {
        let last = at + 1 == acts.len();
        let voiced = if carried(pen, act) { voiced::act(pen, act, acts, before) } else { None };
        let of_carriers = voiced.is_some();
        let mut said = voiced.map_or_else(|| one(pen, act, before, first, asked), |line| vec![line]);
        asked |= matches!(act, UserAct::Request { .. } | UserAct::RequestEach { .. } | UserAct::RequestMissing { .. });
        if matches!(act, UserAct::Select { .. }) && !last {
            said = said.into_iter().map(|line| end(&line, '.')).collect();
        }
        if matches!(act, UserAct::Thank) && of_carriers && acts.contains(&UserAct::Goodbye) {
            // The carriers take leave in the same breath.
            sentences.extend(said);
            break;
        }
        if matches!(act, UserAct::Goodbye) && acts[..at].iter().any(|act| matches!(act, UserAct::Thank)) {
            said = vec![if pen.chance(0.5) { farewell(pen) } else { pen.phrase("bye_short").to_owned() }];
        }
        sentences.extend(said);
    }
    // Once in a dialogue somebody speaks of their circumstances.
    let wishes = matches!(acts.last(), Some(UserAct::Request { .. })) && acts.len() == 1;
    if let Some(say) = pen.context.say.filter(|_| first && wishes && !pen.plain) {
        let brisk = ["No ", "Take ", "There's no"].iter().any(|start| say.starts_with(start));
        let at = if brisk { sentences.len() } else { 0 };
        sentences.insert(at, say.to_owned());
    }
    aggregate::turn(pen, &sentences)
}

/// Whether this act is left to the carriers of `words` in this candidate.
fn carried(pen: &mut Pen, act: &UserAct) -> bool {
    let fits = match act {
        UserAct::Thank => !pen.in_vain(),
        _ => true,
    };
    fits && pen.carriers && pen.chance(0.6)
}

fn one<'p>(pen: &mut Pen<'p>, act: &'p UserAct, before: Option<&'p ScriptTurn>, first: bool, asked: bool) -> Vec<String> {
    match act {
        UserAct::Greet => vec![greeting(pen)],
        UserAct::Request { tool, slots, about, again, through, aside } => {
            let mut found: Vec<refer::Reference> = about.iter().filter_map(|about| refer::reference(pen, *tool, about, through)).collect();
            // What the verb acts on comes first.
            found.sort_by_key(|reference| !reference.object);
            found.dedup_by(|one, other| one.words == other.words);
            let mut found = found.into_iter();
            let reference = found.next();
            let others: Vec<String> = found.map(|other| if other.object { format!("for {}", other.words) } else { other.words }).collect();
            if *again && !slots.is_empty() {
                return again_line(pen, slots);
            }
            let mut said = request(pen, *tool, slots, reference, others, asked, first);
            if *aside && let Some(begin) = said.first_mut() {
                *begin = lead(pen.phrase("aside"), begin);
            }
            said
        }
        UserAct::RequestEach { tool, slots, .. } => each(pen, *tool, slots),
        UserAct::RequestMissing { tool, slots } => request(pen, *tool, slots, None, Vec::new(), asked, first),
        UserAct::Inform { slots } => answer::inform(pen, slots, before),
        UserAct::Correct { slot, old } => answer::correct(pen, slot, old, confirmed(before)),
        UserAct::Select { call, pick } => {
            let item = refer::pick(pen, *call, pick);
            vec![fill(pen.phrase("select"), &[("item", &item)])]
        }
        UserAct::AnswerVaguely { tool, parameter } => vec![answer::vaguely(pen, *tool, parameter)],
        UserAct::LeaveOpen { tool, parameter } => vec![answer::leave_open(pen, *tool, parameter)],
        UserAct::Affirm if proposed(before) => vec![pen.phrase("accept").to_owned()],
        UserAct::Affirm => vec![affirm(pen)],
        UserAct::Negate { tool } => vec![negate(pen, *tool)],
        UserAct::Cancel { tool } => vec![cancel(pen, *tool)],
        UserAct::MoreOptions { tool } => vec![follow::more_options(pen, *tool)],
        UserAct::AskFact { fact, about } => vec![follow::ask_fact(pen, fact, about.as_ref())],
        UserAct::Resume { tool, slots } => follow::resume(pen, *tool, slots),
        UserAct::ChitChat { topic } => vec![small_talk::remark(pen, topic)],
        UserAct::RequestIrrelevant { topic } => irrelevant(pen, topic),
        UserAct::Recall { slot } => vec![super::recover::recall(pen, slot)],
        UserAct::Thank if pen.in_vain() => {
            let offered = matches!(before, Some(ScriptTurn::Assistant(acts)) if acts.contains(&AssistantAct::AskMore));
            vec![pen.phrase(if offered { "thank_no_more" } else { "thank_anyway" }).to_owned()]
        }
        UserAct::Thank => vec![thanks(pen)],
        UserAct::Goodbye => vec![farewell(pen)],
    }
}

fn request<'p>(
    pen: &mut Pen<'p>,
    tool: ToolIx,
    slots: &'p [Slot],
    reference: Option<refer::Reference>,
    others: Vec<String>,
    follows: bool,
    opens: bool,
) -> Vec<String> {
    let Some(known) = pen.tool(tool) else { return vec![pen.phrase("help").to_owned()] };
    let mut phrases = phrases(pen, slots);
    phrases.extend(others.into_iter().map(|words| Phrase {
        clause: words.clone(),
        bare: words.clone(),
        after: words,
        ..Phrase::default()
    }));
    carrier::request(pen, Wish { tool: known, phrases, reference, follows, opens })
}

/// "And for Porto too."
fn again_line<'p>(pen: &mut Pen<'p>, slots: &'p [Slot]) -> Vec<String> {
    let phrases = phrases(pen, slots);
    let words = |phrase: &Phrase| phrase.object.clone().unwrap_or_else(|| phrase.after.trim_start_matches(", ").to_owned());
    let tail: Vec<String> = phrases
        .iter()
        .filter(|phrase| phrase.object.is_some())
        .chain(phrases.iter().filter(|phrase| phrase.object.is_none()))
        .map(words)
        .collect();
    let tail = aggregate::tail(&tail);
    // "The same named Tom Fox" is no English; "the same for Tom Fox" is.
    let begins = ["of ", "named ", "called ", "titled "].iter().find_map(|start| tail.strip_prefix(start));
    let tail = begins.map_or(tail.clone(), |rest| format!("for {rest}"));
    vec![fill(pen.phrase("again"), &[("tail", &tail)])]
}

/// One request for every item of a list.
fn each<'p>(pen: &mut Pen<'p>, tool: ToolIx, slots: &'p [Slot]) -> Vec<String> {
    let turn = pen.turn;
    let Some(known) = pen.tool(tool) else { return vec![pen.phrase("help").to_owned()] };
    let leaf: Option<&Leaf> = pen.threads.coming(tool, turn).and_then(|call| {
        let fed = |source: &crate::script::Source| matches!(source, crate::script::Source::Result { .. });
        let mut leaves: Vec<&Leaf> = call
            .sources
            .iter()
            .filter(|(_, source)| fed(source))
            .filter_map(|(pointer, _)| pen.parameter(tool, pointer))
            .filter(|leaf| !leaf.phrase.silent)
            .collect();
        leaves.sort_by_key(|leaf| leaf.sem != crate::value::SemType::Id);
        leaves.first().copied()
    });
    let noun = leaf.map(|leaf| refer::thing(&leaf.phrase.noun)).unwrap_or_default();
    let all = match pen.one_of(&[&0, &1, &2, &3, &4]) {
        0 if !noun.is_empty() => format!("each {}", noun.trim_start_matches("the ").trim_start_matches("my ")),
        1 => "all of those".to_owned(),
        2 => "each of them".to_owned(),
        3 => "every one of them".to_owned(),
        _ => "all of them".to_owned(),
    };
    let object = leaf.is_some_and(|leaf| refer::is_object(known, leaf));
    let words = match leaf.and_then(|leaf| pen.any(&leaf.phrase.prep)) {
        Some(prep) if !object => format!("{prep} {all}"),
        _ if object => all,
        _ => format!("for {all}"),
    };
    let phrases = phrases(pen, slots);
    carrier::request(
        pen,
        Wish {
            tool: known,
            phrases,
            reference: Some(refer::Reference { object, words, noun: noun.clone(), pronoun: false }),
            follows: true,
            opens: false,
        },
    )
    .into_iter()
    .map(|line| line.trim_start_matches("And then ").trim_start_matches("Then ").to_owned())
    .collect()
}

/// A greeting, now and then with a second half.
fn greeting(pen: &mut Pen) -> String {
    let greeting = pen.phrase("greet");
    match greeting.strip_suffix('.').filter(|_| pen.chance(0.6)) {
        Some(hello) => format!("{hello}{}", pen.phrase("greet_more")),
        None => greeting.to_owned(),
    }
}

fn farewell(pen: &mut Pen) -> String {
    if pen.chance(0.4) {
        return pen.phrase("bye").to_owned();
    }
    let lead = pen.phrase("bye_lead");
    format!("{lead}{}", pen.phrase("bye_tail"))
}

fn affirm(pen: &mut Pen) -> String {
    if pen.chance(0.3) {
        return pen.phrase("affirm").to_owned();
    }
    let (yes, why, close) = (pen.phrase("affirm_yes"), pen.phrase("affirm_why"), pen.phrase("affirm_end"));
    format!("{yes} {why}{close}")
}

/// Thanks, now and then for what was done last.
fn thanks(pen: &mut Pen) -> String {
    if pen.chance(0.62) {
        if let Some(tool) = pen.last_done().and_then(|tool| pen.tool(tool)) {
            let several = tool.phrase.class == crate::catalog::ToolClass::Find && !tool.phrase.object_plural.is_empty();
            let noun = super::line::plain(if several { &tool.phrase.object_plural } else { &tool.phrase.object });
            let noun = english::without_determiner(&noun).to_owned();
            let verb = crate::value::english::gerund(&tool.phrase.verb);
            if !noun.is_empty() {
                let the = format!("the {noun}");
                let doing = match tool.phrase.particle.as_deref() {
                    Some(particle) => format!("{verb} {particle} {the}"),
                    None => format!("{verb} {the}"),
                };
                let thanks = pen.phrase("thank_lead");
                return fill(pen.phrase("thank_for"), &[("thanks", thanks), ("the", &the), ("doing", &doing)]);
            }
        }
    }
    if pen.chance(0.4) {
        let (lead, tail) = (pen.phrase("thank_lead"), pen.phrase("thank_tail"));
        return format!("{lead}{tail}");
    }
    pen.phrase("thank").to_owned()
}

/// Whether the assistant just asked for a yes.
fn confirmed(before: Option<&ScriptTurn>) -> bool {
    matches!(before, Some(ScriptTurn::Assistant(acts)) if acts.iter().any(|act| matches!(act, AssistantAct::Confirm { .. })))
}

/// Whether the assistant just proposed a value.
fn proposed(before: Option<&ScriptTurn>) -> bool {
    matches!(before, Some(ScriptTurn::Assistant(acts)) if acts.iter().any(|act| matches!(act, AssistantAct::Propose { .. })))
}

/// A no: bare, put together from a no and a reason, or with the thing that is dropped.
fn negate(pen: &mut Pen, tool: ToolIx) -> String {
    match pen.one_of(&[&0, &1, &1, &2, &2]) {
        0 => pen.phrase("negate").to_owned(),
        1 => {
            let (no, why) = (pen.phrase("negate_no"), pen.phrase("negate_why"));
            format!("{no} {why}.")
        }
        _ => {
            let no = pen.phrase("negate_no").to_owned();
            format!("{no} {}", dropped(pen, tool, "negate_thing", "negate_drop"))
        }
    }
}

fn cancel(pen: &mut Pen, tool: ToolIx) -> String {
    dropped(pen, tool, "cancel", "cancel_bare")
}

/// Words of a table that drop what a tool would have done; of `bare` when it has no object to name.
fn dropped(pen: &mut Pen, tool: ToolIx, key: &str, bare: &str) -> String {
    let (object, vp) = match pen.tool(tool) {
        Some(known) => {
            let wish = Wish { tool: known, phrases: Vec::new(), reference: None, follows: false, opens: false };
            let noun = super::line::plain(&known.phrase.object);
            let noun = noun.trim_start_matches("the ").trim_start_matches("a ").trim_start_matches("my ").to_owned();
            (noun, carrier::verb_phrase(pen, &wish))
        }
        None => (String::new(), String::new()),
    };
    if object.is_empty() {
        return pen.phrase(bare).to_owned();
    }
    let (verb, rest) = vp.split_once(' ').unwrap_or((&vp, ""));
    let gerund = format!("{} {rest}", crate::value::english::gerund(verb));
    fill(pen.phrase(key), &[("object", &object), ("vp", &vp), ("doing", gerund.trim())])
}

fn irrelevant(pen: &mut Pen, topic: &str) -> Vec<String> {
    let Some(wish) = pen.tables.irrelevant.get(topic) else {
        return vec![format!("Can you help me with {}?", topic.replace('_', " "))];
    };
    if !wish.say.is_empty() && pen.chance(0.45) {
        return vec![pen.any(&wish.say).unwrap_or_default()];
    }
    vec![fill(pen.phrase("wish"), &[("vp", &wish.vp)])]
}

/// The parameters that the assistant asked for just before, by tool.
pub(super) fn asked(before: Option<&ScriptTurn>) -> Vec<(ToolIx, &String)> {
    let Some(ScriptTurn::Assistant(acts)) = before else { return Vec::new() };
    acts.iter()
        .filter_map(|act| match act {
            AssistantAct::AskAgain { tool, slot, .. } => Some(vec![(*tool, &slot.pointer)]),
            AssistantAct::Ask { tool, parameters, .. } => Some(parameters.iter().map(|parameter| (*tool, parameter)).collect::<Vec<_>>()),
            AssistantAct::AskAnother { tool, parameter } => Some(vec![(*tool, parameter)]),
            _ => None,
        })
        .flatten()
        .collect()
}

/// Joins a lead and a sentence: "Sure, which city?".
pub(super) fn lead(lead: &str, sentence: &str) -> String {
    match lead.chars().last() {
        Some(',' | ':') => format!("{lead} {}", lower_first(sentence)),
        Some(_) => format!("{lead} {sentence}"),
        None => sentence.to_owned(),
    }
}
