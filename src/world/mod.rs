//! What do the tools answer? A symbolic simulator, narrow but real.
//!
//! A [`World`] belongs to one dialogue. It draws the values that a user says ([`World::draw`]), answers calls ([`World::call`]) and
//! lets them fail ([`World::fail`]). It knows entities: an identifier that it once gave keeps its attributes in all later results,
//! nothing is called like something else, and what was created, changed or deleted stays so. Every result is valid against the
//! tool's return schema.
//!
//! What a tool's schemas ask for is compiled once into [`Schemas`], which all dialogues share.

mod answer;
mod arguments;
mod bounds;
mod compute;
mod draw;
mod entity;
mod fail;
mod hints;
mod leaf;
mod list;
mod make;
mod maker;
mod moment;
mod number;
mod outcome;
mod pools;
mod recipe;
mod resolve;
mod sample;
mod schemas;
mod search;
mod settle;
mod spread;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_draw;

pub use schemas::Schemas;

use crate::catalog::Tool;
use crate::dialogue::Context;
use crate::seed::Rng;
use entity::Entities;
use indexmap::IndexMap;
use jiff::civil::{Date, DateTime};
use pools::City;
use rustc_hash::{FxHashMap, FxHashSet};
use schemas::Compiled;
use serde_json::Value;
use spread::Spread;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The world of one dialogue. It depends on the context, the generator and what it is asked, in order, and on nothing else.
#[derive(Debug)]
pub struct World {
    rng: Rng,
    spread: Spread,
    /// The moment of the conversation; it moves on with every call.
    now: DateTime,
    user: IndexMap<String, String>,
    schemas: Arc<Schemas>,
    /// Tools that `schemas` does not have.
    own: FxHashMap<String, Arc<Compiled>>,
    entities: Entities,
    /// Values that were drawn for a parameter, by its name and semantic type.
    drawn: FxHashMap<String, FxHashSet<String>>,
    /// Results of calls that only read, by tool and arguments; forgotten when something changes.
    answered: FxHashMap<String, Value>,
    /// The city of the address that is being made.
    here: Option<&'static City>,
}

/// What a call's result must be like, beyond its schema.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Demand {
    /// How many items a list has, by pattern pointer (`/hotels` and `/hotels/*` both name the list `hotels`).
    pub lists: IndexMap<String, RangeInclusive<usize>>,
    /// Fields (by pattern pointer) whose values will be arguments of other tools, with the schema of that parameter. Such a field
    /// is always there, even when it is optional.
    pub feeds: Vec<(String, Value)>,
    /// The main list comes back empty.
    pub empty: bool,
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

    /// A world that shares what is compiled.
    pub fn with_schemas(context: &Context, rng: Rng, schemas: Arc<Schemas>) -> World {
        let today = context.today.parse::<Date>().unwrap_or(Date::constant(2026, 1, 5));
        World {
            spread: Spread::new(&rng),
            rng,
            now: today.at(9, 12, 0, 0),
            user: context.user.clone(),
            schemas,
            own: FxHashMap::default(),
            entities: Entities::default(),
            drawn: FxHashMap::default(),
            answered: FxHashMap::default(),
            here: None,
        }
    }

    /// Whether `arguments` is a valid argument object of `tool`.
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
