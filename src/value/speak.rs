//! All ways to say a value.

use super::canon::{self, Canon, Kind, canon};
use super::{Form, Hints, Register, SayContext, SemType, date, datetime, duration, enums, numeric, time};
use serde_json::Value;

/// All ways to say `value`, plainest first, without repeats. Never empty: the last resort is the value as it is written.
///
/// Forms with a noun or a unit (`3 nights`, `$120`) come before bare numbers (see [`Form::bare`]). Every form of a date, time,
/// number or other closed type has been read back to the same value before it is given. Lists are the caller's: say their items.
pub fn say(value: &Value, sem: SemType, hints: Hints, ctx: &SayContext) -> Vec<Form> {
    let wanted = canon(value, sem, hints);
    let mut forms = match &wanted {
        Canon::Date(date) => date::say(*date, ctx.today),
        Canon::Time(time) => time::say(*time),
        Canon::Moment(moment) => datetime::say(*moment, ctx.today),
        Canon::Length(length) => duration::say(*length, canon::time_unit(hints)),
        Canon::Number(number) => numeric::say(*number, sem, hints),
        Canon::Bool(true) => {
            vec![Form::new("yes", Register::Plain), Form::new("yeah", Register::Casual), Form::new("yep", Register::Casual)]
        }
        Canon::Bool(false) => vec![Form::new("no", Register::Plain), Form::new("nope", Register::Casual)],
        Canon::Entry(entry) => entries(*entry, value, sem),
        Canon::Phone(digits) => phones(digits, value),
        Canon::Text(own) => texts(own, sem, hints),
    };
    if !matches!(wanted, Canon::Text(_)) {
        forms.retain(|form| reads_back(&form.text, &wanted, value, sem, hints, ctx));
    }
    if forms.is_empty() {
        forms.push(Form::new(canon::verbatim_text(value), Register::Plain));
    }
    let mut seen = rustc_hash::FxHashSet::default();
    forms.retain(|form| seen.insert(form.text.clone()));
    forms
}

/// Whether the form, alone, is read as this value and nothing else.
fn reads_back(form: &str, wanted: &Canon, value: &Value, sem: SemType, hints: Hints, ctx: &SayContext) -> bool {
    let read = canon::scan(form, Kind::of(wanted), sem, hints, ctx);
    let whole = matches!(read.as_slice(), [(span, found)] if span == &(0..form.len()) && found == wanted);
    whole || (matches!(wanted, Canon::Entry(_)) && value.as_str() == Some(form))
}

fn entries(entry: usize, value: &Value, sem: SemType) -> Vec<Form> {
    let Some(entry) = canon::book(sem).map(|book| book.entry(entry)) else { return Vec::new() };
    let own = canon::verbatim_text(value);
    let mut forms = Vec::new();
    // A name that the value itself spells goes first.
    let spelled = entry.names.iter().find(|name| name.eq_ignore_ascii_case(&own));
    let bare_name = spelled.is_some_and(|name| entry.names[0].strip_prefix("the ") == Some(name));
    if let Some(name) = spelled.filter(|_| sem != SemType::City && !bare_name) {
        forms.push(Form::new(*name, Register::Plain));
    } else if sem == SemType::City {
        forms.push(Form::new(own.clone(), Register::Plain));
    }
    if sem == SemType::City {
        // The value's own name is the plain one; the others are how people talk.
        forms.extend(entry.names.iter().chain(&entry.codes).map(|name| Form::new(*name, Register::Casual)));
        return forms;
    }
    let said = if sem == SemType::Unit { 1 } else { 3 };
    forms.extend(entry.names.iter().take(said).map(|name| Form::new(*name, Register::Plain)));
    if sem == SemType::Currency || forms.is_empty() {
        forms.push(Form::new(own, Register::Formal));
    }
    forms
}

fn phones(digits: &str, value: &Value) -> Vec<Form> {
    let mut forms = vec![Form::new(canon::verbatim_text(value), Register::Plain)];
    if digits.len() == 10 && digits.is_ascii() {
        let (area, exchange, line) = (&digits[..3], &digits[3..6], &digits[6..]);
        forms.push(Form::new(format!("{area}-{exchange}-{line}"), Register::Plain));
        forms.push(Form::new(format!("({area}) {exchange}-{line}"), Register::Plain));
    }
    forms
}

fn is_low(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

fn texts(own: &str, sem: SemType, hints: Hints) -> Vec<Form> {
    let plain = || Form::new(own, Register::Plain);
    let quoted = || (!own.contains(['"', '“', '”']) && !own.is_empty()).then(|| Form::new(format!("\"{own}\""), Register::Plain));
    match sem {
        SemType::Enum | SemType::Category | SemType::Bool => {
            // A category that is written as words keeps its capitals: `Italian`.
            let written = sem == SemType::Category && !own.contains('_') && hints.enum_say.is_none_or(|say| !say.contains_key(own));
            let spellings = enums::spellings(own, hints).into_iter().map(|spelling| Form::new(spelling, Register::Plain));
            // "Look for a simpler case" is a sentence, which would run into the one around it.
            let sentence = written && own.starts_with(char::is_uppercase) && own.split(' ').skip(1).filter(|word| is_low(word)).count() > 2;
            match (sentence, written) {
                (true, _) => [quoted(), Some(plain())].into_iter().flatten().collect(),
                (false, true) => vec![plain()],
                (false, false) => spellings.collect(),
            }
        }
        SemType::Title | SemType::Query => [Some(plain()), quoted()].into_iter().flatten().collect(),
        SemType::Text => [quoted(), Some(plain())].into_iter().flatten().collect(),
        _ => vec![plain()],
    }
}
