//! Can quality, diversity and complexity be turned one at a time? The experiment, and its verdict.
//!
//! `cargo run --release --example control_response -- [--size N] [--seeds S] [--targets T] [--catalog PATH,...]... [--parts abcde] [--out DIR]`
//!
//! A: each measure against graded corruptions of a good set. B: a 3 × 3 × 3 factorial of the controls in every catalog with every seed; the
//! matrix of effects with intervals, and what equivalence tests say of the cross-terms. C: targets that are to be hit in one shot. D: a
//! baseline that chooses from the same rows by one product of scores, which has to fail. E: the verdict again with measures that nothing reads.
//!
//! Writes `control.json`, `control.md` and `control.svg` into the folder (`control-response` by default). `--quick` is a smoke test of all of it
//! with sizes at which no verdict means anything.

mod corrupt;
mod entangled;
mod factorial;
mod ground;
mod measure;
mod plot;
mod reach;
mod sensitivity;
mod surgery;
mod table;

use ground::Ground;
use std::path::PathBuf;
use std::time::Instant;
use walktalk::error::Error;

/// What is asked for on the command line.
pub struct Options {
    /// Dialogues of each cell.
    pub size: u64,
    pub seeds: u64,
    /// Targets of part C.
    pub targets: usize,
    /// Dialogues that part A corrupts.
    pub corrupted: usize,
    catalogs: Vec<Vec<PathBuf>>,
    parts: String,
    out: PathBuf,
}

fn main() -> Result<(), Error> {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!(
                "{message}\nusage: control_response [--size N] [--seeds S] [--targets T] [--corrupted N] [--catalog PATH,...]... [--parts abcde] [--out DIR] [--quick]"
            );
            std::process::exit(2);
        }
    };
    std::fs::create_dir_all(&options.out).map_err(Error::output(&options.out))?;
    let grounds: Vec<Ground> = options.catalogs.iter().map(|paths| Ground::open(paths)).collect::<Result<_, Error>>()?;
    let wants = |part: char| options.parts.contains(part);
    let start = Instant::now();
    let mut results = table::Results { size: options.size, seeds: options.seeds, ..table::Results::default() };
    results.catalogs = grounds.iter().map(|ground| (ground.name.clone(), ground.catalog.tools.len())).collect();
    if wants('a') {
        results.sensitivity = Some(sensitivity::run(&grounds[0], &options)?);
        said("A", start);
        table::write(&results, &options.out)?;
    }
    if wants('b') {
        let made =
            factorial::run(&grounds, &options, &|done, of| eprintln!("B: {done} of {of} blocks, {:.0} s", start.elapsed().as_secs_f64()))?;
        results.take(&made);
        results.placebo = Some(factorial::placebo(&grounds[0], &made, options.size.min(64))?);
        said("B, D and E", start);
        table::write(&results, &options.out)?;
        if wants('c') {
            results.reach = Some(reach::run(&grounds, &made, &options)?);
            said("C", start);
        }
    }
    table::write(&results, &options.out)?;
    print!("{}", table::markdown(&results));
    Ok(())
}

fn said(part: &str, start: Instant) {
    eprintln!("{part}: done after {:.0} s", start.elapsed().as_secs_f64());
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        size: 1000,
        seeds: 5,
        targets: 50,
        corrupted: 400,
        catalogs: vec![Vec::new()],
        parts: "abc".into(),
        out: "control-response".into(),
    };
    while let Some(name) = arguments.next() {
        if name == "--quick" {
            (options.size, options.seeds, options.targets, options.corrupted) = (24, 2, 2, 40);
            continue;
        }
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{name} needs a whole number, and `{value}` is none"));
        match name.as_str() {
            "--size" => options.size = number()?.max(8),
            "--seeds" => options.seeds = number()?.max(1),
            "--targets" => options.targets = number()? as usize,
            "--corrupted" => options.corrupted = number()?.max(20) as usize,
            "--catalog" => options.catalogs.push(value.split(',').map(PathBuf::from).collect()),
            "--parts" => options.parts = value.to_lowercase(),
            "--out" => options.out = value.into(),
            _ => return Err(format!("there is no option {name}")),
        }
    }
    Ok(options)
}
