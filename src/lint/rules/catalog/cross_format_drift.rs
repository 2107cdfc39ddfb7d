//! C09 `cross-format-drift`: One tool stands in two files in different formats, and the two differ in their parameters.

use crate::lint::rules::prelude::*;
use std::collections::{BTreeSet, HashMap};

pub(super) struct CrossFormatDrift;

static DOC: Doc = Doc {
    name: "cross-format-drift",
    code: "C09",
    group: Group::Catalog,
    severity: Warning,
    what: "One tool stands in two files in different formats, and the two differ in their parameters.",
    why: "One of the two is out of date; calls that are right by one fail by the other.",
    bad: r#"=== cities.yaml
openapi: 3.1.0
info: {title: Cities, version: "1"}
paths:
  /cities:
    get:
      operationId: findCity
      summary: Find a city by its name.
      parameters:
        - {name: city, in: query, required: true, description: Name of the city., schema: {type: string}}
      responses: {"200": {description: The city.}}
=== cities.json
{"tools": [{"name": "find_city", "description": "Find a city by its name.", "inputSchema": {"type": "object", "properties": {"title": {"type": "string", "description": "Name of the city."}}}}]}
"#,
    good: r#"=== cities.yaml
openapi: 3.1.0
info: {title: Cities, version: "1"}
paths:
  /cities:
    get:
      operationId: findCity
      summary: Find a city by its name.
      parameters:
        - {name: city, in: query, required: true, description: Name of the city., schema: {type: string}}
      responses: {"200": {description: The city.}}
=== cities.json
{"tools": [{"name": "find_city", "description": "Find a city by its name.", "inputSchema": {"type": "object", "properties": {"city": {"type": "string", "description": "Name of the city."}}}}]}
"#,
    ..Doc::BLANK
};

impl Rule for CrossFormatDrift {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        let mut known: HashMap<String, Vec<&ToolView>> = HashMap::new();
        for tool in world.tools.iter().filter(|tool| !tool.name.is_empty()) {
            let plain: String = tool.name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            let twins = known.entry(plain).or_default();
            let family = |tool: &ToolView| tool.format.split('-').next().unwrap_or_default().to_owned();
            if let Some(first) = twins.iter().find(|first| first.file != tool.file && family(first) != family(tool)) {
                let names =
                    |tool: &ToolView| tool.parameters().iter().map(|parameter| parameter.name.to_lowercase()).collect::<BTreeSet<String>>();
                let (ours, theirs) = (names(tool), names(first));
                if let Some(only) = ours.symmetric_difference(&theirs).next() {
                    let (here, there) = if ours.contains(only) { ("here", "there") } else { ("there", "here") };
                    let other = world.files[first.file].file.source.path.display().to_string();
                    let message =
                        format!("`{}` stands in {other} as well, and differs: `{}` is {here} and not {there}", clip(tool.name), clip(only));
                    out.report_at(tool, Place::Parameters(String::new()), message, "make one of the two from the other");
                }
            }
            twins.push(tool);
        }
    }
}
