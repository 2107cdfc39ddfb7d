//! How many rows does it take? Covering arrays of the size that is quoted for comparison, and the design of the default run.
//!
//! `cargo run --release --example cover_study -- [SEEDS]`

use std::sync::Arc;
use std::time::Instant;
use walktalk::catalog::Catalog;
use walktalk::cover::{Cover, Factor, Space, array};
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::Pipeline;
use walktalk::world::Schemas;

/// Twenty factors with 2,386 pairs and 50,470 triples of levels, 5.9e10 rows in all.
const SIZES: [usize; 20] = [6, 6, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3];
/// Dialogues after which a design counts as one that does not get there.
const PATIENCE: u64 = 3000;

fn main() -> Result<(), walktalk::error::Error> {
    let seeds: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(5);
    let factor = |(at, size): (usize, &usize)| Factor::new(format!("f{at}"), (0..*size).map(|level| (format!("l{level}"), 1)));
    let space = Space::new(SIZES.iter().enumerate().map(factor).collect()).unwrap_or_default();
    println!("strength  combinations  seed  rows  seconds");
    for strength in [2, 3] {
        let feasible = Cover::new(space.clone(), strength, 0).covered().0;
        for seed in 0..seeds {
            let start = Instant::now();
            let rows = array(&space, strength, seed).len();
            println!("{strength:8}  {feasible:12}  {seed:4}  {rows:4}  {:.2}", start.elapsed().as_secs_f64());
        }
    }
    let catalog = Catalog::open(&[])?;
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let plans = walktalk::plan::load(&[])?;
    let schemas = Arc::new(Schemas::new(&catalog));
    println!("\nthe default run\nseed  combinations  new in  complete after  seconds");
    for seed in 0..seeds {
        let pipeline = Pipeline::new(&catalog, &graph, schemas.clone(), &plans, seed)?;
        let start = Instant::now();
        let mut cover = pipeline.counter();
        for index in 0..PATIENCE {
            let Some(scenario) = pipeline.scenario(index).filter(|_| !cover.is_complete()) else { break };
            let level = |factor: &Factor| scenario.get(&factor.name).and_then(|level| factor.level(level));
            if let Some(row) = cover.space().factors.iter().map(level).collect::<Option<Vec<usize>>>() {
                cover.take(&row);
            }
        }
        let after = cover.complete_after.map_or("never".to_string(), |rows| rows.to_string());
        println!("{seed:4}  {:12}  {:6}  {after:>14}  {:.2}", cover.covered().0, cover.floor, start.elapsed().as_secs_f64());
    }
    Ok(())
}
