//! ## What it does
//! The assistant may only ask for what it does not know: a value given in answer to a question must not have been said before, nor may a
//! question be followed by a call that takes nothing from its answer.
//! ## Why it is bad
//! Needless questions are what users hate most; a question whose answer is ignored is worse.
//! ## Example
//! "A hotel in Lisbon, please." – "Which city?" – "Lisbon."

use super::Check;
use crate::value::SemType;
use crate::value::english::words_of_identifier;
use crate::verify::Findings;
use crate::verify::scene::Scene;
use crate::verify::sources::{Said, overlaps, said};
use std::ops::Range;

pub(super) struct Clarified;

impl Check for Clarified {
    fn name(&self) -> &'static str {
        "clarified"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let all = said(scene);
        for one in &all {
            if scene.question_before(one.turn).is_none() || super::heard::takes_back(scene, one.turn, &all) {
                continue;
            }
            if let Some(turn) = known_before(scene, one, &all) {
                out.add(one.turn, format!("{} of call {} is asked for although turn {turn} said it", one.arg.pointer, one.made.call.id));
            }
        }
    }
}

/// An earlier turn of the same request that says the value for nothing else.
fn known_before(scene: &Scene, one: &Said, all: &[Said]) -> Option<usize> {
    let leaf = one.made.leaf(one.arg);
    // "A room at that hotel for six nights" says for how many nights the hotel is sought.
    let same = |other: &Said| {
        let theirs = other.made.leaf(other.arg);
        other.made.user == one.made.user && theirs.zip(leaf).is_some_and(|(theirs, own)| theirs.name == own.name && theirs.sem == own.sem)
    };
    let since = scene.calls.iter().filter(|made| made.turn < one.turn).map(|made| made.turn).max().unwrap_or(0);
    scene.users_before(one.turn).take_while(|turn| *turn > since).find(|turn| {
        scene.find(*turn, one.arg.value, leaf).iter().any(|range| {
            !all.iter().any(|other| other.turn == *turn && overlaps(&other.span, range) && !same(other))
                && !in_name(scene, *turn, range)
                && !is_its_verb(scene, one, *turn, range)
        }) && !matches!(one.arg.value, serde_json::Value::Bool(_))
    })
}

/// The words are what the call is asked for with: "book a ride" does not choose between "check" and "book".
fn is_its_verb(scene: &Scene, one: &Said, turn: usize, range: &Range<usize>) -> bool {
    let listed = one.made.leaf(one.arg).is_some_and(|leaf| leaf.sem == SemType::Enum);
    let word = &scene.texts[turn].low[range.clone()];
    listed
        && one
            .made
            .known
            .is_some_and(|known| known.tool.phrase.verb == word || words_of_identifier(&known.tool.name).iter().any(|own| own == word))
}

/// The words are a part of a name: "Canal Library" says of no search that it is for libraries.
fn in_name(scene: &Scene, turn: usize, range: &Range<usize>) -> bool {
    let facts = scene.calls.iter().flat_map(|made| made.facts.iter().map(move |fact| (fact.value, made.field(fact))));
    let names = facts.filter(|(value, _)| value.as_str().is_some_and(|name| name.len() > range.len()));
    names.into_iter().any(|(value, field)| {
        scene.find(turn, value, field).iter().any(|span| span.start <= range.start && range.end <= span.end && span.len() > range.len())
    })
}
