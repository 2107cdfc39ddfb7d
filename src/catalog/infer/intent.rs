//! What a tool does to what: verb and object, read from the first sentence of its description and from its name.

use super::entity::entity;
use super::lexicon;
use super::object::{self, Object};
use super::subject::{self, Subject};
use super::verbs::{self, Act, Verb};
use super::words::{DETERMINERS, first_sentence, written_words};
use crate::value::english;

/// Verb, object and subject of a tool.
#[derive(Debug, Clone, PartialEq)]
pub struct Intent {
    /// `None` when neither description nor name has a verb that we know.
    pub verb: Option<Verb>,
    pub particle: Option<String>,
    /// What is found, made, changed; in the words of the description, else of the name.
    pub object: Object,
    /// The thing that the tool is about: `hotel` for `get_hotel_details`.
    pub entity: Option<String>,
    /// What of it is asked for, where that is not the thing itself: `details`, `status`.
    pub aspect: Option<String>,
    /// Whether the tool deals with several of them.
    pub plural: bool,
}

impl Intent {
    pub fn act(&self) -> Act {
        match (self.verb.map(|verb| verb.act), self.plural) {
            (Some(Act::Get) | None, true) if self.aspect.is_none() => Act::Find,
            (act, _) => act.unwrap_or(Act::Get),
        }
    }
}

/// Reads what a tool does. `domain` is what it is about when nothing else tells.
pub fn intent_of(name: &str, description: &str, domain: &str) -> Intent {
    let by_prose = Told::of(description);
    let by_name = Named::of(name, by_prose.as_ref().and_then(|told| told.verb));
    let from_name = object::of_name(&by_name.object);
    let chosen = choose(&by_name, by_prose.as_ref());
    let told = by_prose.as_ref().map(|told| &told.object).filter(|object| !object.is_empty());
    let object = match told {
        Some(told) if by_name.is_prefix || from_name.is_empty() => told.clone(),
        Some(told) if chosen.by_prose => object::better(told, &from_name),
        _ => from_name,
    };
    let object = object::recase(object, description);
    let Subject { entity, aspect, plural } = about(&by_name, by_prose.as_ref(), chosen.verb, domain);
    let verb = chosen.verb.map(|verb| settled(verb, entity.as_deref()));
    let plural = plural || by_prose.is_some_and(|told| told.object.is_list);
    Intent { verb, particle: chosen.particle, object, entity, aspect, plural }
}

/// "Process a payment" makes one; "process an image" does not.
fn settled(verb: Verb, entity: Option<&str>) -> Verb {
    match (verb.lemma, entity) {
        ("process", Some("payment" | "order" | "refund" | "transaction" | "transfer" | "claim" | "application")) => {
            Verb { act: Act::Create, ..verb }
        }
        // A name is resolved to what it stands for; anything else is settled.
        ("resolve", Some("domain" | "hostname" | "host" | "url" | "address" | "ip" | "dns" | "identifier" | "name" | "reference")) => {
            Verb { act: Act::Get, said: "check", ..verb }
        }
        _ => verb,
    }
}

/// A name taken apart.
struct Named {
    verb: Option<Verb>,
    particle: Option<String>,
    object: Vec<String>,
    /// The object stands before the verb (`browser_click`), where names also have the name of the product.
    is_prefix: bool,
}

impl Named {
    /// Takes a name apart; `told` is the description's verb, which decides whether `order` or `rate` is a verb here.
    fn of(name: &str, told: Option<Verb>) -> Named {
        // `chat.postMessage`, `hotels/search`: the last part says what is done, the parts before what it is done to.
        let cut = name.trim_end_matches(['.', '/', ':']).rfind(['.', '/', ':']).map_or(0, |at| at + 1);
        let (product, mut words) = (written_words(&name[..cut]), written_words(&name[cut..]));
        while words.len() > 1
            && words.last().is_some_and(|last| matches!(last.as_str(), "method" | "endpoint" | "api" | "operation" | "tool"))
        {
            words.pop();
        }
        // The text of "Text Summarizer" is no verb.
        let is_agent = words.len() > 1
            && verbs::is_also_noun(&words[0])
            && verbs::verb_of(&words[0]) != told
            && words.last().is_some_and(|last| verbs::verb_of_agent(last).is_some());
        if is_agent {
            return Named::without_verb(product, words);
        }
        let found =
            verb_position(&words, told).filter(|at| is_meant(&words, *at, told)).and_then(|at| Some((at, verbs::verb_of(&words[at])?)));
        let Some((at, verb)) = found else { return Named::without_verb(product, words) };
        let mut after = &words[at + 1..];
        let particle = after.first().filter(|word| is_particle(&words[at], word)).cloned();
        if particle.is_some() {
            after = &after[1..];
        }
        while let [joint, other, rest @ ..] = after {
            if !matches!(joint.as_str(), "or" | "and") || verbs::verb_of(other).is_none() || rest.is_empty() {
                break;
            }
            after = rest;
        }
        let is_prefix = after.is_empty() || object::is_only_tail(after);
        let object = match (is_prefix, at) {
            (false, _) => after.to_vec(),
            (true, 0) => product,
            (true, _) => words[..at].to_vec(),
        };
        let verb = match verb.lemma {
            // `return_order` gives something back; "Returns the order" does not.
            "return" => Verb { act: Act::Update, said: "return", ..verb },
            _ => with_particle(verb, particle.as_deref()),
        };
        Named { verb: Some(verb), particle, object, is_prefix }
    }

    /// `currency_converter` has its verb in its last noun; `geometry.area_circle` has none.
    fn without_verb(product: Vec<String>, mut words: Vec<String>) -> Named {
        let verb = words.last().and_then(|last| verbs::verb_of_agent(last));
        if verb.is_some() {
            words.pop();
        }
        let object = if words.len() < 2 { [product, words].concat() } else { words };
        Named { verb, particle: None, object, is_prefix: false }
    }
}

/// Where the verb of a name stands: first, else last, else anywhere; nouns that could be verbs only where nothing else is.
fn verb_position(words: &[String], told: Option<Verb>) -> Option<usize> {
    let last = words.len().checked_sub(1)?;
    let is_verb = |at: usize| {
        verbs::verb_of(&words[at]).is_some()
            && !(at > 0 && (words[at].ends_with("ing") || words[at].ends_with("ed")))
            && !english::is_plural(&words[at])
    };
    let sure = |at: usize| is_verb(at) && !verbs::is_also_noun(&words[at]);
    let is_noun_here = |at: usize| words.get(at + 1).is_some_and(|next| object::is_aspect(next));
    let is_told = told.is_some() && verbs::verb_of(&words[0]) == told;
    if sure(0) || is_told || (is_verb(0) && !is_noun_here(0) && !sure(last)) {
        return Some(0);
    }
    (0..words.len()).rev().find(|at| sure(*at)).or_else(|| (1..words.len()).find(|at| is_verb(*at) && !is_noun_here(*at)))
}

/// A noun that could be a verb, inside a name, is one only where the description does not speak of something else.
fn is_meant(words: &[String], at: usize, told: Option<Verb>) -> bool {
    let Some(told) = told.filter(|_| at > 0 && verbs::is_also_noun(&words[at])) else { return true };
    verbs::verb_of(&words[at]).is_some_and(|verb| verb.act == told.act || (verb.act == Act::Find && told.act == Act::Get))
}

/// "Check in" and "check out" change something; "check" does not.
fn with_particle(verb: Verb, particle: Option<&str>) -> Verb {
    match (verb.lemma, particle) {
        ("check", Some("in" | "out")) => Verb { act: Act::Update, ..verb },
        _ => verb,
    }
}

fn is_particle(verb: &str, word: &str) -> bool {
    match word {
        "on" | "off" => matches!(verb, "turn" | "switch" | "log" | "power"),
        "up" => matches!(verb, "look" | "sign" | "set" | "back" | "wake" | "add" | "pick" | "clean" | "fill"),
        "in" | "out" => matches!(verb, "log" | "sign" | "check" | "fill" | "work"),
        "down" => matches!(verb, "shut" | "turn"),
        _ => false,
    }
}

/// "This tool belongs to the file system. Tool description: Show a file.": what stands behind the label is about the tool itself.
fn labelled(description: &str) -> &str {
    const LABEL: &str = "description:";
    let mut at = description
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| description.get(*at..at + LABEL.len()).is_some_and(|here| here.eq_ignore_ascii_case(LABEL)));
    at.next_back().map_or(description, |at| description[at + LABEL.len()..].trim_start())
}

/// A description's first sentence taken apart.
struct Told {
    verb: Option<Verb>,
    particle: Option<String>,
    object: Object,
}

impl Told {
    fn of(description: &str) -> Option<Told> {
        let sentence = first_sentence(labelled(description));
        let rest = after_lead(&sentence);
        // "Let a robot do it" says in a roundabout way what the name says.
        let first = rest.first().filter(|first| *first != "let")?;
        // Without a verb the sentence names what the tool gives: "Weather forecast for a city".
        let Some(verb) = verbs::verb_of(first).filter(|_| !is_noun_here(rest)) else {
            return Some(Told { verb: None, particle: None, object: object::of_prose(rest, false) });
        };
        // "Reports the load" tells it; "report a fault" does not.
        let verb = match (first.as_str(), rest.get(1).map(String::as_str)) {
            ("report", Some("a" | "an")) => Verb { act: Act::Create, said: "report", ..verb },
            _ => verb,
        };
        let mut rest = without_other_verbs(&rest[1..]);
        // "Arrange to visit a property" is a visit.
        let verb = match rest {
            [to, infinitive, after @ ..]
                if to == "to"
                    && after.first().is_some_and(|next| DETERMINERS.contains(&next.as_str()) || !verbs::is_also_noun(infinitive)) =>
            {
                let second = verbs::verb(infinitive);
                rest = if second.is_some() { after } else { rest };
                second.unwrap_or(verb)
            }
            _ => verb,
        };
        let mut particle = rest.first().filter(|word| is_particle(verb.lemma, word)).cloned();
        if let [adverb, joint, _, ..] = rest
            && ADVERBS.contains(&adverb.as_str())
        {
            // "Go back to the page", "stitches together two images".
            let is_joint = matches!(joint.as_str(), "to" | "from" | "into" | "onto");
            particle = Some(if is_joint { format!("{adverb} {joint}") } else { adverb.clone() });
            rest = &rest[is_joint as usize..];
        }
        if particle.is_some()
            || rest
                .first()
                .is_some_and(|word| matches!(word.as_str(), "for" | "through" | "about") && verb.act == Act::Find && verb.lemma != "list")
        {
            rest = &rest[1..];
        }
        if verb.act == Act::Find {
            rest = object::sought(rest);
        }
        let mut object = object::of_prose(rest, verb.act == Act::Compute);
        // "Click on a link", "wait for an event": the preposition belongs to the verb where nothing stands between.
        let joint =
            rest.first().filter(|word| matches!(word.as_str(), "on" | "to" | "for" | "with" | "into" | "in" | "at" | "through" | "from"));
        if let (true, None, Some(joint)) = (object.is_empty() && verb.act != Act::Find, &particle, joint) {
            object = object::of_prose(&rest[1..], false);
            particle = (!object.is_empty()).then(|| joint.clone());
        }
        Some(Told { verb: Some(with_particle(verb, particle.as_deref())), particle, object })
    }
}

/// Words behind a verb that belong to it.
const ADVERBS: &[&str] = &["together", "back", "away", "apart"];

/// "Create or update a file", "list, create, or close a tab": the first verb speaks for all.
fn without_other_verbs(rest: &[String]) -> &[String] {
    let is_joint = |word: &str| matches!(word, "or" | "and" | "and/or" | ",");
    let mut at = 0;
    while let Some(next) = rest[at..].iter().position(|word| !is_joint(word)).filter(|next| *next > 0).map(|next| at + next)
        && verbs::verb_of(&rest[next]).is_some()
        && rest.get(next + 1).is_some()
    {
        at = next + 1;
    }
    // What follows is what they act on, and no further tail.
    if rest.get(at).is_some_and(|word| is_joint(word)) { rest } else { &rest[at..] }
}

/// "Search results for ..." and "Order status ..." begin with nouns; "Search the ..." does not.
fn is_noun_here(rest: &[String]) -> bool {
    let second_is_aspect = rest.get(1).is_some_and(|word| object::is_aspect(word) && word != "all");
    verbs::is_also_noun(&rest[0])
        && (second_is_aspect || rest.get(1).is_some_and(|word| matches!(word.as_str(), "for" | "of" | ",")))
        && !matches!(rest[0].as_str(), "search" | "query")
}

/// Ways to begin a description before its verb.
const LEADS: &[&str] = &[
    "this function",
    "this api",
    "this tool",
    "this endpoint",
    "this method",
    "this operation",
    "this service",
    "this",
    "the function",
    "the api",
    "the tool",
    "api",
    "tool",
    "function",
    "a function",
    "a tool",
    "an api",
    "endpoint",
    "an endpoint",
    "method",
    "a method",
    "use this tool",
    "use this function",
    "use this endpoint",
    "use this",
    "use",
    "used",
    "is used",
    "can be used",
    "allows you",
    "allows users",
    "allows the user",
    "allows a user",
    "allows user",
    "allows",
    "enables you",
    "enables users",
    "enables",
    "lets you",
    "lets users",
    "helps you",
    "helps users",
    "helps",
    "help",
    "allow",
    "allow users",
    "allow you",
    "to",
    "for",
    "that",
    "which",
    "will",
    "can",
    "the user",
    "you",
    "users",
    "user",
    "be used",
    "is designed",
    "designed",
    "responsible",
    "is responsible",
    "provides the ability",
    "provides functionality",
    "makes it possible",
    "simulates",
    "please",
    "tries",
    "attempts",
    "wants",
    "it",
    "provides a way",
    "performs",
    "executes",
    "perform",
    "execute",
    "returns the result of",
    "makes an api call",
    "makes a request",
    "wrapper",
    "utility",
    "a utility",
    "simple",
    "handles",
    "automatically",
    "quickly",
    "easily",
    "efficiently",
    "asynchronously",
    "is an api",
    "is a tool",
    "is a function",
    "is a service",
    "is for",
    "is to",
    "must",
    "should",
    "supports",
];

/// The sentence from its verb on: leads are taken off as long as there are any.
fn after_lead(sentence: &[String]) -> &[String] {
    let mut rest = sentence;
    'again: loop {
        for length in (1..=4).rev() {
            if rest.len() > length && LEADS.contains(&rest[..length].join(" ").as_str()) {
                rest = &rest[length..];
                continue 'again;
            }
        }
        return rest;
    }
}

struct Chosen {
    verb: Option<Verb>,
    particle: Option<String>,
    by_prose: bool,
}

/// The description's verb is the author's own word for it; but a vague one ("gets", "provides") gives way to a name that says more.
fn choose(named: &Named, told: Option<&Told>) -> Chosen {
    let by_name = || Chosen { verb: named.verb, particle: named.particle.clone(), by_prose: false };
    let Some(told) = told else { return by_name() };
    match (told.verb, named.verb) {
        (None, None) => Chosen { verb: None, particle: None, by_prose: true },
        (None, Some(_)) => by_name(),
        (Some(_), Some(name)) if name.lemma == "return" => by_name(),
        (Some(prose), Some(name)) if prose.act == Act::Get && !matches!(name.act, Act::Get | Act::Find) => by_name(),
        (Some(_), _) => Chosen { verb: told.verb, particle: told.particle.clone(), by_prose: true },
    }
}

/// What the tool is about, and what of it: from the name, else the description, else the domain.
fn about(name: &Named, told: Option<&Told>, verb: Option<Verb>, domain: &str) -> Subject {
    let said: Option<Vec<String>> = told.map(|told| told.object.noun.split_whitespace().map(str::to_lowercase).collect());
    let told_subject = said.as_deref().and_then(subject::subject);
    let by_name = subject::subject(&name.object);
    let mut found =
        if name.is_prefix { told_subject.clone().or(by_name) } else { by_name.or_else(|| told_subject.clone()) }.unwrap_or_default();
    if found.entity.is_none() {
        found.entity = told_subject.and_then(|subject| subject.entity);
    }
    if found == Subject::default() && verb.is_none_or(|verb| verb.act != Act::Compute) {
        let last = domain.rsplit(['/', '.', ':']).next().unwrap_or(domain);
        found.entity = entity(&written_words(last)).filter(|entity| lexicon::thing(entity).is_some());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verb_object_and_subject_are_found() {
        for (name, description, said, act, noun, entity) in [
            ("search_hotels", "Find hotels in a city.", "find", Act::Find, "hotels", Some("hotel")),
            ("get_user_by_id", "Retrieves a user by their ID.", "get", Act::Get, "user", Some("user")),
            ("getHotelDetails", "Get details about a specific hotel", "get", Act::Get, "hotel details", Some("hotel")),
            ("book_flight", "This function allows you to book a flight for a passenger.", "book", Act::Create, "flight", Some("flight")),
            ("chat.postMessage", "Sends a message to a channel.", "send", Act::Send, "message", Some("message")),
            ("calculate_bmi", "Calculate the Body Mass Index of a person", "calculate", Act::Compute, "body mass index", Some("bmi")),
            ("order_status", "Check the status of an order.", "check", Act::Check, "order status", Some("order")),
            (
                "github.create_or_update_file",
                "Create or update a single file in a repository.",
                "create",
                Act::Create,
                "file",
                Some("file"),
            ),
            (
                "latest_exchange_rate",
                "Retrieve the latest exchange rate between currencies.",
                "get",
                Act::Get,
                "exchange rate",
                Some("exchange_rate"),
            ),
            ("currency_converter", "Converts a value from one currency to another.", "convert", Act::Compute, "currency", Some("currency")),
            ("return_order", "Return items from a delivered order.", "return", Act::Update, "order", Some("order")),
            ("route_planner.calculate_route", "Determines the best route.", "work", Act::Compute, "best route", Some("route")),
            ("list_issues", "", "list", Act::Find, "issues", Some("issue")),
        ] {
            let intent = intent_of(name, description, "");
            assert_eq!(intent.verb.map(|verb| verb.said), Some(said), "{name}");
            assert_eq!(intent.act(), act, "{name}");
            assert_eq!(intent.object.noun.to_lowercase(), noun, "{name}");
            assert_eq!(intent.entity.as_deref(), entity, "{name}");
        }
    }

    #[test]
    fn a_domain_stands_in_for_a_missing_object() {
        assert_eq!(intent_of("search", "Search.", "travel/hotels").entity.as_deref(), Some("hotel"));
    }
}
