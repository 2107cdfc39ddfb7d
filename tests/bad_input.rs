//! Bad input: each kind is told with its file, its line where there is one, and a cure; with exit code 3, without a panic, and
//! without anything left behind.

mod support;

use serde_json::{Value, json};
use std::path::Path;
use support::*;

/// Runs over one input and gives the message, on one line so that no wrapping hides a word.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = walktalk(folder).args(["generate", "--size", "2"]).args(arguments).output().unwrap();
    let message = fault(&output, 3);
    assert!(!folder.join("walktalk-out").exists(), "a run that could not begin leaves no folder: {message}");
    assert!(message.len() < 4_000, "a message that a person can read, not {} bytes", message.len());
    message.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ")
}

/// Every command that reads catalogs says the same.
fn refused_catalog(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let home = folder();
    write(home.path(), name, bytes);
    let message = refused(home.path(), &["--catalog", name]);
    let graph = fault(&walktalk(home.path()).args(["graph", "--catalog", name]).output().unwrap(), 3);
    assert_eq!(graph.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" "), message);
    message
}

/// The message has all these words; white space does not count, because lines are broken after slashes and hyphens too.
#[track_caller]
fn says(message: &str, words: &[&str]) {
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    for word in words {
        assert!(dense(message).contains(&dense(word)), "no `{word}` in: {message}");
    }
}

/// A catalog that is read all the same: dialogues are made and hold. Gives what was said, and the manifest.
fn accepted(name: &str, bytes: impl AsRef<[u8]>) -> (String, Value) {
    let home = folder();
    write(home.path(), name, bytes);
    let output = walktalk(home.path()).args(["generate", "--size", "4", "--catalog", name]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let out = home.path().join("walktalk-out");
    assert_eq!(proven(&out), 4);
    (said, read_json(out.join("manifest.json")))
}

fn with_schema(parameters: Value) -> String {
    pretty(&json!([{"name": "look_up", "description": "Look it up.", "parameters": parameters}]))
}

#[test]
fn a_missing_file() {
    let home = folder();
    let message = refused(home.path(), &["--catalog", "missing.json"]);
    says(&message, &["missing.json: cannot be read: no such file or directory", "help: check the path"]);
}

#[test]
fn every_missing_file_is_named_at_once() {
    let home = folder();
    let message = refused(home.path(), &["--catalog", "one.json", "two.yaml"]);
    says(&message, &["one.json: cannot be read", "two.yaml: cannot be read"]);
}

#[test]
fn a_folder_with_no_catalog() {
    let home = folder();
    let inner = home.path().join("papers");
    std::fs::create_dir(&inner).unwrap();
    write(&inner, "readme.txt", "hello");
    write(&inner, "package.json", "{\"version\": 3}");
    says(
        &refused(home.path(), &["--catalog", "papers"]),
        &["papers: there is no catalog in this folder", "help: name a folder with catalogs"],
    );
}

#[test]
fn a_file_that_is_no_catalog() {
    says(
        &refused_catalog("package.json", "{\"version\": 3}"),
        &["package.json: this is no catalog in any known format", "help: give a catalog"],
    );
}

#[test]
fn an_empty_list_of_tools() {
    says(&refused_catalog("c.json", "{\"tools\": []}"), &["c.json", "tool"]);
}

#[test]
fn broken_json() {
    says(
        &refused_catalog("c.json", "{\"tools\": [\n {\"name\": }]}"),
        &["c.json:2:11: not valid JSON: expected value", "help: mend the JSON"],
    );
    says(
        &refused_catalog("c.json", "{\"tools\": [\n {\"name\": \"a\""),
        &["c.json:2:", "the JSON ends too early", "help: complete the file"],
    );
}

#[test]
fn broken_json_on_one_endless_line_is_told_without_the_line() {
    let minified = format!("[{}, {{\"name\": }}]", vec!["{\"name\": \"a\"}"; 20_000].join(", "));
    says(&refused_catalog("c.json", minified), &["c.json:1:300011: not valid JSON"]);
}

#[test]
fn broken_yaml() {
    let message = refused_catalog("c.yaml", "name: a\ndescription: [1\ntools: }\n");
    says(&message, &["c.yaml:3:6: not valid YAML", "help: mend the YAML at this place"]);
    says(&refused_catalog("c.yaml", "name: a\ntools:\n\t- name: b\n"), &["c.yaml:3:", "tab"]);
}

#[test]
fn an_unknown_key_in_a_catalog_of_ours() {
    let text = "name: a\ndescription: b\ntools:\n  - name: c\n    description: d\n    parameters: {type: object}\n    retruns: {}\n";
    says(
        &refused_catalog("c.yaml", text),
        &["c.yaml:7:5: unknown field `retruns`", "returns", "help: remove the key or correct its spelling"],
    );
}

#[test]
fn a_duplicate_key() {
    says(
        &refused_catalog("c.json", "{\"tools\": [],\n \"tools\": []}"),
        &["c.json:2:", "duplicate key `tools`", "help: keep one of the two"],
    );
    says(&refused_catalog("c.yaml", "name: a\nname: b\n"), &["c.yaml:2:1: duplicate key `name`", "help: keep one of the two"]);
}

#[test]
fn a_bomb_of_aliases() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", ")));
    }
    says(
        &refused_catalog("c.yaml", bomb),
        &["c.yaml:", "aliases", "make the document grow out of bounds", "help: write the repeated parts out"],
    );
}

#[test]
fn ten_thousand_levels_of_nesting() {
    let brackets = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let objects = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    let block: String = (0..10_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for (name, bytes) in [
        ("c.json", format!("{{\"tools\": {brackets}}}")),
        ("c.json", objects),
        ("c.yaml", format!("name: a\ntools: {brackets}\n")),
        ("c.yaml", block),
    ] {
        says(&refused_catalog(name, bytes), &[&format!("{name}:"), "nested more than 128 levels deep", "help: flatten the document"]);
    }
}

#[test]
fn a_tool_that_cannot_be_used_is_told_with_its_line() {
    let with = |node: Value| json!({"type": "object", "properties": {"a": node}});
    let cycle = json!({"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}, "required": ["a"],
        "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}}});
    for (schema, words) in [
        (cycle, ["ref-cycle: `$ref` at /properties/a leads back to itself"]),
        (with(json!({"$ref": "https://example.org/a.json"})), ["leads to https://example.org/a.json, and nothing is fetched"]),
        (with(json!({"type": "integer", "enum": ["x"]})), ["enum-type-mismatch: no value of the enum at /properties/a is of its type"]),
    ] {
        let message = refused_catalog("c.json", with_schema(schema));
        says(&message, &words);
        says(&message, &["c.json:2", "`look_up`", "help: "]);
    }
}

#[test]
fn the_first_faults_of_a_thousand_are_told_and_the_rest_is_counted() {
    let home = folder();
    let broken = |number: usize| json!({"name": format!("tool_{number}"), "description": "d", "parameters": {"type": "array"}});
    write(home.path(), "c.json", pretty(&(0..1000).map(broken).collect()));
    let message = fault(&walktalk(home.path()).args(["generate", "--catalog", "c.json"]).output().unwrap(), 3);
    says(&message, &["`tool_0`", "`tool_19`", "… and 980 more faults"]);
    assert!(!message.contains("tool_20`"));
}

#[test]
fn a_parameter_that_is_required_and_not_defined_is_noted() {
    let schema = json!({"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city", "when"]});
    let (said, manifest) = accepted("c.json", with_schema(schema));
    says(&said, &["1 notes on what was rewritten"]);
    let note = &manifest["tools"]["notes"][0];
    assert_eq!((&note["tool"], &note["at"]["file"]), (&json!("look_up"), &json!("c.json")));
    assert!(note["at"]["line"].as_u64().unwrap() > 0, "{note}");
    says(note["message"].as_str().unwrap(), &["required-undefined", "when"]);
}

#[test]
fn two_tools_of_one_name() {
    let (said, _) = accepted("c.json", pretty(&json!([tool("look_up", "Look a city up."), tool("look_up", "Another thing.")])));
    says(
        &said,
        &["left out `look_up` (c.json:", "duplicate-name: another tool has this name already, at c.json:2", "rename one of the two"],
    );
}

#[test]
fn a_description_of_five_megabytes_is_cut_and_noted() {
    let (_, manifest) = accepted("c.json", pretty(&json!([tool("look_up", &"word ".repeat(1 << 20))])));
    says(manifest["tools"]["notes"][0]["message"].as_str().unwrap(), &["desc-too-long"]);
}

#[test]
fn an_invisible_character_in_a_name() {
    let message = refused_catalog("c.json", pretty(&json!([tool("look\u{200B}up", "Look it up.")])));
    says(&message, &["c.json:2", "invisible-unicode", "U+200B", "help: "]);
}

#[test]
fn an_empty_file() {
    for name in ["c.json", "c.yaml"] {
        for bytes in ["", " \n\n"] {
            says(&refused_catalog(name, bytes), &[&format!("{name}: the file is empty"), "help: put a catalog into it"]);
        }
    }
}

#[test]
fn bytes_that_are_no_text() {
    says(
        &refused_catalog("c.json", b"[{\"name\": \"a\0\"}]"),
        &["c.json:1:13: the file contains a NUL character", "help: save it as plain UTF-8"],
    );
    says(
        &refused_catalog("c.yaml", b"name: a\ntools: \xE9\n"),
        &["c.yaml:2:8: byte 0xE9 is not valid UTF-8", "help: save the file as UTF-8"],
    );
    // UTF-16 without a mark looks like text with NULs in it.
    let bare: Vec<u8> = "[]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    says(&refused_catalog("c.json", bare), &["c.json:1:2: the file contains a NUL character"]);
    let odd = [b"\xFF\xFE".as_slice(), b"[\0]"].concat();
    says(&refused_catalog("c.json", odd), &["c.json: the file begins like UTF-16 and is not valid UTF-16"]);
}

#[test]
fn utf16_byte_order_marks_and_windows_line_ends_are_read() {
    let catalog = pretty(&json!([tool("look_up", "Look a city up.")]));
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(catalog.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    accepted("utf16.json", utf16);
    accepted("bom.json", format!("\u{FEFF}{catalog}"));
    accepted("crlf.json", catalog.replace('\n', "\r\n"));
    let yaml = text(repository("fixtures/catalogs/walktalk/library.yaml"));
    accepted("crlf.yaml", yaml.replace('\n', "\r\n"));
    accepted("bom.yaml", format!("\u{FEFF}{yaml}"));
}

/// A plan file, read with the built-in catalogs left unread.
fn refused_plan(bytes: impl AsRef<[u8]>) -> String {
    let home = folder();
    write(home.path(), "plan.yaml", bytes);
    refused(home.path(), &["--plans", "plan.yaml"])
}

fn plan(turns: &str) -> String {
    format!("name: p\ndescription: d\nmotif: single\nturns:\n{turns}")
}

#[test]
fn a_plan_with_an_unknown_key_or_value() {
    let message = refused_plan("name: p\ndescription: d\nmotif: single\ncolour: red\nturns: []\n");
    says(&message, &["plan.yaml:4:1: unknown field `colour`, expected one of name", "help: remove the key or correct its spelling"]);
    let message = refused_plan("name: p\ndescription: d\nmotif: sinlge\nturns: []\n");
    says(&message, &["plan.yaml:3:8: unknown value `sinlge`, expected one of single, chain", "help: use one of these"]);
    says(&refused_plan(plan("  - user: reqeust\n")), &["plan.yaml:5:", "unknown value `reqeust`"]);
}

#[test]
fn a_plan_in_an_impossible_order() {
    let message = refused_plan(plan("  - user: request\n  - assistant: tell\n"));
    says(&message, &["plan.yaml:5:3: plan `p`: the assistant's `tell` needs a call before it", "help: put the acts in an order"]);
    says(&refused_plan(plan("  - user: thank\n    omit: 1\n")), &["plan.yaml:5:", "`omit` go with `user: request` only"]);
}

#[test]
fn a_plan_that_is_not_there_or_is_no_plan() {
    let home = folder();
    says(&refused(home.path(), &["--plans", "missing.yaml"]), &["missing.yaml: cannot be read", "help: check the path"]);
    std::fs::create_dir(home.path().join("plans")).unwrap();
    says(&refused(home.path(), &["--plans", "plans"]), &["plans: no plan in this folder", "help: name a folder with .yaml files"]);
    says(&refused_plan(""), &["plan.yaml: the file is empty", "help: put a plan into it"]);
    says(&refused_plan("name: p\nname: q\n"), &["plan.yaml:2:1: duplicate key `name`"]);
    says(&refused_plan(b"name: p\0\n"), &["plan.yaml:1:8: the file contains a NUL character"]);
    says(&refused_plan("name: p\ndescription: d\nmotif: single\n"), &["plan.yaml", "the key `turns` is missing"]);
}

#[test]
fn a_plan_nested_without_end() {
    let brackets = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    says(&refused_plan(format!("name: p\nturns: {brackets}\n")), &["plan.yaml:2:", "nested more than 128 levels deep"]);
    for depth in [60, 1_000] {
        let mut turns = String::new();
        for level in 0..depth {
            let margin = " ".repeat(2 + 4 * level);
            turns.push_str(&format!("{margin}- maybe: 50\n{margin}  turns:\n"));
        }
        turns.push_str(&format!("{}- user: thank\n", " ".repeat(2 + 4 * depth)));
        says(&refused_plan(plan(&turns)), &["plan.yaml:", "help: "]);
    }
}

#[test]
fn two_plans_of_one_name() {
    let home = folder();
    let text = plan("  - user: request\n  - assistant: call\n  - assistant: tell\n");
    write(home.path(), "a.yaml", &text);
    write(home.path(), "b.yaml", &text);
    says(
        &refused(home.path(), &["--plans", "a.yaml", "b.yaml"]),
        &["b.yaml: the plan `p` is already defined in a.yaml", "help: give each plan a name"],
    );
}

#[test]
fn plans_that_no_walk_over_the_catalog_can_follow() {
    let home = folder();
    write(home.path(), "c.json", pretty(&json!([tool("look_up", "Look a city up.")])));
    let chain =
        "name: p\ndescription: d\nmotif: chain\nturns:\n  - user: request\n    steps: all\n  - assistant: call\n  - assistant: tell\n";
    write(home.path(), "plan.yaml", chain);
    let message = refused(home.path(), &["--catalog", "c.json", "--plans", "plan.yaml"]);
    says(
        &message,
        &["no plan can be used with these catalogs (p: no chain of 2 to 3 steps in a graph of 1 tools)", "add a plan with `motif: single`"],
    );
}
