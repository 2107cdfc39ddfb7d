//! Lengths of time: `90 minutes`, `an hour and a half`, `PT1H30M`, `3 weeks`. Months and years have no length in days.

use super::decimal::Dec;
use super::lex::Toks;
use super::number::number_at;
use super::unit::{TIME_UNITS, TimeUnit, time_unit, time_unit_at};
use crate::value::english::number_words;
use crate::value::{Form, Register};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Length {
    months: Dec,
    millis: Dec,
}

impl Length {
    pub(crate) fn of(count: Dec, unit: &TimeUnit) -> Option<Length> {
        Some(Length { months: count.mul(Dec::int(unit.months))?, millis: count.mul(Dec::int(unit.millis))? })
    }

    fn plus(self, other: Length) -> Option<Length> {
        Some(Length { months: self.months.add(other.months)?, millis: self.millis.add(other.millis)? })
    }

    /// How many of the unit it is, if that is a number.
    pub(crate) fn count(self, unit: &TimeUnit) -> Option<Dec> {
        match unit.months {
            0 => self.months.is_zero().then(|| self.millis.div(Dec::int(unit.millis))).flatten(),
            months => self.millis.is_zero().then(|| self.months.div(Dec::int(months))).flatten(),
        }
    }

    /// ISO 8601: `PT1H30M`, `P2W`, `P3D`, `P1Y2M`.
    pub(crate) fn iso(self) -> Option<String> {
        let mut out = String::from("P");
        let (months, millis) = (self.months.to_i64()?, self.millis.to_i64()?);
        for (count, letter) in [(months / 12, 'Y'), (months % 12, 'M'), (millis / 86_400_000, 'D')] {
            if count != 0 {
                out.push_str(&format!("{count}{letter}"));
            }
        }
        let rest = millis % 86_400_000;
        if rest != 0 || out.len() == 1 {
            out.push('T');
            for (count, letter) in [(rest / 3_600_000, 'H'), (rest / 60_000 % 60, 'M')] {
                if count != 0 {
                    out.push_str(&format!("{count}{letter}"));
                }
            }
            let seconds = Dec::int(rest % 60_000).div(Dec::int(1000))?;
            if !seconds.is_zero() || out.ends_with('T') {
                out.push_str(&format!("{seconds}S"));
            }
        }
        Some(out)
    }
}

/// ISO 8601 (`PT1H30M`) or a phrase that is nothing but a length of time (`2 hours`, `1h30m`).
pub(crate) fn parse(text: &str) -> Option<Length> {
    let t = Toks::new(text.trim());
    iso(text.trim()).or_else(|| length_at(&t, 0).filter(|(_, next)| *next == t.len()).map(|(length, _)| length))
}

fn iso(text: &str) -> Option<Length> {
    let mut rest = text.strip_prefix('P')?;
    let (mut length, mut in_time, mut any) = (Length { months: Dec::ZERO, millis: Dec::ZERO }, false, false);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (rest, in_time) = (after, true);
            continue;
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let count = Dec::parse(&rest[..digits])?;
        let unit = match (rest[digits..].chars().next()?, in_time) {
            ('Y', false) => "year",
            ('M', false) => "month",
            ('W', false) => "week",
            ('D', false) => "day",
            ('H', true) => "hour",
            ('M', true) => "minute",
            ('S', true) => "second",
            _ => return None,
        };
        length = length.plus(Length::of(count, time_unit(unit)?)?)?;
        (rest, any) = (&rest[digits + 1..], true);
    }
    any.then_some(length)
}

/// The longest length of time at token `i`.
pub(crate) fn length_at(t: &Toks, i: usize) -> Option<(Length, usize)> {
    let (mut total, mut next, mut unit) = fraction_at(t, i).or_else(|| piece_at(t, i)).or_else(|| iso_word_at(t, i))?;
    // "an hour and 30 minutes", "1 hour, 30 minutes", "1h30m": each unit smaller than the one before.
    while let Some((length, after, smaller)) =
        following_piece(t, next).filter(|(_, _, smaller)| (smaller.months, smaller.millis) < (unit.months, unit.millis))
    {
        (total, next, unit) = (total.plus(length)?, after, smaller);
    }
    if t.low(next) == "and" && t.low(next + 1) == "a" && t.low(next + 2) == "half" && t.closes(next + 3) {
        total = total.plus(Length::of(Dec::parse("0.5")?, unit)?)?;
        next += 3;
    }
    t.closes(next).then_some((total, next))
}

type Piece = (Length, usize, &'static TimeUnit);

fn following_piece(t: &Toks, i: usize) -> Option<Piece> {
    let at = match t.low(i) {
        "and" => i + 1,
        "," if t.low(i + 1) == "and" => i + 2,
        "," if t.is_num(i + 1) => i + 1,
        _ => i,
    };
    if at == i && !t.is_num(i) && super::number::small_word(t.low(i)).is_none() {
        return None;
    }
    piece_at(t, at)
}

/// A number with its unit: `90 minutes`, `an hour`, `a couple of days`, `90-minute`, `2.5h`.
fn piece_at(t: &Toks, i: usize) -> Option<Piece> {
    let glued_number = t.is_num(i).then(|| Dec::parse(t.raw(i)).map(|value| (value, i + 1))).flatten();
    let article = matches!(t.low(i), "a" | "an").then_some((Dec::int(1), i + 1)).filter(|_| t.is_word(i + 1));
    let couple = |at: usize| if t.low(at) == "of" { at + 1 } else { at };
    let numbers = [number_at(t, i).map(|n| (n.value, couple(n.next))), glued_number, article];
    for (count, at) in numbers.into_iter().flatten() {
        let at = if t.raw(at) == "-" && t.glued(at) && t.glued(at + 1) { at + 1 } else { at };
        let at = if t.low(at) == "full" || t.low(at) == "whole" { at + 1 } else { at };
        if let Some(unit) = time_unit_at(t, at) {
            return Some((Length::of(count, unit)?, at + 1, unit));
        }
        if t.low(at).starts_with("fortnight") {
            let week = time_unit("week")?;
            return Some((Length::of(count.mul(Dec::int(2))?, week)?, at + 1, week));
        }
    }
    None
}

/// `half an hour`, `a half hour`, `a quarter of an hour`, `three quarters of an hour`.
fn fraction_at(t: &Toks, i: usize) -> Option<Piece> {
    let words = [t.low(i), t.low(i + 1), t.low(i + 2), t.low(i + 3)];
    let (share, at) = match words {
        ["half", "a" | "an", ..] => ("0.5", i + 2),
        ["a", "half", "hour", _] => ("0.5", i + 2),
        ["a", "quarter", "of", "a" | "an"] => ("0.25", i + 4),
        ["three", "quarters", "of", "a" | "an"] => ("0.75", i + 4),
        _ => return None,
    };
    let unit = time_unit_at(t, at)?;
    Some((Length::of(Dec::parse(share)?, unit)?, at + 1, unit))
}

fn iso_word_at(t: &Toks, i: usize) -> Option<Piece> {
    if !t.raw(i).starts_with('P') || t.raw(i).len() > 2 {
        return None;
    }
    let mut next = i + 1;
    while t.glued(next) && (t.is_num(next) || t.is_word(next)) {
        next += 1;
    }
    let length = iso(&t.text[t.span(i, next)])?;
    Some((length, next, &TIME_UNITS[0]))
}

/// All ways to say a length, plainest first. `unit` is the one its number is given in, if it is a number. The caller keeps
/// those that are read back.
pub(crate) fn say(length: Length, unit: Option<&TimeUnit>) -> Vec<Form> {
    let mut forms = Vec::new();
    let natural = TIME_UNITS.iter().rev().find(|u| length.count(u).and_then(Dec::to_i64).is_some_and(|n| n != 0));
    let mut units: Vec<&TimeUnit> = Vec::new();
    for unit in natural.into_iter().chain(unit) {
        if !units.iter().any(|known| known.singular == unit.singular) {
            units.push(unit);
        }
    }
    for unit in &units {
        if let Some(count) = length.count(unit) {
            in_one_unit(count, unit, &mut forms);
        }
    }
    mixed(length, &mut forms);
    forms
}

fn in_one_unit(count: Dec, unit: &TimeUnit, forms: &mut Vec<Form>) {
    let one = count == Dec::int(1);
    let name = if one { unit.singular.to_owned() } else { format!("{}s", unit.singular) };
    let mut push = |text: String, register: Register| forms.push(Form::new(text, register));
    push(format!("{} {name}", count.grouped()), Register::Plain);
    match count.to_i64() {
        Some(1) => {
            push(format!("{} {name}", if unit.singular == "hour" { "an" } else { "a" }), Register::Plain);
            push(format!("one {name}"), Register::Plain);
        }
        Some(n @ 2..=12) => {
            push(format!("{} {name}", number_words(n)), Register::Plain);
            if n == 2 {
                push(format!("a couple of {name}"), Register::Casual);
            }
        }
        Some(n @ (15 | 20 | 30 | 40 | 45 | 50 | 60 | 90)) => push(format!("{} {name}", number_words(n)), Register::Plain),
        _ => {}
    }
    if count.grouped() != count.to_string() {
        push(format!("{count} {name}"), Register::Plain);
    }
    if unit.singular == "minute" {
        push(format!("{count} min"), Register::Casual);
    }
}

/// Whole hours and halves, or hours with minutes.
fn mixed(length: Length, forms: &mut Vec<Form>) {
    let minute = &TIME_UNITS[2];
    let Some(minutes) = length.count(minute).and_then(Dec::to_i64).filter(|n| *n > 0 && *n < 24 * 60) else { return };
    let mut push = |text: String, register: Register| forms.push(Form::new(text, register));
    let (hours, rest) = (minutes / 60, minutes % 60);
    let plural = if hours == 1 { "hour" } else { "hours" };
    match (hours, rest) {
        (0, 30) => push("half an hour".into(), Register::Plain),
        (0, 45) => push("three quarters of an hour".into(), Register::Casual),
        (1, 30) => {
            push("an hour and a half".into(), Register::Plain);
            push("one and a half hours".into(), Register::Plain);
        }
        (2..=12, 30) => push(format!("{} and a half hours", number_words(hours)), Register::Plain),
        _ => {}
    }
    if hours > 0 && rest > 0 {
        let unit = if rest == 1 { "minute" } else { "minutes" };
        push(format!("{hours} {plural} and {rest} {unit}"), Register::Plain);
        push(format!("{hours} {plural} {rest} {unit}"), Register::Plain);
        if rest == 30 {
            push(format!("{hours}.5 hours"), Register::Plain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso_of(text: &str) -> Option<String> {
        parse(text).and_then(Length::iso)
    }

    #[test]
    fn lengths_are_read_as_people_say_them() {
        for (text, expected) in [
            ("90 minutes", "PT1H30M"),
            ("an hour and a half", "PT1H30M"),
            ("one and a half hours", "PT1H30M"),
            ("1.5 hours", "PT1H30M"),
            ("1h30m", "PT1H30M"),
            ("1 hour, 30 minutes", "PT1H30M"),
            ("half an hour", "PT30M"),
            ("a couple of days", "P2D"),
            ("two weeks", "P14D"),
            ("a fortnight", "P14D"),
            ("a year and a half", "P1Y6M"),
            ("PT45M", "PT45M"),
            ("P1M", "P1M"),
            ("90-minute", "PT1H30M"),
            ("500 ms", "PT0.5S"),
        ] {
            assert_eq!(iso_of(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["90", "minutes", "P", "PT", "3 pm", "an apple"] {
            assert_eq!(iso_of(text), None, "{text}");
        }
    }
}
