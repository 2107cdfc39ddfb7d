//! N12 `generic-name`: The name of a tool says nothing about what it does: `process`, `run`, `get_data`.

use crate::lint::rules::prelude::*;
use crate::value::english::words_of_identifier;

pub(super) struct GenericName;

static DOC: Doc = Doc {
    name: "generic-name",
    code: "N12",
    group: Group::Names,
    severity: Warning,
    what: "The name of a tool says nothing about what it does: `process`, `run`, `get_data`.",
    why: "A model chooses by name first. With a second catalog beside this one, nobody knows whose `process` it is.",
    bad: r#"- name: process_data
  description: Convert an amount of money between two currencies.
  parameters:
    type: object
    properties:
      amount: {type: number, description: Amount of money in the first currency.}
"#,
    good: r#"- name: convert_currency
  description: Convert an amount of money between two currencies.
  parameters:
    type: object
    properties:
      amount: {type: number, description: Amount of money in the first currency.}
"#,
    ..Doc::BLANK
};

impl Rule for GenericName {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let words = words_of_identifier(tool.name);
        // `run` is a verb in front and a thing behind: `getRun`; so is a function, where they are what is offered.
        let thing = words.len() > 1 && words.last().is_some_and(|word| ["run", "function"].contains(&word.to_lowercase().as_str()));
        let says_nothing = !thing && !words.is_empty() && words.iter().all(|word| GENERIC.contains(&word.to_lowercase().as_str()));
        if says_nothing {
            out.report(
                Place::Name,
                format!("the name `{}` does not say what the tool does", clip(tool.name)),
                "name the verb and the thing: `convert_currency`",
            );
        }
    }
}

const GENERIC: [&str; 35] = [
    "process",
    "data",
    "run",
    "execute",
    "handle",
    "handler",
    "do",
    "action",
    "get",
    "set",
    "tool",
    "function",
    "func",
    "api",
    "helper",
    "util",
    "utils",
    "invoke",
    "main",
    "default",
    "misc",
    "thing",
    "stuff",
    "info",
    "information",
    "perform",
    "operation",
    "method",
    "fetch",
    "foo",
    "bar",
    "baz",
    "my",
    "new",
    "request",
];
