//! F03 `no-tools`: A catalog has no tool in it.

use crate::lint::rules::prelude::*;

pub(super) struct NoTools;

static DOC: Doc = Doc {
    name: "no-tools",
    code: "F03",
    group: Group::File,
    severity: Warning,
    what: "A catalog has no tool in it.",
    why: "Whoever reads it gets nothing, without an error.",
    bad: r#"name: cities
description: Tools about cities.
tools: []
"#,
    good: r#"name: cities
description: Tools about cities.
tools:
  - name: get_weather
    description: Get the weather of a city.
    parameters:
      type: object
      properties:
        city: {type: string, description: Name of the city.}
      required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for NoTools {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn file(&self, file: &FileView, out: &mut Out) {
        if file.file.tools.is_empty() {
            out.report(
                Place::File,
                format!("there is no tool in this {} file", file.file.source.format),
                "add tools, or leave the file out",
            );
        }
    }
}
