//! Loading the catalogs that other people published, where they are at hand (`../shared/real-data`, not part of this project).
//!
//! The bounds are what was found in November 2026, as a guard against losing tools. A folder's number is of unique names: where
//! a benchmark defines one name in two ways (BFCL does so 400 times), the first is taken and the others are named as left out.

use std::collections::BTreeMap;
use std::path::PathBuf;
use walktalk::catalog::RawTool;
use walktalk::catalog::load::{RawCatalog, read_paths};
use walktalk::catalog::read::code;

fn data() -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/real-data");
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}

fn load(folder: &str) -> Option<RawCatalog> {
    let path = data()?.join(folder);
    Some(read_paths(&[path]).unwrap_or_else(|error| panic!("{folder}: {error}")))
}

fn tool<'a>(catalog: &'a RawCatalog, name: &str) -> &'a RawTool {
    catalog.tools.iter().find(|tool| tool.name == name).unwrap_or_else(|| panic!("no tool {name}"))
}

/// Tools left out by code, without the second tools of one name.
fn left_out(catalog: &RawCatalog) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for skipped in &catalog.skipped {
        *counts.entry(code(&skipped.reason)).or_insert(0) += 1;
    }
    counts.remove("duplicate-name");
    counts
}

#[test]
fn every_folder_loads() {
    for (folder, tools, out) in [
        ("api-bank", 70, 0),
        ("bfcl", 1_148, 1),
        ("github-mcp-server", 76, 0),
        ("mcp-tools-list", 78, 0),
        ("multiwoz", 11, 0),
        ("nestful", 39, 0),
        ("openapi-learn", 34, 4),
        ("openapi-museum", 8, 0),
        ("openapi-openai", 288, 0),
        ("openapi-slack", 174, 0),
        ("openapi-spotify-restgpt", 40, 0),
        ("seal-tools", 4_076, 0),
        ("sgd-CC-BY-SA", 99, 0),
        ("star", 13, 0),
        ("taskbench", 80, 0),
        ("tau2-bench", 42, 0),
        ("toolalpaca", 54, 0),
        ("toolbench", 18, 0),
        ("tooltalk", 28, 0),
    ] {
        let Some(catalog) = load(folder) else { return };
        assert!(catalog.tools.len() >= tools, "{folder}: {} tools, at least {tools} expected", catalog.tools.len());
        let reasons = left_out(&catalog);
        assert!(reasons.values().sum::<usize>() <= out, "{folder}: {reasons:?}");
    }
}

#[test]
fn nearly_every_definition_is_seen() {
    // 6,771 tools were counted by hand in these folders: 154 MCP, 537 OpenAPI, 6,080 benchmark. Ours are more, because the
    // two renamed schemas of schema-guided dialogues, MultiWOZ, and the petstores that are written in several versions of
    // OpenAPI are loaded too; and other definitions of a name count when they differ from its first.
    let Some(path) = data() else { return };
    let catalog = read_paths(&[path]).unwrap();
    let others = catalog.skipped.iter().filter(|skipped| code(&skipped.reason) == "duplicate-name").count();
    let unusable = catalog.skipped.len() - others;
    assert!(catalog.tools.len() >= 6_349, "{}", catalog.tools.len());
    assert!((6_771..7_200).contains(&(catalog.tools.len() + others)), "{} and {others}", catalog.tools.len());
    assert!(unusable <= 5, "{unusable}");
    assert!(catalog.tools.iter().all(|tool| tool.at.line > 0), "every tool has a line");
}

#[test]
fn mcp_schemas_are_untouched() {
    for folder in ["mcp-tools-list", "github-mcp-server"] {
        let Some(catalog) = load(folder) else { return };
        assert_eq!(catalog.notes.iter().filter(|note| code(&note.message) != "not-a-catalog").count(), 0);
    }
}

#[test]
fn museum_tickets_have_all_their_fields() {
    let Some(catalog) = load("openapi-museum") else { return };
    let buy = tool(&catalog, "buyMuseumTickets");
    let names: Vec<&String> = (0..2).flat_map(|branch| buy.parameters["allOf"][branch]["properties"].as_object().unwrap().keys()).collect();
    assert_eq!(names, ["email", "ticketId", "ticketDate", "ticketType", "eventId"]);
    assert_eq!(buy.parameters["type"], "object");
    assert!(buy.returns.as_ref().unwrap().to_string().contains("confirmationCode"));
    assert_eq!(tool(&catalog, "getMuseumHours").parameters["properties"]["startDate"]["format"], "date");
}

#[test]
fn the_large_operations_keep_their_unions() {
    let Some(catalog) = load("openapi-openai") else { return };
    let chat = tool(&catalog, "createChatCompletion");
    let text = chat.parameters.to_string();
    for name in ["\"messages\":", "\"model\":", "\"temperature\":", "\"tools\":", "\"oneOf\":"] {
        assert!(text.contains(name), "{name}");
    }
    let response = tool(&catalog, "createResponse").parameters.to_string();
    assert!(response.contains("\"input\":") && response.contains("\"$defs\":"), "it refers to itself through its filters");
}

#[test]
fn known_defects_stay_where_the_rules_look_for_them() {
    // Lists without items are the author's; four tools of tau2 have them.
    let Some(tau2) = load("tau2-bench") else { return };
    let lacking: Vec<&str> = tau2
        .tools
        .iter()
        .filter(|tool| {
            tool.parameters["properties"].as_object().unwrap().values().any(|p| p["type"] == "array" && p.get("items").is_none())
        })
        .map(|tool| tool.name.as_str())
        .collect();
    assert_eq!(lacking.len(), 4, "{lacking:?}");
    // Credentials are in 170 of Slack's 174 operations; the notes say so.
    let Some(slack) = load("openapi-slack") else { return };
    assert_eq!(slack.notes.iter().filter(|note| code(&note.message) == "credential-param").count(), 170);
    assert!(slack.tools.iter().all(|tool| tool.parameters["properties"].get("token").is_none()));
}

#[test]
fn what_benchmarks_say_of_results_is_kept() {
    for (folder, share) in [("seal-tools", 1.0), ("nestful", 1.0), ("api-bank", 1.0), ("tooltalk", 1.0), ("star", 1.0), ("tau2-bench", 1.0)]
    {
        let Some(catalog) = load(folder) else { return };
        let known = catalog.tools.iter().filter(|tool| tool.returns.is_some() || tool.returns_prose.is_some()).count();
        let found = known as f64 / catalog.tools.len() as f64;
        assert!(found >= share, "{folder}: {found}");
    }
}
