//! Finding by name: the items of a search are called what was searched for.

use super::World;
use super::answer::{Answer, Place};
use super::arguments::Argument;
use super::maker::Maker;
use super::pools::POOLS;
use super::recipe::Grain;
use crate::value::SemType;
use serde_json::Value;

const SEARCH: &[&str] = &["query", "keyword", "keywords", "search", "q", "term", "name", "title"];

/// How things are called that have to do with a search word (`~`), by the pool that names such things.
const ABOUT: &[(&str, &str)] = &[
    ("event title", "about event"),
    ("meeting", "about event"),
    ("task", "about task"),
    ("reminder", "about task"),
    ("document", "about document"),
    ("file name", "about file"),
    ("folder", "about folder"),
    ("subject", "about document"),
    ("issue", "about issue"),
    ("product", "about product"),
    ("recipe", "about recipe"),
    ("course", "about course"),
    ("book", "about course"),
    ("news headline", "about news"),
    ("public event", "about public event"),
    ("repository", "about repository"),
];

impl Answer<'_> {
    /// A name that answers the search, when the field is the one that is searched.
    pub(super) fn searched(&mut self, grain: &Grain, place: &Place) -> Option<Value> {
        let person = matches!(grain.maker, Maker::Person);
        if !(grain.headline || person) {
            return None;
        }
        let argument = self.arguments.all.iter().find(|argument| is_search(argument, grain))?;
        let wanted = argument.value.as_str()?;
        let is_new = |name: &str| {
            let value = Value::from(name);
            grain.admits(&value) && place.seen.as_deref().is_none_or(|seen| seen.is_new(grain, &value))
        };
        if argument.sem == grain.sem && is_new(wanted) && (!person || wanted.contains(' ')) {
            return Some(Value::from(wanted));
        }
        let template = match &grain.maker {
            Maker::Pool { pool } => ABOUT.iter().find(|(name, _)| name == pool).map(|(_, about)| *about),
            _ => None,
        };
        let wanted = wanted.to_owned();
        // Nobody is called "birthday".
        let known = |name: &str| ["person.first", "person.last"].iter().any(|pool| POOLS.get(pool).contains(&name));
        if person && argument.sem != SemType::Person && !wanted.split(' ').any(known) {
            return None;
        }
        let name = (0..12).find_map(|_| {
            let name = if person { self.world.namesake(&wanted) } else { self.world.titled(template?, &wanted)? };
            is_new(&name).then_some(name)
        });
        name.map(Value::String)
    }
}

/// Whether the argument is a search by words or by name, whatever the field.
pub(super) fn looks_for(argument: &Argument) -> bool {
    let by_word = argument.words.iter().any(|word| SEARCH.contains(&word.as_str()));
    let words = matches!(argument.sem, SemType::Query | SemType::Title | SemType::Person | SemType::Org | SemType::Place | SemType::Text);
    argument.key.is_none() && argument.value.is_string() && words && by_word
}

/// Whether the argument is what the user looks for by name, in this field.
fn is_search(argument: &Argument, grain: &Grain) -> bool {
    let by_word = argument.words.iter().any(|word| SEARCH.contains(&word.as_str()));
    let same = argument.attribute == grain.attribute;
    argument.key.is_none()
        && argument.value.is_string()
        && (same || by_word && (argument.sem == SemType::Query || argument.sem == grain.sem))
}

impl World {
    /// Somebody who is found under `name`: a bearer of the first name or of the surname.
    fn namesake(&mut self, name: &str) -> String {
        let by_given = self.spread.next("namesake", 2) == 0;
        let template = match name.split_once(' ') {
            Some((given, _)) if by_given => format!("{given} {{person.last}}"),
            Some((_, surname)) => format!("{{person.first}} {surname}"),
            None if POOLS.get("person.last").contains(&name) => format!("{{person.first}} {name}"),
            None => format!("{name} {{person.last}}"),
        };
        self.expand(&template, 0)
    }

    /// The name of a thing that has to do with `wanted`.
    fn titled(&mut self, pool: &str, wanted: &str) -> Option<String> {
        let template = self.entry(pool)?;
        let wanted = wanted.trim();
        // "Toasters under 100 dollars" are called toasters.
        let wanted = [" under ", " for "].iter().find_map(|mark| Some(wanted.split_once(mark)?.0)).unwrap_or(wanted);
        let subject = wanted.strip_prefix("the ").unwrap_or(wanted);
        let mut title = template.replace('~', subject);
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Some(title)
    }
}
