//! Before something is done: the assistant says what it is about to do, and the user says yes, no, or no with another value.

use super::draft::{Draft, From, Task, TaskState};
use super::limits::changes;
use super::{AssistantAct, ScriptTurn, Source, Stuck, UserAct};
use crate::dialogue::Outcome;
use crate::graph::ToolIx;

impl Draft<'_> {
    /// Says back what was asked for and asks for a yes; with `acts` only before a tool that changes something, and not where nothing is worth
    /// repeating.
    pub(super) fn confirm(&mut self, acts: bool) -> Result<(), Stuck> {
        let Some(run) = self.task.runs.last().cloned() else { return Ok(()) };
        if acts && !changes(self.tool(run.tool)) {
            return Ok(());
        }
        let slots: Vec<_> = run
            .args
            .iter()
            .filter(|arg| matches!(arg.from, From::Said { turn: Some(_) } | From::Known(Source::Offer { .. })))
            .filter_map(|arg| self.slot(&run, arg))
            .take(4)
            .collect();
        if !slots.is_empty() {
            self.assistant_says(AssistantAct::Confirm { tool: run.tool, slots });
        } else if !acts {
            return Err(Stuck::new("confirm", "the user said nothing that could be said back"));
        }
        Ok(())
    }

    /// The user says yes to what the assistant was about to do or proposed.
    pub(super) fn affirm(&mut self) {
        if self.confirming() {
            self.user_says(UserAct::Affirm);
        }
    }

    /// The user says no to what the assistant was about to do, and the request is dropped.
    pub(super) fn negate(&mut self) -> Result<(), Stuck> {
        if !self.confirming() {
            return Err(Stuck::new("negate", "there was nothing to say no to"));
        }
        if let Some(tool) = self.drop_task(Outcome::Cancelled) {
            self.user_says(UserAct::Negate { tool });
        }
        Ok(())
    }

    /// The user drops the request.
    pub(super) fn cancel(&mut self) {
        if let Some(tool) = self.drop_task(Outcome::Cancelled) {
            self.user_says(UserAct::Cancel { tool });
        }
    }

    /// Ends the open task without a call; gives the tool that was asked for last.
    pub(super) fn drop_task(&mut self, outcome: Outcome) -> Option<ToolIx> {
        let task = std::mem::replace(&mut self.task, Task { state: TaskState::Told, ..Task::default() });
        for run in &task.runs {
            self.goals[run.goal].outcome = outcome;
            self.goals[run.goal].calls.clear();
        }
        // The numbers of calls that never happen are free again.
        self.next_call = task.runs.first()?.call;
        task.runs.last().map(|run| run.tool)
    }

    /// The assistant just asked for a yes, and the user has not answered yet.
    fn confirming(&self) -> bool {
        let waits =
            |act: &AssistantAct| matches!(act, AssistantAct::Confirm { .. } | AssistantAct::Propose { .. } | AssistantAct::Admit(_));
        let asks = |acts: &[AssistantAct]| acts.iter().any(waits);
        let before = matches!(self.turns.last(), Some(ScriptTurn::Assistant(acts)) if asks(acts));
        let answered = self.pending_user().iter().any(|act| matches!(act, UserAct::Affirm | UserAct::Negate { .. }));
        asks(self.pending_assistant()) || (before && !answered && self.pending_assistant().is_empty())
    }
}
