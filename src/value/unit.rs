//! Units of measurement and of time: their names, their signs, and where one stands after a number.

use super::lex::Toks;
use super::spellings::Spellings;
use std::sync::LazyLock;

/// A unit with every spelling that is read. `singular` and `plural` are said.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) symbol: &'static str,
    pub(crate) singular: &'static str,
    pub(crate) plural: &'static str,
    /// Further spellings in lower case, separated by `|`.
    also: &'static str,
    /// The symbol is also said with the number (`3 km`), not only read.
    pub(crate) symbol_said: bool,
}

const fn unit(symbol: &'static str, singular: &'static str, plural: &'static str, also: &'static str, symbol_said: bool) -> Unit {
    Unit { symbol, singular, plural, also, symbol_said }
}

/// Measures. Longer spellings win, so that the order is free.
#[rustfmt::skip]
static UNITS: &[Unit] = &[
    unit("km", "kilometer", "kilometers", "kilometre|kilometres|kms|klick|klicks", true),
    unit("m", "meter", "meters", "metre|metres|mtr", true),
    unit("cm", "centimeter", "centimeters", "centimetre|centimetres", true),
    unit("mm", "millimeter", "millimeters", "millimetre|millimetres", true),
    unit("mi", "mile", "miles", "", false),
    unit("ft", "foot", "feet", "", true),
    unit("in", "inch", "inches", "", false),
    unit("yd", "yard", "yards", "yds", false),
    unit("nm", "nautical mile", "nautical miles", "nmi", false),
    unit("kg", "kilogram", "kilograms", "kilogramme|kilogrammes|kilo|kilos|kgs", true),
    unit("g", "gram", "grams", "gramme|grammes|gr", true),
    unit("mg", "milligram", "milligrams", "", true),
    unit("mcg", "microgram", "micrograms", "µg", true),
    unit("lb", "pound", "pounds", "lbs", false),
    unit("oz", "ounce", "ounces", "", false),
    unit("t", "ton", "tons", "tonne|tonnes|metric ton|metric tons", false),
    unit("st", "stone", "stone", "stones", false),
    unit("L", "liter", "liters", "litre|litres|ltr|l", false),
    unit("ml", "milliliter", "milliliters", "millilitre|millilitres", true),
    unit("gal", "gallon", "gallons", "gallon (us)", false),
    unit("pt", "pint", "pints", "", false),
    unit("qt", "quart", "quarts", "", false),
    unit("cup", "cup", "cups", "", false),
    unit("tbsp", "tablespoon", "tablespoons", "", true),
    unit("tsp", "teaspoon", "teaspoons", "", true),
    unit("°C", "degree Celsius", "degrees Celsius", "c|celsius|centigrade|degrees centigrade|deg c|degrees c", true),
    unit("°F", "degree Fahrenheit", "degrees Fahrenheit", "f|fahrenheit|deg f|degrees f", true),
    unit("K", "kelvin", "kelvin", "kelvins|degrees kelvin", false),
    unit("°", "degree", "degrees", "deg", true),
    unit("rad", "radian", "radians", "", false),
    unit("mph", "mile per hour", "miles per hour", "mi/h", true),
    unit("km/h", "kilometer per hour", "kilometers per hour", "kph|kmh|kilometres per hour|kmph", true),
    unit("m/s", "meter per second", "meters per second", "metres per second", true),
    unit("kn", "knot", "knots", "kt|kts", false),
    unit("kWh", "kilowatt-hour", "kilowatt-hours", "kilowatt hour|kilowatt hours", true),
    unit("kW", "kilowatt", "kilowatts", "", true),
    unit("MW", "megawatt", "megawatts", "", true),
    unit("W", "watt", "watts", "", false),
    unit("V", "volt", "volts", "", false),
    unit("A", "amp", "amps", "ampere|amperes", false),
    unit("mAh", "milliamp-hour", "milliamp-hours", "", true),
    unit("B", "byte", "bytes", "", false),
    unit("KB", "kilobyte", "kilobytes", "", true),
    unit("MB", "megabyte", "megabytes", "megs", true),
    unit("GB", "gigabyte", "gigabytes", "gigs|gig", true),
    unit("TB", "terabyte", "terabytes", "", true),
    unit("Mbps", "megabit per second", "megabits per second", "mbit/s|mb/s", true),
    unit("sq ft", "square foot", "square feet", "sqft|ft2|ft²", true),
    unit("m²", "square meter", "square meters", "m2|sqm|sq m|square metre|square metres", true),
    unit("km²", "square kilometer", "square kilometers", "km2|sq km|square kilometre|square kilometres", false),
    unit("ac", "acre", "acres", "", false),
    unit("ha", "hectare", "hectares", "", false),
    unit("m³", "cubic meter", "cubic meters", "m3|cubic metre|cubic metres", false),
    unit("px", "pixel", "pixels", "", true),
    unit("dpi", "dot per inch", "dots per inch", "", true),
    unit("fps", "frame per second", "frames per second", "", true),
    unit("bpm", "beat per minute", "beats per minute", "", true),
    unit("rpm", "revolution per minute", "revolutions per minute", "", true),
    unit("kcal", "calorie", "calories", "cal|cals|kilocalorie|kilocalories", false),
    unit("kJ", "kilojoule", "kilojoules", "", true),
    unit("J", "joule", "joules", "", false),
    unit("N", "newton", "newtons", "", false),
    unit("Pa", "pascal", "pascals", "", false),
    unit("hPa", "hectopascal", "hectopascals", "", true),
    unit("kPa", "kilopascal", "kilopascals", "", true),
    unit("bar", "bar", "bars", "", false),
    unit("psi", "pound per square inch", "pounds per square inch", "", true),
    unit("Hz", "hertz", "hertz", "", true),
    unit("kHz", "kilohertz", "kilohertz", "", true),
    unit("MHz", "megahertz", "megahertz", "", true),
    unit("GHz", "gigahertz", "gigahertz", "", true),
    unit("dB", "decibel", "decibels", "", true),
    unit("ppm", "part per million", "parts per million", "", true),
    unit("mmHg", "millimeter of mercury", "millimeters of mercury", "", true),
    unit("mol", "mole", "moles", "", false),
    unit("ly", "light-year", "light-years", "light year|light years", false),
];

/// Units of time; `seconds` or `months` tell their length.
#[derive(Debug)]
pub(crate) struct TimeUnit {
    pub(crate) singular: &'static str,
    also: &'static str,
    /// In milliseconds, 0 for months and years.
    pub(crate) millis: i64,
    pub(crate) months: i64,
}

const fn span(singular: &'static str, also: &'static str, millis: i64, months: i64) -> TimeUnit {
    TimeUnit { singular, also, millis, months }
}

pub(crate) static TIME_UNITS: &[TimeUnit] = &[
    span("millisecond", "ms|msec|msecs|millis", 1, 0),
    span("second", "s|sec|secs", 1_000, 0),
    span("minute", "min|mins|m", 60_000, 0),
    span("hour", "h|hr|hrs", 3_600_000, 0),
    span("day", "d", 86_400_000, 0),
    span("week", "w|wk|wks", 604_800_000, 0),
    span("month", "mo|mos", 0, 1),
    span("year", "y|yr|yrs", 0, 12),
];

/// The measure that a name or sign stands for: `km`, `Kilometres`, `°C`, `celsius`.
pub(crate) fn named(name: &str) -> Option<&'static Unit> {
    let name = name.trim();
    // The signs `MB` and `Mb`, `m` and `M` are told apart where they can be.
    UNITS.iter().find(|u| u.symbol == name).or_else(|| {
        let low = name.to_lowercase().replace('_', " ");
        UNITS
            .iter()
            .find(|u| u.singular.to_lowercase() == low || u.plural.to_lowercase() == low || u.also.split('|').any(|also| also == low))
            .or_else(|| UNITS.iter().find(|u| u.symbol.to_lowercase() == low))
    })
}

/// A noun without the unit behind it, which its values say: `usual wait` for "usual wait in days", `duration` for "duration minutes". What
/// counts the units ("number of days") keeps them.
pub fn without_unit(noun: &str) -> &str {
    const UNITS: [&str; 20] = [
        "minutes",
        "hours",
        "days",
        "seconds",
        "weeks",
        "months",
        "years",
        "km",
        "kilometers",
        "miles",
        "meters",
        "kg",
        "kilograms",
        "pounds",
        "USD",
        "dollars",
        "euros",
        "kb",
        "mb",
        "celsius",
    ];
    match noun.rsplit_once(' ') {
        Some((head, unit)) if UNITS.contains(&unit) && !head.ends_with(" of") => head.strip_suffix(" in").unwrap_or(head),
        _ => noun,
    }
}

/// The unit of time that a word stands for: `hours`, `min`.
pub(crate) fn time_unit(name: &str) -> Option<&'static TimeUnit> {
    let low = name.trim().to_lowercase();
    TIME_UNITS.iter().find(|u| low == u.singular || low.strip_suffix('s') == Some(u.singular) || u.also.split('|').any(|also| also == low))
}

/// The measure written at token `i`, with its last token. Of two readings the longer one wins.
pub(crate) fn unit_at(t: &Toks, i: usize) -> Option<(&'static Unit, usize)> {
    // "2 in Paris": an inch is written out, or sticks to its number.
    let preposition = |unit: &Unit, next: usize| unit.symbol == "in" && next == i + 1 && t.low(i) == "in" && !t.glued(i);
    SPELLINGS.at(t, i).filter(|(unit, next)| !preposition(unit, *next)).reduce(|best, other| if other.1 > best.1 { other } else { best })
}

static SPELLINGS: LazyLock<Spellings<&'static Unit>> = LazyLock::new(|| {
    let mut spellings = Spellings::new();
    for unit in UNITS {
        spellings.exact(unit.symbol, unit);
    }
    for unit in UNITS {
        for name in [unit.singular, unit.plural].into_iter().chain(unit.also.split('|')) {
            spellings.folded(name, unit);
        }
    }
    spellings
});

/// The unit of time at token `i`. One letter must stick to its number: `2h`.
pub(crate) fn time_unit_at(t: &Toks, i: usize) -> Option<&'static TimeUnit> {
    let word = t.low(i);
    if word.is_empty() || !t.is_word(i) || (word.len() == 1 && !t.glued(i)) {
        return None;
    }
    time_unit(word)
}

/// Every measure.
pub(crate) fn all() -> impl Iterator<Item = &'static Unit> {
    UNITS.iter()
}

impl Unit {
    /// Every name that is longer than a sign, the plural first.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        let long = self.also.split('|').filter(|name| name.len() > 3);
        [self.plural, self.singular].into_iter().chain(long).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_by_every_name() {
        for (name, symbol) in
            [("km", "km"), ("Kilometres", "km"), ("celsius", "°C"), ("MB", "MB"), ("square_feet", "sq ft"), ("lbs", "lb"), ("KM", "km")]
        {
            assert_eq!(named(name).map(|u| u.symbol), Some(symbol), "{name}");
        }
        assert!(named("guest").is_none());
        assert_eq!(time_unit("Minutes").map(|u| u.millis), Some(60_000));
    }

    #[test]
    fn the_longest_unit_after_a_number_counts() {
        for (text, symbol) in [
            ("3 km/h", "km/h"),
            ("3km", "km"),
            ("20°C", "°C"),
            ("20 degrees Celsius.", "°C"),
            ("20 degrees", "°"),
            ("3 m", "m"),
            ("900 sq ft", "sq ft"),
        ] {
            let t = Toks::new(text);
            assert_eq!(unit_at(&t, 1).map(|(u, _)| u.symbol), Some(symbol), "{text}");
        }
        for text in ["2 in Paris", "2 members", "3 guests"] {
            assert!(unit_at(&Toks::new(text), 1).is_none(), "{text}");
        }
    }

    #[test]
    fn a_noun_loses_the_unit_that_its_values_say() {
        for (noun, bare) in [
            ("usual wait in days", "usual wait"),
            ("duration minutes", "duration"),
            ("number of days", "number of days"),
            ("days", "days"),
            ("check-in day", "check-in day"),
        ] {
            assert_eq!(without_unit(noun), bare);
        }
    }
}
