//! Reckons again what follows from amounts: how many a list has, what its amounts come to, another unit, another currency.

use super::derived::words_of;
use crate::catalog::Leaf;
use crate::dialogue::Provenance;
use crate::value::{self, SemType, reckon};
use crate::verify::scene::{Arg, Made, Scene, item_of, length};
use serde_json::{Value, json};

type Verdict = Result<(), String>;

/// "For all of them": the number of items of the list that was told last, and told whole.
pub(super) fn count(scene: &Scene, made: &Made, arg: &Arg, words: &Provenance, list: &Provenance) -> Verdict {
    let (turn, _, said) = words_of(scene, made, words)?;
    if !reckon::is_one_of(said, &reckon::EVERYONE) {
        return Err(format!("\"{said}\" speaks of no list"));
    }
    let (from, pointer) = giver(scene, made, list)?;
    let items = from.result.and_then(|result| result.value.pointer(pointer)).and_then(Value::as_array);
    let items = items.ok_or_else(|| format!("call {} has no list at {pointer}", from.call.id))?.len();
    told_whole(scene, turn, from, pointer)?;
    same(made, arg, &json!(items), || format!("\"{said}\" are {items}"))
}

/// "The total of those": the sum of one field over the whole list.
pub(super) fn sum(scene: &Scene, made: &Made, arg: &Arg, words: &Provenance, amounts: &[Provenance]) -> Verdict {
    let (turn, _, said) = words_of(scene, made, words)?;
    if !reckon::is_one_of(said, &reckon::TOTALS) {
        return Err(format!("\"{said}\" asks for no sum"));
    }
    let mut values = Vec::new();
    let mut whole: Option<(&Made, &str, &str)> = None;
    for (at, amount) in amounts.iter().enumerate() {
        let (from, pointer) = giver(scene, made, amount)?;
        let (list, item) = item_of(pointer).ok_or_else(|| format!("{pointer} lies in no list"))?;
        let tail = &pointer[list.len() + 1 + item.to_string().len()..];
        let (first, same_list, same_tail) = *whole.get_or_insert((from, list, tail));
        if first.call.id != from.call.id || same_list != list || same_tail != tail || item != at {
            return Err("the amounts are not those of one list, each once".into());
        }
        values.push(amount_at(from, pointer)?);
    }
    let (from, list, _) = whole.ok_or("there is nothing to add up")?;
    let count = length(from.result, list);
    if count != amounts.len() {
        return Err(format!("\"{said}\" is of {count} amounts, not of {}", amounts.len()));
    }
    told_whole(scene, turn, from, list)?;
    let total = reckon::total(values).ok_or("an amount is no number")?;
    same(made, arg, &total, || format!("\"{said}\" is {total}"))
}

/// "5 miles" for a parameter in kilometers.
pub(super) fn in_unit(scene: &Scene, made: &Made, arg: &Arg, words: &Provenance) -> Verdict {
    let (_, _, said) = words_of(scene, made, words)?;
    let leaf = made.leaf(arg).ok_or("the parameter is not known")?;
    let measures = reckon::measures(said);
    let [(_, amount, unit)] = measures.as_slice() else { return Err(format!("\"{said}\" is no measure")) };
    let value = unit_of(leaf).and_then(|own| reckon::converted(amount, unit, own, whole(leaf)));
    let value = value.ok_or_else(|| format!("\"{said}\" is not of what `{}` measures", leaf.name))?;
    same(made, arg, &value, || format!("\"{said}\" is {value}"))
}

/// "That distance", in the unit of the parameter.
pub(super) fn converted(scene: &Scene, made: &Made, arg: &Arg, words: &Provenance, amount: &Provenance) -> Verdict {
    let (turn, _, said) = words_of(scene, made, words)?;
    let leaf = made.leaf(arg).ok_or("the parameter is not known")?;
    let (from, pointer) = giver(scene, made, amount)?;
    let field = from.fact(pointer).and_then(|fact| from.field(fact)).ok_or_else(|| format!("nothing is known of {pointer}"))?;
    if !reckon::is_one_of(said, &reckon::sames(&field.phrase.noun)) {
        return Err(format!("\"{said}\" does not speak of the {}", field.phrase.noun));
    }
    let alike =
        |other: &&Made| other.turn < turn && other.facts.iter().any(|fact| other.field(fact).is_some_and(|own| own.name == field.name));
    if scene.calls.iter().rfind(alike).is_some_and(|last| last.call.id != from.call.id) {
        return Err(format!("\"{said}\" speaks of a later one"));
    }
    let known = amount_at(from, pointer)?;
    let told = |at: usize| from.turn < at && at < turn && !scene.find(at, known, Some(field)).is_empty();
    if !scene.spoken().any(told) {
        return Err(format!("nobody told the {}", field.phrase.noun));
    }
    let value = unit_of(field).zip(unit_of(leaf)).and_then(|(one, other)| reckon::converted(known, one, other, whole(leaf)));
    let value = value.ok_or_else(|| format!("{} is not of what `{}` measures", field.name, leaf.name))?;
    same(made, arg, &value, || format!("\"{said}\" is {value}"))
}

/// "The equivalent of 200 euros", at the rate of the result.
pub(super) fn exchanged(scene: &Scene, made: &Made, arg: &Arg, words: &Provenance, rate: &Provenance) -> Verdict {
    let (_, _, said) = words_of(scene, made, words)?;
    let (from, pointer) = giver(scene, made, rate)?;
    let asked = from.args.iter().find(|arg| from.sem(arg) == SemType::Currency).and_then(|arg| arg.value.as_str());
    let currency = asked.ok_or_else(|| format!("call {} is about no currency", from.call.id))?;
    let amount = reckon::money_in(said, currency).ok_or_else(|| format!("\"{said}\" is no amount in {currency}"))?;
    let unit = |leaf: Option<&Leaf>| leaf.and_then(|leaf| leaf.phrase.unit.clone());
    let units = unit(made.leaf(arg)).zip(unit(from.fact(pointer).and_then(|fact| from.field(fact))));
    if !units.is_some_and(|(one, other)| reckon::same_currency(&one, &other)) {
        return Err("the rate is into another currency".into());
    }
    let value = reckon::exchanged(&amount, amount_at(from, pointer)?).ok_or("the rate is no number")?;
    same(made, arg, &value, || format!("\"{said}\" is {value}"))
}

/// "Twice that amount": a multiple of what the user said for the same parameter of an earlier call of the tool.
pub(super) fn times(scene: &Scene, made: &Made, arg: &Arg, base: &Provenance, words: &Provenance) -> Verdict {
    let (turn, span, said) = words_of(scene, made, words)?;
    let (first, at, _) = words_of(scene, made, base)?;
    if (first, at.start) >= (turn, span.start) {
        return Err(format!("\"{said}\" stands before the amount that it is a multiple of"));
    }
    let leaf = made.leaf(arg).ok_or("the parameter is not known")?;
    let is = |(percent, _): &&(i64, [&str; 2])| reckon::is_one_of(said, &reckon::multiples(*percent, &leaf.phrase.noun));
    let (percent, _) = reckon::MULTIPLES.iter().find(is).ok_or_else(|| format!("\"{said}\" is no multiple of the {}", leaf.phrase.noun))?;
    let gave = |other: &&Made| other.call.tool == made.call.tool && other.call.provenance.get(&arg.pointer) == Some(base);
    let earlier = scene.calls.iter().find(gave).filter(|other| other.call.id < made.call.id);
    let earlier = earlier.ok_or("its words say nothing for an earlier call of the tool")?;
    let amount = earlier.call.arguments.pointer(&arg.pointer).ok_or("the earlier call has no such argument")?;
    if let Some(other) = amount_since(scene, leaf, earlier, made, amount) {
        return Err(format!("\"{said}\" may mean {other} as well as {amount}"));
    }
    let value = reckon::multiplied(amount, *percent).ok_or_else(|| format!("{amount} is no number"))?;
    same(made, arg, &value, || format!("\"{said}\" is {value}"))
}

/// Another amount of the same name that was given or found between two calls, or by the first of them.
fn amount_since<'s>(scene: &Scene<'s>, leaf: &Leaf, from: &Made, to: &Made, amount: &Value) -> Option<&'s Value> {
    let mut between = scene.calls.iter().filter(|other| from.call.id <= other.call.id && other.call.id < to.call.id);
    between.find_map(|other| {
        let args = other.args.iter().filter(|arg| other.leaf(arg).is_some_and(|own| own.name == leaf.name)).map(|arg| arg.value);
        let facts = other.facts.iter().filter(|fact| other.field(fact).is_some_and(|own| own.name == leaf.name)).map(|fact| fact.value);
        args.chain(facts).find(|value| *value != amount)
    })
}

/// The earlier call that a source leads to, and where in its result.
fn giver<'m, 's>(scene: &'m Scene<'s>, made: &Made, source: &'m Provenance) -> Result<(&'m Made<'s>, &'m str), String> {
    let Provenance::ToolResult { call, pointer } = source else { return Err("it is not from a result".into()) };
    let from = scene.made(*call).filter(|from| from.turn < made.turn).ok_or_else(|| format!("call {call} was not made before it"))?;
    if from.failed() { Err(format!("call {call} failed")) } else { Ok((from, pointer)) }
}

fn amount_at<'s>(from: &Made<'s>, pointer: &str) -> Result<&'s Value, String> {
    let held = from.result.and_then(|result| result.value.pointer(pointer));
    held.filter(|value| value.is_number()).ok_or_else(|| format!("call {} gave no number at {pointer}", from.call.id))
}

/// The list is the last that was told before the words, and nothing of it was left out.
fn told_whole(scene: &Scene, turn: usize, from: &Made, list: &str) -> Verdict {
    let lists =
        |other: &&Made| other.turn < turn && other.facts.iter().any(|fact| item_of(&fact.pointer).is_some_and(|(_, item)| item > 0));
    if scene.calls.iter().rfind(lists).is_some_and(|last| last.call.id != from.call.id) {
        return Err("another list was told since".into());
    }
    let count = length(from.result, list);
    let told = super::selected::told(scene, from, list, count).len();
    if told == count { Ok(()) } else { Err(format!("of {count} items {told} were told, so it is open which are meant")) }
}

fn unit_of(leaf: &Leaf) -> Option<&str> {
    leaf.phrase.unit.as_deref().or(leaf.phrase.counted.as_deref())
}

fn whole(leaf: &Leaf) -> bool {
    leaf.schema.get("type").is_some_and(|kind| kind == "integer")
}

fn same(made: &Made, arg: &Arg, value: &Value, why: impl Fn() -> String) -> Verdict {
    if value::same(value, arg.value, made.sem(arg)) { Ok(()) } else { Err(why()) }
}
