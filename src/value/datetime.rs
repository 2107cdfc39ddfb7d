//! A date with a time of day, and an offset where one is said.
//!
//! No offset and `Z` mean the same: people do not say "UTC" unless they must. Any other offset is part of the value.

use super::lex::Toks;
use super::{date, time};
use crate::value::{Form, Register};
use jiff::civil::{Date, DateTime, Time};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) civil: DateTime,
    /// Minutes east of UTC; 0 when none is said.
    pub(crate) offset: i32,
}

/// RFC 3339, with `T` or a space, with or without seconds and offset.
pub(crate) fn parse(text: &str) -> Option<Moment> {
    let t = Toks::new(text.trim());
    iso_at(&t, 0).filter(|(_, next)| *next == t.len()).map(|(moment, _)| moment)
}

fn iso_at(t: &Toks, i: usize) -> Option<(Moment, usize)> {
    let (date, at) = date::iso_at(t, i)?;
    let at = if t.low(at) == "t" && t.glued(at) && t.glued(at + 1) { at + 1 } else { at };
    let (hour, minute) = (t.digits(at, 2)?, t.digits(at + 2, 2).filter(|_| t.raw(at + 1) == ":" && t.raw(at + 2).len() == 2)?);
    let mut next = at + 3;
    let (mut second, mut nanos) = (0, 0);
    if t.raw(next) == ":" && t.glued(next + 1) {
        let (whole, fraction) = t.raw(next + 1).split_once('.').unwrap_or((t.raw(next + 1), ""));
        second = whole.parse::<i8>().ok().filter(|_| whole.len() == 2)?;
        nanos = format!("{:0<9}", fraction).get(..9)?.parse::<i32>().ok()?;
        next += 2;
    }
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, second, nanos).ok()?;
    let (offset, next) = zone_at(t, next);
    Some((Moment { civil: DateTime::from_parts(date, time), offset: offset.unwrap_or(0) }, next))
}

/// `Z`, ` UTC`, `+02:00`, ` UTC-5`.
fn zone_at(t: &Toks, i: usize) -> (Option<i32>, usize) {
    let at = match t.low(i) {
        "z" if t.glued(i) => return (Some(0), i + 1),
        "utc" | "gmt" => i + 1,
        _ if t.glued(i) => i,
        _ => return (None, i),
    };
    let named = at > i;
    let sign = match t.raw(at) {
        "+" => 1,
        "-" | "\u{2212}" => -1,
        _ => return (named.then_some(0), at),
    };
    let Some(hours) = t.digits(at + 1, 4).filter(|_| t.glued(at) && t.glued(at + 1)) else {
        return (named.then_some(0), if named { at } else { i });
    };
    let hours = i32::try_from(hours).unwrap_or(0);
    let (minutes, next) = match t.digits(at + 3, 2) {
        Some(minutes) if t.raw(at + 2) == ":" && t.glued(at + 2) && t.glued(at + 3) => {
            (hours * 60 + i32::try_from(minutes).unwrap_or(0), at + 4)
        }
        _ if t.raw(at + 1).len() == 4 => (hours / 100 * 60 + hours % 100, at + 2),
        _ => (hours * 60, at + 2),
    };
    (Some(sign * minutes), next)
}

/// The longest datetime at token `i`.
pub(crate) fn datetime_at(t: &Toks, i: usize, today: Date) -> Option<(Moment, usize)> {
    let found = [iso_at(t, i), date_first(t, i, today), time_first(t, i, today)];
    found.into_iter().flatten().filter(|(_, next)| t.closes(*next)).reduce(|best, other| if other.1 > best.1 { other } else { best })
}

/// `March 12 at 7:30 pm`, `tomorrow, 19:30`, `tonight at 8`, `Thursday morning at 9:15`.
fn date_first(t: &Toks, i: usize, today: Date) -> Option<(Moment, usize)> {
    let (date, mut at) = date::date_at(t, i, today)?;
    let mut part = match t.low(at) {
        "morning" => Some(time::Part::Morning),
        "afternoon" => Some(time::Part::Afternoon),
        "evening" | "night" => Some(time::Part::Evening),
        _ => None,
    };
    if part.is_some() {
        at += 1;
    }
    match (t.low(i), t.low(at - 1)) {
        ("tonight", _) => part = Some(time::Part::Evening),
        ("this", "morning") => part = Some(time::Part::Morning),
        ("this", "afternoon") => part = Some(time::Part::Afternoon),
        ("this", "evening") => part = Some(time::Part::Evening),
        _ => {}
    }
    if t.raw(at) == "," {
        at += 1;
    }
    if matches!(t.low(at), "at" | "@") {
        at += 1;
    }
    let (time, next) = match (time::time_at(t, at), part) {
        (Some((time, next)), Some(part)) => (within(part, time)?, next),
        (Some(found), None) => found,
        (None, Some(part)) => {
            let hour = t.digits(at, 2).filter(|hour| (1..=12).contains(hour))?;
            (Time::new(i8::try_from(part.apply(hour.into())?).ok()?, 0, 0, 0).ok()?, at + 1)
        }
        (None, None) => return None,
    };
    Some(finish(t, date, time, next))
}

/// A time said beside a part of the day: `tonight at 8:30` is in the evening, `tonight at 9 am` is nothing.
fn within(part: time::Part, time: Time) -> Option<Time> {
    let hour = part.apply(time.hour().into())?;
    Time::new(i8::try_from(hour).ok()?, time.minute(), time.second(), 0).ok()
}

/// `7:30 pm on March 12`, `noon tomorrow`.
fn time_first(t: &Toks, i: usize, today: Date) -> Option<(Moment, usize)> {
    let (time, at) = time::time_at(t, i)?;
    let at = if matches!(t.low(at), "on" | ",") { at + 1 } else { at };
    let (date, next) = date::date_at(t, at, today)?;
    Some(finish(t, date, time, next))
}

fn finish(t: &Toks, date: Date, time: Time, next: usize) -> (Moment, usize) {
    let (offset, next) = match t.low(next) {
        "utc" | "gmt" => zone_at(t, next),
        _ => (None, next),
    };
    (Moment { civil: DateTime::from_parts(date, time), offset: offset.unwrap_or(0) }, next)
}

/// All ways to say a moment, plainest first. The caller keeps those that are read back.
pub(crate) fn say(moment: Moment, today: Date) -> Vec<Form> {
    let zone = match moment.offset {
        0 => String::new(),
        minutes => {
            let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
            if minutes % 60 == 0 {
                format!(" UTC{sign}{}", minutes / 60)
            } else {
                format!(" UTC{sign}{}:{:02}", minutes / 60, minutes % 60)
            }
        }
    };
    let dates = date::say(moment.civil.date(), today);
    let times = time::say(moment.civil.time());
    let mut forms = Vec::new();
    // Each date form meets a few time forms, so that the list stays short and every form occurs.
    for (at, date) in dates.iter().enumerate() {
        for step in 0..2 {
            let Some(time) = times.get((at * 2 + step) % times.len().max(1)) else { continue };
            let register = date.register.or(time.register);
            forms.push(Form::new(format!("{} at {}{zone}", date.text, time.text), register));
            if step == 0 && !date.text.contains(',') {
                let bare = date.text.starts_with(|c: char| c.is_ascii_lowercase())
                    && (!date.text.starts_with("the ") || date.text.contains("day"));
                let on = if bare { "" } else { "on " };
                forms.push(Form::new(format!("{} {on}{}{zone}", time.text, date.text), register));
            }
        }
    }
    let (date, time) = (moment.civil.date(), moment.civil.time());
    if let (true, Some(day)) =
        (time.minute() == 0 && time.second() == 0, ["today", "tomorrow"].get((date - today).get_days().unsigned_abs() as usize))
    {
        let part = match time.hour() {
            5..=11 => Some(("morning", time.hour())),
            13..=17 => Some(("afternoon", time.hour() - 12)),
            18..=21 => Some(("evening", time.hour() - 12)),
            _ => None,
        };
        match (part, *day) {
            (Some((part, hour)), "tomorrow") => forms.push(Form::new(format!("tomorrow {part} at {hour}{zone}"), Register::Casual)),
            (Some(("evening", hour)), _) => forms.push(Form::new(format!("tonight at {hour}{zone}"), Register::Casual)),
            (Some((part, hour)), _) => forms.push(Form::new(format!("this {part} at {hour}{zone}"), Register::Casual)),
            _ => {}
        }
    }
    forms.push(Form::new(format!("{date} {:02}:{:02}{zone}", time.hour(), time.minute()), Register::Formal));
    forms
}
