//! What the estimate says of texts that people wrote, where they lie beside the checkout.

use super::*;
use serde_json::Value;
use std::path::PathBuf;

fn real_data() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/real-data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no real data beside the checkout");
    None
}

fn json(path: PathBuf) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The turns of the users of some people's dialogues, dialogue by dialogue, each with its acts.
fn human(folder: &std::path::Path) -> Vec<Vec<(String, Vec<String>)>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder.join("sgd-CC-BY-SA/train")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let dialogues = files
        .into_iter()
        .filter(|path| path.to_string_lossy().contains("dialogues_"))
        .flat_map(|path| json(path).as_array().unwrap().clone());
    let acts = |turn: &Value| -> Vec<String> {
        let actions = turn["frames"].as_array().into_iter().flatten().flat_map(|frame| frame["actions"].as_array().into_iter().flatten());
        let act = |action: &Value| format!("{} {} {}", action["act"], action["slot"], action["values"][0]).replace('"', "");
        actions.map(act).collect()
    };
    let users = |dialogue: Value| {
        let turns = dialogue["turns"].as_array().unwrap().iter().filter(|turn| turn["speaker"] == "USER");
        turns.map(|turn| (turn["utterance"].as_str().unwrap().to_string(), acts(turn))).collect()
    };
    dialogues.map(users).collect()
}

fn counted<'a>(turns: impl IntoIterator<Item = &'a str>, most: usize) -> Attributes {
    let mut counts = Attributes::default();
    turns.into_iter().take(most).for_each(|turn| counts.push_turn(turn));
    counts
}

#[test]
fn matched_text_is_trusted_and_a_template_and_another_domain_are_not() {
    let Some(folder) = real_data() else { return };
    let dialogues = human(&folder);
    // Every second dialogue stands for the synthetic set, 200 turns of the others for the real one.
    let half = |odd: usize| dialogues.iter().enumerate().filter(move |(at, _)| at % 2 == odd).flat_map(|(_, turns)| turns);
    let real = counted(half(1).map(|(text, _)| text.as_str()).step_by(3), 200);
    assert_eq!(real.turns, 200);
    let matched = counted(half(0).map(|(text, _)| text.as_str()), 2_000);
    // One template for each act, with the values in it.
    let floor: Vec<String> = half(0).map(|(_, acts)| acts.iter().map(|act| template(act)).collect::<Vec<_>>().join(" ")).collect();
    let floor = counted(floor.iter().map(String::as_str), 2_000);
    // What people ask of tools in one line, in other domains.
    let other: Vec<String> = questions(&folder);
    let other = counted(other.iter().map(String::as_str), 2_000);
    let of = |synthetic: &Attributes| estimate(synthetic, 0, &real, "sgd").unwrap();
    let (matched, floor, other) = (of(&matched), of(&floor), of(&other));
    for (name, estimate) in [("matched", &matched), ("floor", &floor), ("other", &other)] {
        let Peak { lambda, low, high, .. } = estimate.peak;
        eprintln!("{name}: {lambda:.4} ({low:.4}–{high:.4}), log BF {:.0}", estimate.log_bayes_factor);
        for one in &estimate.attributes {
            eprintln!("  {} {:.4} overlap {:.2}", one.attribute.name(), one.peak.lambda, one.overlap);
        }
    }
    assert!(matched.peak.lambda >= 0.3 && matched.log_bayes_factor > 0.0);
    assert!(floor.peak.lambda <= 0.02 && floor.log_bayes_factor < 0.0);
    assert!(other.peak.lambda <= 0.02 && other.log_bayes_factor < 0.0);
}

fn template(act: &str) -> String {
    let mut parts = act.splitn(3, ' ');
    let (act, slot, value) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let slot = slot.replace('_', " ");
    match act {
        "INFORM" => format!("The {slot} is {value}."),
        "INFORM_INTENT" => format!("I want to {value}."),
        "REQUEST" => format!("What is the {slot}?"),
        "AFFIRM" => "Yes.".into(),
        "NEGATE" => "No.".into(),
        "THANK_YOU" => "Thank you.".into(),
        "GOODBYE" => "Goodbye.".into(),
        other => format!("{}.", other.to_lowercase().replace('_', " ")),
    }
}

fn questions(folder: &std::path::Path) -> Vec<String> {
    let mut files: Vec<PathBuf> = walk(&folder.join("bfcl"));
    files.sort();
    let lines = files.iter().filter(|path| path.extension().is_some_and(|kind| kind == "json" || kind == "jsonl"));
    let text = lines.map(|path| std::fs::read_to_string(path).unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let rows = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    rows.filter_map(|row| row["question"][0][0]["content"].as_str().map(str::to_string)).collect()
}

fn walk(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
