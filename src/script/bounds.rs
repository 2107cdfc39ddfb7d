//! What a parameter does not take, and which parameters people leave to others.

use super::needs::{fixed, is_about_user, units};
use crate::catalog::{Leaf, Tool};
use crate::plan::{Answer, Beat, Plan, UserBeat};
use crate::seed::Rng;
use crate::value::SemType;
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
}

/// More choices than this nobody reads out.
const MAX_CHOICES: usize = 9;
/// Bounds further out than this are never met by chance.
const FAR: f64 = 10_000.0;

/// Choices that people think of and that a tool may lack, by a word of the parameter's name.
const ELSEWHERE: [(&str, &[&str]); 33] = [
    ("genre", &["reggae", "gospel", "metal", "western", "ballet", "film noir"]),
    ("specialty", &["neurology", "oncology", "urology", "sports medicine", "allergy care"]),
    ("visit", &["a second opinion", "an insurance form", "a travel certificate"]),
    ("event", &["circus", "magic show", "poetry slam", "boxing match", "wine tasting"]),
    ("watch", &["fog", "hail", "sandstorms", "black ice"]),
    ("leave", &["study leave", "bereavement leave", "a sabbatical", "jury duty"]),
    ("expense", &["parking", "a phone bill", "bike rental", "a ferry ticket"]),
    ("department", &["legal", "human resources", "procurement", "logistics"]),
    ("reaction", &["fire", "rocket", "rainbow", "confetti"]),
    ("drop", &["the garage", "the bike shed", "the mailbox", "the back yard"]),
    ("reason", &["a better offer elsewhere", "a family matter", "moving abroad"]),
    ("category", &["antiques", "gardening", "a bowling alley", "an aquarium"]),
    ("color", &["turquoise", "magenta", "lavender", "olive", "salmon"]),
    ("colour", &["turquoise", "magenta", "lavender", "olive", "salmon"]),
    ("size", &["oversized", "extra tall", "travel size", "petite"]),
    ("class", &["a sleeper", "standing room", "a private cabin"]),
    ("room", &["a bunk bed", "a penthouse", "a houseboat", "a tree house"]),
    ("cuisine", &["Ethiopian", "Peruvian", "Georgian", "Nepalese"]),
    ("payment", &["a cheque", "a gift voucher", "store credit"]),
    ("currency", &["Norwegian kroner", "Polish zloty", "Thai baht"]),
    ("language", &["Welsh", "Latvian", "Swahili", "Basque"]),
    ("format", &["a slide show", "a poster", "an audio file"]),
    ("unit", &["yards", "ounces", "nautical miles"]),
    ("units", &["yards", "ounces", "nautical miles"]),
    ("frequency", &["every other month", "twice a year", "every ten minutes"]),
    ("period", &["ten years", "a fortnight", "half a day"]),
    ("interval", &["ten years", "a fortnight", "half a day"]),
    ("mode", &["a hybrid one", "a mixed one"]),
    ("transport", &["horseback", "kayak", "a cable car"]),
    ("vehicle", &["a pickup truck", "a camper", "a minibus"]),
    ("meal", &["brunch", "a midnight snack", "afternoon tea"]),
    ("shape", &["a hexagon", "a spiral", "a trapezoid"]),
    ("season", &["the rainy season", "carnival"]),
];

/// The limits of a parameter that an answer could miss.
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

fn elsewhere(leaf: &Leaf) -> Option<&'static [&'static str]> {
    let words = crate::value::english::words_of_identifier(&leaf.name);
    ELSEWHERE.iter().find(|(word, _)| words.iter().any(|one| one == word)).map(|(_, values)| *values)
}

/// A value that the parameter does not take, and why.
pub(super) fn beyond(leaf: &Leaf, rng: &mut Rng) -> Option<(Value, Limit)> {
    let all = limits(leaf);
    let limit = all.get(rng.random_range(0..all.len().max(1)))?.clone();
    let value = match &limit {
        Limit::Most(at) => {
            let at = at.as_f64()?;
            // Not far over it: 16 nights where 14 are allowed.
            let step = if at >= 1000.0 {
                500.0
            } else if at >= 100.0 {
                10.0
            } else {
                1.0
            };
            at + step * f64::from(rng.random_range(1..=((at / step / 2.0) as u32).clamp(1, 6)))
        }
        Limit::Least(at) => {
            let at = at.as_f64()?;
            f64::from(rng.random_range(1..(at as u32).max(2)))
        }
        Limit::Choices => {
            let choices = leaf.schema.get("enum")?.as_array()?;
            let said = |word: &str| {
                let plain = |text: &str| text.to_lowercase().replace(['_', '-'], " ");
                let spoken = leaf.phrase.enum_say.values().any(|one| plain(one).contains(&plain(word)));
                spoken || choices.iter().filter_map(Value::as_str).any(|one| plain(one).contains(&plain(word)))
            };
            let free: Vec<&str> = elsewhere(leaf)?.iter().copied().filter(|word| !said(word)).collect();
            let word = free.get(rng.random_range(0..free.len().max(1)))?;
            return Some((Value::from(*word), limit));
        }
    };
    Some((Value::from(value as i64), limit))
}

/// People leave it to others when something is, or which of a few kinds it is.
pub(super) fn left_open(leaf: &Leaf) -> bool {
    let kind = matches!(
        leaf.sem,
        SemType::Enum | SemType::Category | SemType::Date | SemType::Time | SemType::Datetime | SemType::Duration | SemType::Count
    );
    let closed = !matches!(leaf.sem, SemType::Enum | SemType::Category) || leaf.schema.get("enum").is_some();
    kind && closed && !leaf.pointer.contains('*') && !leaf.phrase.silent && !leaf.phrase.noun.is_empty()
}

/// Optional parameters of one value that people may bring up by themselves.
pub(super) fn extras(tool: &Tool) -> Vec<usize> {
    let all = units(tool).into_iter().filter(|unit| !unit.required && unit.sayable(tool));
    let single = all.filter_map(|unit| match unit.needed(tool)[..] {
        [leaf] if !tool.parameters[leaf].pointer.contains('*') && fixed(tool, &tool.parameters[leaf]).is_none() => Some(leaf),
        _ => None,
    });
    single.collect()
}

/// Whether a tool has what the answers of a plan are about.
pub(super) fn suits(plan: &Plan, tool: &Tool) -> bool {
    let asked: Vec<&Leaf> = units(tool)
        .into_iter()
        .filter(|unit| unit.required)
        .flat_map(|unit| unit.needed(tool))
        .map(|leaf| &tool.parameters[leaf])
        .filter(|leaf| fixed(tool, leaf).is_none() && !leaf.pointer.contains('*') && !is_about_user(leaf))
        .collect();
    let lacks = |answer: Answer| !plan.always(&Beat::User(UserBeat::Inform { answer }));
    asked.len() >= plan.fewest_omitted()
        && (lacks(Answer::Part) || asked.len() > 1)
        && (lacks(Answer::Wrong) || asked.iter().any(|leaf| !limits(leaf).is_empty()))
        && (lacks(Answer::Open) || asked.iter().any(|leaf| left_open(leaf)))
        && (lacks(Answer::More) || (!asked.is_empty() && !extras(tool).is_empty()))
}

/// Whether an answer to a question for this parameter can be of that kind.
pub(super) fn answerable(answer: Answer, leaf: &Leaf) -> bool {
    match answer {
        Answer::Whole | Answer::Part | Answer::More => true,
        Answer::Wrong => !limits(leaf).is_empty(),
        Answer::Open => left_open(leaf),
    }
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
        assert!(!answerable(Answer::Wrong, &leaf("power", SemType::Enum, json!({"enum": ["on", "off"]}))));
    }
}
