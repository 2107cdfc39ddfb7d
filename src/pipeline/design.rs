//! The situation that each dialogue is made for: plan by the schedule, everything else by the covering design.
//!
//! The plans keep the order and the shares that they have without a design, so that the design moves neither the complexity of a run nor
//! what is asked of its dials. Around them the design puts who speaks, under what circumstances, how long, and about what, so that every
//! feasible combination of so many of these comes as early as can be, and then so that their shares are met.

use super::factors::{self, Slot};
use crate::catalog::Catalog;
use crate::cover::{Cover, Row};
use crate::graph::{ToolIx, walk::Walker};
use crate::plan::{Plan, Schedule};
use crate::realise::{Scenario, subtopics};
use crate::script::Author;
use crate::seed::{Stage, drawn};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard};

/// The factors that a plan or a domain decides about.
const EVENT: usize = 0;
const SECTOR: usize = 1;
const COMPLEXITY: usize = 2;
/// So many factors come first, of which diversity takes nothing away: they go with complexity.
const GIVEN: usize = 3;
/// Situations with the same row that are tried for one that cannot be filled.
const NEAREST: usize = 6;
/// Tools of a domain that are looked at for one that suits the plan.
const MOST_ANCHORS: usize = 1_024;
/// Situations that are kept behind the last one made: more than threads can be apart.
const KEPT: usize = if cfg!(test) { 1_024 } else { 16_384 };

/// What one dialogue is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// Place of the plan in the pipeline.
    pub plan: usize,
    /// How many dialogues before it have the same plan.
    pub occurrence: u64,
    /// A level of each factor; empty when everything is drawn.
    row: Row,
    /// Place of the domain in the design.
    domain: Option<usize>,
    /// The tool that it is to go through.
    anchor: Option<ToolIx>,
    subtopic: Option<&'static str>,
    /// The dialogue whose walk, acts and choice of words it has; itself, unless diversity is turned down.
    model: Option<u64>,
}

impl Situation {
    /// Of which nothing is decided but the plan.
    pub(super) fn free(plan: usize, occurrence: u64) -> Situation {
        Situation { plan, occurrence, row: Row::new(), domain: None, anchor: None, subtopic: None, model: None }
    }

    /// The dialogue whose walk, acts and choice of words dialogue `index` has in this situation.
    pub(super) fn model(&self, index: u64) -> u64 {
        self.model.unwrap_or(index)
    }

    /// The same after what became of the dialogue that it is modelled after, which may have been made in another situation than its own.
    pub(super) fn like(&self, model: &Situation) -> Situation {
        let given = model.row.iter().take(GIVEN).chain(self.row.iter().skip(GIVEN)).copied();
        let row = if model.row.len() == self.row.len() { given.collect() } else { self.row.clone() };
        Situation { row, model: self.model, ..model.clone() }
    }

    /// Which third of the lengths it has.
    pub(super) fn third(&self) -> Option<usize> {
        self.row.get(COMPLEXITY).copied()
    }
}

/// Everything that the situations of a run depend on.
pub(super) struct Design {
    slots: Vec<Slot>,
    /// Names of the domains, each with the place of its sector.
    domains: Vec<(String, usize)>,
    /// Subtopics that fit each tool.
    topics: Vec<Vec<&'static str>>,
    seed: u64,
    schedule: Schedule,
    variety: Variety,
    may_repeat: bool,
    pristine: Cover,
    state: Mutex<State>,
}

/// The situations made so far, and what the next one depends on.
struct State {
    cover: Cover,
    /// Those of the first block of the schedule.
    block: Vec<Situation>,
    /// How often each of them was a model.
    model_times: Vec<u32>,
    /// The last ones, and the index after them.
    made: VecDeque<Situation>,
    next: u64,
    /// How often each plan had each of its domains.
    domain_times: Vec<Vec<u32>>,
    anchor_times: Vec<u32>,
    topic_times: BTreeMap<&'static str, u32>,
}

/// How varied a run is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variety {
    /// Combinations of so many levels occur, as far as they can: 1, 2 or 3.
    pub strength: usize,
    /// From 0 to 1: the share of effective levels of each factor, of wordings, and of dialogues that have a skeleton of their own.
    pub x: f64,
}

impl Variety {
    /// By one number from 0 to 1.
    pub fn of(x: f64) -> Variety {
        let strength = if x >= 2.0 / 3.0 {
            3
        } else if x >= 1.0 / 3.0 {
            2
        } else {
            1
        };
        Variety { strength, x }
    }

    /// Percent of the wordings that may be used.
    pub(super) fn wordings(self) -> u32 {
        const LEAST: f64 = 10.0;
        (LEAST + (100.0 - LEAST) * self.x).round() as u32
    }
}

impl Design {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn new(
        catalog: &Catalog,
        walker: &Walker,
        author: &Author,
        plans: &[&Plan],
        weights: &[u32],
        seed: u64,
        variety: Variety,
        sectors: &BTreeMap<String, String>,
    ) -> Design {
        let (domains, sectors, of_tool) = factors::domains(catalog, sectors);
        let slot = |plan: &&Plan| factors::slot(plan, walker, author, &of_tool, catalog.tools.len());
        let slots: Vec<Slot> = plans.iter().map(slot).collect();
        let space = factors::space(&slots, &domains, &sectors, weights);
        let pristine = Cover::new(crate::cover::narrowed(&space, GIVEN, variety.x), variety.strength, seed);
        let state = Mutex::new(State::new(&pristine, &slots, catalog.tools.len()));
        let topics = catalog.tools.iter().map(subtopics).collect();
        Design { slots, domains, topics, seed, schedule: Schedule::new(weights), variety, may_repeat: true, pristine, state }
    }

    /// Whether dialogues may be modelled after others from now on, which little diversity asks for; gives what was so before.
    pub(super) fn repeats(&mut self, may: bool) -> bool {
        let before = std::mem::replace(&mut self.may_repeat, may) && self.variety.x < 1.0;
        self.state = Mutex::new(State::new(&self.pristine, &self.slots, self.topics.len()));
        before
    }

    /// The same with other shares of the plans.
    pub(super) fn reweigh(&mut self, weights: &[u32]) {
        self.schedule = Schedule::new(weights);
        self.state = Mutex::new(State::new(&self.pristine, &self.slots, self.topics.len()));
    }

    /// A cover of which nothing is covered yet, to count what really came about.
    pub(super) fn counter(&self) -> Cover {
        self.pristine.clone()
    }

    /// Of dialogue `index`. Pure, though it is made of those before it: they are made once, and the last of them are kept. One that is long
    /// gone is made again from the beginning.
    pub(super) fn at(&self, index: u64) -> Option<Situation> {
        let mut state = self.lock();
        if let Some(known) = state.block.get(index as usize) {
            return Some(known.clone());
        }
        if index < state.next - state.made.len() as u64 {
            *state = State::new(&self.pristine, &self.slots, self.topics.len());
        }
        while state.next <= index {
            let next = self.next(&mut state)?;
            if state.next < self.schedule.block() {
                state.block.push(next.clone());
                state.model_times.push(0);
            }
            if state.made.len() == KEPT {
                state.made.pop_front();
            }
            state.made.push_back(next);
            state.next += 1;
        }
        let place = state.made.len() - (state.next - index) as usize;
        state.made.get(place).cloned()
    }

    /// Whether others may be modelled after it.
    pub(super) fn is_model(&self, index: u64) -> bool {
        self.may_repeat && self.variety.x < 1.0 && index < self.schedule.block()
    }

    /// The plan of dialogue `index`, with nothing else decided.
    pub(super) fn plan_at(&self, index: u64) -> Option<Situation> {
        self.schedule.at(self.seed, index).map(|(plan, occurrence)| Situation::free(plan, occurrence))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|broken| broken.into_inner())
    }

    fn next(&self, state: &mut State) -> Option<Situation> {
        let index = state.next;
        let (plan, occurrence) = self.schedule.at(self.seed, index)?;
        let slot = &self.slots[plan];
        let mut sets: Vec<u64> = state.cover.sets();
        sets[EVENT] &= 1 << slot.event;
        sets[SECTOR] &= slot.domains.iter().fold(0, |set, (domain, _)| set | 1 << self.domains[*domain].1);
        sets[COMPLEXITY] &= slot.thirds();
        let model = self.model(index, plan, state);
        if let Some(model) = &model {
            let given = |factor: usize| model.row.get(factor).map_or(u64::MAX, |level| 1 << level);
            sets.iter_mut().enumerate().take(GIVEN).for_each(|(factor, set)| *set &= given(factor));
        }
        // A plan that the rules leave no situation for has everything drawn.
        let Some(row) = state.cover.next(&sets) else { return Some(Situation::free(plan, occurrence)) };
        if let Some(model) = model {
            return Some(Situation { row, plan, occurrence, ..model });
        }
        let mut situation = Situation { row, ..Situation::free(plan, occurrence) };
        self.place(&mut situation, state);
        Some(situation)
    }

    /// The situation whose skeleton this dialogue has as well: none for the first block of the schedule, which has every plan at its share and
    /// so is as hard as the whole; then for a share of the others, the one of that block which came least.
    fn model(&self, index: u64, plan: usize, state: &mut State) -> Option<Situation> {
        let may = self.may_repeat && self.variety.x < 1.0;
        if !may || index < self.schedule.block() || drawn(self.seed, index, Stage::Scenario, self.variety.x) {
            return None;
        }
        let same = state.block.iter().enumerate().filter(|(_, made)| made.plan == plan);
        let (model, situation) = same.min_by_key(|(place, _)| (state.model_times[*place], tie(self.seed, plan, *place)))?;
        state.model_times[model] += 1;
        Some(Situation { model: Some(model as u64), ..situation.clone() })
    }

    /// Chooses domain, anchor and subtopic: those that came least, domains by the number of tools that they have for the plan.
    fn place(&self, situation: &mut Situation, state: &mut State) {
        let slot = &self.slots[situation.plan];
        let times = &mut state.domain_times[situation.plan];
        let in_sector = |(_, (domain, _)): &(usize, &(usize, Vec<ToolIx>))| self.domains[*domain].1 == situation.row[SECTOR];
        let owed = |(place, (_, tools)): &(usize, &(usize, Vec<ToolIx>))| {
            // Every domain once before any comes again; then by size.
            let count = u64::from(times[*place]);
            (count > 0, (count + 1) * 1_000_000 / tools.len().max(1) as u64, tie(self.seed, situation.plan, *place))
        };
        let Some((place, (domain, tools))) = slot.domains.iter().enumerate().filter(in_sector).min_by_key(owed) else { return };
        times[place] += 1;
        situation.domain = Some(*domain);
        let anchor = tools.iter().min_by_key(|tool| (state.anchor_times[**tool], tie(self.seed, situation.plan, **tool))).copied();
        let Some(anchor) = anchor else { return };
        state.anchor_times[anchor] += 1;
        situation.anchor = Some(anchor);
        let topic = self.topics[anchor].iter().min_by_key(|topic| state.topic_times.get(*topic).copied().unwrap_or(0));
        if let Some(topic) = topic {
            *state.topic_times.entry(topic).or_default() += 1;
            situation.subtopic = Some(topic);
        }
    }

    /// The tools that a dialogue in this situation may go through, the one whose turn it is first; none when nothing is said about it.
    pub(super) fn anchors(&self, situation: &Situation, shift: usize) -> Option<Vec<ToolIx>> {
        let (domain, anchor) = (situation.domain?, situation.anchor?);
        let (_, tools) = self.slots[situation.plan].domains.iter().find(|(own, _)| *own == domain)?;
        let start = tools.iter().position(|tool| *tool == anchor)? + shift;
        Some((0..tools.len().min(MOST_ANCHORS)).map(|step| tools[(start + step) % tools.len()]).collect())
    }

    /// What may stand for a situation that cannot be filled, the nearest first: the same plan in another domain of the sector; another plan with
    /// the same event there, so that the row of the array stays as it is; the plan about anything, then any other plan.
    pub(super) fn instead_of(&self, situation: &Situation) -> Vec<Situation> {
        let count = self.slots.len();
        let plans: Vec<usize> = (0..count).map(|shift| (situation.plan + shift) % count).collect();
        let mut out = Vec::new();
        if let (Some(sector), Some(third)) = (situation.row.get(SECTOR), situation.third()) {
            let fits = |slot: &Slot| slot.event == self.slots[situation.plan].event && slot.thirds() & (1 << third) != 0;
            for plan in plans.iter().filter(|plan| fits(&self.slots[**plan])) {
                let here = self.slots[*plan].domains.iter().filter(|(domain, _)| self.domains[*domain].1 == *sector);
                let other = here.filter(|(domain, _)| *plan != situation.plan || Some(*domain) != situation.domain);
                out.extend(other.filter_map(|(domain, tools)| {
                    let anchor = tools.get(situation.occurrence as usize % tools.len().max(1)).copied()?;
                    let subtopic = self.topics[anchor].first().copied();
                    Some(Situation { plan: *plan, domain: Some(*domain), anchor: Some(anchor), subtopic, ..situation.clone() })
                }));
            }
        }
        let about_anything = |plan: usize| {
            let mut row = situation.row.clone();
            row.iter_mut().take(1).for_each(|event| *event = self.slots[plan].event);
            Situation { row, ..Situation::free(plan, situation.occurrence) }
        };
        out.truncate(NEAREST);
        out.extend(plans.into_iter().map(about_anything));
        out
    }

    /// Whether only a walk will do that suits the plan: there is one in this domain.
    pub(super) fn is_strict(&self, situation: &Situation) -> bool {
        situation.domain.is_some() && self.slots[situation.plan].suited
    }

    /// The name of its stratum.
    pub(super) fn stratum(&self, situation: &Situation) -> String {
        let plan = &self.slots[situation.plan].name;
        situation.domain.map_or_else(|| plan.clone(), |domain| format!("{plan} × {}", self.domains[domain].0))
    }

    /// The levels as the record has them; `about`: the domain that it came to be about where that was left open.
    pub(super) fn scenario(&self, situation: &Situation, about: Option<&str>) -> Scenario {
        let slot = &self.slots[situation.plan];
        let mut scenario = if situation.row.is_empty() { Scenario::new() } else { self.pristine.space().named(&situation.row) };
        scenario.insert("plan".into(), slot.name.clone());
        scenario.insert("motif".into(), slot.motif.name().to_string());
        if let Some(topic) = situation.subtopic {
            scenario.insert("subtopic".into(), topic.to_string());
        }
        let domain = situation.domain.or_else(|| self.domains.iter().position(|(name, _)| Some(name.as_str()) == about));
        if let Some(domain) = domain {
            let (name, sector) = &self.domains[domain];
            scenario.insert("domain".into(), name.clone());
            if !situation.row.is_empty() {
                scenario.insert("sector".into(), self.pristine.space().factors[SECTOR].levels[*sector].name.clone());
            }
        }
        scenario
    }

    /// Pairs of a plan and a domain that can be.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.slots.iter().flat_map(|slot| slot.domains.iter().map(|(domain, _)| (slot.name.as_str(), self.domains[*domain].0.as_str())))
    }
}

impl State {
    fn new(cover: &Cover, slots: &[Slot], tools: usize) -> State {
        State {
            cover: cover.clone(),
            block: Vec::new(),
            model_times: Vec::new(),
            made: VecDeque::new(),
            next: 0,
            domain_times: slots.iter().map(|slot| vec![0; slot.domains.len()]).collect(),
            anchor_times: vec![0; tools],
            topic_times: BTreeMap::new(),
        }
    }
}

/// Decides between equals, in another order for each plan.
fn tie(seed: u64, plan: usize, place: usize) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(&(place as u64).to_le_bytes(), seed ^ ((plan as u64) << 32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{GraphOptions, ToolGraph};
    use crate::world::Schemas;
    use std::sync::Arc;

    fn with_design(x: f64, test: impl Fn(&Design, &[Plan])) {
        let catalog = Catalog::open(&["tool-catalogs/hotels.yaml".into(), "tool-catalogs/weather.yaml".into()]).unwrap();
        let graph = ToolGraph::build(&catalog, &GraphOptions::default());
        let (walker, schemas) = (Walker::new(&graph, &catalog), Arc::new(Schemas::new(&catalog)));
        let author = Author::new(&catalog, &graph, schemas, super::super::topics());
        let names = ["single", "single_clarified", "policy_read_only", "only_talk"];
        let plans: Vec<Plan> = crate::plan::load(&[]).unwrap().into_iter().filter(|plan| names.contains(&plan.name.as_str())).collect();
        let (refs, weights): (Vec<&Plan>, Vec<u32>) = (plans.iter().collect(), plans.iter().map(|plan| plan.weight).collect());
        test(&Design::new(&catalog, &walker, &author, &refs, &weights, 3, Variety::of(x), &BTreeMap::new()), &plans);
    }

    #[test]
    fn plans_keep_their_order_and_everything_else_is_put_around_them() {
        with_design(1.0, |design, plans| {
            let weights: Vec<u32> = plans.iter().map(|plan| plan.weight).collect();
            let schedule = Schedule::new(&weights);
            // Asked for in any order, the situations are the same.
            let last = design.at(39).unwrap();
            for index in 0..40 {
                let situation = design.at(index).unwrap();
                assert_eq!((situation.plan, situation.occurrence), schedule.at(3, index).unwrap());
                let scenario = design.scenario(&situation, None);
                let plan = &plans[situation.plan];
                assert_eq!(scenario["plan"], plan.name);
                let event = match plan.name.as_str() {
                    "single_clarified" => "clarified",
                    "policy_read_only" => "refused",
                    _ => "plain",
                };
                assert_eq!(scenario["event"], event);
                assert!(event != "clarified" || scenario["protocol"] == "turn_by_turn");
                // A policy holds for a whole dialogue, so that no other task follows.
                assert!(event != "refused" || scenario["complexity"] == "low");
                let anchors = design.anchors(&situation, 0).unwrap();
                assert_eq!(Some(anchors[0]), situation.anchor);
                assert_eq!(scenario["sector"], if scenario["domain"] == "hotels" { "travel" } else { "home" });
                assert_eq!(situation.model(index), index);
            }
            assert_eq!(design.at(39).unwrap(), last);
        });
    }

    #[test]
    fn with_less_diversity_later_dialogues_have_the_skeletons_of_the_first_block() {
        with_design(0.0, |design, plans| {
            let block = design.schedule.block();
            for index in block..block + 12 {
                let situation = design.at(index).unwrap();
                let model = design.at(situation.model(index)).unwrap();
                assert!(situation.model(index) < block);
                assert_eq!(
                    (situation.plan, situation.anchor, situation.third()),
                    (model.plan, model.anchor, model.third()),
                    "{}",
                    plans.len()
                );
            }
        });
    }

    #[test]
    fn a_situation_that_is_long_gone_is_made_again_as_it_was() {
        with_design(0.0, |design, _| {
            let early = design.at(200).unwrap();
            design.at(200 + KEPT as u64 + 10).unwrap();
            assert_eq!(design.at(200).unwrap(), early);
        });
    }

    #[test]
    fn what_stands_for_a_situation_keeps_its_row_first_and_another_plan_comes_last() {
        with_design(1.0, |design, plans| {
            let situation = (0..40).filter_map(|index| design.at(index)).find(|one| plans[one.plan].name == "single").unwrap();
            let others = design.instead_of(&situation);
            assert!(others.iter().all(|other| *other != situation));
            assert!(others.iter().take_while(|other| other.domain.is_some()).all(|other| other.row == situation.row));
            assert_eq!(others.iter().filter(|other| other.domain.is_none()).count(), plans.len());
        });
    }
}
