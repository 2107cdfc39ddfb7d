//! Questions and answers before a call: whole answers, half ones, wrong ones, answers that bring more, and those that leave it open.

use super::answerable::{answerable, extras, left_open};
use super::bounds::{Limit, beyond_of, limits_of, vaguely_answered};
use super::draft::{Arg, Draft, From, Run, arguments};
use super::{AssistantAct, Slot, Source, Stuck, UserAct};
use crate::catalog::Leaf;
use crate::graph::ToolIx;
use crate::plan::Answer;
use rand::RngExt;
use rand::seq::SliceRandom;
use serde_json::Value;

impl Draft<'_> {
    /// Asks until nothing is missing: a call is never made while a required argument has no source.
    pub(super) fn ask_all(&mut self) {
        // The plan's own answer may still be due.
        self.answer();
        while self.ask(None) {
            self.answer();
        }
    }

    /// The assistant asks for up to two values that are missing, for `values` when it can; false when nothing is.
    pub(super) fn ask(&mut self, values: Option<usize>) -> bool {
        let Some(&(run, _)) = self.task.missing.first() else { return false };
        let planned = &self.task.runs[run];
        let (call, tool) = (planned.said_for, planned.tool);
        if let Some((slot, limit)) = self.task.wrong.take() {
            self.task.asked = vec![self.task.missing.remove(0)];
            self.assistant_says(AssistantAct::AskAgain { call, tool, slot, limit });
            return true;
        }
        let of_run: Vec<_> = self.task.missing.iter().copied().filter(|(r, _)| *r == run).collect();
        let two = of_run.len() > 1 && values.map_or_else(|| self.rng.random_bool(0.6), |values| values > 1);
        let asked: Vec<_> = of_run.into_iter().take(if two { 2 } else { 1 }).collect();
        self.task.missing.retain(|at| !asked.contains(at));
        let planned = &self.task.runs[run];
        let parameters = asked.iter().map(|(_, a)| self.tools[tool].parameters[planned.args[*a].leaf].pointer.clone()).collect();
        let shared = asked.iter().any(|(_, arg)| self.taken_elsewhere(planned, &planned.args[*arg]));
        self.task.asked = asked;
        self.assistant_says(AssistantAct::Ask { call, tool, parameters, shared });
        true
    }

    /// Another run of the request takes something of the same kind and noun from the user ("what should I look for?").
    fn taken_elsewhere(&self, run: &Run, arg: &Arg) -> bool {
        let mine = self.leaf(run, arg);
        self.task.runs.iter().filter(|other| other.tool != run.tool).any(|other| {
            other.args.iter().filter(|arg| matches!(arg.from, From::Said { .. })).any(|arg| {
                let leaf = self.leaf(other, arg);
                leaf.sem == mine.sem && leaf.phrase.noun == mine.phrase.noun
            })
        })
    }

    /// The user answers the last question in this way.
    pub(super) fn inform(&mut self, answer: Answer) -> Result<(), Stuck> {
        match answer {
            Answer::Whole => {
                self.answer();
                Ok(())
            }
            Answer::Part => self.answer_part(),
            Answer::Wrong => self.answer_wrong(),
            Answer::More => self.answer_more(),
            Answer::Open => self.answer_open(),
        }
    }

    fn answer(&mut self) {
        let asked = std::mem::take(&mut self.task.asked);
        if asked.is_empty() {
            return;
        }
        let turn = self.user_turn();
        let slots = asked.into_iter().flat_map(|at| self.say(at, turn)).collect();
        self.user_says(UserAct::Inform { slots });
    }

    /// An argument is said in a turn.
    fn say(&mut self, (run, arg): (usize, usize), turn: usize) -> Option<Slot> {
        self.task.runs[run].args[arg].from = From::Said { turn: Some(turn) };
        self.slot(&self.task.runs[run], &self.task.runs[run].args[arg])
    }

    /// One value of two; the other is still missing.
    fn answer_part(&mut self) -> Result<(), Stuck> {
        if self.task.asked.len() < 2 {
            return Err(Stuck::new("answer", "half an answer needs a question for two values"));
        }
        let given = self.rng.random_range(0..self.task.asked.len());
        let given = self.task.asked.remove(given);
        let left = std::mem::take(&mut self.task.asked);
        self.task.missing.splice(0..0, left);
        let turn = self.user_turn();
        let slots = self.say(given, turn).into_iter().collect();
        self.user_says(UserAct::Inform { slots });
        Ok(())
    }

    /// A value that the schema does not allow; the right one is still missing.
    fn answer_wrong(&mut self) -> Result<(), Stuck> {
        let [(r, a)] = self.task.asked[..] else { return Err(Stuck::new("answer", "a wrong answer needs a question for one value")) };
        let run = self.task.runs[r].clone();
        let leaf = self.leaf(&run, &run.args[a]);
        let wrong = self.beyond(run.tool, leaf);
        let (value, limit) = match wrong {
            Some(wrong) => wrong,
            None if vaguely_answered(leaf) => (Value::Null, Limit::Vague),
            None => return Err(Stuck::new("answer", "nothing that was asked for has a limit")),
        };
        let parameter = leaf.pointer.clone();
        let slot = self.slot(&run, &Arg { value: Some(value), ..run.args[a].clone() });
        let slot = slot.ok_or_else(|| Stuck::new("answer", "nothing to say"))?;
        self.task.asked.clear();
        self.task.missing.insert(0, (r, a));
        self.user_says(match limit {
            Limit::Vague => UserAct::AnswerVaguely { tool: run.tool, parameter },
            _ => UserAct::Inform { slots: vec![slot.clone()] },
        });
        self.task.wrong = Some((slot, limit));
        Ok(())
    }

    /// A value that a parameter does not take, and why.
    fn beyond(&mut self, tool: ToolIx, leaf: &Leaf) -> Option<(Value, Limit)> {
        let found = beyond_of(self.tool(tool), leaf, &self.context.today, &mut self.rng);
        found.filter(|(value, limit)| *limit == Limit::Past || !self.world.fits(&leaf.schema, value))
    }

    /// Asks for the next step of the walk with a value that its tool does not take.
    pub(super) fn request_beyond(&mut self) -> Result<(), Stuck> {
        self.beyond = true;
        self.request(&[1], 0, false)
    }

    /// A value of the request that is not taken, in place of one that is; the right one is still missing.
    pub(super) fn too_much(&mut self) -> Result<Slot, Stuck> {
        let stuck = || Stuck::new("beyond", "nothing that is asked for has a limit");
        let r = self.task.runs.len().checked_sub(1).ok_or_else(stuck)?;
        let run = self.task.runs[r].clone();
        let tool = self.tool(run.tool);
        let said = |a: &usize| {
            let arg = &run.args[*a];
            let plain = matches!(arg.from, From::Said { turn: None }) && arg.rule.is_none() && !self.is_base(&run, arg);
            plain && !limits_of(tool, self.leaf(&run, arg)).is_empty()
        };
        let mut limited: Vec<usize> = (0..run.args.len()).filter(said).collect();
        if limited.is_empty() {
            limited.extend(self.limited_option(r));
        }
        let run = self.task.runs[r].clone();
        let a = *limited.get(self.rng.random_range(0..limited.len().max(1))).ok_or_else(stuck)?;
        let leaf = self.leaf(&run, &run.args[a]);
        let wrong = self.beyond(run.tool, leaf);
        let (value, limit) = wrong.ok_or_else(stuck)?;
        let slot = self.slot(&run, &Arg { value: Some(value), ..run.args[a].clone() }).ok_or_else(stuck)?;
        self.task.missing.retain(|at| *at != (r, a));
        self.task.missing.insert(0, (r, a));
        self.task.wrong = Some((slot.clone(), limit));
        Ok(slot)
    }

    /// Adds an optional argument that has a limit to the request, and says which it is.
    fn limited_option(&mut self, r: usize) -> Option<usize> {
        let run = self.task.runs[r].clone();
        let tool = self.tool(run.tool);
        let mut free = extras(tool);
        free.retain(|leaf| !run.args.iter().any(|arg| arg.leaf == *leaf) && !limits_of(tool, &tool.parameters[*leaf]).is_empty());
        free.shuffle(&mut self.rng);
        free.into_iter().find_map(|leaf| self.with_option(r, leaf))
    }

    /// Adds an optional argument to a run, when that is valid, and says which it is.
    fn with_option(&mut self, r: usize, leaf: usize) -> Option<usize> {
        let run = &self.task.runs[r];
        let (tool, mut args) = (&self.tools[run.tool], run.args.clone());
        let parameter = &tool.parameters[leaf];
        let value = self.world.draw(tool, parameter, &arguments(tool, &args))?;
        let from = From::Said { turn: None };
        args.push(Arg { pointer: parameter.pointer.clone(), leaf, value: Some(value), from, rule: None });
        let valid = self.world.valid(tool, &arguments(tool, &args));
        let at = args.len() - 1;
        valid.then(|| {
            self.task.runs[r].args = args;
            at
        })
    }

    /// What was asked for, and an optional value as well.
    fn answer_more(&mut self) -> Result<(), Stuck> {
        let stuck = || Stuck::new("answer", "there is nothing more to say than what was asked for");
        let (r, a) = *self.task.asked.first().ok_or_else(stuck)?;
        let run = self.task.runs[r].clone();
        let tool = self.tool(run.tool);
        let asked = self.leaf(&run, &run.args[a]).sem;
        let mut free = extras(tool);
        free.retain(|leaf| !run.args.iter().any(|arg| arg.leaf == *leaf) && tool.parameters[*leaf].sem != asked);
        free.shuffle(&mut self.rng);
        for leaf in free {
            if let Some(at) = self.with_option(r, leaf) {
                self.task.asked.push((r, at));
                self.answer();
                return Ok(());
            }
        }
        Err(stuck())
    }

    /// No value: the assistant is to propose one.
    fn answer_open(&mut self) -> Result<(), Stuck> {
        let [(r, a)] = self.task.asked[..] else { return Err(Stuck::new("answer", "one value at a time is left open")) };
        let run = &self.task.runs[r];
        let leaf = self.leaf(run, &run.args[a]);
        if !left_open(self.tool(run.tool), leaf) {
            return Err(Stuck::new("answer", "nobody leaves this to others"));
        }
        let act = UserAct::LeaveOpen { tool: run.tool, parameter: leaf.pointer.clone() };
        self.task.asked.clear();
        self.task.open = Some((r, a));
        self.user_says(act);
        Ok(())
    }

    /// The assistant proposes a value for what was left open.
    pub(super) fn propose(&mut self) {
        let Some((r, a)) = self.task.open.take() else { return };
        let turn = self.assistant_turn();
        let run = self.task.runs[r].clone();
        let slots = self.slot(&run, &run.args[a]).into_iter().collect();
        self.task.runs[r].args[a].from = From::Known(Source::Offer { turn });
        self.assistant_says(AssistantAct::Propose { tool: run.tool, slots });
    }

    /// What is kept back first, when the plan has an answer of this kind: only some values can be missed or left open, and half an answer
    /// needs two of one call.
    pub(super) fn keep_back(&self, order: &mut [(usize, usize)]) {
        let Some(answer) = self.expects else { return };
        order.sort_by_key(|(r, a)| {
            let run = &self.task.runs[*r];
            (answer == Answer::Part && *r > 0, !answerable(answer, self.tool(run.tool), self.leaf(run, &run.args[*a])))
        });
    }
}
