//! What can a dialogue be about? A tree over the tools: sector, domain, entity, intent, subtopic.
//!
//! It is built from the catalogs ([`Taxonomy::of`]) and can be changed by a file ([`TaxonomyFile`]). What is odd about it, its critic says
//! (`critic`).

use crate::catalog::{Catalog, Tool, ToolClass, read};
use crate::error::{Error, Fault, Result};
use serde::{Deserialize, Serialize};
use serde_yaml::Spanned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The levels, from the root down.
pub const LEVELS: [&str; 5] = ["sector", "domain", "entity", "intent", "subtopic"];
/// Where nothing is known.
pub const OTHER: &str = "other";

/// What the words of a language tell about tools.
pub struct Words {
    /// The part of life that a tool belongs to.
    pub sector: fn(&Tool) -> Option<&'static str>,
    /// The subtopics that fit it.
    pub subtopics: fn(&Tool) -> Vec<&'static str>,
}

/// One node: its path from the root, and the tools under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    pub path: Vec<String>,
    /// Places of the tools in the catalog.
    #[serde(skip)]
    pub tools: Vec<usize>,
}

impl Node {
    pub fn level(&self) -> &'static str {
        LEVELS[self.path.len().clamp(1, LEVELS.len()) - 1]
    }

    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// A tree as the list of its nodes, in the order of their paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taxonomy {
    pub nodes: Vec<Node>,
    /// The sector of each domain.
    pub sectors: BTreeMap<String, String>,
}

/// Changes of the tree that is built.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxonomyFile {
    /// Sectors with their domains; a domain that no sector here names keeps its own.
    #[serde(default)]
    sectors: BTreeMap<String, Vec<Spanned<String>>>,
    /// Paths below the sector (`hotels/hotel room/undo`) of nodes that need not be covered.
    #[serde(default)]
    leave_out: Vec<Spanned<String>>,
}

impl TaxonomyFile {
    /// Fails on a file that cannot be read or has other keys.
    pub fn load(path: &Path) -> Result<TaxonomyFile> {
        let cure = "give a file with `sectors` or `leave_out`";
        let bytes = std::fs::read(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), cure))?;
        Ok(read::parse_yaml(path, &read::decode(path, &bytes)?)?)
    }
}

impl Taxonomy {
    /// The tree of a catalog. Subtopics stand under each intent that they fit.
    pub fn of(catalog: &Catalog, words: &Words) -> Taxonomy {
        let domains = sectors(catalog, words.sector);
        Taxonomy::with_sectors(catalog, words, domains)
    }

    /// The same with the changes of a file; fails, with its line, on a domain or a path that the catalogs do not have.
    pub fn changed(catalog: &Catalog, words: &Words, file: &TaxonomyFile, path: &Path) -> Result<Taxonomy> {
        let mut domains = sectors(catalog, words.sector);
        let known: Vec<String> = domains.keys().cloned().collect();
        for (sector, own) in &file.sectors {
            for domain in own {
                match domains.get_mut(&domain.value) {
                    Some(place) => place.clone_from(sector),
                    None => {
                        let message = format!("no catalog has a domain `{}`", domain.value);
                        return Err(unknown(path, domain, message, format!("use some of {}", known.join(", "))));
                    }
                }
            }
        }
        let mut taxonomy = Taxonomy::with_sectors(catalog, words, domains);
        for node in &file.leave_out {
            let asked: Vec<&str> = node.value.split('/').collect();
            let before = taxonomy.nodes.len();
            taxonomy.nodes.retain(|other| !other.path.iter().skip(1).map(String::as_str).take(asked.len()).eq(asked.iter().copied()));
            if taxonomy.nodes.len() == before {
                let message = format!("there is no node `{}`", node.value);
                return Err(unknown(path, node, message, "see `walktalk graph --taxonomy` for the nodes".to_string()));
            }
        }
        Ok(taxonomy)
    }

    fn with_sectors(catalog: &Catalog, words: &Words, sectors: BTreeMap<String, String>) -> Taxonomy {
        let mut nodes: BTreeMap<Vec<String>, BTreeSet<usize>> = BTreeMap::new();
        for (ix, tool) in catalog.tools.iter().enumerate() {
            let sector = sectors.get(&tool.domain).map_or(OTHER, String::as_str);
            let path: Vec<String> = [sector, &tool.domain, &entity(tool), intent(tool)].into_iter().map(str::to_string).collect();
            (1..=path.len()).for_each(|depth| {
                nodes.entry(path[..depth].to_vec()).or_default().insert(ix);
            });
            for topic in (words.subtopics)(tool) {
                nodes.entry([path.as_slice(), &[topic.to_string()]].concat()).or_default().insert(ix);
            }
        }
        let node = |(path, tools): (Vec<String>, BTreeSet<usize>)| Node { path, tools: tools.into_iter().collect() };
        Taxonomy { nodes: nodes.into_iter().map(node).collect(), sectors }
    }

    /// The nodes of one level.
    pub fn level(&self, depth: usize) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(move |node| node.path.len() == depth + 1)
    }

    pub fn children<'t>(&'t self, of: &'t [String]) -> impl Iterator<Item = &'t Node> {
        self.nodes.iter().filter(move |node| node.path.len() == of.len() + 1 && node.path.starts_with(of))
    }
}

fn unknown(path: &Path, at: &Spanned<String>, message: String, cure: String) -> Error {
    Fault::new(path, message, cure).at(at.referenced.line() as u32, at.referenced.column() as u32).into()
}

/// The sector of each domain: that of most of its tools, a known one before none.
pub fn sectors(catalog: &Catalog, of: fn(&Tool) -> Option<&'static str>) -> BTreeMap<String, String> {
    let mut votes: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for tool in &catalog.tools {
        *votes.entry(&tool.domain).or_default().entry(of(tool).unwrap_or(OTHER)).or_default() += 1;
    }
    let most = |votes: BTreeMap<&str, usize>| {
        let first = votes.into_iter().max_by_key(|(sector, count)| (*count, *sector != OTHER, std::cmp::Reverse(*sector)));
        first.map_or(OTHER, |(sector, _)| sector).to_string()
    };
    votes.into_iter().map(|(domain, votes)| (domain.to_string(), most(votes))).collect()
}

/// The kind of thing that a tool has to do with: what it changes or reads, else what its object is.
pub fn entity(tool: &Tool) -> String {
    let effects = &tool.effects;
    let named = [&effects.creates, &effects.updates, &effects.deletes, &effects.reads].into_iter().find_map(|kinds| kinds.first());
    let name = named.cloned().unwrap_or_else(|| tool.phrase.object.clone());
    let name = name.replace('_', " ").to_lowercase();
    if name.is_empty() { OTHER.to_string() } else { name }
}

/// What a tool does to it.
pub fn intent(tool: &Tool) -> &'static str {
    match tool.phrase.class {
        ToolClass::Find => "find",
        ToolClass::Lookup => "look up",
        ToolClass::Do => "do",
        ToolClass::Undo => "undo",
        ToolClass::Compute => "compute",
        ToolClass::Message => "message",
        ToolClass::Control => "control",
    }
}
