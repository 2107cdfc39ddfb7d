//! Lists in results: how long they are, which known things are in them, and that no two items are alike.

use super::answer::{Answer, Place};
use super::arguments::Argument;
use super::entity::{Entity, Key, id_text};
use super::maker::Maker;
use super::recipe::{Field, Grain, List, Shape};
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
    pub(super) values: FxHashSet<String>,
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
    /// A list of a result. `inside` tells that the object that it is in is an item of another list.
    pub(super) fn list(&mut self, list: &List, subject: Option<Key>, map: Option<&Map<String, Value>>, inside: bool) -> Option<Value> {
        match list.item.as_ref() {
            Shape::Leaf(grain) => self.scalars(list, grain, subject),
            Shape::Object(_) | Shape::List(_) | Shape::Fixed(_) => self.items(list, subject, map, inside),
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
        if list.pointer.matches('*').count() > 2 {
            return (list.least, list.least);
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
            let known =
                subject.as_ref().and_then(|key| self.world.entities.get(key)).and_then(|entity| entity.attributes.get(&list.attribute));
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
            if !items.contains(&value) || (!list.unique && !matches!(grain.maker, Maker::Choice(_)) && domain.is_none() && !grain.is_text())
            {
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

    fn items(&mut self, list: &List, subject: Option<Key>, map: Option<&Map<String, Value>>, inside: bool) -> Option<Value> {
        let twins = self.twins(list);
        let (least, most) = self.size(list, self.apart(list));
        let mut known = if twins.is_some() || self.plain { Vec::new() } else { self.known(list, subject.as_ref(), inside) };
        let whole = inside && known.len() >= least && !known.is_empty();
        known.truncate(most);
        let count = match &twins {
            Some(twins) => twins.len(),
            None if whole => known.len(),
            None => self.count(least, most).max(known.len().min(most)),
        };
        let mut items: Vec<Value> = Vec::with_capacity(count);
        let mut seen = Seen::default();
        let mut known = known.into_iter();
        for index in 0..count {
            let twin = twins.as_ref().and_then(|twins| twins[index].as_object());
            let before = items.last().and_then(Value::as_object);
            let series = list.series.then_some((count, before));
            let place = Place { in_list: true, seen: Some(&mut seen), twin, above: map, series, ..Place::default() };
            let item = self.item(list, known.next(), place, subject.as_ref(), map)?;
            items.push(item);
        }
        if !self.plain {
            self.sort(list, &mut items);
            self.keep(list, subject.as_ref(), &items);
        }
        Some(Value::Array(items))
    }

    fn item(
        &mut self,
        list: &List,
        id: Option<Value>,
        mut place: Place,
        subject: Option<&Key>,
        map: Option<&Map<String, Value>>,
    ) -> Option<Value> {
        let fields = match list.item.as_ref() {
            Shape::Object(fields) => fields,
            Shape::List(inner) => return self.list(inner, subject.cloned(), map, true),
            Shape::Fixed(value) => return Some(value.clone()),
            Shape::Leaf(_) => return None,
        };
        if let Some(at) = list.id
            && let Shape::Leaf(grain) = &fields[at].shape
        {
            let given = place.twin.and_then(|twin| twin.get(&grain.name)).filter(|value| grain.admits(value));
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

    /// Remembers which things were listed with the thing that the list belongs to.
    fn keep(&mut self, list: &List, subject: Option<&Key>, items: &[Value]) {
        let Some(name) = id_name(list) else { return };
        let ids: Vec<Value> = items.iter().filter_map(|item| item.get(name).cloned()).collect();
        if let Some(entity) = subject.and_then(|key| self.world.entities.get_mut(key)) {
            let kept = entity.lists.entry(list.attribute.clone()).or_default();
            kept.extend(ids.into_iter().filter(|id| !kept.contains(id)).collect::<Vec<_>>());
        }
    }

    /// How many items can be told apart: as many as the naming field has values, or one when all are named alike.
    fn apart(&self, list: &List) -> Option<usize> {
        let Shape::Object(fields) = list.item.as_ref() else {
            return None;
        };
        let sizes = fields.iter().filter_map(|field| match &field.shape {
            Shape::Leaf(grain) if grain.headline => match &grain.maker {
                Maker::Choice(_) if self.arguments.echo(grain).is_some() => Some(1),
                Maker::Choice(values) => Some(values.len()),
                Maker::Examples { values, .. } => Some(values.len()),
                _ => None,
            },
            _ => None,
        });
        sizes.min()
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

    /// Things that belong into this list: listed with the same thing before, made in this dialogue, or shown by this tool before;
    /// and not against the arguments.
    fn known(&self, list: &List, subject: Option<&Key>, inside: bool) -> Vec<Value> {
        let Some(Shape::Leaf(grain)) = list.id.and_then(|at| match list.item.as_ref() {
            Shape::Object(fields) => fields.get(at).map(|field| &field.shape),
            _ => None,
        }) else {
            return Vec::new();
        };
        let stem = grain.stem.as_deref().unwrap_or_default();
        let fits = |key: &Key, entity: &Entity| {
            let named = self.arguments.keys().any(|named| named == key);
            !named && self.agrees(entity) && grain.admits(&entity.id) && self.passes_feed(&grain.pointer, &entity.id)
        };
        let kept = subject.and_then(|key| self.world.entities.get(key)).and_then(|entity| entity.lists.get(&list.attribute));
        if let Some(kept) = kept {
            let known = |id: &&Value| {
                let key = (stem.to_owned(), id_text(id));
                self.world.entities.get(&key).is_some_and(|entity| fits(&key, entity))
            };
            return kept.iter().filter(known).cloned().collect();
        }
        if inside {
            return Vec::new();
        }
        let here = |key: &Key, entity: &Entity| {
            key.0 == stem && entity.domain == self.tool.domain && (entity.created || entity.found_by == self.tool.name)
        };
        let all = self.world.entities.iter().filter(|(key, entity)| here(key, entity) && fits(key, entity));
        all.map(|(_, entity)| entity.id.clone()).collect()
    }

    /// Whether nothing that is known of the thing is against the arguments.
    fn agrees(&self, entity: &Entity) -> bool {
        let of_state = |argument: &&Argument| argument.words.iter().any(|word| matches!(word.as_str(), "status" | "state"));
        let state = self.arguments.all.iter().find(of_state).and_then(|argument| argument.value.as_str());
        let over = state.is_some_and(|state| OVER.iter().any(|word| state.contains(word)));
        if entity.gone != over && (entity.gone || entity.created) {
            return false;
        }
        let has =
            |argument: &Argument| entity.attributes.get(&argument.attribute).or_else(|| entity.found.get(&argument.attribute)).cloned();
        self.arguments.all.iter().all(|argument| has(argument).is_none_or(|has| has == argument.value || of_state(&argument)))
    }

    /// Sorts by what an argument names, else by time when items have one.
    fn sort(&self, list: &List, items: &mut [Value]) {
        let Shape::Object(fields) = list.item.as_ref() else {
            return;
        };
        let asked = self
            .arguments
            .all
            .iter()
            .find(|argument| argument.words.first().is_some_and(|word| matches!(word.as_str(), "sort" | "order" | "sorted")));
        let wanted: Vec<String> = asked.and_then(|argument| argument.value.as_str()).map(words_of_identifier).unwrap_or_default();
        let by_argument = fields.iter().find(|field| {
            let words = words_of_identifier(&field.name);
            wanted.iter().any(|word| words.contains(word))
        });
        let timed = || {
            fields.iter().find(|field| {
                let Shape::Leaf(grain) = &field.shape else { return false };
                let moment = matches!(grain.sem, SemType::Date | SemType::Datetime | SemType::Time);
                moment
                    && words_of_identifier(&field.name)
                        .iter()
                        .any(|word| matches!(word.as_str(), "date" | "start" | "departure" | "time" | "hour"))
            })
        };
        let newest = list.description.contains("newest first")
            || self.arguments.all.iter().any(|argument| argument.description.contains("newest first"));
        let dated = || {
            let year =
                |field: &&Field| field.name.contains("year") || matches!(&field.shape, Shape::Leaf(grain) if grain.sem == SemType::Date);
            fields.iter().find(year).filter(|_| newest)
        };
        let Some(field) = by_argument.or_else(dated).or_else(timed) else {
            return;
        };
        let falling = newest
            || by_argument.is_some()
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

/// The name of the field that identifies an item.
fn id_name(list: &List) -> Option<&str> {
    match list.item.as_ref() {
        Shape::Object(fields) => list.id.and_then(|at| fields.get(at)).map(|field| field.name.as_str()),
        _ => None,
    }
}

/// States of things that are no more.
const OVER: &[&str] = &["cancel", "delete", "remove", "expired", "closed", "past", "archived", "inactive"];
