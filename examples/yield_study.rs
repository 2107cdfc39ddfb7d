//! Why are candidates lost? Prints the reasons for which scripts get stuck and dialogues are rejected, with examples.
//!
//! `cargo run --release --example yield_study -- [SIZE] [CATALOG...]`

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use walktalk::catalog::Catalog;
use walktalk::dialogue::{Dialogue, Role};
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::Pipeline;
use walktalk::verify::Verifier;
use walktalk::world::Schemas;

/// Examples shown of each check.
const SHOWN: usize = 4;

fn main() -> Result<(), walktalk::error::Error> {
    let mut arguments = std::env::args().skip(1);
    let size: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(500);
    let paths: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    let catalog = Catalog::open(&paths)?;
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let plans = walktalk::plan::load(&[])?;
    let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, 1)?;
    let verifier = Verifier::new(&catalog);
    let mut stuck: BTreeMap<String, u64> = BTreeMap::new();
    let mut failed: BTreeMap<&str, Vec<(String, Dialogue)>> = BTreeMap::new();
    let mut good = 0;
    for index in 0..size {
        match pipeline.first_candidate(index) {
            Some(Ok(dialogue)) => {
                let report = verifier.verify(&dialogue);
                good += u64::from(report.ok());
                for failure in report.failures {
                    failed
                        .entry(failure.check)
                        .or_default()
                        .push((format!("turn {}: {}", failure.turn, failure.message), dialogue.clone()));
                }
            }
            Some(Err(reason)) => *stuck.entry(format!("{}: {}", reason.stage, reason.reason)).or_default() += 1,
            None => {}
        }
    }
    println!("{good} of {size} first candidates hold; stuck {}", stuck.values().sum::<u64>());
    let mut reasons: Vec<_> = stuck.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (reason, count) in reasons.into_iter().take(25) {
        println!("  {count} × {reason}");
    }
    for (check, failures) in &failed {
        println!("\n## {check}: {}", failures.len());
        for (message, dialogue) in failures.iter().take(SHOWN) {
            println!("- {} ({}) {message}", dialogue.id, dialogue.plan);
            show(dialogue);
        }
    }
    Ok(())
}

fn show(dialogue: &Dialogue) {
    for (number, turn) in dialogue.turns.iter().enumerate().skip(1) {
        match turn.role {
            Role::User => println!("    {number} U {}", turn.text),
            Role::Assistant if turn.calls.is_empty() => println!("    {number} A {}", turn.text),
            Role::Assistant => turn.calls.iter().for_each(|call| println!("    {number} C {} {}", call.tool, call.arguments)),
            Role::Tool => turn.results.iter().for_each(|result| {
                let text: String = result.value.to_string().chars().take(400).collect();
                println!("    {number} R {text}");
            }),
            Role::System => {}
        }
    }
}
