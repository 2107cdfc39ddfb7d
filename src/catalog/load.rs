//! Files and folders to raw tools.
//!
//! Everything that cannot be used is named: a file that cannot be read or parsed is an error with its place, a tool that cannot
//! be used is [`Skipped`] with a reason and a cure and the rest loads, and every rewriting is a [`Note`].
//!
//! In a folder, files are read in sorted order whose names end in `.json`, `.jsonl`, `.yaml`, `.yml` or `.snap`; hidden files
//! and folders are passed over. A well-formed file in a folder that is no catalog is a note; named on its own, it is an error.
//! A tool that comes twice and equal is merged; of two different tools of one name the second is left out.

use super::read::{self, Document, Harvest, Harvested, MAX_BYTES};
use super::{Note, Position, RawTool, Seen, Skipped, Source, SurveyedFile};
use crate::error::{Error, Fault};
use indexmap::IndexMap;
use rayon::prelude::*;
use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What the readers found, before anything is inferred. Tool names are unique.
#[derive(Debug, Clone, Default)]
pub struct RawCatalog {
    pub tools: Vec<RawTool>,
    /// Tools that cannot be used, each with its reason.
    pub skipped: Vec<Skipped>,
    /// What was rewritten on the way in.
    pub notes: Vec<Note>,
    /// The files that are catalogs, in the order in which they were read.
    pub sources: Vec<Source>,
}

/// Reads files, folders and standard input (`-`) in the order given.
///
/// Fails with all faults at once when a path is missing or unreadable, when a file is malformed or is no catalog, and when a
/// folder has no catalog in it.
pub fn read_paths(paths: &[PathBuf]) -> Result<RawCatalog, Error> {
    read_merging(paths, Merger::default())
}

/// The same, but two services may each have a tool of one name. For words only: a call could not tell the two apart.
pub fn read_services(paths: &[PathBuf]) -> Result<RawCatalog, Error> {
    read_merging(paths, Merger { by_domain: true, ..Merger::default() })
}

fn read_merging(paths: &[PathBuf], mut merger: Merger) -> Result<RawCatalog, Error> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Found { path: path.clone(), named: true, root: None });
        } else if path.is_dir() {
            faults.extend(walk(path, &mut found).err());
        } else {
            found.push(Found { path: path.clone(), named: true, root: None });
        }
    }
    // Parsing is parallel and merging is not, so the result does not depend on the number of threads.
    let read: Vec<Result<Outcome, Fault>> = roomy(|| {
        let outcomes = found.par_iter().map(|file| one(&file.path, &bytes_of(&file.path)?, file.named));
        outcomes.collect()
    });
    for outcome in read {
        match outcome {
            Ok(outcome) => merger.add(outcome),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        faults.extend(empty_folders(paths, &found, &merger.out));
    }
    match faults.len() {
        0 => Ok(merger.out),
        1 => Err(faults.remove(0).into()),
        _ => Err(Error::Inputs(faults)),
    }
}

/// Reads one catalog that is in memory already; `label` stands for its path in messages.
pub fn read_bytes(label: &Path, bytes: &[u8]) -> Result<RawCatalog, Error> {
    read_embedded([(label, bytes)])
}

/// Reads catalogs that are in memory, such as those compiled into the program, as pairs of a name and the bytes.
pub fn read_embedded<'a>(files: impl IntoIterator<Item = (&'a Path, &'a [u8])>) -> Result<RawCatalog, Error> {
    let files: Vec<(&Path, &[u8])> = files.into_iter().collect();
    let read: Vec<Result<Outcome, Fault>> = roomy(|| files.par_iter().map(|(label, bytes)| one(label, bytes, true)).collect());
    let mut merger = Merger::default();
    for outcome in read {
        merger.add(outcome?);
    }
    Ok(merger.out)
}

/// Files and folders as their authors wrote them, beside what was read out of them; faults and files that are no catalog in their
/// places. The order is that of [`read_paths`].
pub fn survey(paths: &[PathBuf]) -> Vec<Seen> {
    let (mut found, mut seen) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() != "-" && path.is_dir() {
            let before = found.len();
            match walk(path, &mut found) {
                Err(fault) => seen.push(Seen::Fault(fault)),
                Ok(()) if found.len() == before => {
                    seen.push(Seen::Fault(Fault::new(path, "there is no catalog in this folder", "name a folder with catalogs")));
                }
                Ok(()) => {}
            }
        } else {
            found.push(Found { path: path.clone(), named: true, root: None });
        }
    }
    let read: Vec<Seen> = roomy(|| {
        let looked = found.par_iter().map(|file| match bytes_of(&file.path) {
            Ok(bytes) => survey_bytes(&file.path, bytes, file.named),
            Err(fault) => Seen::Fault(fault),
        });
        looked.collect()
    });
    seen.extend(read);
    seen
}

/// One catalog that is in memory already. `named` is false for files that were found in a folder: those may be no catalog.
pub fn survey_bytes(path: &Path, bytes: Vec<u8>, named: bool) -> Seen {
    let other = |message: &str| {
        let at = Position { file: path.to_owned(), ..Position::default() };
        Seen::Other(Note { tool: String::new(), at, message: format!("not-a-catalog: {message}; passed over") })
    };
    if bytes.is_empty() && !named {
        return other("the file is empty");
    }
    let parsed = || -> Result<Option<SurveyedFile>, Fault> {
        let hash = blake3::hash(&bytes).to_hex().to_string();
        let text = read::decode_all(path, bytes)?;
        let document = Document::parse(path, &text)?;
        let Some(format) = read::detect(&document.value) else { return Ok(None) };
        // Lines are worked out when a tool is read; the linter has places of its own.
        let mut harvest = Harvest::lending(path);
        format.read(&document, &mut harvest)?;
        let tools = harvest.surveyed();
        let source = Source { path: path.to_owned(), format: format.name(&document.value), tools: tools.len(), hash };
        let (syntax, rows, value) = document.into_parts();
        Ok(Some(SurveyedFile { source, text, syntax, rows, value, tools, lines: OnceLock::new() }))
    };
    match parsed() {
        Ok(Some(file)) => Seen::Catalog(Box::new(file)),
        Ok(None) if named => Seen::Fault(Fault::new(path, "this is no catalog in any known format", read::KNOWN)),
        Ok(None) => other("no known format"),
        Err(fault) => Seen::Fault(fault),
    }
}

/// What [`read_paths`] makes of these files: one name once.
pub fn merged(files: &[SurveyedFile]) -> RawCatalog {
    let mut merger = Merger::default();
    for file in files {
        let mut harvested = Harvested::default();
        let read: Vec<_> = file.tools.par_iter().map(|tool| (tool.outcome(file).clone(), tool.notes(file))).collect();
        for (outcome, notes) in read {
            harvested.notes.extend(notes.iter().cloned());
            match outcome {
                Ok(tool) => harvested.tools.push(tool),
                Err(skipped) => harvested.skipped.push(skipped),
            }
        }
        merger.add(Outcome::Catalog(Source { tools: harvested.tools.len(), ..file.source.clone() }, harvested));
    }
    merger.out
}

/// Runs on threads whose stacks hold the deepest document that is read: each level of a document takes several calls of the
/// parser and of the schema library, and a thread's usual 2 MiB are too few for 128 levels in a build without optimisation.
pub(crate) fn roomy<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static POOL: OnceLock<Option<rayon::ThreadPool>> = OnceLock::new();
    let pool =
        POOL.get_or_init(|| rayon::ThreadPoolBuilder::new().num_threads(rayon::current_num_threads()).stack_size(32 << 20).build().ok());
    match pool {
        Some(pool) => pool.install(work),
        // No more threads are to be had: do it here.
        None => work(),
    }
}

/// A file to read; `root` is the folder that led to it.
struct Found {
    path: PathBuf,
    named: bool,
    root: Option<PathBuf>,
}

/// Lists the catalog-like files below a folder in sorted order. Links to folders are followed once.
fn walk(root: &Path, found: &mut Vec<Found>) -> Result<(), Fault> {
    let mut stack = vec![root.to_owned()];
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut files = Vec::new();
    while let Some(folder) = stack.pop() {
        if !seen.insert(folder.canonicalize().unwrap_or_else(|_| folder.clone())) {
            continue;
        }
        let entries = std::fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| unreadable(&folder, &error))?.path();
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
            if hidden {
                continue;
            } else if path.is_dir() {
                stack.push(path);
            } else if path.is_file() && ["json", "jsonl", "yaml", "yml", "snap"].contains(&extension.as_str()) {
                files.push(path);
            }
        }
    }
    files.sort();
    found.extend(files.into_iter().map(|path| Found { path, named: false, root: Some(root.to_owned()) }));
    Ok(())
}

fn empty_folders(paths: &[PathBuf], found: &[Found], out: &RawCatalog) -> Vec<Fault> {
    let folders = paths.iter().filter(|path| path.as_os_str() != "-" && path.is_dir());
    let lacking = folders.filter(|folder| {
        let mut files = found.iter().filter(|file| file.root.as_ref() == Some(folder));
        !files.any(|file| out.sources.iter().any(|source| source.path == file.path))
    });
    let cure = "name a folder with catalogs (YAML, OpenAI tools, MCP, OpenAPI)";
    lacking.map(|folder| Fault::new(folder, "there is no catalog in this folder", cure)).collect()
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    let cure = match error.kind() {
        std::io::ErrorKind::NotFound => "check the path",
        std::io::ErrorKind::PermissionDenied => "give yourself the right to read it",
        _ => "check the file",
    };
    // The operating system's words without its error number, which differs between systems.
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or_default().to_lowercase();
    Fault::new(path, format!("cannot be read: {words}"), cure)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    let read = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        let file = std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
        let size = file.metadata().map(|data| data.len()).unwrap_or(0);
        if size >= limit {
            return Err(read::too_big(path, size));
        }
        // One byte more than there are: the end is found without growing.
        bytes.reserve_exact(size as usize + 1);
        file.take(limit).read_to_end(&mut bytes)
    };
    read.map_err(|error| unreadable(path, &error))?;
    Ok(bytes)
}

enum Outcome {
    Catalog(Source, Harvested),
    /// Well-formed, and no catalog.
    Other(Note),
}

fn one(path: &Path, bytes: &[u8], named: bool) -> Result<Outcome, Fault> {
    let other = |message: &str| {
        Outcome::Other(Note {
            tool: String::new(),
            at: Position { file: path.to_owned(), ..Position::default() },
            message: format!("not-a-catalog: {message}; passed over"),
        })
    };
    if bytes.is_empty() && !named {
        return Ok(other("the file is empty"));
    }
    let text = read::decode(path, bytes)?;
    let document = Document::parse(path, &text)?;
    let Some(format) = read::detect(&document.value) else {
        return match named {
            true => Err(Fault::new(path, "this is no catalog in any known format", read::KNOWN)),
            false => Ok(other("no known format")),
        };
    };
    let mut harvest = Harvest::new(path, document.lines());
    format.read(&document, &mut harvest)?;
    let mut harvested = harvest.finish();
    if harvested.tools.is_empty() && harvested.skipped.is_empty() {
        let at = Position { file: path.to_owned(), ..Position::default() };
        harvested.notes.push(Note { tool: String::new(), at, message: "no-tools: the catalog has no tool in it".into() });
    }
    let source = Source {
        path: path.to_owned(),
        format: format.name(&document.value),
        tools: harvested.tools.len(),
        hash: blake3::hash(bytes).to_hex().to_string(),
    };
    Ok(Outcome::Catalog(source, harvested))
}

/// Joins files, one name once.
#[derive(Default)]
struct Merger {
    out: RawCatalog,
    /// Name → place in `out.tools`.
    known: IndexMap<String, usize>,
    /// A name is known within its domain only.
    by_domain: bool,
}

impl Merger {
    fn add(&mut self, outcome: Outcome) {
        let (source, harvested) = match outcome {
            Outcome::Other(note) => return self.out.notes.push(note),
            Outcome::Catalog(source, harvested) => (source, harvested),
        };
        self.out.skipped.extend(harvested.skipped);
        self.out.notes.extend(harvested.notes);
        let mut copies: IndexMap<usize, (usize, Position)> = IndexMap::new();
        for tool in harvested.tools {
            let known_as = if self.by_domain { format!("{}/{}", tool.domain, tool.name) } else { tool.name.clone() };
            match self.known.get(&known_as) {
                None => {
                    self.known.insert(known_as, self.out.tools.len());
                    self.out.tools.push(tool);
                }
                Some(&first) if same(&self.out.tools[first], &tool) => {
                    copies.entry(first).or_insert_with(|| (0, tool.at.clone())).0 += 1;
                }
                Some(&first) => self.out.skipped.push(shadowed(&self.out.tools[first], tool)),
            }
        }
        for (first, (times, at)) in copies {
            let tool = &self.out.tools[first];
            let times = if times == 1 { String::new() } else { format!(" ({times} times)") };
            let message = format!("duplicate-merged: equal to the tool at {}{times}", told(&tool.at));
            self.out.notes.push(Note { tool: tool.name.clone(), at, message });
        }
        self.out.sources.push(source);
    }
}

fn same(a: &RawTool, b: &RawTool) -> bool {
    a.description == b.description && a.parameters == b.parameters && a.returns == b.returns && a.returns_prose == b.returns_prose
}

fn shadowed(first: &RawTool, second: RawTool) -> Skipped {
    Skipped {
        reason: format!("duplicate-name: another tool has this name already, at {}", told(&first.at)),
        cure: "rename one of the two".into(),
        tool: second.name,
        at: second.at,
    }
}

/// `file:line (pointer)`.
fn told(at: &Position) -> String {
    let line = if at.line > 0 { format!(":{}", at.line) } else { String::new() };
    let pointer = if at.pointer.is_empty() { String::new() } else { format!(" ({})", at.pointer) };
    format!("{}{line}{pointer}", at.file.display())
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "load_props.rs"]
mod props;
