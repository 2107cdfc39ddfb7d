//! What a tool is about.

use crate::catalog::Tool;
use crate::value::english::{singular, words_of_identifier};

/// What a tool is about, as words that help to choose values.
pub(super) struct Topic {
    pub(super) words: Vec<String>,
    /// The nouns that the tool is called after; the last one says what it gives.
    pub(super) head: Vec<String>,
    pub(super) object: String,
    /// The kinds of things that its effects name, as words.
    pub(super) kinds: Vec<String>,
    /// Whether it looks back: history, statements, logs.
    pub(super) past: bool,
}

impl Topic {
    /// The tool is about people, who go by their names.
    pub(super) fn of_people(&self) -> bool {
        const PEOPLE: [&str; 24] = [
            "worker",
            "professional",
            "specialist",
            "technician",
            "consultant",
            "staff",
            "customer",
            "user",
            "contact",
            "person",
            "people",
            "employee",
            "member",
            "patient",
            "lead",
            "client",
            "candidate",
            "colleague",
            "friend",
            "guest",
            "driver",
            "doctor",
            "teacher",
            "student",
        ];
        let last = words_of_identifier(&self.object).pop().unwrap_or_default();
        PEOPLE.contains(&singular(&last).as_str())
    }

    pub(super) fn of(tool: &Tool) -> Self {
        let mut words = words_of_identifier(&tool.name);
        words.extend(words_of_identifier(&tool.domain));
        let head = head(&words_of_identifier(&tool.name));
        let past = words.iter().any(|word| PAST_TOPICS.contains(&word.as_str()));
        words.extend(words_of_identifier(&tool.phrase.object));
        let words = words.iter().map(|word| singular(word)).collect();
        let kinds = super::answer::touched(tool).iter().map(|kind| words_of_identifier(kind).join(" ")).collect();
        Topic { words, head, object: singular(&tool.phrase.object), kinds, past }
    }
}

/// What a tool's name says that it deals with: `country` of `list_countries`, `streaming service` of `getStreamingServices`; what comes
/// after a preposition only says which ones.
fn head(name: &[String]) -> Vec<String> {
    let end =
        name.iter().position(|word| matches!(word.as_str(), "by" | "for" | "in" | "of" | "with" | "from" | "to" | "at" | "near" | "on"));
    let mut nouns = &name[1.min(name.len())..end.unwrap_or(name.len()).max(1.min(name.len()))];
    while nouns.last().is_some_and(|word| ASPECTS.contains(&singular(word).as_str())) {
        nouns = &nouns[..nouns.len() - 1];
    }
    nouns.iter().map(|word| singular(word)).collect()
}

/// Last words of a tool's name that do not say what it gives.
#[rustfmt::skip]
const ASPECTS: &[&str] = &[
    "detail", "info", "information", "list", "data", "profile", "status", "summary", "history", "result", "record", "entry", "name", "id", "stat",
    "statistic", "overview", "metadata", "search", "lookup", "query", "find", "get", "fetch", "all", "list", "create", "update", "delete", "batch",
];

const PAST_TOPICS: &[&str] = &["history", "historical", "transactions", "statement", "log", "logs", "past", "archive", "expenses"];
