//! Which tools are offered together: those of one file, where a file does not hold several lists.

use crate::lint::view::{ToolView, World};
use std::collections::BTreeMap;

/// The tools of each list, in order.
pub(in crate::lint::rules) fn of<'a>(world: &World<'a>) -> Vec<Vec<&'a ToolView<'a>>> {
    let mut lists: BTreeMap<(usize, &str), Vec<&'a ToolView<'a>>> = BTreeMap::new();
    for tool in world.tools {
        lists.entry((home(world, tool), list(tool))).or_default().push(tool);
    }
    lists.into_values().collect()
}

/// The same, with the tools of one service or field together where a list is a collection of many.
pub(in crate::lint::rules) fn by_domain<'a>(world: &World<'a>) -> Vec<Vec<&'a ToolView<'a>>> {
    let mut lists: BTreeMap<(usize, &str, &str), Vec<&'a ToolView<'a>>> = BTreeMap::new();
    for tool in world.tools {
        lists.entry((home(world, tool), list(tool), tool.source.domain.as_str())).or_default().push(tool);
    }
    lists.into_values().collect()
}

/// The file that stands for the list of a tool: of formats with one tool a file, the first file of the folder.
fn home(world: &World, tool: &ToolView) -> usize {
    if !matches!(tool.format, "mcp-tool" | "star") {
        return tool.file;
    }
    let of = |index: usize| (world.files[index].file.source.format.as_str(), world.files[index].file.source.path.parent());
    // Files of a folder are read one behind the other.
    (0..tool.file).rev().take_while(|index| of(*index) == of(tool.file)).last().unwrap_or(tool.file)
}

/// The pointer of the list that a tool is an item of; empty when all tools of the file belong together.
fn list<'a>(tool: &ToolView<'a>) -> &'a str {
    let pointer = tool.source.pointer.as_str();
    if tool.is_openapi() || tool.format == "toolalpaca" {
        // One API a row there, one API a file here.
        return if tool.is_openapi() { "" } else { pointer };
    }
    if matches!(tool.format, "mcp-tool" | "star") {
        return "";
    }
    let item = pointer.strip_suffix("/function").unwrap_or(pointer);
    item.rsplit_once('/').map_or("", |(list, _)| list)
}
