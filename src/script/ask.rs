//! What a request needs: the calls of a task, where each of their arguments will come from, and what has to be asked for.

use super::draft::{Arg, Draft, From, Run, Task, TaskState, arguments, concrete, list_of};
use super::{About, Fact, Pick, Source, Stuck, UserAct};
use crate::catalog::{Leaf, Tool};
use crate::dialogue::{Goal, Outcome, UsedRelation};
use crate::graph::{Link, Motif, RelationKind, Witness};
use crate::value::SemType;
use rand::RngExt;
use rand::seq::SliceRandom;
use serde_json::Value;

/// People say at most this many values in one request; what is left over is asked for.
const MAX_SAID: usize = 3;

impl Draft<'_> {
    /// Opens the task of the next `count` steps of the walk, keeping back `omit` values, and has the user ask for it.
    pub(super) fn request(&mut self, count: usize, omit: usize) -> Result<(), Stuck> {
        let steps: Vec<usize> = (self.next_step..(self.next_step + count).min(self.walk.steps.len())).collect();
        if steps.is_empty() {
            return Err(Stuck::new("plan", "a request with no step of the walk left"));
        }
        self.next_step += steps.len();
        self.task = Task::default();
        let turn = self.user_turn();
        let alone = steps.len() == 1;
        for step in &steps {
            if self.walk.motif == Motif::Loop && *step == 1 {
                self.request_each(*step, turn)?;
            } else {
                self.request_one(*step, turn, alone)?;
            }
        }
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
        let mut run = Run { step, tool: tool_ix, call, args: Vec::new(), level: 0, goal: 0, said_for: call };
        for link in meant(tool, &walk.steps[step].links, walk.motif) {
            self.follow(&mut run, link, each)?;
        }
        let mut spare = if alone { self.options() } else { 0 };
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
                let item = self.item_of(link.from, call, &field, each)?;
                let at = concrete(&field, item);
                let value = self.call(call).and_then(|done| done.result.pointer(&at)).cloned();
                let value = value.ok_or_else(|| Stuck::new("link", format!("`{}` gave nothing at {at}", self.tools[from].name)))?;
                Arg { pointer, leaf, value: Some(value), from: From::Known(Source::Result { call, pointer: at }) }
            }
            None => {
                let Some(earlier) = self.task.runs.iter().find(|earlier| earlier.step == link.from) else {
                    return Err(Stuck::new("link", "a step needs one that is not asked for"));
                };
                run.level = run.level.max(earlier.level + 1);
                let item = self.item_to_come(link.from, &field);
                Arg { pointer, leaf, value: None, from: From::Step { step: link.from, field, item } }
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
        run.args.push(Arg { pointer: second.to_string(), leaf, value: Some(value), from: From::Said { turn: None } });
        Ok(())
    }

    /// Which item of an earlier result is meant.
    fn item_of(&mut self, step: usize, call: usize, field: &str, each: Option<usize>) -> Result<usize, Stuck> {
        if let Some(item) = each {
            return Ok(item);
        }
        let Some(list) = list_of(field) else { return Ok(0) };
        if let Some((picked, item)) = self.picked
            && picked == step
        {
            return Ok(item);
        }
        let length =
            self.call(call).and_then(|done| done.result.pointer(list.trim_end_matches("/*"))).and_then(Value::as_array).map_or(0, Vec::len);
        match length {
            0 => Err(Stuck::new("link", "the list that a step builds on is empty")),
            1 => Ok(0),
            _ => {
                let items = self.told.as_ref().filter(|told| told.step == step && told.naming.is_some()).map(|told| told.items.clone());
                let items = items
                    .ok_or_else(|| Stuck::new("link", "a list with several items was not told, so nothing says which one is meant"))?;
                let item = items[self.rng.random_range(0..items.len())];
                self.picked = Some((step, item));
                Ok(item)
            }
        }
    }

    /// Which item is meant of a list that is still to come: an earlier request in the same breath decides.
    fn item_to_come(&mut self, step: usize, field: &str) -> usize {
        let Some(list) = list_of(field) else { return 0 };
        let earlier = self.task.runs.iter().flat_map(|run| &run.args).find_map(|arg| match &arg.from {
            From::Step { step: other, item, field } if *other == step && list_of(field) == Some(list) => Some(*item),
            _ => None,
        });
        if let Some(item) = earlier {
            return item;
        }
        let tool = &self.tools[self.walk.steps[step].tool];
        let (least, most) = bounds_of(&tool.returns.schema, list);
        // One item needs no words; when the schema asks for several, the user says which, mostly the first.
        if least <= 1 && self.rng.random_bool(0.5) {
            0
        } else {
            let top = most.clamp(1, 3) - 1;
            if self.rng.random_bool(0.75) { 0 } else { self.rng.random_range(0..=top) }
        }
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
            });
            return Ok(());
        }
        if let Some(same) = self.said_before(tool, leaf) {
            run.args.push(Arg { pointer: leaf.pointer.clone(), leaf: index, ..same });
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
                    run.args.push(Arg { pointer, leaf: index, value: Some(Value::String(text)), from });
                    continue;
                }
            }
            let value = self.world.draw(tool, leaf, &so_far);
            let value = value.ok_or_else(|| Stuck::new("arguments", format!("no value fits {} of `{}`", leaf.pointer, tool.name)))?;
            run.args.push(Arg { pointer, leaf: index, value: Some(value), from: From::Said { turn: None } });
        }
        Ok(())
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
        if !carries || leaf.pointer.contains('*') || self.walk.motif == Motif::Repeat || !tool.effects.updates.is_empty() {
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
        for call in self.calls.iter().rev().filter(|call| !call.is_error) {
            let parameters = &self.tools[call.tool].parameters;
            for (pointer, source) in &call.sources {
                let (Source::User { .. }, Some(value)) = (source, call.arguments.pointer(pointer)) else { continue };
                if parameters.iter().any(|other| other.pointer == *pointer && fits(other, value)) {
                    return Some(Arg { pointer: pointer.clone(), leaf: 0, value: Some(value.clone()), from: From::Known(source.clone()) });
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
                if matches!(arg.from, From::Said { turn: None }) && !repeated && must && !self.shared_in_turn(r, arg) {
                    said.push((r, a));
                }
            }
        }
        let mut order = said.clone();
        order.shuffle(&mut self.rng);
        let limit = MAX_SAID + self.task.runs.len().saturating_sub(1) * 2;
        let keep_back = omit.max(said.len().saturating_sub(limit)).min(said.len());
        let mut missing: Vec<_> = order.into_iter().take(keep_back).collect();
        missing.sort_unstable();
        self.task.missing = missing;
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
            acts.push(match (looped, self.told.as_ref().and_then(|told| self.done[told.step])) {
                (true, Some(list)) => UserAct::RequestEach { tool: run.tool, list, slots },
                _ => UserAct::Request { tool: run.tool, slots, about, again },
            });
        }
        for act in acts {
            self.user_says(act);
        }
    }

    /// What earlier things the arguments of a run that nobody says refer to.
    ///
    /// Of several things the one that most needs words: a pick, then a name, then what "it" can mean.
    fn about(&self, run: &Run) -> Option<About> {
        let mut all: Vec<About> = Vec::new();
        for arg in &run.args {
            let one = match &arg.from {
                From::Step { step, field, item } => match list_of(field) {
                    Some(list) if self.several_to_come(*step, list, *item) => About::ComingNth { position: *item },
                    _ => About::Coming,
                },
                From::Known(Source::Result { call, pointer }) => self.about_known(*call, pointer),
                _ => continue,
            };
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all.into_iter().min_by_key(|about| match about {
            About::ComingNth { .. } => 0,
            About::Named(_) => 1,
            About::That { .. } => 2,
            About::Coming => 3,
        })
    }

    /// Whether the list of a step still to come will have several items: whenever its schema or the chosen item asks for it.
    pub(super) fn several_to_come(&self, step: usize, list: &str, item: usize) -> bool {
        let tool = &self.tools[self.walk.steps[step].tool];
        item > 0 || bounds_of(&tool.returns.schema, list).0 > 1
    }

    fn about_known(&self, call: usize, pointer: &str) -> About {
        let tool = self.call(call).map_or(0, |call| call.tool);
        let pattern = crate::dialogue::pattern(pointer);
        let that = About::That { call, tool };
        let (Some(list), Some(told)) = (list_of(&pattern), &self.told) else { return that };
        let step = self.done.iter().position(|done| *done == Some(call));
        let just_picked = step.is_some_and(|step| self.picked.is_some_and(|(picked, _)| picked == step)) && self.just_selected();
        if just_picked || step != Some(told.step) {
            return that;
        }
        match told.naming.as_deref().filter(|naming| list_of(naming) == Some(list)) {
            Some(naming) => {
                let item: usize = pointer[list.len() - 1..].split('/').next().and_then(|n| n.parse().ok()).unwrap_or(0);
                self.fact(call, &concrete(naming, item)).map_or(that, About::Named)
            }
            None => that,
        }
    }

    /// A fact of a result by its concrete pointer.
    pub(super) fn fact(&self, call: usize, pointer: &str) -> Option<Fact> {
        let done = self.call(call)?;
        let value = done.result.pointer(pointer)?.clone();
        let pattern = crate::dialogue::pattern(pointer);
        let sem = self.tools[done.tool].returns.fields.iter().find(|leaf| leaf.pointer == pattern).map_or(SemType::Text, |leaf| leaf.sem);
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
        if !builds_on_it || told.items.len() < 2 || self.picked.is_some_and(|(step, _)| step == told.step) {
            return;
        }
        let position = self.rng.random_range(0..told.items.len());
        let item = told.items[position];
        self.picked = Some((told.step, item));
        let named = match (&told.naming, self.done[told.step]) {
            (Some(naming), Some(call)) if self.rng.random_bool(0.5) => self.fact(call, &concrete(naming, item)),
            _ => None,
        };
        let pick = named.map_or(Pick::Ordinal { position, of: told.items.len() }, Pick::Name);
        self.user_says(UserAct::Select { pick });
    }

    /// The user's turn in the making picks something.
    fn just_selected(&self) -> bool {
        self.pending_user().iter().any(|act| matches!(act, UserAct::Select { .. }))
    }

    /// The assistant asks for up to two values that are missing; false when nothing is.
    pub(super) fn ask(&mut self) -> bool {
        let Some(&(run, _)) = self.task.missing.first() else { return false };
        let of_run: Vec<_> = self.task.missing.iter().copied().filter(|(r, _)| *r == run).collect();
        let two = of_run.len() > 1 && self.rng.random_bool(0.6);
        let asked: Vec<_> = of_run.into_iter().take(if two { 2 } else { 1 }).collect();
        self.task.missing.retain(|at| !asked.contains(at));
        let planned = &self.task.runs[run];
        let parameters = asked.iter().map(|(_, a)| self.tools[planned.tool].parameters[planned.args[*a].leaf].pointer.clone()).collect();
        let act = super::AssistantAct::Ask { call: planned.said_for, tool: planned.tool, parameters };
        self.task.asked = asked;
        self.assistant_says(act);
        true
    }

    /// The user answers the last question, whole.
    pub(super) fn inform(&mut self) {
        let asked = std::mem::take(&mut self.task.asked);
        if asked.is_empty() {
            return;
        }
        let turn = self.user_turn();
        let mut slots = Vec::new();
        for (r, a) in asked {
            let run = self.task.runs[r].clone();
            slots.extend(self.slot(&run, &run.args[a]));
            self.task.runs[r].args[a].from = From::Said { turn: Some(turn) };
        }
        self.user_says(UserAct::Inform { slots });
    }

    /// The user takes back one value. After the call, its last run is opened again.
    pub(super) fn correct(&mut self) -> Result<(), Stuck> {
        let Some(last) = self.task.runs.len().checked_sub(1) else { return Err(Stuck::new("correct", "there is no request to correct")) };
        let run = self.task.runs[last].clone();
        let tool = self.tool(run.tool);
        let mut said: Vec<usize> = (0..run.args.len())
            .filter(|a| matches!(run.args[*a].from, From::Said { turn: Some(_) }) && !run.args[*a].pointer.contains("/0"))
            .collect();
        said.shuffle(&mut self.rng);
        // A date or a name sooner than a number that somebody has to read off a letter.
        said.sort_by_key(|a| !correctable(self.leaf(&run, &run.args[*a])));
        for a in said {
            let arg = &run.args[a];
            let others: Vec<Arg> = run.args.iter().enumerate().filter(|(index, _)| *index != a).map(|(_, arg)| arg.clone()).collect();
            let Some(old) = arg.value.clone() else { continue };
            let Some(new) = self.world.redraw(tool, &tool.parameters[arg.leaf], &arguments(tool, &others), &old) else { continue };
            let mut candidate = run.args.clone();
            candidate[a].value = Some(new.clone());
            if !self.world.valid(tool, &arguments(tool, &candidate)) {
                continue;
            }
            let turn = self.user_turn();
            let reopened = self.task.state != TaskState::Open;
            if reopened {
                let call = self.next_call;
                self.next_call += 1;
                let again = Run { call, level: 0, ..run.clone() };
                self.goals[again.goal].calls.push(call);
                self.goals[again.goal].outcome = Outcome::Done;
                self.task = Task { runs: vec![again], ..Task::default() };
            }
            let at = self.task.runs.len() - 1;
            self.task.runs[at].args[a] = Arg { value: Some(new), from: From::Said { turn: Some(turn) }, ..arg.clone() };
            let run = self.task.runs[at].clone();
            if let Some(slot) = self.slot(&run, &run.args[a]) {
                self.user_says(UserAct::Correct { slot, old });
                return Ok(());
            }
        }
        Err(Stuck::new("correct", "the user said no value that could be another"))
    }

    pub(super) fn cancel(&mut self) {
        if let Some(run) = self.task.runs.last() {
            let tool = run.tool;
            for run in &self.task.runs {
                self.goals[run.goal].outcome = Outcome::Cancelled;
                self.goals[run.goal].calls.clear();
            }
            // The numbers of calls that never happen are free again.
            self.next_call = self.task.runs[0].call;
            self.user_says(UserAct::Cancel { tool });
        }
        self.task = Task { state: TaskState::Told, ..Task::default() };
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

/// Values that people change their minds about.
fn correctable(leaf: &Leaf) -> bool {
    !matches!(leaf.sem, SemType::Id | SemType::Bool | SemType::Text | SemType::Url | SemType::Path)
}

/// A top-level parameter with all its leaves.
struct Unit {
    required: bool,
    leaves: Vec<usize>,
}

impl Unit {
    /// Somebody could say it: not a page number, not an identifier out of nowhere.
    fn sayable(&self, tool: &Tool) -> bool {
        self.leaves.iter().all(|leaf| {
            let leaf = &tool.parameters[*leaf];
            !leaf.phrase.silent && !matches!(leaf.sem, SemType::Id | SemType::Url | SemType::Path | SemType::Latitude | SemType::Longitude)
        }) && self.leaves.len() <= 2
    }

    /// The leaves without which the unit is not valid; one, when all of them are optional.
    fn needed(&self, tool: &Tool) -> Vec<usize> {
        let needed: Vec<usize> = self.leaves.iter().copied().filter(|leaf| needed_inside(tool, &tool.parameters[*leaf].pointer)).collect();
        if needed.is_empty() { self.leaves.first().copied().into_iter().collect() } else { needed }
    }
}

fn units(tool: &Tool) -> Vec<Unit> {
    let mut all: Vec<(String, Unit)> = Vec::new();
    for (index, leaf) in tool.parameters.iter().enumerate() {
        let top = leaf.pointer.split('/').nth(1).unwrap_or_default().to_string();
        match all.iter_mut().find(|(name, _)| *name == top) {
            Some((_, unit)) => unit.leaves.push(index),
            None => {
                let required = requires(&tool.schema, &tool.schema, &top);
                all.push((top, Unit { required, leaves: vec![index] }));
            }
        }
    }
    all.into_iter().map(|(_, unit)| unit).collect()
}

/// A required top-level parameter that has no leaf to fill.
fn unit_without_leaves(tool: &Tool, run: &Run) -> Option<String> {
    let required = tool.schema.get("required")?.as_array()?;
    required
        .iter()
        .filter_map(Value::as_str)
        .find(|name| !run.args.iter().any(|arg| arg.pointer.split('/').nth(1) == Some(&escape(name))))
        .map(str::to_string)
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Below its top-level parameter, a leaf and all its ancestors are required.
fn needed_inside(tool: &Tool, pointer: &str) -> bool {
    let mut at = &tool.schema;
    for (depth, part) in pointer.split('/').skip(1).enumerate() {
        if depth > 0 && part != "*" && !requires(&tool.schema, at, part) {
            return false;
        }
        match child(&tool.schema, at, part) {
            Some(next) => at = next,
            None => return true,
        }
    }
    true
}

fn requires(root: &Value, schema: &Value, name: &str) -> bool {
    let plain = name.replace("~1", "/").replace("~0", "~");
    parts(root, schema).iter().any(|part| {
        part.get("required").and_then(Value::as_array).is_some_and(|names| names.iter().any(|one| one.as_str() == Some(&plain)))
    })
}

fn child<'a>(root: &'a Value, schema: &'a Value, part: &str) -> Option<&'a Value> {
    let plain = part.replace("~1", "/").replace("~0", "~");
    parts(root, schema).into_iter().find_map(|one| if part == "*" { one.get("items") } else { one.get("properties")?.get(&plain) })
}

/// A schema with its local reference followed and its `allOf`, `oneOf` and `anyOf` branches beside it, a few levels deep.
fn parts<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let mut all = vec![schema];
    let mut next = 0;
    while next < all.len() && all.len() < 32 {
        let one = all[next];
        next += 1;
        if let Some(target) = one.get("$ref").and_then(Value::as_str).and_then(|name| root.pointer(name.strip_prefix('#')?)) {
            all.push(target);
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            all.extend(one.get(key).and_then(Value::as_array).into_iter().flatten());
        }
    }
    all
}

/// `minItems` and `maxItems` of the list at a pattern that ends in `/*`.
pub(super) fn bounds_of(schema: &Value, list: &str) -> (usize, usize) {
    let mut at = schema;
    for part in list.trim_end_matches("/*").split('/').skip(1) {
        match child(schema, at, part) {
            Some(next) => at = next,
            None => return (0, 8),
        }
    }
    let number = |key: &str| parts(schema, at).iter().find_map(|part| part.get(key)).and_then(Value::as_u64).map(|n| n.min(64) as usize);
    (number("minItems").unwrap_or(0), number("maxItems").unwrap_or(8))
}

/// How many items a list argument gets: what the schema asks for, otherwise one, sometimes two.
fn item_count(tool: &Tool, leaf: &Leaf, two: bool) -> usize {
    let (least, most) = bounds_of(&tool.schema, &leaf.pointer);
    if leaf.pointer.matches('*').count() > 1 {
        return 1;
    }
    least.max(if two { 2 } else { 1 }).min(most.max(1))
}

/// A pattern that ends in `*` with that one set to `item`.
fn concrete_last(pattern: &str, item: usize) -> String {
    format!("{}/{item}", concrete(pattern.strip_suffix("/*").unwrap_or(pattern), 0))
}

/// The value that the schema itself gives: `const`, or the default of a required parameter that nobody says.
fn fixed(tool: &Tool, leaf: &Leaf) -> Option<(String, Value)> {
    let at: String = leaf
        .pointer
        .split('/')
        .skip(1)
        .map(|part| if part == "*" { "/items".to_string() } else { format!("/properties/{part}") })
        .collect();
    for key in ["const", "default"] {
        if key == "default" && !leaf.phrase.silent {
            continue;
        }
        let pointer = format!("{at}/{key}");
        if let Some(value) = tool.schema.pointer(&pointer).filter(|value| !value.is_null() && !value.is_object() && !value.is_array()) {
            return Some((pointer, value.clone()));
        }
    }
    None
}

/// Facts about the signed-in user that a system knows: who they are, and the keys that a program holds for them.
fn is_about_user(leaf: &Leaf) -> bool {
    let user = matches!(leaf.entity.as_deref(), Some("user" | "customer" | "member" | "client" | "employee")) && leaf.sem == SemType::Id;
    (user || leaf.phrase.silent)
        && !leaf.pointer.contains('*')
        && matches!(leaf.sem, SemType::Id | SemType::Code | SemType::Text | SemType::Query | SemType::Title | SemType::Person)
}
