//! Numbers in digits and words, read from text: `3`, `1,200.50`, `-4`, `1.2k`, `twenty-five`, `a hundred and five`, `two and a half`.

use super::decimal::Dec;
use super::lex::Toks;
use super::unit::{time_unit, unit_at};

/// A number read from tokens `[i, next)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Numeral {
    pub(crate) value: Dec,
    pub(crate) next: usize,
    /// Written in words (`three`), so that `one` and `a` may need company.
    pub(crate) words: bool,
}

/// The longest number at token `i`. Whether it is whole on the right is the caller's to ask, since a unit may stick to it.
pub(crate) fn number_at(t: &Toks, i: usize) -> Option<Numeral> {
    let signed = |sign_next: usize| plain_at(t, sign_next).map(|n| Numeral { value: n.value.negated(), ..n });
    match t.low(i) {
        "-" | "\u{2212}" => (t.glued(i + 1) && t.is_num(i + 1)).then(|| signed(i + 1)).flatten(),
        "minus" | "negative" => signed(i + 1),
        _ if i > 0 && t.glued(i) && matches!(t.raw(i - 1), "-" | "\u{2212}") && t.is_num(i) => None,
        _ => plain_at(t, i),
    }
}

fn plain_at(t: &Toks, i: usize) -> Option<Numeral> {
    let base = if t.is_num(i) { digits_at(t, i)? } else { words_at(t, i)? };
    // "two and a half", "1 and a half"; "two hours and a half" is the duration grammar's.
    let and_half = t.low(base.next) == "and" && t.low(base.next + 1) == "a" && t.low(base.next + 2) == "half";
    if and_half && base.value.to_i64().is_some() {
        return Some(Numeral { value: base.value.add(Dec::parse("0.5")?)?, next: base.next + 3, words: true });
    }
    Some(base)
}

fn digits_at(t: &Toks, i: usize) -> Option<Numeral> {
    // A number is not the rest of a list of numbers, of a range or of a version.
    let before = i.checked_sub(1).map_or("", |j| t.raw(j));
    if t.glued(i) && matches!(before, "-" | "–" | "," | "." | "/" | ":") && i >= 2 && t.is_num(i - 2) && t.glued(i - 1) {
        return None;
    }
    let value = Dec::parse(t.raw(i))?;
    let mut numeral = Numeral { value, next: i + 1, words: false };
    if t.glued(i + 1) && t.closes(i + 2) {
        let power = match t.raw(i + 1) {
            "k" | "K" => 3,
            "bn" | "B" => 9,
            "M" | "mn" => 6,
            _ => 0,
        };
        if power > 0 {
            numeral = Numeral { value: value.shift(power)?, next: i + 2, words: false };
        }
    } else if let Some(power) = scale_word(t.low(i + 1)) {
        numeral = Numeral { value: value.shift(power)?, next: i + 2, words: false };
    }
    // A range: "2-3", "2–3".
    let range = t.glued(numeral.next) && matches!(t.raw(numeral.next), "-" | "–" | "/" | ":") && t.is_num(numeral.next + 1);
    (!(range && t.glued(numeral.next + 1) && t.raw(numeral.next) != "/")).then_some(numeral)
}

fn scale_word(word: &str) -> Option<i32> {
    match word {
        "hundred" => Some(2),
        "thousand" => Some(3),
        "million" => Some(6),
        "billion" => Some(9),
        "trillion" => Some(12),
        _ => None,
    }
}

/// The value of a word below one hundred: `seven`, `twelve`, `forty`.
pub(crate) fn small_word(word: &str) -> Option<i64> {
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// A number below one hundred in words: `forty-two`, `forty two`.
pub(crate) fn below_hundred_at(t: &Toks, i: usize) -> Option<(i64, usize)> {
    let first = small_word(t.low(i))?;
    if first >= 20 {
        let at = if t.raw(i + 1) == "-" && t.glued(i + 1) && t.glued(i + 2) { i + 2 } else { i + 1 };
        if let Some(ones) = small_word(t.low(at)).filter(|n| (1..10).contains(n)) {
            return Some((first + ones, at + 1));
        }
    }
    Some((first, i + 1))
}

fn words_at(t: &Toks, i: usize) -> Option<Numeral> {
    let done = |value: i64, next: usize| Some(Numeral { value: Dec::int(value), next, words: true });
    match (t.low(i), t.low(i + 1), t.low(i + 2)) {
        ("half", "a", "dozen") => return done(6, i + 3),
        ("a", "dozen", _) => return done(12, i + 2),
        ("a", "couple", "of") => return done(2, i + 3),
        ("a", "couple", _) => return done(2, i + 2),
        ("two" | "three" | "four", "dozen", _) => return done(12 * small_word(t.low(i))?, i + 2),
        ("one", ..) if names_a_thing(t, i) => return None,
        _ => {}
    }
    let (mut total, mut next, mut any, mut ceiling): (i64, usize, bool, i64) = (0, i, false, i64::MAX);
    loop {
        // "and" only inside: "two hundred and five".
        let at = if any && t.low(next) == "and" && ceiling > 99 { next + 1 } else { next };
        let (hundreds, after) = match (below_hundred_at(t, at), t.low(at)) {
            (Some(found), _) => found,
            (None, "a") if !any && scale_word(t.low(at + 1)).is_some() => (1, at + 1),
            _ => break,
        };
        let (mut group, mut end) = (hundreds, after);
        if t.low(end) == "hundred" {
            (group, end) = (group * 100, end + 1);
            let rest = if t.low(end) == "and" { end + 1 } else { end };
            if let Some((below, after)) = below_hundred_at(t, rest) {
                (group, end) = (group + below, after);
            }
        }
        let scale = match scale_word(t.low(end)) {
            Some(power) => 10i64.pow(power.unsigned_abs()),
            None => 1,
        };
        if scale >= ceiling || (any && ceiling == i64::MAX) {
            break;
        }
        if scale > 1 {
            end += 1;
        }
        total = total.checked_add(group.checked_mul(scale)?)?;
        (next, any, ceiling) = (end, true, scale);
        if scale == 1 {
            break;
        }
    }
    if !any {
        return None;
    }
    decimal_words(t, total, next).or_else(|| done(total, next))
}

/// `four point five`.
fn decimal_words(t: &Toks, whole: i64, at: usize) -> Option<Numeral> {
    if t.low(at) != "point" {
        return None;
    }
    let (mut digits, mut next) = (String::new(), at + 1);
    while let Some(digit) = small_word(t.low(next)).filter(|n| *n < 10) {
        digits.push_str(&digit.to_string());
        next += 1;
    }
    let value = Dec::parse(&format!("{whole}.{digits}"))?;
    Some(Numeral { value, next, words: true })
}

/// Whether the word `one` at `i` stands for a thing and not for the number: `that one`, `the cheaper one`, `one of them`.
fn names_a_thing(t: &Toks, i: usize) -> bool {
    if matches!(t.low(i + 1), "of" | "that" | "which" | "with" | "way") || t.raw(i + 1) == "-" && t.low(i + 2) == "way" {
        return true;
    }
    if i == 0 || !t.is_word(i - 1) {
        return false;
    }
    let before = t.low(i - 1);
    let determiner = matches!(
        before,
        "that"
            | "this"
            | "the"
            | "which"
            | "another"
            | "any"
            | "every"
            | "each"
            | "no"
            | "some"
            | "other"
            | "what"
            | "first"
            | "last"
            | "next"
            | "same"
            | "right"
            | "wrong"
            | "new"
            | "good"
            | "best"
            | "cheap"
            | "second"
            | "third"
            | "only"
            | "either"
            | "neither"
            | "a"
    );
    // "the one night", "that one person".
    let noun = t.low(i + 1);
    if time_unit(noun).is_some() || unit_at(t, i + 1).is_some() || COUNTED_NOUNS.contains(&noun) {
        return false;
    }
    determiner
        || (before.ends_with("er") && before.len() > 4 && !matches!(before, "after" | "order" | "under" | "over" | "number" | "either"))
}

/// Nouns that make `one` a number even after `the` and `that`.
const COUNTED_NOUNS: &[&str] = &[
    "person",
    "adult",
    "child",
    "guest",
    "passenger",
    "ticket",
    "night",
    "room",
    "bed",
    "bag",
    "star",
    "dollar",
    "euro",
    "pound",
    "percent",
    "seat",
    "table",
    "item",
    "copy",
    "stop",
    "car",
    "hundred",
    "thousand",
    "million",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(String, usize)> {
        let t = Toks::new(text);
        number_at(&t, 0).map(|n| (n.value.to_string(), t.span(0, n.next).end))
    }

    #[test]
    fn digits_and_words_read_alike() {
        for (text, value) in [
            ("3", "3"),
            ("1,200.50", "1200.5"),
            ("-4", "-4"),
            ("minus four", "-4"),
            ("1.2k", "1200"),
            ("1.5 million", "1500000"),
            ("twenty-five", "25"),
            ("twenty five", "25"),
            ("a hundred", "100"),
            ("one hundred and five", "105"),
            ("two thousand three hundred and one", "2301"),
            ("one million two hundred and thirty-four thousand five hundred and sixty-seven", "1234567"),
            ("twelve hundred", "1200"),
            ("a dozen", "12"),
            ("a couple of", "2"),
            ("two and a half", "2.5"),
            ("four point two five", "4.25"),
        ] {
            assert_eq!(first(text), Some((value.to_owned(), text.len())), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_read_as_one() {
        for text in ["a", "hundred", "couple", "2-3", "one of them", "first"] {
            assert_eq!(first(text), None, "{text}");
        }
        assert_eq!(first("two three").map(|(value, _)| value), Some("2".to_owned()), "a list of two numbers");
        let t = Toks::new("the cheaper one");
        assert_eq!(number_at(&t, 2), None);
    }
}
