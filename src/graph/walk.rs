//! Random walks by motif.
//!
//! A walk goes *through* an anchor: dialogue after dialogue, the anchors run through every tool that can take part in the motif, so
//! coverage does not depend on luck. Neighbours are drawn by relation weight over the square root of the neighbour's degree: the
//! correction of a Metropolis walk, applied to the frozen table instead of by rejection, so that hubs do not dominate.

use super::alias::AliasRows;
use super::errand::Seeks;
use super::reckon::Reckons;
use super::turns::in_turn;
use super::{Link, Motif, Relation, RelationKind, Step, ToolGraph, ToolIx, Walk, Witness};
use crate::catalog::{Catalog, Leaf};
use crate::seed::Rng;
use crate::value::SemType;
use petgraph::visit::EdgeRef;
use rand::RngExt;
use rand::seq::SliceRandom;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, RwLock};

/// Tries for one walk, and for one step of it.
const TRIES: usize = 24;
/// Up to so many tools, each has to show a walk before it counts as one that can take part.
const PROVED: usize = 4_096;
/// Diamonds that are kept to draw from; more than this adds nothing to the variety.
const MAX_DIAMONDS: usize = 200_000;

type Eligible = RwLock<BTreeMap<(Motif, usize), Arc<Vec<ToolIx>>>>;

/// A frozen graph to walk on.
pub struct Walker {
    /// All relations, sorted by (from, to); `offsets[from]` is where those of a tool begin.
    relations: Vec<(u32, Relation)>,
    offsets: Vec<u32>,
    feeds: AliasRows,
    fed_by: AliasRows,
    /// Feeds whose field lies in a list.
    loops: AliasRows,
    looped_by: AliasRows,
    /// Same parameter or same topic, in both directions, without those that feed each other.
    beside: AliasRows,
    /// Tools with a parameter that two calls can differ in.
    repeatable: Vec<ToolIx>,
    diamonds: Vec<[u32; 4]>,
    diamonds_of: Vec<Vec<u32>>,
    seeks: Seeks,
    reckons: Reckons,
    /// Identifiers among the parameters of each tool.
    ids: Vec<Vec<String>>,
    /// Those of them without which a call is not valid.
    needed_ids: Vec<Vec<String>>,
    eligible: Eligible,
}

impl Walker {
    pub fn new(graph: &ToolGraph, catalog: &Catalog) -> Walker {
        let count = graph.graph.node_count();
        let mut relations: Vec<(u32, u32, Relation)> = graph
            .graph
            .edge_references()
            .map(|edge| (edge.source().index() as u32, edge.target().index() as u32, edge.weight().clone()))
            .collect();
        relations.sort_by(|a, b| {
            (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.weight.total_cmp(&a.2.weight)).then_with(|| witness_key(&a.2).cmp(&witness_key(&b.2)))
        });
        let mut offsets = vec![0u32; count + 1];
        for (from, _, _) in &relations {
            offsets[*from as usize + 1] += 1;
        }
        for node in 0..count {
            offsets[node + 1] += offsets[node];
        }
        let feeds = rows(count, &relations, |relation| relation.kind == RelationKind::Feeds);
        let loops = rows(count, &relations, |relation| matches!(&relation.witness, Witness::Flow { field, .. } if field.contains("/*")));
        let mut beside = rows(count, &relations, |relation| matches!(relation.kind, RelationKind::Shares | RelationKind::Near));
        for (node, row) in reversed(&beside).into_iter().enumerate() {
            for (other, weight) in row {
                if !beside[node].iter().any(|(known, _)| *known == other) {
                    beside[node].push((other, weight));
                }
            }
        }
        for (node, row) in beside.iter_mut().enumerate() {
            let feeds_other = |a: usize, b: u32| feeds[a].iter().any(|(target, _)| *target == b);
            row.retain(|(other, _)| !feeds_other(node, *other) && !feeds_other(*other as usize, node as u32));
            row.sort_unstable();
        }
        let seeks = Seeks::new(catalog, &relations);
        let is_id = |leaf: &&Leaf| leaf.sem == SemType::Id && !leaf.pointer.contains('*');
        let pointers = |pass: &dyn Fn(&&Leaf) -> bool| -> Vec<Vec<String>> {
            catalog.tools.iter().map(|tool| tool.parameters.iter().filter(pass).map(|leaf| leaf.pointer.clone()).collect()).collect()
        };
        let ids = pointers(&is_id);
        let needed_ids = pointers(&|leaf| is_id(leaf) && leaf.required);
        let diamonds = diamonds(&feeds);
        let mut diamonds_of = vec![Vec::new(); count];
        for (index, diamond) in diamonds.iter().enumerate() {
            for node in diamond {
                diamonds_of[*node as usize].push(index as u32);
            }
        }
        let repeatable =
            (0..count).filter(|tool| catalog.tools[*tool].parameters.iter().any(|leaf| leaf.required && !leaf.phrase.silent)).collect();
        Walker {
            fed_by: corrected(&reversed(&feeds)),
            feeds: corrected(&feeds),
            looped_by: corrected(&reversed(&loops)),
            loops: corrected(&loops),
            beside: corrected(&beside),
            relations: relations.into_iter().map(|(_, to, relation)| (to, relation)).collect(),
            offsets,
            repeatable,
            seeks,
            reckons: Reckons::new(catalog),
            ids,
            needed_ids,
            diamonds,
            diamonds_of,
            eligible: RwLock::default(),
        }
    }

    pub(super) fn tools(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The tools through which a walk of this motif can go, in tool order. In catalogs of up to 4,096
    /// tools each of them has shown a walk; in larger ones it has the neighbours that the motif needs.
    pub fn starts(&self, motif: Motif, length: RangeInclusive<usize>) -> Arc<Vec<ToolIx>> {
        let key = (motif, if motif == Motif::Chain { *length.start() } else { 0 });
        if let Some(known) = self.eligible.read().ok().and_then(|known| known.get(&key).cloned()) {
            return known;
        }
        let mut found = self.find_eligible(motif, *length.start());
        if found.len() <= PROVED {
            found.retain(|tool| {
                self.walk(motif, length.clone(), *tool, &mut crate::seed::stream(0, *tool as u64, crate::seed::Stage::Walk, 0)).is_some()
            });
        }
        let found = Arc::new(found);
        if let Ok(mut known) = self.eligible.write() {
            known.insert(key, found.clone());
        }
        found
    }

    fn find_eligible(&self, motif: Motif, least: usize) -> Vec<ToolIx> {
        let all = 0..self.tools();
        match motif {
            Motif::None => Vec::new(),
            Motif::Single => all.filter(|tool| self.seeks.askable(*tool)).collect(),
            Motif::Repeat => self.repeatable.iter().copied().filter(|tool| self.seeks.askable(*tool)).collect(),
            Motif::Seek => all.filter(|tool| self.seeks.takes_part(*tool)).collect(),
            Motif::Errand => all.collect(),
            Motif::Reckon => all.filter(|tool| self.reckons.takes_part(*tool)).collect(),
            Motif::Interleave => all.filter(|tool| self.feeds.row(*tool).iter().any(|to| *to as usize != *tool)).collect(),
            Motif::Chain => {
                let ahead = depths(&self.feeds, self.tools(), least);
                let behind = depths(&self.fed_by, self.tools(), least);
                all.filter(|tool| ahead[*tool] + behind[*tool] + 1 >= least).collect()
            }
            Motif::FanOut => all
                .filter(|tool| {
                    self.feeds.row(*tool).len() > 1 || self.fed_by.row(*tool).iter().any(|from| self.feeds.row(*from as usize).len() > 1)
                })
                .collect(),
            Motif::FanIn => {
                let heads: Vec<bool> = all.clone().map(|tool| self.can_fan_in(tool)).collect();
                all.filter(|tool| heads[*tool] || self.feeds.row(*tool).iter().any(|to| heads[*to as usize])).collect()
            }
            Motif::Diamond => all.filter(|tool| !self.diamonds_of[*tool].is_empty()).collect(),
            Motif::Loop => all.filter(|tool| !self.loops.row(*tool).is_empty() || !self.looped_by.row(*tool).is_empty()).collect(),
            Motif::Parallel => all.filter(|tool| !self.beside.row(*tool).is_empty()).collect(),
        }
    }

    /// Two different tools feed two different parameters of this one.
    fn can_fan_in(&self, tool: ToolIx) -> bool {
        let sources = self.fed_by.row(tool);
        sources.iter().enumerate().any(|(i, a)| sources[i + 1..].iter().any(|b| self.two_parameters(*a as usize, *b as usize, tool)))
    }

    fn two_parameters(&self, a: ToolIx, b: ToolIx, into: ToolIx) -> bool {
        let parameters = |from| self.flows(from, into).map(|(_, parameter)| parameter.to_string()).collect::<Vec<_>>();
        let (first, second) = (parameters(a), parameters(b));
        first.iter().any(|one| second.iter().any(|other| one != other))
    }

    /// The tool that a dialogue has to go through: each eligible tool once, in a drawn order, before any comes again.
    pub fn anchor(&self, motif: Motif, length: RangeInclusive<usize>, seed: u64, occurrence: u64) -> Option<ToolIx> {
        in_turn(&self.starts(motif, length), seed ^ (motif as u64) << 32, occurrence)
    }

    /// A walk of this motif through the anchor; none when a bounded number of tries finds none.
    pub fn walk(&self, motif: Motif, length: RangeInclusive<usize>, anchor: ToolIx, rng: &mut Rng) -> Option<Walk> {
        (0..TRIES).find_map(|_| {
            let tools = match motif {
                Motif::Seek => return self.seek(&length, anchor, rng),
                Motif::Errand => return self.errand(&length, anchor, rng),
                Motif::Interleave => return self.interleaved(anchor, rng),
                Motif::Reckon => return self.reckoned(anchor, rng),
                Motif::None => Some(Vec::new()),
                Motif::Single => Some(vec![anchor]),
                Motif::Repeat => Some(vec![anchor, anchor]),
                Motif::Chain => self.chain(&length, anchor, rng),
                Motif::FanOut => self.fan_out(anchor, rng),
                Motif::FanIn => self.fan_in(anchor, rng),
                Motif::Diamond => self.diamond(anchor, rng),
                Motif::Loop => self.pair(anchor, rng),
                Motif::Parallel => self.parallel(&length, anchor, rng),
            }?;
            self.joined(motif, tools)
        })
    }

    fn chain(&self, length: &RangeInclusive<usize>, anchor: ToolIx, rng: &mut Rng) -> Option<Vec<ToolIx>> {
        let wanted = rng.random_range(length.clone());
        let ahead = rng.random_range(0..wanted);
        let mut tools = std::collections::VecDeque::from([anchor]);
        let extend = |tools: &mut std::collections::VecDeque<ToolIx>, forward: bool, rng: &mut Rng| -> bool {
            let (from, table) = if forward { (tools[tools.len() - 1], &self.feeds) } else { (tools[0], &self.fed_by) };
            let next =
                (0..TRIES).find_map(|_| table.draw(from, rng).filter(|next| !tools.contains(next) && self.in_order(tools, *next, forward)));
            if let Some(next) = next {
                if forward { tools.push_back(next) } else { tools.push_front(next) }
            }
            next.is_some()
        };
        while tools.len() <= ahead && extend(&mut tools, true, rng) {}
        while tools.len() < wanted && extend(&mut tools, false, rng) {}
        while tools.len() < wanted && extend(&mut tools, true, rng) {}
        length.contains(&tools.len()).then(|| tools.into())
    }

    /// The life cycle allows this tool after (or before) the others.
    fn in_order(&self, tools: &std::collections::VecDeque<ToolIx>, next: ToolIx, forward: bool) -> bool {
        tools.iter().all(|tool| {
            let (before, after) = if forward { (*tool, next) } else { (next, *tool) };
            !self.precedes(after, before) || self.precedes(before, after)
        })
    }

    pub(super) fn precedes(&self, from: ToolIx, to: ToolIx) -> bool {
        self.between(from, to).iter().any(|(_, relation)| relation.kind == RelationKind::Precedes)
    }

    fn fan_out(&self, anchor: ToolIx, rng: &mut Rng) -> Option<Vec<ToolIx>> {
        let as_root = rng.random_bool(0.5);
        let root = if as_root && self.feeds.row(anchor).len() > 1 { anchor } else { self.fed_by.draw(anchor, rng)? };
        let first = if root == anchor { self.feeds.draw(root, rng)? } else { anchor };
        let second = (0..TRIES).find_map(|_| self.feeds.draw(root, rng).filter(|other| *other != first && *other != root))?;
        (first != root).then(|| vec![root, first, second])
    }

    fn fan_in(&self, anchor: ToolIx, rng: &mut Rng) -> Option<Vec<ToolIx>> {
        let as_head = rng.random_bool(0.5);
        let head = if as_head && self.fed_by.row(anchor).len() > 1 { anchor } else { self.feeds.draw(anchor, rng)? };
        let first = if head == anchor { self.fed_by.draw(head, rng)? } else { anchor };
        let second = (0..TRIES).find_map(|_| {
            self.fed_by.draw(head, rng).filter(|other| *other != first && *other != head && self.two_parameters(first, *other, head))
        })?;
        (first != head).then(|| vec![first, second, head])
    }

    fn diamond(&self, anchor: ToolIx, rng: &mut Rng) -> Option<Vec<ToolIx>> {
        let of = &self.diamonds_of[anchor];
        let [a, b, c, d] = self.diamonds[*of.get(rng.random_range(0..of.len().max(1)))? as usize].map(|node| node as usize);
        self.two_parameters(b, c, d).then(|| vec![a, b, c, d])
    }

    fn pair(&self, anchor: ToolIx, rng: &mut Rng) -> Option<Vec<ToolIx>> {
        let first = self.loops.row(anchor).is_empty() || (!self.looped_by.row(anchor).is_empty() && rng.random_bool(0.5));
        let (from, to) = if first { (self.looped_by.draw(anchor, rng)?, anchor) } else { (anchor, self.loops.draw(anchor, rng)?) };
        (from != to).then(|| vec![from, to])
    }

    fn parallel(&self, length: &RangeInclusive<usize>, anchor: ToolIx, rng: &mut Rng) -> Option<Vec<ToolIx>> {
        let wanted = rng.random_range(length.clone());
        let mut tools = vec![anchor];
        for _ in 0..TRIES {
            if tools.len() == wanted {
                break;
            }
            let beside = tools[rng.random_range(0..tools.len())];
            match self.beside.draw(beside, rng) {
                Some(next) if !tools.contains(&next) && !tools.iter().any(|tool| self.fed(*tool, next) || self.fed(next, *tool)) => {
                    tools.push(next)
                }
                _ => {}
            }
        }
        tools.shuffle(rng);
        length.contains(&tools.len()).then_some(tools)
    }

    fn fed(&self, from: ToolIx, to: ToolIx) -> bool {
        self.feeds.row(from).contains(&(to as u32))
    }

    /// All relations from one tool to another, the strongest first.
    pub(super) fn between(&self, from: ToolIx, to: ToolIx) -> &[(u32, Relation)] {
        let row = &self.relations[self.offsets[from] as usize..self.offsets[from + 1] as usize];
        let start = row.partition_point(|(target, _)| (*target as usize) < to);
        let end = row.partition_point(|(target, _)| (*target as usize) <= to);
        &row[start..end]
    }

    fn flows(&self, from: ToolIx, to: ToolIx) -> impl Iterator<Item = (&Relation, &str)> {
        self.between(from, to).iter().filter_map(|(_, relation)| match &relation.witness {
            Witness::Flow { parameter, .. } => Some((relation, parameter.as_str())),
            _ => None,
        })
    }

    /// Adds the links; none when a step that the motif joins has none.
    fn joined(&self, motif: Motif, tools: Vec<ToolIx>) -> Option<Walk> {
        let mut steps: Vec<Step> = Vec::with_capacity(tools.len());
        for (index, tool) in tools.iter().enumerate() {
            let mut links: Vec<Link> = Vec::new();
            let mut filled: Vec<&str> = Vec::new();
            // The step just before has the first say, then those further back.
            for from in (0..index).rev().filter(|from| sources_of(motif, index).contains(from)) {
                for (relation, parameter) in self.flows(tools[from], *tool) {
                    let in_list = matches!(&relation.witness, Witness::Flow { field, .. } if field.contains("/*"));
                    if filled.contains(&parameter) || (motif == Motif::Loop && !in_list) {
                        continue;
                    }
                    filled.push(parameter);
                    links.push(Link { from, relation: relation.clone() });
                    if matches!(motif, Motif::FanIn | Motif::Diamond | Motif::Loop) {
                        break;
                    }
                }
                let other =
                    |kind| self.between(tools[from], *tool).iter().map(|(_, relation)| relation).find(|relation| relation.kind == kind);
                if let Some(relation) = other(RelationKind::Precedes).filter(|_| motif == Motif::Chain) {
                    links.push(Link { from, relation: relation.clone() });
                }
                if motif == Motif::Parallel
                    && let Some(relation) = other(RelationKind::Shares)
                {
                    links.push(Link { from, relation: relation.clone() });
                }
            }
            let needs = needed_sources(motif, index);
            let has = |from: usize| links.iter().any(|link| link.from == from && link.relation.kind == RelationKind::Feeds);
            if !needs.iter().all(|from| has(*from)) {
                return None;
            }
            links.sort_by_key(|link| link.from);
            steps.push(Step { tool: *tool, links });
        }
        let segments = vec![steps.len()];
        Some(Walk { motif, steps, segments })
    }

    pub(super) fn reckons(&self) -> &Reckons {
        &self.reckons
    }

    pub(super) fn seeks(&self) -> &Seeks {
        &self.seeks
    }

    pub(super) fn feeds(&self) -> &AliasRows {
        &self.feeds
    }

    pub(super) fn beside(&self) -> &AliasRows {
        &self.beside
    }

    pub(super) fn needed_ids(&self, tool: ToolIx) -> &[String] {
        &self.needed_ids[tool]
    }

    pub(super) fn is_id(&self, tool: ToolIx, parameter: &str) -> bool {
        self.ids[tool].iter().any(|id| id == parameter)
    }

    /// A listed identifier becomes a parameter of the tool.
    pub(super) fn is_seek(&self, tool: ToolIx, relation: &Relation) -> bool {
        matches!(&relation.witness, Witness::Flow { field, parameter } if field.matches('*').count() == 1 && self.is_id(tool, parameter))
    }

    /// A plain walk of `steps` steps over `Feeds`, without links: the inner loop, for measuring. Gives the number of steps made.
    pub fn stroll(&self, start: ToolIx, steps: usize, rng: &mut Rng) -> usize {
        let mut at = start;
        (0..steps).take_while(|_| self.feeds.draw(at, rng).map(|next| at = next).is_some()).count()
    }
}

/// The earlier steps that may feed a step of a motif.
fn sources_of(motif: Motif, index: usize) -> Vec<usize> {
    match (motif, index) {
        (Motif::Chain | Motif::Parallel, _) => (0..index).collect(),
        (Motif::FanOut, 1 | 2) | (Motif::Diamond, 1 | 2) | (Motif::Loop, 1) => vec![0],
        (Motif::FanIn, 2) => vec![0, 1],
        (Motif::Diamond, 3) => vec![1, 2],
        _ => Vec::new(),
    }
}

/// The earlier steps that must feed a step of a motif.
fn needed_sources(motif: Motif, index: usize) -> Vec<usize> {
    match (motif, index) {
        (Motif::Chain, 1..) => vec![index - 1],
        (Motif::Parallel, _) => Vec::new(),
        _ => sources_of(motif, index),
    }
}

/// Neighbours by relations that pass, each once with its best weight in 1/65,535.
fn rows(count: usize, relations: &[(u32, u32, Relation)], pass: impl Fn(&Relation) -> bool) -> Vec<Vec<(u32, u32)>> {
    let mut all: Vec<Vec<(u32, u32)>> = vec![Vec::new(); count];
    for (from, to, relation) in relations.iter().filter(|(from, to, relation)| from != to && pass(relation)) {
        let row = &mut all[*from as usize];
        if row.last().is_none_or(|(last, _)| last != to) {
            row.push((*to, (relation.weight.clamp(0.0, 1.0) * 65_535.0) as u32 + 1));
        }
    }
    all
}

fn reversed(rows: &[Vec<(u32, u32)>]) -> Vec<Vec<(u32, u32)>> {
    let mut back = vec![Vec::new(); rows.len()];
    for (from, row) in rows.iter().enumerate() {
        for (to, weight) in row {
            back[*to as usize].push((from as u32, *weight));
        }
    }
    back
}

/// Weights over the square root of how many ways lead to the neighbour.
fn corrected(rows: &[Vec<(u32, u32)>]) -> AliasRows {
    let mut degree = vec![0u32; rows.len()];
    for (to, _) in rows.iter().flatten() {
        degree[*to as usize] += 1;
    }
    let weighed: Vec<Vec<(u32, u32)>> = rows
        .iter()
        .map(|row| row.iter().map(|(to, weight)| (*to, (weight * 16 / degree[*to as usize].isqrt().max(1)).max(1))).collect())
        .collect();
    AliasRows::new(&weighed)
}

/// How many steps lead away from each tool, counted up to `most`.
fn depths(table: &AliasRows, count: usize, most: usize) -> Vec<usize> {
    let mut depth = vec![0; count];
    for level in 1..most {
        let before = depth.clone();
        for (tool, depth) in depth.iter_mut().enumerate() {
            if table.row(tool).iter().any(|next| before[*next as usize] + 1 >= level) {
                *depth = level;
            }
        }
    }
    depth
}

fn diamonds(feeds: &[Vec<(u32, u32)>]) -> Vec<[u32; 4]> {
    let mut found = Vec::new();
    for (a, row) in feeds.iter().enumerate() {
        for (i, (b, _)) in row.iter().enumerate() {
            for (c, _) in &row[i + 1..] {
                for (d, _) in &feeds[*b as usize] {
                    let distinct = *d as usize != a && d != c && d != b;
                    if distinct && feeds[*c as usize].iter().any(|(to, _)| to == d) {
                        found.push([a as u32, *b, *c, *d]);
                        if found.len() >= MAX_DIAMONDS {
                            return found;
                        }
                    }
                }
            }
        }
    }
    found
}

/// A total order on witnesses, so that equal weights sort the same everywhere.
fn witness_key(relation: &Relation) -> (RelationKind, &str, &str) {
    match &relation.witness {
        Witness::Flow { field, parameter } | Witness::Reckoned { field, parameter, .. } => (relation.kind, field, parameter),
        Witness::Shared { first, second } => (relation.kind, first, second),
        Witness::LifeCycle { entity } => (relation.kind, entity, ""),
        Witness::Topic { .. } => (relation.kind, "", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::GraphOptions;
    use crate::seed::{Stage, stream};

    fn own() -> (Catalog, ToolGraph) {
        let catalog = Catalog::open(&[]).unwrap();
        let graph = ToolGraph::build(&catalog, &GraphOptions::default());
        (catalog, graph)
    }

    const SHAPES: [(Motif, RangeInclusive<usize>); 8] = [
        (Motif::Single, 1..=1),
        (Motif::Chain, 2..=4),
        (Motif::FanOut, 3..=3),
        (Motif::FanIn, 3..=3),
        (Motif::Diamond, 4..=4),
        (Motif::Loop, 2..=2),
        (Motif::Repeat, 2..=2),
        (Motif::Parallel, 2..=3),
    ];

    #[test]
    fn every_link_is_an_edge_of_the_graph_and_every_needed_one_is_there() {
        let (catalog, graph) = own();
        let walker = Walker::new(&graph, &catalog);
        for (motif, length) in SHAPES {
            for occurrence in 0..300 {
                let anchor = walker.anchor(motif, length.clone(), 5, occurrence).unwrap();
                let Some(walk) = walker.walk(motif, length.clone(), anchor, &mut stream(5, occurrence, Stage::Walk, 0)) else { continue };
                assert!(length.contains(&walk.steps.len()));
                assert!(walk.steps.iter().any(|step| step.tool == anchor), "{motif:?} does not go through its anchor");
                for (index, step) in walk.steps.iter().enumerate() {
                    for link in &step.links {
                        assert!(link.from < index);
                        let edges = graph.graph.edges_connecting((walk.steps[link.from].tool as u32).into(), (step.tool as u32).into());
                        assert!(edges.into_iter().any(|edge| *edge.weight() == link.relation));
                    }
                    assert!(needed_sources(motif, index).iter().all(|from| step.links.iter().any(|link| link.from == *from)));
                }
            }
        }
    }

    #[test]
    fn one_round_of_anchors_is_a_permutation_of_the_eligible_tools() {
        let (catalog, graph) = own();
        let walker = Walker::new(&graph, &catalog);
        for (motif, length) in SHAPES {
            let mut eligible = walker.starts(motif, length.clone()).to_vec();
            assert!(!eligible.is_empty(), "{motif:?}");
            for round in 0..2u64 {
                let count = eligible.len() as u64;
                let mut anchors: Vec<_> = (0..count).map(|i| walker.anchor(motif, length.clone(), 9, round * count + i).unwrap()).collect();
                anchors.sort_unstable();
                eligible.sort_unstable();
                assert_eq!(anchors, eligible);
            }
        }
    }

    #[test]
    fn a_walk_is_the_same_whenever_it_is_made() {
        let (catalog, graph) = own();
        let (one, two) = (Walker::new(&graph, &catalog), Walker::new(&graph, &catalog));
        for occurrence in 0..100 {
            let walk = |walker: &Walker| {
                let anchor = walker.anchor(Motif::Chain, 2..=4, 1, occurrence)?;
                walker.walk(Motif::Chain, 2..=4, anchor, &mut stream(1, occurrence, Stage::Walk, 0))
            };
            assert_eq!(walk(&one), walk(&two));
        }
    }

    #[test]
    fn degenerate_graphs_end_without_a_walk() {
        let (catalog, _) = own();
        let mut graph = ToolGraph { graph: petgraph::graph::DiGraph::new(), relevance: crate::graph::Relevance::Typed };
        let empty = Walker::new(&graph, &Catalog::default());
        assert_eq!(empty.anchor(Motif::Single, 1..=1, 1, 0), None);
        let catalog = Catalog { tools: catalog.tools[..2].to_vec(), ..Catalog::default() };
        let (a, b) = (graph.graph.add_node(0), graph.graph.add_node(1));
        let flow = Witness::Flow { field: "/x".into(), parameter: "/y".into() };
        for (from, to) in [(a, a), (a, b), (b, a)] {
            graph.graph.add_edge(from, to, Relation { kind: RelationKind::Feeds, weight: 0.5, witness: flow.clone() });
        }
        let walker = Walker::new(&graph, &catalog);
        let mut rng = stream(1, 0, Stage::Walk, 0);
        assert_eq!(walker.walk(Motif::Chain, 3..=5, 0, &mut rng), None);
        assert!(walker.walk(Motif::Chain, 2..=2, 0, &mut rng).is_some());
        assert_eq!(walker.walk(Motif::Diamond, 4..=4, 0, &mut rng), None);
    }
}
