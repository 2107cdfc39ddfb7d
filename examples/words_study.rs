//! Candidates before any is chosen, with the choices behind them: what `scripts/words/fit.py` fits weights on.
//!
//! `cargo run --release --example words_study -- SCHEMA OUTLINES COUNT SEED [FOLDER]`; the first line is the list of choice keys.

use std::io::{BufRead, Write};
use walktalk::catalog::Catalog;
use walktalk::realise::words::{Engine, OutlineTurn, Tables};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [schema, outlines, count, seed, rest @ ..] = arguments.as_slice() else { return Err("SCHEMA OUTLINES COUNT SEED [FOLDER]".into()) };
    let catalog = Catalog::open_services(&[schema.into()])?;
    let mut tables = Tables::default();
    if let Some(folder) = rest.first() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
                tables.files.insert(name.to_owned(), std::fs::read_to_string(&path)?);
            }
        }
    }
    let mut engine = Engine::with_tables(&catalog, &tables)?;
    let file = std::io::BufReader::new(std::fs::File::open(outlines)?);
    let turns: Vec<OutlineTurn> =
        file.lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect::<Result<_, Box<dyn std::error::Error>>>()?;
    engine.learn(&turns);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", serde_json::to_string(engine.choice_keys())?)?;
    let mut failed = Ok(());
    engine.study(&turns, seed.parse()?, count.parse()?, |at, profile, worded, trace| {
        let line = serde_json::json!({"at": at, "profile": profile, "text": worded.text, "values": worded.values, "trace": trace});
        if failed.is_ok() {
            failed = writeln!(out, "{line}");
        }
    });
    Ok(failed?)
}
