//! Does the graph find the links that people and data sets used? Three relevance rules against external gold.
//!
//! For each gold link the rank of the true producer of that parameter among all other tools (and among all their fields), then
//! precision, recall and F1 of the edge set. Gold holds only links that somebody used, so ranks say more than precision.
//!
//! The data lie beside the project (`../shared`); without them the bench says so and passes.

#[path = "graph_gold/measure.rs"]
mod measure;
#[path = "graph_gold/sources.rs"]
mod sources;
#[path = "graph_gold/sweep.rs"]
mod sweep;

use measure::measure;
use std::path::{Path, PathBuf};
use walktalk::catalog::{
    Catalog,
    load::{RawCatalog, read_bytes, read_paths},
};
use walktalk::graph::Relevance;

/// The catalog of some files, as a run would load it; what cannot be read gives no tools.
pub fn catalog(paths: &[PathBuf]) -> Catalog {
    completed(read_paths(paths))
}

/// The catalog of one file that was changed on the way.
pub fn catalog_of(label: &Path, bytes: &[u8]) -> Catalog {
    completed(read_bytes(label, bytes))
}

fn completed(raw: walktalk::error::Result<RawCatalog>) -> Catalog {
    let raw = raw.unwrap_or_else(|error| {
        println!("cannot read: {error}");
        RawCatalog::default()
    });
    Catalog::from_raw(raw)
}

fn main() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let sources = sources::all(&shared);
    if sources.is_empty() {
        println!("skipped: no data in {}", shared.display());
        return;
    }
    println!(
        "{:<22}{:<10}{:>6}{:>7} |{:>6}{:>6}{:>6}{:>8} |{:>6}{:>6}{:>6} |{:>6}{:>6}{:>6}",
        "source", "relevance", "links", "edges", "t@1", "t@5", "tMRR", "filtered", "f@1", "f@5", "fMRR", "P", "R", "F1"
    );
    for source in &sources {
        for relevance in [Relevance::Typed, Relevance::Toolflow, Relevance::Random] {
            let row = measure(source, relevance, 16);
            let name = format!("{relevance:?}").to_lowercase();
            println!(
                "{:<22}{name:<10}{:>6}{:>7} |{:>6.2}{:>6.2}{:>6.2}{:>8.2} |{:>6.2}{:>6.2}{:>6.2} |{:>6.2}{:>6.2}{:>6.3}",
                source.name,
                source.links.len(),
                row.edges,
                row.tool_at_1,
                row.tool_at_5,
                row.tool_mrr,
                row.tool_mrr_filtered,
                row.field_at_1,
                row.field_at_5,
                row.field_mrr,
                row.precision,
                row.recall,
                row.f1
            );
        }
        println!("  {} tools; links not described by the catalog: {}", source.catalog.tools.len(), source.lost.len());
        if std::env::args().any(|arg| arg == "--links") {
            measure::explain(source, Relevance::Typed);
        }
        if std::env::args().any(|arg| arg == "--edges") {
            measure::differences(source);
        }
        if std::env::args().any(|arg| arg == "--lost") {
            source.lost.iter().for_each(|lost| println!("    {lost}"));
        }
    }
    if std::env::args().any(|arg| arg == "--sweep") {
        sweep::sweep(&sources);
    }
}
