//! "The cheapest", "the earliest", "with the highest balance": which end of a measure is meant.

use super::SemType;
use super::english::words_of_identifier;
use std::ops::Range;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Price,
    Rating,
    Length,
    Moment,
    /// When something is over: the pharmacy that closes last is not "the latest pharmacy".
    End,
    Distance,
    Size,
    /// Nothing that has an adjective of its own.
    Other,
}

/// One way to say an end of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Superlative {
    pub words: String,
    /// It stands behind the noun ("with the highest balance") rather than before it ("cheapest").
    pub behind: bool,
}

const PRICES: [&str; 9] = ["price", "cost", "fare", "fee", "rent", "rate", "total", "charge", "premium"];
const DISTANCES: [&str; 3] = ["distance", "walk", "away"];
const SIZES: [&str; 3] = ["size", "kb", "mb"];
const ENDS: [&str; 14] = [
    "close",
    "closes",
    "closing",
    "end",
    "ends",
    "until",
    "expires",
    "expiry",
    "expiration",
    "due",
    "last",
    "birthday",
    "birth",
    "checkout",
];

fn measure(name: &str, sem: SemType) -> Option<Measure> {
    let words = words_of_identifier(name);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    Some(match sem {
        SemType::Money if has(&PRICES) => Measure::Price,
        SemType::Rating => Measure::Rating,
        SemType::Duration => Measure::Length,
        SemType::Date | SemType::Time | SemType::Datetime if has(&ENDS) => Measure::End,
        SemType::Date | SemType::Time | SemType::Datetime => Measure::Moment,
        _ if has(&DISTANCES) => Measure::Distance,
        _ if has(&SIZES) => Measure::Size,
        SemType::Money | SemType::Count | SemType::CountPeople | SemType::Quantity | SemType::Percent => Measure::Other,
        _ => return None,
    })
}

/// Whether things can be told apart by the least and the most of this field.
pub fn comparable(name: &str, sem: SemType) -> bool {
    measure(name, sem).is_some()
}

/// The ways to say the least or the most of a field called `name`, which people call `noun`; none when it has no order that people speak of.
pub fn superlatives(name: &str, noun: &str, sem: SemType, most: bool) -> Vec<Superlative> {
    let Some(measure) = measure(name, sem) else { return Vec::new() };
    let noun = super::unit::without_unit(noun);
    let adjectives: &[&str] = match (measure, most) {
        (Measure::Price, false) => &["cheapest", "least expensive", "lowest-priced", "most affordable"],
        (Measure::Price, true) => &["most expensive", "priciest", "dearest"],
        (Measure::Rating, true) => &["highest-rated", "best-rated", "top-rated"],
        (Measure::Rating, false) => &["lowest-rated", "worst-rated"],
        (Measure::Length, false) => &["shortest", "quickest"],
        (Measure::Length, true) => &["longest"],
        (Measure::Moment, false) => &["earliest"],
        (Measure::Moment, true) => &["latest"],
        (Measure::Distance, false) => &["closest", "nearest"],
        (Measure::Distance, true) => &["farthest", "furthest"],
        (Measure::Size, true) => &["biggest", "largest"],
        (Measure::Size, false) => &["smallest"],
        (Measure::End | Measure::Other, _) => &[],
    };
    let ends: &[&str] = match (measure, most) {
        (Measure::Moment, _) => &[],
        (Measure::End, false) => &["earliest"],
        (Measure::End, true) => &["latest"],
        (Measure::Length, false) => &["shortest"],
        (Measure::Length, true) => &["longest"],
        (_, false) => &["lowest", "smallest"],
        (_, true) => &["highest", "biggest"],
    };
    let mut out: Vec<Superlative> = adjectives.iter().map(|words| Superlative { words: (*words).to_owned(), behind: false }).collect();
    if !noun.is_empty() {
        out.extend(ends.iter().map(|end| Superlative { words: format!("with the {end} {noun}"), behind: true }));
    }
    out
}

/// Where a text says the least or the most of a field.
pub fn find_superlative(text: &str, name: &str, noun: &str, sem: SemType, most: bool) -> Vec<Range<usize>> {
    let low = text.to_ascii_lowercase();
    let mut out: Vec<Range<usize>> = superlatives(name, noun, sem, most)
        .iter()
        .flat_map(|one| {
            let words = one.words.to_ascii_lowercase();
            low.match_indices(&words).map(|(at, _)| at..at + words.len()).collect::<Vec<_>>()
        })
        .filter(|range| whole(&low, range))
        .collect();
    out.sort_by_key(|range| range.start);
    out
}

fn whole(text: &str, range: &Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    !letter(text[..range.start].chars().next_back()) && !letter(text[range.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_found_and_its_opposite_is_not() {
        for (name, noun, sem) in [
            ("price", "price", SemType::Money),
            ("balance", "balance", SemType::Money),
            ("departure_time", "departure time", SemType::Time),
            ("rating", "rating", SemType::Rating),
            ("distance_km", "distance", SemType::Quantity),
            ("follower_count", "number of followers", SemType::Count),
        ] {
            for most in [false, true] {
                let forms = superlatives(name, noun, sem, most);
                assert!(!forms.is_empty(), "{name}");
                for form in forms {
                    let text = format!("Book the {} one, please", form.words);
                    assert_eq!(find_superlative(&text, name, noun, sem, most), [9..9 + form.words.len()], "{text}");
                    assert!(find_superlative(&text, name, noun, sem, !most).is_empty(), "{text}");
                }
            }
        }
    }

    #[test]
    fn names_have_no_least_and_no_most() {
        assert!(superlatives("title", "title", SemType::Title, true).is_empty());
        assert!(!comparable("flight_number", SemType::Code));
    }

    #[test]
    fn words_inside_of_words_are_not_found() {
        assert!(find_superlative("the lateststyle", "date", "date", SemType::Date, true).is_empty());
    }
}
