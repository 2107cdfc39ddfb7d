//! In what order? Index by index, in parallel, in order: plan, walk, script, words, proof.
//!
//! Dialogue *i* is a pure function of the catalogs, the plans, the seed and *i*. A candidate that cannot be written or does not pass
//! verification is made again inside its own stratum (same plan, and at first the same anchor tool), and counted.

pub mod dials;
mod refine;
mod sequel;
mod tally;

pub use refine::Refinement;
pub use tally::Tally;

use crate::catalog::{Catalog, Origin};
use crate::dialogue::Dialogue;
use crate::error::{Error, Result};
use crate::graph::{Motif, ToolGraph, ToolIx, turns::in_turn, walk::Walker};
use crate::operate::Operator;
use crate::plan::{Beat, Plan, Schedule, UserBeat};
use crate::realise::{Layers, Realiser};
use crate::script::{Author, Part, Script, Streams, Stuck, Topics};
use crate::seed::{Stage, stream};
use crate::verify::{Report, Verifier};
use crate::world::Schemas;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::sync::Arc;

/// Candidates for one anchor tool before another anchor of the same plan is taken.
const ANCHOR_PATIENCE: u32 = 8;
/// Candidates for one dialogue before its stratum counts as one that cannot be filled.
const MAX_ATTEMPTS: u32 = 48;
/// Wordings of one script.
const WORDINGS: u32 = 4;
/// Anchors that are looked at for one that suits the plan.
const ANCHORS: u64 = 1024;
/// Calls a dialogue in the mean, when nothing else is asked for.
pub const CALLS: f64 = 5.0;
/// Dialogues that are made between two writes; memory is bounded by it.
const CHUNK: u64 = 512;

/// Everything that all dialogues of a run share.
pub struct Pipeline<'a> {
    plans: Vec<&'a Plan>,
    /// Those of them whose tasks may follow another.
    sequels: Vec<(&'a Plan, u32)>,
    /// Calls in the mean.
    calls: f64,
    schedule: Schedule,
    walker: Walker,
    /// The tools that suit each plan over one tool.
    pools: HashMap<&'a str, Arc<Vec<ToolIx>>>,
    author: Author<'a>,
    realiser: Realiser<'a>,
    /// Says everything plainly.
    plain: Realiser<'a>,
    verifier: Verifier<'a>,
    /// The tools by name.
    names: FxHashMap<&'a str, ToolIx>,
    /// What is made harder, and how much of it.
    refinement: Option<Refinement>,
    /// Knows only what is in the records.
    reader: Verifier<'static>,
    /// What some tools are about was inferred.
    inferred: bool,
    seed: u64,
    /// Plans that no walk of this graph can satisfy.
    pub left_out: Vec<LeftOut>,
}

/// A plan that cannot be used with these catalogs, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    pub plan: String,
    pub reason: String,
}

impl<'a> Pipeline<'a> {
    /// Fails when no plan can be used at all.
    pub fn new(catalog: &'a Catalog, graph: &ToolGraph, schemas: Arc<Schemas>, plans: &'a [Plan], seed: u64) -> Result<Pipeline<'a>> {
        let walker = Walker::new(graph, catalog);
        let author = Author::new(catalog, graph, schemas, topics());
        let mut usable = Vec::new();
        let mut left_out = Vec::new();
        for plan in plans {
            if let Some(reason) = lacks(catalog, plan) {
                left_out.push(LeftOut { plan: plan.name.clone(), reason });
            } else if plan.motif != Motif::None && !(0..catalog.tools.len()).any(|tool| author.suits(plan, tool)) {
                let reason = "no tool of the catalogs can have what it asks for".to_string();
                left_out.push(LeftOut { plan: plan.name.clone(), reason });
            } else if plan.motif == Motif::None || !walker.starts(plan.motif, plan.length.clone()).is_empty() {
                usable.push(plan);
            } else {
                let steps = if plan.length.start() == plan.length.end() {
                    plan.length.start().to_string()
                } else {
                    format!("{} to {}", plan.length.start(), plan.length.end())
                };
                let reason = format!("no {} of {steps} steps in a graph of {} tools", plan.motif.name(), catalog.tools.len());
                left_out.push(LeftOut { plan: plan.name.clone(), reason });
            }
        }
        let alone = |plan: &&&'a Plan| plan.motif == Motif::Single;
        let pools = usable.par_iter().filter(alone).map(|plan| {
            let tools = walker.starts(plan.motif, plan.length.clone());
            let pool = tools.iter().copied().filter(|tool| author.suits(plan, *tool)).collect();
            (plan.name.as_str(), Arc::new(pool))
        });
        let pools = pools.collect();
        let weights: Vec<u32> = usable.iter().map(|plan| plan.weight).collect();
        let schedule = Schedule::new(&weights);
        if schedule.is_empty() {
            let reasons: Vec<String> = left_out.iter().map(|one| format!("{}: {}", one.plan, one.reason)).collect();
            return Err(Error::Unsatisfiable {
                message: format!("no plan can be used with these catalogs ({})", reasons.join("; ")),
                cure: "add a plan with `motif: single`, or catalogs whose tools compose".into(),
            });
        }
        Ok(Pipeline {
            sequels: usable.iter().copied().filter(|plan| sequel::follows(plan)).map(|plan| (plan, plan.weight)).collect(),
            calls: CALLS,
            plans: usable,
            schedule,
            author,
            realiser: Realiser::new(catalog),
            plain: Realiser::with_layers(catalog, Layers::PLAIN),
            verifier: Verifier::new(catalog),
            names: catalog.tools.iter().enumerate().map(|(ix, tool)| (tool.name.as_str(), ix)).collect(),
            refinement: None,
            reader: Verifier::without_catalog(),
            inferred: catalog.tools.iter().any(|tool| tool.phrase.origin == Origin::Inferred),
            walker,
            pools,
            seed,
            left_out,
        })
    }

    /// The same with other layers of words.
    pub fn with_layers(self, layers: Layers) -> Self {
        Pipeline { realiser: self.realiser.switched(layers), ..self }
    }

    /// Makes dialogues `from..to` and hands them over in order, each with its tally; stops at the first error of `sink`.
    pub fn run(&self, from: u64, to: u64, mut sink: impl FnMut(Option<Dialogue>, &Tally) -> Result<()>) -> Result<()> {
        self.run_with(from, to, |_| (), |made, tally| sink(made.map(|(dialogue, ())| dialogue), tally))
    }

    /// As [`Pipeline::run`]; `also` makes something of each dialogue, in parallel as well, which is handed over with it.
    pub fn run_with<T: Send>(
        &self,
        from: u64,
        to: u64,
        also: impl Fn(&Dialogue) -> T + Sync,
        mut sink: impl FnMut(Option<(Dialogue, T)>, &Tally) -> Result<()>,
    ) -> Result<()> {
        let mut start = from;
        while start < to {
            let end = (start + CHUNK).min(to);
            let make = |index| guarded(index, || self.with(index, &also));
            let made: Vec<Result<(Option<(Dialogue, T)>, Tally)>> = (start..end).into_par_iter().map(make).collect();
            for one in made {
                let (dialogue, tally) = one?;
                sink(dialogue, &tally)?;
            }
            start = end;
        }
        Ok(())
    }

    fn with<T>(&self, index: u64, also: impl Fn(&Dialogue) -> T) -> (Option<(Dialogue, T)>, Tally) {
        let (dialogue, tally) = self.dialogue(index);
        let both = dialogue.map(|dialogue| {
            let more = also(&dialogue);
            (dialogue, more)
        });
        (both, tally)
    }

    /// One verified dialogue. A stratum that cannot be filled is named in the tally, and the dialogue is made with the next plan instead, so
    /// that the size holds; none when no plan at all gives one.
    pub fn dialogue(&self, index: u64) -> (Option<Dialogue>, Tally) {
        let mut tally = Tally::default();
        let Some((first, occurrence)) = self.schedule.at(self.seed, index) else { return (None, tally) };
        for shift in 0..self.plans.len() {
            let plan = self.plans[(first + shift) % self.plans.len()];
            if let Some(dialogue) = self.fill(plan, occurrence, index, &mut tally) {
                return (Some(dialogue), tally);
            }
        }
        (None, tally)
    }

    /// Candidates of one stratum until one holds. A script that does not hold is put into other words first: what the reader could not read
    /// back may have been said unhappily.
    fn fill(&self, plan: &'a Plan, occurrence: u64, index: u64, tally: &mut Tally) -> Option<Dialogue> {
        let mut last = String::new();
        for attempt in 0..MAX_ATTEMPTS {
            tally.candidates += 1;
            let operators = self.operators_for(index, attempt);
            let draft = match self.draft(plan, occurrence, index, attempt, &operators) {
                Ok(draft) => draft,
                Err(stuck) => {
                    last = tally.stuck_in(&stuck);
                    continue;
                }
            };
            tally.scripts += 1;
            for wording in 0..WORDINGS {
                let dialogue = match self.worded(&draft, wording) {
                    Ok(dialogue) => dialogue,
                    Err(stuck) => {
                        last = tally.stuck_in(&stuck);
                        break;
                    }
                };
                tally.realised += 1;
                let report = self.prove(&dialogue);
                if report.ok() {
                    self.accepted(index, &dialogue, attempt == 0 && wording == 0, wording > 0, tally);
                    return Some(dialogue);
                }
                last = tally.rejects(&report);
            }
        }
        *tally.unfilled.entry(format!("{} ({last})", plan.name)).or_default() += 1;
        None
    }

    fn accepted(&self, index: u64, dialogue: &Dialogue, first_try: bool, reworded: bool, tally: &mut Tally) {
        tally.accepted = 1;
        tally.first_try = u64::from(first_try);
        tally.reworded = u64::from(reworded);
        if self.is_refined(index) {
            tally.refined = u64::from(!dialogue.operators.is_empty());
            tally.unrefined = 1 - tally.refined;
        }
        tally.operators = dialogue.operators.iter().map(|name| (name.clone(), 1)).collect();
    }

    /// Verifies with the catalog and, where that was completed by inference, with the record alone as well: whoever has only the file must
    /// come to the same verdict, though less can be inferred from a few tools than from all.
    fn prove(&self, dialogue: &Dialogue) -> Report {
        let report = self.verifier.verify(dialogue);
        if !report.ok() || !self.inferred {
            return report;
        }
        self.reader.verify(dialogue)
    }

    /// The plan that dialogue `index` has.
    pub fn plan(&self, index: u64) -> Option<&'a Plan> {
        self.schedule.at(self.seed, index).map(|(plan, _)| self.plans[plan])
    }

    /// The first candidate of dialogue `index`, whether it holds or not.
    pub fn first_candidate(&self, index: u64) -> Option<Result<Dialogue, Stuck>> {
        let (plan, occurrence) = self.schedule.at(self.seed, index)?;
        Some(self.candidate(self.plans[plan], occurrence, index, 0))
    }

    /// The first script of dialogue `index` in all the words that would be tried.
    pub fn first_wordings(&self, index: u64) -> Option<Result<Vec<Dialogue>, Stuck>> {
        let (plan, occurrence) = self.schedule.at(self.seed, index)?;
        let draft = self.draft(self.plans[plan], occurrence, index, 0, &[]);
        Some(draft.and_then(|draft| (0..WORDINGS).map(|wording| self.worded(&draft, wording)).collect()))
    }

    /// The tools that a dialogue may go through: the one whose turn it is, and then those that are looked at for one that suits the plan.
    /// Every plan has an order of its own, so that those of one motif do not have the same few tools.
    fn anchors(&self, plan: &Plan, occurrence: u64) -> impl Iterator<Item = ToolIx> {
        let tools = match self.pools.get(plan.name.as_str()) {
            Some(pool) => pool.clone(),
            None => self.walker.starts(plan.motif, plan.length.clone()),
        };
        let salt = self.seed ^ xxhash_rust::xxh3::xxh3_64(plan.name.as_bytes());
        let start = occurrence.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24;
        let places = std::iter::once(occurrence).chain((0..ANCHORS).map(move |step| start + step));
        places.map_while(move |place| in_turn(&tools, salt, place))
    }

    /// One candidate as it is without operators, before verification.
    fn candidate(&self, plan: &'a Plan, occurrence: u64, index: u64, attempt: u32) -> Result<Dialogue, Stuck> {
        self.worded(&self.draft(plan, occurrence, index, attempt, &[])?, 0)
    }

    /// A script for one candidate.
    fn draft<'d>(&self, plan: &'a Plan, occurrence: u64, index: u64, attempt: u32, operators: &'d [Operator]) -> Result<Draft<'d>, Stuck> {
        let shift = u64::from(attempt / ANCHOR_PATIENCE) * 7919;
        let suits = |walk: &crate::graph::Walk| self.author.suits_walk(plan, walk);
        let mut rng = stream(self.seed, index, Stage::Walk, attempt);
        let walk = if plan.motif == Motif::None {
            crate::graph::Walk { motif: Motif::None, steps: Vec::new(), segments: Vec::new() }
        } else {
            let no_walk = || Stuck { stage: "walk", reason: format!("no {} found", plan.motif.name()) };
            let mut anchors = self.anchors(plan, occurrence + shift);
            let mut walk_from = |anchor| self.walker.walk(plan.motif, plan.length.clone(), anchor, &mut rng);
            let first = walk_from(anchors.next().ok_or_else(no_walk)?).ok_or_else(no_walk)?;
            if suits(&first) { first } else { anchors.find_map(|anchor| walk_from(anchor).filter(suits)).unwrap_or(first) }
        };
        let streams = Streams {
            script: stream(self.seed, index, Stage::Script, attempt),
            world: stream(self.seed, index, Stage::World, attempt),
            offer: stream(self.seed, index, Stage::Offer, attempt),
        };
        let parts = self.twisted(Part::new(plan, walk), operators, &mut rng)?;
        Ok(Draft { script: self.author.write(&parts, streams)?, index, attempt, operators })
    }

    /// The words for a script, each `wording` others; the last ones are plain.
    fn worded(&self, draft: &Draft, wording: u32) -> Result<Dialogue, Stuck> {
        let Draft { script, index, attempt, operators } = draft;
        let realiser = if wording + 1 < WORDINGS { &self.realiser } else { &self.plain };
        let mut words = stream(self.seed, *index, Stage::Words, attempt + wording * MAX_ATTEMPTS);
        let mut dialogue = realiser.realise(script, format!("wt-{}-{index}", self.seed), *index, &mut words);
        dialogue.world = Some(self.author.origin(script, self.seed, *attempt));
        let mut dialogue = self.refined(dialogue, operators, *attempt)?;
        dialogue.scores = crate::score::of(&dialogue);
        Ok(dialogue)
    }
}

/// What is said and done in one candidate, before any words.
struct Draft<'d> {
    script: Script,
    index: u64,
    attempt: u32,
    operators: &'d [Operator],
}

/// A panic of ours in one dialogue becomes an error that names it; nothing else is lost.
fn guarded<T>(index: u64, make: impl FnOnce() -> T) -> Result<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(make)).map_err(|panic| {
        let message = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()));
        Error::Internal { index, message: message.unwrap_or_else(|| "a worker stopped".into()) }
    })
}

/// What a plan asks for that no dialogue over this catalog can have.
fn lacks(catalog: &Catalog, plan: &Plan) -> Option<String> {
    if catalog.tools.len() < 2 && plan.always(&Beat::User(UserBeat::RequestMissing)) {
        return Some("it asks for a tool that is not offered, and the catalog has one tool only".into());
    }
    let sayable = catalog.tools.iter().any(|tool| tool.parameters.iter().any(|leaf| !leaf.phrase.silent));
    if !sayable && plan.always(&Beat::User(UserBeat::Correct)) {
        return Some("it corrects a value, and no tool takes a value that a person says".into());
    }
    None
}

fn topics() -> Topics {
    Topics {
        chit_chat: crate::realise::chit_chat_topics().map(str::to_string).collect(),
        irrelevant: crate::realise::irrelevant_topics().map(str::to_string).collect(),
    }
}
