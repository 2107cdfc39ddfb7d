//! N15 `param-style-mix`: The parameters of one tool are named in several styles.

use super::style::{Style, style};
use crate::lint::rules::prelude::*;

pub(super) struct ParamStyleMix;

static DOC: Doc = Doc {
    name: "param-style-mix",
    code: "N15",
    group: Group::Names,
    severity: Info,
    what: "The parameters of one tool are named in several styles.",
    why: "A model carries the style of one name over to the next and writes `userName` for `user_name`.",
    bad: r#"- name: create_user
  description: Create a user with a name and an address.
  parameters:
    type: object
    properties:
      userName: {type: string, description: Name of the user.}
      home_address: {type: string, description: Where the user lives.}
"#,
    good: r#"- name: create_user
  description: Create a user with a name and an address.
  parameters:
    type: object
    properties:
      user_name: {type: string, description: Name of the user.}
      home_address: {type: string, description: Where the user lives.}
"#,
    ..Doc::BLANK
};

impl Rule for ParamStyleMix {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let mut seen: Vec<(Style, String)> = Vec::new();
        for parameter in tool.parameters() {
            if let Some(style) = style(parameter.name)
                && !seen.iter().any(|(known, _)| *known == style)
            {
                seen.push((style, parameter.name.to_owned()));
            }
        }
        if let [(one, a), (other, b), ..] = seen.as_slice() {
            let message = format!("parameters in several styles: `{}` is in {}, `{}` in {}", clip(a), one.name(), clip(b), other.name());
            out.report(Place::Parameters(String::new()), message, "write all parameters in one style");
        }
    }
}
