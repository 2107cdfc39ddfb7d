//! How many tools a second are checked, without the graph and with it, and what the rules cost beside the reading?
//!
//! Tools of the built-in catalogs under new names and with varied words, as OpenAI tools in one JSON file of 10,000 (or as many as
//! the first argument says). Prints wall time and the ratio of checking to reading; on a busy machine the ratio is what counts.

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
        let start = Instant::now();
        let count = work();
        let seconds = start.elapsed().as_secs_f64();
        println!("{what:28} {seconds:7.2} s  {:9.0} tools/s  ({count})", wanted as f64 / seconds);
        seconds
    };
    println!("{wanted} tools, {} threads", rayon::current_num_threads());
    let reading = timed("reading", &|| survey(&paths).len());
    let checking = timed("checking without the graph", &|| check(&paths, &Settings::default().without_graph()).findings.len());
    println!("checking / reading           {:7.2}", checking / reading);
    if wanted <= 20_000 {
        timed("checking with the graph", &|| check(&paths, &Settings::default()).findings.len());
    }
}
