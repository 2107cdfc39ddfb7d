//! A verified dialogue, seen by whoever looks for a place for a fault.

use crate::catalog::{Leaf, Tool};
use crate::dialogue::{Call, Dialogue, Goal, Provenance, Role, Turn, leaves, pattern};
use crate::seed::Rng;
use crate::value::{self, Hints, SayContext, SemType};
use crate::world::{Schemas, World};
use rand::RngExt;
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;

pub(super) struct Stage<'s> {
    pub dialogue: &'s Dialogue,
    tools: Vec<&'s Tool>,
    schemas: &'s Arc<Schemas>,
    pub say: SayContext,
}

/// A call where it is made.
#[derive(Clone, Copy)]
pub(super) struct Made<'s> {
    pub turn: usize,
    pub call: &'s Call,
}

impl<'s> Stage<'s> {
    pub(super) fn new(dialogue: &'s Dialogue, tools: &FxHashMap<&'s str, &'s Tool>, schemas: &'s Arc<Schemas>) -> Self {
        let tools = dialogue.tools.iter().filter_map(|spec| tools.get(spec.name.as_str()).copied()).collect();
        let today = dialogue.context.today.parse().unwrap_or(jiff::civil::Date::ZERO);
        Stage { dialogue, tools, schemas, say: SayContext { today } }
    }

    pub(super) fn tool(&self, name: &str) -> Option<&'s Tool> {
        self.tools.iter().copied().find(|tool| tool.name == name)
    }

    /// The tools that may be called in a turn.
    pub(super) fn offered(&self, turn: usize) -> Vec<&'s Tool> {
        self.tools.iter().copied().filter(|tool| self.dialogue.offers(&tool.name, turn)).collect()
    }

    pub(super) fn parameter(&self, call: &Call, pointer: &str) -> Option<&'s Leaf> {
        leaf(&self.tool(&call.tool)?.parameters, pointer)
    }

    /// A world to draw values from.
    pub(super) fn world(&self, rng: &mut Rng) -> World {
        let own: u64 = rng.random();
        World::with_schemas(&self.dialogue.context, rand::SeedableRng::seed_from_u64(own), self.schemas.clone())
    }

    /// Assistant turns that are there to be learned from.
    pub(super) fn turns(&self) -> impl Iterator<Item = usize> {
        let dialogue = self.dialogue;
        (0..dialogue.turns.len()).filter(move |at| dialogue.turns[*at].role == Role::Assistant && dialogue.turns[*at].loss)
    }

    /// Those of them that speak.
    pub(super) fn spoken(&self) -> impl Iterator<Item = usize> {
        self.turns().filter(move |at| self.dialogue.turns[*at].calls.is_empty())
    }

    /// The calls that are made in such turns.
    pub(super) fn made(&self) -> impl Iterator<Item = Made<'s>> {
        let dialogue = self.dialogue;
        self.turns().flat_map(move |turn| dialogue.turns[turn].calls.iter().map(move |call| Made { turn, call }))
    }

    /// The role that speaks before a turn.
    pub(super) fn before(&self, turn: usize) -> Option<Role> {
        turn.checked_sub(1).map(|at| self.dialogue.turns[at].role)
    }

    /// The last user turn before a turn.
    pub(super) fn user(&self, turn: usize) -> Option<usize> {
        (0..turn).rev().find(|at| self.dialogue.turns[*at].role == Role::User)
    }

    /// The calls since the user spoke last, but for those made by mistake.
    pub(super) fn fresh(&self, turn: usize) -> Vec<&'s Call> {
        let from = self.user(turn).unwrap_or(0);
        self.dialogue.turns[from..turn].iter().flat_map(|turn| &turn.calls).filter(|call| call.mistake.is_none()).collect()
    }

    pub(super) fn failed(&self, call: &Call) -> bool {
        self.dialogue.result(call.id).is_none_or(|result| result.is_error)
    }

    /// The place of the goal that a call serves.
    pub(super) fn goal(&self, call: usize) -> Option<usize> {
        self.dialogue.goals.iter().position(|goal| goal.calls.contains(&call))
    }

    /// The goals that are asked for in a turn, with their places.
    pub(super) fn goals_of(&self, turn: usize) -> impl Iterator<Item = (usize, &'s Goal)> {
        self.dialogue.goals.iter().enumerate().filter(move |(_, goal)| goal.turn == turn)
    }

    /// Places in a text where a value is said.
    pub(super) fn find(&self, text: &str, value: &Value, leaf: Option<&Leaf>) -> Vec<Range<usize>> {
        match value {
            Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => Vec::new(),
            _ => value::find(text, value, sem(value, leaf), hints(leaf), &self.say),
        }
    }

    /// Whether a value could be known before a turn: it was said, or a result, the context or the schema has it.
    pub(super) fn known(&self, turn: usize, value: &Value, leaf: &Leaf) -> bool {
        let dialogue = self.dialogue;
        let same = |other: &Value| value::same(other, value, leaf.sem) || other == value;
        let before = &dialogue.turns[..turn];
        before.iter().any(|said| !self.find(&said.text, value, Some(leaf)).is_empty())
            || before.iter().flat_map(|said| &said.results).flat_map(|result| leaves(&result.value)).any(|(_, held)| same(held))
            || dialogue.context.user.values().chain([&dialogue.context.today]).any(|fact| same(&Value::String(fact.clone())))
            || ["default", "const"].iter().any(|key| leaf.schema.get(key).is_some_and(same))
    }

    /// Every call of a turn is of a tool that is offered there and takes its arguments.
    pub(super) fn takes(&self, turn: &Turn, at: usize) -> bool {
        turn.calls.iter().all(|call| {
            self.dialogue.offers(&call.tool, at) && self.tool(&call.tool).is_some_and(|tool| self.schemas.accepts(tool, &call.arguments))
        })
    }
}

/// Whether a source has anything to do with words from `turn` on or with calls from `call` on.
pub(super) fn depends_on_later(source: &Provenance, turn: usize, call: usize) -> bool {
    source.all().into_iter().any(|one| match one {
        Provenance::UserTurn { turn: at, .. } | Provenance::AssistantOffer { turn: at, .. } => *at >= turn,
        Provenance::ToolResult { call: at, .. } => *at >= call,
        _ => false,
    })
}

pub(super) fn leaf<'l>(leaves: &'l [Leaf], pointer: &str) -> Option<&'l Leaf> {
    let wanted = pattern(pointer);
    leaves.iter().find(|leaf| leaf.pointer == wanted || leaf.pointer == pointer)
}

pub(super) fn sem(value: &Value, leaf: Option<&Leaf>) -> SemType {
    leaf.map_or_else(|| value::shape(value), |leaf| leaf.sem)
}

pub(super) fn hints(leaf: Option<&Leaf>) -> Hints<'_> {
    leaf.map_or_else(Hints::default, |leaf| Hints {
        unit: leaf.phrase.unit.as_deref(),
        counted: leaf.phrase.counted.as_deref(),
        enum_say: Some(&leaf.phrase.enum_say).filter(|map| !map.is_empty()),
    })
}

/// List and item that a pointer leads through: `/hotels/1/name` is item 1 of `/hotels`.
pub(super) fn item_of(pointer: &str) -> Option<(&str, usize)> {
    let mut at = 0;
    for part in pointer.split('/').skip(1) {
        if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) {
            return part.parse().ok().map(|item| (&pointer[..at], item));
        }
        at += 1 + part.len();
    }
    None
}

pub(super) fn pick<'a, T>(items: &'a [T], rng: &mut Rng) -> Option<&'a T> {
    (!items.is_empty()).then(|| &items[rng.random_range(0..items.len())])
}
