//! What a number measures or counts: its unit or currency, and the noun that it counts.

use super::leaves::{Kind, kind};
use super::words::words;
use crate::catalog::Leaf;
use crate::value::{SemType, english};

type Table = &'static [(&'static str, &'static str)];

/// Words of names and descriptions, and the unit that they name.
#[rustfmt::skip]
const CURRENCIES: Table = &[
    ("usd", "USD"), ("dollars", "USD"), ("dollar", "USD"), ("eur", "EUR"), ("euros", "EUR"), ("euro", "EUR"), ("gbp", "GBP"),
    ("pounds", "GBP"), ("jpy", "JPY"), ("yen", "JPY"), ("inr", "INR"), ("rupees", "INR"), ("cad", "CAD"), ("aud", "AUD"),
    ("cny", "CNY"), ("yuan", "CNY"), ("rmb", "CNY"), ("chf", "CHF"),
];
#[rustfmt::skip]
const TIMES: Table = &[
    ("milliseconds", "milliseconds"), ("ms", "milliseconds"), ("seconds", "seconds"), ("second", "seconds"), ("secs", "seconds"),
    ("minutes", "minutes"), ("minute", "minutes"), ("mins", "minutes"), ("hours", "hours"), ("hour", "hours"), ("hrs", "hours"),
    ("days", "days"), ("weeks", "weeks"), ("months", "months"), ("years", "years"),
];
#[rustfmt::skip]
const PHYSICAL: Table = &[
    ("meters per second", "m/s"), ("metres per second", "m/s"), ("kilometers per hour", "km/h"), ("kilometres per hour", "km/h"),
    ("miles per hour", "mph"), ("m/s^2", "m/s²"), ("m/s²", "m/s²"), ("m/s", "m/s"), ("km/h", "km/h"), ("kmh", "km/h"), ("mph", "mph"),
    ("square meters", "m²"), ("square metres", "m²"), ("square feet", "square feet"), ("sqft", "square feet"),
    ("cubic meters", "m³"), ("kilometers", "km"), ("kilometres", "km"), ("km", "km"), ("miles", "miles"), ("meters", "m"),
    ("meter", "m"), ("metres", "m"), ("centimeters", "cm"), ("cm", "cm"), ("millimeters", "mm"), ("mm", "mm"), ("nm", "nm"),
    ("feet", "feet"), ("inches", "inches"), ("kilograms", "kg"), ("kilogram", "kg"), ("kg", "kg"), ("grams", "g"), ("mg", "mg"), ("pounds", "lb"),
    ("lbs", "lb"), ("tons", "tons"), ("tonnes", "tonnes"), ("celsius", "°C"), ("fahrenheit", "°F"), ("kelvin", "K"),
    ("liters", "liters"), ("litres", "liters"), ("milliliters", "ml"), ("ml", "ml"), ("gallons", "gallons"), ("volts", "V"),
    ("amperes", "A"), ("amps", "A"), ("ohms", "Ω"), ("watts", "W"), ("kilowatts", "kW"), ("kw", "kW"), ("kwh", "kWh"),
    ("newtons", "N"), ("newton", "N"), ("joules", "J"), ("coulombs", "C"), ("coulomb", "C"), ("tesla", "T"), ("pascals", "Pa"), ("pascal", "Pa"),
    ("hpa", "hPa"), ("mbar", "mbar"), ("atm", "atm"), ("kcal", "kcal"), ("calories", "kcal"), ("gb", "GB"), ("mb", "MB"),
    ("bytes", "bytes"), ("hectares", "hectares"), ("acres", "acres"), ("degrees", "degrees"), ("hertz", "Hz"), ("hz", "Hz"),
    ("mhz", "MHz"), ("ghz", "GHz"), ("bpm", "bpm"), ("moles", "mol"),
];

/// The unit that a leaf of a measured type is given in, from its name or its description.
pub(super) fn unit(leaf: &Leaf) -> Option<String> {
    let is_number = matches!(kind(&leaf.schema), Kind::Number | Kind::Integer);
    let table = match leaf.sem {
        SemType::Money => CURRENCIES,
        SemType::Duration if is_number => TIMES,
        SemType::Quantity => PHYSICAL,
        _ => return None,
    };
    named(&leaf.name, table).or_else(|| described(&leaf.description, table, false)).map(str::to_owned)
}

/// The physical unit that a number is said to be in: `weight_kg`, "in meters", "(kg)".
pub(super) fn physical_unit(name: &str, description: &str) -> Option<&'static str> {
    let long = |unit: &&str| !matches!(*unit, "lb" | "atm");
    named(name, PHYSICAL).or_else(|| described(description, PHYSICAL, true)).filter(long)
}

fn named(name: &str, table: Table) -> Option<&'static str> {
    let words = words(name);
    let last = words.last().filter(|_| words.len() > 1 || table == TIMES)?;
    table.iter().find(|(word, _)| word == last).map(|(_, unit)| *unit)
}

/// The first unit in a description; where it must be `introduced`, one after "in" or in brackets.
fn described(description: &str, table: Table, introduced: bool) -> Option<&'static str> {
    let lower = description.to_lowercase();
    let marked: String = lower.replace(['(', '['], " in ");
    let words: Vec<&str> = marked
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ')' | ']' | ';' | ':'))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    for at in 0..words.len() {
        let is_introduced = at > 0 && matches!(words[at - 1], "in" | "us" | "degrees" | "degree");
        if introduced && !is_introduced {
            continue;
        }
        let here = |unit: &str| unit.split(' ').enumerate().all(|(offset, part)| words.get(at + offset) == Some(&part));
        if let Some((_, unit)) = table.iter().find(|(word, _)| here(word)) {
            let next_names_it = *unit == "degrees" && words.get(at + 1).is_some_and(|next| table.iter().any(|(word, _)| word == next));
            if !next_names_it {
                return Some(unit);
            }
        }
    }
    None
}

/// Last words that are no noun to count with.
const NOT_COUNTED: &[&str] = &[
    "quantity", "count", "limit", "page", "offset", "size", "total", "n", "k", "level", "rank", "number", "stock", "ages", "results",
    "skip", "max",
];

/// The singular noun that a number counts: `night` for `nights`, `person` for `party_size`.
pub(super) fn counted(leaf: &Leaf, sem: SemType) -> Option<String> {
    if !matches!(sem, SemType::Count | SemType::CountPeople) {
        return None;
    }
    let name = words(&leaf.name);
    let noun = match name.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [.., "head", "count"] | ["party" | "group" | "family", "size"] => "person".to_owned(),
        [.., thing, "count"] => english::singular(thing),
        ["age"] => "year".to_owned(),
        [.., last] if NOT_COUNTED.contains(last) => return None,
        ["number", "of", thing, ..] if english::is_plural(thing) => english::singular(thing),
        [.., last] if english::is_plural(last) => english::singular(last),
        _ => return None,
    };
    // Baggage is counted in bags; what else has no number is said as it is called.
    let noun = if matches!(noun.as_str(), "baggage" | "luggage") { "bag".to_owned() } else { noun };
    (noun.len() > 1 && noun.chars().all(char::is_alphabetic) && !english::is_mass(&noun)).then_some(noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_from_names_and_descriptions() {
        assert_eq!(physical_unit("weight_kg", ""), Some("kg"));
        assert_eq!(physical_unit("v", "The initial velocity in meters per second."), Some("m/s"));
        assert_eq!(physical_unit("t", "Temperature in degrees Celsius"), Some("°C"));
        assert_eq!(physical_unit("d", "Distance (km)"), Some("km"));
        assert_eq!(physical_unit("d", "How many miles to go before a break"), None);
        assert_eq!(described("Highest price in US dollars.", CURRENCIES, false), Some("USD"));
    }
}
