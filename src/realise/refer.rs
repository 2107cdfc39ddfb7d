//! Referring expressions: the words for a thing that was spoken of before, and which call an act belongs to.

use super::pen::{Pen, verbatim};
use crate::catalog::{Leaf, Tool};
use crate::dialogue::pattern;
use crate::graph::ToolIx;
use crate::script::{About, CallId, Pick, Script, ScriptCall, ScriptTurn, Source};
use crate::value::{SemType, english};

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

    /// The first call of a tool after a turn.
    pub(super) fn coming(&self, tool: ToolIx, turn: usize) -> Option<&'s ScriptCall> {
        self.calls.iter().find(|(at, call)| *at > turn && call.tool == tool).map(|(_, call)| *call)
    }

    fn turn_of(&self, id: CallId) -> Option<usize> {
        self.calls.iter().find(|(_, call)| call.id == id).map(|(turn, _)| *turn)
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
    if !matches!(leaf.sem, Id | Address | Query | Url | Path | Person | Title | Place | Code | Text | Email) || !leaf.phrase.prep.is_empty()
    {
        return false;
    }
    let head = |np: &str| english::singular(np).to_lowercase().rsplit(' ').next().unwrap_or("").to_owned();
    let noun = head(&thing(&leaf.phrase.noun));
    noun == head(&tool.phrase.object) || leaf.entity.as_deref().is_some_and(|entity| head(entity) == head(&tool.phrase.object))
}

/// The parameter of a coming call that an earlier thing fills: an identifier before anything else.
fn filled<'t>(tool: &'t Tool, call: &ScriptCall, from: impl Fn(&Source) -> bool) -> Option<&'t Leaf> {
    let mut found: Vec<&Leaf> = call
        .sources
        .iter()
        .filter(|(_, source)| from(source))
        .filter_map(|(pointer, _)| {
            let pattern = pattern(pointer);
            tool.parameters.iter().find(|leaf| leaf.pointer == *pointer || leaf.pointer == pattern)
        })
        .filter(|leaf| !leaf.phrase.silent)
        .collect();
    found.sort_by_key(|leaf| (leaf.sem != SemType::Id, !is_object(tool, leaf), !leaf.required));
    found.first().copied()
}

/// How a request speaks of the earlier thing that it builds on.
pub(super) fn reference(pen: &mut Pen, tool_ix: ToolIx, about: &About) -> Option<Reference> {
    let tool = pen.tool(tool_ix)?;
    let turn = pen.turn;
    let threads = pen.threads;
    let call = threads.coming(tool_ix, turn)?;
    let leaf = match about {
        About::That { call: from, .. } => filled(tool, call, |source| matches!(source, Source::Result { call, .. } if call == from)),
        About::Named(fact) => filled(tool, call, |source| matches!(source, Source::Result { call, .. } if *call == fact.call)),
        About::Coming | About::ComingNth { .. } => {
            filled(tool, call, |source| matches!(source, Source::Result { call, .. } if threads.turn_of(*call).is_some_and(|at| at > turn)))
        }
    }
    .or_else(|| filled(tool, call, |source| matches!(source, Source::Result { .. })))?;
    let object = is_object(tool, leaf);
    let noun = thing(&leaf.phrase.noun);
    let bare = leaf.phrase.prep.is_empty();
    let name = match about {
        About::Named(fact) => {
            let field = pen.field(fact.tool, &fact.pointer);
            pen.hold_value(&fact.value, fact.sem, field)
        }
        About::ComingNth { position } => nth(pen, *position, usize::MAX, &noun),
        About::Coming | About::That { .. } if leaf.sem == SemType::Id => pronoun(pen, tool, &noun, object || bare),
        About::Coming | About::That { .. } => {
            if matches!(leaf.sem, SemType::City | SemType::Place | SemType::Address | SemType::Airport | SemType::Region)
                && pen.chance(0.5)
                && leaf.phrase.prep.iter().any(|prep| ["in", "at", "near", "around"].contains(&prep.as_str()))
            {
                return Some(Reference { object: false, words: "there".into(), noun, pronoun: true });
            }
            format!("that {noun}")
        }
    };
    let pronoun = matches!(about, About::Coming | About::That { .. });
    if object {
        return Some(Reference { object, words: name, noun, pronoun });
    }
    let prep = pen.any(&leaf.phrase.prep);
    let words = match prep {
        Some(prep) => format!("{} {name}", prep.trim_end_matches(" a").trim_end_matches(" an").trim_end_matches(" the")),
        None => format!("for {name}"),
    };
    Some(Reference { object: false, words, noun, pronoun })
}

/// "it", "that hotel", "that one".
fn pronoun(pen: &mut Pen, tool: &Tool, noun: &str, object: bool) -> String {
    let article = ["the ", "my ", "a ", "an ", "your "].iter().find_map(|start| noun.strip_prefix(start)).unwrap_or(noun);
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
pub(super) fn nth(pen: &mut Pen, position: usize, of: usize, noun: &str) -> String {
    let word = if of != usize::MAX && of > 2 && position + 1 == of && pen.chance(0.4) {
        "last".to_owned()
    } else {
        english::ordinal(position as u64 + 1)
    };
    let noun = if noun.is_empty() || pen.chance(0.6) { "one" } else { noun };
    format!("the {word} {noun}")
}

/// How the user names the item that is picked.
pub(super) fn pick(pen: &mut Pen, pick: &Pick) -> String {
    match pick {
        Pick::Ordinal { position, of } => nth(pen, *position, *of, ""),
        Pick::Name(fact) => {
            let field = pen.field(fact.tool, &fact.pointer);
            if fact.value.is_string() && !matches!(fact.sem, SemType::Enum | SemType::Date | SemType::Time | SemType::Datetime) {
                pen.hold(verbatim(&fact.value), None, false)
            } else {
                pen.hold_value(&fact.value, fact.sem, field)
            }
        }
    }
}
