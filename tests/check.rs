//! `walktalk check` and `walktalk explain` as a person and as a program use them.

mod support;

use serde_json::{Value, json};
use std::path::Path;
use support::*;

/// A catalog with four faults that can be mended, in a style that has to stay.
const FAULTY: &str = r#"[
  {
    "name": "find.rooms",   "description": "Find rooms that are free in a city.",
    "parameters": {"type": "dict", "properties": {
      "city":  {"type": "string", "description": "City to stay in."},
      "nights": {"type": "integer", "default": "2", "description": "How many nights the stay lasts."},
      "wishes": {"type": "array", "description": "What the room must have."}
    }, "required": ["city", "city"]}
  }
]
"#;

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = walktalk(folder).arg("check").args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn findings(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let (_, out, err) = run(folder, &[arguments, &["--format", "json"]].concat());
    let value: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
    value["findings"].as_array().unwrap().clone()
}

fn rules(findings: &[Value]) -> Vec<&str> {
    let mut names: Vec<&str> = findings.iter().map(|one| one["rule"].as_str().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn holds(schema: &str, value: &Value) {
    let validator = jsonschema::validator_for(&read_json(repository(schema))).unwrap();
    let faults: Vec<String> = validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn json_has_the_shape_that_scripts_rely_on() {
    let home = folder();
    write(home.path(), "tools.json", FAULTY);
    let (code, out, _) = run(home.path(), &["tools.json", "--format", "json", "--only", "N01"]);
    assert_eq!(code, 3);
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        value,
        json!({"findings": [{"rule": "name-openai-regex", "code": "N01", "severity": "error", "file": "tools.json", "line": 3, "column": 13,
            "pointer": "/0/name", "message": "`find.rooms` has '.' in it, which OpenAI, Anthropic and Mistral refuse in names",
            "help": "call it `find_rooms`"}]})
    );
    let keys: Vec<&String> = value["findings"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["rule", "code", "severity", "file", "line", "column", "pointer", "message", "help"]);
    assert_eq!(run(home.path(), &["tools.json", "--json", "--only", "N01"]).1, out, "--json is the same");
    let (_, all, _) = run(home.path(), &["tools.json", "nobody.json", "--json"]);
    holds("docs/schemas/check.json", &serde_json::from_str(&all).unwrap());
}

#[test]
fn errors_come_first_and_all_rules_have_their_place() {
    let home = folder();
    write(home.path(), "tools.json", FAULTY);
    let all = findings(home.path(), &["tools.json"]);
    let rank = |one: &Value| ["error", "warning", "info"].iter().position(|name| one["severity"] == *name).unwrap();
    assert!(all.windows(2).all(|pair| rank(&pair[0]) <= rank(&pair[1])));
    assert!(all.iter().all(|one| one["line"].as_u64().unwrap() > 0), "{all:?}");
    for name in ["name-openai-regex", "non-json-type", "default-invalid", "array-no-items", "required-duplicate", "no-return-schema"] {
        assert!(rules(&all).contains(&name), "{name}: {:?}", rules(&all));
    }
}

#[test]
fn the_report_shows_the_line_the_cause_and_the_cure() {
    let home = folder();
    write(home.path(), "tools.json", FAULTY);
    let (code, out, err) = run(home.path(), &["tools.json", "--only", "S01,S06", "--threads", "1"]);
    assert_eq!((code, err.as_str()), (3, ""));
    insta::assert_snapshot!(out);
}

#[test]
fn safe_faults_are_mended_and_every_other_byte_stays() {
    let home = folder();
    let path = write(home.path(), "tools.json", FAULTY);
    let (_, shown, _) = run(home.path(), &["tools.json", "--fix", "--diff"]);
    assert_eq!(text(&path), FAULTY, "--diff changes nothing");
    let mended = FAULTY
        .replace("\"dict\"", "\"object\"")
        .replace("\"default\": \"2\"", "\"default\": 2")
        .replace("{\"type\": \"array\", ", "{\"type\": \"array\", \"items\": {}, ")
        .replace("[\"city\", \"city\"]", "[\"city\"]");
    for line in mended.lines().filter(|line| !FAULTY.contains(line)) {
        assert!(shown.contains(&format!("+{line}\n")), "{line}: {shown}");
    }
    let (code, out, err) = run(home.path(), &["tools.json", "--fix"]);
    assert_eq!(text(&path), mended);
    assert!(err.contains("tools.json: 4 mended"), "{err}");
    assert!(code == 3 && out.contains("N01"), "what cannot be mended is still told");
    let (_, _, err) = run(home.path(), &["tools.json", "--fix"]);
    assert!(err.is_empty() && text(&path) == mended, "once is enough");
}

#[test]
fn what_shows_when_another_fault_is_mended_is_mended_too() {
    let home = folder();
    let faulty = FAULTY.replace("\"integer\", \"default\": \"2\"", "\"integer\", \"maximum\": \"30\", \"default\": \"2\"");
    let path = write(home.path(), "tools.json", &faulty);
    let (_, shown, _) = run(home.path(), &["tools.json", "--fix", "--diff"]);
    run(home.path(), &["tools.json", "--fix"]);
    let line = "      \"nights\": {\"type\": \"integer\", \"maximum\": 30, \"default\": 2,";
    assert!(text(&path).contains(line) && shown.contains(&format!("+{line}")), "{shown}");
    assert!(run(home.path(), &["tools.json", "--fix"]).2.is_empty(), "once is enough");
}

#[test]
fn a_mark_at_the_head_and_line_ends_of_windows_stay() {
    let home = folder();
    let text = format!("\u{FEFF}{}", FAULTY.replace('\n', "\r\n"));
    let path = write(home.path(), "tools.json", &text);
    assert_eq!(run(home.path(), &["tools.json", "--fix"]).0, 3);
    let bytes = std::fs::read(&path).unwrap();
    let lines = |found: Vec<Value>| found.iter().map(|one| (one["line"].clone(), one["column"].clone())).collect::<Vec<_>>();
    write(home.path(), "marked.json", &text);
    write(home.path(), "plain.json", FAULTY);
    let places = lines(findings(home.path(), &["plain.json", "--no-graph"]));
    assert!(
        places.len() > 5 && lines(findings(home.path(), &["marked.json", "--no-graph"])) == places,
        "places are those of the plain file"
    );
    assert!(bytes.starts_with(b"\xEF\xBB\xBF[\r\n") && bytes.windows(16).any(|part| part == b"\"type\": \"object\""));
}

#[test]
fn a_baseline_hides_what_was_there_and_shows_what_is_new() {
    let home = folder();
    write(home.path(), "tools.json", FAULTY);
    assert_eq!(run(home.path(), &["tools.json", "--no-graph", "--write-baseline", "known.json"]).0, 0);
    assert_eq!(findings(home.path(), &["tools.json", "--no-graph", "--baseline", "known.json"]), Vec::<Value>::new());
    assert_eq!(run(home.path(), &["tools.json", "--no-graph", "--baseline", "known.json"]).0, 0);
    // Lines move, another tool comes before: the old findings stay known.
    let more = FAULTY.replacen('[', r#"[{"name": "bad name", "description": "Book a room for some nights in a city.", "parameters": {"type": "object", "properties": {}}},"#, 1);
    write(home.path(), "tools.json", more);
    let new = findings(home.path(), &["tools.json", "--no-graph", "--baseline", "known.json"]);
    assert!(
        rules(&new).contains(&"name-openai-regex")
            && new.iter().all(|one| one["pointer"].as_str().unwrap().starts_with("/0") || one["pointer"] == ""),
        "{new:?}"
    );
    let (code, _, err) = run(home.path(), &["tools.json", "--no-graph", "--baseline", "tools.json"]);
    assert!(code == 3 && err.contains("no baseline"), "{err}");
}

#[test]
fn rules_are_set_by_command_line_by_file_and_beside_the_tool() {
    let home = folder();
    let level = |arguments: &[&str]| {
        let found = findings(home.path(), &[&["tools.json"], arguments].concat());
        found.iter().find(|one| one["code"] == "N01").map(|one| one["severity"].as_str().unwrap().to_owned())
    };
    write(home.path(), "tools.json", FAULTY);
    assert_eq!(level(&[]).as_deref(), Some("error"));
    assert_eq!(level(&["--rule", "N01=info"]).as_deref(), Some("info"));
    assert_eq!(level(&["--rule", "names=off"]), None);
    write(home.path(), "c.yaml", "rules: {name-openai-regex: warning}\n");
    assert_eq!(level(&["--config", "c.yaml"]).as_deref(), Some("warning"));
    write(home.path(), "c.yaml", "ignore:\n  - rules: [N01]\n    tool: find.*\n");
    assert_eq!(level(&["--config", "c.yaml"]), None);
    write(home.path(), "walktalk-check.yaml", "rules: {N01: off}\n");
    assert_eq!(level(&[]), None, "the file in the current folder is read");
    std::fs::remove_file(home.path().join("walktalk-check.yaml")).unwrap();
    write(home.path(), "tools.json", FAULTY.replace("\"name\": \"find.rooms\",", "\"name\": \"find.rooms\", \"x-lint\": [\"N01\"],"));
    assert_eq!(level(&[]), None);
    write(
        home.path(),
        "tools.json",
        FAULTY.replace("\"name\": \"find.rooms\",", "\"name\": \"find.rooms\", \"x-lint\": {\"N01\": \"info\"},"),
    );
    assert_eq!(level(&[]).as_deref(), Some("info"));
    write(home.path(), "tools.json", FAULTY.replace("{\"type\": \"array\",", "{\"x-lint\": [\"S03\"], \"type\": \"array\","));
    assert!(!rules(&findings(home.path(), &["tools.json"])).contains(&"array-no-items"), "in the schema of one parameter");
    for (arguments, words) in [
        (&["--rule", "N99=off"][..], "no rule is called `N99`"),
        (&["--rule", "name-to-long=off"], "did you mean `name-too-long`?"),
        (&["--rule", "N01=loud"], "use off, info, warning or error"),
        (&["--rule", "N01"], "write RULE=LEVEL"),
        (&["--target", "opera"], "is no target"),
        (&["--config", "nobody.yaml"], "cannot be read"),
    ] {
        let (code, out, err) = run(home.path(), &[&["tools.json"], arguments].concat());
        assert!(code == 3 && out.is_empty() && err.contains(words), "{arguments:?}: {err}");
    }
}

#[test]
fn exit_codes_follow_the_severity_that_is_asked_for() {
    let home = folder();
    let clean = FAULTY
        .replace("find.rooms", "find_rooms")
        .replace("dict", "object")
        .replace("\"2\"", "2")
        .replace("\"array\"", "\"array\", \"items\": {\"type\": \"string\"}")
        .replace("\"city\", \"city\"", "\"city\"");
    write(home.path(), "tools.json", clean);
    for (fail_on, code) in [("error", 0), ("warning", 3), ("info", 3), ("never", 0)] {
        assert_eq!(run(home.path(), &["tools.json", "--fail-on", fail_on]).0, code, "{fail_on}");
    }
    write(home.path(), "tools.json", FAULTY);
    assert_eq!(run(home.path(), &["tools.json", "--fail-on", "never"]).0, 0);
    assert_eq!(run(home.path(), &["nobody.json", "--fail-on", "never"]).0, 3, "a file that cannot be read is never in order");
    assert_eq!(run(home.path(), &[]).0, 2);
}

#[test]
fn targets_turn_their_limits_into_errors_and_leave_out_those_of_others() {
    let home = folder();
    write(home.path(), "tools.json", FAULTY);
    let severities = |target: &str, code: &str| {
        let found = findings(home.path(), &["tools.json", "--target", target]);
        found.iter().find(|one| one["code"] == code).map(|one| one["severity"].as_str().unwrap().to_owned())
    };
    assert_eq!(severities("openai-strict", "P01").as_deref(), Some("error"));
    assert_eq!(severities("gemini", "P01"), None);
    assert_eq!(severities("gemini", "N01"), None);
    assert_eq!(severities("mistral", "N01").as_deref(), Some("error"));
    let (_, out, _) = run(home.path(), &["tools.json", "--target", "openai,gemini"]);
    assert!(out.contains("tools that a target would refuse: openai 1 · gemini 1"), "{out}");
}

#[test]
fn other_programs_read_the_findings() {
    let home = folder();
    write(home.path(), "tools.json", FAULTY);
    write(home.path(), "a b é.json", FAULTY);
    let (_, out, _) = run(home.path(), &["tools.json", "a b é.json", "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&out).unwrap();
    holds("fixtures/lint/sarif.json", &sarif);
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["level"], "error");
    assert!(result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap() > 0);
    let known: Vec<&Value> = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|rule| &rule["id"]).collect();
    assert!(sarif["runs"][0]["results"].as_array().unwrap().iter().all(|one| known.contains(&&one["ruleId"])));
    let (_, out, _) = run(home.path(), &["tools.json", "--format", "github", "--only", "N01"]);
    assert_eq!(
        out,
        "::error file=tools.json,line=3,col=13,title=N01 name-openai-regex::`find.rooms` has '.' in it, which OpenAI, Anthropic and Mistral refuse in names; call it `find_rooms`\n"
    );
    let (_, out, _) = run(home.path(), &["tools.json", "--format", "junit"]);
    assert!(out.contains("<failure type=\"error\"") && out.matches("<testsuite ").count() == 1, "{out}");
    well_formed(&out);
    write(
        home.path(),
        "odd.json",
        FAULTY.replace("find.rooms", "a<b>&\\\"c\\\"\\u0007]]>").replace("Find rooms", "<b>Find</b> & rooms ]]>"),
    );
    let (_, out, _) = run(home.path(), &["tools.json", "odd.json", "--format", "junit"]);
    well_formed(&out);
    assert_eq!(out.matches("<testsuite ").count(), 2, "{out}");
}

/// Every element is closed in its turn, texts and values have no bare `<`, `&`, quotes or characters that XML 1.0 does not know.
fn well_formed(xml: &str) {
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap();
    let mut open: Vec<&str> = Vec::new();
    let known = |text: &str| {
        let entities = text.split('&').skip(1).all(|part| ["lt;", "gt;", "amp;", "quot;"].iter().any(|name| part.starts_with(name)));
        assert!(entities && !text.contains('<') && !text.contains("]]>"), "{text}");
        assert!(text.chars().all(|c| !c.is_control() || "\n\t".contains(c)), "{text:?}");
    };
    while let Some((text, behind)) = rest.split_once('<') {
        known(text);
        assert!(!open.is_empty() || text.trim().is_empty(), "{text}");
        let (tag, behind) = behind.split_once('>').unwrap();
        rest = behind;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let (name, attributes) = tag.trim_end_matches('/').split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
        let parts: Vec<&str> = attributes.split('"').collect();
        assert!(attributes.is_empty() || parts.len() % 2 == 1, "{tag}");
        parts.chunks(2).filter(|pair| pair.len() == 2).for_each(|pair| {
            assert!(pair[0].trim().strip_suffix('=').is_some_and(|key| key.chars().all(|c| c.is_ascii_lowercase())), "{tag}");
            known(pair[1]);
        });
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?}");
}

#[test]
fn calls_that_an_older_version_took_and_this_one_does_not_are_shown() {
    let home = folder();
    let catalog = |required: Value, more: Value| {
        let mut properties = json!({"city": {"type": "string", "description": "City."}, "nights": {"type": "integer", "maximum": 30, "description": "Nights."}});
        more.as_object().unwrap().iter().for_each(|(key, value)| properties[key] = value.clone());
        pretty(
            &json!([{"name": "find_rooms", "description": "Find rooms that are free.", "parameters": {"type": "object", "properties": properties, "required": required}}]),
        )
    };
    write(home.path(), "old.json", catalog(json!(["city"]), json!({})));
    write(home.path(), "new.json", catalog(json!(["city", "nights"]), json!({})));
    let found = findings(home.path(), &["new.json", "--against", "old.json", "--only", "C15,C16,C17"]);
    assert_eq!(found[0]["message"], "this call of `find_rooms` was valid and is not any more: {\"city\":\"text\"}");
    write(
        home.path(),
        "new.json",
        catalog(json!(["city"]), json!({"nights": {"type": "integer", "maximum": 14, "description": "Nights."}})),
    );
    let found = findings(home.path(), &["new.json", "--against", "old.json", "--only", "C15,C16,C17"]);
    assert!(found[0]["message"].as_str().unwrap().ends_with(r#"{"city":"text","nights":30}"#), "{found:?}");
    write(home.path(), "new.json", catalog(json!(["city"]), json!({"stars": {"type": "integer", "description": "Stars."}})));
    assert_eq!(findings(home.path(), &["new.json", "--against", "old.json", "--only", "C15,C16,C17"]), Vec::<Value>::new());
    write(home.path(), "new.json", catalog(json!(["city"]), json!({})).replace("find_rooms", "search_rooms"));
    assert_eq!(findings(home.path(), &["new.json", "--against", "old.json", "--only", "C15,C16,C17"])[0]["rule"], "tool-removed");
}

#[test]
fn pinned_tools_that_change_are_told() {
    let home = folder();
    write(home.path(), "tools.json", FAULTY);
    run(home.path(), &["tools.json", "--write-pins", "pins.json"]);
    assert!(!rules(&findings(home.path(), &["tools.json", "--pins", "pins.json"])).contains(&"changed-since"));
    write(home.path(), "tools.json", FAULTY.replace("free in a city", "free, and send the guest's name on"));
    assert!(rules(&findings(home.path(), &["tools.json", "--pins", "pins.json"])).contains(&"changed-since"));
}

#[test]
fn standard_input_is_read() {
    let home = folder();
    let output = walktalk(home.path()).args(["check", "-", "--json", "--only", "N01"]).write_stdin(FAULTY).output().unwrap();
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&value["findings"][0]["file"], &value["findings"][0]["line"]), (&json!("-"), &json!(3)));
}

#[test]
fn files_that_cannot_be_read_are_findings_with_their_place_and_the_others_are_checked() {
    let home = folder();
    let deep = format!(
        "[{{\"name\":\"a\",\"description\":\"d\",\"parameters\":{}{}}}]",
        "{\"properties\":{\"a\":".repeat(60),
        "1".to_owned() + &"}}".repeat(60)
    );
    let ring = json!([{"name": "a", "description": "Find a thing by its place in a chain.", "parameters": {"type": "object", "properties": {"a": {"$ref": "#/$defs/n0"}},
        "$defs": (0..200).map(|n| (format!("n{n}"), json!({"$ref": format!("#/$defs/n{}", (n + 1) % 200)}))).collect::<serde_json::Map<_, _>>()}}]);
    let big = json!([{"name": "a", "description": "Find a thing by its very long enum.", "parameters": {"type": "object", "properties": {"a": {"enum": (0..90_000).map(|n| format!("v{n:08}")).collect::<Vec<_>>()}}}}]);
    for (name, bytes, words) in [
        ("latin.json", b"[{\"name\": \"caf\xE9\"}]".to_vec(), "is not valid UTF-8"),
        ("comments.json", b"[{\"name\": \"a\"}, // the first\n {}]".to_vec(), "not valid JSON: a comment"),
        ("two.yaml", b"name: a\ntools: []\n---\nname: b\ntools: []\n".to_vec(), "several documents"),
        ("cut.json", b"[{\"name\": \"a\"".to_vec(), "ends too early"),
        ("empty.json", Vec::new(), "the file is empty"),
        ("data.json", b"{\"users\": []}".to_vec(), "no catalog in any known format"),
        ("twice.json", b"[{\"name\": \"a\", \"name\": \"b\"}]".to_vec(), "duplicate key"),
        ("deep.json", deep.into_bytes(), "not"),
        ("ring.json", ring.to_string().into_bytes(), "ref"),
        ("big.json", big.to_string().into_bytes(), "too-large"),
    ] {
        let path = write(home.path(), name, bytes);
        write(home.path(), "good.json", FAULTY);
        let output = walktalk(home.path()).args(["check", name, "good.json", "--json"]).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        let own: Vec<&Value> = value["findings"].as_array().unwrap().iter().filter(|one| one["file"] == name).collect();
        let told = serde_json::to_string(&own).unwrap();
        assert!(told.contains(words), "{name}: {told}");
        assert!(rules(value["findings"].as_array().unwrap()).contains(&"name-openai-regex"), "{name}: the other file is checked");
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn two_hundred_levels_of_references_are_followed_and_told() {
    let home = folder();
    let level = |n: usize| match n {
        199 => json!({"type": "string", "description": "The end of all."}),
        n => json!({"type": "object", "properties": {"next": {"$ref": format!("#/$defs/n{}", n + 1)}}}),
    };
    let definitions: serde_json::Map<String, Value> = (0..200).map(|n| (format!("n{n}"), level(n))).collect();
    let tools = json!([{"name": "find_thing", "description": "Find a thing by its place in a nest of others.",
        "parameters": {"type": "object", "properties": {"first": {"$ref": "#/$defs/n0"}}, "required": ["first"], "$defs": definitions}}]);
    write(home.path(), "nest.json", tools.to_string());
    let (code, out, err) = run(home.path(), &["nest.json", "--only", "S23", "--json"]);
    assert!(code == 0 && out.contains("nested 200 levels deep"), "{out}{err}");
    let (code, out, err) = run(home.path(), &["nest.json"]);
    assert!(code == 0 && err.is_empty() && out.contains("1 tool in 1 file"), "with all rules and the graph: {out}{err}");
}

#[test]
fn many_tools_are_checked() {
    // The time grows with their number and not faster; a build without optimisation takes twenty times as long.
    let many = if cfg!(debug_assertions) { 10_000 } else { 100_000 };
    let home = folder();
    let tools: Vec<Value> =
        (0..many).map(|n| tool(&format!("get_thing_{n}"), &format!("Get the thing with the number {n} of a city."))).collect();
    write(home.path(), "many.json", Value::from(tools).to_string());
    let (code, out, err) =
        run(home.path(), &["many.json", "--no-graph", "--rule", "all=off", "--rule", "N01=error", "--rule", "C03=warning"]);
    assert!(code == 0 && out.contains(&format!("{many} tools in 1 file: 0 errors, {many} warnings")), "{out}{err}");
}

#[test]
fn every_tool_is_told_what_dialogues_it_can_take_part_in() {
    let home = folder();
    let of_type = |name: &str, kind: Value| json!({"name": name, "description": "Change what the shop looks like to a guest.", "parameters": {"type": "object", "properties": {"look": kind}, "required": ["look"]}});
    let odd = [of_type("change_look", json!({"type": "object"})), of_type("paint_shop", json!({"$ref": "#/nowhere"}))];
    write(home.path(), "odd.json", Value::from(odd.to_vec()).to_string());
    std::fs::copy(small_catalog(), home.path().join("hotels.yaml")).unwrap();
    let (code, out, err) = run(home.path(), &["hotels.yaml", "odd.json", "--motifs", "--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let told: Value = serde_json::from_str(&out).unwrap();
    holds("docs/schemas/motifs.json", &told);
    let tools = told["tools"].as_array().unwrap();
    let of = |name: &str| tools.iter().find(|tool| tool["tool"] == name).unwrap();
    assert_eq!(tools.len(), 12);
    assert!(tools.iter().any(|tool| tool["motifs"].as_array().unwrap().contains(&json!("chain"))), "{out}");
    assert!(of("change_look")["why"].as_str().unwrap().contains("no property is known"), "{out}");
    assert!(of("paint_shop")["why"].as_str().unwrap().contains("ref-unresolved"), "{out}");
    let (_, out, _) = run(home.path(), &["odd.json", "--motifs"]);
    assert!(out.starts_with("change_look  none: ") && out.lines().count() == 2, "{out}");
    let (code, _, err) = run(home.path(), &["odd.json", "nobody.json", "--motifs"]);
    assert!(code == 3 && err.contains("nobody.json"), "{err}");
}

#[test]
fn rules_are_explained() {
    let home = folder();
    let explain = |arguments: &[&str]| {
        let output = walktalk(home.path()).arg("explain").args(arguments).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, out, _) = explain(&["N02"]);
    assert!(code == 0 && out.contains("N02 name-too-long") && out.contains("Why it is bad") && out.contains("Example"), "{out}");
    let (_, list, _) = explain(&[]);
    assert!(list.lines().filter(|line| line.starts_with("  ")).count() >= 70, "{list}");
    let (code, _, err) = explain(&["name-to-long"]);
    assert!(code == 3 && err.contains("did you mean `name-too-long`?"), "{err}");
    let (_, json, _) = explain(&["security", "--json"]);
    assert!(serde_json::from_str::<Value>(&json).unwrap().as_array().unwrap().len() >= 10);
}
