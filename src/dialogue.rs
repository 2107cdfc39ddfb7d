//! What is a finished dialogue? The record that is written, and the words that writer and checker share.

mod aside;
mod demand;
mod disguise;
mod event;

pub(crate) use aside::asides;
pub use demand::Demand;
pub(crate) use demand::plain;
pub use disguise::{Alias, Disguise, Dress, mapped, rename, repoint, with_keys};
pub use event::{Event, events};

use crate::catalog::{Effects, RawTool, ToolNl};
use crate::graph::{Motif, RelationKind};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Version of the record in `dialogues.jsonl`.
pub const RECORD_VERSION: u32 = 1;

/// A finished dialogue: what was said, called and answered, and the proof of every argument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dialogue {
    pub version: u32,
    /// Unique in a run: `wt-<seed>-<index>`.
    pub id: String,
    pub index: u64,
    pub plan: String,
    /// The plans of the tasks that follow the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sequels: Vec<String>,
    /// The operators that made it harder, in the order in which they were applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operators: Vec<String>,
    /// The situation it was made for: a level of each factor of the covering design, by the factor's name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scenario: BTreeMap<String, String>,
    /// What an operator has renamed or put around, so that it can be taken off again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disguise: Option<Disguise>,
    pub motif: Motif,
    pub domains: Vec<String>,
    /// The tools that the assistant may call, gold and distractors, in the order shown.
    pub tools: Vec<ToolSpec>,
    pub context: Context,
    /// From where the results come, so that the calls can be run again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub world: Option<WorldOrigin>,
    /// Always begins with the system turn.
    pub turns: Vec<Turn>,
    /// What the user wants done, in order: the label of the dialogue.
    pub goals: Vec<Goal>,
    /// The edges of the tool graph that the calls use.
    pub relations: Vec<UsedRelation>,
    pub scores: Scores,
}

/// The world that answered the calls: with it, the tools and the demand of each call, every call can be run again. Its generator is
/// [`crate::seed::stream`] of these two, the dialogue's index and [`crate::seed::Stage::World`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldOrigin {
    /// Of the run.
    pub seed: u64,
    /// Which candidate for the dialogue this was, from 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attempt: u32,
    /// Kinds of things that some tool of the catalog puts together, container first, where the called tools do not tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<(String, String)>,
}

fn is_zero(attempt: &u32) -> bool {
    *attempt == 0
}

/// A tool as it is shown to the model. What follows its parameters is ours: trainers do not get it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToolSpec {
    pub name: String,
    pub description: String,
    pub parameters: Value,
    pub returns: Value,
    /// The catalog, file or service that it belongs to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub domain: String,
    /// What it does to the world, where the catalog declares it; its errors where a call of it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effects: Option<Effects>,
    /// `x-nl` as the catalog declares it, so that a reader knows the words without the catalog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nl: Option<ToolNl>,
}

/// What is known before anybody speaks, and stands in the system turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// `YYYY-MM-DD`.
    pub today: String,
    /// Facts about the signed-in user, for instance `user_id`; each stands in the system text.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub user: IndexMap<String, String>,
    /// What the assistant may not do, though its tools could; each stands in the system text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<Policy>,
}

/// A rule that can be checked on the calls alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Policy {
    /// Nothing may be changed.
    ReadOnly,
    /// No amount above this may be paid or moved.
    SpendingLimit {
        amount: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
    },
    /// Nothing may be taken back or deleted before the user has said yes to just that.
    ConfirmDeletions,
    /// How to reach somebody else, or where they live, may not be given out.
    PrivateData,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    System,
    User,
    Assistant,
    /// The results of the calls of the turn before.
    Tool,
}

/// One message. An assistant turn either speaks or calls; the turn after a calling one is the tools' turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    pub role: Role,
    #[serde(default)]
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Call>,
    /// In the order of the calls of the turn before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<CallResult>,
    /// What is done by speaking, as symbols: `request`, `inform`, `offer`, ...
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<String>,
    /// Tools that are offered from here on; a turn of the system that is not the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adds: Vec<String>,
    /// A model learns to say this. Not so for a turn that is there to be put right.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub loss: bool,
}

fn yes() -> bool {
    true
}

fn is_yes(loss: &bool) -> bool {
    *loss
}

/// One call, with one provenance for each leaf of its arguments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Running number in the dialogue from 0; exporters make the ids that a target wants.
    pub id: usize,
    pub tool: String,
    /// Always an object.
    pub arguments: Value,
    /// Keyed by JSON pointer into `arguments`, in the order of its leaves. An empty object or list is a leaf.
    pub provenance: IndexMap<String, Provenance>,
    /// What its result had to be like, beyond the return schema.
    #[serde(default, skip_serializing_if = "Demand::is_default")]
    pub demand: Demand,
    /// What is wrong with it on purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mistake: Option<Mistake>,
}

/// What is wrong with a call that the assistant notices and makes right. Everything else about the call holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Mistake {
    /// The argument at this pointer is not what was said; nothing gives it, so it has no provenance.
    WrongArgument { pointer: String, repaired_by: usize },
    /// Another tool was meant.
    WrongTool { repaired_by: usize },
}

impl Mistake {
    /// The call that does what was meant.
    pub fn repaired_by(&self) -> usize {
        match self {
            Mistake::WrongArgument { repaired_by, .. } | Mistake::WrongTool { repaired_by } => *repaired_by,
        }
    }
}

/// What a call answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallResult {
    pub call: usize,
    /// A value of the tool's return schema, or `{"error": {"code", "message"}}`.
    pub value: Value,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_error: bool,
}

/// A byte range `[start, end)` in the text of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// Where an argument came from. Every argument has exactly one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum Provenance {
    /// Said by the user.
    UserTurn { turn: usize, span: Span },
    /// Taken from an earlier result. `pointer` is concrete: `/hotels/1/hotel_id`.
    ToolResult { call: usize, pointer: String },
    /// Said by the assistant and accepted by the user.
    AssistantOffer { turn: usize, span: Span },
    /// Known from the context: `/today`, `/user/user_id`.
    Context { pointer: String },
    /// A `default` or `const` of the schema; `pointer` leads into the parameters' schema.
    Default { pointer: String },
    /// Follows from known things by a rule; the inputs are in the order that the function names.
    Derived { function: Function, inputs: Vec<Provenance> },
}

/// How a value follows from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// A value of the item at a place of a list. Inputs: the words that say the place, the value in the result.
    Nth,
    /// A value of the one item of a list of which something is true. Inputs: the words that say it, the field of that item that they
    /// say, the value in the result.
    Where,
    /// A value of the item of a list that has the least of something. Inputs: the words that say so, that field of the item, the value in the
    /// result.
    Least,
    /// The same with the most of it.
    Most,
    /// A date so many days after another. Inputs: the date, the words that say how many days.
    Shift,
    /// How many items a list has. Inputs: the words that speak of all of them, the list in the result.
    Count,
    /// The sum of the amounts of a list. Inputs: the words that ask for it, and each amount in the result.
    Sum,
    /// An amount in another unit, rounded half up to two decimals, or to a whole number where the parameter takes no other. Inputs: the words
    /// that say it with its unit; or the words that point at it, and the amount in the result.
    Convert,
    /// An amount of money in another currency, to the cent. Inputs: the words that say it with its currency, the rate in the result.
    Exchange,
    /// A part or a multiple of what an earlier call of the tool was given for the same parameter. Inputs: the words that say that, the words
    /// that say how many times.
    Times,
}

impl Provenance {
    /// The result that the value itself stands in: directly, or as what a rule picked.
    pub fn result(&self) -> Option<(usize, &str)> {
        match self {
            Provenance::ToolResult { call, pointer } => Some((*call, pointer)),
            Provenance::Derived { function: Function::Nth | Function::Where | Function::Least | Function::Most, inputs } => {
                inputs.last().and_then(Provenance::result)
            }
            _ => None,
        }
    }

    /// The result that the value depends on: that it stands in, or that it is computed from.
    pub fn rests_on(&self) -> Option<usize> {
        self.all().into_iter().find_map(|source| match source {
            Provenance::ToolResult { call, .. } => Some(*call),
            _ => None,
        })
    }

    /// This source and every one that it follows from.
    pub fn all(&self) -> Vec<&Provenance> {
        let mut out = vec![self];
        if let Provenance::Derived { inputs, .. } = self {
            out.extend(inputs.iter().flat_map(Provenance::all));
        }
        out
    }
}

/// One thing that the user wants done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// Turn in which the user asked.
    pub turn: usize,
    pub tool: String,
    pub outcome: Outcome,
    /// The calls that serve it, the last one being its own.
    pub calls: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    /// The tool failed and that was said.
    Failed,
    /// No offered tool can do it and that was said.
    Refused,
    Cancelled,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UsedRelation {
    pub from: String,
    pub to: String,
    pub kind: RelationKind,
}

/// The three axes, never added together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    pub quality: IndexMap<String, f64>,
    pub diversity: IndexMap<String, Value>,
    pub complexity: IndexMap<String, f64>,
}

impl ToolSpec {
    /// The tool as a reader of catalogs would hand it over.
    pub fn raw(&self) -> RawTool {
        RawTool {
            name: self.name.clone(),
            description: self.description.clone(),
            domain: self.domain.clone(),
            parameters: self.parameters.clone(),
            returns: Some(self.returns.clone()).filter(|schema| !schema.is_null()),
            effects: self.effects.clone(),
            nl: self.nl.clone(),
            ..RawTool::default()
        }
    }
}

impl Dialogue {
    /// All calls in order.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.turns.iter().flat_map(|turn| &turn.calls)
    }

    /// The result of a call.
    pub fn result(&self, call: usize) -> Option<&CallResult> {
        self.turns.iter().flat_map(|turn| &turn.results).find(|result| result.call == call)
    }

    /// Whether a tool is offered in a turn: from the beginning, or since a turn before.
    pub fn offers(&self, tool: &str, turn: usize) -> bool {
        let added = self.turns.iter().position(|one| one.adds.iter().any(|name| name == tool));
        self.tool(tool).is_some() && added.is_none_or(|at| at < turn)
    }

    /// Whether tools come in the middle of it.
    pub fn adds_tools(&self) -> bool {
        self.turns.iter().any(|turn| !turn.adds.is_empty())
    }

    /// Whether every assistant turn may be learned from.
    pub fn all_loss(&self) -> bool {
        self.turns.iter().all(|turn| turn.loss)
    }

    pub fn tool(&self, name: &str) -> Option<&ToolSpec> {
        self.tools.iter().find(|tool| tool.name == name)
    }
}

/// Pointers to the leaves of a JSON value in order: scalars, and empty objects and lists.
pub fn leaves(value: &Value) -> Vec<(String, &Value)> {
    fn walk<'a>(at: &mut String, value: &'a Value, out: &mut Vec<(String, &'a Value)>) {
        let start = at.len();
        match value {
            Value::Object(map) if !map.is_empty() => {
                for (key, inner) in map {
                    at.push('/');
                    at.push_str(&key.replace('~', "~0").replace('/', "~1"));
                    walk(at, inner, out);
                    at.truncate(start);
                }
            }
            Value::Array(items) if !items.is_empty() => {
                for (index, inner) in items.iter().enumerate() {
                    at.push_str(&format!("/{index}"));
                    walk(at, inner, out);
                    at.truncate(start);
                }
            }
            _ => out.push((at.clone(), value)),
        }
    }
    let mut out = Vec::new();
    if !matches!(value, Value::Object(map) if map.is_empty()) {
        walk(&mut String::new(), value, &mut out);
    }
    out
}

/// `/hotels/1/name` as the pattern `/hotels/*/name`.
pub fn pattern(pointer: &str) -> String {
    pointer
        .split('/')
        .map(|part| if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) { "*" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}
