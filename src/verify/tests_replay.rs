//! Calls run again: from the record alone they give the same results, and nothing that was changed does.

use super::mutate::{MUTATIONS, mutant};
use super::tests::fixture;
use super::{Report, Verifier};
use crate::catalog::{Catalog, ErrorCode};
use crate::dialogue::{Demand, Dialogue, leaves};
use crate::graph::{GraphOptions, ToolGraph};
use crate::pipeline::Pipeline;
use crate::world::Schemas;
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock, OnceLock};

/// Dialogues of our own catalogs, as they are read from a file.
fn records() -> &'static [Dialogue] {
    static RECORDS: OnceLock<Vec<Dialogue>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let catalog = Catalog::open(&[]).unwrap();
        let graph = ToolGraph::build(&catalog, &GraphOptions::default());
        let schemas = Arc::new(Schemas::new(&catalog));
        let plans = crate::plan::load(&[]).unwrap();
        // Failures are rare, and some tests are about them.
        let failing: Vec<_> = plans.iter().filter(|plan| plan.name.starts_with("error_")).cloned().collect();
        let mut records = Vec::new();
        for (plans, size) in [(&plans, 34), (&failing, 6)] {
            let pipeline = Pipeline::new(&catalog, &graph, schemas.clone(), plans, 21).unwrap();
            pipeline
                .run(0, size, |dialogue, _| {
                    let dialogue = dialogue.unwrap();
                    let back: Dialogue = serde_json::from_str(&serde_json::to_string(&dialogue).unwrap()).unwrap();
                    assert_eq!(back, dialogue, "what is written is what is read");
                    records.push(back);
                    Ok(())
                })
                .unwrap();
        }
        records
    })
}

fn verify(dialogue: &Dialogue) -> Report {
    static VERIFIER: LazyLock<Verifier> = LazyLock::new(Verifier::without_catalog);
    VERIFIER.verify(dialogue)
}

fn failing(dialogue: &Dialogue) -> Vec<&'static str> {
    verify(dialogue).failures.iter().map(|failure| failure.check).collect()
}

/// Every record with at least one call of which `wanted` is true, changed by `plant`, has a finding of `replay`.
#[track_caller]
fn finds(least: usize, wanted: impl Fn(&Dialogue, usize) -> bool, plant: impl Fn(&mut Dialogue, usize)) {
    let mut seen = 0;
    for dialogue in records() {
        let Some(call) = dialogue.calls().map(|call| call.id).find(|call| wanted(dialogue, *call)) else { continue };
        let mut changed = dialogue.clone();
        plant(&mut changed, call);
        assert!(failing(&changed).contains(&"replay"), "{}: call {call}", dialogue.id);
        seen += 1;
    }
    assert!(seen >= least, "{seen}");
}

fn call_mut(dialogue: &mut Dialogue, id: usize) -> &mut crate::dialogue::Call {
    dialogue.turns.iter_mut().flat_map(|turn| &mut turn.calls).find(|call| call.id == id).unwrap()
}

fn result_mut(dialogue: &mut Dialogue, call: usize) -> &mut Value {
    &mut dialogue.turns.iter_mut().flat_map(|turn| &mut turn.results).find(|result| result.call == call).unwrap().value
}

#[test]
fn calls_are_run_again_from_the_record_alone() {
    let (mut calls, mut demands, mut errors) = (0, 0, 0);
    for dialogue in records() {
        let report = verify(dialogue);
        assert!(report.ok(), "{}: {:?}", dialogue.id, report.failures);
        assert!(dialogue.world.is_some());
        calls += dialogue.calls().count();
        demands += dialogue.calls().filter(|call| call.demand.feeds.len() + call.demand.lists.len() > 0).count();
        errors += dialogue.calls().filter(|call| call.demand.error.is_some()).count();
    }
    assert!(calls > 150 && demands > 30 && errors > 3, "{calls} {demands} {errors}");
}

#[test]
fn replay_finds_another_world() {
    // A service that is down is down in every world.
    let answered = |d: &Dialogue, call| d.result(call).is_some_and(|result| !result.is_error);
    finds(34, answered, |d, _| d.world.as_mut().unwrap().seed += 1);
    finds(34, answered, |d, _| d.world.as_mut().unwrap().attempt += 1);
    finds(34, answered, |d, _| d.index += 1);
}

#[test]
fn replay_finds_results_that_only_look_right() {
    let fine = |d: &Dialogue, call| d.result(call).is_some_and(|result| !result.is_error && result.value.as_object().is_some());
    let several = |d: &Dialogue, call| fine(d, call) && d.result(call).unwrap().value.as_object().unwrap().len() > 1;
    // The same fields in another order are other bytes.
    finds(30, several, |d, call| {
        let object = result_mut(d, call).as_object_mut().unwrap();
        let (key, value) = object.shift_remove_index_entry(0);
        object.insert(key, value);
    });
    let whole = |d: &Dialogue, call| leaves(&d.result(call).unwrap().value).iter().any(|(_, value)| value.is_i64());
    finds(20, whole, |d, call| {
        let result = result_mut(d, call);
        let (pointer, value) = leaves(result).into_iter().find(|(_, value)| value.is_i64()).map(|(at, v)| (at, v.as_f64())).unwrap();
        *result.pointer_mut(&pointer).unwrap() = json!(value);
    });
}

trait TakeFirst {
    fn shift_remove_index_entry(&mut self, at: usize) -> (String, Value);
}

impl TakeFirst for serde_json::Map<String, Value> {
    fn shift_remove_index_entry(&mut self, at: usize) -> (String, Value) {
        let key = self.keys().nth(at).unwrap().clone();
        let value = self.shift_remove(&key).unwrap();
        (key, value)
    }
}

#[test]
fn replay_needs_what_the_record_keeps() {
    // Without its demand, a failure is none; and a success is no failure.
    finds(3, |d, call| d.result(call).is_some_and(|result| result.is_error), |d, call| call_mut(d, call).demand = Demand::default());
    let fine = |d: &Dialogue, call| d.result(call).is_some_and(|result| !result.is_error);
    finds(36, fine, |d, call| call_mut(d, call).demand = Demand::error(ErrorCode::Timeout));
    // A list that had to be short is as long as it likes.
    let lost: usize = records()
        .iter()
        .filter(|dialogue| {
            let mut changed = (*dialogue).clone();
            changed.turns.iter_mut().flat_map(|turn| &mut turn.calls).for_each(|call| call.demand.lists.clear());
            failing(&changed).contains(&"replay")
        })
        .count();
    assert!(lost > 3, "{lost}");
}

#[test]
fn a_record_that_names_no_world_is_not_run_again() {
    assert!(fixture("single").world.is_none());
    let answered = |d: &&Dialogue| d.calls().any(|call| d.result(call.id).is_some_and(|result| !result.is_error));
    for dialogue in records().iter().filter(answered) {
        let mut changed = dialogue.clone();
        changed.index += 1;
        assert_eq!(failing(&changed), ["replay"]);
        changed.world = None;
        assert_eq!(failing(&changed), [""; 0]);
    }
}

#[test]
fn a_replaced_result_is_found_by_running_the_call_again_and_by_nothing_else() {
    let kind = MUTATIONS.iter().position(|mutation| mutation.name == "result-replaced").unwrap();
    let mut tried = 0;
    for at in 0..2 * records().len() {
        let Some(mutant) = mutant(records(), &MUTATIONS[kind], kind, at, 5) else { continue };
        assert_eq!(failing(&mutant), ["replay"], "{}", mutant.id);
        tried += 1;
    }
    assert!(tried > 40, "{tried}");
}

#[test]
fn unique_finds_a_tool_that_would_do_as_well() {
    let twin = |name: &str, change: fn(&mut crate::dialogue::ToolSpec)| {
        let mut dialogue = fixture("single");
        let mut twin = dialogue.tool("get_weather").unwrap().clone();
        twin.name = name.into();
        change(&mut twin);
        dialogue.tools.push(twin);
        failing(&dialogue)
    };
    assert!(twin("fetch_weather", |_| {}).contains(&"unique"));
    let find = |twin: &mut crate::dialogue::ToolSpec| {
        twin.description = "Find out how the weather will be.".into();
        twin.nl.as_mut().unwrap().verb.as_mut().unwrap().lemma = "find".into();
    };
    assert!(twin("find_weather", find).contains(&"unique"));
    // Another thing, other arguments: no doubt which one is meant.
    assert!(
        !twin("get_tides", |twin| {
            twin.description = "Get the tides of a harbour on a day.".into();
            twin.nl.as_mut().unwrap().object.as_mut().unwrap().np = "tides".into();
        })
        .contains(&"unique")
    );
    assert!(
        !twin("get_weather_of_station", |twin| {
            twin.description = "Get the weather at a station.".into();
            twin.parameters["required"] = json!(["city", "date", "station"]);
        })
        .contains(&"unique")
    );
}
