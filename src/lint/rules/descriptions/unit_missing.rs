//! D16 `unit-missing`: A number that measures something has no unit: neither in its name, nor in its description, nor in a parameter beside it.

use crate::lint::rules::prelude::*;
use crate::lint::words::words;
use crate::value::english::words_of_identifier;
use std::collections::HashSet;
use std::sync::LazyLock;

pub(super) struct UnitMissing;

static DOC: Doc = Doc {
    name: "unit-missing",
    code: "D16",
    group: Group::Descriptions,
    severity: Warning,
    what: "A number that measures something has no unit: neither in its name, nor in its description, nor in a parameter beside it.",
    why: "Minutes or seconds, dollars or cents: the call is valid either way and wrong in one.",
    bad: r#"- name: set_timer
  description: Set a timer on the kitchen clock.
  parameters:
    type: object
    properties:
      duration: {type: integer, description: How long the timer runs.}
"#,
    good: r#"- name: set_timer
  description: Set a timer on the kitchen clock.
  parameters:
    type: object
    properties:
      duration: {type: integer, description: How long the timer runs in minutes.}
"#,
    ..Doc::BLANK
};

impl Rule for UnitMissing {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        // Lengths in geometry have none, and the temperature of a language model is none.
        let about = tool.description.to_lowercase();
        let pure = [
            "circle",
            "triangle",
            "rectangle",
            "perimeter",
            "circumference",
            "sphere",
            "cylinder",
            "cone",
            "geometr",
            "sampling",
            "polygon",
            "surface area",
            "hypotenuse",
            "cuboid",
            "prism",
            "pyramid",
            "decision tree",
            "random forest",
            "classifier",
        ];
        if pure.iter().any(|word| about.contains(word)) {
            return;
        }
        let parameters = tool.parameters();
        let beside = parameters
            .iter()
            .any(|parameter| words_of_identifier(parameter.name).iter().any(|word| BESIDE.contains(&word.to_lowercase().as_str())));
        for parameter in &parameters {
            let numeric = parameter.schema.get("type").is_some_and(|kind| kind == "number" || kind == "integer");
            let named: Vec<String> = words_of_identifier(parameter.name).iter().map(|word| word.to_lowercase()).collect();
            let measures = named.last().is_some_and(|word| MEASURES.contains(&word.as_str()));
            if !numeric || !measures {
                continue;
            }
            let said = words(parameter.text("description"));
            // "The number of nights": what is counted is the unit.
            let counts =
                said.windows(2).any(|pair| pair[0] == "number" && pair[1] == "of") || said.first().is_some_and(|word| word == "count");
            let has_unit = named.iter().chain(&said).any(|word| unit(word))
                || parameter.text("description").contains(['%', '$', '€', '£', '°', '₹', '¥']);
            let sampling = parameter.text("description").to_lowercase().contains("sampling");
            let closed = sampling || counts || parameter.schema.get("enum").is_some() || parameter.schema.get("format").is_some();
            if !has_unit && !beside && !closed {
                let message = format!("`{}` measures something and has no unit", clip(parameter.name));
                out.report(
                    Place::Parameters(parameter.pointer()),
                    message,
                    "name the unit in the description, or in the name: `duration_minutes`",
                );
            }
        }
    }
}

const MEASURES: [&str; 26] = [
    "duration",
    "timeout",
    "delay",
    "interval",
    "amount",
    "price",
    "cost",
    "fee",
    "salary",
    "budget",
    "weight",
    "mass",
    "distance",
    "length",
    "height",
    "width",
    "depth",
    "speed",
    "velocity",
    "temperature",
    "radius",
    "volume",
    "pressure",
    "balance",
    "income",
    "area",
];
const BESIDE: [&str; 6] = ["unit", "units", "currency", "measure", "metric", "scale"];
static UNITS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("units.txt").split_whitespace().collect());

fn unit(word: &str) -> bool {
    UNITS.contains(word) || word.strip_suffix('s').is_some_and(|one| UNITS.contains(one)) || word == "inches" || word == "feet"
}
