//! Dates and times: when they lie, and how they are written.

use super::recipe::text;
use super::topic::Topic;
use crate::catalog::Leaf;
use crate::catalog::infer::{DONE, names_a_moment};
use crate::seed::Rng;
use crate::value::SemType;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rand::RngExt;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moment {
    pub(super) kind: Kind,
    pub(super) tense: Tense,
    form: Form,
}

/// How a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text(&'static str),
    /// A number: seconds since 1970, or so many of them as there are in a second.
    Epoch {
        per_second: i64,
    },
    /// Such seconds with six decimals, as text: `1763366400.204311`.
    EpochText,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Date,
    Time,
    Datetime,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// Before today: `posted_on`.
    Past,
    /// Years ago: a birth.
    LongAgo,
    /// After today.
    Future,
    /// `sent_at` of something that a call does: now, else in the past.
    Done,
}

#[rustfmt::skip]
const PAST: &[&str] = &[
    "since", "last", "previous", "past", "history", "historical", "recorded", "founded", "established", "built", "hired", "joined", "latest",
    "oldest", "cache", "release", "released", "publication",
];
const FUTURE: &[&str] = &[
    "due",
    "until",
    "deadline",
    "expires",
    "expiry",
    "expiration",
    "arrives",
    "arrival",
    "next",
    "valid",
    "scheduled",
    "expected",
    "upcoming",
    "delivery",
    "return",
    "departure",
    "check",
    "pickup",
    "estimated",
    "by",
    "end",
    "ends",
    "till",
];

/// Ways to write a date or time that descriptions ask for, longest first.
const FORMS: &[(&str, &str, Kind)] = &[
    ("yyyy-mm-ddthh:mm:ssz", "%Y-%m-%dT%H:%M:%SZ", Kind::Datetime),
    ("yyyy-mm-ddthh:mm:ss", "%Y-%m-%dT%H:%M:%S", Kind::Datetime),
    ("yyyy-mm-ddthh:mm", "%Y-%m-%dT%H:%M", Kind::Datetime),
    ("yyyy-mm-dd hh:mm:ss", "%Y-%m-%d %H:%M:%S", Kind::Datetime),
    ("yyyy-mm-dd hh:mm", "%Y-%m-%d %H:%M", Kind::Datetime),
    ("%y-%m-%d %h:%m:%s", "%Y-%m-%d %H:%M:%S", Kind::Datetime),
    ("yyyy-mm-dd", "%Y-%m-%d", Kind::Date),
    ("yyyy/mm/dd", "%Y/%m/%d", Kind::Date),
    ("mm/dd/yyyy", "%m/%d/%Y", Kind::Date),
    ("dd/mm/yyyy", "%d/%m/%Y", Kind::Date),
    ("mm-dd-yyyy", "%m-%d-%Y", Kind::Date),
    ("dd-mm-yyyy", "%d-%m-%Y", Kind::Date),
    ("dd.mm.yyyy", "%d.%m.%Y", Kind::Date),
    ("yyyymmdd", "%Y%m%d", Kind::Date),
    ("hh:mm:ss", "%H:%M:%S", Kind::Time),
    ("hh:mm", "%H:%M", Kind::Time),
];

impl Moment {
    /// `None` when the place is not one for a date or a time.
    pub(super) fn new(leaf: &Leaf, words: &[String], topic: &Topic) -> Option<Self> {
        let (format, pattern) = (text(&leaf.schema, "format"), text(&leaf.schema, "pattern"));
        // `number_of_days`: how many there are is not one of them.
        if format.is_empty() && words.len() > 1 && matches!(words[0].as_str(), "number" | "num" | "amount" | "count") {
            return None;
        }
        let stamp = format.is_empty() && words.last().is_some_and(|word| word == "ts");
        let kind = match (format, leaf.sem) {
            ("date", _) => Kind::Date,
            ("date-time" | "datetime", _) => Kind::Datetime,
            ("time", _) => Kind::Time,
            (_, SemType::Date) => Kind::Date,
            (_, SemType::Time) => Kind::Time,
            (_, SemType::Datetime) => Kind::Datetime,
            _ if stamp || pattern.contains('.') && names_a_moment(words, "") => Kind::Datetime,
            _ => return None,
        };
        let form = match format {
            "date" => "%Y-%m-%d",
            "date-time" => "%Y-%m-%dT%H:%M:%SZ",
            "time" => "%H:%M:%SZ",
            _ => written(&leaf.description.to_lowercase(), kind),
        };
        let tense = tense(words, topic, &leaf.description);
        // A pattern of its own that our way of writing does not match is better served by the pattern.
        if !pattern.is_empty() {
            let regex = regex::Regex::new(pattern).ok()?;
            let matches = |form: Form| {
                let probe = Moment { kind, tense, form }.write(DateTime::constant(2026, 11, 17, 14, 30, 0, 0));
                probe.as_str().is_some_and(|probe| regex.is_match(probe))
            };
            let forms = [Form::Text(form), Form::EpochText];
            return forms.into_iter().find(|form| matches(*form)).map(|form| Moment { kind, tense, form });
        }
        Some(Moment { kind, tense, form: if stamp { Form::EpochText } else { Form::Text(form) } })
    }

    /// A moment that is written as a number: `created`, `expires_at`, "Unix timestamp". `None` when the number is something else.
    pub(super) fn of_number(leaf: &Leaf, words: &[String], topic: &Topic) -> Option<Self> {
        let description = leaf.description.to_lowercase();
        // Bounds that no second of our time is within say that it is something else.
        let (low, high) = super::number::bounds(&leaf.schema);
        if !names_a_moment(words, &description) || low.is_some_and(|low| low > 1e9) || high.is_some_and(|high| high < 4e9) {
            return None;
        }
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let fine = has(&["ms", "millis", "milliseconds"]) || description.contains("millisecond");
        let per_second = if fine && high.is_none_or(|high| high > 4e12) { 1000 } else { 1 };
        Some(Moment { kind: Kind::Datetime, tense: tense(words, topic, &description), form: Form::Epoch { per_second } })
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self.form, Form::Epoch { .. })
    }

    pub(super) fn is_day(&self) -> bool {
        self.kind == Kind::Date
    }

    pub(super) fn write(&self, at: DateTime) -> Value {
        let since = || at.to_zoned(TimeZone::UTC).map_or(0, |at| at.timestamp().as_second());
        match self.form {
            Form::Text(form) => Value::String(at.strftime(form).to_string()),
            Form::Epoch { per_second } => Value::from(since() * per_second + i64::from(at.millisecond()) * (per_second / 1000)),
            Form::EpochText => Value::String(format!("{}.{:06}", since(), at.subsec_nanosecond() / 1000)),
        }
    }

    /// With seconds and their parts, where it is written so finely that nothing happens on the minute.
    fn fine(&self, rng: &mut Rng, at: DateTime) -> DateTime {
        match (self.form, self.tense) {
            (Form::Text(_), _) | (Form::Epoch { .. }, Tense::Future) => at,
            _ => at + rng.random_range(0..60).seconds() + rng.random_range(0..1_000_000).microseconds(),
        }
    }

    /// A moment of this tense on either side of `now`; `acting` when the call itself does what the name says.
    pub(super) fn draw(&self, rng: &mut Rng, now: DateTime, acting: bool) -> DateTime {
        let days = match self.tense {
            Tense::Done if acting && self.form == Form::EpochText => return self.fine(rng, now),
            Tense::Done if acting => return now,
            Tense::Past | Tense::Done => -rng.random_range(1..=45),
            Tense::LongAgo => -rng.random_range(20 * 365..=68 * 365),
            Tense::Future => near(rng),
        };
        let date = now.date().checked_add(days.days()).unwrap_or(now.date());
        let at = date.to_datetime(self.time(rng));
        self.fine(rng, at)
    }

    /// A moment on one of these days.
    pub(super) fn within(&self, rng: &mut Rng, first: Date, last: Date) -> DateTime {
        let days = (last - first).get_days().max(0);
        let date = first.checked_add(i64::from(rng.random_range(0..=days)).days()).unwrap_or(first);
        let at = date.to_datetime(self.time(rng));
        self.fine(rng, at)
    }

    /// A time of day: on the quarter for plans, on any minute for things that happened.
    pub(super) fn time(&self, rng: &mut Rng) -> Time {
        let (hour, minute) = match self.tense {
            Tense::Future => (rng.random_range(8..=20), [0, 30, 15, 45][rng.random_range(0..4usize)]),
            _ => (rng.random_range(7..=21), rng.random_range(0..60)),
        };
        Time::constant(0, 0, 0, 0).checked_add((i64::from(hour) * 60 + minute).minutes()).unwrap_or(Time::midnight())
    }

    /// The date or time that `text` writes, when it is written as this place writes it or as ISO 8601.
    pub(super) fn read(&self, value: &Value) -> Option<DateTime> {
        let form = match self.form {
            Form::Text(form) => form,
            Form::Epoch { per_second } => return civil(value.as_i64()? / per_second),
            Form::EpochText => return civil(value.as_str()?.split('.').next()?.parse().ok()?),
        };
        let text = value.as_str()?;
        match self.kind {
            Kind::Date => Date::strptime(form, text).or_else(|_| text.parse()).ok().map(|date| date.at(0, 0, 0, 0)),
            Kind::Time => Time::strptime(form, text).or_else(|_| text.parse()).ok().map(|time| time.on(2000, 1, 1)),
            Kind::Datetime => DateTime::strptime(form, text).or_else(|_| text.trim_end_matches('Z').parse()).ok(),
        }
    }
}

fn civil(second: i64) -> Option<DateTime> {
    Some(Timestamp::from_second(second).ok()?.to_zoned(TimeZone::UTC).datetime())
}

/// Days ahead, soon more often than late.
fn near(rng: &mut Rng) -> i64 {
    let part: f64 = rng.random();
    1 + (part * part * 75.0) as i64
}

fn written(description: &str, kind: Kind) -> &'static str {
    let asked = FORMS.iter().find(|(name, _, of)| *of == kind && description.contains(name)).map(|(_, form, _)| *form);
    let half_day = kind == Kind::Time && [" am", " pm", "hh:mm am"].iter().any(|mark| description.contains(mark));
    asked.filter(|_| !half_day).unwrap_or(match kind {
        Kind::Date => "%Y-%m-%d",
        Kind::Time if half_day => "%-I:%M %p",
        Kind::Time => "%H:%M",
        Kind::Datetime => "%Y-%m-%dT%H:%M:%S",
    })
}

fn tense(words: &[String], topic: &Topic, description: &str) -> Tense {
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    // `paid_on`, `created_at`: a participle and a preposition.
    let done = words.len() >= 2
        && matches!(words[words.len() - 1].as_str(), "at" | "on" | "date" | "time" | "since")
        && words[words.len() - 2].len() > 3
        && (words[words.len() - 2].ends_with("ed")
            || matches!(words[words.len() - 2].as_str(), "sent" | "paid" | "made" | "built" | "frozen" | "sold" | "bought"))
        && words[words.len() - 2] != "expected";
    match () {
        () if any(&["birth", "birthdate", "dob", "born"]) => Tense::LongAgo,
        () if any(&["since"]) || any(PAST) => Tense::Past,
        () if done => Tense::Done,
        () if any(FUTURE) => Tense::Future,
        () if words.last().is_some_and(|word| DONE.contains(&word.as_str())) && !any(&["release"]) => Tense::Done,
        () if words.len() >= 2 && words[0] == "date" && words.iter().any(|word| DONE.contains(&word.as_str())) => Tense::Done,
        () if topic.past || description.to_lowercase().contains("historical") => Tense::Past,
        () => Tense::Future,
    }
}
