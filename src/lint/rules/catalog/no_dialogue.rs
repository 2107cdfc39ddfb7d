//! C11 `no-dialogue`: No dialogue can be synthesised that has this tool in it.

use super::motifs;
use crate::catalog::read::code;
use crate::graph::Witness;
use crate::lint::rules::prelude::*;
use crate::value::SemType;
use petgraph::Direction;
use petgraph::graph::NodeIndex;

pub(super) struct NoDialogue;

static DOC: Doc = Doc {
    name: "no-dialogue",
    code: "C11",
    group: Group::Catalog,
    severity: Warning,
    what: "No dialogue can be synthesised that has this tool in it.",
    why: "It will be missing from every data set, and a model will not learn to use it.",
    graph: true,
    bad: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: set_options
  description: Set the options of the search.
  parameters:
    type: object
    properties:
      options: {type: object, description: The options.}
    required: [options]
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for NoDialogue {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn graph(&self, view: &GraphView, out: &mut Out) {
        let motifs = motifs::of(view.walker, view.catalog.tools.len());
        for (index, tool, seen) in view.pairs().filter(|(index, _, _)| motifs[*index].is_empty()) {
            let needed = tool.parameters.iter().filter(|leaf| leaf.required && leaf.sem == SemType::Id);
            let fed = |pointer: &str| {
                view.graph
                    .graph
                    .edges_directed(NodeIndex::new(index), Direction::Incoming)
                    .any(|edge| matches!(&edge.weight().witness, Witness::Flow { parameter, .. } if parameter == pointer))
            };
            let lacking: Vec<String> = needed.filter(|leaf| !fed(&leaf.pointer)).map(|leaf| format!("`{}`", clip(&leaf.name))).collect();
            let why = match lacking.is_empty() {
                true => "nothing that it needs can be said by a person or found by another tool".to_owned(),
                false => format!("it needs {}, which no tool gives and no person knows", lacking.join(" and ")),
            };
            out.report_at(
                seen,
                Place::Tool,
                format!("no dialogue can have `{}` in it: {why}", clip(&tool.name)),
                "add a tool that finds what it needs, or take what can be said in words",
            );
        }
        for tool in view.world.tools {
            if let Some(reason) = left_out(view, tool) {
                out.report_at(
                    tool,
                    Place::Tool,
                    format!("`{}` is left out of dialogues: {reason}", clip(tool.name)),
                    "mend the tool; the rule for the fault says how",
                );
            }
        }
    }
}

/// Why a tool is not in the catalog at all; a second definition of one name has a rule of its own.
fn left_out(view: &GraphView, tool: &ToolView) -> Option<String> {
    if let Err(skipped) = &tool.source.outcome {
        return Some(skipped.reason.clone());
    }
    let skipped = view.catalog.skipped.iter().find(|skipped| {
        skipped.tool == tool.name.trim()
            && skipped.at.pointer == tool.source.pointer
            && skipped.at.file == view.world.files[tool.file].file.source.path
    })?;
    (code(&skipped.reason) != "duplicate-name").then(|| skipped.reason.clone())
}
