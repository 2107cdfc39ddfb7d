//! In what order? Index by index, in parallel, in order: plan, walk, script, words, proof.
//!
//! Dialogue *i* is a pure function of the catalogs, the plans, the seed and *i*. A candidate that cannot be written or does not pass
//! verification is made again inside its own stratum (same plan, domain and circumstances, and at first the same anchor tool), and counted.

pub mod coverage;
mod design;
pub mod dials;
mod factors;
mod fault;
mod fill;
pub mod hardness;
mod refine;
mod sequel;
mod tally;

pub use design::{Situation, Variety};
pub use fault::{faults, is_faulty};
pub use refine::Refinement;
pub use tally::Tally;

use crate::catalog::{Catalog, Origin};
use crate::cover::Cover;
use crate::dialogue::Dialogue;
use crate::error::{Error, Result};
use crate::graph::{Motif, ToolGraph, ToolIx, Walk, turns::in_turn, walk::Walker};
use crate::operate::Operator;
use crate::plan::{Beat, Plan, UserBeat};
use crate::realise::{Layers, Realiser, Scenario};
use crate::script::{Author, Part, Script, Streams, Stuck, Topics};
use crate::seed::{Rng, Stage, stream};
use crate::verify::Verifier;
use crate::world::Schemas;
use design::Design;
use fill::Tries;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Candidates for one anchor tool before another anchor of the same plan is taken.
const ANCHOR_PATIENCE: u32 = 8;
/// Candidates for one dialogue before its stratum counts as one that cannot be filled.
const MAX_ATTEMPTS: u32 = 48;
/// Candidates with the shape of the dialogue that one is modelled after, each in a world of its own, before it gets another shape.
const FAITHFUL: u32 = 16;
/// Wordings of one script.
const WORDINGS: u32 = 4;
/// Walks through each tool of a domain that are looked at for one that suits the plan.
const WALKS: usize = 4;
/// Anchors that are looked at for one that suits the plan.
const ANCHORS: u64 = 1024;
/// Calls a dialogue in the mean, when nothing else is asked for.
pub const CALLS: f64 = 5.0;
/// Dialogues that are made while as many others are written; memory is bounded by it.
const CHUNK: u64 = 256;

/// Everything that all dialogues of a run share.
pub struct Pipeline<'a> {
    catalog: &'a Catalog,
    plans: Vec<&'a Plan>,
    /// Those of them whose tasks may follow another.
    sequels: Vec<(&'a Plan, u32)>,
    /// Calls in the mean.
    calls: f64,
    /// Which situation each dialogue is made for.
    design: Design,
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
    /// 1 is every dialogue true.
    quality: f64,
    /// What is made harder, and how much of it.
    refinement: Option<Refinement>,
    /// How the dialogues came about that others are modelled after.
    models: fill::Models,
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
        let pools: HashMap<&'a str, Arc<Vec<ToolIx>>> = pools.collect();
        usable.retain(|plan| {
            let able = pools.get(plan.name.as_str()).is_none_or(|pool| !pool.is_empty());
            if !able {
                let reason = "no tool that a dialogue can begin with has what it asks for".to_string();
                left_out.push(LeftOut { plan: plan.name.clone(), reason });
            }
            able
        });
        let weights: Vec<u32> = usable.iter().map(|plan| plan.weight).collect();
        if weights.iter().all(|weight| *weight == 0) {
            let reasons: Vec<String> = left_out.iter().map(|one| format!("{}: {}", one.plan, one.reason)).collect();
            return Err(Error::Unsatisfiable {
                message: format!("no plan can be used with these catalogs ({})", reasons.join("; ")),
                cure: "add a plan with `motif: single`, or catalogs whose tools compose".into(),
            });
        }
        Ok(Pipeline {
            catalog,
            sequels: usable.iter().copied().filter(|plan| sequel::follows(plan)).map(|plan| (plan, plan.weight)).collect(),
            calls: CALLS,
            design: Design::new(catalog, &walker, &author, &usable, &weights, seed, Variety::of(1.0), &BTreeMap::new()),
            plans: usable,
            author,
            realiser: Realiser::new(catalog),
            plain: Realiser::with_layers(catalog, Layers::PLAIN),
            verifier: Verifier::new(catalog),
            names: catalog.tools.iter().enumerate().map(|(ix, tool)| (tool.name.as_str(), ix)).collect(),
            quality: 1.0,
            refinement: None,
            models: fill::Models::default(),
            reader: Verifier::without_catalog(),
            inferred: catalog.tools.iter().any(|tool| tool.phrase.origin == Origin::Inferred),
            walker,
            pools,
            seed,
            left_out,
        })
    }

    /// The same, more or less varied. Before the dials are tuned, since it makes the design anew.
    /// `sectors`: the part of life of some domains, where it is not the one that is known.
    pub fn varied(mut self, variety: Variety, sectors: &BTreeMap<String, String>) -> Self {
        let weights: Vec<u32> = self.plans.iter().map(|plan| plan.weight).collect();
        self.design = Design::new(self.catalog, &self.walker, &self.author, &self.plans, &weights, self.seed, variety, sectors);
        let layers = Layers { wordings: variety.wordings(), ..self.realiser.layers() };
        self.with_layers(layers)
    }

    /// The same with other layers of words.
    pub fn with_layers(mut self, layers: Layers) -> Self {
        self.models.forget();
        Pipeline { realiser: self.realiser.switched(layers), ..self }
    }

    /// Makes dialogues `from..to` and hands them over in order, each with its tally; stops at the first error of `sink`.
    pub fn run(&self, from: u64, to: u64, mut sink: impl FnMut(Option<Dialogue>, &Tally) -> Result<()> + Send) -> Result<()> {
        self.run_with(from, to, |_| (), |made, tally| sink(made.map(|(dialogue, ())| dialogue), tally))
    }

    /// As [`Pipeline::run`]; `also` makes something of each dialogue, in parallel as well, which is handed over with it. While some dialogues
    /// are handed over, the next ones are made.
    pub fn run_with<T: Send>(
        &self,
        from: u64,
        to: u64,
        also: impl Fn(&Dialogue) -> T + Sync,
        mut sink: impl FnMut(Option<(Dialogue, T)>, &Tally) -> Result<()> + Send,
    ) -> Result<()> {
        let make = |index| guarded(index, || self.with(index, &also));
        let mut hand_over = |made: Vec<Result<Made<T>>>| {
            made.into_iter().try_for_each(|one| {
                let (dialogue, tally) = one?;
                sink(dialogue, &tally)
            })
        };
        let (mut start, mut waiting) = (from, Vec::new());
        while start < to {
            let end = (start + CHUNK).min(to);
            let (made, handed_over) = rayon::join(|| (start..end).into_par_iter().map(make).collect(), || hand_over(waiting));
            handed_over?;
            (start, waiting) = (end, made);
        }
        hand_over(waiting)
    }

    fn with<T>(&self, index: u64, also: impl Fn(&Dialogue) -> T) -> (Option<(Dialogue, T)>, Tally) {
        let (dialogue, tally) = self.dialogue(index);
        let both = dialogue.map(|dialogue| {
            let more = also(&dialogue);
            (dialogue, more)
        });
        (both, tally)
    }

    /// The plan that dialogue `index` has.
    pub fn plan(&self, index: u64) -> Option<&'a Plan> {
        self.design.plan_at(index).map(|situation| self.plans[situation.plan])
    }

    /// The situation that dialogue `index` is made for.
    pub fn scenario(&self, index: u64) -> Option<Scenario> {
        self.design.at(index).map(|situation| self.design.scenario(&situation, None))
    }

    /// A cover in which nothing is covered yet: to count what comes about.
    pub fn counter(&self) -> Cover {
        self.design.counter()
    }

    /// Pairs of a plan and a domain that can be.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.design.pairs()
    }

    /// The first candidate of dialogue `index`, whether it holds or not.
    pub fn first_candidate(&self, index: u64) -> Option<Result<Dialogue, Stuck>> {
        Some(self.candidate(&self.design.at(index)?, index, 0))
    }

    /// The first script of dialogue `index` in all the words that would be tried.
    pub fn first_wordings(&self, index: u64) -> Option<Result<Vec<Dialogue>, Stuck>> {
        let situation = self.design.at(index)?;
        let draft = self.draft(&situation, index, Tries::same(0), &[]);
        Some(draft.and_then(|draft| (0..WORDINGS).map(|wording| self.worded(&draft, wording)).collect()))
    }

    /// The tools that a dialogue may go through: those of its domain, the one whose turn it is first; where it has no domain, the one whose turn it
    /// is, and then those that are looked at for one that suits the plan. Every plan has an order of its own, so that those of one motif
    /// do not have the same few tools.
    fn anchors(&self, situation: &Situation, shift: u32) -> Vec<ToolIx> {
        if let Some(anchors) = self.design.anchors(situation, shift as usize) {
            return anchors;
        }
        let plan = self.plans[situation.plan];
        let tools = match self.pools.get(plan.name.as_str()) {
            Some(pool) => pool.clone(),
            None => self.walker.starts(plan.motif, plan.length.clone()),
        };
        let occurrence = situation.occurrence + u64::from(shift) * 7919;
        let salt = self.seed ^ xxhash_rust::xxh3::xxh3_64(plan.name.as_bytes());
        let start = occurrence.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24;
        let places = std::iter::once(occurrence).chain((0..ANCHORS).map(move |step| start + step));
        places.map_while(move |place| in_turn(&tools, salt, place)).collect()
    }

    /// One candidate as it is without operators, before verification.
    fn candidate(&self, situation: &Situation, index: u64, attempt: u32) -> Result<Dialogue, Stuck> {
        self.worded(&self.draft(situation, index, Tries::same(attempt), &[])?, 0)
    }

    /// A script for one candidate.
    fn draft<'d>(&self, situation: &'d Situation, index: u64, tries: Tries, operators: &'d [Operator]) -> Result<Draft<'d>, Stuck> {
        let plan = self.plans[situation.plan];
        let model = situation.model(index);
        let Tries { shape, world } = tries;
        let anchors = self.anchors(situation, shape / ANCHOR_PATIENCE);
        let mut rng = stream(self.seed, model, Stage::Walk, shape);
        let mut first = Part::new(plan, self.walk(plan, &anchors, self.design.is_strict(situation), &mut rng)?);
        first.about = anchors.first().copied();
        let streams = Streams {
            script: stream(self.seed, model, Stage::Script, shape),
            world: stream(self.seed, index, Stage::World, world),
            offer: stream(self.seed, index, Stage::Offer, world),
        };
        let parts = self.twisted(first, operators, situation.third(), &mut rng)?;
        Ok(Draft { script: self.author.write(&parts, streams)?, situation, index, model, tries, operators })
    }

    /// The words for a script, each `wording` others; the last ones are plain.
    fn worded(&self, draft: &Draft, wording: u32) -> Result<Dialogue, Stuck> {
        let Draft { script, situation, index, model, tries, operators } = draft;
        let realiser = if wording + 1 < WORDINGS { &self.realiser } else { &self.plain };
        let mut words = stream(self.seed, *model, Stage::Words, tries.shape + wording * MAX_ATTEMPTS);
        let scenario = self.design.scenario(situation, None);
        let mut dialogue = realiser.realise_in(script, format!("wt-{}-{index}", self.seed), *index, &scenario, &mut words);
        dialogue.world = Some(self.author.origin(script, self.seed, tries.world));
        let mut dialogue = self.refined(dialogue, operators, *model, tries.shape)?;
        dialogue.scenario = self.design.scenario(situation, dialogue.domains.first().map(String::as_str));
        dialogue.scores = crate::score::of(&dialogue);
        Ok(dialogue)
    }

    /// A walk through the first of these tools, or through the first by which one leads that suits the plan. Where none does: none when
    /// that is wanted, else one that does not.
    fn walk(&self, plan: &Plan, anchors: &[ToolIx], strict: bool, rng: &mut Rng) -> Result<Walk, Stuck> {
        if plan.motif == Motif::None {
            return Ok(Walk { motif: Motif::None, steps: Vec::new(), segments: Vec::new() });
        }
        let stuck = |what: &str| Stuck { stage: "walk", reason: format!("no {} {what}", plan.motif.name()) };
        let no_walk = || stuck("found");
        let suits = |walk: &Walk| self.author.suits_walk(plan, walk);
        let mut walk_from = |anchor: &ToolIx| self.walker.walk(plan.motif, plan.length.clone(), *anchor, rng);
        let first = walk_from(anchors.first().ok_or_else(no_walk)?);
        if let Some(first) = first.clone().filter(suits) {
            return Ok(first);
        }
        // Few tools have several walks each; of many, every one is looked at once.
        let rounds = if strict { WALKS } else { 1 };
        let others = anchors[1..].iter().chain((1..rounds).flat_map(|_| anchors));
        match others.into_iter().find_map(|anchor| walk_from(anchor).filter(suits)) {
            Some(walk) => Ok(walk),
            None if strict => Err(stuck("of this domain suits the plan")),
            None => first.ok_or_else(no_walk),
        }
    }
}

/// What is said and done in one candidate, before any words.
struct Draft<'d> {
    script: Script,
    situation: &'d Situation,
    index: u64,
    /// Of the dialogue after which it is modelled.
    model: u64,
    tries: Tries,
    operators: &'d [Operator],
}

/// A dialogue, if one could be made, with what was made of it, and how it went.
type Made<T> = (Option<(Dialogue, T)>, Tally);

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
