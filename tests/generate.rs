//! `walktalk generate`: what it writes, what it promises about bytes, and what it leaves when it cannot.

mod support;

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use support::*;

/// Without those of bfcl: which of its files there are follows from the dialogues.
const ALL_FILES: [&str; 20] = [
    "README.md",
    "axolotl/data.jsonl",
    "axolotl/train.yaml",
    "chat/data.jsonl",
    "chat/train.py",
    "dialogues.jsonl",
    "hermes/data.jsonl",
    "llamafactory/data.jsonl",
    "llamafactory/dataset_info.json",
    "llamafactory/train.yaml",
    "manifest.json",
    "mistral/data.jsonl",
    "mistral/train.yaml",
    "openai_ft/data.jsonl",
    "sidecar/losses.jsonl",
    "sidecar/openai.jsonl",
    "sidecar/rows.jsonl",
    "swift/data.jsonl",
    "swift/train.sh",
    "xlam/data.jsonl",
];

/// Dialogues of the small catalog in `folder/out`.
fn generate(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    walktalk(folder).arg("generate").arg("--catalog").arg(small_catalog()).args(["--out", "out"]).args(arguments).assert()
}

fn names(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).filter(|name| !name.starts_with("bfcl/")).collect()
}

#[test]
fn without_a_catalog_the_built_in_ones_give_a_whole_folder_whose_counts_agree() {
    let home = folder();
    let done = walktalk(home.path()).args(["generate", "--size", "12", "--seed", "3"]).assert().success();
    let out = home.path().join("walktalk-out");
    assert_eq!(names(&files(&out)), ALL_FILES);

    let manifest = read_json(out.join("manifest.json"));
    let records = rows(out.join("dialogues.jsonl"));
    assert_eq!(records.len(), 12);
    assert_eq!(manifest["size"], 12);
    assert_eq!(manifest["stages"]["accepted"], 12);
    let ids: BTreeSet<&str> = records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 12, "ids are unique");
    for (target, folder) in [
        ("axolotl", "axolotl"),
        ("chat", "chat"),
        ("hermes", "hermes"),
        ("mistral", "mistral"),
        ("openai", "openai_ft"),
        ("sharegpt", "llamafactory"),
        ("swift", "swift"),
        ("xlam", "xlam"),
    ] {
        let file = format!("{folder}/data.jsonl");
        let counts = &manifest["targets"][target];
        let refused: u64 = counts["refused"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(counts["rows_in"], 12);
        assert_eq!(counts["rows_out"].as_u64().unwrap() + refused, 12, "{target}: each row is written or refused by name");
        let lines = counts.get("lines").unwrap_or(&counts["rows_out"]);
        assert_eq!(rows(out.join(file)).len() as u64, lines.as_u64().unwrap(), "{target}");
    }
    let by_plan: u64 = manifest["plans"].as_array().unwrap().iter().map(|plan| plan["dialogues"].as_u64().unwrap()).sum();
    assert_eq!(by_plan, 12);

    for entry in manifest["files"].as_array().unwrap() {
        let bytes = std::fs::read(out.join(entry["path"].as_str().unwrap())).unwrap();
        assert_eq!(entry["bytes"], bytes.len());
        assert_eq!(entry["hash"], blake3::hash(&bytes).to_hex().to_string());
    }
    assert!(text(out.join("README.md")).contains(manifest["command"].as_str().unwrap()), "the card says how to make it again");
    let said = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(said.starts_with("12 of 12 dialogues, seed 3"), "{said}");
    assert_eq!(proven(&out), 12);
}

#[test]
fn exported_rows_say_what_the_record_says() {
    let home = folder();
    generate(home.path(), &["--size", "10"]).success();
    let out = home.path().join("out");
    let info = read_json(out.join("llamafactory/dataset_info.json"));
    assert_eq!(info["walktalk"]["file_name"], "data.jsonl");
    let columns = &info["walktalk"]["columns"];
    for row in rows(out.join("llamafactory/data.jsonl")) {
        for column in ["messages", "system", "tools"] {
            assert!(row.get(columns[column].as_str().unwrap()).is_some(), "{column}");
        }
    }
    let records: BTreeMap<String, Value> =
        rows(out.join("dialogues.jsonl")).into_iter().map(|record| (record["id"].as_str().unwrap().to_string(), record)).collect();
    for row in rows(out.join("chat/data.jsonl")) {
        let record = &records[row["id"].as_str().unwrap()];
        let calls = |turns: &Value, key: &str| -> Vec<Value> {
            turns.as_array().unwrap().iter().filter_map(|turn| turn[key].as_array()).flatten().cloned().collect()
        };
        let recorded: Vec<Value> = calls(&record["turns"], "calls").iter().map(|call| json!([call["tool"], call["arguments"]])).collect();
        let exported: Vec<Value> = calls(&row["messages"], "tool_calls")
            .iter()
            .map(|call| json!([call["function"]["name"], call["function"]["arguments"]]))
            .collect();
        assert_eq!(recorded, exported);
    }
}

#[test]
fn json_prints_the_manifest_and_nothing_else() {
    let home = folder();
    let done = generate(home.path(), &["--size", "4", "--json"]).success();
    let printed: Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    assert_eq!(printed, read_json(home.path().join("out/manifest.json")));
}

#[test]
fn the_same_seed_gives_the_same_bytes_with_any_number_of_threads() {
    let home = folder();
    let with = |threads: &str, seed: &str| {
        generate(home.path(), &["--size", "30", "--seed", seed, "--threads", threads]).success();
        files(&home.path().join("out"))
    };
    let one = with("1", "5");
    assert_eq!(names(&one), ALL_FILES);
    for threads in ["2", "7"] {
        let other = with(threads, "5");
        for (name, bytes) in &one {
            assert!(other[name] == *bytes, "{name} differs with {threads} threads");
        }
    }
    assert_ne!(with("2", "6")["dialogues.jsonl"], one["dialogues.jsonl"], "another seed gives other dialogues");
}

#[test]
fn more_dialogues_begin_with_the_same_ones() {
    let home = folder();
    let records = |size: &str| {
        generate(home.path(), &["--size", size]).success();
        text(home.path().join("out/dialogues.jsonl"))
    };
    let few = records("5");
    assert!(records("9").starts_with(&few));
}

#[test]
fn no_dialogues_are_a_whole_folder_of_empty_files() {
    let home = folder();
    generate(home.path(), &["--size", "0"]).success();
    let out = home.path().join("out");
    assert_eq!(names(&files(&out)), ALL_FILES);
    assert_eq!(text(out.join("dialogues.jsonl")), "");
    assert_eq!(read_json(out.join("manifest.json"))["stages"]["accepted"], 0);
    assert_eq!(proven(&out), 0);
}

#[test]
fn one_export_writes_its_folder_only() {
    let home = folder();
    generate(home.path(), &["--size", "2", "--export", "chat"]).success();
    assert_eq!(
        names(&files(&home.path().join("out"))),
        ["README.md", "chat/data.jsonl", "chat/train.py", "dialogues.jsonl", "manifest.json", "sidecar/losses.jsonl", "sidecar/rows.jsonl"]
    );
}

#[test]
fn an_earlier_output_is_replaced_whole() {
    let home = folder();
    generate(home.path(), &["--size", "4", "--seed", "1"]).success();
    write(&home.path().join("out"), "notes.txt", "mine");
    generate(home.path(), &["--size", "3", "--seed", "2", "--export", "chat"]).success();
    let out = home.path().join("out");
    assert_eq!(read_json(out.join("manifest.json"))["seed"], 2);
    let now = files(&out);
    let expected = [
        "README.md",
        "chat/data.jsonl",
        "chat/train.py",
        "dialogues.jsonl",
        "manifest.json",
        "notes.txt",
        "sidecar/losses.jsonl",
        "sidecar/rows.jsonl",
    ];
    assert_eq!(names(&now), expected, "no rows of the earlier run, and nothing of the user's is touched");
    assert!(!out.join("llamafactory").exists());
    assert_eq!(rows(out.join("dialogues.jsonl")).len(), 3);
}

#[test]
fn a_folder_with_other_files_is_refused_and_left_alone() {
    let home = folder();
    std::fs::create_dir(home.path().join("out")).unwrap();
    write(&home.path().join("out"), "thesis.txt", "years of work");
    let done = generate(home.path(), &["--size", "2"]).code(3);
    let message = fault(done.get_output(), 3);
    assert!(message.contains("out: the output folder has files in it that walktalk did not write"), "{message}");
    assert!(message.contains("give --out a new folder"), "{message}");
    assert_eq!(files(&home.path().join("out")), BTreeMap::from([("thesis.txt".into(), b"years of work".to_vec())]));
}

#[test]
fn a_folder_that_cannot_be_written_is_named_before_anything_is_made() {
    let home = folder();
    write(home.path(), "file", "");
    // Nobody can make a folder there, not even root.
    for (out, code) in [("/proc/walktalk", 4), ("/dev/null/walktalk", 4), ("file", 3), ("file/below", 4)] {
        if !Path::new("/proc/self").exists() && out.starts_with("/proc") {
            println!("skipped {out}: no /proc here");
            continue;
        }
        let output = walktalk(home.path()).args(["generate", "--out", out]).output().unwrap();
        let message = fault(&output, code);
        assert!(message.contains(out), "{message}");
        assert!(!message.contains("tools from"), "it was found out before the catalogs were read: {message}");
    }
    assert_eq!(names(&files(home.path())), ["file"]);
}

#[cfg(unix)]
#[test]
fn a_folder_without_the_right_to_write_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let home = folder();
    let locked = home.path().join("locked");
    std::fs::create_dir(&locked).unwrap();
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(locked.join("probe"), "").is_ok() {
        println!("SKIPPED: this user may write everywhere (root)");
        return;
    }
    for out in ["locked", "locked/out"] {
        let message = fault(&walktalk(home.path()).args(["generate", "--out", out]).output().unwrap(), 4);
        assert!(message.contains(out) && message.contains("denied"), "{message}");
    }
}

/// Runs a shell line with `$WALKTALK` and `$CATALOG` set.
#[cfg(unix)]
fn shell(folder: &Path, line: &str) -> std::process::Output {
    let mut command = std::process::Command::new("sh");
    command.args(["-c", line]).current_dir(folder).env("NO_COLOR", "1");
    command.env("WALKTALK", assert_cmd::cargo::cargo_bin!("walktalk")).env("CATALOG", small_catalog()).output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_ends_the_run_and_nothing_is_left() {
    let home = folder();
    // Files of at most 16 blocks; without the trap the signal would kill the program before it could say anything.
    let line = "trap '' XFSZ; ulimit -f 16; exec \"$WALKTALK\" generate --catalog \"$CATALOG\" --size 60 --out deep/out";
    let message = fault(&shell(home.path(), line), 4);
    assert!(message.contains("failed to write deep/out/"), "{message}");
    assert!(!home.path().join("deep").exists(), "nothing is left");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run_and_the_earlier_output_stays() {
    let home = folder();
    std::fs::create_dir(home.path().join("disk")).unwrap();
    let line = "exec unshare -rm sh -c '
        mount -t tmpfs -o size=900k none disk || exit 99
        \"$WALKTALK\" generate --catalog \"$CATALOG\" --size 2 --out disk/out >/dev/null 2>&1 || exit 98
        sum=$(cat disk/out/manifest.json disk/out/dialogues.jsonl | cksum)
        \"$WALKTALK\" generate --catalog \"$CATALOG\" --size 80 --seed 9 --out disk/out; code=$?
        test \"$sum\" = \"$(cat disk/out/manifest.json disk/out/dialogues.jsonl | cksum)\" || exit 97
        test -z \"$(find disk -name \".walktalk-*\")\" || exit 96
        exit $code'";
    let output = shell(home.path(), line);
    if !matches!(output.status.code(), Some(96..=98 | 0..=5)) {
        println!("SKIPPED: no file system can be mounted here: {}", String::from_utf8_lossy(&output.stderr));
        return;
    }
    let message = fault(&output, 4);
    assert!(message.contains("failed to write disk/out/") && message.contains("No space left"), "{message}");
}

/// Dialogues over one catalog file: how many of ten were made, and the manifest.
fn over(catalog: &Path) -> (usize, Value) {
    let home = folder();
    let output =
        walktalk(home.path()).arg("generate").arg("--catalog").arg(catalog).args(["--size", "10", "--out", "out"]).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    let out = home.path().join("out");
    let manifest = read_json(out.join("manifest.json"));
    let made = proven(&out);
    let unfilled: u64 = manifest["stages"]["unfilled"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    // A stratum that cannot be filled is named, and made up for with another plan.
    assert!(made == 10 || unfilled > 0, "what was not made is named: {message}");
    assert_eq!(output.status.code(), Some(if made == 10 { 0 } else { 4 }), "{message}");
    (made, manifest)
}

#[test]
fn one_tool_is_enough() {
    let home = folder();
    let catalog = write(home.path(), "t.json", pretty(&json!([tool("get_weather", "Get the weather of a city.")])));
    let (made, manifest) = over(&catalog);
    assert_eq!(made, 10);
    let left_out: Vec<&str> = manifest["plans_left_out"].as_array().unwrap().iter().map(|one| one["plan"].as_str().unwrap()).collect();
    for plan in ["missing_tool", "diamond", "parallel"] {
        assert!(left_out.contains(&plan), "{plan} needs more than one tool: {left_out:?}");
    }
}

#[test]
fn a_tool_without_parameters_is_enough() {
    let home = folder();
    let tools = json!([{"name": "get_server_status", "description": "Tell whether the server is up.", "parameters": {"type": "object", "properties": {}}}]);
    let (made, manifest) = over(&write(home.path(), "t.json", pretty(&tools)));
    assert_eq!(made, 10, "{}", manifest["stages"]);
    assert_eq!(manifest["tools"]["used"], 1);
}

#[test]
fn of_two_tools_of_one_name_the_second_is_left_out_by_name_and_the_first_is_used() {
    let home = folder();
    let tools = json!([tool("get_weather", "Get the weather of a city."), tool("get_weather", "Something else altogether.")]);
    let (made, manifest) = over(&write(home.path(), "t.json", pretty(&tools)));
    assert_eq!(made, 10);
    let skipped = &manifest["tools"]["skipped"][0];
    assert_eq!(skipped["tool"], "get_weather");
    assert!(skipped["reason"].as_str().unwrap().starts_with("duplicate-name: "));
    assert!(skipped["at"]["line"].as_u64().unwrap() > 1 && !skipped["cure"].as_str().unwrap().is_empty());
}

#[test]
fn catalogs_of_every_known_format_give_proven_dialogues() {
    let mut formats: Vec<_> = std::fs::read_dir(repository("fixtures/catalogs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    // `bad` holds what cannot be read; tests/bad_catalogs.rs looks at it.
    formats.retain(|format| !format.ends_with("bad"));
    formats.sort();
    assert!(formats.len() >= 14);
    for format in formats {
        let (made, manifest) = over(&format);
        println!("{}: {made} of 10", format.display());
        assert!(made >= 8, "{}: {made} of 10; {}", format.display(), manifest["stages"]);
    }
}

#[test]
fn several_catalogs_and_plans_are_read_together_and_named_in_the_manifest() {
    let home = folder();
    let plan = "name: ask\ndescription: One request.\nmotif: single\nturns:\n  - user: request\n  - assistant: call\n  - assistant: tell\n";
    write(home.path(), "ask.yaml", plan);
    write(home.path(), "a.json", pretty(&json!([tool("get_weather", "Get the weather of a city.")])));
    write(home.path(), "b.json", pretty(&json!([tool("get_population", "Get the population of a city.")])));
    walktalk(home.path()).args(["generate", "--catalog", "a.json", "b.json", "--plans", "ask.yaml", "--size", "6"]).assert().success();
    let out = home.path().join("walktalk-out");
    let manifest = read_json(out.join("manifest.json"));
    let sources: Vec<&str> = manifest["catalogs"].as_array().unwrap().iter().map(|source| source["path"].as_str().unwrap()).collect();
    assert_eq!(sources, ["a.json", "b.json"]);
    assert_eq!(manifest["plans"], json!([{"name": "ask", "weight": 1, "dialogues": 6}]));
    let called: BTreeSet<String> = rows(out.join("dialogues.jsonl"))
        .iter()
        .flat_map(|record| record["turns"].as_array().unwrap().clone())
        .flat_map(|turn| turn["calls"].as_array().cloned().unwrap_or_default())
        .map(|call| call["tool"].as_str().unwrap().to_string())
        .collect();
    assert_eq!(called, BTreeSet::from(["get_population".into(), "get_weather".into()]), "every tool is reached");
}

#[test]
fn a_catalog_may_come_through_a_pipe() {
    let home = folder();
    let tools = pretty(&json!([tool("get_weather", "Get the weather of a city.")]));
    walktalk(home.path()).args(["generate", "--catalog", "-", "--size", "3"]).write_stdin(tools).assert().success();
    assert_eq!(proven(&home.path().join("walktalk-out")), 3);
}

#[test]
fn the_rivals_of_the_typed_graph_give_proven_dialogues_too() {
    for relevance in ["toolflow", "random"] {
        let home = folder();
        let done = generate(home.path(), &["--size", "10", "--relevance", relevance]);
        let out = home.path().join("out");
        let manifest = read_json(out.join("manifest.json"));
        assert_eq!(manifest["relevance"], relevance);
        assert!(manifest["command"].as_str().unwrap().ends_with(&format!("--relevance {relevance}")));
        let made = proven(&out);
        println!("{relevance}: {made} of 10; {}", manifest["stages"]);
        done.code(if made == 10 { 0 } else { 4 });
        assert!(made >= 7, "{relevance}: {made} of 10; {}", manifest["stages"]);
    }
}

/// The built-in catalogs, asked for something, and what the manifest says of it.
fn dial(flag: &str, value: &str, name: &str) -> f64 {
    let home = tempfile::tempdir().unwrap();
    let done =
        walktalk(home.path()).args(["generate", "--size", "150", "--seed", "4", flag, value, "--out", "out", "--json"]).assert().success();
    let manifest: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    assert_eq!(manifest["dials"][name]["asked"].as_f64().map(|asked| asked.to_string()), Some(value.to_string()));
    assert!(manifest["command"].as_str().unwrap().contains(&format!("{flag} {value}")), "{}", manifest["command"]);
    manifest["dials"][name]["reached"].as_f64().unwrap()
}

#[test]
fn dials_bring_about_what_is_asked_for() {
    for (flag, name, value) in [("--calls", "calls", 2.0), ("--refusals", "refusals", 0.5)] {
        let reached = dial(flag, &value.to_string(), name);
        assert!((reached - value).abs() < 0.3 * value, "{name}: {reached} for {value}");
    }
}

#[test]
fn a_dial_out_of_reach_is_named_before_anything_is_written() {
    let home = tempfile::tempdir().unwrap();
    let output = walktalk(home.path()).args(["generate", "--size", "5", "--refusals", "9", "--out", "out"]).output().unwrap();
    let message = fault(&output, 3);
    assert!(message.contains("refusals") && message.contains("out of reach") || message.contains("cannot give"), "{message}");
    assert!(!home.path().join("out").exists());
    let output = walktalk(home.path()).args(["generate", "--multi-step", "1.5", "--out", "out"]).output().unwrap();
    assert!(fault(&output, 3).contains("from 0 to 1"));
}
