//! The calls of a request are made: their arguments get values, and the world answers.

use super::draft::{Arg, By, Draft, From, Picked, Run, TaskState, arguments, concrete, list_of, sources};
use super::{ScriptCall, Source, Stuck, needs};
use crate::catalog::{ErrorCode, Tool, ToolClass};
use crate::dialogue::Outcome;
use crate::graph::{Motif, Witness};
use crate::value::SemType;
use crate::world::Demand;
use indexmap::IndexMap;

/// Nothing can have been changed in the meantime where a tool only reads.
fn possible(tool: &Tool, code: ErrorCode) -> ErrorCode {
    let reads = matches!(tool.phrase.class, ToolClass::Find | ToolClass::Lookup | ToolClass::Compute);
    if reads && code == ErrorCode::Conflict { ErrorCode::Unavailable } else { code }
}

/// What becomes of the last call of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Works,
    Fails(ErrorCode),
    /// It works, and its list is empty.
    FindsNothing,
}

impl Fate {
    /// In what state the task is then.
    fn state(self) -> TaskState {
        if self == Fate::Works { TaskState::Done } else { TaskState::Failed }
    }
}

impl Draft<'_> {
    /// Runs the calls of the open task, level by level; `fate` is the last one's.
    pub(super) fn perform(&mut self, fate: Fate) -> Result<(), Stuck> {
        if self.task.state == TaskState::Failed {
            return self.retry(fate);
        }
        if self.task.state != TaskState::Open {
            return Err(Stuck::new("plan", "a call with no open request"));
        }
        let runs = self.task.runs.clone();
        let deepest = runs.iter().map(|run| run.level).max().unwrap_or(0);
        for level in 0..=deepest {
            let together: Vec<&Run> = runs.iter().filter(|run| run.level == level).collect();
            let count = together.len();
            let mut calls = Vec::new();
            for (index, run) in together.into_iter().enumerate() {
                calls.push(self.perform_run(run, if level == deepest && index + 1 == count { fate } else { Fate::Works })?);
            }
            self.assistant_calls(calls);
        }
        self.task.state = fate.state();
        Ok(())
    }

    /// The failed call again, with a number of its own.
    fn retry(&mut self, fate: Fate) -> Result<(), Stuck> {
        let Some(run) = self.task.runs.last_mut() else { return Ok(()) };
        run.call = self.next_call;
        self.next_call += 1;
        let run = run.clone();
        self.goals[run.goal].calls.push(run.call);
        self.goals[run.goal].outcome = Outcome::Done;
        let call = self.perform_run(&run, fate)?;
        self.assistant_calls(vec![call]);
        self.task.state = fate.state();
        Ok(())
    }

    fn perform_run(&mut self, planned: &Run, fate: Fate) -> Result<ScriptCall, Stuck> {
        let tool = self.tool(planned.tool);
        let mut run = planned.clone();
        // What was volunteered came last.
        run.args.sort_by_key(|arg| arg.leaf);
        let mut resolved: IndexMap<String, Source> = IndexMap::new();
        for arg in &mut run.args {
            if let From::Step { step, field, by } = &arg.from {
                let call = self.done[*step].ok_or_else(|| Stuck::new("link", "a step needs one that did not run"))?;
                let item = list_of(field).map_or(Ok(0), |list| self.item_meant(call, list, by))?;
                let pointer = concrete(field, item);
                let value = self.call(call).and_then(|done| done.result.pointer(&pointer)).cloned();
                arg.value = Some(value.ok_or_else(|| Stuck::new("link", format!("nothing at {pointer} of an earlier result")))?);
                let turn = self.task.turn;
                if list_of(field).is_some() && self.picked(*step).is_none() {
                    self.picks.push(Picked { step: *step, item, turn, by: by.clone() });
                }
                resolved.insert(arg.pointer.clone(), Self::item_source(call, pointer, item, by, turn));
            }
        }
        let arguments = arguments(tool, &run.args);
        if !self.world.valid(tool, &arguments) {
            return Err(Stuck::new("arguments", format!("the arguments found for `{}` are not valid for it", tool.name)));
        }
        self.belong_together(&run)?;
        let sources = sources(&run, &resolved, &arguments);
        let (demand, result) = match fate {
            Fate::Fails(code) => {
                let code = possible(tool, code);
                self.goals[run.goal].outcome = Outcome::Failed;
                let demand = Demand { message: self.recovery.message.take(), ..Demand::error(code) };
                let result = self.world.fail_saying(tool, code, &arguments, demand.message.clone());
                (demand, result)
            }
            Fate::Works | Fate::FindsNothing => {
                let demand = match fate {
                    Fate::FindsNothing => Demand { empty: true, ..Demand::default() },
                    _ => self.demand(run.step),
                };
                let result = self.world.call(tool, &arguments, &demand);
                (demand, result.map_err(|error| Stuck::new("result", format!("`{}`: {error}", tool.name)))?)
            }
        };
        let is_error = matches!(fate, Fate::Fails(_));
        if !is_error {
            self.done[run.step] = Some(run.call);
        }
        Ok(ScriptCall { id: run.call, tool: run.tool, arguments, sources, demand, result, is_error, mistake: None })
    }

    /// A room of one hotel cannot be booked at another: what was found by an identifier goes with the same identifier, unless it is found
    /// without one as well.
    fn belong_together(&self, run: &Run) -> Result<(), Stuck> {
        let id = |arg: &Arg| self.leaf(run, arg).sem == SemType::Id;
        for arg in run.args.iter().filter(|arg| id(arg)) {
            let From::Step { step, field, .. } = &arg.from else { continue };
            let Some(found) = self.done[*step].and_then(|call| self.call(call)) else { continue };
            for other in run.args.iter().filter(|other| other.pointer != arg.pointer && id(other)) {
                let by = found.arguments.pointer(&other.pointer);
                if by.is_some() && by != other.value.as_ref() && self.only_found_by(field, &other.pointer) {
                    return Err(Stuck::new("link", "what was found belongs to something else"));
                }
            }
        }
        Ok(())
    }

    /// Whether every tool that lists a field of this name takes such a parameter.
    fn only_found_by(&self, field: &str, parameter: &str) -> bool {
        let name = field.rsplit('/').next();
        let lists =
            |tool: &Tool| tool.returns.fields.iter().any(|leaf| leaf.pointer.contains('*') && leaf.pointer.rsplit('/').next() == name);
        self.tools
            .iter()
            .filter(|tool| lists(tool))
            .all(|tool| tool.parameters.iter().any(|leaf| leaf.required && leaf.pointer == parameter))
    }

    /// What the result of a step must have, so that later steps can build on it.
    pub(super) fn demand(&self, step: usize) -> Demand {
        let mut demand = Demand::default();
        let tool = &self.tools[self.walk.steps[step].tool];
        let in_task = |other: usize| self.task.runs.iter().any(|run| run.step == other);
        for (later, target) in self.walk.steps.iter().enumerate() {
            for link in target.links.iter().filter(|link| link.from == step) {
                if let Witness::Reckoned { field, .. } = &link.relation.witness {
                    // All of it is told, so that it can be spoken of as a whole.
                    if let Some(list) = list_of(field) {
                        let (least, most) = needs::bounds_of(&tool.returns.schema, list);
                        let (low, high) = (2.max(least).min(most.max(1)), 3.min(most.max(1)));
                        demand.lists.insert(list.to_string(), low..=high.max(low));
                    }
                    continue;
                }
                let Witness::Flow { field, parameter } = &link.relation.witness else { continue };
                if let Some(leaf) = self.tools[target.tool].parameters.iter().find(|leaf| leaf.pointer == *parameter) {
                    demand.feeds.push((field.clone(), leaf.schema.clone()));
                }
                let Some(list) = list_of(field) else { continue };
                let (least, most) = needs::bounds_of(&tool.returns.schema, list);
                let range = if self.walk.motif(step) == Motif::Loop {
                    2..=3
                } else if in_task(later) {
                    match self.item_planned(step, list) {
                        By::Only => 1..=1,
                        By::Place(item) => item.max(1) + 1..=item + 3,
                        By::Where { .. } | By::Extreme { .. } => 2..=4,
                    }
                } else {
                    2..=4
                };
                let (low, high) = ((*range.start()).max(least), (*range.end()).min(most.max(1)));
                demand.lists.insert(list.to_string(), low.min(high)..=high.max(low.min(high)));
            }
        }
        demand
    }

    /// The item that a run of the open task takes from the list of a step.
    fn item_planned(&self, step: usize, list: &str) -> By {
        self.task
            .runs
            .iter()
            .flat_map(|run| &run.args)
            .find_map(|arg| match &arg.from {
                From::Step { step: other, field, by } if *other == step && list_of(field) == Some(list) => Some(by.clone()),
                _ => None,
            })
            .unwrap_or(By::Only)
    }
}
