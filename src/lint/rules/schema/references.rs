//! Where a reference stands that a reader refused.

use crate::lint::rule::Place;
use crate::lint::view::{ToolView, each_node};

/// The place of the first `$ref` that the reader's words name; they quote the pointer or the target.
pub(super) fn place(tool: &ToolView, text: &str) -> Option<Place> {
    let mut found = None;
    each_node(&tool.schema, false, &mut |node| {
        let reference = node.map.get("$ref").and_then(|to| to.as_str());
        let told = text.contains(&format!(" at {} ", node.pointer)) || reference.is_some_and(|to| text.contains(to));
        if reference.is_some() && told && found.is_none() {
            found = Some(node.below("/$ref"));
        }
    });
    found
}
