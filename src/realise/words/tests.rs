//! The words of outlines, seen from outside: every value is said, nothing is said that a person would not write, and the same seed gives
//! the same words.

use super::{Engine, OutlineTurn, Worded};
use crate::catalog::Catalog;
use crate::catalog::load::read_bytes;
use serde_json::json;
use std::path::Path;

fn schema() -> Catalog {
    let slot = |name: &str, about: &str, values: &[&str]| json!({"name": name, "description": about, "is_categorical": !values.is_empty(), "possible_values": values});
    let schema = json!([{
        "service_name": "Boats_1",
        "description": "Rent boats on lakes",
        "slots": [
            slot("boat_name", "Name of the boat", &[]),
            slot("lake", "City where the boat lies", &[]),
            slot("rental_date", "Date of the rental", &[]),
            slot("number_of_people", "Number of people on board", &["1", "2", "3"]),
            slot("has_motor", "Whether the boat has a motor", &["True", "False"]),
            slot("price_per_day", "Price per day of the boat", &[]),
            slot("phone_number", "Phone number of the harbour", &[]),
        ],
        "intents": [
            {"name": "FindBoats", "description": "Find boats on a lake", "is_transactional": false, "required_slots": ["lake"],
             "optional_slots": {"has_motor": "dontcare"}, "result_slots": ["boat_name", "lake", "has_motor", "price_per_day", "phone_number"]},
            {"name": "RentBoat", "description": "Rent a boat for a day", "is_transactional": true,
             "required_slots": ["boat_name", "rental_date", "number_of_people"], "optional_slots": {}, "result_slots": ["boat_name", "price_per_day"]}
        ]
    }]);
    Catalog::from_raw(read_bytes(Path::new("boats.json"), schema.to_string().as_bytes()).unwrap())
}

fn act(name: &str, slot: &str, value: &str) -> serde_json::Value {
    let values: Vec<&str> = if value.is_empty() { Vec::new() } else { vec![value] };
    json!({"service": "Boats_1", "act": name, "slot": slot, "values": values, "canonical": values})
}

/// One dialogue with most kinds of turns.
fn outline(dialogue: usize) -> Vec<OutlineTurn> {
    let turns = vec![
        ("user", vec![act("INFORM_INTENT", "intent", "FindBoats"), act("INFORM", "has_motor", "True")]),
        ("assistant", vec![act("REQUEST", "lake", "")]),
        ("user", vec![act("INFORM", "lake", "Lake Orta")]),
        (
            "assistant",
            vec![act("OFFER", "boat_name", "Albatross"), act("OFFER", "price_per_day", "$80"), act("INFORM_COUNT", "count", "3")],
        ),
        ("user", vec![act("REQUEST", "phone_number", ""), act("REQUEST", "price_per_day", "")]),
        ("assistant", vec![act("INFORM", "phone_number", "555-0134"), act("INFORM", "price_per_day", "$80")]),
        ("user", vec![act("SELECT", "boat_name", "Albatross"), act("INFORM_INTENT", "intent", "RentBoat")]),
        ("assistant", vec![act("REQUEST", "rental_date", ""), act("REQUEST", "number_of_people", "")]),
        ("user", vec![act("INFORM", "rental_date", "next Friday"), act("INFORM", "number_of_people", "2")]),
        (
            "assistant",
            vec![
                act("CONFIRM", "boat_name", "Albatross"),
                act("CONFIRM", "rental_date", "next Friday"),
                act("CONFIRM", "number_of_people", "2"),
            ],
        ),
        ("user", vec![act("NEGATE", "", ""), act("INFORM", "number_of_people", "3")]),
        ("assistant", vec![act("NOTIFY_FAILURE", "", ""), act("REQ_MORE", "", "")]),
        ("user", vec![act("NEGATE", "", ""), act("THANK_YOU", "", "")]),
        ("assistant", vec![act("GOODBYE", "", "")]),
    ];
    let line = |(turn, (role, acts)): (usize, (&str, Vec<serde_json::Value>))| {
        serde_json::from_value(json!({"dialogue": format!("d{dialogue}"), "turn": turn, "role": role, "acts": acts})).unwrap()
    };
    turns.into_iter().enumerate().map(line).collect()
}

fn worded(dialogues: usize, seed: u64) -> (Vec<OutlineTurn>, Vec<Worded>) {
    let engine = Engine::new(&schema()).unwrap();
    let turns: Vec<OutlineTurn> = (0..dialogues).flat_map(outline).collect();
    let words = engine.realise(&turns, seed);
    (turns, words)
}

#[test]
fn every_value_is_said_once_and_listed() {
    let (turns, words) = worded(40, 1);
    assert_eq!(turns.len(), words.len());
    for (turn, worded) in turns.iter().zip(&words) {
        let own = turn.acts.iter().filter(|act| !act.slot.is_empty() && act.slot != "intent" && act.slot != "has_motor");
        for value in own.flat_map(|act| &act.values) {
            let value = value.to_lowercase();
            assert!(worded.text.to_lowercase().contains(&value), "{value} in {:?}", worded.text);
            assert_eq!(worded.values.iter().filter(|said| said.to_lowercase() == value).count(), 1, "{value} in {:?}", worded.values);
        }
        assert!(
            worded.values.iter().all(|said| turn.acts.iter().any(|act| act.values.iter().any(|value| value.eq_ignore_ascii_case(said)))),
            "{worded:?}"
        );
    }
}

#[test]
fn a_truth_value_is_said_by_what_it_is_about() {
    let (_, words) = worded(30, 2);
    let openings: Vec<&Worded> = words.iter().filter(|worded| worded.turn == 0).collect();
    assert!(openings.iter().all(|worded| worded.text.to_lowercase().contains("motor")), "{openings:#?}");
}

#[test]
fn nothing_is_written_that_a_person_would_not_write() {
    for worded in worded(50, 3).1 {
        let value = |text: &String| worded.text.find(text.as_str()).map(|at| at..at + text.len());
        let mut spans: Vec<_> = worded.values.iter().filter_map(value).collect();
        spans.sort_by_key(|span| span.start);
        assert_eq!(crate::realise::lint::fault(&worded.text, &spans), None, "{:?}", worded.text);
        assert!(!worded.text.contains("dontcare") && !worded.text.contains("True"), "{:?}", worded.text);
    }
}

#[test]
fn the_same_seed_gives_the_same_words_on_any_number_of_threads() {
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(|| worded(30, 5).1);
    let many = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap().install(|| worded(30, 5).1);
    assert_eq!(alone, many);
    assert_ne!(alone, worded(30, 6).1);
}

#[test]
fn the_same_outline_is_said_in_many_ways() {
    let (_, words) = worded(100, 7);
    for turn in [0, 2, 4, 8, 10, 12] {
        let texts: std::collections::BTreeSet<&str> =
            words.iter().filter(|worded| worded.turn == turn).map(|worded| worded.text.as_str()).collect();
        assert!(texts.len() >= 60, "turn {turn}: {} of 100", texts.len());
    }
}

#[test]
fn acts_and_slots_that_nobody_knows_do_no_harm() {
    let engine = Engine::new(&schema()).unwrap();
    let turns: Vec<OutlineTurn> = vec![
        serde_json::from_value(json!({"dialogue": "x", "turn": 0, "role": "user", "acts": [{"service": "Nowhere", "act": "INFORM", "slot": "colour_of_sail", "values": ["blue"], "canonical": ["blue"]}]})).unwrap(),
        serde_json::from_value(json!({"dialogue": "x", "turn": 1, "role": "assistant", "acts": [{"act": "SING"}]})).unwrap(),
        serde_json::from_value(json!({"dialogue": "x", "turn": 2, "role": "user"})).unwrap(),
    ];
    let words = engine.realise(&turns, 1);
    assert!(words[0].text.contains("blue"));
    assert!(words.iter().all(|worded| !worded.text.is_empty()));
}

#[test]
fn tables_of_ones_own_replace_the_built_in_ones() {
    let mut tables = super::Tables::default();
    let social = include_str!("../../../plans/words/social.yaml");
    let own = social.replace("u.NEGATE+THANK_YOU: |\n", "u.NEGATE+THANK_YOU: |\n  100000| certainly not.\n");
    tables.files.insert("social.yaml".into(), own);
    let engine = Engine::with_tables(&schema(), &tables).unwrap();
    let words = engine.realise(&outline(0), 1);
    assert!(words[12].text.to_lowercase().starts_with("certainly not"), "{}", words[12].text);
    tables.files.insert("social.yaml".into(), "u.AFFIRM: |\n  {nothing}\n".into());
    assert!(Engine::with_tables(&schema(), &tables).is_err());
}
