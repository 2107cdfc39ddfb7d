//! Which numbers are plausible in a place.

use super::recipe::type_is;
use super::topic::Topic;
use crate::catalog::Leaf;
use crate::seed::Rng;
use crate::value::SemType;
use rand::RngExt;
use serde_json::{Number, Value};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numbers {
    pub(super) low: f64,
    pub(super) high: f64,
    step: Option<f64>,
    integer: bool,
    decimals: u32,
    lean: Lean,
}

/// Which numbers of the range are usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lean {
    None,
    /// Small ones: counts, and wide ranges.
    Small,
    /// Large ones: ratings.
    Large,
    /// Money: small, and with the cents that prices have.
    Price,
    /// People: two to four.
    Party,
}

/// Words of a name (any of them) with the range they suggest and the decimals of a non-integer. The first few decide wherever they
/// stand in the name, the others by the last word that is known.
#[rustfmt::skip]
const RANGES: &[(&[&str], f64, f64, u32)] = &[
    (&["heart", "pulse", "bpm", "tempo"], 58.0, 128.0, 0),
    (&["respiratory"], 12.0, 20.0, 0),
    (&["bitrate", "bit", "kbps"], 96.0, 320.0, 0),
    (&["sampling", "sample", "hz", "frequency"], 20.0, 8000.0, 0),
    (&["season"], 2015.0, 2026.0, 0),
    (&["century"], 15.0, 20.0, 0),
    (&["seed"], 1.0, 99.0, 0),
    (&["age"], 18.0, 79.0, 0),
    (&["year", "yr"], 1990.0, 2026.0, 0),
    (&["month"], 1.0, 12.0, 0),
    (&["day", "days"], 1.0, 28.0, 0),
    (&["hour", "hours"], 1.0, 12.0, 0),
    (&["minute", "minutes", "mins"], 5.0, 55.0, 0),
    (&["second", "seconds", "secs"], 5.0, 55.0, 0),
    (&["week", "weeks"], 1.0, 12.0, 0),
    (&["years", "term"], 1.0, 30.0, 0),
    (&["months"], 3.0, 48.0, 0),
    (&["milliseconds", "ms"], 100.0, 5000.0, 0),
    (&["rate", "interest", "apr", "apy"], 0.01, 0.12, 3),
    (&["probability", "fraction", "alpha", "threshold", "confidence", "opacity", "ratio", "similarity", "correlation"], 0.05, 0.95, 2),
    (&["percent", "percentage", "pct", "humidity", "battery", "volume", "brightness", "discount"], 5.0, 95.0, 0),
    (&["rating", "stars", "score"], 2.0, 5.0, 1),
    (&["page", "offset", "skip"], 1.0, 5.0, 0),
    (&["limit", "top", "results", "size"], 3.0, 20.0, 0),
    (&["salary", "income", "revenue"], 28_000.0, 140_000.0, 0),
    (&["principal", "loan", "mortgage", "budget", "investment", "invested"], 1_000.0, 60_000.0, 0),
    (&["balance", "deposit"], 100.0, 9_000.0, 2),
    (&["price", "cost", "amount", "fee", "total", "payment", "fare"], 5.0, 480.0, 2),
    (&["tip"], 2.0, 20.0, 0),
    (&["weight", "kg"], 45.0, 110.0, 1),
    (&["height", "cm"], 150.0, 195.0, 0),
    (&["mass"], 1.0, 80.0, 1),
    (&["temperature", "temp", "celsius"], -5.0, 34.0, 1),
    (&["fahrenheit"], 30.0, 98.0, 0),
    (&["pressure"], 985.0, 1035.0, 0),
    (&["speed", "velocity"], 5.0, 110.0, 0),
    (&["acceleration", "gravity"], 1.0, 12.0, 1),
    (&["distance", "radius", "km", "miles", "range"], 2.0, 60.0, 0),
    (&["meters", "metres"], 50.0, 1500.0, 0),
    (&["angle", "degrees"], 10.0, 170.0, 0),
    (&["side", "length", "width", "base", "a", "b", "c", "x", "y", "z"], 3.0, 24.0, 0),
    (&["area"], 20.0, 240.0, 0),
    (&["bedrooms", "bathrooms", "rooms", "beds"], 1.0, 4.0, 0),
    (&["calories"], 120.0, 900.0, 0),
    (&["population"], 12_000.0, 900_000.0, 0),
    (&["width", "px", "pixels", "resolution"], 320.0, 1920.0, 0),
    (&["port"], 3000.0, 9000.0, 0),
    (&["views", "followers", "likes", "downloads", "plays", "listeners"], 40.0, 90_000.0, 0),
    (&["duration"], 15.0, 120.0, 0),
    (&["quantity", "count", "number", "num", "n", "guests", "people", "passengers", "seats", "adults", "nights"], 1.0, 8.0, 0),
    (&["children", "kids", "infants"], 0.0, 3.0, 0),
    (&["index", "position", "rank", "level", "priority"], 1.0, 5.0, 0),
    (&["cases", "deaths", "infections", "votes"], 2.0, 9000.0, 0),
    (&["discriminator"], 1000.0, 9999.0, 0),
    (&["imei"], 35e13, 36e13, 0),
    (&["bytes"], 2_000.0, 6_000_000.0, 0),
    (&["watts"], 5.0, 1800.0, 0),
    (&["voltage", "volts"], 3.0, 240.0, 0),
    (&["tokens"], 40.0, 4000.0, 0),
];

/// Words for the price of a share or a currency at some time.
pub(super) const QUOTED: &[&str] = &["open", "high", "low", "close", "bid", "ask", "opening", "closing"];
/// What a market is called in the names of tools.
#[rustfmt::skip]
const MARKET: &[&str] = &[
    "stock", "market", "quote", "forex", "ticker", "trading", "trade", "candle", "ohlc", "share", "crypto", "cryptocurrency", "currency",
    "commodity", "etf", "equity", "price",
];
const WEATHER: &[&str] = &["weather", "forecast", "temperature", "climate", "tide", "estimate", "sensor"];
#[rustfmt::skip]
const PICTURE: &[&str] = &[
    "img", "image", "images", "thumb", "thumbnail", "thumbnails", "photo", "photos", "picture", "video", "videos", "frame", "screen",
    "icon", "icons", "banner", "poster", "canvas", "viewport", "screenshot", "avatar", "original", "window", "browser",
];

/// What the tool and the place around say of the number, where its name alone would mislead.
fn around(leaf: &Leaf, words: &[String], topic: &Topic) -> Option<(f64, f64, u32)> {
    let last = words.last().map(String::as_str).unwrap_or_default();
    let of = |list: &[&str]| topic.words.iter().any(|word| list.contains(&word.as_str()));
    let path = crate::value::english::words_of_identifier(&leaf.pointer);
    let near = |list: &[&str]| path.iter().any(|word| list.contains(&word.as_str()));
    match last {
        word if QUOTED.contains(&word) && words.len() <= 2 && (of(MARKET) || !type_is(&leaf.schema, "integer") && !of(WEATHER)) => {
            Some((20.0, 480.0, 2))
        }
        "volume" if of(MARKET) || topic.past => Some((20_000.0, 9_000_000.0, 0)),
        "w" | "h" | "width" | "height" if near(PICTURE) || leaf.description.to_lowercase().contains("pixel") => {
            // `thumb_360_w` is 360 wide.
            let told = words.iter().rev().find_map(|word| word.parse::<f64>().ok()).filter(|side| (16.0..=4096.0).contains(side));
            let wide = matches!(last, "w" | "width");
            Some(told.map_or((320.0, 1920.0, 0), |side| (if wide { side } else { (side * 0.56).ceil() }, side, 0)))
        }
        "size" if near(&["file", "files", "attachment", "attachments", "blob", "upload", "asset", "assets"]) || of(&["file", "upload"]) => {
            // Of a page, a window or a batch it is a count.
            let bare = words.len() == 1 || words.iter().any(|word| matches!(word.as_str(), "file" | "attachment" | "blob" | "upload"));
            let limits = words.iter().any(|word| matches!(word.as_str(), "page" | "batch" | "chunk" | "max" | "limit"));
            (bare && !limits).then_some((2_000.0, 6_000_000.0, 0))
        }
        "ms" if !near(&["silence", "timeout", "detection"])
            && words.iter().any(|word| matches!(word.as_str(), "duration" | "position" | "progress" | "length" | "played")) =>
        {
            let played = ["track", "song", "episode", "chapter", "audio", "video", "player", "playback", "music", "item", "album"];
            (of(&played) || near(&played)).then_some((20_000.0, 400_000.0, 0))
        }
        // How a language model is told to write.
        "temperature" if of(MODEL) || near(MODEL) || leaf.description.contains("sampling") => Some((0.1, 1.0, 2)),
        "p" if words.len() == 2 && words[0] == "top" => Some((0.1, 1.0, 2)),
        "logprob" | "logprobs" if words[0] != "top" => Some((-4.0, -0.01, 2)),
        // `total_tracks` counts them; `total` alone may be a sum.
        _ if words.len() > 1 && words[0] == "total" && matches!(leaf.sem, SemType::Count | SemType::Rating) => Some((1.0, 60.0, 0)),
        _ => None,
    }
}

const MODEL: &[&str] = &["completion", "chat", "model", "assistant", "response", "llm", "sampling", "prompt", "eval", "openai"];

const SPECIAL: usize = 4;

/// What prices end in.
const CENTS: &[f64] = &[0.0, 0.0, 0.5, 0.9, 0.95, 0.99, 0.25, 0.75];

impl Numbers {
    pub(super) fn new(leaf: &Leaf, words: &[String], topic: &Topic) -> Self {
        let integer = type_is(&leaf.schema, "integer") && !type_is(&leaf.schema, "number");
        let (low, high) = bounds(&leaf.schema);
        let (mut g_low, mut g_high, mut decimals) = around(leaf, words, topic).unwrap_or_else(|| guess(leaf, words));
        if integer && g_high < 1.0 {
            // A rate or a share as a whole number is in percent.
            (g_low, g_high) = (1.0, 20.0);
        }
        let (low, high) = match (low, high) {
            (Some(low), Some(high)) if high - low <= (300.0 * (g_high - g_low)).max(6000.0) => (low, high),
            (low, high) => {
                let (low, high) = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
                let cut = (g_low.max(low), g_high.min(high));
                match cut.0 <= cut.1 {
                    true => cut,
                    false if low.is_finite() && high.is_finite() => (low, high),
                    false if low.is_finite() => (low, low + (g_high - g_low)),
                    false => (high - (g_high - g_low), high),
                }
            }
        };
        let step = leaf.schema.get("multipleOf").and_then(Value::as_f64).filter(|step| *step > 0.0);
        if leaf.sem == SemType::Money && !integer {
            decimals = 2;
        }
        // What is counted comes in whole numbers, whatever the schema calls them.
        let counted = matches!(leaf.sem, SemType::Count | SemType::CountPeople)
            || words.iter().any(|word| matches!(word.as_str(), "count" | "num" | "number" | "qty" | "quantity" | "total"))
                && !matches!(leaf.sem, SemType::Money | SemType::Quantity | SemType::Percent | SemType::Duration);
        if counted {
            decimals = 0;
        } else if !integer && decimals == 0 && high - low <= 12.0 && high > low {
            decimals = 1;
        }
        let wide = low > 0.0 && high / low > 60.0 || low == 0.0 && high > 60.0;
        let lean = match leaf.sem {
            SemType::Rating => Lean::Large,
            SemType::CountPeople if low <= 2.0 && high >= 3.0 => Lean::Party,
            SemType::Money if !integer && step.is_none() => Lean::Price,
            SemType::Percent => Lean::None,
            SemType::Count => Lean::Small,
            _ if wide => Lean::Small,
            _ => Lean::None,
        };
        Numbers { low, high, step, integer, decimals: if integer { 0 } else { decimals }, lean }
    }

    /// A number within these and the given limits; `said` ones are round, as people say them.
    pub(super) fn draw(&self, rng: &mut Rng, low: Option<f64>, high: Option<f64>, said: bool) -> Option<Value> {
        let (mut from, mut to) = (low.unwrap_or(self.low).max(self.low), high.unwrap_or(self.high).min(self.high));
        if from > to {
            return None;
        }
        let part: f64 = rng.random();
        let part = match self.lean {
            Lean::Small | Lean::Price => part * part,
            Lean::Large if said => 0.6 + 0.3 * part,
            Lean::Large => 1.0 - part * part,
            Lean::None => part,
            Lean::Party if rng.random_bool(0.85) => {
                return Some(Value::from(rng.random_range(2.0f64.max(from) as i64..=4.0f64.min(to).max(2.0f64.max(from)) as i64)));
            }
            Lean::Party => part,
        };
        let raw = from + part * (to - from);
        let cents = rng.random_range(0..CENTS.len());
        if self.lean == Lean::Price && !said {
            let priced = CENTS[cents..].iter().chain(CENTS).map(|cents| raw.floor() + cents);
            if let Some(price) = priced.clone().find(|price| (from..=to).contains(price) && survives(&rounded(*price, 2))) {
                return Some(rounded(price, 2));
            }
        }
        let step = self.step.unwrap_or_else(|| if said { round_step(raw, from, to, self.integer) } else { self.grain() });
        if self.integer && self.step.is_none() {
            (from, to) = (from.ceil(), to.floor());
        }
        let inside = |value: f64| value >= from - 1e-9 && value <= to + 1e-9;
        let near = (raw / step).round() * step;
        let candidates = [near, near + step, near - step, near + 2.0 * step, near - 2.0 * step, from, to];
        let mut numbers = candidates.into_iter().filter(|value| inside(*value)).map(|value| self.number(value));
        let first = numbers.next()?;
        match survives(&first) {
            true => Some(first),
            false => numbers.find(survives).or(Some(first)),
        }
    }

    /// The number as JSON, rounded as this place has it.
    pub(super) fn number(&self, value: f64) -> Value {
        if self.integer || (self.step.is_none() && self.decimals == 0) || self.step.is_some_and(|step| step.fract() == 0.0) {
            return Value::from(value.round() as i64);
        }
        let places = if self.step.is_some() { 6 } else { self.decimals };
        rounded(value, places)
    }

    fn grain(&self) -> f64 {
        if self.integer { 1.0 } else { 0.1f64.powi(self.decimals as i32) }
    }

    /// A number that was calculated: with four decimals at most.
    pub(super) fn exact(&self, value: f64) -> Value {
        rounded(value, if self.integer { 0 } else { 4 })
    }

    pub(super) fn admits(&self, value: &Value) -> bool {
        if self.integer { value.is_i64() || value.is_u64() } else { value.is_number() }
    }

    pub(super) fn is_integer(&self) -> bool {
        self.integer
    }
}

/// Whether the number is still the same after a reader that takes a decimal as a whole part and so many times a power of a tenth, as
/// the JSON of pandas is read, by which `datasets` reads what is of several kinds in one column. 0.3 and 4.35 do not survive it.
fn survives(value: &Value) -> bool {
    let Some(value) = value.as_f64() else { return true };
    let text = value.abs().to_string();
    let Some((whole, part)) = text.split_once('.') else { return true };
    let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    number(whole) + number(part) * number(&format!("1e-{}", part.len())) == value.abs()
}

/// As [`rounded`], or a number beside it where only that one survives.
pub(super) fn measured(value: f64, places: u32) -> Value {
    let unit = 0.1f64.powi(places as i32);
    let near = || [0.0, unit, -unit].map(|off| rounded(value + off, places)).into_iter();
    near().find(survives).unwrap_or_else(|| rounded(value, places))
}

/// `value` with at most so many decimals; a whole number comes out as one.
pub(super) fn rounded(value: f64, places: u32) -> Value {
    let scale = 10f64.powi(places as i32);
    let value = (value * scale).round() / scale;
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// The distance between numbers that people would say in this range.
fn round_step(value: f64, low: f64, high: f64, integer: bool) -> f64 {
    let span = high - low;
    match value.abs() {
        _ if span <= 1.5 && !integer => 0.05,
        _ if span <= 6.0 && !integer => 0.5,
        size if size >= 20_000.0 => 1000.0,
        size if size >= 2000.0 && span >= 1000.0 => 500.0,
        size if size >= 400.0 && span >= 200.0 => 50.0,
        size if size >= 100.0 && span >= 100.0 => 10.0,
        size if size >= 20.0 && span >= 40.0 => 5.0,
        _ => 1.0,
    }
}

/// `minimum` and `maximum`, exclusive ones moved in by a little.
pub(super) fn bounds(schema: &Value) -> (Option<f64>, Option<f64>) {
    let number = |key: &str| schema.get(key).and_then(Value::as_f64);
    let inset = if type_is(schema, "integer") { 1.0 } else { 0.01 };
    let flag = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let low = number("minimum").map(|low| if flag("exclusiveMinimum") { low + inset } else { low });
    let high = number("maximum").map(|high| if flag("exclusiveMaximum") { high - inset } else { high });
    (max(low, number("exclusiveMinimum").map(|low| low + inset)), min(high, number("exclusiveMaximum").map(|high| high - inset)))
}

fn max(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.zip(b).map(|(a, b)| a.max(b)).or(a).or(b)
}

fn min(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.zip(b).map(|(a, b)| a.min(b)).or(a).or(b)
}

fn guess(leaf: &Leaf, words: &[String]) -> (f64, f64, u32) {
    // What is per year is not a year.
    let words = &words[..words.iter().position(|word| word == "per").filter(|at| *at > 0).unwrap_or(words.len())];
    let by_words = |words: &[String]| {
        let hit = |word: &String| RANGES.iter().find(|(names, ..)| names.contains(&word.as_str()));
        let special = words.iter().find_map(|word| RANGES[..SPECIAL].iter().find(|(names, ..)| names.contains(&word.as_str())));
        special.or_else(|| words.iter().rev().find_map(hit)).map(|&(_, low, high, decimals)| (low, high, decimals))
    };
    let described = || {
        let words = crate::value::english::words_of_identifier(&leaf.description);
        by_words(&words[..words.len().min(8)])
    };
    let by_sem = match leaf.sem {
        SemType::Money => Some((5.0, 480.0, 2)),
        SemType::Rating => Some((2.5, 5.0, 1)),
        SemType::Percent => Some((5.0, 95.0, 0)),
        SemType::Count | SemType::CountPeople => Some((1.0, 8.0, 0)),
        SemType::Duration => Some((10.0, 120.0, 0)),
        _ => None,
    };
    by_words(words).or(by_sem).or_else(described).unwrap_or((1.0, 40.0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What pandas makes of a number as it is written; found by its own reader.
    #[test]
    fn some_decimals_do_not_survive_a_reader_that_multiplies() {
        for (number, same) in
            [("0.3", false), ("0.7", false), ("0.35", false), ("2.78", false), ("-0.35", false), ("0.25", true), ("4.99", true)]
        {
            assert_eq!(survives(&number.parse::<Number>().unwrap().into()), same, "{number}");
        }
        assert!(survives(&Value::from(7)) && survives(&Value::from("0.3")));
    }

    #[test]
    fn numbers_that_are_drawn_survive_it() {
        let mut rng = crate::seed::stream(1, 0, crate::seed::Stage::World, 0);
        for (lean, decimals, step, low, high) in [
            (Lean::Price, 2, None, 5.0, 480.0),
            (Lean::None, 1, None, -5.0, 34.0),
            (Lean::None, 2, None, 0.05, 0.95),
            (Lean::Small, 3, None, 0.01, 0.12),
            (Lean::Large, 1, Some(0.1), 0.0, 5.0),
        ] {
            let numbers = Numbers { low, high, step, integer: false, decimals, lean };
            for round in 0..500 {
                let drawn = numbers.draw(&mut rng, None, None, round % 2 == 0).unwrap();
                assert!(survives(&drawn) && (low..=high).contains(&drawn.as_f64().unwrap()), "{drawn} of {numbers:?}");
            }
        }
        assert_eq!((measured(0.35, 2), measured(0.25, 2)), (0.36.into(), 0.25.into()));
    }
}
