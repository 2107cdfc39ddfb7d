//! Calculators: what a tool computes from its arguments alone, for the formulas that everybody can check.

use super::arguments::Arguments;
use super::pools::POOLS;
use serde_json::Value;
use std::f64::consts::PI;

/// The numbers and texts of a call, by the words of their names.
struct Given<'a> {
    arguments: &'a Arguments,
}

impl Given<'_> {
    /// The number of the argument that has one of these words in its name.
    fn number(&self, words: &[&str]) -> Option<f64> {
        let has = |word: &String| words.contains(&word.as_str());
        let all = || self.arguments.all.iter().filter(|argument| argument.value.is_number());
        let first = all().find(|argument| argument.words.last().is_some_and(has));
        first.or_else(|| all().find(|argument| argument.words.iter().any(has)))?.value.as_f64()
    }

    /// All numbers in order, those of lists among them.
    fn numbers(&self) -> Vec<f64> {
        let flat = |value: &Value| match value {
            Value::Array(items) => items.iter().filter_map(Value::as_f64).collect(),
            other => other.as_f64().into_iter().collect::<Vec<f64>>(),
        };
        self.arguments.all.iter().flat_map(|argument| flat(&argument.value)).collect()
    }

    /// Exactly two numbers.
    fn two(&self) -> Option<(f64, f64)> {
        match self.numbers().as_slice() {
            [a, b] => Some((*a, *b)),
            _ => None,
        }
    }

    fn text(&self, words: &[&str]) -> Option<&str> {
        let has = |word: &String| words.contains(&word.as_str());
        self.arguments.all.iter().find(|argument| argument.value.is_string() && argument.words.iter().any(has))?.value.as_str()
    }
}

/// What a tool of this name computes; `None` when the name says no formula that is known, or an input is missing.
pub(super) fn compute(name: &[String], arguments: &Arguments) -> Option<f64> {
    let given = Given { arguments };
    let is = |words: &[&str]| name.iter().any(|word| words.contains(&word.as_str()));
    let value = geometry(&is, &given)
        .or_else(|| arithmetic(&is, &given))
        .or_else(|| money(&is, &given))
        .or_else(|| physics(&is, &given))
        .or_else(|| conversion(&is, &given))?;
    value.is_finite().then_some(value)
}

fn geometry(is: &dyn Fn(&[&str]) -> bool, given: &Given) -> Option<f64> {
    let radius = || given.number(&["radius", "r"]).or_else(|| given.number(&["diameter"]).map(|d| d / 2.0));
    let (length, width) = (given.number(&["length", "l"]), given.number(&["width", "breadth", "w"]));
    let (base, height, side) = (given.number(&["base", "b"]), given.number(&["height", "h"]), given.number(&["side", "edge"]));
    match () {
        () if is(&["circumference"]) => Some(2.0 * PI * radius()?),
        () if is(&["area"]) && is(&["circle", "circular"]) => Some(PI * radius()?.powi(2)),
        () if is(&["area"]) && is(&["triangle"]) => base.zip(height).map(|(b, h)| b * h / 2.0).or_else(|| heron(&given.numbers())),
        () if is(&["area"]) && is(&["square"]) => Some(side.or(length)?.powi(2)),
        () if is(&["area"]) && is(&["rectangle", "rectangular", "room"]) => Some(length.or(height)? * width?),
        () if is(&["perimeter"]) && is(&["rectangle"]) => Some(2.0 * (length? + width?)),
        () if is(&["perimeter"]) && is(&["square"]) => Some(4.0 * side?),
        () if is(&["perimeter"]) && is(&["triangle"]) => (given.numbers().len() == 3).then(|| given.numbers().iter().sum()),
        () if is(&["volume"]) && is(&["sphere"]) => Some(4.0 / 3.0 * PI * radius()?.powi(3)),
        () if is(&["volume"]) && is(&["cylinder"]) => Some(PI * radius()?.powi(2) * height?),
        () if is(&["volume"]) && is(&["cube"]) => Some(side?.powi(3)),
        () if is(&["volume"]) => Some(length? * width? * height?),
        () if is(&["hypotenuse"]) => given.two().map(|(a, b)| a.hypot(b)),
        () => None,
    }
}

/// The area of a triangle from its sides; `None` when they make none.
fn heron(sides: &[f64]) -> Option<f64> {
    let [a, b, c] = sides else { return None };
    let half = (a + b + c) / 2.0;
    let square = half * (half - a) * (half - b) * (half - c);
    (square > 0.0).then(|| square.sqrt())
}

fn arithmetic(is: &dyn Fn(&[&str]) -> bool, given: &Given) -> Option<f64> {
    let all = given.numbers();
    let whole = |n: f64| (n.fract() == 0.0 && (0.0..1e9).contains(&n)).then_some(n as u64);
    let pair = || given.two().and_then(|(a, b)| Some((whole(a)?, whole(b)?)));
    match () {
        () if is(&["gcd", "hcf"]) => pair().map(|(a, b)| gcd(a, b) as f64),
        () if is(&["lcm"]) => pair().filter(|(a, b)| a * b > 0).map(|(a, b)| (a / gcd(a, b) * b) as f64),
        () if is(&["factorial"]) => whole(*all.first()?).filter(|n| *n <= 18).map(|n| (1..=n).product::<u64>() as f64),
        () if is(&["fibonacci"]) => {
            whole(*all.first()?).filter(|n| *n <= 80).map(|n| (0..n).fold((0u64, 1u64), |(a, b), _| (b, a + b)).0 as f64)
        }
        () if is(&["sqrt"]) || is(&["square"]) && is(&["root"]) => all.first().filter(|n| **n >= 0.0).map(|n| n.sqrt()),
        () if is(&["sum", "add", "addition"]) && !all.is_empty() => Some(all.iter().sum()),
        () if is(&["mean", "average"]) && !all.is_empty() => Some(all.iter().sum::<f64>() / all.len() as f64),
        () if is(&["median"]) && !all.is_empty() => {
            let mut sorted = all.clone();
            sorted.sort_by(f64::total_cmp);
            Some((sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) / 2.0)
        }
        () if is(&["subtract", "difference", "subtraction"]) => given.two().map(|(a, b)| a - b),
        () if is(&["multiply", "product", "multiplication"]) && !all.is_empty() => Some(all.iter().product()),
        () if is(&["divide", "division", "quotient"]) => given.two().filter(|(_, b)| *b != 0.0).map(|(a, b)| a / b),
        () if is(&["power", "exponent", "exponentiation"]) => given.two().map(|(a, b)| a.powf(b)).filter(|value| value.abs() < 1e15),
        () => None,
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn money(is: &dyn Fn(&[&str]) -> bool, given: &Given) -> Option<f64> {
    let principal = || given.number(&["principal", "investment", "amount", "present", "initial", "p"]);
    let rate = || given.number(&["rate", "interest", "r"]).map(|rate| if rate >= 1.0 { rate / 100.0 } else { rate });
    let years = || given.number(&["years", "year", "time", "period", "term", "t"]);
    match () {
        () if is(&["compound"]) && is(&["interest"]) || is(&["future"]) && is(&["value"]) => {
            let times = given.number(&["n", "frequency", "periods", "compounded"]).filter(|n| *n >= 1.0).unwrap_or(1.0);
            Some(principal()? * (1.0 + rate()? / times).powf(times * years()?))
        }
        () if is(&["simple"]) && is(&["interest"]) => Some(principal()? * rate()? * years()?),
        () if is(&["bmi"]) => {
            let (weight, height) = (given.number(&["weight"])?, given.number(&["height"])?);
            let meters = if height > 3.0 { height / 100.0 } else { height };
            (meters > 0.0).then(|| (weight / meters.powi(2) * 10.0).round() / 10.0)
        }
        () if is(&["tip"]) => {
            let percent = given.number(&["percent", "percentage", "tip"])?;
            Some(given.number(&["bill", "amount", "total", "cost"])? * percent / 100.0)
        }
        () if is(&["discount"]) => {
            let percent = given.number(&["percent", "percentage", "discount"])?;
            Some(given.number(&["price", "amount", "original"])? * (1.0 - percent / 100.0))
        }
        () => None,
    }
}

fn physics(is: &dyn Fn(&[&str]) -> bool, given: &Given) -> Option<f64> {
    let mass = || given.number(&["mass", "m"]);
    let time = || given.number(&["time", "t", "duration"]);
    let acceleration = || given.number(&["acceleration", "a"]);
    let start = || given.number(&["initial", "velocity", "speed", "u", "v0"]);
    match () {
        () if is(&["density"]) => Some(mass()? / given.number(&["volume", "v"]).filter(|volume| *volume > 0.0)?),
        () if is(&["kinetic"]) => Some(0.5 * mass()? * given.number(&["velocity", "speed", "v"])?.powi(2)),
        () if is(&["force"]) && !is(&["electric", "gravitational", "magnetic", "electromagnetic"]) => Some(mass()? * acceleration()?),
        () if is(&["displacement"]) => Some(start()? * time()? + 0.5 * acceleration().unwrap_or(0.0) * time()?.powi(2)),
        () if is(&["velocity", "speed"]) && is(&["final"]) => Some(start()? + acceleration()? * time()?),
        () if is(&["velocity", "speed"]) => Some(given.number(&["distance", "displacement"])? / time().filter(|time| *time > 0.0)?),
        () => None,
    }
}

/// Unit names with their size in a base unit: meters, kilograms, liters, seconds, bytes.
#[rustfmt::skip]
const UNITS: &[(&[&str], f64, u8)] = &[
    (&["meter", "meters", "metre", "metres", "m"], 1.0, 0), (&["kilometer", "kilometers", "km"], 1000.0, 0), (&["mile", "miles", "mi"], 1609.344, 0),
    (&["foot", "feet", "ft"], 0.3048, 0), (&["inch", "inches", "in"], 0.0254, 0), (&["yard", "yards", "yd"], 0.9144, 0),
    (&["centimeter", "centimeters", "cm"], 0.01, 0), (&["millimeter", "millimeters", "mm"], 0.001, 0),
    (&["kilogram", "kilograms", "kg"], 1.0, 1), (&["gram", "grams", "g"], 0.001, 1), (&["pound", "pounds", "lb", "lbs"], 0.453_592_37, 1),
    (&["ounce", "ounces", "oz"], 0.028_349_523, 1), (&["stone"], 6.350_293, 1),
    (&["liter", "liters", "litre", "litres", "l"], 1.0, 2), (&["milliliter", "milliliters", "ml"], 0.001, 2), (&["gallon", "gallons"], 3.785_411_784, 2),
    (&["cup", "cups"], 0.236_588, 2), (&["pint", "pints"], 0.473_176, 2), (&["tablespoon", "tablespoons"], 0.014_787, 2), (&["teaspoon", "teaspoons"], 0.004_929, 2),
    (&["second", "seconds"], 1.0, 3), (&["minute", "minutes"], 60.0, 3), (&["hour", "hours"], 3600.0, 3), (&["day", "days"], 86_400.0, 3),
];

/// Units of one US dollar: round and of the right size, not of any one day.
#[rustfmt::skip]
const RATES: &[(&str, f64)] = &[
    ("USD", 1.0), ("EUR", 0.92), ("GBP", 0.78), ("JPY", 150.0), ("CAD", 1.37), ("AUD", 1.52), ("CHF", 0.88), ("SEK", 10.5), ("NOK", 10.8), ("DKK", 6.9),
    ("INR", 84.0), ("BRL", 5.4), ("MXN", 18.5), ("CNY", 7.2), ("KRW", 1350.0), ("SGD", 1.34), ("NZD", 1.66), ("ZAR", 18.2), ("PLN", 3.95), ("CZK", 23.2),
    ("HUF", 365.0), ("TRY", 34.0), ("THB", 34.5),
];

fn conversion(is: &dyn Fn(&[&str]) -> bool, given: &Given) -> Option<f64> {
    let converts = is(&["convert", "conversion", "converter", "exchange"]);
    if is(&["distance"]) && !converts {
        let (from, to) = (
            given.text(&["from", "origin", "start", "city1", "source", "departure"])?,
            given.text(&["to", "destination", "end", "city2", "target", "arrival"])?,
        );
        return distance(from, to, given.text(&["unit", "units"]));
    }
    if !converts {
        return None;
    }
    let amount = || given.number(&["amount", "value", "quantity", "temperature"]).or_else(|| given.numbers().first().copied());
    let (from, to) = (given.text(&["from", "source", "base"])?, given.text(&["to", "target"])?);
    let rate = |code: &str| RATES.iter().find(|(name, _)| name.eq_ignore_ascii_case(code)).map(|(_, rate)| *rate);
    if let Some((from, to)) = rate(from).zip(rate(to)) {
        return Some((amount()? * to / from * 100.0).round() / 100.0);
    }
    let unit = |name: &str| UNITS.iter().find(|(names, ..)| names.contains(&name.to_lowercase().as_str()));
    if let Some(((_, from, a), (_, to, b))) = unit(from).zip(unit(to)) {
        return (a == b).then_some(amount()? * from / to);
    }
    let scale = |name: &str| name.chars().next().map(|c| c.to_ascii_uppercase());
    match (scale(from)?, scale(to)?) {
        ('C', 'F') => Some(amount()? * 9.0 / 5.0 + 32.0),
        ('F', 'C') => Some((amount()? - 32.0) * 5.0 / 9.0),
        ('C', 'K') => Some(amount()? + 273.15),
        ('K', 'C') => Some(amount()? - 273.15),
        _ => None,
    }
}

/// The great-circle distance of two known cities, in kilometers unless miles are asked for.
fn distance(from: &str, to: &str, unit: Option<&str>) -> Option<f64> {
    let (a, b) = (POOLS.city(from)?, POOLS.city(to)?);
    let (lat_a, lat_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let (lat, lon) = ((lat_b - lat_a) / 2.0, (b.longitude - a.longitude).to_radians() / 2.0);
    let half = lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * lon.sin().powi(2);
    let kilometers = 2.0 * 6371.0 * half.sqrt().asin();
    Some(if unit.is_some_and(|unit| unit.starts_with("mi")) { kilometers / 1.609_344 } else { kilometers }.round())
}
