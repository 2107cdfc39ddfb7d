//! One field of a result in words: as a phrase beside a name, or as a clause.

use super::aggregate::list;
use super::line::{ARTICLE, plain};
use super::pen::{Pen, fill};
use crate::catalog::{Leaf, Origin};
use crate::script::Fact;
use crate::value::{self, SemType, english};

/// A field beside the name of its thing.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// "a rating of 4.5", or, when `plain`, "on June 3".
    pub words: String,
    /// Stands after a comma rather than after "with".
    pub plain: bool,
    /// The same in brackets: "rating 4.5".
    pub paren: String,
}

/// Whether a noun phrase is plural, by the noun that its relative clause or phrase hangs on ("minutes until it arrives").
fn many(noun: &str) -> bool {
    let cut = [" who ", " that ", " until ", " of ", " for ", " in ", " on ", " to ", " it ", " by ", " with ", " at ", " from "];
    let head = cut.iter().filter_map(|word| noun.find(word)).min().map_or(noun, |at| &noun[..at]);
    english::is_plural(head)
}

/// The noun of a field.
pub(super) fn noun(leaf: Option<&Leaf>, fact: &Fact) -> String {
    let noun = leaf.map(|leaf| plain(&leaf.phrase.noun)).filter(|noun| !noun.is_empty());
    let noun = noun.unwrap_or_else(|| {
        let last = fact.pointer.rsplit('/').find(|part| !part.is_empty() && !part.bytes().all(|b| b.is_ascii_digit())).unwrap_or("result");
        english::phrase_of_identifier(last)
    });
    let noun = english::without_determiner(&noun).to_owned();
    // A count of days is said with them.
    if fact.sem == SemType::Count { noun } else { value::without_unit(&noun).to_owned() }
}

/// The values of one field, as a list when there are several.
pub(super) fn values(pen: &mut Pen, field: &[&Fact]) -> String {
    let said: Vec<String> = field
        .iter()
        .map(|fact| {
            let leaf = pen.field(fact.tool, &fact.pointer);
            pen.hold_value(&fact.value, fact.sem, leaf)
        })
        .collect();
    list(&said)
}

/// Whether the words of a value name what is counted, so that the field's noun would say it twice ("16 visits").
fn labelled(pen: &Pen, value: &str, noun: &str) -> bool {
    let said = pen.words(value).to_lowercase();
    let counted = noun.strip_prefix("number of ").unwrap_or(noun).to_lowercase();
    said.contains(' ') && said.split(' ').any(|word| english::plural(word) == english::plural(counted.split(' ').next().unwrap_or("")))
}

/// The number alone, with the noun of the field as what it counts: "46 tickets left".
fn counts(pen: &mut Pen, field: &[&Fact], noun: &str) -> Option<String> {
    let fact = field[0];
    if field.len() > 1
        || !matches!(fact.sem, SemType::Count | SemType::CountPeople | SemType::Number | SemType::Rating)
        || !fact.value.is_number()
    {
        return None;
    }
    let counted = noun.strip_prefix("number of ").unwrap_or(noun);
    let first = counted.split(' ').next().unwrap_or("");
    if !english::is_plural(first) && !english::is_plural(counted) {
        return None;
    }
    let leaf = pen.field(fact.tool, &fact.pointer);
    let value = pen.hold_bare(&fact.value, fact.sem, leaf);
    if labelled(pen, &value, noun) {
        return Some(value);
    }
    let counted = if fact.value.as_f64() == Some(1.0) {
        match counted.split_once(' ') {
            Some((head, rest)) if english::is_plural(head) => format!("{} {rest}", english::singular(head)),
            _ => english::singular(counted),
        }
    } else {
        counted.to_owned()
    };
    Some(format!("{value} {counted}"))
}

/// Whether "there are" can stand before the noun: before "songs on the playlist", not before "guests told", "times moved".
fn countable_here(noun: &str, several: bool) -> bool {
    let counted = noun.strip_prefix("number of ").unwrap_or(noun);
    let last = counted.rsplit(' ').next().unwrap_or("");
    let placed =
        !several && counted.split(' ').nth(1).is_some_and(|second| ["on", "in", "with", "at", "of"].contains(&second)) && many(counted);
    !counted.starts_with("times") && (placed || ((last == "left" || english::is_plural(last)) && counted.split(' ').count() <= 2))
}

/// "3 guests have been told": a noun with what was done to it.
fn done_to(pen: &mut Pen, fact: &Fact, noun: &str) -> Option<String> {
    const DONE: [&str; 9] = ["told", "switched", "moved", "deleted", "removed", "replaced", "sent", "added", "updated"];
    let (things, done) = noun.strip_prefix("number of ").unwrap_or(noun).rsplit_once(' ')?;
    if !DONE.contains(&done) || !english::is_plural(things) || things == "times" || !fact.value.is_number() {
        return None;
    }
    let leaf = pen.field(fact.tool, &fact.pointer);
    let value = pen.hold_bare(&fact.value, fact.sem, leaf);
    Some(match fact.value.as_f64() == Some(1.0) {
        true => format!("{value} {} has been {done}", english::singular(things)),
        false => format!("{value} {things} have been {done}"),
    })
}

/// A field in the words that the table has for its noun; `beside` the name of the thing or as a clause.
fn stated(pen: &mut Pen, fact: &Fact, leaf: Option<&Leaf>, noun: &str, beside: bool) -> Option<String> {
    let (state, star) = super::state::of(noun)?;
    let table = if beside { &state.beside } else { &state.say };
    if table.is_empty() || fact.sem == SemType::Text {
        return None;
    }
    // A number without its unit says nothing where the noun does not stand.
    let value = one_value(pen, fact, leaf);
    let template = pen.entry(table);
    if pen.several_results() && !template.contains("{noun}") {
        return None;
    }
    if !template.contains("{noun}")
        && !value_speaks(pen, &value, fact)
        && ["is {v} long", "takes {v}", "{v} long", "{v} away", "{v} of work"].iter().any(|part| template.contains(part))
    {
        return None;
    }
    let said = pen.words(&value).to_owned();
    // "2 stars" in "it has {v} stars".
    let last = said.rsplit(' ').next().filter(|last| last.len() < said.len()).unwrap_or_default();
    let template = if last.is_empty() { template.to_owned() } else { template.replace(&format!("{{v}} {last}"), "{v}") };
    let line =
        fill(&template, &[("v", &value), ("noun", noun), ("x", star), ("on", super::state::on(&said)), ("at", super::state::at(&said))]);
    Some(line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Whether the words of a number have its unit.
fn value_speaks(pen: &Pen, value: &str, fact: &Fact) -> bool {
    !fact.value.is_number() || pen.words(value).chars().any(|c| c.is_alphabetic() || "$€£¥%".contains(c))
}

/// Grades say nothing without what they grade: "high priority".
fn grade(value: &str) -> bool {
    ["low", "medium", "high", "normal", "regular", "standard", "any", "none", "other", "yes", "no", "all", "full", "default"]
        .contains(&value)
}

/// Words that say a state, so that "it's" can stand before them.
fn adjective(noun: &str) -> bool {
    const STATES: &[&str] = &[
        "spicy",
        "vegetarian",
        "vegan",
        "open",
        "closed",
        "new",
        "full",
        "empty",
        "active",
        "paid",
        "free",
        "public",
        "private",
        "urgent",
        "direct",
        "nonstop",
        "frozen",
        "hidden",
        "booked",
        "taken",
        "broken",
        "sold",
        "outdoor",
        "indoor",
        "online",
        "ready",
        "valid",
        "read",
        "unread",
        "sold out",
        "in stock",
        "on time",
        "late",
        "complete",
        "unlocked",
        "muted",
        "pinned",
        "optional",
        "required",
        "recurring",
        "possible",
        "successful",
        "safe",
        "healthy",
        "true",
        "correct",
    ];
    let last = noun.rsplit(' ').next().unwrap_or("");
    let first = noun.split(' ').next().unwrap_or("");
    let done = (first.ends_with("ed") && first.len() > 4)
        || ["seen", "sent", "paid", "taken", "known", "sold", "held", "kept", "left"].contains(&first);
    if done && noun.contains(" by ") {
        return true;
    }
    STATES.contains(&noun) || (!noun.contains(' ') && ["ed", "able", "ible"].iter().any(|tail| last.ends_with(tail)) && noun.len() > 4)
}

/// A yes or no, also where a catalog has it as a word.
fn truth_of(value: &serde_json::Value) -> Option<bool> {
    match value.as_str().map(str::to_lowercase).as_deref() {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => value.as_bool(),
    }
}

/// A field as a phrase beside a name.
pub(super) fn piece(pen: &mut Pen, field: &[&Fact]) -> Piece {
    let fact = field[0];
    let leaf = pen.field(fact.tool, &fact.pointer);
    let noun = noun(leaf, fact);
    let same = |words: String, plain: bool| Piece { paren: words.clone(), words, plain };
    if let Some(truth) = truth_of(&fact.value) {
        return match (adjective(&noun), truth) {
            (true, true) => same(noun, true),
            (true, false) => same(format!("not {noun}"), true),
            (false, true) => same(leaf.map_or(noun, |leaf| plain(&leaf.phrase.noun)), false),
            (false, false) => same(format!("no {noun}"), false),
        };
    }
    if let Some(counted) = counts(pen, field, &noun) {
        return same(counted, false);
    }
    if field.len() == 1 && !pen.plain {
        if let Some(words) = stated(pen, fact, leaf, &noun, true) {
            return same(words, true);
        }
    }
    let value = values(pen, field);
    if field.len() > 1 {
        return same(format!("{} {value}", english::plural(&noun)), false);
    }
    if fact.value.is_number() && labelled(pen, &value, &noun) {
        return same(value, false);
    }
    if let Some(prep) = place(fact.sem, &noun) {
        let said = pen.words(&value).to_lowercase();
        if matches!(noun.as_str(), "neighborhood" | "area") {
            return same(format!("in the {noun} of {value}"), true);
        }
        let own = ["today", "tomorrow", "this ", "next "].iter().any(|start| said.starts_with(start));
        return same(if own { value } else { format!("{prep} {value}") }, true);
    }
    if matches!(fact.sem, SemType::Enum | SemType::Category) {
        let said = pen.words(&value).to_lowercase();
        let alone = leaf.is_none_or(|leaf| leaf.phrase.origin == Origin::Declared) || speaks_alone(&noun);
        if sorts(&noun) || (alone && fact.value.is_string() && !grade(&said) && !said.starts_with(|c: char| c.is_ascii_digit())) {
            return same(value, true);
        }
        if grade(&said) && !many(&noun) {
            return same(format!("{value} {noun}"), true);
        }
    }
    let paren = format!("{noun} {value}");
    let words = if many(&noun) || english::is_mass(&noun) {
        paren.clone()
    } else {
        match fact.sem {
            SemType::Money
            | SemType::Rating
            | SemType::Percent
            | SemType::Quantity
            | SemType::Number
            | SemType::Count
            | SemType::Duration
            | SemType::Date
            | SemType::Time
            | SemType::Datetime
                if !noun.contains(" of ") =>
            {
                format!("{ARTICLE} {noun} of {value}")
            }
            SemType::Id | SemType::Code | SemType::Phone | SemType::Email | SemType::Url => paren.clone(),
            SemType::Date | SemType::Time | SemType::Datetime | SemType::Text => format!("the {noun} {value}"),
            _ => format!("the {noun} {value}"),
        }
    };
    Piece { words, plain: false, paren }
}

/// The preposition of a value that says by itself what it is.
fn place(sem: SemType, noun: &str) -> Option<&'static str> {
    match (sem, noun) {
        (SemType::Date | SemType::Datetime, "date" | "day") => Some("on"),
        (SemType::Time, "time" | "start time" | "start") => Some("at"),
        (SemType::City | SemType::Country | SemType::Region | SemType::Place, "city" | "country" | "region" | "neighborhood" | "area") => {
            Some("in")
        }
        (SemType::Address | SemType::Place, "address" | "street" | "venue" | "place" | "location") => Some("at"),
        _ => None,
    }
}

/// Nouns of words that say by themselves what they are: "Italian", "sold out", "green".
fn speaks_alone(noun: &str) -> bool {
    const NOUNS: &[&str] = &[
        "genre",
        "color",
        "colour",
        "cuisine",
        "status",
        "condition",
        "availability",
        "brand",
        "flavor",
        "breed",
        "language",
        "nationality",
        "weather",
        "role",
        "priority",
        "material",
        "species",
    ];
    noun.rsplit(' ').next().is_some_and(|last| NOUNS.contains(&last))
}

/// Nouns that add nothing to the kind that they introduce.
fn sorts(noun: &str) -> bool {
    ["kind of", "type of", "what ", "how", "way "].iter().any(|start| noun.starts_with(start))
        || noun.ends_with("type")
        || ["status", "state", "category", "genre", "kind"].contains(&noun)
}

/// "the nightly price is $120": a field as a clause that names it, in one of many ways.
pub(super) fn clause(pen: &mut Pen, field: &[&Fact]) -> String {
    let fact = field[0];
    let leaf = pen.field(fact.tool, &fact.pointer);
    let noun = noun(leaf, fact);
    if let Some(truth) = truth_of(&fact.value) {
        return truth_clause(&noun, truth);
    }
    if field.len() > 1 || pen.plain {
        return plain_clause(pen, field);
    }
    if let Some(line) = stated(pen, fact, leaf, &noun, false) {
        return line;
    }
    if let Some(line) = done_to(pen, fact, &noun) {
        return line;
    }
    if countable_here(&noun, pen.several_results()) {
        if fact.value.as_f64() == Some(0.0) {
            return format!("there are no {}", noun.strip_prefix("number of ").unwrap_or(&noun));
        }
        if let Some(counted) = counts(pen, field, &noun) {
            let one = fact.value.as_f64() == Some(1.0);
            // Who only looks something up changes no number.
            let changes = pen.tool(fact.tool).is_some_and(crate::script::changes);
            // "No dishes are left" would hide the number from a reader who looks for it.
            return match (one, if changes { pen.one_of(&[&0, &0, &1, &2]) } else { &0 }) {
                (true, _) => format!("there's {counted}"),
                (false, 1) => format!("that makes {counted}"),
                (false, 2) => format!("there are now {counted}"),
                (false, _) => format!("there are {counted}"),
            };
        }
    }
    let many = many(&noun);
    let key = match fact.sem {
        _ if many => "state_many",
        SemType::Money => "state_money",
        SemType::Date | SemType::Time | SemType::Datetime => "state_when",
        SemType::Id | SemType::Code | SemType::Phone | SemType::Email | SemType::Url => "state_id",
        SemType::Text => "state_text",
        _ if is_sentence(&fact.value) => "state_text",
        SemType::Enum | SemType::Category if sorts(&noun) => "state_sort",
        SemType::Count
        | SemType::CountPeople
        | SemType::Quantity
        | SemType::Number
        | SemType::Percent
        | SemType::Rating
        | SemType::Duration => "state_number",
        _ => "state",
    };
    let value = one_value(pen, fact, leaf);
    fill(pen.phrase(key), &[("noun", &noun), ("v", &value)])
}

/// "the nightly price is $120", plainly.
pub(super) fn plain_clause(pen: &mut Pen, field: &[&Fact]) -> String {
    let fact = field[0];
    let leaf = pen.field(fact.tool, &fact.pointer);
    let noun = noun(leaf, fact);
    if let Some(truth) = truth_of(&fact.value) {
        return truth_clause(&noun, truth);
    }
    if field.len() > 1 {
        let value = values(pen, field);
        return format!("the {} are {value}", english::plural(&noun));
    }
    let value = one_value(pen, fact, leaf);
    let is = if many(&noun) { "are" } else { "is" };
    format!("the {noun} {is} {value}")
}

/// A value that is a whole sentence, and so is quoted.
fn is_sentence(value: &serde_json::Value) -> bool {
    value.as_str().is_some_and(|text| text.ends_with(['.', '!', '?']) && text.split(' ').count() > 2)
}

/// A number without what it counts where the noun says that ("the number of visits is 16").
fn one_value(pen: &mut Pen, fact: &Fact, leaf: Option<&Leaf>) -> String {
    let noun = noun(leaf, fact);
    if matches!(fact.sem, SemType::Count | SemType::CountPeople) && (noun.starts_with("number of") || many(&noun)) {
        return pen.hold_bare(&fact.value, fact.sem, leaf);
    }
    let sem = if is_sentence(&fact.value) { SemType::Text } else { fact.sem };
    pen.hold_value(&fact.value, sem, leaf)
}

fn truth_clause(noun: &str, truth: bool) -> String {
    if adjective(noun) {
        return if truth { format!("it's {noun}") } else { format!("it's not {noun}") };
    }
    // "The earlier reminder replaced": a sentence without its verb.
    if let Some((thing, done)) = noun.rsplit_once(' ').filter(|(_, done)| done.ends_with("ed") && done.len() > 4) {
        let is = match (english::is_plural(thing), truth) {
            (true, true) => "are",
            (true, false) => "aren't",
            (false, true) => "is",
            (false, false) => "isn't",
        };
        return format!("the {} {is} {done}", english::without_determiner(thing));
    }
    let there = if many(noun) { "there are" } else { "there's" };
    let mass = many(noun) || english::is_mass(noun) || noun.ends_with("tion") || noun.starts_with(char::is_uppercase);
    match truth {
        true if mass => format!("{there} {noun}"),
        true => format!("there's {ARTICLE} {noun}"),
        false => format!("{there} no {noun}"),
    }
}
