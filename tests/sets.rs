//! `walktalk balance`, `walktalk compare`, trust and the mix of formats: what is chosen, what has drifted, and what a row is worth.

mod support;

use serde_json::{Value, json};
use std::path::Path;
use std::sync::LazyLock;
use support::*;

/// Sixty dialogues of ten tools, with a mix of formats.
fn generated(folder: &Path, more: &[&str]) -> Value {
    let catalog = small_catalog();
    let mut arguments = vec!["generate", "--catalog", catalog.to_str().unwrap(), "--size", "60", "--seed", "3", "--out", "run", "--json"];
    arguments.extend(more);
    let done = walktalk(folder).args(arguments).assert().success();
    serde_json::from_slice(&done.get_output().stdout).unwrap()
}

/// The same without anything asked for: made once for all tests that only read it.
fn copied(folder: &Path) {
    static RUN: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let home = support::folder();
        generated(home.path(), &["--export", "chat"]);
        home
    });
    std::fs::create_dir_all(folder.join("run/chat")).unwrap();
    for file in ["dialogues.jsonl", "chat/data.jsonl"] {
        std::fs::copy(RUN.path().join("run").join(file), folder.join("run").join(file)).unwrap();
    }
}

fn json_of(folder: &Path, arguments: &[&str]) -> Value {
    let done = walktalk(folder).args(arguments).assert().success();
    serde_json::from_slice(&done.get_output().stdout).unwrap()
}

/// Ends with exit code 3, nothing on standard output and a message that has these words, wherever its lines break.
fn refused(folder: &Path, arguments: &[&str], words: &str) {
    let done = walktalk(folder).args(arguments).assert().code(3).stdout("");
    let told = String::from_utf8_lossy(&done.get_output().stderr).replace(['│', '×'], " ");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(words) && !told.contains("panicked"), "{arguments:?}: {told}");
}

fn ids(path: impl AsRef<Path>) -> Vec<String> {
    rows(path).iter().map(|row| row["id"].as_str().unwrap().to_string()).collect()
}

fn holds(schema: &str, value: &Value) {
    let schema = read_json(repository(schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn nothing_is_declared_by_default_and_a_trust_thins_a_prefix() {
    let home = folder();
    let manifest = generated(home.path(), &["--export", "chat"]);
    assert_eq!(manifest["trust"]["origin"], "not declared");
    assert_eq!(manifest["trust"]["n_eff"], Value::Null);
    assert!(text(home.path().join("run/README.md")).contains("Not declared"));
    let all = ids(home.path().join("run/chat/data.jsonl"));
    let manifest = generated(home.path(), &["--export", "chat,swift", "--trust", "0.25"]);
    let trust = &manifest["trust"];
    assert_eq!((&trust["lambda"], &trust["n_s"], &trust["n_eff"]), (&json!(0.25), &json!(60), &json!(15.0)));
    let kept = ids(home.path().join("run/chat/data.jsonl"));
    let rows_kept = trust["rows"].as_u64().unwrap();
    // One or another of them has no place in the target.
    assert!((15..=16).contains(&rows_kept) && (10..=rows_kept as usize).contains(&kept.len()) && all.starts_with(&kept), "{kept:?}");
    assert_eq!(ids(home.path().join("run/dialogues.jsonl")).len(), 60);
    // ms-swift reads weights: every row is there.
    let weighed = rows(home.path().join("run/swift/data.jsonl"));
    assert!(weighed.len() > 40);
    for message in weighed.iter().flat_map(|row| row["messages"].as_array().unwrap()) {
        let spoken = matches!(message["role"].as_str().unwrap(), "assistant" | "tool_call");
        let scale = if message["loss"] == false { json!(0.0) } else { json!(0.25) };
        assert_eq!(message.get("loss_scale"), spoken.then_some(&scale));
    }
}

#[test]
fn a_trust_is_estimated_from_real_turns_or_told_to_be_impossible() {
    let home = folder();
    // Turns of another run stand for real ones.
    generated(home.path(), &["--export", "chat", "--refine", "0.3"]);
    let messages = rows(home.path().join("run/chat/data.jsonl")).into_iter().flat_map(|row| row["messages"].as_array().unwrap().clone());
    let said = messages.filter(|message| message["role"] == "user").map(|message| format!("{}\n", message["content"].as_str().unwrap()));
    write(home.path(), "real.txt", said.collect::<String>());
    let trust = generated(home.path(), &["--export", "chat", "--trust-from", "real.txt"])["trust"].clone();
    assert_eq!(trust["origin"], "estimated");
    let lambda = trust["lambda"].as_f64().unwrap();
    assert!(lambda > 0.2, "{trust}");
    let estimate = &trust["estimate"];
    assert!(estimate["low"].as_f64().unwrap() <= lambda && lambda <= estimate["high"].as_f64().unwrap());
    assert!(estimate["attributes"].as_array().unwrap().iter().all(|one| !one["disagree"].as_array().unwrap().is_empty()));
    assert!(text(home.path().join("run/README.md")).contains("| first_word |"));
    write(home.path(), "other.txt", "Ich brauche ein Zimmer.\nJa bitte.\n");
    write(home.path(), "empty.txt", "\n");
    for (arguments, words) in [
        (vec!["--trust", "1.5"], "trust = 1.5 is out of range"),
        (vec!["--trust", "-0.5"], "trust = -0.5 is out of range"),
        (vec!["--trust-from", "other.txt"], "shares nothing"),
        (vec!["--trust-from", "empty.txt"], "no turn of a user"),
        (vec!["--trust-from", "nowhere.jsonl"], "nowhere.jsonl"),
    ] {
        let catalog = small_catalog();
        let start = ["generate", "--catalog", catalog.to_str().unwrap(), "--size", "20", "--out", "none"];
        let line: Vec<&str> = start.iter().copied().chain(arguments).collect();
        refused(home.path(), &line, words);
        assert!(!home.path().join("none").exists());
    }
}

#[test]
fn converting_with_a_trust_resamples_in_order() {
    let home = folder();
    copied(home.path());
    let manifest = json_of(home.path(), &["convert", "--to", "openai", "run/chat/data.jsonl", "--out", "thin", "--trust", "0.5", "--json"]);
    let kept = rows(home.path().join("thin/openai_ft/data.jsonl")).len();
    let all = rows(home.path().join("run/chat/data.jsonl")).len();
    assert!(kept.abs_diff(all / 2) <= 1, "{kept} of {all}");
    assert_eq!(manifest["trust"]["rows"], kept);
    let estimate = ["convert", "--to", "chat", "-", "--out", "-", "--trust-from", "run/chat/data.jsonl"];
    refused(home.path(), &estimate, "standard input comes once");
}

#[test]
fn a_mix_of_formats_is_as_asked_and_read_again() {
    let home = folder();
    let manifest = generated(home.path(), &["--export", "chat", "--formats", "hermes=2,json,react"]);
    let formats = &manifest["formats"];
    assert!(formats["effective_share"].as_f64().unwrap() >= 0.95, "{formats}");
    assert!(manifest["command"].as_str().unwrap().contains("--formats hermes=2,json,react"));
    let labels = rows(home.path().join("run/sidecar/mixed.jsonl"));
    let written = rows(home.path().join("run/mixed/data.jsonl"));
    assert!(labels.iter().all(|row| ["hermes", "json", "react"].contains(&row["format"]["syntax"].as_str().unwrap())));
    let bare = |message: &Value| message.as_object().unwrap().keys().all(|key| key == "role" || key == "content");
    assert!(written.iter().flat_map(|row| row["messages"].as_array().unwrap()).all(bare), "text and nothing else");
    // What was written in several syntaxes says the same as what was written in columns.
    for (from, out) in [("run/mixed/data.jsonl", "one"), ("run/chat/data.jsonl", "two")] {
        walktalk(home.path()).args(["convert", "--to", "chat", from, "--out", out]).assert().success();
    }
    let messages = |folder: &str| {
        rows(home.path().join(folder).join("chat/data.jsonl")).into_iter().map(|mut row| row["messages"].take()).collect::<Vec<_>>()
    };
    assert_eq!(messages("one"), messages("two"));
    for (mix, words) in [("papyrus", "no format `papyrus`"), ("json=many", "whole number")] {
        refused(home.path(), &["generate", "--formats", mix], words);
    }
}

#[test]
fn a_set_is_chosen_by_quotas_and_every_other_row_has_a_reason() {
    let home = folder();
    copied(home.path());
    let quota = ["--size", "20", "--quota", "events:none=0.5", "--to", "sharegpt,chat", "--json"];
    let manifest = json_of(home.path(), &[&["balance", "run", "--out", "set"], &quota[..]].concat());
    holds("docs/schemas/balance.json", &manifest);
    let selection = &manifest["selection"];
    assert_eq!((&selection["rows"], &selection["chosen"]), (&json!(60), &json!(20)));
    assert_eq!(selection["factors"]["events"]["none"], 10);
    let left: u64 = selection["left_out"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(left, 40);
    // Records come out as they were.
    let all = text(home.path().join("run/dialogues.jsonl"));
    let chosen = text(home.path().join("set/dialogues.jsonl"));
    assert!(chosen.lines().count() == 20 && chosen.lines().all(|line| all.contains(line)));
    walktalk(home.path()).args(["verify", "set/dialogues.jsonl"]).assert().success();
    // Any number of threads and a beginning of the same choice.
    json_of(home.path(), &[&["balance", "run", "--out", "again", "--threads", "1"], &quota[..]].concat());
    assert_eq!(files(&home.path().join("set")), files(&home.path().join("again")));
    json_of(home.path(), &["balance", "run", "--out", "ten", "--size", "10", "--json"]);
    json_of(home.path(), &["balance", "run", "--out", "twenty", "--size", "20", "--json"]);
    let (ten, twenty) = (ids(home.path().join("ten/dialogues.jsonl")), ids(home.path().join("twenty/dialogues.jsonl")));
    assert!(ten.iter().all(|id| twenty.contains(id)));
}

/// Elites of shards, chosen from again, are the elites of the whole.
#[test]
fn archives_of_shards_merge() {
    let home = folder();
    copied(home.path());
    let all = text(home.path().join("run/dialogues.jsonl"));
    let shard =
        |parity: usize| all.lines().enumerate().filter(|(at, _)| at % 2 == parity).map(|(_, line)| format!("{line}\n")).collect::<String>();
    write(home.path(), "one.jsonl", shard(0));
    write(home.path(), "two.jsonl", shard(1));
    let elites = |pool: &[&str], out: &str| {
        json_of(home.path(), &[&["balance"], pool, &["--per-cell", "1", "--prefer", "short", "--out", out, "--json"]].concat());
        let mut ids = ids(home.path().join(out).join("dialogues.jsonl"));
        ids.sort();
        ids
    };
    let whole = elites(&["run"], "whole");
    elites(&["one.jsonl"], "first");
    elites(&["two.jsonl"], "second");
    assert!(whole.len() < 60);
    assert_eq!(elites(&["second", "first"], "merged"), whole);
}

#[test]
fn real_rows_are_mixed_in_and_weigh_more() {
    let home = folder();
    copied(home.path());
    let real = rows(home.path().join("run/chat/data.jsonl")).into_iter().take(5).map(|mut row| {
        row["id"] = json!(format!("call-centre-{}", row["id"].as_str().unwrap()));
        format!("{row}\n")
    });
    write(home.path(), "real.jsonl", real.collect::<String>());
    let manifest = json_of(
        home.path(),
        &["balance", "run", "--real", "real.jsonl", "--trust", "0.1", "--to", "chat,swift", "--out", "mixed", "--json"],
    );
    let trust = &manifest["trust"];
    assert_eq!((&trust["n_r"], &trust["lambda"]), (&json!(5), &json!(0.1)));
    let n = trust["n_s"].as_f64().unwrap();
    let kish = (5.0 + 0.1 * n).powi(2) / (5.0 + 0.01 * n);
    assert!((trust["kish"].as_f64().unwrap() - kish).abs() < 1e-9);
    let kept = ids(home.path().join("mixed/chat/data.jsonl"));
    assert_eq!(kept.iter().filter(|id| id.starts_with("call-centre-")).count(), 5);
    assert!(kept.len() > 5 && kept.len() as u64 <= 5 + trust["rows"].as_u64().unwrap());
    for row in rows(home.path().join("mixed/swift/data.jsonl")) {
        let weight = if row["id"].as_str().unwrap().starts_with("call-centre-") { 1.0 } else { 0.1 };
        let scales = row["messages"].as_array().unwrap().iter().filter_map(|message| message["loss_scale"].as_f64());
        assert!(scales.filter(|scale| *scale > 0.0).all(|scale| scale == weight));
    }
}

#[test]
fn what_cannot_be_chosen_is_told_with_what_binds() {
    let home = folder();
    copied(home.path());
    write(home.path(), "empty.jsonl", "");
    let one = text(home.path().join("run/chat/data.jsonl")).lines().next().unwrap().to_string();
    write(home.path(), "one.jsonl", &one);
    let mut bare: Value = serde_json::from_str(&one).unwrap();
    bare["tools"] = json!([]);
    bare["messages"] = json!([{"role": "user", "content": "Hi."}, {"role": "assistant", "content": "Hello."}]);
    let mut other = bare.clone();
    other["id"] = json!("other");
    other["messages"][0]["content"] = json!("Hello there.");
    write(home.path(), "bare.jsonl", format!("{bare}\n{other}\n"));
    write(home.path(), "aim.yaml", "size: 10\nquotes: {}\n");
    for (arguments, words) in [
        (vec!["empty.jsonl"], "the pool is empty"),
        (vec!["one.jsonl"], "one row"),
        (vec!["bare.jsonl"], "no row of the pool has a tool"),
        (vec!["run", "--size", "1000"], "1000 rows are out of reach"),
        (vec!["run", "--quota", "events:dance=0.5"], "the levels of events are"),
        (vec!["run", "--quota", "colour:red=0.5"], "the factor `colour`"),
        (vec!["run", "--quota", "red"], "is no quota"),
        (vec!["run", "--quality", "2"], "quality = 2 is out of range"),
        (vec!["run", "--trust", "7"], "trust = 7 is out of range"),
        (vec!["run", "--target", "aim.yaml"], "aim.yaml:2"),
        (vec!["-"], "standard input comes once"),
    ] {
        refused(home.path(), &[&["balance"], arguments.as_slice(), &["--out", "none"]].concat(), words);
        assert!(!home.path().join("none").exists(), "{arguments:?}");
    }
}

#[test]
fn a_collapse_is_seen_and_forecast() {
    let home = folder();
    generated(home.path(), &["--export", "chat", "--formats", "hermes,json,react,python"]);
    let same = json_of(home.path(), &["compare", "run/mixed/data.jsonl", "run/mixed/data.jsonl", "--json"]);
    holds("docs/schemas/compare.json", &same);
    assert!(same["formats"].as_array().unwrap().iter().all(|axis| axis["drifted"] == false && axis["divergence"].as_f64() == Some(0.0)));
    for axis in ["quality", "diversity", "complexity"] {
        let figures = same[axis].as_array().unwrap();
        assert!(!figures.is_empty() && figures.iter().all(|figure| figure["difference"].as_f64() == Some(0.0) && figure["moved"] == false));
    }
    // A model that writes nearly always in one syntax, and once breaks off.
    let call = |text: &str| format!("{}\n", json!({"prompt": "x", "completion": text}));
    let hermes = call("<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>");
    let json_block = call("Sure.\n```json\n[{\"name\": \"f\", \"arguments\": {}}]\n```");
    write(home.path(), "rollouts.jsonl", hermes.repeat(95) + &json_block.repeat(4) + &call("<tool_call>\n{\"name\": \"f"));
    write(home.path(), "rates.csv", "format,rate\nhermes,0.8\njson,0.4\nbroken call,0\n");
    let arguments = ["compare", "run/mixed/data.jsonl", "rollouts.jsonl", "--pass-rates", "rates.csv", "--rounds", "3", "--json"];
    let told = json_of(home.path(), &arguments);
    holds("docs/schemas/compare.json", &told);
    let syntax = told["formats"].as_array().unwrap().iter().find(|axis| axis["axis"] == "syntax").unwrap();
    assert_eq!((&syntax["drifted"], &syntax["b"]["largest"], &syntax["b"]["share"]), (&json!(true), &json!("hermes"), &json!(0.95)));
    assert!(syntax["a"]["effective"].as_f64().unwrap() > 3.5 && syntax["b"]["effective"].as_f64().unwrap() < 1.5);
    let courses = told["forecast"]["formats"].as_array().unwrap();
    let json_share = &courses.iter().find(|course| course["format"] == "json").unwrap()["shares"];
    let wanted = 0.04 * 0.4f64.powi(3) / (0.04 * 0.4f64.powi(3) + 0.95 * 0.8f64.powi(3));
    assert!((json_share[3].as_f64().unwrap() - wanted).abs() < 1e-9);
    write(home.path(), "few.csv", "hermes,0.8\n");
    write(home.path(), "empty.jsonl", "");
    for (arguments, words) in [
        (vec!["run/mixed/data.jsonl", "rollouts.jsonl", "--pass-rates", "few.csv"], "no pass rate of the format"),
        (vec!["run/mixed/data.jsonl", "empty.jsonl"], "no rows"),
        (vec!["run/mixed/data.jsonl", "nowhere.jsonl"], "nowhere.jsonl"),
        (vec!["-", "-"], "comes once"),
    ] {
        refused(home.path(), &[&["compare"], arguments.as_slice()].concat(), words);
    }
}

/// The examples of the manuals, as they stand there.
#[test]
fn the_examples_of_the_manuals_run() {
    for manual in ["docs/trust.md", "docs/balance.md", "docs/compare.md"] {
        let home = folder();
        std::fs::create_dir(home.path().join("tool-catalogs")).unwrap();
        std::fs::copy(small_catalog(), home.path().join("tool-catalogs/hotels.yaml")).unwrap();
        let written = text(repository(manual));
        // A block that begins with `# name` is a file that the examples use.
        for block in written.split("\n```").filter_map(|block| block.split_once("# file: ")).filter(|(before, _)| before.len() < 8) {
            let (name, body) = block.1.split_once('\n').unwrap();
            write(home.path(), name.trim(), body);
        }
        let examples: Vec<&str> = written.lines().filter(|line| line.starts_with("walktalk ")).collect();
        assert!(examples.len() >= 2, "{manual}");
        for line in examples {
            walktalk(home.path()).args(line.split_whitespace().skip(1)).assert().success();
        }
    }
}
