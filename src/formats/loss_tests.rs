//! What each target does with what can be in a row: the table of the manual, made by trying.

use super::conversation::{Call, Conversation, Message, ToolDoc};
use super::json::Json;
use super::round_trip_tests::{rendered, there_and_back};
use super::{Refusal, Target};
use serde_json::{Value, json};
use std::sync::Arc;

fn tool(name: &str, parameters: Value) -> Arc<ToolDoc> {
    Arc::new(ToolDoc::new(name.into(), "Does it.".into(), Some(Json::of(&parameters))))
}

fn schema(properties: Value) -> Value {
    json!({"type": "object", "properties": properties, "required": []})
}

fn user(text: &str) -> Message {
    Message::User { text: text.into() }
}

fn says(text: &str) -> Message {
    Message::Assistant { text: text.into(), calls: Vec::new(), loss: true }
}

fn calls(made: &[(&str, Value)]) -> Message {
    let calls = made.iter().map(|(name, arguments)| Call { name: name.to_string(), arguments: Json::of(arguments) }).collect();
    Message::Assistant { text: String::new(), calls, loss: true }
}

fn result(call: usize, text: &str) -> Message {
    Message::Tool { call, text: text.into() }
}

/// One call and the answer.
fn simple(arguments: Value) -> Vec<Message> {
    vec![user("Look it up."), calls(&[("look", arguments)]), result(0, "{\"n\":1}"), says("It is 1.")]
}

fn row(messages: Vec<Message>) -> Conversation {
    let look = schema(json!({"city": {"type": "string", "description": "The city."}}));
    let tools = vec![tool("look", look), tool("other", schema(json!({})))];
    Conversation { id: "a-1".into(), tools, messages, ..Conversation::default() }
}

fn with_tool(parameters: Value, arguments: Value) -> Conversation {
    Conversation { tools: vec![tool("look", parameters)], ..row(simple(arguments)) }
}

/// What can be in a row, each in the smallest row that has it.
fn features() -> Vec<(&'static str, Conversation)> {
    let city = || json!({"city": "Oslo"});
    let any = |value: Value| with_tool(schema(json!({"value": {}})), json!({"value": value}));
    let long = "0123456789".repeat(20_000);
    let mut masked = row(vec![user("Look."), says("No."), user("Do."), says("It is 1.")]);
    if let Message::Assistant { loss, .. } = &mut masked.messages[1] {
        *loss = false;
    }
    let mut beside = row(simple(city()));
    if let Message::Assistant { text, .. } = &mut beside.messages[1] {
        *text = "Let me see.".into();
    }
    let mut late = row(simple(city()));
    late.messages.insert(3, Message::System { text: "More tools.".into(), adds: vec!["other".into()] });
    let named = |names: &[&str]| {
        let mut row = row(vec![user("Look it up."), calls(&[(names[0], json!({}))]), result(0, "{\"n\":1}"), says("It is 1.")]);
        row.tools.extend(names.iter().map(|name| tool(name, schema(json!({})))));
        row
    };
    let mut extra = row(simple(city()));
    extra.extra.push(("origin".into(), Json::of(&json!("somewhere"))));
    let mut said = simple(city());
    said.insert(0, Message::System { text: "Today is Friday.".into(), adds: Vec::new() });
    vec![
        ("one call, its result and the answer", row(simple(city()))),
        ("words of the system", row(said)),
        ("no call", row(vec![user("Hello."), says("Hello! What can I do?")])),
        ("a call as the last message", row(vec![user("Look it up."), calls(&[("look", city())])])),
        (
            "parallel calls",
            row(vec![user("Look."), calls(&[("look", city()), ("other", json!({}))]), result(0, "1"), result(1, "2"), says("Done.")]),
        ),
        (
            "calls one after the other",
            row(vec![
                user("Look."),
                calls(&[("look", city())]),
                result(0, "1"),
                calls(&[("other", json!({}))]),
                result(1, "2"),
                says("Done."),
            ]),
        ),
        (
            "several requests",
            row(vec![user("Hello."), says("Hello!"), user("Look."), calls(&[("look", city())]), result(0, "1"), says("Done.")]),
        ),
        ("words beside calls", beside),
        ("no arguments", row(simple(json!({})))),
        ("null as an argument", any(Value::Null)),
        ("an empty text as an argument", any(json!(""))),
        (
            "a list as an argument",
            with_tool(schema(json!({"value": {"type": "array", "items": {"type": "string"}}})), json!({"value": ["a", "b"]})),
        ),
        ("an object in an object", any(json!({"a": {"b": [1, {"c": null}]}}))),
        ("letters of every script", row(simple(json!({"city": "São Paulo 東京 😀"})))),
        ("`&`, `<` and quotes", row(simple(json!({"city": "<b>\"A\" & 'B'</b>"})))),
        ("a value of 200,000 letters", row(simple(json!({"city": long})))),
        (
            "a number with all its digits",
            Conversation {
                messages: vec![
                    user("Look."),
                    Message::Assistant {
                        text: String::new(),
                        calls: vec![Call { name: "look".into(), arguments: Json::parse(r#"{"value":12345678901234567890.10}"#).unwrap() }],
                        loss: true,
                    },
                    result(0, "1"),
                    says("1"),
                ],
                ..any(Value::Null)
            },
        ),
        (
            "a result that is words",
            row(vec![user("Look."), calls(&[("look", city())]), result(0, "not found & <gone>"), says("Not there.")]),
        ),
        (
            "a result with spaces in its JSON",
            row(vec![user("Look."), calls(&[("look", city())]), result(0, "{ \"n\": [1, 2] }"), says("Done.")]),
        ),
        ("an enum of numbers", with_tool(schema(json!({"n": {"type": "integer", "enum": [1, 2]}})), json!({"n": 1}))),
        ("a parameter without a type", with_tool(schema(json!({"n": {"description": "Anything."}})), json!({"n": "a"}))),
        (
            "limits and patterns of a parameter",
            with_tool(schema(json!({"n": {"type": "integer", "minimum": 1, "maximum": 9}})), json!({"n": 1})),
        ),
        ("a parameter named `from`", with_tool(schema(json!({"from": {"type": "string"}})), json!({"from": "a"}))),
        ("a tool named with a hyphen", named(&["get-user"])),
        ("a tool named with a dot", named(&["math.sum"])),
        ("a tool named with a space", named(&["find pet by"])),
        ("a tool named in another script", named(&["查询天气"])),
        ("two tools whose names would become one", named(&["a b", "a:b"])),
        ("a tool with a name of 70 letters", named(&["abcdefg".repeat(10).as_str()])),
        ("a message that must not be learned from", masked),
        ("tools that come in the middle", late),
        ("two requests in a row", row(vec![user("Hello."), user("Look."), says("Yes?")])),
        ("last words that nobody answers", row(vec![user("Hello."), says("Hello!"), user("Bye.")])),
        ("no tools", Conversation { tools: Vec::new(), ..row(vec![user("Hello."), says("Hello!")]) }),
        ("a column that nobody knows", extra),
    ]
}

/// `exact`, or what is missing.
fn verdict(target: Target, row: &Conversation) -> String {
    let rendering = match rendered(target, row) {
        Ok(rendering) => rendering,
        Err(refusal) => return format!("no{}", note(refusal)),
    };
    let renamed = if rendering.names.is_empty() { "" } else { " (renamed)" };
    let back = there_and_back(target, row).unwrap();
    // Columns go to the sidecar for every target.
    let wanted = Conversation { extra: Vec::new(), id: back.id.clone(), ..row.clone() };
    if (Conversation { extra: Vec::new(), ..back.clone() }) == wanted {
        return format!("exact{renamed}");
    }
    let mut less = Vec::new();
    if back.messages.len() < wanted.messages.len() {
        less.push("messages");
    } else if back.messages != wanted.messages {
        less.push("texts");
    }
    if back.tools != wanted.tools {
        less.push("schema");
    }
    format!("less: {}{renamed}", less.join(", "))
}

fn note(refusal: Refusal) -> String {
    let known: Vec<Refusal> = NOTES.to_vec();
    known.iter().position(|note| *note == refusal).map_or(format!(": {refusal}"), |at| format!(" ({})", at + 1))
}

const NOTES: [Refusal; 11] = [
    Refusal::Loss,
    Refusal::Tools,
    Refusal::Alternation,
    Refusal::NoAnswer,
    Refusal::Steps,
    Refusal::Opening,
    Refusal::NoTools,
    Refusal::Schema,
    Refusal::Keyword,
    Refusal::Truth,
    Refusal::Markup,
];

/// The targets whose rows are lines, or several of them: Parquet has those of `chat`.
fn targets() -> impl Iterator<Item = Target> {
    Target::ALL.into_iter().filter(|target| *target != Target::Parquet)
}

fn table() -> String {
    let mut text = String::from("|  |");
    for target in targets() {
        text.push_str(&format!(" {} |", target.name()));
    }
    text.push_str(&format!("\n|---|{}\n", "---|".repeat(targets().count())));
    for (name, row) in features() {
        text.push_str(&format!("| {name} |"));
        for target in targets() {
            text.push_str(&format!(" {} |", verdict(target, &row)));
        }
        text.push('\n');
    }
    text.push('\n');
    for (at, refusal) in NOTES.iter().enumerate() {
        text.push_str(&format!("{}. {refusal}\n", at + 1));
    }
    text
}

const BEGIN: &str = "<!-- made by a test: INSTA_UPDATE=always cargo test --lib loss_tests -->\n";
const END: &str = "<!-- end of what is made -->\n";

#[test]
fn the_table_of_the_manual_says_what_happens() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/formats.md");
    let manual = std::fs::read_to_string(path).unwrap();
    let (before, rest) = manual.split_once(BEGIN).expect("the manual has a place for the table");
    let (_, after) = rest.split_once(END).expect("the place has an end");
    let made = format!("{before}{BEGIN}{}{END}{after}", table());
    if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        std::fs::write(path, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), made, "INSTA_UPDATE=always writes it anew");
}

#[test]
fn what_all_targets_must_carry_they_carry_exactly() {
    let plain = [
        "one call, its result and the answer",
        "words of the system",
        "parallel calls",
        "no arguments",
        "null as an argument",
        "`&`, `<` and quotes",
        "a value of 200,000 letters",
        "a number with all its digits",
    ];
    let all = features();
    for name in plain {
        let row = &all.iter().find(|(feature, _)| *feature == name).unwrap().1;
        for target in targets().filter(|target| !matches!(target, Target::Xlam | Target::Bfcl)) {
            assert_eq!(verdict(target, row), "exact", "{name}: {}", target.name());
        }
    }
}
