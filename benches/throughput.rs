//! How fast are walks and dialogues? `cargo bench --bench throughput`
//!
//! Prints medians of five runs: steps a second of plain walks on a synthetic graph of 16,384 tools (one core), whole dialogues a second
//! (all cores: walk, script, words, proof, record and exports), and the ratio of that to only serialising the same records.

use petgraph::graph::DiGraph;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;
use walktalk::catalog::{Catalog, RawTool, build};
use walktalk::graph::walk::Walker;
use walktalk::graph::{GraphOptions, Motif, Relation, RelationKind, Relevance, ToolGraph, Witness};
use walktalk::pipeline::Pipeline;
use walktalk::seed::{Stage, stream};
use walktalk::world::Schemas;

const RUNS: usize = 5;
const TOOLS: usize = 16_384;
const DEGREE: usize = 16;
const DIALOGUES: u64 = 1_000;

fn main() -> Result<(), walktalk::error::Error> {
    walks();
    dialogues()
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

fn timed(mut run: impl FnMut()) -> f64 {
    median(
        (0..RUNS)
            .map(|_| {
                let start = Instant::now();
                run();
                start.elapsed().as_secs_f64()
            })
            .collect(),
    )
}

fn walks() {
    let raw = RawTool {
        name: "t".into(),
        description: "A tool.".into(),
        parameters: serde_json::json!({"type": "object", "properties": {}}),
        ..RawTool::default()
    };
    let Ok(tool) = build::build(raw) else { return };
    let catalog = Catalog { tools: vec![tool; TOOLS], ..Catalog::default() };
    let mut graph = DiGraph::with_capacity(TOOLS, TOOLS * DEGREE);
    let nodes: Vec<_> = (0..TOOLS).map(|tool| graph.add_node(tool)).collect();
    for from in 0..TOOLS {
        for edge in 0..DEGREE {
            // Squares crowd the low numbers: hubs, as real catalogs have them.
            let spread = (from * 2_654_435_761 + edge * 40_503) % TOOLS;
            let to = spread * spread / TOOLS;
            let witness = Witness::Flow { field: "/x".into(), parameter: format!("/p{edge}") };
            graph.add_edge(nodes[from], nodes[to], Relation { kind: RelationKind::Feeds, weight: 1.0 / (edge + 1) as f32, witness });
        }
    }
    let graph = ToolGraph { graph, relevance: Relevance::Typed };
    let walker = Walker::new(&graph, &catalog);
    let mut steps = 0;
    let seconds = timed(|| {
        let mut rng = stream(1, 0, Stage::Walk, 0);
        steps = (0..TOOLS * 16).map(|walk| walker.stroll(walk % TOOLS, 8, &mut rng)).sum();
        black_box(steps);
    });
    println!("plain walks of 8 steps, {TOOLS} tools: {:.1} million steps/s on one core", steps as f64 / seconds / 1e6);
    let count = 20_000;
    let seconds = timed(|| {
        for occurrence in 0..count {
            let mut rng = stream(1, occurrence, Stage::Walk, 0);
            let anchor = walker.anchor(Motif::Chain, 8..=8, 1, occurrence);
            black_box(anchor.and_then(|anchor| walker.walk(Motif::Chain, 8..=8, anchor, &mut rng)));
        }
    });
    println!("chains of 8 through an anchor, with links: {:.2} million steps/s on one core", (count * 8) as f64 / seconds / 1e6);
    let corrected = spread(&walker.visits(Motif::Chain, 3..=3, 1, 50_000));
    println!("visits of 50,000 chains of 3: effective tools {:.0} of {TOOLS}, most visited {:.4}%", corrected.0, 100.0 * corrected.1);
    let mut plain = vec![0u64; TOOLS];
    let mut rng = stream(1, 0, Stage::Walk, 0);
    for walk in 0..50_000 {
        use rand::RngExt;
        let mut at = nodes[walk % TOOLS];
        for _ in 0..3 {
            plain[at.index()] += 1;
            let next: Vec<_> = graph.graph.neighbors(at).collect();
            at = next[rng.random_range(0..next.len())];
        }
    }
    let plain = spread(&plain);
    println!("the same with uniform neighbours: effective tools {:.0}, most visited {:.4}%", plain.0, 100.0 * plain.1);
}

/// Exp of the entropy of the visits, and the share of the most visited.
fn spread(visits: &[u64]) -> (f64, f64) {
    let total: u64 = visits.iter().sum();
    let shares = visits.iter().filter(|count| **count > 0).map(|count| *count as f64 / total as f64);
    let entropy: f64 = shares.clone().map(|share| -share * share.ln()).sum();
    (entropy.exp(), shares.fold(0.0, f64::max))
}

fn dialogues() -> Result<(), walktalk::error::Error> {
    let catalog = Catalog::open(&[])?;
    let start = Instant::now();
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    println!("graph of {} tools: {:.2} s", catalog.tools.len(), start.elapsed().as_secs_f64());
    let plans = walktalk::plan::load(&[])?;
    let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, 0)?;
    let mut records = Vec::new();
    let made = timed(|| {
        records.clear();
        let _ = pipeline.run(0, DIALOGUES, |dialogue, _| {
            if let Some(dialogue) = dialogue {
                black_box(serde_json::to_string(&dialogue).map(|line| line.len()).unwrap_or(0));
                records.push(dialogue);
            }
            Ok(())
        });
    });
    let written = timed(|| {
        for record in &records {
            black_box(serde_json::to_string(record).map(|line| line.len()).unwrap_or(0));
        }
    });
    let (made, written) = (records.len() as f64 / made, records.len() as f64 / written);
    println!("dialogues, all cores: {made:.0}/s; only serialising the same records, one core: {written:.0}/s; ratio {:.3}", made / written);
    Ok(())
}
