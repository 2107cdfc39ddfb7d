//! N01 `name-openai-regex`: The name of a tool has a character that OpenAI, Anthropic and Mistral refuse: only letters, digits, `_` and `-` are allowed.

use super::sanitise;
use crate::lint::rules::prelude::*;

pub(super) struct NameOpenaiRegex;

static DOC: Doc = Doc {
    name: "name-openai-regex",
    code: "N01",
    group: Group::Names,
    severity: Error,
    targets: &[Target::OpenAi, Target::OpenAiStrict, Target::Anthropic, Target::Mistral],
    what: "The name of a tool has a character that OpenAI, Anthropic and Mistral refuse: only letters, digits, `_` and `-` are allowed.",
    why: "The whole request is refused with a 400, so one such tool takes all others with it. Dots are the commonest cause.",
    bad: r#"- name: math.sum
  description: Add up a list of numbers.
  parameters:
    type: object
    properties:
      numbers: {type: array, items: {type: number}, description: The numbers to add up.}
    required: [numbers]
"#,
    good: r#"- name: math_sum
  description: Add up a list of numbers.
  parameters:
    type: object
    properties:
      numbers: {type: array, items: {type: number}, description: The numbers to add up.}
    required: [numbers]
"#,
    ..Doc::BLANK
};

impl Rule for NameOpenaiRegex {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let wrong: Vec<char> = tool.name.chars().filter(|c| !sanitise::allowed(*c)).collect();
        if let Some(first) = wrong.first() {
            let message = format!("`{}` has {first:?} in it, which OpenAI, Anthropic and Mistral refuse in names", clip(tool.name));
            out.report(Place::Name, message, format!("call it `{}`", sanitise::sanitised(tool.name)));
        }
    }
}
