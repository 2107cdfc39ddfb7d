//! From a plan and a walk to a script: the beats of the plan, played one after the other.

use super::companions::Companions;
use super::course::{self, Course, Part};
use super::draft::Draft;
use super::perform::Fate;
use super::{AssistantAct, DistractorKind, Script, ScriptTurn, Twist, UserAct, offer};
use crate::catalog::{Catalog, Tool};
use crate::dialogue::{Context, Goal, Outcome, WorldOrigin};
use crate::graph::{Motif, ToolGraph, ToolIx, Walk};
use crate::plan::{Answer, AssistantBeat, Beat, Plan, Steps, UserBeat};
use crate::seed::Rng;
use crate::world::{Schemas, World};
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
    companions: Companions,
    topics: Topics,
}

impl<'a> Author<'a> {
    pub fn new(catalog: &'a Catalog, graph: &ToolGraph, schemas: Arc<Schemas>, topics: Topics) -> Author<'a> {
        Author { catalog, schemas, offers: offer::Offers::new(catalog, graph), companions: Companions::new(&catalog.tools), topics }
    }

    /// Asks for so many tools beside those that are used, in the mean.
    pub fn distractors(&mut self, mean: f64) {
        self.offers.ask_for(mean);
    }

    /// Whether a tool can have what a plan has of the one that matters.
    pub fn suits(&self, plan: &Plan, tool: ToolIx) -> bool {
        let Some(tool) = self.catalog.tools.get(tool) else { return false };
        super::recover::suits(plan, tool)
            && super::mistake::suits(plan, tool)
            && super::limits::suits(plan, tool)
            && super::answerable::suits(plan, tool)
            && (!(matches!(plan.motif, Motif::Single | Motif::Parallel) || (plan.motif == Motif::Errand && *plan.length.end() == 1))
                || super::answerable::confirmable(plan, tool))
    }

    /// Whether a walk has what the plan needs: a walk to one tool at its end, where a yes is asked for before the first of several at its
    /// beginning.
    pub fn suits_walk(&self, plan: &Plan, walk: &Walk) -> bool {
        let tool = |step: &crate::graph::Step| &self.catalog.tools[step.tool];
        let asks = plan.may(&Beat::User(UserBeat::AskFact));
        if asks && !walk.steps.last().is_some_and(|step| super::follow::has_more_to_tell(tool(step))) {
            return false;
        }
        let by_id = plan.may(&Beat::User(UserBeat::RequestById));
        if by_id && !walk.steps.first().is_some_and(|step| super::recover::names_things(tool(step))) {
            return false;
        }
        let refused = plan.may(&Beat::User(UserBeat::Negate));
        let deciding = match plan.motif {
            Motif::Single | Motif::Seek => walk.steps.last(),
            Motif::Errand if walk.segments.len() == 1 => walk.steps.last(),
            Motif::Parallel if refused => walk.steps.first(),
            _ => None,
        };
        deciding.is_none_or(|step| self.suits(plan, step.tool))
    }

    /// The symbols of one dialogue: one task after the other. Pure: the same parts and streams give the same script.
    pub fn write(&self, parts: &[Part], mut streams: Streams) -> Result<Script, Stuck> {
        let context = Context { today: draw_today(&mut streams.script), user: IndexMap::new(), policies: Vec::new() };
        let beats = course::beats(parts, &mut streams.script)?;
        let course = Course::of(parts);
        let world = World::with_schemas(&context, streams.world, self.schemas.clone());
        let mut draft = Draft::new(&self.catalog.tools, &self.companions, &course, context, world, streams.script);
        let mut gold: Vec<ToolIx> = course.steps.iter().map(|step| step.tool).collect();
        gold.dedup();
        if self.offers.has_twins(&gold) {
            return Err(Stuck::new("offer", "two tools of the walk do the same"));
        }
        let mut missing = Vec::new();
        for (part, beats) in beats.iter().enumerate() {
            // A plan may leave steps of its walk alone.
            draft.next_step = course.start(part);
            draft.twisted = 0;
            draft.constrained = parts[part].twists.contains(&Twist::Constrain);
            draft.described = parts[part].twists.contains(&Twist::Describe);
            for (at, beat) in beats.iter().enumerate() {
                draft.expects = next_answer(&beats[at..]);
                match beat {
                    Beat::User(beat) => self.user(&mut draft, beat, &gold, &mut missing)?,
                    Beat::Assistant(beat) => self.assistant(&mut draft, beat, &missing)?,
                }
            }
            if (draft.constrained || draft.described) && draft.twisted == 0 {
                return Err(Stuck::new("operator", "there was nothing more to say"));
            }
        }
        gold.extend(draft.slips.tools());
        let mut script = draft.finish(parts)?;
        if script.picks_in_vain() {
            return Err(Stuck::new("link", "what the user picked is used by no call"));
        }
        // What a policy forbids, or what comes later, is refused as well.
        let refused = |goal: &&Goal| goal.outcome == Outcome::Refused && !goal.tool.is_empty();
        let limited = !script.context.policies.is_empty() || script.turns.iter().any(|turn| matches!(turn, ScriptTurn::Update(_)));
        if limited {
            let names: Vec<&str> = script.goals.iter().filter(refused).map(|goal| goal.tool.as_str()).collect();
            missing.extend(gold.iter().filter(|tool| names.contains(&self.catalog.tools[**tool].name.as_str())));
        }
        script.offered = self.offers.around(&gold, parts.first().and_then(|part| part.about), &missing, &mut streams.offer);
        Ok(script)
    }

    /// Tools to offer beside others, of one kind: at most so many, none of which does the same as one of them or as what is refused.
    pub fn more_tools(
        &self,
        offered: &[ToolIx],
        gold: &[ToolIx],
        refused: &[ToolIx],
        kind: DistractorKind,
        most: usize,
        rng: &mut Rng,
    ) -> Vec<ToolIx> {
        self.offers.more(offered, gold, refused, kind, most, rng)
    }

    /// From where the results of a script come: what its record needs so that the calls can be run again.
    pub fn origin(&self, script: &Script, seed: u64, attempt: u32) -> WorldOrigin {
        let mut called: Vec<ToolIx> = script.calls().map(|call| call.tool).collect();
        called.sort_unstable();
        called.dedup();
        let called: Vec<&Tool> = called.into_iter().map(|tool| &self.catalog.tools[tool]).collect();
        WorldOrigin { seed, attempt, pairs: self.schemas.pairs_beside(&called) }
    }

    fn user(&self, draft: &mut Draft<'_>, beat: &UserBeat, gold: &[ToolIx], missing: &mut Vec<ToolIx>) -> Result<(), Stuck> {
        match beat {
            UserBeat::Greet => draft.user_says(UserAct::Greet),
            UserBeat::Request { steps, omit, implicit, aside } => {
                draft.just_put_aside = *aside;
                if *aside {
                    draft.put_aside()?;
                }
                let count = match steps {
                    Steps::All | Steps::Segment => draft.walk.left_from(draft.next_step),
                    Steps::Count(count) => *count,
                };
                let omit = draft.rng.random_range(omit.clone());
                draft.request(&[count], omit, *implicit)?;
            }
            UserBeat::RequestTwo { first, second, omit, implicit } => {
                let omit = draft.rng.random_range(omit.clone());
                draft.request(&[*first, *second], omit, *implicit)?;
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
                let tool = self.offers.near_miss(step.tool, gold, &mut draft.rng);
                let tool = tool.ok_or_else(|| Stuck::new("near miss", "no other tool is near"))?;
                draft.request_near(tool)?;
                missing.push(tool);
            }
            UserBeat::RequestEarly => {
                draft.request_early()?;
            }
            UserBeat::Lower => draft.lower()?,
            UserBeat::RequestBeyond => draft.request_beyond()?,
            UserBeat::Thank => draft.user_says(UserAct::Thank),
            UserBeat::Goodbye => draft.user_says(UserAct::Goodbye),
        }
        Ok(())
    }

    fn assistant(&self, draft: &mut Draft<'_>, beat: &AssistantBeat, missing: &[ToolIx]) -> Result<(), Stuck> {
        match beat {
            AssistantBeat::Greet => draft.assistant_says(AssistantAct::Greet),
            AssistantBeat::Ask { values } => {
                draft.ask(*values);
            }
            AssistantBeat::Propose => draft.propose(),
            AssistantBeat::Confirm { acts } => {
                draft.ask_all();
                draft.confirm(*acts)?;
            }
            AssistantBeat::Call { error } => {
                draft.ask_all();
                draft.perform(error.map_or(Fate::Works, Fate::Fails))?;
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
            AssistantBeat::CallInVain => {
                draft.ask_all();
                draft.call_in_vain()?;
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
            AssistantBeat::RefusePrivate => {
                draft.ask_all();
                draft.refuse_private()?;
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
    let (Beat::User(UserBeat::Request { .. } | UserBeat::RequestTwo { .. }), rest) = beats.split_first()? else { return None };
    let of_task = rest.iter().take_while(|beat| !matches!(beat, Beat::User(UserBeat::Request { .. } | UserBeat::RequestTwo { .. })));
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
}
