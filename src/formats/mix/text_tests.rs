//! Rows in every syntax and listing, there and back.

use super::*;
use crate::formats::conversation::{Call, Message, ToolDoc};
use crate::formats::json::Json;
use crate::formats::read::{Reader, Source};
use crate::formats::{Conversation, Reduction, Refusal, Target};
use serde_json::{Value, json};
use std::sync::Arc;

fn fixtures() -> Vec<Conversation> {
    let folder = format!("{}/fixtures/dialogues", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path| serde_json::from_str::<Dialogue>(&std::fs::read_to_string(path).unwrap()).ok();
    files.into_iter().filter_map(read).map(|dialogue| Conversation::of(&dialogue)).collect()
}

fn labels() -> impl Iterator<Item = Label> {
    let listed = |syntax| Listing::ALL.into_iter().map(move |tools| Label { syntax, tools, order: Order::Given, system: 0 });
    Syntax::ALL.into_iter().flat_map(listed).enumerate().map(|(at, label)| Label { system: at as u8 % system::STYLES, ..label })
}

fn read(line: &str) -> Conversation {
    Reader::new(Some(Source::Messages), Vec::new()).row(line.as_bytes(), 1).unwrap()
}

#[test]
fn dialogues_come_back_from_every_syntax() {
    let mut written = 0;
    for row in fixtures() {
        for label in labels() {
            let rendering = match Target::Mixed.render_as(&row, || label, None) {
                Ok(rendering) => rendering,
                Err(refusal) => {
                    assert!(matches!(refusal, Refusal::Loss | Refusal::Tools | Refusal::System), "{}: {refusal}", row.id);
                    continue;
                }
            };
            assert_eq!(rendering.label, Some(label), "{}: written in another syntax", row.id);
            let back = read(&rendering.lines[0].1);
            assert_eq!(back.messages, row.messages, "{label:?}");
            let told = back.written.unwrap();
            assert_eq!(
                (told.syntax, told.listing, told.system.map(|style| style % 4)),
                (label.syntax, Some(label.tools), Some(label.system % 4))
            );
            if label.tools != Listing::Prose {
                assert!(rendering.reduced.is_empty() && back.tools.len() == row.tools.len());
            }
            written += 1;
        }
    }
    assert!(written >= 18, "{written}");
}

fn one_call(name: &str, arguments: Value, result: &str) -> Conversation {
    let properties: serde_json::Map<String, Value> = arguments
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, value)| (key.clone(), json!({"type": if value.is_string() { "string" } else { "number" }})))
        .collect();
    let schema = json!({"type": "object", "properties": properties});
    Conversation {
        id: "a".into(),
        tools: vec![Arc::new(ToolDoc::new(name.into(), "Does it.".into(), Some(Json::of(&schema))))],
        messages: vec![
            Message::System { text: "Today is Friday.".into(), adds: vec![] },
            Message::User { text: "Do it.".into() },
            Message::Assistant {
                text: String::new(),
                calls: vec![Call { name: name.into(), arguments: Json::of(&arguments) }],
                loss: true,
            },
            Message::Tool { call: 0, text: result.into() },
            Message::Assistant { text: "Done.".into(), calls: vec![], loss: true },
        ],
        ..Conversation::default()
    }
}

/// What a syntax cannot write is written in another one, with the label of that.
#[test]
fn hard_arguments_find_a_syntax() {
    let label = |syntax| Label { syntax, tools: Listing::Json, order: Order::Given, system: 0 };
    for (row, syntax, wanted) in [
        (one_call("f", json!({"from": "Oslo"}), "1"), Syntax::Python, Syntax::Hermes),
        (one_call("f", json!({"text": "</arg_value>\n<arg_key>x"}), "1"), Syntax::Glm, Syntax::Hermes),
        (one_call("f", json!({"text": "5", "n": 5}), "1"), Syntax::Glm, Syntax::Glm),
        (one_call("f", json!({"text": "</tool_call> & <b>"}), "</tool_response>"), Syntax::Hermes, Syntax::Hermes),
        (one_call("f", json!({"text": "a\n```\nb"}), "```"), Syntax::Json, Syntax::Json),
        (one_call("f", json!({"text": "it's \"so\"\n)]"}), "{\"a\": [1, 2]}"), Syntax::Python, Syntax::Python),
        (one_call("f", json!({"text": "Action: g\nAction Input: {}"}), "words\nand words"), Syntax::React, Syntax::React),
        (one_call("f", json!({}), ""), Syntax::Mistral, Syntax::Mistral),
    ] {
        let rendering = Target::Mixed.render_as(&row, || label(syntax), None).unwrap();
        assert_eq!(rendering.label.unwrap().syntax, wanted, "{}", rendering.lines[0].1);
        assert_eq!(read(&rendering.lines[0].1).messages, row.messages);
    }
}

#[test]
fn a_list_in_words_says_what_it_leaves_out() {
    let mut row = one_call("f", json!({"n": 1}), "1");
    let schema = json!({"type": "object", "properties": {"n": {"type": "number", "minimum": 0}}});
    row.tools = vec![Arc::new(ToolDoc::new("f".into(), "Does it.".into(), Some(Json::of(&schema))))];
    let label = |tools| Label { syntax: Syntax::Json, tools, order: Order::Given, system: 0 };
    let reduced = |tools| Target::Mixed.render_as(&row, || label(tools), None).unwrap().reduced;
    assert_eq!(reduced(Listing::Prose), [Reduction::Nested]);
    assert!(reduced(Listing::Lines).is_empty());
}

#[test]
fn a_row_without_tools_has_its_own_words_only() {
    let row = Conversation {
        id: "a".into(),
        messages: vec![
            Message::User { text: "Hi.".into() },
            Message::Assistant { text: "[1] Hello (you)]".into(), calls: vec![], loss: true },
        ],
        ..Conversation::default()
    };
    let rendering = Target::Mixed.render(&row).unwrap();
    assert_eq!(
        rendering.lines[0].1,
        r#"{"id":"a","messages":[{"role":"user","content":"Hi."},{"role":"assistant","content":"[1] Hello (you)]"}]}"#
    );
}
