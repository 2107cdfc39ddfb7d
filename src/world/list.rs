//! Lists in results: how long they are, which known things are in them, and that no two items are alike.

use super::answer::{Answer, Place};
use super::entity::{Key, id_text};
use super::maker::Maker;
use super::recipe::{Grain, List, Shape};
use crate::value::SemType;
use crate::value::english::words_of_identifier;
use rand::RngExt;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value};

/// Longest list when the schema sets no limit.
const USUAL: usize = 4;

/// What the items of one list already have.
#[derive(Debug, Default)]
pub(super) struct Seen {
    values: FxHashSet<String>,
}

impl Seen {
    /// Whether an item may have this value: naming fields and free words differ from item to item.
    pub(super) fn is_new(&self, grain: &Grain, value: &Value) -> bool {
        !distinct(grain) || !self.values.contains(&key(grain, value))
    }

    pub(super) fn add(&mut self, grain: &Grain, value: &Value) {
        self.values.insert(key(grain, value));
    }
}

fn key(grain: &Grain, value: &Value) -> String {
    format!("{}\u{1f}{value}", grain.pointer)
}

fn distinct(grain: &Grain) -> bool {
    use SemType::{Address, Code, Email, Id, Phone, Place, Text, Title, Url};
    grain.headline
        || grain.stem.is_some()
        || matches!(grain.maker, Maker::Person | Maker::Moment(_))
        || (grain.is_text() && matches!(grain.sem, Address | Code | Email | Id | Phone | Place | Text | Title | Url))
}

/// Names of arguments that limit how many items come back.
const LIMITS: &[&str] = &["limit", "count", "max", "maximum", "top", "size", "results", "number", "k", "n", "shown"];

impl Answer<'_> {
    pub(super) fn list(&mut self, list: &List, subject: Option<Key>, map: Option<&Map<String, Value>>) -> Option<Value> {
        let main = subject_free(list);
        match list.item.as_ref() {
            Shape::Leaf(grain) => self.scalars(list, grain, subject),
            Shape::Object(_) | Shape::List(_) | Shape::Fixed(_) => self.items(list, subject, map, main),
        }
    }

    /// How many items, at least and at most.
    fn size(&self, list: &List, domain: Option<usize>) -> (usize, usize) {
        let demanded = self.demand.lists.iter().find(|(pointer, _)| pointer.trim_end_matches("/*") == list.pointer).map(|(_, range)| range);
        let empty = self.demand.empty && !list.pointer[1.min(list.pointer.len())..].contains('/');
        if let Some(range) = demanded {
            return (*range.start().max(&list.least), *range.end().min(&list.most.unwrap_or(usize::MAX)).max(&list.least));
        }
        if empty {
            return (0, 0);
        }
        let least = list.least.max(usize::from(list.id.is_some() || domain.is_some()));
        let mut most = list.most.unwrap_or(least.max(USUAL));
        if let Some(limit) = self.limit(list) {
            most = most.min(limit);
        }
        if let Some(domain) = domain {
            most = most.min(domain);
        }
        // Where there is room, there are several things to choose from.
        let usual = if list.id.is_some() { 2.max(least) } else { least };
        (usual.min(most).max(list.least), most.max(list.least).min(usual.max(list.least) + 5))
    }

    /// The number of items that an argument asks for.
    fn limit(&self, list: &List) -> Option<usize> {
        let about_list = |words: &[String]| {
            let is_limit = words.iter().any(|word| LIMITS.contains(&word.as_str()));
            let rest_fits = words.iter().all(|word| {
                LIMITS.contains(&word.as_str())
                    || matches!(word.as_str(), "of" | "per" | "page" | "items" | "to" | "return")
                    || list.words.iter().any(|have| crate::value::english::singular(word) == *have)
            });
            is_limit && rest_fits
        };
        let argument = self.arguments.all.iter().find(|argument| argument.value.is_u64() && about_list(&argument.words))?;
        argument.value.as_u64().filter(|limit| *limit > 0).map(|limit| limit.min(1000) as usize)
    }

    fn scalars(&mut self, list: &List, grain: &Grain, subject: Option<Key>) -> Option<Value> {
        if !self.plain {
            if let Some(argument) = self.arguments.list(&list.attribute)
                && let Some(items) = argument.value.as_array()
                && items.len() >= list.least
                && list.most.is_none_or(|most| items.len() <= most)
                && items.iter().all(|item| grain.admits(item))
            {
                return Some(argument.value.clone());
            }
            let known = subject.as_ref().and_then(|key| self.world.entities.get(key)).and_then(|entity| entity.attributes.get(&list.attribute));
            if let Some(known) = known {
                return Some(known.clone());
            }
        }
        let domain = match &grain.maker {
            Maker::Choice(values) => Some(values.len()),
            Maker::Fixed(_) | Maker::Bool if list.unique => Some(1),
            _ => None,
        };
        let (least, most) = self.size(list, domain);
        let count = self.count(least.max(1).min(most), most.min(least.max(3)));
        let mut items: Vec<Value> = Vec::new();
        let mut seen = Seen::default();
        for _ in 0..count * 6 {
            if items.len() == count {
                break;
            }
            let mut place = Place { in_list: true, seen: Some(&mut seen), ..Place::default() };
            let value = self.leaf(grain, &mut place, &Map::new())?;
            if !items.contains(&value) || (!list.unique && !matches!(grain.maker, Maker::Choice(_)) && domain.is_none() && !grain.is_text()) {
                items.push(value);
            }
        }
        if items.len() < list.least {
            self.stuck = Some(list.pointer.clone());
            return None;
        }
        let value = Value::Array(items);
        if let Some(entity) = subject.filter(|_| !self.plain).and_then(|key| self.world.entities.get_mut(&key)) {
            entity.attributes.insert(list.attribute.clone(), value.clone());
        }
        Some(value)
    }

    fn count(&mut self, least: usize, most: usize) -> usize {
        if least >= most { least } else { self.world.rng.random_range(least..=most) }
    }

    fn items(&mut self, list: &List, subject: Option<Key>, map: Option<&Map<String, Value>>, main: bool) -> Option<Value> {
        let twins = self.twins(list);
        let count = match &twins {
            Some(twins) => twins.len(),
            None => {
                let (least, most) = self.size(list, headlines(list));
                self.count(least, most)
            }
        };
        let mut known = if main && twins.is_none() && !self.plain { self.known(list, count) } else { Vec::new() };
        let mut items = Vec::with_capacity(count);
        let mut seen = Seen::default();
        for index in 0..count {
            let twin = twins.as_ref().and_then(|twins| twins[index].as_object());
            let id = (!known.is_empty()).then(|| known.remove(0));
            items.push(self.item(list, id, twin, &mut seen, subject.as_ref(), map)?);
        }
        if !self.plain {
            self.sort(list, &mut items);
        }
        Some(Value::Array(items))
    }

    fn item(&mut self, list: &List, id: Option<Value>, twin: Option<&Map<String, Value>>, seen: &mut Seen, subject: Option<&Key>, map: Option<&Map<String, Value>>) -> Option<Value> {
        let fields = match list.item.as_ref() {
            Shape::Object(fields) => fields,
            Shape::List(inner) => return self.list(inner, subject.cloned(), map),
            Shape::Fixed(value) => return Some(value.clone()),
            Shape::Leaf(_) => return None,
        };
        let mut place = Place { in_list: true, seen: Some(seen), twin, above: map, ..Place::default() };
        if let Some(at) = list.id
            && let Shape::Leaf(grain) = &fields[at].shape
        {
            let given = twin.and_then(|twin| twin.get(&grain.name)).filter(|value| grain.admits(value));
            let value = match given.cloned().or(id) {
                Some(value) => value,
                None => self.new_id(grain)?,
            };
            let key = (grain.stem.clone().unwrap_or_default(), id_text(&value));
            self.enter(&key, &value, false);
            place.id = Some((at, value));
            place.subject = Some(key);
        }
        self.object(fields, place).map(Value::Object)
    }

    /// The elements of the argument list that this list answers one by one.
    fn twins(&self, list: &List) -> Option<Vec<Value>> {
        if self.plain {
            return None;
        }
        let argument = self.arguments.list(list.pointer.rsplit('/').next()?)?;
        let elements = argument.value.as_array()?;
        let fits = elements.len() >= list.least && list.most.is_none_or(|most| elements.len() <= most);
        (fits && elements.first().is_some_and(Value::is_object)).then(|| elements.clone())
    }

    /// Things that belong into this list: made in this dialogue, or shown by this tool before, and not against the arguments.
    fn known(&self, list: &List, count: usize) -> Vec<Value> {
        let Some(Shape::Leaf(grain)) = list.id.and_then(|at| match list.item.as_ref() {
            Shape::Object(fields) => fields.get(at).map(|field| &field.shape),
            _ => None,
        }) else {
            return Vec::new();
        };
        let stem = grain.stem.as_deref().unwrap_or_default();
        let fits = |key: &Key, entity: &super::entity::Entity| {
            let agrees = self.arguments.all.iter().all(|argument| {
                let has = entity.attributes.get(&argument.attribute).or_else(|| entity.found.get(&argument.attribute));
                has.is_none_or(|has| *has == argument.value)
            });
            let named = self.arguments.keys().any(|named| named == key);
            let here = entity.created || entity.found_by == self.tool.name;
            key.0 == stem && entity.domain == self.tool.domain && here && agrees && !entity.gone && !named && grain.admits(&entity.id)
        };
        let passes = |id: &Value| self.passes_feed(&grain.pointer, id);
        let all = self.world.entities.iter().filter(|(key, entity)| fits(key, entity)).map(|(_, entity)| entity.id.clone());
        all.filter(passes).take(count).collect()
    }

    /// Sorts by what an argument names, else by time when items have one.
    fn sort(&self, list: &List, items: &mut [Value]) {
        let Shape::Object(fields) = list.item.as_ref() else {
            return;
        };
        let asked = self.arguments.all.iter().find(|argument| argument.words.first().is_some_and(|word| matches!(word.as_str(), "sort" | "order" | "sorted")));
        let wanted: Vec<String> = asked.and_then(|argument| argument.value.as_str()).map(words_of_identifier).unwrap_or_default();
        let by_argument = fields.iter().find(|field| {
            let words = words_of_identifier(&field.name);
            wanted.iter().any(|word| words.contains(word))
        });
        let timed = || {
            fields.iter().find(|field| {
                let Shape::Leaf(grain) = &field.shape else { return false };
                let moment = matches!(grain.sem, SemType::Date | SemType::Datetime | SemType::Time);
                moment && words_of_identifier(&field.name).iter().any(|word| matches!(word.as_str(), "date" | "start" | "departure" | "time" | "hour"))
            })
        };
        let Some(field) = by_argument.or_else(timed) else {
            return;
        };
        let falling = by_argument.is_some()
            && (wanted.iter().any(|word| matches!(word.as_str(), "desc" | "descending" | "highest" | "newest" | "top"))
                || matches!(field.name.as_str(), name if name.contains("rating") || name.contains("popularity") || name.contains("score")));
        items.sort_by(|a, b| compare(&a[&field.name], &b[&field.name]));
        if falling {
            items.reverse();
        }
    }
}

fn compare(a: &Value, b: &Value) -> std::cmp::Ordering {
    match (a.as_f64(), b.as_f64(), a.as_str(), b.as_str()) {
        (Some(a), Some(b), ..) => a.total_cmp(&b),
        (.., Some(a), Some(b)) => a.cmp(b),
        _ => std::cmp::Ordering::Equal,
    }
}

/// Lists of things with identifiers of their own.
fn subject_free(list: &List) -> bool {
    list.id.is_some()
}

/// How many items can be told apart, when their naming field has few values.
fn headlines(list: &List) -> Option<usize> {
    let Shape::Object(fields) = list.item.as_ref() else {
        return None;
    };
    let sizes = fields.iter().filter_map(|field| match &field.shape {
        Shape::Leaf(grain) if grain.headline => match &grain.maker {
            Maker::Choice(values) => Some(values.len()),
            Maker::Examples { values, .. } => Some(values.len()),
            _ => None,
        },
        _ => None,
    });
    sizes.min()
}
