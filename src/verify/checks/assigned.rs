//! ## What it does
//! Assigns the user's words to parameters by itself: prepositions and nouns beside a value, what it counts, the question just asked.
//! Fails when two arguments of one call would fit better the other way round, when one word is used for two arguments, and when a value
//! clearly speaks of another parameter than the one it was given to.
//! ## Why it is bad
//! Swapped arguments pass every schema and every look-up.
//! ## Example
//! "from Lisbon to Porto" called with `origin: Porto, destination: Lisbon`.

use super::Check;
use crate::catalog::Leaf;
use crate::value::english::words_of_identifier;
use crate::value::{self, SemType};
use crate::verify::Findings;
use crate::verify::cues::evidence;
use crate::verify::known::Known;
use crate::verify::scene::{Arg, Made, Scene};
use crate::verify::sources::{Said, overlaps, said};
use crate::verify::told::noun_places;
use crate::verify::words::stem;
use serde_json::Value;
use std::ops::Range;

pub(super) struct Assigned;

/// How much better the other reading must be.
const MARGIN: f32 = 0.7;

impl Check for Assigned {
    fn name(&self) -> &'static str {
        "assigned"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let all = said(scene);
        for (at, made) in scene.calls.iter().enumerate() {
            for other in scene.calls[at..].iter().filter(|other| other.turn == made.turn) {
                for (index, a) in made.args.iter().enumerate() {
                    let from = if made.call.id == other.call.id { index + 1 } else { 0 };
                    if let Some(b) = other.args[from..].iter().find(|b| look_exchanged(made, a, other, b)) {
                        let (first, second) = (made.call.id, other.call.id);
                        out.add(made.turn, format!("{} of call {first} and {} of call {second} look exchanged", a.pointer, b.pointer));
                    }
                }
            }
        }
        for (at, a) in all.iter().enumerate() {
            for b in all[at + 1..].iter().filter(|b| b.made.call.id == a.made.call.id) {
                if a.turn == b.turn && overlaps(&a.span, &b.span) {
                    out.add(a.made.turn, format!("the same words give {} and {} of call {}", a.arg.pointer, b.arg.pointer, a.made.call.id));
                } else if swapped(scene, &all, a, b) {
                    out.add(
                        a.made.turn,
                        format!("{} and {} of call {} fit better the other way round", a.arg.pointer, b.arg.pointer, a.made.call.id),
                    );
                }
            }
            for b in all[at + 1..].iter().filter(|b| b.made.call.id != a.made.call.id && b.made.turn == a.made.turn) {
                let same_turn = a.turn == b.turn;
                let question = |one: &Said| scene.question_before(one.turn).is_some();
                if (same_turn && overlaps(&a.span, &b.span)) || !(same_turn || question(a) || question(b)) {
                    continue;
                }
                if exchanged(scene, &all, a, b) || (same_turn && interleaved(&all, a, b)) {
                    out.add(
                        a.made.turn,
                        format!(
                            "{} of call {} and {} of call {} seem to have changed places",
                            a.arg.pointer, a.made.call.id, b.arg.pointer, b.made.call.id
                        ),
                    );
                }
            }
            if let Some(other) = beside_another(scene, a) {
                out.add(
                    a.made.turn,
                    format!(
                        "\"{}\" gives {} of call {} but stands with what call {} is for",
                        &scene.texts[a.turn].raw[a.span.clone()],
                        a.arg.pointer,
                        a.made.call.id,
                        other.call.id
                    ),
                );
            }
            if let Some(other) = belongs_elsewhere(scene, &all, a) {
                out.add(
                    a.made.turn,
                    format!(
                        "\"{}\" gives {} of call {} but speaks of {other}",
                        &scene.texts[a.turn].raw[a.span.clone()],
                        a.arg.pointer,
                        a.made.call.id
                    ),
                );
            }
        }
    }
}

fn others(all: &[Said], turn: usize, span: &Range<usize>) -> Vec<Range<usize>> {
    all.iter().filter(|one| one.turn == turn && one.span != *span).map(|one| one.span.clone()).collect()
}

fn points(scene: &Scene, all: &[Said], place: &Said, parameter: &Said) -> f32 {
    let (Some(known), Some(leaf)) = (parameter.made.known, parameter.arg.leaf) else { return 0.0 };
    evidence(scene, place.turn, &place.span, &known.parameter_cues[leaf], &others(all, place.turn, &place.span))
}

fn swapped(scene: &Scene, all: &[Said], a: &Said, b: &Said) -> bool {
    if a.arg.leaf == b.arg.leaf || a.arg.leaf.is_none() || b.arg.leaf.is_none() || a.arg.value == b.arg.value {
        return false;
    }
    let mut arguments = a.made.call.arguments.clone();
    put(&mut arguments, &a.arg.pointer, b.arg.value);
    put(&mut arguments, &b.arg.pointer, a.arg.value);
    if !a.made.known.is_some_and(|known| known.accepts(&arguments)) {
        return false;
    }
    if prefixed(a) && prefixed(b) {
        return false;
    }
    let as_is = points(scene, all, a, a) + points(scene, all, b, b);
    let other_way = points(scene, all, a, b) + points(scene, all, b, a);
    other_way > as_is + MARGIN
}

/// The parameter that a value is given to, and the stems of its noun.
fn cues<'m>(one: &Said<'m, '_>) -> Option<(&'m Leaf, &'m [String])> {
    let known = one.made.known?;
    let leaf = one.arg.leaf?;
    Some((&known.tool.parameters[leaf], &known.parameter_cues[leaf].nouns))
}

/// Two values of two calls made at once fit better the other way round.
fn exchanged(scene: &Scene, all: &[Said], a: &Said, b: &Said) -> bool {
    let (Some((first, nouns)), Some((second, others))) = (cues(a), cues(b)) else { return false };
    if a.arg.value == b.arg.value || nouns == others || super::facts::look(first.sem) != super::facts::look(second.sem) {
        return false;
    }
    let accepts = |one: &Said, value: &Value| {
        let mut arguments = one.made.call.arguments.clone();
        put(&mut arguments, &one.arg.pointer, value);
        one.made.known.is_some_and(|known| known.accepts(&arguments))
    };
    if !accepts(a, b.arg.value) || !accepts(b, a.arg.value) {
        return false;
    }
    let as_is = points(scene, all, a, a) + points(scene, all, b, b);
    points(scene, all, a, b) + points(scene, all, b, a) > as_is + MARGIN
}

/// A call made at once that takes a thing that looks the same, where the value answers a question about what that call is for, or stands
/// behind the noun of it ("the channel about gardening"), and not behind that of its own.
fn beside_another<'m, 's>(scene: &'m Scene<'s>, a: &Said<'m, 's>) -> Option<&'m Made<'s>> {
    let (mine, nouns) = cues(a)?;
    let known = a.made.known?;
    let text = &scene.texts[a.turn];
    let first = text.word_at(a.span.start);
    let sentence = text.words.get(first)?.sentence;
    let nearest = |known: &Known| {
        let mut before = text.words[..first].iter().rev().take_while(|word| word.sentence == sentence);
        before.find(|word| text.stem(word) == known.sense.head).map(|word| word.start)
    };
    let question = scene.question_before(a.turn);
    let asked = |known: &Known| question.is_some_and(|question| question.has_stem(&known.sense.head));
    let own = nearest(known);
    scene.calls.iter().filter(|other| other.turn == a.made.turn && other.call.id != a.made.call.id && !other.misdirected()).find(|other| {
        // "The ride status for that ride" speaks of one call alone, though another is about rides.
        let spoken_of = |rival: &&Known| words_of_identifier(&known.tool.phrase.object).iter().any(|word| stem(word) == rival.sense.head);
        let Some(rival) = other.known.filter(|rival| rival.sense.head != known.sense.head && !spoken_of(rival)) else { return false };
        let alike = |arg: &&Arg| {
            let looks = other.leaf(arg).is_some_and(|leaf| super::facts::look(leaf.sem) == super::facts::look(mine.sem));
            looks && arg.value != a.arg.value && takes(other, arg, a.arg.value) && takes(a.made, a.arg, arg.value)
        };
        let same_noun = |arg: &Arg| arg.leaf.is_some_and(|index| rival.parameter_cues[index].nouns == nouns);
        let stands = || nearest(rival).is_some_and(|place| own.is_none_or(|own| own < place));
        let answers = own.is_none() && asked(rival) && !asked(known);
        other.args.iter().filter(alike).any(|arg| answers || (same_noun(arg) && stands()))
    })
}

/// A call would be valid with another value for one of its arguments.
fn takes(made: &Made, arg: &Arg, value: &Value) -> bool {
    let mut arguments = made.call.arguments.clone();
    put(&mut arguments, &arg.pointer, value);
    made.known.is_some_and(|known| known.accepts(&arguments))
}

/// How well values look like what two parameters take; the exchange must be much better.
fn look_exchanged(made: &Made, a: &Arg, other: &Made, b: &Arg) -> bool {
    let (Some(first), Some(second)) = (made.leaf(a), other.leaf(b)) else { return false };
    if look_fit(first, a.value) + look_fit(second, b.value) + 2 > look_fit(first, b.value) + look_fit(second, a.value) {
        return false;
    }
    let accepts = |made: &Made, changes: &[(&str, &Value)]| {
        let mut arguments = made.call.arguments.clone();
        changes.iter().for_each(|(pointer, value)| put(&mut arguments, pointer, value));
        made.known.is_some_and(|known| known.accepts(&arguments))
    };
    if made.call.id == other.call.id {
        accepts(made, &[(&a.pointer, b.value), (&b.pointer, a.value)])
    } else {
        accepts(made, &[(&a.pointer, b.value)]) && accepts(other, &[(&b.pointer, a.value)])
    }
}

/// 1 where a text looks like what a parameter takes, -1 where it cannot be that.
fn look_fit(leaf: &Leaf, value: &Value) -> i8 {
    let Some(said) = value.as_str() else { return 0 };
    let shape = value::shape(value);
    let sign = |fits: bool| if fits { 1 } else { -1 };
    match leaf.sem {
        SemType::Id => match shape {
            SemType::Id | SemType::Code => 1,
            _ if said.contains(' ') || !said.bytes().any(|b| b.is_ascii_digit()) => -1,
            _ => 0,
        },
        SemType::Url => sign(said.contains("://") || said.starts_with("www.")),
        SemType::Email => sign(said.contains('@')),
        SemType::Date | SemType::Datetime | SemType::Time => sign(said.bytes().any(|b| b.is_ascii_digit())),
        _ if matches!(shape, SemType::Id | SemType::Url | SemType::Email) => -1,
        _ => 0,
    }
}

/// Of what a turn says for two calls, the words of one call stand among those of the other.
fn interleaved(all: &[Said], a: &Said, b: &Said) -> bool {
    let own = |one: &Said| {
        // What another call uses as well belongs to none.
        let alone = |said: &&Said| {
            let mut users = all.iter().filter(|user| user.turn == said.turn && overlaps(&user.span, &said.span));
            said.made.call.id == one.made.call.id && said.turn == one.turn && !users.any(|user| user.made.call.id != one.made.call.id)
        };
        let spans: Vec<&Range<usize>> = all.iter().filter(alone).map(|said| &said.span).collect();
        spans.iter().map(|span| span.start).min().zip(spans.iter().map(|span| span.end).max())
    };
    match (own(a), own(b)) {
        (Some((start, end)), Some((from, to))) => start < to && from < end,
        _ => false,
    }
}

/// "ENT-1" for the entity: the letters of an identifier begin a word of its parameter's noun.
fn prefixed(one: &Said) -> bool {
    let letters: String = one.arg.value.as_str().unwrap_or_default().chars().take_while(char::is_ascii_alphabetic).collect();
    let noun = one.made.leaf(one.arg).map_or("", |leaf| leaf.phrase.noun.as_str()).to_lowercase();
    letters.len() >= 3 && noun.split(' ').any(|word| word.starts_with(&letters.to_lowercase()))
}

pub(crate) fn put(target: &mut Value, pointer: &str, value: &Value) {
    if let Some(slot) = target.pointer_mut(pointer) {
        *slot = value.clone();
    }
}

/// A parameter of the same call that has something from a result instead, of which the words around the value speak.
fn belongs_to_taken(scene: &Scene, all: &[Said], a: &Said, own: f32) -> Option<String> {
    let known = a.made.known?;
    let mine = known.tool.parameters.get(a.arg.leaf?)?;
    let others = others(all, a.turn, &a.span);
    a.made.args.iter().filter(|arg| matches!(arg.source, Some(crate::dialogue::Provenance::ToolResult { .. }))).find_map(|arg| {
        let leaf = a.made.leaf(arg)?;
        let text = &scene.texts[a.turn];
        // "For that team": the name stands there for what it points at.
        let pointed = noun_places(text, &leaf.phrase.noun).iter().any(|(place, _)| {
            ["that", "this", "each", "those", "these", "same", "every"]
                .iter()
                .any(|word| text.low[..place.start].trim_end().ends_with(word))
        });
        let alike = super::facts::look(leaf.sem) == super::facts::look(mine.sem) && leaf.phrase.noun != mine.phrase.noun && !pointed;
        let cues = &known.parameter_cues[arg.leaf?];
        let mut exchanged = a.made.call.arguments.clone();
        put(&mut exchanged, &arg.pointer, a.arg.value);
        put(&mut exchanged, &a.arg.pointer, arg.value);
        let better = alike && evidence(scene, a.turn, &a.span, cues, &others) >= own + 1.2;
        (better && known.accepts(&exchanged)).then(|| arg.pointer.clone())
    })
}

/// Another parameter of the tool, not used in this call, of which the words around the value clearly speak.
fn belongs_elsewhere(scene: &Scene, all: &[Said], a: &Said) -> Option<String> {
    let known = a.made.known?;
    let own = points(scene, all, a, a);
    if let Some(other) = belongs_to_taken(scene, all, a, own) {
        return Some(other);
    }
    if own >= 2.5 {
        return None;
    }
    let others = others(all, a.turn, &a.span);
    let mine = known.tool.parameters.get(a.arg.leaf?)?;
    known
        .tool
        .parameters
        .iter()
        .zip(&known.parameter_cues)
        .filter(|(leaf, _)| {
            leaf.sem == mine.sem
                && leaf.pointer != mine.pointer
                && !a.made.args.iter().any(|arg| arg.leaf.is_some_and(|index| known.tool.parameters[index].pointer == leaf.pointer))
        })
        .find(|(_, cues)| evidence(scene, a.turn, &a.span, cues, &others) >= own + 2.5)
        .map(|(leaf, _)| leaf.pointer.clone())
}
