//! The graph for people: counts, degrees, isolated tools with the reason, and one tool's neighbours with theirs.

use super::rank::Ranker;
use super::visits::Visits;
use super::walk::Walker;
use super::{Relation, RelationKind, Relevance, ToolGraph, ToolIx, Witness};
use crate::catalog::{Catalog, Tool};
use petgraph::Direction;
use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeRef, NodeIndexable};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a graph looks like as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    pub relevance: Relevance,
    pub tools: usize,
    /// Edges of each kind.
    pub edges: BTreeMap<RelationKind, usize>,
    /// Over the `Feeds` edges.
    pub fed_by: Degrees,
    pub feeds: Degrees,
    /// Sets of tools joined by edges that compose (all kinds but `Near`), largest first.
    pub components: Vec<usize>,
    /// Required parameters of all tools, and how many of them some tool feeds.
    pub required_parameters: usize,
    pub fed_parameters: usize,
    /// Tools without any edge that composes.
    pub isolated: Vec<Isolated>,
    /// How evenly walks over the graph visit its tools.
    pub visits: Visits,
    /// The tools that feed the most others, with the number of those: at most ten.
    pub hubs: Vec<(String, usize)>,
}

/// Number of distinct neighbours a tool.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Degrees {
    pub none: usize,
    pub median: usize,
    pub mean: f64,
    pub max: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Isolated {
    pub tool: String,
    pub reason: String,
}

/// One edge of a tool, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Neighbour {
    /// The other tool.
    pub tool: String,
    /// True when the edge comes from the other tool.
    pub incoming: bool,
    pub kind: RelationKind,
    pub weight: f32,
    /// A clause: what joins the two.
    pub reason: String,
    /// For `Feeds`: what speaks for it.
    pub because: Vec<String>,
}

impl ToolGraph {
    pub fn summary(&self, catalog: &Catalog) -> Summary {
        let mut edges: BTreeMap<RelationKind, usize> = BTreeMap::new();
        for relation in self.graph.edge_weights() {
            *edges.entry(relation.kind).or_default() += 1;
        }
        let degrees = |direction| (0..self.graph.node_count()).map(|tool| self.feeds_degree(tool, direction)).collect::<Vec<_>>();
        let outgoing = degrees(Direction::Outgoing);
        let mut hubs: Vec<(usize, ToolIx)> = outgoing.iter().copied().zip(0..).filter(|(n, _)| *n > 0).collect();
        hubs.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let (required_parameters, fed_parameters) = self.fed(catalog);
        Summary {
            relevance: self.relevance,
            tools: catalog.tools.len(),
            edges,
            fed_by: Degrees::of(degrees(Direction::Incoming)),
            feeds: Degrees::of(outgoing),
            components: self.components(),
            required_parameters,
            fed_parameters,
            isolated: self.isolated(catalog),
            visits: Walker::new(self, catalog).spread(0),
            hubs: hubs.into_iter().take(10).map(|(n, tool)| (catalog.tools[tool].name.clone(), n)).collect(),
        }
    }

    /// All edges of one tool, strongest first inside a kind. `ranker` adds what speaks for each flow.
    pub fn neighbours(&self, catalog: &Catalog, tool: ToolIx, ranker: Option<&Ranker>) -> Vec<Neighbour> {
        let node = self.graph.from_index(tool);
        let both = [(Direction::Incoming, true), (Direction::Outgoing, false)];
        let edges =
            both.into_iter().flat_map(|(direction, incoming)| self.graph.edges_directed(node, direction).map(move |edge| (edge, incoming)));
        let mut out: Vec<(Neighbour, ToolIx)> = edges
            .map(|(edge, incoming)| {
                let (from, to) = (edge.source().index(), edge.target().index());
                let other = if incoming { from } else { to };
                let because = ranker.map_or_else(Vec::new, |ranker| ranker.because(from, to, &edge.weight().witness));
                let relation = edge.weight();
                let reason = reason(catalog, from, to, relation);
                let name = catalog.tools[other].name.clone();
                (Neighbour { tool: name, incoming, kind: relation.kind, weight: relation.weight, reason, because }, other)
            })
            .collect();
        out.sort_by(|(a, x), (b, y)| {
            let order = a.kind.cmp(&b.kind).then(b.incoming.cmp(&a.incoming)).then(b.weight.total_cmp(&a.weight));
            order.then(x.cmp(y)).then_with(|| a.reason.cmp(&b.reason))
        });
        out.into_iter().map(|(neighbour, _)| neighbour).collect()
    }

    fn feeds_degree(&self, tool: ToolIx, direction: Direction) -> usize {
        let edges = self.graph.edges_directed(self.graph.from_index(tool), direction);
        let mut others: Vec<usize> = edges
            .filter(|edge| edge.weight().kind == RelationKind::Feeds)
            .map(|edge| if direction == Direction::Incoming { edge.source() } else { edge.target() }.index())
            .collect();
        others.sort_unstable();
        others.dedup();
        others.len()
    }

    fn components(&self) -> Vec<usize> {
        let mut sets: UnionFind<usize> = UnionFind::new(self.graph.node_count());
        for edge in self.graph.edge_references().filter(|edge| edge.weight().kind != RelationKind::Near) {
            sets.union(edge.source().index(), edge.target().index());
        }
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for set in sets.into_labeling() {
            *sizes.entry(set).or_default() += 1;
        }
        let mut sizes: Vec<usize> = sizes.into_values().collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        sizes
    }

    fn fed(&self, catalog: &Catalog) -> (usize, usize) {
        let (mut required, mut fed) = (0, 0);
        for (ix, tool) in catalog.tools.iter().enumerate() {
            let into = || self.graph.edges_directed(self.graph.from_index(ix), Direction::Incoming);
            for leaf in tool.parameters.iter().filter(|leaf| leaf.required) {
                required += 1;
                let feeds =
                    |relation: &Relation| matches!(&relation.witness, Witness::Flow { parameter, .. } if *parameter == leaf.pointer);
                fed += usize::from(into().any(|edge| feeds(edge.weight())));
            }
        }
        (required, fed)
    }

    pub(crate) fn isolated(&self, catalog: &Catalog) -> Vec<Isolated> {
        let composes = |ix: ToolIx| {
            let node = self.graph.from_index(ix);
            let mut edges =
                self.graph.edges_directed(node, Direction::Outgoing).chain(self.graph.edges_directed(node, Direction::Incoming));
            edges.any(|edge| edge.weight().kind != RelationKind::Near)
        };
        let alone = catalog.tools.iter().enumerate().filter(|(ix, _)| !composes(*ix));
        alone.map(|(_, tool)| Isolated { tool: tool.name.clone(), reason: why_alone(tool) }).collect()
    }
}

fn why_alone(tool: &Tool) -> String {
    let spoken = |names: Vec<&str>| names.join(", ");
    let takes: Vec<&str> = tool.parameters.iter().map(|leaf| leaf.name.as_str()).take(4).collect();
    let gives: Vec<&str> = tool.returns.fields.iter().map(|leaf| leaf.name.as_str()).take(4).collect();
    match (takes.is_empty(), gives.is_empty()) {
        (true, true) => "it takes no parameters and its result has no known fields".into(),
        (true, false) => format!("it takes no parameters, and no other tool takes what it gives ({})", spoken(gives)),
        (false, true) => format!("no other tool gives or takes its parameters ({}), and its result has no known fields", spoken(takes)),
        (false, false) => {
            format!("no other tool gives or takes its parameters ({}), and none takes what it gives ({})", spoken(takes), spoken(gives))
        }
    }
}

fn reason(catalog: &Catalog, from: ToolIx, to: ToolIx, relation: &Relation) -> String {
    let (a, b) = (&catalog.tools[from].name, &catalog.tools[to].name);
    match &relation.witness {
        Witness::Flow { field, parameter } => format!("{field} of the result of {a} can fill {parameter} of {b}"),
        Witness::Shared { first, second } => format!("{first} of {a} and {second} of {b} mean the same"),
        Witness::LifeCycle { entity } => format!("{a} begins the {entity} that {b} needs"),
        Witness::Reckoned { field, parameter, .. } => format!("{parameter} of {b} can be reckoned from {field} of the result of {a}"),
        Witness::Topic { similarity } => format!("{a} and {b} are about the same topic (similarity {similarity:.2})"),
    }
}

impl Degrees {
    fn of(mut degrees: Vec<usize>) -> Degrees {
        degrees.sort_unstable();
        let n = degrees.len().max(1);
        Degrees {
            none: degrees.iter().filter(|degree| **degree == 0).count(),
            median: degrees.get(degrees.len() / 2).copied().unwrap_or(0),
            mean: degrees.iter().sum::<usize>() as f64 / n as f64,
            max: degrees.last().copied().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::GraphOptions;
    use super::super::testing::{hashed, text, tool, travel};
    use super::*;
    use crate::catalog::ToolClass;
    use crate::value::SemType;

    fn graph() -> (Catalog, ToolGraph) {
        let mut catalog = travel();
        catalog.tools.push(tool("roll_dice", "Roll dice.", ToolClass::Compute, vec![], vec![text("/pips", SemType::Number, "Pips.")]));
        let graph = ToolGraph::build_with(&catalog, &GraphOptions::default(), &hashed);
        (catalog, graph)
    }

    #[test]
    fn the_summary_counts_and_names_the_isolated() {
        let (catalog, graph) = graph();
        let summary = graph.summary(&catalog);
        assert_eq!(summary.edges[&RelationKind::Feeds], 3);
        assert_eq!(summary.components, [5, 1]);
        assert_eq!((summary.required_parameters, summary.fed_parameters), (7, 3));
        assert_eq!(summary.isolated.len(), 1);
        assert_eq!(summary.isolated[0].reason, "it takes no parameters, and no other tool takes what it gives (pips)");
        assert_eq!((summary.fed_by.none, summary.fed_by.max), (3, 1));
    }

    #[test]
    fn neighbours_say_why() {
        let (catalog, graph) = graph();
        let ranker = Ranker::with_encoder(&catalog, Relevance::Typed, 0, &hashed);
        let found = graph.neighbours(&catalog, 1, Some(&ranker));
        let fed = &found[0];
        assert!(fed.incoming && fed.tool == "search_hotels");
        assert_eq!(fed.reason, "/hotels/*/hotel_id of the result of search_hotels can fill /hotel_id of book_hotel");
        assert!(fed.because.contains(&"the description names search_hotels".to_owned()), "{:?}", fed.because);
        assert!(fed.because.contains(&"both stand for the same thing".to_owned()));
    }
}
