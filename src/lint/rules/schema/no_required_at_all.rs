//! S14 `no-required-at-all`: A tool has parameters, and none is required.

use crate::lint::rules::prelude::*;

pub(super) struct NoRequiredAtAll;

static DOC: Doc = Doc {
    name: "no-required-at-all",
    code: "S14",
    group: Group::Schema,
    severity: Info,
    what: "A tool has parameters, and none is required.",
    why: "A call without arguments is valid; models make such calls, and nobody asks back for what is missing.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for NoRequiredAtAll {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let parameters = tool.parameters();
        let in_branch =
            |key: &str| tool.schema.get(key).and_then(Value::as_array).into_iter().flatten().any(|branch| branch.get("required").is_some());
        let any = parameters.iter().any(|parameter| parameter.required) || ["anyOf", "oneOf", "allOf"].iter().any(|key| in_branch(key));
        // A filter of optional parts is in order when each of them says what happens without it.
        let all_have_defaults = parameters.iter().all(|parameter| parameter.schema.get("default").is_some());
        if !parameters.is_empty() && !any && !all_have_defaults {
            let message = match parameters.len() {
                1 => format!("the one parameter of `{}` is not required", clip(tool.name)),
                many => format!("none of the {many} parameters of `{}` is required", clip(tool.name)),
            };
            out.report(
                Place::Parameters(String::new()),
                message,
                "list under `required` what a call makes no sense without, or give the others defaults",
            );
        }
    }
}
