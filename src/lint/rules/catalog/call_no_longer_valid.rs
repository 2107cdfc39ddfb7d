//! C16 `call-no-longer-valid`: With `--against`: a call that was valid by the old schema is not by the new one.

use crate::lint::rules::prelude::*;
use crate::lint::witness::{Compared, compare};

pub(super) struct CallNoLongerValid;

static DOC: Doc = Doc {
    name: "call-no-longer-valid",
    code: "C16",
    group: Group::Catalog,
    severity: Error,
    what: "With `--against`: a call that was valid by the old schema is not by the new one.",
    why: "Callers that were right are refused. The example is one of them.",
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
      day: {type: string, description: The day.}
      city: {type: string, description: Name of the city.}
    required: [city, day]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
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
      day: {type: string, description: The day.}
      city: {type: string, description: Name of the city.}
    required: [city]
  returns: {type: object, properties: {celsius: {type: number, description: Temperature.}}}
"#,
    ..Doc::BLANK
};

impl Rule for CallNoLongerValid {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        let Some(old) = &world.settings.against else { return };
        for (tool, new) in old.tools.iter().filter_map(|tool| Some((tool, world.tools.iter().find(|new| new.name.trim() == tool.name)?))) {
            let Ok(read) = new.outcome() else {
                out.report_at(
                    new,
                    Place::Tool,
                    format!("`{}` was usable, and is not any more", clip(&tool.name)),
                    "mend it; the rule for the fault says how",
                );
                continue;
            };
            match compare(&tool.parameters, &read.parameters) {
                Compared::Breaks(call, reason) => {
                    let message = format!("this call of `{}` was valid and is not any more: {call}", clip(&tool.name));
                    out.report_at(
                        new,
                        Place::Parameters(String::new()),
                        message,
                        format!("{}; take what was taken before, or give the new form a new name", clip(&reason)),
                    );
                }
                Compared::Narrower => {
                    let message = format!("`{}` takes less than before", clip(&tool.name));
                    out.report_at(
                        new,
                        Place::Parameters(String::new()),
                        message,
                        "take what was taken before, or give the new form a new name",
                    );
                }
                Compared::Compatible | Compared::Unknown => {}
            }
        }
    }
}
