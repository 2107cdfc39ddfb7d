//! D07 `desc-too-long`: The description of a tool has more than 1,024 characters.

use crate::lint::rules::prelude::*;

pub(super) struct DescTooLong;

static DOC: Doc = Doc {
    name: "desc-too-long",
    code: "D07",
    group: Group::Descriptions,
    severity: Warning,
    what: "The description of a tool has more than 1,024 characters.",
    why: "It is sent with every request, and what matters is lost in it; OpenAI cuts or refuses more.",
    bad: r#"- name: get_weather
  description: "Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. Get the weather of a city; the answer has temperature, wind and rain for every hour. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city; the answer has temperature, wind and rain for every hour.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for DescTooLong {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let length = tool.description.chars().count();
        if length > MOST {
            out.report(
                Place::Description,
                format!("the description has {length} characters; more than {MOST} are cut or refused"),
                "keep what a caller needs; put the rest into the documentation",
            );
        }
    }
}

const MOST: usize = 1024;
