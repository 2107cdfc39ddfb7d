//! Lists in results: how long they are, which known things are in them, and that no two items are alike.

use super::answer::{Answer, Place};
use super::arguments::Argument;
use super::entity::{Key, id_text};
use super::filter::is_state;
use super::known::{Stock, id_grain};
use super::maker::Maker;
use super::recipe::{Grain, List, Shape};
use crate::value::SemType;
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
        || (grain.sem == SemType::Airport && grain.has("code"))
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
        if self.is_emptied(list) {
            return (0, 0);
        }
        if let Some(range) = self.demanded(list) {
            let least = (*range.start()).max(list.least);
            return (least, (*range.end()).min(list.most.unwrap_or(usize::MAX)).max(least));
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
        let keeper = self.keeper(list, subject.as_ref());
        let bases = if twins.is_some() || self.plain { None } else { self.remembered(list, keeper.as_ref()) };
        let mut stock = if twins.is_some() || self.plain { Stock::default() } else { self.stock(list, subject.as_ref(), inside) };
        let emptied = self.is_emptied(list);
        let (least, most) = if stock.whole && !emptied { self.whole_size(list, stock.items.len()) } else { (least, most) };
        stock.whole &= !emptied;
        let bases = bases.filter(|_| !emptied);
        let order = if self.plain { None } else { self.order(list) };
        // The first of a sorted list are asked for: all are sorted before some are left out.
        let sorted = order.is_some() && self.limit(list).is_some();
        let room = if sorted { stock.items.len().max(most) } else { most };
        let cut = stock.items.len() > room;
        stock.cut(room);
        let count = match (&twins, &bases) {
            (Some(twins), _) => twins.len(),
            (_, Some(bases)) => bases.len().clamp(least.min(most), most),
            _ if stock.whole => stock.items.len().max(least),
            _ => self.count(least, most).max(stock.items.len()),
        };
        let whole =
            count <= most && !emptied && !cut && self.demanded(list).is_none() && self.limit(list).is_none_or(|limit| count < limit);
        let mut items: Vec<Value> = Vec::with_capacity(count);
        let mut seen = Seen::default();
        let mut known = stock.items.into_iter();
        for index in 0..count {
            let twin = twins.as_ref().and_then(|twins| twins[index].as_object());
            let next = known.next();
            let base = next.as_ref().and_then(|known| known.said.as_ref()).or_else(|| bases.as_ref().and_then(|bases| bases.get(index)));
            let before = items.last().and_then(Value::as_object);
            let series = list.series.then_some((count, before));
            let above = map.filter(|_| bases.is_none());
            let place = Place { in_list: true, seen: Some(&mut seen), twin, base, above, series, ..Place::default() };
            let id = next.as_ref().map(|known| known.id.clone());
            let item = self.item(list, id, place, subject.as_ref(), map)?;
            items.push(item);
        }
        if !self.plain {
            if let Some(order) = order {
                order.sort(&mut items);
            }
            items.truncate(most.max(twins.as_ref().map_or(0, Vec::len)));
            self.keep(list, subject.as_ref(), &items);
            match keeper {
                Some(keeper) if bases.is_none() && list.id.is_none() => self.keep_items(list, &keeper, &items),
                _ if whole && !inside => self.show_whole(list),
                _ => {}
            }
        }
        Some(Value::Array(items))
    }

    /// How many items a list has all of whose things are known: as many as there are, unless the schema or a demand asks for others.
    fn whole_size(&self, list: &List, known: usize) -> (usize, usize) {
        let limit = self.limit(list).unwrap_or(usize::MAX);
        let demanded = self.demanded(list);
        let least = demanded.as_ref().map_or(list.least, |range| *range.start()).max(list.least);
        let most = demanded.map_or(known, |range| *range.end()).min(list.most.unwrap_or(usize::MAX)).min(limit).max(least);
        (least, most)
    }

    fn demanded(&self, list: &List) -> Option<std::ops::RangeInclusive<usize>> {
        let named = self.demand.lists.iter().find(|(pointer, _)| pointer.trim_end_matches("/*") == list.pointer);
        named.map(|(_, range)| range.clone())
    }

    /// Whether the list is to come back empty.
    fn is_emptied(&self, list: &List) -> bool {
        self.demand.empty && self.demanded(list).is_none() && !list.pointer[1.min(list.pointer.len())..].contains('/')
    }

    /// The thing that remembers a list of things without identifiers: what it is about, or the question itself.
    fn keeper(&self, list: &List, subject: Option<&Key>) -> Option<Key> {
        if self.plain || list.id.is_some() {
            return None;
        }
        let root = subject == self.about.as_ref();
        if root { self.scope.as_ref().or(subject).cloned() } else { subject.cloned() }
    }

    /// The items that are remembered, and are still what the call asks for.
    fn remembered(&self, list: &List, keeper: Option<&Key>) -> Option<Vec<Map<String, Value>>> {
        let Shape::Object(fields) = list.item.as_ref() else { return None };
        let entity = self.world.entities.get(keeper?)?;
        let items = entity.attributes.get(&list.attribute)?.as_array()?;
        let kept = self.still(fields, items);
        (!items.is_empty() && items.iter().all(Value::is_object) && kept.len() >= list.least).then_some(kept)
    }

    fn keep_items(&mut self, list: &List, keeper: &Key, items: &[Value]) {
        if let Some(entity) = self.world.entities.get_mut(keeper) {
            entity.attributes.insert(list.attribute.clone(), Value::Array(items.to_vec()));
        }
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
            self.enter(&key, &value);
            self.bind(&key);
            place.id = Some((at, value));
            place.subject = Some(key);
        }
        self.object(fields, place).map(Value::Object)
    }

    /// A thing that is shown in answer to a filter has what the filter asks for.
    fn bind(&mut self, key: &Key) {
        if self.plain || self.recipe.acts {
            return;
        }
        let kinds =
            |argument: &&Argument| matches!(argument.sem, SemType::Enum | SemType::Category | SemType::City) && argument.key.is_none();
        let shown = self.arguments.meant().filter(|argument| !argument.is_layout() && !argument.in_list && !is_state(argument));
        let bound: Vec<(String, Value)> =
            shown.filter(kinds).map(|argument| (argument.attribute_of(&key.0), argument.value.clone())).collect();
        if let Some(entity) = self.world.entities.get_mut(key) {
            for (name, value) in bound {
                entity.found.entry(name).or_insert(value);
            }
        }
    }

    /// Remembers which things were listed with the thing that the list belongs to.
    fn keep(&mut self, list: &List, subject: Option<&Key>, items: &[Value]) {
        let Some(name) = id_grain(list).map(|grain| &grain.name) else { return };
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
}
