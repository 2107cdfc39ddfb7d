//! Running the calls of a record again.

use super::{Demand, Schemas, World, WorldError};
use crate::catalog::Tool;
use crate::dialogue::Context;
use crate::seed::Rng;
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serializer};
use serde_json::Value;
use std::sync::Arc;

/// One call as it was made: what a record keeps.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    pub tool: &'a Tool,
    pub arguments: &'a Value,
    /// What was demanded of its result; the default when the record keeps nothing.
    pub demand: &'a Demand,
}

/// The results of the calls, in order, from the initial world: the same bytes as when the dialogue was made.
///
/// `rng` is the generator of that dialogue's world: [`crate::seed::stream`] with the run's seed, the dialogue's index,
/// [`crate::seed::Stage::World`] and the attempt that was kept. The tools must be those of the run, with their effects and domains.
///
/// # Errors
/// When a call cannot be answered; when the dialogue was made, it could be.
pub fn replay<'a>(
    context: &Context,
    rng: Rng,
    schemas: Arc<Schemas>,
    steps: impl IntoIterator<Item = Step<'a>>,
) -> Result<Vec<Value>, WorldError> {
    let mut world = World::with_schemas(context, rng, schemas);
    steps.into_iter().map(|step| world.call(step.tool, step.arguments, step.demand)).collect()
}

/// What a parameter's schema asserts of a value, without what only people read.
pub(super) fn plain(schema: &Value) -> Value {
    match schema {
        Value::Object(map) => {
            let talk = ["description", "title", "examples", "example", "default", "$comment", "deprecated"];
            // A property may be called like a keyword: `properties` holds names, not keywords.
            let inner = |key: &str, value: &Value| match (key, value) {
                ("properties" | "$defs" | "definitions" | "patternProperties", Value::Object(named)) => {
                    Value::Object(named.iter().map(|(name, schema)| (name.clone(), plain(schema))).collect())
                }
                ("enum" | "const", value) => value.clone(),
                (_, value) => plain(value),
            };
            let kept = map.iter().filter(|(key, _)| !talk.contains(&key.as_str()));
            Value::Object(kept.map(|(key, value)| (key.clone(), inner(key, value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        other => other.clone(),
    }
}

pub(super) fn plain_feeds<S: Serializer>(feeds: &[(String, Value)], out: S) -> Result<S::Ok, S::Error> {
    let mut list = out.serialize_seq(Some(feeds.len()))?;
    for (pointer, schema) in feeds {
        list.serialize_element(&(pointer, plain(schema)))?;
    }
    list.end()
}

/// Sizes of lists as `[least, most]`.
pub(super) mod sizes {
    use super::{Deserialize, Deserializer, Serializer};
    use indexmap::IndexMap;
    use std::ops::RangeInclusive;

    pub(in crate::world) fn serialize<S: Serializer>(lists: &IndexMap<String, RangeInclusive<usize>>, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(lists.iter().map(|(pointer, range)| (pointer, [range.start(), range.end()])))
    }

    pub(in crate::world) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<IndexMap<String, RangeInclusive<usize>>, D::Error> {
        let lists = IndexMap::<String, [usize; 2]>::deserialize(from)?;
        Ok(lists.into_iter().map(|(pointer, [least, most])| (pointer, least..=most)).collect())
    }
}
