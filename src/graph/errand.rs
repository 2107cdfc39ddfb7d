//! Walks that people think in: a thing is found and something is done with it; several such errands make a talk.
//!
//! A *seek* is a chain of finders (search, list, get) that ends in any tool, each giving the identifier of a listed thing to the next. An
//! *errand* is several of them, one segment each, that have a thing, a parameter or a topic in common.

use super::alias::AliasRows;
use super::walk::Walker;
use super::{Link, Motif, Relation, RelationKind, Step, ToolIx, Walk, Witness};
use crate::catalog::{Catalog, Tool, ToolClass};
use crate::seed::Rng;
use crate::value::SemType;
use rand::RngExt;
use std::collections::VecDeque;
use std::ops::RangeInclusive;

/// Finders before the last tool of a seek, at most.
pub(super) const DEEPEST: usize = 3;
/// Draws for one neighbour.
const TRIES: usize = 8;

/// Who finds things for whom.
pub(super) struct Seeks {
    /// From a finder to the tools that take the identifier of what it lists.
    to: AliasRows,
    from: AliasRows,
    /// Tools that a person can ask for out of nothing: they need no identifier, or none that a tool could find.
    askable: Vec<bool>,
}

impl Seeks {
    pub(super) fn new(catalog: &Catalog, relations: &[(u32, u32, Relation)]) -> Seeks {
        let count = catalog.tools.len();
        let mut to: Vec<Vec<(u32, u32)>> = vec![Vec::new(); count];
        let mut from = to.clone();
        for (a, b, relation) in relations.iter().filter(|(a, b, relation)| a != b && seeks(catalog, *a, *b, relation)) {
            let row = &mut to[*a as usize];
            if row.last().is_none_or(|(last, _)| last != b) {
                let weight = (relation.weight.clamp(0.0, 1.0) * 65_535.0) as u32 + 1;
                row.push((*b, weight));
                from[*b as usize].push((*a, weight));
            }
        }
        let askable = (0..count).map(|tool| from[tool].is_empty() || !needs_id(&catalog.tools[tool])).collect();
        Seeks { to: AliasRows::new(&to), from: AliasRows::new(&from), askable }
    }

    pub(super) fn askable(&self, tool: ToolIx) -> bool {
        self.askable[tool]
    }

    pub(super) fn takes_part(&self, tool: ToolIx) -> bool {
        !self.to.row(tool).is_empty() || !self.from.row(tool).is_empty()
    }
}

/// A finder gives the identifier of a thing in a list to a parameter that takes one.
fn seeks(catalog: &Catalog, from: u32, to: u32, relation: &Relation) -> bool {
    let (Some(finder), Some(target)) = (catalog.tools.get(from as usize), catalog.tools.get(to as usize)) else { return false };
    matches!(finder.phrase.class, ToolClass::Find | ToolClass::Lookup) && finder.effects.is_empty() && lists_id(target, relation)
}

fn lists_id(target: &Tool, relation: &Relation) -> bool {
    let Witness::Flow { field, parameter } = &relation.witness else { return false };
    field.matches('*').count() == 1
        && target.parameters.iter().any(|leaf| leaf.pointer == *parameter && leaf.sem == SemType::Id && !leaf.pointer.contains('*'))
}

fn needs_id(tool: &Tool) -> bool {
    tool.parameters.iter().any(|leaf| leaf.required && leaf.sem == SemType::Id && !leaf.phrase.silent)
}

impl Walker {
    /// A seek through the anchor.
    pub(super) fn seek(&self, length: &RangeInclusive<usize>, anchor: ToolIx, rng: &mut Rng) -> Option<Walk> {
        let tools = self.through(anchor, *length.end(), rng);
        length.contains(&tools.len()).then(|| self.joined_segments(Motif::Seek, vec![tools]))?
    }

    /// Several segments, the first of them through the anchor.
    pub(super) fn errand(&self, length: &RangeInclusive<usize>, anchor: ToolIx, rng: &mut Rng) -> Option<Walk> {
        let wanted = rng.random_range(length.clone());
        let mut segments = vec![self.through(anchor, DEEPEST, rng)];
        for _ in 0..TRIES * wanted {
            if segments.len() == wanted {
                break;
            }
            if let Some(next) = self.next_segment(&segments, rng) {
                segments.push(next);
            }
        }
        length.contains(&segments.len()).then(|| self.joined_segments(Motif::Errand, segments))?
    }

    /// Two chains of two, from different topics, one step of each in turn.
    pub(super) fn interleaved(&self, anchor: ToolIx, rng: &mut Rng) -> Option<Walk> {
        let first = self.fed_pair(anchor, &[], rng)?;
        let other = (0..TRIES).find_map(|_| {
            let start = rng.random_range(0..self.tools());
            let apart = !first.iter().any(|tool| *tool == start || self.beside().row(*tool).contains(&(start as u32)));
            if apart { self.fed_pair(start, &first, rng) } else { None }
        })?;
        let tools = [first[0], other[0], first[1], other[1]];
        let link = |from: usize, to: usize| {
            let flows = self.between(tools[from], tools[to]).iter().map(|(_, relation)| relation);
            flows.filter(|relation| relation.kind == RelationKind::Feeds).map(|relation| Link { from, relation: relation.clone() }).next()
        };
        let steps = vec![
            Step { tool: tools[0], links: Vec::new() },
            Step { tool: tools[1], links: Vec::new() },
            Step { tool: tools[2], links: vec![link(0, 2)?] },
            Step { tool: tools[3], links: vec![link(1, 3)?] },
        ];
        Some(Walk { motif: Motif::Interleave, steps, segments: vec![1; 4] })
    }

    /// A tool that can be asked for and one that it feeds.
    fn fed_pair(&self, start: ToolIx, taken: &[ToolIx], rng: &mut Rng) -> Option<[ToolIx; 2]> {
        if !self.seeks().askable(start) {
            return None;
        }
        let next = draw(self.feeds(), start, rng, |next| next != start && !taken.contains(&next))?;
        let backward = self.precedes(next, start) && !self.precedes(start, next);
        (!backward).then_some([start, next])
    }

    /// Finders and a target, the anchor among them.
    fn through(&self, anchor: ToolIx, most: usize, rng: &mut Rng) -> Vec<ToolIx> {
        let seeks = self.seeks();
        let mut tools = VecDeque::from([anchor]);
        let forward = !seeks.to.row(anchor).is_empty() && (seeks.from.row(anchor).is_empty() || rng.random_bool(0.5));
        while forward && tools.len() < most {
            let last = tools[tools.len() - 1];
            match draw(&seeks.to, last, rng, |next| !tools.contains(&next)) {
                Some(next) => tools.push_back(next),
                None => break,
            }
            if rng.random_bool(0.6) {
                break;
            }
        }
        self.back_up(&mut tools, most, rng);
        self.find_others(&mut tools, rng);
        tools.into()
    }

    /// A target that needs several identifiers has several finders: those of the others stand in front, and do not wait for each other.
    pub(super) fn find_others(&self, tools: &mut VecDeque<ToolIx>, rng: &mut Rng) {
        let Some(target) = tools.back().copied() else { return };
        let before = tools.len().checked_sub(2).map(|at| tools[at]);
        let filled = |from: ToolIx| self.seek_link(from, target).map(|relation| parameter(relation).to_owned());
        let mut known: Vec<String> = before.and_then(filled).into_iter().collect();
        for id in self.needed_ids(target) {
            if known.contains(id) || !rng.random_bool(0.7) {
                continue;
            }
            let gives = |finder: ToolIx| filled(finder).as_deref() == Some(id) && self.seeks().askable(finder) && !tools.contains(&finder);
            if let Some(finder) = draw(&self.seeks().from, target, rng, gives) {
                tools.push_front(finder);
                known.push(id.clone());
            }
        }
    }

    /// The strongest way in which a finder gives a listed identifier to a tool.
    fn seek_link(&self, from: ToolIx, to: ToolIx) -> Option<&Relation> {
        let found = self.between(from, to).iter().map(|(_, relation)| relation);
        found.filter(|relation| relation.kind == RelationKind::Feeds).find(|relation| self.is_seek(to, relation))
    }

    /// Puts finders before a chain until its first tool can be asked for out of nothing.
    pub(super) fn back_up(&self, tools: &mut VecDeque<ToolIx>, most: usize, rng: &mut Rng) {
        let seeks = self.seeks();
        while tools.len() < most {
            let first = tools[0];
            let wants = !seeks.askable(first) || (tools.len() == 1 && rng.random_bool(0.25));
            match draw(&seeks.from, first, rng, |next| !tools.contains(&next)) {
                Some(finder) if wants => tools.push_front(finder),
                _ => break,
            }
        }
    }

    /// A segment whose target has to do with that of an earlier one.
    fn next_segment(&self, segments: &[Vec<ToolIx>], rng: &mut Rng) -> Option<Vec<ToolIx>> {
        let targets: Vec<ToolIx> = segments.iter().filter_map(|segment| segment.last().copied()).collect();
        let used = |tool: ToolIx| segments.iter().flatten().any(|other| *other == tool);
        let before = targets[rng.random_range(0..targets.len())];
        let fed = rng.random_bool(0.6);
        let table = if fed { self.feeds() } else { self.beside() };
        let target = draw(table, before, rng, |next| !used(next))?;
        if targets.iter().any(|earlier| self.precedes(target, *earlier) && !self.precedes(*earlier, target)) {
            return None;
        }
        let mut tools = VecDeque::from([target]);
        if !fed || !self.gives_id(before, target) {
            self.back_up(&mut tools, DEEPEST, rng);
            self.find_others(&mut tools, rng);
        }
        (!tools.iter().any(|tool| used(*tool))).then(|| tools.into())
    }

    /// The first tool gives an identifier that the second takes.
    fn gives_id(&self, from: ToolIx, to: ToolIx) -> bool {
        self.between(from, to).iter().any(|(_, relation)| {
            relation.kind == RelationKind::Feeds
                && matches!(&relation.witness, Witness::Flow { parameter, .. } if self.is_id(to, parameter))
        })
    }

    /// Links inside each segment from step to step; from the target of an earlier segment at most one to each later target.
    pub(super) fn joined_segments(&self, motif: Motif, segments: Vec<Vec<ToolIx>>) -> Option<Walk> {
        let mut steps: Vec<Step> = Vec::new();
        let mut targets: Vec<usize> = Vec::new();
        for segment in &segments {
            for (at, tool) in segment.iter().enumerate() {
                let index = steps.len();
                let mut links = Vec::new();
                for from in (index - at..index).rev() {
                    let Some(relation) = self.seek_link(steps[from].tool, *tool) else { continue };
                    // A finder in the middle waits for one thing only; the target takes all that was found for it.
                    let taken = links.iter().any(|link: &Link| parameter(&link.relation) == parameter(relation));
                    if !taken && (at + 1 == segment.len() || links.is_empty()) {
                        links.push(Link { from, relation: relation.clone() });
                    }
                }
                links.sort_by_key(|link| link.from);
                if at == 0
                    && let Some(link) = targets.iter().rev().find_map(|from| self.link_from(*from, steps[*from].tool, *tool))
                {
                    links.push(link);
                }
                steps.push(Step { tool: *tool, links });
            }
            let (begin, end) = (steps.len() - segment.len(), steps.len() - 1);
            let used = |step: usize| steps[step + 1..].iter().flat_map(|later| &later.links).any(|link| link.from == step);
            if !(begin..end).all(used) {
                return None;
            }
            targets.push(end);
        }
        Some(Walk { motif, steps, segments: segments.iter().map(Vec::len).collect() })
    }

    /// A tool that has to do with another.
    pub fn beside_of(&self, tool: ToolIx, rng: &mut Rng) -> Option<ToolIx> {
        draw(self.beside(), tool, rng, |next| next != tool)
    }

    /// A tool comes before another in the life of something.
    pub fn comes_before(&self, tool: ToolIx, other: ToolIx) -> bool {
        self.precedes(tool, other)
    }

    /// What joins a tool to the step `from` of an earlier one, the strongest way first.
    pub fn link(&self, from: usize, earlier: ToolIx, tool: ToolIx) -> Option<Link> {
        self.link_from(from, earlier, tool)
    }

    /// The strongest way in which the result of one step serves another, or what both take.
    fn link_from(&self, from: usize, earlier: ToolIx, tool: ToolIx) -> Option<Link> {
        let all = || self.between(earlier, tool).iter().map(|(_, relation)| relation);
        let feeds = all().find(|relation| relation.kind == RelationKind::Feeds);
        let shares = || all().find(|relation| relation.kind == RelationKind::Shares);
        feeds.or_else(shares).map(|relation| Link { from, relation: relation.clone() })
    }
}

fn parameter(relation: &Relation) -> &str {
    match &relation.witness {
        Witness::Flow { parameter, .. } => parameter,
        _ => "",
    }
}

fn draw(table: &AliasRows, from: ToolIx, rng: &mut Rng, fits: impl Fn(ToolIx) -> bool) -> Option<ToolIx> {
    (0..TRIES).find_map(|_| table.draw(from, rng).filter(|next| fits(*next)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{GraphOptions, ToolGraph};
    use crate::seed::{Stage, stream};

    fn walks(motif: Motif, length: RangeInclusive<usize>, mut look: impl FnMut(&Catalog, &Walk)) {
        let catalog = Catalog::open(&[]).unwrap();
        let graph = ToolGraph::build(&catalog, &GraphOptions::default());
        let walker = Walker::new(&graph, &catalog);
        let mut made = 0;
        for occurrence in 0..300 {
            let anchor = walker.anchor(motif, length.clone(), 3, occurrence).unwrap();
            let Some(walk) = walker.walk(motif, length.clone(), anchor, &mut stream(3, occurrence, Stage::Walk, 0)) else { continue };
            assert!(walk.steps.iter().any(|step| step.tool == anchor), "{motif:?} does not go through its anchor");
            assert_eq!(walk.segments.iter().sum::<usize>(), walk.steps.len());
            made += 1;
            look(&catalog, &walk);
        }
        assert!(made > 270, "{made} of 300 anchors have a {motif:?}");
    }

    /// All but the last step only look things up, and what each finds is used later in its segment.
    fn leads_to_its_end(catalog: &Catalog, walk: &Walk, segment: std::ops::Range<usize>) {
        let last = segment.end - 1;
        for at in segment.start..last {
            assert!(catalog.tools[walk.steps[at].tool].effects.is_empty(), "a finder changes something");
            let used = walk.steps[at + 1..=last].iter().flat_map(|step| &step.links).any(|link| link.from == at);
            assert!(used, "{} finds what nobody uses", catalog.tools[walk.steps[at].tool].name);
        }
    }

    #[test]
    fn a_seek_finds_what_its_last_tool_takes() {
        walks(Motif::Seek, 2..=4, |catalog, walk| {
            assert!((2..=4).contains(&walk.steps.len()));
            leads_to_its_end(catalog, walk, 0..walk.steps.len());
        });
    }

    #[test]
    fn every_segment_of_an_errand_is_a_seek_and_no_tool_comes_twice() {
        walks(Motif::Errand, 2..=4, |catalog, walk| {
            let mut begin = 0;
            for size in &walk.segments {
                leads_to_its_end(catalog, walk, begin..begin + size);
                begin += size;
            }
            let mut tools: Vec<ToolIx> = walk.steps.iter().map(|step| step.tool).collect();
            tools.sort_unstable();
            tools.dedup();
            assert_eq!(tools.len(), walk.steps.len());
        });
    }

    #[test]
    fn interleaved_chains_are_joined_across_each_other() {
        walks(Motif::Interleave, 4..=4, |_, walk| {
            let from = |step: usize| walk.steps[step].links.iter().map(|link| link.from).collect::<Vec<_>>();
            assert_eq!((from(2), from(3)), (vec![0], vec![1]));
        });
    }
}
