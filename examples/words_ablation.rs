//! What does each layer of words do? Makes the same dialogues with one layer switched off at a time.
//!
//! `cargo run --release --example words_ablation -- [SIZE]` prints a row for each: quality (share of candidates that hold), diversity of
//! user turns (distinct 4-grams, commonest opening, repeats) and their length.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use walktalk::catalog::Catalog;
use walktalk::dialogue::Role;
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::{Pipeline, Tally};
use walktalk::realise::Layers;
use walktalk::world::Schemas;

/// Diversity is taken of so many words, since it falls with length.
const WORDS: usize = 10_000;

fn main() -> Result<(), walktalk::error::Error> {
    let size: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1000);
    let catalog = Catalog::open(&[])?;
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let plans = walktalk::plan::load(&[])?;
    let all = Layers::default();
    let rows = [
        ("all layers", all),
        ("without carriers", Layers { carriers: false, ..all }),
        ("without choice", Layers { choice: false, ..all }),
        ("without persona", Layers { persona: false, ..all }),
        ("without context", Layers { context: false, ..all }),
        ("without subtopics", Layers { subtopics: false, ..all }),
        ("none of them", Layers { carriers: false, choice: false, persona: false, context: false, subtopics: false, ..all }),
    ];
    println!("| layers | candidates that hold | distinct-4 | top opening | repeated turns | median words | dialogues a second |");
    println!("|---|---|---|---|---|---|---|");
    for (name, layers) in rows {
        let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, 1)?.with_layers(layers);
        let start = std::time::Instant::now();
        let mut tally = Tally::default();
        let (mut turns, mut openings) = (Vec::new(), BTreeMap::<String, usize>::new());
        pipeline.run(0, size, |dialogue, own| {
            tally.add(own);
            let texts = dialogue.iter().flat_map(|dialogue| &dialogue.turns).filter(|turn| turn.role == Role::User);
            let texts: Vec<Vec<String>> = texts.map(|turn| words(&turn.text)).collect();
            if let Some(first) = texts.first() {
                *openings.entry(first.iter().take(4).cloned().collect::<Vec<_>>().join(" ")).or_default() += 1;
            }
            turns.extend(texts);
            Ok(())
        })?;
        let speed = size as f64 / start.elapsed().as_secs_f64();
        let held = tally.accepted as f64 / tally.realised.max(1) as f64;
        let top = openings.values().max().copied().unwrap_or(0) as f64 / size as f64;
        let text: Vec<&String> = turns.iter().flatten().take(WORDS).collect();
        let grams: BTreeSet<&[&String]> = text.windows(4).collect();
        let distinct = grams.len() as f64 / text.len().saturating_sub(3).max(1) as f64;
        let mut lengths: Vec<usize> = turns.iter().map(Vec::len).collect();
        lengths.sort_unstable();
        let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
        println!("| {name} | {held:.3} | {distinct:.3} | {:.1}% | {:.1}% | {median} | {speed:.0} |", 100.0 * top, 100.0 * repeats(&turns));
    }
    Ok(())
}

fn words(text: &str) -> Vec<String> {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric() || *c == '\'').collect::<String>().to_lowercase();
    text.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect()
}

/// Share of turns in a thousand that repeat another of that thousand word for word.
fn repeats(turns: &[Vec<String>]) -> f64 {
    let of = |turns: &[Vec<String>]| 1.0 - turns.iter().collect::<BTreeSet<_>>().len() as f64 / turns.len() as f64;
    let whole: Vec<f64> = turns.chunks_exact(1000).map(of).collect();
    whole.iter().sum::<f64>() / whole.len().max(1) as f64
}
