//! X08 `destructive-no-hint`: A tool whose name says that it destroys something has annotations without `destructiveHint`.

use crate::lint::rules::prelude::*;
use crate::value::english::words_of_identifier;

pub(super) struct DestructiveNoHint;

static DOC: Doc = Doc {
    name: "destructive-no-hint",
    code: "X08",
    group: Group::Security,
    severity: Info,
    what: "A tool whose name says that it destroys something has annotations without `destructiveHint`.",
    why: "Clients ask before they run what is said to be destructive. Absent, the hint counts as true for the protocol and as false for some clients.",
    bad: r#"- name: merge_branch
  description: Merge a branch into another for good.
  inputSchema:
    type: object
    properties:
      path: {type: string, description: Where the file is.}
  annotations: {title: Merge}
"#,
    good: r#"- name: merge_branch
  description: Merge a branch into another for good.
  inputSchema:
    type: object
    properties:
      path: {type: string, description: Where the file is.}
  annotations: {title: Merge, destructiveHint: true}
"#,
    ..Doc::BLANK
};

impl Rule for DestructiveNoHint {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let Some(annotations) = tool.document.get("annotations").filter(|_| tool.is_mcp()) else { return };
        let said = ["destructiveHint", "readOnlyHint"].iter().any(|key| annotations.get(*key) == Some(&json!(true)))
            || annotations.get("destructiveHint").is_some();
        let first = words_of_identifier(tool.name).first().map(|word| word.to_lowercase()).unwrap_or_default();
        if !said && DESTRUCTIVE.contains(&first.as_str()) {
            out.report(
                Place::Document(format!("{}/annotations", tool.source.pointer)),
                format!("`{}` sounds destructive and does not say whether it is", clip(tool.name)),
                "add `destructiveHint`",
            );
        }
    }
}

const DESTRUCTIVE: [&str; 14] = [
    "delete",
    "remove",
    "drop",
    "destroy",
    "purge",
    "erase",
    "wipe",
    "truncate",
    "merge",
    "overwrite",
    "revoke",
    "kill",
    "terminate",
    "reset",
];
