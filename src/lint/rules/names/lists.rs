//! Which tools are offered together: those of one file, where a file does not hold several lists.

use crate::lint::view::{ToolView, World};
use std::collections::BTreeMap;

/// The tools of each list, in order.
pub(in crate::lint::rules) fn of<'a>(world: &World<'a>) -> Vec<Vec<&'a ToolView<'a>>> {
    let mut lists: BTreeMap<(usize, &str), Vec<&'a ToolView<'a>>> = BTreeMap::new();
    for tool in world.tools {
        lists.entry((tool.file, list(tool))).or_default().push(tool);
    }
    lists.into_values().collect()
}

/// The pointer of the list that a tool is an item of; empty when all tools of the file belong together.
fn list<'a>(tool: &ToolView<'a>) -> &'a str {
    let pointer = tool.source.pointer.as_str();
    if tool.is_openapi() || tool.format == "toolalpaca" {
        // One API a row there, one API a file here.
        return if tool.is_openapi() { "" } else { pointer };
    }
    let item = pointer.strip_suffix("/function").unwrap_or(pointer);
    item.rsplit_once('/').map_or("", |(list, _)| list)
}
