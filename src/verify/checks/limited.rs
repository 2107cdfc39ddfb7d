//! ## What it does
//! Where the assistant turns an answer or a request down because of one value, the tool must really not take what the user said, and the bound or the choices that are
//! named must be the schema's.
//! ## Why it is bad
//! The model would learn to refuse good answers, or to make up rules.
//! ## Example
//! "For eight people." – "Sorry, the party size can be at most 6." – where the schema has `"maximum": 12`.

use super::Check;
use crate::catalog::Leaf;
use crate::dialogue::Role;
use crate::value::{self, SemType};
use crate::verify::Findings;
use crate::verify::scene::{Made, Scene, hints};
use crate::verify::sources::{Chunk, Kind, Said, overlaps, said};
use serde_json::Value;

pub(super) struct Limited;

/// Words by which an answer is turned down.
const DOWN: [&str; 18] = [
    "at most",
    "no more than",
    "at least",
    "or more",
    "the most i can",
    "is the most",
    "the least i can",
    "is the least",
    "over the limit",
    "under the limit",
    "limit of",
    "limit is",
    "one of the choices",
    "among the choices",
    "on the list",
    "the choices are",
    "these choices",
    "is too",
];

/// Words by which a day is turned down.
const PAST: [&str; 5] = ["in the past", "already gone by", "already passed", "is already over", "has gone by"];

impl Check for Limited {
    fn name(&self) -> &'static str {
        "limited"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for user in scene.user_turns().filter(|turn| turned_down(scene, *turn)) {
            let turn = user + 1;
            for (leaf, given) in asked_for(scene, turn) {
                if let Err(why) = holds(scene, user, leaf, given) {
                    out.add(turn, why);
                }
            }
        }
        for user in scene.user_turns() {
            if let Some(leaf) = free_day(scene, user + 1) {
                out.add(user + 1, format!("a day in the past is turned down, but `{}` may be any day", leaf.name));
            }
        }
    }
}

/// The day that is asked for again because the first has gone by, where days gone by can be asked for.
fn free_day<'s>(scene: &Scene<'s>, turn: usize) -> Option<&'s Leaf> {
    let text = scene.texts.get(turn)?;
    if scene.role(turn) != Some(Role::Assistant) || !text.raw.contains('?') || !text.has_any(&PAST) {
        return None;
    }
    let answers = said(scene).into_iter().filter(|one| one.turn == turn + 1);
    let days = answers.filter_map(|one| Some((one.made, one.made.leaf(one.arg)?))).filter(|(_, leaf)| leaf.sem == SemType::Date);
    let days: Vec<_> = days.collect();
    let must_come = |made: &Made, leaf: &Leaf| made.known.is_none_or(|known| known.tool.arranges_for(leaf));
    let free = !days.iter().any(|(made, leaf)| must_come(made, leaf));
    days.first().map(|(_, leaf)| *leaf).filter(|_| free)
}

/// The user's turn answers a question or asks for something, and the assistant does not take the value.
pub(super) fn turned_down(scene: &Scene, user: usize) -> bool {
    let Some(text) = scene.texts.get(user + 1) else { return false };
    let asks = scene.role(user + 1) == Some(Role::Assistant) && text.raw.contains('?') && scene.role(user + 2) == Some(Role::User);
    let says = scene.question_before(user).is_some() || requests(scene, user);
    let down = || text.has_any(&DOWN) && !says_back(scene, user);
    asks && says && (down() || text.has_any(&PAST)) && !asked_for(scene, user + 1).is_empty()
}

/// "A home for at most $5,000, right?": the number behind the words is the user's own, and no bound of the schema's.
fn says_back(scene: &Scene, user: usize) -> bool {
    let numbers = |turn: usize, leaf: &Leaf| -> Vec<f64> {
        let readings = value::read(scene.texts[turn].raw, leaf.sem, hints(Some(leaf)), &scene.say);
        readings.iter().filter_map(|reading| reading.value.as_f64()).collect()
    };
    let own = |turn: usize, leaf: &Leaf| {
        let (asked, said) = (numbers(turn, leaf), numbers(user + 1, leaf));
        asked.iter().any(|number| said.contains(number)) && !said.iter().any(|number| bounds(leaf).any(|bound| bound == *number))
    };
    // It may have been said a question or two before.
    let first = scene.dialogue.goals.iter().filter(|goal| goal.turn <= user).map(|goal| goal.turn).max().unwrap_or(user);
    let bounded = |turn: usize| scene.texts[turn].has_any(&["at most", "no more than", "at least"]);
    scene
        .user_turns()
        .filter(|turn| (first..=user).contains(turn) && bounded(*turn))
        .any(|turn| asked_for(scene, user + 1).into_iter().any(|(leaf, _)| own(turn, leaf)))
}

fn bounds(leaf: &Leaf) -> impl Iterator<Item = f64> {
    ["minimum", "maximum"].into_iter().filter_map(|key| leaf.schema.get(key)?.as_f64())
}

/// These words of the user's are what the assistant does not take. Whatever else is said in a request holds on.
pub(super) fn turns_down(scene: &Scene, user: usize, chunk: &Chunk) -> bool {
    if super::unclear::unclear(scene, user) {
        return true;
    }
    if !turned_down(scene, user) {
        return false;
    }
    let raw = scene.texts[user].raw;
    let beyond = |leaf: &Leaf| {
        let readings = value::read(raw, leaf.sem, hints(Some(leaf)), &scene.say);
        let mut here = readings.iter().filter(|reading| overlaps(&reading.span, &chunk.span)).filter_map(|reading| reading.value.as_f64());
        here.any(|said| outside(leaf, said))
    };
    let gone = |leaf: &Leaf| {
        let readings = value::read(raw, leaf.sem, hints(Some(leaf)), &scene.say);
        readings.iter().any(|reading| overlaps(&reading.span, &chunk.span) && is_past(scene, &reading.value))
    };
    let refused = |leaf: &Leaf| match leaf.schema.get("enum") {
        Some(_) => matches!(chunk.kind, Kind::Word | Kind::Name) || scene.texts[user + 1].has(&scene.texts[user].low[chunk.span.clone()]),
        None if leaf.sem == SemType::Date => gone(leaf),
        None => beyond(leaf),
    };
    !requests(scene, user) || asked_for(scene, user + 1).into_iter().any(|(leaf, _)| refused(leaf))
}

/// The bounds of a parameter do not allow the number.
fn outside(leaf: &Leaf, number: f64) -> bool {
    let bound = |key: &str| leaf.schema.get(key).and_then(Value::as_f64);
    bound("minimum").is_some_and(|least| number < least) || bound("maximum").is_some_and(|most| number > most)
}

/// The value is a day before today.
fn is_past(scene: &Scene, value: &Value) -> bool {
    value.as_str().and_then(|day| day.parse::<jiff::civil::Date>().ok()).is_some_and(|day| day < scene.say.today)
}

/// Something is asked for in the turn, so that it may be more than can be had.
fn requests(scene: &Scene, user: usize) -> bool {
    scene.dialogue.goals.iter().any(|goal| goal.turn == user)
}

/// The limited parameters whose values the user gives in the very next turn, and those values.
pub(super) fn asked_for<'s>(scene: &Scene<'s>, turn: usize) -> Vec<(&'s Leaf, &'s Value)> {
    let all = said(scene);
    let answers = all.iter().filter(|one| one.turn == turn + 1);
    let past = scene.texts[turn].has_any(&PAST);
    let limited = |leaf: &Leaf| ["minimum", "maximum", "enum"].iter().any(|key| leaf.schema.get(key).is_some());
    let of = |one: &Said<'_, 's>| {
        let leaf = one.made.leaf(one.arg)?;
        let limited = if past { one.made.known?.tool.arranges_for(leaf) } else { limited(leaf) };
        limited.then_some((leaf, one.arg.value))
    };
    answers.filter_map(of).collect()
}

fn holds(scene: &Scene, user: usize, leaf: &Leaf, given: &Value) -> Result<(), String> {
    let raw = scene.texts[user].raw;
    let turn = user + 1;
    if !scene.find(user, given, Some(leaf)).is_empty() {
        return Err(format!("{given} is turned down and then taken"));
    }
    if leaf.sem == SemType::Date {
        let days = value::read(raw, leaf.sem, hints(Some(leaf)), &scene.say);
        return match (is_past(scene, given), days.iter().any(|day| is_past(scene, &day.value))) {
            (true, _) => Err(format!("{given} is in the past as well")),
            (false, false) => Err("no day in the past was asked for".into()),
            (false, true) => Ok(()),
        };
    }
    if let Some(choices) = leaf.schema.get("enum").and_then(Value::as_array) {
        if let Some(choice) = choices.iter().find(|choice| !scene.find(user, choice, Some(leaf)).is_empty()) {
            return Err(format!("{choice} is turned down, but `{}` takes it", leaf.name));
        }
        let unsaid = choices.iter().filter(|choice| choice.is_string()).find(|choice| scene.find(turn, choice, Some(leaf)).is_empty());
        return unsaid.map_or(Ok(()), |choice| Err(format!("{choice} is not named among the choices")));
    }
    let numbers = |text: &str| -> Vec<f64> {
        value::read(text, leaf.sem, hints(Some(leaf)), &scene.say).iter().filter_map(|reading| reading.value.as_f64()).collect()
    };
    let answer = numbers(raw);
    if answer.is_empty() && requests(scene, user) {
        return Err(format!("nothing beyond the bounds of `{}` was asked for", leaf.name));
    }
    // A number of minutes may be read as one of hours as well: one reading beyond the bounds is enough.
    if !answer.is_empty() && answer.iter().all(|number| !outside(leaf, *number)) {
        return Err(format!("{answer:?} is turned down, but `{}` takes it", leaf.name));
    }
    let named = ["minimum", "maximum"].into_iter().filter_map(|key| leaf.schema.get(key));
    if named.map(|value| scene.find(turn, value, Some(leaf))).all(|found| found.is_empty()) {
        return Err(format!("the bounds of `{}` are not named", leaf.name));
    }
    Ok(())
}
