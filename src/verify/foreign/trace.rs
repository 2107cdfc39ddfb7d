//! Where may each argument come from? Looked for in what was said and answered before the call, by an independent reader.
//!
//! A value is looked for as it is written, then by the grammar of values, then as a composition of words that were all said before. The
//! sources are asked in a fixed order, and the first that has the value is named: the user's words (the latest first), results, the system's
//! words, the assistant's, the schema, a choice that needs no source. An argument is dependent when no words had it and a result has.

use super::super::words::{stem, whole};
use super::reckon::Reckoned;
use crate::dialogue::{Dialogue, Provenance, Role, Span, leaves};
use crate::value::{self, Hints, SayContext, SemType};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    User {
        turn: usize,
        span: Span,
    },
    Result {
        call: usize,
        pointer: String,
    },
    System {
        turn: usize,
    },
    Assistant {
        turn: usize,
        span: Span,
    },
    /// A `default` or `const`; the pointer leads into the parameters' schema.
    Schema {
        pointer: String,
    },
    /// One of the values of an enum, a truth value, null or nothing: it can be chosen without being said.
    Choice,
    /// It follows from words that were said: all of them, though not together; by its initials; as a share in percent; by one step of reckoning; as a day that only
    /// today tells, where nobody says what day it is.
    Composed,
    Nowhere,
}

/// An argument and its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    pub pointer: String,
    pub origin: Origin,
    /// Turns between the source and the call; 0 where the source is no turn.
    pub distance: usize,
}

impl Origin {
    pub fn name(&self) -> &'static str {
        match self {
            Origin::User { .. } => "user",
            Origin::Result { .. } => "result",
            Origin::System { .. } => "context",
            Origin::Assistant { .. } => "assistant",
            Origin::Schema { .. } => "schema",
            Origin::Choice => "choice",
            Origin::Composed => "composed",
            Origin::Nowhere => "nowhere",
        }
    }

    /// As the record has it, where it has a word for it.
    pub(super) fn provenance(&self) -> Option<Provenance> {
        Some(match self {
            Origin::User { turn, span } => Provenance::UserTurn { turn: *turn, span: *span },
            Origin::Result { call, pointer } => Provenance::ToolResult { call: *call, pointer: pointer.clone() },
            Origin::Assistant { turn, span } => Provenance::AssistantOffer { turn: *turn, span: *span },
            Origin::Schema { pointer } => Provenance::Default { pointer: pointer.clone() },
            _ => return None,
        })
    }
}

/// Words that were said or answered.
pub(super) struct Heard<'d> {
    turn: usize,
    from: From,
    raw: &'d str,
    pub(super) low: String,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum From {
    User,
    System,
    Assistant,
    Result { call: usize, pointer: String },
}

/// Everything before a call.
pub(super) struct Before<'d> {
    pub(super) heard: Vec<Heard<'d>>,
    /// Leaves of results by their normal form, the latest last.
    leaves: FxHashMap<String, (usize, usize, String)>,
    /// Hashes of all words, and of their stems.
    pub(super) words: FxHashSet<u64>,
    /// Words that are written in capitals: initials of names.
    pub(super) capitals: FxHashSet<String>,
    pub(super) reckoned: Reckoned,
    /// A day was spoken of by its distance from today.
    pub(super) relative: bool,
    say: SayContext,
    pub(super) knows_today: bool,
}

/// The source of every argument of every call, in the order of calls and leaves. Linear in arguments times words.
pub fn trace(dialogue: &Dialogue) -> Vec<Vec<Traced>> {
    let today = dialogue.context.today.parse();
    let mut before = Before {
        heard: Vec::new(),
        leaves: FxHashMap::default(),
        words: FxHashSet::default(),
        capitals: FxHashSet::default(),
        reckoned: Reckoned::default(),
        relative: false,
        knows_today: today.is_ok(),
        say: SayContext { today: today.unwrap_or(jiff::civil::Date::ZERO) },
    };
    dialogue.context.user.values().for_each(|known| before.hear(0, From::System, known));
    let mut out = Vec::new();
    for (at, turn) in dialogue.turns.iter().enumerate() {
        for call in &turn.calls {
            let schema = dialogue.tool(&call.tool).map(|tool| &tool.parameters);
            let source = |(pointer, value): (String, &Value)| {
                let origin = before.source(&pointer, value, schema);
                let from = before.turn_of(&origin);
                Traced { pointer, distance: from.map_or(0, |from| at.saturating_sub(from)), origin }
            };
            out.push(leaves(&call.arguments).into_iter().map(source).collect());
        }
        let from = match turn.role {
            Role::User => From::User,
            Role::System => From::System,
            _ => From::Assistant,
        };
        if turn.role == Role::User {
            before.reckoned.said(&turn.text);
        }
        before.hear(at, from, &turn.text);
        turn.calls.iter().for_each(|call| before.reckoned.known(&call.arguments));
        for result in &turn.results {
            before.reckoned.known(&result.value);
            for (pointer, value) in leaves(&result.value) {
                before.answered(at, result.call, pointer, value);
            }
        }
    }
    out
}

/// Words for a day that only today tells.
const RELATIVE: [&str; 14] = [
    "today",
    "tomorrow",
    "tonight",
    "yesterday",
    "this week",
    "next week",
    "weekend",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A longer text in a result is searched as words are.
const LONG: usize = 24;

impl<'d> Before<'d> {
    fn hear(&mut self, turn: usize, from: From, raw: &'d str) {
        if raw.is_empty() {
            return;
        }
        let low = raw.to_ascii_lowercase();
        self.learn(&low);
        self.relative |= RELATIVE.iter().any(|word| low.contains(word));
        let capitals = tokens(raw).filter(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
        self.capitals.extend(capitals.map(str::to_ascii_lowercase));
        self.heard.push(Heard { turn, from, raw, low });
    }

    fn learn(&mut self, low: &str) {
        self.words.extend(tokens(low).flat_map(|word| [hash(word), hash(stem(word))]));
    }

    pub(super) fn knows(&self, word: &str) -> bool {
        self.words.contains(&hash(word)) || self.words.contains(&hash(stem(word)))
    }

    fn answered(&mut self, turn: usize, call: usize, pointer: String, value: &'d Value) {
        let Some(normal) = normal(value) else { return };
        if let Value::String(text) = value {
            if text.len() >= LONG {
                self.hear(turn, From::Result { call, pointer: pointer.clone() }, text);
            } else {
                self.learn(&normal);
            }
        }
        self.leaves.insert(normal, (turn, call, pointer));
    }

    fn source(&self, pointer: &str, value: &Value, schema: Option<&Value>) -> Origin {
        let Some(normal) = normal(value) else { return Origin::Choice };
        let rule = schema.and_then(|schema| property(schema, pointer));
        let written = |from: fn(&From) -> bool| self.written(&normal, from);
        written(|from| *from == From::User)
            .or_else(|| self.leaves.get(&normal).map(|(_, call, pointer)| Origin::Result { call: *call, pointer: pointer.clone() }))
            .or_else(|| written(|from| *from == From::System))
            .or_else(|| self.by_grammar(value, rule.as_ref(), true))
            .or_else(|| written(|from| matches!(from, From::Result { .. } | From::Assistant)))
            .or_else(|| rule.as_ref().and_then(|(at, rule)| fixed(at, rule, &normal)))
            .or_else(|| self.by_grammar(value, rule.as_ref(), false))
            .or_else(|| chosen(value, rule.as_ref().map(|(_, rule)| *rule)).then_some(Origin::Choice))
            .or_else(|| self.composed(value).then_some(Origin::Composed))
            .unwrap_or(Origin::Nowhere)
    }

    fn turn_of(&self, origin: &Origin) -> Option<usize> {
        match origin {
            Origin::User { turn, .. } | Origin::System { turn } | Origin::Assistant { turn, .. } => Some(*turn),
            Origin::Result { call, .. } => self.leaves.values().find(|(_, of, _)| of == call).map(|(turn, ..)| *turn),
            _ => None,
        }
    }

    /// The latest words that have the value as it is written, as whole words in any case.
    fn written(&self, normal: &str, from: fn(&From) -> bool) -> Option<Origin> {
        self.heard.iter().rev().filter(|heard| from(&heard.from)).find_map(|heard| {
            let mut places = heard.low.match_indices(normal).map(|(at, found)| at..at + found.len());
            places.find(|place| stands_alone(&heard.low, place)).map(|place| heard.origin(&place))
        })
    }

    /// The latest words that say the value.
    pub(super) fn by_grammar(&self, value: &Value, rule: Option<&(String, &Value)>, user: bool) -> Option<Origin> {
        let sem = sem(value, rule.map(|(_, rule)| *rule))?;
        let moment = matches!(sem, SemType::Date | SemType::Datetime);
        // Nobody said what year it is: that of the value.
        let own_year = || {
            let year = value.as_str()?.get(..4)?.parse().ok()?;
            Some(SayContext { today: jiff::civil::Date::new(year, 1, 1).ok()? })
        };
        let say = if moment && !self.knows_today { own_year()? } else { self.say.clone() };
        let asked = self.heard.iter().rev().filter(|heard| (heard.from == From::User) == user);
        asked.into_iter().find_map(|heard| {
            let found = value::find(heard.raw, value, sem, Hints::default(), &say);
            found.first().map(|place| heard.origin(place))
        })
    }
}

impl Heard<'_> {
    fn origin(&self, place: &Range<usize>) -> Origin {
        let span = Span { start: place.start, end: place.end };
        match &self.from {
            From::User => Origin::User { turn: self.turn, span },
            From::System => Origin::System { turn: self.turn },
            From::Assistant => Origin::Assistant { turn: self.turn, span },
            From::Result { call, pointer } => Origin::Result { call: *call, pointer: pointer.clone() },
        }
    }
}

/// Whole words, and a number is no part of a longer one: "3" does not stand in "3.5" or "12:3".
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    if !whole(text, place) {
        return false;
    }
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let joined = |mark: Option<&u8>| mark.is_some_and(|mark| matches!(mark, b'.' | b',' | b':'));
    let before = place.start.checked_sub(2).is_some_and(|at| joined(bytes.get(at + 1)) && digit(bytes.get(at)));
    let behind = joined(bytes.get(place.end)) && digit(bytes.get(place.end + 1));
    let number = bytes[place.clone()].iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    !(number && (before || behind))
}

/// A scalar in the form in which it is compared: small letters, numbers without needless zeros. None for what needs no source.
fn normal(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_ascii_lowercase()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => format!("{}", float as i64),
            _ => number.to_string(),
        }),
        _ => None,
    }
}

pub(super) fn sem(value: &Value, rule: Option<&Value>) -> Option<SemType> {
    let listed = rule.and_then(|rule| rule.get("enum")).is_some();
    match value {
        Value::String(_) if listed => Some(SemType::Enum),
        Value::String(_) | Value::Number(_) => Some(value::shape(value)),
        _ => None,
    }
}

/// The schema of the leaf at a concrete pointer, with the pointer to it.
fn property<'s>(schema: &'s Value, pointer: &str) -> Option<(String, &'s Value)> {
    let (mut at, mut path) = (schema, String::new());
    for part in pointer.split('/').skip(1) {
        let step = match at.get("properties").and_then(|own| own.get(part)) {
            Some(next) => (format!("/properties/{part}"), next),
            None => ("/items".to_string(), at.get("items")?),
        };
        path.push_str(&step.0);
        at = step.1;
    }
    Some((path, at))
}

fn fixed(path: &str, rule: &Value, wanted: &str) -> Option<Origin> {
    let key = ["default", "const"].into_iter().find(|key| rule.get(*key).and_then(normal).as_deref() == Some(wanted))?;
    Some(Origin::Schema { pointer: format!("{path}/{key}") })
}

/// A value of an enum.
fn chosen(value: &Value, rule: Option<&Value>) -> bool {
    rule.and_then(|rule| rule.get("enum")).and_then(Value::as_array).is_some_and(|choices| choices.contains(value))
}

fn hash(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

/// Runs of letters and digits.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn turn(role: &str, text: &str) -> Value {
        json!({"role": role, "text": text})
    }

    fn record(turns: Vec<Value>, parameters: Value) -> Dialogue {
        let tool = json!({"name": "book", "description": "Book a room.", "returns": null,
            "parameters": {"type": "object", "properties": parameters}});
        serde_json::from_value(json!({"version": 1, "id": "a", "index": 0, "plan": "", "motif": "none", "domains": [], "tools": [tool],
            "context": {"today": ""}, "turns": turns, "goals": [], "relations": [],
            "scores": {"quality": {}, "diversity": {}, "complexity": {}}}))
        .unwrap()
    }

    fn origins(turns: Vec<Value>, arguments: Value, parameters: Value) -> Vec<&'static str> {
        let call = json!({"role": "assistant", "text": "", "calls": [{"id": 9, "tool": "book", "arguments": arguments, "provenance": {}}]});
        let dialogue = record([turns, vec![call]].concat(), parameters);
        trace(&dialogue).last().unwrap().iter().map(|one| one.origin.name()).collect()
    }

    #[test]
    fn values_are_found_where_they_were_said() {
        let said = vec![turn("system", "The user is u_81."), turn("user", "A room in Porto for three nights from September 12th, please.")];
        let arguments = json!({"city": "Porto", "nights": 3, "from": "2023-09-12", "user": "u_81", "view": "sea", "breakfast": true});
        assert_eq!(origins(said, arguments, json!({})), ["user", "user", "user", "context", "nowhere", "choice"]);
    }

    #[test]
    fn only_what_nobody_said_comes_from_a_result() {
        let result = json!({"role": "tool", "text": "", "results": [{"call": 0, "value": {"id": "h-4", "city": "Porto", "rooms": 12}}]});
        let said = vec![turn("user", "A room in Porto."), result];
        assert_eq!(origins(said, json!({"hotel": "h-4", "city": "Porto", "rooms": 12}), json!({})), ["result", "user", "result"]);
    }

    #[test]
    fn schemas_give_defaults_and_choices() {
        let rules = json!({"currency": {"type": "string", "default": "EUR"}, "level": {"type": "string", "enum": ["low", "high"]}});
        assert_eq!(origins(vec![turn("user", "A room.")], json!({"currency": "EUR", "level": "high"}), rules), ["schema", "choice"]);
    }

    #[test]
    fn what_follows_from_words_is_composed() {
        let said = vec![turn("user", "Find an orthopedic clinic in SF for tomorrow at 3 pm, at 5% interest, in the 18th century style.")];
        let arguments = json!({"field": "Orthopedics", "city": "San Francisco", "day": "2019-03-02", "at": "2019-03-02 15:00:00", "rate": 0.05,
            "century": 18, "other": 19, "when": "2019-03-02 16:00:00"});
        let found = origins(said, arguments, json!({}));
        assert_eq!(found, [["composed"; 6].as_slice(), &["nowhere"; 2]].concat());
    }

    #[test]
    fn words_said_apart_make_a_text_and_parts_of_numbers_do_not_count() {
        let said = vec![turn("user", "Meeting about the new project with John, at 2 pm on May 4th. It costs 12.50 and lasts 3.5 hours.")];
        let arguments = json!({"title": "project meeting with John", "at": "2024-05-04 14:00:00", "price": 50, "hours": 3});
        assert_eq!(origins(said, arguments, json!({})), ["composed", "user", "nowhere", "nowhere"]);
    }
}
