//! The keys of a plan file, as they are written.

use super::{Answer, AssistantName, Steps, UserName};
use crate::catalog::ErrorCode;
use crate::graph::Motif;
use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde_yaml::Spanned;
use std::ops::RangeInclusive;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanFile {
    pub(super) name: Spanned<String>,
    pub(super) description: String,
    pub(super) motif: Motif,
    #[serde(default)]
    pub(super) length: Option<Spanned<Range>>,
    pub(super) weight: Option<Spanned<u32>>,
    pub(super) turns: Spanned<Vec<Spanned<ItemFile>>>,
}

/// One line of `turns`; exactly one of the first six keys is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemFile {
    pub(super) user: Option<OneOrMany<UserName>>,
    pub(super) assistant: Option<OneOrMany<AssistantName>>,
    pub(super) any_of: Option<Vec<Alternative>>,
    pub(super) maybe: Option<Spanned<u32>>,
    pub(super) repeat: Option<Range>,
    pub(super) for_each_step: Option<Vec<Spanned<ItemFile>>>,
    /// Body of `maybe` and `repeat`.
    pub(super) turns: Option<Vec<Spanned<ItemFile>>>,
    /// With `user: request`.
    pub(super) steps: Option<StepsFile>,
    pub(super) omit: Option<Range>,
    pub(super) implicit: Option<bool>,
    pub(super) aside: Option<bool>,
    /// With `user: inform`.
    pub(super) answer: Option<Answer>,
    /// With `assistant: ask`.
    pub(super) values: Option<Spanned<usize>>,
    /// With `assistant: confirm`.
    #[serde(rename = "if")]
    pub(super) only: Option<Only>,
    /// With `assistant: call`.
    pub(super) error: Option<ErrorCode>,
    /// With `assistant: tell`.
    pub(super) few: Option<bool>,
}

/// Before which tools an act takes place.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Only {
    /// Those that change something.
    Acts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Alternative {
    #[serde(default = "default_weight")]
    pub(super) weight: u32,
    pub(super) turns: Vec<Spanned<ItemFile>>,
}

fn default_weight() -> u32 {
    1
}

/// `inform` or `[thank, goodbye]`.
pub(super) struct OneOrMany<T>(pub(super) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Names<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Names<T> {
            type Value = OneOrMany<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("the name of an act, or a list of names")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> std::result::Result<Self::Value, E> {
                T::deserialize(de::value::StrDeserializer::new(name)).map(|one| OneOrMany(vec![one]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = seq.next_element()? {
                    all.push(one);
                }
                Ok(OneOrMany(all))
            }
        }
        deserializer.deserialize_any(Names(std::marker::PhantomData))
    }
}

/// `2` or `1..3`, both ends included.
pub(super) struct Range(pub(super) RangeInclusive<usize>);

impl<'de> Deserialize<'de> for Range {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Ends;
        impl Visitor<'_> for Ends {
            type Value = Range;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a whole number, or a range such as 1..3")
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> std::result::Result<Range, E> {
                let n = usize::try_from(n).map_err(E::custom)?;
                Ok(Range(n..=n))
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> std::result::Result<Range, E> {
                let n = usize::try_from(n).map_err(E::custom)?;
                Ok(Range(n..=n))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<Range, E> {
                let bad = || E::invalid_value(de::Unexpected::Str(text), &self);
                let (low, high) = text.split_once("..").unwrap_or((text, text));
                let low: usize = low.trim().parse().map_err(|_| bad())?;
                let high: usize = high.trim().parse().map_err(|_| bad())?;
                if low > high || high > 64 { Err(bad()) } else { Ok(Range(low..=high)) }
            }
        }
        deserializer.deserialize_any(Ends)
    }
}

pub(super) struct StepsFile(pub(super) Steps);

impl<'de> Deserialize<'de> for StepsFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = StepsFile;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("`all`, `segment` or a number of steps from 1")
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> std::result::Result<StepsFile, E> {
                match n {
                    1..=64 => Ok(StepsFile(Steps::Count(n as usize))),
                    _ => Err(E::invalid_value(de::Unexpected::Unsigned(n), &self)),
                }
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> std::result::Result<StepsFile, E> {
                u64::try_from(n).map_err(E::custom).and_then(|n| self.visit_u64(n))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<StepsFile, E> {
                match text {
                    "all" => Ok(StepsFile(Steps::All)),
                    "segment" => Ok(StepsFile(Steps::Segment)),
                    _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(Name)
    }
}
