//! Which known things a list begins with, and whether they are all of them.

use super::answer::Answer;
use super::entity::{Entity, Key, id_text, one_kind};
use super::recipe::{Grain, List, Shape};
use super::{Shown, change};
use crate::value::english::words_of_identifier;
use serde_json::{Map, Value};

/// A known item: its identifier, with what its container says of it.
pub(super) struct Known {
    pub(super) id: Value,
    pub(super) said: Option<Map<String, Value>>,
    created: bool,
}

/// What is known of a list.
#[derive(Default)]
pub(super) struct Stock {
    pub(super) items: Vec<Known>,
    /// Nothing else belongs into the list.
    pub(super) whole: bool,
}

impl Stock {
    /// Leaves at most so many; what this dialogue made stays sooner.
    pub(super) fn cut(&mut self, most: usize) {
        while self.items.len() > most {
            let at = self.items.iter().rposition(|known| !known.created).unwrap_or(self.items.len() - 1);
            self.items.remove(at);
        }
    }
}

impl Answer<'_> {
    /// Things that belong into this list: put into or listed with the thing it is about, made in this dialogue, or shown by this tool
    /// before; and not against the arguments.
    pub(super) fn stock(&mut self, list: &List, subject: Option<&Key>, inside: bool) -> Stock {
        let Some(grain) = id_grain(list) else { return Stock::default() };
        let stem = grain.stem.clone().unwrap_or_default();
        let mut stock = self.contents(&stem, subject);
        if !stock.items.is_empty() && self.recipe.acts {
            stock.whole = true;
            return stock;
        }
        let kept = subject.and_then(|key| self.world.entities.get(key)).and_then(|entity| entity.lists.get(&list.attribute)).cloned();
        let mut candidates: Vec<Key> = stock.items.drain(..).map(|known| (stem.clone(), id_text(&known.id))).collect();
        candidates.extend(kept.iter().flatten().map(|id| (stem.clone(), id_text(id))));
        if !inside {
            let here = |key: &Key, entity: &Entity| {
                key.0 == stem && self.is_ours(entity) && (entity.is_created() || entity.found_by == self.tool.name)
            };
            candidates.extend(self.world.entities.iter().filter(|(key, entity)| here(key, entity)).map(|(key, _)| key.clone()));
        }
        let mut seen: Vec<Key> = Vec::new();
        for key in candidates {
            let Some(entity) = self.world.entities.get(&key).cloned() else { continue };
            let named = self.arguments.keys().any(|named| *named == key);
            if seen.contains(&key) || named || !grain.admits(&entity.id) || !self.passes_feed(&grain.pointer, &entity.id) {
                continue;
            }
            if self.agrees(list, &key, &entity) {
                stock.items.push(Known { id: entity.id.clone(), said: None, created: entity.is_created() });
            }
            seen.push(key);
        }
        stock.whole = if inside { kept.is_some() } else { self.was_shown(list) };
        stock
    }

    /// What was put into the things that the call names, and not taken out.
    fn contents(&self, stem: &str, subject: Option<&Key>) -> Stock {
        let mut items: Vec<Known> = Vec::new();
        let containers: Vec<&Key> = subject.into_iter().chain(self.arguments.keys()).collect();
        let mut add = |id: Value, said: Option<Map<String, Value>>, created: bool| {
            let empty = said.as_ref().is_some_and(|said| said.get("quantity") == Some(&Value::from(0)));
            if !empty && !items.iter().any(|known| known.id == id) {
                items.push(Known { id, said, created });
            }
        };
        for container in &containers {
            for (key, said) in self.world.entities.get(container).into_iter().flat_map(|entity| &entity.contents) {
                if let Some(entity) = self.world.entities.get(key).filter(|entity| key.0 == stem && !entity.gone) {
                    add(entity.id.clone(), Some(said.clone()), entity.is_created());
                }
            }
        }
        if self.recipe.acts {
            // The lines of a cart, each with its product.
            let lines = self.world.entities.iter().filter(|(_, entity)| !entity.gone && entity.is_created());
            for (_, line) in
                lines.filter(|(key, line)| !containers.contains(key) && line.refs.values().any(|key| containers.contains(&key)))
            {
                let thing = line.refs.values().find(|key| key.0 == stem).and_then(|key| self.world.entities.get(key));
                if let Some(thing) = thing {
                    add(thing.id.clone(), Some(line.attributes.clone().into_iter().collect()), true);
                }
            }
        }
        Stock { items, whole: false }
    }

    /// Whether a thing is of the kind that this tool deals with: by what effects call it, else by its catalog.
    fn is_ours(&self, entity: &Entity) -> bool {
        let effects = &self.tool.effects;
        let kinds = || [&effects.reads, &effects.creates, &effects.updates, &effects.deletes].into_iter().flatten();
        let known = entity.kind.as_deref().filter(|kind| {
            let last = words_of_identifier(kind).pop();
            kinds().any(|own| words_of_identifier(own).pop() == last)
        });
        match known {
            Some(kind) => kinds().any(|own| one_kind(own, kind)) && entity.domain == self.tool.domain,
            None => entity.domain == self.tool.domain,
        }
    }

    /// Whether the list was shown whole before, under the same arguments or fewer.
    fn was_shown(&self, list: &List) -> bool {
        self.world.shown.iter().any(|shown| {
            let holds = |(name, value): &(String, Value)| {
                self.arguments.meant().any(|argument| argument.pointer == *name && argument.value == *value)
            };
            shown.tool == self.tool.name && shown.pointer == list.pointer && shown.arguments.iter().all(holds)
        })
    }

    /// Takes note that the list is shown whole.
    pub(super) fn show_whole(&mut self, list: &List) {
        let given = self.arguments.meant().filter(|argument| !argument.is_layout() && !argument.in_list);
        let arguments = given.map(|argument| (argument.pointer.clone(), argument.value.clone())).collect();
        self.shown.push(Shown { tool: self.tool.name.clone(), pointer: list.pointer.clone(), arguments });
    }

    /// The container that is open already, for a tool that puts things into one: `add_to_cart` has one cart.
    pub(super) fn open_container(&self, grain: &Grain) -> Option<Value> {
        let stem = grain.stem.as_deref()?;
        if self.plain || change::step(self.recipe) <= 0 || !self.fills(stem) {
            return None;
        }
        let open =
            self.world.entities.iter().rev().find(|(key, entity)| key.0 == stem && !entity.gone && entity.domain == self.tool.domain);
        open.map(|(_, entity)| entity.id.clone()).filter(|id| grain.admits(id) && self.passes_feed(&grain.pointer, id))
    }

    /// `add_dish_to_basket` fills a basket.
    pub(super) fn fills(&self, stem: &str) -> bool {
        let words = &self.recipe.name;
        let to = words.iter().position(|word| matches!(word.as_str(), "to" | "into" | "in"));
        to.is_some_and(|to| words[to + 1..].join(" ").ends_with(stem))
    }
}

/// The field that identifies the items of a list.
pub(super) fn id_grain(list: &List) -> Option<&Grain> {
    match list.item.as_ref() {
        Shape::Object(fields) => match &fields.get(list.id?)?.shape {
            Shape::Leaf(grain) => Some(grain),
            _ => None,
        },
        _ => None,
    }
}
