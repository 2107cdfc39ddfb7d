//! `walktalk graph`: the summary, the neighbours with their reasons, and the graph in three formats.

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use support::*;

fn graph(arguments: &[&str]) -> std::process::Output {
    let home = folder();
    walktalk(home.path()).arg("graph").arg("--catalog").arg(small_catalog()).args(arguments).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = graph(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn tool_names() -> BTreeSet<String> {
    let catalog = walktalk::catalog::Catalog::open(&[small_catalog()]).unwrap();
    catalog.tools.into_iter().map(|tool| tool.name).collect()
}

#[test]
fn the_summary_counts_the_tools_and_the_relations() {
    let text = printed(&[]);
    assert!(text.starts_with(&format!("{} tools\n", tool_names().len())), "{text}");
    for word in ["feeds", "required parameters:", "components:", "feed the most tools:"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    let json: Value = serde_json::from_str(&printed(&["--json"])).unwrap();
    assert_eq!(json["tools"], tool_names().len());
    assert!(json["edges"]["feeds"].as_u64().unwrap() > 0);
}

#[test]
fn without_a_catalog_the_built_in_tools_are_shown() {
    let home = folder();
    let output = walktalk(home.path()).args(["graph", "--json"]).output().unwrap();
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(summary["tools"].as_u64().unwrap() > 100);
}

#[test]
fn the_neighbours_of_a_tool_come_with_the_fields_that_connect_them() {
    let text = printed(&["--tool", "book_hotel_room"]);
    assert!(text.starts_with("book_hotel_room\n"), "{text}");
    assert!(
        text.lines().any(|line| line.contains("← feeds") && line.contains("hotel_id")),
        "who gives the hotel, and in which field: {text}"
    );
    let neighbours: Value = serde_json::from_str(&printed(&["--tool", "book_hotel_room", "--json"])).unwrap();
    let all = neighbours.as_array().unwrap();
    assert!(!all.is_empty());
    for one in all {
        assert!(tool_names().contains(one["tool"].as_str().unwrap()), "{one}");
        assert!(!one["reason"].as_str().unwrap().is_empty(), "{one}");
    }
}

#[test]
fn an_unknown_tool_is_an_error_with_the_names_that_are_like_it() {
    for (asked, meant) in [("book_hotel_rom", "book_hotel_room"), ("hotel_room", "book_hotel_room"), ("BookHotelRoom", "book_hotel_room")] {
        let output = graph(&["--tool", asked]);
        let message = fault(&output, 3);
        assert!(message.contains(&format!("no tool is called `{asked}`")), "{message}");
        assert!(message.contains("did you mean") && message.contains(meant), "{message}");
    }
    let message = fault(&graph(&["--tool", "xyzzy"]), 3);
    assert!(message.contains("see `walktalk graph`"), "{message}");
}

#[test]
fn dot_is_one_digraph_with_every_tool_and_balanced_brackets() {
    let dot = printed(&["--format", "dot"]);
    assert!(dot.starts_with("digraph"), "{dot}");
    // What stands in quotes may have brackets of its own.
    let (mut bare, mut quoted, mut escaped) = (String::new(), false, false);
    for letter in dot.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if !quoted => bare.push(letter),
            _ => {}
        }
    }
    assert!(!quoted, "a quote is not closed");
    for (open, close) in [('{', '}'), ('[', ']')] {
        assert_eq!(bare.matches(open).count(), bare.matches(close).count(), "{open}{close}");
    }
    assert!(dot.trim_end().ends_with('}'));
    for name in tool_names() {
        assert!(dot.contains(&name), "{name}");
    }
    assert!(dot.contains("->"));
}

#[test]
fn graphml_is_well_formed_and_its_edges_join_nodes() {
    let xml = printed(&["--format", "graphml"]);
    let elements = well_formed(&xml);
    let ids: BTreeSet<&str> = elements.iter().filter(|one| one.0 == "node").map(|one| attribute(one.1, "id")).collect();
    assert_eq!(ids.len(), tool_names().len());
    let edges: Vec<&str> = elements.iter().filter(|one| one.0 == "edge").map(|one| one.1).collect();
    assert!(!edges.is_empty());
    for edge in edges {
        assert!(ids.contains(attribute(edge, "source")) && ids.contains(attribute(edge, "target")), "{edge}");
    }
}

/// Every start tag as name and the whole tag; panics where tags do not nest or a character should have been escaped.
fn well_formed(xml: &str) -> Vec<(&str, &str)> {
    let mut open: Vec<&str> = Vec::new();
    let mut elements = Vec::new();
    for (number, piece) in xml.split('<').enumerate() {
        if number == 0 {
            assert!(piece.trim().is_empty(), "text before the document: {piece}");
            continue;
        }
        let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("a tag is not closed: <{piece}"));
        for entity in text.split('&').skip(1).chain(tag.split('&').skip(1)) {
            let name = entity.split(';').next().unwrap();
            assert!(["amp", "lt", "gt", "quot", "apos"].contains(&name) || name.starts_with('#'), "a bare & in <{piece}");
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "a quote is not closed: <{tag}>");
        if tag.starts_with(['?', '!']) {
            continue;
        }
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> closes nothing");
        } else {
            elements.push((name, tag));
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    elements
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let start = tag.find(&format!("{name}=\"")).unwrap_or_else(|| panic!("no {name} in <{tag}>")) + name.len() + 2;
    &tag[start..start + tag[start..].find('"').unwrap()]
}

#[test]
fn json_has_every_tool_and_only_the_kinds_that_were_asked_for() {
    let all: Value = serde_json::from_str(&printed(&["--format", "json"])).unwrap();
    for name in tool_names() {
        assert!(all.to_string().contains(&format!("\"{name}\"")), "{name}");
    }
    let feeds = printed(&["--format", "json", "--kinds", "feeds"]);
    serde_json::from_str::<Value>(&feeds).unwrap();
    assert!(feeds.contains("\"feeds\"") && !feeds.contains("\"near\"") && !feeds.contains("\"shares\""));
}

#[test]
fn the_same_graph_comes_from_any_number_of_threads() {
    let one = printed(&["--format", "json", "--threads", "1"]);
    assert!(one == printed(&["--format", "json", "--threads", "7"]));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_quiet() {
    use std::process::Stdio;
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("walktalk"));
    command.arg("graph").arg("--catalog").arg(small_catalog()).args(["--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Nobody will ever read.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(said.lines().count(), 1, "only what was loaded: {said}");
}
