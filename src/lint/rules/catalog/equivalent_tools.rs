//! C12 `equivalent-tools`: Two tools do the same to the same thing with the same parameters, and give the same.

use crate::catalog::Tool;
use crate::lint::rules::prelude::*;
use crate::lint::words::{jaccard, stems};
use std::collections::HashMap;

pub(super) struct EquivalentTools;

static DOC: Doc = Doc {
    name: "equivalent-tools",
    code: "C12",
    group: Group::Catalog,
    severity: Warning,
    what: "Two tools do the same to the same thing with the same parameters, and give the same.",
    why: "Whenever one is right, so is the other: a call cannot be marked right or wrong.",
    graph: true,
    bad: r#"- name: delete_file
  description: Delete a file of the project.
  parameters:
    type: object
    properties:
      path: {type: string, description: Where the file is.}
    required: [path]
- name: remove_file
  description: Remove a file of the project.
  parameters:
    type: object
    properties:
      path: {type: string, description: Where the file is.}
    required: [path]
"#,
    good: r#"- name: delete_file
  description: Delete a file of the project.
  parameters:
    type: object
    properties:
      path: {type: string, description: Where the file is.}
    required: [path]
- name: read_file
  description: Read a file of the project.
  parameters:
    type: object
    properties:
      path: {type: string, description: Where the file is.}
    required: [path]
"#,
    ..Doc::BLANK
};

impl Rule for EquivalentTools {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn graph(&self, view: &GraphView, out: &mut Out) {
        let mut known: HashMap<String, (&Tool, &ToolView)> = HashMap::new();
        for (_, tool, seen) in view.pairs() {
            // Of the same catalog alone: two services may both send mail.
            let key = format!("{}|{}|{}", seen.file, tool.domain, signature(tool));
            match known.get(&key) {
                Some((first, _)) if akin(first, tool) => {
                    let message = format!("`{}` does the same as `{}`, with the same parameters", clip(&tool.name), clip(&first.name));
                    out.report_at(seen, Place::Tool, message, "keep one, or say what only the other does");
                }
                Some(_) => {}
                None => drop(known.insert(key, (tool, seen))),
            }
        }
    }
}

/// What a tool takes, does and gives.
fn signature(tool: &Tool) -> String {
    let leaves = |leaves: &[crate::catalog::Leaf]| {
        let mut names: Vec<String> = leaves.iter().map(|leaf| format!("{}:{:?}", leaf.pointer, leaf.sem)).collect();
        names.sort();
        names.join(",")
    };
    let effects = &tool.effects;
    let class = format!("{:?}", tool.phrase.class);
    format!(
        "{class}|{}|{:?}{:?}{:?}|{}",
        leaves(&tool.parameters),
        effects.creates,
        effects.updates,
        effects.deletes,
        tool.phrase.object.to_lowercase()
    )
}

/// Verbs that mean the same of a tool.
const SAME: [&[&str]; 6] = [
    &["delete", "remove", "erase", "drop", "destroy"],
    &["get", "fetch", "retrieve", "read", "show", "obtain", "return"],
    &["find", "search", "list", "look", "browse", "query"],
    &["create", "add", "make", "insert", "register"],
    &["update", "modify", "edit", "change", "alter"],
    &["send", "post", "submit", "publish"],
];

/// The same verb and mostly the same words: adding and dividing take the same and are not the same.
fn akin(a: &Tool, b: &Tool) -> bool {
    let (one, other) = (a.phrase.verb.to_lowercase(), b.phrase.verb.to_lowercase());
    let same = one == other || SAME.iter().any(|group| group.contains(&one.as_str()) && group.contains(&other.as_str()));
    let alike = jaccard(&stems(&a.description), &stems(&b.description));
    same && alike >= 0.5 && (!a.parameters.is_empty() || alike >= 0.8)
}
