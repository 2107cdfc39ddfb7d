//! From a plan and a walk to a script: the beats of the plan, played one after the other.

use super::draft::{By, Draft, From, Picked, Run, TaskState, arguments, concrete, list_of, sources};
use super::{AssistantAct, Script, ScriptCall, ScriptTurn, Source, UserAct, needs, offer};
use crate::catalog::{Catalog, ErrorCode};
use crate::dialogue::{Context, Goal, Outcome};
use crate::graph::{Motif, ToolGraph, ToolIx, Walk, Witness};
use crate::plan::{Answer, AssistantBeat, Beat, Plan, Steps, UserBeat, segment_left};
use crate::seed::Rng;
use crate::world::{Demand, Schemas, World};
use indexmap::IndexMap;
use rand::RngExt;
use std::sync::Arc;

/// Why a script could not be written. The attempt is counted under `stage` and made again with other draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    pub stage: &'static str,
    pub reason: String,
}

impl Stuck {
    pub(super) fn new(stage: &'static str, reason: impl Into<String>) -> Stuck {
        Stuck { stage, reason: reason.into() }
    }
}

/// The random streams of one script: each decides about one thing, so that a change in one leaves the others alone.
pub struct Streams {
    pub script: Rng,
    pub world: Rng,
    pub offer: Rng,
}

/// What people may talk about beside the tools: keys of the phrase tables.
#[derive(Debug, Clone, Default)]
pub struct Topics {
    pub chit_chat: Vec<String>,
    /// Requests that no tool serves.
    pub irrelevant: Vec<String>,
}

/// Writes scripts from the tools of one catalog.
pub struct Author<'a> {
    catalog: &'a Catalog,
    schemas: Arc<Schemas>,
    offers: offer::Offers,
    topics: Topics,
}

impl<'a> Author<'a> {
    pub fn new(catalog: &'a Catalog, graph: &ToolGraph, schemas: Arc<Schemas>, topics: Topics) -> Author<'a> {
        Author { catalog, schemas, offers: offer::Offers::new(catalog, graph), topics }
    }

    /// Whether a tool can have what a plan has of the one that matters.
    pub fn suits(&self, plan: &Plan, tool: ToolIx) -> bool {
        let Some(tool) = self.catalog.tools.get(tool) else { return false };
        super::recover::suits(plan, tool)
            && super::mistake::suits(plan, tool)
            && super::limits::suits(plan, tool)
            && super::answerable::suits(plan, tool)
            && (!matches!(plan.motif, Motif::Single | Motif::Parallel) || super::answerable::confirmable(plan, tool))
    }

    /// Whether a walk has what the plan needs: a walk to one tool at its end, where a yes is asked for before the first of several at its
    /// beginning.
    pub fn suits_walk(&self, plan: &Plan, walk: &Walk) -> bool {
        let refused = plan.may(&Beat::User(UserBeat::Negate));
        let deciding = match plan.motif {
            Motif::Single | Motif::Seek => walk.steps.last(),
            Motif::Parallel if refused => walk.steps.first(),
            _ => None,
        };
        deciding.is_none_or(|step| self.suits(plan, step.tool))
    }

    /// The symbols of one dialogue. Pure: the same plan, walk and streams give the same script.
    pub fn write(&self, plan: &Plan, walk: &Walk, mut streams: Streams) -> Result<Script, Stuck> {
        let context = Context { today: draw_today(&mut streams.script), user: IndexMap::new(), policies: Vec::new() };
        let beats = plan.unroll(&walk.segments, &mut streams.script);
        let world = World::with_schemas(&context, streams.world, self.schemas.clone());
        let mut draft = Draft::new(&self.catalog.tools, walk, context, world, streams.script);
        let mut gold: Vec<ToolIx> = walk.steps.iter().map(|step| step.tool).collect();
        gold.dedup();
        let mut missing = Vec::new();
        for (at, beat) in beats.iter().enumerate() {
            draft.expects = next_answer(&beats[at..]);
            match beat {
                Beat::User(beat) => self.user(&mut draft, beat, &gold, &mut missing)?,
                Beat::Assistant(beat) => self.assistant(&mut draft, beat, &missing)?,
            }
        }
        gold.extend(draft.slips.tools());
        let mut script = draft.finish(&plan.name)?;
        // What a policy forbids, or what comes later, is refused as well.
        let refused = |goal: &&Goal| goal.outcome == Outcome::Refused && !goal.tool.is_empty();
        let limited = !script.context.policies.is_empty() || script.turns.iter().any(|turn| matches!(turn, ScriptTurn::Update(_)));
        if limited {
            let names: Vec<&str> = script.goals.iter().filter(refused).map(|goal| goal.tool.as_str()).collect();
            missing.extend(gold.iter().filter(|tool| names.contains(&self.catalog.tools[**tool].name.as_str())));
        }
        script.offered = self.offers.around(&gold, &missing, &mut streams.offer);
        Ok(script)
    }

    fn user(&self, draft: &mut Draft<'a>, beat: &UserBeat, gold: &[ToolIx], missing: &mut Vec<ToolIx>) -> Result<(), Stuck> {
        match beat {
            UserBeat::Greet => draft.user_says(UserAct::Greet),
            UserBeat::Request { steps, omit, implicit, aside } => {
                draft.just_put_aside = *aside;
                if *aside {
                    draft.put_aside()?;
                }
                let count = match steps {
                    Steps::All => usize::MAX - draft.next_step,
                    Steps::Segment => segment_left(&draft.walk.segments, draft.walk.steps.len() - draft.next_step),
                    Steps::Count(count) => *count,
                };
                let omit = draft.rng.random_range(omit.clone());
                draft.request(count, omit, *implicit)?;
            }
            UserBeat::Inform { answer } => draft.inform(*answer)?,
            UserBeat::Correct => draft.correct()?,
            UserBeat::Select => draft.select(),
            UserBeat::Affirm => draft.affirm(),
            UserBeat::Negate => draft.negate()?,
            UserBeat::Cancel => draft.cancel(),
            UserBeat::MoreOptions => draft.more_options()?,
            UserBeat::AskFact => draft.ask_fact()?,
            UserBeat::Resume => draft.resume()?,
            UserBeat::ChitChat => {
                let topic = draft.topic(&self.topics.chit_chat)?;
                draft.user_says(UserAct::ChitChat { topic });
            }
            UserBeat::RequestMissing => {
                let tool =
                    self.offers.missing(gold, &mut draft.rng).ok_or_else(|| Stuck::new("missing tool", "the catalog has no other tool"))?;
                draft.request_missing(tool)?;
                missing.push(tool);
            }
            UserBeat::RequestIrrelevant => {
                let topic = draft.topic(&self.topics.irrelevant)?;
                let turn = draft.user_turn();
                draft.goals.push(Goal { turn, tool: String::new(), outcome: Outcome::Refused, calls: Vec::new() });
                draft.user_says(UserAct::RequestIrrelevant { topic });
            }
            UserBeat::RequestById => draft.request_by_id()?,
            UserBeat::RequestNear => {
                let step = draft.walk.steps.get(draft.next_step).ok_or_else(|| Stuck::new("plan", "no step of the walk is left"))?;
                let tool = self.offers.near_miss(step.tool, &mut draft.rng);
                let tool = tool.ok_or_else(|| Stuck::new("near miss", "no other tool is near"))?;
                draft.request_near(tool)?;
                missing.push(tool);
            }
            UserBeat::RequestEarly => {
                draft.request_early()?;
            }
            UserBeat::Lower => draft.lower()?,
            UserBeat::Thank => draft.user_says(UserAct::Thank),
            UserBeat::Goodbye => draft.user_says(UserAct::Goodbye),
        }
        Ok(())
    }

    fn assistant(&self, draft: &mut Draft<'a>, beat: &AssistantBeat, missing: &[ToolIx]) -> Result<(), Stuck> {
        match beat {
            AssistantBeat::Greet => draft.assistant_says(AssistantAct::Greet),
            AssistantBeat::Ask { values } => {
                draft.ask(*values);
            }
            AssistantBeat::Propose => draft.propose(),
            AssistantBeat::Confirm { acts } => {
                draft.ask_all();
                draft.confirm(*acts);
            }
            AssistantBeat::Call { error } => {
                draft.ask_all();
                draft.perform(*error)?;
            }
            AssistantBeat::Tell { few } => draft.tell(*few)?,
            AssistantBeat::TellRest => draft.tell_rest()?,
            AssistantBeat::Recall => draft.recall()?,
            AssistantBeat::Refuse => match (draft.last_refused(), missing.last()) {
                (Some(UserAct::RequestMissing { tool, .. }), _) => draft.assistant_says(AssistantAct::RefuseMissing { tool }),
                (Some(UserAct::RequestIrrelevant { topic }), _) => draft.assistant_says(AssistantAct::RefuseIrrelevant { topic }),
                (_, Some(tool)) => draft.assistant_says(AssistantAct::RefuseMissing { tool: *tool }),
                _ => {}
            },
            AssistantBeat::CallOnBadValue { error } => {
                draft.ask_all();
                draft.call_on_bad_value(*error)?;
            }
            AssistantBeat::AskAnother => draft.ask_another()?,
            AssistantBeat::CallById => draft.call_by_id()?,
            AssistantBeat::FoundInstead => draft.found_instead(),
            AssistantBeat::CallWrongly => {
                draft.ask_all();
                draft.call_wrongly(&self.offers)?;
            }
            AssistantBeat::Admit => draft.admit(),
            AssistantBeat::OwnUp => draft.own_up(),
            AssistantBeat::RefuseNear => draft.refuse_near()?,
            AssistantBeat::ToolsUpdate => draft.update_tools()?,
            AssistantBeat::RefusePolicy => {
                draft.ask_all();
                draft.refuse_policy()?;
            }
            AssistantBeat::RefuseAmount => {
                draft.ask_all();
                draft.refuse_amount()?;
            }
            AssistantBeat::ConfirmPolicy => {
                draft.ask_all();
                draft.confirm_policy()?;
            }
            AssistantBeat::Acknowledge => draft.assistant_says(AssistantAct::Acknowledge),
            AssistantBeat::ChitChat => {
                if let Some(topic) = draft.last_topic() {
                    draft.assistant_says(AssistantAct::ChitChat { topic });
                }
            }
            AssistantBeat::AskMore => draft.assistant_says(AssistantAct::AskMore),
            AssistantBeat::Goodbye => draft.assistant_says(AssistantAct::Goodbye),
        }
        Ok(())
    }
}

/// The next answer that is not simply whole, when the beats begin with its request.
fn next_answer(beats: &[Beat]) -> Option<Answer> {
    let (Beat::User(UserBeat::Request { .. }), rest) = beats.split_first()? else { return None };
    let of_task = rest.iter().take_while(|beat| !matches!(beat, Beat::User(UserBeat::Request { .. })));
    of_task
        .filter_map(|beat| match beat {
            Beat::User(UserBeat::Inform { answer }) => Some(*answer),
            _ => None,
        })
        .find(|answer| *answer != Answer::Whole)
}

/// The day on which a dialogue takes place: any day of three years.
fn draw_today(rng: &mut Rng) -> String {
    let first = jiff::civil::date(2025, 1, 1);
    first.checked_add(jiff::Span::new().days(rng.random_range(0..3 * 365))).unwrap_or(first).to_string()
}

impl Draft<'_> {
    /// A topic that was not spoken of yet.
    fn topic(&mut self, topics: &[String]) -> Result<String, Stuck> {
        let fresh: Vec<&String> = topics.iter().filter(|topic| !self.topics.contains(topic)).collect();
        if fresh.is_empty() {
            return Err(Stuck::new("topic", "every topic of the phrase tables was spoken of"));
        }
        let topic = fresh[self.rng.random_range(0..fresh.len())].clone();
        self.topics.push(topic.clone());
        Ok(topic)
    }

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
                slots.push(super::Slot { call: super::NO_CALL, tool, pointer: leaf.pointer.clone(), value, sem: leaf.sem, days: None });
            }
        }
        self.goals.push(Goal { turn, tool: known.name.clone(), outcome: Outcome::Refused, calls: Vec::new() });
        self.user_says(UserAct::RequestMissing { tool, slots });
        Ok(())
    }

    /// Runs the calls of the open task, level by level; with an error, the last of them fails.
    pub(super) fn perform(&mut self, error: Option<ErrorCode>) -> Result<(), Stuck> {
        if self.task.state == TaskState::Failed {
            return self.retry(error);
        }
        if self.task.state != TaskState::Open {
            return Err(Stuck::new("plan", "a call with no open request"));
        }
        let runs = self.task.runs.clone();
        let deepest = runs.iter().map(|run| run.level).max().unwrap_or(0);
        for level in 0..=deepest {
            let together: Vec<&Run> = runs.iter().filter(|run| run.level == level).collect();
            let fails = (level == deepest).then_some(error).flatten();
            let count = together.len();
            let mut calls = Vec::new();
            for (index, run) in together.into_iter().enumerate() {
                calls.push(self.perform_run(run, fails.filter(|_| index + 1 == count))?);
            }
            self.assistant_calls(calls);
        }
        self.task.state = if error.is_some() { TaskState::Failed } else { TaskState::Done };
        Ok(())
    }

    /// The failed call again, with a number of its own.
    fn retry(&mut self, error: Option<ErrorCode>) -> Result<(), Stuck> {
        let Some(run) = self.task.runs.last_mut() else { return Ok(()) };
        run.call = self.next_call;
        self.next_call += 1;
        let run = run.clone();
        self.goals[run.goal].calls.push(run.call);
        self.goals[run.goal].outcome = Outcome::Done;
        let call = self.perform_run(&run, error)?;
        self.assistant_calls(vec![call]);
        self.task.state = if error.is_some() { TaskState::Failed } else { TaskState::Done };
        Ok(())
    }

    fn perform_run(&mut self, planned: &Run, error: Option<ErrorCode>) -> Result<ScriptCall, Stuck> {
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
        let sources = sources(&run, &resolved, &arguments);
        let (result, is_error) = match error {
            Some(code) => {
                self.goals[run.goal].outcome = Outcome::Failed;
                (self.world.fail_saying(tool, code, &arguments, self.recovery.message.take()), true)
            }
            None => {
                let demand = self.demand(run.step);
                let result = self.world.call(tool, &arguments, &demand);
                (result.map_err(|error| Stuck::new("result", format!("`{}`: {error}", tool.name)))?, false)
            }
        };
        if !is_error {
            self.done[run.step] = Some(run.call);
        }
        Ok(ScriptCall { id: run.call, tool: run.tool, arguments, sources, result, is_error, mistake: None })
    }

    /// What the result of a step must have, so that later steps can build on it.
    pub(super) fn demand(&self, step: usize) -> Demand {
        let mut demand = Demand::default();
        let tool = &self.tools[self.walk.steps[step].tool];
        let in_task = |other: usize| self.task.runs.iter().any(|run| run.step == other);
        for (later, target) in self.walk.steps.iter().enumerate() {
            for link in target.links.iter().filter(|link| link.from == step) {
                let Witness::Flow { field, parameter } = &link.relation.witness else { continue };
                if let Some(leaf) = self.tools[target.tool].parameters.iter().find(|leaf| leaf.pointer == *parameter) {
                    demand.feeds.push((field.clone(), leaf.schema.clone()));
                }
                let Some(list) = list_of(field) else { continue };
                let (least, most) = needs::bounds_of(&tool.returns.schema, list);
                let range = if self.walk.motif == Motif::Loop {
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::dialogue::{Mistake, leaves};
    use crate::graph::{GraphOptions, walk::Walker};
    use crate::script::Source;
    use crate::seed::{Stage, stream};
    use std::collections::BTreeMap;

    fn each_script(per_plan: u64, look: impl FnMut(&Plan, &Catalog, &Script)) -> BTreeMap<String, u64> {
        each_script_of(&[], per_plan, look)
    }

    /// The scripts of these built-in plans, of all of them when none is named.
    pub(in crate::script) fn each_script_of(
        names: &[&str],
        per_plan: u64,
        mut look: impl FnMut(&Plan, &Catalog, &Script),
    ) -> BTreeMap<String, u64> {
        let catalog = Catalog::open(&[]).unwrap();
        let graph = ToolGraph::build(&catalog, &GraphOptions::default());
        let walker = Walker::new(&graph, &catalog);
        let topics = Topics { chit_chat: vec!["a".into(), "b".into(), "c".into()], irrelevant: vec!["x".into(), "y".into()] };
        let author = Author::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), topics);
        let mut stuck = BTreeMap::new();
        for plan in crate::plan::load(&[]).unwrap().into_iter().filter(|plan| names.is_empty() || names.contains(&plan.name.as_str())) {
            for index in 0..per_plan {
                let walk = match plan.motif {
                    Motif::None => Some(Walk { motif: Motif::None, steps: Vec::new(), segments: Vec::new() }),
                    motif => (0..64)
                        .filter_map(|step| walker.anchor(motif, plan.length.clone(), 3, index + step * 101))
                        .filter_map(|anchor| walker.walk(motif, plan.length.clone(), anchor, &mut stream(3, index, Stage::Walk, 0)))
                        .find(|walk| author.suits_walk(&plan, walk)),
                };
                let Some(walk) = walk else { continue };
                let of = |stage| stream(3, index, stage, 0);
                match author.write(&plan, &walk, Streams { script: of(Stage::Script), world: of(Stage::World), offer: of(Stage::Offer) }) {
                    Ok(script) => look(&plan, &catalog, &script),
                    Err(Stuck { stage, reason }) => *stuck.entry(format!("{} · {stage}: {reason}", plan.name)).or_default() += 1,
                }
            }
        }
        stuck
    }

    #[test]
    fn nearly_every_walk_becomes_a_script() {
        let mut written = 0;
        let stuck = each_script(40, |_, _, _| written += 1);
        let failed: u64 = stuck.values().sum();
        assert!(failed * 10 < written, "{failed} stuck, {written} written: {stuck:#?}");
    }

    #[test]
    fn every_argument_has_exactly_one_source_and_every_source_holds_its_value() {
        each_script(20, |plan, _, script| {
            let mut results = BTreeMap::new();
            for (number, turn) in script.turns.iter().enumerate() {
                let ScriptTurn::Calls(calls) = turn else { continue };
                for call in calls {
                    let wrong =
                        |pointer: &String| matches!(&call.mistake, Some(Mistake::WrongArgument { pointer: at, .. }) if at == pointer);
                    let pointers = leaves(&call.arguments).into_iter().map(|(pointer, _)| pointer);
                    let pointers: Vec<String> = pointers.filter(|pointer| !wrong(pointer)).collect();
                    assert_eq!(pointers, call.sources.keys().cloned().collect::<Vec<_>>(), "{} {number}", plan.name);
                    for (pointer, source) in &call.sources {
                        if let Source::Result { call: from, pointer: at } = source {
                            let result: &serde_json::Value = &results[from];
                            assert_eq!(result.pointer(at), call.arguments.pointer(pointer), "{}", plan.name);
                        }
                    }
                }
                results.extend(calls.iter().map(|call| (call.id, call.result.clone())));
            }
        });
    }

    #[test]
    fn speakers_take_turns_and_the_assistant_has_the_last_word() {
        each_script(20, |plan, _, script| {
            assert!(matches!(script.turns.first(), Some(ScriptTurn::User(_))), "{}", plan.name);
            assert!(matches!(script.turns.last(), Some(ScriptTurn::Assistant(_))), "{}", plan.name);
            for pair in script.turns.windows(2) {
                let fine = !matches!(
                    pair,
                    [ScriptTurn::User(_), ScriptTurn::User(_)]
                        | [ScriptTurn::Assistant(_), ScriptTurn::Assistant(_) | ScriptTurn::Calls(_)]
                );
                assert!(fine, "{}: {:?}", plan.name, pair);
            }
        });
    }

    #[test]
    fn gold_tools_are_offered_and_missing_ones_are_not() {
        each_script(20, |plan, catalog, script| {
            for goal in script.goals.iter().filter(|goal| !goal.tool.is_empty()) {
                let offered = script.offered.iter().any(|tool| catalog.tools[*tool].name == goal.tool);
                let later = script.turns.iter().any(|turn| matches!(turn, ScriptTurn::Update(_))) || !script.context.policies.is_empty();
                assert!(offered == (goal.outcome != Outcome::Refused) || (offered && later), "{}: {}", plan.name, goal.tool);
            }
            let mut names: Vec<_> = script.offered.clone();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), script.offered.len());
        });
    }
}
