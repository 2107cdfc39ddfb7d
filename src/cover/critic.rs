//! What is odd about a taxonomy? Missing, redundant and uneven nodes.

use super::taxonomy::{LEVELS, Node, OTHER, Taxonomy};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A node with so many times as many tools as the middle one of its level is uneven, when it has so many at least.
const UNEVEN: (usize, usize) = (4, 8);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Missing,
    Redundant,
    Uneven,
}

/// One thing that the critic says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Remark {
    pub fault: Fault,
    pub path: Vec<String>,
    pub message: String,
}

/// How many nodes a level has, and how even they are: exp of the entropy of their tools over their number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LevelSummary {
    pub level: &'static str,
    pub nodes: usize,
    pub evenness: f64,
}

/// The tree with what its critic says, for machines.
#[derive(Debug, Serialize)]
pub struct Told<'t> {
    pub levels: Vec<LevelSummary>,
    pub nodes: &'t [Node],
    pub remarks: Vec<Remark>,
}

impl Taxonomy {
    pub fn told(&self) -> Told<'_> {
        Told { levels: self.summary(), nodes: &self.nodes, remarks: self.remarks() }
    }

    /// The tree down to the intents with the number of tools, and what the critic says.
    pub fn in_words(&self) -> String {
        let mut text = String::new();
        for level in self.summary() {
            let _ = writeln!(text, "{:10}{} nodes, evenness {:.2}", level.level, level.nodes, level.evenness);
        }
        text.push('\n');
        for entity in self.nodes.iter().filter(|node| node.path.len() <= 3) {
            let intents: Vec<&str> =
                if entity.path.len() == 3 { self.children(&entity.path).map(Node::name).collect() } else { Vec::new() };
            let indent = "  ".repeat(entity.path.len() - 1);
            let list = if intents.is_empty() { String::new() } else { format!(": {}", intents.join(", ")) };
            let _ = writeln!(text, "{indent}{} ({}){list}", entity.name(), entity.tools.len());
        }
        let remarks = self.remarks();
        for fault in [Fault::Missing, Fault::Redundant, Fault::Uneven] {
            let own: Vec<&Remark> = remarks.iter().filter(|remark| remark.fault == fault).collect();
            if !own.is_empty() {
                let _ = writeln!(text, "\n{fault:?}");
                own.iter().for_each(|remark| {
                    let _ = writeln!(text, "  {}: {}", remark.path.join("/"), remark.message);
                });
            }
        }
        text
    }

    /// Each level in numbers.
    pub fn summary(&self) -> Vec<LevelSummary> {
        let of = |(depth, level): (usize, &'static str)| {
            let sizes: Vec<usize> = self.level(depth).map(|node| node.tools.len()).collect();
            LevelSummary { level, nodes: sizes.len(), evenness: evenness(&sizes) }
        };
        LEVELS.into_iter().enumerate().map(of).collect()
    }

    /// Everything that is odd, by fault and path.
    pub fn remarks(&self) -> Vec<Remark> {
        let mut out = Vec::new();
        self.missing(&mut out);
        self.redundant(&mut out);
        self.uneven(&mut out);
        out.sort();
        out
    }

    fn missing(&self, out: &mut Vec<Remark>) {
        let mut say = |path: &[String], message: String| out.push(Remark { fault: Fault::Missing, path: path.to_vec(), message });
        for domain in self.level(1) {
            if domain.path[0] == OTHER {
                say(&domain.path, "no part of life is known for this domain; name one under `sectors`".into());
            }
            let topics = self.nodes.iter().any(|node| node.path.len() == LEVELS.len() && node.path.starts_with(&domain.path));
            if !topics {
                say(&domain.path, "no subtopic fits its tools, so that nobody says why they want something".into());
            }
        }
        for entity in self.level(2) {
            let intents: BTreeSet<&str> = self.children(&entity.path).map(Node::name).collect();
            if intents.contains("undo") && !intents.contains("do") && !intents.contains("message") && !intents.contains("control") {
                say(&entity.path, "can be taken back, and no tool brings it about".into());
            }
            if intents.contains("do") && !["find", "look up", "undo"].iter().any(|intent| intents.contains(intent)) {
                say(&entity.path, "can be made or changed, and no tool finds it, looks it up or takes it back".into());
            }
        }
    }

    fn redundant(&self, out: &mut Vec<Remark>) {
        let mut say = |path: &[String], message: String| out.push(Remark { fault: Fault::Redundant, path: path.to_vec(), message });
        let mut homes: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
        for entity in self.level(2).filter(|entity| entity.name() != OTHER) {
            homes.entry(entity.name()).or_default().push(entity);
        }
        for (name, nodes) in homes.into_iter().filter(|(_, nodes)| nodes.len() > 1) {
            let domains: Vec<&str> = nodes.iter().map(|node| node.path[1].as_str()).collect();
            say(&nodes[0].path, format!("`{name}` is a kind of thing of several domains: {}", domains.join(", ")));
        }
        for sector in self.level(0) {
            let only: Vec<&Node> = self.children(&sector.path).collect();
            if let [domain] = only.as_slice() {
                say(&sector.path, format!("has one domain only, `{}`", domain.name()));
            }
        }
        for domain in self.level(1) {
            let entities: Vec<&Node> = self.children(&domain.path).collect();
            for (at, one) in entities.iter().enumerate() {
                let like = entities[at + 1..].iter().find(|other| same_thing(one.name(), other.name()));
                if let Some(other) = like {
                    say(&one.path, format!("`{}` and `{}` look like one kind of thing", one.name(), other.name()));
                }
            }
        }
    }

    fn uneven(&self, out: &mut Vec<Remark>) {
        for (depth, level) in LEVELS.into_iter().enumerate().take(3) {
            let mut sizes: Vec<usize> = self.level(depth).map(|node| node.tools.len()).collect();
            sizes.sort_unstable();
            let Some(middle) = sizes.get(sizes.len() / 2).copied() else { continue };
            let large = |node: &&Node| node.tools.len() >= UNEVEN.1 && node.tools.len() >= UNEVEN.0 * middle.max(1);
            for node in self.level(depth).filter(large) {
                let message = format!("has {} tools, where the middle {level} has {middle}", node.tools.len());
                out.push(Remark { fault: Fault::Uneven, path: node.path.clone(), message });
            }
        }
    }
}

/// The same words but for number.
fn same_thing(one: &str, other: &str) -> bool {
    use crate::value::english::singular;
    let plain = |text: &str| text.split(' ').map(singular).collect::<Vec<_>>();
    one != other && plain(one) == plain(other)
}

fn evenness(sizes: &[usize]) -> f64 {
    let total = sizes.iter().sum::<usize>() as f64;
    if total == 0.0 {
        return 0.0;
    }
    let part = |size: &usize| {
        let share = *size as f64 / total;
        if share > 0.0 { -share * share.ln() } else { 0.0 }
    };
    sizes.iter().map(part).sum::<f64>().exp() / sizes.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::cover::taxonomy::Words;
    use serde_json::json;

    fn remarks(names: &[(&str, &str)]) -> Vec<Remark> {
        let id = json!({"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]});
        let tools: Vec<_> = names.iter().map(|(name, text)| json!({"name": name, "description": text, "parameters": id})).collect();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("castle.json");
        std::fs::write(&file, json!(tools).to_string()).unwrap();
        let catalog = Catalog::open(&[file]).unwrap();
        Taxonomy::of(&catalog, &Words { sector: |_| None, subtopics: |_| Vec::new() }).remarks()
    }

    fn says(remarks: &[Remark], fault: Fault, words: &str) -> bool {
        remarks.iter().any(|remark| remark.fault == fault && remark.message.contains(words))
    }

    #[test]
    fn what_can_be_made_and_not_found_or_taken_back_and_not_made_is_missing() {
        let odd = remarks(&[("create_castle", "Create a castle."), ("delete_moat", "Delete a moat.")]);
        assert!(says(&odd, Fault::Missing, "no tool finds it"), "{odd:?}");
        assert!(says(&odd, Fault::Missing, "no tool brings it about"), "{odd:?}");
        assert!(says(&odd, Fault::Missing, "no part of life is known"), "{odd:?}");
        let whole = remarks(&[("create_castle", "Create a castle."), ("delete_castle", "Delete a castle.")]);
        assert!(!says(&whole, Fault::Missing, "no tool"), "{whole:?}");
    }

    #[test]
    fn one_large_node_beside_small_ones_is_uneven() {
        let path = |name: &str| vec!["other".to_string(), name.to_string()];
        let node = |name: &str, count: usize| Node { path: path(name), tools: (0..count).collect() };
        let taxonomy = Taxonomy { nodes: vec![node("a", 2), node("b", 2), node("c", 30)], ..Taxonomy::default() };
        let uneven: Vec<Remark> = taxonomy.remarks().into_iter().filter(|remark| remark.fault == Fault::Uneven).collect();
        assert_eq!(uneven.len(), 1);
        assert_eq!(uneven[0].path, path("c"));
        let level = &taxonomy.summary()[1];
        assert!(level.nodes == 3 && level.evenness < 0.6);
        assert!((evenness(&[5, 5]) - 1.0).abs() < 1e-12);
    }
}
