//! The state of a script while it is being written: turns so far, open task, what is known.

use super::bounds::Limit;
use super::companions::Companions;
use super::course::{Course, Part};
use super::reckon::Rule;
use super::{About, AssistantAct, CallId, Fact, Script, ScriptCall, ScriptTurn, Slot, Source, Stuck, UserAct};
use crate::catalog::{Leaf, Tool};
use crate::dialogue::{Context, Goal, UsedRelation};
use crate::graph::{Motif, ToolIx};
use crate::plan::Answer;
use crate::seed::Rng;
use crate::world::World;
use indexmap::IndexMap;
use serde_json::{Map, Value};

/// One argument of a planned call.
#[derive(Debug, Clone)]
pub(super) struct Arg {
    /// Concrete pointer into the arguments.
    pub pointer: String,
    /// The leaf of the tool's parameters, by index.
    pub leaf: usize,
    /// Unknown while it still has to come from a result.
    pub value: Option<Value>,
    pub from: From,
    /// The user does not say the value itself, but what it follows from.
    pub rule: Option<Rule>,
}

#[derive(Debug, Clone)]
pub(super) enum From {
    /// The user says it; `turn` is known once it was said.
    Said { turn: Option<usize> },
    /// The result of an earlier step of the same task: field pattern, and which item of the list when it lies in one.
    Step { step: usize, field: String, by: By },
    /// Known already.
    Known(Source),
}

/// By what an item of a list is meant. Fields are patterns.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum By {
    /// Nothing has to be said: it is the only one, or each of them is meant.
    Only,
    Place(usize),
    /// The one whose field has this value; `item` is where it lies.
    Where {
        field: String,
        item: usize,
        value: Value,
    },
    Extreme {
        field: String,
        most: bool,
    },
}

/// An item that was picked from the list of a step, and the turn whose words did it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picked {
    pub step: usize,
    pub item: usize,
    pub turn: usize,
    pub by: By,
}

/// One call that a task needs.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub step: usize,
    pub tool: ToolIx,
    pub call: CallId,
    pub args: Vec<Arg>,
    /// Runs of one level are independent and called together.
    pub level: usize,
    pub goal: usize,
    /// The call whose slots say the values: differs from `call` when the call is a repetition.
    pub said_for: CallId,
    /// The user does not ask for it: it only finds what the request is about.
    pub unnamed: bool,
}

/// What the user asked for in one turn.
#[derive(Debug, Clone, Default)]
pub(super) struct Task {
    /// Turn of the request.
    pub turn: usize,
    pub runs: Vec<Run>,
    /// Arguments that still have to be asked for: run and argument index.
    pub missing: Vec<(usize, usize)>,
    /// The last question, by run and argument index.
    pub asked: Vec<(usize, usize)>,
    /// The last answer, which the tool does not take, and why.
    pub wrong: Option<(Slot, Limit)>,
    /// What the user left to the assistant.
    pub open: Option<(usize, usize)>,
    pub state: TaskState,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum TaskState {
    #[default]
    Open,
    Done,
    Failed,
    Told,
}

/// A list that was told, to pick from.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub step: usize,
    /// Items in the order told, as indexes into the list.
    pub items: Vec<usize>,
    /// Pattern of the naming field.
    pub naming: Option<String>,
    /// Pattern of the other field that was told of each.
    pub attribute: Option<String>,
    /// How many calls there had been by then.
    pub calls: usize,
}

pub(super) struct Draft<'a> {
    pub tools: &'a [Tool],
    pub companions: &'a Companions,
    pub walk: &'a Course,
    pub rng: Rng,
    pub world: World,
    pub context: Context,
    pub turns: Vec<ScriptTurn>,
    /// Number of the turn that is being put together.
    pub turn: usize,
    user: Vec<UserAct>,
    assistant: Vec<AssistantAct>,
    pub calls: Vec<ScriptCall>,
    pub next_call: CallId,
    /// The call that did each step of the walk.
    pub done: Vec<Option<CallId>>,
    pub next_step: usize,
    /// The kind of answer that the plan has in store for the request.
    pub expects: Option<Answer>,
    pub task: Task,
    /// Requests say one thing more than they have to.
    pub constrained: bool,
    /// Things that are found on the way are spoken of by what only they have.
    pub described: bool,
    /// The request in the making asks for more than the tool can do.
    pub beyond: bool,
    /// How often `constrained` and `described` came about.
    pub twisted: usize,
    pub told: Option<Told>,
    /// Every list that was told, the latest last.
    pub all_told: Vec<Told>,
    /// Requests that wait while something else is done.
    pub aside: Vec<Task>,
    /// The request in the making comes before an answer that is due.
    pub just_put_aside: bool,
    /// What the user asked about a known result.
    pub asked_fact: Option<Fact>,
    /// Items picked from lists, the latest last.
    pub picks: Vec<Picked>,
    pub goals: Vec<Goal>,
    pub relations: Vec<UsedRelation>,
    /// Topics that were spoken of.
    pub topics: Vec<String>,
    pub recovery: super::recover::Recovery,
    pub slips: super::mistake::Slips,
    pub limits: super::limits::Limits,
}

impl<'a> Draft<'a> {
    pub fn new(tools: &'a [Tool], companions: &'a Companions, walk: &'a Course, context: Context, world: World, rng: Rng) -> Self {
        Draft {
            tools,
            companions,
            walk,
            rng,
            world,
            context,
            turns: Vec::new(),
            turn: 1,
            user: Vec::new(),
            assistant: Vec::new(),
            calls: Vec::new(),
            next_call: 0,
            done: vec![None; walk.steps.len()],
            next_step: 0,
            expects: None,
            task: Task { state: TaskState::Told, ..Task::default() },
            constrained: false,
            described: false,
            beyond: false,
            twisted: 0,
            told: None,
            all_told: Vec::new(),
            aside: Vec::new(),
            just_put_aside: false,
            asked_fact: None,
            picks: Vec::new(),
            goals: Vec::new(),
            relations: Vec::new(),
            topics: Vec::new(),
            recovery: Default::default(),
            slips: Default::default(),
            limits: Default::default(),
        }
    }

    pub fn user_says(&mut self, act: UserAct) {
        self.flush_assistant();
        self.user.push(act);
    }

    /// One more value in the request that was made last in this turn.
    pub fn also_says(&mut self, slot: Slot) {
        let request = self.user.iter_mut().rev().find_map(|act| match act {
            UserAct::Request { slots, .. } => Some(slots),
            _ => None,
        });
        if let Some(slots) = request {
            slots.push(slot);
        }
    }

    /// One more thing that the request that was made last in this turn is about.
    pub fn also_about(&mut self, thing: About) {
        if let Some(UserAct::Request { about, .. }) = self.user.iter_mut().rfind(|act| matches!(act, UserAct::Request { .. })) {
            about.push(thing);
        }
    }

    /// The number of the user turn in which the next words are said.
    pub fn user_turn(&mut self) -> usize {
        self.flush_assistant();
        self.turn
    }

    /// The number of the assistant's turn in which the next words are said.
    pub fn assistant_turn(&mut self) -> usize {
        self.flush_user();
        self.turn
    }

    pub fn assistant_says(&mut self, act: AssistantAct) {
        self.flush_user();
        self.assistant.push(act);
    }

    pub fn assistant_calls(&mut self, calls: Vec<ScriptCall>) {
        self.flush_user();
        self.flush_assistant();
        self.calls.extend(calls.iter().cloned());
        self.turns.push(ScriptTurn::Calls(calls));
        self.turn += 2;
    }

    fn flush_user(&mut self) {
        if !self.user.is_empty() {
            self.turns.push(ScriptTurn::User(std::mem::take(&mut self.user)));
            self.turn += 1;
        }
    }

    fn flush_assistant(&mut self) {
        if !self.assistant.is_empty() {
            self.turns.push(ScriptTurn::Assistant(std::mem::take(&mut self.assistant)));
            self.turn += 1;
        }
    }

    pub fn call(&self, id: CallId) -> Option<&ScriptCall> {
        self.calls.iter().find(|call| call.id == id)
    }

    pub fn tool(&self, tool: ToolIx) -> &'a Tool {
        &self.tools[tool]
    }

    pub fn leaf(&self, run: &Run, arg: &Arg) -> &'a Leaf {
        &self.tools[run.tool].parameters[arg.leaf]
    }

    pub fn slot(&self, run: &Run, arg: &Arg) -> Option<Slot> {
        Some(Slot {
            call: run.said_for,
            tool: run.tool,
            pointer: arg.pointer.clone(),
            value: arg.value.clone()?,
            sem: self.leaf(run, arg).sem,
            way: arg.rule.as_ref().map(Rule::way),
        })
    }

    pub fn finish(mut self, parts: &[Part]) -> Result<Script, Stuck> {
        self.flush_user();
        self.flush_assistant();
        // What was dropped or refused leaves relations that no call uses.
        let called = |name: &str| self.calls.iter().any(|call| self.tools[call.tool].name == name);
        let relations = self.relations.into_iter().filter(|one| called(&one.from) && called(&one.to)).collect();
        Ok(Script {
            plan: parts.first().map_or_else(String::new, |part| part.plan.name.clone()),
            sequels: parts.iter().skip(1).map(|part| part.plan.name.clone()).collect(),
            motif: parts.first().map_or(Motif::None, |part| part.walk.motif),
            context: self.context,
            offered: Vec::new(),
            turns: self.turns,
            goals: self.goals,
            relations,
        })
    }
}

/// The arguments of a run as far as they are known.
pub(super) fn arguments(tool: &Tool, args: &[Arg]) -> Value {
    let mut object = Value::Object(Map::new());
    for arg in args {
        if let Some(value) = &arg.value {
            place(&mut object, &tool.parameters[arg.leaf].pointer, &arg.pointer, value.clone());
        }
    }
    // Arguments are written in the order of the schema, whatever the order they became known in.
    object
}

/// Puts a value at a concrete pointer; the pattern tells list indexes from keys.
pub(super) fn place(target: &mut Value, pattern: &str, pointer: &str, value: Value) {
    let mut at = target;
    for (kind, part) in pattern.split('/').zip(pointer.split('/')).skip(1) {
        if kind == "*" {
            let index: usize = part.parse().unwrap_or(0);
            if !at.is_array() {
                *at = Value::Array(Vec::new());
            }
            let Value::Array(items) = at else { return };
            while items.len() <= index {
                items.push(Value::Null);
            }
            at = &mut items[index];
        } else {
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            let Value::Object(map) = at else { return };
            at = map.entry(part.replace("~1", "/").replace("~0", "~")).or_insert(Value::Null);
        }
    }
    *at = value;
}

/// A pattern with its first `*` set to `item` and every other one to 0.
pub(super) fn concrete(pattern: &str, item: usize) -> String {
    let mut first = true;
    pattern
        .split('/')
        .map(|part| match part {
            "*" if std::mem::replace(&mut first, false) => item.to_string(),
            "*" => "0".to_string(),
            other => other.to_string(),
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// The list that a field pattern lies in: `/hotels/*` of `/hotels/*/name`.
pub(super) fn list_of(pattern: &str) -> Option<&str> {
    let at = pattern.find("/*")?;
    Some(&pattern[..at + 2])
}

/// The sources of a run's arguments, by concrete pointer in the order of the arguments' leaves.
pub(super) fn sources(run: &Run, resolved: &IndexMap<String, Source>, arguments: &Value) -> IndexMap<String, Source> {
    crate::dialogue::leaves(arguments)
        .into_iter()
        .filter_map(|(pointer, _)| {
            let source = resolved.get(&pointer).cloned().or_else(|| {
                let arg = run.args.iter().find(|arg| arg.pointer == pointer)?;
                match &arg.from {
                    From::Said { turn } => {
                        let said = Source::User { turn: (*turn)? };
                        Some(match &arg.rule {
                            Some(rule) => rule.source(said),
                            None => said,
                        })
                    }
                    From::Known(source) => Some(source.clone()),
                    From::Step { .. } => None,
                }
            })?;
            Some((pointer, source))
        })
        .collect()
}

impl Draft<'_> {
    /// The acts of the user's turn in the making.
    pub fn pending_user(&self) -> &[UserAct] {
        &self.user
    }

    /// Every fact that the assistant has said.
    pub fn spoken_facts(&self) -> impl Iterator<Item = &Fact> {
        let acts = self.turns.iter().filter_map(|turn| match turn {
            ScriptTurn::Assistant(acts) => Some(acts.as_slice()),
            _ => None,
        });
        acts.flatten().chain(&self.assistant).flat_map(facts_of)
    }

    pub fn pending_assistant(&self) -> &[AssistantAct] {
        &self.assistant
    }
}

fn facts_of(act: &AssistantAct) -> Vec<&Fact> {
    match act {
        AssistantAct::Tell { facts, .. } | AssistantAct::Done { facts, .. } => facts.iter().collect(),
        AssistantAct::Offer { items, .. } | AssistantAct::OfferRest { items, .. } => items.iter().flatten().collect(),
        AssistantAct::Recall { fact } => vec![fact],
        _ => Vec::new(),
    }
}
