//! P07 `token-budget`: The list of tools takes more tokens than the budget (20,000 unless configured).

use crate::graph::encoder::Encoder;
use crate::lint::rules::prelude::*;
use crate::lint::tokens::Tokens;

pub(super) struct TokenBudget;

static DOC: Doc = Doc {
    name: "token-budget",
    code: "P07",
    group: Group::Providers,
    severity: Warning,
    what: "The list of tools takes more tokens than the budget (20,000 unless configured).",
    why: "It is sent with every request: it costs money and time, and models choose worse from long lists.",
    bad: include_str!("token_budget.bad.yaml"),
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
"#,
    ..Doc::BLANK
};

impl Rule for TokenBudget {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        let encoder = Encoder::embedded();
        let budget = world.settings.token_budget;
        let mut counter = Tokens::default();
        for file in world.files {
            let (mut tokens, mut counted) = (0, 0);
            for tool in &file.file.tools {
                // A count names its tokenizer, and stops where nobody asks any more.
                if tokens > 4 * budget {
                    break;
                }
                tokens += counter.of_tool(tool, file.file);
                counted += 1;
            }
            if tokens > budget {
                let all = file.file.tools.len();
                let more = if counted < all { "more than " } else { "" };
                let message =
                    format!("the {all} tools of this file take {more}{tokens} tokens ({}), and the budget is {budget}", encoder.name());
                out.file = file.index;
                out.report(Place::File, message, "offer fewer tools at a time, and shorten the longest descriptions");
            }
        }
    }
}
