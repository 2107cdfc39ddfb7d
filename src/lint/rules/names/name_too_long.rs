//! N02 `name-too-long`: The name of a tool has more than 64 characters, counted with the prefix that clients put before it (`mcp__server__` for MCP servers).

use crate::lint::rules::prelude::*;

pub(super) struct NameTooLong;

static DOC: Doc = Doc {
    name: "name-too-long",
    code: "N02",
    group: Group::Names,
    severity: Error,
    targets: &[Target::OpenAi, Target::OpenAiStrict, Target::Gemini, Target::Mistral],
    what: "The name of a tool has more than 64 characters, counted with the prefix that clients put before it (`mcp__server__` for MCP servers).",
    why: "OpenAI, Gemini and Mistral refuse the request; clients of MCP servers cut the name, and two tools can become one.",
    bad: r#"- name: search_for_all_of_the_available_hotel_rooms_in_a_city_between_two_dates
  description: Find hotel rooms that are free in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: search_hotel_rooms
  description: Find hotel rooms that are free in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for NameTooLong {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let length = tool.name.chars().count();
        if length > MOST {
            out.report(
                Place::Name,
                format!("the name has {length} characters, and at most {MOST} are allowed"),
                "shorten it to what tells it from the others",
            );
            return;
        }
        let prefix = format!("mcp__{}__", tool.source.domain);
        let whole = length + prefix.chars().count();
        if tool.is_mcp() && whole > MOST {
            let message = format!(
                "with the prefix `{}` that clients put before it, the name has {whole} characters, and at most {MOST} are allowed",
                clip(&prefix)
            );
            out.report(Place::Name, message, "shorten the name, or the name of the server");
        }
    }
}

const MOST: usize = 64;
