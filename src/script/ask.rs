//! What a request needs: the calls of a task, what the user says of them, and what has to be asked for.

use super::draft::{Arg, Draft, From, Run, Task, arguments, list_of};
use super::needs::{unit_without_leaves, units};
use super::source::meant;
use super::{About, Source, Stuck, Through, UserAct};
use crate::catalog::{Tool, ToolClass};
use crate::dialogue::{Goal, Outcome};
use crate::graph::Witness;
use crate::plan::Answer;
use crate::value::SemType;
use rand::RngExt;
use rand::seq::SliceRandom;
use serde_json::Value;

/// People say at most this many values in one request; what is left over is asked for.
const MAX_SAID: usize = 3;

/// How a step comes up in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Alone,
    WithOthers,
    /// Nobody asks for it: it finds what another needs.
    Silently,
}

/// Verbs that leave open what is done to a thing.
const CHANGES: &[&str] = &["change", "update", "edit", "modify", "adjust", "revise", "alter", "amend"];

impl Draft<'_> {
    /// Opens the task of the next steps of the walk, keeping back `omit` values, and has the user ask for it: for each step in turn, or, when
    /// `implicit`, for the last one of each part only. `parts` are numbers of steps.
    pub(super) fn request(&mut self, parts: &[usize], omit: usize, implicit: bool) -> Result<(), Stuck> {
        let turn = self.user_turn();
        self.task = Task { turn, ..Task::default() };
        let count: usize = parts.iter().sum();
        let alone = count.min(self.walk.steps.len().saturating_sub(self.next_step)) == 1;
        for count in parts {
            let steps: Vec<usize> = (self.next_step..(self.next_step + count).min(self.walk.steps.len())).collect();
            let Some((last, before)) = steps.split_last() else {
                return Err(Stuck::new("plan", "a request with no step of the walk left"));
            };
            self.next_step += steps.len();
            let first_run = self.task.runs.len();
            for step in &steps {
                if self.walk.looped(*step) {
                    self.request_each(*step, turn)?;
                } else if implicit && step != last {
                    self.find_silently(*step, before, *last)?;
                } else {
                    self.request_one(*step, turn, alone)?;
                }
            }
            self.serve_last(first_run);
        }
        if parts.len() > 1 {
            self.in_order_of_calls();
        }
        self.omit(omit);
        let too_much = if std::mem::take(&mut self.beyond) { Some(self.too_much()?) } else { None };
        self.say_requests(turn);
        if let Some(slot) = too_much {
            self.also_says(slot);
        }
        Ok(())
    }

    /// Gives the calls of two requests the numbers in which they are made: those that wait for nothing first, of both.
    fn in_order_of_calls(&mut self) {
        let mut order: Vec<usize> = (0..self.task.runs.len()).collect();
        order.sort_by_key(|run| self.task.runs[*run].level);
        let mut ids: Vec<usize> = self.task.runs.iter().map(|run| run.call).collect();
        ids.sort_unstable();
        let new: Vec<(usize, usize)> = order.iter().zip(ids).map(|(run, id)| (self.task.runs[*run].call, id)).collect();
        let of = |call: usize| new.iter().find(|(old, _)| *old == call).map_or(call, |(_, id)| *id);
        for run in &mut self.task.runs {
            (run.call, run.said_for) = (of(run.call), of(run.said_for));
            for rule in run.args.iter_mut().filter_map(|arg| arg.rule.as_mut()) {
                rule.renumber(of);
            }
        }
        let goals: Vec<usize> = self.task.runs.iter().map(|run| run.goal).collect();
        for (at, goal) in self.goals.iter_mut().enumerate().filter(|(at, _)| goals.contains(at)) {
            let last = self.task.runs.iter().rfind(|run| run.goal == at).map(|run| run.call);
            goal.calls.iter_mut().for_each(|call| *call = of(*call));
            goal.calls.sort_by_key(|call| (Some(*call) == last, *call));
        }
    }

    /// One run of a step.
    fn request_one(&mut self, step: usize, turn: usize, alone: bool) -> Result<(), Stuck> {
        let run = self.plan_run(step, if alone { Asked::Alone } else { Asked::WithOthers }, None)?;
        self.open_goal(run, turn);
        Ok(())
    }

    /// A run that only finds what the last step is about; nobody asks for it by name.
    fn find_silently(&mut self, step: usize, before: &[usize], last: usize) -> Result<(), Stuck> {
        let tool = self.tool(self.walk.steps[step].tool);
        if !matches!(tool.phrase.class, ToolClass::Find | ToolClass::Lookup) {
            return Err(Stuck::new("implicit", "a step that changes something is never left unsaid"));
        }
        let serves = |later: usize| {
            self.walk.steps[later].links.iter().any(|link| {
                let Witness::Flow { field, parameter } = &link.relation.witness else { return false };
                let target = self.tool(self.walk.steps[later].tool);
                let identifies = target.parameters.iter().any(|leaf| leaf.pointer == *parameter && leaf.sem == SemType::Id);
                link.from == step && identifies && list_of(field).is_some()
            })
        };
        if !before.iter().filter(|later| **later > step).chain([&last]).any(|later| serves(*later)) {
            return Err(Stuck::new("implicit", "what it finds is not what the request is about"));
        }
        let mut run = self.plan_run(step, Asked::Silently, None)?;
        run.unnamed = true;
        self.task.runs.push(run);
        Ok(())
    }

    /// The calls that nobody asked for serve the goal of the last one.
    fn serve_last(&mut self, first: usize) {
        let Some(goal) = self.task.runs[first..].last().map(|run| run.goal) else { return };
        let mut silent = Vec::new();
        for run in self.task.runs[first..].iter_mut().filter(|run| run.unnamed) {
            run.goal = goal;
            silent.push(run.call);
        }
        if !silent.is_empty() {
            self.goals[goal].calls.splice(0..0, silent);
        }
    }

    /// The result of a finder that the user knows of before it is called, such as the list of their own bookings. It is the first thing to be
    /// called, or comes right behind others that wait for nothing.
    pub(super) fn foreseen(&self, step: usize) -> Option<Value> {
        let at = self.task.runs.iter().position(|run| run.step == step && run.unnamed)?;
        let known = |run: &Run| run.level == 0 && run.args.iter().all(|arg| arg.value.is_some());
        if !self.task.runs[..=at].iter().all(known) {
            return None;
        }
        let mut calls = Vec::new();
        for run in &self.task.runs[..=at] {
            let tool = self.tool(run.tool);
            let mut demand = self.demand(run.step);
            if run.step == step {
                let list = demand.lists.keys().next()?.clone();
                let (least, most) = super::needs::bounds_of(&tool.returns.schema, &list);
                let (low, high) = (2.max(least), 4.min(most.max(1)));
                demand.lists.insert(list, low.min(high)..=high.max(low));
            }
            calls.push((tool, arguments(tool, &run.args), demand));
        }
        self.world.foresee(&calls)
    }

    /// One run of the step for every item of the list told before.
    fn request_each(&mut self, step: usize, turn: usize) -> Result<(), Stuck> {
        let told = self.told.clone().ok_or_else(|| Stuck::new("loop", "no list was told to go through"))?;
        if told.items.len() < 2 {
            return Err(Stuck::new("loop", "the list has fewer than two items"));
        }
        let begin = self.task.runs.len();
        let mut first: Option<Run> = None;
        for item in told.items {
            let mut run = self.plan_run(step, Asked::Alone, Some(item))?;
            match &first {
                None => {
                    self.open_goal(run.clone(), turn);
                    first = Some(run);
                }
                // What the user says once holds for every item.
                Some(first) => {
                    run.args.retain(|arg| !matches!(arg.from, From::Said { .. }));
                    run.args.extend(first.args.iter().filter(|arg| matches!(arg.from, From::Said { .. })).cloned());
                    run.args.sort_by_key(|arg| arg.leaf);
                    run.said_for = first.said_for;
                    run.goal = self.goals.len() - 1;
                    self.goals[run.goal].calls.push(run.call);
                    self.task.runs.push(run);
                }
            }
        }
        self.goes_through(begin)
    }

    /// Each run from one on is about another thing: "a timer for each of them" is no request when what they differ in is on or off.
    fn goes_through(&self, begin: usize) -> Result<(), Stuck> {
        let runs = &self.task.runs[begin..];
        let things = |run: &Run| -> Vec<(usize, Option<Value>)> {
            let choice = |arg: &&Arg| matches!(self.leaf(run, arg).sem, SemType::Enum | SemType::Category | SemType::Bool);
            run.args.iter().filter(|arg| !choice(arg)).map(|arg| (arg.leaf, arg.value.clone())).collect()
        };
        let known = |run: &Run| run.args.iter().all(|arg| arg.value.is_some());
        let again = |at: usize| known(&runs[at]) && runs[..at].iter().any(|earlier| things(earlier) == things(&runs[at]));
        if (1..runs.len()).any(again) { Err(Stuck::new("loop", "two items of the list ask for the same")) } else { Ok(()) }
    }

    fn open_goal(&mut self, mut run: Run, turn: usize) {
        run.goal = self.goals.len();
        self.goals.push(Goal { turn, tool: self.tool(run.tool).name.clone(), outcome: Outcome::Done, calls: vec![run.call] });
        self.task.runs.push(run);
    }

    /// Finds a source for every argument of a step; a request for this step only has room for options.
    fn plan_run(&mut self, step: usize, asked: Asked, each: Option<usize>) -> Result<Run, Stuck> {
        let walk = self.walk;
        let tool_ix = walk.steps[step].tool;
        let tool = self.tool(tool_ix);
        let call = self.next_call;
        self.next_call += 1;
        let mut run = Run { step, tool: tool_ix, call, args: Vec::new(), level: 0, goal: 0, said_for: call, unnamed: false };
        for link in meant(tool, &walk.steps[step].links, walk.motif(step)) {
            self.follow(&mut run, link, each)?;
        }
        // What is to be brought up later is not said at once.
        let mut spare = if asked == Asked::Alone && self.expects != Some(Answer::More) { self.options() } else { 0 };
        // Of an operator: one thing more than has to be said, by whom it was asked for.
        let certain = usize::from(self.constrained && self.expects != Some(Answer::More));
        let mut wished = certain;
        let mut core = if asked != Asked::Silently && each.is_none() && self.expects != Some(Answer::More) { self.core(tool) } else { 0 };
        spare = spare.max(core) + certain;
        for unit in units(tool) {
            let linked = unit.leaves.iter().any(|leaf| run.args.iter().any(|arg| arg.leaf == *leaf));
            let free = !unit.required && !linked && spare > 0 && unit.sayable(tool);
            let wished_now = free && wished > 0;
            let shared = !unit.required && !linked && unit.sayable(tool) && self.said_on_the_way(tool, &unit.leaves);
            let core_now = free && !wished_now && core > 0;
            let wanted = unit.required || linked || shared || wished_now || core_now || (free && self.rng.random_bool(0.5));
            wished -= usize::from(wished_now);
            core -= usize::from(core_now);
            self.twisted += usize::from(wished_now);
            if !wanted {
                continue;
            }
            if !unit.required && !linked && !shared {
                spare -= 1;
            }
            for leaf in unit.needed(tool) {
                if !run.args.iter().any(|arg| arg.leaf == leaf) {
                    self.find_source(&mut run, leaf)?;
                }
            }
        }
        run.args.sort_by_key(|arg| arg.leaf);
        if let Some(empty) = unit_without_leaves(tool, &run) {
            return Err(Stuck::new(
                "arguments",
                format!("`{}` needs `{empty}`, whose schema says nothing that a person could say", tool.name),
            ));
        }
        Ok(run)
    }

    /// Whether something of the same name is said so that the thing itself can be found: "for the three of us" holds for the free table and for
    /// the booking.
    fn said_on_the_way(&self, tool: &Tool, leaves: &[usize]) -> bool {
        let [index] = leaves else { return false };
        let leaf = &tool.parameters[*index];
        let steps = self.task.runs.iter().filter(|run| run.unnamed);
        steps.flat_map(|run| run.args.iter().map(move |arg| (run, arg))).any(|(run, arg)| {
            let other = self.leaf(run, arg);
            matches!(arg.from, From::Said { .. }) && other.name == leaf.name && other.sem == leaf.sem && leaf.sem != SemType::Text
        })
    }

    /// How many values are said although the schema requires none of them, because a request without any would be about nothing: "add a
    /// meeting" says which. Who only looks can look at everything.
    fn core(&mut self, tool: &Tool) -> usize {
        let units = units(tool);
        let sem = |leaf: &usize| tool.parameters[*leaf].sem;
        if units.iter().any(|unit| unit.required) {
            // Who changes a thing says what becomes different: an identifier alone does not.
            let required = units.iter().filter(|unit| unit.required).flat_map(|unit| &unit.leaves);
            let changes = CHANGES.contains(&tool.phrase.verb.as_str()) && required.map(sem).all(|sem| sem == SemType::Id);
            return usize::from(changes && units.iter().any(|unit| !unit.required && unit.sayable(tool)));
        }
        let sayable = units.iter().filter(|unit| unit.sayable(tool)).count();
        let looks = matches!(tool.phrase.class, ToolClass::Find | ToolClass::Lookup);
        if looks || !self.rng.random_bool(0.85) { 0 } else { self.rng.random_range(1..=3).min(sayable) }
    }

    /// How many optional values a request adds: none half of the time.
    fn options(&mut self) -> usize {
        match self.rng.random_range(0..100) {
            0..45 => 0,
            45..80 => 1,
            _ => 2,
        }
    }

    /// Chooses what the user does not say at first: what the plan keeps back, and what would be too much for one request.
    fn omit(&mut self, omit: usize) {
        let mut said: Vec<(usize, usize)> = Vec::new();
        for (r, run) in self.task.runs.iter().enumerate() {
            let repeated = self.task.runs[..r].iter().any(|other| other.said_for == run.said_for);
            let required = units(&self.tools[run.tool]);
            for (a, arg) in run.args.iter().enumerate() {
                let must = required.iter().any(|unit| unit.required && unit.leaves.contains(&arg.leaf));
                let shifted = arg.rule.is_some() || self.is_base(run, arg);
                let shared = self.shared_in_turn(r, arg) || self.shares((r, a));
                if matches!(arg.from, From::Said { turn: None }) && !repeated && must && !shifted && !shared {
                    said.push((r, a));
                }
            }
        }
        let mut order = said.clone();
        order.shuffle(&mut self.rng);
        self.keep_back(&mut order);
        let limit = MAX_SAID + self.task.runs.len().saturating_sub(1) * 2;
        let keep_back = omit.max(said.len().saturating_sub(limit)).min(said.len());
        let mut missing: Vec<_> = order.into_iter().take(keep_back).collect();
        missing.sort_unstable();
        self.keep_back(&mut missing);
        self.task.missing = missing;
    }

    /// Puts the requests of the task into the user's mouth.
    fn say_requests(&mut self, turn: usize) {
        let mut acts = Vec::new();
        let mut through = Vec::new();
        let missing = self.task.missing.clone();
        for r in 0..self.task.runs.len() {
            let run = self.task.runs[r].clone();
            if self.task.runs[..r].iter().any(|other| other.said_for == run.said_for) {
                for arg in &mut self.task.runs[r].args {
                    if let From::Said { turn: said } = &mut arg.from {
                        *said = Some(turn);
                    }
                }
                continue;
            }
            let mut slots = Vec::new();
            for (a, arg) in run.args.iter().enumerate() {
                if !matches!(arg.from, From::Said { turn: None }) || missing.contains(&(r, a)) {
                    continue;
                }
                if self.sharer(r, arg).is_some_and(|at| !missing.contains(&at)) {
                    let from = From::Known(Source::User { turn });
                    self.task.runs[r].args[a].from = from;
                    continue;
                }
                slots.extend(self.slot(&run, arg));
                self.task.runs[r].args[a].from = From::Said { turn: Some(turn) };
            }
            let looped = self.walk.looped(run.step);
            let again = self.task.runs[..r].iter().any(|other| other.tool == run.tool);
            let mut about = self.about(&run);
            // "Add the first extra at The Crystal Pony Inn to The Crystal Pony Inn": what was named on the way is not named again.
            let named = |one: &About| matches!(one, About::ComingNamed(_) | About::ComingNth { .. } | About::ComingExtreme { .. });
            if about.len() > 1 {
                about.retain(|one| !named(one) || !through.iter().any(|other: &Through| other.about.contains(one)));
            }
            if run.unnamed {
                through.push(Through { call: run.call, tool: run.tool, slots, about });
                continue;
            }
            let through = std::mem::take(&mut through);
            acts.push(match (looped, self.told.as_ref().and_then(|told| self.done[told.step])) {
                (true, Some(list)) => UserAct::RequestEach { tool: run.tool, list, slots },
                _ => UserAct::Request {
                    tool: run.tool,
                    slots,
                    about,
                    again,
                    through,
                    aside: r == 0 && !self.aside.is_empty() && self.just_put_aside,
                },
            });
        }
        for act in acts {
            self.user_says(act);
        }
    }
}
