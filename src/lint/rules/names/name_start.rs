//! N03 `name-start`: The name of a tool begins with something else than a letter or an underscore.

use crate::lint::rules::prelude::*;

pub(super) struct NameStart;

static DOC: Doc = Doc {
    name: "name-start",
    code: "N03",
    group: Group::Names,
    severity: Error,
    targets: &[Target::Gemini],
    what: "The name of a tool begins with something else than a letter or an underscore.",
    why: "Gemini refuses such names.",
    bad: r#"- name: 3d_model_search
  description: Find three-dimensional models by what they show.
  parameters:
    type: object
    properties:
      query: {type: string, description: What the model shows.}
    required: [query]
"#,
    good: r#"- name: search_3d_models
  description: Find three-dimensional models by what they show.
  parameters:
    type: object
    properties:
      query: {type: string, description: What the model shows.}
    required: [query]
"#,
    ..Doc::BLANK
};

impl Rule for NameStart {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        if let Some(first) = tool.name.chars().next().filter(|c| !c.is_ascii_alphabetic() && *c != '_') {
            let message = format!("`{}` begins with {first:?}; Gemini wants a letter or an underscore first", clip(tool.name));
            out.report(Place::Name, message, "put a verb first");
        }
    }
}
