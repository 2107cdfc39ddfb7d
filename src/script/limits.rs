//! What the assistant cannot or may not do: near misses, tools that come later, policies.

use super::draft::{Arg, Draft, From, Run, TaskState, arguments};
use super::{About, AssistantAct, Fact, NO_CALL, ScriptTurn, Stuck, UserAct};
use crate::catalog::{Leaf, Tool, ToolClass};
use crate::dialogue::{Goal, Outcome, Policy};
use crate::graph::ToolIx;
use crate::plan::{AssistantBeat, Beat, Plan, UserBeat};
use crate::value::SemType;
use rand::RngExt;
use serde_json::{Value, json};

/// What the draft remembers of limits.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// The tool that was asked for and that an offered one is near to.
    near: Option<ToolIx>,
    /// The amount that would be allowed, and the argument that it is for.
    lower: Option<(usize, Value)>,
}

impl Draft<'_> {
    /// Asks for `tool`, which is not offered.
    pub(super) fn request_missing(&mut self, tool: ToolIx) -> Result<(), Stuck> {
        let turn = self.user_turn();
        let known = self.tool(tool);
        let mut slots = Vec::new();
        let mut so_far = serde_json::json!({});
        for leaf in known.parameters.iter().filter(|leaf| leaf.required && !leaf.phrase.silent && !leaf.pointer.contains('*')).take(2) {
            if leaf.sem == crate::value::SemType::Id {
                continue;
            }
            if let Some(value) = self.world.draw(known, leaf, &so_far) {
                super::draft::place(&mut so_far, &leaf.pointer, &leaf.pointer, value.clone());
                slots.push(super::Slot { call: super::NO_CALL, tool, pointer: leaf.pointer.clone(), value, sem: leaf.sem, way: None });
            }
        }
        self.goals.push(Goal { turn, tool: known.name.clone(), outcome: Outcome::Refused, calls: Vec::new() });
        self.user_says(UserAct::RequestMissing { tool, slots });
        Ok(())
    }

    /// Asks for `tool`, which is not offered, where the next step of the walk does something like it.
    pub(super) fn request_near(&mut self, tool: ToolIx) -> Result<(), Stuck> {
        self.limits.near = Some(tool);
        self.request_missing(tool)
    }

    pub(super) fn refuse_near(&mut self) -> Result<(), Stuck> {
        let near = self.walk.steps.get(self.next_step).map(|step| step.tool);
        match (self.limits.near.take(), near) {
            (Some(tool), Some(near)) => self.assistant_says(AssistantAct::RefuseNear { tool, near }),
            _ => return Err(Stuck::new("plan", "nothing is near what was asked for")),
        }
        Ok(())
    }

    /// Asks, in short, for the next step of the walk, whose tool is not there yet.
    pub(super) fn request_early(&mut self) -> Result<ToolIx, Stuck> {
        let step = self.walk.steps.get(self.next_step).ok_or_else(|| Stuck::new("plan", "no step of the walk is left"))?;
        let (tool, turn) = (step.tool, self.user_turn());
        self.goals.push(Goal { turn, tool: self.tool(tool).name.clone(), outcome: Outcome::Refused, calls: Vec::new() });
        self.user_says(UserAct::RequestMissing { tool, slots: Vec::new() });
        Ok(tool)
    }

    /// From here on the tool of the next step is offered.
    pub(super) fn update_tools(&mut self) -> Result<(), Stuck> {
        let step = self.walk.steps.get(self.next_step).ok_or_else(|| Stuck::new("plan", "no step of the walk is left"))?;
        let tool = step.tool;
        self.system_adds(vec![tool]);
        Ok(())
    }

    /// Refuses the open request because only looking things up is allowed.
    pub(super) fn refuse_policy(&mut self) -> Result<(), Stuck> {
        let Some(run) = self.open_run().filter(|run| changes(self.tool(run.tool))) else {
            return Err(Stuck::new("policy", "the request changes nothing"));
        };
        self.drop_task(Outcome::Refused);
        self.adopt(Policy::ReadOnly);
        self.assistant_says(AssistantAct::RefusePolicy { tool: run.tool, policy: Policy::ReadOnly });
        Ok(())
    }

    /// Refuses the open request because what it would show is private to somebody else.
    pub(super) fn refuse_private(&mut self) -> Result<(), Stuck> {
        let Some(run) = self.open_run().filter(|run| private(self.tool(run.tool))) else {
            return Err(Stuck::new("policy", "the request is about nothing private"));
        };
        let said = |arg: &Arg| arg.value.is_some() && self.leaf(&run, arg).sem == SemType::Person;
        if !run.args.iter().any(said) {
            let person = self.somebody().ok_or_else(|| Stuck::new("policy", "nobody can be named"))?;
            self.also_about(About::Named(Fact {
                call: NO_CALL,
                tool: run.tool,
                pointer: String::new(),
                value: person,
                sem: SemType::Person,
            }));
        }
        self.drop_task(Outcome::Refused);
        self.adopt(Policy::PrivateData);
        self.assistant_says(AssistantAct::RefusePolicy { tool: run.tool, policy: Policy::PrivateData });
        Ok(())
    }

    /// The name of a person, as some tool of the catalogs takes one.
    fn somebody(&mut self) -> Option<Value> {
        let person = |leaf: &&Leaf| leaf.sem == SemType::Person && !leaf.pointer.contains('*');
        let (tool, leaf) = self.tools.iter().find_map(|tool| Some((tool, tool.parameters.iter().find(person)?)))?;
        self.world.draw(tool, leaf, &json!({}))
    }

    /// Refuses the amount of the open request; a smaller one is allowed.
    pub(super) fn refuse_amount(&mut self) -> Result<(), Stuck> {
        let stuck = |why: &str| Stuck::new("policy", why);
        let run = self.open_run().filter(|run| changes(self.tool(run.tool))).ok_or_else(|| stuck("the request pays nothing"))?;
        let money = |arg: &&Arg| self.leaf(&run, arg).sem == SemType::Money;
        let number = |arg: &Arg| arg.value.as_ref().and_then(Value::as_f64).unwrap_or(f64::MAX);
        let said = |arg: &Arg| matches!(arg.from, From::Said { turn: Some(_) }) && !arg.pointer.contains("/0") && arg.rule.is_none();
        let at = (0..run.args.len()).find(|a| money(&&run.args[*a]) && said(&run.args[*a])).ok_or_else(|| stuck("no amount is said"))?;
        let others = run.args.iter().enumerate().filter(|(a, arg)| *a != at && money(arg)).map(|(_, arg)| number(arg)).fold(0.0, f64::max);
        let leaf = self.leaf(&run, &run.args[at]);
        let old = run.args[at].value.as_ref().and_then(Value::as_f64).filter(|old| *old >= 10.0).ok_or_else(|| stuck("a small amount"))?;
        let share = [0.4, 0.5, 0.6][self.rng.random_range(0..3)];
        let new = round(old * share);
        let limit = round((old + new as f64) / 2.0);
        let mut args = run.args.clone();
        args[at].value = Some(json!(new));
        let known = run.args.iter().all(|arg| arg.value.is_some());
        let tool = self.tool(run.tool);
        let fits = self.world.fits(&leaf.schema, &json!(new)) && (!known || self.world.valid(tool, &arguments(tool, &args)));
        if !fits || new < 1 || limit < new || limit as f64 >= old || others > new as f64 {
            return Err(stuck("no smaller amount fits"));
        }
        let policy = Policy::SpendingLimit { amount: limit, unit: leaf.phrase.unit.clone() };
        self.limits.lower = Some((at, json!(new)));
        self.adopt(policy.clone());
        self.assistant_says(AssistantAct::RefusePolicy { tool: run.tool, policy });
        Ok(())
    }

    /// The user takes an amount that is allowed.
    pub(super) fn lower(&mut self) -> Result<(), Stuck> {
        let (Some((at, new)), Some(last)) = (self.limits.lower.take(), self.task.runs.len().checked_sub(1)) else {
            return Err(Stuck::new("plan", "no amount was refused"));
        };
        let turn = self.user_turn();
        let arg = &mut self.task.runs[last].args[at];
        let old = arg.value.replace(new).unwrap_or_default();
        arg.from = From::Said { turn: Some(turn) };
        let run = self.task.runs[last].clone();
        let slot = self.slot(&run, &run.args[at]).ok_or_else(|| Stuck::new("policy", "an amount without a value"))?;
        self.user_says(UserAct::Correct { slot, old });
        Ok(())
    }

    /// Asks for a yes because nothing may be taken back without one.
    pub(super) fn confirm_policy(&mut self) -> Result<(), Stuck> {
        let Some(run) = self.open_run().filter(|run| self.tool(run.tool).phrase.class == ToolClass::Undo) else {
            return Err(Stuck::new("policy", "the request takes nothing back"));
        };
        let said = run.args.iter().filter(|arg| matches!(arg.from, From::Said { turn: Some(_) }));
        let slots = said.filter_map(|arg| self.slot(&run, arg)).take(4).collect();
        self.adopt(Policy::ConfirmDeletions);
        self.assistant_says(AssistantAct::CitePolicy { policy: Policy::ConfirmDeletions });
        self.assistant_says(AssistantAct::Confirm { tool: run.tool, slots });
        Ok(())
    }

    fn open_run(&self) -> Option<Run> {
        self.task.runs.last().filter(|_| self.task.state == TaskState::Open).cloned()
    }

    fn adopt(&mut self, policy: Policy) {
        if !self.context.policies.contains(&policy) {
            self.context.policies.push(policy);
        }
    }
}

/// A whole number with two digits that say something.
fn round(amount: f64) -> i64 {
    let mut unit = 1.0;
    while amount / unit >= 100.0 {
        unit *= 10.0;
    }
    ((amount / unit).floor() * unit) as i64
}

/// It changes something that others could see or that has to be taken back.
pub(crate) fn changes(tool: &Tool) -> bool {
    matches!(tool.phrase.class, ToolClass::Do | ToolClass::Undo | ToolClass::Message | ToolClass::Control)
}

/// It shows how to reach people, or where they live, to whoever names them.
pub(super) fn private(tool: &Tool) -> bool {
    let people = ["person", "contact", "patient", "employee", "candidate", "member", "customer", "user", "guest", "student"];
    let of_person = |leaf: &Leaf| {
        leaf.sem == SemType::Person || (leaf.sem == SemType::Id && leaf.entity.as_deref().is_some_and(|entity| people.contains(&entity)))
    };
    let telling = |leaf: &Leaf| matches!(leaf.sem, SemType::Phone | SemType::Email | SemType::Address) && !leaf.phrase.silent;
    matches!(tool.phrase.class, ToolClass::Find | ToolClass::Lookup)
        && tool.parameters.iter().any(of_person)
        && tool.returns.fields.iter().any(telling)
        && tool.returns.fields.iter().any(|leaf| leaf.sem == SemType::Person)
}

/// Whether a tool can meet the limits of the plan.
pub(super) fn suits(plan: &Plan, tool: &Tool) -> bool {
    let acts = |beat: AssistantBeat| plan.may(&Beat::Assistant(beat));
    let amount = |leaf: &Leaf| leaf.required && leaf.sem == SemType::Money && !leaf.pointer.contains('*');
    (!acts(AssistantBeat::RefusePolicy) || changes(tool))
        && (!acts(AssistantBeat::RefuseAmount) || (changes(tool) && tool.parameters.iter().any(amount)))
        && (!acts(AssistantBeat::RefusePrivate) || private(tool))
        && (!acts(AssistantBeat::ConfirmPolicy) || tool.phrase.class == ToolClass::Undo)
        && (!plan.may(&Beat::User(UserBeat::RequestNear)) || !tool.phrase.object.is_empty())
}

impl Draft<'_> {
    fn system_adds(&mut self, tools: Vec<ToolIx>) {
        // Both sides have spoken; what the system says is a turn of its own.
        let _ = self.user_turn();
        self.turns.push(ScriptTurn::Update(tools));
        self.turn += 1;
    }
}
