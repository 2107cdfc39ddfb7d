//! How people speak of what a tool does: verb, past, object. The author's `x-nl` wins over what is inferred, field by field.

use super::intent::Intent;
use super::verbs::Act;
use crate::catalog::{Origin, ToolNl, ToolPhrase};
use crate::value::english;

/// The phrase of a tool.
pub fn phrase(intent: &Intent, nl: Option<&ToolNl>) -> ToolPhrase {
    let inferred = inferred(intent);
    match nl {
        Some(nl) => overlay(inferred, nl),
        None => inferred,
    }
}

fn overlay(mut phrase: ToolPhrase, nl: &ToolNl) -> ToolPhrase {
    if let Some(verb) = nl.verb.as_ref().filter(|verb| !verb.lemma.trim().is_empty()) {
        let lemma = verb.lemma.trim();
        phrase.verb = lemma.to_owned();
        phrase.past = verb.past.clone().unwrap_or_else(|| english::past(lemma));
        phrase.particle = verb.particle.clone();
    }
    if let Some(object) = &nl.object {
        let np = object.np.trim();
        let is_fixed = english::is_mass(np) || english::is_plural(np);
        phrase.countable = object.countable.unwrap_or(!np.is_empty() && !is_fixed);
        phrase.object_plural = object.plural.clone().unwrap_or_else(|| if phrase.countable { english::plural(np) } else { np.to_owned() });
        phrase.object = np.to_owned();
    }
    ToolPhrase {
        class: nl.class.unwrap_or(phrase.class),
        situations: nl.situations.clone(),
        ask: nl.ask.clone(),
        success: nl.success.clone(),
        origin: if nl.verb.is_some() || nl.object.is_some() { Origin::Declared } else { phrase.origin },
        ..phrase
    }
}

fn inferred(intent: &Intent) -> ToolPhrase {
    let act = intent.act();
    let (verb, particle) = verb(intent, act);
    let noun = noun(intent, act);
    let (object, object_plural, countable) = number(&noun, intent);
    ToolPhrase {
        past: english::past(&verb),
        verb,
        particle,
        object,
        object_plural,
        countable,
        class: act.class(),
        origin: Origin::Inferred,
        ..ToolPhrase::default()
    }
}

fn verb(intent: &Intent, act: Act) -> (String, Option<String>) {
    let (said, particle) = match intent.verb {
        Some(verb) => (verb.said, intent.particle.clone().or_else(|| verb.particle.map(str::to_owned))),
        None => (default_verb(act), None),
    };
    let clashes = english::singular(&intent.object.noun) == said;
    let is_checked = matches!(intent.aspect.as_deref(), Some("status" | "availability" | "balance" | "eligibility" | "state"));
    match said {
        "get" | "show" | "see" if is_checked => ("check".to_owned(), None),
        _ if clashes => (without_clash(act).to_owned(), None),
        _ => (said.to_owned(), particle),
    }
}

/// What is done when no verb is known.
fn default_verb(act: Act) -> &'static str {
    match act {
        Act::Find => "find",
        Act::Compute => "work",
        _ => "get",
    }
}

/// The verb for "book a book", "order an order".
fn without_clash(act: Act) -> &'static str {
    match act {
        Act::Create => "make",
        Act::Update => "change",
        Act::Delete | Act::Cancel => "delete",
        Act::Send => "send",
        Act::Compute => "work",
        _ => "get",
    }
}

/// The object, or what stands in for it: the thing that the tool is about, else the plainest noun for the act.
fn noun(intent: &Intent, act: Act) -> String {
    if !intent.object.is_empty() {
        return intent.object.noun.clone();
    }
    let entity =
        intent.entity.as_deref().filter(|entity| entity.len() > 2 && entity.split('_').all(|word| word.chars().all(char::is_alphabetic)));
    if let Some(entity) = entity {
        return entity.replace('_', " ");
    }
    match act {
        Act::Find => "results",
        Act::Get | Act::Check => "information",
        Act::Compute => "result",
        Act::Send => "message",
        Act::Create | Act::Update | Act::Delete | Act::Cancel => "entry",
        Act::Control => "",
    }
    .to_owned()
}

/// Plural heads that are asked for as one thing: "the hotel details".
const ONE_IN_PLURAL: &[&str] = &[
    "details",
    "results",
    "statistics",
    "stats",
    "settings",
    "directions",
    "instructions",
    "contents",
    "news",
    "analytics",
    "preferences",
    "lyrics",
    "properties",
    "specifications",
    "requirements",
    "highlights",
    "insights",
    "metrics",
    "earnings",
    "odds",
    "standings",
    "permissions",
    "credentials",
    "logs",
    "conditions",
    "options",
    "hours",
    "data",
    "terms",
    "guidelines",
    "tips",
    "rules",
];

/// Singular, plural and whether it can be counted.
fn number(noun: &str, intent: &Intent) -> (String, String, bool) {
    let head = noun.rsplit(' ').next().unwrap_or(noun);
    let is_one = !intent.plural && ONE_IN_PLURAL.contains(&head);
    if noun.is_empty() || is_one || english::is_mass(noun) {
        return (noun.to_owned(), noun.to_owned(), false);
    }
    if english::is_plural(noun) {
        let singular = english::singular(noun);
        let countable = singular != noun;
        return (singular, noun.to_owned(), countable);
    }
    (noun.to_owned(), english::plural(noun), true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ToolClass;
    use crate::catalog::infer::intent::intent_of;
    use crate::catalog::{ObjectNl, VerbNl};

    #[test]
    fn tools_are_spoken_of_in_everyday_words() {
        for (name, description, said, class) in [
            ("search_hotels", "Search for hotels in a city.", "find hotel/hotels", ToolClass::Find),
            ("get_weather", "Retrieves the current weather for a location.", "get weather/weather", ToolClass::Lookup),
            ("getOrderStatus", "Fetches the status of an order.", "check order status/order statuses", ToolClass::Lookup),
            ("delete_file", "Deletes the specified file.", "delete file/files", ToolClass::Undo),
            ("book_flight", "Books a flight.", "book flight/flights", ToolClass::Do),
            ("determine_winner", "Determines the winner.", "work out winner/winners", ToolClass::Compute),
            ("get_hotel_details", "", "get hotel details/hotel details", ToolClass::Lookup),
            ("order_order", "Order an order.", "make order/orders", ToolClass::Do),
        ] {
            let phrase = phrase(&intent_of(name, description, ""), None);
            let verb = [Some(phrase.verb.clone()), phrase.particle.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
            assert_eq!((format!("{verb} {}/{}", phrase.object, phrase.object_plural).as_str(), phrase.class), (said, class), "{name}");
        }
    }

    #[test]
    fn declared_words_win() {
        let nl = ToolNl {
            verb: Some(VerbNl { lemma: "look".to_owned(), past: None, particle: Some("up".to_owned()) }),
            object: Some(ObjectNl { np: "train time".to_owned(), plural: None, countable: None }),
            ..ToolNl::default()
        };
        let phrase = phrase(&intent_of("timetable.query", "Query the timetable", ""), Some(&nl));
        assert_eq!((phrase.verb.as_str(), phrase.past.as_str(), phrase.particle.as_deref()), ("look", "looked", Some("up")));
        assert_eq!((phrase.object_plural.as_str(), phrase.origin), ("train times", Origin::Declared));
    }
}
