//! How one service is spoken of: what it is about, what its tools do, what its slots are called. From the catalog alone.

use super::flags;
use super::kind::{KINDS, SlotWords, slot_words};
use super::lexicon::{Lexicon, Sym};
use crate::catalog::{Catalog, Leaf, LeafPhrase, Tool, ToolClass};
use crate::realise::verb_synonyms;
use crate::value::{SemType, english};
use indexmap::IndexMap;

#[derive(Debug, Clone, Default)]
pub(super) struct Counted {
    pub one: Vec<Sym>,
    pub many: Vec<Sym>,
}

/// A slot's words as symbols.
#[derive(Debug, Clone)]
pub(super) struct SlotSyms {
    pub kind: u8,
    pub flags: u64,
    pub noun: Vec<Sym>,
    pub nouns: Vec<Sym>,
    pub counted: Option<Counted>,
    pub feature: Vec<Sym>,
    pub feature3: Vec<Sym>,
    pub prep: Vec<Sym>,
    pub unit: Vec<Sym>,
    pub go: Vec<Sym>,
    pub going: Vec<Sym>,
    /// The last word of the noun.
    pub head: String,
    pub head_word: Vec<Sym>,
}

/// One way to speak of what a tool does: a verb with its object.
#[derive(Debug, Clone, Default)]
pub(super) struct Deed {
    pub verbs: Vec<Vec<Sym>>,
    pub part: Vec<Sym>,
    pub past: Vec<Sym>,
    pub gerund: Vec<Sym>,
    pub object: Vec<Sym>,
    pub objects: Vec<Sym>,
    pub flags: u64,
}

/// A tool's words as symbols: as its description has it, and as its name has it where that differs.
#[derive(Debug, Clone, Default)]
pub(super) struct ToolSyms {
    pub deeds: Vec<Deed>,
    /// What a finder finds, where its service has several finders.
    pub things: Vec<Thing>,
}

/// A noun for what a service is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Thing {
    pub one: Vec<Sym>,
    pub many: Vec<Sym>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Service {
    pub things: Vec<Thing>,
    pub person: bool,
    /// The thing cannot be counted: weather.
    pub mass: bool,
    pub slots: IndexMap<String, SlotSyms>,
    pub tools: IndexMap<String, ToolSyms>,
}

/// Every service of the catalog, by its name.
pub(super) fn services(catalog: &Catalog, lexicon: &mut Lexicon) -> IndexMap<String, Service> {
    let mut out: IndexMap<String, Service> = IndexMap::new();
    let mut domains: IndexMap<&str, Vec<&Tool>> = IndexMap::new();
    for tool in &catalog.tools {
        domains.entry(tool.domain.as_str()).or_default().push(tool);
    }
    for (domain, tools) in domains {
        out.insert(domain.to_owned(), service(&tools, lexicon));
    }
    out
}

fn service(tools: &[&Tool], lexicon: &mut Lexicon) -> Service {
    let thing = thing(tools);
    let mut names = vec![thing.clone()];
    // `doctor_name` says what it is about as well as any description.
    let stems = tools.iter().flat_map(|tool| &tool.returns.fields).filter(|leaf| leaf.phrase.headline).filter_map(|leaf| {
        let words = english::words_of_identifier(&leaf.name);
        words.split_last().filter(|(last, stem)| **last == "name" && stem.len() == 1).map(|(_, stem)| stem[0].clone())
    });
    for stem in stems.take(1) {
        if is_noun(&stem) && !names.contains(&stem) && stem != "airport" {
            names.push(stem);
        }
    }
    let finders: Vec<&&Tool> = tools.iter().filter(|tool| tool.phrase.class == ToolClass::Find).collect();
    if let [finder] = finders.as_slice() {
        let found = object_of(finder, &thing);
        let named = name_of(finder).map(|(_, object)| object).filter(|named| last_word(named) != last_word(&found)).unwrap_or_default();
        for name in [found, named] {
            // Another name of it, not a part of it.
            if !name.is_empty() && !names.contains(&name) && !english::is_mass(&name) && !english::is_mass(&thing) && is_noun(&name) {
                names.push(name);
            }
        }
    } else if let [first, rest @ ..] = finders.as_slice() {
        // One-way flights and round-trip flights are flights.
        let head = last_word(&object_of(first, &thing)).to_owned();
        if rest.iter().all(|other| last_word(&object_of(other, &thing)) == head) {
            names = vec![head];
        }
    }
    if names.iter().any(|name| is_noun(name)) {
        names.retain(|name| is_noun(name));
    }
    let head = names[0].rsplit(' ').next().unwrap_or_default().to_owned();
    let mut service = Service {
        things: names.iter().map(|name| Thing { one: lexicon.phrase(name), many: lexicon.phrase(&many(name)) }).collect(),
        mass: english::is_mass(&thing),
        person: ["ist", "or", "er"].iter().any(|end| head.ends_with(end))
            && !["river", "tower", "center", "order", "floor", "computer", "dinner", "theater"].contains(&head.as_str()),
        ..Service::default()
    };
    let leaves = tools.iter().flat_map(|tool| tool.parameters.iter().chain(&tool.returns.fields));
    for leaf in leaves {
        if !service.slots.contains_key(&leaf.name) {
            let words = slot_words(leaf, &thing);
            service.slots.insert(leaf.name.clone(), slot_syms(&words, lexicon));
        }
    }
    for tool in tools {
        let mut syms = tool_syms(tool, &thing, lexicon);
        if finders.len() > 1 && tool.phrase.class == ToolClass::Find {
            let object = object_of(tool, &thing);
            syms.things = vec![Thing { one: lexicon.phrase(&object), many: lexicon.phrase(&many(&object)) }];
        }
        service.tools.insert(tool.name.clone(), syms);
    }
    service
}

fn slot_syms(words: &SlotWords, lexicon: &mut Lexicon) -> SlotSyms {
    let kind = KINDS.iter().position(|kind| *kind == words.kind).unwrap_or(0) as u8;
    let mut flags = 0;
    if english::is_plural(&words.noun) {
        flags |= flags::of("plural");
    }
    if words.counted.as_ref().is_some_and(|(one, _)| one == "ticket") {
        flags |= flags::of("tickets");
    }
    if words.noun.split(' ').count() == 1 {
        flags |= flags::of("short");
    }
    if !words.unit.is_empty() {
        flags |= flags::of("unit");
    }
    SlotSyms {
        kind,
        flags,
        head: last_word(&words.noun).to_owned(),
        head_word: lexicon.phrase(last_word(&words.noun)),
        noun: lexicon.phrase(&words.noun),
        nouns: lexicon.phrase(&english::plural(&words.noun)),
        counted: words.counted.as_ref().map(|(one, many)| Counted { one: lexicon.phrase(one), many: lexicon.phrase(many) }),
        feature: lexicon.phrase(&words.feature),
        feature3: lexicon.phrase(&words.feature3),
        prep: lexicon.phrase(words.prep.as_deref().unwrap_or("for")),
        unit: lexicon.phrase(&words.unit),
        go: words.going.map(|(go, _)| lexicon.phrase(go)).unwrap_or_default(),
        going: words.going.map(|(_, going)| lexicon.phrase(going)).unwrap_or_default(),
    }
}

/// Words for a slot that no tool of the service lists, from its name alone.
pub(super) fn unlisted(name: &str, lexicon: &mut Lexicon) -> SlotSyms {
    let leaf = Leaf {
        pointer: format!("/{name}"),
        name: name.to_owned(),
        schema: serde_json::json!({"type": "string"}),
        description: String::new(),
        required: false,
        sem: SemType::Category,
        entity: None,
        phrase: LeafPhrase { noun: english::phrase_of_identifier(name), ..LeafPhrase::default() },
    };
    slot_syms(&slot_words(&leaf, ""), lexicon)
}

/// What the service is about: what its finder finds; else what its naming field names.
fn thing(tools: &[&Tool]) -> String {
    let named = tools.iter().flat_map(|tool| &tool.returns.fields).filter(|leaf| leaf.phrase.headline).find_map(|leaf| {
        let about = leaf.description.to_lowercase();
        let (_, tail) =
            about.split_once("name of ").or_else(|| about.split_once("title for ")).or_else(|| about.split_once("title of "))?;
        let tail = ["the ", "an ", "a "].iter().find_map(|article| tail.strip_prefix(article)).unwrap_or(tail);
        let words: Vec<&str> = tail.split(|c: char| !c.is_alphanumeric() && c != '-').take_while(|word| !word.is_empty()).collect();
        let stop = words
            .iter()
            .position(|word| ["in", "on", "for", "to", "of", "that", "where", "which", "starring"].contains(word))
            .unwrap_or(words.len());
        ((1..=2).contains(&stop)).then(|| words[..stop].join(" "))
    });
    let found = tools.iter().find(|tool| tool.phrase.class == ToolClass::Find && !tool.phrase.object.is_empty());
    let any = tools.iter().find(|tool| !tool.phrase.object.is_empty());
    match (named, found) {
        (Some(named), Some(found)) if named.ends_with("user") || named.contains("airport") => clean(&found.phrase.object),
        (Some(named), Some(_)) => named,
        (_, Some(found)) => clean(&found.phrase.object),
        (Some(named), None) => named,
        (None, None) => any.map_or_else(|| "thing".into(), |tool| clean(&tool.phrase.object)),
    }
}

/// A noun phrase without words that only a specification says.
fn clean(object: &str) -> String {
    const NOISE: &[&str] = &["user", "users", "location", "selected", "given", "certain", "specific", "desired", "particular"];
    let words: Vec<&str> = object.split(' ').filter(|word| !NOISE.contains(word)).collect();
    if words.is_empty() { object.to_owned() } else { words.join(" ") }
}

fn last_word(noun: &str) -> &str {
    noun.rsplit(' ').next().unwrap_or(noun)
}

fn many(noun: &str) -> String {
    if english::is_mass(noun) { noun.to_owned() } else { english::plural(noun) }
}

/// Names such as "Provider" or "Conditions" say nothing to a person.
fn is_noun(name: &str) -> bool {
    const EMPTY: &[&str] =
        &["provider", "result", "data", "info", "information", "list", "detail", "available", "item", "entry", "service"];
    !name.split(' ').any(|word| EMPTY.contains(&word))
}

/// The object of a tool in the singular.
fn object_of(tool: &Tool, thing: &str) -> String {
    let object = clean(&tool.phrase.object);
    if object.is_empty() {
        return thing.to_owned();
    }
    // A finder of "alarms" finds alarms.
    if tool.phrase.class == ToolClass::Find && english::is_plural(&object) { english::singular(&object) } else { object }
}

/// Verb and object as the tool's name has them: `BookAppointment`.
fn name_of(tool: &Tool) -> Option<(&'static str, String)> {
    let words = english::words_of_identifier(&tool.name);
    let (verb, object) = words.split_first()?;
    let lemma = english::lemma_of_verb(&verb.to_lowercase()).filter(|lemma| *lemma == verb.to_lowercase())?;
    let object = object.join(" ").to_lowercase();
    let object = object.trim_end_matches(" available");
    if object.is_empty() || object.contains(char::is_numeric) {
        return None;
    }
    Some((lemma, if english::is_plural(object) { english::singular(object) } else { object.to_owned() }))
}

fn tool_syms(tool: &Tool, thing: &str, lexicon: &mut Lexicon) -> ToolSyms {
    let phrase = &tool.phrase;
    let class = match phrase.class {
        ToolClass::Find => flags::of("find"),
        ToolClass::Lookup | ToolClass::Compute => flags::of("lookup"),
        _ => flags::of("do"),
    };
    let object = object_of(tool, thing);
    let countable = phrase.countable || phrase.object.is_empty();
    let mut deeds = vec![deed(&phrase.verb, phrase.particle.as_deref(), &object, countable, class, lexicon)];
    if let Some((verb, named)) = name_of(tool).filter(|(_, named)| is_noun(named)) {
        let deed_of = phrase.class != ToolClass::Find && phrase.class != ToolClass::Lookup;
        if deed_of && (verb != phrase.verb || named != object) && !english::is_mass(&object) {
            deeds.push(deed(verb, None, &named, true, class, lexicon));
        }
    }
    // To reserve something is to make a reservation.
    let noun = match phrase.verb.as_str() {
        "reserve" => Some("reservation"),
        "book" => Some("booking"),
        _ => None,
    };
    if let Some(noun) = noun {
        deeds.push(deed("make", None, noun, true, class, lexicon));
        if object.split(' ').count() == 1 {
            deeds.push(deed("make", None, &format!("{object} {noun}"), true, class, lexicon));
        }
    }
    ToolSyms { deeds, things: Vec::new() }
}

fn deed(verb: &str, particle: Option<&str>, object: &str, countable: bool, class: u64, lexicon: &mut Lexicon) -> Deed {
    let mut flags = class;
    let mass = !countable || english::is_mass(object);
    if mass {
        flags |= flags::of("mass");
    }
    if particle.is_some() {
        flags |= flags::of("haspart");
    }
    // "Make it" and "do it" ask for the noun of what is made.
    let light = matches!(verb, "make" | "do" | "get" | "schedule" | "set" | "add");
    if light {
        flags |= flags::of("light");
    }
    let mut verbs = vec![lexicon.phrase(verb)];
    verbs.extend(verb_synonyms(verb).iter().filter(|own| !own.contains(' ') && verb != "make").map(|verb| lexicon.phrase(verb)));
    Deed {
        verbs,
        part: lexicon.phrase(particle.unwrap_or_default()),
        past: lexicon.phrase(&english::participle(verb)),
        gerund: lexicon.phrase(&english::gerund(verb)),
        object: lexicon.phrase(object),
        objects: lexicon.phrase(&if mass { object.to_owned() } else { english::plural(object) }),
        flags,
    }
}
