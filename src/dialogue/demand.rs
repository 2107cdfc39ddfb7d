//! What a call's result had to be like: kept beside the call, so that the call can be run again.

use crate::catalog::ErrorCode;
use indexmap::IndexMap;
use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use std::ops::RangeInclusive;

/// What a call's result must be like, beyond its schema. A record keeps it beside the call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// How many items a list has, by pattern pointer (`/hotels` and `/hotels/*` both name the list `hotels`).
    #[serde(default, skip_serializing_if = "IndexMap::is_empty", with = "sizes")]
    pub lists: IndexMap<String, RangeInclusive<usize>>,
    /// Fields (by pattern pointer) whose values will be arguments of other tools, with the schema of that parameter. Such a field
    /// is always there, even when it is optional. Only what the schema asserts is kept: no description, no examples.
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "plain_feeds")]
    pub feeds: Vec<(String, Value)>,
    /// The main list comes back empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub empty: bool,
    /// Some of what was asked for is done and some is not; see [`crate::world::World::can_be_partial`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
    /// The call fails so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorCode>,
    /// What the failure says, when it has to say what is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Demand {
    /// A call that fails.
    pub fn error(code: ErrorCode) -> Demand {
        Demand { error: Some(code), ..Demand::default() }
    }

    /// Whether nothing is demanded, so that a record need not keep it.
    pub fn is_default(&self) -> bool {
        *self == Demand::default()
    }

    /// The same as it is read from a record: the schemas without what only people read.
    pub fn plain(&self) -> Demand {
        Demand { feeds: self.feeds.iter().map(|(pointer, schema)| (pointer.clone(), plain(schema))).collect(), ..self.clone() }
    }
}

/// What a parameter's schema asserts of a value, without what only people read.
pub(crate) fn plain(schema: &Value) -> Value {
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

fn plain_feeds<S: Serializer>(feeds: &[(String, Value)], out: S) -> Result<S::Ok, S::Error> {
    let mut list = out.serialize_seq(Some(feeds.len()))?;
    for (pointer, schema) in feeds {
        list.serialize_element(&(pointer, plain(schema)))?;
    }
    list.end()
}

/// Sizes of lists as `[least, most]`.
mod sizes {
    use indexmap::IndexMap;
    use serde::{Deserialize, Deserializer, Serializer};
    use std::ops::RangeInclusive;

    pub(super) fn serialize<S: Serializer>(lists: &IndexMap<String, RangeInclusive<usize>>, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(lists.iter().map(|(pointer, range)| (pointer, [range.start(), range.end()])))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<IndexMap<String, RangeInclusive<usize>>, D::Error> {
        let lists = IndexMap::<String, [usize; 2]>::deserialize(from)?;
        Ok(lists.into_iter().map(|(pointer, [least, most])| (pointer, least..=most)).collect())
    }
}
