//! Parameters that name one thing together: the owner and the name of a repository, a channel and the time of a message in it.
//!
//! Who speaks of "that repository" means its owner with it, so where one comes from a thing, its companions come from the same thing.

use super::draft::Run;
use crate::catalog::{Leaf, Tool};
use crate::value::SemType;
use rustc_hash::FxHashMap;

/// A parameter is a companion of another when at least this many tools take both...
const LEAST: usize = 3;
/// ...and of the tools that take the other at least this share.
const SHARE: f64 = 0.8;

/// Which parameters go with which, by name, in one catalog.
#[derive(Debug, Default)]
pub(super) struct Companions {
    goes_with: FxHashMap<String, Vec<String>>,
}

impl Companions {
    pub(super) fn new(tools: &[Tool]) -> Companions {
        let mut alone: FxHashMap<&str, usize> = FxHashMap::default();
        let mut together: FxHashMap<(&str, &str), usize> = FxHashMap::default();
        for tool in tools {
            let names: Vec<&str> = tool.parameters.iter().filter(|leaf| names_a_thing(leaf)).map(|leaf| leaf.name.as_str()).collect();
            for name in &names {
                *alone.entry(name).or_default() += 1;
                for other in names.iter().filter(|other| *other != name) {
                    *together.entry((name, other)).or_default() += 1;
                }
            }
        }
        let mut goes_with: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for ((name, other), count) in together {
            if count >= LEAST && count as f64 >= SHARE * alone[name] as f64 {
                goes_with.entry(name.to_owned()).or_default().push(other.to_owned());
            }
        }
        Companions { goes_with }
    }

    /// The parameters of the tool that come along with one of them and have no source yet, by index.
    pub(super) fn of(&self, tool: &Tool, run: &Run, leaf: usize) -> Vec<usize> {
        let Some(companions) = self.goes_with.get(&tool.parameters[leaf].name) else { return Vec::new() };
        let free = |index: &usize| !run.args.iter().any(|arg| arg.leaf == *index);
        let comes_along = |index: &usize| {
            let other = &tool.parameters[*index];
            names_a_thing(other) && companions.contains(&other.name)
        };
        (0..tool.parameters.len()).filter(free).filter(comes_along).collect()
    }
}

/// A required name, identifier or path at the top of the arguments.
fn names_a_thing(leaf: &Leaf) -> bool {
    use SemType::{Code, Id, Org, Path, Person, Title};
    let single = leaf.pointer.matches('/').count() == 1 && !leaf.pointer.contains('*');
    leaf.required && single && !leaf.phrase.silent && matches!(leaf.sem, Title | Person | Org | Id | Code | Path)
}

/// The field beside one of a result that has what a parameter takes: of the same name, or the same kind of value of the same kind of thing.
pub(super) fn beside(giver: &Tool, field: &str, parameter: &Leaf) -> Option<String> {
    let (parent, _) = field.rsplit_once('/')?;
    let near = |leaf: &&Leaf| leaf.pointer.rsplit_once('/').is_some_and(|(of, _)| of == parent) && leaf.pointer != field;
    let fields = || giver.returns.fields.iter().filter(near);
    let same_thing = |leaf: &&Leaf| leaf.sem == parameter.sem && leaf.entity.is_some() && leaf.entity == parameter.entity;
    let found = fields().find(|leaf| leaf.name == parameter.name).or_else(|| fields().find(same_thing));
    found.map(|leaf| leaf.pointer.clone())
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;
    use crate::script::testing::each_script_on;
    use serde_json::json;

    #[test]
    fn who_means_a_repository_means_its_owner_with_it() {
        let of_a_repository = |name: &str, description: &str, more: &[&str]| {
            let mut properties =
                json!({"owner": {"type": "string"}, "repo": {"type": "string", "description": "The name of the repository."}});
            let mut required = vec!["owner", "repo"];
            more.iter().for_each(|name| properties[*name] = json!({"type": "string"}));
            required.extend(more);
            json!({"name": name, "description": description, "parameters": {"type": "object", "properties": properties, "required": required}})
        };
        let query = json!({"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]});
        let tools = json!([
            {"name": "search_repositories", "description": "Search for repositories.", "parameters": query},
            of_a_repository("list_branches", "List the branches of a repository.", &[]),
            of_a_repository("list_issues", "List the issues of a repository.", &[]),
            of_a_repository("create_issue", "Create an issue in a repository.", &["title"]),
            of_a_repository("star_repository", "Star a repository.", &[]),
        ]);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tools.json");
        std::fs::write(&file, tools.to_string()).unwrap();
        let catalog = Catalog::open(&[file]).unwrap();
        let mut taken = 0;
        each_script_on(&catalog, &["search_select_act", "chain_in_one_turn", "chain_over_turns"], 60, |_, _, script| {
            for call in script.calls() {
                let source = |name: &str| call.sources.get(name).and_then(|source| source.result());
                let (Some((giver, repo)), owner) = (source("/repo"), source("/owner")) else { continue };
                let parent = |pointer: &str| pointer.rsplit_once('/').map(|(parent, _)| parent.to_owned());
                assert_eq!(owner.map(|(call, pointer)| (call, parent(pointer))), Some((giver, parent(repo))), "{:?}", call.sources);
                taken += 1;
            }
        });
        assert!(taken > 10, "{taken}");
    }
}
