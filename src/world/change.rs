//! What a call leaves behind: changed attributes, things in other things, things that are gone, answers that no longer hold.

use super::World;
use super::answer::touched;
use super::arguments::{Argument, Arguments};
use super::entity::{Entity, Key, related};
use super::needs;
use super::recipe::Recipe;
use crate::catalog::{ErrorCode, Tool, ToolClass};
use crate::value::english::{plural, words_of_identifier};
use serde_json::{Map, Value};

/// Verbs that put one thing into another.
const INTO: &[&str] = &[
    "add", "put", "invite", "attach", "enroll", "include", "share", "join", "insert", "append", "assign", "save", "pin", "tag", "register",
];
/// Verbs that take it out again.
const OUT_OF: &[&str] = &["remove", "detach", "unassign", "take", "drop", "kick", "untag", "unpin", "exclude", "uninvite", "discard"];
/// Verbs that bring back what was gone.
const BACK: &[&str] = &["restore", "undelete", "recover", "reopen", "undo", "reinstate", "unarchive", "resume"];

/// How the number of things in a container changes: one more, one less, or not at all.
pub(super) fn step(recipe: &Recipe) -> i64 {
    let first = recipe.name.first().map(String::as_str).unwrap_or_default();
    i64::from(INTO.contains(&first)) - i64::from(OUT_OF.contains(&first))
}

impl World {
    /// The error of a call that names something that is gone. A call that makes one thing out of another may be `amended`: the order of a
    /// cart is placed again with another address, in place of the first.
    pub(super) fn refusal(&mut self, tool: &Tool, recipe: &Recipe, arguments: &Arguments, amended: bool) -> Option<ErrorCode> {
        let gone: Vec<Key> = arguments.keys().filter(|key| self.entities.get(key).is_some_and(|entity| entity.gone)).cloned().collect();
        if gone.is_empty() || recipe.is_called(BACK) {
            return None;
        }
        let own = |entity: &Entity| entity.ended_by.as_ref() == Some(&tool.name);
        let remakes = !tool.effects.creates.is_empty() && tool.phrase.class != ToolClass::Undo;
        let used_up = remakes && gone.iter().all(|key| self.entities.get(key).is_some_and(own));
        if !(amended && used_up) {
            return Some(ErrorCode::NotFound);
        }
        for (key, entity) in self.entities.iter_mut() {
            let concerned = gone.contains(key) || entity.refs.values().any(|other| gone.contains(other));
            if concerned && own(entity) {
                entity.gone = false;
            } else if concerned && entity.maker.as_ref() == Some(&tool.name) {
                entity.gone = true;
            }
        }
        None
    }

    /// What changes with the call, before its result is told: the result shows the thing as it is then.
    pub(super) fn change(&mut self, tool: &Tool, recipe: &Recipe, arguments: &Arguments) {
        if !recipe.acts {
            return;
        }
        let keys: Vec<Key> = arguments.keys().cloned().collect();
        for argument in &arguments.all {
            if let Some(key) = &argument.key
                && self.entities.get(key).is_none()
            {
                let entity = self.entities.enter(key, &argument.value);
                (entity.domain, entity.found_by) = (tool.domain.clone(), tool.name.clone());
            }
        }
        if recipe.is_called(BACK) {
            keys.iter().filter_map(|key| self.entities.get_mut(key).map(|entity| entity.gone = false)).count();
        }
        let Some(target) = target(arguments, &tool.effects.updates).filter(|_| tool.effects.creates.is_empty()) else { return };
        for argument in arguments.meant().filter(|argument| !argument.in_list && !argument.value.is_null()) {
            if argument.key.as_ref() != Some(&target) {
                self.set(&target, argument, arguments);
            }
        }
        self.refill(tool, recipe, &target, &keys, arguments);
    }

    /// Gives the thing a new attribute, with all that follows from it.
    fn set(&mut self, target: &Key, argument: &Argument, arguments: &Arguments) {
        let name = argument.attribute_of(&target.0);
        let mut follow: Vec<(String, Value)> = Vec::new();
        if let Some(other) = argument.key.as_ref().and_then(|key| self.entities.get(key)) {
            // Who moves a booking to another flight has that flight's date.
            follow.extend(other.attributes.iter().chain(&other.found).map(|(name, value)| (name.clone(), value.clone())));
        }
        let Some(entity) = self.entities.get_mut(target) else { return };
        for (name, value) in follow {
            if name != "name" && !arguments.all.iter().any(|argument| argument.attribute == name) && entity.attributes.contains_key(&name) {
                entity.attributes.insert(name, value);
            }
        }
        if let Some(key) = &argument.key {
            entity.refs.insert(name.clone(), key.clone());
        }
        entity.attributes.insert(name.clone(), argument.value.clone());
        in_list(entity, &name, &argument.value, arguments);
    }

    /// Puts a thing into another or takes it out.
    fn refill(&mut self, tool: &Tool, recipe: &Recipe, target: &Key, keys: &[Key], arguments: &Arguments) {
        let step = step(recipe);
        if step == 0 {
            return;
        }
        let said: Map<String, Value> = arguments
            .all
            .iter()
            .filter(|argument| argument.key.is_none() && !argument.in_list)
            .map(|argument| (argument.attribute.clone(), argument.value.clone()))
            .collect();
        for key in keys.iter().filter(|key| *key != target) {
            let id = self.entities.get(key).map(|entity| entity.id.clone());
            let Some(container) = self.entities.get_mut(target) else { return };
            if step > 0 {
                container.contents.insert(key.clone(), said.clone());
            } else {
                container.contents.shift_remove(key);
                for list in container.lists.values_mut() {
                    list.retain(|one| Some(one) != id.as_ref());
                }
            }
        }
        // Lists of what it holds may have changed.
        self.answered.retain(|_, answered| answered.domain != tool.domain);
    }

    /// What holds after the call: things that are gone, states that were reached; what was answered about them before holds no more.
    pub(super) fn settle(&mut self, tool: &Tool, recipe: &Recipe, arguments: &Arguments) {
        self.states.extend(needs::gives(tool));
        if !recipe.acts {
            return;
        }
        let kinds = touched(tool);
        self.answered.retain(|_, answered| answered.domain != tool.domain && !answered.kinds.iter().any(|kind| kinds.contains(kind)));
        for kind in &tool.effects.deletes {
            let named = arguments.keys().find(|key| related(&key.0, kind)).cloned();
            match named.or_else(|| self.lone_target(tool, arguments)) {
                Some(key) => self.end(&key, &tool.name),
                None => self.empty(kind, arguments, &tool.name),
            }
        }
    }

    /// The only thing that a deleting call names, whatever it is called.
    fn lone_target(&self, tool: &Tool, arguments: &Arguments) -> Option<Key> {
        let mut keys = arguments.keys();
        let only = keys.next().filter(|_| keys.next().is_none() && tool.effects.creates.is_empty());
        only.cloned()
    }

    fn end(&mut self, key: &Key, by: &str) {
        if let Some(entity) = self.entities.get_mut(key) {
            entity.gone = true;
            entity.ended_by = Some(by.to_owned());
        }
    }

    /// All things of the kind that are in a container are gone, and the container with them: the cart of an order.
    fn empty(&mut self, kind: &str, arguments: &Arguments, by: &str) {
        let containers: Vec<&Key> = arguments.keys().collect();
        let mut emptied: Vec<Key> = Vec::new();
        for (_, entity) in self.entities.iter_mut().filter(|(key, _)| related(&key.0, kind)) {
            let inside = entity.refs.values().find(|other| containers.contains(other));
            if let Some(container) = inside {
                emptied.push(container.clone());
                entity.gone = true;
                entity.ended_by = Some(by.to_owned());
            }
        }
        let named = containers.into_iter().find(|key| words_of_identifier(kind).iter().any(|word| *word == key.0));
        emptied.extend(named.cloned());
        for key in emptied {
            self.end(&key, by);
        }
    }

    /// What was put into a container by a call that also made or opened it.
    pub(super) fn put_in(&mut self, container: &Key, key: &Key, said: Map<String, Value>) {
        if let Some(entity) = self.entities.get_mut(container) {
            entity.contents.insert(key.clone(), said);
        }
    }
}

/// The thing that an effect on these kinds is about.
fn target(arguments: &Arguments, kinds: &[String]) -> Option<Key> {
    if kinds.is_empty() {
        return None;
    }
    let named = arguments.keys().find(|key| kinds.iter().any(|kind| related(&key.0, kind)));
    named.or_else(|| arguments.keys().next()).cloned()
}

/// A list of the thing's own that has the attribute in its items (`phones` of `phone`) gets the new value: in the item that is told apart by
/// another argument (`phone_type`), else in the first.
fn in_list(entity: &mut Entity, name: &str, value: &Value, arguments: &Arguments) {
    let Some(Value::Array(items)) = entity.attributes.get_mut(&plural(name)) else { return };
    let key = name.replace(' ', "_");
    let told = |item: &Value| {
        let others = arguments.meant().filter(|argument| argument.key.is_none() && argument.attribute != name);
        others.filter_map(|argument| Some(item.get(argument.words.join("_"))? == &argument.value)).all(|same| same)
    };
    let at = items.iter().position(|item| item.get(&key).is_some() && told(item));
    if let Some(item) = at.or(Some(0)).and_then(|at| items.get_mut(at)).and_then(Value::as_object_mut)
        && item.contains_key(&key)
    {
        item.insert(key, value.clone());
    }
}
