//! What scoring, balancing and comparing need to know of one conversation, whoever made it.
//!
//! [`Observed::of`] takes a record and the verdict on it. A foreign conversation becomes a record by [`crate::formats::record::dialogue`] and
//! [`crate::verify::foreign::annotate`]; [`crate::formats::read::observe`] does that for the rows of any format.

use super::complexity::{self, Vector};
use super::delex::Masks;
use super::{diversity, kinship};
use crate::dialogue::{Dialogue, Provenance, Role, leaves, pattern};
use crate::graph::Motif;
use crate::verify::Report;
use crate::verify::foreign::Traced;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// One conversation, observed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Observed {
    pub id: String,
    /// Whether it is a record with goals and sources, so that every check of [`crate::verify::CHECKS`] was decidable.
    pub own: bool,
    /// Names of the checks that failed, each once, in the order of the checks. Empty: the row is valid.
    pub failed: Vec<String>,
    /// Factor → level: the scenario it was made for, and what can be told of any conversation; see [`factors`].
    pub factors: BTreeMap<String, String>,
    /// Hash of acts, calls and dependencies without a word: [`diversity::skeleton`].
    pub skeleton: u64,
    /// What is done in order: `user:inform`, `call:get_weather`, `assistant:inform`.
    pub acts: Vec<String>,
    pub calls: Vec<Called>,
    /// Names of the tools that are offered, in order.
    pub visible: Vec<String>,
    /// Services or files that the called tools belong to, and the offered ones, where they are known.
    pub domains: Vec<String>,
    pub domains_visible: Vec<String>,
    /// The edges of the tool graph that a record of walktalk says it uses: `a feeds b`.
    pub relations: Vec<String>,
    pub vector: Vector,
    pub user: Vec<Said>,
    pub assistant: Vec<Said>,
    /// Words of users and assistants, by the tokenizer of [`super::delex`].
    pub tokens: u64,
    /// Texts that are given as arguments and are no choice of an enum: name of the leaf, value.
    pub values: Vec<(String, String)>,
    /// What no person would write, one for each faulty message: [`crate::realise::fault`], outside of the values.
    pub surface: Vec<&'static str>,
    /// How it is written, where it was read from a file: `source` is the name of the format.
    pub formats: BTreeMap<String, String>,
}

/// One call.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Called {
    pub tool: String,
    /// Number of the message.
    pub turn: usize,
    /// Index of the earlier calls whose results it takes from.
    pub parents: Vec<usize>,
    pub arguments: Vec<Argument>,
    pub error: bool,
    /// It can be shown that it was needed: a later call takes from its result, what it gave is told, or it is the last of a request.
    pub needed: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Argument {
    /// JSON pointer with `*` for places of lists.
    pub pointer: String,
    /// `user`, `result`, `assistant`, `context`, `schema`, `choice`, `composed`, `derived` or `nowhere`.
    pub source: &'static str,
    /// Messages between the source and the call.
    pub distance: u64,
    /// An independent reader found the value in what came before.
    pub read: bool,
}

/// What one message says, delexicalised: small words with one space between them, `<v>` for every value.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Said {
    /// The acts of the turn joined by `+`; a rough one where the record has none.
    pub act: String,
    pub text: String,
}

impl Observed {
    /// `traced` is what [`crate::verify::foreign::trace`] found, for each call in order.
    pub fn of(dialogue: &Dialogue, report: &Report, traced: &[Vec<Traced>]) -> Observed {
        let masks = Masks::of(dialogue);
        let mut observed = Observed {
            id: dialogue.id.clone(),
            own: !dialogue.plan.is_empty(),
            failed: failed(report),
            skeleton: diversity::skeleton(dialogue),
            visible: dialogue.tools.iter().map(|tool| tool.name.clone()).collect(),
            domains: domains(dialogue),
            domains_visible: sorted(dialogue.tools.iter().map(|tool| tool.domain.clone())),
            relations: relations(dialogue),
            vector: complexity::of(dialogue),
            ..Observed::default()
        };
        observed.vector.confusability = kinship::confusability(dialogue);
        observed.calls(dialogue, traced);
        observed.mark_needed(dialogue);
        observed.said(dialogue, &masks);
        observed.vector.distance =
            observed.calls.iter().flat_map(|call| &call.arguments).map(|argument| argument.distance).max().unwrap_or(0);
        observed.factors = factors(dialogue, &observed.vector);
        observed
    }

    /// Valid by every check that was decidable.
    pub fn valid(&self) -> bool {
        self.failed.is_empty()
    }

    /// Tools called, in order, with repeats.
    pub fn tools(&self) -> impl Iterator<Item = &str> {
        self.calls.iter().map(|call| call.tool.as_str())
    }

    /// Pairs of tools of which the second takes an argument from a result of the first.
    pub fn edges(&self) -> Vec<(&str, &str)> {
        let pairs = self.calls.iter().flat_map(|call| call.parents.iter().map(move |parent| (*parent, call)));
        pairs.map(|(parent, call)| (self.calls[parent].tool.as_str(), call.tool.as_str())).collect()
    }

    fn calls(&mut self, dialogue: &Dialogue, traced: &[Vec<Traced>]) {
        let mut index: BTreeMap<usize, usize> = BTreeMap::new();
        let errors: BTreeSet<usize> =
            dialogue.turns.iter().flat_map(|turn| &turn.results).filter(|result| result.is_error).map(|result| result.call).collect();
        for (turn, message) in dialogue.turns.iter().enumerate() {
            for call in &message.calls {
                let found = traced.get(self.calls.len()).map(Vec::as_slice).unwrap_or_default();
                let mut called = Called { tool: call.tool.clone(), turn, error: errors.contains(&call.id), ..Called::default() };
                for (pointer, value) in leaves(&call.arguments) {
                    let one = found.iter().find(|one| one.pointer == pointer);
                    let told = call.provenance.get(&pointer);
                    if let Some(parent) = told.and_then(Provenance::rests_on).and_then(|call| index.get(&call)) {
                        called.parents.push(*parent);
                    }
                    let read = one.is_some_and(|one| one.origin.name() != "nowhere");
                    let source = told.map_or_else(|| one.map_or("nowhere", |one| one.origin.name()), source_name);
                    let distance = told
                        .and_then(|told| turn_of(told, dialogue))
                        .map_or_else(|| one.map_or(0, |one| one.distance as u64), |from| turn.saturating_sub(from) as u64);
                    if let Value::String(text) = value
                        && source != "choice"
                    {
                        let name = pointer.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
                        self.values.push((name.to_string(), text.clone()));
                    }
                    called.arguments.push(Argument { pointer: pattern(&pointer), source, distance, read });
                }
                called.parents.sort_unstable();
                called.parents.dedup();
                index.insert(call.id, self.calls.len());
                self.calls.push(called);
            }
        }
    }

    fn mark_needed(&mut self, dialogue: &Dialogue) {
        for at in 0..self.calls.len() {
            let turn = self.calls[at].turn;
            let feeds = self.calls[at + 1..].iter().any(|later| later.parents.contains(&at));
            let next_user = (turn..dialogue.turns.len()).find(|later| dialogue.turns[*later].role == Role::User);
            let end = next_user.unwrap_or(dialogue.turns.len());
            let last = self.calls.get(at + 1).is_none_or(|next| next.turn >= end);
            self.calls[at].needed = !self.calls[at].error && (feeds || last || told(dialogue, at, turn, end));
        }
    }

    fn said(&mut self, dialogue: &Dialogue, masks: &Masks) {
        for (at, turn) in dialogue.turns.iter().enumerate() {
            for call in &turn.calls {
                self.acts.push(format!("call:{}", call.tool));
            }
            if turn.text.is_empty() || !matches!(turn.role, Role::User | Role::Assistant) {
                continue;
            }
            let act = if turn.acts.is_empty() { rough_act(dialogue, at).to_string() } else { turn.acts.join("+") };
            let (text, tokens) = masks.apply(&turn.text);
            self.tokens += tokens;
            self.surface.extend(crate::realise::fault(&turn.text, &masks.spans(&turn.text)));
            let said = Said { act, text };
            if turn.role == Role::User {
                self.acts.push(format!("user:{}", said.act));
                self.user.push(said);
            } else {
                self.acts.push(format!("assistant:{}", said.act));
                self.assistant.push(said);
            }
        }
    }
}

/// A text or a number of the result of a call is said before the user speaks again.
fn told(dialogue: &Dialogue, call: usize, turn: usize, end: usize) -> bool {
    let Some(id) = dialogue.calls().nth(call).map(|call| call.id) else { return false };
    let Some(result) = dialogue.turns.get(turn + 1).and_then(|next| next.results.iter().find(|result| result.call == id)) else {
        return false;
    };
    let spoken: Vec<&str> =
        dialogue.turns[turn + 1..end].iter().filter(|turn| turn.role == Role::Assistant).map(|turn| &*turn.text).collect();
    leaves(&result.value).into_iter().any(|(_, value)| match value {
        Value::String(text) if text.len() > 2 => spoken.iter().any(|said| said.contains(text.as_str())),
        Value::Number(number) => {
            let number = number.to_string();
            number.len() > 1 && spoken.iter().any(|said| said.contains(&number))
        }
        _ => false,
    })
}

fn failed(report: &Report) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for failure in &report.failures {
        if !names.iter().any(|name| name == failure.check) {
            names.push(failure.check.to_string());
        }
    }
    names
}

fn domains(dialogue: &Dialogue) -> Vec<String> {
    let told = dialogue.domains.iter().cloned();
    let of_tools = dialogue.calls().filter_map(|call| dialogue.tool(&call.tool)).map(|tool| tool.domain.clone());
    sorted(told.chain(of_tools))
}

/// Each once, without empty ones.
fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let all: BTreeSet<String> = names.filter(|name| !name.is_empty()).collect();
    all.into_iter().collect()
}

fn relations(dialogue: &Dialogue) -> Vec<String> {
    let named = |one: &crate::dialogue::UsedRelation| format!("{} {:?} {}", one.from, one.kind, one.to).to_lowercase();
    dialogue.relations.iter().map(named).collect()
}

fn source_name(source: &Provenance) -> &'static str {
    match source {
        Provenance::UserTurn { .. } => "user",
        Provenance::ToolResult { .. } => "result",
        Provenance::AssistantOffer { .. } => "assistant",
        Provenance::Context { .. } => "context",
        Provenance::Default { .. } => "schema",
        Provenance::Derived { .. } => "derived",
    }
}

/// The message that a value stands in; of several inputs, the earliest.
fn turn_of(source: &Provenance, dialogue: &Dialogue) -> Option<usize> {
    source
        .all()
        .into_iter()
        .filter_map(|one| match one {
            Provenance::UserTurn { turn, .. } | Provenance::AssistantOffer { turn, .. } => Some(*turn),
            Provenance::ToolResult { call, .. } => {
                dialogue.turns.iter().position(|turn| turn.results.iter().any(|result| result.call == *call))
            }
            Provenance::Context { .. } => Some(0),
            _ => None,
        })
        .min()
}

/// What a message does, as far as its place tells: a user opens, replies to a question or goes on; an assistant asks, tells what came
/// back, or talks.
fn rough_act(dialogue: &Dialogue, at: usize) -> &'static str {
    let before = dialogue.turns[..at].iter().rev().find(|turn| turn.role != Role::System);
    match (dialogue.turns[at].role, before) {
        (Role::User, None) => "open",
        (Role::User, Some(before)) if before.text.contains('?') => "reply",
        (Role::User, _) => "go_on",
        (_, Some(before)) if before.role == Role::Tool => "tell",
        (_, _) if dialogue.turns[at].text.contains('?') => "ask",
        _ => "talk",
    }
}

/// The scenario, and the factors that every conversation has: `plan`, `motif` and `domain` where they are known, `complexity` (decision bits
/// by octave), `calls`, `turns`, `width` and `events`.
fn factors(dialogue: &Dialogue, vector: &Vector) -> BTreeMap<String, String> {
    let mut factors = dialogue.scenario.clone();
    let mut tell = |name: &str, level: String| {
        if !level.is_empty() {
            factors.entry(name.to_string()).or_insert(level);
        }
    };
    tell("plan", dialogue.plan.clone());
    if dialogue.motif != Motif::None {
        tell("motif", dialogue.motif.name().to_string());
    }
    tell("domain", domains(dialogue).into_iter().next().unwrap_or_default());
    tell("complexity", complexity::octave(vector.millibits));
    tell("calls", banded(vector.calls));
    tell("turns", banded(vector.user_turns));
    tell("width", banded(vector.width));
    let events = [
        ("clarification", vector.clarifications),
        ("correction", vector.corrections),
        ("error", vector.errors),
        ("refusal", vector.refusals),
    ];
    let told: Vec<&str> = events.iter().filter(|(_, count)| *count > 0).map(|(name, _)| *name).collect();
    tell("events", if told.is_empty() { "none".into() } else { told.join("+") });
    factors
}

/// A count as a level: 0, 1, 2, 3-4, 5-8, 9-16, 17+.
fn banded(count: u64) -> String {
    match count {
        0..=2 => count.to_string(),
        3..=4 => "3-4".into(),
        5..=8 => "5-8".into(),
        9..=16 => "9-16".into(),
        _ => "17+".into(),
    }
}
