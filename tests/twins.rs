//! `walktalk generate --export dpo,kto`: the pairs, their counts, and the same bytes every time.

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use support::*;

fn generate(folder: &Path, out: &str, arguments: &[&str]) -> assert_cmd::assert::Assert {
    walktalk(folder).arg("generate").arg("--catalog").arg(small_catalog()).args(["--size", "24", "--out", out]).args(arguments).assert()
}

#[test]
fn all_targets_are_all_but_the_pairs_and_the_pairs_come_when_they_are_named() {
    let home = folder();
    generate(home.path(), "plain", &[]).success();
    assert!(!files(&home.path().join("plain")).keys().any(|name| name.contains("dpo") || name.contains("kto") || name.contains("twins")));
    generate(home.path(), "both", &["--export", "all,dpo,kto"]).success();
    let written = files(&home.path().join("both"));
    for name in
        ["dpo/trl.jsonl", "dpo/llamafactory.jsonl", "dpo/dataset_info.json", "kto/trl.jsonl", "kto/llamafactory.jsonl", "twins.jsonl"]
    {
        assert!(written.contains_key(name), "{name}");
    }
    // The dialogues are the same with and without pairs.
    assert_eq!(written["dialogues.jsonl"], files(&home.path().join("plain"))["dialogues.jsonl"]);
    // An earlier output is replaced whole.
    generate(home.path(), "both", &[]).success();
    assert_eq!(files(&home.path().join("both")).keys().collect::<Vec<_>>(), files(&home.path().join("plain")).keys().collect::<Vec<_>>());
}

#[test]
fn every_pair_is_written_or_refused_by_name_and_says_what_is_wrong() {
    let home = folder();
    let said = generate(home.path(), "out", &["--export", "dpo,kto", "--twins", "3"]).success();
    let said = String::from_utf8(said.get_output().stdout.clone()).unwrap();
    assert!(said.contains("Preference pairs:"), "{said}");
    let out = home.path().join("out");
    let manifest = read_json(out.join("manifest.json"));
    assert!(manifest["command"].as_str().unwrap().contains("--export dpo,kto --twins 3"));
    let twins: BTreeMap<String, Value> =
        rows(out.join("twins.jsonl")).into_iter().map(|twin| (twin["id"].as_str().unwrap().to_string(), twin)).collect();
    assert_eq!(manifest["twins"]["twins"].as_u64().unwrap(), twins.len() as u64, "ids are unique");
    let faults: u64 = manifest["twins"]["faults"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(faults, twins.len() as u64);
    for (file, each) in [("dpo/trl", 1), ("dpo/llamafactory", 1), ("kto/trl", 2), ("kto/llamafactory", 2)] {
        let counts = &manifest["targets"][file];
        let refused: u64 = counts["refused"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
        let written = rows(out.join(format!("{file}.jsonl")));
        assert_eq!(counts["rows_in"].as_u64().unwrap(), each * twins.len() as u64);
        assert_eq!(counts["rows_out"].as_u64().unwrap() + refused, each * twins.len() as u64, "{file}");
        assert_eq!(written.len() as u64, counts["rows_out"].as_u64().unwrap());
        for row in written {
            let id = row["id"].as_str().unwrap();
            let twin = &twins[id.trim_end_matches("-chosen").trim_end_matches("-rejected")];
            assert!(twin["reason"].as_str().unwrap().len() > 10 && twin["proof"]["message"].is_string());
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_pairs_with_any_number_of_threads() {
    let home = folder();
    generate(home.path(), "one", &["--export", "dpo", "--threads", "1"]).success();
    generate(home.path(), "two", &["--export", "dpo", "--threads", "2"]).success();
    assert_eq!(files(&home.path().join("one")), files(&home.path().join("two")));
}

/// The example of the manual, as it stands there.
#[test]
fn the_example_of_the_manual_runs() {
    let manual = text(repository("docs/preference.md"));
    let line = manual.lines().find(|line| line.starts_with("walktalk generate")).expect("an example");
    let home = folder();
    let catalog = "tool-catalogs/hotels.yaml";
    std::fs::create_dir(home.path().join("tool-catalogs")).unwrap();
    std::fs::copy(repository(catalog), home.path().join(catalog)).unwrap();
    let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
    walktalk(home.path()).args(&arguments).assert().success();
    let out = arguments[arguments.iter().position(|one| *one == "--out").unwrap() + 1];
    assert!(!rows(home.path().join(out).join("dpo/trl.jsonl")).is_empty());
    let faults = manual.lines().filter(|line| line.starts_with("| `")).filter_map(|line| line.split('`').nth(1));
    let named: Vec<&str> = faults.collect();
    for twin in rows(home.path().join(out).join("twins.jsonl")) {
        assert!(named.contains(&twin["fault"].as_str().unwrap()), "{} is not in the manual", twin["fault"]);
    }
}
