//! What do the tools answer? A symbolic simulator, narrow but real.
//!
//! A [`World`] belongs to one dialogue. It draws the values that a user says ([`World::draw`]), answers calls ([`World::call`]) and
//! lets them fail ([`World::fail`]). It knows entities: an identifier that it once gave keeps its attributes in all later results,
//! nothing is called like something else, and what was created, changed or deleted stays so. Every result is valid against the
//! tool's return schema.
//!
//! Its answers depend on the context, the seed and the calls in order, and on nothing else: what users say is drawn from a stream of its
//! own, so that [`replay`] gives the same results byte for byte from what a record keeps of the calls.
//!
//! What a tool's schemas ask for is compiled once into [`Schemas`], which all dialogues share.

mod answer;
mod arguments;
mod bounds;
mod change;
mod compute;
mod draw;
mod entity;
mod fail;
mod filter;
mod hints;
mod known;
mod leaf;
mod list;
mod make;
mod maker;
mod moment;
mod needs;
mod neighbors;
mod number;
mod order;
mod outcome;
mod partial;
mod pools;
mod recall;
mod recipe;
mod replay;
mod resolve;
mod sample;
mod schemas;
mod search;
mod settle;
mod spread;
mod subject;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_draw;
#[cfg(test)]
mod tests_errors;
#[cfg(test)]
mod tests_flows;
#[cfg(test)]
mod tests_life;
#[cfg(test)]
mod tests_lists;
#[cfg(test)]
mod tests_replay;
#[cfg(test)]
mod tests_values;
mod topic;

pub use crate::dialogue::Demand;
pub use needs::Missing;
pub(crate) use outcome::is_success;
pub use replay::{Step, replay};
pub use schemas::{Prepared, Schemas};

use crate::catalog::Tool;
use crate::dialogue::Context;
use crate::seed::Rng;
use entity::Entities;
use indexmap::IndexMap;
use jiff::civil::{Date, DateTime};
use pools::City;
use rand::SeedableRng;
use rustc_hash::{FxHashMap, FxHashSet};
use schemas::Compiled;
use serde_json::Value;
use spread::{Lane, Spread};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The world of one dialogue. It depends on the context's day, the generator and what it is asked, in order, and on nothing else.
#[derive(Debug)]
pub struct World {
    /// Whoever draws now: a tool's answer, or what a user says.
    rng: Rng,
    spread: Spread,
    /// The other of the two.
    aside: (Rng, Spread),
    /// Seed and stream of the generator that the world was made with: the key of everything that is answered.
    origin: ([u8; 32], u64),
    /// Calls so far, failed ones among them.
    calls: u64,
    /// The moment of the conversation; it moves on with every call.
    now: DateTime,
    /// What earlier calls said of the signed-in user.
    user: IndexMap<String, String>,
    schemas: Arc<Schemas>,
    /// Tools that `schemas` does not have.
    own: FxHashMap<String, Arc<Compiled>>,
    entities: Entities,
    /// Which lists have been shown whole, under which arguments.
    shown: Vec<Shown>,
    /// States that calls have brought about: `signed_in`.
    states: FxHashSet<String>,
    /// Values that were drawn for a parameter, by its name and semantic type.
    drawn: FxHashMap<String, FxHashSet<String>>,
    /// Results of calls that only read, by tool and arguments; forgotten when something changes that they are about.
    answered: FxHashMap<String, Answered>,
    /// The city of the address that is being made.
    here: Option<&'static City>,
}

/// A result that stays while nothing changes.
#[derive(Debug, Clone)]
struct Answered {
    value: Value,
    domain: String,
    kinds: Vec<String>,
}

/// A list that was shown whole.
#[derive(Debug, Clone)]
struct Shown {
    tool: String,
    pointer: String,
    arguments: Vec<(String, Value)>,
}

/// What a tool answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// A value of the return schema, or `{"error": {"code", "message"}}`.
    pub value: Value,
    pub is_error: bool,
}

/// No result can be made for this tool.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("failed to answer a call of {tool}: {message} at {}", if pointer.is_empty() { "the root" } else { pointer })]
pub struct WorldError {
    pub tool: String,
    /// Into the result.
    pub pointer: String,
    pub message: String,
}

impl World {
    /// A world of its own. [`World::with_schemas`] is faster for more than a few dialogues.
    pub fn new(context: &Context, rng: Rng) -> World {
        World::with_schemas(context, rng, Arc::default())
    }

    /// What the last of these calls would give if all of them were made now, in this order; nothing changes.
    pub fn foresee(&self, calls: &[(&Tool, Value, Demand)]) -> Option<Value> {
        let mut copy = self.copy();
        let mut last = None;
        for (tool, arguments, demand) in calls {
            last = Some(copy.call(tool, arguments, demand).ok()?);
        }
        last
    }

    /// The same world once more. Every call takes its generator from the origin, so that the one in use need not be the same.
    fn copy(&self) -> World {
        let again = || stream(self.origin.0, self.origin.1);
        World {
            rng: again(),
            spread: self.spread.clone(),
            aside: (again(), self.aside.1.clone()),
            origin: self.origin,
            calls: self.calls,
            now: self.now,
            user: self.user.clone(),
            schemas: self.schemas.clone(),
            own: self.own.clone(),
            entities: self.entities.clone(),
            shown: self.shown.clone(),
            states: self.states.clone(),
            drawn: self.drawn.clone(),
            answered: self.answered.clone(),
            here: self.here,
        }
    }

    /// A world that shares what is compiled.
    pub fn with_schemas(context: &Context, rng: Rng, schemas: Arc<Schemas>) -> World {
        let today = context.today.parse::<Date>().unwrap_or(Date::constant(2026, 1, 5));
        World {
            spread: Spread::new(&rng, Lane::Answered),
            aside: (stream(rng.get_seed(), rng.get_stream()), Spread::new(&rng, Lane::Said)),
            origin: (rng.get_seed(), rng.get_stream()),
            rng,
            calls: 0,
            now: today.at(9, 12, 0, 0),
            user: IndexMap::new(),
            schemas,
            own: FxHashMap::default(),
            entities: Entities::default(),
            shown: Vec::new(),
            states: FxHashSet::default(),
            drawn: FxHashMap::default(),
            answered: FxHashMap::default(),
            here: None,
        }
    }

    /// Draws something that a user says, from a stream that no answer depends on.
    fn speaking<T>(&mut self, draw: impl FnOnce(&mut Self) -> T) -> T {
        std::mem::swap(&mut self.rng, &mut self.aside.0);
        std::mem::swap(&mut self.spread, &mut self.aside.1);
        let drawn = draw(self);
        std::mem::swap(&mut self.rng, &mut self.aside.0);
        std::mem::swap(&mut self.spread, &mut self.aside.1);
        drawn
    }

    /// Begins a call: it draws from a stream of its own.
    fn begin(&mut self) {
        self.calls += 1;
        let (mut seed, index) = self.origin;
        for (byte, key) in seed.iter_mut().zip(xxh3_64_with_seed(b"call", self.calls).to_le_bytes()) {
            *byte ^= key;
        }
        self.rng = stream(seed, index);
    }

    /// A number that belongs to a thing and one of its traits, whenever it is asked for.
    fn keyed(&self, parts: &[&str]) -> u64 {
        let own = xxh3_64_with_seed(&self.origin.0, self.origin.1);
        xxh3_64_with_seed(parts.join("\u{1f}").as_bytes(), own)
    }

    /// Whether `value` is valid against a schema that stands alone.
    pub fn fits(&self, schema: &Value, value: &Value) -> bool {
        self.schemas.feed(schema).is_none_or(|validator| validator.is_valid(value))
    }

    /// Whether the whole argument object is valid for the tool.
    pub fn valid(&self, tool: &Tool, arguments: &Value) -> bool {
        match self.own.get(&tool.name) {
            Some(compiled) => compiled.parameters.as_ref().is_none_or(|validator| validator.is_valid(arguments)),
            None => self.schemas.accepts(tool, arguments),
        }
    }

    fn compiled(&mut self, tool: &Tool) -> Arc<Compiled> {
        if self.schemas.knows(tool) {
            return self.schemas.compiled(tool);
        }
        if let Some(compiled) = self.own.get(&tool.name) {
            return compiled.clone();
        }
        let compiled = self.schemas.compiled(tool);
        self.own.insert(tool.name.clone(), compiled.clone());
        compiled
    }
}

fn stream(seed: [u8; 32], index: u64) -> Rng {
    let mut rng = Rng::from_seed(seed);
    rng.set_stream(index);
    rng
}
