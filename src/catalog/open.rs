//! From paths to a [`Catalog`]: read, complete, count.

use super::load::{self, RawCatalog};
use super::{Catalog, build};
use crate::error::{Error, Fault, Result};
use std::path::{Path, PathBuf};

static BUILT_IN: include_dir::Dir = include_dir::include_dir!("$CARGO_MANIFEST_DIR/tool-catalogs");

impl Catalog {
    /// Reads files and folders (`-` is standard input). Without paths, the catalogs that are built in.
    ///
    /// Fails when a path cannot be read as a catalog, or when no usable tool is left; single tools that cannot be used are in
    /// `skipped`.
    pub fn open(paths: &[PathBuf]) -> Result<Catalog> {
        let raw = if paths.is_empty() { built_in()? } else { load::read_paths(paths)? };
        let catalog = Catalog::from_raw(raw);
        if catalog.tools.is_empty() {
            return Err(no_tools(paths, &catalog));
        }
        Ok(catalog)
    }

    /// The same for services that are only spoken of: two of them may each have a tool of one name.
    pub fn open_services(paths: &[PathBuf]) -> Result<Catalog> {
        let catalog = Catalog::from_raw(load::read_services(paths)?);
        if catalog.tools.is_empty() {
            return Err(no_tools(paths, &catalog));
        }
        Ok(catalog)
    }

    /// The tools of a finished dialogue, as the verifier needs them when it has nothing but the record.
    pub fn of_dialogue(dialogue: &crate::dialogue::Dialogue) -> Catalog {
        let tools = dialogue.tools.iter().map(crate::dialogue::ToolSpec::raw);
        Catalog::from_raw(RawCatalog { tools: tools.collect(), ..RawCatalog::default() })
    }

    /// Completes raw tools; what cannot be completed is left out by name. Tools of one domain share a vocabulary: what is inferred
    /// of one speaks of identifiers as the others do.
    pub fn from_raw(raw: RawCatalog) -> Catalog {
        let (tools, unusable) = build::build_all(raw.tools);
        let mut skipped = raw.skipped;
        skipped.extend(unusable);
        Catalog { tools, skipped, notes: raw.notes, sources: raw.sources }
    }
}

/// Every tool that was left out, with its place; or the files, when there was none to leave out.
fn no_tools(paths: &[PathBuf], catalog: &Catalog) -> Error {
    if catalog.skipped.is_empty() {
        let named: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let message = format!("there is no tool in {}", named.join(", "));
        return Error::Unsatisfiable { message, cure: "give a catalog with at least one tool".into() };
    }
    let fault = |one: &super::Skipped| {
        let message = format!("no tool can be used: `{}`: {}", one.tool, one.reason);
        Fault::new(&one.at.file, message, &one.cure).at(one.at.line, 0).pointing(&one.at.pointer)
    };
    Error::Inputs(catalog.skipped.iter().map(fault).collect())
}

fn built_in() -> Result<RawCatalog> {
    let mut files: Vec<_> = BUILT_IN.files().collect();
    files.sort_by_key(|file| file.path());
    let named: Vec<(PathBuf, &[u8])> = files.iter().map(|file| (Path::new("tool-catalogs").join(file.path()), file.contents())).collect();
    load::read_embedded(named.iter().map(|(path, bytes)| (path.as_path(), *bytes)))
}
