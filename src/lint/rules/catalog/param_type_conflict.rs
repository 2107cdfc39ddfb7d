//! C04 `param-type-conflict`: A parameter of one name has another type in other tools of the list.

use crate::lint::rules::names::lists;
use crate::lint::rules::prelude::*;
use std::collections::BTreeMap;

pub(super) struct ParamTypeConflict;

static DOC: Doc = Doc {
    name: "param-type-conflict",
    code: "C04",
    group: Group::Catalog,
    severity: Warning,
    what: "A parameter of one name has another type in other tools of the list.",
    why: "A model carries a value over as it is: the text of one call is refused by the next.",
    bad: r#"- name: get_comment
  description: Get a comment by its number.
  parameters:
    type: object
    properties:
      comment_id: {type: integer, description: Number of the comment.}
- name: delete_comment
  description: Delete a comment by its number.
  parameters:
    type: object
    properties:
      comment_id: {type: string, description: Number of the comment.}
- name: edit_comment
  description: Edit a comment by its number.
  parameters:
    type: object
    properties:
      comment_id: {type: integer, description: Number of the comment.}
"#,
    good: r#"- name: get_comment
  description: Get a comment by its number.
  parameters:
    type: object
    properties:
      comment_id: {type: integer, description: Number of the comment.}
- name: delete_comment
  description: Delete a comment by its number.
  parameters:
    type: object
    properties:
      comment_id: {type: integer, description: Number of the comment.}
"#,
    ..Doc::BLANK
};

impl Rule for ParamTypeConflict {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for tools in lists::by_domain(world) {
            let mut kinds: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
            let typed: Vec<(&ToolView, Vec<Typed>)> = tools.into_iter().map(|tool| (tool, of(tool))).collect();
            for (name, kind, _) in typed.iter().flat_map(|(_, parameters)| parameters) {
                *kinds.entry(name.clone()).or_default().entry(kind.clone()).or_default() += 1;
            }
            for (tool, parameters) in &typed {
                for (name, kind, pointer) in parameters {
                    let Some(counts) = kinds.get(name).filter(|counts| counts.len() > 1) else { continue };
                    let Some((usual, count)) = counts.iter().max_by_key(|(kind, count)| (**count, std::cmp::Reverse((*kind).clone())))
                    else {
                        continue;
                    };
                    if usual != kind {
                        let message = format!(
                            "`{}` is {kind} here and {usual} in {count} other tool{}",
                            clip(name),
                            if *count == 1 { "" } else { "s" }
                        );
                        out.report_at(
                            tool,
                            Place::Parameters(pointer.clone()),
                            message,
                            "give one name one type, or another name to what is something else",
                        );
                    }
                }
            }
        }
    }
}

type Typed = (String, String, String);

/// Name, type and pointer of the parameters that have one plain type.
fn of(tool: &ToolView) -> Vec<Typed> {
    let plain = |parameter: &Parameter| {
        let kind = parameter.schema.get("type")?.as_str()?;
        // A number is written in the same way whether it is whole or not, but not accepted by both.
        Some((parameter.name.to_owned(), kind.to_owned(), parameter.pointer()))
    };
    tool.parameters().iter().filter_map(plain).collect()
}
