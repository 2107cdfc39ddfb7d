//! N08 `param-key-anthropic`: The name of a parameter has a character that Anthropic refuses, or more than 64 of them.

use crate::lint::rules::prelude::*;

pub(super) struct ParamKeyAnthropic;

static DOC: Doc = Doc {
    name: "param-key-anthropic",
    code: "N08",
    group: Group::Names,
    severity: Error,
    targets: &[Target::Anthropic],
    what: "The name of a parameter has a character that Anthropic refuses, or more than 64 of them.",
    why: "The request is refused with a 400: keys must match `^[a-zA-Z0-9_.-]{1,64}$`.",
    bad: r#"- name: list_projects
  description: List the projects with these ids.
  parameters:
    type: object
    properties:
      "project_ids[]": {type: string, description: Ids of the projects.}
"#,
    good: r#"- name: list_projects
  description: List the projects with these ids.
  parameters:
    type: object
    properties:
      project_ids: {type: string, description: Ids of the projects.}
"#,
    nodes: true,
    ..Doc::BLANK
};

impl Rule for ParamKeyAnthropic {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        let Some(name) = node.property.filter(|name| !node.in_result && !fits(name)) else { return };
        let message = format!("Anthropic refuses the parameter name `{}`", clip(name));
        out.report(node.place(), message, "use letters, digits, `_`, `.` and `-`, at most 64");
    }
}

fn fits(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
}
