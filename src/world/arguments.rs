//! The arguments of a call, seen as what a result may repeat.

use super::entity::{Entities, Key, id_text};
use super::recipe::{Grain, Recipe};
use crate::catalog::infer::spelt_out;
use crate::dialogue::pattern;
use crate::value::SemType;
use crate::value::english::words_of_identifier;
use serde_json::{Map, Value};

/// One argument: a scalar, or a whole list of scalars.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) words: Vec<String>,
    /// The name without what does not belong to the thing: `new_`, `updated_`.
    pub(super) attribute: String,
    pub(super) sem: SemType,
    pub(super) value: Value,
    /// Pattern pointer into the arguments.
    pub(super) pointer: String,
    /// It belongs to an element of a list of objects.
    pub(super) in_list: bool,
    /// The thing that it identifies.
    pub(super) key: Option<Key>,
    pub(super) description: String,
}

#[derive(Debug, Default)]
pub(super) struct Arguments {
    pub(super) all: Vec<Argument>,
    /// Defaults of parameters that were left out.
    pub(super) implied: Vec<Argument>,
    pub(super) map: Map<String, Value>,
}

impl Arguments {
    pub(super) fn new(recipe: &Recipe, arguments: &Value) -> Self {
        let mut all = Vec::new();
        collect(recipe, arguments, &mut String::new(), &mut all);
        let left_out = recipe.defaults.iter().filter(|(name, _)| arguments.get(name).is_none());
        let implied = left_out.map(|(name, value)| {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            Argument::new(recipe.arguments.get(&pointer), name, &pointer, value)
        });
        Arguments { all, implied: implied.collect(), map: arguments.as_object().cloned().unwrap_or_default() }
    }

    /// With things called as the world knows them.
    pub(super) fn known_to(mut self, entities: &Entities) -> Self {
        for argument in &mut self.all {
            argument.key = argument.key.take().map(|key| entities.known_as(key));
        }
        self
    }

    /// The things that the call names, in the order of its arguments.
    pub(super) fn keys(&self) -> impl DoubleEndedIterator<Item = &Key> {
        self.all.iter().filter_map(|argument| argument.key.as_ref())
    }

    /// What was given and what its absence means.
    pub(super) fn meant(&self) -> impl Iterator<Item = &Argument> {
        self.all.iter().chain(&self.implied)
    }

    /// The argument that a result field of this name repeats.
    pub(super) fn echo(&self, grain: &Grain) -> Option<&Argument> {
        self.meant().find(|argument| argument.attribute == grain.attribute && akin(argument.sem, grain.sem))
    }

    pub(super) fn list(&self, name: &str) -> Option<&Argument> {
        let attribute = attribute(&words_of_identifier(name));
        self.all.iter().find(|argument| argument.value.is_array() && argument.attribute == attribute)
    }
}

fn collect(recipe: &Recipe, value: &Value, at: &mut String, out: &mut Vec<Argument>) {
    let name = || at.rsplit('/').find(|part| part.bytes().any(|b| !b.is_ascii_digit())).unwrap_or_default().to_owned();
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let here = at.len();
                at.push('/');
                at.push_str(&key.replace('~', "~0").replace('/', "~1"));
                collect(recipe, inner, at, out);
                at.truncate(here);
            }
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            out.push(Argument::new(None, &name(), at, value));
            for (index, inner) in items.iter().enumerate() {
                let here = at.len();
                at.push_str(&format!("/{index}"));
                collect(recipe, inner, at, out);
                at.truncate(here);
            }
        }
        Value::Array(_) => out.push(Argument::new(recipe.arguments.get(&format!("{}/*", pattern(at))), &name(), at, value)),
        scalar => out.push(Argument::new(recipe.arguments.get(&pattern(at)), &name(), at, scalar)),
    }
}

impl Argument {
    fn new(grain: Option<&Grain>, name: &str, at: &str, value: &Value) -> Self {
        let pointer = pattern(at);
        let words = words_of_identifier(name);
        let stem = grain.and_then(|grain| grain.stem.clone()).filter(|_| !value.is_array() && !value.is_null());
        Argument {
            attribute: attribute(&words),
            words,
            sem: grain.map_or(SemType::Text, |grain| grain.sem),
            key: stem.map(|stem| (stem, id_text(value))),
            value: value.clone(),
            in_list: pointer.contains("/*"),
            pointer,
            description: grain.map(|grain| grain.description.clone()).unwrap_or_default(),
        }
    }
}

impl Argument {
    /// Whether it is true or false, and says which items are wanted.
    pub(super) fn flag(&self) -> Option<bool> {
        let widens = ["include", "show", "with", "mark", "notify", "return"];
        self.value.as_bool().filter(|_| !self.words.first().is_some_and(|word| widens.contains(&word.as_str())))
    }

    /// It says in which order things come or how many of them, not which.
    pub(super) fn is_layout(&self) -> bool {
        let first = self.words.first().map(String::as_str).unwrap_or_default();
        let order = matches!(first, "sort" | "sorted" | "sorting" | "ordering")
            || first == "order" && (self.words.len() == 1 || matches!(self.words[1].as_str(), "by" | "direction"));
        let page = self.words.iter().any(|word| matches!(word.as_str(), "limit" | "page" | "offset" | "cursor" | "top"));
        let size = matches!(first, "max" | "maximum" | "num" | "number" | "count") && self.description.contains("how many");
        self.key.is_none() && (order || page || size)
    }

    /// Its name as an attribute of a thing of this kind: `playlist_name` is the playlist's `name`.
    pub(super) fn attribute_of(&self, kind: &str) -> String {
        attribute_of(&self.words, kind)
    }
}

/// A name as an attribute of a thing of this kind.
pub(super) fn attribute_of(words: &[String], kind: &str) -> String {
    let size = kind.split(' ').count();
    let starts = words.len() > size && kind.split(' ').zip(words).all(|(kind, word)| kind == word);
    let id = words.last().is_some_and(|word| word == "id");
    attribute(if starts && !id { &words[size..] } else { words })
}

/// A name as an attribute: words that only say whose or which version it is are left out.
pub(super) fn attribute(words: &[String]) -> String {
    let noise = ["new", "updated", "average", "avg", "overall", "current", "full", "requested", "given"];
    let words = || words.iter().map(|word| spelt_out(word));
    let kept: Vec<&str> = words().filter(|word| !noise.contains(word)).collect();
    let kept = if kept.is_empty() { words().collect() } else { kept };
    if kept == ["title"] { "name".to_owned() } else { kept.join(" ") }
}

/// Whether a value of one type can stand for the other.
fn akin(a: SemType, b: SemType) -> bool {
    use SemType::{Id, Text, Title};
    let words = |sem| !matches!(sem, Id);
    a == b || (words(a) && words(b)) || matches!((a, b), (Id, Text | Title) | (Text | Title, Id))
}
