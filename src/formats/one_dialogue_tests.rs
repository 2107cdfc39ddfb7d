//! One dialogue in every format: the page of the manual, made by writing it.

use super::mix::{Label, Listing, Order, Syntax};
use super::preference::{Pair, Trainer};
use super::{Conversation, Target, dpo, kto};
use crate::catalog::Catalog;
use crate::dialogue::Dialogue;
use crate::twin::{Fault, Twins};
use crate::world::Schemas;
use serde_json::Value;
use std::fmt::Write;
use std::sync::Arc;

/// Two calls at once, their results and the answer, with the tools that are called and no others.
fn dialogue() -> Dialogue {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/dialogues/parallel.json");
    let mut dialogue: Dialogue = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let called: Vec<String> = dialogue.calls().map(|call| call.tool.clone()).collect();
    dialogue.tools.retain(|tool| called.contains(&tool.name));
    dialogue
}

/// The row as it is, with a line for each column and for each entry of a list in it.
fn laid_out(line: &str) -> String {
    let row: serde_json::Map<String, Value> = serde_json::from_str(line).expect("a row is an object");
    let last = row.len() - 1;
    let mut text = String::from("{\n");
    for (at, (key, value)) in row.iter().enumerate() {
        let comma = if at < last { "," } else { "" };
        match value.as_array().filter(|list| list.iter().any(|entry| entry.is_object() || entry.is_array())) {
            Some(list) => {
                let entries: Vec<String> = list.iter().map(|entry| format!("    {entry}")).collect();
                let _ = writeln!(text, "  \"{key}\": [\n{}\n  ]{comma}", entries.join(",\n"));
            }
            None => {
                let _ = writeln!(text, "  \"{key}\": {value}{comma}");
            }
        }
    }
    text + "}\n"
}

fn section(text: &mut String, name: &str, about: &str, rows: &[(String, String)]) {
    let _ = writeln!(text, "\n## `{name}`\n\n{about}");
    for (file, line) in rows {
        let _ = write!(text, "\n`{file}`\n\n```json\n{}```\n", laid_out(line));
    }
}

fn about(target: Target) -> &'static str {
    match target {
        Target::Sharegpt => {
            "LLaMA-Factory. Calls are JSON in the text, a list when there are several; their results are one turn. Turns of the two sides alternate."
        }
        Target::Chat => "TRL and Hugging Face templates. Arguments are objects.",
        Target::Axolotl => "Arguments and tools are JSON strings, which no loader changes.",
        Target::Openai => "Arguments are JSON strings; there is no column for an id, which is in `sidecar/openai.jsonl`.",
        Target::Mistral => {
            "Ids have nine letters and digits; a row teaches its last message alone, so that each message of the assistant's has a row."
        }
        Target::Hermes => "Tools, calls and results are JSON in tags, and the text is XML as well.",
        Target::Swift => "ms-swift. A call is a message, and so is a result.",
        Target::Xlam => "A single question, with the calls that answer it; parameters are a flat list with types of Python.",
        Target::Bfcl => "A question of a benchmark, and the answers that its checker accepts.",
        Target::Mixed => "Calls, results and tools as text, here in the syntax of Python; a set has several.",
        Target::Parquet => "The row of `chat` as three columns: a text, a list of JSON values, a JSON string.",
        Target::Jsonl => "Our own record: where every argument comes from, and what the dialogue is about.",
    }
}

fn page() -> String {
    let dialogue = dialogue();
    let row = Conversation::of(&dialogue);
    let mut text = String::from(
        "# One dialogue in every format\n\nThe same dialogue as each target has it, a line for each column and entry. Made by a test: `INSTA_UPDATE=always cargo test --lib one_dialogue`.\n",
    );
    let label = || Label { syntax: Syntax::Python, tools: Listing::Json, order: Order::Given, system: 0 };
    for target in Target::ALL {
        let rows = match target {
            Target::Jsonl => vec![(target.file(""), serde_json::to_string(&dialogue).unwrap())],
            Target::Parquet => {
                let _ = writeln!(text, "\n## `parquet`\n\n{}", about(target));
                continue;
            }
            _ => target.render_as(&row, label, None).unwrap().lines.into_iter().map(|(name, line)| (target.file(name), line)).collect(),
        };
        section(&mut text, target.name(), about(target), &rows);
    }
    let catalog = Catalog::of_dialogue(&dialogue);
    let twin = Twins::new(&catalog, Arc::new(Schemas::new(&catalog)), 1).with(&dialogue, Fault::WrongNumber).expect("a twin");
    let pair = Pair { dialogue: &dialogue, twin: &twin, again: false };
    let file = |folder: &str, trainer: Trainer| format!("{folder}/{}.jsonl", trainer.name());
    let dpo: Vec<_> = Trainer::ALL.into_iter().map(|trainer| (file("dpo", trainer), dpo::row(trainer, &pair).unwrap().line)).collect();
    section(&mut text, "dpo", "The answer, and one with a fault in its place.", &dpo);
    let kto = Trainer::ALL.into_iter().map(|trainer| (file("kto", trainer), kto::row(trainer, &pair, false).unwrap().line));
    section(&mut text, "kto", "One answer and whether it is wanted; here the one that is not.", &kto.collect::<Vec<_>>());
    text
}

#[test]
fn the_page_of_the_manual_shows_what_is_written() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/one-dialogue.md");
    let made = page();
    if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        std::fs::write(path, &made).unwrap();
    }
    let told = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(told, made, "INSTA_UPDATE=always writes it anew");
}

#[test]
fn every_target_is_on_the_page_and_what_is_shown_is_what_is_written() {
    let (page, row) = (page(), Conversation::of(&dialogue()));
    for target in Target::ALL {
        assert!(page.contains(&format!("## `{}`\n", target.name())), "{}", target.name());
    }
    // The layout changes spaces between columns and nothing else.
    let chat = Target::Chat.render(&row).unwrap().lines.remove(0).1;
    let shown = page.split("## `chat`").nth(1).unwrap().split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(serde_json::from_str::<Value>(shown).unwrap(), serde_json::from_str::<Value>(&chat).unwrap());
}
