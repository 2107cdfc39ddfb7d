//! X07 `annotation-conflict`: `readOnlyHint: true` stands on a tool whose name says that it changes something.

use crate::lint::rules::prelude::*;
use crate::value::english::words_of_identifier;

pub(super) struct AnnotationConflict;

static DOC: Doc = Doc {
    name: "annotation-conflict",
    code: "X07",
    group: Group::Security,
    severity: Error,
    what: "`readOnlyHint: true` stands on a tool whose name says that it changes something.",
    why: "Clients run read-only tools without asking. Annotations are claims of the server, and this one is false.",
    bad: r#"- name: delete_file
  description: Delete a file of the project.
  inputSchema:
    type: object
    properties:
      path: {type: string, description: Where the file is.}
  annotations: {readOnlyHint: true}
"#,
    good: r#"- name: read_file
  description: Read a file of the project.
  inputSchema:
    type: object
    properties:
      path: {type: string, description: Where the file is.}
  annotations: {readOnlyHint: true}
"#,
    ..Doc::BLANK
};

impl Rule for AnnotationConflict {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let hint = |key: &str| tool.document.get("annotations").and_then(|annotations| annotations.get(key)) == Some(&json!(true));
        if !hint("readOnlyHint") {
            return;
        }
        let verb =
            words_of_identifier(tool.name).into_iter().map(|word| word.to_lowercase()).find(|word| MUTATING.contains(&word.as_str()));
        let place = Place::Document(format!("{}/annotations/readOnlyHint", tool.source.pointer));
        if let Some(verb) = verb.filter(|verb| words_of_identifier(tool.name).first().is_some_and(|first| first.to_lowercase() == *verb)) {
            out.report(place, format!("`{}` is said to be read-only, and its name says \"{verb}\"", clip(tool.name)), "take the hint away");
        } else if hint("destructiveHint") {
            out.report(place, format!("`{}` is said to be read-only and destructive", clip(tool.name)), "take one of the two hints away");
        }
    }
}

pub(super) const MUTATING: [&str; 34] = [
    "delete",
    "remove",
    "drop",
    "destroy",
    "purge",
    "erase",
    "wipe",
    "truncate",
    "merge",
    "create",
    "update",
    "write",
    "set",
    "insert",
    "add",
    "edit",
    "modify",
    "send",
    "post",
    "publish",
    "push",
    "upload",
    "move",
    "rename",
    "cancel",
    "close",
    "revoke",
    "transfer",
    "pay",
    "refund",
    "reset",
    "overwrite",
    "kill",
    "terminate",
];
