//! X06 `credential-param`: A credential is a parameter: a token, a password, a key.

use crate::lint::rules::prelude::*;
use crate::value::english::words_of_identifier;

pub(super) struct CredentialParam;

static DOC: Doc = Doc {
    name: "credential-param",
    code: "X06",
    group: Group::Security,
    severity: Warning,
    what: "A credential is a parameter: a token, a password, a key.",
    why: "The model would have to know it: it ends up in prompts, logs and data sets. Credentials belong to the caller of the model.",
    bad: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
      api_key: {type: string, description: Your key.}
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    ..Doc::BLANK
};

impl Rule for CredentialParam {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let shown = tool.parameters().into_iter().find(|parameter| is_credential(parameter));
        let hidden = tool.told("credential-param");
        match (shown, hidden) {
            (Some(parameter), _) => {
                let message = format!("`{}` is a credential that the model would have to know", clip(parameter.name));
                out.report(
                    Place::Parameters(parameter.pointer()),
                    message,
                    "take it out of the parameters and add it where the call is made",
                );
            }
            (None, Some(message)) => {
                let text = message.split_once(": ").map_or("", |(_, text)| text);
                out.report(Place::Tool, text, "declare it as a security scheme, so that every importer leaves it out");
            }
            _ => {}
        }
    }
}

fn is_credential(parameter: &Parameter) -> bool {
    let words: Vec<String> = words_of_identifier(parameter.name).iter().map(|word| word.to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // What counts, limits or continues is none: `max_tokens`, `page_token`, `next_token`.
    let harmless = [
        "max",
        "min",
        "page",
        "next",
        "count",
        "cursor",
        "continuation",
        "sync",
        "num",
        "total",
        "limit",
        "device",
        "push",
        "stop",
        "budget",
        "type",
        "id",
        "ids",
        "name",
        "expiry",
        "expires",
        "length",
    ];
    let last = words.last().copied().unwrap_or_default();
    let text = parameter.schema.get("type").is_none_or(|kind| kind == "string");
    let pair = |a: &str, b: &str| words.windows(2).any(|pair| pair == [a, b]);
    let secret = matches!(
        last,
        "password" | "passwd" | "passphrase" | "secret" | "apikey" | "token" | "authorization" | "credential" | "credentials" | "pwd"
    ) || pair("api", "key")
        || pair("access", "key")
        || pair("secret", "key")
        || pair("private", "key")
        || pair("auth", "key");
    secret && text && !words.iter().any(|word| harmless.contains(word))
}
