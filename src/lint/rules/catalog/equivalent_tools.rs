//! C12 `equivalent-tools`: Two tools do the same to the same thing with the same parameters, and give the same.

use super::verbs;
use crate::catalog::Tool;
use crate::lint::rules::prelude::*;
use crate::lint::words::{jaccard, stem, stems};
use crate::value::english::words_of_identifier;
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

/// The same verb, mostly the same words, and no name that says what only this one does: adding and dividing take the same and are not
/// the same, nor are the points of a season and of a career.
fn akin(a: &Tool, b: &Tool) -> bool {
    let alike = jaccard(&stems(&a.description), &stems(&b.description));
    let told_apart = says_more(&a.name, &b.name) && says_more(&b.name, &a.name);
    verbs::same(&a.phrase.verb, &b.phrase.verb) && !told_apart && alike >= 0.5 && (!a.parameters.is_empty() || alike >= 0.8)
}

/// A name has a word that is neither a verb of the same meaning nor a word of the other name, in full or cut short.
fn says_more(name: &str, other: &str) -> bool {
    let other: Vec<String> = words_of_identifier(other).iter().map(|word| word.to_lowercase()).collect();
    let known = |word: &str| {
        let cut = |a: &str, b: &str| a.len() >= 3 && b.starts_with(a);
        let (stemmed, word) = (stem(word), word);
        other.iter().any(|known| stem(known) == stemmed || cut(word, known) || cut(known, word) || verbs::same(word, known))
    };
    words_of_identifier(name).iter().map(|word| word.to_lowercase()).any(|word| !known(&word))
}
