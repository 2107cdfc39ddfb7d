//! Which item of a list is meant, and by which words: the only one, by place, by what only it has, by the least or the most of something.

use super::draft::{Arg, By, Draft, Picked, Run, Told, concrete, list_of};
use super::needs::bounds_of;
use super::{Fact, Pick, Source, Stuck, UserAct, tell};
use crate::dialogue::{Function, pattern};
use crate::graph::{ToolIx, Witness};
use crate::value::{SemType, comparable};
use rand::RngExt;
use serde_json::Value;
use std::cmp::Ordering;

impl Draft<'_> {
    /// Which item of an earlier result is meant: the one that was picked, else one that the request names.
    pub(super) fn item_of(&mut self, step: usize, call: usize, field: &str, each: Option<usize>) -> Result<(usize, By), Stuck> {
        if let Some(item) = each {
            return Ok((item, By::Only));
        }
        let Some(list) = list_of(field) else { return Ok((0, By::Only)) };
        if let Some(picked) = self.picked(step) {
            return Ok((picked.item, picked.by.clone()));
        }
        match self.items(call, list).len() {
            0 => Err(Stuck::new("link", "the list that a step builds on is empty")),
            1 => Ok((0, By::Only)),
            _ => {
                let told = self.told_of(step).cloned();
                let told = told.filter(|told| told.naming.is_some());
                let told =
                    told.ok_or_else(|| Stuck::new("link", "a list with several items was not told, so nothing says which one is meant"))?;
                let item = told.items[self.rng.random_range(0..told.items.len())];
                let by = told.naming.as_ref().and_then(|naming| self.by_field(call, naming, item)).unwrap_or(By::Place(item));
                let turn = self.user_turn();
                self.picks.push(Picked { step, item, turn, by: by.clone() });
                Ok((item, by))
            }
        }
    }

    /// The items of a list in a result.
    pub(super) fn items(&self, call: usize, list: &str) -> &[Value] {
        let found = self.call(call).and_then(|done| done.result.pointer(list.trim_end_matches("/*")));
        found.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The item of a step's list that was picked last.
    pub(super) fn picked(&self, step: usize) -> Option<&Picked> {
        self.picks.iter().rev().find(|picked| picked.step == step)
    }

    /// The list of a step as it was told last.
    pub(super) fn told_of(&self, step: usize) -> Option<&Told> {
        self.all_told.iter().rev().find(|told| told.step == step)
    }

    fn by_field(&self, call: usize, naming: &str, item: usize) -> Option<By> {
        let value = self.call(call)?.result.pointer(&concrete(naming, item))?.clone();
        Some(By::Where { field: naming.to_string(), item, value })
    }

    /// The item of a result that is meant, now that the result is there.
    pub(super) fn item_meant(&self, call: usize, list: &str, by: &By) -> Result<usize, Stuck> {
        let items = self.items(call, list);
        let stuck = |why: &str| Stuck::new("link", why);
        let at = |field: &str, item: usize| {
            let inside = &field[list.len()..];
            items.get(item).and_then(|one| if inside.is_empty() { Some(one) } else { one.pointer(inside) })
        };
        match by {
            By::Only if items.len() > 1 => Err(stuck("there are several, and nothing says which one is meant")),
            By::Only => Ok(0),
            By::Place(item) if *item < items.len() => Ok(*item),
            By::Place(_) => Err(stuck("the list is shorter than the place that was asked for")),
            By::Where { field, value, .. } => {
                let mut same = (0..items.len()).filter(|item| at(field, *item) == Some(value));
                match (same.next(), same.next()) {
                    (Some(item), None) => Ok(item),
                    _ => Err(stuck("what the user said is not true of exactly one item")),
                }
            }
            By::Extreme { field, most } => {
                let values: Vec<Option<&Value>> = (0..items.len()).map(|item| at(field, item)).collect();
                extreme(&values, *most).ok_or_else(|| stuck("no item has clearly the least or the most"))
            }
        }
    }

    /// The source of a value at `pointer` of a result, `item` having been chosen `by` words of `turn`.
    pub(super) fn item_source(call: usize, pointer: String, item: usize, by: &By, turn: usize) -> Source {
        let value = Source::Result { call, pointer };
        let of = |field: &str| Source::Result { call, pointer: concrete(field, item) };
        let words = Source::Picked { turn, call };
        match by {
            By::Only => value,
            By::Place(_) => Source::Derived { function: Function::Nth, inputs: vec![words, value] },
            By::Where { field, .. } => Source::Derived { function: Function::Where, inputs: vec![words, of(field), value] },
            By::Extreme { field, most } => {
                let function = if *most { Function::Most } else { Function::Least };
                Source::Derived { function, inputs: vec![words, of(field), value] }
            }
        }
    }

    /// Which item is meant of a list that is still to come: what was asked for in the same breath decides, be it by another argument of this call.
    ///
    /// With `foreseen`, the result that the user knows of already (their own bookings), an item can be meant by what only it has.
    pub(super) fn item_to_come(&mut self, run: &Run, step: usize, field: &str, foreseen: Option<&Value>) -> By {
        let Some(list) = list_of(field) else { return By::Only };
        let earlier = self.task.runs.iter().chain([run]).flat_map(|run| &run.args).find_map(|arg| match &arg.from {
            super::draft::From::Step { step: other, by, field } if *other == step && list_of(field) == Some(list) => Some(by.clone()),
            _ => None,
        });
        if let Some(by) = earlier {
            return by;
        }
        let tool = &self.tools[self.walk.steps[step].tool];
        let (least, most) = bounds_of(&tool.returns.schema, list);
        // "From the farthest one to the first one": of two lists alike, only names say which is meant, and so of two that one request is about.
        let alike = |other: usize| self.walk.steps[other].tool == self.walk.steps[step].tool;
        let counts = |arg: &Arg, of: &dyn Fn(usize) -> bool| match &arg.from {
            super::draft::From::Step { step: other, by: By::Place(_) | By::Extreme { .. }, .. } => *other != step && of(*other),
            _ => false,
        };
        let in_task = self.task.runs.iter().flat_map(|run| &run.args).any(|arg| counts(arg, &alike));
        let counted = in_task || run.args.iter().any(|arg| counts(arg, &|_| true));
        if self.told_by_name(step) {
            return By::Only;
        }
        if let Some(by) = foreseen.and_then(|result| self.known_by_name(step, field, list, result))
            && (self.described || self.rng.random_bool(0.75))
        {
            self.twisted += usize::from(self.described);
            return by;
        }
        if counted && least <= 1 {
            return By::Only;
        }
        if most > 1
            && self.rng.random_bool(0.45)
            && let Some(by) = self.by_extreme(step, list)
        {
            return by;
        }
        // One item needs no words; when the schema asks for several, the user says which, mostly the first. Nobody counts in a list that they
        // did not ask for.
        let unnamed = self.task.runs.iter().any(|run| run.step == step && run.unnamed);
        if least <= 1 && self.rng.random_bool(if unnamed { 0.95 } else { 0.4 }) {
            By::Only
        } else {
            let top = most.clamp(1, 3) - 1;
            By::Place(if self.rng.random_bool(0.75) { 0 } else { self.rng.random_range(0..=top) })
        }
    }

    /// The finder is told the name of the thing itself, so that nothing is left to pick.
    fn told_by_name(&self, step: usize) -> bool {
        let run = self.task.runs.iter().find(|run| run.step == step && run.unnamed);
        run.is_some_and(|run| {
            let names = |sem| matches!(sem, SemType::Person | SemType::Title | SemType::Place | SemType::Org);
            run.args.iter().any(|arg| matches!(arg.from, super::draft::From::Said { .. }) && names(self.leaf(run, arg).sem))
        })
    }

    /// An item of a result by the value of its naming field, when no other item has it. What is meant is the thing that `field` is of: the
    /// author of a message has a name of their own.
    fn known_by_name(&mut self, step: usize, field: &str, list: &str, result: &Value) -> Option<By> {
        let tool = &self.tools[self.walk.steps[step].tool];
        let owner = field.rsplit_once('/').map_or("", |(owner, _)| owner);
        let naming = if owner.len() > list.len() { tell::naming_in(tool, owner) } else { tell::naming(tool, list) }?;
        let leaf = tool.returns.fields.iter().find(|leaf| leaf.pointer == naming)?;
        // What the finder could be told is no way to pick from what it finds.
        let told = tool.parameters.iter().any(|other| other.name == leaf.name);
        if matches!(leaf.sem, SemType::Id | SemType::Text) || told {
            return None;
        }
        let items = result.pointer(list.trim_end_matches("/*"))?.as_array()?;
        let inside = &naming[list.len()..];
        let value = |item: &Value| if inside.is_empty() { Some(item.clone()) } else { item.pointer(inside).cloned() };
        let values: Vec<Option<Value>> = items.iter().map(value).collect();
        let item = self.rng.random_range(0..items.len().max(1));
        let said = values.get(item)?.clone().filter(tell::sayable)?;
        // "The event Retreat about retreat": what was looked for is in the name.
        let runs = self.task.runs.iter().filter(|run| run.step == step);
        let mut asked = runs.flat_map(|run| run.args.iter().map(move |arg| (run, arg)));
        let within = |query: &Value| match (query.as_str(), said.as_str()) {
            (Some(query), Some(name)) => name.to_lowercase().contains(&query.to_lowercase()),
            _ => false,
        };
        if asked.any(|(run, arg)| self.leaf(run, arg).sem == SemType::Query && arg.value.as_ref().is_some_and(within)) {
            return None;
        }
        let alone = values.iter().filter(|other| other.as_ref() == Some(&said)).count() == 1;
        (alone && items.len() > 1).then_some(By::Where { field: naming, item, value: said })
    }

    /// The least or the most of a field by which the items of a list can be compared.
    fn by_extreme(&mut self, step: usize, list: &str) -> Option<By> {
        let tool = &self.tools[self.walk.steps[step].tool];
        let fields: Vec<String> = tool
            .returns
            .fields
            .iter()
            .filter(|leaf| list_of(&leaf.pointer) == Some(list) && leaf.pointer.matches('*').count() == 1 && leaf.required)
            .filter(|leaf| comparable(&leaf.name, leaf.sem) && !leaf.phrase.silent)
            .map(|leaf| leaf.pointer.clone())
            .collect();
        if fields.is_empty() {
            return None;
        }
        let field = fields[self.rng.random_range(0..fields.len())].clone();
        let sem = tool.returns.fields.iter().find(|leaf| leaf.pointer == field).map(|leaf| (leaf.sem, leaf.name.as_str()));
        // People look for the cheap, the soon and the good.
        let most = match sem {
            Some((SemType::Rating, _)) => true,
            Some((SemType::Count | SemType::CountPeople | SemType::Percent, _)) => self.rng.random_bool(0.7),
            _ => self.rng.random_bool(0.2),
        };
        Some(By::Extreme { field, most })
    }

    pub(super) fn sem_of(&self, tool: ToolIx, field: &str) -> SemType {
        self.tools[tool].returns.fields.iter().find(|leaf| leaf.pointer == field).map_or(SemType::Text, |leaf| leaf.sem)
    }

    /// A fact of a result by its concrete pointer.
    pub(super) fn fact(&self, call: usize, pointer: &str) -> Option<Fact> {
        let done = self.call(call)?;
        let value = done.result.pointer(pointer)?.clone();
        let sem = self.sem_of(done.tool, &pattern(pointer));
        Some(Fact { call, tool: done.tool, pointer: pointer.to_string(), value, sem })
    }

    /// The user picks an item of the list told last, when a later step of the walk builds on it.
    pub(super) fn select(&mut self) {
        let Some(told) = self.told.clone() else { return };
        let next = self.next_step;
        let builds_on_it = self.walk.steps.get(next).is_some_and(|step| {
            step.links.iter().any(|link| {
                link.from == told.step && matches!(&link.relation.witness, Witness::Flow { field, .. } if list_of(field).is_some())
            })
        });
        let Some(call) = self.done[told.step].filter(|_| builds_on_it && told.items.len() > 1 && self.picked(told.step).is_none()) else {
            return;
        };
        let turn = self.user_turn();
        let position = self.rng.random_range(0..told.items.len());
        let item = told.items[position];
        // "The second one" would be one of what was told since.
        let passed = self.calls.len() > told.calls;
        let (pick, item, by) = match self.rng.random_range(0..10) {
            _ if passed => match self.named(call, &told.naming, item) {
                Some((pick, by)) => (pick, item, by),
                None => return,
            },
            0..4 if told.naming.is_some() => match self.named(call, &told.naming, item) {
                Some((pick, by)) => (pick, item, by),
                None => (Pick::Ordinal { position, of: told.items.len() }, item, By::Place(item)),
            },
            4..7 => match self.extreme_of(call, &told) {
                Some((pick, item, by)) => (pick, item, by),
                None => (Pick::Ordinal { position, of: told.items.len() }, item, By::Place(item)),
            },
            _ => (Pick::Ordinal { position, of: told.items.len() }, item, By::Place(item)),
        };
        self.picks.push(Picked { step: told.step, item, turn, by });
        self.user_says(UserAct::Select { call, pick });
    }

    fn named(&self, call: usize, naming: &Option<String>, item: usize) -> Option<(Pick, By)> {
        let naming = naming.as_ref()?;
        let fact = self.fact(call, &concrete(naming, item))?;
        Some((Pick::Name(fact), self.by_field(call, naming, item)?))
    }

    /// The told item that has clearly the least or the most of a fact that was told of each.
    fn extreme_of(&mut self, call: usize, told: &Told) -> Option<(Pick, usize, By)> {
        let field = told.attribute.clone()?;
        let tool = self.call(call)?.tool;
        let leaf = self.tools[tool].returns.fields.iter().find(|leaf| leaf.pointer == field)?;
        if !comparable(&leaf.name, leaf.sem) {
            return None;
        }
        let most = if leaf.sem == SemType::Rating { true } else { self.rng.random_bool(0.3) };
        let by = By::Extreme { field: field.clone(), most };
        let item = self.item_meant(call, list_of(&field)?, &by).ok().filter(|item| told.items.contains(item))?;
        Some((Pick::Extreme { tool, field, most }, item, by))
    }

    /// The user's turn in the making picks something from the result of a call.
    pub(super) fn just_selected(&self, from: usize) -> bool {
        self.pending_user().iter().any(|act| matches!(act, UserAct::Select { call, .. } if *call == from))
    }
}

/// The place of the one value that is clearly the least or the most.
fn extreme(values: &[Option<&Value>], most: bool) -> Option<usize> {
    let mut best: Option<(usize, &Value)> = None;
    let mut tied = false;
    for (item, value) in values.iter().enumerate() {
        let value = (*value)?;
        let Some((_, known)) = best else {
            best = Some((item, value));
            continue;
        };
        match compare(value, known)? {
            Ordering::Equal => tied = true,
            order if (order == Ordering::Greater) == most => (best, tied) = (Some((item, value)), false),
            _ => {}
        }
    }
    best.filter(|_| !tied).map(|(item, _)| item)
}

/// The order of two values of one kind: numbers, or texts whose order is that of their characters (dates, times).
fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_extreme_is_one_and_only_one() {
        let of = |values: &[Value], most| extreme(&values.iter().map(Some).collect::<Vec<_>>(), most);
        assert_eq!(of(&[json!(3), json!(1.5), json!(2)], false), Some(1));
        assert_eq!(of(&[json!("2026-03-01"), json!("2026-04-01")], true), Some(1));
        assert_eq!(of(&[json!(2), json!(2), json!(3)], false), None, "two are least");
        assert_eq!(of(&[json!(2), json!("a")], false), None, "not comparable");
        assert_eq!(extreme(&[Some(&json!(1)), None], false), None, "one has no value");
    }
}
