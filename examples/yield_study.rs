//! Why are candidates lost? Prints the yield of every plan, the reasons for which scripts get stuck and those for which they hold in no
//! words, with examples.
//!
//! `cargo run --release --example yield_study -- [SIZE] [--plan NAME,...] [CATALOG...]`

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
const SHOWN: usize = 12;

fn main() -> Result<(), walktalk::error::Error> {
    let mut arguments = std::env::args().skip(1);
    let size: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(500);
    let mut rest: Vec<String> = arguments.collect();
    let wanted: Vec<String> = match rest.iter().position(|one| one == "--plan") {
        Some(at) => rest
            .drain(at..(at + 2).min(rest.len()))
            .skip(1)
            .flat_map(|names| names.split(',').map(String::from).collect::<Vec<_>>())
            .collect(),
        None => Vec::new(),
    };
    let paths: Vec<PathBuf> = rest.into_iter().map(PathBuf::from).collect();
    let catalog = Catalog::open(&paths)?;
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let mut plans = walktalk::plan::load(&[])?;
    plans.retain(|plan| wanted.is_empty() || wanted.contains(&plan.name));
    let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, 1)?;
    let verifier = Verifier::new(&catalog);
    let mut stuck: BTreeMap<String, u64> = BTreeMap::new();
    let mut failed: BTreeMap<&str, Vec<(String, Dialogue)>> = BTreeMap::new();
    let (mut good, mut first) = (0, 0);
    // Tried, stuck and rejected, by plan.
    let mut by_plan: BTreeMap<&str, [u64; 3]> = BTreeMap::new();
    for index in 0..size {
        let of_plan = by_plan.entry(pipeline.plan(index).map_or("", |plan| &plan.name)).or_default();
        of_plan[0] += 1;
        match pipeline.first_wordings(index) {
            Some(Ok(wordings)) => {
                let reports: Vec<_> = wordings.into_iter().map(|dialogue| (verifier.verify(&dialogue), dialogue)).collect();
                first += u64::from(reports.first().is_some_and(|(report, _)| report.ok()));
                let held = reports.iter().position(|(report, _)| report.ok());
                let Some((report, dialogue)) = reports.into_iter().nth(held.unwrap_or(0)) else { continue };
                good += u64::from(report.ok());
                of_plan[2] += u64::from(!report.ok());
                for failure in report.failures {
                    failed
                        .entry(failure.check)
                        .or_default()
                        .push((format!("turn {}: {}", failure.turn, failure.message), dialogue.clone()));
                }
            }
            Some(Err(reason)) => {
                of_plan[1] += 1;
                *stuck.entry(format!("{}: {}", reason.stage, reason.reason)).or_default() += 1;
            }
            None => {}
        }
    }
    let written = size - stuck.values().sum::<u64>();
    println!("{written} of {size} first scripts were written; {first} hold in the first words, {good} in some words");
    for (plan, [tried, stuck, rejected]) in &by_plan {
        let yields = (tried - stuck - rejected) as f64 / *tried as f64;
        println!("  {plan:<24} {yields:.2} of {tried}: {stuck} stuck, {rejected} rejected");
    }
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
