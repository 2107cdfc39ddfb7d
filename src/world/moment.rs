//! Dates and times: when they lie, and how they are written.

use super::recipe::{Topic, text};
use crate::catalog::Leaf;
use crate::seed::Rng;
use crate::value::SemType;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use rand::RngExt;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moment {
    pub(super) kind: Kind,
    pub(super) tense: Tense,
    form: &'static str,
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

const PAST: &[&str] =
    &["since", "last", "previous", "past", "history", "historical", "recorded", "founded", "established", "built", "hired", "joined"];
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
        let kind = match (format, leaf.sem) {
            ("date", _) => Kind::Date,
            ("date-time" | "datetime", _) => Kind::Datetime,
            ("time", _) => Kind::Time,
            (_, SemType::Date) => Kind::Date,
            (_, SemType::Time) => Kind::Time,
            (_, SemType::Datetime) => Kind::Datetime,
            _ => return None,
        };
        let form = match format {
            "date" => "%Y-%m-%d",
            "date-time" => "%Y-%m-%dT%H:%M:%SZ",
            "time" => "%H:%M:%SZ",
            _ => written(&leaf.description.to_lowercase(), kind),
        };
        // A pattern of its own that our way of writing does not match is better served by the pattern.
        if !pattern.is_empty() {
            let probe = Moment { kind, tense: Tense::Future, form }.write(DateTime::constant(2026, 11, 17, 14, 30, 0, 0));
            let regex = regex::Regex::new(pattern).ok()?;
            if !regex.is_match(&probe) {
                return None;
            }
        }
        Some(Moment { kind, tense: tense(words, topic, &leaf.description), form })
    }

    pub(super) fn is_day(&self) -> bool {
        self.kind == Kind::Date
    }

    pub(super) fn write(&self, at: DateTime) -> String {
        at.strftime(self.form).to_string()
    }

    /// A moment of this tense on either side of `now`; `acting` when the call itself does what the name says.
    pub(super) fn draw(&self, rng: &mut Rng, now: DateTime, acting: bool) -> DateTime {
        let days = match self.tense {
            Tense::Done if acting => return now,
            Tense::Past | Tense::Done => -rng.random_range(1..=45),
            Tense::LongAgo => -rng.random_range(20 * 365..=68 * 365),
            Tense::Future => near(rng),
        };
        let date = now.date().checked_add(days.days()).unwrap_or(now.date());
        date.to_datetime(self.time(rng))
    }

    /// A moment on one of these days.
    pub(super) fn within(&self, rng: &mut Rng, first: Date, last: Date) -> DateTime {
        let days = (last - first).get_days().max(0);
        let date = first.checked_add(i64::from(rng.random_range(0..=days)).days()).unwrap_or(first);
        date.to_datetime(self.time(rng))
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
        let text = value.as_str()?;
        match self.kind {
            Kind::Date => Date::strptime(self.form, text).or_else(|_| text.parse()).ok().map(|date| date.at(0, 0, 0, 0)),
            Kind::Time => Time::strptime(self.form, text).or_else(|_| text.parse()).ok().map(|time| time.on(2000, 1, 1)),
            Kind::Datetime => DateTime::strptime(self.form, text).or_else(|_| text.trim_end_matches('Z').parse()).ok(),
        }
    }
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
        () if topic.past || description.to_lowercase().contains("historical") => Tense::Past,
        () => Tense::Future,
    }
}
