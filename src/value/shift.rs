//! "Two days later", "the next day": a date said as so many days after another.

use super::english::number_words;
use std::ops::Range;

/// The longest shift that people count in days or weeks.
const LONGEST: i64 = 28;

/// The ways to say "so many days after the date that was spoken of"; none for a shift that nobody says so.
pub fn shifts(days: i64) -> Vec<String> {
    match days {
        1 => ["the day after", "the next day", "the following day", "one day later", "a day later"].map(String::from).to_vec(),
        7 => ["a week later", "one week later", "exactly a week after that"].map(String::from).to_vec(),
        14 => ["two weeks later", "14 days later"].map(String::from).to_vec(),
        2..=LONGEST => {
            let words = number_words(days);
            vec![format!("{words} days later"), format!("{days} days later"), format!("{words} days after that")]
        }
        _ => Vec::new(),
    }
}

/// Every shift that a text speaks of, with its days.
pub fn find_shifts(text: &str) -> Vec<(Range<usize>, i64)> {
    let low = text.to_ascii_lowercase();
    let mut out: Vec<(Range<usize>, i64)> = Vec::new();
    // Every form has one of these; few texts do.
    if !["later", "after", "next day", "following day"].iter().any(|word| low.contains(word)) {
        return out;
    }
    for days in 1..=LONGEST {
        for form in shifts(days) {
            for (at, _) in low.match_indices(&form) {
                let span = at..at + form.len();
                let inside = low[..at].chars().next_back().is_some_and(char::is_alphanumeric);
                let runs_on = low[span.end..].chars().next().is_some_and(char::is_alphanumeric);
                // "The day after tomorrow" is a date of its own.
                let of_its_own = low[span.end..].trim_start().starts_with("tomorrow");
                if !inside && !runs_on && !of_its_own {
                    out.push((span, days));
                }
            }
        }
    }
    // "Twenty-two days later" holds "two days later".
    out.retain({
        let all = out.clone();
        move |(span, _)| {
            !all.iter().any(|(other, _)| other.start < span.start && other.end >= span.end) && !low[..span.start].ends_with('-')
        }
    });
    out.sort_by_key(|(span, _)| span.start);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_read_back() {
        for days in 1..=28 {
            for form in shifts(days) {
                let text = format!("And {form}, please.");
                let found: Vec<i64> = find_shifts(&text).into_iter().map(|(_, days)| days).collect();
                assert_eq!(found, [days], "{text}");
            }
        }
    }

    #[test]
    fn the_day_after_tomorrow_is_no_shift() {
        assert!(find_shifts("the day after tomorrow").is_empty());
        assert!(find_shifts("three days ago").is_empty());
    }
}
