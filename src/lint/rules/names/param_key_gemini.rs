//! N09 `param-key-gemini`: The name of a parameter has something else in it than letters, digits and `_`, begins with a digit, or is longer than 64.

use crate::lint::rules::prelude::*;

pub(super) struct ParamKeyGemini;

static DOC: Doc = Doc {
    name: "param-key-gemini",
    code: "N09",
    group: Group::Names,
    severity: Error,
    targets: &[Target::Gemini],
    what: "The name of a parameter has something else in it than letters, digits and `_`, begins with a digit, or is longer than 64.",
    why: "Gemini refuses the declaration; dots, dashes and brackets are the usual causes.",
    bad: r#"- name: list_projects
  description: List the projects with these ids.
  parameters:
    type: object
    properties:
      project-ids: {type: string, description: Ids of the projects.}
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

impl Rule for ParamKeyGemini {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn node(&self, _: &ToolView, node: &Node, out: &mut Out) {
        let Some(name) = node.property.filter(|name| !node.in_result && !fits(name)) else { return };
        let message = format!("Gemini refuses the parameter name `{}`", clip(name));
        out.report(node.place(), message, "use letters, digits and `_`, at most 64, and no digit first");
    }
}

fn fits(name: &str) -> bool {
    let first = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    first && name.len() <= 64 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
