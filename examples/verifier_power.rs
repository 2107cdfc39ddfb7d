//! How much does the verifier catch, what does it cost, and what does it reject? Corrupts verified dialogues in every known way and prints
//! the kill rate of each corruption.
//!
//! `cargo run --release --example verifier_power -- [SIZE] [TRIES] [CATALOG...] [OPTION...]`
//!
//! - `--seed N` (5): of the dialogues. `--mutant-seed N` (9): of the corruptions.
//! - `--plans PATH`: these plans instead of the built-in ones; may be given several times.
//! - `--only NAME`: this corruption alone.
//! - `--survivors N` (0): so many mutants of each corruption that were not caught, with what was changed in them.
//! - `--rejections`: how many first candidates each check rejects, instead of corruptions. `--show N` prints so many of them, and
//!   `--check NAME` only those that this check rejects.
//! - `--timing`: what one verification costs, check by check, instead of corruptions.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use walktalk::catalog::Catalog;
use walktalk::dialogue::{Dialogue, Turn, leaves};
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::Pipeline;
use walktalk::verify::{Verifier, mutate};
use walktalk::world::Schemas;

struct Options {
    size: u64,
    tries: usize,
    paths: Vec<PathBuf>,
    plans: Vec<PathBuf>,
    seed: u64,
    mutant_seed: u64,
    only: Option<String>,
    survivors: usize,
    rejections: bool,
    show: usize,
    check: Option<String>,
    timing: bool,
}

fn main() -> Result<(), walktalk::error::Error> {
    let options = options();
    let catalog = Catalog::open(&options.paths)?;
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let plans = walktalk::plan::load(&options.plans)?;
    let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, options.seed)?;
    let verifier = Verifier::new(&catalog);
    if options.rejections {
        rejections(&pipeline, &verifier, &options);
        return Ok(());
    }
    let mut dialogues = Vec::new();
    pipeline.run(0, options.size, |dialogue, _| {
        dialogues.extend(dialogue);
        Ok(())
    })?;
    println!("{} verified dialogues", dialogues.len());
    if options.timing {
        timing(&dialogues, &verifier)
    } else {
        power(&dialogues, &verifier, &options)
    }
    Ok(())
}

fn options() -> Options {
    let mut options = Options {
        size: 1000,
        tries: 1000,
        paths: Vec::new(),
        plans: Vec::new(),
        seed: 5,
        mutant_seed: 9,
        only: None,
        survivors: 0,
        rejections: false,
        show: 0,
        check: None,
        timing: false,
    };
    let mut plain = 0;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = |default: u64| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(default);
        match argument.as_str() {
            "--seed" => options.seed = number(5),
            "--mutant-seed" => options.mutant_seed = number(9),
            "--survivors" => options.survivors = number(3) as usize,
            "--show" => options.show = number(10) as usize,
            "--rejections" => options.rejections = true,
            "--timing" => options.timing = true,
            "--plans" => options.plans.extend(arguments.next().map(PathBuf::from)),
            "--only" => options.only = arguments.next(),
            "--check" => options.check = arguments.next(),
            text => {
                match (plain, text.parse()) {
                    (0, Ok(size)) => options.size = size,
                    (1, Ok(tries)) => options.tries = tries as usize,
                    _ => options.paths.push(text.into()),
                }
                plain += 1;
            }
        }
    }
    options
}

/// The kill rate of each corruption, and survivors where they are asked for.
fn power(dialogues: &[Dialogue], verifier: &Verifier, options: &Options) {
    println!("{:28} {:>6} {:>7} {:>8}  95% interval", "corruption", "tried", "killed", "rate");
    for (kind, mutation) in mutate::MUTATIONS.iter().enumerate() {
        if options.only.as_deref().is_some_and(|only| only != mutation.name) {
            continue;
        }
        let row = mutate::power_of(kind, dialogues, verifier, options.tries, options.mutant_seed);
        let rate = if row.tried == 0 { 0.0 } else { row.killed as f64 / row.tried as f64 };
        let mark = if rate < 0.99 && row.tried > 0 { "  below 99%" } else { "" };
        println!(
            "{:28} {:>6} {:>7} {:>7.2}%  {:.4}–{:.4}{mark}",
            row.name,
            row.tried,
            row.killed,
            100.0 * rate,
            row.interval.0,
            row.interval.1
        );
        let mutant = |at: usize| Some((at, mutate::mutant(dialogues, mutation, kind, at, options.mutant_seed)?));
        let survivors = (0..options.tries).filter_map(mutant).filter(|(_, mutant)| verifier.verify(mutant).ok());
        if options.survivors > 0 {
            for (at, mutant) in survivors.take(options.survivors) {
                let original = &dialogues[at % dialogues.len()];
                println!("\n## {} survives in {} ({})", mutation.name, mutant.id, mutant.plan);
                changes(original, &mutant).iter().for_each(|change| println!("   CHANGED {change}"));
                print(&mutant);
            }
        }
    }
}

/// What a corruption changed, leaf by leaf where the turns are still the same.
fn changes(before: &Dialogue, after: &Dialogue) -> Vec<String> {
    let mut out = Vec::new();
    if before.turns.len() != after.turns.len() {
        out.push(format!("{} turns, before {}", after.turns.len(), before.turns.len()));
        let gone = before
            .turns
            .iter()
            .enumerate()
            .find(|(at, turn)| after.turns.get(*at).is_none_or(|other| other.text != turn.text || said(other) != said(turn)));
        out.extend(gone.map(|(at, turn)| format!("from turn {at}, before: {}", line(turn))));
        return out;
    }
    for (at, (old, new)) in before.turns.iter().zip(&after.turns).enumerate() {
        if old.text != new.text {
            out.push(format!("turn {at}, before: {}", old.text));
        }
        let pairs = old.calls.iter().zip(&new.calls).map(|(old, new)| (&old.arguments, &new.arguments));
        let pairs = pairs.chain(old.results.iter().zip(&new.results).map(|(old, new)| (&old.value, &new.value)));
        for (old, new) in pairs {
            let (old, new): (BTreeMap<_, _>, BTreeMap<_, _>) = (leaves(old).into_iter().collect(), leaves(new).into_iter().collect());
            for (pointer, value) in &old {
                match new.get(pointer) {
                    Some(other) if other != value => out.push(format!("turn {at} {pointer}: {value} became {other}")),
                    None => out.push(format!("turn {at} {pointer}: {value} is gone")),
                    _ => {}
                }
            }
            out.extend(
                new.iter()
                    .filter(|(pointer, _)| !old.contains_key(*pointer))
                    .map(|(pointer, value)| format!("turn {at} {pointer}: {value} is new")),
            );
        }
        if old.calls.len() != new.calls.len() {
            out.push(format!("turn {at}, before: {}", line(old)));
        }
        for (old, new) in old.calls.iter().zip(&new.calls) {
            if old.tool != new.tool {
                out.push(format!("turn {at}: {} became {}", old.tool, new.tool));
            }
            let moved =
                old.provenance.iter().filter(|(pointer, source)| new.provenance.get(*pointer).is_some_and(|other| other != *source));
            out.extend(moved.map(|(pointer, source)| format!("turn {at} source of {pointer}, before: {source:?}")));
        }
    }
    out
}

fn said(turn: &Turn) -> Vec<String> {
    turn.calls.iter().map(|call| format!("{} {}", call.tool, call.arguments)).collect()
}

fn line(turn: &Turn) -> String {
    let results: Vec<String> = turn.results.iter().map(|result| result.value.to_string().chars().take(700).collect()).collect();
    format!("{:?} {}{}{}", turn.role, turn.text, said(turn).join(" | "), results.join(" | "))
}

fn print(dialogue: &Dialogue) {
    for (number, turn) in dialogue.turns.iter().enumerate() {
        println!("  {number} {}", line(turn));
    }
}

/// How many first candidates each check rejects.
fn rejections(pipeline: &Pipeline, verifier: &Verifier, options: &Options) {
    let (mut made, mut stuck, mut rejected, mut shown) = (0, 0, 0, 0);
    let mut by_check: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for index in 0..options.size {
        let dialogue = match pipeline.first_candidate(index) {
            Some(Ok(dialogue)) => dialogue,
            _ => {
                stuck += 1;
                continue;
            }
        };
        made += 1;
        let report = verifier.verify(&dialogue);
        if report.ok() {
            continue;
        }
        rejected += 1;
        let mut checks: Vec<&str> = report.failures.iter().map(|failure| failure.check).collect();
        checks.sort_unstable();
        checks.dedup();
        for check in &checks {
            let row = by_check.entry(check).or_default();
            row.0 += 1;
            row.1 += u64::from(checks.len() == 1);
        }
        if shown < options.show && options.check.as_deref().is_none_or(|check| checks.contains(&check)) {
            shown += 1;
            println!("\n## {} ({})", dialogue.id, dialogue.plan);
            report.failures.iter().for_each(|failure| println!("   {} in turn {}: {}", failure.check, failure.turn, failure.message));
            print(&dialogue);
        }
    }
    let share = |count: u64| 100.0 * count as f64 / (made.max(1)) as f64;
    println!("\n{made} first candidates ({stuck} more could not be written), {rejected} rejected ({:.2}%)", share(rejected));
    println!("{:22} {:>9} {:>8} {:>7}", "check", "rejected", "share", "alone");
    for (check, (count, alone)) in by_check {
        println!("{check:22} {count:>9} {:>7.2}% {alone:>7}", share(count));
    }
}

/// What a verification costs on one core, and how much of it each check.
fn timing(dialogues: &[Dialogue], verifier: &Verifier) {
    // The tools are compiled when they are first met.
    dialogues.iter().for_each(|dialogue| drop(verifier.verify(dialogue)));
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        dialogues.iter().for_each(|dialogue| drop(verifier.verify(dialogue)));
        best = best.min(start.elapsed());
    }
    let micros = |time: Duration| time.as_secs_f64() * 1e6 / dialogues.len().max(1) as f64;
    println!("one verification: {:.0} µs (best of 3 rounds over all dialogues, one core)", micros(best));
    let mut spent: Vec<(&str, Duration)> = Vec::new();
    for dialogue in dialogues {
        let (mut last, mut part) = (Instant::now(), 0);
        verifier.verify_watched(dialogue, |name| {
            if spent.len() <= part {
                spent.push((name, Duration::ZERO));
            }
            spent[part].1 += last.elapsed();
            (last, part) = (Instant::now(), part + 1);
        });
    }
    println!("{:22} {:>8}", "part", "µs");
    for (name, time) in spent {
        println!("{name:22} {:>8.1}", micros(time));
    }
}
