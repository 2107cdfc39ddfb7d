//! Questions and answers before a call, corrections.

use super::draft::{Arg, Draft, From, Run, Task, TaskState, arguments};
use super::{Stuck, UserAct};
use crate::catalog::Leaf;
use crate::dialogue::Outcome;
use crate::value::SemType;
use rand::RngExt;
use rand::seq::SliceRandom;

impl Draft<'_> {
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
                self.task = Task { turn, runs: vec![again], ..Task::default() };
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
}

/// Values that people change their minds about.
fn correctable(leaf: &Leaf) -> bool {
    !matches!(leaf.sem, SemType::Id | SemType::Bool | SemType::Text | SemType::Url | SemType::Path)
}
