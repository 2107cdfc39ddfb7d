//! The family of numbers: counts, people, money, ratings, percents, quantities. One loop reads them all, so that a number
//! with the mark of one (`$`, `%`, `km`, `stars`) is never taken for another.

use super::decimal::Dec;
use super::lex::Toks;
use super::number::number_at;
use super::{codes, date, money, time, unit};
use crate::value::english::{is_plural, number_words, plural, singular};
use crate::value::{Form, Hints, Register, SemType};
use jiff::civil::Date;

/// The number of this type at token `i`.
pub(crate) fn numeric_at(t: &Toks, i: usize, sem: SemType, hints: Hints) -> Option<(Dec, usize)> {
    let found = match sem {
        SemType::Money => money::money_at(t, i, hints.unit.and_then(money::by_unit)),
        SemType::Percent => percent_of(t, i, hints),
        SemType::Rating => rating_at(t, i),
        SemType::Quantity => quantity_at(t, i, hints.unit),
        SemType::CountPeople => people_at(t, i, hints).or_else(|| counted_at(t, i, hints)),
        SemType::Count => counted_at(t, i, hints),
        SemType::Number => {
            marked_at(t, i, percent_at).or_else(|| money::money_at(t, i, None)).or_else(|| measured_at(t, i)).or_else(|| hyphened_at(t, i))
        }
        _ => None,
    };
    found.or_else(|| bare_at(t, i, sem, hints))
}

/// Tokens from `i` whose numbers belong to something else: a date, a time, an address, a phone number.
pub(crate) fn masked_at(t: &Toks, i: usize, today: Date) -> Option<usize> {
    let date = date::fixed_at(t, i, today).map(|(_, next)| next);
    let time = time::time_at(t, i).map(|(_, next)| next);
    let code = codes::machine_at(t, i);
    [date, time, code].into_iter().flatten().max()
}

fn marked_at(t: &Toks, i: usize, mark: fn(&Toks, usize) -> Option<usize>) -> Option<(Dec, usize)> {
    let number = number_at(t, i)?;
    mark(t, number.next).filter(|next| t.closes(*next)).map(|next| (number.value, next))
}

/// `15%`, which is 0.15 for a parameter that is a share.
fn percent_of(t: &Toks, i: usize, hints: Hints) -> Option<(Dec, usize)> {
    let (value, next) = marked_at(t, i, percent_at)?;
    Some((if is_share(hints) { value.shift(-2)? } else { value }, next))
}

/// Whether a percentage is given as a share of one.
fn is_share(hints: Hints) -> bool {
    hints.unit.is_some_and(|unit| matches!(unit.to_lowercase().as_str(), "fraction" | "ratio" | "share" | "1"))
}

/// `70kg`, `20 min`: a number with whatever measure sticks to it or follows.
fn measured_at(t: &Toks, i: usize) -> Option<(Dec, usize)> {
    let number = number_at(t, i)?;
    let next =
        unit::unit_at(t, number.next).map(|(_, next)| next).or_else(|| unit::time_unit_at(t, number.next).map(|_| number.next + 1))?;
    t.closes(next).then_some((number.value, next))
}

fn percent_at(t: &Toks, i: usize) -> Option<usize> {
    match (t.low(i), t.low(i + 1)) {
        ("%", _) | ("percent" | "pct", _) => Some(i + 1),
        ("per", "cent") => Some(i + 2),
        _ => None,
    }
}

/// `4 stars`, `4-star`, `4.5 out of 5`, `4/5`, `8 out of ten`.
fn rating_at(t: &Toks, i: usize) -> Option<(Dec, usize)> {
    let number = number_at(t, i)?;
    let at = if t.raw(number.next) == "-" && t.glued(number.next) { number.next + 1 } else { number.next };
    let at = if t.raw(at) == "+" && t.glued(at) { at + 1 } else { at };
    let next = match (t.low(at), t.low(at + 1)) {
        ("star" | "stars" | "★", _) => at + 1,
        ("out", "of") if number_at(t, at + 2).is_some() => {
            let next = number_at(t, at + 2)?.next;
            if matches!(t.low(next), "star" | "stars") { next + 1 } else { next }
        }
        ("/", "5" | "10") if t.glued(at) && t.glued(at + 1) => at + 2,
        _ => return None,
    };
    t.closes(next).then_some((number.value, next))
}

/// A number with its measure. Without a known unit any measure will do; another unit than the known one will not.
fn quantity_at(t: &Toks, i: usize, wants: Option<&str>) -> Option<(Dec, usize)> {
    let number = number_at(t, i)?;
    let at = if t.raw(number.next) == "-" && t.glued(number.next) && t.glued(number.next + 1) { number.next + 1 } else { number.next };
    let known = wants.and_then(unit::named);
    if let Some((found, next)) = unit::unit_at(t, at) {
        let loose =
            known.is_some_and(|k| (found.symbol == "°" && k.symbol.starts_with('°')) || (k.symbol == "kcal" && found.symbol == "kcal"));
        let fits = wants.is_none() || loose || known.is_some_and(|k| k.symbol == found.symbol);
        return fits.then_some((number.value, next));
    }
    let wants = wants?;
    let noun_next = noun_at(t, at, wants)?;
    Some((number.value, noun_next))
}

/// The noun `one` or its plural at token `i`, with its last token.
fn noun_at(t: &Toks, i: usize, one: &str) -> Option<usize> {
    let many = plural(one);
    [many.as_str(), one]
        .into_iter()
        .find_map(|name| {
            let low = name.to_lowercase();
            let start = t.get(i)?.start;
            let next = t.index_at(start + low.len());
            (t.low_from(i).starts_with(&low) && next > i && t.span(i, next).end == start + low.len() && t.closes(next)).then_some(next)
        })
        .filter(|_| !one.is_empty())
}

/// Words for people in a count of people.
const PEOPLE: &[&str] = &[
    "people",
    "person",
    "persons",
    "guests",
    "guest",
    "adults",
    "adult",
    "travelers",
    "traveler",
    "travellers",
    "traveller",
    "passengers",
    "passenger",
    "diners",
    "diner",
    "attendees",
    "attendee",
    "friends",
    "participants",
    "participant",
    "folks",
    "seats",
    "visitors",
    "visitor",
    "players",
    "riders",
];
/// Words for people that are a kind of their own beside other counts: two adults are not two children.
const KINDS: &[&str] = &[
    "adult", "child", "kid", "infant", "senior", "student", "baby", "teen", "teenager", "toddler", "pet", "dog", "room", "bed", "bathroom",
    "bedroom", "night", "bag", "suitcase", "ticket", "seat", "table", "stop", "page", "car", "item",
];

/// `just me`, `the two of us`, `3 people`, `a table for two`.
fn people_at(t: &Toks, i: usize, hints: Hints) -> Option<(Dec, usize)> {
    let just_me = |at: usize| matches!(t.low(at), "me" | "myself") && !matches!(t.low(at + 1), "and" | "plus");
    match (t.low(i), t.low(i + 1)) {
        ("just" | "only", "me" | "myself") if just_me(i + 1) => return Some((Dec::int(1), i + 2)),
        ("me" | "myself", "alone") => return Some((Dec::int(1), i + 2)),
        _ => {}
    }
    let at = if t.low(i) == "the" { i + 1 } else { i };
    let number = number_at(t, at)?;
    if matches!((t.low(number.next), t.low(number.next + 1)), ("of", "us")) {
        return Some((number.value, number.next + 2));
    }
    let kind = hints.counted.map(singular);
    let generic = |word: &str| PEOPLE.contains(&word) && kind.as_deref().is_none_or(|kind| !is_kind(word) || singular(word) == kind);
    (at == i && generic(t.low(number.next)) && t.closes(number.next + 1)).then_some((number.value, number.next + 1))
}

fn is_kind(word: &str) -> bool {
    KINDS.contains(&singular(word).as_str())
}

/// A number with the noun it counts: `3 nights`, `3-night`.
fn counted_at(t: &Toks, i: usize, hints: Hints) -> Option<(Dec, usize)> {
    let number = number_at(t, i)?;
    match hints.counted {
        Some(noun) => {
            let at =
                if t.raw(number.next) == "-" && t.glued(number.next) && t.glued(number.next + 1) { number.next + 1 } else { number.next };
            noun_at(t, at, noun).map(|next| (number.value, next))
        }
        None => hyphened_at(t, i),
    }
}

/// `3-night` as a number, the noun left out.
fn hyphened_at(t: &Toks, i: usize) -> Option<(Dec, usize)> {
    let number = number_at(t, i)?;
    let noun = t.raw(number.next + 1);
    let joined = t.raw(number.next) == "-" && t.glued(number.next) && t.glued(number.next + 1) && t.closes(number.next + 2);
    // `2024-ABC` is a code.
    (joined && noun.len() > 2 && noun.chars().all(char::is_lowercase)).then_some((number.value, number.next))
}

/// A number without a mark of its own, and none of another type.
fn bare_at(t: &Toks, i: usize, sem: SemType, hints: Hints) -> Option<(Dec, usize)> {
    let number = number_at(t, i)?;
    let next = number.next;
    if !t.closes(next) || (i > 0 && is_currency_sign(t, i - 1)) {
        return None;
    }
    let count = matches!(sem, SemType::Count | SemType::CountPeople);
    let foreign = match sem {
        SemType::Number => false,
        _ => {
            percent_at(t, next).is_some()
                || rating_at(t, i).is_some()
                || money::any_money_at(t, i).is_some()
                || (!count && (unit::time_unit_at(t, next).is_some() || PEOPLE.contains(&t.low(next))))
                || unit::unit_at(t, next).is_some_and(|(u, _)| u.symbol != "cup" || hints.counted.is_none())
        }
    };
    if foreign || (count && counts_another(t, next, number.value, sem, hints)) || (count && i > 0 && t.low(i - 1) == "at") {
        return None;
    }
    Some((number.value, next))
}

fn is_currency_sign(t: &Toks, i: usize) -> bool {
    let word = t.raw(i);
    money::CURRENCIES.iter().any(|c| c.code == word) || "$€£¥₹₩₽₺₦₱฿₪₿₫₴".contains(word)
}

/// Whether the word after the number is what it counts, and that is not what we count.
fn counts_another(t: &Toks, next: usize, value: Dec, sem: SemType, hints: Hints) -> bool {
    let Some(counted) = hints.counted else { return false };
    let word = t.low(next);
    if !t.is_word(next) || (t.raw(next) != word && t.is_capital(next)) {
        return false;
    }
    if sem == SemType::CountPeople && PEOPLE.contains(&word) && !is_kind(word) {
        return false;
    }
    let one = singular(word);
    let head_counts = counted.split(' ').any(|part| singular(part) == one);
    let many = value != Dec::int(1) && is_plural(word) && !matches!(word, "thanks" | "always" | "yes");
    !head_counts && (many || is_kind(word) || unit::time_unit_at(t, next).is_some())
}

/// All ways to say a number of this type, plainest first; forms with a noun or unit come before bare ones.
pub(crate) fn say(value: Dec, sem: SemType, hints: Hints) -> Vec<Form> {
    match sem {
        SemType::Money => money::say(value, hints.unit.and_then(money::by_unit)),
        SemType::Percent => percent(value, hints),
        SemType::Rating => rating(value),
        SemType::Quantity => quantity(value, hints.unit),
        SemType::CountPeople => counted(value, hints.counted.unwrap_or("person"), true),
        SemType::Count => counted(value, hints.counted.unwrap_or(""), false),
        _ => bare(value),
    }
}

/// `3`, `three`, `1,200`.
fn bare(value: Dec) -> Vec<Form> {
    let mut forms = vec![Form::bare(value.to_string(), Register::Plain)];
    if value.grouped() != value.to_string() {
        forms.push(Form::bare(value.grouped(), Register::Plain));
    }
    if let Some(n) = value.to_i64().filter(|n| (0..=20).contains(n) || (*n < 100 && *n > 0 && n % 10 == 0)) {
        forms.push(Form::bare(number_words(n), Register::Plain));
    }
    forms
}

fn counted(value: Dec, noun: &str, people: bool) -> Vec<Form> {
    let mut forms = Vec::new();
    let one = value == Dec::int(1);
    let many = if noun == "person" { "people".to_owned() } else { plural(noun) };
    if !noun.is_empty() {
        let name = if one { noun } else { many.as_str() };
        for form in bare(value) {
            forms.push(Form::new(format!("{} {name}", form.text), form.register));
        }
        match value.to_i64() {
            Some(2) if is_plural(&many) => forms.push(Form::new(format!("a couple of {many}"), Register::Casual)),
            Some(12) if is_plural(&many) => forms.push(Form::new(format!("a dozen {many}"), Register::Casual)),
            _ => {}
        }
    }
    match value.to_i64() {
        Some(1) if people => forms.push(Form::new("just me", Register::Casual)),
        Some(n @ 2..=6) if people => forms.push(Form::new(format!("the {} of us", number_words(n)), Register::Casual)),
        _ => {}
    }
    forms.extend(bare(value));
    forms
}

fn percent(value: Dec, hints: Hints) -> Vec<Form> {
    let mut forms = Vec::new();
    let below_one = value.to_i64().is_none() && value.to_string().trim_start_matches('-').starts_with("0.");
    // Without a hint, `0.15` may be a share or a small percentage: only the number itself says which.
    let said = if is_share(hints) { value.shift(2) } else { Some(value).filter(|_| !below_one) };
    if let Some(said) = said {
        forms.push(Form::new(format!("{said}%"), Register::Plain));
        forms.push(Form::new(format!("{said} percent"), Register::Plain));
        if let Some(n) = said.to_i64().filter(|n| (1..=12).contains(n) || (*n <= 90 && *n > 0 && n % 10 == 0)) {
            forms.push(Form::new(format!("{} percent", number_words(n)), Register::Plain));
        }
    }
    forms.extend(bare(value));
    forms
}

fn rating(value: Dec) -> Vec<Form> {
    let mut forms = Vec::new();
    let within = |top: i64| Dec::int(top).add(value.negated()).is_some_and(|rest| !rest.is_negative()) && !value.is_negative();
    if within(5) {
        forms.push(Form::new(format!("{value} star{}", if value == Dec::int(1) { "" } else { "s" }), Register::Plain));
        if let Some(n) = value.to_i64().filter(|n| *n > 0) {
            forms.push(Form::new(format!("{} star{}", number_words(n), if n == 1 { "" } else { "s" }), Register::Plain));
        } else if value.to_string().ends_with(".5") {
            let whole = value.add(Dec::parse("-0.5").unwrap_or(Dec::ZERO)).and_then(Dec::to_i64).filter(|n| *n > 0);
            if let Some(n) = whole {
                forms.push(Form::new(format!("{} and a half stars", number_words(n)), Register::Casual));
            }
        }
        forms.push(Form::new(format!("{value} out of 5"), Register::Plain));
    } else if within(10) {
        forms.push(Form::new(format!("{value} out of 10"), Register::Plain));
    }
    forms.extend(bare(value));
    forms
}

fn quantity(value: Dec, wants: Option<&str>) -> Vec<Form> {
    let mut forms = Vec::new();
    let one = value == Dec::int(1);
    if let Some(unit) = wants.and_then(unit::named) {
        let name = if one { unit.singular } else { unit.plural };
        forms.push(Form::new(format!("{} {name}", value.grouped()), Register::Plain));
        if unit.symbol_said {
            let glue = if unit.symbol.starts_with('°') { "" } else { " " };
            forms.push(Form::new(format!("{}{glue}{}", value.grouped(), unit.symbol), Register::Plain));
        }
        if unit.symbol.len() == 3 && unit.symbol.starts_with('°') {
            forms.push(Form::new(format!("{value} degrees"), Register::Casual));
        }
        if let Some(n) = value.to_i64().filter(|n| (1..=12).contains(n)) {
            forms.push(Form::new(format!("{} {name}", number_words(n)), Register::Plain));
        }
    } else if let Some(noun) = wants.filter(|unit| !unit.is_empty()) {
        let name = if one { noun.to_owned() } else { plural(noun) };
        forms.push(Form::new(format!("{} {name}", value.grouped()), Register::Plain));
    }
    forms.extend(bare(value));
    forms
}
