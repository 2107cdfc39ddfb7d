//! Dates. Relative ones are said against today.
//!
//! What the loose forms mean, for writer and reader alike:
//! - A weekday alone, or with `this`, is its first coming after today (one to seven days ahead).
//! - `next Thursday` is the Thursday of the week after this one; weeks begin on Monday. `last Thursday` is the latest before today.
//! - A month and a day without a year lie between 90 days before today and 275 days after it.
//! - `the 12th` is the first 12th from today on; `the 12th of this month` and `of next month` say which.

use super::lex::Toks;
use super::number::{number_at, small_word};
use crate::value::english::{number_words, ordinal_digits};
use crate::value::{Form, Register};
use jiff::Span;
use jiff::civil::{Date, Weekday};

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// A month and day without a year lie this many days before today, or less.
const WINDOW_BACK: i64 = 90;

/// `2026-03-12`, `2026/03/12`, `3/25/2026`.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let t = Toks::new(text.trim());
    iso_at(&t, 0).or_else(|| slashed_at(&t, 0)).filter(|(_, next)| *next == t.len()).map(|(date, _)| date)
}

type Reader = fn(&Toks, usize, Date) -> Option<(Date, usize)>;
/// Dates that hold a day of the month.
const FIXED: [Reader; 4] = [|t, i, _| iso_at(t, i).or_else(|| slashed_at(t, i)), weekday_at, calendar_at, day_alone_at];
const LOOSE: [Reader; 2] = [relative_at, distance_at];

/// The longest date at token `i`.
pub(crate) fn date_at(t: &Toks, i: usize, today: Date) -> Option<(Date, usize)> {
    longest(t, i, today, FIXED.iter().chain(&LOOSE))
}

/// The longest date at token `i` that is no distance (`in three days`): its numbers are no numbers of anything else.
pub(crate) fn fixed_at(t: &Toks, i: usize, today: Date) -> Option<(Date, usize)> {
    longest(t, i, today, FIXED.iter())
}

fn longest<'r>(t: &Toks, i: usize, today: Date, readers: impl Iterator<Item = &'r Reader>) -> Option<(Date, usize)> {
    let mut best = None::<(Date, usize)>;
    for reader in readers {
        let found = reader(t, i, today).filter(|(_, next)| t.closes(*next) && best.is_none_or(|(_, end)| *next > end));
        best = found.or(best);
    }
    best
}

/// `2026-03-12`, `2026/03/12`: the reader of the datetime grammar too, so that it does not ask for an end.
pub(crate) fn iso_at(t: &Toks, i: usize) -> Option<(Date, usize)> {
    let sign = t.raw(i + 1);
    if !matches!(sign, "-" | "/") || t.raw(i + 3) != sign || !(i + 1..i + 5).all(|j| t.glued(j)) || t.raw(i).len() != 4 {
        return None;
    }
    civil(t.digits(i, 4)?, t.digits(i + 2, 2)?, t.digits(i + 4, 2)?).map(|date| (date, i + 5))
}

/// `3/25/2026`, `25-3-2026`: where only one order is a date or both are the same.
fn slashed_at(t: &Toks, i: usize) -> Option<(Date, usize)> {
    let sign = t.raw(i + 1);
    if !matches!(sign, "/" | "-") || t.raw(i + 3) != sign || !(i + 1..i + 5).all(|j| t.glued(j)) || t.raw(i + 4).len() != 4 {
        return None;
    }
    let (a, b, year) = (t.digits(i, 2)?, t.digits(i + 2, 2)?, t.digits(i + 4, 4)?);
    match (civil(year, a, b), civil(year, b, a)) {
        (Some(date), None) | (None, Some(date)) => Some((date, i + 5)),
        (Some(one), Some(other)) if one == other => Some((one, i + 5)),
        _ => None,
    }
}

fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn plus(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Days from `from` to `to`.
fn distance(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| span.get_days().into())
}

/// `today`, `tomorrow`, `the day after tomorrow`, `tonight`, `this evening`.
fn relative_at(t: &Toks, i: usize, today: Date) -> Option<(Date, usize)> {
    let day = |days: i64, next: usize| plus(today, days).map(|date| (date, next));
    match (t.low(i), t.low(i + 1)) {
        ("today" | "tonight", _) => day(0, i + 1),
        ("this", "morning" | "afternoon" | "evening") => day(0, i + 2),
        ("tomorrow", _) => day(1, i + 1),
        ("yesterday", _) => day(-1, i + 1),
        ("the", "day") => relative_at(t, i + 1, today),
        ("day", "after") if t.low(i + 2) == "tomorrow" => day(2, i + 3),
        ("day", "before") if t.low(i + 2) == "yesterday" => day(-2, i + 3),
        _ => None,
    }
}

/// `in three days`, `in a week`, `two weeks from today`, `3 days ago`.
fn distance_at(t: &Toks, i: usize, today: Date) -> Option<(Date, usize)> {
    let at = if t.low(i) == "in" { i + 1 } else { i };
    let (count, after) = match t.low(at) {
        "a" => (1, at + 1),
        _ => number_at(t, at).and_then(|n| Some((n.value.to_i64()?, n.next)))?,
    };
    let unit = match t.low(after) {
        "day" | "days" => 1,
        "week" | "weeks" => 7,
        _ => return None,
    };
    let (days, after) = (count.checked_mul(unit)?, after + 1);
    match (t.low(after), t.low(after + 1)) {
        ("from", "today" | "now") if at == i => plus(today, days).map(|date| (date, after + 2)),
        ("from", "tomorrow") if at == i => plus(today, days.checked_add(1)?).map(|date| (date, after + 2)),
        ("ago", _) if at == i => plus(today, days.checked_neg()?).map(|date| (date, after + 1)),
        _ if at > i => plus(today, days).map(|date| (date, after)),
        _ => None,
    }
}

fn weekday_word(t: &Toks, i: usize) -> Option<Weekday> {
    let word = t.low(i);
    let long = DAYS.iter().position(|day| day.eq_ignore_ascii_case(word));
    let short = || match word {
        "mon" => Some(0),
        "tue" | "tues" => Some(1),
        "wed" => Some(2),
        "thu" | "thur" | "thurs" => Some(3),
        "fri" => Some(4),
        "sat" => Some(5),
        "sun" => Some(6),
        _ => None,
    };
    // "sat" and "sun" are words of their own.
    let index = long.or_else(|| short().filter(|_| t.is_capital(i)))?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

/// `Thursday`, `this Thursday`, `next Thursday`, `Thursday next week`, `Thursday, March 12`, `Thursday the 12th`.
fn weekday_at(t: &Toks, i: usize, today: Date) -> Option<(Date, usize)> {
    let (mode, at) = match (t.low(i), t.low(i + 1)) {
        ("this", "coming" | "upcoming") => ("this", i + 2),
        ("this", "past") => ("last", i + 2),
        ("the", "coming" | "following") => ("this", i + 2),
        ("coming", _) => ("this", i + 1),
        (mode @ ("this" | "next" | "last"), _) => (mode, i + 1),
        _ => ("", i),
    };
    let weekday = weekday_word(t, at)?;
    let mut next = at + 1;
    if t.raw(next) == "." && t.raw(at).len() <= 5 {
        next += 1;
    }
    match (t.low(next), t.low(next + 1)) {
        ("next", "week") if mode.is_empty() => return week_after(today, weekday).map(|date| (date, next + 2)),
        ("this", "week") if mode.is_empty() => {
            return week_after(today, weekday).and_then(|date| plus(date, -7)).map(|date| (date, next + 2));
        }
        _ => {}
    }
    let comma = usize::from(t.raw(next) == ",");
    // A weekday with a date names the date; the two must agree.
    if let Some(found) = calendar_at(t, next + comma, today).or_else(|| day_alone_at(t, next, today)) {
        return (found.0.weekday() == weekday && t.closes(found.1)).then_some(found);
    }
    let date = match mode {
        "next" => week_after(today, weekday),
        "last" => plus(coming(today, weekday)?, if weekday == today.weekday() { -14 } else { -7 }),
        _ => coming(today, weekday),
    };
    date.map(|date| (date, next))
}

/// The first such weekday after today.
fn coming(today: Date, weekday: Weekday) -> Option<Date> {
    let ahead = i64::from(weekday.since(today.weekday()));
    plus(today, if ahead == 0 { 7 } else { ahead })
}

/// That weekday of the week after this one.
fn week_after(today: Date, weekday: Weekday) -> Option<Date> {
    plus(today, 7 - i64::from(today.weekday().to_monday_zero_offset()) + i64::from(weekday.to_monday_zero_offset()))
}

fn month_at(t: &Toks, i: usize) -> Option<(u32, usize)> {
    let word = t.low(i);
    let long = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word));
    if let Some(at) = long {
        return Some((at as u32 + 1, dot(t, i + 1)));
    }
    let short =
        if word == "sept" { 8 } else { MONTHS.iter().position(|month| word.len() == 3 && month[..3].eq_ignore_ascii_case(word))? };
    Some((short as u32 + 1, dot(t, i + 1)))
}

/// Past the point of `Mar. 12` and `Jun.20`, but not past the end of a sentence.
fn dot(t: &Toks, i: usize) -> usize {
    if t.raw(i) == "." && t.glued(i) && t.is_num(i + 1) { i + 1 } else { i }
}

struct Day {
    day: u32,
    next: usize,
    /// `12th`, `twelfth`, not `12`.
    ordinal: bool,
}

/// `12`, `12th`, `twelfth`, `twenty-first`.
fn day_at(t: &Toks, i: usize) -> Option<Day> {
    if t.is_num(i) {
        let day = t.digits(i, 2).filter(|day| (1..=31).contains(day))?;
        let ordinal = t.glued(i + 1) && ordinal_digits(day.into()).ends_with(t.low(i + 1)) && t.raw(i + 1).len() == 2;
        return Some(Day { day, next: i + 1 + usize::from(ordinal), ordinal });
    }
    if let Some(day) = ordinal_word(t.low(i)) {
        return Some(Day { day, next: i + 1, ordinal: true });
    }
    let tens = small_word(t.low(i)).filter(|n| *n == 20 || *n == 30)?;
    let at = if t.raw(i + 1) == "-" { i + 2 } else { i + 1 };
    let ones = ordinal_word(t.low(at)).filter(|n| *n < 10)?;
    Some(Day { day: tens as u32 + ones, next: at + 1, ordinal: true }).filter(|d| d.day <= 31)
}

const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

fn ordinal_word(word: &str) -> Option<u32> {
    if word == "thirtieth" {
        return Some(30);
    }
    ORDINALS.iter().position(|ordinal| *ordinal == word).map(|at| at as u32 + 1)
}

/// A month and a day, in either order, with or without a year.
fn calendar_at(t: &Toks, i: usize, today: Date) -> Option<(Date, usize)> {
    if let Some((year, (month, day, next))) =
        t.digits(i, 4).filter(|year| *year > 1000).and_then(|year| Some((year, month_first(t, i + 1)?)))
    {
        return civil(year, month, day).map(|date| (date, next));
    }
    let (month, day, next) = month_first(t, i).or_else(|| day_first(t, i))?;
    match year_at(t, next) {
        Some((year, after)) => civil(year, month, day).map(|date| (date, after)),
        None => near(today, month, day).map(|date| (date, next)),
    }
}

/// `March 12`, `March the 12th`, `Mar. 12th`.
fn month_first(t: &Toks, i: usize) -> Option<(u32, u32, usize)> {
    let (month, next) = month_at(t, i)?;
    let the = usize::from(t.low(next) == "the");
    let day = day_at(t, next + the)?;
    // "may 5" in lower case is more often a verb.
    let verb = matches!(t.raw(i), "may" | "mar" | "march") && !day.ordinal;
    (!verb && (the == 0 || day.ordinal) && !t.low(day.next).starts_with('%')).then_some((month, day.day, day.next))
}

/// `12 March`, `the 12th of March`.
fn day_first(t: &Toks, i: usize) -> Option<(u32, u32, usize)> {
    let the = usize::from(t.low(i) == "the");
    let day = day_at(t, i + the)?;
    let of = usize::from(t.low(day.next) == "of");
    let (month, next) = month_at(t, day.next + of)?;
    let verb = matches!(t.raw(day.next + of), "may" | "mar" | "march") && !day.ordinal;
    (!verb && (day.ordinal || (the == 0 && of == 0))).then_some((month, day.day, next))
}

fn year_at(t: &Toks, i: usize) -> Option<(u32, usize)> {
    let at = if matches!(t.low(i), "," | "of") { i + 1 } else { i };
    let year = t.digits(at, 4).filter(|year| (1000..=2999).contains(year) && t.raw(at).len() == 4)?;
    t.closes(at + 1).then_some((year, at + 1))
}

/// The month and day in the window around today.
fn near(today: Date, month: u32, day: u32) -> Option<Date> {
    let from = plus(today, -WINDOW_BACK)?;
    (today.year() - 1..=today.year() + 1)
        .filter_map(|year| civil(u32::try_from(year).ok()?, month, day))
        .find(|date| *date >= from && distance(from, *date) < 365)
}

/// `the 12th`: the first one from today on. Not `the 12th floor`.
fn day_alone_at(t: &Toks, i: usize, today: Date) -> Option<(Date, usize)> {
    let the = usize::from(t.low(i) == "the");
    let day = if t.is_num(i + the) { day_at(t, i + the).filter(|day| day.ordinal)? } else { return None };
    let number = i8::try_from(day.day).ok()?;
    match (t.low(day.next), t.low(day.next + 1), t.low(day.next + 2)) {
        ("of", "this" | "the", "month") => return Date::new(today.year(), today.month(), number).ok().map(|date| (date, day.next + 3)),
        ("of", "next", "month") => {
            let next_month = today.first_of_month().checked_add(Span::new().try_months(1).ok()?).ok()?;
            return Date::new(next_month.year(), next_month.month(), number).ok().map(|date| (date, day.next + 3));
        }
        _ => {}
    }
    if the == 0 || (t.is_word(day.next) && !MAY_FOLLOW.contains(&t.low(day.next))) {
        return None;
    }
    let mut date = today;
    for _ in 0..62 {
        if date.day() == number {
            return Some((date, day.next));
        }
        date = plus(date, 1)?;
    }
    None
}

/// Words after which `the 12th` is still a date and not the twelfth of something.
const MAY_FOLLOW: &[&str] = &[
    "about", "after", "and", "around", "as", "at", "because", "before", "but", "by", "could", "do", "does", "for", "from", "if", "in",
    "instead", "is", "it", "just", "not", "on", "or", "please", "so", "thanks", "that", "then", "through", "till", "to", "too", "until",
    "was", "we", "when", "where", "with", "works", "would", "will", "i", "i'd", "i'll", "i'm", "my", "our", "since", "should", "can",
    "are", "you", "they", "he", "she",
];

/// All ways to say a date, plainest first. The caller keeps those that are read back.
pub(crate) fn say(date: Date, today: Date) -> Vec<Form> {
    let (month, weekday) = (MONTHS[date.month() as usize - 1], DAYS[date.weekday().to_monday_zero_offset() as usize]);
    let (day, ordinal, year) = (date.day(), ordinal_digits(date.day() as u64), date.year());
    let ahead = distance(today, date);
    let mut forms = Vec::new();
    let mut push = |text: String, register: Register| forms.push(Form::new(text, register));
    let in_year = if year == today.year() { String::new() } else { format!(" {year}") };
    let soon_next_year = !in_year.is_empty() && (0..200).contains(&ahead);
    for year in [Some(in_year), soon_next_year.then(String::new)].into_iter().flatten() {
        let comma = if year.is_empty() { "" } else { "," };
        push(format!("{month} {day}{comma}{year}"), Register::Plain);
        push(format!("{month} {ordinal}{comma}{year}"), Register::Plain);
        push(format!("the {ordinal} of {month}{year}"), Register::Plain);
        push(format!("{day} {month}{year}"), Register::Plain);
        push(format!("{weekday}, {month} {day}{comma}{year}"), Register::Formal);
        push(format!("{weekday}, {month} {ordinal}{comma}{year}"), Register::Plain);
        push(format!("{weekday} the {ordinal} of {month}{year}"), Register::Plain);
        push(format!("{} {day}{comma}{year}", &month[..3]), Register::Casual);
    }
    push(format!("{month} {day}, {year}"), Register::Formal);
    push(format!("{day} {month} {year}"), Register::Formal);
    push(date.to_string(), Register::Formal);
    match ahead {
        0 => push("today".into(), Register::Plain),
        1 => push("tomorrow".into(), Register::Plain),
        2 => push("the day after tomorrow".into(), Register::Plain),
        -1 => push("yesterday".into(), Register::Plain),
        _ => {}
    }
    if (1..=6).contains(&ahead) {
        push(weekday.into(), Register::Plain);
        if week_after(today, date.weekday()) != Some(date) {
            push(format!("this {weekday}"), Register::Plain);
        }
        push(format!("this coming {weekday}"), Register::Casual);
    }
    if week_after(today, date.weekday()) == Some(date) && ahead > 1 {
        push(format!("next {weekday}"), Register::Plain);
        push(format!("{weekday} next week"), Register::Casual);
    }
    if (-6..=-2).contains(&ahead) {
        push(format!("last {weekday}"), Register::Plain);
    }
    if (1..=20).contains(&ahead) {
        push(format!("the {ordinal}"), Register::Casual);
        push(format!("{weekday} the {ordinal}"), Register::Casual);
        push(format!("the {ordinal} of {} month", if date.month() == today.month() { "this" } else { "next" }), Register::Casual);
    }
    if ahead == 7 || ahead == 14 {
        push(format!("{} from today", if ahead == 7 { "a week" } else { "two weeks" }), Register::Casual);
    }
    if (3..=6).contains(&ahead) {
        push(format!("{} days from now", number_words(ahead)), Register::Casual);
    }
    forms
}
