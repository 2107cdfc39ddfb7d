//! What a request needs: the calls of a task, where each of their arguments will come from, and what has to be asked for.

use super::draft::{Arg, By, Draft, From, Run, Shift, Task, arguments, concrete, list_of};
use super::needs::{concrete_last, fixed, is_about_user, item_count, unit_without_leaves, units};
use super::{Source, Stuck, Through, UserAct};
use crate::catalog::{Leaf, Tool, ToolClass};
use crate::dialogue::{Goal, Outcome, UsedRelation};
use crate::graph::{Link, Motif, RelationKind, Witness};
use crate::plan::Answer;
use crate::value::SemType;
use rand::RngExt;
use rand::seq::SliceRandom;
use serde_json::Value;

/// People say at most this many values in one request; what is left over is asked for.
const MAX_SAID: usize = 3;

impl Draft<'_> {
    /// Opens the task of the next `count` steps of the walk, keeping back `omit` values, and has the user ask for it: for each step in turn,
    /// or, when `implicit`, for the last one only.
    pub(super) fn request(&mut self, count: usize, omit: usize, implicit: bool) -> Result<(), Stuck> {
        let steps: Vec<usize> = (self.next_step..(self.next_step + count).min(self.walk.steps.len())).collect();
        if steps.is_empty() {
            return Err(Stuck::new("plan", "a request with no step of the walk left"));
        }
        self.next_step += steps.len();
        let turn = self.user_turn();
        self.task = Task { turn, ..Task::default() };
        let alone = steps.len() == 1;
        let (last, before) = steps.split_last().unwrap_or((&0, &[]));
        for step in &steps {
            if self.walk.motif == Motif::Loop && *step == 1 {
                self.request_each(*step, turn)?;
            } else if implicit && step != last {
                self.find_silently(*step, before, *last)?;
            } else {
                self.request_one(*step, turn, alone)?;
            }
        }
        self.serve_last();
        self.omit(omit);
        self.say_requests(turn);
        Ok(())
    }

    /// One run of a step.
    fn request_one(&mut self, step: usize, turn: usize, alone: bool) -> Result<(), Stuck> {
        let run = self.plan_run(step, alone, None)?;
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
        let mut run = self.plan_run(step, false, None)?;
        run.unnamed = true;
        self.task.runs.push(run);
        Ok(())
    }

    /// The calls that nobody asked for serve the goal of the last one.
    fn serve_last(&mut self) {
        let Some(goal) = self.task.runs.last().map(|run| run.goal) else { return };
        let mut silent = Vec::new();
        for run in self.task.runs.iter_mut().filter(|run| run.unnamed) {
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
        let mut first: Option<Run> = None;
        for item in told.items {
            let mut run = self.plan_run(step, true, Some(item))?;
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
        Ok(())
    }

    fn open_goal(&mut self, mut run: Run, turn: usize) {
        run.goal = self.goals.len();
        self.goals.push(Goal { turn, tool: self.tool(run.tool).name.clone(), outcome: Outcome::Done, calls: vec![run.call] });
        self.task.runs.push(run);
    }

    /// Finds a source for every argument of a step. `alone`: the request is for this step only, so there is room for options.
    fn plan_run(&mut self, step: usize, alone: bool, each: Option<usize>) -> Result<Run, Stuck> {
        let walk = self.walk;
        let tool_ix = walk.steps[step].tool;
        let tool = self.tool(tool_ix);
        let call = self.next_call;
        self.next_call += 1;
        let mut run = Run { step, tool: tool_ix, call, args: Vec::new(), level: 0, goal: 0, said_for: call, unnamed: false };
        for link in meant(tool, &walk.steps[step].links, walk.motif) {
            self.follow(&mut run, link, each)?;
        }
        // What is to be brought up later is not said at once.
        let mut spare = if alone && self.expects != Some(Answer::More) { self.options() } else { 0 };
        for unit in units(tool) {
            let linked = unit.leaves.iter().any(|leaf| run.args.iter().any(|arg| arg.leaf == *leaf));
            let wanted = unit.required || linked || (spare > 0 && unit.sayable(tool) && self.rng.random_bool(0.5));
            if !wanted {
                continue;
            }
            if !unit.required && !linked {
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

    /// How many optional values a request adds: none half of the time.
    fn options(&mut self) -> usize {
        match self.rng.random_range(0..100) {
            0..45 => 0,
            45..80 => 1,
            _ => 2,
        }
    }

    /// Takes an argument from the step that a link points to.
    fn follow(&mut self, run: &mut Run, link: &Link, each: Option<usize>) -> Result<(), Stuck> {
        let tool = self.tool(run.tool);
        let from = self.walk.steps[link.from].tool;
        let (field, parameter) = match &link.relation.witness {
            Witness::Flow { field, parameter } => (field.clone(), parameter),
            Witness::Shared { first, second } => return self.share(run, link.from, first, second),
            Witness::LifeCycle { .. } | Witness::Topic { .. } => {
                self.used(link.from, run.tool, link.relation.kind);
                return Ok(());
            }
        };
        let Some(leaf) = tool.parameters.iter().position(|leaf| leaf.pointer == *parameter) else {
            return Err(Stuck::new("link", format!("`{}` has no parameter {parameter}", tool.name)));
        };
        if run.args.iter().any(|arg| arg.leaf == leaf) {
            return Ok(());
        }
        self.used(link.from, run.tool, RelationKind::Feeds);
        let pointer = concrete(parameter, 0);
        let arg = match self.done[link.from] {
            Some(call) => {
                let (item, by) = self.item_of(link.from, call, &field, each)?;
                let turn = self.picked(link.from).map_or(0, |picked| picked.turn);
                let at = concrete(&field, item);
                let value = self.call(call).and_then(|done| done.result.pointer(&at)).cloned();
                let value = value.ok_or_else(|| Stuck::new("link", format!("`{}` gave nothing at {at}", self.tools[from].name)))?;
                let by = if list_of(&field).is_some() { by } else { By::Only };
                Arg { pointer, leaf, value: Some(value), from: From::Known(Self::item_source(call, at, item, &by, turn)), shift: None }
            }
            None => {
                let Some(earlier) = self.task.runs.iter().find(|earlier| earlier.step == link.from) else {
                    return Err(Stuck::new("link", "a step needs one that is not asked for"));
                };
                run.level = run.level.max(earlier.level + 1);
                let foreseen = self.foreseen(link.from);
                let by = self.item_to_come(link.from, &field, foreseen.as_ref());
                Arg { pointer, leaf, value: None, from: From::Step { step: link.from, field, by }, shift: None }
            }
        };
        run.args.push(arg);
        Ok(())
    }

    fn used(&mut self, from: usize, to: usize, kind: RelationKind) {
        let used = UsedRelation { from: self.tools[self.walk.steps[from].tool].name.clone(), to: self.tools[to].name.clone(), kind };
        if !self.relations.contains(&used) {
            self.relations.push(used);
        }
    }

    /// Two tools that take the same thing: the second repeats what the user said for the first.
    fn share(&mut self, run: &mut Run, from: usize, first: &str, second: &str) -> Result<(), Stuck> {
        let tool = self.tool(run.tool);
        let Some(leaf) = tool.parameters.iter().position(|leaf| leaf.pointer == second && !leaf.pointer.contains('*')) else {
            return Ok(());
        };
        let value = match self.task.runs.iter().find(|earlier| earlier.step == from) {
            Some(earlier) => earlier.args.iter().find(|arg| arg.pointer == first).and_then(|arg| arg.value.clone()),
            None => self.done[from].and_then(|call| self.call(call)).and_then(|call| call.arguments.pointer(first)).cloned(),
        };
        let Some(value) = value else { return Ok(()) };
        self.used(from, run.tool, RelationKind::Shares);
        run.args.push(Arg { pointer: second.to_string(), leaf, value: Some(value), from: From::Said { turn: None }, shift: None });
        Ok(())
    }

    /// A source for a parameter that no result gives: the context, the schema's only value, or the user.
    fn find_source(&mut self, run: &mut Run, index: usize) -> Result<(), Stuck> {
        let tool = self.tool(run.tool);
        let leaf = &tool.parameters[index];
        if let Some((pointer, value)) = fixed(tool, leaf) {
            run.args.push(Arg {
                pointer: concrete(&leaf.pointer, 0),
                leaf: index,
                value: Some(value),
                from: From::Known(Source::Default { pointer }),
                shift: None,
            });
            return Ok(());
        }
        if let Some(same) = self.said_before(tool, leaf) {
            run.args.push(Arg { pointer: leaf.pointer.clone(), leaf: index, ..same });
            return Ok(());
        }
        if let Some((value, shift)) = self.shifted(run, leaf) {
            let from = From::Said { turn: None };
            run.args.push(Arg { pointer: leaf.pointer.clone(), leaf: index, value: Some(value), from, shift: Some(shift) });
            return Ok(());
        }
        let count = if leaf.pointer.ends_with("/*") { item_count(tool, leaf, self.rng.random_range(0..4) == 0) } else { 1 };
        for item in 0..count {
            let pointer = if count > 1 { concrete_last(&leaf.pointer, item) } else { concrete(&leaf.pointer, 0) };
            let so_far = arguments(tool, &run.args);
            let key = leaf.name.clone();
            if is_about_user(leaf)
                && leaf.schema.get("type").is_none_or(|kind| kind == "string")
                && (leaf.phrase.silent || self.rng.random_bool(0.7))
            {
                let known = self.context.user.get(&key).cloned().map(Value::String);
                let value = match known {
                    Some(value) => Some(value),
                    None => self.world.draw(tool, leaf, &so_far),
                };
                if let Some(Value::String(text)) = value {
                    self.context.user.insert(key.clone(), text.clone());
                    let from = From::Known(Source::Context { pointer: format!("/user/{key}") });
                    run.args.push(Arg { pointer, leaf: index, value: Some(Value::String(text)), from, shift: None });
                    continue;
                }
            }
            let value = self.world.draw(tool, leaf, &so_far);
            let value = value.ok_or_else(|| Stuck::new("arguments", format!("no value fits {} of `{}`", leaf.pointer, tool.name)))?;
            run.args.push(Arg { pointer, leaf: index, value: Some(value), from: From::Said { turn: None }, shift: None });
        }
        Ok(())
    }

    /// A date as so many days after the only other date of the talk.
    fn shifted(&mut self, run: &Run, leaf: &Leaf) -> Option<(Value, Shift)> {
        if leaf.sem != SemType::Date || leaf.pointer.contains('*') || !self.rng.random_bool(0.4) {
            return None;
        }
        let (base, said) = self.only_date(run)?;
        let days = [1, 1, 2, 2, 3, 3, 4, 5, 7][self.rng.random_range(0..9)];
        let date: jiff::civil::Date = said.parse().ok()?;
        let value = Value::String(date.checked_add(jiff::Span::new().days(days)).ok()?.to_string());
        self.world.fits(&leaf.schema, &value).then_some((value, Shift { base, days }))
    }

    /// The one date that the user has said so far, and where; none when there are several, so that "the day after" would have two readings.
    fn only_date(&self, run: &Run) -> Option<(Source, String)> {
        let mut found: Option<(Source, String)> = None;
        let now = self.task.runs.iter().chain([run]).flat_map(|run| run.args.iter().map(move |arg| (run, arg)));
        for (run, arg) in now {
            if matches!(self.leaf(run, arg).sem, SemType::Date | SemType::Datetime) {
                if found.is_some() || arg.shift.is_some() || !matches!(arg.from, From::Said { .. }) || run.said_for != run.call {
                    return None;
                }
                let source = Source::Said { turn: self.task.turn, call: run.call, pointer: arg.pointer.clone() };
                found = Some((source, arg.value.as_ref()?.as_str()?.to_string()));
            }
        }
        for call in &self.calls {
            for (pointer, source) in &call.sources {
                let leaf = self.tools[call.tool].parameters.iter().find(|leaf| leaf.pointer == *pointer);
                if !leaf.is_some_and(|leaf| matches!(leaf.sem, SemType::Date | SemType::Datetime)) {
                    continue;
                }
                let Source::User { turn } = source else { return None };
                if found.is_some() {
                    return None;
                }
                let source = Source::Said { turn: *turn, call: call.id, pointer: pointer.clone() };
                found = Some((source, call.arguments.pointer(pointer)?.as_str()?.to_string()));
            }
        }
        // A date that the assistant told in between would be meant sooner.
        let told = self.calls.iter().any(|call| self.tools[call.tool].returns.fields.iter().any(|leaf| leaf.sem == SemType::Date));
        found.filter(|_| !told)
    }

    /// A value of the same name and kind that the user said for an earlier step of the errand: whoever looks for a hotel from Friday on books
    /// it from Friday on. Tools that change something are told the new value, not the old one.
    fn said_before(&self, tool: &Tool, leaf: &Leaf) -> Option<Arg> {
        let carries = matches!(
            leaf.sem,
            SemType::City
                | SemType::Country
                | SemType::Date
                | SemType::Time
                | SemType::Datetime
                | SemType::Count
                | SemType::CountPeople
                | SemType::Currency
                | SemType::Language
        );
        // Whoever has a thing found names the place that it is in once: the owner and the repository of an issue.
        let carries = carries && tool.effects.updates.is_empty();
        let finds = self.task.runs.iter().any(|run| run.unnamed) && !matches!(leaf.sem, SemType::Text | SemType::Query | SemType::Bool);
        if !(carries || finds) || leaf.pointer.contains('*') || self.walk.motif == Motif::Repeat {
            return None;
        }
        let fits = |other: &Leaf, value: &Value| other.name == leaf.name && other.sem == leaf.sem && self.world.fits(&leaf.schema, value);
        for run in self.task.runs.iter().rev() {
            let earlier = run.args.iter().find(|arg| {
                matches!(arg.from, From::Said { .. }) && arg.value.as_ref().is_some_and(|value| fits(self.leaf(run, arg), value))
            });
            if let Some(arg) = earlier {
                return Some(arg.clone());
            }
        }
        for call in self.calls.iter().rev().filter(|call| carries && !call.is_error) {
            let parameters = &self.tools[call.tool].parameters;
            for (pointer, source) in &call.sources {
                let (Source::User { .. }, Some(value)) = (source, call.arguments.pointer(pointer)) else { continue };
                if parameters.iter().any(|other| other.pointer == *pointer && fits(other, value)) {
                    let from = From::Known(source.clone());
                    return Some(Arg { pointer: pointer.clone(), leaf: 0, value: Some(value.clone()), from, shift: None });
                }
            }
        }
        None
    }

    /// Chooses what the user does not say at first: what the plan keeps back, and what would be too much for one request.
    fn omit(&mut self, omit: usize) {
        let mut said: Vec<(usize, usize)> = Vec::new();
        for (r, run) in self.task.runs.iter().enumerate() {
            let repeated = self.task.runs[..r].iter().any(|other| other.said_for == run.said_for);
            let required = units(&self.tools[run.tool]);
            for (a, arg) in run.args.iter().enumerate() {
                let must = required.iter().any(|unit| unit.required && unit.leaves.contains(&arg.leaf));
                let shifted = arg.shift.is_some() || self.is_base(run, arg);
                if matches!(arg.from, From::Said { turn: None }) && !repeated && must && !shifted && !self.shared_in_turn(r, arg) {
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

    /// Another date is said as so many days after this one.
    pub(super) fn is_base(&self, run: &Run, arg: &Arg) -> bool {
        self.task
            .runs
            .iter()
            .flat_map(|other| &other.args)
            .filter_map(|other| other.shift.as_ref())
            .any(|shift| matches!(&shift.base, Source::Said { call, pointer, .. } if *call == run.call && *pointer == arg.pointer))
    }

    /// The same value of the same kind is said in the same breath for an earlier run already.
    fn shared_in_turn(&self, run: usize, arg: &Arg) -> bool {
        self.sharer(run, arg).is_some()
    }

    fn sharer(&self, run: usize, arg: &Arg) -> Option<(usize, usize)> {
        let leaf = self.leaf(&self.task.runs[run], arg);
        self.task.runs[..run].iter().enumerate().find_map(|(r, earlier)| {
            let said = |other: &Arg| {
                matches!(other.from, From::Said { .. }) && other.value == arg.value && self.leaf(earlier, other).sem == leaf.sem
            };
            let index = earlier.args.iter().position(said)?;
            (earlier.tool != self.task.runs[run].tool).then_some((r, index))
        })
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
            let looped = self.walk.motif == Motif::Loop && run.step == 1;
            let again = self.task.runs[..r].iter().any(|other| other.tool == run.tool);
            let about = self.about(&run);
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

/// The links that people mean. Who says "move that booking" means its identifier; a date, an amount or a colour that happens to stand in
/// the same result is not meant with it, so where an identifier flows, values of everyday kinds do not.
fn meant<'l>(tool: &Tool, links: &'l [Link], motif: Motif) -> impl Iterator<Item = &'l Link> {
    let sem = |link: &Link| match &link.relation.witness {
        Witness::Flow { parameter, .. } => tool.parameters.iter().find(|leaf| leaf.pointer == *parameter).map(|leaf| leaf.sem),
        _ => None,
    };
    let identified = links.iter().any(|link| sem(link) == Some(SemType::Id));
    let keep_all = !identified || matches!(motif, Motif::FanIn | Motif::Diamond);
    let kept: Vec<&Link> = links.iter().filter(|link| keep_all || sem(link).is_none_or(follows_along)).collect();
    kept.into_iter()
}

/// Kinds of values that come along with the thing they belong to.
fn follows_along(sem: SemType) -> bool {
    matches!(
        sem,
        SemType::Id
            | SemType::Email
            | SemType::Phone
            | SemType::Address
            | SemType::Airport
            | SemType::Code
            | SemType::Url
            | SemType::Path
            | SemType::Latitude
            | SemType::Longitude
    )
}
