//! There and back: between every pair of targets that lose nothing, a conversation comes back as it was; what the others lose is written
//! down in the manual.

use super::conversation::{Call, Conversation, Message, ToolDoc};
use super::json::Json;
use super::mix::{Label, Listing, Order, Syntax};
use super::read::{Reader, stream};
use super::{Reduction, Refusal, Rendering, Target};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Targets of whose rows everything comes back, for what all of them can carry.
const LOSSLESS: [Target; 8] =
    [Target::Sharegpt, Target::Chat, Target::Axolotl, Target::Openai, Target::Mistral, Target::Hermes, Target::Swift, Target::Jsonl];

/// As the target has it; where it has several ways of writing, the first of each.
pub(super) fn rendered(target: Target, row: &Conversation) -> Result<Rendering, Refusal> {
    target.render_as(row, || Label { syntax: Syntax::Hermes, tools: Listing::Json, order: Order::Given, system: 0 }, None)
}

/// Through the bytes of a target and back; an id that the target has no place for is given back by the sidecar, and so it is here.
pub(super) fn there_and_back(target: Target, row: &Conversation) -> Result<Conversation, Refusal> {
    let rendering = rendered(target, row)?;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("possible_answer")).unwrap();
    for (name, line) in &rendering.lines {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().create(true).append(true).open(folder.path().join(name));
        writeln!(file.unwrap(), "{line}").unwrap();
    }
    let path = folder.path().join(rendering.lines[0].0);
    let mut rows = Vec::new();
    stream::read(
        &[path],
        stream::Options::default(),
        |_| (),
        |row, ()| {
            rows.push(row);
            Ok(())
        },
    )
    .unwrap_or_else(|error| panic!("{}: {error}\n{:?}", target.name(), rendering.lines));
    assert_eq!(rows.len(), 1, "{}", target.name());
    let mut back = rows.remove(0);
    rendering.names.restore(&mut back);
    if target.without_ids() {
        back.id = row.id.clone();
    }
    Ok(back)
}

/// Any words, with what means something to one format or another.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~é日😀\n\t]{1,24}",
        "\\PC{1,12}",
        Just("a & b < c".to_string()),
        Just("{\"name\": \"x\"}".to_string()),
        Just("\"q\"".to_string())
    ]
    .prop_filter("words", |text| !text.is_empty())
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9f64).prop_map(Value::from),
        words().prop_map(Value::from),
        Just(json!("")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map("[a-z_$ .]{1,6}", inner, 0..3).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn arguments() -> impl Strategy<Value = Json> {
    proptest::collection::btree_map("[a-z_]{1,8}", value(), 0..4)
        .prop_map(|map| Json::of(&Value::Object(map.into_iter().collect::<Map<_, _>>())))
}

/// What tools answer: JSON, JSON with spaces, words, and words that look like JSON.
fn result() -> impl Strategy<Value = String> {
    prop_oneof![
        value().prop_map(|value| value.to_string()),
        value().prop_map(|value| format!("{value:#}")),
        words(),
        Just("[1, 2]".to_string()),
        Just("{\"a\": \"\\u003cb\\u003e\"}".to_string()),
        Just(String::new()),
    ]
}

fn tools() -> impl Strategy<Value = Vec<Arc<ToolDoc>>> {
    let names = proptest::collection::btree_set("[a-zA-Z][a-z_.]{0,10}", 1..4);
    (names, words(), proptest::collection::vec(any::<i64>(), 1..3)).prop_map(|(names, description, numbers)| {
        let schema = json!({"type": "object", "properties": {"n": {"type": "integer", "enum": numbers}, "s": {"enum": ["a<b", "&"]}}, "required": ["n"]});
        let tool = |name: String| Arc::new(ToolDoc::new(name, description.clone(), Some(Json::of(&schema))));
        names.into_iter().map(tool).collect()
    })
}

/// Requests, each with words or steps of calls with their results, and an answer. With `beside`, calls may have words beside them.
fn conversation() -> impl Strategy<Value = Conversation> {
    let call = (any::<prop::sample::Index>(), arguments(), result());
    let step = proptest::collection::vec(call, 1..4);
    let task = (words(), proptest::collection::vec(step, 0..3), words());
    let system = prop_oneof![Just(None), words().prop_map(Some)];
    (tools(), system, proptest::collection::vec(task, 1..4), "[a-z0-9-]{1,9}").prop_map(|(tools, system, tasks, id)| {
        let mut messages: Vec<Message> = system.into_iter().map(|text| Message::System { text, adds: Vec::new() }).collect();
        let mut made = 0;
        for (request, steps, answer) in tasks {
            messages.push(Message::User { text: request });
            for step in steps {
                let first = made;
                made += step.len();
                let (calls, results): (Vec<Call>, Vec<String>) = step
                    .into_iter()
                    .map(|(tool, arguments, result)| (Call { name: tools[tool.index(tools.len())].name.clone(), arguments }, result))
                    .unzip();
                messages.push(Message::Assistant { text: String::new(), calls, loss: true });
                messages.extend(results.into_iter().enumerate().map(|(at, text)| Message::Tool { call: first + at, text }));
            }
            messages.push(Message::Assistant { text: answer, calls: Vec::new(), loss: true });
        }
        Conversation { id, tools, messages, ..Conversation::default() }
    })
}

/// The same with masks and words beside calls, for the targets that have a place for them.
fn masked() -> impl Strategy<Value = Conversation> {
    (conversation(), proptest::collection::vec(any::<bool>(), 8), words()).prop_map(|(mut row, marks, words)| {
        let last = row.messages.len() - 1;
        for (at, message) in row.messages.iter_mut().enumerate() {
            if let Message::Assistant { text, calls, loss } = message {
                *loss = at == last || marks[at % marks.len()];
                if !calls.is_empty() && marks[(at + 3) % marks.len()] {
                    *text = words.clone();
                }
            }
        }
        row
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn between_any_two_lossless_targets_a_conversation_comes_back_as_it_was(row in conversation()) {
        for first in LOSSLESS {
            // A row may be one that the format cannot mark off; it says so then.
            let Ok(once) = there_and_back(first, &row) else {
                prop_assert_eq!(first, Target::Hermes);
                continue;
            };
            prop_assert_eq!(&once, &row, "{}", first.name());
            for second in LOSSLESS {
                let Ok(twice) = there_and_back(second, &once) else {
                    prop_assert_eq!(second, Target::Hermes);
                    continue;
                };
                prop_assert_eq!(&there_and_back(first, &twice).unwrap(), &row, "{} and {}", first.name(), second.name());
            }
        }
    }

    #[test]
    fn masks_and_words_beside_calls_come_back_or_are_refused_by_name(row in masked()) {
        let all_loss = !row.messages.iter().any(Message::is_masked);
        let mut hushed = row.clone();
        hushed.hush_callers();
        for target in LOSSLESS {
            match there_and_back(target, &row) {
                // These two leave the words out, and count it.
                Ok(back) if matches!(target, Target::Sharegpt | Target::Mistral) => {
                    prop_assert_eq!(&back, &hushed, "{}", target.name());
                    let counted = target.render(&row).unwrap().reduced.contains(&Reduction::Beside);
                    prop_assert_eq!(counted, row != hushed);
                }
                Ok(back) => prop_assert_eq!(&back, &row, "{}", target.name()),
                Err(Refusal::Loss) => prop_assert!(!all_loss && matches!(target, Target::Sharegpt | Target::Chat | Target::Hermes), "{}", target.name()),
                Err(Refusal::Markup) => prop_assert_eq!(target, Target::Hermes),
                Err(other) => prop_assert!(false, "{}: {}", target.name(), other),
            }
        }
    }

    #[test]
    fn no_bytes_make_a_reader_fail(text in "\\PC{0,60}|[\\[\\]{}\":,a-z]{0,60}") {
        let mut reader = Reader::new(None, Vec::new());
        reader.look(text.as_bytes());
        prop_assert!(reader.row(text.as_bytes(), 1).is_err());
    }

    #[test]
    fn a_row_that_is_cut_or_bent_is_told_and_never_taken_for_another(row in conversation(), target in 0..LOSSLESS.len(), cut in any::<prop::sample::Index>()) {
        let Ok(rendering) = LOSSLESS[target].render(&row) else { return Ok(()) };
        let line = &rendering.lines[0].1;
        let bytes = &line.as_bytes()[..cut.index(line.len())];
        let mut reader = Reader::new(None, Vec::new());
        reader.look(line.as_bytes());
        prop_assert!(reader.row(bytes, 1).is_err());
        let bent = line.replacen(':', ";", 1);
        prop_assert!(reader.row(bent.as_bytes(), 1).is_err());
    }
}
