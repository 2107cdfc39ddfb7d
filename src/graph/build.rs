//! Building a [`ToolGraph`]: each relation proposes edges, the best `top_k` of a kind stay at each node.

use super::candidates::Candidates;
use super::feeds::{Scorer, Signals, goes_to};
use super::rank::Ranker;
use super::{Relation, RelationKind, Relevance, ToolGraph, ToolIx, Witness, near, precedes, random, shares, toolflow};
use crate::catalog::Catalog;
use crate::value::SemType;
use petgraph::graph::{DiGraph, NodeIndex};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a graph is built with.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphOptions {
    pub relevance: Relevance,
    /// Edges of one kind kept at a node: those into it for `Feeds`, those out of it for the other kinds.
    pub top_k: usize,
    /// Only [`Relevance::Random`] draws.
    pub seed: u64,
}

impl Default for GraphOptions {
    fn default() -> Self {
        GraphOptions { relevance: Relevance::Typed, top_k: 16, seed: 0 }
    }
}

/// An edge before it is in the graph.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) from: ToolIx,
    pub(super) to: ToolIx,
    pub(super) relation: Relation,
}

/// A producer this much worse than the best of its parameter is no longer a neighbour.
const MARGIN: f32 = 0.8;
/// A producer of an identifier this much less akin to the consumer than the nearest one is of another service.
const STRANGE: f32 = 0.3;
/// Tools this near share a topic, so that settings may be carried over.
const SAME_TOPIC: usize = 8;
/// Nearest tools whose fields are always looked at.
const NEAREST: usize = 48;

impl ToolGraph {
    /// Builds the graph of a catalog with the embedded encoder. The result depends on catalog and options alone, not on the
    /// number of threads. Time grows with tools × `top_k`, and with tools² for the nearest tools (cheap inner products).
    pub fn build(catalog: &Catalog, options: &GraphOptions) -> ToolGraph {
        Self::from_ranker(catalog, options, &Ranker::new(catalog, options.relevance, options.seed))
    }

    #[cfg(test)]
    pub(super) fn build_with(catalog: &Catalog, options: &GraphOptions, encode: super::index::Encode) -> ToolGraph {
        Self::from_ranker(catalog, options, &Ranker::with_encoder(catalog, options.relevance, options.seed, encode))
    }

    /// Builds the graph from features that are already taken.
    pub fn from_ranker(catalog: &Catalog, options: &GraphOptions, ranker: &Ranker) -> ToolGraph {
        let edges = match options.relevance {
            Relevance::Typed => typed(catalog, &ranker.scorer, options.top_k),
            Relevance::Toolflow => toolflow::edges(catalog, &ranker.scorer.index),
            Relevance::Random => random::edges(catalog.tools.len(), options),
        };
        let mut graph = DiGraph::with_capacity(catalog.tools.len(), edges.len());
        for tool in 0..catalog.tools.len() {
            graph.add_node(tool);
        }
        for edge in edges {
            graph.add_edge(NodeIndex::new(edge.from), NodeIndex::new(edge.to), edge.relation);
        }
        ToolGraph { graph, relevance: options.relevance }
    }
}

fn typed(catalog: &Catalog, scorer: &Scorer, top_k: usize) -> Vec<Draft> {
    let nearest = near::nearest(scorer, NEAREST.max(top_k));
    let candidates = Candidates::new(scorer);
    let mut edges: Vec<Draft> = (0..catalog.tools.len())
        .into_par_iter()
        .flat_map_iter(|consumer| {
            let near: Vec<ToolIx> = nearest[consumer].iter().map(|(tool, _)| *tool).collect();
            feeds(catalog, scorer, &candidates, consumer, &near, top_k)
        })
        .collect();
    edges.extend(shares::edges(catalog, scorer, &nearest, top_k));
    edges.extend(precedes::edges(catalog, scorer, top_k));
    edges.extend(near::edges(&nearest, top_k));
    edges
}

/// The edges into one tool: the best field of each producer for each parameter, parameters taking turns, required ones first.
fn feeds(catalog: &Catalog, scorer: &Scorer, candidates: &Candidates, consumer: ToolIx, near: &[ToolIx], top_k: usize) -> Vec<Draft> {
    let index = &scorer.index;
    let mut lists = Vec::new();
    for parameter in index.tools[consumer].parameters.clone() {
        let producers = producers(scorer, parameter, candidates.of(scorer, parameter, near), near);
        if !producers.is_empty() {
            let leaf = &catalog.tools[consumer].parameters[index.parameters[parameter].leaf];
            lists.push((leaf.required, producers, parameter));
        }
    }
    lists.sort_by_key(|(required, _, parameter)| (Reverse(*required), *parameter));
    let longest = lists.iter().map(|(_, producers, _)| producers.len()).max().unwrap_or(0);
    let turns = (0..longest)
        .flat_map(|turn| lists.iter().filter_map(move |(_, producers, parameter)| producers.get(turn).map(|p| (p, *parameter))));
    turns
        .take(top_k)
        .map(|(&(weight, field), parameter)| {
            let source = index.fields[field];
            let witness = Witness::Flow {
                field: catalog.tools[source.tool].returns.fields[source.leaf].pointer.clone(),
                parameter: catalog.tools[consumer].parameters[index.parameters[parameter].leaf].pointer.clone(),
            };
            Draft { from: source.tool, to: consumer, relation: Relation { kind: RelationKind::Feeds, weight, witness } }
        })
        .collect()
}

/// The believed producers of one parameter, best first, one field a tool: `(weight, field)`.
fn producers(scorer: &Scorer, parameter: usize, candidates: Vec<(usize, Signals)>, near: &[ToolIx]) -> Vec<(f32, usize)> {
    let mut best: BTreeMap<ToolIx, Believed> = BTreeMap::new();
    for (field, leaves) in candidates {
        let signals = scorer.signals(parameter, field, leaves);
        if !believed(scorer, parameter, field, &signals, near) || !scorer.fits(parameter, field) {
            continue;
        }
        let score = signals.score(&scorer.weights).clamp(f32::MIN_POSITIVE, 1.0);
        let found = Believed { score, field, affinity: signals.affinity, named: signals.evidence > 0.0 };
        let known = best.entry(scorer.index.fields[field].tool).or_insert(found);
        if score > known.score || (score == known.score && field < known.field) {
            *known = found;
        }
    }
    let mut out: Vec<Believed> = best.into_values().collect();
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.field.cmp(&b.field)));
    if let Some(first) = out.first().copied() {
        out.retain(|found| found.score >= MARGIN * first.score);
        let nearest = out.iter().map(|found| found.affinity).fold(0.0, f32::max);
        let private = private_space(scorer, parameter);
        out.retain(|found| !private || found.named || found.affinity >= nearest - STRANGE);
    }
    out.into_iter().map(|found| (found.score, found.field)).collect()
}

#[derive(Clone, Copy)]
struct Believed {
    score: f32,
    field: usize,
    affinity: f32,
    named: bool,
}

/// Identifiers belong to a service unless a pattern tells which they are: an `author_id` of books is none of a forum.
fn private_space(scorer: &Scorer, parameter: usize) -> bool {
    let kind = &scorer.index.parameter_kinds[scorer.index.parameters[parameter].kind];
    matches!(kind.sem, SemType::Id | SemType::Code) && !kind.patterned
}

/// What must hold before a flow is believed, by the kind of value that the parameter takes.
///
/// - Identifiers come from other tools: the field must have the same name, or stand for the same thing and have part of the name
///   (a `user_id` is not a user's `token`).
/// - Names, addresses, contents and links can come from a tool: the name or the thing must be the same, or both be places; and
///   nobody asks for an optional one unless its description says where it is from.
/// - Settings (dates, counts, places to look in, choices) are a person's to give: only a required one is taken, either with the
///   same name from a tool of the same topic that was not told it, or from a tool that is about that very thing (a country from
///   the facts about countries).
/// - Neither comes from a tool that needs an identifier of the consumer's: that tool is used after it.
fn believed(scorer: &Scorer, parameter: usize, field: usize, signals: &Signals, near: &[ToolIx]) -> bool {
    let index = &scorer.index;
    let (place, source) = (index.parameters[parameter], index.fields[field]);
    let akin = signals.entity >= 0.4 || signals.name >= 0.3;
    if signals.evidence > 0.0 && akin && signals.sem >= 0.5 {
        return true;
    }
    let kind = &index.parameter_kinds[place.kind];
    let role = match role(kind.sem) {
        _ if !kind.choices.is_empty() => Role::Identifier,
        Role::Content if kind.where_to_look => Role::Setting,
        role => role,
    };
    match role {
        Role::Identifier => signals.sem >= 0.5 && (signals.name >= 0.6 || signals.entity >= 0.7 && signals.name >= 0.3),
        Role::Content => {
            let same =
                signals.name >= 0.75 || signals.entity >= 0.7 && signals.name >= 0.4 || goes_to(kind, &index.field_kinds[source.kind]);
            place.required && signals.sem >= 0.3 && same && !scorer.backward(source.tool, place.tool)
        }
        Role::Setting => {
            let same_topic = near.iter().take(SAME_TOPIC).any(|tool| *tool == source.tool);
            let other = signals.entity == 0.0 && !kind.entity.is_empty() && !index.field_kinds[source.kind].entity.is_empty();
            let same = signals.name >= 0.75 && signals.sem >= 0.5 && !other;
            // Of countries and currencies there is one list; a `location` that may be a city is not asked of a tool about cities.
            let listed = matches!(kind.sem, SemType::Country | SemType::Language | SemType::Currency | SemType::Airport);
            let exact = listed || signals.name >= 0.3;
            let about = exact && signals.entity >= 1.0 && signals.sem >= 0.7 && scorer.is_about(source.tool, kind);
            place.required && (same_topic && same || about) && signals.echo == 0.0 && !scorer.backward(source.tool, place.tool)
        }
    }
}

/// What a value is to the person who wants something done.
enum Role {
    Identifier,
    Content,
    Setting,
}

fn role(sem: SemType) -> Role {
    use SemType::*;
    match sem {
        Id | Code => Role::Identifier,
        Place | Address | Airport | Person | Org | Title | Email | Phone | Url | Path | Text | Latitude | Longitude => Role::Content,
        City | Country | Region | Date | Time | Datetime | Duration | Count | CountPeople | Money | Rating | Percent | Quantity => {
            Role::Setting
        }
        Category | Enum | Bool | Language | Currency | Unit | Query | Number => Role::Setting,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{hashed, travel};
    use super::*;

    fn build(relevance: Relevance, top_k: usize) -> ToolGraph {
        ToolGraph::build_with(&travel(), &GraphOptions { relevance, top_k, seed: 3 }, &hashed)
    }

    fn has(graph: &ToolGraph, from: ToolIx, to: ToolIx, wanted: &Relation) -> bool {
        graph
            .graph
            .edges_connecting(NodeIndex::new(from), NodeIndex::new(to))
            .any(|edge| edge.weight().kind == wanted.kind && edge.weight().witness == wanted.witness)
    }

    fn flow(field: &str, parameter: &str) -> Relation {
        let witness = Witness::Flow { field: field.into(), parameter: parameter.into() };
        Relation { kind: RelationKind::Feeds, weight: 1.0, witness }
    }

    #[test]
    fn ids_flow_along_the_life_of_a_booking() {
        let graph = build(Relevance::Typed, 16);
        assert!(has(&graph, 0, 1, &flow("/hotels/*/hotel_id", "/hotel_id")));
        assert!(has(&graph, 1, 2, &flow("/booking_id", "/booking_id")));
        assert!(has(&graph, 3, 4, &flow("/flights/*/flight_id", "/flight_id")));
        let feeds = graph.graph.edge_weights().filter(|relation| relation.kind == RelationKind::Feeds).count();
        assert_eq!(feeds, 3, "and nothing else flows");
    }

    #[test]
    fn the_same_city_is_shared_and_a_booking_precedes_its_end() {
        let graph = build(Relevance::Typed, 16);
        let shared = Witness::Shared { first: "/city".into(), second: "/city".into() };
        assert!(has(&graph, 0, 3, &Relation { kind: RelationKind::Shares, weight: 1.0, witness: shared }));
        let life = Witness::LifeCycle { entity: "booking".into() };
        assert!(has(&graph, 1, 2, &Relation { kind: RelationKind::Precedes, weight: 1.0, witness: life }));
    }

    #[test]
    fn weights_lie_in_zero_to_one_and_nodes_are_tools() {
        for relevance in [Relevance::Typed, Relevance::Toolflow, Relevance::Random] {
            let graph = build(relevance, 2).graph;
            assert!(graph.node_indices().all(|node| graph[node] == node.index()));
            assert!(graph.edge_weights().all(|relation| relation.weight > 0.0 && relation.weight <= 1.0));
            assert!(graph.edge_references().all(|edge| petgraph::visit::EdgeRef::source(&edge) != petgraph::visit::EdgeRef::target(&edge)));
        }
    }

    #[test]
    fn a_country_comes_from_the_facts_about_countries() {
        use super::super::testing::{text, tool};
        use crate::catalog::{Leaf, ToolClass};
        let mut catalog = travel();
        let name = Leaf { entity: Some("country".into()), ..text("/short_name", SemType::Title, "Short name.") };
        let mut facts = tool("country_facts", "Facts about a country.", ToolClass::Lookup, vec![], vec![name]);
        facts.effects.reads = vec!["country".into()];
        let mut weather =
            tool("get_weather", "Weather.", ToolClass::Lookup, vec![], vec![text("/country", SemType::Country, "Where it is.")]);
        weather.effects.reads = vec!["weather".into()];
        let news = tool("get_news", "News.", ToolClass::Find, vec![text("/location", SemType::Category, "ISO 3166 country.")], vec![]);
        catalog.tools.extend([facts, weather, news]);
        let graph = ToolGraph::build_with(&catalog, &GraphOptions::default(), &hashed);
        assert!(has(&graph, 5, 7, &flow("/short_name", "/location")));
        assert!(!has(&graph, 6, 7, &flow("/country", "/location")), "the weather is not about countries");
    }

    #[test]
    fn threads_do_not_change_the_graph() {
        let edges = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| format!("{:?}", build(Relevance::Typed, 16).graph.edge_references().collect::<Vec<_>>()))
        };
        assert_eq!(edges(1), edges(2));
    }

    #[test]
    fn empty_and_single_catalogs_have_no_edges() {
        for n in [0, 1] {
            let catalog = Catalog { tools: travel().tools.into_iter().take(n).collect(), ..Catalog::default() };
            for relevance in [Relevance::Typed, Relevance::Toolflow, Relevance::Random] {
                let graph = ToolGraph::build_with(&catalog, &GraphOptions { relevance, ..GraphOptions::default() }, &hashed).graph;
                assert_eq!((graph.node_count(), graph.edge_count()), (n, 0));
            }
        }
    }
}
