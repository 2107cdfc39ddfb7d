//! Talk that goes back to something: more of a list, a question about a known result, a request that was put aside.

use super::draft::{Draft, Task, TaskState, Told, concrete, list_of};
use super::{About, AssistantAct, Fact, Stuck, UserAct, tell};
use crate::catalog::{Leaf, Tool};
use crate::dialogue::{Goal, Outcome, pattern};
use rand::RngExt;

/// A result of the tool has more to tell than is told at once, so that something can be asked.
pub(super) fn has_more_to_tell(tool: &Tool) -> bool {
    let new = |leaf: &&Leaf| tell::worth(leaf) >= 35 && !tool.parameters.iter().any(|parameter| parameter.name == leaf.name);
    let own = tool.returns.fields.iter().filter(new).filter(|leaf| !leaf.pointer.contains('*')).count();
    let lists = tool.returns.fields.iter().filter_map(|leaf| list_of(&leaf.pointer));
    let named = |list: &str| {
        let inside = tool.returns.fields.iter().filter(new).filter(|leaf| list_of(&leaf.pointer) == Some(list)).count();
        tell::naming(tool, list).is_some() && inside > 2
    };
    own > 2 || lists.into_iter().any(named)
}

impl Draft<'_> {
    /// The user wants to hear more of the list that was told.
    pub(super) fn more_options(&mut self) -> Result<(), Stuck> {
        let (told, left) = self.untold()?;
        if left.is_empty() {
            return Err(Stuck::new("more options", "the whole list was told"));
        }
        let tool = self.walk.steps[told.step].tool;
        self.user_says(UserAct::MoreOptions { tool });
        Ok(())
    }

    /// Tells the items that were left out before; nothing is called for it.
    pub(super) fn tell_rest(&mut self) -> Result<(), Stuck> {
        let (told, left) = self.untold()?;
        let (Some(naming), Some(call)) = (told.naming.clone(), self.done[told.step]) else {
            return Err(Stuck::new("more options", "the items have no names"));
        };
        let mut items = Vec::new();
        for item in &left {
            let fields = [Some(&naming), told.attribute.as_ref()];
            let facts = fields.into_iter().flatten().filter_map(|field| self.fact(call, &concrete(field, *item)));
            let facts: Vec<Fact> = facts.filter(|fact| tell::sayable(&fact.value)).collect();
            if facts.first().is_none_or(|fact| pattern(&fact.pointer) != naming) {
                return Err(Stuck::new("more options", "an item has no name"));
            }
            items.push(facts);
        }
        let tool = self.walk.steps[told.step].tool;
        // From now on they are picked from as well.
        self.told = Some(Told { items: left, ..told });
        self.assistant_says(AssistantAct::OfferRest { call, tool, items });
        Ok(())
    }

    /// The list told last, and the places of its items that were not told.
    fn untold(&self) -> Result<(Told, Vec<usize>), Stuck> {
        let told = self.told.clone().ok_or_else(|| Stuck::new("more options", "no list was told"))?;
        let list = told.naming.as_deref().and_then(list_of).unwrap_or_default().to_string();
        let call = self.done[told.step].unwrap_or(super::NO_CALL);
        if self.calls.last().is_none_or(|last| last.id != call) {
            return Err(Stuck::new("more options", "something else was told since"));
        }
        let left: Vec<usize> = (0..self.items(call, &list).len()).filter(|item| !told.items.contains(item)).take(3).collect();
        Ok((told, left))
    }

    /// The user asks for something that an earlier result has and that was not told.
    pub(super) fn ask_fact(&mut self) -> Result<(), Stuck> {
        let mut all: Vec<(Fact, Option<About>)> = Vec::new();
        let calls: Vec<usize> = self.calls.iter().filter(|call| !call.is_error).map(|call| call.id).collect();
        for call in calls {
            all.extend(self.unsaid_facts(call));
        }
        if all.is_empty() {
            return Err(Stuck::new("ask fact", "everything worth asking was told"));
        }
        let (fact, about) = all[self.rng.random_range(0..all.len())].clone();
        self.asked_fact = Some(fact.clone());
        self.user_says(UserAct::AskFact { fact, about });
        Ok(())
    }

    /// Facts of a result that were not told, each with the thing that it is a fact of.
    fn unsaid_facts(&self, call: usize) -> Vec<(Fact, Option<About>)> {
        let Some(done) = self.call(call) else { return Vec::new() };
        let tool = self.tool(done.tool);
        let last = self.calls.last().is_some_and(|last| last.id == call);
        let echoed: Vec<&serde_json::Value> = crate::dialogue::leaves(&done.arguments).into_iter().map(|(_, value)| value).collect();
        let mut out = Vec::new();
        for (pointer, value) in crate::dialogue::leaves(&done.result) {
            let place = pattern(&pointer);
            let Some(leaf) = tool.returns.fields.iter().find(|leaf| leaf.pointer == place) else { continue };
            if tell::worth(leaf) < 35 || !tell::sayable(value) || echoed.contains(&value) || self.was_told(call, &pointer) {
                continue;
            }
            let Some(fact) = self.fact(call, &pointer) else { continue };
            match list_of(&place) {
                // Of the thing itself only while it is what is spoken of.
                None if last => out.push((fact, Some(About::That { call, tool: done.tool }))),
                Some(list) if place.matches('*').count() == 1 && place != list => {
                    let item = pointer[list.len() - 1..].split('/').next().and_then(|item| item.parse::<usize>().ok());
                    let naming = tell::naming(tool, list);
                    let name = naming.zip(item).and_then(|(naming, item)| self.fact(call, &concrete(&naming, item)));
                    let name = name.filter(|name| name.value.is_string() && name.pointer != pointer && self.was_told(call, &name.pointer));
                    let alone = |name: &Fact| {
                        let same = |other: &serde_json::Value| other == &name.value;
                        crate::dialogue::leaves(&done.result).into_iter().filter(|(_, value)| same(value)).count() == 1
                    };
                    out.extend(name.filter(alone).map(|name| (fact, Some(About::Named(name)))));
                }
                _ => {}
            }
        }
        out
    }

    fn was_told(&self, call: usize, pointer: &str) -> bool {
        self.spoken_facts().any(|fact| fact.call == call && fact.pointer == pointer)
    }

    /// Answers from what is known; nothing is called for it.
    pub(super) fn recall(&mut self) -> Result<(), Stuck> {
        let fact = self.asked_fact.take().ok_or_else(|| Stuck::new("ask fact", "nothing was asked"))?;
        self.assistant_says(AssistantAct::Recall { fact });
        Ok(())
    }

    /// Puts the open request aside, with the question that was asked last.
    pub(super) fn put_aside(&mut self) -> Result<(), Stuck> {
        let waits = self.task.state == TaskState::Open && !self.task.asked.is_empty();
        if !waits || self.task.runs.len() != 1 {
            return Err(Stuck::new("aside", "there is no single request that waits for an answer"));
        }
        // Its call comes after those of what is asked for now.
        self.next_call = self.task.runs[0].call;
        self.aside.push(std::mem::take(&mut self.task));
        Ok(())
    }

    /// The user comes back to it and answers the question.
    pub(super) fn resume(&mut self) -> Result<(), Stuck> {
        let mut task: Task = self.aside.pop().ok_or_else(|| Stuck::new("aside", "nothing was put aside"))?;
        let turn = self.user_turn();
        let call = self.next_call;
        self.next_call += 1;
        let run = &mut task.runs[0];
        run.call = call;
        self.goals[run.goal] = Goal { calls: vec![call], outcome: Outcome::Done, ..self.goals[run.goal].clone() };
        let asked = std::mem::take(&mut task.asked);
        self.task = task;
        let mut slots = Vec::new();
        for (r, a) in asked {
            let run = self.task.runs[r].clone();
            slots.extend(self.slot(&run, &run.args[a]));
            self.task.runs[r].args[a].from = super::draft::From::Said { turn: Some(turn) };
        }
        let tool = self.task.runs[0].tool;
        self.user_says(UserAct::Resume { tool, slots });
        Ok(())
    }
}
