//! ## What it does
//! An argument taken from one of several items must come from the item that the user picked: by its place in the list, by its name, or
//! because the request runs over all of them.
//! ## Why it is bad
//! Every other item of the list passes the look-up as well.
//! ## Example
//! "Book the second one", and the call has the id of the first.

use super::Check;
use super::derived::superlatives;
use crate::dialogue::Provenance;
use crate::value::SemType;
use crate::verify::Findings;
use crate::verify::scene::{Made, Scene, item_of, length};
use crate::verify::sources::{Ordinal, ordinals, overlaps, said};
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) struct Selected;

impl Check for Selected {
    fn name(&self) -> &'static str {
        "selected"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for made in &scene.calls {
            for arg in &made.args {
                let Some((call, pointer)) = arg.source.and_then(Provenance::result) else { continue };
                let Some(from) = scene.made(call) else { continue };
                if twin(scene, made, from, pointer) {
                    out.add(
                        made.turn,
                        format!("{} of call {} is from one of several calls alike, and nothing says of which", arg.pointer, made.call.id),
                    );
                }
                let Some((list, item)) = item_of(pointer) else { continue };
                let count = length(from.result, list);
                if count < 2 || from.turn >= made.turn || alike(from, list, pointer, count) {
                    continue;
                }
                if let Err(why) = justified(scene, made, from, list, item, count) {
                    out.add(made.turn, format!("{} of call {} is from item {} of {count}: {why}", arg.pointer, made.call.id, item + 1));
                }
            }
        }
    }
}

/// "Add it to that channel", when two channels were made at once: another call of the same tool, made together with the one that gave the
/// value, gave another, and the user neither names nor numbers nor means both.
fn twin(scene: &Scene, made: &Made, from: &Made, pointer: &str) -> bool {
    let value = |one: &Made| one.result.and_then(|result| result.value.pointer(pointer).cloned());
    let of_one =
        |other: &&Made| other.turn == from.turn && other.call.tool == from.call.tool && !other.failed() && value(other) != value(from);
    let mut others = scene.calls.iter().filter(of_one).filter(|other| value(other).is_some()).peekable();
    if others.peek().is_none() || from.user == made.user {
        return false;
    }
    let both = |other: &Made| {
        scene.calls.iter().any(|call| call.user == made.user && call.args.iter().any(|arg| Some(arg.value) == value(other).as_ref()))
    };
    let apart = |other: &Made, turn: usize| {
        let own =
            |arg: &&crate::verify::scene::Arg| !other.args.iter().any(|theirs| theirs.pointer == arg.pointer && theirs.value == arg.value);
        from.args.iter().filter(own).any(|arg| !scene.find(turn, arg.value, from.leaf(arg)).is_empty())
            || from
                .facts
                .iter()
                .any(|fact| value(other).is_some() && fact.value.is_string() && !scene.find(turn, fact.value, from.field(fact)).is_empty())
    };
    let turns: Vec<usize> = scene.users_before(made.turn).take_while(|turn| *turn > from.turn).collect();
    let told = |other: &Made| turns.iter().any(|turn| !ordinals(&scene.texts[*turn]).is_empty() || apart(other, *turn));
    others.any(|other| !both(other) && !told(other))
}

/// Every item has the same value there, so nothing had to be picked.
fn alike(from: &Made, list: &str, pointer: &str, count: usize) -> bool {
    let Some((_, tail)) =
        pointer[list.len() + 1..].split_once('/').map(|(item, tail)| (item, format!("/{tail}"))).or(Some(("", String::new())))
    else {
        return false;
    };
    let at = |item: usize| from.result.and_then(|result| result.value.pointer(&format!("{list}/{item}{tail}")));
    (1..count).all(|item| at(item) == at(0))
}

fn justified(scene: &Scene, made: &Made, from: &Made, list: &str, item: usize, count: usize) -> Result<(), String> {
    let together = together(scene, made, from, list);
    let quantified = scene.texts[made.user].has_any(&["each", "every", "all", "both", "them", "those", "these", "one by one"]);
    if together.len() > 1 && quantified {
        // All of those that were told, or of the list: none may be left out, unless the user names some.
        let told = told(scene, from, list, count);
        let named = named(scene, made.user, from, list, count);
        let left_out = told.iter().find(|item| !together.contains(item)).filter(|_| named.is_empty());
        return left_out.map_or(Ok(()), |item| Err(format!("the request runs over all of them, but item {} is left out", item + 1)));
    }
    // In one breath the list and the choice are asked for before either call is made.
    let first = if from.user == made.user { scene.opening(made).min(from.user) } else { from.user };
    for turn in scene.users_before(made.turn).take_while(|turn| *turn >= first) {
        let picked = picks(scene, turn, from, list, count);
        if picked.contains(&item) {
            return Ok(());
        }
        if !picked.is_empty() {
            let places: Vec<usize> = picked.iter().map(|item| item + 1).collect();
            return Err(format!("the user picks item {places:?} in turn {turn}"));
        }
    }
    let told = told(scene, from, list, count);
    if told.len() == 1 && told.contains(&item) { Ok(()) } else { Err("nothing says which one is meant".into()) }
}

/// The items of the list that calls of the same tool use in the same turn.
pub(super) fn together(scene: &Scene, made: &Made, from: &Made, list: &str) -> BTreeSet<usize> {
    scene
        .calls
        .iter()
        .filter(|other| other.user == made.user && other.call.tool == made.call.tool)
        .flat_map(|other| &other.args)
        .filter_map(|arg| arg.source.and_then(Provenance::result))
        .filter(|(call, _)| *call == from.call.id)
        .filter_map(|(_, pointer)| item_of(pointer).filter(|(other, _)| *other == list).map(|(_, item)| item))
        .collect()
}

/// The items that a user turn names or numbers.
fn picks(scene: &Scene, turn: usize, from: &Made, list: &str, count: usize) -> BTreeSet<usize> {
    // Before the call, things are named that the user knows of already: "my appointment with Dr. Cruz".
    if turn > from.turn || scene.opening(from) == turn {
        let names = named(scene, turn, from, list, count);
        if !names.is_empty() {
            return names;
        }
    }
    if !points_at(scene, turn, from) {
        return BTreeSet::new();
    }
    let mut out: BTreeSet<usize> = superlatives(scene, turn, from, list).into_iter().collect();
    let text = &scene.texts[turn];
    let values: Vec<_> = said(scene).into_iter().filter(|one| one.turn == turn).map(|one| one.span).collect();
    let mut all = ordinals(text);
    all.retain(|(span, _)| !values.iter().any(|value| overlaps(value, span)) && !is_date(scene, turn, span));
    all.sort_by_key(|(span, _)| span.start);
    // "The second one. List its rooms and book the first one": what is asked for last speaks of the lists that are still to come.
    let coming = coming(scene, turn);
    // "Share it with the earliest of the first one's members": the least of one list and the place in another.
    if !out.is_empty() && coming.is_empty() && all.is_empty() {
        return out;
    }
    let known = all.len().saturating_sub(coming.len());
    let mine: &[_] = match coming.iter().position(|one| *one == (from.call.id, list)) {
        Some(at) => all.get(known + at..=known + at).unwrap_or(&all[..]),
        None => &all[..known],
    };
    // "The first one of the list": what is not told yet has no other order.
    let told = if turn < from.turn { BTreeSet::new() } else { told(scene, from, list, count) };
    for (_, ordinal) in mine {
        match ordinal {
            Ordinal::Nth(at) if *at < count => out.extend(nth(&told, *at)),
            Ordinal::Last => out.extend(told.last().copied().or(Some(count - 1))),
            _ => {}
        }
    }
    out
}

/// The lists that calls made in answer to a request of this turn give, and from whose items later ones of them take an argument.
fn coming<'m>(scene: &'m Scene, turn: usize) -> Vec<(usize, &'m str)> {
    let mut out: Vec<(usize, &str)> = Vec::new();
    for made in scene.calls.iter().filter(|made| made.turn > turn && scene.opening(made) == turn) {
        for arg in &made.args {
            let Some((call, pointer)) = arg.source.and_then(Provenance::result) else { continue };
            let Some((from, (list, _))) = scene.made(call).zip(item_of(pointer)) else { continue };
            let count = length(from.result, list);
            let by_place = || named(scene, turn, from, list, count).is_empty() && superlatives(scene, turn, from, list).is_empty();
            if from.turn > turn && count > 1 && !out.contains(&(call, list)) && by_place() {
                out.push((call, list));
            }
        }
    }
    out
}

/// The item at a place of those that were told; of the list itself when none was.
fn nth(told: &BTreeSet<usize>, at: usize) -> Option<usize> {
    if told.is_empty() { Some(at) } else { told.iter().nth(at).copied() }
}

/// Whether "the second one" in a turn can mean this list: it is the last list before the turn, or comes in answer to it.
fn points_at(scene: &Scene, turn: usize, from: &Made) -> bool {
    if turn <= from.user {
        return true;
    }
    let last = scene
        .calls
        .iter()
        .rfind(|made| made.turn < turn && made.facts.iter().any(|fact| item_of(&fact.pointer).is_some_and(|(_, item)| item > 0)));
    last.is_some_and(|last| last.call.id == from.call.id || last.turn == from.turn)
}

/// "March 2nd", "the 3rd of May".
pub(super) fn is_date(scene: &Scene, turn: usize, span: &std::ops::Range<usize>) -> bool {
    let text = &scene.texts[turn];
    let at = text.word_at(span.start);
    let near = [at.checked_sub(1), Some(at + 2)];
    near.into_iter().flatten().filter_map(|index| text.words.get(index)).any(|word| {
        word.capital
            && ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
                .contains(&text.low(word))
    })
}

/// Items of which a turn says a telling value that the other items do not have.
fn named(scene: &Scene, turn: usize, from: &Made, list: &str, count: usize) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let here: Vec<_> = said(scene).into_iter().filter(|one| one.turn == turn).collect();
    let arguments: Vec<_> = here.iter().map(|one| one.span.clone()).collect();
    // What the list was searched by ("demo") is no item of it, though one has that name.
    let searched = |place: &std::ops::Range<usize>| here.iter().any(|one| one.made.call.id == from.call.id && overlaps(&one.span, place));
    for fact in &from.facts {
        let Some((_, item)) = item_of(&fact.pointer).filter(|(other, item)| *other == list && *item < count) else { continue };
        let field = from.field(fact);
        // The items of a list of plain values are their own names.
        let alone = fact.pointer.len() == list.len() + 1 + item.to_string().len();
        let headline = alone || field.is_some_and(|field| field.phrase.headline);
        let telling = field.is_none_or(|field| {
            !matches!(field.sem, SemType::Enum | SemType::Category | SemType::Bool | SemType::Unit | SemType::Currency)
        });
        let verbatim = telling && fact.value.as_str().is_some_and(|said| said.len() >= 3);
        // "A play in Riga" tells the search, not one of its items.
        let told_to_it = turn <= from.turn && from.args.iter().any(|arg| arg.value == fact.value);
        if !(headline || verbatim) || told_to_it || shared(from, list, &fact.pointer, item, fact.value) {
            continue;
        }
        let places = scene.find(turn, fact.value, field);
        if places.iter().any(|place| !searched(place) && (headline || !arguments.iter().any(|span| overlaps(span, place)))) {
            out.insert(item);
        }
    }
    out
}

/// Another item of the list has the same value in the same field.
fn shared(from: &Made, list: &str, pointer: &str, item: usize, value: &Value) -> bool {
    let tail = &pointer[list.len() + 1 + item.to_string().len()..];
    from.facts.iter().any(|other| {
        item_of(&other.pointer).is_some_and(|(other_list, other_item)| {
            other_list == list
                && other_item != item
                && other.pointer[list.len() + 1 + other_item.to_string().len()..] == *tail
                && other.value == value
        })
    })
}

/// The items of a list that the assistant named after the call.
pub(super) fn told(scene: &Scene, from: &Made, list: &str, count: usize) -> BTreeSet<usize> {
    let Some(turn) = scene.spoken().find(|turn| *turn > from.turn) else { return BTreeSet::new() };
    let mut out = BTreeSet::new();
    for fact in &from.facts {
        let Some((_, item)) = item_of(&fact.pointer).filter(|(other, item)| *other == list && *item < count) else { continue };
        let field = from.field(fact);
        let naming = field.is_some_and(|field| field.phrase.headline) || fact.value.is_string();
        if naming
            && !out.contains(&item)
            && !shared(from, list, &fact.pointer, item, fact.value)
            && !scene.find(turn, fact.value, field).is_empty()
        {
            out.insert(item);
        }
    }
    out
}
