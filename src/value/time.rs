//! Times of day. A bare hour (`at 7`) is no time: it does not say which half of the day it is in. `7:30` alone is on the
//! 24-hour clock.

use super::lex::Toks;
use super::number::below_hundred_at;
use crate::value::english::number_words;
use crate::value::{Form, Register};
use jiff::civil::Time;

/// What tells the half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Am,
    Pm,
    Morning,
    Afternoon,
    Evening,
    Night,
}

impl Part {
    /// The hour on the 24-hour clock, where the part of the day allows it.
    pub(crate) fn apply(self, hour: i64) -> Option<i64> {
        if hour > 12 || hour == 0 {
            let fits = match self {
                Part::Am | Part::Morning => hour < 12,
                Part::Pm => hour > 12,
                Part::Afternoon => (12..18).contains(&hour),
                Part::Evening => (16..24).contains(&hour),
                Part::Night => !(6..18).contains(&hour),
            };
            return fits.then_some(hour);
        }
        match (self, hour) {
            (Part::Am | Part::Morning, 12) => Some(0),
            (Part::Am | Part::Morning, _) => Some(hour),
            (Part::Pm | Part::Afternoon, 12) => Some(12),
            (Part::Pm, _) => Some(hour + 12),
            (Part::Afternoon, 1..=6) => Some(hour + 12),
            (Part::Evening, 4..=11) => Some(hour + 12),
            (Part::Night, 6..=11) => Some(hour + 12),
            (Part::Night, 12) => Some(0),
            (Part::Night, 1..=5) => Some(hour),
            _ => None,
        }
    }
}

/// `19:30`, `19:30:00`, `7:30 pm`.
pub(crate) fn parse(text: &str) -> Option<Time> {
    let t = Toks::new(text.trim());
    time_at(&t, 0).filter(|(_, next)| *next == t.len()).map(|(time, _)| time)
}

fn civil(hour: i64, minute: i64, second: i64) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
}

type Reader = fn(&Toks, usize) -> Option<(Time, usize)>;

/// The longest time at token `i`.
pub(crate) fn time_at(t: &Toks, i: usize) -> Option<(Time, usize)> {
    let readers: [Reader; 5] = [clock_at, hour_at, past_at, named_at, part_first];
    let mut best = None::<(Time, usize)>;
    for reader in readers {
        let found = reader(t, i).filter(|(_, next)| t.closes(*next) && best.is_none_or(|(_, end)| *next > end));
        best = found.or(best);
    }
    best
}

/// `19:30`, `19:30:15`, `7:30 pm`, `7:30 in the evening`, `7.30 pm`.
fn clock_at(t: &Toks, i: usize) -> Option<(Time, usize)> {
    if let Some((hour, minute)) = dotted(t.raw(i)) {
        let (part, next) = part_at(t, i + 1)?;
        return civil(part.apply(hour)?, minute, 0).map(|time| (time, next));
    }
    let (hour, minute, second, next) = digits_at(t, i)?;
    match part_at(t, next) {
        Some((part, after)) => part.apply(hour).and_then(|hour| civil(hour, minute, second)).map(|time| (time, after)),
        None => civil(hour, minute, second).map(|time| (time, next)),
    }
}

/// Hour, minute and second in digits, with no half of the day.
pub(crate) fn digits_at(t: &Toks, i: usize) -> Option<(i64, i64, i64, usize)> {
    let two = |j: usize| t.digits(j, 2).filter(|_| t.raw(j).len() == 2 && t.glued(j) && t.glued(j - 1) && t.raw(j - 1) == ":");
    let hour = t.digits(i, 2)?;
    let minute = two(i + 2)?;
    match two(i + 4) {
        Some(second) => Some((hour.into(), minute.into(), second.into(), i + 5)),
        None => Some((hour.into(), minute.into(), 0, i + 3)),
    }
}

fn dotted(raw: &str) -> Option<(i64, i64)> {
    let (hour, minute) = raw.split_once('.')?;
    (minute.len() == 2 && hour.len() <= 2).then_some(())?;
    Some((hour.parse().ok()?, minute.parse().ok().filter(|m| *m < 60)?))
}

/// `7 pm`, `seven o'clock in the morning`, `seven thirty pm`, `seven oh five pm`.
fn hour_at(t: &Toks, i: usize) -> Option<(Time, usize)> {
    let (hour, next) = hour_number(t, i)?;
    let next = o_clock(t, next);
    if let Some((part, after)) = part_at(t, next) {
        return civil(part.apply(hour)?, 0, 0).map(|time| (time, after));
    }
    let (minute, next) = match t.low(next) {
        "oh" => below_hundred_at(t, next + 1).filter(|(n, _)| *n < 10)?,
        _ => below_hundred_at(t, next).filter(|(n, _)| (10..60).contains(n))?,
    };
    let (part, after) = part_at(t, next)?;
    civil(part.apply(hour)?, minute, 0).map(|time| (time, after))
}

fn hour_number(t: &Toks, i: usize) -> Option<(i64, usize)> {
    let digits = t.digits(i, 2).map(|n| (i64::from(n), i + 1));
    digits.or_else(|| below_hundred_at(t, i)).filter(|(hour, _)| (1..=12).contains(hour))
}

fn o_clock(t: &Toks, i: usize) -> usize {
    // `o"clock` and `o clock` are common slips.
    if t.low(i) == "o" {
        let sign = usize::from(matches!(t.raw(i + 1), "\"" | "`" | "´"));
        return if t.low(i + 1 + sign) == "clock" { i + 2 + sign } else { i };
    }
    if matches!(t.low(i), "o'clock" | "o’clock" | "oclock") { i + 1 } else { i }
}

/// `half past seven in the evening`, `quarter to 8 pm`, `ten past nine am`.
fn past_at(t: &Toks, i: usize) -> Option<(Time, usize)> {
    let (minutes, at) = match (t.low(i), t.low(i + 1)) {
        ("half", _) => (30, i + 1),
        ("quarter", _) => (15, i + 1),
        ("a", "quarter") => (15, i + 2),
        _ => below_hundred_at(t, i).or_else(|| t.digits(i, 2).map(|n| (n.into(), i + 1))).filter(|(n, _)| (1..30).contains(n))?,
    };
    let at = if t.low(at).starts_with("minute") { at + 1 } else { at };
    let before = match t.low(at) {
        "past" | "after" => false,
        "to" | "before" | "till" if minutes < 30 => true,
        _ => return None,
    };
    let (hour, next) = hour_number(t, at + 1)?;
    let (part, after) = part_at(t, o_clock(t, next))?;
    if !before {
        return civil(part.apply(hour)?, minutes, 0).map(|time| (time, after));
    }
    // "Quarter to twelve in the morning" is in the morning; of "quarter to 12 pm" nobody can tell.
    if hour == 12 && matches!(part, Part::Am | Part::Pm) {
        return None;
    }
    let earlier = if hour == 1 { 12 } else { hour - 1 };
    civil(part.apply(earlier)?, 60 - minutes, 0).map(|time| (time, after))
}

fn named_at(t: &Toks, i: usize) -> Option<(Time, usize)> {
    let at = if t.raw(i) == "12" || t.low(i) == "twelve" { i + 1 } else { i };
    match t.low(at) {
        "noon" | "midday" => civil(12, 0, 0).map(|time| (time, at + 1)),
        "midnight" => civil(0, 0, 0).map(|time| (time, at + 1)),
        _ => None,
    }
}

/// `evening 6:30`, `morning 11`: the half of the day first.
fn part_first(t: &Toks, i: usize) -> Option<(Time, usize)> {
    let part = match t.low(i) {
        "morning" => Part::Morning,
        "afternoon" => Part::Afternoon,
        "evening" => Part::Evening,
        _ => return None,
    };
    let at = if t.low(i + 1) == "at" { i + 2 } else { i + 1 };
    let (hour, minute, second, next) = digits_at(t, at).or_else(|| t.digits(at, 2).map(|hour| (hour.into(), 0, 0, at + 1)))?;
    // "good morning 2 people need ..."
    (!t.is_word(next) || minute > 0 || matches!(t.low(next), "on" | "and" | "to" | "until" | "till" | "please" | "for" | "in" | "at"))
        .then_some(())?;
    civil(part.apply(hour)?, minute, second).map(|time| (time, next))
}

/// `pm`, `p.m.`, `in the evening`, `tonight`, `this morning`.
pub(crate) fn part_at(t: &Toks, i: usize) -> Option<(Part, usize)> {
    let day_part = |word: &str| match word {
        "morning" => Some(Part::Morning),
        "afternoon" => Some(Part::Afternoon),
        "evening" => Some(Part::Evening),
        "night" => Some(Part::Night),
        _ => None,
    };
    match (t.low(i), t.low(i + 1)) {
        ("am", _) => Some((Part::Am, i + 1)),
        ("pm", _) => Some((Part::Pm, i + 1)),
        (letter @ ("a" | "p"), ".") if t.low(i + 2) == "m" && t.glued(i + 1) && t.glued(i + 2) => {
            let dot = usize::from(t.raw(i + 3) == "." && t.glued(i + 3));
            Some((if letter == "a" { Part::Am } else { Part::Pm }, i + 3 + dot))
        }
        ("in", "the") => day_part(t.low(i + 2)).map(|part| (part, i + 3)),
        ("this", word) => day_part(word).map(|part| (part, i + 2)),
        ("tonight", _) => Some((Part::Evening, i + 1)),
        ("at", "night") => Some((Part::Night, i + 2)),
        _ => None,
    }
}

/// All ways to say a time, plainest first. The caller keeps those that are read back.
pub(crate) fn say(time: Time) -> Vec<Form> {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    let (half, twelve) = (if hour < 12 { "am" } else { "pm" }, if hour % 12 == 0 { 12 } else { hour % 12 });
    if second != 0 || time.subsec_nanosecond() != 0 {
        return vec![
            Form::new(format!("{twelve}:{minute:02}:{second:02} {half}"), Register::Plain),
            Form::new(format!("{hour:02}:{minute:02}:{second:02}"), Register::Formal),
        ];
    }
    let part = match hour {
        0..12 => "in the morning",
        12..17 => "in the afternoon",
        17..21 => "in the evening",
        _ => "at night",
    };
    let mut forms = Vec::new();
    let mut push = |text: String, register: Register| forms.push(Form::new(text, register));
    let upper = half.to_uppercase();
    match (hour, minute) {
        (12, 0) => push("noon".into(), Register::Plain),
        (0, 0) => push("midnight".into(), Register::Plain),
        _ => {}
    }
    if minute == 0 {
        push(format!("{twelve} {half}"), Register::Plain);
        push(format!("{twelve} {upper}"), Register::Plain);
        push(format!("{twelve}{half}"), Register::Casual);
    }
    push(format!("{twelve}:{minute:02} {half}"), Register::Plain);
    push(format!("{twelve}:{minute:02} {upper}"), Register::Plain);
    push(format!("{twelve}:{minute:02}{half}"), Register::Casual);
    push(format!("{hour:02}:{minute:02}"), Register::Formal);
    if hour == 0 {
        return forms;
    }
    let word = |n: i8| number_words(n.into());
    if minute == 0 && hour != 12 {
        push(format!("{twelve} {part}"), Register::Plain);
        push(format!("{} {part}", word(twelve)), Register::Plain);
        push(format!("{} o'clock {part}", word(twelve)), Register::Casual);
    }
    let following = if twelve == 12 { 1 } else { twelve + 1 };
    match minute {
        30 => {
            push(format!("half past {} {part}", word(twelve)), Register::Casual);
            push(format!("half past {twelve} {part}"), Register::Casual);
        }
        15 => {
            push(format!("quarter past {twelve} {half}"), Register::Casual);
            push(format!("a quarter past {} {part}", word(twelve)), Register::Casual);
        }
        45 => {
            push(format!("quarter to {following} {half}"), Register::Casual);
            push(format!("a quarter to {} {part}", word(following)), Register::Casual);
        }
        0 => {}
        _ => push(format!("{twelve}:{minute:02} {part}"), Register::Casual),
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_say_them() {
        for (text, time) in [
            ("19:30", "19:30:00"),
            ("7:30", "07:30:00"),
            ("7:30 pm", "19:30:00"),
            ("7.30pm", "19:30:00"),
            ("7:30 p.m.", "19:30:00"),
            ("12 am", "00:00:00"),
            ("12:15 PM", "12:15:00"),
            ("seven in the morning", "07:00:00"),
            ("seven o'clock in the evening", "19:00:00"),
            ("half past seven in the evening", "19:30:00"),
            ("quarter to 8 pm", "19:45:00"),
            ("a quarter past nine in the morning", "09:15:00"),
            ("ten minutes to one pm", "12:50:00"),
            ("quarter to 12 in the morning", "11:45:00"),
            ("6 o\"clock in the evening", "18:00:00"),
            ("evening 6:30", "18:30:00"),
            ("8:30 tonight", "20:30:00"),
            ("seven thirty pm", "19:30:00"),
            ("eleven at night", "23:00:00"),
            ("2 at night", "02:00:00"),
            ("12 noon", "12:00:00"),
            ("midnight", "00:00:00"),
            ("19:30:15", "19:30:15"),
        ] {
            assert_eq!(parse(text).map(|t| t.to_string()), Some(time.to_owned()), "{text}");
        }
        for text in ["7", "seven o'clock", "half past seven", "25:00", "19:75", "13 pm", "9 in the afternoon", "7:3"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
