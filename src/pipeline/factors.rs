//! The factors of a run: what its plans and tools can be, and what cannot be together.

use super::sequel;
use crate::catalog::Catalog;
use crate::cover::taxonomy::OTHER;
use crate::cover::{Factor, Space};
use crate::graph::{Motif, ToolIx, walk::Walker};
use crate::plan::{Answer, AssistantBeat, Beat, Plan, UserBeat};
use crate::realise::{circumstances, exclusions, sector};
use crate::script::Author;
use crate::seed::{Stage, stream};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What happens beside the plain way, the first that a plan may have.
const EVENTS: [&str; 5] = ["refused", "failed", "changed", "clarified", "plain"];
/// How long a dialogue is for its kind: thirds of what is drawn.
const THIRDS: [&str; 3] = ["low", "middle", "high"];
/// Tools of one domain that are tried before a plan counts as one that cannot be about it.
const PROBES: usize = 12;
/// In catalogs of more tools than this nothing is tried: what cannot be filled shows while dialogues are made, and is named then.
const MANY: usize = 4_096;

/// What a plan can be about.
pub(super) struct Slot {
    pub name: String,
    pub motif: Motif,
    pub event: usize,
    pub goes_on: bool,
    /// Domains with the tools that it can go through.
    pub domains: Vec<(usize, Vec<ToolIx>)>,
    /// In each of them a walk has been seen that has all that the plan asks for.
    pub suited: bool,
}

impl Slot {
    /// A task that nothing may follow is as long as it is.
    pub(super) fn thirds(&self) -> u64 {
        if self.goes_on { 0b111 } else { 0b001 }
    }
}

pub(super) type Domains = (Vec<(String, usize)>, Vec<String>, Vec<usize>);

/// The domains of a catalog with their sectors, the names of the sectors, and the domain of each tool.
/// `given`: sectors that stand in for those that are known.
pub(super) fn domains(catalog: &Catalog, given: &BTreeMap<String, String>) -> Domains {
    let own = crate::cover::taxonomy::sectors(catalog, sector);
    let mut of_domain: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut domains, mut sectors) = (Vec::new(), Vec::new());
    let mut of_tool = Vec::with_capacity(catalog.tools.len());
    for tool in &catalog.tools {
        let at = *of_domain.entry(tool.domain.as_str()).or_insert_with(|| {
            let sector = given.get(&tool.domain).or(own.get(&tool.domain)).map_or(OTHER, String::as_str);
            let place = sectors.iter().position(|known| known == sector).unwrap_or_else(|| {
                sectors.push(sector.to_string());
                sectors.len() - 1
            });
            domains.push((tool.domain.clone(), place));
            domains.len() - 1
        });
        of_tool.push(at);
    }
    (domains, sectors, of_tool)
}

pub(super) fn slot(plan: &Plan, walker: &Walker, author: &Author, of_tool: &[usize], count: usize) -> Slot {
    let tools: Arc<Vec<ToolIx>> = match plan.motif {
        Motif::None => Arc::new((0..count).collect()),
        motif => walker.starts(motif, plan.length.clone()),
    };
    let mut by_domain: BTreeMap<usize, Vec<ToolIx>> = BTreeMap::new();
    for tool in tools.iter().filter(|tool| plan.motif != Motif::Single || author.suits(plan, **tool)) {
        by_domain.entry(of_tool[*tool]).or_default().push(*tool);
    }
    let walks = |tools: &[ToolIx]| {
        matches!(plan.motif, Motif::None | Motif::Single)
            || count > MANY
            || (0..PROBES).any(|probe| {
                let anchor = tools[probe % tools.len()];
                let mut rng = stream(0, anchor as u64, Stage::Walk, probe as u32);
                let walk = walker.walk(plan.motif, plan.length.clone(), anchor, &mut rng);
                walk.is_some_and(|walk| author.suits_walk(plan, &walk))
            })
    };
    // Where no walk suits, those that there are have to do.
    let suited: Vec<(usize, Vec<ToolIx>)> =
        by_domain.iter().filter(|(_, tools)| walks(tools)).map(|(at, own)| (*at, own.clone())).collect();
    let is_suited = !suited.is_empty() && count <= MANY && !matches!(plan.motif, Motif::None | Motif::Single);
    let domains = if suited.is_empty() { by_domain.into_iter().collect() } else { suited };
    let (name, event, goes_on) = (plan.name.clone(), event(plan), sequel::goes_on(plan));
    Slot { name, motif: plan.motif, event, goes_on, domains, suited: is_suited }
}

/// What happens in a plan beside the plain way.
fn event(plan: &Plan) -> usize {
    use AssistantBeat::{Call, CallById, CallInVain, CallOnBadValue, CallWrongly, RefuseAmount, RefuseNear, RefusePolicy, RefusePrivate};
    use UserBeat::{Cancel, Correct, Inform, Negate, RequestBeyond, RequestEarly, RequestIrrelevant, RequestMissing, RequestNear, Resume};
    let has = |of: fn(&Beat) -> bool| !plan.every(&|beat| !of(beat));
    let refused = |beat: &Beat| {
        matches!(
            beat,
            Beat::User(RequestMissing | RequestIrrelevant | RequestNear | RequestEarly)
                | Beat::Assistant(RefuseNear | RefusePolicy | RefusePrivate | RefuseAmount | AssistantBeat::Refuse)
        )
    };
    let failed = |beat: &Beat| {
        matches!(beat, Beat::Assistant(Call { error: Some(_) } | CallOnBadValue { .. } | CallInVain | CallById | CallWrongly))
    };
    let changed = |beat: &Beat| matches!(beat, Beat::User(Correct | Negate | Cancel | Resume));
    // Nearly every plan may have a question; these cannot do without.
    let clarified = |beat: &Beat| {
        matches!(beat, Beat::User(RequestBeyond)) || matches!(beat, Beat::User(Inform { answer }) if *answer != Answer::Whole)
    };
    let first = [has(refused), has(failed), has(changed), has(clarified) || plan.fewest_omitted() > 0];
    first.iter().position(|has| *has).unwrap_or(EVENTS.len() - 1)
}

/// The factors of a run, with what cannot be together and why.
pub(super) fn space(slots: &[Slot], domains: &[(String, usize)], sectors: &[String], weights: &[u32]) -> Space {
    const WHOLE: u64 = 60_000;
    let total = weights.iter().map(|weight| u64::from(*weight)).sum::<u64>().max(1);
    let mut events = vec![0u64; EVENTS.len()];
    let mut of_sector = vec![0u64; sectors.len()];
    let mut thirds = [0u64; 3];
    for (slot, weight) in slots.iter().zip(weights) {
        let share = WHOLE * u64::from(*weight) / total;
        events[slot.event] += share;
        let tools = slot.domains.iter().map(|(_, tools)| tools.len() as u64).sum::<u64>().max(1);
        slot.domains.iter().for_each(|(domain, own)| of_sector[domains[*domain].1] += share * own.len() as u64 / tools);
        let places = u64::from(slot.thirds().count_ones());
        (0..3).filter(|third| slot.thirds() & (1 << third) != 0).for_each(|third| thirds[third] += share / places);
    }
    let small = |weights: Vec<u64>| weights.into_iter().map(|weight| u32::try_from(weight).unwrap_or(u32::MAX)).collect::<Vec<u32>>();
    let mut factors = vec![
        Factor::new("event", EVENTS.into_iter().zip(small(events))),
        Factor::new("sector", sectors.iter().map(String::as_str).zip(small(of_sector))),
        Factor::new("complexity", THIRDS.into_iter().zip(small(thirds.to_vec()))),
    ];
    factors.extend(circumstances().into_iter().map(|(name, levels)| Factor::new(name, levels)));
    // The names are ours and different, the levels few: it is sound.
    let mut space = Space::new(factors).unwrap_or_default();
    let plans = |event: usize| slots.iter().filter(move |slot| slot.event == event);
    let about = |slot: &Slot, sector: usize| slot.domains.iter().any(|(domain, _)| domains[*domain].1 == sector);
    for (event, name) in EVENTS.into_iter().enumerate() {
        if plans(event).next().is_none() {
            let _ = space.forbid(&[("event", &[name])], format!("no plan has the event `{name}`"));
            continue;
        }
        for (at, sector) in sectors.iter().enumerate() {
            let able: Vec<&Slot> = plans(event).filter(|slot| about(slot, at)).collect();
            if able.is_empty() {
                let reason = format!("no plan with the event `{name}` has a walk over the tools of `{sector}`");
                let _ = space.forbid(&[("event", &[name]), ("sector", &[sector])], reason);
            } else if !able.iter().any(|slot| slot.goes_on) {
                let reason = format!("no plan with the event `{name}` over the tools of `{sector}` can be followed by another task");
                let _ = space.forbid(&[("event", &[name]), ("sector", &[sector]), ("complexity", &THIRDS[1..])], reason);
            }
        }
    }
    for never in exclusions() {
        let levels: Vec<(&str, Vec<&str>)> =
            never.these.iter().map(|(name, levels)| (name.as_str(), levels.iter().map(String::as_str).collect())).collect();
        let parts: Vec<(&str, &[&str])> = levels.iter().map(|(name, levels)| (*name, levels.as_slice())).collect();
        let _ = space.forbid(&parts, never.reason.clone());
    }
    space
}
