//! `walktalk generate --operators`: dialogues are made harder, counted, and still hold for whoever has only the file.

mod support;

use support::*;

#[test]
fn refined_dialogues_are_counted_hold_and_are_the_same_with_any_number_of_threads() {
    let home = folder();
    let line = ["generate", "--size", "8", "--seed", "5", "--operators", "mask,reformat,noise,reorder,distract-confusable"];
    for threads in ["1", "3"] {
        walktalk(home.path()).args(line).args(["--threads", threads, "--out", &format!("out{threads}")]).assert().success();
    }
    let first = text(home.path().join("out1/dialogues.jsonl"));
    assert_eq!(first, text(home.path().join("out3/dialogues.jsonl")));
    let manifest: serde_json::Value = serde_json::from_str(&text(home.path().join("out1/manifest.json"))).unwrap();
    let stages = &manifest["stages"];
    let (refined, unrefined) = (stages["refined"].as_u64().unwrap_or(0), stages["unrefined"].as_u64().unwrap_or(0));
    assert!(refined > 4 && refined + unrefined == 8, "{stages}");
    let rows = rows(home.path().join("out1/dialogues.jsonl"));
    let applied: usize = rows.iter().map(|row| row["operators"].as_array().map_or(0, Vec::len)).sum();
    let counted: u64 = stages["operators"].as_object().unwrap().values().filter_map(serde_json::Value::as_u64).sum();
    assert_eq!(applied as u64, counted);
    assert!(manifest["command"].as_str().unwrap().contains("--operators mask,"));
    walktalk(home.path()).args(["verify", "out1"]).assert().success();
}

#[test]
fn an_operator_that_there_is_not_is_told_with_those_that_there_are() {
    let home = folder();
    let done = walktalk(home.path()).args(["generate", "--operators", "shout"]).assert().failure();
    let stderr = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert!(stderr.contains("there is no operator `shout`") && stderr.contains("distract-near"), "{stderr}");
    assert!(std::fs::read_dir(home.path()).unwrap().next().is_none(), "nothing is written");
}
