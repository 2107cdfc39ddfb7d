//! Words that go back to something: more of a list, a question about a known result, a request that was put aside.

use super::answer;
use super::fact;
use super::line::plain;
use super::pen::{Pen, fill};
use super::refer;
use crate::graph::ToolIx;
use crate::script::{About, Fact, Slot};
use crate::value::{SemType, english};

/// "Are there any others?"
pub(super) fn more_options(pen: &mut Pen, tool: ToolIx) -> String {
    let many = pen.tool(tool).map(|known| plain(&known.phrase.object_plural)).unwrap_or_default();
    let many = english::without_determiner(&many).to_owned();
    let many = if many.is_empty() || !english::is_plural(&many) { "options".to_owned() } else { many };
    fill(pen.phrase("more_options"), &[("many", &many)])
}

/// "What's the price of Lotus?"
pub(super) fn ask_fact(pen: &mut Pen, asked: &Fact, about: Option<&About>) -> String {
    let leaf = pen.field(asked.tool, &asked.pointer);
    let noun = fact::noun(leaf, asked);
    let of = match about {
        Some(About::Named(name)) => format!(" {} {}", pen.one_of(&["of", "for"]), pen.hold_named(name, name.call)),
        _ => String::new(),
    };
    let counted = noun.strip_prefix("number of ").map(str::to_owned).filter(|_| asked.value.is_number());
    let (key, counted) = match (asked.sem, counted) {
        (_, Some(counted)) if english::is_plural(&counted) => ("ask_fact_count", counted),
        (SemType::Money, _) if !english::is_plural(&noun) => ("ask_fact_price", String::new()),
        _ if english::is_plural(&noun) => ("ask_fact_many", String::new()),
        _ => ("ask_fact", String::new()),
    };
    fill(pen.phrase(key), &[("noun", &noun), ("of", &of), ("counted", &counted)])
}

/// "Back to the hotel booking. For three nights, please."
pub(super) fn resume<'p>(pen: &mut Pen<'p>, tool: ToolIx, slots: &'p [Slot]) -> Vec<String> {
    let the = pen.tool(tool).map(|known| plain(&known.phrase.object)).unwrap_or_default();
    let the = refer::thing(english::without_determiner(&the));
    let back = if the.is_empty() { pen.phrase("resume_bare").to_owned() } else { fill(pen.phrase("resume"), &[("the", &the)]) };
    let mut out = vec![back];
    out.extend(answer::inform(pen, slots, None));
    out
}
