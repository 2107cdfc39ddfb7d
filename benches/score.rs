//! How fast are sets scored? `cargo bench --bench score`
//!
//! Prints, for records and for ShareGPT rows of the same dialogues, megabytes of input a second with two threads, and the ratio to reading every
//! row as a JSON tree with two threads: nothing that looks at all of a row can be faster than that.

use rayon::prelude::*;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use walktalk::catalog::Catalog;
use walktalk::dialogue::Dialogue;
use walktalk::error::Error;
use walktalk::formats::read::observe::{self, Judge};
use walktalk::formats::read::stream::Options;
use walktalk::formats::{Conversation, Target};
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::Pipeline;
use walktalk::score::Sketch;
use walktalk::world::Schemas;

const DIALOGUES: u64 = 2_000;
const COPIES: usize = 3;
const RUNS: usize = 3;

fn main() -> Result<(), Error> {
    let _ = rayon::ThreadPoolBuilder::new().num_threads(2).build_global();
    let dialogues = dialogues()?;
    let home = tempfile::tempdir().map_err(Error::output("a folder for the rows"))?;
    for target in [Target::Jsonl, Target::Sharegpt] {
        let path = home.path().join(format!("{}.jsonl", target.name()));
        let text = rows(target, &dialogues);
        std::fs::write(&path, &text).map_err(Error::output(&path))?;
        let megabytes = text.len() as f64 / 1e6;
        let parsed = timed(|| {
            black_box(text.par_lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count());
        });
        let mut scored = 0;
        let seconds = timed(|| scored = score(&path));
        println!(
            "{}: {megabytes:.0} MB, {scored} rows; scored {:.1} MB/s, parsed {:.1} MB/s, ratio {:.2}",
            target.name(),
            megabytes / seconds,
            megabytes / parsed,
            parsed / seconds
        );
    }
    Ok(())
}

fn dialogues() -> Result<Vec<Dialogue>, Error> {
    let catalog = Catalog::open(&[])?;
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let plans = walktalk::plan::load(&[])?;
    let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, 0)?;
    let mut records = Vec::new();
    pipeline.run(0, DIALOGUES, |dialogue, _| {
        records.extend(dialogue);
        Ok(())
    })?;
    Ok(records)
}

/// Each dialogue some times, with an id of its own.
fn rows(target: Target, dialogues: &[Dialogue]) -> String {
    let mut text = String::new();
    for copy in 0..COPIES {
        for dialogue in dialogues {
            let dialogue = Dialogue { id: format!("{}-{copy}", dialogue.id), ..dialogue.clone() };
            let lines: Vec<String> = match target {
                Target::Jsonl => serde_json::to_string(&dialogue).into_iter().collect(),
                _ => target.render(&Conversation::of(&dialogue)).into_iter().flat_map(|made| made.lines).map(|(_, line)| line).collect(),
            };
            for line in lines {
                text.push_str(&line);
                text.push('\n');
            }
        }
    }
    text
}

fn score(path: &PathBuf) -> u64 {
    let idle = Mutex::new(Vec::<Sketch>::new());
    let make = |judged: observe::Judged| {
        let observed = judged.observed();
        let mut sketch = idle.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default();
        sketch.push(&observed);
        if let Ok(mut idle) = idle.lock() {
            idle.push(sketch);
        }
    };
    let tally = observe::judge(std::slice::from_ref(path), Options::default(), &Judge::default(), make, |()| Ok(()));
    black_box(idle.into_inner().map(|sketches| sketches.len()).unwrap_or(0));
    tally.map_or(0, |tally| tally.conversations)
}

/// The best of some runs: others may use the machine as well.
fn timed(mut run: impl FnMut()) -> f64 {
    (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}
