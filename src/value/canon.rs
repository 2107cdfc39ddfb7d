//! What a value is, whatever its spelling; and where it stands in a text.

use super::codebook::{self, Codebook};
use super::datetime::Moment;
use super::decimal::Dec;
use super::duration::Length;
use super::lex::Toks;
use super::verbatim::{self, Match};
use super::{Hints, Reading, SayContext, SemType, codes, date, datetime, duration, enums, numeric, time, unit};
use jiff::civil::{Date, Time};
use serde_json::Value;
use std::ops::Range;

/// A value with its spelling taken away.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Canon {
    Date(Date),
    Time(Time),
    Moment(Moment),
    Length(Length),
    Number(Dec),
    Bool(bool),
    /// Entry of the code book of its type.
    Entry(usize),
    /// Digits of a phone number.
    Phone(String),
    /// Said as it is.
    Text(String),
}

/// The value without its spelling, as far as its type has any.
pub(crate) fn canon(value: &Value, sem: SemType, hints: Hints) -> Canon {
    match value {
        Value::Bool(flag) => Canon::Bool(*flag),
        Value::Number(_) => of_number(value, sem, hints),
        Value::String(text) => of_text(text, sem, hints),
        _ => Canon::Text(verbatim_text(value)),
    }
}

/// The value's own text: a string without its quotes, anything else as JSON.
pub(crate) fn verbatim_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn of_number(value: &Value, sem: SemType, hints: Hints) -> Canon {
    let Some(number) = Dec::of(value).filter(|_| !is_machine(sem)) else { return Canon::Text(verbatim_text(value)) };
    let length = time_unit(hints).filter(|_| sem == SemType::Duration).and_then(|unit| Length::of(number, unit));
    length.map_or(Canon::Number(number), Canon::Length)
}

/// Numbers of these types are codes: their digits are said as they are.
fn is_machine(sem: SemType) -> bool {
    matches!(sem, SemType::Id | SemType::Code | SemType::Phone | SemType::Text | SemType::Path | SemType::Url | SemType::Email)
}

/// The unit that the number of a duration is in.
pub(crate) fn time_unit(hints: Hints) -> Option<&'static unit::TimeUnit> {
    hints.unit.and_then(unit::time_unit).or_else(|| hints.counted.and_then(unit::time_unit))
}

fn of_text(text: &str, sem: SemType, hints: Hints) -> Canon {
    let parsed = match sem {
        SemType::Date | SemType::Datetime => {
            let date = || date::parse(text).map(Canon::Date);
            date().or_else(|| datetime::parse(text).map(Canon::Moment)).or_else(|| time::parse(text).map(Canon::Time))
        }
        SemType::Time => time::parse(text).map(Canon::Time).or_else(|| datetime::parse(text).map(Canon::Moment)),
        SemType::Duration => {
            let number = || Dec::parse(text.trim()).and_then(|n| Some(Canon::Length(Length::of(n, time_unit(hints)?)?)));
            duration::parse(text).map(Canon::Length).or_else(number)
        }
        SemType::Bool => enums::bool_word(text.trim().to_lowercase().as_str(), "").map(Canon::Bool),
        SemType::Phone => codes::phone_digits(text).map(Canon::Phone),
        _ if is_numeric(sem) => Dec::parse(text.trim()).or_else(|| whole_number(text, sem, hints)).map(Canon::Number),
        _ => book(sem).and_then(|book| book.lookup(text)).map(Canon::Entry),
    };
    parsed.unwrap_or_else(|| Canon::Text(text.to_owned()))
}

/// A string that is nothing but a number of its type: `$120`, `4.5 stars`.
fn whole_number(text: &str, sem: SemType, hints: Hints) -> Option<Dec> {
    let t = Toks::new(text);
    numeric::numeric_at(&t, 0, sem, hints).filter(|(_, next)| *next == t.len()).map(|(value, _)| value)
}

pub(crate) fn is_numeric(sem: SemType) -> bool {
    use SemType::*;
    matches!(sem, Count | CountPeople | Money | Rating | Percent | Quantity | Latitude | Longitude | Number)
}

/// The table of codes and names of a type.
pub(crate) fn book(sem: SemType) -> Option<&'static Codebook> {
    match sem {
        SemType::Language => Some(&codebook::LANGUAGES),
        SemType::Currency => Some(&codebook::CURRENCIES),
        SemType::Country => Some(&codebook::COUNTRIES),
        SemType::Region => Some(&codebook::STATES),
        SemType::Unit => Some(&codebook::UNITS),
        SemType::City => Some(&codebook::CITIES),
        _ => None,
    }
}

/// How strictly a text of this type must stand in the dialogue.
pub(crate) fn strictness(sem: SemType) -> Match {
    match sem {
        SemType::Id | SemType::Url | SemType::Path | SemType::Text => Match::Exact,
        _ => Match::Folded,
    }
}

/// Every place in `text` where exactly this value is said, left to right: byte ranges on character boundaries, the longest at
/// each start, whole words only. A number inside an identifier, a date, a time, an address or a larger number is not that
/// number; a number with the unit, currency or noun of another type is not of this type.
///
/// Names, titles, places, enums and codes are found in any letter case; identifiers, links, paths and messages exactly.
/// Linear in the length of the text.
pub fn find(text: &str, value: &Value, sem: SemType, hints: Hints, ctx: &SayContext) -> Vec<Range<usize>> {
    match canon(value, sem, hints) {
        Canon::Text(own) => find_text(text, &own, sem, hints),
        wanted => {
            let mut spans: Vec<_> =
                scan(text, Kind::of(&wanted), sem, hints, ctx).into_iter().filter(|(_, c)| *c == wanted).map(|(span, _)| span).collect();
            if let (Canon::Entry(_) | Canon::Phone(_), Value::String(own)) = (&wanted, value) {
                // As it is written: a code in small letters, a number in unusual groups.
                spans.extend(verbatim::find(text, own, if own.len() > 3 { Match::Folded } else { Match::Exact }));
            }
            enums::longest_first(spans)
        }
    }
}

fn find_text(text: &str, own: &str, sem: SemType, hints: Hints) -> Vec<Range<usize>> {
    match sem {
        SemType::Enum | SemType::Category | SemType::Bool => enums::find(text, own, hints),
        _ => verbatim::find(text, own, strictness(sem)),
    }
}

/// What is looked for: the grammar that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Date,
    Time,
    Moment,
    Length,
    Number,
    Bool,
    Entry,
    Phone,
    Other,
}

impl Kind {
    pub(crate) fn of(canon: &Canon) -> Kind {
        match canon {
            Canon::Date(_) => Kind::Date,
            Canon::Time(_) => Kind::Time,
            Canon::Moment(_) => Kind::Moment,
            Canon::Length(_) => Kind::Length,
            Canon::Number(_) => Kind::Number,
            Canon::Bool(_) => Kind::Bool,
            Canon::Entry(_) => Kind::Entry,
            Canon::Phone(_) => Kind::Phone,
            Canon::Text(_) => Kind::Other,
        }
    }

    fn of_sem(sem: SemType) -> Kind {
        match sem {
            SemType::Date => Kind::Date,
            SemType::Time => Kind::Time,
            SemType::Datetime => Kind::Moment,
            SemType::Duration => Kind::Length,
            SemType::Bool => Kind::Bool,
            SemType::Phone => Kind::Phone,
            _ if is_numeric(sem) => Kind::Number,
            _ if sem != SemType::City && book(sem).is_some() => Kind::Entry,
            _ => Kind::Other,
        }
    }
}

/// Everything of one kind that is said, left to right, the longest first, not overlapping.
pub(crate) fn scan(text: &str, kind: Kind, sem: SemType, hints: Hints, ctx: &SayContext) -> Vec<(Range<usize>, Canon)> {
    let t = Toks::new(text);
    let (mut i, mut found) = (0, Vec::new());
    while i < t.len() {
        if !t.opens(i) || !can_start(&t, i) {
            i += 1;
            continue;
        }
        let masked = if matches!(kind, Kind::Number | Kind::Length) { numeric::masked_at(&t, i, ctx.today) } else { None };
        match reading_at(&t, i, kind, sem, hints, ctx) {
            Some((canon, next)) if masked.is_none_or(|end| next > end) => {
                found.push((t.span(i, next), canon));
                i = next;
            }
            _ => i = masked.unwrap_or(i + 1).max(i + 1),
        }
    }
    found
}

/// Whether any grammar begins with such a token: plain punctuation is passed over at once.
fn can_start(t: &Toks, i: usize) -> bool {
    t.is_word(i) || t.is_num(i) || matches!(t.raw(i), "-" | "+" | "$" | "(") || !t.raw(i).is_ascii()
}

fn reading_at(t: &Toks, i: usize, kind: Kind, sem: SemType, hints: Hints, ctx: &SayContext) -> Option<(Canon, usize)> {
    match kind {
        Kind::Date => date::date_at(t, i, ctx.today).map(|(date, next)| (Canon::Date(date), next)),
        Kind::Time => time::time_at(t, i).map(|(time, next)| (Canon::Time(time), next)),
        Kind::Moment => datetime::datetime_at(t, i, ctx.today).map(|(moment, next)| (Canon::Moment(moment), next)),
        Kind::Length => duration::length_at(t, i).map(|(length, next)| (Canon::Length(length), next)),
        Kind::Number => {
            let sem = if is_numeric(sem) { sem } else { SemType::Number };
            numeric::numeric_at(t, i, sem, hints).map(|(number, next)| (Canon::Number(number), next))
        }
        Kind::Bool => enums::bool_word(t.low(i), t.low(i + 1)).filter(|_| t.closes(i + 1)).map(|flag| (Canon::Bool(flag), i + 1)),
        Kind::Entry => book(sem)?.at(t, i).map(|(entry, next)| (Canon::Entry(entry), next)),
        Kind::Phone => {
            let next = codes::phone_at(t, i).or_else(|| codes::plain_phone_at(t, i))?;
            codes::phone_digits(&t.text[t.span(i, next)]).map(|digits| (Canon::Phone(digits), next))
        }
        Kind::Other => None,
    }
}

/// Every place where some value of this type is said: the longest match, left to right, not overlapping.
///
/// Read are dates, times, datetimes, durations, numbers of every type, e-mail addresses, phone numbers, links, paths,
/// identifiers and codes, enum values by `hints.enum_say`, yes and no, languages, currencies, countries, states and units by name,
/// and what stands between double quotes for titles, texts and queries. Names of people, places and organisations are not read.
/// Values come as `YYYY-MM-DD`, `HH:MM:SS`, `YYYY-MM-DDTHH:MM:SS` with an offset where one was said, a duration in the unit of
/// the hints or as ISO 8601, numbers, booleans, or strings; compare them with [`same`].
pub fn read(text: &str, sem: SemType, hints: Hints, ctx: &SayContext) -> Vec<Reading> {
    let spelled =
        |spans: Vec<Range<usize>>| spans.into_iter().map(|span| Reading { value: Value::from(&text[span.clone()]), span }).collect();
    match sem {
        SemType::Email => spelled(codes::emails(text)),
        SemType::Url => spelled(codes::urls(text)),
        SemType::Id => spelled(runs(text, codes::id_at)),
        SemType::Code | SemType::Airport => spelled(runs(text, codes::code_at)),
        SemType::Path => spelled(runs(text, codes::path_at)),
        SemType::Title | SemType::Text | SemType::Query => spelled(verbatim::quoted(text)),
        SemType::Enum | SemType::Category => {
            enums::read(text, hints).into_iter().map(|(span, value)| Reading { span, value: value.into() }).collect()
        }
        _ => scan(text, Kind::of_sem(sem), sem, hints, ctx)
            .into_iter()
            .filter_map(|(span, canon)| Some(Reading { span, value: to_value(canon, sem, hints)? }))
            .collect(),
    }
}

fn runs(text: &str, at: fn(&Toks, usize) -> Option<usize>) -> Vec<Range<usize>> {
    let t = Toks::new(text);
    let (mut i, mut found) = (0, Vec::new());
    while i < t.len() {
        let hash = t.raw(i) == "#";
        match if t.opens(i) { at(&t, i) } else { None } {
            Some(next) => {
                found.push(t.span(i + usize::from(hash), next));
                i = next;
            }
            None => i += 1,
        }
    }
    found
}

fn to_value(canon: Canon, sem: SemType, hints: Hints) -> Option<Value> {
    Some(match canon {
        Canon::Date(date) => date.to_string().into(),
        Canon::Time(time) => time.to_string().into(),
        Canon::Moment(moment) => match moment.offset {
            0 => moment.civil.to_string().into(),
            minutes => {
                format!("{}{}{:02}:{:02}", moment.civil, if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60).into()
            }
        },
        Canon::Length(length) => match time_unit(hints) {
            Some(unit) => length.count(unit)?.to_value(),
            None => length.iso()?.into(),
        },
        Canon::Number(number) => number.to_value(),
        Canon::Bool(flag) => flag.into(),
        Canon::Entry(entry) => {
            let entry = book(sem)?.entry(entry);
            let by_code = matches!(sem, SemType::Language | SemType::Currency);
            (*if by_code { entry.codes.first() } else { entry.names.first() }?).into()
        }
        Canon::Phone(digits) | Canon::Text(digits) => digits.into(),
    })
}

/// Whether two values are one: `2` and `2.0` and `"2"`, `19:30` and `19:30:00`, `+1 555 123 4567` and `(555) 123-4567`, `en` and
/// `English`, `PT90M` and `PT1H30M`, `round_trip` and `Round trip`.
///
/// Names, titles, places and codes are compared without letter case; identifiers, links, paths and messages exactly. A
/// datetime without an offset is one in UTC. Lists and objects are compared item by item.
pub fn same(a: &Value, b: &Value, sem: SemType) -> bool {
    if let (Value::Array(left), Value::Array(right)) = (a, b) {
        return left.len() == right.len() && left.iter().zip(right).all(|(a, b)| same(a, b, sem));
    }
    let hints = Hints::default();
    match (canon(a, sem, hints), canon(b, sem, hints)) {
        (Canon::Text(a), Canon::Text(b)) if matches!(sem, SemType::Enum | SemType::Category) => enums::equal(&a, &b),
        (Canon::Text(a), Canon::Text(b)) => a == b || verbatim::equal(&a, &b, strictness(sem)),
        // `5` in a list of names and `"5"` are one.
        (Canon::Number(number), Canon::Text(text)) | (Canon::Text(text), Canon::Number(number)) => Dec::parse(text.trim()) == Some(number),
        (a, b) => a == b,
    }
}
