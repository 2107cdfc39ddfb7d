//! Grammar that a line of ours can get wrong: number and agreement, a missing article. Only patterns that are wrong whatever the topic.

use crate::value::english;

/// What is wrong with the grammar of a small-lettered text; none when nothing is.
pub(super) fn fault(lower: &str) -> Option<&'static str> {
    let words: Vec<&str> = lower.split_whitespace().collect();
    if disagrees(&words) {
        return Some("agreement");
    }
    if wrong_number(&words) {
        return Some("plural");
    }
    if bare_noun(&words) {
        return Some("missing article");
    }
    None
}

fn stem(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '§')
}

/// "the hotels is", "there are 1 room", "I is", "a candidate who are".
fn disagrees(words: &[&str]) -> bool {
    words.windows(3).any(|three| {
        let [first, second, third] = [stem(three[0]), stem(three[1]), stem(three[2])];
        // A stop between them parts them.
        if three[0].ends_with(['.', '?', '!', ',', ':', ';']) || three[1].ends_with(['.', '?', '!', ',', ':', ';']) {
            return false;
        }
        let plural = |noun: &str| plain(noun) && english::is_plural(noun) && !english::is_mass(noun);
        match (first, second, third) {
            ("i", "is" | "are", _)
            | ("they" | "we" | "you", "is" | "was" | "has", _)
            | ("it" | "he" | "she", "are" | "were" | "have", _) => {
                !matches!(third, "?" | "")
                    && !(second == "have"
                        && words
                            .iter()
                            .any(|word| matches!(stem(word), "make" | "let" | "did" | "does" | "should" | "could" | "to" | "can" | "must")))
            }
            ("there", "are", "1" | "one" | "a" | "an") => true,
            ("there", "is", number) => number.parse::<u32>().is_ok_and(|n| n > 1),
            ("the" | "your", noun, "is" | "was" | "has") => plural(noun),
            (noun, "who" | "that", "is" | "delivers" | "allows" | "has") => plural(noun),
            _ => false,
        }
    })
}

fn plain(word: &str) -> bool {
    word.len() > 3
        && word.chars().all(|c| c.is_ascii_lowercase())
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !["news", "details", "series", "always", "this", "does", "whose", "gps", "address", "status", "sms"].contains(&word)
}

/// "3 night", "1 nights".
fn wrong_number(words: &[&str]) -> bool {
    const UNITS: &[&str] =
        &["night", "day", "hour", "minute", "person", "ticket", "guest", "week", "month", "room", "portion", "piece", "stop"];
    // "3 ticket prices" counts prices.
    const BEHIND: &[&str] = &["for", "in", "at", "to", "on", "with", "from", "of", "and", "or", "left", "please", "there", "is", "are"];
    words.iter().enumerate().any(|(at, word)| {
        let Ok(number) = word.trim_start_matches('(').parse::<u32>() else { return false };
        let Some(unit) = words.get(at + 1) else { return false };
        let ends = unit.ends_with(['.', ',', '?', '!', ';', ')']) || words.get(at + 2).is_none_or(|next| BEHIND.contains(&stem(next)));
        let unit = stem(unit);
        ends && if number == 1 { UNITS.iter().any(|one| unit == english::plural(one)) } else { number > 1 && UNITS.contains(&unit) }
    })
}

/// "I need hotel in Lisbon": a verb of wishing with a bare thing that can be counted.
fn bare_noun(words: &[&str]) -> bool {
    const THINGS: &[&str] = &[
        "hotel",
        "restaurant",
        "flight",
        "table",
        "ticket",
        "doctor",
        "appointment",
        "taxi",
        "song",
        "folder",
        "event",
        "room",
        "reservation",
        "reminder",
        "playlist",
        "contact",
        "payment",
    ];
    const BEHIND: &[&str] = &["for", "in", "at", "to", "on", "with", "from", "of", "called", "near"];
    words.windows(3).any(|three| {
        matches!(stem(three[0]), "need" | "want" | "book" | "reserve")
            && three[0] == stem(three[0])
            && THINGS.contains(&three[1])
            && BEHIND.contains(&stem(three[2]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fires_on_planted_faults() {
        for (text, name) in [
            ("the hotels is full.", "agreement"),
            ("there are 1 room left.", "agreement"),
            ("there is 3 rooms left.", "agreement"),
            ("i found restaurants that delivers to your street.", "agreement"),
            ("they is here now.", "agreement"),
            ("it are ready for you.", "agreement"),
            ("i'll stay 3 night there.", "plural"),
            ("a room for 1 nights.", "plural"),
            ("i need hotel in lisbon.", "missing article"),
            ("i want to book table for two.", "missing article"),
        ] {
            assert_eq!(fault(text), Some(name), "{text}");
        }
    }

    #[test]
    fn good_english_passes() {
        for text in [
            "the status is open and the details are there.",
            "there are 3 rooms, is that fine?",
            "make it have wifi, please.",
            "book a table for two, for 3 nights.",
            "the address is 5 elm street.",
            "i want to book it for 1 night.",
            "the hotels, is there one?",
            "i have 3 ticket prices for you.",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }
}
