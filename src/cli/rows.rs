//! Options of commands that read rows of any format.

use crate::catalog::Catalog;
use crate::error::Result;
use crate::formats::conversation::ToolDoc;
use crate::formats::json::Json;
use crate::formats::read::stream::{Bad, Options};
use crate::formats::read::{Source, observe};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Args)]
pub(super) struct Rows {
    /// Format of the rows; 'auto' finds it out for each file
    #[arg(long, value_enum, default_value_t = From::Auto)]
    from: From,
    /// Tools to offer in rows whose format has none (API-Bank, ToolTalk): a catalog in any known format; may be given again
    #[arg(long, value_name = "PATH")]
    tools: Vec<PathBuf>,
    /// Leave out at most so many rows that cannot be read; each is named
    #[arg(long, default_value_t = 0, value_name = "N")]
    skip_bad: u64,
    /// Threads; the answer does not depend on them [default: one a core]
    #[arg(long, value_name = "T")]
    threads: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    Auto,
    Messages,
    Sharegpt,
    Toolace,
    Glaive,
    Xlam,
    Bfcl,
    Apibank,
    Tooltalk,
    Sgd,
    Jsonl,
}

impl Rows {
    pub(super) fn options(&self) -> Result<Options> {
        super::threads(self.threads);
        let tools = if self.tools.is_empty() { Vec::new() } else { offered(&Catalog::open(&self.tools)?) };
        let named = self.from.to_possible_value();
        let source = |source: &Source| named.as_ref().is_some_and(|value| value.get_name() == source.name());
        Ok(Options { from: Source::ALL.into_iter().find(source), tools, skip_bad: self.skip_bad, ..Options::default() })
    }
}

/// The files that the paths stand for.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        files.extend(observe::files(path)?);
    }
    Ok(files)
}

pub(super) fn offered(catalog: &Catalog) -> Vec<Arc<ToolDoc>> {
    let doc = |tool: &crate::catalog::Tool| ToolDoc::new(tool.name.clone(), tool.description.clone(), Some(Json::of(&tool.schema)));
    catalog.tools.iter().map(|tool| Arc::new(doc(tool))).collect()
}

/// Names the rows that were left out: a few of them.
pub(super) fn tell_bad(bad: &[Bad]) {
    const NAMED: usize = 10;
    for one in bad.iter().take(NAMED) {
        eprintln!("left out row {} ({}:{}): {}", one.row, one.file.display(), one.line, one.reason);
    }
    if bad.len() > NAMED {
        eprintln!("… and {} more rows left out", bad.len() - NAMED);
    }
}
