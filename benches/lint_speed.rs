//! How many tools a second are checked, without the graph and with it, and what the rules cost beside the reading?
//!
//! Tools of the built-in catalogs under new names and with varied words, as OpenAI tools in one JSON file of 10,000 (or as many as
//! the first argument says). Prints wall time and the processor time of the process: on a machine that is busy with other things, processor
//! time divided by two is the time on two free cores. The ratios are to parsing the same file as JSON and nothing else, which is the same
//! work whatever the linter does.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Instant;
use walktalk::catalog::load::{read_paths, survey};
use walktalk::lint::{Settings, check};

fn main() {
    let wanted = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(10_000);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tool-catalogs");
    let catalog = match read_paths(&[folder]) {
        Ok(catalog) => catalog,
        Err(error) => return println!("skipped: {error}"),
    };
    let one = |index: usize| {
        let tool = &catalog.tools[index % catalog.tools.len()];
        let description = format!("{} It is number {index} of its kind.", tool.description);
        json!({"name": format!("{}_{index}", tool.name), "description": description, "parameters": tool.parameters, "returns": tool.returns})
    };
    let tools: Vec<Value> = (0..wanted).map(one).collect();
    let Ok(file) = tempfile::Builder::new().suffix(".json").tempfile() else { return println!("skipped: no temporary file") };
    let path: PathBuf = file.path().to_owned();
    if std::fs::write(&path, Value::from(tools).to_string()).is_err() {
        return println!("skipped: the temporary file cannot be written");
    }
    let paths = [path];
    let timed = |what: &str, work: &dyn Fn() -> usize| {
        let (start, before) = (Instant::now(), processor_seconds());
        let count = work();
        let (wall, busy) = (start.elapsed().as_secs_f64(), processor_seconds() - before);
        println!("{what:28} {wall:7.2} s wall  {busy:7.2} s processor  {:9.0} tools/s on two cores  ({count})", 2.0 * wanted as f64 / busy);
        busy
    };
    println!("{wanted} tools, {} threads", rayon::current_num_threads());
    let text = std::fs::read_to_string(&paths[0]).unwrap_or_default();
    let parsing =
        timed("parsing as JSON", &|| serde_json::from_str::<Value>(&text).map_or(0, |value| value.as_array().map_or(0, Vec::len)));
    let reading = timed("reading", &|| survey(&paths).len());
    let checking = timed("checking without the graph", &|| check(&paths, &Settings::default().without_graph()).findings.len());
    println!("reading / parsing {:.1}, checking / parsing {:.1}", reading / parsing, checking / parsing);
    if wanted <= 20_000 {
        timed("checking with the graph", &|| check(&paths, &Settings::default()).findings.len());
    }
}

/// User and system time of this process, where the system tells it.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().filter_map(|field| field.parse().ok()).collect();
    // After the state letter the numbers begin with the parent's id; user and system time are the eleventh and twelfth.
    fields.get(10).zip(fields.get(11)).map_or(0.0, |(user, system)| (user + system) / 100.0)
}
