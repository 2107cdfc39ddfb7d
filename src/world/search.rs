//! Finding by name: the items of a search are called what was searched for.

use super::World;
use super::answer::{Answer, Place};
use super::maker::Maker;
use super::recipe::Grain;
use crate::value::SemType;
use serde_json::Value;

const SEARCH: &[&str] = &["query", "keyword", "keywords", "search", "q", "term", "name"];

impl Answer<'_> {
    /// A name that answers the search, when the field is the one that is searched.
    pub(super) fn searched(&mut self, grain: &Grain, place: &Place) -> Option<Value> {
        let person = matches!(grain.maker, Maker::Person);
        if !(grain.headline || person) || !grain.is_named() {
            return None;
        }
        let argument = self.arguments.all.iter().find(|argument| {
            let by_word = argument.words.iter().any(|word| SEARCH.contains(&word.as_str()));
            by_word && argument.key.is_none() && argument.value.is_string() && (argument.sem == SemType::Query || argument.sem == grain.sem)
        })?;
        let wanted = argument.value.as_str()?.to_owned();
        for _ in 0..12 {
            let name = if person { self.world.namesake(&wanted, place.seen.as_deref().is_some_and(|seen| seen.is_new(grain, &Value::from(wanted.clone())))) } else { self.world.titled(&wanted)? };
            let value = Value::String(name);
            if grain.admits(&value) && place.seen.as_deref().is_none_or(|seen| seen.is_new(grain, &value)) {
                return Some(value);
            }
        }
        None
    }
}

impl World {
    /// A person who is found under `name`: a bearer of the first name, of the surname, or of both.
    fn namesake(&mut self, name: &str, first: bool) -> String {
        match name.split_once(' ') {
            Some(_) if first => name.to_owned(),
            Some((given, surname)) => {
                let template = if self.spread.next("namesake", 2) == 0 { format!("{given} {{person.last}}") } else { format!("{{person.first}} {surname}") };
                self.expand(&template, 0)
            }
            None => {
                let surnames = super::pools::POOLS.get("person.last");
                let template = if surnames.contains(&name) { format!("{{person.first}} {name}") } else { format!("{name} {{person.last}}") };
                self.expand(&template, 0)
            }
        }
    }

    /// The name of a thing that has to do with `wanted`.
    fn titled(&mut self, wanted: &str) -> Option<String> {
        let template = self.entry("about")?;
        let mut subject = wanted.trim().to_owned();
        if let Some(bare) = subject.strip_prefix("the ") {
            subject = bare.to_owned();
        }
        let mut title = template.replace('~', &subject);
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Some(title)
    }
}

impl Grain {
    fn is_named(&self) -> bool {
        matches!(self.maker, Maker::Person | Maker::Pool { .. })
    }
}
