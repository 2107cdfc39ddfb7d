//! `walktalk verify`: it accepts what `generate` wrote, and nothing that was tampered with.

mod support;

use serde_json::{Value, json};
use std::path::Path;
use std::sync::OnceLock;
use support::*;

/// The records of one small run, made once.
fn records() -> &'static [Value] {
    static RECORDS: OnceLock<Vec<Value>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let home = folder();
        let mut command = walktalk(home.path());
        command.arg("generate").arg("--catalog").arg(small_catalog()).args(["--size", "15", "--seed", "4"]).assert().success();
        rows(home.path().join("walktalk-out/dialogues.jsonl"))
    })
}

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

fn json_answer(folder: &Path, path: &str) -> (Option<i32>, Value) {
    let output = walktalk(folder).args(["verify", "--json", path]).output().unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn what_was_generated_holds_as_a_folder_a_file_and_a_stream() {
    let home = folder();
    write(home.path(), "dialogues.jsonl", lines(records()));
    for path in [".", "dialogues.jsonl"] {
        walktalk(home.path()).args(["verify", path]).assert().success().stdout("15 of 15 dialogues hold\n").stderr("");
    }
    walktalk(home.path()).args(["verify", "-"]).write_stdin(lines(records())).assert().success().stdout("15 of 15 dialogues hold\n");
}

#[test]
fn json_has_one_row_a_dialogue_and_a_summary() {
    let home = folder();
    write(home.path(), "dialogues.jsonl", lines(records()));
    let (code, answer) = json_answer(home.path(), "dialogues.jsonl");
    assert_eq!(code, Some(0));
    assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), ["rows", "summary"]);
    for (number, (row, record)) in answer["rows"].as_array().unwrap().iter().zip(records()).enumerate() {
        assert_eq!(*row, json!({"row": number, "id": record["id"], "ok": true, "failures": []}));
    }
    assert_eq!(
        answer["summary"],
        json!({"rows": 15, "ok": 15, "failed": 0, "calls_not_run_again": 0, "goals_not_known": 0, "tools_not_shown": 0, "failures_by_check": {}})
    );
}

/// The place of the first call with a text argument that the user said: record, turn, argument.
fn said_argument() -> (usize, usize, String) {
    for (number, record) in records().iter().enumerate() {
        for (turn, message) in record["turns"].as_array().unwrap().iter().enumerate() {
            let call = &message["calls"][0];
            for (pointer, source) in call["provenance"].as_object().into_iter().flatten() {
                let name = &pointer[1..];
                if source["source"] == "user_turn" && call["arguments"][name].is_string() {
                    return (number, turn, name.to_string());
                }
            }
        }
    }
    panic!("no argument of any dialogue was said by the user");
}

#[test]
fn a_changed_argument_is_found_and_named_with_its_row() {
    let (number, turn, name) = said_argument();
    let mut changed = records().to_vec();
    let argument = &mut changed[number]["turns"][turn]["calls"][0]["arguments"][&name];
    *argument = json!(format!("{}x", argument.as_str().unwrap()));
    let home = folder();
    write(home.path(), "dialogues.jsonl", lines(&changed));

    let (code, answer) = json_answer(home.path(), ".");
    assert_eq!(code, Some(3));
    for (row, one) in answer["rows"].as_array().unwrap().iter().enumerate() {
        assert_eq!(one["ok"], row != number, "only the changed row fails: {one}");
    }
    let failures = answer["rows"][number]["failures"].as_array().unwrap();
    assert!(!failures.is_empty());
    for failure in failures {
        assert!(!failure["check"].as_str().unwrap().is_empty() && !failure["message"].as_str().unwrap().is_empty());
    }
    assert_eq!(answer["summary"]["failed"], 1);

    let output = walktalk(home.path()).args(["verify", "."]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(said.contains(&format!("row {number} ({})", changed[number]["id"].as_str().unwrap())), "{said}");
    assert!(said.ends_with("14 of 15 dialogues hold\n"), "{said}");
}

#[test]
fn every_dialogue_notices_a_call_that_is_gone_and_a_tool_that_was_not_offered() {
    let with_calls = |record: &&Value| record["turns"].as_array().unwrap().iter().any(|turn| turn["calls"].is_array());
    let calling: Vec<Value> = records().iter().filter(with_calls).cloned().collect();
    assert!(!calling.is_empty());
    let first_call = |record: &Value| record["turns"].as_array().unwrap().iter().position(|turn| turn["calls"].is_array()).unwrap();
    let mut silent = calling.clone();
    let mut unknown = calling.clone();
    for (silent, unknown) in silent.iter_mut().zip(&mut unknown) {
        let turn = first_call(silent);
        // The calling turn and the tools' turn after it.
        silent["turns"].as_array_mut().unwrap().drain(turn..turn + 2);
        unknown["turns"][turn]["calls"][0]["tool"] = json!("launch_rocket");
    }
    let home = folder();
    for (name, records) in [("silent", silent), ("unknown", unknown)] {
        write(home.path(), "dialogues.jsonl", lines(&records));
        let (code, answer) = json_answer(home.path(), ".");
        assert_eq!((code, &answer["summary"]["ok"]), (Some(3), &json!(0)), "{name}: {answer}");
    }
}

#[test]
fn a_broken_row_is_named_with_file_and_line() {
    let home = folder();
    let good = lines(&records()[..2]);
    for (tail, words) in [
        ("{\"version\": 1,", "it is cut at column 14"),
        ("{\"version\": 1}", "not a record: missing field `id`"),
        ("[]", "invalid type: sequence"),
        ("no JSON at all", "expected ident"),
    ] {
        // A blank line counts as a line and is no row.
        write(home.path(), "rows.jsonl", format!("{good}\n{tail}\n"));
        let message = broken(&home, "rows.jsonl");
        assert!(message.contains("rows.jsonl:4") && message.contains(words), "{message}");
        assert!(!message.contains("line 1"), "one place only, that in the file: {message}");
        assert!(message.contains("mend the row"), "{message}");
    }
    write(home.path(), "rows.jsonl", [good.as_bytes(), b"\"\xff\"\n"].concat());
    assert!(broken(&home, "rows.jsonl").contains("rows.jsonl:3"));
}

fn broken(home: &tempfile::TempDir, path: &str) -> String {
    let output = walktalk(home.path()).args(["verify", "--json", path]).output().unwrap();
    fault(&output, 3)
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let home = folder();
    for (path, named) in [("nothing.jsonl", "nothing.jsonl"), (".", "dialogues.jsonl")] {
        let message = broken(&home, path);
        assert!(message.contains(named) && message.contains("cannot be read"), "{message}");
    }
}

#[test]
fn no_rows_hold() {
    let home = folder();
    walktalk(home.path()).args(["verify", "-"]).write_stdin("").assert().success().stdout("0 of 0 dialogues hold\n");
}

/// A row as others write it, of one call and its answer.
fn chat(id: &str, city: &str, answer: &str) -> Value {
    let parameters = json!({"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]});
    let tool = json!({"type": "function", "function": {"name": "get_weather", "description": "Get the weather of a city.", "parameters": parameters}});
    let call = json!({"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": json!({"city": city}).to_string()}});
    json!({"id": id, "tools": [tool], "messages": [
        {"role": "user", "content": "What is it like in Porto?"},
        {"role": "assistant", "content": null, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": "{\"high\": 27}"},
        {"role": "assistant", "content": answer}]})
}

#[test]
fn rows_of_others_are_held_to_what_can_be_decided() {
    let home = folder();
    let mut unanswered = chat("d", "Porto", "It is fine.");
    unanswered["messages"].as_array_mut().unwrap().remove(2);
    let rows = [
        chat("a", "Porto", "Up to 27 degrees."),
        chat("b", "Lisbon", "Up to 27 degrees."),
        chat("c", "Porto", "Up to 31 degrees."),
        unanswered,
    ];
    write(home.path(), "rows.jsonl", lines(&rows));
    let (code, answer) = json_answer(home.path(), "rows.jsonl");
    assert_eq!(code, Some(3));
    let failed =
        |row: usize| answer["rows"][row]["failures"].as_array().unwrap().iter().map(|one| one["check"].clone()).collect::<Vec<_>>();
    assert_eq!([failed(0), failed(1), failed(2)], [vec![], vec![json!("sourced")], vec![json!("stated")]]);
    assert!(failed(3).contains(&json!("paired")), "{answer}");
    assert_eq!((&answer["summary"]["rows"], &answer["summary"]["goals_not_known"]), (&json!(4), &json!(4)));
}

#[test]
fn what_was_exported_holds_in_every_format() {
    let home = folder();
    write(home.path(), "dialogues.jsonl", lines(records()));
    walktalk(home.path()).args(["convert", "dialogues.jsonl", "--to", "chat,sharegpt,hermes", "--out", "made"]).assert().success();
    for target in ["chat", "sharegpt", "hermes"] {
        let path =
            std::fs::read_dir(home.path().join("made")).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.ends_with(target));
        let Some(path) = path else { continue };
        let output = walktalk(home.path()).args(["verify", "--json"]).arg(&path).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        // What a rule computed (a sum, the cheapest) is not written in any message, and is the one thing that cannot be decided here.
        let failed: Vec<&str> = answer["summary"]["failures_by_check"].as_object().unwrap().keys().map(String::as_str).collect();
        assert!(failed.iter().all(|check| *check == "sourced"), "{target}: {answer}");
        assert_eq!(answer["summary"]["rows"], 15);
    }
}
