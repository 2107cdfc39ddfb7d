//! From paths to a [`Catalog`]: read, complete, count.

use super::load::{self, RawCatalog};
use super::{Catalog, RawTool, build};
use crate::error::{Error, Result};
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
            let named: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            let reason = catalog.skipped.first().map_or("nothing in it is a tool".to_string(), |one| format!("`{}`: {}", one.tool, one.reason));
            return Err(Error::Unsatisfiable {
                message: format!("no usable tool in {} ({reason})", named.join(", ")),
                cure: "mend the tools that are named, or give other catalogs".into(),
            });
        }
        Ok(catalog)
    }

    /// The tools of a finished dialogue, as the verifier needs them when it has nothing but the record.
    pub fn of_dialogue(dialogue: &crate::dialogue::Dialogue) -> Catalog {
        let tools = dialogue.tools.iter().map(|tool| RawTool {
            name: tool.name.clone(),
            description: tool.description.clone(),
            parameters: tool.parameters.clone(),
            returns: Some(tool.returns.clone()),
            nl: tool.nl.clone(),
            ..RawTool::default()
        });
        Catalog::from_raw(RawCatalog { tools: tools.collect(), ..RawCatalog::default() })
    }

    /// Completes raw tools; what cannot be completed is left out by name.
    pub fn from_raw(raw: RawCatalog) -> Catalog {
        use rayon::prelude::*;
        let mut catalog = Catalog { tools: Vec::new(), skipped: raw.skipped, notes: raw.notes, sources: raw.sources };
        let built: Vec<_> = raw.tools.into_par_iter().map(build::build).collect();
        for tool in built {
            match tool {
                Ok(tool) => catalog.tools.push(tool),
                Err(skipped) => catalog.skipped.push(skipped),
            }
        }
        catalog
    }
}

fn built_in() -> Result<RawCatalog> {
    let mut files: Vec<_> = BUILT_IN.files().collect();
    files.sort_by_key(|file| file.path());
    let named: Vec<(PathBuf, &[u8])> = files.iter().map(|file| (Path::new("tool-catalogs").join(file.path()), file.contents())).collect();
    load::read_embedded(named.iter().map(|(path, bytes)| (path.as_path(), *bytes)))
}
