//! Which facts of a result are worth saying?

use super::draft::{Draft, Run, TaskState, Told, concrete, list_of};
use super::{AssistantAct, Fact, Stuck, UserAct};
use crate::catalog::{Leaf, Tool, ToolClass};
use crate::value::SemType;
use crate::world::is_success;
use rand::RngExt;
use serde_json::Value;

/// A list is told by at most so many items.
const MAX_ITEMS: usize = 3;
/// Longer texts are not read out.
const MAX_TEXT: usize = 120;

impl Draft<'_> {
    /// Tells what the task gave: failures, lists to choose from, acts done, facts found.
    ///
    /// `few`: of a list only one or two items, of anything else one fact, so that there is more to ask for.
    pub(super) fn tell(&mut self, few: bool) -> Result<(), Stuck> {
        let runs = self.task.runs.clone();
        let deepest = runs.iter().map(|run| run.level).max().unwrap_or(0);
        for run in &runs {
            let Some(call) = self.call(run.call).cloned() else { continue };
            if call.is_error {
                let message = call.result.pointer("/error/message").and_then(Value::as_str).unwrap_or_default().to_string();
                self.assistant_says(AssistantAct::Failed { call: call.id, tool: call.tool, message });
                continue;
            }
            // Results that only serve a later call of the same turn are told when they changed something.
            let acts =
                matches!(self.tool(run.tool).phrase.class, ToolClass::Do | ToolClass::Undo | ToolClass::Message | ToolClass::Control);
            if run.level == deepest || acts || !self.feeds_later(run, &runs) {
                self.tell_run(run, few);
            }
        }
        self.task.state = TaskState::Told;
        Ok(())
    }

    fn feeds_later(&self, run: &Run, runs: &[Run]) -> bool {
        runs.iter().any(|later| later.level > run.level && self.walk.steps[later.step].links.iter().any(|link| link.from == run.step))
    }

    fn tell_run(&mut self, run: &Run, few: bool) {
        let Some(call) = self.call(run.call).cloned() else { return };
        let tool = self.tool(run.tool);
        if let Some(list) = self.list_to_tell(run) {
            let items = call.result.pointer(list.trim_end_matches("/*")).and_then(Value::as_array).map_or(0, Vec::len);
            // A thing of which one list is empty is there all the same.
            if items == 0 && (call.demand.empty || self.facts(run, &call.result, &call.arguments, few).is_empty()) {
                self.assistant_says(AssistantAct::Empty { call: call.id, tool: run.tool });
                return;
            }
            if items > 0 && self.tell_list(run, &list, items, few) {
                return;
            }
        }
        let facts = self.facts(run, &call.result, &call.arguments, few);
        let act = match tool.phrase.class {
            ToolClass::Do | ToolClass::Undo | ToolClass::Message | ToolClass::Control => {
                AssistantAct::Done { call: call.id, tool: run.tool, facts }
            }
            _ if facts.is_empty() => AssistantAct::Done { call: call.id, tool: run.tool, facts },
            _ => AssistantAct::Tell { call: call.id, tool: run.tool, facts },
        };
        self.assistant_says(act);
    }

    /// The list that a later step builds on; otherwise, for a tool that finds things or has little else to say than what it was asked with,
    /// the first list of the result.
    fn list_to_tell(&self, run: &Run) -> Option<String> {
        let class = self.tool(run.tool).phrase.class;
        if !matches!(class, ToolClass::Find | ToolClass::Lookup | ToolClass::Compute) {
            return None;
        }
        let linked = self.walk.steps.iter().flat_map(|step| &step.links).filter(|link| link.from == run.step).find_map(|link| match &link
            .relation
            .witness
        {
            crate::graph::Witness::Flow { field, .. } | crate::graph::Witness::Reckoned { field, .. } => list_of(field).map(str::to_string),
            _ => None,
        });
        let tool = self.tool(run.tool);
        let fields = &tool.returns.fields;
        let asked_with = |leaf: &Leaf| tool.parameters.iter().any(|parameter| parameter.name == leaf.name);
        let by_itself = fields.iter().filter(|leaf| list_of(&leaf.pointer).is_none() && worth(leaf) >= 30 && !asked_with(leaf));
        let alone = by_itself.count() < 2;
        // Of a flat that is found the places nearby are no list to choose from.
        let lists = |leaf: &&Leaf| alone || (class == ToolClass::Find && !leaf.pointer.ends_with("/*"));
        linked.or_else(|| fields.iter().filter(lists).find_map(|leaf| list_of(&leaf.pointer)).map(str::to_string))
    }

    /// Lists items by name, each with one more fact; false when the items have no name to tell them by.
    fn tell_list(&mut self, run: &Run, list: &str, count: usize, few: bool) -> bool {
        let tool = self.tool(run.tool);
        let call = run.call;
        let Some(naming) = naming(tool, list) else { return false };
        let attribute = self.attribute(tool, list, &naming);
        let shown = if few && count > 1 { (count - 1).min(2) } else { count.min(MAX_ITEMS) };
        let mut items = Vec::new();
        for item in 0..shown {
            let Some(name) = self.fact(call, &concrete(&naming, item)).filter(|fact| sayable(&fact.value)) else { return false };
            let mut facts = vec![name];
            facts.extend(
                attribute.as_ref().and_then(|pattern| self.fact(call, &concrete(pattern, item))).filter(|fact| sayable(&fact.value)),
            );
            items.push(facts);
        }
        let distinct = items.iter().enumerate().all(|(index, one)| items[..index].iter().all(|other| other[0].value != one[0].value));
        let told =
            Told { step: run.step, items: (0..shown).collect(), naming: distinct.then_some(naming), attribute, calls: self.calls.len() };
        self.all_told.push(told.clone());
        self.told = Some(told);
        self.assistant_says(AssistantAct::Offer { call, tool: run.tool, items, total: count });
        true
    }

    /// One more field by which the items of a list differ.
    fn attribute(&mut self, tool: &Tool, list: &str, naming: &str) -> Option<String> {
        let candidates: Vec<&Leaf> = tool
            .returns
            .fields
            .iter()
            .filter(|leaf| leaf.pointer != naming && list_of(&leaf.pointer) == Some(list) && leaf.pointer.matches('*').count() == 1)
            .filter(|leaf| worth(leaf) > 0 && !leaf.pointer.ends_with('*'))
            .collect();
        if candidates.is_empty() || self.rng.random_bool(0.25) {
            return None;
        }
        Some(candidates[self.rng.random_range(0..candidates.len())].pointer.clone())
    }

    /// One to three facts of a single result (one, when `few`), the most telling ones, in the order of the schema.
    fn facts(&mut self, run: &Run, result: &Value, arguments: &Value, few: bool) -> Vec<Fact> {
        let tool = self.tool(run.tool);
        let echoed: Vec<&Value> = crate::dialogue::leaves(arguments).into_iter().map(|(_, value)| value).collect();
        let creates = matches!(tool.phrase.class, ToolClass::Do | ToolClass::Message) || !tool.effects.creates.is_empty();
        let acts = creates || matches!(tool.phrase.class, ToolClass::Undo | ToolClass::Control);
        // The name by which a thing was found tells nothing of it.
        let found: Vec<Value> = self.found_before(run);
        let mut ranked: Vec<(i32, usize, String)> = Vec::new();
        for (order, (pointer, value)) in crate::dialogue::leaves(result).into_iter().enumerate() {
            let pattern = crate::dialogue::pattern(&pointer);
            let Some(leaf) = tool.returns.fields.iter().find(|leaf| leaf.pointer == pattern) else { continue };
            // Of a list only the first items, of a list in a list nothing.
            let in_list = pattern.matches('*').count();
            if !sayable(value) || in_list > 1 || (in_list == 1 && !pattern.ends_with('*')) {
                continue;
            }
            let mut worth = worth(leaf);
            if leaf.sem == SemType::Id {
                let created = creates
                    && leaf.entity.as_ref().is_some_and(|entity| {
                        tool.effects.creates.iter().any(|one| one.contains(entity.as_str()) || entity.contains(one.as_str()))
                    });
                worth = if created { 25 } else { 0 };
            }
            if echoed.contains(&value) {
                worth -= 40;
            }
            if value.is_string() && found.contains(value) {
                worth -= 60;
            }
            // "Booked" says it; "the reservation status is confirmed" says it again.
            if acts && leaf.sem != SemType::Id && is_success(tool, value) {
                worth -= 60;
            }
            if self.reckoned_from(run.step, &pattern) {
                worth += 200;
            }
            if worth > 0 {
                ranked.push((worth, order, pointer));
            }
        }
        ranked.sort_by_key(|(worth, order, _)| (-worth, *order));
        let most = self.rng.random_range(1..=MAX_ITEMS);
        ranked.truncate(if few { 1 } else { most });
        ranked.sort_by_key(|(_, order, _)| *order);
        ranked.into_iter().filter_map(|(_, _, pointer)| self.fact(run.call, &pointer)).collect()
    }

    /// The values of the results that a run takes something from.
    fn found_before(&self, run: &Run) -> Vec<Value> {
        let steps = self.walk.steps[run.step].links.iter().map(|link| link.from);
        let results = steps.filter_map(|step| self.done[step]).filter_map(|call| self.call(call)).map(|call| &call.result);
        results.flat_map(|result| crate::dialogue::leaves(result).into_iter().map(|(_, value)| value.clone())).collect()
    }

    /// A later step reckons with this field.
    fn reckoned_from(&self, step: usize, pattern: &str) -> bool {
        let links = self.walk.steps.iter().flat_map(|later| &later.links).filter(|link| link.from == step);
        links.into_iter().any(|link| matches!(&link.relation.witness, crate::graph::Witness::Reckoned { field, .. } if field == pattern))
    }

    /// The last refused kind of request, to find the right words for the refusal.
    pub(super) fn last_refused(&self) -> Option<UserAct> {
        self.pending_user()
            .iter()
            .rev()
            .find(|act| matches!(act, UserAct::RequestIrrelevant { .. } | UserAct::RequestMissing { .. }))
            .cloned()
    }

    /// What the user chats about.
    pub(super) fn last_topic(&self) -> Option<String> {
        self.pending_user().iter().rev().find_map(|act| match act {
            UserAct::ChitChat { topic } => Some(topic.clone()),
            _ => None,
        })
    }
}

/// The field by which people name an item of a list.
pub(super) fn naming(tool: &Tool, list: &str) -> Option<String> {
    let inside =
        || tool.returns.fields.iter().filter(move |leaf| list_of(&leaf.pointer) == Some(list) && leaf.pointer.matches('*').count() == 1);
    if let Some(scalar) = inside().find(|leaf| leaf.pointer == *list) {
        return Some(scalar.pointer.clone());
    }
    let named = |leaf: &&Leaf| {
        matches!(
            leaf.sem,
            SemType::Title | SemType::Person | SemType::Place | SemType::Org | SemType::City | SemType::Country | SemType::Airport
        )
    };
    inside()
        .find(|leaf| leaf.phrase.headline)
        .or_else(|| inside().find(|leaf| matches!(leaf.name.as_str(), "name" | "title" | "subject" | "label" | "full_name")))
        .or_else(|| inside().find(named))
        .or_else(|| {
            inside().find(|leaf| {
                matches!(leaf.sem, SemType::Date | SemType::Time | SemType::Datetime | SemType::Address | SemType::Email | SemType::Code)
            })
        })
        .or_else(|| inside().find(|leaf| leaf.sem == SemType::Id))
        .map(|leaf| leaf.pointer.clone())
}

/// The field by which people name an object that is part of something else.
pub(super) fn naming_in(tool: &Tool, object: &str) -> Option<String> {
    let inside = || tool.returns.fields.iter().filter(|leaf| leaf.pointer.rsplit_once('/').is_some_and(|(owner, _)| owner == object));
    let named = |leaf: &&Leaf| matches!(leaf.sem, SemType::Title | SemType::Person | SemType::Place | SemType::Org);
    let called = |leaf: &&Leaf| leaf.phrase.headline || matches!(leaf.name.as_str(), "name" | "title" | "subject" | "label" | "full_name");
    inside().find(called).or_else(|| inside().find(named)).map(|leaf| leaf.pointer.clone())
}

/// How much a field is worth saying, by what it means.
pub(super) fn worth(leaf: &Leaf) -> i32 {
    // What cannot be otherwise is no news.
    let settled = leaf.schema.get("const").is_some() || leaf.schema.get("enum").and_then(Value::as_array).is_some_and(|all| all.len() == 1);
    if leaf.phrase.silent || settled {
        return 0;
    }
    if leaf.phrase.headline {
        return 100;
    }
    match leaf.sem {
        SemType::Title | SemType::Person | SemType::Place | SemType::Org => 50,
        SemType::Money | SemType::Date | SemType::Time | SemType::Datetime | SemType::Duration => 60,
        SemType::Rating | SemType::Percent | SemType::Quantity | SemType::Count | SemType::CountPeople | SemType::Number => 45,
        SemType::City | SemType::Country | SemType::Region | SemType::Address | SemType::Airport | SemType::Phone | SemType::Email => 40,
        SemType::Category | SemType::Enum | SemType::Code | SemType::Language | SemType::Currency | SemType::Unit => 35,
        SemType::Text | SemType::Query => 30,
        SemType::Bool | SemType::Url | SemType::Path => 10,
        SemType::Id | SemType::Latitude | SemType::Longitude => 0,
    }
}

pub(super) fn sayable(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(char::is_alphanumeric) && text.len() <= MAX_TEXT && !text.contains('\n'),
        Value::Number(_) | Value::Bool(_) => true,
        _ => false,
    }
}
