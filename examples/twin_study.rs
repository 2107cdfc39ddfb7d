//! Which faults are there to be planted, and how often? Makes dialogues over the built-in catalogs (or those given), and twins of each kind
//! of each; prints how many dialogues have one, how many are taken, and a few with their contexts.
//!
//! `cargo run --release --example twin_study -- [SIZE] [--show FAULT] [CATALOG...]`

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use walktalk::catalog::Catalog;
use walktalk::dialogue::{Dialogue, Turn};
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::Pipeline;
use walktalk::twin::{Fault, PER_DIALOGUE, Twin, Twins};
use walktalk::world::Schemas;

/// Twins shown of one kind.
const SHOWN: usize = 12;

fn main() -> Result<(), walktalk::error::Error> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let show = arguments.iter().position(|one| one == "--show").map(|at| arguments.drain(at..(at + 2).min(arguments.len())).last());
    let show = show.flatten();
    let size: u64 = arguments.first().and_then(|text| text.parse().ok()).unwrap_or(500);
    let paths: Vec<PathBuf> = arguments.into_iter().skip(1).map(PathBuf::from).collect();
    let catalog = Catalog::open(&paths)?;
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let plans = walktalk::plan::load(&[])?;
    let schemas = Arc::new(Schemas::new(&catalog));
    let pipeline = Pipeline::new(&catalog, &graph, schemas.clone(), &plans, 7)?;
    let mut dialogues = Vec::new();
    let start = std::time::Instant::now();
    pipeline.run(0, size, |dialogue, _| {
        dialogues.extend(dialogue);
        Ok(())
    })?;
    println!("{} dialogues in {:.1?}", dialogues.len(), start.elapsed());
    let twins = Twins::new(&catalog, schemas, 7);
    let start = std::time::Instant::now();
    let mut taken: BTreeMap<Fault, u64> = BTreeMap::new();
    let mut per_dialogue: BTreeMap<usize, u64> = BTreeMap::new();
    for dialogue in &dialogues {
        let made = twins.of(dialogue, PER_DIALOGUE);
        *per_dialogue.entry(made.len()).or_default() += 1;
        for twin in made {
            *taken.entry(twin.fault).or_default() += 1;
        }
    }
    println!("twins of them in {:.1?} on one core; twins a dialogue: {per_dialogue:?}", start.elapsed());
    let all: u64 = taken.values().sum();
    println!("\n{:18} {:>9} {:>7} {:>7}   checks that prove it", "fault", "possible", "taken", "share");
    for fault in Fault::ALL {
        let made: Vec<Twin> = dialogues.iter().filter_map(|dialogue| twins.with(dialogue, fault)).collect();
        let mut checks: BTreeMap<&str, u64> = BTreeMap::new();
        for twin in &made {
            *checks.entry(&twin.proof.check).or_default() += 1;
        }
        let count = taken.get(&fault).copied().unwrap_or(0);
        println!("{:18} {:9} {:7} {:6.1}%   {checks:?}", fault.name(), made.len(), count, 100.0 * count as f64 / all.max(1) as f64);
        if show.as_deref() == Some(fault.name()) {
            let step = (made.len() / SHOWN).max(1);
            made.iter().step_by(step).take(SHOWN).for_each(|twin| print(twin, &dialogues));
        }
    }
    Ok(())
}

fn print(twin: &Twin, dialogues: &[Dialogue]) {
    let Some(dialogue) = dialogues.iter().find(|dialogue| dialogue.id == twin.dialogue) else { return };
    println!("\n== {} {}\n   {}: {}", twin.id, twin.reason, twin.proof.check, twin.proof.message);
    let line = |turn: &Turn| {
        let calls: Vec<String> = turn.calls.iter().map(|call| format!("{}({})", call.tool, call.arguments)).collect();
        let results: Vec<String> = turn.results.iter().map(|result| result.value.to_string().chars().take(400).collect()).collect();
        format!("{}{}{}", turn.text, calls.join("; "), results.join("; "))
    };
    let from = twin.turn.saturating_sub(4);
    for turn in &dialogue.turns[from.max(1)..twin.turn] {
        println!("   {:9} {}", format!("{:?}", turn.role).to_lowercase(), line(turn));
    }
    println!("   + {}\n   - {}", line(&twin.chosen), line(&twin.rejected));
}
