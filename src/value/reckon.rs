//! What is reckoned from known amounts: totals, counts, other units, other currencies. The sums, and the words that ask for them.
//!
//! The arithmetic is exact; what does not come out even is rounded half up, money and measures to two decimals.

use super::decimal::Dec;
use super::lex::Toks;
use super::number::number_at;
use super::{Hints, Register, SayContext, SemType, money, unit};
use serde_json::Value;
use std::ops::Range;

/// Decimals that are kept of money and of measures.
const PLACES: u32 = 2;

/// The sum of numbers, exactly; none when one of them is no number.
pub fn total<'v>(amounts: impl IntoIterator<Item = &'v Value>) -> Option<Value> {
    let mut amounts = amounts.into_iter().map(Dec::of);
    let first = amounts.next()??;
    Some(amounts.try_fold(first, |sum, amount| sum.add(amount?))?.to_value())
}

/// An amount at a rate, to the cent.
pub fn exchanged(amount: &Value, rate: &Value) -> Option<Value> {
    Some(Dec::of(amount)?.mul(Dec::of(rate)?)?.rounded(PLACES)?.to_value())
}

/// Whether a text says an amount in this currency, and which: the one amount in it, with a sign or a name that tells the currency.
pub fn money_in(text: &str, currency: &str) -> Option<Value> {
    let wanted = money::by_unit(currency)?;
    let tokens = Toks::new(text);
    let mut found = (0..tokens.len()).filter_map(|at| money::money_at(&tokens, at, Some(wanted)));
    let (amount, _) = found.next()?;
    found.next().is_none().then(|| amount.to_value())
}

/// Whether two names or signs stand for one currency.
pub fn same_currency(one: &str, other: &str) -> bool {
    matches!((money::by_unit(one), money::by_unit(other)), (Some(one), Some(other)) if one.code == other.code)
}

/// What a measure is of: units of one kind can be turned into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Length,
    Mass,
    Volume,
    Speed,
    Temperature,
}

/// Sign, kind, how much of the kind's base it is, and the unit that others say instead.
#[rustfmt::skip]
const MEASURES: [(&str, Kind, &str, &str); 20] = [
    ("mm", Kind::Length, "0.001", "in"),
    ("cm", Kind::Length, "0.01", "in"),
    ("m", Kind::Length, "1", "ft"),
    ("km", Kind::Length, "1000", "mi"),
    ("in", Kind::Length, "0.0254", "cm"),
    ("ft", Kind::Length, "0.3048", "m"),
    ("yd", Kind::Length, "0.9144", "m"),
    ("mi", Kind::Length, "1609.344", "km"),
    ("g", Kind::Mass, "1", "oz"),
    ("kg", Kind::Mass, "1000", "lb"),
    ("oz", Kind::Mass, "28.349523125", "g"),
    ("lb", Kind::Mass, "453.59237", "kg"),
    ("ml", Kind::Volume, "0.001", "L"),
    ("L", Kind::Volume, "1", "gal"),
    ("gal", Kind::Volume, "3.785411784", "L"),
    ("km/h", Kind::Speed, "1", "mph"),
    ("mph", Kind::Speed, "1.609344", "km/h"),
    ("m/s", Kind::Speed, "3.6", "km/h"),
    ("°C", Kind::Temperature, "1", "°F"),
    ("°F", Kind::Temperature, "1", "°C"),
];

fn measure(name: &str) -> Option<&'static (&'static str, Kind, &'static str, &'static str)> {
    let symbol = unit::named(name)?.symbol;
    MEASURES.iter().find(|(own, ..)| *own == symbol)
}

/// The unit in which other people say what is measured in this one: miles for kilometers.
pub fn counterpart(unit: &str) -> Option<&'static str> {
    measure(unit).map(|(_, _, _, other)| *other)
}

/// An amount in another unit of the same kind, to two decimals, or `whole`. None for units of different kinds, and for the unit itself.
pub fn converted(amount: &Value, from: &str, to: &str, whole: bool) -> Option<Value> {
    let (from, to) = (measure(from)?, measure(to)?);
    if from.1 != to.1 || from.0 == to.0 {
        return None;
    }
    let amount = Dec::of(amount)?;
    let places = if whole { 0 } else { PLACES };
    let value = match (from.0, to.0) {
        ("°F", _) => amount.add(Dec::int(-32))?.mul(Dec::int(5))?.quotient(Dec::int(9), places)?,
        ("°C", _) => amount.mul(Dec::int(9))?.quotient(Dec::int(5), 6)?.add(Dec::int(32))?.rounded(places)?,
        _ => amount.mul(Dec::parse(from.2)?)?.quotient(Dec::parse(to.2)?, places)?,
    };
    Some(value.to_value())
}

/// Every measure that a text says with its unit: where, how much, and the sign of the unit.
pub fn measures(text: &str) -> Vec<(Range<usize>, Value, &'static str)> {
    let tokens = Toks::new(text);
    let (mut out, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let found = number_at(&tokens, at).and_then(|number| {
            let (unit, next) = unit::unit_at(&tokens, number.next)?;
            tokens.closes(next).then_some((number.value, unit.symbol, next))
        });
        match found {
            Some((amount, symbol, next)) => {
                out.push((tokens.span(at, next), amount.to_value(), symbol));
                at = next;
            }
            None => at += 1,
        }
    }
    out
}

/// The ways to say an amount with its unit, each read back; none for a unit that is not known.
pub fn say_measure(amount: &Value, unit: &str, ctx: &SayContext) -> Vec<String> {
    let Some((symbol, ..)) = measure(unit) else { return Vec::new() };
    let forms = super::say(amount, SemType::Quantity, Hints { unit: Some(symbol), ..Hints::default() }, ctx);
    let plain = forms.into_iter().filter(|form| !form.bare && form.register != Register::Formal).map(|form| form.text);
    plain
        .filter(
            |text| matches!(measures(text).as_slice(), [(span, read, of)] if *span == (0..text.len()) && read == amount && of == symbol),
        )
        .collect()
}

/// The ways to ask for the sum of amounts that were just told.
pub const TOTALS: [&str; 8] = [
    "the total of those",
    "the total of all of them",
    "the sum of those",
    "the sum of all of them",
    "the combined total",
    "the total of everything there",
    "all of those together",
    "the total",
];

/// The ways to speak of all the people of a list that was just told.
pub const EVERYONE: [&str; 6] =
    ["all of them", "everyone on that list", "the whole group", "everybody there", "all of those people", "all the people on that list"];

/// The ways to speak of one amount that was just told, by its noun.
pub fn sames(noun: &str) -> [String; 3] {
    let noun = super::english::without_determiner(noun);
    [format!("that {noun}"), format!("the same {noun}"), format!("exactly that {noun}")]
}

/// The parts and multiples of an amount that people ask for, in percent of it, with the words for each.
pub const MULTIPLES: [(i64, [&str; 2]); 3] =
    [(50, ["half that", "only half that"]), (200, ["twice that", "double that"]), (300, ["three times that", "triple that"])];

/// The ways to say a part or a multiple of an amount that was said before, by its noun; none for one that nobody says so.
pub fn multiples(percent: i64, noun: &str) -> Vec<String> {
    let known = MULTIPLES.iter().filter(|(of, _)| *of == percent).flat_map(|(_, forms)| forms);
    known.map(|form| format!("{form} {}", super::english::without_determiner(noun))).collect()
}

/// So many percent of a number, exactly.
pub fn multiplied(amount: &Value, percent: i64) -> Option<Value> {
    Some(Dec::of(amount)?.mul(Dec::int(percent))?.mul(Dec::parse("0.01")?)?.to_value())
}

/// The ways to say that an amount of one currency is meant in another; `{amount}` is said.
pub const EQUIVALENTS: [&str; 3] = ["the equivalent of {amount}", "the same value as {amount}", "as much as {amount}"];

/// The ways to say an amount of one currency that is meant in another, each read back.
pub fn say_exchange(amount: &Value, currency: &str, ctx: &SayContext) -> Vec<String> {
    let forms = super::say(amount, SemType::Money, Hints { unit: Some(currency), ..Hints::default() }, ctx);
    let plain: Vec<String> =
        forms.into_iter().filter(|form| !form.bare && form.register != Register::Formal).map(|form| form.text).collect();
    let all = EQUIVALENTS.iter().flat_map(|form| plain.iter().map(move |said| form.replace("{amount}", said)));
    all.filter(|text| money_in(text, currency).as_ref() == Some(amount)).collect()
}

/// Whether a text is one of these forms, give or take capitals.
pub fn is_one_of<S: AsRef<str>>(text: &str, forms: &[S]) -> bool {
    forms.iter().any(|form| form.as_ref().eq_ignore_ascii_case(text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sums_are_exact() {
        assert_eq!(total(&[json!(0.1), json!(0.2)]), Some(json!(0.3)));
        assert_eq!(total(&[json!(12.5), json!(7.5)]), Some(json!(20)));
        assert_eq!(total(&[json!(1), json!("x")]), None);
        assert_eq!(total(&[]), None);
    }

    #[test]
    fn what_is_turned_into_another_unit_is_rounded_half_up() {
        let of = |amount: Value, from, to, whole| converted(&amount, from, to, whole);
        assert_eq!(of(json!(5), "miles", "km", false), Some(json!(8.05)));
        assert_eq!(of(json!(50), "mi", "kilometers", true), Some(json!(80)));
        assert_eq!(of(json!(72), "°F", "degrees Celsius", true), Some(json!(22)));
        assert_eq!(of(json!(20), "°C", "°F", false), Some(json!(68)));
        assert_eq!(of(json!(10), "kg", "lb", false), Some(json!(22.05)));
        assert_eq!(of(json!(-40), "°C", "°F", true), Some(json!(-40)));
        assert_eq!(of(json!(1), "km", "kg", false), None, "of another kind");
        assert_eq!(of(json!(1), "km", "km", false), None, "nothing to turn");
    }

    #[test]
    fn multiples_are_exact() {
        assert_eq!(multiplied(&json!(40), 50), Some(json!(20)));
        assert_eq!(multiplied(&json!(12.5), 200), Some(json!(25)));
        assert_eq!(multiplied(&json!(0.1), 300), Some(json!(0.3)));
        assert_eq!(multiplied(&json!(7), 50), Some(json!(3.5)));
        assert_eq!(multiplied(&json!("seven"), 50), None);
        assert_eq!(multiples(50, "the volume"), ["half that volume", "only half that volume"]);
        assert!(multiples(60, "volume").is_empty(), "nobody says so");
    }

    #[test]
    fn money_is_exchanged_to_the_cent() {
        assert_eq!(exchanged(&json!(200), &json!(1.0837)), Some(json!(216.74)));
        assert_eq!(exchanged(&json!(5), &json!(0.333)), Some(json!(1.67)));
    }

    #[test]
    fn measures_are_said_and_read_back_with_their_units() {
        let ctx = SayContext { today: jiff::civil::date(2026, 1, 1) };
        for unit in ["mi", "ft", "lb", "°F", "mph", "km", "gal"] {
            let forms = say_measure(&json!(12), unit, &ctx);
            assert!(!forms.is_empty(), "{unit}");
            for form in forms {
                let text = format!("within {form}, please");
                assert!(matches!(measures(&text).as_slice(), [(_, amount, read)] if *amount == json!(12) && *read == unit), "{text}");
            }
        }
        assert!(measures("2 in Paris, 3 guests").is_empty());
    }

    #[test]
    fn an_amount_of_money_tells_its_currency() {
        assert_eq!(money_in("the equivalent of 200 euros", "EUR"), Some(json!(200)));
        assert_eq!(money_in("the equivalent of €200", "EUR"), Some(json!(200)));
        assert_eq!(money_in("the equivalent of 200 euros", "GBP"), None);
        assert_eq!(money_in("the equivalent of 200", "EUR"), None, "a number is no money");
    }
}
