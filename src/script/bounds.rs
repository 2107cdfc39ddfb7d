//! What a parameter does not take: a number beyond its bounds, a choice that it lacks.

use super::answerable::lexicon;
use crate::catalog::{Leaf, Tool};
use crate::seed::Rng;
use crate::value::SemType;
use crate::value::english::words_of_identifier;
use rand::RngExt;
use serde_json::Value;

/// Why a value is not taken.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// It is above this bound.
    Most(Value),
    /// It is below this bound.
    Least(Value),
    /// It is none of the schema's choices.
    Choices,
    /// It is a day that has gone by.
    Past,
    /// It tells nothing that could be passed on: "the usual amount", "when I get off work".
    Vague,
}

/// More choices than this nobody reads out.
const MAX_CHOICES: usize = 9;
/// Bounds further out than this are never met by chance.
const FAR: f64 = 10_000.0;

/// The limits of a tool's parameter that an answer could miss.
pub(super) fn limits_of(tool: &Tool, leaf: &Leaf) -> Vec<Limit> {
    if limits_past(tool, leaf) { vec![Limit::Past] } else { limits(leaf) }
}

fn limits_past(tool: &Tool, leaf: &Leaf) -> bool {
    tool.arranges_for(leaf) && !leaf.pointer.contains('*') && !leaf.phrase.silent
}

fn limits(leaf: &Leaf) -> Vec<Limit> {
    if leaf.pointer.contains('*') || leaf.phrase.silent || matches!(leaf.sem, SemType::Latitude | SemType::Longitude | SemType::Id) {
        return Vec::new();
    }
    let bound = |key: &str| leaf.schema.get(key).filter(|bound| bound.as_f64().is_some_and(|at| at.abs() <= FAR && at.fract() == 0.0));
    let number = |kind: &Value| kind == "integer" || kind == "number";
    if leaf.schema.get("type").is_some_and(number) && leaf.schema.get("enum").is_none() {
        let most = bound("maximum").map(|at| Limit::Most(at.clone()));
        // Nobody asks for no nights at all.
        let least = bound("minimum").filter(|at| at.as_f64() > Some(1.0)).map(|at| Limit::Least(at.clone()));
        return most.into_iter().chain(least).collect();
    }
    let choices = leaf.schema.get("enum").and_then(Value::as_array).map_or(0, |all| all.iter().filter(|one| one.is_string()).count());
    let kind = matches!(leaf.sem, SemType::Enum | SemType::Category);
    if kind && (2..=MAX_CHOICES).contains(&choices) && elsewhere(leaf).is_some() { vec![Limit::Choices] } else { Vec::new() }
}

/// Whether a question for the parameter can be answered in words that only the speaker understands.
pub(super) fn vaguely_answered(leaf: &Leaf) -> bool {
    use SemType::*;
    let kind =
        matches!(leaf.sem, Date | Time | City | Place | Address | Person | Email | Phone | Money | Count | CountPeople | Id | Title | Org);
    kind && !leaf.pointer.contains('*') && !leaf.phrase.silent && leaf.schema.get("enum").is_none()
}

fn elsewhere(leaf: &Leaf) -> Option<&'static [String]> {
    let words = words_of_identifier(&leaf.name);
    words.iter().find_map(|word| lexicon().elsewhere.get(word)).map(Vec::as_slice)
}

/// People say large numbers in steps: 105 minutes, 1,500 words.
fn step(at: f64) -> f64 {
    match at {
        1000.0.. => 500.0,
        100.0.. => 10.0,
        10.0.. if at % 5.0 == 0.0 && at != 10.0 && at != 20.0 => 5.0,
        _ => 1.0,
    }
}

/// A value that the tool's parameter does not take, and why.
pub(super) fn beyond_of(tool: &Tool, leaf: &Leaf, today: &str, rng: &mut Rng) -> Option<(Value, Limit)> {
    if !limits_past(tool, leaf) {
        return beyond(leaf, rng);
    }
    let days = [1, 1, 2, 3, 3, 5, 7, 10, 14][rng.random_range(0..9)];
    let day = today.parse::<jiff::civil::Date>().ok()?.checked_sub(jiff::Span::new().days(days)).ok()?;
    Some((Value::from(day.to_string()), Limit::Past))
}

fn beyond(leaf: &Leaf, rng: &mut Rng) -> Option<(Value, Limit)> {
    let all = limits(leaf);
    let limit = all.get(rng.random_range(0..all.len().max(1)))?.clone();
    let value = match &limit {
        Limit::Most(at) => {
            let at = at.as_f64()?;
            // Not far over it: 16 nights where 14 are allowed.
            let step = step(at);
            (at / step).floor() * step + step * f64::from(rng.random_range(1..=((at / step / 2.0) as u32).clamp(1, 6)))
        }
        Limit::Least(at) => {
            let at = at.as_f64()?;
            let step = step(at);
            let under = ((at / step).ceil() as u32).saturating_sub(1).max(1);
            (step * f64::from(rng.random_range(1..=under))).min(at - 1.0)
        }
        Limit::Past | Limit::Vague => return None,
        Limit::Choices => {
            let choices = leaf.schema.get("enum")?.as_array()?;
            let said = |word: &str| {
                let plain = |text: &str| text.to_lowercase().replace(['_', '-'], " ");
                let spoken = leaf.phrase.enum_say.values().any(|one| plain(one).contains(&plain(word)));
                spoken || choices.iter().filter_map(Value::as_str).any(|one| plain(one).contains(&plain(word)))
            };
            let free: Vec<&String> = elsewhere(leaf)?.iter().filter(|word| !said(word)).collect();
            let word = free.get(rng.random_range(0..free.len().max(1)))?;
            return Some((Value::from(word.as_str()), limit));
        }
    };
    Some((Value::from(value as i64), limit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use serde_json::json;

    fn leaf(name: &str, sem: SemType, schema: Value) -> Leaf {
        let phrase = crate::catalog::LeafPhrase::default();
        let pointer = format!("/{name}");
        Leaf { pointer, name: name.into(), schema, description: String::new(), required: true, sem, entity: None, phrase }
    }

    #[test]
    fn a_value_beyond_the_limit_is_one_that_the_schema_does_not_allow() {
        let mut rng = Rng::seed_from_u64(1);
        for (leaf, valid) in [
            (leaf("nights", SemType::Count, json!({"type": "integer", "minimum": 1, "maximum": 14})), 1..=14),
            (leaf("minutes", SemType::Count, json!({"type": "integer", "minimum": 15, "maximum": 90})), 15..=90),
        ] {
            for _ in 0..200 {
                let (value, limit) = beyond(&leaf, &mut rng).expect("a value");
                let value = value.as_i64().expect("a whole number");
                assert!(!valid.contains(&value) && value > 0, "{value}");
                assert_eq!(matches!(limit, Limit::Most(_)), value > *valid.end());
            }
        }
    }

    #[test]
    fn a_choice_that_the_tool_lacks_is_none_of_its_own() {
        let mut rng = Rng::seed_from_u64(1);
        let genres = leaf("genre", SemType::Enum, json!({"type": "string", "enum": ["rock", "metal", "reggae"]}));
        for _ in 0..50 {
            let (value, limit) = beyond(&genres, &mut rng).expect("a value");
            assert!(!["rock", "metal", "reggae"].contains(&value.as_str().unwrap_or_default()));
            assert_eq!(limit, Limit::Choices);
        }
    }

    #[test]
    fn what_has_no_limit_cannot_be_missed() {
        let mut rng = Rng::seed_from_u64(1);
        assert!(beyond(&leaf("city", SemType::City, json!({"type": "string"})), &mut rng).is_none());
        assert!(beyond(&leaf("nights", SemType::Count, json!({"type": "integer", "minimum": 1})), &mut rng).is_none());
        assert!(limits(&leaf("power", SemType::Enum, json!({"enum": ["on", "off"]}))).is_empty());
    }
}
