//! What does a person type? One file per subcommand, no logic.

mod balance;
mod check;
mod compare;
mod controls;
mod convert;
mod diagnostic;
mod dials;
mod explain;
mod export;
mod generate;
mod graph;
mod progress;
mod realise;
mod render;
mod rows;
mod score;
mod targets;
mod trust;
mod verify;

use crate::error::exit;
use clap::{Parser, Subcommand};

/// Walk the tool graph, write the talk: verified multi-turn tool-calling dialogues from tool catalogs, with no model.
///
/// Exit codes: 0 done · 2 usage · 3 bad input · 4 output incomplete · 5 back-end failed · 130 interrupted.
#[derive(Parser)]
#[command(name = "walktalk", version, propagate_version = true, max_term_width = 110)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Generate(Box<generate::Generate>),
    Balance(balance::Balance),
    Check(check::Check),
    Compare(compare::Compare),
    Convert(convert::Convert),
    Explain(explain::Explain),
    Graph(graph::Graph),
    Realise(realise::Realise),
    Score(score::Score),
    Verify(verify::Verify),
}

/// Runs the program and gives its exit code. Data goes to files or standard output, everything else to standard error.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> u8 {
    let program = match Program::try_parse_from(arguments) {
        Ok(program) => program,
        Err(error) => {
            // Help and version are answers, not errors; a closed pipe is nobody's fault.
            let _ = error.print();
            return if error.use_stderr() { exit::USAGE } else { exit::DONE };
        }
    };
    let done = match program.command {
        Command::Generate(command) => command.run(),
        Command::Balance(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Compare(command) => command.run(),
        Command::Convert(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Graph(command) => command.run(),
        Command::Realise(command) => command.run(),
        Command::Score(command) => command.run(),
        Command::Verify(command) => command.run(),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            diagnostic::print(&error);
            error.exit_code()
        }
    }
}

fn print(text: &str) -> crate::error::Result<()> {
    use std::io::Write;
    printed(std::io::stdout().lock().write_all(text.as_bytes()))
}

/// What came of writing to standard output; a closed pipe ends the program in silence, as people who type `| head` expect.
fn printed(written: std::io::Result<()>) -> crate::error::Result<()> {
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(crate::error::Error::Output { path: "standard output".into(), source: error })
        }
        _ => Ok(()),
    }
}

/// Uses so many threads for everything; by default one a core.
fn threads(count: Option<usize>) {
    if let Some(count) = count.filter(|count| *count > 0) {
        // Fails only when a pool was made before, which nothing here does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(count).build_global();
    }
}

fn graph_options(relevance: crate::graph::Relevance, seed: u64) -> crate::graph::GraphOptions {
    crate::graph::GraphOptions { relevance, seed, ..crate::graph::GraphOptions::default() }
}

/// Says what was loaded, and names what was left out: a few by name, all of them in the manifest.
fn tell_loaded(catalog: &crate::catalog::Catalog) {
    const NAMED: usize = 5;
    eprintln!("{} tools from {} files", catalog.tools.len(), catalog.sources.len());
    for one in catalog.skipped.iter().take(NAMED) {
        eprintln!("left out `{}` ({}:{}): {}; {}", one.tool, one.at.file.display(), one.at.line, one.reason, one.cure);
    }
    if catalog.skipped.len() > NAMED {
        eprintln!("… and {} more tools left out; the manifest names them all", catalog.skipped.len() - NAMED);
    }
    if !catalog.notes.is_empty() {
        eprintln!("{} notes on what was rewritten while reading; see the manifest", catalog.notes.len());
    }
}

fn json_line(value: &impl serde::Serialize) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}

/// Says which targets could not carry every row whole, and what the chat template did not render or found too long; true when there is any.
fn tell_losses(
    targets: &std::collections::BTreeMap<String, crate::formats::Counts>,
    rendered: Option<&crate::formats::template::Entry>,
) -> bool {
    let lossy: Vec<&str> = targets.iter().filter(|(_, counts)| !counts.is_lossless()).map(|(name, _)| name.as_str()).collect();
    if !lossy.is_empty() {
        eprintln!("not every row came out whole: {}; leave these targets out, or do without --strict", lossy.join(", "));
    }
    let losses = rendered.map_or(Vec::new(), crate::formats::template::Entry::losses);
    if !losses.is_empty() {
        eprintln!("not every row can be learned from whole: {}; use another template or limit, or do without --strict", losses.join(", "));
    }
    !lossy.is_empty() || !losses.is_empty()
}
