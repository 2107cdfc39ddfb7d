//! The arguments of a call, seen as what a result may repeat.

use super::entity::{Key, id_text};
use super::recipe::{Grain, Recipe};
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
    /// The thing that it identifies.
    pub(super) key: Option<Key>,
    pub(super) description: String,
}

#[derive(Debug, Default)]
pub(super) struct Arguments {
    pub(super) all: Vec<Argument>,
    pub(super) map: Map<String, Value>,
}

impl Arguments {
    pub(super) fn new(recipe: &Recipe, arguments: &Value) -> Self {
        let mut all = Vec::new();
        collect(recipe, arguments, &mut String::new(), &mut all);
        Arguments { all, map: arguments.as_object().cloned().unwrap_or_default() }
    }

    /// The things that the call names, in the order of its arguments.
    pub(super) fn keys(&self) -> impl DoubleEndedIterator<Item = &Key> {
        self.all.iter().filter_map(|argument| argument.key.as_ref())
    }

    /// The argument that a result field of this name repeats.
    pub(super) fn echo(&self, grain: &Grain) -> Option<&Argument> {
        self.all.iter().find(|argument| argument.attribute == grain.attribute && akin(argument.sem, grain.sem))
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
            out.push(Argument::new(None, &name(), value));
            for (index, inner) in items.iter().enumerate() {
                let here = at.len();
                at.push_str(&format!("/{index}"));
                collect(recipe, inner, at, out);
                at.truncate(here);
            }
        }
        Value::Array(_) => out.push(Argument::new(recipe.arguments.get(&format!("{}/*", pattern(at))), &name(), value)),
        scalar => out.push(Argument::new(recipe.arguments.get(&pattern(at)), &name(), scalar)),
    }
}

impl Argument {
    fn new(grain: Option<&Grain>, name: &str, value: &Value) -> Self {
        let words = words_of_identifier(name);
        let stem = grain.and_then(|grain| grain.stem.clone()).filter(|_| !value.is_array() && !value.is_null());
        Argument {
            attribute: attribute(&words),
            words,
            sem: grain.map_or(SemType::Text, |grain| grain.sem),
            key: stem.map(|stem| (stem, id_text(value))),
            value: value.clone(),
            description: grain.map(|grain| grain.description.clone()).unwrap_or_default(),
        }
    }
}

/// A name as an attribute: words that only say whose or which version it is are left out.
pub(super) fn attribute(words: &[String]) -> String {
    let noise = ["new", "updated", "average", "avg", "overall", "current", "full", "requested", "given"];
    let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !noise.contains(word)).collect();
    let kept = if kept.is_empty() { words.iter().map(String::as_str).collect() } else { kept };
    if kept == ["title"] { "name".to_owned() } else { kept.join(" ") }
}

/// Whether a value of one type can stand for the other.
fn akin(a: SemType, b: SemType) -> bool {
    use SemType::{Id, Text, Title};
    let words = |sem| !matches!(sem, Id);
    a == b || (words(a) && words(b)) || matches!((a, b), (Id, Text | Title) | (Text | Title, Id))
}
