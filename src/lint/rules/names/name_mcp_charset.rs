//! N04 `name-mcp-charset`: The name of a tool has a character beyond letters, digits, `_`, `.` and `-`, or more than 128 of them.

use super::sanitise;
use crate::lint::rules::prelude::*;

pub(super) struct NameMcpCharset;

static DOC: Doc = Doc {
    name: "name-mcp-charset",
    code: "N04",
    group: Group::Names,
    severity: Warning,
    targets: &[Target::Mcp],
    what: "The name of a tool has a character beyond letters, digits, `_`, `.` and `-`, or more than 128 of them.",
    why: "The Model Context Protocol says that names should be made of these; clients differ in what they do with others.",
    bad: r#"- name: Image Downloader
  description: Download an image from a given address.
  parameters:
    type: object
    properties:
      url: {type: string, format: uri, description: Address of the image.}
    required: [url]
"#,
    good: r#"- name: image.download
  description: Download an image from a given address.
  parameters:
    type: object
    properties:
      url: {type: string, format: uri, description: Address of the image.}
    required: [url]
"#,
    ..Doc::BLANK
};

impl Rule for NameMcpCharset {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let wrong = tool.name.chars().find(|c| !(c.is_ascii_alphanumeric() || "_.-".contains(*c)));
        if let Some(wrong) = wrong {
            let message = format!("`{}` has {wrong:?} in it; MCP names are made of letters, digits, `_`, `.` and `-`", clip(tool.name));
            out.report(Place::Name, message, format!("call it `{}`", sanitise::sanitised(tool.name)));
        } else if tool.name.len() > 128 {
            out.report(Place::Name, "the name has more than 128 characters", "shorten it");
        }
    }
}
