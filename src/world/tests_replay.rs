//! The calls of a dialogue, run again, give the same results byte for byte.

use super::testing::*;
use super::*;
use crate::catalog::Catalog;
use crate::graph::{GraphOptions, Motif, ToolGraph, Walk, walk::Walker};
use crate::script::{Author, Part, ScriptCall, Streams, Topics};
use crate::seed::{Stage, stream};
use serde_json::json;
use std::collections::BTreeMap;

#[test]
fn the_calls_of_two_hundred_scripts_give_the_same_results_again() {
    let catalog = Catalog::open(&[]).unwrap();
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let walker = Walker::new(&graph, &catalog);
    let topics = Topics { chit_chat: vec!["a".into(), "b".into(), "c".into()], irrelevant: vec!["x".into(), "y".into()] };
    let schemas = Arc::new(Schemas::new(&catalog));
    let author = Author::new(&catalog, &graph, schemas.clone(), topics);
    let plans = crate::plan::load(&[]).unwrap();
    let (mut scripts, mut count, mut errors, mut demanded) = (0, 0, 0, 0);
    for index in 0u64.. {
        if scripts == 200 {
            break;
        }
        assert!(index < 2000, "only {scripts} scripts with calls");
        let plan = &plans[index as usize % plans.len()];
        let walk = match plan.motif {
            Motif::None => Some(Walk { motif: Motif::None, steps: Vec::new(), segments: Vec::new() }),
            motif => walker
                .anchor(motif, plan.length.clone(), 3, index)
                .and_then(|anchor| walker.walk(motif, plan.length.clone(), anchor, &mut stream(3, index, Stage::Walk, 0))),
        };
        let Some(walk) = walk else { continue };
        let of = |stage| stream(3, index, stage, 0);
        let streams = Streams { script: of(Stage::Script), world: of(Stage::World), offer: of(Stage::Offer) };
        let Ok(script) = author.write(&[Part::new(plan, walk)], streams) else { continue };
        let made = script.calls().collect::<Vec<&ScriptCall>>();
        if made.is_empty() {
            continue;
        }
        // What a record keeps: arguments and demands as JSON.
        let kept = serde_json::to_string(&made.iter().map(|call| &call.demand).collect::<Vec<_>>()).unwrap();
        let demands: Vec<Demand> = serde_json::from_str(&kept).unwrap();
        let steps =
            made.iter().zip(&demands).map(|(call, demand)| Step { tool: &catalog.tools[call.tool], arguments: &call.arguments, demand });
        let again: Vec<Value> = replay(&script.context, of(Stage::World), schemas.clone(), steps)
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("{} {index}: {error}", plan.name));
        for (call, value) in made.iter().zip(&again) {
            assert_eq!(call.result.to_string(), value.to_string(), "{} {index}: {}", plan.name, catalog.tools[call.tool].name);
            errors += usize::from(call.is_error);
        }
        count += made.len();
        demanded += demands.iter().filter(|demand| !demand.is_default()).count();
        scripts += 1;
    }
    println!("{scripts} scripts, {count} calls, {errors} of them errors, {demanded} with a demand");
    assert!(errors > 5 && demanded > 50);
}

#[test]
fn what_users_say_in_between_changes_no_answer() {
    let run = |talk: usize| {
        let mut world = world(5);
        let mut answers = Vec::new();
        for tool in OURS.iter().step_by(7) {
            for leaf in tool.parameters.iter().take(talk) {
                world.draw(tool, leaf, &json!({}));
            }
            let given = arguments(&mut super::testing::world(9), tool, |_| true).unwrap();
            answers.push(world.call(tool, &given, &Demand::default()).map_err(|error| error.to_string()));
        }
        answers
    };
    assert_eq!(run(0), run(6));
}

#[test]
fn a_demand_is_small_in_a_record_and_reads_back() {
    let schema = json!({"type": "string", "pattern": "^HTL-7", "description": "Id of the hotel.", "examples": ["HTL-70001"]});
    let demand =
        Demand { lists: [("/hotels/*".to_owned(), 2..=4)].into(), feeds: vec![("/hotels/*/hotel_id".into(), schema)], ..Demand::default() };
    let text = serde_json::to_string(&demand).unwrap();
    assert_eq!(text, r#"{"lists":{"/hotels/*":[2,4]},"feeds":[["/hotels/*/hotel_id",{"type":"string","pattern":"^HTL-7"}]]}"#);
    let back: Demand = serde_json::from_str(&text).unwrap();
    assert_eq!((back.lists.clone(), serde_json::to_string(&back).unwrap()), (demand.lists, text));
    assert_eq!(serde_json::to_string(&Demand::default()).unwrap(), "{}");
    assert_eq!(serde_json::to_string(&Demand::error(crate::catalog::ErrorCode::NotFound)).unwrap(), r#"{"error":"not_found"}"#);
    assert!(Demand::default().is_default() && !back.is_default());
}

#[test]
fn pools_are_used_evenly_over_a_run() {
    // The uses of the most frequent value, as a multiple of an even use and as a share of all.
    let skew = |uses: &BTreeMap<String, u32>| {
        let (most, all) = (f64::from(*uses.values().max().unwrap()), f64::from(uses.values().sum::<u32>()));
        (most * uses.len() as f64 / all, most / all)
    };
    let mut pools: Vec<(String, BTreeMap<String, u32>)> = Vec::new();
    for (name, place) in [
        ("search_hotels", "/city"),
        ("add_contact", "/full_name"),
        ("search_products", "/query"),
        ("find_restaurants", "/cuisine"),
        ("search_songs", "/genre"),
    ] {
        let tool = tool(name);
        let leaf = tool.parameters.iter().find(|leaf| leaf.pointer == place).unwrap();
        let mut uses = BTreeMap::new();
        for index in 0..1000 {
            *uses.entry(world(index).draw(tool, leaf, &json!({})).unwrap().to_string()).or_default() += 1;
        }
        pools.push((format!("{name}{place}"), uses));
    }
    for (name, list, field, given) in [
        ("search_hotels", "hotels", "neighborhood", json!({"city": "Rome", "check_in": "2026-12-03", "nights": 1})),
        ("search_movies", "movies", "movie_title", json!({"genre": "comedy"})),
        ("find_doctors", "doctors", "doctor_name", json!({"specialty": "dentist", "city": "Rome"})),
    ] {
        let mut uses = BTreeMap::new();
        for index in 0..1000 {
            let result = world(index).call(tool(name), &given, &Demand::default()).unwrap();
            for item in result[list].as_array().unwrap() {
                *uses.entry(item[field].to_string()).or_default() += 1;
            }
        }
        pools.push((format!("{name} -> {field}"), uses));
    }
    for (name, uses) in &pools {
        let (multiple, share) = skew(uses);
        println!("{name}: {} values, the most frequent {multiple:.2} times an even use, {:.2}% of all", uses.len(), 100.0 * share);
        // Names made of parts have thousands of values: there, none may stand out.
        assert!(multiple <= 2.0 || share <= 0.006, "{name}: {multiple} {share}");
    }
}
