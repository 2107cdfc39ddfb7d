//! Can a dialogue be synthesised from it? For every tool the shapes of dialogue that it can take part in, or why there is none.

use super::rules;
use super::view::GraphView;
use serde::Serialize;
use std::path::PathBuf;

/// What one tool can take part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Takes {
    pub tool: String,
    pub file: PathBuf,
    /// JSON pointer of the tool in its file.
    pub pointer: String,
    /// Names of motifs, as plans have them; none when no dialogue can have the tool in it.
    pub motifs: Vec<&'static str>,
    /// Why there is none; empty when there is one.
    pub why: String,
}

/// All tools in the order of their files.
pub(super) fn of(view: &GraphView) -> Vec<Takes> {
    let parts = rules::motifs(view.walker, view.catalog.tools.len());
    let mut takes: Vec<Takes> = view
        .world
        .tools
        .iter()
        .map(|tool| Takes {
            tool: tool.name.to_owned(),
            file: view.world.files[tool.file].file.source.path.clone(),
            pointer: tool.source.pointer.clone(),
            motifs: Vec::new(),
            why: String::new(),
        })
        .collect();
    for (index, origin) in view.origin.iter().enumerate() {
        if let Some(place) = origin {
            takes[*place].motifs = parts[index].iter().map(|part| part.0.name()).collect();
        }
    }
    for (place, why) in rules::no_dialogue(view) {
        takes[place].why = why;
    }
    let unused = takes.iter_mut().filter(|one| one.motifs.is_empty() && one.why.is_empty());
    unused.for_each(|one| one.why = "another tool of this name comes first".into());
    takes
}
