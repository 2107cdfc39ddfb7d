//! Which tools are offered together: those of one file, where a file does not hold several lists.

use crate::lint::view::{ToolView, World};
use std::collections::BTreeMap;

/// The tools of each list, in order.
pub(in crate::lint::rules) fn of<'a>(world: &World<'a>) -> Vec<Vec<&'a ToolView<'a>>> {
    places(world).iter().map(|list| list.iter().map(|place| &world.tools[*place]).collect()).collect()
}

/// The same as places in [`World::tools`].
pub(in crate::lint::rules) fn places<'b>(world: &'b World) -> &'b [Vec<usize>] {
    world.lists.get_or_init(|| {
        let homes = homes(world);
        let mut lists: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (place, tool) in world.tools.iter().enumerate() {
            lists.entry((homes[tool.file], list(tool))).or_default().push(place);
        }
        lists.into_values().collect()
    })
}

/// The same, with the tools of one service or field together where a list is a collection of many.
pub(in crate::lint::rules) fn by_domain<'a>(world: &World<'a>) -> Vec<Vec<&'a ToolView<'a>>> {
    let homes = homes(world);
    let mut lists: BTreeMap<(usize, &str, &str), Vec<&'a ToolView<'a>>> = BTreeMap::new();
    for tool in world.tools {
        lists.entry((homes[tool.file], list(tool), tool.source.domain.as_str())).or_default().push(tool);
    }
    lists.into_values().collect()
}

/// For every file the one that stands for its list: of formats with one tool a file, the first file of the folder.
pub(in crate::lint::rules) fn homes(world: &World) -> Vec<usize> {
    let of = |index: usize| (world.files[index].file.source.format.as_str(), world.files[index].file.source.path.parent());
    let mut homes: Vec<usize> = Vec::with_capacity(world.files.len());
    for index in 0..world.files.len() {
        // Files of a folder are read one behind the other.
        let follows = matches!(of(index).0, "mcp-tool" | "star") && index > 0 && of(index - 1) == of(index);
        homes.push(if follows { homes[index - 1] } else { index });
    }
    homes
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
