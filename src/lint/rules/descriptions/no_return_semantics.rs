//! D14 `no-return-semantics`: Neither a schema nor the description says what a tool gives back.

use crate::lint::rules::prelude::*;

pub(super) struct NoReturnSemantics;

static DOC: Doc = Doc {
    name: "no-return-semantics",
    code: "D14",
    group: Group::Descriptions,
    severity: Info,
    what: "Neither a schema nor the description says what a tool gives back.",
    why: "A model cannot plan a second call on a result that it knows nothing of.",
    bad: r#"- name: handle_account
  description: Handle the account of a person by city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: handle_account
  description: Handle the account of a person by city. Returns its number and balance.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for NoReturnSemantics {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let declared = tool.returns.is_some() || tool.source.returns_prose.is_some();
        if !declared && !tool.description.trim().is_empty() && !says(tool.description) {
            out.report(
                Place::Description,
                "nothing says what comes back",
                "declare the result's schema, or say what it has in a sentence that begins with \"Returns\"",
            );
        }
    }
}

fn says(description: &str) -> bool {
    let leads = [
        "return",
        "output",
        "result",
        "respon",
        "gives",
        "answers with",
        "yields",
        "list",
        "get",
        "retriev",
        "find",
        "fetch",
        "search",
        "calculat",
        "comput",
        "convert",
        "read",
        "show",
        "check",
        "determin",
        "estimat",
        "generat",
        "translat",
        "look",
        "count",
        "view",
        "analy",
        "identif",
        "predict",
        "recommend",
        "compar",
        "provid",
        "solve",
        "quer",
    ];
    crate::lint::words::words(description).iter().any(|word| leads.iter().any(|lead| word.starts_with(lead)))
}
