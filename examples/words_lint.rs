//! Lints the words of many dialogues: raw identifiers, spaces, articles, plurals, agreement, quotes.
//!
//! `cargo run --release --example words_lint -- [SIZE] [CATALOG...]` prints how often each lint fires, with examples. Without a catalog
//! it is the built-in ones. Text that is a value (the user's own words, what a result holds) is left out where the record knows its place.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use walktalk::catalog::Catalog;
use walktalk::dialogue::{Dialogue, Provenance, Role, leaves};
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::Pipeline;
use walktalk::world::Schemas;

/// Examples shown of each lint.
const SHOWN: usize = 5;

fn main() -> Result<(), walktalk::error::Error> {
    let mut arguments = std::env::args().skip(1);
    let size: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1000);
    let paths: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    let catalog = Catalog::open(&paths)?;
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let plans = walktalk::plan::load(&[])?;
    let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, 1)?;
    let mut found: BTreeMap<&str, (u64, Vec<String>)> = BTreeMap::new();
    let (mut dialogues, mut turns) = (0u64, 0u64);
    pipeline.run(0, size, |dialogue, _| {
        let Some(dialogue) = dialogue else { return Ok(()) };
        dialogues += 1;
        for (at, turn) in dialogue.turns.iter().enumerate().filter(|(_, turn)| !turn.text.is_empty() && turn.role != Role::System) {
            turns += 1;
            if let Some(fault) = walktalk::realise::fault(&turn.text, &values(&dialogue, at, &turn.text)) {
                let (count, shown) = found.entry(fault).or_default();
                *count += 1;
                if shown.len() < SHOWN {
                    shown.push(format!("{} turn {at}: {}", dialogue.id, turn.text));
                }
            }
        }
        Ok(())
    })?;
    println!("{dialogues} dialogues, {turns} turns, {} faults", found.values().map(|(count, _)| count).sum::<u64>());
    for (fault, (count, shown)) in found {
        println!("{fault}: {count}");
        for line in shown {
            println!("    {line}");
        }
    }
    Ok(())
}

/// Where the values of arguments and results stand in a turn.
fn values(dialogue: &Dialogue, at: usize, text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    for call in dialogue.calls() {
        for provenance in call.provenance.values().flat_map(Provenance::all) {
            if let Provenance::UserTurn { turn, span } | Provenance::AssistantOffer { turn, span } = provenance
                && *turn == at
            {
                out.push(span.start..span.end);
            }
        }
    }
    let told = dialogue.turns.iter().flat_map(|turn| &turn.results).map(|result| &result.value);
    let asked = dialogue.calls().map(|call| &call.arguments);
    for (_, value) in told.chain(asked).flat_map(leaves) {
        if let Some(words) = value.as_str().filter(|words| words.len() > 2) {
            out.extend(text.match_indices(words).map(|(start, words)| start..start + words.len()));
        }
    }
    out.sort_by_key(|span| (span.start, usize::MAX - span.end));
    let mut end = 0;
    out.retain(|span| {
        let free = span.start >= end;
        end = if free { span.end } else { end };
        free
    });
    out
}
