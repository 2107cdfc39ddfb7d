//! Can quality, diversity and complexity be turned one at a time? The experiment, and its verdict.
//!
//! `cargo run --release --example control_response -- [--size N] [--seeds S] [--targets T] [--catalog PATH,...]... [--parts abc] [--out DIR]`
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
use table::Results;
use walktalk::error::Error;
use walktalk::pipeline::hardness::Pilot;

const USAGE: &str = "usage: control_response [--size N] [--seeds S] [--targets T] [--corrupted N] [--thin N] [--pilot N] [--only PATH,...] [--catalog PATH,...]... \
                     [--blocks FILE] [--parts abc] [--out DIR] [--quick]";

/// What is asked for on the command line.
pub struct Options {
    /// Dialogues of each cell.
    pub size: u64,
    pub seeds: u64,
    /// Targets of part C.
    pub targets: usize,
    /// Dialogues that part A corrupts.
    pub corrupted: usize,
    /// How the control of complexity finds its setting.
    pilot: Pilot,
    /// What the weights of the plans are divided by: the fewer dialogues it takes until each plan had its share, the fewer a cell needs, since
    /// little diversity repeats those.
    thin: u32,
    catalogs: Vec<Vec<PathBuf>>,
    /// Results of an earlier run, whose blocks are not made again.
    blocks: Option<PathBuf>,
    parts: String,
    out: PathBuf,
}

fn main() -> Result<(), Error> {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}\n{USAGE}");
            std::process::exit(2);
        }
    };
    print!("{}", table::markdown(&run(&options)?));
    Ok(())
}

/// The whole experiment; what is known is written after every block, so that a run that is cut off leaves what it has.
pub fn run(options: &Options) -> Result<Results, Error> {
    std::fs::create_dir_all(&options.out).map_err(Error::output(&options.out))?;
    let open = |paths: &Vec<PathBuf>| Ground::open(paths, options.pilot, options.thin);
    let grounds: Vec<Ground> = options.catalogs.iter().map(open).collect::<Result<_, Error>>()?;
    let wants = |part: char| options.parts.contains(part);
    let start = Instant::now();
    let mut results = Results { size: options.size, seeds: options.seeds, ..Results::default() };
    results.catalogs = grounds.iter().map(|ground| (ground.name.clone(), ground.catalog.tools.len())).collect();
    if wants('a') {
        results.sensitivity = Some(sensitivity::run(&grounds[0], options)?);
        said("A", start);
        table::write(&results, &options.out)?;
    }
    if wants('b') {
        let mut made = options.blocks.as_deref().map_or(Ok(Vec::new()), table::earlier)?;
        for seed in 1..=options.seeds {
            for ground in &grounds {
                if made.iter().any(|block| block.catalog == ground.name && block.seed == seed) {
                    continue;
                }
                made.push(factorial::run(ground, seed, options.size)?);
                said(&format!("B: {} of {} blocks", made.len(), grounds.len() * options.seeds as usize), start);
                results.take(&made);
                table::write(&results, &options.out)?;
            }
        }
        results.take(&made);
        results.placebo = Some(factorial::placebo(&grounds[0], &made, options.size.min(64))?);
        if wants('c') {
            results.reach = Some(reach::run(&grounds, &made, options)?);
            said("C", start);
        }
    }
    table::write(&results, &options.out)?;
    Ok(results)
}

fn said(part: &str, start: Instant) {
    eprintln!("{part}: done after {:.0} s", start.elapsed().as_secs_f64());
}

pub fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        size: 1000,
        seeds: 5,
        targets: 50,
        corrupted: 400,
        pilot: Pilot::default(),
        thin: 1,
        catalogs: vec![Vec::new()],
        blocks: None,
        parts: "abc".into(),
        out: "control-response".into(),
    };
    while let Some(name) = arguments.next() {
        if name == "--quick" {
            (options.size, options.seeds, options.targets, options.corrupted) = (8, 1, 1, 20);
            options.pilot = Pilot { dialogues: 8, far: f64::INFINITY };
            continue;
        }
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{name} needs a whole number, and `{value}` is none"));
        let paths = || value.split(',').map(PathBuf::from).collect();
        match name.as_str() {
            "--size" => options.size = number()?.max(8),
            "--seeds" => options.seeds = number()?.max(1),
            "--targets" => options.targets = number()? as usize,
            "--corrupted" => options.corrupted = number()?.max(20) as usize,
            // In the place of the built-in catalogs; `--catalog` is beside them.
            "--only" => options.catalogs = vec![paths()],
            "--catalog" => options.catalogs.push(paths()),
            "--blocks" => options.blocks = Some(value.into()),
            "--thin" => options.thin = number()?.clamp(1, 1000) as u32,
            "--pilot" => options.pilot.dialogues = number()?.max(4),
            "--parts" => options.parts = value.to_lowercase(),
            "--out" => options.out = value.into(),
            _ => return Err(format!("there is no option {name}")),
        }
    }
    Ok(options)
}
