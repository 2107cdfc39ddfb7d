//! Typed phrases: how the value of one parameter can stand in a sentence.

use super::line::ARTICLE;
use super::pen::Pen;
use super::refer::{is_object, thing};
use crate::catalog::{Leaf, Origin, Tool};
use crate::script::{Slot, Way};
use crate::value::{SemType, english};

/// One value, ready to be put into a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrase {
    /// Before the object's noun: "budget".
    pub before: Option<String>,
    /// Behind it: "in Lisbon", "with a check-in date of March 1".
    pub after: String,
    /// The value alone, with the noun that it counts.
    pub bare: String,
    /// In place of the object: "order ORD-123456".
    pub object: Option<String>,
    /// A sentence of its own: "The check-in date is March 1".
    pub clause: String,
    /// Where it likes to stand among others; small is near the object.
    pub rank: u8,
    /// The noun of an identifier.
    pub thing: Option<String>,
    /// A quoted text, which stands last.
    pub long: bool,
}

/// Types that a reader cannot tell apart by the look of the value.
pub(super) fn look(sem: SemType) -> u8 {
    use SemType::*;
    match sem {
        Date => 1,
        Time => 2,
        Datetime => 3,
        Count | CountPeople | Number | Quantity | Rating | Percent | Latitude | Longitude | Duration | Money => 4,
        Email => 6,
        Phone => 7,
        Url | Path => 8,
        Bool => 9,
        Enum | Category | Unit | Currency | Language => 10,
        Id | Code => 12,
        _ => 11,
    }
}

/// Phrases for the values of one turn. Two that look alike and would have the same cue keep their nouns.
pub(super) fn phrases<'p>(pen: &mut Pen<'p>, slots: &'p [Slot]) -> Vec<Phrase> {
    let mut used: Vec<(u8, String)> = Vec::new();
    let mut out = Vec::new();
    let mut rest = slots;
    while let Some(slot) = rest.first() {
        // The items of one list are one phrase.
        let run = rest.iter().take_while(|other| same_list(slot, other)).count().max(1);
        let (group, tail) = rest.split_at(run);
        let phrase = if run > 1 { listed(pen, group, &mut used) } else { phrase(pen, slot, &mut used) };
        out.push(if slots.len() > 4 { Phrase { before: None, ..phrase } } else { phrase });
        rest = tail;
    }
    out
}

/// Whether two slots are items of one list of plain values: `/tags/0` and `/tags/1`.
pub(super) fn same_list(one: &Slot, other: &Slot) -> bool {
    let item = |slot: &Slot| {
        slot.pointer.rsplit_once('/').filter(|(_, last)| last.bytes().all(|b| b.is_ascii_digit())).map(|(list, _)| list.to_owned())
    };
    one.call == other.call && one.tool == other.tool && item(one).is_some() && item(one) == item(other)
}

/// "with alt and shift as the modifiers".
fn listed<'p>(pen: &mut Pen<'p>, group: &'p [Slot], used: &mut Vec<(u8, String)>) -> Phrase {
    let leaf = pen.parameter(group[0].tool, &group[0].pointer);
    let values: Vec<String> = group.iter().map(|slot| pen.hold_slot(slot)).collect();
    let bare = super::aggregate::list(&values);
    let noun = leaf.map(|leaf| super::line::plain(&leaf.phrase.noun)).unwrap_or_default();
    let noun = english::plural(english::without_determiner(&noun));
    let look = look(group[0].sem);
    let prep = leaf.and_then(|leaf| pen.any(&leaf.phrase.prep)).filter(|prep| !prep.ends_with(" a") && !prep.ends_with(" an"));
    let prep = prep.filter(|prep| !used.contains(&(look, prep.clone())));
    used.push((look, prep.clone().unwrap_or_default()));
    let after = match prep {
        Some(prep) => format!("{prep} {bare}"),
        None => pen.one_of(&["with VALUE as the NOUN", "with the NOUN VALUE"]).replace("NOUN", &noun).replace("VALUE", &bare),
    };
    Phrase { after, clause: format!("the {noun} are {bare}"), bare, rank: rank(group[0].sem), ..Phrase::default() }
}

fn phrase<'p>(pen: &mut Pen<'p>, slot: &'p Slot, used: &mut Vec<(u8, String)>) -> Phrase {
    let (Some(tool), Some(leaf)) = (pen.tool(slot.tool), pen.parameter(slot.tool, &slot.pointer)) else {
        let value = pen.hold_slot(slot);
        return Phrase {
            after: format!("with {value}"),
            bare: value.clone(),
            clause: format!("It's {value}"),
            rank: 5,
            ..Phrase::default()
        };
    };
    if let Some(value) = slot.value.as_bool() {
        return truth(pen, slot, leaf, value);
    }
    let value = pen.hold_slot(slot);
    if matches!(slot.way, Some(Way::Days(_))) && pen.user {
        // "Two days later" needs no preposition.
        // It stands behind the date that it counts from.
        let rank = rank(slot.sem) + 1;
        return Phrase { after: value.clone(), clause: format!("make it {value}"), bare: value, rank, ..Phrase::default() };
    }
    if slot.way.is_some() && pen.user {
        return reckoned(pen, slot, leaf, value);
    }
    let noun = super::line::plain(&leaf.phrase.noun);
    let bare = counted(pen, leaf, slot, &value);
    let look = look(slot.sem);
    let taken =
        |prep: &str| used.iter().any(|(seen, cue)| cue == prep && (*seen == look || (prep == "at" && is_time(*seen) == is_time(look))));
    let free: Vec<String> = leaf.phrase.prep.iter().filter(|prep| !taken(prep)).cloned().collect();
    let alike = tool.parameters.iter().filter(|other| super::phrase::look(other.sem) == look && !other.phrase.silent).count();
    let labelled = leaf.phrase.counted.as_deref().is_some_and(|unit| has_noun(pen.words(&value), unit));
    let unlabelled = look == 4 && bare == value && alike > 1 && pen.words(&value).chars().all(|c| !c.is_alphabetic());
    let mut prep = if free.len() > 1 && pen.chance(0.7) { free.first().cloned() } else { pen.any(&free) };
    // "For PRJ-41467" of a tool that takes a role as well, "for Julian Das" of one that takes a ride.
    let called = |sem: SemType| {
        matches!(sem, SemType::Id | SemType::Code | SemType::Person | SemType::Title | SemType::Org | SemType::Path | SemType::Url)
    };
    let others = tool.parameters.iter().filter(|other| called(other.sem) && !other.phrase.silent).count();
    let one_of_several = called(slot.sem) && others > 1 && leaf.phrase.origin == Origin::Inferred;
    // "A table called weather" is the table's name, not that of its database.
    let of_another = prep.as_deref() == Some("called") && leaf.phrase.origin == Origin::Inferred && !names_object(tool, &noun);
    if prep.as_deref().is_some_and(|prep| weak(prep) && (unlabelled || one_of_several))
        || of_another
        || used.iter().any(|(seen, cue)| *seen == look && cue.is_empty())
    {
        prep = None;
    }
    used.push((look, prep.clone().unwrap_or_default()));
    let before = match &prep {
        None if adjective(pen, leaf, slot, &value) && !used[..used.len() - 1].iter().any(|(seen, _)| *seen == look) => Some(value.clone()),
        _ => None,
    };
    let object = is_object(tool, leaf).then(|| {
        if slot.sem != SemType::Id && pen.chance(0.4) {
            return value.clone();
        }
        let thing = thing(&noun);
        let thing = thing.trim_start_matches("the ").trim_start_matches("my ").to_owned();
        if pen.chance(0.4) { format!("the {thing} {value}") } else { format!("{thing} {value}") }
    });
    let after = match &prep {
        Some(prep) => with_preposition(pen, prep, &bare, &value),
        None if labelled => format!(", {bare}"),
        None => named(pen, leaf, slot, &noun, &value, &bare, alike > 1),
    };
    let clause = clause(pen, &noun, &value, if labelled { "" } else { &bare }, slot);
    let long = slot.sem == SemType::Text || pen.words(&value).len() > 40;
    let thing = (slot.sem == SemType::Id).then(|| thing(&noun));
    Phrase { before, after, bare, object, clause, rank: rank(slot.sem), thing, long }
}

/// Whether a look is that of a time, which stands behind "at" as a place does.
fn is_time(look: u8) -> bool {
    matches!(look, 1..=3)
}

/// Whether a noun of a name is that of what the tool is about: "name", "table name" of a table.
fn names_object(tool: &Tool, noun: &str) -> bool {
    let object = super::line::plain(&tool.phrase.object).to_lowercase();
    match noun.trim_start_matches("the ").rsplit_once(' ') {
        Some((of, "name" | "title")) => object.split(' ').any(|word| english::singular(word) == english::singular(&of.to_lowercase())),
        _ => true,
    }
}

/// "for all of them", "of the total of those", "within 5 miles".
fn reckoned(pen: &mut Pen, slot: &Slot, leaf: &Leaf, value: String) -> Phrase {
    let preps: Vec<String> = leaf.phrase.prep.iter().filter(|prep| !prep.ends_with(" a") && !prep.ends_with(" an")).cloned().collect();
    let noun = english::without_determiner(&super::line::plain(&leaf.phrase.noun)).to_owned();
    let after = match pen.any(&preps) {
        Some(prep) => format!("{prep} {value}"),
        None if slot.sem == SemType::CountPeople => format!("for {value}"),
        None => format!("with {value} as the {noun}"),
    };
    let clause = format!("the {noun} is {value}");
    Phrase { after, clause, bare: value, rank: rank(slot.sem), ..Phrase::default() }
}

/// Whether the words of a number hold the noun that it counts.
fn has_noun(words: &str, unit: &str) -> bool {
    let many = english::plural(unit);
    words.contains(' ') && (words.ends_with(unit) || words.ends_with(&many))
}

/// Prepositions that fit any number and so tell nothing about it.
fn weak(prep: &str) -> bool {
    matches!(prep, "for" | "with" | "of" | "in" | "at" | "to" | "from" | "by" | "on")
}

/// "with outdoor seating", "without a receipt", "unread emails only".
fn truth<'p>(pen: &mut Pen<'p>, slot: &'p Slot, leaf: &Leaf, value: bool) -> Phrase {
    let noun = super::line::plain(&leaf.phrase.noun);
    let prep = leaf.phrase.prep.first().map(|prep| super::line::plain(prep));
    let words = match (prep.as_deref(), value) {
        (Some("with" | "including") | None, true) if !state(&noun) => format!("with {}", some(leaf, &noun)),
        (Some("with" | "including") | None, false) if !state(&noun) => format!("without {}", some(leaf, &noun)),
        (None, true) | (Some("with" | "including"), true) => noun.clone(),
        (None, false) | (Some("with" | "including"), false) => format!("not {noun}"),
        (Some(prep), true) => format!("{prep} {noun}"),
        (Some(prep), false) => format!("not {prep} {noun}"),
    };
    let index = pen.slots.len();
    pen.slots.push(slot);
    let held = pen.held.len();
    let mark = pen.hold(words.clone(), Some(index), true);
    // A second "with" is told from the first by what stands in the line.
    let mark = match words.strip_prefix("with ") {
        Some(rest) => {
            pen.held[held].text = rest.to_owned();
            format!("with {mark}")
        }
        None => mark,
    };
    let stand_alone = if words.starts_with("with") || prep.is_some() { mark.clone() } else { format!("make it {mark}") };
    let after = if words == noun || words.starts_with("not ") { format!(", {mark}") } else { mark.clone() };
    Phrase { after, bare: mark, clause: stand_alone, rank: 8, ..Phrase::default() }
}

/// Nouns of a truth value that say a state ("archived", "unread emails only", "only the shared ones") rather than name a thing.
fn state(noun: &str) -> bool {
    let last = noun.rsplit(' ').next().unwrap_or("");
    let first = noun.split(' ').next().unwrap_or("");
    last == "only"
        || ["only", "for", "as", "in", "on", "at", "to", "by"].contains(&first)
        || (first.ends_with("ed") && first.len() > 4)
        || (!noun.contains(' ')
            && (["ed", "able", "ible", "ive"].iter().any(|tail| last.ends_with(tail))
                || ["open", "active", "public", "private", "urgent", "new"].contains(&last)))
}

/// "free cancellation" as it is, "a receipt" for "receipt". An author has put the article where it belongs.
fn some(leaf: &Leaf, noun: &str) -> String {
    let mass_like = leaf.phrase.origin == Origin::Declared
        || noun.starts_with("the ")
        || noun.starts_with("a ")
        || noun.starts_with("an ")
        || noun.starts_with("only ")
        || english::is_mass(noun)
        || english::is_plural(noun)
        || ["ing", "tion", "ance", "age", "wrap"].iter().any(|tail| noun.ends_with(tail));
    if mass_like { noun.to_owned() } else { english::a_an(noun) }
}

/// The value with the noun that it counts, unless the form has it already.
fn counted(pen: &Pen, leaf: &Leaf, slot: &Slot, value: &str) -> String {
    let Some(unit) = leaf.phrase.counted.as_deref() else { return value.to_owned() };
    let words = pen.words(value);
    let lower = words.to_lowercase();
    let many = english::plural(unit);
    let digits = words.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.');
    let spelled = slot.value.as_i64().is_some_and(|n| english::number_words(n) == lower);
    if !(digits || spelled || lower == "a couple of" || lower == "a couple") {
        return value.to_owned();
    }
    let noun = if slot.value.as_f64() == Some(1.0) { super::line::plain(unit) } else { many };
    format!("{value} {noun}")
}

/// Whether the value can stand before the object: "a budget hotel".
fn adjective(pen: &Pen, leaf: &Leaf, slot: &Slot, value: &str) -> bool {
    let words = pen.words(value);
    matches!(slot.sem, SemType::Enum | SemType::Category)
        && leaf.phrase.origin != Origin::Inferred
        && words.split(' ').count() <= 2
        && !["a ", "an ", "the ", "my ", "your ", "with ", "in ", "by "].iter().any(|start| words.starts_with(start))
        && !english::is_plural(words)
        && !slot.pointer.trim_start_matches('/').contains('/')
}

fn with_preposition(pen: &Pen, prep: &str, bare: &str, value: &str) -> String {
    let prep = super::line::plain(prep);
    let words = pen.words(value).to_lowercase();
    let own = ["today", "tomorrow", "this ", "next ", "tonight", "on "].iter().any(|start| words.starts_with(start));
    if own && (prep == "on" || prep == "in" || prep == "at") {
        return bare.to_owned();
    }
    if let Some(head) = prep.strip_suffix(" a").or_else(|| prep.strip_suffix(" an")) {
        return format!("{head} {ARTICLE} {bare}");
    }
    if let Some(head) = prep.strip_suffix(" the").filter(|_| words.starts_with("the ") || words.starts_with("my ")) {
        return format!("{head} {bare}");
    }
    format!("{prep} {bare}")
}

/// A phrase that carries the parameter's noun.
fn named(pen: &mut Pen, leaf: &Leaf, slot: &Slot, noun: &str, value: &str, bare: &str, alike: bool) -> String {
    use SemType::*;
    if bare != value {
        return if pen.chance(0.5) { format!(", {bare}") } else { format!("with {bare}") };
    }
    let noun = noun.trim_start_matches("the ").trim_start_matches("my ");
    let item = slot.pointer.rsplit('/').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    let noun = if item { english::singular(noun) } else { noun.to_owned() };
    match slot.sem {
        Date | Datetime if !alike => format!("on {value}"),
        Time if !alike => format!("at {value}"),
        City | Country | Region if !alike => format!("in {value}"),
        Id | Code => {
            let thing = thing(&noun);
            if thing == noun {
                format!("with {noun} {value}")
            } else if pen.chance(0.5) {
                format!("for {thing} {value}")
            } else {
                format!("with {noun} {value}")
            }
        }
        Title if !alike && leaf.phrase.headline => format!("called {value}"),
        Query if !alike && pen.chance(0.5) => format!("for {value}"),
        Text | Query | Email | Phone | Url | Path | Address => format!("with the {noun} {value}"),
        Title | Person | Org | Place | Airport => {
            as_noun(pen, &["with the NOUN VALUE", "with VALUE as the NOUN", "with NOUN VALUE"], &noun, value)
        }
        // "Parcels that I sent": a choice that is a clause has a place of its own.
        Enum | Category if pen.words(value).starts_with("that ") => value.to_owned(),
        Enum | Category | Unit | Currency | Language => {
            let ways = ["with VALUE as the NOUN", "with the NOUN set to VALUE", "with VALUE for the NOUN", ", NOUN VALUE"];
            as_noun(pen, &ways, &noun, value)
        }
        Number | Count | Quantity if NUMBERED.contains(&noun.as_str()) => format!("with {noun} {value}"),
        _ if english::is_plural(&noun) => format!("with {value} as the {noun}"),
        _ if english::is_mass(&noun) => format!("with {noun} of {value}"),
        _ => format!("with {ARTICLE} {noun} of {value}"),
    }
}

/// Things that are told apart by their numbers: "chapter 3".
const NUMBERED: &[&str] = &[
    "chapter", "verse", "page", "row", "column", "season", "episode", "level", "floor", "line", "volume", "round", "week", "gate", "table",
    "room", "lane", "track", "step", "lesson", "unit", "section", "stage",
];

/// One of the ways to say a value with its noun.
fn as_noun(pen: &mut Pen, ways: &[&'static str], noun: &str, value: &str) -> String {
    pen.one_of(ways).replace("NOUN", noun).replace("VALUE", value)
}

/// A sentence for one value, without its stop.
fn clause(pen: &mut Pen, noun: &str, value: &str, bare: &str, slot: &Slot) -> String {
    let noun = noun.trim_start_matches("the ").trim_start_matches("my ").trim_start_matches("a ");
    if bare != value {
        let bare = if bare.is_empty() { value } else { bare };
        return pen.one_of(&["I need BARE", "that's BARE", "make it BARE", "it's BARE"]).replace("BARE", bare);
    }
    let is = if english::is_plural(noun) { "are" } else { "is" };
    let form = match slot.sem {
        SemType::Text => pen.one_of(&["the NOUN should say VALUE", "the NOUN is VALUE", "for the NOUN, put VALUE"]),
        SemType::Enum | SemType::Category => pen.one_of(&["the NOUN should be VALUE", "make the NOUN VALUE", "I'd like VALUE as the NOUN"]),
        _ => pen.one_of(&["the NOUN IS VALUE", "the NOUN IS VALUE", "the NOUN should be VALUE"]),
    };
    form.replace("NOUN", noun).replace("IS", is).replace("VALUE", value)
}

fn rank(sem: SemType) -> u8 {
    use SemType::*;
    match sem {
        Id | Title | Query | Code | Org => 0,
        Person | Email | Phone => 1,
        City | Country | Region | Place | Address | Airport | Path | Url => 2,
        Date | Datetime => 3,
        Time => 4,
        Duration | Count | Quantity | Number => 5,
        CountPeople => 6,
        Money | Rating | Percent => 7,
        Text => 9,
        _ => 8,
    }
}
