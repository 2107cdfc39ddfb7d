//! How much of what people really say is read: measured on human turns, where the data is on this machine.

use super::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn shared() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["../shared", "../../shared"].into_iter().map(|up| here.join(up)).find(|path| path.is_dir())
}

fn sem_of(slot: &str) -> Option<SemType> {
    let ends = |tails: &[&str]| tails.iter().any(|tail| slot.ends_with(tail));
    if ends(&["date"]) {
        Some(SemType::Date)
    } else if ends(&["time"]) && !slot.contains("wait") {
        Some(SemType::Time)
    } else if ends(&["price", "fare", "amount", "balance", "rent", "price_per_night"]) {
        Some(SemType::Money)
    } else if ends(&["rating"]) {
        Some(SemType::Rating)
    } else if slot.starts_with("number_of") || ends(&["group_size", "party_size", "travelers", "stay_length", "passengers"]) {
        Some(SemType::Count)
    } else if ends(&["city", "location", "city_of_event"]) {
        Some(SemType::City)
    } else if ends(&["_name", "name"]) {
        Some(SemType::Title)
    } else if ends(&["phone_number"]) {
        Some(SemType::Phone)
    } else {
        None
    }
}

/// Found and all values of one type, with examples of misses.
type Tally = BTreeMap<String, (usize, usize, Vec<String>)>;

fn measure(folder: &Path) -> std::io::Result<Tally> {
    let (outlines, human) = (std::fs::read_to_string(folder.join("outlines.jsonl"))?, std::fs::read_to_string(folder.join("human.jsonl"))?);
    let ctx = SayContext { today: jiff::civil::date(2019, 3, 1) };
    let mut tally = Tally::new();
    for (outline, turn) in outlines.lines().zip(human.lines()) {
        let (outline, turn): (Value, Value) = (serde_json::from_str(outline)?, serde_json::from_str(turn)?);
        let text = turn["text"].as_str().unwrap_or_default();
        for act in outline["acts"].as_array().into_iter().flatten() {
            let Some(sem) = act["slot"].as_str().and_then(sem_of) else { continue };
            for (canonical, surface) in
                act["canonical"].as_array().into_iter().flatten().zip(act["values"].as_array().into_iter().flatten())
            {
                // Only values that stand in the text in some form.
                if !text.to_lowercase().contains(&surface.as_str().unwrap_or_default().to_lowercase()) || canonical == "dontcare" {
                    continue;
                }
                let entry = tally.entry(format!("{sem:?}")).or_default();
                entry.1 += 1;
                if find(text, canonical, sem, NONE, &ctx).is_empty() {
                    entry.2.push(format!("{canonical} as {surface}: {text}"));
                } else {
                    entry.0 += 1;
                }
            }
        }
    }
    Ok(tally)
}

#[test]
fn human_values_are_found() {
    let Some(tally) = shared().and_then(|path| measure(&path.join("realism/paired-dev")).ok()) else {
        eprintln!("skipped: the human turns are not on this machine");
        return;
    };
    for (sem, (found, all, misses)) in &tally {
        eprintln!("{sem}: {found} of {all}");
        for miss in misses.iter().step_by((misses.len() / 40).max(1)) {
            eprintln!("    {miss}");
        }
    }
    for (sem, least) in [("Date", 0.95), ("Time", 0.85), ("Money", 0.97), ("Rating", 0.97), ("Count", 0.9), ("City", 0.9), ("Title", 0.97)]
    {
        let (found, all, _) = &tally[sem];
        assert!(*found as f64 >= least * *all as f64, "{sem}: {found} of {all}");
    }
}

/// Arguments of one-call requests: at least one accepted spelling of each number or string stands in the request.
fn measure_requests(folder: &Path) -> std::io::Result<Tally> {
    let (questions, answers) = ("BFCL_v4_simple_python.json", "possible_answer/BFCL_v4_simple_python.json");
    let (questions, answers) = (std::fs::read_to_string(folder.join(questions))?, std::fs::read_to_string(folder.join(answers))?);
    let mut tally = Tally::new();
    for (question, answer) in questions.lines().zip(answers.lines()) {
        let (question, answer): (Value, Value) = (serde_json::from_str(question)?, serde_json::from_str(answer)?);
        let text = question["question"][0][0]["content"].as_str().unwrap_or_default();
        let calls = answer["ground_truth"].as_array().into_iter().flatten().filter_map(Value::as_object);
        for (name, accepted) in calls.flat_map(|call| call.values()).filter_map(Value::as_object).flatten() {
            let accepted: Vec<&Value> = accepted.as_array().into_iter().flatten().collect();
            // An empty string among them says that the argument may be left out.
            if accepted.iter().any(|value| value.is_array() || value.is_object() || value.is_boolean() || **value == json!("")) {
                continue;
            }
            let sem = if accepted[0].is_number() { SemType::Number } else { shape(accepted[0]) };
            let entry = tally.entry(if sem == SemType::Number { "Number".into() } else { "String".to_owned() }).or_default();
            entry.1 += 1;
            if accepted.iter().any(|value| !find(text, value, sem, NONE, &ctx()).is_empty()) {
                entry.0 += 1;
            } else {
                entry.2.push(format!("{name} {accepted:?} ({sem:?}): {text}"));
            }
        }
    }
    Ok(tally)
}

#[test]
fn numbers_of_requests_are_found() {
    let Some(tally) = shared().and_then(|path| measure_requests(&path.join("real-data/bfcl")).ok()) else {
        eprintln!("skipped: the requests are not on this machine");
        return;
    };
    for (sem, (found, all, misses)) in &tally {
        eprintln!("{sem}: {found} of {all}");
        for miss in misses {
            eprintln!("    {miss}");
        }
    }
    // The rest is mostly unsaid: defaults, rates as shares, sums of what was said.
    assert!(tally["Number"].0 as f64 >= 0.82 * tally["Number"].1 as f64, "{:?}", tally["Number"].2);
}
