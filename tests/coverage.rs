//! The covering design, the three controls and the taxonomy, as a person meets them.

mod support;

use serde_json::{Value, json};
use std::collections::BTreeMap;
use support::*;

fn scenarios(path: impl AsRef<std::path::Path>) -> Vec<BTreeMap<String, String>> {
    rows(path).into_iter().map(|row| serde_json::from_value(row["scenario"].clone()).unwrap()).collect()
}

#[test]
fn each_dialogue_has_a_situation_of_its_own_whatever_the_size_of_the_run() {
    let home = folder();
    for (size, threads) in [("16", "2"), ("7", "1")] {
        let line = ["generate", "--size", size, "--threads", threads, "--seed", "3", "--export", "jsonl", "--out", size, "--catalog"];
        walktalk(home.path()).args(line).arg(small_catalog()).assert().success();
    }
    let (many, few) = (text(home.path().join("16/dialogues.jsonl")), text(home.path().join("7/dialogues.jsonl")));
    assert!(many.starts_with(&few), "a shorter run is the beginning of a longer one");
    let scenarios = scenarios(home.path().join("16/dialogues.jsonl"));
    for (scenario, row) in scenarios.iter().zip(rows(home.path().join("16/dialogues.jsonl"))) {
        for factor in ["plan", "motif", "domain", "sector", "event", "complexity", "protocol", "openness", "neuroticism", "emotion"] {
            assert!(scenario.contains_key(factor), "{factor}: {scenario:?}");
        }
        assert_eq!(row["plan"], json!(scenario["plan"]));
        let event = scenario["event"] == "clarified" && scenario["protocol"] == "all_at_once";
        assert!(!event, "a rule forbids it");
    }
    // Rows of a covering array differ from one another as much as they can.
    let traits = |scenario: &BTreeMap<String, String>| {
        ["openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism"].map(|name| scenario[name].clone())
    };
    let different: std::collections::BTreeSet<_> = scenarios.iter().map(traits).collect();
    assert!(different.len() >= 15, "{different:?}");
    let coverage = &read_json(home.path().join("16/manifest.json"))["coverage"];
    assert_eq!(coverage["strength"], 3);
    assert_eq!(coverage["rows_of_floor"], 16);
    assert!(coverage["covered"].as_u64().unwrap() > 16 * 700, "{}", coverage["covered"]);
    let letter = json!({"location": "on_the_move", "medium": "letter"});
    let named = coverage["infeasible"].as_array().unwrap().iter().find(|one| one["combination"] == letter).unwrap();
    assert_eq!(named["reasons"], json!(["nobody writes a letter on the move"]));
}

#[test]
fn less_quality_is_recorded_fault_by_fault_and_the_verifier_finds_the_same_rows() {
    let home = folder();
    let line = ["generate", "--catalog", small_catalog().to_str().unwrap(), "--size", "24", "--quality", "low", "--export", "jsonl"]
        .map(str::to_string);
    walktalk(home.path()).args(line).assert().success();
    let out = home.path().join("walktalk-out");
    let faulty =
        |row: &Value| row["scores"]["quality"].as_object().is_some_and(|scores| scores.keys().any(|name| name.starts_with("failed:")));
    let recorded: Vec<bool> = rows(out.join("dialogues.jsonl")).iter().map(faulty).collect();
    let count = recorded.iter().filter(|faulty| **faulty).count() as u64;
    assert!((3..20).contains(&count), "{count}");
    let manifest = read_json(out.join("manifest.json"));
    assert_eq!(manifest["stages"]["faulty"], count);
    assert!(manifest["command"].as_str().unwrap().contains("--quality 0"));
    let output = walktalk(home.path()).args(["verify", "--json", "walktalk-out"]).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found: Vec<bool> = answer["rows"].as_array().unwrap().iter().map(|row| row["ok"] == false).collect();
    assert_eq!(found, recorded);
}

#[test]
fn less_diversity_leaves_levels_out_and_says_so() {
    let home = folder();
    let line = ["generate", "--size", "12", "--diversity", "0", "--export", "jsonl", "--catalog"];
    walktalk(home.path()).args(line).arg(small_catalog()).assert().success();
    let out = home.path().join("walktalk-out");
    for scenario in scenarios(out.join("dialogues.jsonl")) {
        assert_eq!((scenario["emotion"].as_str(), scenario["openness"].as_str()), ("ordinary", "between"));
    }
    let coverage = &read_json(out.join("manifest.json"))["coverage"];
    assert_eq!(coverage["strength"], 1);
    assert!(coverage["infeasible"].to_string().contains("diversity 0 leaves out the rarest levels of `emotion`"));
    assert_eq!(proven(&out), 12);
}

#[test]
fn what_cannot_be_asked_for_is_told() {
    let home = folder();
    for (arguments, code, words) in [
        (&["--quality", "best"][..], 2, "low, medium, high"),
        (&["--diversity", "1.5"], 2, "from 0 to 1"),
        (&["--complexity", "harder"], 2, "low, medium, high"),
        (&["--complexity", "high", "--calls", "3"], 3, "`--complexity 1` and `--calls` both say"),
        (&["--complexity", "0.2", "--refine", "0.5"], 3, "both say"),
        (&["--taxonomy", "missing.yaml"], 3, "missing.yaml"),
    ] {
        let output = walktalk(home.path()).args(["generate", "--size", "2"]).args(arguments).output().unwrap();
        let message = fault(&output, code);
        assert!(message.contains(words), "{message}");
    }
    assert!(std::fs::read_dir(home.path()).unwrap().next().is_none(), "nothing is written");
}

#[test]
fn a_complexity_out_of_reach_says_how_far_it_got_and_what_binds() {
    use walktalk::pipeline::{Pipeline, hardness::Pilot};
    let catalog = walktalk::catalog::Catalog::open(&[small_catalog()]).unwrap();
    let graph = walktalk::graph::ToolGraph::build(&catalog, &walktalk::graph::GraphOptions::default());
    let schemas = std::sync::Arc::new(walktalk::world::Schemas::new(&catalog));
    // No other task follows a wrong turn that is not to be learned from, so that it cannot be made twice as hard.
    let plans = walktalk::plan::load(&[repository("plans/dialogues/mistake_mended.yaml")]).unwrap();
    let pilot = Pilot { dialogues: 4, ..Pilot::default() };
    let pipeline = Pipeline::new(&catalog, &graph, schemas, &plans, 1).unwrap();
    let message = pipeline.hardened_with(1.0, pilot).err().unwrap().to_string();
    assert!(message.contains("complexity 1 asks for") && message.contains("come to") && message.contains("stand alone"), "{message}");
}

#[test]
fn the_taxonomy_is_shown_with_its_critic_and_a_file_changes_it() {
    let home = folder();
    let print = |arguments: &[&str]| {
        let output = walktalk(home.path()).arg("graph").args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let schema = read_json(repository("docs/schemas/taxonomy.json"));
    let told: Value = serde_json::from_str(&print(&["--taxonomy", "--json"])).unwrap();
    let faults: Vec<String> = jsonschema::validator_for(&schema).unwrap().iter_errors(&told).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    assert!(told["levels"][4]["nodes"].as_u64().unwrap() > 300);
    write(home.path(), "mine.yaml", "sectors:\n  trips: [hotels, flights]\nleave_out:\n  - banking\n");
    let changed = print(&["--taxonomy", "mine.yaml"]);
    assert!(changed.contains("trips (") && !changed.contains("banking ("), "{changed}");
    for (file, words) in [
        ("sectors:\n  trips: [hotel]\n", "no catalog has a domain `hotel`"),
        ("leave_out:\n  - hotels/castle\n", "there is no node `hotels/castle`"),
        ("sectorz: {}\n", "sectorz"),
    ] {
        write(home.path(), "wrong.yaml", file);
        let output = walktalk(home.path()).args(["graph", "--taxonomy", "wrong.yaml"]).output().unwrap();
        let message = fault(&output, 3);
        assert!(message.contains(words) && message.contains("wrong.yaml:"), "{message}");
    }
}
