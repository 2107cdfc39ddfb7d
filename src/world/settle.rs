//! Numbers that follow from other numbers: counts of lists, sums of items, prices times quantities.

use super::answer::{Answer, Place};
use super::arguments::Arguments;
use super::entity::{Entities, Key, id_text};
use super::maker::Maker;
use super::number::rounded;
use super::recipe::{Field, Grain, Shape};
use crate::value::SemType;
use crate::value::english::{singular, words_of_identifier};
use serde_json::{Map, Value};

const COUNT: &[&str] = &["count", "total", "number", "num", "results", "found", "size", "length"];
const COUNT_FILL: &[&str] = &["of", "items", "returned", "matches", "matching", "shown", "all", "records", "entries"];
const SUM: &[&str] = &["total", "sum", "subtotal"];
const FEES: &[&str] = &["fee", "fees", "tip", "tax", "taxes", "shipping", "surcharge", "charge"];
const TIMES: &[&str] = &["quantity", "portions", "nights", "tickets", "units", "pieces", "seats", "copies", "days"];

/// Whether a field of such a name may follow from others.
pub(super) fn may_follow(words: &[String]) -> bool {
    let of = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    of(COUNT) || of(SUM) || of(&["price", "cost", "amount", "refund", "refunded", "returned", "word"])
}

/// What the fields of an object must be, given its other fields, the object around it and the arguments.
pub(super) fn numbers(
    fields: &[Field],
    map: &Map<String, Value>,
    above: &Map<String, Value>,
    answer: &Answer,
    place: &Place,
) -> Vec<(usize, Value)> {
    let (arguments, entities) = (answer.arguments, &answer.world.entities);
    let may_follow = |field: &Field| matches!(&field.shape, Shape::Leaf(grain) if grain.follows);
    if !fields.iter().any(may_follow) {
        return Vec::new();
    }
    let mut map = map.clone();
    let mut changed = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        let Shape::Leaf(grain) = &field.shape else { continue };
        if !grain.follows {
            continue;
        }
        let Maker::Number(numbers) = &grain.maker else { continue };
        if !map.contains_key(&field.name) || arguments.echo(grain).is_some_and(|argument| Some(&argument.value) == map.get(&field.name)) {
            continue;
        }
        let whole = count(grain, &map).filter(|_| numbers.is_integer() || !is_sum(grain)).map(|count| count as f64);
        let sum = || sum(grain, &map, above, arguments);
        let product = || product(grain, fields, &map, arguments, entities);
        // What was said of a thing before stays, unless the call changes it.
        let stays = !answer.recipe.acts && whole.is_none() && answer.was_told(grain, place, map.get(&field.name));
        if stays {
            continue;
        }
        let told = words(grain, arguments).or(whole).or_else(sum).or_else(product);
        let Some(value) = told.or_else(|| refund(grain, arguments, entities)) else { continue };
        let value = rounded(value, 2);
        if grain.admits(&value) {
            map.insert(field.name.clone(), value.clone());
            changed.push((at, value));
        }
    }
    changed
}

/// The length of the list that the field counts.
fn count(grain: &Grain, map: &Map<String, Value>) -> Option<usize> {
    if !grain.words.iter().any(|word| COUNT.contains(&word.as_str())) {
        return None;
    }
    let about: Vec<String> = grain
        .words
        .iter()
        .filter(|word| !COUNT.contains(&word.as_str()) && !COUNT_FILL.contains(&word.as_str()))
        .map(|word| singular(word))
        .collect();
    let lists: Vec<(&String, usize)> = map.iter().filter_map(|(name, value)| value.as_array().map(|items| (name, items.len()))).collect();
    let names = |name: &str| words_of_identifier(name).iter().map(|word| singular(word)).collect::<Vec<_>>();
    match (about.as_slice(), lists.as_slice()) {
        ([], [(_, size)]) if grain.sem != SemType::Money => Some(*size),
        ([], _) => None,
        (about, lists) => lists.iter().find(|(name, _)| names(name).last() == about.last()).map(|(_, size)| *size),
    }
}

fn is_sum(grain: &Grain) -> bool {
    grain.words.iter().any(|word| SUM.contains(&word.as_str()))
}

/// The sum of a list's amounts, with the fees beside it when the field is the grand total.
fn sum(grain: &Grain, map: &Map<String, Value>, above: &Map<String, Value>, arguments: &Arguments) -> Option<f64> {
    if !is_sum(grain) || grain.has("line") {
        return None;
    }
    let about: Vec<String> = grain.words.iter().filter(|word| !SUM.contains(&word.as_str())).map(|word| singular(word)).collect();
    let names = |name: &str| words_of_identifier(name).iter().map(|word| singular(word)).collect::<Vec<_>>();
    let lists = || map.iter().chain(above).filter_map(|(name, value)| Some((name, amounts(value.as_array()?)?)));
    let of_list = lists().find(|(name, _)| about.iter().any(|word| names(name).contains(word)));
    if let Some((_, sum)) = of_list.filter(|_| grain.sem == SemType::Money || !about.is_empty()) {
        return Some(sum);
    }
    let grand = about.is_empty()
        || about.iter().all(|word| matches!(word.as_str(), "price" | "cost" | "amount" | "grand" | "order" | "due" | "bill" | "charge"));
    if !grand {
        return None;
    }
    let part = map.iter().find(|(name, value)| {
        let words = words_of_identifier(name);
        **name != grain.name && value.is_number() && words.iter().any(|word| SUM.contains(&word.as_str()))
    });
    let base = part.and_then(|(_, value)| value.as_f64()).or_else(|| lists().next().map(|(_, sum)| sum))?;
    let is_fee = |words: &[String]| words.iter().any(|word| FEES.contains(&word.as_str()));
    let beside: f64 = map.iter().filter(|(name, _)| is_fee(&words_of_identifier(name))).filter_map(|(_, value)| value.as_f64()).sum();
    let asked = arguments.all.iter().filter(|argument| is_fee(&argument.words) && !map.contains_key(&argument.words.join("_")));
    let asked: f64 = asked.filter_map(|argument| argument.value.as_f64()).sum();
    let discount = map
        .iter()
        .filter(|(name, _)| name.contains("discount") || name.contains("savings"))
        .filter_map(|(name, value)| (!name.contains("percent")).then(|| value.as_f64())?);
    Some(base + beside + asked - discount.sum::<f64>())
}

/// The sum over the items: line totals, else amounts, else prices times quantities.
fn amounts(items: &[Value]) -> Option<f64> {
    let first = items.first()?.as_object()?;
    let by = |words: &[&str]| first.keys().find(|name| words_of_identifier(name).iter().any(|word| words.contains(&word.as_str())));
    let name = by(&["total", "subtotal"]).or_else(|| by(&["amount"])).or_else(|| by(&["price", "cost", "fee"]))?;
    let line = words_of_identifier(name).iter().any(|word| matches!(word.as_str(), "total" | "subtotal" | "amount"));
    let times = by(TIMES).filter(|_| !line);
    items.iter().map(|item| Some(item[name].as_f64()? * times.map_or(Some(1.0), |times| item[times].as_f64())?)).sum()
}

/// A price times a quantity: `line_total`, `preorder_price`, `total_price` of a stay, the room among the charges.
fn product(grain: &Grain, fields: &[Field], map: &Map<String, Value>, arguments: &Arguments, entities: &Entities) -> Option<f64> {
    let single = ["one", "each", "single", "per "].iter().any(|word| grain.description.split(' ').any(|have| have == word.trim()));
    let priced = ["price", "cost", "total", "amount"].iter().any(|word| grain.has(word));
    let main = grain.has("amount") && map.values().any(|value| value.as_str().is_some_and(|text| MAIN.contains(&text)));
    if !priced || grain.has("per") || grain.has("unit") || (single && !is_sum(grain)) || !(is_sum(grain) || main || grain.words.len() > 1) {
        return None;
    }
    let is_times = |name: &str| words_of_identifier(name).last().is_some_and(|word| TIMES.contains(&word.as_str()));
    let here = map.iter().find(|(name, _)| is_times(name)).and_then(|(name, value)| Some((Some(name), value.as_f64()?)));
    let asked = || {
        let argument = arguments.all.iter().find(|argument| argument.words.last().is_some_and(|word| TIMES.contains(&word.as_str())))?;
        Some((None, argument.value.as_f64()?))
    };
    let (name, times) = here.or_else(asked)?;
    let is_unit = |name: &str| {
        let words = words_of_identifier(name);
        words.first().is_some_and(|word| matches!(word.as_str(), "price" | "cost" | "unit" | "rate")) && name != grain.name
    };
    let beside = map.iter().find(|(name, _)| is_unit(name)).and_then(|(_, value)| value.as_f64());
    let owners = || {
        let own = map.iter().filter_map(|(name, value)| Some((name.strip_suffix("_id")?.replace('_', " "), id_text(value))));
        own.chain(arguments.keys().rev().cloned())
    };
    let known = || {
        let near = owners().flat_map(|key| {
            let around: Vec<Key> = entities.around(&key).into_iter().cloned().collect();
            std::iter::once(key).chain(around)
        });
        near.into_iter().find_map(|key| {
            let attributes = &entities.get(&key)?.attributes;
            attributes
                .iter()
                .find(|(name, value)| value.is_number() && is_unit(&name.replace(' ', "_")))
                .and_then(|(_, value)| value.as_f64())
        })
    };
    // No price is known: the amount that was drawn stands for the largest quantity.
    let implied = || {
        let most = fields.iter().find_map(|field| match &field.shape {
            Shape::Leaf(grain) if Some(&field.name) == name => match &grain.maker {
                Maker::Number(numbers) => Some(numbers.high),
                _ => None,
            },
            _ => None,
        })?;
        let drawn = map.get(&grain.name)?.as_f64()?;
        (most >= 1.0).then(|| (drawn / most * 2.0).round() / 2.0)
    };
    Some(beside.or_else(known).or_else(implied)? * times)
}

/// Kinds of charges that the price itself makes.
const MAIN: &[&str] = &["room", "fare", "ticket", "tickets", "base", "base_fare", "accommodation", "rental", "stay"];

/// What comes back is what was paid, where that is known.
fn refund(grain: &Grain, arguments: &Arguments, entities: &Entities) -> Option<f64> {
    if !(grain.has("refund") || grain.has("refunded") || grain.has("returned")) || grain.has("percent") || grain.has("days") {
        return None;
    }
    let paid = ["total price", "total", "amount", "price", "deposit"];
    let paid = |name: &str| paid.contains(&name);
    arguments.keys().find_map(|key| {
        let attributes = &entities.get(key)?.attributes;
        attributes.iter().find(|(name, value)| paid(name) && value.is_number()).and_then(|(_, value)| value.as_f64())
    })
}

/// The number of words of the text that the call was given.
fn words(grain: &Grain, arguments: &Arguments) -> Option<f64> {
    let text = arguments.all.iter().find(|argument| matches!(argument.sem, SemType::Text) && argument.value.is_string());
    let text = text.filter(|_| grain.has("word") && grain.has("count"))?.value.as_str()?;
    Some(text.split_whitespace().count() as f64)
}
