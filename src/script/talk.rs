//! Values that are taken back.

use super::draft::{Arg, Draft, From, Run, Task, TaskState, arguments};
use super::{Stuck, UserAct};
use crate::catalog::Leaf;
use crate::dialogue::Outcome;
use crate::value::SemType;
use rand::seq::SliceRandom;

impl Draft<'_> {
    /// The user takes back one value. After the call, its last run is opened again.
    pub(super) fn correct(&mut self) -> Result<(), Stuck> {
        let Some(last) = self.task.runs.len().checked_sub(1) else { return Err(Stuck::new("correct", "there is no request to correct")) };
        let run = self.task.runs[last].clone();
        let tool = self.tool(run.tool);
        let mut said: Vec<usize> = (0..run.args.len())
            .filter(|a| matches!(run.args[*a].from, From::Said { turn: Some(_) }) && !run.args[*a].pointer.contains("/0"))
            .filter(|a| run.args[*a].rule.is_none() && !self.is_base(&run, &run.args[*a]))
            .collect();
        said.shuffle(&mut self.rng);
        // A date or a name sooner than a number that somebody has to read off a letter.
        said.sort_by_key(|a| !correctable(self.leaf(&run, &run.args[*a])));
        // What a failure was blamed on comes before all else: anything else would leave it as it was.
        if let Some(blamed) = self.recovery.blamed.take() {
            said.retain(|a| *a == blamed);
        }
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
