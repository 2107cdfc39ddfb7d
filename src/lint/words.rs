//! Words of names and descriptions, for rules that compare the two.

use crate::value::english::{singular, words_of_identifier};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Words that say nothing about a thing.
const EMPTY: [&str; 60] = [
    "a",
    "an",
    "the",
    "of",
    "for",
    "to",
    "in",
    "on",
    "by",
    "with",
    "and",
    "or",
    "is",
    "are",
    "be",
    "this",
    "that",
    "it",
    "its",
    "from",
    "at",
    "as",
    "api",
    "function",
    "tool",
    "endpoint",
    "method",
    "operation",
    "value",
    "given",
    "specified",
    "parameter",
    "argument",
    "field",
    "your",
    "you",
    "user's",
    "their",
    "will",
    "can",
    "which",
    "used",
    "use",
    "using",
    "all",
    "any",
    "new",
    "s",
    "please",
    "provide",
    "input",
    "object",
    "string",
    "integer",
    "number",
    "boolean",
    "list",
    "array",
    "d",
    "into",
];

/// The words of a text in lower case: letters and digits only.
pub fn words(text: &str) -> Vec<String> {
    written_words(text).map(str::to_lowercase).collect()
}

/// The same as they are written.
pub fn written_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}

thread_local! {
    /// Stems of words that were seen before: descriptions repeat theirs, and taking a word apart is not cheap.
    static KNOWN: RefCell<FxHashMap<Box<str>, Vec<String>>> = RefCell::default();
}

/// Words that are remembered at most, by each thread.
const REMEMBERED: usize = 50_000;

/// The stems of the words of a text that say something.
pub fn stems(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    each_stem(text, |stem| {
        if !out.iter().any(|known| known == stem) {
            out.push(stem.to_owned());
        }
        true
    });
    out
}

/// Whether every stem of a text is one of these; and whether it has any.
pub fn says_only(text: &str, stems: &[String]) -> (bool, bool) {
    let mut any = false;
    let all = each_stem(text, |stem| {
        any = true;
        stems.iter().any(|known| known == stem)
    });
    (all, any)
}

/// Shows the stems one by one until `go_on` says no; whether it never did.
fn each_stem(text: &str, mut go_on: impl FnMut(&str) -> bool) -> bool {
    KNOWN.with_borrow_mut(|known| {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
            if let Some(stems) = known.get(word) {
                return stems.iter().all(|stem| go_on(stem));
            }
            if known.len() > REMEMBERED {
                known.clear();
            }
            known.entry(word.into()).or_insert_with(|| parts(word)).iter().all(|stem| go_on(stem))
        })
    })
}

/// The stems of the parts of one word that say something.
fn parts(word: &str) -> Vec<String> {
    let parts = words_of_identifier(word).into_iter().map(|part| part.to_lowercase());
    parts.filter(|part| !EMPTY.contains(&part.as_str()) && !EMPTY.contains(&singular(part).as_str())).map(|part| stem(&part)).collect()
}

/// A word without the endings that make no other thing of it.
pub fn stem(word: &str) -> String {
    let word = singular(word);
    for ending in ["ations", "ation", "ings", "ing", "ions", "ion", "ers", "er", "ed", "es", "e", "s"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() >= 3
        {
            return stem.to_owned();
        }
    }
    word
}

/// Shared words over all words.
pub fn jaccard(a: &[String], b: &[String]) -> f64 {
    let shared = a.iter().filter(|word| b.contains(word)).count();
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

/// The name that is nearest to a word that is none, if it is near at all.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let best = names.map(|name| (distance(&word.to_lowercase(), &name.to_lowercase()), name)).min()?;
    (best.0 <= (word.chars().count() / 3).max(1)).then_some(best.1)
}

/// Edits, with a swap of neighbours as one.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let width = b.len() + 1;
    let mut table = vec![0usize; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i * width + j] = if i == 0 || j == 0 {
                i + j
            } else {
                let swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                let change = table[(i - 1) * width + j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let plain = change.min(table[(i - 1) * width + j] + 1).min(table[i * width + j - 1] + 1);
                if swap { plain.min(table[(i - 2) * width + j - 2] + 1) } else { plain }
            };
        }
    }
    table.last().copied().unwrap_or(0)
}

/// A foreign text short enough for a message, with quotes and without line breaks.
pub fn clip(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(61).collect();
    if plain.chars().count() > 60 { format!("{}…", plain.chars().take(57).collect::<String>()) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        assert_eq!(stem("locations"), stem("location"));
        assert_eq!(stem("searches"), stem("searching"));
        assert_eq!(stems("getUserById"), stems("Gets the user by ID."));
    }

    #[test]
    fn a_slip_of_the_keyboard_is_near() {
        assert_eq!(nearest("desciption", ["description", "default"].into_iter()), Some("description"));
        assert_eq!(nearest("colour", ["description", "default"].into_iter()), None);
        assert_eq!((distance("requred", "required"), distance("tpye", "type")), (1, 1));
    }
}
