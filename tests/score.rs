//! `walktalk score`: three panels of any set, the same over shards as over the whole.

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
        command.arg("generate").arg("--catalog").arg(small_catalog()).args(["--size", "24", "--seed", "7"]).assert().success();
        rows(home.path().join("walktalk-out/dialogues.jsonl"))
    })
}

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

fn panels(folder: &Path, arguments: &[&str]) -> Value {
    let output = walktalk(folder).arg("score").args(arguments).arg("--json").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn what_was_generated_passes_and_has_three_panels() {
    let home = folder();
    write(home.path(), "dialogues.jsonl", lines(records()));
    let found = panels(home.path(), &["."]);
    assert_eq!(found.as_object().unwrap().keys().collect::<Vec<_>>(), ["quality", "diversity", "complexity", "sizes"]);
    assert_eq!((&found["quality"]["valid"], &found["quality"]["rows_with_goals"]), (&json!(24), &json!(24)));
    assert_eq!(found["quality"]["pass_rate"]["value"], json!(1.0));
    assert!(found["quality"]["round_trip"]["read"]["value"].as_f64().unwrap() > 0.9, "{}", found["quality"]);
    assert_eq!(found["diversity"]["conversations"], json!(24));
    assert!(found["complexity"]["fields"]["decision_bits"]["mean"]["low"].as_f64().unwrap() > 1.0);
}

#[test]
fn json_is_as_its_schema_says() {
    let home = folder();
    write(home.path(), "dialogues.jsonl", lines(records()));
    let schema = read_json(repository("docs/schemas/score.json"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let found = panels(home.path(), &["dialogues.jsonl", "--power", "3"]);
    let errors: Vec<String> = validator.iter_errors(&found).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(found["quality"]["power"]["planted"].as_u64().unwrap() > 20);
    assert!(found["quality"]["power"]["caught"]["value"].as_f64().unwrap() > 0.9);
}

#[test]
fn shards_merge_to_the_whole_to_the_last_digit_with_any_number_of_threads() {
    let home = folder();
    let all = records();
    write(home.path(), "all.jsonl", lines(all));
    write(home.path(), "one.jsonl", lines(&all[..5]));
    write(home.path(), "two.jsonl", lines(&all[5..]));
    let whole = panels(home.path(), &["all.jsonl", "--threads", "1"]);
    for (rows, sketch) in [("one.jsonl", "one.sketch"), ("two.jsonl", "two.sketch")] {
        panels(home.path(), &[rows, "--sketch", sketch, "--threads", "2"]);
    }
    assert_eq!(panels(home.path(), &["--merge", "two.sketch", "one.sketch"]).to_string(), whole.to_string());
    assert_eq!(panels(home.path(), &["two.jsonl", "one.jsonl"]).to_string(), whole.to_string());
}

#[test]
fn copies_lower_diversity_and_leave_quality() {
    let home = folder();
    let all = records();
    let copies: Vec<Value> = (0..24)
        .map(|n| {
            let mut copy = all[n % 3].clone();
            copy["id"] = format!("copy-{n}").into();
            copy
        })
        .collect();
    write(home.path(), "all.jsonl", lines(all));
    write(home.path(), "copies.jsonl", lines(&copies));
    let (varied, same) = (panels(home.path(), &["all.jsonl"]), panels(home.path(), &["copies.jsonl"]));
    let read = |panels: &Value, pointer: &str| panels.pointer(pointer).and_then(Value::as_f64).unwrap_or_else(|| panic!("{pointer}"));
    assert_eq!(read(&same, "/diversity/skeletons/q1/value").round(), 3.0);
    assert!(read(&varied, "/diversity/skeletons/q1/value") > 20.0);
    assert_eq!(read(&same, "/diversity/near_duplicates/value"), 1.0);
    assert!(read(&varied, "/diversity/near_duplicates/value") < 0.2);
    assert!(read(&same, "/diversity/user/distinct_4/value") < 0.5 * read(&varied, "/diversity/user/distinct_4/value"));
    assert_eq!(read(&same, "/quality/pass_rate/value"), 1.0);
}

#[test]
fn a_target_tells_how_far_the_bits_are_off() {
    let home = folder();
    write(home.path(), "dialogues.jsonl", lines(records()));
    panels(home.path(), &["dialogues.jsonl", "--sketch", "own.sketch"]);
    assert_eq!(panels(home.path(), &["dialogues.jsonl", "--target", "own.sketch"])["complexity"]["distance_to_target"], json!(0.0));
    let away =
        |target: &str| panels(home.path(), &["dialogues.jsonl", "--target", target])["complexity"]["distance_to_target"].as_f64().unwrap();
    // These few dialogues are nearer to what a default run has than to twice as much.
    assert!(away("medium") == away("0.5") && away("medium") < away("high"));
    write(home.path(), "far.json", "{\"1000\": 1}");
    let far = panels(home.path(), &["dialogues.jsonl", "--target", "far.json"]);
    let mean = far["complexity"]["fields"]["decision_bits"]["mean"]["value"].as_f64().unwrap();
    assert!((far["complexity"]["distance_to_target"].as_f64().unwrap() - (1000.0 - mean)).abs() < 1e-6, "{far}");
}

#[test]
fn bad_input_is_named_with_its_cure() {
    let home = folder();
    write(home.path(), "empty.jsonl", "");
    write(home.path(), "cut.jsonl", format!("{}{{\"messages\": [", lines(&records()[..1])));
    write(home.path(), "no.sketch", "{}");
    write(home.path(), "one.jsonl", lines(&records()[..1]));
    panels(home.path(), &["one.jsonl", "--sketch", "old.sketch"]);
    let mut old = read_json(home.path().join("old.sketch"));
    old["version"] = json!(99);
    write(home.path(), "old.sketch", old.to_string());
    write(home.path(), "weights.json", "[1, 2]");
    for (arguments, words) in [
        (&["empty.jsonl"][..], "there are no rows in empty.jsonl"),
        (&["cut.jsonl"], "cut.jsonl:2"),
        (&["nothing.jsonl"], "cannot be read"),
        (&["--merge", "no.sketch"], "it is no sketch"),
        (&["--merge", "old.sketch"], "a sketch of version 99"),
        (&["one.jsonl", "--target", "weights.json"], "no distribution of decision bits"),
        (&["one.jsonl", "--target", "higher"], "low, medium or high"),
        (&["one.jsonl", "--target", "1.5"], "cannot be read"),
    ] {
        let output = walktalk(home.path()).arg("score").args(arguments).output().unwrap();
        assert!(output.stdout.is_empty());
        assert!(fault(&output, 3).contains(words), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let mended = walktalk(home.path()).args(["score", "cut.jsonl", "--skip-bad", "1"]).output().unwrap();
    assert!(mended.status.success() && String::from_utf8_lossy(&mended.stderr).contains("left out row 2"));
}

#[test]
fn one_row_and_rows_without_tools_are_scored() {
    let home = folder();
    let talk = json!({"messages": [{"role": "user", "content": "Hello there."}, {"role": "assistant", "content": "Hello!"}]});
    write(home.path(), "talk.jsonl", format!("{talk}\n"));
    let found = panels(home.path(), &["talk.jsonl"]);
    assert_eq!((&found["sizes"]["rows"], &found["quality"]["rows_without_tools"]), (&json!(1), &json!(1)));
    assert_eq!(found["complexity"]["fields"]["calls"]["max"], json!(0));
    assert!(found["diversity"]["user"].get("rke").is_none(), "one message is like no other");
    // Rows of another format in one file are bad; in a file of their own they are not.
    write(home.path(), "one.jsonl", lines(&records()[..1]));
    assert_eq!(panels(home.path(), &["talk.jsonl", "one.jsonl"])["sizes"]["formats"], json!({"jsonl": 1, "messages": 1}));
    write(home.path(), "mixed.jsonl", format!("{talk}\n{}", lines(&records()[..1])));
    let output = walktalk(home.path()).args(["score", "mixed.jsonl"]).output().unwrap();
    assert!(fault(&output, 3).contains("mixed.jsonl:2"));
}
