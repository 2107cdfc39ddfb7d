//! How much does the verifier catch? Corrupts verified dialogues in every known way and prints the kill rate of each corruption.
//!
//! `cargo run --release --example verifier_power -- [SIZE] [TRIES] [CATALOG...]`

use std::path::PathBuf;
use std::sync::Arc;
use walktalk::catalog::Catalog;
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::Pipeline;
use walktalk::verify::{Verifier, mutate};
use walktalk::world::Schemas;

fn main() -> Result<(), walktalk::error::Error> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: u64| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (size, tries) = (number(1000), number(1000) as usize);
    let paths: Vec<PathBuf> = std::env::args().skip(3).map(PathBuf::from).collect();
    let catalog = Catalog::open(&paths)?;
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let plans = walktalk::plan::load(&[])?;
    let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, 5)?;
    let mut dialogues = Vec::new();
    pipeline.run(0, size, |dialogue, _| {
        dialogues.extend(dialogue);
        Ok(())
    })?;
    println!("{} verified dialogues", dialogues.len());
    println!("{:28} {:>6} {:>7} {:>8}  95% interval", "corruption", "tried", "killed", "rate");
    for row in mutate::power(&dialogues, &Verifier::new(&catalog), tries, 9) {
        let rate = if row.tried == 0 { 0.0 } else { row.killed as f64 / row.tried as f64 };
        println!("{:28} {:>6} {:>7} {:>7.2}%  {:.4}–{:.4}", row.name, row.tried, row.killed, 100.0 * rate, row.interval.0, row.interval.1);
    }
    show_survivors(&dialogues, &Verifier::new(&catalog), tries);
    Ok(())
}

/// One mutant of each kind that was not caught, when SURVIVORS is set.
fn show_survivors(dialogues: &[walktalk::dialogue::Dialogue], verifier: &Verifier, tries: usize) {
    if std::env::var_os("SURVIVORS").is_none() {
        return;
    }
    for (kind, mutation) in mutate::MUTATIONS.iter().enumerate() {
        let survivors =
            (0..tries).filter_map(|at| mutate::mutant(dialogues, mutation, kind, at, 9)).filter(|mutant| verifier.verify(mutant).ok());
        for mutant in survivors.take(3) {
            println!("\n## {} survives in {}", mutation.name, mutant.id);
            for (number, turn) in mutant.turns.iter().enumerate().skip(1) {
                let calls: Vec<String> = turn.calls.iter().map(|call| format!("{} {}", call.tool, call.arguments)).collect();
                let results: Vec<String> = turn.results.iter().map(|result| result.value.to_string().chars().take(300).collect()).collect();
                println!("  {number} {:?} {}{}{}", turn.role, turn.text, calls.join(" | "), results.join(" | "));
            }
        }
    }
}
