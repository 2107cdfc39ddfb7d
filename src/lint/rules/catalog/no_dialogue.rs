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
        for (place, why) in reasons(view) {
            let seen = &view.world.tools[place];
            let name = clip(seen.name);
            let (message, help) = match left_out(view, seen) {
                Some(_) => (format!("`{name}` is left out of dialogues: {why}"), "mend the tool; the rule for the fault says how"),
                None => (
                    format!("no dialogue can have `{name}` in it: {why}"),
                    "add a tool that finds what it needs, or take what can be said in words",
                ),
            };
            out.report_at(seen, Place::Tool, message, help);
        }
    }
}

/// The tools that no dialogue can have, as places in the world, each with the reason.
pub(in crate::lint) fn reasons(view: &GraphView) -> Vec<(usize, String)> {
    let motifs = motifs::of(view.walker, view.catalog.tools.len());
    let alone = (0..view.catalog.tools.len()).filter(|index| motifs[*index].is_empty());
    let mut out: Vec<(usize, String)> = alone.filter_map(|index| Some((view.origin[index]?, unfed(view, index)))).collect();
    out.extend(view.world.tools.iter().enumerate().filter_map(|(place, tool)| Some((place, left_out(view, tool)?))));
    out
}

/// What a tool needs and nobody gives.
fn unfed(view: &GraphView, index: usize) -> String {
    let needed = view.catalog.tools[index].parameters.iter().filter(|leaf| leaf.required && leaf.sem == SemType::Id);
    let fed = |pointer: &str| {
        view.graph
            .graph
            .edges_directed(NodeIndex::new(index), Direction::Incoming)
            .any(|edge| matches!(&edge.weight().witness, Witness::Flow { parameter, .. } if parameter == pointer))
    };
    let lacking: Vec<String> = needed.filter(|leaf| !fed(&leaf.pointer)).map(|leaf| format!("`{}`", clip(&leaf.name))).collect();
    match lacking.is_empty() {
        true => "nothing that it needs can be said by a person or found by another tool".to_owned(),
        false => format!("it needs {}, which no tool gives and no person knows", lacking.join(" and ")),
    }
}

/// Why a tool is not in the catalog at all; a second definition of one name has a rule of its own.
fn left_out(view: &GraphView, tool: &ToolView) -> Option<String> {
    if let Err(skipped) = tool.outcome() {
        return Some(skipped.reason.clone());
    }
    let skipped = view.catalog.skipped.iter().find(|skipped| {
        skipped.tool == tool.name.trim()
            && skipped.at.pointer == tool.source.pointer
            && skipped.at.file == view.world.files[tool.file].file.source.path
    })?;
    (code(&skipped.reason) != "duplicate-name").then(|| skipped.reason.clone())
}
