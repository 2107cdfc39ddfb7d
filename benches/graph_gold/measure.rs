//! Ranks of the true producers, and precision and recall of the edge set.

use crate::sources::{Link, Source};
use std::collections::BTreeSet;
use walktalk::graph::{GraphOptions, Ranker, RelationKind, Relevance, ToolGraph, ToolIx};

/// One row of the table.
#[derive(Default, Clone)]
pub struct Row {
    pub tool_at_1: f64,
    pub tool_at_5: f64,
    pub tool_mrr: f64,
    pub field_at_1: f64,
    pub field_at_5: f64,
    pub field_mrr: f64,
    /// Mean reciprocal rank of the tool when other true producers of the parameter do not count against it.
    pub tool_mrr_filtered: f64,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    pub edges: usize,
}

pub fn measure(source: &Source, relevance: Relevance, top_k: usize) -> Row {
    let ranker = Ranker::new(&source.catalog, relevance, 0);
    let mut row = Row::default();
    let n = source.links.len().max(1) as f64;
    for link in &source.links {
        let (tool, filtered, field) = ranks(&ranker, link, &source.links);
        row.tool_at_1 += f64::from(tool <= 1) / n;
        row.tool_at_5 += f64::from(tool <= 5) / n;
        row.tool_mrr += 1.0 / f64::from(tool) / n;
        row.tool_mrr_filtered += 1.0 / f64::from(filtered) / n;
        row.field_at_1 += f64::from(field <= 1) / n;
        row.field_at_5 += f64::from(field <= 5) / n;
        row.field_mrr += 1.0 / f64::from(field) / n;
    }
    let options = GraphOptions { relevance, top_k, seed: 0 };
    let graph = ToolGraph::from_ranker(&source.catalog, &options, &ranker);
    let edges = pairs(&graph);
    let gold: BTreeSet<(ToolIx, ToolIx)> = source.links.iter().map(|link| (link.from, link.to)).collect();
    let hits = edges.intersection(&gold).count() as f64;
    row.precision = hits / edges.len().max(1) as f64;
    row.recall = hits / gold.len().max(1) as f64;
    row.f1 = if hits > 0.0 { 2.0 * row.precision * row.recall / (row.precision + row.recall) } else { 0.0 };
    row.edges = edges.len();
    row
}

/// Ranks from 1 of the true tool, of the true tool among the false ones, and of the true field.
pub fn ranks(ranker: &Ranker, link: &Link, all: &[Link]) -> (u32, u32, u32) {
    let ranked = ranker.rank_producers(link.to, &link.parameter);
    let also_true: BTreeSet<ToolIx> =
        all.iter().filter(|other| other.to == link.to && other.parameter == link.parameter).map(|other| other.from).collect();
    let mut seen: BTreeSet<ToolIx> = BTreeSet::new();
    let (mut tool, mut filtered) = (u32::MAX, u32::MAX);
    let mut field = u32::MAX;
    for (at, producer) in ranked.iter().enumerate() {
        if seen.insert(producer.tool) && producer.tool == link.from {
            tool = seen.len() as u32;
            filtered = seen.iter().filter(|other| **other == link.from || !also_true.contains(other)).count() as u32;
        }
        if producer.tool == link.from && link.fields.contains(&producer.field) {
            field = at as u32 + 1;
            break;
        }
    }
    (tool, filtered, field)
}

/// Pairs that a graph joins: by data flow where it tells flows apart, by any edge otherwise.
fn pairs(graph: &ToolGraph) -> BTreeSet<(ToolIx, ToolIx)> {
    let flows = |kind: RelationKind| graph.relevance != Relevance::Typed || kind == RelationKind::Feeds;
    let edges = graph.graph.edge_indices().filter(|edge| flows(graph.graph[*edge].kind));
    let mut out = BTreeSet::new();
    for edge in edges {
        let Some((a, b)) = graph.graph.edge_endpoints(edge) else { continue };
        out.insert((a.index(), b.index()));
        if graph.relevance == Relevance::Toolflow {
            out.insert((b.index(), a.index()));
        }
    }
    out
}

/// Each link with the rank of its producer, and what was ranked before it: to see why.
pub fn explain(source: &Source, relevance: Relevance) {
    let ranker = Ranker::new(&source.catalog, relevance, 0);
    for link in &source.links {
        let (tool, filtered, field) = ranks(&ranker, link, &source.links);
        let tools = &source.catalog.tools;
        let p = tools[link.to].parameters.iter().find(|leaf| leaf.pointer == link.parameter);
        let seen = p.map(|leaf| format!("{:?} {:?}", leaf.sem, leaf.entity)).unwrap_or_default();
        println!(
            "{} {:?} -> {} {} [{seen}]: tool {tool} ({filtered}) field {field}",
            tools[link.from].name, link.fields, tools[link.to].name, link.parameter
        );
        let ranked = ranker.rank_producers(link.to, &link.parameter);
        let shown = ranked.iter().enumerate().filter(|(at, p)| *at < 3 || *at + 1 == field as usize && p.tool == link.from);
        for (at, p) in shown {
            let f = tools[p.tool].returns.fields.iter().find(|leaf| leaf.pointer == p.field);
            let seen = f.map(|leaf| format!("{:?} {:?}", leaf.sem, leaf.entity)).unwrap_or_default();
            let s = &p.signals;
            println!(
                "   {:>3} {:.3} {} {}{} [{seen}] text {:.2} name {:.2} entity {:.2} evid {:.2} purp {:.2} verb {:.2} aff {:.2} sem {:.2} echo {:.2}",
                at + 1,
                p.score,
                tools[p.tool].name,
                p.field,
                if p.fits { "" } else { " MISFIT" },
                s.text,
                s.name,
                s.entity,
                s.evidence,
                s.purpose,
                s.verb,
                s.affinity,
                s.sem,
                s.echo
            );
        }
    }
}

/// The joined pairs that gold does not have, and those of gold that are not joined.
pub fn differences(source: &Source) {
    let ranker = Ranker::new(&source.catalog, Relevance::Typed, 0);
    let graph = ToolGraph::from_ranker(&source.catalog, &GraphOptions::default(), &ranker);
    let gold: BTreeSet<(ToolIx, ToolIx)> = source.links.iter().map(|link| (link.from, link.to)).collect();
    for pair in pairs(&graph).symmetric_difference(&gold) {
        let name = |ix: ToolIx| &source.catalog.tools[ix].name;
        let edges = graph.graph.edges_connecting(petgraph::graph::NodeIndex::new(pair.0), petgraph::graph::NodeIndex::new(pair.1));
        let flows: Vec<String> = edges
            .filter(|e| e.weight().kind == RelationKind::Feeds)
            .map(|e| format!("{} {:.2} {:?}", e.weight().witness, e.weight().weight, ranker.because(pair.0, pair.1, &e.weight().witness)))
            .collect();
        println!("  {} {} -> {}  {}", if gold.contains(pair) { "missed" } else { "extra" }, name(pair.0), name(pair.1), flows.join("; "));
    }
}
