//! Every event of the turn calculus: which plans stage it, how many dialogues have it, which corruptions are aimed at it, how many of
//! those the verifier catches, and by which checks.
//!
//! `cargo run --release --example event_table -- [SIZE] [TRIES] [--seed N]` over the built-in catalogs, or
//! `cargo run --release --example event_table -- --records FILE...`: in how many of these record files each event occurs, and how often.

use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::sync::Arc;
use walktalk::catalog::Catalog;
use walktalk::dialogue::{Dialogue, Event, events};
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::Pipeline;
use walktalk::verify::{Verifier, mutate};
use walktalk::world::Schemas;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "--records") {
        return records(&arguments[1..]);
    }
    let mut seed = 5;
    if let Some(at) = arguments.iter().position(|one| one == "--seed") {
        seed = arguments.get(at + 1).and_then(|text| text.parse().ok()).ok_or("--seed needs a number")?;
        arguments.drain(at..at + 2);
    }
    let number = |at: usize, default: usize| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(default);
    generated(number(0, 2000), number(1, 1000), seed)
}

fn generated(size: usize, tries: usize, seed: u64) -> Result<(), Box<dyn std::error::Error>> {
    let catalog = Catalog::open(&[])?;
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let plans = walktalk::plan::load(&[])?;
    let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, seed)?;
    let verifier = Verifier::new(&catalog);
    let mut dialogues = Vec::new();
    pipeline.run(0, size as u64, |dialogue, _| {
        dialogues.extend(dialogue);
        Ok(())
    })?;
    println!(
        "{} verified dialogues, seed {seed}; up to {tries} tries of each corruption among the dialogues with the event\n",
        dialogues.len()
    );
    println!("| event | plans | dialogues | corruptions | tried | caught | checks |");
    println!("|---|---|---|---|---|---|---|");
    for event in Event::ALL {
        let having: Vec<Dialogue> = dialogues.iter().filter(|dialogue| events(dialogue).contains(event)).cloned().collect();
        let alone = having.iter().filter(|dialogue| dialogue.sequels.is_empty());
        let staged: BTreeSet<&str> = alone.map(|dialogue| dialogue.plan.as_str()).collect();
        let names = mutate::against(*event);
        let (mut tried, mut killed, mut checks) = (0u64, 0u64, BTreeMap::<&'static str, u64>::new());
        for (kind, mutation) in mutate::MUTATIONS.iter().enumerate().filter(|(_, mutation)| names.contains(&mutation.name)) {
            let found: Vec<Option<&'static str>> = (0..tries.min(20 * having.len()))
                .into_par_iter()
                .filter_map(|at| mutate::mutant(&having, mutation, kind, at, seed))
                .map(|mutant| verifier.verify(&mutant).failures.first().map(|failure| failure.check))
                .collect();
            tried += found.len() as u64;
            for check in found.into_iter().flatten() {
                killed += 1;
                *checks.entry(check).or_default() += 1;
            }
        }
        let mut checks: Vec<_> = checks.into_iter().collect();
        checks.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let checks: Vec<&str> = checks.iter().take(4).map(|(check, _)| *check).collect();
        let rate = if tried == 0 { "–".into() } else { format!("{:.1}%", 100.0 * killed as f64 / tried as f64) };
        let shown = having.len();
        println!("| {} | {} | {shown} | {} | {tried} | {rate} | {} |", event.name(), staged.len(), names.join(", "), checks.join(", "));
    }
    Ok(())
}

fn records(files: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let mut counts: BTreeMap<Event, Vec<u64>> = Event::ALL.iter().map(|event| (*event, vec![0; files.len()])).collect();
    for (at, file) in files.iter().enumerate() {
        let mut rows = BufReader::new(std::fs::File::open(file)?).lines();
        rows.try_for_each(|line| -> Result<(), Box<dyn std::error::Error>> {
            for event in events(&serde_json::from_str(&line?)?) {
                counts.entry(event).or_insert_with(|| vec![0; files.len()])[at] += 1;
            }
            Ok(())
        })?;
    }
    println!("| event | files of {} | dialogues | files without it |", files.len());
    println!("|---|---|---|---|");
    for (event, counts) in counts {
        let without: Vec<&str> = files.iter().zip(&counts).filter(|(_, count)| **count == 0).map(|(file, _)| name(file)).collect();
        let (has, sum) = (files.len() - without.len(), counts.iter().sum::<u64>());
        println!("| {} | {has} | {sum} | {} |", event.name(), without.join(", "));
    }
    Ok(())
}

/// The folder that a file of records is in.
fn name(file: &str) -> &str {
    std::path::Path::new(file).parent().and_then(|folder| folder.file_name()).and_then(|name| name.to_str()).unwrap_or(file)
}
