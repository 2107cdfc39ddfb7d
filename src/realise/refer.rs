//! Referring expressions: the words for a thing that was spoken of before, and which call an act belongs to.

use super::pen::Pen;
use crate::catalog::{Leaf, Origin, Tool};
use crate::dialogue::pattern;
use crate::graph::ToolIx;
use crate::script::{About, CallId, Fact, NO_CALL, Pick, Script, ScriptCall, ScriptTurn, Through};
use crate::value::{self, SemType, english};
use rand::RngExt;

/// The calls of a script with the turn in which each is made.
#[derive(Debug)]
pub(super) struct Threads<'s> {
    calls: Vec<(usize, &'s ScriptCall)>,
}

impl<'s> Threads<'s> {
    pub(super) fn of(script: &'s Script) -> Threads<'s> {
        let mut turn = 1;
        let mut calls = Vec::new();
        for step in &script.turns {
            match step {
                ScriptTurn::Calls(made) => {
                    calls.extend(made.iter().map(|call| (turn, call)));
                    turn += 2;
                }
                _ => turn += 1,
            }
        }
        Threads { calls }
    }

    pub(super) fn call(&self, id: CallId) -> Option<&'s ScriptCall> {
        self.calls.iter().map(|(_, call)| *call).find(|call| call.id == id)
    }

    /// The first call of a tool after a turn.
    pub(super) fn coming(&self, tool: ToolIx, turn: usize) -> Option<&'s ScriptCall> {
        let mut coming =
            self.calls.iter().filter(|(at, call)| *at > turn && call.tool == tool && call.mistake.is_none()).map(|(_, call)| *call);
        let first = coming.next()?;
        // What was not found by its number is found by its name.
        if first.is_error { Some(coming.find(|call| !call.is_error).unwrap_or(first)) } else { Some(first) }
    }
}

/// Words for an argument that the user does not say.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reference {
    /// It is what the verb acts on ("book *it*"), rather than a phrase behind it ("a table *at that restaurant*").
    pub object: bool,
    pub words: String,
    /// The noun of the thing.
    pub noun: String,
    /// It does not name the thing, so that a sentence that has the noun already may leave it out.
    pub pronoun: bool,
}

/// The noun of an identifier without the word for identifiers: `hotel` for "hotel ID".
pub(super) fn thing(noun: &str) -> String {
    let noun = super::line::plain(noun);
    for tail in [" ID", " id", " Id", " IDs", " identifier", " key"] {
        if let Some(head) = noun.strip_suffix(tail).filter(|head| !head.is_empty()) {
            return head.to_owned();
        }
    }
    noun
}

/// Whether a parameter is the very thing that the verb acts on.
pub(super) fn is_object(tool: &Tool, leaf: &Leaf) -> bool {
    use SemType::*;
    // "Change the ride for that ride": a preposition that was only inferred does not hold.
    let inferred =
        leaf.phrase.origin == Origin::Inferred && matches!(leaf.sem, Id | Code) && leaf.phrase.prep.iter().all(|prep| prep == "for");
    if !matches!(leaf.sem, Id | Address | Query | Url | Path | Person | Title | Place | Code | Text | Email)
        || !(leaf.phrase.prep.is_empty() || inferred)
    {
        return false;
    }
    let head = |np: &str| english::singular(np).to_lowercase().rsplit(' ').next().unwrap_or("").to_owned();
    let noun = head(&thing(&leaf.phrase.noun));
    noun == head(&tool.phrase.object) || leaf.entity.as_deref().is_some_and(|entity| head(entity) == head(&tool.phrase.object))
}

/// The parameter of a coming call that an earlier thing fills, an identifier before anything else, and the call that gives the thing.
fn filled<'t>(tool: &'t Tool, call: &ScriptCall, from: impl Fn(CallId) -> bool) -> Option<(&'t Leaf, CallId)> {
    let mut found: Vec<(&Leaf, CallId)> = call
        .sources
        .iter()
        .filter_map(|(pointer, source)| {
            let (giver, _) = source.result().filter(|(giver, _)| from(*giver))?;
            let pattern = pattern(pointer);
            let leaf = tool.parameters.iter().find(|leaf| leaf.pointer == *pointer || leaf.pointer == pattern)?;
            Some((leaf, giver))
        })
        .filter(|(leaf, _)| !leaf.phrase.silent)
        .collect();
    // "That repository" means its owner with it, not the other way round.
    found.sort_by_key(|(leaf, _)| (leaf.sem != SemType::Id, !is_object(tool, leaf), leaf.sem == SemType::Person, !leaf.required));
    found.first().copied()
}

/// How a request speaks of the earlier thing that it builds on, or of one that unnamed finders will find.
pub(super) fn reference<'p>(pen: &mut Pen<'p>, tool_ix: ToolIx, about: &'p About, through: &'p [Through]) -> Option<Reference> {
    if let About::Named(fact) = about
        && fact.call == NO_CALL
    {
        // Nothing will be called for it.
        let words = format!("{} {}", pen.one_of(&["of", "for"]), pen.hold_named(fact, NO_CALL));
        return Some(Reference { object: false, words, noun: String::new(), pronoun: false });
    }
    let tool = pen.tool(tool_ix)?;
    let turn = pen.turn;
    let threads = pen.threads;
    let call = threads.coming(tool_ix, turn)?;
    let wanted = match about {
        About::That { call, .. } | About::Coming { call } | About::ComingNth { call, .. } | About::ComingExtreme { call, .. } => *call,
        About::Named(fact) | About::ComingNamed(fact) => fact.call,
    };
    let (leaf, giver) = filled(tool, call, |giver| giver == wanted).or_else(|| filled(tool, call, |_| true))?;
    let object = is_object(tool, leaf);
    let noun = thing(&leaf.phrase.noun);
    let bare = leaf.phrase.prep.is_empty();
    let finder = through.iter().find(|finder| finder.call == giver);
    let unnamed = finder.is_some();
    let name = match about {
        // "Delete Zagreb" leaves open what Zagreb is; mostly the thing is said with its name.
        About::Named(fact) if pen.chance(0.7) => described(pen, &noun, fact, giver),
        About::Named(fact) => pen.hold_named(fact, giver),
        About::ComingNamed(fact) => described(pen, &noun, fact, giver),
        About::ComingNth { position, .. } => nth(pen, *position, usize::MAX, &noun, giver, unnamed),
        About::ComingExtreme { tool, field, most, .. } => extreme(pen, *tool, field, *most, &noun, unnamed, giver),
        About::Coming { .. } if unnamed => format!("the {}", english::without_determiner(&noun)),
        About::Coming { .. } | About::That { .. } if leaf.sem == SemType::Id => pronoun(pen, tool, &noun, object || bare),
        About::Coming { .. } | About::That { .. } => {
            if matches!(leaf.sem, SemType::City | SemType::Place | SemType::Address | SemType::Airport | SemType::Region)
                && pen.chance(0.5)
                && leaf.phrase.prep.iter().any(|prep| ["in", "at", "near", "around"].contains(&prep.as_str()))
            {
                return Some(Reference { object: false, words: "there".into(), noun, pronoun: true });
            }
            format!("that {noun}")
        }
    };
    let name = match finder {
        Some(finder) => found_by(pen, name, finder, through),
        None => name,
    };
    let pronoun = !unnamed && matches!(about, About::Coming { .. } | About::That { .. });
    if object {
        return Some(Reference { object, words: name, noun, pronoun });
    }
    let prep = pen.any(&leaf.phrase.prep);
    let words = match prep.as_deref() {
        // A name is called so, and a message says so: the thing that gives the words comes with them.
        Some("called" | "named" | "saying") => format!("with {name}"),
        Some(prep) => format!("{} {name}", before_name(prep, &noun)),
        None => format!("for {name}"),
    };
    Some(Reference { object: false, words, noun, pronoun })
}

/// The thing with what its finder is told: "the cheapest flight from Lyon to Riga on Friday".
fn found_by<'p>(pen: &mut Pen<'p>, name: String, finder: &'p Through, through: &'p [Through]) -> String {
    let mut parts = vec![name];
    let mut phrases = super::phrase::phrases(pen, &finder.slots);
    phrases.sort_by_key(|phrase| (phrase.long, phrase.rank));
    parts.extend(phrases.into_iter().map(|phrase| phrase.after));
    for about in &finder.about {
        if let Some(found) = reference(pen, finder.tool, about, through) {
            parts.push(if found.object { format!("for {}", found.words) } else { found.words });
        }
    }
    super::aggregate::tail(&parts)
}

/// A preposition before a thing that is said with its own article and noun: `with` of "with the receipt" for a receipt.
fn before_name<'p>(prep: &'p str, noun: &str) -> &'p str {
    let prep = prep.strip_suffix(english::without_determiner(noun)).filter(|rest| rest.ends_with(' ')).unwrap_or(prep).trim_end();
    [" a", " an", " the"].iter().find_map(|article| prep.strip_suffix(article)).unwrap_or(prep)
}

/// People, who go by their names alone.
const PEOPLE: [&str; 16] = [
    "person",
    "contact",
    "member",
    "employee",
    "customer",
    "guest",
    "patient",
    "driver",
    "friend",
    "user",
    "artist",
    "performer",
    "doctor",
    "colleague",
    "student",
    "teacher",
];

/// What a thing has rather than what it is.
const PLACES: [&str; 7] = ["city", "country", "state", "region", "location", "address", "neighborhood"];

/// "my appointment with Dr. Cruz", "the Indie Finds playlist", "the trip to Riga".
fn described(pen: &mut Pen, noun: &str, fact: &Fact, giver: CallId) -> String {
    use SemType::*;
    let field = pen.field(fact.tool, &fact.pointer);
    let noun = english::without_determiner(noun).to_owned();
    let own = pen.tool(fact.tool).is_some_and(|finder| finder.parameters.iter().all(|leaf| !leaf.required));
    let the = if own && pen.chance(0.5) { "my" } else { "the" };
    let value = pen.hold_named(fact, giver);
    let prep = field.and_then(|field| pen.any(&field.phrase.prep));
    let head = noun.rsplit(' ').next().unwrap_or("").to_owned();
    let words = pen.words(&value).to_lowercase();
    match fact.sem {
        Person if PEOPLE.contains(&head.as_str()) => value,
        // The name of the thing itself, `payee_name` of a payee.
        Person
            if field.is_some_and(|field| thing(&field.phrase.noun) == noun || field.name == format!("{}_name", noun.replace(' ', "_"))) =>
        {
            format!("{the} {noun} {value}")
        }
        Person => format!("{the} {noun} {} {value}", prep.as_deref().unwrap_or("with")),
        City | Country | Region | Airport | Address => format!("{the} {noun} {} {value}", prep.as_deref().unwrap_or("in")),
        Date | Datetime => format!("{the} {noun} {} {value}", prep.as_deref().unwrap_or("on")),
        Time => format!("{the} {noun} {} {value}", prep.as_deref().unwrap_or("at")),
        // A hotel is in a city and is not called so.
        Title | Place | Org if PLACES.contains(&head.as_str()) && field.is_some_and(|field| !thing(&field.phrase.noun).contains(&head)) => {
            format!("{the} {noun} of {value}")
        }
        // "The The Goose hotel".
        Title | Place | Org if words.starts_with("the ") => value,
        // "My living room room".
        Title | Place | Org | Category | Enum if words.ends_with(&format!(" {}", head.to_lowercase())) => format!("{the} {value}"),
        Title | Place | Org | Query | Text | Category | Enum => match pen.one_of(&[&3, &1, &2, &3, &1, &2, &3, &0]) {
            0 => value,
            1 => format!("{the} {value} {noun}"),
            2 if fact.sem == Title => format!("{the} {noun} called {value}"),
            _ => format!("{the} {noun} {value}"),
        },
        _ => {
            let label = field.map(|field| super::line::plain(&field.phrase.noun)).unwrap_or_default();
            if label.is_empty() { format!("{the} {noun} {value}") } else { format!("{the} {noun} with {label} {value}") }
        }
    }
}

/// "the cheapest flight", "the account with the highest balance".
fn extreme(pen: &mut Pen, tool: ToolIx, field: &str, most: bool, noun: &str, unnamed: bool, giver: CallId) -> String {
    let noun = if unnamed || pen.chance(0.4) { english::without_determiner(noun).to_owned() } else { "one".to_owned() };
    let Some(leaf) = pen.field(tool, field) else { return format!("the {noun}") };
    let forms = value::superlatives(&leaf.name, &super::line::plain(&leaf.phrase.noun), leaf.sem, most);
    let Some(form) = forms.get(if pen.plain || forms.is_empty() { 0 } else { pen.rng.random_range(0..forms.len()) }) else {
        return format!("the {noun}");
    };
    let words = pen.hold_pick(form.words.clone(), giver, true);
    if form.behind { format!("the {noun} {words}") } else { format!("the {words} {noun}") }
}

/// "it", "that hotel", "that one".
fn pronoun(pen: &mut Pen, tool: &Tool, noun: &str, object: bool) -> String {
    let article = english::without_determiner(noun);
    let many = english::is_plural(article);
    if many {
        return if pen.chance(0.5) { format!("those {article}") } else { format!("the {article}") };
    }
    // A verb alone may fit several tools: the noun is said more often than not.
    let roll = if pen.chance(0.3) { 0 } else { pen.one_of(&[&1, &1, &1, &2, &3]).to_owned() };
    let _ = tool;
    match roll {
        0 if object => "it".into(),
        2 => format!("the {article}"),
        3 => format!("this {article}"),
        _ => format!("that {article}"),
    }
}

/// "the second one", "the last hotel"; `of` is how many there were, when that is known.
pub(super) fn nth(pen: &mut Pen, position: usize, of: usize, noun: &str, giver: CallId, unnamed: bool) -> String {
    let word = if of != usize::MAX && of > 2 && position + 1 == of && pen.chance(0.4) {
        "last".to_owned()
    } else {
        english::ordinal(position as u64 + 1)
    };
    let word = pen.hold_pick(word, giver, true);
    // Of a list that nobody spoke of, the noun has to be said.
    let noun = if noun.is_empty() || (!unnamed && pen.chance(0.6)) { "one" } else { english::without_determiner(noun) };
    format!("the {word} {noun}")
}

/// How the user names the item that is picked from the list of a call.
pub(super) fn pick(pen: &mut Pen, call: CallId, pick: &Pick) -> String {
    match pick {
        Pick::Ordinal { position, of } => nth(pen, *position, *of, "", call, false),
        Pick::Name(fact) => pen.hold_named(fact, call),
        Pick::Extreme { tool, field, most } => extreme(pen, *tool, field, *most, "one", true, call),
    }
}
