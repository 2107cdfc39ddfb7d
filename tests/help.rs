//! `--help`: there is one for every command, and its examples work as they stand.

mod support;

use predicates::prelude::*;
use serde_json::json;
use std::path::Path;
use support::*;

const COMMANDS: [&str; 10] = ["generate", "balance", "check", "compare", "convert", "explain", "graph", "realise", "score", "verify"];

fn help(arguments: &[&str]) -> String {
    let home = folder();
    let done = walktalk(home.path()).args(arguments).assert().success().stderr("");
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

#[test]
fn the_program_names_its_commands_and_its_exit_codes() {
    let text = help(&["--help"]);
    for word in COMMANDS.iter().chain(&["Usage: walktalk <COMMAND>", "0 done", "2 usage", "3 bad input", "4 output incomplete"]) {
        assert!(text.contains(word), "{word}: {text}");
    }
    for command in commands() {
        assert!(COMMANDS.contains(&command.as_str()), "`{command}` has no test here");
    }
    assert_eq!(help(&["--version"]), format!("walktalk {}\n", env!("CARGO_PKG_VERSION")));
}

/// The commands that the help names.
fn commands() -> Vec<String> {
    let text = help(&["-h"]);
    let list = text.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap().to_string();
    let indented = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    list.lines()
        .filter(indented)
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_string)
        .collect()
}

#[test]
fn every_command_says_what_it_does_how_to_use_it_and_every_option() {
    for command in commands() {
        let text = help(&[&command, "--help"]);
        assert!(!text.lines().next().unwrap_or_default().trim().is_empty(), "{command}: {text}");
        assert!(text.contains(&format!("Usage: walktalk {command}")), "{text}");
        assert!(!examples(&text).is_empty(), "{command} has no example: {text}");
        // The columns of the short help are wider; its words are not more.
        assert!(help(&[&command, "-h"]).split_whitespace().count() <= text.split_whitespace().count());
    }
}

/// The lines after "Example:" that begin with the program's name.
fn examples(text: &str) -> Vec<String> {
    let Some((_, after)) = text.split_once("Example") else { return Vec::new() };
    after.lines().map(str::trim).filter(|line| line.starts_with("walktalk ")).map(str::to_string).collect()
}

/// The files that the examples name.
fn prepare(folder: &Path) {
    let tools = json!([tool("get_weather", "Get the weather of a city."), tool("get_population", "Get the population of a city.")]);
    write(folder, "tools.json", pretty(&tools));
    write(folder, "old.json", pretty(&tools));
    write(folder, "check.yaml", "rules: {desc-too-short: off}\n");
    let api = json!({"openapi": "3.1.0", "info": {"title": "Cities", "version": "1"}, "paths": {"/cities/{city}": {"get": {
        "operationId": "getCity", "summary": "Get a city.", "responses": {"200": {"description": "The city."}},
        "parameters": [{"name": "city", "in": "path", "required": true, "schema": {"type": "string"}}]}}}});
    write(folder, "api.yaml", pretty(&api));
    let slot = json!({"name": "lake", "description": "City where the boat lies", "is_categorical": false, "possible_values": []});
    let intent = json!({"name": "FindBoats", "description": "Find boats on a lake", "is_transactional": false, "required_slots": ["lake"],
        "optional_slots": {}, "result_slots": ["lake"]});
    let schema = json!([{"service_name": "Boats_1", "description": "Rent boats", "slots": [slot], "intents": [intent]}]);
    write(folder, "schema.json", pretty(&schema));
    let act = json!({"service": "Boats_1", "act": "INFORM", "slot": "lake", "values": ["Lucerne"], "canonical": ["Lucerne"]});
    let outline = json!({"dialogue": "d1", "turn": 0, "role": "user", "acts": [act]});
    write(folder, "outlines.jsonl", format!("{outline}\n"));
    let call = |text: &str| format!("{}\n", json!({"completion": text}));
    let rollouts =
        ["<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>", "```json\n[{\"name\": \"f\", \"arguments\": {}}]\n```"];
    write(folder, "rollouts.jsonl", rollouts.map(call).concat());
    write(
        folder,
        "chat_template.jinja",
        "{% for message in messages %}{{ message.role }}: {{ message.content }} {{ message.tool_calls | default([]) | tojson }}\n{% endfor %}",
    );
    write(folder, "rates.json", "{\"hermes\": 0.8, \"json\": 0.4}");
    walktalk(folder).args(["generate", "--catalog", "tools.json", "--size", "3"]).assert().success();
}

#[cfg(unix)]
#[test]
fn every_example_works_as_it_stands() {
    let home = folder();
    prepare(home.path());
    let bin = assert_cmd::cargo::cargo_bin!("walktalk");
    for command in commands() {
        for example in examples(&help(&[&command, "--help"])) {
            // By a shell, as a person types it: examples may send their output to a file.
            let line = example.replacen("walktalk", "\"$WALKTALK\"", 1);
            let output =
                std::process::Command::new("sh").args(["-c", &line]).current_dir(home.path()).env("WALKTALK", bin).output().unwrap();
            assert!(output.status.success(), "`{example}`: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    assert!(text(home.path().join("tools.dot")).starts_with("digraph"));
    assert_eq!(rows(home.path().join("dialogues/dialogues.jsonl")).len(), 500);
}

#[test]
fn a_wrong_command_line_is_told_with_exit_code_2() {
    let home = folder();
    for (arguments, words) in [
        (&["generate", "--colour", "red"][..], "--colour"),
        (&["generate", "--size", "many"], "many"),
        (&["generate", "--size", "-3"], "-3"),
        (&["generate", "--export", "papyrus"], "possible values"),
        (&["generate", "--relevance", "guess"], "possible values"),
        (&["graph", "--tool", "a", "--format", "dot"], "cannot be used with"),
        (&["verify"], "required"),
        (&["dance"], "unrecognized subcommand"),
        (&[], "Usage"),
    ] {
        let stderr = predicate::str::contains(words).and(predicate::str::contains("panicked").not());
        walktalk(home.path()).args(arguments).assert().code(2).stdout("").stderr(stderr);
    }
    assert!(std::fs::read_dir(home.path()).unwrap().next().is_none(), "nothing is written");
}
