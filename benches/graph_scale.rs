//! How long does the graph of a large catalog take? Real tools of all published formats, repeated under new names until there are
//! 16,000 (or as many as the first argument says); words of names and descriptions are varied, so that few leaves stay the same.
//!
//! Prints wall time and the processor time of the process: on a machine that is busy with other things, processor time divided by
//! two is the time on two free cores. The data lie beside the project; without them the bench says so and passes.

use std::path::{Path, PathBuf};
use std::time::Instant;
use walktalk::catalog::{Catalog, RawTool, build::build_all, load::read_paths};
use walktalk::graph::walk::Walker;
use walktalk::graph::{GraphOptions, Ranker, RelationKind, Relevance, ToolGraph};
use walktalk::seed::{Stage, stream};

fn main() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real-data");
    let wanted = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(16_000);
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&data).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    let raws: Vec<RawTool> = folders.into_iter().filter_map(|folder| read_paths(&[folder]).ok()).flat_map(|raw| raw.tools).collect();
    if raws.is_empty() {
        println!("skipped: no data in {}", data.display());
        return;
    }
    let catalog = timed("inference", || enlarged(&raws, wanted));
    let leaves = catalog.tools.iter().map(|tool| (tool.parameters.len(), tool.returns.fields.len()));
    let (parameters, fields) = leaves.fold((0, 0), |(p, f), (a, b)| (p + a, f + b));
    println!("{} tools, {parameters} parameters, {fields} result fields, {} threads", catalog.tools.len(), rayon::current_num_threads());
    for relevance in [Relevance::Typed, Relevance::Random] {
        let options = GraphOptions { relevance, ..GraphOptions::default() };
        let ranker = timed(&format!("{relevance:?}: features"), || Ranker::new(&catalog, relevance, 0));
        let graph = timed(&format!("{relevance:?}: edges"), || ToolGraph::from_ranker(&catalog, &options, &ranker));
        for kind in [RelationKind::Feeds, RelationKind::Shares, RelationKind::Precedes, RelationKind::Near] {
            println!("  {kind:?}: {}", graph.graph.edge_weights().filter(|relation| relation.kind == kind).count());
        }
        if relevance == Relevance::Typed {
            walks(&graph, &catalog);
        }
    }
}

/// How fast plain walks are on this graph, on one core, and how evenly walks of every motif visit its tools.
fn walks(graph: &ToolGraph, catalog: &Catalog) {
    let walker = timed("frozen for walks", || Walker::new(graph, catalog));
    let tools = catalog.tools.len();
    let start = Instant::now();
    let mut rng = stream(1, 0, Stage::Walk, 0);
    // A walk that ends where nothing is fed starts again at the next tool.
    let steps: usize = (0..32 * tools).map(|walk| walker.stroll(walk % tools, 8, &mut rng)).sum();
    println!("plain walks: {:.1} million steps/s on one core", steps as f64 / start.elapsed().as_secs_f64() / 1e6);
    let visits = timed("walks of every motif", || walker.spread(1));
    println!(
        "  {} walks visit {} of {} tools that can be joined ({tools} in all): most {:.4}%, median {:.4}%, ratio {:.1}, Gini {:.3}, effective {:.0}",
        visits.walks,
        visits.visited,
        visits.able,
        100.0 * visits.most,
        100.0 * visits.median,
        visits.most / visits.median,
        visits.gini,
        visits.effective
    );
}

/// The tools again and again; each round says some words in its own way.
fn enlarged(raws: &[RawTool], wanted: usize) -> Catalog {
    let mut all = Vec::with_capacity(wanted);
    for round in 0.. {
        for raw in raws.iter().take(wanted - all.len()) {
            let mut raw = raw.clone();
            if round > 0 {
                raw.name = format!("{}_{round}", raw.name);
                raw.domain = format!("{}_{round}", raw.domain);
                raw.description = format!("{} In region {round}.", raw.description);
                vary(&mut raw.parameters, round);
                raw.returns.iter_mut().for_each(|returns| vary(returns, round));
            }
            all.push(raw);
        }
        if all.len() >= wanted {
            break;
        }
    }
    Catalog { tools: build_all(all).0, ..Catalog::default() }
}

fn vary(schema: &mut serde_json::Value, round: usize) {
    match schema {
        serde_json::Value::Object(map) => {
            if let Some(serde_json::Value::String(text)) = map.get_mut("description") {
                text.push_str(&format!(" As of edition {round}."));
            }
            map.values_mut().for_each(|value| vary(value, round));
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(|value| vary(value, round)),
        _ => {}
    }
}

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let (wall, processor) = (Instant::now(), processor_seconds());
    let out = run();
    println!("{what}: {:.1} s wall, {:.1} s processor", wall.elapsed().as_secs_f64(), processor_seconds() - processor);
    out
}

/// User and system time of this process, where the system tells it.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().filter_map(|field| field.parse().ok()).collect();
    // After the state letter the numbers begin with the parent's id; user and system time are the eleventh and twelfth.
    fields.get(10).zip(fields.get(11)).map_or(0.0, |(user, system)| (user + system) / 100.0)
}
