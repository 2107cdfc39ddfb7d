//! What the assistant asks for: one value or several, and the same again when an answer is not taken.

use super::line::plain;
use super::pen::{Pen, fill, verbatim};
use super::surface::{end, lower_first};
use super::{aggregate, answer, user};
use crate::catalog::Leaf;
use crate::graph::ToolIx;
use crate::script::{Limit, Slot};
use crate::value::{SemType, english};

/// A question for one parameter or several.
pub(super) fn ask(pen: &mut Pen, tool: ToolIx, parameters: &[String], first: bool) -> String {
    let leaves: Vec<&Leaf> =
        parameters.iter().filter_map(|pointer| pen.tool(tool)?.parameters.iter().find(|leaf| leaf.pointer == *pointer)).collect();
    let mut questions: Vec<String> = Vec::new();
    for leaf in &leaves {
        questions.push(question(pen, leaf));
    }
    let line = match questions.as_slice() {
        [] => pen.phrase("ask_help").to_owned(),
        [one] => one.clone(),
        [one, two] if pen.chance(0.5) => {
            let joint = pen.one_of(&[", and ", ", and ", " And "]);
            let head = if joint.starts_with(',') { one.trim_end_matches('?') } else { one };
            format!("{head}{joint}{}", lower_first(two))
        }
        all => all.join(" "),
    };
    if first && pen.chance(0.45) { user::lead(pen.phrase("ask_lead"), &line) } else { line }
}

/// The question with the thing that it is about, unless it names it already.
pub(super) fn for_thing(pen: &mut Pen, tool: ToolIx, line: String) -> String {
    let Some(object) =
        pen.tool(tool).map(|tool| english::without_determiner(&tool.phrase.object).to_owned()).filter(|object| !object.is_empty())
    else {
        return line;
    };
    let head = object.split(' ').next_back().unwrap_or_default().to_lowercase();
    if line.to_lowercase().contains(&head) {
        return line;
    }
    let thing = fill(pen.phrase("ask_thing"), &[("np", &object)]);
    user::lead(&thing, &line)
}

fn question(pen: &mut Pen, leaf: &Leaf) -> String {
    if !leaf.phrase.questions.is_empty()
        && !pen.chance(0.12)
        && let Some(question) = pen.any(&leaf.phrase.questions)
    {
        return end(&question, '?');
    }
    let noun = plain(&leaf.phrase.noun);
    let noun = english::without_determiner(&noun).to_owned();
    if leaf.sem == SemType::Enum || leaf.sem == SemType::Category {
        let options = options(leaf);
        if (2..=4).contains(&options.len()) && pen.chance(0.6) {
            return fill(pen.phrase("ask_options"), &[("noun", &noun), ("options", &aggregate::either(&options))]);
        }
    }
    let key = match leaf.sem {
        SemType::Bool => "ask_bool",
        SemType::Id if !english::is_plural(&noun) => "ask_id",
        // "Which day should I put as the day?"
        SemType::Date if matches!(noun.as_str(), "day" | "date") => "ask_day",
        SemType::Date | SemType::Datetime => "ask_date",
        SemType::Time => "ask_time",
        SemType::City | SemType::Country | SemType::Region | SemType::Place | SemType::Airport | SemType::Address => "ask_place",
        SemType::Count | SemType::CountPeople if leaf.phrase.counted.is_some() => "ask_count",
        SemType::Text | SemType::Title | SemType::Query => "ask_text",
        _ if english::is_plural(&noun) => "ask_many",
        _ => "ask_noun",
    };
    let counted = leaf.phrase.counted.as_deref().map(english::plural).unwrap_or_default();
    let thing = super::refer::thing(&noun);
    // "Could you give me the parcel?" asks for the parcel itself.
    let noun = if key == "ask_id" && thing == noun && !numbered(&noun) { format!("{noun} number") } else { noun };
    let line = fill(pen.phrase(key), &[("noun", &noun), ("counted", &counted), ("thing", &thing)]);
    end(&line, '?')
}

/// Nouns of identifiers that say so themselves.
fn numbered(noun: &str) -> bool {
    let last = noun.rsplit(' ').next().unwrap_or_default();
    ["number", "code", "reference", "username", "handle", "name", "address", "time", "slot", "seat", "key"].contains(&last)
}

/// Why an answer is not taken, and the question again.
pub(super) fn ask_again(pen: &mut Pen, tool: ToolIx, slot: &Slot, limit: &Limit) -> Vec<String> {
    let Some(leaf) = pen.parameter(tool, &slot.pointer) else { return vec![pen.phrase("ask_help").to_owned()] };
    let noun = plain(&leaf.phrase.noun);
    let noun = english::without_determiner(&noun).to_owned();
    // "The length has to be at least 15 minutes."
    let measured = noun.split_once(" in ").filter(|_| *limit != Limit::Choices);
    let noun = measured.map_or(noun.clone(), |(what, _)| what.to_owned());
    let (key, bound, options) = match limit {
        Limit::Most(bound) => ("limit_most", Some(bound), String::new()),
        Limit::Least(bound) => ("limit_least", Some(bound), String::new()),
        Limit::Past => ("limit_past", None, String::new()),
        Limit::Choices => ("limit_choices", None, aggregate::either(&options(leaf))),
        // There is no value to speak of.
        Limit::Vague => {
            let why = fill(pen.phrase("unclear"), &[("what", answer::vague(leaf.sem).1)]);
            return vec![end(&why, '.'), question(pen, leaf)];
        }
    };
    let said = pen.hold_value(&slot.value, slot.sem, Some(leaf));
    let (full, number) = match bound {
        Some(bound) if measured.is_some() => {
            let full = pen.hold_value(bound, slot.sem, Some(leaf));
            (full.clone(), full)
        }
        Some(bound) => (pen.hold_value(bound, slot.sem, Some(leaf)), pen.hold_bare(bound, slot.sem, Some(leaf))),
        None => (String::new(), String::new()),
    };
    let are = if english::is_plural(&noun) { "have" } else { "has" };
    let parts = [("noun", &noun), ("said", &said), ("full", &full), ("number", &number), ("options", &options)];
    let why = fill(pen.phrase(key), &parts.map(|(name, text)| (name, text.as_str()))).replace("{has}", are);
    // The choices need not be read out twice.
    let again = match limit {
        Limit::Choices => pen.phrase("ask_choice").to_owned(),
        _ if pen.chance(0.6) => question(pen, leaf),
        _ => pen.phrase("ask_other").to_owned(),
    };
    vec![end(&why, '.'), again]
}

/// The values of a closed set as people say them.
fn options(leaf: &Leaf) -> Vec<String> {
    let Some(values) = leaf.schema.get("enum").and_then(|values| values.as_array()) else { return Vec::new() };
    values
        .iter()
        .filter(|value| !value.is_null())
        .map(|value| {
            let raw = verbatim(value);
            leaf.phrase.enum_say.get(&raw).map_or_else(|| english::phrase_of_identifier(&raw), |said| plain(said))
        })
        .collect()
}
