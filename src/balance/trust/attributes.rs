//! What is looked at when two sets of dialogues are compared for trust: a few shallow attributes, each with few values.

use super::likelihood::Column;
use crate::formats::Conversation;
use crate::formats::conversation::Message;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Attributes of a turn of the user's, and of a whole dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// Words of a turn, in bins.
    TurnLength,
    /// The first word, in lower case.
    FirstWord,
    /// The mark that a turn ends with.
    FinalMark,
    /// What the last sentence of a turn is by its form.
    Sentence,
    /// Calls of a dialogue, in bins.
    Calls,
    /// Turns of the user in a dialogue, in bins.
    UserTurns,
}

impl Attribute {
    pub const ALL: [Attribute; 6] =
        [Attribute::TurnLength, Attribute::FirstWord, Attribute::FinalMark, Attribute::Sentence, Attribute::Calls, Attribute::UserTurns];

    pub fn name(self) -> &'static str {
        match self {
            Attribute::TurnLength => "turn_length",
            Attribute::FirstWord => "first_word",
            Attribute::FinalMark => "final_mark",
            Attribute::Sentence => "sentence",
            Attribute::Calls => "calls",
            Attribute::UserTurns => "user_turns",
        }
    }
}

/// How often each attribute has each value. Whole numbers: counts of shards add up to those of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributes {
    pub dialogues: u64,
    /// Turns of the user.
    pub turns: u64,
    counts: BTreeMap<Attribute, BTreeMap<String, u64>>,
}

impl Attributes {
    pub fn push(&mut self, row: &Conversation) {
        self.dialogues += 1;
        let mut turns = 0;
        for message in &row.messages {
            if let Message::User { text } = message {
                turns += 1;
                self.push_turn(text);
            }
        }
        self.add(Attribute::UserTurns, binned(turns, &[1, 2, 3, 4, 6, 9, 13]));
        // A set without tools says nothing of calls.
        if !row.tools.is_empty() {
            self.add(Attribute::Calls, binned(row.calls().count(), &[0, 1, 2, 3, 4, 6, 9]));
        }
    }

    /// One turn of a user whose dialogue is not known.
    pub fn push_turn(&mut self, text: &str) {
        self.turns += 1;
        self.add(Attribute::TurnLength, binned(words(text).count(), &[0, 1, 3, 5, 8, 11, 15, 20, 30]));
        self.add(Attribute::FirstWord, words(text).next().unwrap_or_else(|| "(none)".into()));
        self.add(Attribute::FinalMark, final_mark(text).to_string());
        self.add(Attribute::Sentence, sentence(text).to_string());
    }

    fn add(&mut self, attribute: Attribute, value: String) {
        *self.counts.entry(attribute).or_default().entry(value).or_default() += 1;
    }

    pub fn merge(&mut self, other: &Attributes) {
        self.dialogues += other.dialogues;
        self.turns += other.turns;
        for (attribute, values) in &other.counts {
            let into = self.counts.entry(*attribute).or_default();
            for (value, count) in values {
                *into.entry(value.clone()).or_default() += count;
            }
        }
    }

    pub fn values(&self, attribute: Attribute) -> impl Iterator<Item = (&str, u64)> {
        self.counts.get(&attribute).into_iter().flatten().map(|(value, count)| (value.as_str(), *count))
    }

    fn count(&self, attribute: Attribute, value: &str) -> u64 {
        self.counts.get(&attribute).and_then(|values| values.get(value)).copied().unwrap_or(0)
    }

    /// The categories that this set or `real` has, with the counts of both; those of this one are multiplied by `scale`.
    pub(super) fn beside<'a>(&'a self, real: &'a Attributes, attribute: Attribute, scale: f64) -> (Vec<&'a str>, Column) {
        let mut names: Vec<&str> = self.values(attribute).chain(real.values(attribute)).map(|(value, _)| value).collect();
        names.sort_unstable();
        names.dedup();
        let cell = |name: &&str| (self.count(attribute, name) as f64 * scale, real.count(attribute, name) as f64);
        let cells = names.iter().map(cell).collect();
        (names, Column { cells })
    }
}

/// Words: letters, digits and apostrophes, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|char: char| !(char.is_alphanumeric() || char == '\'' || char == '’'))
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().replace('’', "'"))
}

/// The bin that begins at the largest of `starts` that is not above `value`: `4–5`, `13+`.
fn binned(value: usize, starts: &[usize]) -> String {
    let at = starts.iter().rposition(|start| *start <= value).unwrap_or(0);
    match (starts[at], starts.get(at + 1)) {
        (start, None) => format!("{start}+"),
        (start, Some(next)) if next - start == 1 => start.to_string(),
        (start, Some(next)) => format!("{start}–{}", next - 1),
    }
}

fn final_mark(text: &str) -> &'static str {
    match text.trim_end().chars().last() {
        Some('.' | '…') => ".",
        Some('?') => "?",
        Some('!') => "!",
        Some(',' | ';' | ':' | '-' | '–' | ')') => "other mark",
        Some(char) if char.is_alphanumeric() => "none",
        Some(_) => "symbol",
        None => "empty",
    }
}

/// Words with which questions begin that ask for a thing, and those that ask for a yes or a no.
const ASKING: [&str; 9] = ["what", "what's", "which", "who", "where", "when", "why", "how", "whose"];
const INVERTED: [&str; 18] = [
    "is", "are", "was", "do", "does", "did", "can", "could", "would", "will", "should", "may", "have", "has", "isn't", "don't", "doesn't",
    "can't",
];
const FIRST_PERSON: [&str; 10] = ["i", "i'm", "i'd", "i've", "i'll", "im", "we", "we're", "my", "our"];
const ANSWERING: [&str; 16] =
    ["yes", "yeah", "yep", "yup", "no", "nope", "nah", "ok", "okay", "sure", "right", "great", "perfect", "correct", "alright", "fine"];
const COURTESY: [&str; 9] = ["hi", "hello", "hey", "thanks", "thank", "bye", "goodbye", "please", "cheers"];

/// A question for a thing, a question for yes or no, something about oneself, an answer, a courtesy, or another sentence; a question
/// without its mark is one of its own kind.
fn sentence(text: &str) -> &'static str {
    let trimmed = text.trim();
    let body = trimmed.trim_end_matches(['.', '?', '!', ' ']);
    // The end of a sentence is a mark with a space after it: `3.5` has none.
    let start = [". ", "? ", "! "].iter().filter_map(|mark| body.rfind(mark)).max().map_or(0, |at| at + 2);
    let first = words(&body[start..]).next().unwrap_or_default();
    let first = first.as_str();
    let asked = trimmed.ends_with('?');
    match () {
        () if ASKING.contains(&first) && asked => "question for a thing",
        () if ASKING.contains(&first) => "question for a thing, no mark",
        () if INVERTED.contains(&first) && asked => "question for yes or no",
        () if INVERTED.contains(&first) => "question for yes or no, no mark",
        () if asked => "other question",
        () if FIRST_PERSON.contains(&first) => "about oneself",
        () if ANSWERING.contains(&first) => "answer",
        () if COURTESY.contains(&first) => "courtesy",
        () if first.is_empty() => "no words",
        () => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_say_from_where_to_where() {
        let starts = [0, 1, 3, 5];
        assert_eq!([0, 1, 2, 3, 4, 5, 99].map(|value| binned(value, &starts)), ["0", "1–2", "1–2", "3–4", "3–4", "5+", "5+"]);
    }

    #[test]
    fn a_turn_is_told_by_its_form() {
        for (text, mark, kind) in [
            ("What's the weather in Oslo?", "?", "question for a thing"),
            ("how much is it", "none", "question for a thing, no mark"),
            ("Great. Could you book it for 3.30 pm?", "?", "question for yes or no"),
            ("Yes please!", "!", "answer"),
            ("Hello. I need a table.", ".", "about oneself"),
            ("Thanks", "none", "courtesy"),
            ("Book it, for two?", "?", "other question"),
            ("Find me a flight to Rome.", ".", "other"),
            ("", "empty", "no words"),
        ] {
            assert_eq!((final_mark(text), sentence(text)), (mark, kind), "{text}");
        }
    }

    #[test]
    fn counts_of_shards_add_up_to_those_of_the_whole() {
        let turns = ["I need a taxi.", "Yes.", "What is the price?", "no", "I'd like two, please"];
        let of = |turns: &[&str]| {
            let mut counts = Attributes::default();
            turns.iter().for_each(|turn| counts.push_turn(turn));
            counts
        };
        let mut merged = of(&turns[..2]);
        merged.merge(&of(&turns[2..]));
        assert_eq!(merged, of(&turns));
        assert_eq!(merged.count(Attribute::FirstWord, "i"), 1);
        assert_eq!(merged.count(Attribute::FirstWord, "i'd"), 1);
    }
}
