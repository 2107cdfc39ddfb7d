//! C17 `result-field-removed`: With `--against`: a field that a result was declared to have is gone, or has another type.

use crate::catalog::infer::leaves::view;
use crate::lint::rules::prelude::*;
use std::collections::BTreeMap;

pub(super) struct ResultFieldRemoved;

static DOC: Doc = Doc {
    name: "result-field-removed",
    code: "C17",
    group: Group::Catalog,
    severity: Error,
    what: "With `--against`: a field that a result was declared to have is gone, or has another type.",
    why: "Whoever reads it gets nothing.",
    bad: r#"=== old.yaml
- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
=== new.yaml
- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {kelvin: {type: number, description: Temperature.}}}
"#,
    good: r#"=== old.yaml
- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
=== new.yaml
- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {wind: {type: number, description: Wind.}, celsius: {type: number, description: Temperature.}}}
"#,
    ..Doc::BLANK
};

impl Rule for ResultFieldRemoved {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        let Some(old) = &world.settings.against else { return };
        for (tool, new) in old.tools.iter().filter_map(|tool| Some((tool, world.tools.iter().find(|new| new.name.trim() == tool.name)?))) {
            let (Some(was), Some(is)) = (&tool.returns, &new.returns) else {
                if tool.returns.is_some() {
                    out.report_at(
                        new,
                        Place::Tool,
                        format!("`{}` no longer says what it gives", clip(&tool.name)),
                        "declare the result as before",
                    );
                }
                continue;
            };
            let (before, after) = (fields(was), fields(is));
            for (pointer, kind) in &before {
                match after.get(pointer) {
                    None => out.report_at(
                        new,
                        Place::Returns(String::new()),
                        format!("the result of `{}` no longer has {pointer}", clip(&tool.name)),
                        "keep the field",
                    ),
                    Some(now) if now != kind && !kind.is_empty() && !now.is_empty() => {
                        let message = format!("{pointer} in the result of `{}` was {kind} and is {now}", clip(&tool.name));
                        out.report_at(new, Place::Returns(String::new()), message, "keep the type, or give the new form a new name");
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

/// The leaves of a result, each with its type.
fn fields(schema: &Value) -> BTreeMap<String, String> {
    let kind = |schema: &Value| schema.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    view(schema).leaves.iter().map(|leaf| (leaf.pointer.clone(), kind(&leaf.schema))).collect()
}
