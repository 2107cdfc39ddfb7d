//! What the linter must find, and must not, in catalogs that other people published (`../shared/real-data`, not part of this project).

use std::collections::BTreeSet;
use std::path::PathBuf;
use walktalk::lint::{Checked, Settings, Severity, check};

fn look(source: &str, settings: &Settings) -> Option<Checked> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/real-data").join(source);
    if !path.exists() {
        eprintln!("SKIPPED: {} is not there", path.display());
        return None;
    }
    Some(check(&[path], settings))
}

/// The tools with a finding of a rule.
fn tools<'a>(checked: &'a Checked, code: &str) -> BTreeSet<&'a str> {
    checked.findings.iter().filter(|one| one.code == code).map(|one| one.tool.as_str()).collect()
}

#[test]
fn the_museum_has_no_error() {
    let Some(checked) = look("openapi-museum", &Settings::default()) else { return };
    let errors: Vec<&str> = checked.findings.iter().filter(|one| one.severity == Severity::Error).map(|one| one.message.as_str()).collect();
    assert_eq!(errors, Vec::<&str>::new());
    assert_eq!(
        tools(&checked, "C13").into_iter().collect::<Vec<_>>(),
        ["buyMuseumTickets"],
        "its fields stand under allOf, and all are seen"
    );
}

#[test]
fn spotify_requires_one_name_twice() {
    let Some(checked) = look("openapi-spotify-restgpt/spotify_oas.json", &Settings::default()) else { return };
    assert_eq!(tools(&checked, "S06").into_iter().collect::<Vec<_>>(), ["follow-artists-users"]);
}

#[test]
fn four_tools_of_tau2_have_lists_without_items() {
    let Some(checked) = look("tau2-bench/tools-data.json", &Settings::default()) else { return };
    let found = tools(&checked, "S03");
    let named = ["book_reservation", "exchange_order", "modify_order", "return_order"];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), named);
}

#[test]
fn credentials_are_parameters_nearly_everywhere_in_slack() {
    let Some(checked) = look("openapi-slack", &Settings::default().without_graph()) else { return };
    assert_eq!((tools(&checked, "X06").len(), checked.tools()), (173, 174));
}

#[test]
fn sixteen_names_are_required_and_not_defined_in_the_openai_document() {
    let Some(checked) = look("openapi-openai", &Settings::default().without_graph()) else { return };
    let schemas: BTreeSet<&str> =
        checked.findings.iter().filter(|one| one.code == "S05").map(|one| one.pointer.split("/required/").next().unwrap()).collect();
    assert_eq!(schemas.len(), 16, "{schemas:?}");
}

#[test]
fn suspicious_words_are_never_an_error_and_no_attack_is_seen_in_real_catalogs() {
    for source in [
        "mcp-tools-list",
        "github-mcp-server",
        "openapi-openai",
        "openapi-slack",
        "openapi-spotify-restgpt/spotify_oas.json",
        "bfcl",
        "seal-tools/tool.jsonl",
        "taskbench",
        "tau2-bench/tools-data.json",
        "api-bank/DERIVED-tools.json",
        "toolbench",
        "nestful",
        "tooltalk",
        "toolalpaca",
    ] {
        let Some(checked) = look(source, &Settings::default().without_graph()) else { return };
        assert!(checked.findings.iter().all(|one| one.code != "X02" || one.severity == Severity::Info));
        for code in ["X01", "X03", "X04", "X11", "X12", "X13", "X14", "N13"] {
            let found: Vec<String> = checked
                .findings
                .iter()
                .filter(|one| one.code == code)
                .map(|one| format!("{}:{} {}", one.file.display(), one.line, one.message))
                .collect();
            assert!(found.is_empty(), "{source} {code}: {found:?}");
        }
    }
}

#[test]
fn most_live_servers_have_something_that_gemini_refuses() {
    let settings = {
        let mut settings = Settings::default().without_graph();
        settings.target("gemini").unwrap();
        settings
    };
    let Some(checked) = look("mcp-tools-list", &settings) else { return };
    let found = tools(&checked, "P04").len();
    assert!((58..=68).contains(&found), "{found} of {}", checked.tools());
}
